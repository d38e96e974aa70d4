//! The pages: for uploads, and the playground. Their files are part of the program, but for the npm package; they name nothing
//! outside it but the storage.

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
use std::{path::Path, sync::Arc};
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
    "pages/shared/format.js": JS,
    "pages/shared/icon.svg": SVG,
    "pages/shared/kept.js": JS,
    "pages/shared/language.js": JS,
    "pages/shared/theme.js": JS,
    "pages/shared/tokens.css": CSS,
    "playground/book.js": JS,
    "playground/build.css": CSS,
    "playground/build.js": JS,
    "playground/decode.js": JS,
    "playground/engine.js": JS,
    "playground/examples.js": JS,
    "playground/explain.js": JS,
    "playground/fields.css": CSS,
    "playground/fields.js": JS,
    "playground/headline.js": JS,
    "playground/index.html": HTML,
    "playground/json.js": JS,
    "playground/main.js": JS,
    "playground/output.js": JS,
    "playground/page.css": CSS,
    "playground/problems.js": JS,
    "playground/requests.js": JS,
    "playground/result.css": CSS,
    "playground/result.js": JS,
    "playground/runs.js": JS,
    "playground/scripts.js": JS,
    "playground/secret.js": JS,
    "playground/share.js": JS,
    "playground/shareable.js": JS,
    "playground/sharing.js": JS,
    "playground/tables.js": JS,
    "playground/text.js": JS,
    "playground/times.js": JS,
    "playground/trouble.js": JS,
    "playground/worker.js": JS,
    "playground/words/en.js": JS,
    "playground/words/zh.js": JS,
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
const PLAYGROUND: &str = "/playground/";

/// The pages of a service: for uploads, and the playground where there is a package.
pub fn router(service: &Service) -> Router<Arc<Service>> {
    let uploads = folder(UPLOAD).merge(folder("/pages/")).layer(content_security(&service.policy.storage_origin()));
    let router = Router::new().route("/", get(|| async { Redirect::to(UPLOAD) })).merge(uploads);
    let router = match &service.package {
        Some(package) => router.merge(with_package(package)),
        None => router,
    };
    guarded(router)
}

/// The playground alone, at `/playground/`, with the modules of the npm package from this folder. It needs no service: all it
/// does is done in the page.
pub fn playground(package: &Path) -> Router {
    let router = Router::new().route("/", get(|| async { Redirect::to(PLAYGROUND) })).merge(folder("/pages/"));
    guarded(router.merge(with_package(package)).fallback(|| async { Refused::from(Code::NotFound) }))
}

/// The playground and the package it works with.
fn with_package<S: Clone + Send + Sync + 'static>(package: &Path) -> Router<S> {
    let missing = tower::service_fn(|_| async { Ok(Refused::from(Code::NotFound).into_response()) });
    let files = ServeDir::new(package).append_index_html_on_directories(false).fallback(missing);
    folder(PLAYGROUND).nest_service("/package", files).layer(set(header::CONTENT_SECURITY_POLICY, PLAYGROUND_POLICY))
}

/// The files below a folder.
fn folder<S: Clone + Send + Sync + 'static>(name: &str) -> Router<S> {
    PAGES.iter().filter(|(path, ..)| path.starts_with(name)).fold(Router::new(), |router, &(path, kind, bytes)| {
        let page = move || async move { ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], bytes) };
        let router = match path.strip_suffix("index.html") {
            // Without the slash the addresses in the page would be those of other files.
            Some(folder) => router
                .route(folder.trim_end_matches('/'), get(move || async move { Redirect::permanent(folder) }))
                .route(folder, get(page)),
            None => router,
        };
        router.route(path, get(page))
    })
}

fn guarded<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff")).layer(set(header::REFERRER_POLICY, "no-referrer"))
}

fn set(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// The playground asks nobody anything once it is there, and starts no script but its own.
const PLAYGROUND_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; \
     style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
     require-trusted-types-for 'script'; trusted-types countersign-scripts; frame-ancestors 'none'";

/// Scripts and styles of the upload page itself, and requests to this service and to the storage. Nothing makes a script of a
/// text.
fn content_security(storage: &str) -> SetResponseHeaderLayer<HeaderValue> {
    let text = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; \
         connect-src 'self' {storage}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::PathBuf};

    /// The files of a page, without what builds and tests it.
    fn files(folder: &str) -> BTreeSet<String> {
        let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../wasm/"));
        let entries = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap());
        entries
            .flat_map(|entry| {
                let path = format!("{folder}/{}", entry.file_name().into_string().unwrap());
                match path.rsplit('/').next().unwrap() {
                    "words" => files(&path).into_iter().collect(),
                    // The service is not kept offline.
                    "service-worker.js" => Vec::new(),
                    name if [".js", ".css", ".html"].iter().any(|end| name.ends_with(end)) => {
                        vec![format!("/{}", path.trim_start_matches('/'))]
                    }
                    _ => Vec::new(),
                }
            })
            .collect()
    }

    #[test]
    fn the_policy_of_the_playground_is_the_one_in_the_page() {
        let (.., page) = PAGES.iter().find(|(path, ..)| *path == "/playground/index.html").unwrap();
        let page = str::from_utf8(page).unwrap();
        let (_, rest) = page.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
        let (own, _) = rest.split_once('"').unwrap();
        // Of frames a page may say nothing itself.
        assert_eq!(PLAYGROUND_POLICY, format!("{own}; frame-ancestors 'none'"));
    }

    #[test]
    fn every_file_of_the_pages_is_served() {
        let served: BTreeSet<_> =
            PAGES.iter().map(|(path, ..)| (*path).to_owned()).filter(|path| !path.ends_with(".svg")).collect();
        let there: BTreeSet<_> = ["upload", "playground", "pages/shared"].into_iter().flat_map(files).collect();
        assert_eq!(served, there);
    }
}
