//! Tools whose files need nothing but their words: s3cmd, coscmd, rclone.

use super::{
    Contents, Found,
    ini::{self, Keys},
};
use crate::trouble::ProfileFault;

const S3CMD: Keys = Keys { id: &["access_key"], secret: &["secret_key"], token: &["access_token"] };
const COSCMD: Keys = Keys { id: &["secret_id", "access_id"], secret: &["secret_key"], token: &["token"] };
const RCLONE: Keys = Keys { id: &["access_key_id"], secret: &["secret_access_key"], token: &["session_token"] };

/// `~/.s3cfg`
pub fn s3cmd(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    ini::pair(file, name, &|section| section == name, &S3CMD)
}

/// `~/.cos.conf`. Its one section is `[common]`.
pub fn coscmd(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    let own = if name == "default" { "common" } else { name };
    ini::pair(file, name, &|section| section == own, &COSCMD)
}

/// `rclone.conf`: a section for each remote. It writes keys as they are, unless the whole file is encrypted.
pub fn rclone(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    if file.text.lines().any(|line| line.starts_with("RCLONE_ENCRYPT_V")) {
        return Err(ProfileFault::Encrypted(file.path.to_owned()));
    }
    ini::pair(file, name, &|section| section == name, &RCLONE)
}
