//! Everything a report shows.

use crate::{
    pairs::{Order, Piece, order, pieces},
    steps::Step,
};
use countersign::{
    Fingerprint, Origin, Report, Role, Scheme, SecretKey, Timestamp, Written,
    explain::{Certainty, Facts, Finding, Language, Matter, Searched, Verdict, matter},
};
use std::{cmp::Reverse, time::Duration};

/// Everything a report shows. Both verbs make one, so that both are drawn alike.
#[derive(Debug)]
pub struct View {
    /// The verdict.
    pub verdict: Verdict,
    /// The scheme of the signature.
    pub scheme: &'static dyn Scheme,
    /// The id it says it was made with.
    pub access_key_id: String,
    /// When it was signed, by its own words.
    pub signed_at: Option<Timestamp>,
    /// When it ends, by its own words.
    pub expires_at: Option<Timestamp>,
    /// The signature that was sent.
    pub provided: String,
    /// The right signature; needs a secret.
    pub expected: Option<String>,
    /// The signed text as the rules give it for the request.
    pub documents: Vec<Written>,
    /// The signed text that gives the sent signature, when it was found and differs.
    pub signed_documents: Vec<Written>,
    /// What was found, the best explanation first.
    pub findings: Vec<Shown>,
    /// What was searched.
    pub searched: Searched,
    /// The secret that gives the signature, or the one that was used.
    pub secret: Option<Used>,
    /// The way to the right signature, if it was asked for.
    pub steps: Vec<Step>,
    /// Whether what is private in it is hidden.
    pub redacted: bool,
    /// What the program had and did.
    pub work: Work,
}

/// A finding with its sentences.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The code of its cause.
    pub code: &'static str,
    /// What it rests on.
    pub certainty: Certainty,
    /// What it is about.
    pub matter: Matter,
    /// Those of one group make one explanation.
    pub group: usize,
    /// Whether the server refuses such a request even if its signature is right.
    pub refusal: bool,
    /// Title and help with places for the facts.
    pub sentences: (&'static str, &'static str),
    /// The facts.
    pub facts: Facts,
    /// What happened.
    pub title: String,
    /// What to do.
    pub help: String,
    /// What was signed.
    pub signed: Option<String>,
    /// What was sent.
    pub sent: Option<String>,
    /// Causes that sign the very same bytes.
    pub also: Vec<&'static str>,
    /// What to change, after the name of the client, proxy or place it is to be changed in.
    pub fixes: Vec<(&'static str, String)>,
}

/// A secret that was used, as far as it is shown.
#[derive(Clone, Debug)]
pub struct Used {
    /// Where it comes from.
    pub source: String,
    /// What may be shown of it.
    pub print: Fingerprint,
    /// Of how many.
    pub of: usize,
}

/// What the program had and did.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// What was asked for.
    pub task: Task,
    /// Whether there was a secret.
    pub has_secret: bool,
    /// Whether there was an answer of the server.
    pub has_answer: bool,
    /// Whether the client's own texts were there.
    pub has_client_text: bool,
    /// The clock it judged by.
    pub at: Timestamp,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether the search was ended from the keyboard.
    pub interrupted: bool,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// To find out why.
    Explain,
    /// To say whether it is right.
    Verify,
}

impl View {
    /// What is signed and assumed, since nothing says so.
    pub fn assumed(&self) -> impl Iterator<Item = (Role, String)> {
        self.documents.iter().flat_map(|written| {
            let parts = written.parts.iter().filter(|part| part.origin == Origin::Assumed);
            parts.map(|part| (part.role, String::from_utf8_lossy(written.bytes(part)).into_owned()))
        })
    }

    /// The verb a URL was signed for, where nobody told one.
    pub fn verb(&self) -> Option<String> {
        for written in &self.documents {
            if let Some(part) = written.part(Role::Method)
                && part.origin == Origin::Assumed
            {
                return Some(String::from_utf8_lossy(written.bytes(part)).into_owned());
            }
        }
        None
    }

    /// Shows the report of the library.
    pub fn of_report(report: Report, language: Language, work: Work) -> Self {
        let shown = report.findings.iter().map(|finding| Shown {
            code: finding.code,
            certainty: finding.certainty,
            matter: matter(finding.code),
            group: finding.group,
            refusal: finding.refusal,
            sentences: language
                .cause(finding.code)
                .or_else(|| Language::English.cause(finding.code))
                .map(|text| (text.title, text.help))
                .unwrap_or_default(),
            facts: finding.facts.clone(),
            title: told(language, finding, Language::title),
            help: told(language, finding, Language::help),
            signed: finding.signed.clone(),
            sent: finding.sent.clone(),
            also: finding.also.clone(),
            fixes: Vec::new(),
        });
        Self {
            findings: shown.collect(),
            verdict: report.verdict,
            scheme: report.scheme,
            access_key_id: report.access_key_id,
            signed_at: report.signed_at,
            expires_at: report.expires_at,
            provided: report.provided_signature,
            expected: report.expected_signature,
            documents: report.documents,
            signed_documents: report.signed_documents.map(|signed| signed.documents).unwrap_or_default(),
            searched: report.searched,
            secret: None,
            steps: Vec::new(),
            redacted: false,
            work,
        }
    }

    /// Covers secrets wherever they stand: who takes id and secret for each other sends the secret.
    pub fn cover(&mut self, secrets: &[SecretKey]) {
        let secrets = &longest_first(secrets);
        let text = |text: &mut String| *text = covered_by(text, secrets);
        text(&mut self.access_key_id);
        text(&mut self.provided);
        for written in self.documents.iter_mut().chain(&mut self.signed_documents) {
            secrets.iter().for_each(|secret| secret.cover(&mut written.text));
        }
        for step in &mut self.steps {
            text(&mut step.command);
            let value = step.value.iter_mut();
            value.for_each(|value| secrets.iter().for_each(|secret| secret.cover(value)));
        }
        for finding in &mut self.findings {
            finding.facts.iter_mut().for_each(|(_, value)| value.each_text(&mut |value| text(value)));
            let sides = finding.signed.iter_mut().chain(&mut finding.sent);
            let said = [&mut finding.title, &mut finding.help].into_iter().chain(sides);
            said.chain(finding.fixes.iter_mut().map(|(_, line)| line)).for_each(text);
        }
    }

    /// Whether nothing is proved of a signature that is not known to be right.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let proved = self.findings.first().is_some_and(|finding| finding.certainty == Certainty::Proved);
        matches!(self.verdict, Verdict::Mismatch | Verdict::Undecided) && !proved
    }

    /// The text that was signed in place of `right`, when it was found.
    #[must_use]
    pub fn signed_beside(&self, right: &Written) -> Option<&Written> {
        self.signed_documents.iter().find(|signed| signed.document == right.document)
    }

    /// Where the signed texts differ, and whether in their order alone. The digest of a text is no place of its own.
    #[must_use]
    pub fn differences(&self) -> (Vec<Place>, Order) {
        let mut all = Vec::new();
        let mut orders = Vec::new();
        for right in &self.documents {
            let Some(signed) = self.signed_beside(right).filter(|signed| signed.text != right.text) else { continue };
            // A line end that came or went with its line is no place of its own.
            let has_more = pieces(signed, right).any(|piece| !piece.is_mark());
            let is_digest = |piece: &Piece<'_>| piece.role == Some(Role::Digest);
            if !pieces(signed, right).all(|piece| is_digest(&piece)) {
                orders.push(order(signed, right));
            }
            let shown = pieces(signed, right)
                .filter(|piece| all.is_empty() || !is_digest(piece))
                .filter(|piece| !(has_more && piece.is_mark()));
            let places: Vec<_> = shown
                .map(|piece| match piece.role {
                    Some(role) => Place::Part(role, String::from_utf8_lossy(piece.name).into_owned()),
                    None => Place::Line(piece.line),
                })
                .collect();
            all.extend(places);
        }
        all.dedup();
        let is_other = !orders.is_empty() && orders.iter().all(|order| *order == Order::Other);
        (all, if is_other { Order::Other } else { Order::Same })
    }
}

/// A text with these secrets covered.
#[must_use]
pub fn covered(text: &str, secrets: &[SecretKey]) -> String {
    covered_by(text, &longest_first(secrets))
}

/// One may begin with another, and is to be covered whole.
fn longest_first(secrets: &[SecretKey]) -> Vec<&SecretKey> {
    let mut sorted: Vec<_> = secrets.iter().collect();
    sorted.sort_by_key(|secret| Reverse(secret.len()));
    sorted
}

fn covered_by(text: &str, secrets: &[&SecretKey]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    secrets.iter().for_each(|secret| secret.cover(&mut bytes));
    // A letter of which half is covered is none any more.
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A sentence about a finding; in English where the language has none for its cause.
fn told(language: Language, finding: &Finding, tell: fn(Language, &Finding) -> String) -> String {
    let told = tell(language, finding);
    if told.is_empty() { tell(Language::English, finding) } else { told }
}

/// A place in a signed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A part, with its name where it has one.
    Part(Role, String),
    /// A line, from 1, where the parts are not known.
    Line(usize),
}
