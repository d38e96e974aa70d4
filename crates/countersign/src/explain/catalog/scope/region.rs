//! The pieces of a V4 scope: date, region, service.

use crate::{
    explain::{
        ServerAnswer,
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        sealing::{KeyMaking, Sealing},
        signed::lossy,
    },
    family::endpoint::{self, Endpoint},
    pen::Role,
    phrase::{Phrase, phrase},
    providers,
    time::Timestamp,
};
use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec::Vec,
};

/// How many of the candidates are tried in every way and together with every other mistake: there are many regions.
const LIKELY: usize = 4;

/// A piece of the scope: its part in the string to sign, and its number among the steps of the key.
struct Piece {
    role: Role,
    step: usize,
}

const DATE: Piece = Piece { role: Role::ScopeDate, step: 0 };
const REGION: Piece = Piece { role: Role::Region, step: 1 };
const SERVICE: Piece = Piece { role: Role::Service, step: 2 };

impl Piece {
    /// What the request claims.
    fn claimed(&self, context: &Context<'_>) -> Option<String> {
        context.claim.scope.as_ref()?.parts().get(self.step).map(|text| lossy(text))
    }

    /// Signed with `value` in the scope and in the key, in the key alone, and, if likely, in the scope alone.
    fn push(&self, context: &Context<'_>, edits: &mut Edits<'_>, claimed: &str, value: &str, number: usize) {
        let mut sealing = Sealing::of(&context.claim.scheme.seal(context.claim));
        let KeyMaking::Chain { steps, .. } = &mut sealing.key else { return };
        let Some(step) = steps.get_mut(self.step) else { return };
        *step = value.as_bytes().to_vec();
        let edit = |place: Phrase| {
            let edit = Edit::new().fact("place", place).fact("signed", quoted(value));
            let edit = edit.fact("other", phrase!("the request says {value}").with("value", quoted(claimed)));
            let edit = edit.shows(Some(value.to_owned()), Some(claimed.to_owned()));
            if number < LIKELY { edit } else { edit.alone() }
        };
        // The policy of a form has no scope beside it.
        if let Some(at) = context.first(self.role) {
            edits.push(edit(phrase!("the signature")).set(at, value).sealing(sealing.clone()));
            if number < LIKELY {
                edits.push(edit(phrase!("the signed scope")).set(at, value));
            }
        }
        edits.push(edit(phrase!("the key")).sealing(sealing));
    }
}

fn quoted(value: &str) -> Phrase {
    if value.is_empty() { phrase!("(empty)") } else { phrase!("`{name}`").data("name", value) }
}

/// A note that the scope says `claimed` and somebody else `wanted`; `other` has the place `{value}` for that.
fn scope_says(note: Note, claimed: &str, other: Phrase, wanted: &str) -> Note {
    let note = note.refused().fact("place", phrase!("the scope")).fact("signed", quoted(claimed));
    let note = note.fact("other", other.with("value", quoted(wanted)));
    let note = note.fact("right", phrase!(": {value}").with("value", quoted(wanted)));
    note.shows(Some(claimed.to_owned()), Some(wanted.to_owned()))
}

/// A note that the server refuses what the scope says.
fn server_refuses(claimed: &str) -> Note {
    Note::server().refused().fact("place", phrase!("the scope")).fact("signed", quoted(claimed))
}

/// What the host of the request says, if it is that of a vendor.
fn told_by_host<R>(context: &Context<'_>, read: impl FnOnce(&Endpoint<'_>) -> R) -> Option<R> {
    let host = context.host_name()?;
    endpoint::recognise(&host).map(|endpoint| read(&endpoint))
}

/// The region the server asked for.
fn wanted_by_server<'a>(context: &Context<'a>) -> Option<&'a str> {
    let answer = context.answer()?;
    let in_message = || {
        let (_, behind) = answer.message.as_deref()?.split_once("expecting '")?;
        behind.split_once('\'').map(|(region, _)| region)
    };
    let refused = answer.code.as_deref().is_some_and(|code| code.starts_with("Authorization"));
    in_message().or_else(|| answer.region.as_deref().filter(|_| refused))
}

/// The host of the bucket's region, to which the server sends whoever comes to another one.
fn redirected(answer: &ServerAnswer) -> Option<&str> {
    let message = answer.message.as_deref().unwrap_or_default();
    let moved = matches!(answer.code.as_deref(), Some("PermanentRedirect" | "TemporaryRedirect"))
        || message.contains("must be addressed using the specified endpoint");
    let in_words = || {
        let (_, behind) = message.strip_prefix("incorrect ")?.split_once(", please use ")?;
        behind.split([',', ' ']).next()
    };
    answer.endpoint.as_deref().filter(|_| moved).or_else(in_words)
}

/// Signed for another region.
pub(super) fn tried(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(claimed) = REGION.claimed(context) else { return };
    let mut regions: Vec<String> = Vec::new();
    let host = told_by_host(context, |endpoint| endpoint.region.map(ToOwned::to_owned)).flatten();
    let server = wanted_by_server(context).map(ToOwned::to_owned);
    let hinted = context.inquiry.hints.region.map(ToOwned::to_owned);
    regions.extend([hinted, server, host.clone()].into_iter().flatten());
    regions.extend(["us-east-1", "auto", "", "default"].map(ToOwned::to_owned));
    regions.extend(spellings(&claimed));
    regions.extend(host.iter().flat_map(|region| spellings(region)));
    let vendors = [Some(context.claim.scheme.provider()), told_by_host(context, |endpoint| endpoint.vendor)];
    let listed = vendors.into_iter().flatten().filter_map(providers::provider).flat_map(|vendor| vendor.regions);
    regions.extend(listed.map(|region| (*region).to_owned()));
    push_all(&REGION, context, edits, &claimed, regions);
}

/// Tries each candidate once, the first of them with other mistakes, too.
fn push_all(piece: &Piece, context: &Context<'_>, edits: &mut Edits<'_>, claimed: &str, candidates: Vec<String>) {
    let mut tried: Vec<&String> = Vec::with_capacity(candidates.len());
    for candidate in &candidates {
        if candidate != claimed && !tried.contains(&candidate) {
            piece.push(context, edits, claimed, candidate, tried.len());
            tried.push(candidate);
        }
    }
}

/// Names under which one region is known.
fn spellings(region: &str) -> Vec<String> {
    let bare = region.strip_prefix("oss-").unwrap_or(region);
    let public = bare.strip_suffix("-internal").unwrap_or(bare);
    let mut names: Vec<String> = alloc::vec![
        bare.to_owned(),
        public.to_owned(),
        format!("oss-{public}"),
        format!("{public}-internal"),
        format!("oss-{public}-internal"),
        public.replace('-', "_"),
        public.replace('_', "-"),
        public.to_ascii_lowercase(),
        public.to_ascii_uppercase(),
    ];
    let zone = public.strip_suffix(|c: char| matches!(c, 'a'..='f'));
    names.extend(
        zone.filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit() || c == '-'))
            .map(|rest| rest.trim_end_matches('-').to_owned()),
    );
    if public.ends_with(|c: char| c.is_ascii_digit()) {
        names.extend(["a", "b"].map(|zone| format!("{public}{zone}")));
    }
    match public.split_once('-') {
        Some((_, city)) => names.push(city.to_owned()),
        // Hosts say `cn-beijing` where the region is `BEIJING`.
        None => names.push(format!("cn-{}", public.to_ascii_lowercase())),
    }
    names
}

/// The server wants the request at another host.
fn sent_elsewhere(wanted: &str) -> Note {
    let note = Note::server().refused().fact("place", phrase!("the request"));
    let note = note.fact("other", phrase!("the server wants {value}").with("value", quoted(wanted)));
    note.fact("right", phrase!(": {value}").with("value", quoted(wanted)))
}

/// The scope names another region than the host, the hint or the server.
pub(super) fn seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let redirected = context.answer().and_then(redirected);
    let Some(claimed) = REGION.claimed(context) else {
        // What names no region goes to the region of its host.
        if let Some(host) = redirected {
            let note = sent_elsewhere(host).fact("do", phrase!("send it to the host the server names"));
            notes.push(note.fact("names", phrase!("; the signature names no region")));
        }
        return;
    };
    if let Some(host) = redirected {
        let region = endpoint::recognise(host).and_then(|endpoint| endpoint.region).filter(|region| *region != claimed);
        notes.push(match region {
            Some(region) => scope_says(Note::server(), &claimed, phrase!("the server wants {value}"), region),
            None => sent_elsewhere(host),
        });
    }
    if let Some(wanted) = wanted_by_server(context).filter(|wanted| *wanted != claimed) {
        notes.push(scope_says(Note::server(), &claimed, phrase!("the server wants {value}"), wanted));
    } else if context.answer().is_some_and(|answer| matches!(answer.ec.as_deref(), Some("0002-00000226" | "0002-00000228"))) {
        notes.push(server_refuses(&claimed));
    }
    if let Some(wanted) = context.inquiry.hints.region {
        if wanted != claimed {
            notes.push(scope_says(Note::seen(), &claimed, phrase!("the region given here is {value}"), wanted));
        }
        return;
    }
    let own = context.claim.scheme.provider();
    // Amazon's host without a region serves buckets of every region.
    let told = told_by_host(context, |endpoint| {
        let is_home = endpoint.vendor == own && endpoint.name != "s3.amazonaws.com";
        // Kodo and KS3 want the name of their region, with Amazon's names beside it, too.
        let counts = is_home || (own == "s3" && matches!(endpoint.vendor, "kodo" | "ks3"));
        endpoint.region.filter(|_| counts).map(ToOwned::to_owned)
    });
    if let Some(wanted) = told.flatten().filter(|wanted| *wanted != claimed) {
        notes.push(scope_says(Note::seen(), &claimed, phrase!("the host says {value}"), &wanted));
    } else if own == "oss"
        && let Some(region) = without_words_of_hosts(&claimed)
    {
        notes.push(scope_says(Note::seen(), &claimed, phrase!("the region is {value}, without the words of its hosts"), region));
    }
}

/// The region in `oss-<region>-internal`, which stands in hosts; `None` where there is nothing of that.
fn without_words_of_hosts(claimed: &str) -> Option<&str> {
    let bare = claimed.strip_prefix("oss-").unwrap_or(claimed);
    let bare = bare.strip_suffix("-internal").unwrap_or(bare);
    (bare != claimed).then_some(bare)
}

/// The service names of the vendors.
static SERVICES: [&str; 10] =
    ["s3", "oss", "tos", "ks3", "s3-object-lambda", "s3express", "execute-api", "sts", "iam", "oss-cloudbox"];

/// Signed for another service.
pub(super) fn service(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(claimed) = SERVICE.claimed(context) else { return };
    let hinted = context.inquiry.hints.service.map(ToOwned::to_owned);
    let candidates = hinted.into_iter().chain(SERVICES.map(ToOwned::to_owned)).chain([String::new()]).collect();
    push_all(&SERVICE, context, edits, &claimed, candidates);
}

/// `unexpected scope: '...', expected: '...'`: the latter (Garage).
fn wanted_scope(message: &str) -> Option<&str> {
    message.split_once("unexpected scope: ")?.1.split_once("expected: '")?.1.split('\'').next()
}

/// The scope names another service than the one the request goes to.
pub(super) fn service_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(claimed) = SERVICE.claimed(context) else { return };
    let message = context.answer().and_then(|answer| answer.message.as_deref()).unwrap_or_default();
    let by_message = message.contains("incorrect service") || message.contains("unknown service");
    if context.answer().is_some_and(|answer| by_message || answer.ec.as_deref() == Some("0002-00000227")) {
        notes.push(server_refuses(&claimed));
    } else if let Some(wanted) = wanted_scope(message).and_then(|scope| scope.split('/').nth(SERVICE.step))
        && wanted != claimed
    {
        notes.push(scope_says(Note::server(), &claimed, phrase!("the server wants {value}"), wanted));
    }
    let own = context.claim.scheme.provider();
    let of_host = told_by_host(context, |endpoint| match endpoint.vendor {
        "s3" if own == "s3" => {
            let own_name = |name: &&&str| endpoint.name.contains(**name);
            let wanted = ["s3-object-lambda", "s3-outposts"].iter().find(own_name).copied().unwrap_or("s3");
            Some((wanted, claimed == wanted))
        }
        "ks3" if own == "ks3" => Some(("ks3", claimed == "ks3")),
        // Who speaks the protocol of S3 takes its name for the service.
        "oss" | "ks3" | "cos" | "kodo" if own == "s3" => Some(("s3", claimed == "s3")),
        "oss" if own == "oss" && !endpoint.name.contains("oss-cloudbox") => Some(("oss", claimed == "oss")),
        _ => None,
    });
    match (context.inquiry.hints.service, of_host.flatten()) {
        (Some(wanted), _) if wanted != claimed => {
            notes.push(scope_says(Note::seen(), &claimed, phrase!("the service given here is {value}"), wanted));
        }
        (None, Some((wanted, false))) => notes.push(scope_says(Note::seen(), &claimed, phrase!("the host says {value}"), wanted)),
        _ => {}
    }
}

/// Signed on another day.
pub(super) fn date(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(claimed) = DATE.claimed(context) else { return };
    let mut days: Vec<String> = Vec::new();
    days.extend(day_of_time(context));
    if let Some(noon) = Timestamp::from_iso_basic(format!("{claimed}T120000Z").as_bytes()) {
        // The vendor's own sample makes the key for the same day of another year than its policy's.
        days.extend([-1, 1, -365, -366, 365, 366].map(|day| noon.plus(day * 86_400).date().to_string()));
    }
    push_all(&DATE, context, edits, &claimed, days);
}

/// The day of the time that is signed.
fn day_of_time(context: &Context<'_>) -> Option<String> {
    let day = context.claim.time_text.as_ref()?.get(..8)?;
    day.iter().all(u8::is_ascii_digit).then(|| lossy(day))
}

/// The scope is of another day than the time.
pub(super) fn date_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some((claimed, day)) = DATE.claimed(context).zip(day_of_time(context)) else { return };
    if claimed != day {
        notes.push(scope_says(Note::seen(), &claimed, phrase!("the time says {value}"), &day));
        return;
    }
    let Some(answer) = context.answer() else { return };
    let by_code = matches!(answer.ec.as_deref(), Some("0002-00000223" | "0002-00000409" | "0002-00000421"));
    if by_code || answer.message.as_deref().is_some_and(|text| text.contains("credential date")) {
        notes.push(server_refuses(&claimed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Inquiry, Request, SecretKey, explain, explain::Verdict};

    /// What is said of a request for `/a%20b.jpg` with this scope. The signatures are made with Python's hmac.
    fn explained(host: &str, scope: &str, signature: &str) -> (&'static str, Verdict, Vec<&'static str>) {
        let message = format!(
            "GET /a%20b.jpg HTTP/1.1\nHost: {host}\nX-Amz-Date: 20260314T150926Z\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD\n\
             Authorization: AWS4-HMAC-SHA256 Credential=CSIDEXAMPLE0001/20260314/{scope}/aws4_request, \
             SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={signature}\n\n"
        );
        let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
        let mut inquiry = Inquiry::new(Request::parse(message.as_bytes()).unwrap().into());
        inquiry.secrets = &secrets;
        let report = explain(&inquiry).unwrap();
        (report.scheme.id(), report.verdict, report.findings.iter().map(|finding| finding.code).collect())
    }

    #[test]
    fn words_of_hosts_are_no_part_of_a_region() {
        let explained = |region: &str| {
            let url = format!(
                "https://photos-ex.oss-accelerate.aliyuncs.com/a.jpg?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=\
                 CSIDEXAMPLE0001%2F20260314%2F{region}%2Foss%2Faliyun_v4_request&x-oss-date=20260314T150926Z&x-oss-expires=900\
                 &x-oss-signature=00"
            );
            let report = explain(&Inquiry::new(Request::new("GET", &url).unwrap().into())).unwrap();
            report.findings.iter().any(|finding| finding.code == "region-wrong")
        };
        assert!(explained("oss-cn-hangzhou") && explained("cn-hangzhou-internal") && !explained("cn-hangzhou"));
    }

    /// The codes of what is seen of a URL with this scope, beside an answer.
    fn seen(host: &str, scope: &str, answer: &str) -> Vec<&'static str> {
        let url = format!(
            "https://{host}/a.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=CSIDEXAMPLE0001/20260314/{scope}/aws4_request\
             &X-Amz-Date=20260314T150926Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=00"
        );
        let answer = ServerAnswer::parse(answer.as_bytes());
        let mut inquiry = Inquiry::new(Request::new("GET", &url).unwrap().into());
        inquiry.answer = answer.as_ref().ok();
        explain(&inquiry).unwrap().findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn other_endpoints_have_services_and_regions_of_their_own() {
        for (host, scope, wrong) in [
            ("ap-125.s3-object-lambda.eu-west-1.amazonaws.com", "eu-west-1/s3-object-lambda", None),
            ("ap-125.s3-object-lambda.eu-west-1.amazonaws.com", "eu-west-1/s3", Some("service-wrong")),
            ("photos-ex.s3.eu-west-1.amazonaws.com", "eu-west-1/s3-object-lambda", Some("service-wrong")),
            ("photos-ex.s3.eu-west-1.amazonaws.com", "eu-west-1/s3express", Some("service-wrong")),
            ("ap-125.s3-accesspoint.eu-west-1.amazonaws.com", "eu-west-1/s3", None),
            ("ap-125.s3-accesspoint.eu-west-1.amazonaws.com", "us-east-1/s3", Some("region-wrong")),
        ] {
            let codes = seen(host, scope, "");
            let found = codes.into_iter().find(|code| matches!(*code, "service-wrong" | "region-wrong"));
            assert_eq!(found, wrong, "{host} {scope}");
        }
    }

    #[test]
    fn a_redirect_names_the_region() {
        let answer = "<Error><Code>TemporaryRedirect</Code><Message>Please re-send this request to the specified endpoint.\
             </Message><Endpoint>photos-ex.s3.eu-west-1.amazonaws.com</Endpoint></Error>";
        assert!(seen("photos-ex.s3.amazonaws.com", "us-east-1/s3", answer).contains(&"region-wrong"));
    }

    #[test]
    fn object_storage_reads_every_scope_by_the_rules_of_s3() {
        // Google takes another name for the service.
        let signature = "8bde06b68b016fb724d2a8ec933aaf043b79559f36bd6fe11ff1e500340dc1d2";
        let (scheme, verdict, found) = explained("storage.googleapis.com", "auto/storage", signature);
        assert_eq!((scheme, verdict, found.as_slice()), ("s3-v4-header", Verdict::Valid, [].as_slice()));
        // Amazon does not.
        let signature = "6692acfb9827616bcb50293b975cc001cac6c39b3e1df656b7f0001aaa212aa7";
        let (scheme, verdict, found) = explained("photos-ex.s3.eu-central-1.amazonaws.com", "eu-central-1/sts", signature);
        assert_eq!((scheme, verdict, found.as_slice()), ("s3-v4-header", Verdict::Rejected, ["service-wrong"].as_slice()));
    }

    #[test]
    fn a_region_has_many_names() {
        let names = spellings("oss-cn-hangzhou-internal");
        for name in ["cn-hangzhou", "oss-cn-hangzhou", "cn-hangzhou-internal", "cn_hangzhou", "hangzhou"] {
            assert!(names.iter().any(|own| own == name), "{name}");
        }
        assert!(spellings("us-east-1a").iter().any(|own| own == "us-east-1"));
        assert!(spellings("us-east-1").iter().any(|own| own == "us-east-1a"));
        assert!(spellings("BEIJING").iter().any(|own| own == "cn-beijing"));
    }
}
