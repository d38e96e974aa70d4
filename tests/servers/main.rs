//! Real servers that check signatures: what is signed here they accept, what is changed they refuse.
//!
//! The servers are Ceph radosgw and s3s-fs, which `install.sh` installs. They are started once, on free ports of
//! this machine, and end with the tests: see [`server`]. Bytes are sent as they are written here; no HTTP client
//! stands between that could change a header or a path.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at a fault"
)]

mod chunks;
mod forms;
mod message;
mod refusals;
mod requests;
mod server;
