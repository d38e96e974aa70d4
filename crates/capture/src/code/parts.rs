//! What the names of options, setters and properties say of a request, whatever client they belong to.

/// A part of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Url,
    /// The host of a URL that is given in pieces.
    Host,
    /// Path and query of such a URL.
    Path,
    /// The verb, and behind it the body where both are given.
    Verb,
    /// The verb is the name; what is given is the body.
    Named(&'static str),
    /// The verb, unless another one is named, where what is given is not false.
    Implied(&'static str),
    /// A name and its value.
    Header,
    /// Several headers.
    Headers,
    /// A line of a list that is handed on as a whole later.
    Line,
    /// `Content-Type`.
    Type,
    Params,
    Body,
    /// A body that the client makes JSON of.
    Json,
    /// The name of a file whose content is the body.
    File,
}

/// Names without regard to case. Of a name of several words, the last two count before the last one.
const PARTS: [(&str, Part); 73] = [
    ("host", Part::Host),
    ("hostname", Part::Host),
    ("path", Part::Path),
    ("url", Part::Url),
    ("uri", Part::Url),
    ("requesturi", Part::Url),
    ("curlopt_url", Part::Url),
    ("method", Part::Verb),
    ("type", Part::Verb),
    ("httpmethod", Part::Verb),
    ("custommethod", Part::Verb),
    ("setmethod", Part::Verb),
    ("setrequestmethod", Part::Verb),
    ("requestmethod", Part::Verb),
    ("curlopt_customrequest", Part::Verb),
    ("get", Part::Named("GET")),
    ("put", Part::Named("PUT")),
    ("post", Part::Named("POST")),
    ("head", Part::Named("HEAD")),
    ("delete", Part::Named("DELETE")),
    ("patch", Part::Named("PATCH")),
    ("curlopt_post", Part::Implied("POST")),
    ("curlopt_put", Part::Implied("PUT")),
    ("curlopt_upload", Part::Implied("PUT")),
    ("curlopt_nobody", Part::Implied("HEAD")),
    ("curlopt_httpget", Part::Implied("GET")),
    ("setdooutput", Part::Implied("POST")),
    ("dooutput", Part::Implied("POST")),
    ("header", Part::Header),
    ("addheader", Part::Header),
    ("setheader", Part::Header),
    ("add_header", Part::Header),
    ("add_field", Part::Header),
    ("addvalue", Part::Header),
    ("setvalue", Part::Header),
    ("setrequestheader", Part::Header),
    ("setrequestproperty", Part::Header),
    ("addrequestproperty", Part::Header),
    ("set", Part::Header),
    ("append", Part::Header),
    ("header.set", Part::Header),
    ("header.add", Part::Header),
    ("headers.set", Part::Header),
    ("headers.add", Part::Header),
    ("headers.append", Part::Header),
    ("headers.tryaddwithoutvalidation", Part::Header),
    ("headers", Part::Headers),
    ("headers.addall", Part::Headers),
    ("headers.update", Part::Headers),
    ("allhttpheaderfields", Part::Headers),
    ("curlopt_httpheader", Part::Headers),
    ("curl_slist_append", Part::Line),
    ("contenttype", Part::Type),
    ("content_type", Part::Type),
    ("headers.contenttype", Part::Type),
    ("params", Part::Params),
    ("query", Part::Params),
    ("body", Part::Body),
    ("bodybytes", Part::Body),
    ("write", Part::Body),
    ("body_stream", Part::Body),
    ("bodyvalue", Part::Body),
    ("httpbody", Part::Body),
    ("setbody", Part::Body),
    ("setentity", Part::Body),
    ("send", Part::Body),
    ("data", Part::Body),
    ("files", Part::Body),
    ("content", Part::Body),
    ("curlopt_postfields", Part::Body),
    ("json", Part::Json),
    ("infile", Part::File),
    ("curlopt_infile", Part::File),
];

impl Part {
    /// What a function says that is called on a request. One of headers whose name is not known sets some, unless it only looks.
    pub(super) fn called(name: &[u8]) -> Option<Self> {
        const LOOKS: [&[u8]; 4] = [b"get", b"has", b"is", b"on"];
        let last = name.rsplit(|byte| b".>:".contains(byte)).next().unwrap_or_default().to_ascii_lowercase();
        let sets = last.windows(6).any(|piece| piece == b"header") && !LOOKS.iter().any(|looks| last.starts_with(looks));
        Self::of(name).or(sets.then_some(Self::Headers))
    }

    /// What a name says, if anything.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        let lower = String::from_utf8_lossy(name).to_ascii_lowercase();
        let mut words = lower.rsplit(['.', '>', ':']).filter(|word| !word.is_empty());
        let last = words.next()?.trim_start_matches('$');
        let two = words.next().map(|whose| format!("{}.{last}", whose.trim_end_matches(['-', '?', '!'])));
        let find = |name: &str| PARTS.iter().find(|(own, _)| *own == name).map(|(_, part)| *part);
        two.and_then(|two| find(&two)).or_else(|| find(last))
    }
}
