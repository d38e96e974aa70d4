//! What shows that a request or a form is signed already, whoever signed it.
//!
//! A plain list: asking the schemes would make every program that signs for one vendor carry all of them.
//! Each scheme's `carrier` must stand in it, which a test of the registry demands.

use crate::{
    scheme::{Carrier, Scheme},
    subject::{Form, Request},
    wire::query::Param,
};

/// A parameter of a URL that carries a signature.
struct Mark {
    /// Its name.
    param: &'static str,
    /// One of these stands beside it: programs have parameters with ordinary names, too.
    beside: &'static [&'static str],
    /// Whether a value looks like such a signature.
    looks: fn(&[u8]) -> bool,
    /// The schemes that write it.
    schemes: &'static [&'static str],
}

const MARKS: &[Mark] = &[
    Mark {
        param: "Signature",
        beside: &["OSSAccessKeyId", "AWSAccessKeyId", "KSSAccessKeyId", "AccessKeyId"],
        looks: any,
        schemes: &["ks3-v2-url", "oss-rtmp-url", "oss-v1-url", "s3-v2-url"],
    },
    Mark { param: "X-Amz-Signature", beside: &["X-Amz-Credential"], looks: any, schemes: &["aws-v4-generic", "s3-v4-url"] },
    Mark { param: "X-Kss-Signature", beside: &["X-Kss-Credential"], looks: any, schemes: &["ks3-v4-url"] },
    Mark { param: "q-signature", beside: &["q-sign-algorithm"], looks: any, schemes: &["cos-rtmp-url", "cos-xml-url"] },
    Mark { param: "sign", beside: &["sign"], looks: has_pairs, schemes: &["cos-xml-url"] },
    Mark { param: "sign", beside: &["t"], looks: is_md5, schemes: &["kodo-cdn-antileech"] },
    Mark { param: "token", beside: &["e"], looks: has_id, schemes: &["kodo-private-url"] },
    Mark { param: "x-oss-signature", beside: &["x-oss-credential"], looks: any, schemes: &["oss-v4-url"] },
];

/// The fields of forms that carry a signature; case does not matter.
const FIELDS: &[&str] = &["q-signature", "signature", "x-amz-signature", "x-oss-signature"];
/// The field with a token that says all.
const TOKEN_FIELD: &str = "token";

fn any(_: &[u8]) -> bool {
    true
}

fn has_pairs(value: &[u8]) -> bool {
    value.starts_with(b"q-sign-algorithm")
}

fn is_md5(value: &[u8]) -> bool {
    value.len() == 32 && value.iter().all(u8::is_ascii_hexdigit)
}

fn has_id(value: &[u8]) -> bool {
    value.contains(&b':')
}

/// Where a request is signed already, if `scheme` must not sign it again: a link for a CDN is signed over one
/// for the storage behind it.
pub(crate) fn on_request(scheme: &dyn Scheme, request: &Request<'_>) -> Option<Carrier> {
    if request.header_value("authorization").is_some() {
        return Some(Carrier::Authorization);
    }
    if request.query().is_none_or(<[u8]>::is_empty) {
        return None;
    }
    let own = scheme.carrier();
    let is_own = |mark: &Mark| [Carrier::Param(mark.param), Carrier::Either(mark.param)].contains(&own);
    let is_beside = |mark: &Mark| !is_own(mark) && scheme.yields_to().iter().any(|there| mark.schemes.contains(there));
    let stands = |mark: &Mark, param: &Param<'_>| {
        param.is(mark.param)
            && (mark.looks)(&param.value().unwrap_or_default())
            && mark.beside.iter().any(|name| request.param(name).is_some())
    };
    let found = request.params().find_map(|param| MARKS.iter().find(|mark| stands(mark, &param) && !is_beside(mark)));
    found.map(|mark| Carrier::Param(mark.param))
}

/// Where a form is signed already.
pub(crate) fn on_form(form: &Form<'_>) -> Option<Carrier> {
    let field = FIELDS.iter().find(|name| form.value(name).is_some());
    field.map(|name| Carrier::Field(name)).or_else(|| {
        let token = form.value(TOKEN_FIELD)?;
        (token.iter().filter(|byte| **byte == b':').count() >= 2).then_some(Carrier::Token)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers;

    #[test]
    fn the_list_is_what_the_schemes_say() {
        for scheme in providers::schemes() {
            let id = scheme.id();
            let marked = |param| MARKS.iter().any(|mark| mark.param == param && mark.schemes.contains(&id));
            let listed = match scheme.carrier() {
                Carrier::Param(param) | Carrier::Either(param) => marked(param),
                Carrier::Field(field) => FIELDS.iter().any(|own| own.eq_ignore_ascii_case(field)),
                Carrier::Authorization | Carrier::Token => true,
            };
            assert!(listed, "{id} is not in the list");
        }
        for mark in MARKS {
            for id in mark.schemes {
                let carrier = providers::scheme(id).unwrap().carrier();
                // One vendor's clients may put all into one parameter, which is not the usual one.
                let written = matches!(carrier, Carrier::Param(own) | Carrier::Either(own) if own == mark.param);
                assert!(written || mark.beside == [mark.param], "{id} does not write `{}`", mark.param);
            }
        }
    }

    #[test]
    fn ordinary_parameters_are_no_signatures() {
        for query in ["token=a:b", "e=1&token=abc", "sign=1&t=2", "Signature=x&Expires=1", "x-oss-signature-version=1"] {
            let url = alloc::format!("https://example.com/a?{query}");
            let request = Request::new("GET", &url).unwrap();
            let scheme = providers::scheme("oss-v1-url").unwrap();
            assert_eq!(on_request(scheme, &request), None, "{query}");
        }
    }
}
