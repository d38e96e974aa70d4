//! Reading `callback` and `callback-var`: what OSS refuses, in its own words, and what does harm unrefused.

use countersign::{
    Encoding, Form, Request, VendorAnswer,
    providers::oss::callback::{Given, Parameter, Problem, Weight},
};
use countersign_tests::load;
use proptest::prelude::*;

fn read(callback: &str, variables: Option<&str>) -> Given {
    let encode = |json: &str| Encoding::Base64.encode(json.as_bytes());
    Given::read(encode(callback).as_bytes(), variables.map(encode).as_deref().map(str::as_bytes))
}

fn problems(callback: &str, variables: Option<&str>) -> Vec<Problem> {
    read(callback, variables).problems().to_vec()
}

/// The refusals of a callback: message, number, argument.
type Refusal = (Option<&'static str>, Option<&'static str>, Option<(&'static str, &'static str)>);

fn refusals(given: &Given) -> Vec<VendorAnswer> {
    given.problems().iter().filter_map(Problem::outcome).collect()
}

fn assert_refused(given: &Given, (message, ec, argument): Refusal, input: &str) {
    let refusals = refusals(given);
    let [refusal] = refusals.as_slice() else { panic!("{input}: {:?}", given.problems()) };
    assert_eq!((refusal.status, refusal.code), (Some(400), Some("InvalidArgument")), "{input}");
    assert_eq!((refusal.message.as_deref(), refusal.ec), (message, ec), "{input}");
    let elements: Vec<_> = refusal.elements.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let wanted = argument.map(|(name, value)| [("ArgumentName", name), ("ArgumentValue", value)]);
    assert_eq!(elements, wanted.as_ref().map_or(&[][..], |both| both), "{input}");
    assert!(given.clone().into_callback().is_err(), "{input}");
}

/// Messages as the guides "Upload callbacks" and "HTTP 400" print them, numbers as the pages 0007-000000xx do.
#[test]
fn every_refusal_has_the_words_and_the_number_of_oss() {
    const BODY: &str = r#""callbackBody":"a=${object}""#;
    let long = "x".repeat(5200);
    let url = |url: &str| format!(r#"{{"callbackUrl":"{url}",{BODY}}}"#);
    let body = |rest: &str| format!(r#"{{"callbackUrl":"http://h/"{rest}}}"#);
    let bad_url = (Some("The callback url configuration is invalid."), Some("0007-00000004"), None);
    let private = (Some("Private address is forbidden to callback."), Some("0007-00000008"), None);
    let host = (Some("The callback host configuration is invalid."), Some("0007-00000009"), None);
    let body_type = (Some("The callback body type configuration is invalid."), Some("0007-00000012"), None);
    let variables = Some("The callback var is not expecten json.");
    let not_json =
        |text| (Some("The callback configuration is not json format."), Some("0007-00000003"), Some(("callback", text)));
    let table: Vec<(String, Option<&str>, Refusal)> = vec![
        ("{".into(), None, not_json("{")),
        ("callbackUrl=http://h/".into(), None, not_json("callbackUrl=http://h/")),
        (
            r#"{"callbackUrl":"http://h/","callbackBody":"{"bucket":${bucket}}"}"#.into(),
            None,
            not_json(r#"{"callbackUrl":"http://h/","callbackBody":"{"bucket":${bucket}}"}"#),
        ),
        ("[]".into(), None, (None, None, None)),
        (format!("{{{BODY}}}"), None, bad_url),
        (url("www.callback-example.com:test"), None, bad_url),
        (url("http://h:0/"), None, bad_url),
        (url("http://h:65536/"), None, bad_url),
        (url("http://h:+80/"), None, bad_url),
        (url("http:///x"), None, bad_url),
        (url("ftp://h/x"), None, bad_url),
        (url("http://h/\u{4e2d}\u{6587}.php"), None, bad_url),
        (url("http://h/a b"), None, bad_url),
        (url("http://a/;;http://b/"), None, bad_url),
        (format!(r#"{{"callbackUrl":["http://h/"],{BODY}}}"#), None, bad_url),
        (
            url("https://c1.com;https://c2.com;https://c3.com;https://c4.com;https://c5.com;https://c6.com;"),
            None,
            (Some("The number of callback url exceed max value."), Some("0007-00000005"), None),
        ),
        (url("127.0.0.1:8088/test.php"), None, private),
        (url("http://10.0.0.8/"), None, private),
        (url("https://172.31.255.1:8443/x"), None, private),
        (url("http://192.168.1.1"), None, private),
        (url("http://LOCALHOST/x"), None, private),
        (body(r#","callbackHost":[1, 2, 3],"callbackBody":"a=b""#), None, host),
        (body(r#","callbackHost":"http://h/","callbackBody":"a=b""#), None, host),
        (body(r#","callbackHost":"","callbackBody":"a=b""#), None, host),
        (body(""), None, (Some("The callback body is empty."), Some("0007-00000011"), None)),
        (body(r#","callbackBody":"""#), None, (Some("The callback body is empty."), Some("0007-00000011"), None)),
        (body(r#","callbackBody":[1, 2, 3]"#), None, (Some("The callback body is invalid."), None, None)),
        (body(r#","callbackBody":"a=b","callbackBodyType":123"#), None, body_type),
        (body(r#","callbackBody":"{}","callbackBodyType":null"#), None, body_type),
        (
            body(r#","callbackBody":"a=b","callbackBodyType":"image/jpg""#),
            None,
            (Some("The body type of callback is not supported."), None, None),
        ),
        (
            body(r#","callbackBody":"a=b","additionalHeaders":{"x-oss-test":"val1","key2":"val2"}"#),
            None,
            (None, Some("0007-00000026"), None),
        ),
        (body(r#","callbackBody":"a=b","additionalHeaders":"x""#), None, (None, Some("0007-00000026"), None)),
        (
            body(r#","callbackBody":"size=${size}&my_var=$x:my_var}""#),
            Some(r#"{"x:my_var":"1"}"#),
            (
                Some("Left brace must be adjacent to dollar sign."),
                Some("0007-00000105"),
                Some(("ReplaceKeyPrefix", "size=${size}&my_var=$x:my_var}")),
            ),
        ),
        (url(&format!("http://h/{long}")), None, (Some("The length of callback exceed max value."), Some("0007-00000001"), None)),
        (url("http://h/"), Some(&long), (Some("The length of callback var exceed max value."), Some("0007-00000101"), None)),
        (url("http://h/"), Some(r#"{"x:var1":"value1","x:var2":"value2""#), (variables, Some("0007-00000103"), None)),
        (url("http://h/"), Some(r#"["x:var1"]"#), (variables, None, None)),
        (url("http://h/"), Some(r#"{"x:var1":"value1","x:var2":{"a": "b"}}"#), (variables, None, None)),
        (url("http://h/"), Some(r#"{"x:var1":1}"#), (variables, None, None)),
    ];
    for (callback, variables, refusal) in table {
        assert_refused(&read(&callback, variables), refusal, &callback);
    }
    // What is not Base64 of JSON.
    let good = Encoding::Base64.encode(url("http://h/").as_bytes());
    let no_base64 = (Some("The callback configuration is not base64 encoded."), Some("0007-00000002"), None);
    assert_refused(&Given::read(b"x123-*&", None), no_base64, "x123-*&");
    assert_refused(&Given::read(good.as_bytes(), Some(b"x123-*&")), (None, Some("0007-00000102"), None), "x123-*&");
    let not_utf8 = Encoding::Base64.encode(b"{\"callbackUrl\":\"\xff\"}");
    assert_refused(&Given::read(not_utf8.as_bytes(), None), not_json("{\"callbackUrl\":\"\u{fffd}\"}"), "not UTF-8");
}

#[test]
fn the_bounds_are_those_of_oss() {
    let with_len = |len: usize| {
        let empty = r#"{"callbackUrl":"http://h/","callbackBody":""}"#.len();
        problems(&format!(r#"{{"callbackUrl":"http://h/","callbackBody":"{}"}}"#, "x".repeat(len - empty)), None)
    };
    // 3840 bytes are 5120 in Base64.
    assert_eq!(with_len(3840), []);
    assert_eq!(with_len(3841), [Problem::TooLong { parameter: Parameter::Callback, len: 5124 }]);
    let urls =
        |count: usize| problems(&format!(r#"{{"callbackUrl":"{}","callbackBody":"a=b"}}"#, vec!["h/x"; count].join(";")), None);
    assert_eq!((urls(5), urls(6)), (vec![], vec![Problem::TooManyUrls(6)]));
}

#[test]
fn urls_that_oss_calls_are_not_complained_of() {
    for url in [
        "121.101.166.30/test.php",
        "121.43.113.8:23456/index.html",
        "https://example.com/%E4%B8%AD%E6%96%87.php?key=value&u=http://10.0.0.1/",
        "HTTP://example.com:65535",
        "example.com?a",
        "http://172.32.0.1/",
        "http://11.0.0.1/",
        "a.example.com/x;b.example.com/x;",
    ] {
        let found = problems(&format!(r#"{{"callbackUrl":"{url}","callbackBody":"a=b"}}"#), None);
        assert_eq!(found, [], "{url}");
    }
}

#[test]
fn what_does_harm_unrefused_is_named() {
    let json = |template: &str| {
        format!(
            r#"{{"callbackUrl":"h","callbackBody":"{}","callbackBodyType":"application/json"}}"#,
            template.replace('"', "\\\"")
        )
    };
    let form = |template: &str| format!(r#"{{"callbackUrl":"h","callbackBody":"{template}"}}"#);
    let unknown = |name: &str, meant| Problem::UnknownVariable { name: name.into(), meant };
    let table = [
        (r#"{"callbackUrl":"","callbackBody":"a=b"}"#.to_owned(), None, vec![Problem::UrlEmpty]),
        (
            r#"{"callbackUrl":"http://[2001:db8::1]/","callbackBody":"a=b"}"#.into(),
            None,
            vec![Problem::Ipv6("http://[2001:db8::1]/".into())],
        ),
        (json(r#"{"o":"${object}","s":"${size}","t":${mimeType}}"#), None, vec![Problem::VariableQuoted("object".into())]),
        (json(r#"{"path":"/x/${object}"}"#), None, vec![Problem::VariableQuoted("object".into())]),
        (form("a=${mimetype}&b=${filename}"), None, vec![unknown("mimetype", Some("mimeType")), unknown("filename", None)]),
        (form("a=${}"), None, vec![unknown("", None)]),
        (form("a=${x:uid}"), None, vec![Problem::VariableNotGiven("x:uid".into())]),
        (
            form("a=${x:uid}"),
            Some(r#"{"x:UID":"1"}"#),
            vec![Problem::VariableNotGiven("x:uid".into()), Problem::VariableUpperCase("x:UID".into())],
        ),
        (
            form("a=b"),
            Some(r#"{"uid":"1","x:":"2"}"#),
            vec![Problem::VariableName("uid".into()), Problem::VariableName("x:".into())],
        ),
        (form("a=b"), Some(r#"{"x:a":"1","x:a":"2"}"#), vec![Problem::Twice("x:a".into())]),
        (form("a=${object"), None, vec![Problem::VariableNotClosed { at: 2 }]),
        (json("a=${object}").replace("application/json", "application/x-www-form-urlencoded"), None, vec![]),
        (r#"{"callbackUrl":"h","callbackBody":"{\"a\":${object}}"}"#.into(), None, vec![Problem::JsonAsForm]),
        (
            r#"{"callbackUrl":"h","callbackUrl":"i","callbackBody":"a=b"}"#.into(),
            None,
            vec![Problem::Twice("callbackUrl".into())],
        ),
        (
            r#"{"callbackUrl":"h","callbackBody":"a=b","callbackSNI":"true"}"#.into(),
            None,
            vec![Problem::WrongType { member: "callbackSNI", expected: "`true` or `false`", found: "\"true\"".into() }],
        ),
    ];
    for (callback, variables, expected) in table {
        let given = read(&callback, variables);
        assert_eq!(given.problems(), expected, "{callback}");
        assert!(given.problems().iter().all(|problem| problem.weight() == Weight::Harmful), "{callback}");
        assert_eq!(given.into_callback().is_ok(), expected.is_empty(), "{callback}");
    }
    for template in ["a=${object}", "{object:${object}}", r#"{"a":${object},}"#, r#"{"a":${object}"#, r#"{"a":${size}${size}0.}"#]
    {
        let found = problems(&json(template), None);
        assert!(matches!(found.as_slice(), [Problem::TemplateNotJson { .. }]), "{template}: {found:?}");
    }
}

#[test]
fn advice_does_not_refuse() {
    let many: Vec<_> = (0..11).map(|n| format!(r#""x:v{n}":"{}""#, "y".repeat(50))).collect();
    let given = read(r#"{"callbackUrl":"h","callbackBody":"a=b","novelty":[1.0]}"#, Some(&format!("{{{}}}", many.join(","))));
    let unknown = |name: &str, meant| Problem::UnknownMember { name: name.into(), meant };
    assert_eq!(given.problems(), [unknown("novelty", None), Problem::ManyVariables(11), Problem::LongVariables(595)]);
    assert!(given.problems().iter().all(|problem| problem.weight() == Weight::Advice));
    let callback = given.into_callback().unwrap();
    assert_eq!(callback.advice().len(), 3);
    // What is not known is kept as it was written.
    assert_eq!(callback.to_json(), r#"{"callbackUrl":"h","callbackBody":"a=b","novelty":[1.0]}"#);
    let twisted = problems(r#"{"callbackUrl":"h","callbackBody":"a=b","callbackbodytype":"application/json"}"#, None);
    assert_eq!(twisted, [unknown("callbackbodytype", Some("callbackBodyType"))]);
}

#[test]
fn a_parameter_has_one_place() {
    let callback = Encoding::Base64.encode(br#"{"callbackUrl":"h","callbackBody":"a=${x:a}"}"#);
    let variables = Encoding::Base64.encode(br#"{"x:a":"?>"}"#);
    assert!(variables.contains('+') || variables.contains('/'), "{variables}");
    let escaped = variables.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let plain = "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg";
    let in_query = format!("{plain}?callback={}&callback-var={escaped}", callback.replace('=', "%3D"));
    let headers =
        |url| Request::new("PUT", url).unwrap().header("X-Oss-Callback", &callback).header("x-oss-callback-var", &variables);

    let by_headers = Given::in_request(&headers(plain)).unwrap();
    let by_query = Given::in_request(&Request::new("PUT", &in_query).unwrap()).unwrap();
    let by_fields = Given::in_form(&Form::new().field("callback", &callback).field("x:a", "?>").field("key", "a.jpg")).unwrap();
    assert_eq!(by_headers.problems(), []);
    assert_eq!((&by_headers, &by_headers), (&by_query, &by_fields));
    assert_eq!(by_headers.fields().variables, [("x:a".into(), "?>".into())]);

    let both = Given::in_request(&headers(&in_query)).unwrap();
    assert_eq!(both.problems(), [Problem::GivenTwice(Parameter::CallbackVar), Problem::GivenTwice(Parameter::Callback)]);
    let said: Vec<_> = refusals(&both).into_iter().map(|refusal| (refusal.message.unwrap(), refusal.ec)).collect();
    let sentence = |name: &str| {
        format!("Either the {name} query string parameter or the x-oss-{name} header should be specified, not both.")
    };
    assert_eq!(said, [(sentence("callback-var"), None), (sentence("callback"), Some("0007-00000027"))]);

    // A form has no field for all variables together.
    let wrong = Given::in_form(&Form::new().field("callback", &callback).field("callback-var", &variables)).unwrap();
    assert_eq!(wrong.problems(), [Problem::VariablesInOneField]);

    assert_eq!(Given::in_request(&Request::new("PUT", plain).unwrap().header("x-oss-callback-var", &variables)), None);
    assert_eq!(Given::in_form(&Form::new().field("x:a", "1")), None);
}

#[test]
fn a_bare_plus_in_the_query_is_read_and_reported() {
    // `>>>` makes a `+` in Base64.
    let callback = Encoding::Base64.encode(br#"{"callbackUrl":"h","callbackBody":"a=b>>>"}"#);
    assert!(callback.contains('+'), "{callback}");
    let url = format!("https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg?callback={callback}");
    let given = Given::in_request(&Request::new("PUT", &url).unwrap()).unwrap();
    assert_eq!(given.problems(), [Problem::BarePlus(Parameter::Callback)]);
    assert_eq!(given.fields().body.as_deref(), Some("a=b>>>"));
}

/// Uploads with callbacks as official SDKs sent them.
#[test]
fn the_callbacks_of_sdks_are_read_without_complaint() {
    let mut read = 0;
    for case in load("oss").cases.into_iter().filter(|case| case.id.contains("callback") && case.scheme != "oss-callback") {
        let Some(message) = case.request.as_ref().filter(|_| !case.scheme.starts_with("oss-post")) else { continue };
        let request = Request::new(&message.method, &message.url).unwrap();
        let request = message.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let given = Given::in_request(&request).unwrap_or_else(|| panic!("{}: no callback", case.id));
        assert_eq!(given.problems(), [], "{}", case.id);
        assert_eq!(given.fields().url.as_deref(), Some("http://cb.example.com/x"), "{}", case.id);
        read += 1;
    }
    assert_eq!(read, 4);
}

/// `callback-var` as two pages print it, without and with blanks.
#[test]
fn the_published_variables_are_read() {
    let callback = Encoding::Base64.encode(br#"{"callbackUrl":"h","callbackBody":"a=b"}"#);
    for (encoded, expected) in [
        ("eyJ4OnVpZCI6ICIxMjM0NSIsICJ4Om9yZGVyX2lkIjogIjY3ODkwIn0=", &[("x:uid", "12345"), ("x:order_id", "67890")][..]),
        ("eyJ4Om15X3ZhciI6ImZvci1jYWxsYmFjay10ZXN0In0=", &[("x:my_var", "for-callback-test")]),
    ] {
        let given = Given::read(callback.as_bytes(), Some(encoded.as_bytes()));
        let found: Vec<_> = given.fields().variables.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!((found.as_slice(), given.problems()), (expected, &[][..]));
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(
        callback in proptest::collection::vec(any::<u8>(), 0..200),
        variables in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..100)),
        json in r#"\{("callback(Url|Body|Host|BodyType|SNI)":("[ -~]{0,12}"|[a-z0-9{}]{0,4}),?){0,5}\}"#,
        template in r#"[a-z"\\$\{\}:=&]{0,30}"#,
    ) {
        let _ = Given::read(&callback, variables.as_deref());
        let given = read(&json, variables.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()));
        let text = |problem: &Problem| (problem.to_string(), problem.outcome(), problem.weight());
        let told: Vec<_> = given.problems().iter().map(text).collect();
        // What is refused says so, and nothing else does.
        prop_assert!(told.iter().all(|(_, outcome, weight)| outcome.is_some() == (*weight == Weight::Refused)));
        let quoted = serde_json::to_string(&template).unwrap();
        let _ = problems(&format!(r#"{{"callbackUrl":"h","callbackBody":{quoted},"callbackBodyType":"application/json"}}"#), None);
    }
}
