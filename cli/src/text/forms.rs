//! The sentences on policies, forms and callbacks. What is wrong with them the library tells.

use crate::trouble::FormTrouble;
use countersign::{
    Timestamp,
    callback::AnswerFaultKind,
    policy::Reason,
    providers::{
        kodo,
        oss::callback::{CallbackFault, Failure, Reading, Weight},
    },
};

/// The sentences of a language.
pub trait FormWords {
    fn form_labels(&self) -> &'static FormLabels;
    fn form_trouble(&self, trouble: &FormTrouble) -> String;
    fn form_remedy(&self, trouble: &FormTrouble) -> Option<String>;
    /// The first line about a form that would be accepted, refused, or neither.
    fn ruling(&self, ruling: &Ruling<'_>) -> String;
    /// Why a form that was just made would be refused.
    fn would_be_refused(&self, why: &str) -> String;
    /// What to do about a form that is refused.
    fn refusal_help(&self, reason: &Reason) -> Option<String>;
    fn put_refusal_help(&self, reason: &kodo::Reason) -> Option<String>;
    fn put_problem_help(&self) -> &'static str;
    /// A member of a policy in a file that was left out, and what to do about it.
    fn dropped_member(&self, name: &str) -> (String, String);
    /// A place in the policy.
    fn offset(&self, at: usize) -> String;
    /// What the server answers where its words are published nowhere.
    fn unpublished(&self) -> &'static str;
    fn signature(&self, state: SignatureState) -> &'static str;
    /// The name, size and type of the file.
    fn file(&self, name: Option<&str>, size: u64, content_type: Option<&str>) -> String;
    /// When a policy ends, against the clock.
    fn policy_ends(&self, time: Timestamp, at: Timestamp) -> String;
    /// What stands in the list of fields for the file.
    fn last_field(&self) -> &'static str;
    /// The button of an HTML form.
    fn upload_button(&self) -> &'static str;
    /// What will be posted where.
    fn posts(&self, url: &str, content_type: &str) -> String;
    fn sample_values(&self, names: &[&str]) -> String;
    /// That a callback is what it claims to be.
    fn callback_right(&self) -> &'static str;
    fn callback_help(&self, fault: &CallbackFault) -> Option<String>;
    fn reading(&self, reading: Reading) -> Option<&'static str>;
    fn weak_key(&self, bits: u32) -> String;
    fn key_bits(&self, bits: u32, from: &str) -> String;
    /// What to do about an answer of a callback server.
    fn answer_fault_help(&self, kind: &AnswerFaultKind) -> &'static str;
    /// Why a callback failed, as OSS told the uploader, and what to do about it.
    fn callback_failure(&self, failure: &Failure) -> (String, String);
    /// The first line about callback parameters that are not made.
    fn callback_refused(&self, weight: Weight, first: &str) -> String;
    /// The first line about an answer, with what has become of the upload.
    fn answer_ruling(&self, faults: usize, upload: Upload) -> String;
}

/// What became of a form.
pub enum Ruling<'r> {
    Accepted(SignatureState),
    /// For the reason given.
    Refused(&'r str),
    /// A policy alone, with so many things worth changing.
    PolicyAlone(usize),
    Undecided(SignatureState),
}

/// What is known of the signature of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureState {
    Right,
    Wrong,
    /// There is no secret to check it with.
    Unchecked,
    /// The form carries none.
    Missing,
}

impl SignatureState {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Unchecked => "unchecked",
            Self::Missing => "missing",
        }
    }
}

/// What becomes of an upload whose callback fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upload {
    /// The object is there.
    Stored,
    /// The service does not take it for done.
    Open,
}

/// Single words.
pub struct FormLabels {
    pub accepted: &'static str,
    pub refused: &'static str,
    pub failed: &'static str,
    pub fine: &'static str,
    pub not_genuine: &'static str,
    pub field: &'static str,
    pub sent: &'static str,
    pub condition: &'static str,
    pub place: &'static str,
    pub answer: &'static str,
    pub lint: &'static str,
    pub open: &'static str,
    pub bucket: &'static str,
    pub file: &'static str,
    pub readable: &'static str,
    pub header: &'static str,
    pub query: &'static str,
    pub form: &'static str,
    pub preview: &'static str,
    pub key: &'static str,
    pub target: &'static str,
    pub uploader: &'static str,
}

/// Whether a field belongs to a V4 signature: it cannot be left out.
pub fn is_of_signature(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let rest = ["x-amz-", "x-oss-"].into_iter().find_map(|prefix| name.strip_prefix(prefix));
    rest.is_some_and(|rest| ["algorithm", "signature-version", "credential", "date", "security-token"].contains(&rest))
}
