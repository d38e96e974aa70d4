//! What keeps the command from answering, and what it has to say beside its answer.
//!
//! Both are facts; their sentences are in `text`.

mod forms;
mod serve;

pub use forms::{FetchFault, FormTrouble};
pub use serve::ServeTrouble;

use crate::input::FormFault;
use countersign::{
    Carrier, Fingerprint, SignError, Timestamp, VerifyError,
    explain::AnswerError,
    providers::{
        cos::json::{GrantError, TextError},
        kodo::Problem,
    },
    wire::{http::HttpError, url::UrlError},
};
use countersign_stacks::Stack;
use std::{io, path::PathBuf};

/// Where an input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    File(PathBuf),
    StandardInput,
    Argument,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Trouble {
    /// There is a directory where a file is expected.
    Directory(PathBuf),
    NoFile(PathBuf),
    /// INPUT is no file, and no URL, header value or token either.
    NoInput(PathBuf),
    Unreadable(Source, io::Error),
    Empty(Source),
    /// There is nothing that could be an error.
    NoError(Source),
    /// There is no text that could be an error.
    NoErrorText(Source),
    /// The first bytes, which are not those of a text.
    NotText(Source, Vec<u8>),
    /// It is longer than this many bytes, and no raw message.
    TooLarge(Source, usize),
    /// The first line, which is nothing known.
    NotRecognised(Source, String),
    /// There is more behind the URL or header value.
    MoreThanOne(Source),
    /// A line among tokens that is none.
    NotAToken(Source, String),
    /// JSON that is not the fields of a form.
    Form(Source, FormFault),
    /// A signature of the JSON API of COS that holds no text.
    Token(Source, TextError),
    Http(Source, HttpError),
    Url(Source, UrlError),
    /// A policy, where the form or token it is for is needed.
    PolicyAlone(Source),
    /// A server's answer, where the request it refuses is needed.
    AnswerAlone(Source),
    /// A command that makes `curl` sign, so that there is no signature to judge.
    SignedByCurl(Source),
    /// One page is to show several requests.
    OnePage(PathBuf),
    /// `--request` names a number there is none of; how many there are.
    NoSuchRequest(Source, usize, usize),
    /// A header value alone, where the whole request is needed.
    HeaderAlone(Source),
    /// Something that is no request, where one is to be signed.
    NoRequest(Source),
    /// `--method` beside a request that has a verb of its own.
    MethodTwice(Source),
    /// `--transport` beside something that is no raw request.
    TransportTwice(Source),
    /// A callback of OSS, which another verb verifies.
    Callback(Source),
    /// The `Authorization` header starts with no word for a scheme.
    NoScheme,
    /// There is no signature; the first word of the `Authorization` header, if there is one.
    NoSignature(Option<String>),
    /// The scheme or provider asked for is not the one of the request, which is named second.
    OtherScheme(String, &'static str),
    /// The scheme belongs to the provider named last.
    OtherProvider {
        scheme: String,
        provider: String,
        own: &'static str,
    },
    Claim(VerifyError),
    Sign(SignError),
    /// An option names what is to be signed, and the request does not have it.
    NothingToSign {
        option: &'static str,
        name: String,
    },
    /// The scheme has no use for an option.
    NoMeaning {
        option: &'static str,
        scheme: &'static str,
    },
    /// The schemes that could be meant.
    SchemeNeeded(Vec<&'static str>),
    /// The scheme puts its signature somewhere else than this verb does; those that would do.
    UnsuitableScheme {
        scheme: &'static str,
        carrier: Carrier,
        known: Vec<&'static str>,
    },
    /// The scheme signs the fields of a form, and there is something else.
    NoForm(&'static str, Source),
    /// The provider has no tokens.
    NoTokens(String),
    /// An option that only another scheme has.
    ForeignOption {
        option: &'static str,
        scheme: &'static str,
    },
    /// A token of this scheme needs this option.
    OptionNeeded {
        option: &'static str,
        scheme: &'static str,
    },
    /// An option beside `--policy`, which says all.
    BesidePolicy(&'static str),
    /// `--prefix` with a bucket alone.
    NoPrefix(String),
    /// What is wrong with a policy, and the file it stands in, if it does.
    Policy(Option<Source>, Vec<Problem>),
    /// A policy longer than this many bytes.
    TooLong(Source, usize),
    Grant(GrantError),
    /// The system gave no random number.
    Random(getrandom::Error),
    /// A region without a known host; those that are known.
    Region(String, Vec<&'static str>),
    /// No secret was found; the variables that were looked at.
    NoSecret(Vec<&'static str>),
    /// A secret, and no id that belongs to it.
    NoId,
    SecretFile(PathBuf, SecretFault),
    /// What names the file with the secret names none.
    NoSecretFile,
    /// The id is the secret.
    IdIsSecret,
    Profile(ProfileFault),
    /// About policies, forms and callbacks.
    Upload(FormTrouble),
    Serve(ServeTrouble),
    Answer(PathBuf, AnswerError),
    Write(io::Error),
    /// The page asked for cannot be written.
    Page(PathBuf, io::Error),
}

impl From<FormTrouble> for Trouble {
    fn from(trouble: FormTrouble) -> Self {
        Self::Upload(trouble)
    }
}

impl From<ServeTrouble> for Trouble {
    fn from(trouble: ServeTrouble) -> Self {
        Self::Serve(trouble)
    }
}

/// What is wrong with a file of secrets.
#[derive(Debug)]
pub enum SecretFault {
    Empty,
    TooLong(usize),
    /// It begins as UTF-16 and is damaged.
    NotUtf16,
}

/// Why a profile gives no secret.
#[derive(Debug)]
pub enum ProfileFault {
    /// The provider has no file known here.
    NoFileFor(&'static str),
    /// There is no home directory.
    NoHome,
    /// None of these files is there.
    NoFile(Vec<PathBuf>),
    /// The file has no such profile; those it has.
    Missing {
        file: PathBuf,
        name: String,
        known: Vec<String>,
    },
    /// The file holds another account; the tool keeps the others in a database that is not read.
    InDatabase {
        file: PathBuf,
        name: String,
        current: String,
    },
    /// The profile lacks this key.
    Lacks {
        file: PathBuf,
        name: String,
        key: &'static str,
    },
    Unreadable(PathBuf, io::Error),
    /// The file is encrypted with a password.
    Encrypted(PathBuf),
    /// The keys come from somewhere else, as this setting says.
    Elsewhere {
        file: PathBuf,
        name: String,
        key: &'static str,
    },
    /// The file is not in the form its tool writes.
    Malformed(PathBuf),
}

/// Said on standard error beside the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The request is read from a terminal.
    Reading,
    /// Others can read the file of secrets.
    OpenToOthers(PathBuf),
    /// The secret begins or ends in a blank.
    BlankInSecret(SecretSource),
    /// The file of the secret begins with U+FEFF.
    MarkInSecret(PathBuf),
    /// The file of the secret has several lines.
    LinesInSecret(PathBuf),
    /// The file of secrets is UTF-16.
    SecretInUtf16(PathBuf),
    /// The secret belongs to another id than the request names.
    OtherId { source: SecretSource, own: String, claimed: String },
    /// Of several secrets this one gives the signature.
    RightSecret(SecretSource, Fingerprint),
    /// Of so many secrets none gives the signature.
    NoSecretFits(usize),
    /// The search was ended from the keyboard.
    Interrupted,
    /// The host is none of the endpoint given.
    ForeignHost { host: String, endpoint: String },
    /// The body, of so many bytes, was too long to keep.
    BodyLeftOut(u64),
    /// A word in a `curl` command stands for something else.
    StandsFor(Placeholder),
    /// The token ends at a time that is over.
    Over(Timestamp),
    /// Nothing tells the bucket, which is taken for the one of the policy.
    BucketAssumed(String),
    /// The vendor signs `//` in a path as `/%2F`.
    DoubleSlash,
    /// Of the size that is asked for so many bytes more are allowed, since the vendor counts the form with the file.
    FormCounted(u64),
    /// The host does not tell the bucket, and the first segment of the path is signed as it.
    BucketInPath(String),
    /// A URL is signed as clients send it.
    Escaped,
    /// A URL is signed in a form no client sends.
    Unescaped,
    /// What could be better about a callback.
    CallbackProblem(String),
    /// Sample values stand for these variables.
    Samples(Vec<&'static str>),
    /// Nothing tells the size of the file.
    FileUnknown,
    /// What was assumed or repaired when the input was read.
    Captured(countersign_capture::Note),
    /// Uploads in parts cannot be resumed by another process.
    TicketsEnd,
    /// The server's answer is taken from the input.
    AnswerTaken,
    /// The clock is the one of the server's answer.
    ClockOfAnswer(Timestamp),
    /// The clock is the one of the client that kept the request.
    ClockOfClient(Timestamp),
    /// Nothing tells when a request was sent: it is judged by the clock of this machine.
    ClockOfMachine,
    /// A client or proxy was named, and no line to change there is known.
    NoLineFor(Vec<Stack>),
    /// A file of secrets looks like a setting or a pair.
    NoBareSecret(PathBuf),
    /// Each of several requests is judged by the clock that is kept with it.
    ClockOfEach,
    /// A cause was asked for as one of a provider, and is told in general.
    CauseOfAll,
    /// A URL alone does not tell the verb it is asked for with.
    VerbAssumed,
}

/// What a word in a `curl` command stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// The file to upload.
    File,
    /// The body of the request, of so many bytes if that is known.
    Body(Option<u64>),
    /// The end of a key that starts with the prefix.
    Name,
    /// The host that takes uploads of Kodo.
    UploadHost,
    /// The region of the JSON API of COS.
    Region,
    /// The path of the file in the JSON API of COS.
    Path,
    /// What a signature for one use is used for.
    Operation,
    /// The URL of the bucket, for a form.
    Bucket,
}

impl Placeholder {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "FILE",
            Self::Body(_) => "BODY",
            Self::Name => "NAME",
            Self::UploadHost => "UPLOAD_HOST",
            Self::Region => "REGION",
            Self::Path => "PATH",
            Self::Operation => "OPERATION",
            Self::Bucket => "BUCKET_HOST",
        }
    }
}

/// Where a secret was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    File(PathBuf),
    /// A line of a file of candidates, counted from 1.
    Line(PathBuf, usize),
    Variable(&'static str),
    Profile(PathBuf, String),
    /// The command line of `curl` in the input.
    Command,
    Prompt,
}

/// The option that gives what signing needs, where one does.
pub fn option_for(needed: &str) -> Option<&'static str> {
    match needed {
        "a region" | "a region without `/`" => Some("--region"),
        "a service" | "a service without `/`" => Some("--service"),
        "a life in seconds" => Some("--expires"),
        "a time from 1970 to 9999" => Some("--at"),
        _ => None,
    }
}
