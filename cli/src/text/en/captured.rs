//! What was assumed or repaired when an input was read, in English.

use crate::text::figures::grouped;
use countersign_capture::{Decoration, Note};

/// One sentence: what was done, and what would be better where something is missing.
pub(super) fn note(note: &Note) -> String {
    match note {
        Note::Utf16 => "the text is UTF-16 and is read as such".to_owned(),
        Note::NotUtf8(at) => format!("the text is not UTF-8 at offset {at}; U+FFFD is read for its bad bytes"),
        Note::Undecorated(Decoration::QuoteMarks) => "the quote mark before each line is left out".to_owned(),
        Note::Undecorated(Decoration::LineNumbers) => "the number before each line is left out".to_owned(),
        Note::Undecorated(_) => "the curly quotes of the command are taken for plain ones".to_owned(),
        Note::UrlUnescaped => "the URL was quoted from JSON or HTML, whose escapes are undone".to_owned(),
        Note::TokenMended => "the token was percent-encoded or broken into lines, and is read without that".to_owned(),
        Note::BodyMissing(Some(bytes)) => {
            format!("the body of {} bytes is not in the text: what is signed of it is taken from the headers", grouped(*bytes))
        }
        Note::BodyMissing(None) => "the body is not in the text: what is signed of it is taken from the headers".to_owned(),
        Note::BodyInFile(name) => {
            format!("the body is in the file `{name}`, which is not read: what is signed of it is taken from the headers")
        }
        Note::BodyLength { stated, found } => {
            format!("`Content-Length` says {} bytes, and the body here has {}", grouped(*stated), grouped(*found))
        }
        Note::LineEndLeftOut => "`Content-Length` ends before the last line end, which is left out".to_owned(),
        Note::FileInForm { field, file } => format!("the file `{file}` in field `{field}` is not read; its part is left empty"),
        Note::FormTextCut { field, rest } => format!(
            "of field `{field}` `curl` sends what stands before the `;`, and not `{rest}`; `--form-string`, or double quotes \
             around the value, send it whole"
        ),
        Note::TypeByCurl(media) => format!("`curl` adds `Content-Type: {media}` by itself, and the server sees it"),
        Note::TypeByClient(client, media) => format!("`{client}` adds `Content-Type: {media}` by itself, and the server sees it"),
        Note::TypeNotNamed => {
            "the call names no `Content-Type`, and its client may add one by itself, which the server sees; name it to be sure"
                .to_owned()
        }
        Note::Expression(name) => {
            format!("`{name}` is a variable or an expression in the code, and not known here; put its value in its place")
        }
        Note::UrlAlone => {
            "only the URL is read of the code it stands in, as if it were opened without headers: `--method` gives the verb, and the \
             request as raw HTTP or as a `curl` line all of it"
                .to_owned()
        }
        Note::DotSegments("curl") => {
            "`curl` resolves `.` and `..` in the path before it sends it; `--path-as-is` keeps them".to_owned()
        }
        Note::DotSegments(client) => format!("`{client}` resolves `.` and `..` in the path before it sends it"),
        Note::UrlRespelled(client) => {
            format!("`{client}` escapes path and query in its own way before it sends them, and the server sees that")
        }
        Note::UrlEscaped => {
            "the URL holds blanks or characters beyond ASCII; it is read with these escaped, as clients send them".to_owned()
        }
        Note::Variable(name) => format!("`${name}` is filled in by the shell and not known here; put its value in its place"),
        Note::UnclosedQuote => "a quote in the command is never closed; it may have been cut off".to_owned(),
        Note::BareAmpersand => {
            "the URL of the command is not in quotes, so that a shell cuts it at the first `&`; it is read as if it were"
                .to_owned()
        }
        Note::HttpAssumed => "the URL of the command has no `https://`, so that `curl` takes `http://`".to_owned(),
        Note::SecretInCommand(id) => {
            format!("the command line holds the secret of `{id}`; take it out of the history of your shell")
        }
        Note::SignedByCurl(parameters) => format!("`curl` signs this request itself, with `--aws-sigv4 {parameters}`"),
        Note::Masked(name) => format!("`{name}` is masked in the text; a signature cannot be judged without it"),
        Note::Unsigned(1) => "1 request without a signature is left out".to_owned(),
        Note::Unsigned(count) => format!("{} requests without a signature are left out", grouped(*count as u64)),
        Note::Preflights(1) => "1 preflight request of the browser is left out".to_owned(),
        Note::Preflights(count) => format!("{} preflight requests of the browser are left out", grouped(*count as u64)),
        Note::ClientText => "the client printed what it signed, which is compared with the request".to_owned(),
        // The list may grow; its code is better than nothing.
        other => other.code().to_owned(),
    }
}
