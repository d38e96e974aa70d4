//! Host, bucket and resource.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "host-rewritten-by-proxy",
        "the host was signed as `{host}` ({source|as the request names it}), and the request arrived with another `Host`",
        "make the proxy pass `Host` through: nginx `proxy_set_header Host $http_host;`, Apache `ProxyPreserveHost On`; or sign for the host the server sees",
    ),
    text(
        "host-port-mismatch",
        "the host was signed {what|with another port than the server sees}: `{host}`",
        "sign the host with its port unless the port is 80 for http or 443 for https; behind nginx use `proxy_set_header Host $http_host;`, since `$host` drops the port",
    ),
    text(
        "host-changed-after-signing",
        "the request was signed for the host `{host}` and sent to another one",
        "sign for the host the request is sent to: set the endpoint (custom domain, internal, accelerated, dual-stack) in the signer instead of replacing it in the finished URL",
    ),
    text(
        "cname-mode-wrong",
        "the request goes to a custom domain and was signed {what|with another resource than the server's}",
        "tell the SDK that the endpoint is a custom domain, or that it is none: `cname`, `isCName`, `is_cname`, `setSupportCname`, `UseCName`; the signed resource holds the bucket in either case",
    ),
    text(
        "bucket-in-endpoint",
        "the bucket `{bucket}` is part of the endpoint, so that the host names it twice",
        "configure the endpoint without the bucket: the SDK puts `{bucket}.` before it",
    ),
    text(
        "endpoint-malformed",
        "{place} {what}: `{text}`",
        "configure the endpoint as scheme and host alone, `https://oss-cn-hangzhou.aliyuncs.com`: one scheme, no blank, no path, no slash at the end",
    ),
    text(
        "bucket-missing-from-resource",
        "the resource was signed without the bucket `{bucket}`",
        "sign `/{bucket}/` and the key, even when the bucket is in the host and not in the path",
    ),
    text(
        "bucket-duplicated-in-resource",
        "{whose|the server} counts the bucket `{bucket|bucket}` twice, as in `/{bucket|bucket}/{bucket|bucket}/...`",
        "the bucket belongs into the host or into the path, not into both: switch path style off for an endpoint that has the bucket in its host, and sign `/{bucket|bucket}/` and the key once",
    ),
    text(
        "addressing-style-wrong",
        "the request was {verb|signed} {style}, and {other|sent in the other style}",
        "use one addressing style for signing and sending, the one the endpoint supports: `forcePathStyle`, `s3ForcePathStyle`, `addressing_style`, `use_path_style_endpoint`, `pathStyleAccess`",
    ),
    text(
        "bucket-or-host-case",
        "{what|the bucket or the host} was signed {how|in another case than the server has it}",
        "write bucket and host in lower case, in the configuration and in the signer",
    ),
    text(
        "bucket-of-another-request",
        "the signature belongs to another request{which|}: it was made for {what|another bucket}",
        "look for state that requests share while they run at the same time: a client, a signer or an options object that is changed between signing and sending; make one for each request",
    ),
];
