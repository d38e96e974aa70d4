//! Signatures of the JSON API: the fields they carry, held against their rules and the request.

use super::{
    super::json::{Decoded, Field, Kind, Problem, is_url_safe},
    upload::Target,
};
use crate::{
    explain::{At, Context, Edit, Edits, Note, Notes},
    family::endpoint,
    pen::Role,
    phrase::{Phrase, Told, phrase},
    time,
    wire::percent::{self, Kept, PATH, UNRESERVED},
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

const APPID: &str = "cos-appid-wrong";
const BUCKET: &str = "cos-bucket-wrong";
const FILE: &str = "cos-file-wrong";
const KIND: &str = "cos-once-multi-confused";
const MALFORMED: &str = "token-malformed";
/// How ids begin.
const ID: &str = "AKID";

/// The signature taken apart, and what the request is about.
fn read(context: &Context<'_>) -> Option<(Decoded, Target)> {
    let claim = context.claim;
    if !context.scheme_is("cos-json-") {
        return None;
    }
    let mut token = String::new();
    claim.scheme.carry(claim, &claim.signature, &mut token);
    let target = context.request().map(Target::of).unwrap_or_default();
    Some((Decoded::parse(token.as_bytes()).ok()?, target))
}

/// One look at the signature serves all causes that concern its fields.
pub(super) fn seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some((signed, target)) = read(context) else { return };
    let mut found: Vec<(&'static str, Phrase)> = Vec::new();
    for problem in &signed.problems {
        match own_cause(problem) {
            Some(code) => found.push((code, problem.told())),
            None => of_all(problem, notes),
        }
    }
    against_request(&signed, &target, &mut found);
    for code in [APPID, BUCKET, FILE, KIND, MALFORMED] {
        let what: Vec<Phrase> = found.iter().filter(|(own, _)| *own == code).map(|(_, what)| what.clone()).collect();
        if let Some(what) = Phrase::joined(what, &phrase!("{first}; {rest}")) {
            let note = Note::seen().refused().fact("what", what);
            let note = if code == MALFORMED && is_over_limit(&signed) {
                note.fact("do", phrase!("sign it again within this limit"))
            } else {
                note
            };
            notes.push_as(code, note);
        }
    }
    if let Some(id) = signed.secret_id.filter(|id| !id.starts_with(ID) && found.iter().all(|(code, _)| *code != APPID)) {
        let what = phrase!("`k` is `{id}`, and ids of this vendor begin with `{start}`").data("id", id).data("start", ID);
        notes.push_as(APPID, Note::likely().fact("what", what));
    }
    xml_host(context, notes);
    if is_url_safe(&context.inquiry.subject) {
        let note = Note::seen().refused().fact("place", phrase!("the signature")).fact("what", phrase!("URL-safe Base64"));
        notes.push_as("base64-alphabet-wrong", note.fact("wants", phrase!("the standard alphabet, with `+` and `/`")));
    }
}

/// Whether nothing about the form of a signature is wrong but values that are too large.
fn is_over_limit(signed: &Decoded) -> bool {
    let mut own = signed.problems.iter().filter(|problem| own_cause(problem) == Some(MALFORMED));
    own.all(|problem| matches!(problem, Problem::LifeTooLong { .. } | Problem::RandomTooLong { .. }))
}

/// The cause among those of COS that a problem belongs to.
fn own_cause(problem: &Problem) -> Option<&'static str> {
    Some(match problem {
        Problem::OnceWithoutFile => KIND,
        Problem::FileElsewhere { .. } => FILE,
        Problem::BucketWithAppid { .. } => BUCKET,
        Problem::NotANumber { field: Field::Appid, .. } => APPID,
        Problem::HexMac | Problem::OtherMac { .. } | Problem::NotSeconds { .. } | Problem::Over { .. } => return None,
        _ => MALFORMED,
    })
}

/// The MAC in digits, times in milliseconds, and a period where the end belongs: every scheme can have these.
fn of_all(problem: &Problem, notes: &mut Notes<'_>) {
    match problem {
        Problem::HexMac => {
            let note = Note::seen().refused().fact("what", phrase!("hexadecimal digits"));
            notes.push_as("hmac-hex-instead-of-raw", note.fact("wants", phrase!("Base64 of the raw bytes")));
        }
        Problem::NotSeconds { field, found } => {
            let note = Note::seen().refused().data("name", field.letter()).data("value", found.as_str());
            notes.push_as("expires-in-milliseconds", note.fact("what", phrase!("is in milliseconds")));
        }
        Problem::Over { expiry, .. } => {
            let note = Note::seen().refused().data("name", "e").data("value", expiry.unix().to_string());
            let note = note.fact("what", phrase!("taken as a moment it lies before `t`, the time of signing"));
            notes.push_as("expiry-argument-misread", note.fact("want", phrase!("the moment of the end, in seconds since 1970")));
        }
        _ => {}
    }
}

/// What the server compares with the request: account, bucket, file and the kind the operation needs.
fn against_request(signed: &Decoded, target: &Target, found: &mut Vec<(&'static str, Phrase)>) {
    for (code, field, named) in [(APPID, Field::Appid, &target.appid), (BUCKET, Field::Bucket, &target.bucket)] {
        if let (Some(own), Some(named)) = (signed.field(field), named)
            && own != named
        {
            found.push((code, differs(field, own, named)));
        }
    }
    let elsewhere = found.iter().any(|(code, _)| *code == FILE);
    if let Some((file, path)) =
        signed.file.as_deref().zip(target.path.as_deref()).filter(|(file, _)| !file.is_empty() && !elsewhere)
    {
        let whole = file_id(signed, path);
        let plain = String::from_utf8_lossy(&percent::decode(file.as_bytes())).into_owned();
        let fits = match signed.kind() {
            Some(Kind::Multi) => whole.starts_with(&plain) || path.starts_with(&plain),
            _ => whole == plain,
        };
        if !fits {
            found.push((FILE, differs(Field::File, file, &whole)));
        }
    }
    if let Some(problem) = target.operation.and_then(|operation| signed.problem_with(operation)) {
        found.push((KIND, problem.told()));
    }
}

fn differs(field: Field, own: &str, named: &str) -> Phrase {
    let told = phrase!("`{field}` is `{found}`, and the request is for `{named}`").data("field", field.letter());
    told.data("found", own).data("named", named)
}

/// The path of a file behind appid and bucket, without escapes.
fn file_id(signed: &Decoded, path: &str) -> String {
    let field = |field| signed.field(field).unwrap_or_default();
    format!("/{}/{}{path}", field(Field::Appid), field(Field::Bucket))
}

/// The XML API has hosts of its own, and does not take these signatures.
fn xml_host(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(host) = context.request().map(endpoint::host_name) else { return };
    if endpoint::recognise(&host).is_some_and(|endpoint| endpoint.vendor == "cos" && endpoint.name.starts_with("cos.")) {
        let note = Note::seen().refused().data("signed", format!("`{}`", context.claim.scheme.id()));
        notes.push_as(
            "signature-version-wrong",
            note.fact("other", phrase!("`{host}` is a host of the XML API").data("host", host)),
        );
    }
}

/// Writes other values into fields of the signed text.
struct Fields<'c, 'e, 'v> {
    context: &'c Context<'c>,
    edits: &'e mut Edits<'v>,
}

impl Fields<'_, '_, '_> {
    fn at(&self, field: Field) -> Option<At> {
        self.context.named(Role::Field, field.letter())
    }

    fn offer(&mut self, values: &[(Field, &str)], what: Phrase) {
        let mut edit = Edit::new().fact("what", what);
        for (field, value) in values {
            let Some(at) = self.at(*field) else { return };
            edit = edit.set(at, format!("{field}={value}"));
        }
        self.edits.push(edit);
    }
}

fn signed_with(field: Field, value: &str) -> Phrase {
    phrase!("it was signed with `{field}`").data("field", format!("{field}={value}"))
}

/// Other accounts that signature and request name, and `a` and `k` exchanged.
pub(super) fn appid(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some((signed, target)) = read(context) else { return };
    let mut fields = Fields { context, edits };
    let in_file = signed.file.as_deref().and_then(|file| file.split('/').nth(1));
    let in_bucket = signed.bucket.as_deref().and_then(|bucket| bucket.rsplit_once('-')).map(|(_, appid)| appid);
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    for appid in [target.appid.as_deref(), in_file, in_bucket].into_iter().flatten().filter(is_number) {
        fields.offer(&[(Field::Appid, appid)], signed_with(Field::Appid, appid));
    }
    if let (Some(appid), Some(id)) = (&signed.appid, &signed.secret_id) {
        fields.offer(
            &[(Field::Appid, id), (Field::SecretId, appid)],
            phrase!("it was signed with `a` and `k` in each other's place"),
        );
    }
}

/// Other buckets that signature and request name, with the appid behind them or without.
pub(super) fn bucket(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some((signed, target)) = read(context) else { return };
    let mut fields = Fields { context, edits };
    let own = signed.bucket.as_deref();
    let in_file = signed.file.as_deref().and_then(|file| file.split('/').nth(2));
    for name in [own, target.bucket.as_deref(), in_file, context.inquiry.hints.bucket].into_iter().flatten() {
        let appid = signed.appid.as_deref().unwrap_or_default();
        let bare = name.strip_suffix(appid).and_then(|front| front.strip_suffix('-')).unwrap_or(name);
        for bucket in [name, bare, &format!("{bare}-{appid}")] {
            fields.offer(&[(Field::Bucket, bucket)], signed_with(Field::Bucket, bucket));
        }
    }
}

/// What SDKs leave bare in the file, slashes included or not.
static ESCAPES: [(&Kept, Option<Phrase>); 3] = [
    (&PATH, None),
    (&COMPONENT, Some(phrase!("{signed}, escaped as `encodeURIComponent` does"))),
    (&UNRESERVED, Some(phrase!("{signed}, its slashes escaped, too"))),
];
static COMPONENT: Kept = Kept::alphanumeric_and(b"-_.~/!'()*");

/// The file of the request, with appid and bucket before it or not, and the one that is sent in other spellings.
pub(super) fn file(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some((signed, target)) = read(context) else { return };
    let mut fields = Fields { context, edits };
    let own = signed.file.clone().unwrap_or_default();
    let plain = String::from_utf8_lossy(&percent::decode(own.as_bytes())).into_owned();
    let named = target.path.iter().flat_map(|path| [file_id(&signed, path), path.clone()]);
    for file in named.chain([plain]).collect::<Vec<_>>() {
        for (kept, how) in &ESCAPES {
            let file = String::from_utf8_lossy(&percent::encoded(file.as_bytes(), kept)).into_owned();
            let signed = signed_with(Field::File, &file);
            let what = how.clone().map_or(signed.clone(), |how| how.with("signed", signed));
            fields.offer(&[(Field::File, &file)], what);
        }
        let what = phrase!("{signed}, not escaped").with("signed", signed_with(Field::File, &file));
        fields.offer(&[(Field::File, &file)], what);
    }
    let without = [own.strip_suffix('/'), own.strip_prefix('/')].into_iter().flatten();
    for file in without.map(String::from).chain([format!("{own}/"), format!("/{own}"), String::new()]) {
        fields.offer(&[(Field::File, &file)], signed_with(Field::File, &file));
    }
}

/// Lives that programs give a signature for several uses.
const LIVES: [i64; 11] = [60, 180, 300, 600, 900, 1_800, 3_600, 7_200, 86_400, 2_592_000, 7_776_000];

/// The other kind of signature: for one use, or for several.
pub(super) fn kind(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some((signed, target)) = read(context) else { return };
    let mut fields = Fields { context, edits };
    let file = signed.file.clone().unwrap_or_default();
    if signed.kind() == Some(Kind::Multi) {
        let named = target.path.as_deref().map(|path| percent::encoded(file_id(&signed, path).as_bytes(), &PATH));
        let named = named.map(|file| String::from_utf8_lossy(&file).into_owned());
        for file in [Some(file), named, Some(String::new())].into_iter().flatten() {
            let what = phrase!("it was signed for one use, with `f={file}`").data("file", file.as_str());
            fields.offer(&[(Field::Expiry, "0"), (Field::File, &file)], what);
        }
        return;
    }
    let Some(issued) = signed.issued.as_deref().and_then(|text| time::seconds(text.as_bytes())) else { return };
    for life in LIVES {
        let end = issued.saturating_add(life).to_string();
        for file in [&*file, ""] {
            let what = phrase!("it was signed for several uses within {life} seconds, with `f={file}`");
            let what = what.with("life", life.unsigned_abs()).data("file", file);
            fields.offer(&[(Field::Expiry, &end), (Field::File, file)], what);
        }
    }
}
