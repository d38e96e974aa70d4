//! Keys of objects, from a template. Nothing a caller says can lead a key out of the caller's own prefix.

use crate::fault::PolicyFault;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

/// `user/{user}/{date}/{uuid}{ext}`
#[derive(Clone, Debug)]
pub struct KeyTemplate {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    User,
    Date,
    Uuid,
    Name,
    Ext,
}

/// What fills a template.
pub struct Filling<'f> {
    pub user: &'f str,
    /// `2026-05-01`
    pub date: &'f str,
    pub uuid: Uuid,
    /// The name of the file, as the caller gives it.
    pub name: &'f str,
}

/// Bytes of the fixed text of a template. With all that is filled in, keys stay below the 750 bytes of Kodo.
const MAX_TEXT: usize = 400;
/// Bytes of a name that are kept.
const MAX_NAME: usize = 100;
const MAX_EXT: usize = 12;

impl KeyTemplate {
    pub fn parse(text: &str) -> Result<Self, PolicyFault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (place, behind) = after.split_once('}').ok_or_else(|| PolicyFault::KeyPlace(after.to_owned()))?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(match place {
                "user" => Piece::User,
                "date" => Piece::Date,
                "uuid" => Piece::Uuid,
                "name" => Piece::Name,
                "ext" => Piece::Ext,
                other => return Err(PolicyFault::KeyPlace(other.to_owned())),
            });
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        let template = Self { pieces };
        template.check(text)?;
        Ok(template)
    }

    fn check(&self, text: &str) -> Result<(), PolicyFault> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        let fixed = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            _ => None,
        });
        if let Some(bad) = fixed.flat_map(str::chars).find(|c| !is_plain(*c)) {
            return Err(PolicyFault::KeyText(bad));
        }
        let segments: Vec<_> = text.split('/').collect();
        if segments.iter().any(|segment| matches!(*segment, "" | "." | "..")) {
            return Err(PolicyFault::KeySegment);
        }
        // In a segment with other text, `ann` could come to stand where `anna` does.
        if segments.iter().filter(|segment| **segment == "{user}").count() != 1 || text.matches("{user}").count() != 1 {
            return Err(PolicyFault::KeyUser);
        }
        if segments.last() == Some(&"{user}") || !(text.contains("{uuid}") || text.contains("{name}")) {
            return Err(PolicyFault::KeySame);
        }
        if text.len() > MAX_TEXT {
            return Err(PolicyFault::KeyTooLong(MAX_TEXT));
        }
        Ok(())
    }

    /// The key of an upload. What is filled in is not looked at again.
    pub fn fill(&self, with: &Filling<'_>) -> String {
        let mut key = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => key.push_str(text),
                Piece::User => key.push_str(with.user),
                Piece::Date => key.push_str(with.date),
                Piece::Uuid => key.push_str(&with.uuid.to_string()),
                Piece::Name => key.push_str(&tame(with.name)),
                Piece::Ext => key.push_str(&extension(with.name)),
            }
        }
        key
    }
}

/// A name that is a single segment of a key and nothing else, whoever reads it.
///
/// Compatibility forms go first: a full-width `．．／` would else become `../` at the next reader that normalises.
fn tame(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut tame = String::new();
    for c in last.nfkc() {
        let c = if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' };
        // Neither `..` nor rows of the same sign.
        if !(matches!(c, '.' | '_') && tame.ends_with(c)) {
            tame.push(c);
        }
    }
    let tame = tame.trim_end_matches(['.', '_']);
    // Before the beginning is cleared: of a name of signs alone it is all that is left.
    let extension = extension(tame);
    // As long as it was, in other letters.
    let stem = tame.get(..tame.len() - extension.len()).unwrap_or(tame).trim_start_matches(['.', '_']);
    let stem = stem.get(..floor_char_boundary(stem, MAX_NAME)).unwrap_or_default().trim_end_matches(['.', '_']);
    let stem = if stem.is_empty() { "file" } else { stem };
    [stem, &extension].concat()
}

/// `.jpg`; nothing where there is no plain extension.
fn extension(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty()
                && (1..=MAX_EXT).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            format!(".{}", extension.to_ascii_lowercase())
        }
        _ => String::new(),
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, name: &str) -> String {
        let filling = Filling { user: "alice", date: "2026-05-01", uuid: Uuid::nil(), name };
        KeyTemplate::parse(template).unwrap().fill(&filling)
    }

    #[test]
    fn a_template_is_filled_in_its_order() {
        assert_eq!(
            filled("u/{user}/{date}/{uuid}{ext}", "Cat.JPG"),
            "u/alice/2026-05-01/00000000-0000-0000-0000-000000000000.jpg"
        );
        assert_eq!(filled("{user}/{name}", "报告 终稿.pdf"), "alice/报告_终稿.pdf");
    }

    #[test]
    fn no_name_leads_out_of_the_prefix() {
        for (name, tamed) in [
            ("../../bob/x.jpg", "x.jpg"),
            ("..\\..\\bob\\x.jpg", "x.jpg"),
            ("..%2f..%2fbob%2fx.jpg", "2f._2fbob_2fx.jpg"),
            ("%2e%2e%2fbob.jpg", "2e_2e_2fbob.jpg"),
            // Full-width and other signs that normalise to dots and slashes.
            ("\u{ff0e}\u{ff0e}\u{ff0f}bob.jpg", "bob.jpg"),
            ("\u{2024}\u{2024}\u{2215}bob.jpg", "bob.jpg"),
            ("\u{2025}\u{2044}bob.jpg", "bob.jpg"),
            ("a\u{202e}gpj.exe", "a_gpj.exe"),
            ("a\0b\r\nX-Header: 1.jpg", "a_b_X-Header_1.jpg"),
            ("{user}{uuid}.jpg", "user_uuid.jpg"),
            ("${filename}", "filename"),
            ("$(key)", "key"),
            ("..", "file"),
            ("", "file"),
            ("...jpg", "jpg"),
            (".htaccess", "htaccess"),
            ("e\u{301}.jpg", "\u{e9}.jpg"),
            ("x.tar.GZ", "x.tar.gz"),
            // Nothing but signs before the extension.
            ("\u{1f600}.JPG", "file.jpg"),
            ("\u{1f468}\u{200d}\u{1f469} \u{2764}\u{fe0f}.png", "file.png"),
            ("..\u{200b}.pdf", "file.pdf"),
            ("___.txt", "file.txt"),
            ("\u{1f600}.", "file"),
        ] {
            assert_eq!(filled("u/{user}/{name}", name), format!("u/alice/{tamed}"), "{name:?}");
        }
        let long = "\u{952e}".repeat(500) + ".jpg";
        let key = filled("u/{user}/{name}", &long);
        assert!(key.len() < 130 && key.ends_with("\u{952e}.jpg"), "{key}");
    }

    #[test]
    fn templates_that_do_not_keep_users_apart_are_refused() {
        for template in ["u/{name}", "u/{user}-{uuid}", "u-{user}/{uuid}", "{user}/{user}/{uuid}", "a{user}", "u/{user}x/{uuid}"]
        {
            assert!(matches!(KeyTemplate::parse(template), Err(PolicyFault::KeyUser)), "{template}");
        }
        for template in ["/u/{user}/{uuid}", "u//{user}/{uuid}", "../{user}/{uuid}", "u/{user}/./{uuid}", "u/{user}/{uuid}/"] {
            assert!(matches!(KeyTemplate::parse(template), Err(PolicyFault::KeySegment)), "{template}");
        }
        for template in ["{user}/fixed", "u/{uuid}/{user}", "{user}/{date}{ext}"] {
            assert!(matches!(KeyTemplate::parse(template), Err(PolicyFault::KeySame)), "{template}");
        }
        for template in ["{user}/{nam}", "{user}/{", "{user}/{}"] {
            assert!(matches!(KeyTemplate::parse(template), Err(PolicyFault::KeyPlace(_))), "{template}");
        }
        for template in ["{user}/%2f{uuid}", "{user}/\\{uuid}", "{user}/a b{uuid}", "{user}/{uuid}}"] {
            assert!(matches!(KeyTemplate::parse(template), Err(PolicyFault::KeyText(_))), "{template}");
        }
    }
}
