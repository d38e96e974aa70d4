//! `callback verify --response`: what the service makes of the answer a callback server gave.

use crate::{
    args::Format,
    input,
    report::{
        forms::{self, Fault},
        json,
    },
    secrets::veiled,
    text::Upload,
    trouble::{FormTrouble, Trouble},
    verbs::{Answer, Outcome, setting::Setting},
};
use countersign::{
    callback::{self, AnswerFault},
    explain::ServerAnswer,
    providers::{
        kodo, ks3,
        oss::callback::{Failure, check_answer},
    },
    wire::{header::Header, http},
};
use serde::Serialize;
use std::{path::Path, time::Duration};

/// The longest answer that is read; services take a megabyte.
const LIMIT: usize = 16 << 20;

pub fn run(file: &Path, took: Option<Duration>, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    setting.note_if_waiting(file);
    let (bytes, source) = match input::contents(file, LIMIT) {
        Err(Trouble::TooLong(source, limit)) => return Err(FormTrouble::TooLong(source, limit).into()),
        read => read?,
    };
    let provider = match setting.common.provider.as_deref() {
        None | Some("oss") => "oss",
        Some("kodo") => "kodo",
        Some("ks3") => "ks3",
        Some(other) => return Err(FormTrouble::NoCallbacks(other.to_owned()).into()),
    };
    // What the uploader got names the cause in OSS's words.
    let told = ServerAnswer::parse(&bytes).ok().filter(|answer| answer.code.as_deref() == Some("CallbackFailed"));
    if let Some(message) = told.and_then(|answer| answer.message).filter(|_| provider == "oss") {
        let failure = Failure::of(&message);
        let (title, help) = setting.words.callback_failure(&failure);
        let mut fault = Fault::new(failure.code(), title, Some(help));
        fault.sent = Some(message);
        return Ok(drawn(provider, vec![fault], setting));
    }
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let no_response = || FormTrouble::NoResponse(source.clone(), start(first));
    let (status, head, body) = parts(&bytes).ok_or_else(no_response)?;
    let head = [b"GET / HTTP/1.1\n", head].concat();
    let headers: Vec<Header<'_>> = http::parse_head(&head).map_err(|error| Trouble::Http(source.clone(), error))?.headers;
    let answer = callback::Answer { status, headers: &headers, body, elapsed: took };
    let faults = match provider {
        "kodo" => kodo::check_callback_answer(&answer),
        "ks3" => ks3::check_callback_answer(&answer),
        _ => check_answer(&answer),
    };
    Ok(drawn(provider, faults.iter().map(|fault| shown(fault, setting)).collect(), setting))
}

/// Status, header lines and body of a response; those that come before the final one are passed over.
fn parts(message: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let mut rest = message;
    loop {
        let (head, body) = http::split_head(rest);
        let (line, headers) = head.split_at(head.iter().position(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1));
        let mut words = line.strip_prefix(b"HTTP/")?.split(|byte| byte.is_ascii_whitespace());
        let status = std::str::from_utf8(words.nth(1)?)
            .ok()
            .filter(|text| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit()))?
            .parse()
            .ok()?;
        match (status, body) {
            (100..200, Some(body)) => rest = body,
            (status, body) => return Some((status, headers, body.unwrap_or_default())),
        }
    }
}

/// The start of a line, as far as it is shown: a wrong file may hold a secret.
fn start(line: &[u8]) -> String {
    veiled(&String::from_utf8_lossy(line.trim_ascii()).chars().take(60).collect::<String>())
}

fn shown(fault: &AnswerFault, setting: &Setting<'_>) -> Fault {
    let help = setting.words.answer_fault_help(&fault.kind).to_owned();
    let title = setting.words.language().tell(&fault.kind);
    let mut shown = Fault::new(fault.kind.code(), title, Some(help).filter(|help| !help.is_empty()));
    shown.answer = fault.outcome.clone();
    shown
}

/// An answer as JSON.
#[derive(Serialize)]
struct Output<'o> {
    schema: &'static str,
    verdict: &'static str,
    provider: &'static str,
    findings: Vec<Finding<'o>>,
}

#[derive(Serialize)]
struct Finding<'o> {
    code: &'static str,
    title: &'o str,
    help: Option<&'o str>,
    said: Option<&'o str>,
    #[serde(serialize_with = "told")]
    uploader_is_told: &'o Fault,
}

fn told<S: serde::Serializer>(fault: &&Fault, writer: S) -> Result<S::Ok, S::Error> {
    forms::answer(&fault.answer, writer)
}

fn drawn(provider: &'static str, faults: Vec<Fault>, setting: &Setting<'_>) -> Answer {
    let outcome = if faults.is_empty() { Outcome::Yes } else { Outcome::No };
    let text = match setting.common.format {
        Format::Json => {
            let findings = faults.iter().map(|fault| Finding {
                code: fault.code,
                title: &fault.title,
                help: fault.help.as_deref(),
                said: fault.sent.as_deref(),
                uploader_is_told: fault,
            });
            json::write(&Output {
                schema: "countersign.callback-answer/1",
                verdict: if faults.is_empty() { "valid" } else { "rejected" },
                provider,
                findings: findings.collect(),
            })
        }
        Format::Text => {
            let upload = if provider == "ks3" { Upload::Open } else { Upload::Stored };
            forms::callback_answer(&faults, upload, setting.canvas()).into_bytes()
        }
    };
    Answer { text, outcome }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_response_is_cut_into_its_parts() {
        for (message, expected) in [
            (&b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n{}"[..], Some((200, &b"A: b\r\n"[..], &b"{}"[..]))),
            (b"HTTP/2 204\n\n", Some((204, b"", b""))),
            (b"HTTP/1.0 500 x", Some((500, b"", b""))),
            (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx", Some((200, b"", b"x"))),
            (b"POST / HTTP/1.1\n\n", None),
            (b"HTTP/1.1\n\n", None),
            (b"HTTP/1.1 OK\n\n", None),
            (b"HTTP/1.1 +20 OK\n\n", None),
            (b"", None),
        ] {
            assert_eq!(parts(message), expected, "{}", message.escape_ascii());
        }
    }
}
