//! The report as one page: no script, nothing from elsewhere, light and dark, fit for print.

use super::{
    Shown, View,
    steps::What,
    text::{headline, standing},
    visible::{self, Blanks, Glyph, LINE_END, NOTHING},
};
use crate::text::{Labels, Proof, Words};
use countersign::{
    Document, Role, Written,
    explain::{Certainty, Verdict},
};
use countersign_report::pairs::{Pair, Piece, pairs};
use std::fmt::Write as _;

/// Nothing is loaded and no script runs, whatever stands in the page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#59636e;--line:#d1d9e0;--panel:#f6f8fa;--bad:#b3261e;--good:#1a6e33;\
--doubt:#8a5a00;--mark:#ffe08a;\
--sans:system-ui,sans-serif;--mono:ui-monospace,Menlo,Consolas,monospace}\
:root:lang(zh){--sans:system-ui,'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif;\
--mono:ui-monospace,Menlo,Consolas,'Noto Sans Mono CJK SC','PingFang SC','Microsoft YaHei',monospace}\
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--soft:#9198a1;--line:#3d444d;--panel:#151b23;--bad:#ff8a80;\
--good:#7ee29a;--doubt:#f0c368;--mark:#6b5200}}\
body{margin:0 auto;padding:2rem 1.5rem;max-width:70rem;font:16px/1.5 var(--sans);color:var(--ink);background:var(--paper)}\
h1{font-size:1.35rem;line-height:1.35;margin:0 0 1.5rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}\
code,pre,td,th{font-family:var(--mono);font-size:.875rem}\
.verdict{display:inline-block;margin-right:.6rem;padding:.05rem .55rem;border:2px solid;border-radius:.35rem}\
.bad{color:var(--bad)}.good{color:var(--good)}.doubt{color:var(--doubt)}.soft{color:var(--soft)}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-top:1px solid var(--line);overflow-wrap:anywhere}\
thead th{color:var(--soft);border-top:0;font-weight:600}tr.differs{background:var(--panel)}tr.differs th{font-weight:700}\
mark{background:var(--mark);color:inherit;text-decoration:underline;text-decoration-thickness:2px}\
.help{border-left:4px solid var(--good);background:var(--panel);padding:.6rem 1rem;margin:1rem 0}.help p{margin:.3rem 0}\
pre{background:var(--panel);padding:.6rem .8rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0}\
footer{margin-top:2rem;padding-top:.75rem;border-top:1px solid var(--line);color:var(--soft);font-size:.875rem}\
@media print{body{max-width:none;padding:0}pre,tr,.help{break-inside:avoid}}";

/// Writes the page.
pub fn page(view: &View, words: &dyn Words) -> String {
    let mut page = Page { out: String::new(), words, labels: words.labels() };
    page.head(view);
    let is_open = view.is_open();
    if view.verdict == Verdict::Mismatch && is_open && !view.provided.is_empty() {
        page.signatures(view);
    }
    for (index, group) in view.findings.chunk_by(|a, b| a.group == b.group).enumerate() {
        if index == 1 {
            page.title(page.labels.further);
        }
        for (at, finding) in group.iter().enumerate() {
            page.finding(view, finding, group.len(), at + 1 == group.len());
        }
        if index == 0 && !is_open {
            page.texts(view);
        }
        page.help(group);
    }
    if let Some(verb) = view.verb() {
        page.paragraph(page.labels.note, &words.assumed(Role::Method, &verb));
    }
    if is_open {
        for note in words.what_would_decide(view) {
            page.paragraph(page.labels.note, &note);
        }
        page.texts(view);
    }
    page.steps(view);
    page.foot(view);
    page.out
}

struct Page<'w> {
    out: String,
    words: &'w dyn Words,
    labels: &'static Labels,
}

impl Page<'_> {
    fn head(&mut self, view: &View) {
        let (verdict, class) = match view.verdict {
            Verdict::Valid => (self.labels.matches, "good"),
            Verdict::Mismatch => (self.labels.differs, "bad"),
            Verdict::Rejected => (self.labels.refused, "bad"),
            Verdict::Undecided => (self.labels.undecided, "doubt"),
        };
        let headline = headline(view, self.words);
        let standing = standing(view, &headline, self.words);
        let said = self.words.headline(&headline);
        let _ = write!(
            self.out,
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{} – {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <h1><span class=\"verdict {class}\">{}</span> {}</h1>\n",
            self.labels.language,
            escaped(verdict),
            escaped(&said),
            escaped(verdict),
            code(&self.words.lead(&standing, &said)),
        );
    }

    fn title(&mut self, text: &str) {
        let _ = writeln!(self.out, "<h2>{}</h2>", escaped(text));
    }

    fn paragraph(&mut self, label: &str, text: &str) {
        let _ = writeln!(self.out, "<p><b>{}{}</b>{}</p>", escaped(label), self.labels.colon, code(text));
    }

    fn rows(&mut self, rows: &[(&str, String)]) {
        self.out.push_str("<dl>");
        for (label, text) in rows {
            let _ = write!(self.out, "<dt>{}</dt><dd>{text}</dd>", escaped(label));
        }
        self.out.push_str("</dl>\n");
    }

    fn signatures(&mut self, view: &View) {
        let literal = |text: &str| format!("<code>{}</code>", escaped(text));
        let mut rows = vec![(self.labels.sent, literal(&view.provided))];
        rows.extend(view.expected.as_deref().map(|right| (self.labels.right, literal(right))));
        self.rows(&rows);
    }

    fn finding(&mut self, view: &View, finding: &Shown, together: usize, is_last: bool) {
        let standing = self.words.standing(&[finding.matter], finding.certainty);
        let _ = writeln!(
            self.out,
            "<h2><code>{}</code> <span class=\"soft\">{}</span></h2>\n<p>{}</p>",
            escaped(finding.code),
            escaped(&standing),
            code(&finding.title)
        );
        let proof = match finding.certainty {
            // What is proved of the seed by the chunks is no text that was signed.
            Certainty::Proved if !is_last || finding.code == "seed-alone-wrong" => None,
            Certainty::Proved => Some(Proof::Signed { signature: view.provided.clone(), mistakes: together }),
            Certainty::Server => Some(Proof::Server),
            Certainty::Seen => Some(Proof::Seen),
            Certainty::Likely => Some(Proof::Likely),
        };
        let side = |own: &Option<String>, other: &Option<String>| {
            let is_there = |side: &Option<String>| side.as_ref().is_some_and(|text| !text.is_empty());
            (is_there(own) || is_there(other)).then(|| match own.as_deref().filter(|text| !text.is_empty()) {
                Some(text) => format!("<code>{}</code>", glyphs(&visible::glyphs(text.as_bytes(), Blanks::Doubtful))),
                None => NOTHING.to_owned(),
            })
        };
        let also = (!finding.also.is_empty()).then(|| format!("<code>{}</code>", escaped(&finding.also.join(", "))));
        let rows = [
            (self.labels.signed, side(&finding.signed, &finding.sent)),
            (self.labels.sent, side(&finding.sent, &finding.signed)),
            (self.labels.proof, proof.map(|proof| escaped(&self.words.proof(&proof)))),
            (self.labels.also, also),
        ];
        let rows: Vec<_> = rows.into_iter().filter_map(|(label, text)| Some((label, text?))).collect();
        self.rows(&rows);
    }

    fn help(&mut self, group: &[Shown]) {
        let fixes = || group.iter().flat_map(|finding| &finding.fixes);
        if group.iter().all(|finding| finding.help.is_empty()) && fixes().next().is_none() {
            return;
        }
        self.out.push_str("<div class=\"help\">\n");
        for finding in group.iter().filter(|finding| !finding.help.is_empty()) {
            self.paragraph(self.labels.help, &finding.help);
        }
        for (stack, line) in fixes() {
            self.paragraph(&self.words.remarked(self.labels.fix, stack), line);
        }
        self.out.push_str("</div>\n");
    }

    /// Both texts beside each other, or the one there is.
    fn texts(&mut self, view: &View) {
        let is_open = view.is_open();
        for right in &view.documents {
            let signed = view.signed_beside(right);
            match signed {
                Some(signed) if signed.text == right.text => continue,
                None if !is_open => continue,
                _ => self.table(signed, right),
            }
        }
    }

    fn table(&mut self, signed: Option<&Written>, right: &Written) {
        let titles = &self.labels.titles;
        let title = match right.document {
            Document::CanonicalRequest => titles.canonical_request,
            Document::StringToSign => titles.string_to_sign,
        };
        let _ = write!(self.out, "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">{}</th>", escaped(title));
        if signed.is_some() {
            let _ = write!(self.out, "<th scope=\"col\">{}</th>", escaped(titles.signed));
        }
        let _ = write!(self.out, "<th scope=\"col\">{}</th></tr></thead>\n<tbody>\n", escaped(titles.right));
        for pair in pairs(signed.unwrap_or(right), right) {
            self.row(&pair, signed.is_some());
        }
        let _ = write!(
            self.out,
            "</tbody></table></div>\n<p class=\"soft\">{LINE_END} {}, {} {}, {NOTHING} {}</p>\n",
            escaped(titles.line_end),
            visible::BLANK,
            escaped(titles.blank),
            escaped(titles.nothing)
        );
    }

    fn row(&mut self, pair: &Pair<'_>, is_pair: bool) {
        let Some(piece) = pair.piece() else { return };
        if piece.role == Some(Role::LineEnd) && pair.is_same() {
            return;
        }
        let blanks = if pair.is_same() { Blanks::Doubtful } else { Blanks::All };
        let of = |side: Option<Piece<'_>>| visible::glyphs(side.map_or(b"", |piece| piece.bytes), blanks);
        let (mut own, mut other) = (of(pair.signed), of(pair.right));
        if !pair.is_same() {
            visible::mark(&mut own, &mut other);
        }
        let class = if pair.is_same() { "" } else { " class=\"differs\"" };
        let label = piece.role.map_or_else(|| self.words.line(piece.line), |role| self.words.role(role));
        // The sign says in letters what the colour says.
        let sign = if pair.is_same() { "" } else { "&gt; " };
        let _ = write!(self.out, "<tr{class}><th scope=\"row\">{sign}{}</th>", escaped(&label));
        if is_pair {
            let _ = write!(self.out, "<td>{}</td>", cell(&own));
        }
        let right = if is_pair && pair.is_same() { "=".to_owned() } else { cell(&other) };
        let _ = writeln!(self.out, "<td>{right}</td></tr>");
    }

    fn steps(&mut self, view: &View) {
        if view.steps.is_empty() {
            return;
        }
        self.title(self.labels.steps);
        self.out.push_str("<ol>\n");
        for step in &view.steps {
            let _ = write!(self.out, "<li>{}<pre>{}</pre>", escaped(&self.words.step(step.what)), escaped(&step.command));
            match (&step.value, step.what) {
                (Some(value), _) => {
                    let _ = write!(self.out, "<pre>{}</pre>", escaped(&String::from_utf8_lossy(value)));
                }
                (None, What::Key(..)) => {
                    let _ = write!(self.out, "<p class=\"soft\">{}</p>", escaped(self.labels.kept_secret));
                }
                (None, _) => {}
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }

    fn foot(&mut self, view: &View) {
        let at = view.work.at;
        let mut items = vec![view.scheme.id().to_owned()];
        items.extend((!view.access_key_id.is_empty()).then(|| format!("{} {}", self.labels.id, view.access_key_id)));
        items.extend(view.signed_at.map(|time| format!("{} {}", self.labels.signed_at, self.words.signed(time, at))));
        items.extend(view.expires_at.map(|time| format!("{} {}", self.labels.expires, self.words.expires(time, at))));
        items.extend((view.searched.variants > 0).then(|| self.words.searched(&view.searched, view.work.elapsed)));
        items.extend(view.secret.as_ref().map(|used| self.words.used(used)));
        let items: Vec<_> = items.iter().map(|item| code(item)).collect();
        let _ = write!(self.out, "</main>\n<footer>{}</footer>\n</body>\n</html>\n", items.join(" · "));
    }
}

fn cell(all: &[Glyph]) -> String {
    if all.is_empty() { NOTHING.to_owned() } else { glyphs(all) }
}

fn glyphs(all: &[Glyph]) -> String {
    let mut out = String::new();
    for run in all.chunk_by(|a, b| a.differs == b.differs) {
        let text: String = run.iter().map(|glyph| glyph.shown.as_str()).collect();
        let text = escaped(&text);
        out.push_str(&if run.first().is_some_and(|glyph| glyph.differs) { format!("<mark>{text}</mark>") } else { text });
    }
    out
}

/// A sentence with what stands between backticks as code.
fn code(sentence: &str) -> String {
    let mut out = String::new();
    for (index, piece) in sentence.split('`').enumerate() {
        let piece = escaped(piece);
        out.push_str(&if index % 2 == 1 { format!("<code>{piece}</code>") } else { piece });
    }
    out
}

/// Text that cannot be taken for anything else: no tag, no attribute, no character that turns the line around.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                let _ = write!(out, "&lt;U+{:04X}&gt;", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("<script>\"&'\u{202e}\0"), "&lt;script&gt;&quot;&amp;&#39;&lt;U+202E&gt;&lt;U+0000&gt;");
        assert_eq!(code("a `<b>` c"), "a <code>&lt;b&gt;</code> c");
        assert_eq!(code("odd ` one"), "odd <code> one</code>");
    }
}
