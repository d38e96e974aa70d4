//! Hides what is private in the notes and errors that stand beside a report.

use crate::trouble::{Note, SecretSource};
use countersign::providers;
use countersign_capture::Note as Captured;
use countersign_report::redact::Mask;
use std::path::PathBuf;

/// Words in backticks that are ours or of HTTP, beside options and the names of schemes.
static OURS: [&str; 9] =
    ["curl", "Authorization", "Content-Length", "Date", "HTTP", "countersign", "x-amz-date", "x-oss-date", "aws-sigv4"];

/// Hides what the command says beside a report.
pub trait HideBeside {
    /// Hides what a note tells of the request, the secret and where they lie.
    fn note(&mut self, note: &mut Note);
    /// A sentence in which whatever is quoted may be private.
    fn sentence(&mut self, sentence: &str) -> String;
}

impl HideBeside for Mask {
    fn note(&mut self, note: &mut Note) {
        match note {
            Note::OpenToOthers(path)
            | Note::SecretInUtf16(path)
            | Note::MarkInSecret(path)
            | Note::LinesInSecret(path)
            | Note::NoBareSecret(path) => hide_path(self, path),
            Note::BlankInSecret(source) => hide_source(self, source),
            Note::OtherId { source, own, claimed } => {
                hide_source(self, source);
                *own = self.all(own);
                *claimed = self.all(claimed);
            }
            Note::RightSecret(source, print) => {
                hide_source(self, source);
                print.ends = None;
                print.hash = self.opaque(&print.hash);
            }
            Note::ForeignHost { host, endpoint } => {
                *host = self.all(host);
                *endpoint = self.all(endpoint);
            }
            Note::BucketAssumed(bucket) | Note::BucketInPath(bucket) => *bucket = self.all(bucket),
            Note::CallbackProblem(problem) => *problem = self.sentence(problem),
            Note::Captured(captured) => hide_captured(self, captured),
            Note::Reading
            | Note::NoSecretFits(_)
            | Note::Interrupted
            | Note::BodyLeftOut(_)
            | Note::StandsFor(_)
            | Note::Over(_)
            | Note::Escaped
            | Note::Unescaped
            | Note::Samples(_)
            | Note::FileUnknown
            | Note::FormCounted(_)
            | Note::DoubleSlash
            | Note::TicketsEnd
            | Note::AnswerTaken
            | Note::ClockOfAnswer(_)
            | Note::ClockOfClient(_)
            | Note::ClockOfMachine
            | Note::NoLineFor(_)
            | Note::ClockOfEach
            | Note::CauseOfAll
            | Note::VerbAssumed => {}
        }
    }

    fn sentence(&mut self, sentence: &str) -> String {
        let mut out = String::with_capacity(sentence.len());
        for (index, piece) in sentence.split('`').enumerate() {
            if index > 0 {
                out.push('`');
            }
            let is_ours = piece.starts_with("--")
                || OURS.contains(&piece)
                || providers::scheme(piece).is_some()
                || providers::provider(piece).is_some();
            if index % 2 == 1 && !is_ours {
                out.push_str(&self.all(piece));
            } else {
                out.push_str(piece);
            }
        }
        out
    }
}

fn hide_captured(mask: &mut Mask, note: &mut Captured) {
    match note {
        Captured::BodyInFile(name) | Captured::SecretInCommand(name) => *name = mask.all(name),
        Captured::FileInForm { field, file } => {
            *field = mask.all(field);
            *file = mask.all(file);
        }
        _ => {}
    }
}

fn hide_source(mask: &mut Mask, source: &mut SecretSource) {
    match source {
        SecretSource::File(path) | SecretSource::Line(path, _) => hide_path(mask, path),
        SecretSource::Profile(path, name) => {
            hide_path(mask, path);
            *name = mask.all(name);
        }
        SecretSource::Variable(_) | SecretSource::Command | SecretSource::Prompt => {}
    }
}

fn hide_path(mask: &mut Mask, path: &mut PathBuf) {
    *path = PathBuf::from(mask.all(&path.to_string_lossy()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_hidden_and_what_is_ours_is_not() {
        let hidden = Mask::default().sentence("there is no file `/home/alice/put.http`; see `--scheme` and `s3-v4-url`");
        assert!(!hidden.contains("alice") && hidden.ends_with("; see `--scheme` and `s3-v4-url`"), "{hidden}");
        assert!(hidden.starts_with("there is no file `/"), "{hidden}");
    }

    #[test]
    fn a_note_keeps_its_shape() {
        let mut mask = Mask::default();
        let mut note = Note::ForeignHost { host: "photos.alice.example".into(), endpoint: "alice.example".into() };
        mask.note(&mut note);
        let Note::ForeignHost { host, endpoint } = note else { panic!("another note") };
        assert!(!host.contains("alice") && host.ends_with(&endpoint), "{host} {endpoint}");
        let mut note = Note::OpenToOthers(PathBuf::from("/home/alice/secret.txt"));
        mask.note(&mut note);
        assert!(!format!("{note:?}").contains("secret"), "{note:?}");
    }
}
