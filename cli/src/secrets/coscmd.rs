//! `~/.cos.conf` of coscmd. Its one section is `[common]`.

use super::{
    Found,
    ini::{Ini, Keys},
};
use crate::trouble::ProfileFault;
use std::path::Path;

const KEYS: Keys = Keys { id: &["secret_id", "access_id"], secret: &["secret_key"], token: &["token"] };

pub fn read(path: &Path, name: &str) -> Result<Found, ProfileFault> {
    let section = if name == "default" { "common" } else { name };
    Ini::load(path)?.pair(path, name, &|own| own == section, &KEYS)
}
