//! `~/.qshell/account.json` of qshell, which is no JSON but `name:access key:hidden secret`.
//!
//! The secret is encrypted with a key made from the access key (`account/crypt.go` of qshell). The
//! current account is in this file, the one before in `old_account.json`. All others are in a database of qshell's
//! own, which is not read: whoever names one of them is told how to make it the current one.

use super::{
    Contents, Found,
    cipher::{Mode, decrypted},
};
use crate::trouble::ProfileFault;
use base64::{Engine, engine::general_purpose::URL_SAFE};
use md5::{Digest, Md5};
use zeroize::Zeroizing;

/// `default` is the current account, whatever its name.
pub fn current(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    read(file, name, name == "default")
}

pub fn former(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    read(file, name, false)
}

fn read(file: &Contents<'_>, name: &str, is_any: bool) -> Result<Found, ProfileFault> {
    let mut fields = file.text.trim_end().split(':');
    let (Some(own), Some(id), Some(hidden), None) = (fields.next(), fields.next(), fields.next(), fields.next()) else {
        return Err(ProfileFault::Malformed(file.path.to_owned()));
    };
    if own != name && !is_any {
        let current = own.to_owned();
        return Err(ProfileFault::InDatabase { file: file.path.to_owned(), name: name.to_owned(), current });
    }
    let secret = revealed(id, hidden).ok_or_else(|| ProfileFault::Malformed(file.path.to_owned()))?;
    Ok(file.found(name, Some(id), secret.as_slice(), None))
}

/// The secret that goes with `id`.
fn revealed(id: &str, hidden: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digits: String = Md5::digest(id.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let key = digits.as_bytes().get(7..)?.first_chunk::<16>()?;
    let mut text = decrypted(&URL_SAFE.decode(hidden).ok()?, key, Mode::CbcAfterKey)?;
    let padding = usize::from(*text.last()?);
    let end = text.len().checked_sub(padding).filter(|_| (1..=16).contains(&padding))?;
    text.truncate(end);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_belongs_to_its_access_key() {
        // Encrypted by `openssl enc -aes-128-cbc`, key and start from the MD5 of the access key.
        let hidden = "d3hRdomb9Mr9H-S9eZprw7SImJjptg5kjGkvyPCs4XA=";
        let shown = revealed("CSIDEXAMPLE0001", hidden).unwrap();
        assert_eq!(shown.as_slice(), b"madeUpSecretOnlyForThisExample");
        assert_ne!(revealed("CSIDEXAMPLE0002", hidden).as_deref().map(Vec::as_slice), Some(shown.as_slice()));
        assert!(revealed("CSIDEXAMPLE0001", "d3hR").is_none());
        assert!(revealed("CSIDEXAMPLE0001", "").is_none());
    }
}
