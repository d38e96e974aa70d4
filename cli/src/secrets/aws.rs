//! `~/.aws/credentials`, as the AWS command line and SDKs write it.

use super::{
    Found,
    ini::{Ini, Keys},
};
use crate::trouble::ProfileFault;
use std::path::Path;

const KEYS: Keys = Keys { id: &["aws_access_key_id"], secret: &["aws_secret_access_key"], token: &["aws_session_token"] };

pub fn read(path: &Path, name: &str) -> Result<Found, ProfileFault> {
    Ini::load(path)?.pair(path, name, &|section| section == name, &KEYS)
}
