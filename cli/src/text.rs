//! Every sentence of the command, one file per language: a second language is a second `impl Words`.
//!
//! The sentences about causes are the library's, and the help is `args`.

mod en;
mod errors;
mod figures;
mod forms;
pub mod locale;
mod serve;
pub mod zh;

pub use errors::{ErrorLabels, ErrorWords};
use forms::is_of_signature;
pub use forms::{FormLabels, FormWords, Ruling, SignatureState, Upload};
pub use serve::ServeWords;

use crate::{
    args::Lang,
    report::{Titles, Used, View, steps::What, zone::Zoned},
    trouble::{Note, SecretSource, Source, Trouble},
};
use countersign::{
    Bucket, Fingerprint, Role, Timestamp,
    explain::{Certainty, Language, Matter, Searched},
    providers::cos::json::{Kind, Order},
};
use countersign_stacks::Stack;
use std::time::Duration;

/// The sentences of a language.
pub trait Words: FormWords + ServeWords {
    /// The same language in the library.
    fn language(&self) -> Language;
    fn labels(&self) -> &'static Labels;
    /// What `error` says beside its data.
    fn errors(&self) -> &'static dyn ErrorWords;
    /// What happened, where, and what was expected.
    fn trouble(&self, trouble: &Trouble) -> String;
    /// What to do about it.
    fn remedy(&self, trouble: &Trouble) -> Option<String>;
    fn note(&self, note: &Note) -> String;
    fn headline(&self, headline: &Headline) -> String;
    fn proof(&self, proof: &Proof) -> String;
    fn certainty(&self, certainty: Certainty) -> &'static str;
    /// The first line behind the verdict: what it is about, if that is said, and what was found.
    fn lead(&self, standing: &str, text: &str) -> String;
    /// The name of a part of the signed text.
    fn role(&self, role: Role) -> String;
    /// A part of the signed text.
    fn place(&self, role: Role, name: &str) -> String;
    fn line(&self, number: usize) -> String;
    /// When it was signed, against the clock.
    fn signed(&self, time: Timestamp, at: Timestamp) -> String;
    /// When it expires, against the clock.
    fn expires(&self, time: Timestamp, at: Timestamp) -> String;
    fn searched(&self, searched: &Searched, elapsed: Duration) -> String;
    /// A part of the signed text that nothing in the request says.
    fn assumed(&self, role: Role, text: &str) -> String;
    /// So many rows like those before, which are as they were sent.
    fn more_as_sent(&self, count: usize) -> String;
    /// So many names or rows like those before.
    fn more(&self, count: usize) -> String;
    /// What further input would decide.
    fn what_would_decide(&self, view: &View) -> Vec<String>;
    /// A bucket and where it is known from.
    fn bucket(&self, bucket: &Bucket<'_>) -> String;
    fn token(&self, bytes: usize) -> String;
    /// How long it is until a time, or since.
    fn left(&self, time: Timestamp, at: Timestamp) -> String;
    /// A time that is by the clock of this machine.
    fn local(&self, time: &str) -> String;
    /// From one time to another.
    fn interval(&self, start: Zoned, end: Zoned) -> String;
    fn life(&self, seconds: i64) -> String;
    /// When a token was made that ends at `time`, if it lives as long as was asked for.
    fn made(&self, time: Timestamp, life: u64) -> String;
    /// What a field of a put policy means, where its value does not tell. The value is text or JSON.
    fn meaning(&self, field: &str, value: &str) -> Option<String>;
    /// Which keys an upload may have.
    fn keys(&self, keys: Keys) -> &'static str;
    /// How often a signature can be used.
    fn kind(&self, kind: Kind) -> &'static str;
    /// Who writes fields in this order.
    fn order(&self, order: Order) -> Option<&'static str>;
    /// A token lives as long as a careless SDK lets it, from when it was made.
    fn default_life(&self, made: Timestamp, expected: Option<u64>) -> String;
    fn default_life_help(&self) -> &'static str;
    /// What a finding is about, and what it rests on.
    fn standing(&self, matters: &[Matter], certainty: Certainty) -> String;
    fn matter(&self, matter: Matter) -> &'static str;
    /// Where two texts part: the offset, and what stands there on either side.
    fn parting(&self, offset: usize, signed: &str, right: &str) -> String;
    /// The end of a text, in place of a character.
    fn end_of_text(&self) -> &'static str;
    /// The stacks that `--stack` has a line for.
    fn stacks(&self, known: &[Stack]) -> String;
    /// What only a secret would tell of a request that is refused in any case.
    fn signature_open(&self) -> &'static str;
    /// Where a secret was found.
    fn source(&self, source: &SecretSource) -> String;
    fn fingerprint(&self, print: &Fingerprint) -> String;
    /// The secret that was used.
    fn used(&self, used: &Used) -> String;
    /// Behind the time of signing: the clock agrees with it.
    fn clock_fine(&self) -> &'static str;
    /// A remark in brackets behind a text.
    fn remarked(&self, text: &str, remark: &str) -> String;
    /// What a step of the derivation gives.
    fn step(&self, what: What) -> String;
    /// How far a search is.
    fn progress(&self, variants: u64, elapsed: Duration) -> String;
    /// How many tokens are listed, and by which clock.
    fn judged(&self, count: usize, at: Timestamp) -> String;
}

/// The keys an upload token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Any.
    Any,
    /// One, which may be there already.
    Replaced,
    /// One, which must not be there.
    Fresh,
    /// Those with a prefix.
    Prefixed,
}

/// Single words and the titles of tables.
pub struct Labels {
    pub error: &'static str,
    /// Between a label and its sentence, with the blank behind it.
    pub colon: &'static str,
    /// Between two parts of a sentence.
    pub comma: &'static str,
    pub warning: &'static str,
    pub note: &'static str,
    pub help: &'static str,
    pub matches: &'static str,
    pub differs: &'static str,
    pub refused: &'static str,
    pub undecided: &'static str,
    pub signed: &'static str,
    pub sent: &'static str,
    pub right: &'static str,
    pub proof: &'static str,
    pub also: &'static str,
    pub id: &'static str,
    /// Before the time of signing.
    pub signed_at: &'static str,
    pub expires: &'static str,
    pub expired: &'static str,
    pub problem: &'static str,
    pub hint: &'static str,
    pub titles: Titles,
    pub claim: ClaimLabels,
    pub token: TokenLabels,
    pub table: TableLabels,
    pub requests: RequestLabels,
    /// The question of the hidden prompt.
    pub prompt: &'static str,
    /// The same where no answer is an answer.
    pub optional_prompt: &'static str,
    /// The question after a secret that does not fit.
    pub prompt_again: &'static str,
    pub fix: &'static str,
    pub tried: &'static str,
    pub steps: &'static str,
    /// In place of the value of a key.
    pub kept_secret: &'static str,
    /// What else was found.
    pub further: &'static str,
    /// The language of a page, as HTML names it.
    pub language: &'static str,
}

/// What `decode` lists.
pub struct ClaimLabels {
    pub scheme: &'static str,
    pub access_key_id: &'static str,
    pub signature: &'static str,
    pub signed: &'static str,
    pub expires: &'static str,
    pub scope: &'static str,
    pub signed_headers: &'static str,
    pub signed_params: &'static str,
    pub key_time: &'static str,
    pub payload: &'static str,
    pub token: &'static str,
    pub bucket: &'static str,
    pub document: &'static str,
    pub decoded: &'static str,
    pub unread: &'static str,
}

/// What `decode` lists of tokens.
pub struct TokenLabels {
    pub token: &'static str,
    pub scope: &'static str,
    pub deadline: &'static str,
    pub made: &'static str,
    pub key: &'static str,
    pub prefix: &'static str,
    pub kind: &'static str,
    pub order: &'static str,
    pub appid: &'static str,
    pub life: &'static str,
    pub random: &'static str,
    pub file: &'static str,
    /// No file is named.
    pub any_file: &'static str,
}

/// The first line of a table of tokens.
pub struct TableLabels {
    pub number: &'static str,
    pub access_key_id: &'static str,
    pub scope: &'static str,
    pub deadline: &'static str,
    pub plus_8: &'static str,
    pub left: &'static str,
    pub problems: &'static str,
}

/// The first line of a table of requests.
pub struct RequestLabels {
    pub number: &'static str,
    pub method: &'static str,
    pub url: &'static str,
    pub scheme: &'static str,
    pub verdict: &'static str,
    pub cause: &'static str,
}

/// What the first line of a report says.
pub enum Headline {
    Valid,
    /// The signature is another one, and nothing was searched.
    Differs,
    /// The places where the signed text differs from the request.
    TextDiffers(Vec<String>),
    /// The places where the signed text has the parts of the request in another order.
    OrderDiffers(Vec<String>),
    /// The title of the best finding.
    Title(String),
    /// Right, but refused for this reason.
    Refused(String),
    Unexplained(Searched),
    /// The bucket that is signed is assumed, and with it the signature is another one.
    BucketOpen,
    Undecided,
}

/// What a finding rests on.
pub enum Proof {
    /// Signing with so many mistakes gives the signature that was sent.
    Signed {
        signature: String,
        mistakes: usize,
    },
    Server,
    Seen,
    Likely,
}

/// An input as it is given to another verb.
fn argument(source: &Source) -> String {
    match source {
        Source::File(path) => path.display().to_string(),
        _ => "-".to_owned(),
    }
}

/// The sentences of a language.
pub fn words(lang: Lang) -> &'static dyn Words {
    match lang {
        Lang::En => &en::En,
        Lang::Zh => &zh::Zh,
    }
}
