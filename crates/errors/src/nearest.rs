//! What comes nearest to a code or a text that is not known.

use std::collections::BTreeSet;

/// How many letters have to be put in, left out or changed to make one text of the other, whatever their case.
#[must_use]
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().flat_map(char::to_lowercase).enumerate() {
        let mut diagonal = std::mem::replace(row.first_mut().unwrap_or(&mut 0), at + 1);
        let mut left = at + 1;
        for (own, above) in other.iter().zip(row.iter_mut().skip(1)) {
            let changed = diagonal + usize::from(*own != c);
            diagonal = *above;
            left = changed.min(left + 1).min(diagonal + 1);
            *above = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The words of a text: runs of letters and digits, and pairs of Chinese characters, which have no blanks between them.
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let latin = text.split(|c: char| !c.is_alphanumeric() || is_chinese(c)).filter(|word| word.len() > 1).map(str::to_lowercase);
    let chars: Vec<char> = text.chars().collect();
    let pairs = chars.windows(2).filter(|pair| pair.iter().all(|c| is_chinese(*c))).map(|pair| pair.iter().collect());
    latin.chain(pairs).collect()
}

/// How alike two sets of words are, in thousandths.
pub(crate) fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let common = one.intersection(other).count();
    (2_000 * common).checked_div(one.len() + other.len()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_counts_changes() {
        assert_eq!(distance("NoSuchBuket", "nosuchbucket"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("-97", "-96"), 1);
    }

    #[test]
    fn chinese_is_compared_by_pairs_of_characters() {
        assert_eq!(words("签名 bad token，x"), ["bad", "token", "签名"].map(String::from).into());
        assert!(likeness(&words("上传签名错误"), &words("签名错误")) > 700);
        assert_eq!(likeness(&words("a"), &words("")), 0);
    }
}
