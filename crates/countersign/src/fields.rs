//! Names and values in order, all in one text.

use crate::wire::Few;
use alloc::{
    string::String,
    vec::{self, Vec},
};
use core::fmt;

/// What signing adds to the header of a request or to a form, in order.
///
/// ```
/// use countersign::{Credentials, Request, SecretKey, Terms, Timestamp, providers::oss, sign};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let request = Request::new("GET", "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg")?;
/// let signed = sign(&oss::V1_HEADER, &request, &who, &Terms::at(Timestamp::from_unix(1_773_500_966)))?;
///
/// let (name, value) = signed.headers.iter().next().ok_or("nothing to add")?;
/// assert_eq!((name, value), ("Date", "Sat, 14 Mar 2026 15:09:26 GMT"));
/// assert_eq!(signed.headers.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Fields {
    text: String,
    /// Where the name and where the value of each field ends.
    ends: Few<(usize, usize), 8>,
}

impl Fields {
    /// The fields in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter { fields: self, at: 0 }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The last one.
    #[must_use]
    pub fn last(&self) -> Option<(&str, &str)> {
        self.at(self.len().checked_sub(1)?)
    }

    /// Nothing, with room for a text of so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ends: Few::new() }
    }

    pub(crate) fn push(&mut self, name: &str, value: &[u8]) {
        self.text.push_str(name);
        let name_end = self.text.len();
        self.text.push_str(&String::from_utf8_lossy(value));
        self.ends.push((name_end, self.text.len()));
    }

    fn at(&self, index: usize) -> Option<(&str, &str)> {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |(_, end)| *end);
        let (name_end, end) = *self.ends.get(index)?;
        Some((self.text.get(start..name_end)?, self.text.get(name_end..end)?))
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl IntoIterator for Fields {
    type Item = (String, String);
    type IntoIter = vec::IntoIter<(String, String)>;

    /// The fields in order, each in memory of its own.
    fn into_iter(self) -> Self::IntoIter {
        let owned: Vec<_> = self.iter().map(|(name, value)| (name.into(), value.into())).collect();
        owned.into_iter()
    }
}

impl<'f> IntoIterator for &'f Fields {
    type Item = (&'f str, &'f str);
    type IntoIter = Iter<'f>;

    fn into_iter(self) -> Iter<'f> {
        self.iter()
    }
}

/// The fields in order.
#[derive(Clone, Debug)]
pub struct Iter<'f> {
    fields: &'f Fields,
    at: usize,
}

impl<'f> Iterator for Iter<'f> {
    type Item = (&'f str, &'f str);

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.fields.at(self.at)?;
        self.at += 1;
        Some(next)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = self.fields.len() - self.at;
        (rest, Some(rest))
    }
}

impl ExactSizeIterator for Iter<'_> {}
