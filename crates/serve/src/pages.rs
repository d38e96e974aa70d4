//! The upload page. Its files are part of the program; they name nothing outside it but the storage.

use crate::{
    error::{Code, Refused},
    service::Service,
};
use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Redirect},
    routing::get,
};
use std::sync::Arc;
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

/// A file of the page: where it is, its type, and its bytes.
type Page = (&'static str, &'static str, &'static [u8]);

/// The files below `wasm`, at the same paths.
macro_rules! pages {
    ($($path:literal: $kind:ident),* $(,)?) => {
        [$((concat!("/", $path), $kind, include_bytes!(concat!("../../../wasm/", $path)))),*]
    };
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

static PAGES: &[Page] = &pages! {
    "pages/shared/base.css": CSS,
    "pages/shared/dom.js": JS,
    "pages/shared/icon.svg": SVG,
    "pages/shared/language.js": JS,
    "pages/shared/tokens.css": CSS,
    "upload/answers.js": JS,
    "upload/collect.js": JS,
    "upload/endpoint.js": JS,
    "upload/explanation.js": JS,
    "upload/format.js": JS,
    "upload/index.html": HTML,
    "upload/main.js": JS,
    "upload/memory.js": JS,
    "upload/parts.js": JS,
    "upload/queue.js": JS,
    "upload/row.js": JS,
    "upload/send.js": JS,
    "upload/trouble.js": JS,
    "upload/upload.css": CSS,
    "upload/upload.js": JS,
    "upload/words.js": JS,
};

const UPLOAD: &str = "/upload/";

pub fn router(service: &Service) -> Router<Arc<Service>> {
    let mut router = Router::new().route("/", get(|| async { Redirect::to(UPLOAD) }));
    for &(path, kind, bytes) in PAGES {
        let page = move || async move { ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], bytes) };
        if let Some(folder) = path.strip_suffix("index.html") {
            router = router.route(folder, get(page));
        }
        router = router.route(path, get(page));
    }
    if let Some(folder) = &service.package {
        let missing = tower::service_fn(|_| async { Ok(Refused::from(Code::NotFound).into_response()) });
        router = router.nest_service("/package", ServeDir::new(folder).append_index_html_on_directories(false).fallback(missing));
    }
    let set = |name: HeaderName, value| SetResponseHeaderLayer::if_not_present(name, value);
    router
        .layer(set(header::CONTENT_SECURITY_POLICY, security_policy(&service.policy.storage_origin())))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(set(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
}

/// Scripts and styles of the page itself, and requests to this service and to the storage. Nothing makes a script of a text.
fn security_policy(storage: &str) -> HeaderValue {
    let text = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; \
         connect-src 'self' {storage}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}
