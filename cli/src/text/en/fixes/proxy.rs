//! Proxies and CDNs: what they change on the way.

use super::{Fix, fix};
use crate::stack::Stack::{ApacheHttpd, Caddy, Cloudflare, Cloudfront, Envoy, Go, Haproxy, Kubernetes, Nginx, Traefik};

const HOST: &[&str] = &["host-rewritten-by-proxy", "host-port-mismatch", "host-changed-after-signing"];
const PATH: &[&str] = &["path-rewritten-by-proxy", "path-normalised", "double-encoded-path", "url-renormalised-by-client"];
const ADDED: &[&str] = &["header-added-by-proxy", "header-added-after-signing", "header-duplicated-by-case"];
const REMOVED: &[&str] = &["signed-header-removed-by-proxy", "signed-header-not-sent"];
const ZIP: &[&str] = &["accept-encoding-rewritten"];

pub(super) static FIXES: &[Fix] = &[
    fix(
        Nginx,
        HOST,
        "`proxy_set_header Host $http_host;` passes on what the client signed: the default is `$proxy_host`, and `$host` has no port",
    ),
    fix(ApacheHttpd, HOST, "`ProxyPreserveHost On`"),
    fix(Haproxy, HOST, "take `http-request set-header Host ...` out of the backend: without it the host is passed on"),
    fix(Envoy, HOST, "take `host_rewrite_literal` and `auto_host_rewrite` out of the route"),
    fix(Traefik, HOST, "`passHostHeader: true` in the `loadBalancer` of the service, which is the default"),
    fix(Caddy, HOST, "`header_up Host {hostport}` in `reverse_proxy`"),
    fix(
        Cloudfront,
        HOST,
        "an origin request policy that includes `Host`, like `AllViewer`; without, the origin sees its own name: sign that",
    ),
    fix(Cloudflare, HOST, "take the override of `Host` out of the Origin Rules"),
    fix(Kubernetes, HOST, "take the annotation `nginx.ingress.kubernetes.io/upstream-vhost` off the Ingress"),
    fix(
        Nginx,
        PATH,
        "`proxy_pass http://upstream;` without a path, not even `/`, passes the path on as it came; with one nginx decodes and \
                      normalises it; also `merge_slashes off;`",
    ),
    fix(ApacheHttpd, PATH, "`ProxyPass / http://upstream/ nocanon`, with `AllowEncodedSlashes NoDecode` and `MergeSlashes Off`"),
    fix(Haproxy, PATH, "take `http-request normalize-uri`, `set-path` and `replace-path` out"),
    fix(
        Envoy,
        PATH,
        "`normalize_path: false`, `merge_slashes: false` and `path_with_escaped_slashes_action: KEEP_UNCHANGED`; no \
                      `prefix_rewrite` in the route",
    ),
    fix(
        Traefik,
        PATH,
        "no `stripPrefix`, `addPrefix` or `replacePath` on the router, and `http.sanitizePath: false` at the entry point",
    ),
    fix(Caddy, PATH, "`handle` in place of `handle_path`, and no `uri` or `rewrite`: these change the path that is passed on"),
    fix(Cloudflare, PATH, "Rules, Settings, URL normalization: turn `Normalize URLs to origin` off"),
    fix(Cloudfront, PATH, "no origin path and no function that changes `request.uri`, or sign the path the origin sees"),
    fix(Kubernetes, PATH, "take the annotation `nginx.ingress.kubernetes.io/rewrite-target` off the Ingress"),
    fix(Nginx, ADDED, "`proxy_set_header {name|NAME} \"\";`"),
    fix(ApacheHttpd, ADDED, "`RequestHeader unset {name|NAME}`, and `ProxyAddHeaders Off` for the `X-Forwarded-*` headers"),
    fix(Haproxy, ADDED, "`http-request del-header {name|NAME}`"),
    fix(Envoy, ADDED, "`request_headers_to_remove: [\"{name|NAME}\"]` in the route"),
    fix(
        Traefik,
        ADDED,
        "a middleware `headers` whose `customRequestHeaders` give `{name|NAME}` an empty value, which takes it away",
    ),
    fix(Caddy, ADDED, "`header_up -{name|NAME}` in `reverse_proxy`"),
    fix(Cloudflare, ADDED, "a Transform Rule, Modify Request Header, Remove `{name|NAME}`"),
    fix(Cloudfront, ADDED, "take `{name|NAME}` out of the custom headers of the origin"),
    fix(
        Nginx,
        REMOVED,
        "`underscores_in_headers on;` and `ignore_invalid_headers off;`: nginx drops names with `_` or a dot, and sets \
                         `Connection` itself",
    ),
    fix(
        Cloudfront,
        REMOVED,
        "name `{name|the header}` in the cache policy or the origin request policy: no other header reaches the origin",
    ),
    fix(
        Go,
        &["signed-header-removed-by-proxy"],
        "`httputil.ReverseProxy` takes `Connection`, `Te`, `Trailer`, `Upgrade` and their like away: \
                                                   leave them out of the signature",
    ),
    fix(Envoy, REMOVED, "`headers_with_underscores_action: ALLOW` in `common_http_protocol_options`"),
    fix(Nginx, ZIP, "take `proxy_set_header Accept-Encoding ...` out: by default nginx passes it on"),
    fix(Cloudflare, ZIP, "Cloudflare writes `accept-encoding` itself: leave it out of the signed headers"),
    fix(
        Cloudfront,
        ZIP,
        "CloudFront normalises `Accept-Encoding` when it caches compressed objects: leave it out of the signed headers",
    ),
    fix(Nginx, &["method-rewritten-by-proxy", "method-mismatch"], "`proxy_cache_convert_head off;`: a cache turns HEAD into GET"),
];
