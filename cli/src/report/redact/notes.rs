//! Hides what is private in the notes and errors that stand beside a report.

use super::{Hide, Mask};
use crate::trouble::{Note, SecretSource};
use countersign::providers;
use countersign_capture::Note as Captured;
use std::path::PathBuf;

/// Words in backticks that are ours or of HTTP, beside options and the names of schemes.
static OURS: [&str; 9] =
    ["curl", "Authorization", "Content-Length", "Date", "HTTP", "countersign", "x-amz-date", "x-oss-date", "aws-sigv4"];

impl Mask {
    /// Hides what a note tells of the request, the secret and where they lie.
    pub fn note(&mut self, note: &mut Note) {
        match note {
            Note::OpenToOthers(path) => self.path(path),
            Note::BlankInSecret(source) => self.source(source),
            Note::OtherId { source, own, claimed } => {
                self.source(source);
                self.all(own);
                self.all(claimed);
            }
            Note::RightSecret(source, print) => {
                self.source(source);
                print.ends = None;
                print.hash = self.opaque(&print.hash);
            }
            Note::ForeignHost { host, endpoint } => {
                self.all(host);
                self.all(endpoint);
            }
            Note::BucketAssumed(bucket) => self.all(bucket),
            Note::CallbackProblem(problem) => *problem = self.sentence(problem),
            Note::Captured(captured) => self.captured(captured),
            Note::Reading
            | Note::NoSecretFits(_)
            | Note::Interrupted
            | Note::BodyLeftOut(_)
            | Note::StandsFor(_)
            | Note::Over(_)
            | Note::Samples(_)
            | Note::FileUnknown
            | Note::AnswerTaken
            | Note::ClockOfAnswer(_)
            | Note::ClockOfClient(_)
            | Note::ClockOfEach => {}
        }
    }

    fn captured(&mut self, note: &mut Captured) {
        match note {
            Captured::BodyInFile(name) | Captured::SecretInCommand(name) => self.all(name),
            Captured::FileInForm { field, file } => {
                self.all(field);
                self.all(file);
            }
            _ => {}
        }
    }

    /// A sentence in which whatever is quoted may be private.
    pub fn sentence(&mut self, sentence: &str) -> String {
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
                out.push_str(&self.text(piece, Hide::All));
            } else {
                out.push_str(piece);
            }
        }
        out
    }

    fn source(&mut self, source: &mut SecretSource) {
        match source {
            SecretSource::File(path) | SecretSource::Line(path, _) => self.path(path),
            SecretSource::Profile(path, name) => {
                self.path(path);
                self.all(name);
            }
            SecretSource::Variable(_) | SecretSource::Command | SecretSource::Prompt => {}
        }
    }

    fn path(&mut self, path: &mut PathBuf) {
        *path = PathBuf::from(self.text(&path.to_string_lossy(), Hide::All));
    }

    fn all(&mut self, text: &mut String) {
        *text = self.text(text, Hide::All);
    }
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
