//! What a request tells of its way.

use crate::Stack;
use countersign::Request;

/// Words in `User-Agent`, in small letters. The first that occurs tells: browsers name themselves last.
static AGENTS: [(&str, Stack); 27] = [
    ("postmanruntime/", Stack::Postman),
    ("python-requests/", Stack::PythonRequests),
    ("boto3/", Stack::PythonRequests),
    ("python-urllib", Stack::PythonRequests),
    ("python/", Stack::PythonRequests),
    ("okhttp/", Stack::Okhttp),
    ("axios/", Stack::Axios),
    ("guzzlehttp/", Stack::Php),
    ("php/", Stack::Php),
    ("aws-sdk-go", Stack::Go),
    ("go-http-client/", Stack::Go),
    ("rclone/", Stack::Go),
    ("aliyun-sdk-java", Stack::Java),
    ("aws-sdk-java", Stack::Java),
    ("apache-httpclient/", Stack::Java),
    ("java-http-client/", Stack::Java),
    ("java/", Stack::Java),
    ("aws-sdk-js", Stack::Node),
    ("aws-sdk-nodejs", Stack::Node),
    ("node-fetch", Stack::Node),
    ("undici", Stack::Node),
    ("node", Stack::Node),
    ("aws-sdk-dotnet", Stack::Dotnet),
    (".net", Stack::Dotnet),
    ("curl/", Stack::Curl),
    ("wget/", Stack::Shell),
    ("mozilla/", Stack::BrowserFetch),
];

/// Headers that a proxy leaves, and the proxy that does; a name ending in `-` is the start of one.
static TRACES: [(&str, Stack); 10] = [
    ("cf-ray", Stack::Cloudflare),
    ("cf-connecting-ip", Stack::Cloudflare),
    ("x-amz-cf-id", Stack::Cloudfront),
    ("x-envoy-", Stack::Envoy),
    ("x-kubernetes-", Stack::Kubernetes),
    ("x-forwarded-server", Stack::ApacheHttpd),
    // Nobody sets these by default; they are in every configuration of nginx that is passed around.
    ("x-real-ip", Stack::Nginx),
    ("x-original-uri", Stack::Nginx),
    ("x-scheme", Stack::Nginx),
    ("x-forwarded-for", Stack::Nginx),
];

/// What the request itself tells of its way: the client first, then the proxy.
#[must_use]
pub fn guess(request: &Request<'_>) -> Vec<Stack> {
    let lower = |value: &[u8]| String::from_utf8_lossy(value).to_ascii_lowercase();
    let agent = request.header_value("user-agent").map(lower).unwrap_or_default();
    let client = AGENTS.iter().find(|(word, _)| agent.contains(word)).map(|(_, stack)| *stack);
    // A page sends these, whatever library it uses.
    let page = ["sec-fetch-mode", "origin"].iter().any(|name| request.header_value(name).is_some());
    let via = request.header_value("via").map(lower).unwrap_or_default();
    let named =
        [("caddy", Stack::Caddy), ("cloudfront", Stack::Cloudfront), ("nginx", Stack::Nginx), ("apache", Stack::ApacheHttpd)];
    let named = named.into_iter().find(|(word, _)| via.contains(word)).map(|(_, stack)| stack);
    let has = |trace: &str| {
        request.headers().any(|header| {
            let name = header.name.to_ascii_lowercase();
            if trace.ends_with('-') { name.starts_with(trace) } else { name == trace }
        })
    };
    let trace = || TRACES.iter().find(|(name, _)| has(name)).map(|(_, stack)| *stack);
    client.or(page.then_some(Stack::BrowserFetch)).into_iter().chain(named.or_else(trace)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(headers: &[(&'static str, &'static str)]) -> Vec<Stack> {
        let request = Request::new("GET", "http://h/").unwrap();
        guess(&headers.iter().fold(request, |request, (name, value)| request.header(name, value)))
    }

    #[test]
    fn the_user_agent_tells_the_client() {
        for (agent, stack) in [
            ("curl/8.7.1", Stack::Curl),
            ("python-requests/2.32.3", Stack::PythonRequests),
            ("Boto3/1.34.0 md/Botocore#1.34.0 lang/python#3.11", Stack::PythonRequests),
            ("aliyun-sdk-python/2.18.4(Linux/6.1.0/x86_64;3.11.2)", Stack::PythonRequests),
            ("okhttp/4.12.0", Stack::Okhttp),
            ("axios/1.7.2", Stack::Axios),
            ("Go-http-client/1.1", Stack::Go),
            ("GuzzleHttp/7", Stack::Php),
            ("Apache-HttpClient/4.5.14 (Java/17.0.9)", Stack::Java),
            ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", Stack::BrowserFetch),
            ("PostmanRuntime/7.39.0", Stack::Postman),
            ("node", Stack::Node),
        ] {
            assert_eq!(guessed(&[("User-Agent", agent)]), [stack], "{agent}");
        }
        assert!(guessed(&[("User-Agent", "made-up/1")]).is_empty());
        assert!(guessed(&[]).is_empty());
    }

    #[test]
    fn traces_tell_the_proxy() {
        assert_eq!(guessed(&[("User-Agent", "curl/8"), ("X-Real-IP", "::1")]), [Stack::Curl, Stack::Nginx]);
        assert_eq!(guessed(&[("X-Forwarded-For", "::1"), ("CF-Ray", "x")]), [Stack::Cloudflare]);
        assert_eq!(guessed(&[("Via", "1.1 Caddy"), ("X-Forwarded-For", "::1")]), [Stack::Caddy]);
        assert_eq!(guessed(&[("x-envoy-original-path", "/")]), [Stack::Envoy]);
        assert_eq!(guessed(&[("Sec-Fetch-Mode", "cors")]), [Stack::BrowserFetch]);
    }
}
