//! What was assumed or repaired, as facts.

/// Something the reader of a text should know. The sentences are elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// The text is UTF-16, and was converted.
    Utf16,
    /// The text should be UTF-8 and is not at this offset: there is U+FFFD in the place of its bad bytes.
    NotUtf8(usize),
    /// Something people and programs put around a text was taken off.
    Undecorated(Decoration),
    /// The escapes of JSON or HTML in a URL that was quoted from one were undone.
    UrlUnescaped,
    /// The token was percent-encoded, or broken into lines, which was undone.
    TokenMended,
    /// The body is not in the text; the length it has, if that is said.
    BodyMissing(Option<u64>),
    /// The body is in this file.
    BodyInFile(String),
    /// The body has another length than `Content-Length` says.
    BodyLength {
        /// Bytes `Content-Length` says.
        stated: u64,
        /// Bytes in the text.
        found: u64,
    },
    /// A line end behind the body was left out, since `Content-Length` ends before it.
    LineEndLeftOut,
    /// The content of a file in a form was left empty.
    FileInForm {
        /// The field.
        field: String,
        /// The file's name.
        file: String,
    },
    /// `curl` sends of a field in a form only what stands before a semicolon.
    FormTextCut {
        /// The field.
        field: String,
        /// What is not sent.
        rest: String,
    },
    /// `curl` adds this `Content-Type` by itself.
    TypeByCurl(String),
    /// This client adds this `Content-Type` by itself.
    TypeByClient(&'static str, String),
    /// A call in source code sends a body and names no `Content-Type`, which its client may add by itself.
    TypeNotNamed,
    /// What has this name in source code is a variable or an expression.
    Expression(String),
    /// Only the URL is read of the code or log it stands in.
    UrlAlone,
    /// This client resolves dot segments of the path before it sends it.
    DotSegments(&'static str),
    /// This client spells path and query anew before it sends them.
    UrlRespelled(&'static str),
    /// A URL alone held blanks or characters beyond ASCII; they were escaped as clients do.
    UrlEscaped,
    /// A variable of the shell whose value is not known stands in a command.
    Variable(String),
    /// A quote of a command is never closed.
    UnclosedQuote,
    /// A bare `&` stands in the URL of a command, at which a shell ends it.
    BareAmpersand,
    /// The URL of a command names no transport; `curl` takes `http`.
    HttpAssumed,
    /// The secret of this id stands in a command line. A long one is shown by its ends: it may be the secret itself.
    SecretInCommand(String),
    /// `curl` makes the signature itself, with these parameters: there is none in the text.
    SignedByCurl(String),
    /// The header with this name is masked.
    Masked(String),
    /// So many requests without a signature were left out.
    Unsigned(usize),
    /// So many preflight requests of a browser were left out.
    Preflights(usize),
    /// The client printed the text it signed.
    ClientText,
}

/// What stands around a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decoration {
    /// `> ` or `| ` before each line.
    QuoteMarks,
    /// A number before each line.
    LineNumbers,
    /// Quotes as typographers like them.
    CurlyQuotes,
}

impl Note {
    /// The header whose value the text does not tell; `headers` for all of them.
    #[must_use]
    pub fn unknown(&self) -> Option<&str> {
        match self {
            Self::Expression(name) => Some(name),
            Self::UrlAlone => Some("headers"),
            _ => None,
        }
    }

    /// The code of the note, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Utf16 => "utf-16",
            Self::NotUtf8(_) => "not-utf-8",
            Self::Undecorated(_) => "undecorated",
            Self::UrlUnescaped => "url-unescaped",
            Self::TokenMended => "token-mended",
            Self::BodyMissing(_) => "body-missing",
            Self::BodyInFile(_) => "body-in-file",
            Self::BodyLength { .. } => "body-length",
            Self::LineEndLeftOut => "line-end-left-out",
            Self::FileInForm { .. } => "file-in-form",
            Self::FormTextCut { .. } => "form-text-cut",
            Self::TypeByCurl(_) => "type-by-curl",
            Self::TypeByClient(..) => "type-by-client",
            Self::TypeNotNamed => "type-not-named",
            Self::Expression(_) => "expression",
            Self::UrlAlone => "url-alone",
            Self::DotSegments(_) => "dot-segments",
            Self::UrlRespelled(_) => "url-respelled",
            Self::UrlEscaped => "url-escaped",
            Self::Variable(_) => "variable",
            Self::UnclosedQuote => "unclosed-quote",
            Self::BareAmpersand => "bare-ampersand",
            Self::HttpAssumed => "http-assumed",
            Self::SecretInCommand(_) => "secret-in-command",
            Self::SignedByCurl(_) => "signed-by-curl",
            Self::Masked(_) => "masked",
            Self::Unsigned(_) => "unsigned",
            Self::Preflights(_) => "preflights",
            Self::ClientText => "client-text",
        }
    }
}

/// Each note once, in order.
pub(crate) fn distinct(notes: Vec<Note>) -> Vec<Note> {
    // A log may repeat a note for each of its lines.
    const MOST: usize = 64;
    let mut all: Vec<Note> = Vec::new();
    for note in notes {
        if all.len() < MOST && !all.contains(&note) {
            all.push(note);
        }
    }
    all
}
