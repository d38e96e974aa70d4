//! Several requests of one input: a table with a line for each, then each that fails.

use super::{Answer, Outcome, explain, setting::Setting};
use crate::{
    args::Format,
    input::{Input, Kind, Read},
    report::{
        View,
        summary::{self, Line, Result as Judged},
    },
    trouble::{Note, Trouble},
};

/// Whether hosts and paths are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    Shown,
    /// The report may be posted.
    Hidden,
}

/// Judges each request by the clock that is kept with it.
pub fn run(
    read: &Read,
    names: Names,
    setting: &Setting<'_>,
    mut judge: impl FnMut(&Input, &Setting<'_>) -> Result<View, Trouble>,
) -> Result<Answer, Trouble> {
    let mut has_clocks = false;
    let mut all = Vec::with_capacity(read.inputs.len());
    for input in &read.inputs {
        let (own, note) = setting.by_clock_of(input, None);
        has_clocks |= note.is_some();
        all.push((input, judge(input, &own), own));
    }
    if has_clocks {
        setting.note(&Note::ClockOfEach);
    }
    let outcome = all.iter().map(|(_, judged, _)| judged.as_ref().map_or(Outcome::Unknown, |view| view.verdict.into())).max();
    let lines: Vec<Line<'_>> = all.iter().map(|(input, judged, _)| line(input, names, judged)).collect();
    let text = match setting.common.format {
        Format::Json => {
            for trouble in all.iter().filter_map(|(_, judged, _)| judged.as_ref().err()) {
                setting.complain(trouble);
            }
            summary::list(all.iter().filter_map(|(_, judged, own)| Some(explain::drawn(judged.as_ref().ok()?, own).text)))
        }
        Format::Text => {
            let canvas = setting.canvas();
            let mut text = summary::table(&lines, canvas);
            for ((line, (_, judged, own)), number) in lines.iter().zip(&all).zip(1..) {
                let outcome = judged.as_ref().map_or(Outcome::Unknown, |view| view.verdict.into());
                if outcome == Outcome::Yes {
                    continue;
                }
                text.push_str(&summary::title(number, line, canvas));
                match judged {
                    Ok(view) => text.push_str(&String::from_utf8_lossy(&explain::drawn(view, own).text)),
                    Err(trouble) => text.push_str(&setting.complaint(trouble)),
                }
            }
            text.into_bytes()
        }
    };
    Ok(Answer { text, outcome: outcome.unwrap_or(Outcome::Unknown) })
}

fn line<'v>(input: &Input, names: Names, judged: &'v Result<View, Trouble>) -> Line<'v> {
    let (method, url) = about(input);
    let url = if names == Names::Shown { url } else { String::new() };
    let result = match judged {
        Ok(view) => Judged::Verdict {
            verdict: view.verdict,
            scheme: view.scheme.id(),
            cause: view.findings.first().map(|finding| finding.code),
        },
        Err(_) => Judged::Unreadable,
    };
    Line { method, url, result }
}

/// The verb of an input, and host and path without what may be long or secret.
pub fn about(input: &Input) -> (String, String) {
    let Some(request) = matches!(input.kind, Kind::Request | Kind::Url).then(|| input.request().ok()).flatten() else {
        return (String::new(), String::new());
    };
    let host = request.host().unwrap_or_default();
    let url = [&host, request.path()].concat();
    (request.method().to_owned(), String::from_utf8_lossy(&url).into_owned())
}
