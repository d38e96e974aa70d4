//! What the clients of source code add to a request, and make of its URL.

use super::{
    name::{self, Named},
    value::Value,
};
use crate::sent::Habit;

/// A client that is known by the function or the object that is called.
pub(super) struct Client {
    pub(super) name: &'static str,
    /// The last words of the names of its functions, or of what has them.
    called: &'static [&'static str],
    /// `None` where it is not known.
    pub(super) habit: Option<Habit>,
    types: Types,
    /// Whether a body without a verb is sent with `POST`.
    pub(super) posts: bool,
    /// Whether the type of a body replaces the one that is named.
    pub(super) replaces: bool,
}

/// The type that is added to a body, where none is named.
enum Types {
    /// To a text, to an object and to JSON; an empty one where surely none is.
    Of([Option<&'static str>; 3]),
    Never,
    /// That of a form, whatever the body is.
    Form,
    /// The same, but for `PUT`.
    FormUnlessPut,
}

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");
const FORM_UTF8: Option<&str> = Some("application/x-www-form-urlencoded; charset=UTF-8");
const JSON: Option<&str> = Some("application/json");
const TEXT: Option<&str> = Some("text/plain;charset=UTF-8");
const NONE: Option<&str> = Some("");

const PLAIN: Client = Client { name: "", called: &[], habit: None, types: Types::Of([None; 3]), posts: false, replaces: false };
const BROWSER: Client = Client { habit: Some(Habit::Standard), ..PLAIN };

static CLIENTS: [Client; 14] = [
    Client { name: "fetch", called: &["fetch"], types: Types::Of([TEXT, None, None]), ..BROWSER },
    Client { name: "ky", called: &["ky"], types: Types::Of([TEXT, None, JSON]), ..BROWSER },
    Client { name: "axios", called: &["axios"], types: Types::Of([FORM, JSON, None]), ..BROWSER },
    Client { name: "ajax", called: &["ajax"], types: Types::Of([FORM_UTF8, FORM_UTF8, None]), ..BROWSER },
    Client { name: "XMLHttpRequest", called: &["open"], types: Types::Of([TEXT, None, None]), ..BROWSER },
    Client { name: "got", called: &["got"], types: Types::Of([NONE, None, JSON]), ..BROWSER },
    Client {
        name: "requests",
        called: &["requests"],
        habit: Some(Habit::Requests),
        types: Types::Of([NONE, FORM, JSON]),
        ..PLAIN
    },
    Client { name: "httpx", called: &["httpx"], types: Types::Of([NONE, FORM, JSON]), ..PLAIN },
    Client { name: "urllib", called: &["request.Request"], types: Types::Form, posts: true, ..PLAIN },
    Client { name: "net/http", called: &["NewRequest", "NewRequestWithContext"], types: Types::Never, ..PLAIN },
    // What PHP and others hand to it goes out as from `curl`.
    Client {
        name: "libcurl",
        called: &["curl_init", "curl_easy_init"],
        habit: Some(Habit::Curl),
        types: Types::Of([FORM, None, None]),
        posts: true,
        ..PLAIN
    },
    Client { name: "OkHttp", called: &["Request.Builder"], types: Types::Of([NONE, None, None]), replaces: true, ..PLAIN },
    Client { name: "HttpClient", called: &["HttpRequest.newBuilder"], types: Types::Never, ..PLAIN },
    Client { name: "HttpURLConnection", called: &["openConnection"], types: Types::FormUnlessPut, ..PLAIN },
];

/// Of .NET, where types come with bodies alone.
static DOTNET: Client = Client { name: "HttpClient", ..PLAIN };

impl Client {
    /// The client that has this function.
    pub(super) fn of(named: &Named<'_>) -> Option<&'static Self> {
        let is_called = |words: &&str| name::is_last(named.whole, words) || name::is_last(named.whose, words);
        let is_dotnet = named.last == "HttpRequestMessage" || named.last.ends_with("Async");
        CLIENTS.iter().find(|client| client.called.iter().any(is_called)).or(is_dotnet.then_some(&DOTNET))
    }

    /// The type it adds to a body by itself; `None` where that is not known.
    pub(super) fn adds(&self, verb: &str, body: &Value<'_>, is_json: bool) -> Option<&'static str> {
        let [text, object, json] = match self.types {
            Types::Never => return NONE,
            Types::Form => return FORM,
            Types::FormUnlessPut => return if verb == "PUT" { NONE } else { FORM },
            Types::Of(types) => types,
        };
        match body {
            _ if !matches!(verb, "PUT" | "POST" | "PATCH") => None,
            _ if is_json => json,
            Value::Text(_) => text,
            Value::Members(_) => object,
            Value::Unknown(expression) if expression.starts_with(b"JSON.stringify(") => text,
            Value::Typed(..) | Value::Unknown(_) => None,
        }
    }
}
