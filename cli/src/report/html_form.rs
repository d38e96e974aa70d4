//! An upload form as HTML.

/// Writes a form that a browser sends as it stands, and the file last.
pub fn form(action: &str, fields: &[(String, String)], button: &str) -> String {
    let mut out = format!(
        "<form action=\"{}\" method=\"post\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\">\n",
        escaped(action)
    );
    for (name, value) in fields {
        out.push_str(&format!("  <input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escaped(name), escaped(value)));
    }
    out.push_str("  <input type=\"file\" name=\"file\" required>\n");
    // Without a name, which would be sent behind the file.
    out.push_str(&format!("  <button type=\"submit\">{}</button>\n</form>\n", escaped(button)));
    out
}

/// Text for an attribute in quotes. What is not ASCII is written by number: a fragment has no charset of its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            ' '..='~' => out.push(c),
            other => out.push_str(&format!("&#{};", u32::from(other))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_attribute() {
        assert_eq!(escaped("a\"b'c<d>&amp;\n\u{952e}"), "a&quot;b&#39;c&lt;d&gt;&amp;amp;&#10;&#38190;");
        let fields = [("x\">".to_owned(), "\"><script>alert(1)</script>".to_owned())];
        let html = form("https://h/?a=1&b='", &fields, "Up");
        assert_eq!(
            html,
            "<form action=\"https://h/?a=1&amp;b=&#39;\" method=\"post\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\">\n  \
             <input type=\"hidden\" name=\"x&quot;&gt;\" value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">\n  \
             <input type=\"file\" name=\"file\" required>\n  <button type=\"submit\">Up</button>\n</form>\n"
        );
    }
}
