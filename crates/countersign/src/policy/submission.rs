//! A form as it is sent: fields and file in order.

use crate::subject::{FilePart, Form};
use alloc::{borrow::Cow, vec::Vec};

/// An upload form with its file, in the order of its parts, on its way to a bucket.
///
/// ```
/// use countersign::policy::{FilePart, Submission};
///
/// let file = FilePart::new(1024).named("C:\\pictures\\cat.jpg").content_type("image/jpeg");
/// let form = Submission::to("photos").field("key", "u/${filename}").file(file).field("submit", "Upload");
/// assert_eq!(form.value("KEY"), Some(&b"u/${filename}"[..]));
/// // What stands behind the file does not count.
/// assert_eq!(form.value("submit"), None);
/// ```
#[derive(Clone, Debug)]
pub struct Submission<'a> {
    bucket: &'a str,
    parts: Vec<Part<'a>>,
    content_length: Option<u64>,
}

const FILENAME: &[u8] = b"${filename}";
/// The most bytes that names put in for `${filename}` may have together in one value.
const MAX_EXPANDED: usize = 1 << 20;

/// A part of a form.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'a> {
    Field(&'a str, &'a [u8]),
    File(FilePart<'a>),
}

impl<'a> Submission<'a> {
    /// A form without parts for this bucket: conditions on `bucket` are about where the form goes, not
    /// about a field.
    #[must_use]
    pub const fn to(bucket: &'a str) -> Self {
        Self { bucket, parts: Vec::new(), content_length: None }
    }

    /// The parts of `form`, with the file if it has one.
    #[must_use]
    pub fn of(form: &Form<'a>, bucket: &'a str) -> Self {
        let mut parts: Vec<_> = form.fields().map(|(name, value)| Part::Field(name, value)).collect();
        if let Some(file) = form.file_part() {
            parts.insert(form.fields_before_file().count(), Part::File(file));
        }
        Self { parts, content_length: form.whole_length(), ..Self::to(bucket) }
    }

    /// Adds a field at the end.
    #[must_use]
    pub fn field(self, name: &'a str, value: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        self.part(Part::Field(name, value.as_ref()))
    }

    /// Adds the file at the end.
    #[must_use]
    pub fn file(self, file: FilePart<'a>) -> Self {
        self.part(Part::File(file))
    }

    /// Says how long the whole request content is, which is what KS3 measures. Without it the file's size
    /// stands in. The form is whole then: without a file here, none was sent.
    #[must_use]
    pub const fn content_length(mut self, bytes: u64) -> Self {
        self.content_length = Some(bytes);
        self
    }

    /// The value of the first field with this name before the file; case does not matter.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&'a [u8]> {
        self.fields().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The fields before the file, in order.
    pub fn fields(&self) -> impl Iterator<Item = (&'a str, &'a [u8])> + Clone {
        self.parts.iter().map_while(|part| match *part {
            Part::Field(name, value) => Some((name, value)),
            Part::File(_) => None,
        })
    }

    /// The file, if there is one; the first of several.
    #[must_use]
    pub fn file_part(&self) -> Option<FilePart<'a>> {
        self.files().next()
    }

    /// The same parts for the verbs that judge signatures; of several files the first.
    #[must_use]
    pub fn form(&self) -> Form<'a> {
        let form = self.content_length.into_iter().fold(Form::new(), Form::content_length);
        self.parts.iter().fold(form, |form, part| match *part {
            Part::Field(name, value) => form.field(name, value),
            Part::File(file) if form.file_part().is_none() => form.file(file),
            Part::File(_) => form,
        })
    }

    pub(super) fn part(mut self, part: Part<'a>) -> Self {
        self.parts.push(part);
        self
    }

    pub(super) fn bucket(&self) -> &'a str {
        self.bucket
    }

    pub(super) fn files(&self) -> impl Iterator<Item = FilePart<'a>> {
        self.parts.iter().filter_map(|part| match *part {
            Part::Field(..) => None,
            Part::File(file) => Some(file),
        })
    }

    /// The fields behind the first file, in order.
    pub(super) fn fields_behind_file(&self) -> impl Iterator<Item = &'a str> {
        self.parts.iter().skip_while(|part| matches!(part, Part::Field(..))).filter_map(|part| match *part {
            Part::Field(name, _) => Some(name),
            Part::File(_) => None,
        })
    }

    /// The length of the whole content, as far as it is known.
    pub(super) fn measured_content(&self) -> u64 {
        let file = self.file_part().map_or(0, |file| file.size);
        self.content_length.map_or(file, |content| content.max(file))
    }

    /// `value` with `${filename}` replaced. It stays where the file has no name, and where the names alone
    /// would be longer than any field a server takes.
    pub(super) fn with_filename(&self, value: &'a [u8]) -> Cow<'a, [u8]> {
        let Some(name) = self.file_part().and_then(|file| file.base_name()) else { return Cow::Borrowed(value) };
        let count = split(value, FILENAME).count() - 1;
        if count.saturating_mul(name.len()) > MAX_EXPANDED {
            return Cow::Borrowed(value);
        }
        let mut pieces = split(value, FILENAME);
        let first = pieces.next().unwrap_or_default();
        let mut out = Cow::Borrowed(first);
        for piece in pieces {
            let text = out.to_mut();
            text.extend_from_slice(name.as_bytes());
            text.extend_from_slice(piece);
        }
        out
    }
}

/// The pieces of `bytes` between occurrences of `separator`.
fn split<'b>(bytes: &'b [u8], separator: &'b [u8]) -> impl Iterator<Item = &'b [u8]> {
    let mut rest = Some(bytes);
    core::iter::from_fn(move || {
        let text = rest?;
        match text.windows(separator.len()).position(|window| window == separator) {
            Some(at) => {
                rest = text.get(at + separator.len()..);
                text.get(..at)
            }
            None => rest.take(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_name_is_put_in_everywhere_and_without_its_path() {
        let expanded = |file: FilePart<'static>, value: &'static str| {
            Submission::to("b").file(file).with_filename(value.as_bytes()).into_owned()
        };
        let file = FilePart::new(1);
        assert_eq!(expanded(file.named("a/b\\c.txt"), "x/${filename}"), b"x/c.txt");
        assert_eq!(expanded(file.named("c"), "${filename},${filename}"), b"c,c");
        assert_eq!(expanded(file.named(""), "in/${filename}!"), b"in/!");
        assert_eq!(expanded(file, "in/${filename}"), b"in/${filename}");
        assert_eq!(expanded(file.named("c"), "${file}$"), b"${file}$");

        let name = "n".repeat(1 << 10);
        let value = "${filename}".repeat((1 << 10) + 1);
        let form = Submission::to("b").file(file.named(&name));
        assert_eq!(&*form.with_filename(value.as_bytes()), value.as_bytes());
        assert_eq!(form.with_filename(&value.as_bytes()[FILENAME.len()..]).len(), 1 << 20);
    }

    #[test]
    fn what_stands_behind_the_file_is_apart() {
        let form = Submission::to("b").field("a", "1").file(FilePart::new(1)).field("c", "2").file(FilePart::new(2));
        assert_eq!(form.fields().count(), 1);
        assert_eq!(form.files().count(), 2);
        assert_eq!(form.fields_behind_file().collect::<Vec<_>>(), ["c"]);
    }
}
