//! The form in the body of a captured request.

use super::{Held, Input, Kind, read::MAX_BODY};
use crate::trouble::{FormTrouble, Trouble};
use countersign::{
    Body, Form, Hints, Request, Subject, VendorAnswer,
    policy::{Dialect, Refusal, Submission},
    providers::{self, Among},
};

/// Whether a request says that its body is an upload form.
fn is_form(request: &Request<'_>) -> bool {
    const TYPE: &[u8] = b"multipart/form-data";
    let start = request.header_value("content-type").and_then(|value| value.get(..TYPE.len()));
    request.method() == "POST" && start.is_some_and(|start| start.eq_ignore_ascii_case(TYPE))
}

/// The form of a request, read by the rules of a vendor.
pub fn submission<'a>(request: &Request<'a>, bucket: &'a str, dialect: Dialect) -> Result<Submission<'a>, Refusal> {
    let body = request.body().bytes().unwrap_or_default();
    Submission::parse(request.header_value("content-type").unwrap_or_default(), body, bucket, dialect)
}

/// The fields of a form of which nobody knows yet whose it is: no limit but those of the reader itself.
fn fields<'a>(request: &Request<'a>) -> Result<Form<'a>, Refusal> {
    submission(request, "", Dialect::Cos).map(|submission| submission.form())
}

/// The host that a request names.
fn sent_to<'a>(request: &Request<'a>) -> Option<&'a str> {
    let host = request.header_value("host").and_then(|host| std::str::from_utf8(host).ok());
    host.or_else(|| request.authority())
}

/// The fields alone: nothing is known of the file.
fn without_file<'a>(form: &Form<'a>) -> Form<'a> {
    form.fields().fold(Form::new(), |form, (name, value)| form.field(name, value))
}

/// What the server of the host would answer, if it is known whose it is.
fn answered(request: &Request<'_>, mut refusal: Refusal) -> Box<Refusal> {
    let vendor = providers::vendor(request).and_then(Dialect::of_provider);
    match vendor {
        Some(dialect) => refusal = Refusal::new(dialect, refusal.reason),
        None => *refusal.answer = VendorAnswer::default(),
    }
    Box::new(refusal)
}

impl Input {
    /// The bucket that a request with a form in its body goes to.
    pub fn bucket_of_form(&self) -> Result<Option<String>, Trouble> {
        if self.kind != Kind::Request {
            return Ok(None);
        }
        let request = self.request()?;
        let bucket = providers::bucket(&request, &Hints::NONE).filter(|_| is_form(&request));
        Ok(bucket.map(|bucket| bucket.name.to_str().into_owned()))
    }

    /// The form in the body of a request whose file was not read.
    pub fn form_without_file(&self) -> Result<Option<Form<'_>>, Trouble> {
        if self.kind != Kind::Request || !self.is_without_file { Ok(None) } else { self.form_in_body(&self.request()?) }
    }

    /// The form in the body of a request that carries its signature nowhere else.
    pub(super) fn form_in_body<'a>(&self, request: &Request<'a>) -> Result<Option<Form<'a>>, Trouble> {
        let subject = Subject::from(request.clone());
        if self.kind != Kind::Request
            || !is_form(request)
            || !matches!(providers::read(&subject, &Hints::NONE, Among::All), Ok(None))
        {
            return Ok(None);
        }
        self.must_be_kept()?;
        if matches!(request.body(), Body::Unknown) {
            return Ok(None);
        }
        let form = fields(request).map_err(|refusal| FormTrouble::Unreadable(self.source.clone(), answered(request, refusal)))?;
        let form = if self.is_without_file { without_file(&form) } else { form };
        Ok(Some(sent_to(request).into_iter().fold(form, Form::sent_to)))
    }

    /// Of a body that was too long only the digests are known.
    pub fn must_be_kept(&self) -> Result<(), Trouble> {
        match self.held() {
            Held::Digest(_) => Err(FormTrouble::TooLong(self.source.clone(), MAX_BODY).into()),
            _ => Ok(()),
        }
    }
}
