//! Upload forms.

use alloc::vec::Vec;

/// The fields of an upload form, in order and with repetitions. Signatures do not cover the file: what is
/// known of it only says whether its policy allows it.
///
/// ```
/// use countersign::Form;
///
/// let form = Form::new().field("key", "photos/a.jpg").field("Policy", "e30=");
/// assert_eq!(form.value("policy"), Some(&b"e30="[..]));
/// assert_eq!(form.value("signature"), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Form<'a> {
    fields: FormFields<'a>,
    /// The file, and how many fields stand before it.
    file: Option<(FilePart<'a>, usize)>,
    /// The host it was sent to.
    host: Option<&'a str>,
    /// How long the content of the request is.
    content_length: Option<u64>,
}

/// The fields of a form, borrowed or owned. `Cow` would make the form invariant in its lifetime.
#[derive(Clone, Debug)]
enum FormFields<'a> {
    Borrowed(&'a [(&'a str, &'a [u8])]),
    Owned(Vec<(&'a str, &'a [u8])>),
}

impl Default for FormFields<'_> {
    fn default() -> Self {
        Self::Borrowed(&[])
    }
}

impl<'a> FormFields<'a> {
    fn as_slice(&self) -> &[(&'a str, &'a [u8])] {
        match self {
            Self::Borrowed(fields) => fields,
            Self::Owned(fields) => fields,
        }
    }
}

/// The part of a form that holds the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FilePart<'a> {
    /// How many bytes the file has.
    pub size: u64,
    /// The name the client gives it, often with a path.
    pub filename: Option<&'a str>,
    /// The type the client gives it.
    pub content_type: Option<&'a str>,
}

impl<'a> FilePart<'a> {
    /// A file of so many bytes, without a name.
    #[must_use]
    pub const fn new(size: u64) -> Self {
        Self { size, filename: None, content_type: None }
    }

    /// Gives the file a name.
    #[must_use]
    pub const fn named(mut self, filename: &'a str) -> Self {
        self.filename = Some(filename);
        self
    }

    /// Gives the file a type.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'a str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// The name without a path, which is what `${filename}` stands for.
    #[must_use]
    pub fn base_name(&self) -> Option<&'a str> {
        self.filename.map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name))
    }
}

impl<'a> Form<'a> {
    /// A form without fields.
    #[must_use]
    pub const fn new() -> Self {
        Self { fields: FormFields::Borrowed(&[]), file: None, host: None, content_length: None }
    }

    /// Adds a field at the end.
    #[must_use]
    pub fn field(mut self, name: &'a str, value: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        let field = (name, value.as_ref());
        match &mut self.fields {
            FormFields::Owned(fields) => fields.push(field),
            FormFields::Borrowed(fields) => {
                let mut owned = Vec::with_capacity(fields.len() + 8);
                owned.extend_from_slice(fields);
                owned.push(field);
                self.fields = FormFields::Owned(owned);
            }
        }
        self
    }

    /// Uses these fields.
    #[must_use]
    pub fn with_fields(mut self, fields: &'a [(&'a str, &'a [u8])]) -> Self {
        self.fields = FormFields::Borrowed(fields);
        self
    }

    /// Adds the file at the end, in place of another one.
    #[must_use]
    pub fn file(mut self, file: FilePart<'a>) -> Self {
        self.file = Some((file, self.fields.as_slice().len()));
        self
    }

    /// Says to which host it was sent, which tells the region that is due.
    #[must_use]
    pub const fn sent_to(mut self, host: &'a str) -> Self {
        self.host = Some(host);
        self
    }

    /// Says that it is whole, and how long the content of its request is: without a file here, none was sent.
    #[must_use]
    pub const fn content_length(mut self, bytes: u64) -> Self {
        self.content_length = Some(bytes);
        self
    }

    /// The host it was sent to, if that is known.
    pub(crate) const fn host(&self) -> Option<&'a str> {
        self.host
    }

    /// How long the content of its request is, if the form is known to be whole.
    #[cfg(feature = "policy")]
    pub(crate) const fn whole_length(&self) -> Option<u64> {
        self.content_length
    }

    /// The file, as far as it is known.
    #[must_use]
    pub fn file_part(&self) -> Option<FilePart<'a>> {
        self.file.map(|(file, _)| file)
    }

    /// The fields before the file; all of them when no file is known.
    pub fn fields_before_file(&self) -> impl Iterator<Item = (&'a str, &'a [u8])> + Clone {
        self.fields().take(self.file.map_or(usize::MAX, |(_, before)| before))
    }

    /// All fields in order.
    pub fn fields(&self) -> impl Iterator<Item = (&'a str, &'a [u8])> + Clone {
        self.fields.as_slice().iter().copied()
    }

    /// The same form, its fields borrowed.
    pub(crate) fn by_ref(&self) -> Form<'_> {
        let fields = FormFields::Borrowed(self.fields.as_slice());
        Form { fields, file: self.file, host: self.host, content_length: self.content_length }
    }

    /// The value of the first field with this name; case does not matter.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&'a [u8]> {
        self.fields().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}
