//! Proxies and CDNs: what they change on the way.

use super::{Fix, fix, same};
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
        "`proxy_set_header Host $http_host;` 会传递客户端签名时的值：默认是 `$proxy_host`，而 `$host` 不带端口",
    ),
    same(ApacheHttpd, HOST, "`ProxyPreserveHost On`"),
    fix(
        Haproxy,
        HOST,
        "take `http-request set-header Host ...` out of the backend: without it the host is passed on",
        "从 backend 中去掉 `http-request set-header Host ...`：没有它就会原样传递 Host",
    ),
    fix(
        Envoy,
        HOST,
        "take `host_rewrite_literal` and `auto_host_rewrite` out of the route",
        "从路由中去掉 `host_rewrite_literal` 和 `auto_host_rewrite`",
    ),
    fix(
        Traefik,
        HOST,
        "`passHostHeader: true` in the `loadBalancer` of the service, which is the default",
        "在服务的 `loadBalancer` 中设 `passHostHeader: true`，这也是默认值",
    ),
    fix(Caddy, HOST, "`header_up Host {hostport}` in `reverse_proxy`", "在 `reverse_proxy` 中写 `header_up Host {hostport}`"),
    fix(
        Cloudfront,
        HOST,
        "an origin request policy that includes `Host`, like `AllViewer`; without, the origin sees its own name: sign that",
        "使用包含 `Host` 的源请求策略，例如 `AllViewer`；否则源站看到的是它自己的域名，请对它签名",
    ),
    fix(Cloudflare, HOST, "take the override of `Host` out of the Origin Rules", "从 Origin Rules 中去掉对 `Host` 的覆盖"),
    fix(
        Kubernetes,
        HOST,
        "take the annotation `nginx.ingress.kubernetes.io/upstream-vhost` off the Ingress",
        "从 Ingress 上去掉注解 `nginx.ingress.kubernetes.io/upstream-vhost`",
    ),
    fix(
        Nginx,
        PATH,
        "`proxy_pass http://upstream;` without a path, not even `/`, passes the path on as it came; with one nginx decodes and normalises it; also `merge_slashes off;`",
        "`proxy_pass http://upstream;` 不带路径（连 `/` 也不带）才会原样传递路径；带路径时 nginx 会解码并化简它；另外设 `merge_slashes off;`",
    ),
    fix(
        ApacheHttpd,
        PATH,
        "`ProxyPass / http://upstream/ nocanon`, with `AllowEncodedSlashes NoDecode` and `MergeSlashes Off`",
        "`ProxyPass / http://upstream/ nocanon`，并设 `AllowEncodedSlashes NoDecode` 和 `MergeSlashes Off`",
    ),
    fix(
        Haproxy,
        PATH,
        "take `http-request normalize-uri`, `set-path` and `replace-path` out",
        "去掉 `http-request normalize-uri`、`set-path` 和 `replace-path`",
    ),
    fix(
        Envoy,
        PATH,
        "`normalize_path: false`, `merge_slashes: false` and `path_with_escaped_slashes_action: KEEP_UNCHANGED`; no `prefix_rewrite` in the route",
        "`normalize_path: false`、`merge_slashes: false` 和 `path_with_escaped_slashes_action: KEEP_UNCHANGED`；路由中不要有 `prefix_rewrite`",
    ),
    fix(
        Traefik,
        PATH,
        "no `stripPrefix`, `addPrefix` or `replacePath` on the router, and `http.sanitizePath: false` at the entry point",
        "路由上不要有 `stripPrefix`、`addPrefix` 或 `replacePath`，入口点上设 `http.sanitizePath: false`",
    ),
    fix(
        Caddy,
        PATH,
        "`handle` in place of `handle_path`, and no `uri` or `rewrite`: these change the path that is passed on",
        "用 `handle` 代替 `handle_path`，不要用 `uri` 或 `rewrite`：它们会改变传递的路径",
    ),
    fix(
        Cloudflare,
        PATH,
        "Rules, Settings, URL normalization: turn `Normalize URLs to origin` off",
        "在 Rules、Settings、URL normalization 中关闭 `Normalize URLs to origin`",
    ),
    fix(
        Cloudfront,
        PATH,
        "no origin path and no function that changes `request.uri`, or sign the path the origin sees",
        "不要设源路径，也不要有修改 `request.uri` 的函数；否则请对源站看到的路径签名",
    ),
    fix(
        Kubernetes,
        PATH,
        "take the annotation `nginx.ingress.kubernetes.io/rewrite-target` off the Ingress",
        "从 Ingress 上去掉注解 `nginx.ingress.kubernetes.io/rewrite-target`",
    ),
    same(Nginx, ADDED, "`proxy_set_header {name|NAME} \"\";`"),
    fix(
        ApacheHttpd,
        ADDED,
        "`RequestHeader unset {name|NAME}`, and `ProxyAddHeaders Off` for the `X-Forwarded-*` headers",
        "`RequestHeader unset {name|NAME}`；`X-Forwarded-*` 用 `ProxyAddHeaders Off`",
    ),
    same(Haproxy, ADDED, "`http-request del-header {name|NAME}`"),
    fix(
        Envoy,
        ADDED,
        "`request_headers_to_remove: [\"{name|NAME}\"]` in the route",
        "在路由中写 `request_headers_to_remove: [\"{name|NAME}\"]`",
    ),
    fix(
        Traefik,
        ADDED,
        "a middleware `headers` whose `customRequestHeaders` give `{name|NAME}` an empty value, which takes it away",
        "用 `headers` 中间件，在 `customRequestHeaders` 中把 `{name|NAME}` 设为空值即可去掉它",
    ),
    fix(Caddy, ADDED, "`header_up -{name|NAME}` in `reverse_proxy`", "在 `reverse_proxy` 中写 `header_up -{name|NAME}`"),
    fix(
        Cloudflare,
        ADDED,
        "a Transform Rule, Modify Request Header, Remove `{name|NAME}`",
        "用 Transform Rule 的 Modify Request Header，对 `{name|NAME}` 选 Remove",
    ),
    fix(
        Cloudfront,
        ADDED,
        "take `{name|NAME}` out of the custom headers of the origin",
        "从源站的自定义请求头中去掉 `{name|NAME}`",
    ),
    fix(
        Nginx,
        REMOVED,
        "`underscores_in_headers on;` and `ignore_invalid_headers off;`: nginx drops names with `_` or a dot, and sets `Connection` itself",
        "`underscores_in_headers on;` 和 `ignore_invalid_headers off;`：nginx 会丢弃名称中带 `_` 或点的请求头，并自己设置 `Connection`",
    ),
    fix(
        Cloudfront,
        REMOVED,
        "name `{name|the header}` in the cache policy or the origin request policy: no other header reaches the origin",
        "在缓存策略或源请求策略中列出 `{name|该请求头}`：其他请求头都不会到达源站",
    ),
    fix(
        Go,
        &["signed-header-removed-by-proxy"],
        "`httputil.ReverseProxy` takes `Connection`, `Te`, `Trailer`, `Upgrade` and their like away: leave them out of the signature",
        "`httputil.ReverseProxy` 会去掉 `Connection`、`Te`、`Trailer`、`Upgrade` 等：不要对它们签名",
    ),
    fix(
        Envoy,
        REMOVED,
        "`headers_with_underscores_action: ALLOW` in `common_http_protocol_options`",
        "在 `common_http_protocol_options` 中设 `headers_with_underscores_action: ALLOW`",
    ),
    fix(
        Nginx,
        ZIP,
        "take `proxy_set_header Accept-Encoding ...` out: by default nginx passes it on",
        "去掉 `proxy_set_header Accept-Encoding ...`：nginx 默认会原样传递",
    ),
    fix(
        Cloudflare,
        ZIP,
        "Cloudflare writes `accept-encoding` itself: leave it out of the signed headers",
        "Cloudflare 会自己写 `accept-encoding`：不要把它列入参与签名的请求头",
    ),
    fix(
        Cloudfront,
        ZIP,
        "CloudFront normalises `Accept-Encoding` when it caches compressed objects: leave it out of the signed headers",
        "CloudFront 缓存压缩对象时会改写 `Accept-Encoding`：不要把它列入参与签名的请求头",
    ),
    fix(
        Nginx,
        &["method-rewritten-by-proxy", "method-mismatch"],
        "`proxy_cache_convert_head off;`: a cache turns HEAD into GET",
        "`proxy_cache_convert_head off;`：缓存会把 HEAD 变成 GET",
    ),
];
