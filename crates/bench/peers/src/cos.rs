//! Signers for COS.

use super::LIFE;
use countersign_bench::inputs::{ID, SECRET};

/// A URL of `qcos`.
pub fn qcos(key: &str) -> impl FnMut() -> String + use<> {
    let client = qcos::client::Client::new(ID, SECRET, "photos-1250000000", "ap-guangzhou");
    let key = key.to_owned();
    let life = LIFE.as_secs().try_into().expect("a short life");
    move || client.get_presigned_download_url(&key, life)
}
