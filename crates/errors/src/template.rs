//! A vendor's message, in which what stands in braces differs from answer to answer.

use std::ops::Range;

/// The most bytes a place in braces may hold within a longer text.
const REACH: usize = 200;

/// Text with single blanks and plain quotes and without a full stop behind it: what people and pages change.
pub(crate) fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let quotes = |c: char| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    };
    let joined: String = words.join(" ").chars().map(quotes).collect();
    joined.trim_end_matches('.').trim_end().to_owned()
}

/// The values in the places of `template`, if the whole of the tidy `text` is this message.
pub(crate) fn whole(template: &str, text: &str) -> Option<Vec<(String, String)>> {
    let (range, values) = find(template, text, usize::MAX, text.len())?;
    (range == (0..text.len())).then_some(values)
}

/// The values in the places of `template`, if this message stands somewhere in the tidy `text`.
pub(crate) fn within(template: &str, text: &str) -> Option<Vec<(String, String)>> {
    find(template, text, REACH, 0).map(|(_, values)| values)
}

/// How many bytes of a template are the vendor's own words.
pub(crate) fn weight(template: &str) -> usize {
    pieces(template).iter().map(|(words, _)| words.len()).sum()
}

type Found = (Range<usize>, Vec<(String, String)>);

/// Where the message stands. A place at the end takes what is left, up to `reach`, or up to `end` if that is more.
fn find(template: &str, text: &str, reach: usize, end: usize) -> Option<Found> {
    let tidied = tidy(template);
    let (mut at, mut start, mut values) = (0, None, Vec::new());
    let mut place: Option<&str> = None;
    for (words, next) in pieces(&tidied) {
        let rest = text.get(at..)?;
        let offset = match (words.is_empty(), next) {
            // A place that ends the message.
            (true, None) if place.is_some() => {
                rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|at| *at <= reach.max(end)).last().unwrap_or(0)
            }
            _ => position(rest, words)?,
        };
        if let Some(name) = place {
            if offset > reach {
                return None;
            }
            values.push((name.to_owned(), rest.get(..offset)?.to_owned()));
        } else {
            start = Some(offset);
        }
        at += offset + words.len();
        place = next;
    }
    Some((start.unwrap_or(0)..at, values))
}

/// The words of a template, each with the name of the place behind it.
fn pieces(template: &str) -> Vec<(&str, Option<&str>)> {
    let mut all = Vec::new();
    let mut rest = template;
    while let Some((words, name, after)) = rest.split_once('{').and_then(|(words, tail)| {
        let (name, after) = tail.split_once('}')?;
        Some((words, name, after))
    }) {
        all.push((words, Some(name)));
        rest = after;
    }
    all.push((rest, None));
    all
}

/// Where `words` stand in `text`, whatever their case.
fn position(text: &str, words: &str) -> Option<usize> {
    let is_here =
        |at: &usize| text.as_bytes().get(*at..*at + words.len()).is_some_and(|own| own.eq_ignore_ascii_case(words.as_bytes()));
    (0..=text.len()).filter(|at| text.is_char_boundary(*at)).find(is_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGION: &str = "incorrect region, please use {host}, bucket is: {bucket}";

    fn pairs(values: &[(String, String)]) -> Vec<(&str, &str)> {
        values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    #[test]
    fn a_message_with_values_in_it_is_recognised() {
        let text = tidy("Incorrect region,\n  please use up-z2.qiniup.com, bucket is: photos");
        assert_eq!(pairs(&whole(REGION, &text).unwrap()), [("host", "up-z2.qiniup.com"), ("bucket", "photos")]);
        let text = tidy("my upload says incorrect region, please use up-z2.qiniup.com, bucket is: photos");
        assert_eq!(whole(REGION, &text), None);
        assert_eq!(pairs(&within(REGION, &text).unwrap()), [("host", "up-z2.qiniup.com"), ("bucket", "photos")]);
    }

    #[test]
    fn the_full_stop_and_blanks_do_not_matter_and_words_do() {
        assert!(whole("Request has expired.", &tidy(" request  has expired")).is_some());
        assert!(whole("Request has expired", &tidy("Request has expired.")).is_some());
        assert!(whole("Request has expired", &tidy("Request has not expired")).is_none());
        assert!(whole("Error status : {status}.", &tidy("Error status : 404.")).is_some());
        assert_eq!(within("expired", "签名 expired 了"), Some(vec![]));
    }

    #[test]
    fn the_vendors_own_words_weigh() {
        assert_eq!(weight("a {b} c"), 4);
        assert!(weight(REGION) > 30);
    }
}
