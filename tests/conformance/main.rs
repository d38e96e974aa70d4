//! Every vector of every scheme, at every stage: signed text, signature, header or URL; accepted as
//! it is, refused after a change.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at a fault"
)]

mod answers;
mod callbacks;
mod chunked;
mod cos;
mod detection;
mod every;
mod kodo;
mod ks3;
mod posts;
mod refused;
mod registry;
mod requests;
mod rtmp;
