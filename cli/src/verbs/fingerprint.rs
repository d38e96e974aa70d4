//! `fingerprint`: what two people compare instead of their secrets.

use super::{Answer, Outcome, setting::Setting};
use crate::{
    args::{Fingerprint, Format},
    input::Source,
    report::{json, visible::on_one_line, wrap::padded},
    secrets::{NO_SALT, Need},
    trouble::Trouble,
};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// A secret, as far as it is shown.
#[derive(Serialize)]
struct Shown {
    source: String,
    access_key_id: Option<String>,
    length: usize,
    ends: Option<String>,
    hash: String,
}

pub fn run(args: &Fingerprint, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let salt = args.salt.as_deref().map_or(NO_SALT, str::as_bytes);
    let provider = setting.common.provider.as_deref().unwrap_or_default();
    let found = setting.secrets(&args.secret, &Source::Argument, provider, None, Need::Required, &|_| true)?;
    let all: Vec<_> = found
        .iter()
        .map(|found| {
            let print = found.secret.fingerprint(salt);
            let sentence = setting.words.fingerprint(&print);
            let source = setting.words.source(&found.source);
            (
                sentence,
                Shown { source, access_key_id: found.id.clone(), length: print.length, ends: print.ends, hash: print.hash },
            )
        })
        .collect();
    let text = match setting.common.format {
        Format::Json => json::write(&all.iter().map(|(_, shown)| shown).collect::<Vec<_>>()),
        Format::Text => {
            let width = all.iter().map(|(_, shown)| shown.source.width()).max().unwrap_or(0);
            let line =
                |(sentence, shown): &(String, Shown)| format!("{}  {sentence}\n", padded(&on_one_line(&shown.source), width));
            all.iter().map(line).collect::<String>().into_bytes()
        }
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}
