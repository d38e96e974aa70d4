//! The table of `tests/policies`, sent for real: every form of S3, in both versions, to every server.
//!
//! The clock of a case is moved to now, its bucket is the one there is, and its signature is right. A server that
//! answers in another way than Amazon's rule says is named in the table with the reason, and must do just that.

use crate::{
    message::{Message, escaped},
    server::{BUCKET, ID, Server, now, servers, terms, terms_at, who},
};
use countersign::{
    Encoding, Form, Hints, Scheme, Timestamp, Verification,
    policy::{Dialect, Policy, Submission, evaluate},
    providers::s3,
    sign_form, verify,
};
use countersign_tests::table::{BOUNDARY, Case, Part, PolicyText, load, write_end, write_part};
use sha2::{Digest, Sha256};

/// How a form is signed and its file read back.
struct Version {
    name: &'static str,
    form: &'static dyn Scheme,
    link: &'static dyn Scheme,
}

static V4: Version = Version { name: "v4", form: &s3::V4_POST, link: &s3::V4_URL };
static V2: Version = Version { name: "v2", form: &s3::V2_POST, link: &s3::V2_URL };

#[test]
fn forms_are_answered_as_the_table_says() {
    let (mut sent, mut differences) = (0, Vec::new());
    for case in load(Dialect::S3) {
        for server in servers() {
            for version in versions(&case) {
                sent += 1;
                if let Err(difference) = send(&case, version, server) {
                    differences.push(format!("{} {} on {}: {difference}", case.id, version.name, server.name));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{} of {sent} answers differ:\n{}", differences.len(), differences.join("\n"));
    assert_eq!(sent, 394);
}

/// The versions a case can be sent in: both, unless it has the fields of one.
fn versions(case: &Case) -> Vec<&'static Version> {
    let texts = case.texts();
    let has = |name: &str| texts.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
    match (has("policy"), has("x-amz-date")) {
        (false, _) => vec![&V4, &V2],
        (true, true) => vec![&V4],
        (true, false) => vec![&V2],
    }
}

fn send(case: &Case, version: &Version, server: &Server) -> Result<(), String> {
    let now = now();
    let upload = Upload::new(case, version, now);
    if upload.is_accepted(now) != case.is_accepted() {
        return Err("our own answer is another one".into());
    }
    let message = Message::new("POST", server.url("")).header("Content-Type", upload.content_type());
    let answer = server.send(&message.body(upload.body.clone()));
    let known = case.elsewhere.get(server.name);
    if known.is_some_and(|known| known.accepts == case.is_accepted() && known.key.is_none() && known.gives_back) {
        return Err("the table names a difference that is none".into());
    }
    match (known.map_or(case.is_accepted(), |known| known.accepts), answer.is_success()) {
        (true, true) => {
            let key = known.and_then(|known| known.key.as_deref()).unwrap_or(&upload.key);
            match (upload.read_back(key, version, server), known.is_none_or(|known| known.gives_back)) {
                (Ok(()), false) => Err("the table says that the file does not come back, and it does".into()),
                (Err(_), false) => Ok(()),
                (read, true) => read,
            }
        }
        (false, false) => Ok(()),
        _ => Err(format!("{answer} ({})", case.rule)),
    }
}

/// A case as it is sent.
struct Upload {
    body: Vec<u8>,
    /// Where the file is stored.
    key: String,
    file: Vec<u8>,
}

impl Upload {
    fn new(case: &Case, version: &Version, now: Timestamp) -> Self {
        let PolicyText::Json(json) = case.policy() else { panic!("{}: a policy in JSON", case.id) };
        let mut policy = real(&String::from_utf8(json).unwrap(), case, now);
        let mut fields: Vec<_> = case.texts().into_iter().map(|(name, value)| (name, real(&value, case, now))).collect();
        let mut body = Vec::new();
        if fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("policy")) {
            sign_within(&mut fields, &policy, version, now);
        } else {
            for (name, value) in sign_before(&mut policy, version, now) {
                write_part(&mut body, &name, None, value.as_bytes());
            }
        }
        // No two uploads have the same bytes, so that nothing read back is an earlier one.
        let bytes = Sha256::digest(format!("{} {}", case.id, version.name));
        let content = |size: u64| bytes.iter().copied().cycle().take(size.try_into().unwrap()).collect::<Vec<_>>();
        let mut rest = fields.iter();
        for part in &case.form {
            match part {
                Part::File { file } => write_part(&mut body, "file", Some(file), &content(file.size)),
                Part::Field(..) => {
                    let (name, value) = rest.next().unwrap();
                    write_part(&mut body, name, None, value.as_bytes());
                }
            }
        }
        write_end(&mut body);
        let file = case.files().next();
        let key =
            fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("key")).map(|(_, key)| key.as_str()).unwrap_or_default();
        let key = match file.and_then(|file| file.name.as_deref()) {
            Some(name) => key.replace("${filename}", name.rsplit(['/', '\\']).next().unwrap()),
            None => key.into(),
        };
        Self { body, key, file: content(file.map_or(0, |file| file.size)) }
    }

    fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={BOUNDARY}")
    }

    /// What we say to the very bytes that are sent.
    fn is_accepted(&self, now: Timestamp) -> bool {
        let Ok(form) = Submission::parse(self.content_type().as_bytes(), &self.body, BUCKET, Dialect::S3) else { return false };
        let policy = Policy::decode(form.value("policy").unwrap_or_default(), Dialect::S3);
        let is_signed = matches!(verify(&form.form().into(), who().secret(), &Hints::default()), Ok(Verification::Matches(_)));
        is_signed && policy.is_ok_and(|policy| evaluate(&policy, &form, now).is_ok())
    }

    fn read_back(&self, key: &str, version: &Version, server: &Server) -> Result<(), String> {
        let key = key.split('/').map(escaped).collect::<Vec<_>>().join("/");
        let answer = server.send(&Message::new("GET", server.url(&key)).signed(version.link, &who(), &terms()));
        if answer.is_success() && answer.body == self.file {
            return Ok(());
        }
        Err(format!("read back from {key}: {answer}"))
    }
}

/// Text of the table with the time, bucket and key of this run.
fn real(text: &str, case: &Case, now: Timestamp) -> String {
    let day = |at: Timestamp| format!("{ID}/{}", at.date().to_str());
    let mut text = text
        .replace(r#":"b"}"#, &format!(r#":"{BUCKET}"}}"#))
        .replace("20260314T000000Z", &now.iso_basic().to_str())
        .replace("ID/20260314", &day(now))
        .replace("ID/20260313", &day(now.plus(-86_400)));
    if text == "b" {
        text = BUCKET.into();
    }
    // Times of a policy, however their zone is written.
    if let Some(at) = text.find("2026-03-1") {
        let written = &text[at..at + 19];
        let moved = Timestamp::from_rfc3339(&format!("{}Z", written.replace(' ', "T"))).unwrap().plus(now.since(case.now()));
        let moved = moved.to_string().replace('T', &written[10..11]);
        text.replace_range(at..at + 19, moved.trim_end_matches('Z'));
    }
    text
}

/// Puts the signature where the form has stand-ins for it.
fn sign_within(fields: &mut [(String, String)], policy: &str, version: &Version, now: Timestamp) {
    let encoded = Encoding::Base64.encode(policy.as_bytes());
    let is = |name: &str, other: &str| name.eq_ignore_ascii_case(other);
    let stated = fields.iter().filter(|(name, _)| is(name, "x-amz-date") || is(name, "x-amz-credential"));
    let form = stated.fold(Form::new().field("policy", &encoded), |form, (name, value)| form.field(name, value));
    let signature = sign_form(version.form, &form, &who(), &terms_at(now)).unwrap().signature.text();
    for (name, value) in fields {
        match value.as_str() {
            _ if is(name, "policy") => value.clone_from(&encoded),
            "00" | "AA==" => value.clone_from(&signature),
            "ID" => *value = ID.into(),
            _ => {}
        }
    }
}

/// The fields of a signature, for which the policy is given the conditions they need.
fn sign_before(policy: &mut String, version: &Version, now: Timestamp) -> Vec<(String, String)> {
    let signed = |policy: &str| {
        let form = Form::new().field("policy", policy);
        sign_form(version.form, &form, &who(), &terms_at(now)).unwrap().fields.into_iter()
    };
    if let Some(end) = policy.rfind(']') {
        let needed = signed("e30=").filter(|(name, _)| name.starts_with("x-amz-") && name != "x-amz-signature");
        let conditions: Vec<_> = needed.map(|(name, value)| format!(r#"{{"{name}":"{value}"}}"#)).collect();
        let lead = if conditions.is_empty() || policy[..end].ends_with('[') { "" } else { "," };
        policy.insert_str(end, &[lead, &conditions.join(",")].concat());
    }
    let encoded = Encoding::Base64.encode(policy.as_bytes());
    let mut fields: Vec<_> = signed(&encoded).collect();
    fields.insert(0, ("policy".into(), encoded));
    fields
}
