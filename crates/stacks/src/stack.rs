//! The stacks by name.

macro_rules! stacks {
    ($($stack:ident = $id:literal,)*) => {
        /// A client, a proxy, or a place where secrets are kept.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Stack {
            $(#[doc = concat!("`", $id, "`")] $stack,)*
        }

        impl Stack {
            /// All of them, clients first.
            pub const ALL: &'static [Self] = &[$(Self::$stack,)*];

            /// The name on the command line and in reports.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$stack => $id,)* }
            }

            /// The stack of this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|stack| stack.as_str() == name)
            }
        }
    };
}

stacks! {
    Axios = "axios",
    BrowserFetch = "browser-fetch",
    Curl = "curl",
    Dotnet = "dotnet",
    Go = "go",
    Java = "java",
    Node = "node",
    Okhttp = "okhttp",
    Php = "php",
    Postman = "postman",
    PythonRequests = "python-requests",
    Shell = "shell",
    Docker = "docker",
    Kubernetes = "kubernetes",
    ApacheHttpd = "apache-httpd",
    Caddy = "caddy",
    Cloudflare = "cloudflare",
    Cloudfront = "cloudfront",
    Envoy = "envoy",
    Haproxy = "haproxy",
    Nginx = "nginx",
    Traefik = "traefik",
}
