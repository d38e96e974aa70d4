//! Making `callback` and `callback-var`, and rendering what OSS will post.

use super::cases;
use countersign::{
    Credentials, Encoding, Form, Request, SecretKey, Terms, Timestamp, Verification, presign,
    providers::oss::{
        self,
        callback::{BodyType, Callback, CallbackBuilder, Given, MissingVariable, Problem, Value, Weight},
    },
    verify,
};
use countersign_tests::load;
use proptest::prelude::*;

fn problems(builder: CallbackBuilder<'_>) -> Vec<Problem> {
    builder.build().err().map(|error| error.problems().to_vec()).unwrap_or_default()
}

/// The values are those which the cases put into uploads; they were written by hand into the SDK's input.
#[test]
fn headers_query_and_fields_are_what_uploads_carry() {
    let all = load("oss").cases;
    let case = |id: &str| all.iter().find(|case| case.id == id).unwrap_or_else(|| panic!("there is no {id}"));
    let url = "http://cb.example.com/x";

    let callback = Callback::form(url, "bucket=${bucket}&object=${object}&my=${x:my}").variable("x:my", "v").build().unwrap();
    let headers = &case("v1h-callback-headers").request.as_ref().unwrap().headers;
    let expected: Vec<_> = headers.iter().filter(|(name, _)| name.starts_with("x-oss-callback")).cloned().collect();
    let made: Vec<_> = callback.headers().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_eq!(made, expected);

    let callback = Callback::form(url, "a=${object}").variable("x:a", "1").build().unwrap();
    let expected = case("v1u-callback-param").request.as_ref().unwrap().url.split_once('?').unwrap().1;
    assert_eq!(callback.query(), expected);

    let callback = Callback::form(url, "bucket=${bucket}&u=${x:uid}").variable("x:uid", "7").build().unwrap();
    let policy = case("post1-callback").rest["policy_json"].as_str().unwrap();
    let [(name, value), variable] = callback.form_fields().try_into().unwrap();
    assert!(policy.contains(&format!(r#"{{"{name}":"{value}"}}"#)), "{value} is not in {policy}");
    assert_eq!(variable, ("x:uid".to_owned(), "7".to_owned()));
}

/// `callback-var` as the page prints it.
#[test]
fn variables_are_written_as_the_page_has_them() {
    let callback = Callback::form("h", "v=${x:my_var}").variable("x:my_var", "for-callback-test").build().unwrap();
    assert_eq!(callback.headers()[1].1, "eyJ4Om15X3ZhciI6ImZvci1jYWxsYmFjay10ZXN0In0=");
    let none = Callback::form("h", "v=${size}").build().unwrap();
    assert_eq!((none.headers().len(), none.form_fields().len(), none.variables_to_json()), (1, 1, None));
    assert!(!none.query().contains('&'));
}

#[test]
fn every_member_is_written_under_its_name() {
    let callback = Callback::json("https://a.example.com/x", r#"{"object":${object}}"#)
        .or_url("https://b.example.com/x")
        .host("app.example.com")
        .sni()
        .build()
        .unwrap();
    let json: serde_json::Value = serde_json::from_str(&callback.to_json()).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "callbackUrl": "https://a.example.com/x;https://b.example.com/x",
            "callbackHost": "app.example.com",
            "callbackBody": "{\"object\":${object}}",
            "callbackBodyType": "application/json",
            "callbackSNI": true,
        })
    );
    assert_eq!(callback.body_type(), BodyType::Json);
}

#[test]
fn what_oss_would_refuse_or_misread_is_not_made() {
    let form = |template| Callback::form("http://h/", template);
    assert_eq!(problems(form("a=${object}")), []);
    assert_eq!(problems(form("")), [Problem::BodyEmpty]);
    assert_eq!(problems(Callback::form("", "a=b")), [Problem::UrlEmpty]);
    assert_eq!(problems(form("a=${x:u}")), [Problem::VariableNotGiven("x:u".into())]);
    assert_eq!(problems(form("a=${x:u}").variable("x:u", "1").variable("x:U", "2")), [Problem::VariableUpperCase("x:U".into())]);
    assert_eq!(problems(form("a=b").variable("u", "1")), [Problem::VariableName("u".into())]);
    assert_eq!(problems(form("a=b").host("h/x")), [Problem::Host("h/x".into())]);
    let six = (0..5).fold(form("a=b"), |builder, _| builder.or_url("http://h/"));
    assert_eq!(problems(six), [Problem::TooManyUrls(6)]);
    let long = "v".repeat(4000);
    let found = problems(form("a=b").variable("x:long", &long));
    assert!(matches!(found.as_slice(), [Problem::TooLong { len: 5352, .. }]), "{found:?}");
    let two = form("").host("").build().unwrap_err();
    assert_eq!(two.problems().len(), 2);
    assert!(two.to_string().contains("; "), "{two}");
    // Against a recommendation only.
    let many = (0..11).fold(form("a=b"), |builder, n| builder.variable(format!("x:v{n}"), "1"));
    assert_eq!(many.build().unwrap().advice(), [Problem::ManyVariables(11)]);
}

#[test]
fn a_rendered_body_is_the_one_oss_posts() {
    let body = |id: &str| cases().into_iter().find(|case| case.id == id).and_then(|case| case.request?.body).expect("a body");
    let template = "bucket=${bucket}&object=${object}&etag=${etag}&size=${size}&mimeType=${mimeType}\
                    &imageInfo.height=${imageInfo.height}&imageInfo.width=${imageInfo.width}\
                    &imageInfo.format=${imageInfo.format}&my_var=${x:my_var}";
    let callback = Callback::form("http://cb.example.com/", template).variable("x:my_var", "for-callback-test").build().unwrap();
    let values = [
        ("bucket", Value::Text("cs-demo-bucket")),
        ("object", Value::Text("dir/a.txt")),
        ("etag", Value::Text("D8E8FCA2DC0F896FD7CB4CB0031BA249")),
        ("size", Value::Number(5)),
        ("mimeType", Value::Text("text/plain")),
        ("imageInfo.height", Value::Text("")),
        ("imageInfo.width", Value::Text("")),
        ("imageInfo.format", Value::Text("")),
    ];
    assert_eq!(callback.render(&values), Ok(body("cb-form-1024")));
    assert_eq!(callback.render(&values[..7]), Err(MissingVariable("imageInfo.format".into())));

    let template = r#"{"bucket":${bucket},"object":${object},"size":${size},"mimeType":${mimeType}}"#;
    let callback = Callback::json("http://cb.example.com/cb", template).build().unwrap();
    let values = [
        ("bucket", Value::from("cs-demo-bucket")),
        ("object", "\u{7167}\u{7247}/1.jpg".into()),
        ("size", 1024.into()),
        ("mimeType", "image/jpeg".into()),
    ];
    assert_eq!(callback.render(&values), Ok(body("cb-json-utf8")));
}

/// The parameters of a signed upload URL are signed, too.
#[test]
fn a_callback_in_a_signed_url_is_signed() {
    let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
    let callback = Callback::form("https://app.example.com/cb", "key=${object}").build().unwrap();
    let url = format!("https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg?{}", callback.query());
    let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).expires_in(60);
    let signed = presign(&oss::V1_URL, &Request::new("PUT", &url).unwrap(), &who, &terms).unwrap();
    let accepts = |url: &str| {
        let request = Request::new("PUT", url).unwrap();
        matches!(verify(&request.into(), who.secret(), &Default::default()), Ok(Verification::Matches(_)))
    };
    let other = Callback::form("https://evil.example.com/cb", "key=${object}").build().unwrap();
    assert!(accepts(&signed) && !accepts(&signed.replace(&callback.query(), &other.query())));
}

proptest! {
    #[test]
    fn what_is_made_reads_back_and_is_what_was_meant(
        url in "[a-z]{1,8}(:[1-9][0-9]{0,3})?(/[!-~&&[^;\"]]{0,12})?",
        body in "[ -#%-~\u{e9}\u{4e2d}\n]{0,40}",
        host in proptest::option::of("[a-z.]{1,10}"),
        variables in proptest::collection::btree_map("x:[a-z_]{1,6}", "\\PC{0,12}", 0..4),
        json in any::<bool>(),
    ) {
        let template = if json {
            format!(r#"{{"text":{},"object":${{object}}}}"#, serde_json::to_string(&body).unwrap())
        } else {
            format!("v={body}")
        };
        let builder = if json { Callback::json(&*url, &*template) } else { Callback::form(&*url, &*template) };
        let builder = host.iter().fold(builder, |builder, host| builder.host(&**host));
        let builder = variables.iter().fold(builder, |builder, (name, value)| builder.variable(&**name, &**value));
        let Ok(callback) = builder.build() else { return Ok(()) };

        let place = format!("https://b.oss-cn-hangzhou.aliyuncs.com/k?{}", callback.query());
        let by_query = Given::in_request(&Request::new("PUT", &place).unwrap()).unwrap();
        let fields = callback.form_fields();
        let form = fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value));
        let by_form = Given::in_form(&form).unwrap();
        for given in [by_query, by_form] {
            prop_assert_eq!(given.fields(), callback.fields());
            prop_assert!(given.problems().iter().all(|problem| problem.weight() == Weight::Advice));
        }
        let rendered = callback.render(&[("object", "a\"b".into())]).unwrap();
        if json {
            let value: serde_json::Value = serde_json::from_str(&rendered).unwrap();
            prop_assert_eq!(&value, &serde_json::json!({"text": body, "object": "a\"b"}));
        } else {
            prop_assert_eq!(&rendered, &template);
        }
        prop_assert!(Encoding::Base64.encode(callback.to_json().as_bytes()).len() <= 5120);
    }
}
