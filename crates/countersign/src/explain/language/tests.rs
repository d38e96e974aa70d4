//! What holds for the tables of Chinese: they say all that English says, and nothing else. With the feature `policy`,
//! without which its sentences have no Chinese, either.

extern crate std;

use super::{CauseText, Language, Sentences, chinese, en, zh};
use crate::{
    pen::Role,
    phrase::{Phrase, Value, place},
};
use alloc::{collections::BTreeSet, string::String, vec::Vec};
use std::{fs, path::Path};

/// Phrases that are the same in Chinese, and so in no table: code, names and places alone.
const ALIKE: &[&str] = &[
    "Amazon S3",
    "OSS V1",
    "OSS V2",
    "OSS V4",
    "GBK",
    "Latin-1",
    "UTF-16LE",
    "UTF-16BE",
    "Base64",
    "HMAC-{hash}",
    "U+{code}",
    "JSON",
    "policy",
    "{what}{more}",
];

/// Chinese texts without a Chinese character: Chinese documents write these words so, too.
const LATIN: &[&str] =
    &["{name}（U+{code}）", "Bucket", "Bucket `{name}`", "AccessKey", "policy", "URL", "Content-Type", "Content-MD5"];

/// Words for which this project has others; see the list in the module of the Chinese.
const OTHER_WORDS: &[&str] = &[
    "服务器",
    "头部",
    "标头",
    "消息头",
    "百分号",
    "表单字段",
    "待签字符串",
    "签名串",
    "散列",
    "端点",
    "区域",
    "帐号",
    "密匙",
    "秘钥",
    "访问密钥",
    "令牌桶",
    "对象名",
    "存储空间",
    "应答",
    "请求参数",
    "主机",
    "报头",
    "令牌（token）",
    "空白符",
    "换行字符",
];

fn causes(topics: &'static [&'static [CauseText]]) -> impl Iterator<Item = &'static CauseText> {
    topics.iter().copied().flatten()
}

fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    zh::PHRASES.iter().copied().flatten().copied()
}

/// Every Chinese text, and what it is.
fn chinese() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_causes = causes(zh::TOPICS).flat_map(|text| [(text.code, text.title), (text.code, text.help)]);
    of_causes.chain(pairs())
}

/// The names of a text's places.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|behind| Some(place(behind)?.0.name)).collect()
}

/// A text with `change` for each of its places, which is told the words that stand there otherwise.
fn with_places<'t>(text: &'t str, mut change: impl FnMut(Option<&'t str>) -> &'t str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        match place(behind) {
            Some((place, after)) => {
                out.push_str(change(place.otherwise));
                rest = after;
            }
            None => {
                out.push('{');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What stands in backticks, places left out.
fn code(text: &str) -> Vec<String> {
    let bare = with_places(text, |_| "");
    let mut all: Vec<String> = bare.split('`').skip(1).step_by(2).map(Into::into).collect();
    all.sort();
    all
}

/// What stands outside backticks.
fn prose(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// The text of the literal that begins behind its quote, as far as the sources use escapes.
fn literal(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source.chars();
    loop {
        match rest.next() {
            None | Some('"') => return out,
            Some('\\') => match rest.next() {
                Some('\n') => rest = rest.as_str().trim_start().chars(),
                Some('u') => {
                    let (digits, after) = rest.as_str().strip_prefix('{').unwrap().split_once('}').unwrap();
                    out.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
                    rest = after.chars();
                }
                Some('n') => out.push('\n'),
                Some(c @ ('"' | '\\' | '\'')) => out.push(c),
                other => panic!("an escape that this test does not know: {other:?}"),
            },
            Some(c) => out.push(c),
        }
    }
}

/// The phrases that stand in the sources of this crate.
fn phrases() -> BTreeSet<String> {
    let mut found: BTreeSet<String> = Role::ALL.iter().map(|role| role.as_str().into()).collect();
    let mut folders = alloc::vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("phrase.rs") && !path.ends_with("language/tests.rs") {
                let source = fs::read_to_string(&path).unwrap();
                for begin in ["phrase!(", "words!("] {
                    found.extend(source.split(begin).skip(1).map(|behind| {
                        let behind = behind.trim_start().strip_prefix('"');
                        literal(behind.unwrap_or_else(|| panic!("{}: {begin} without a literal", path.display())))
                    }));
                }
            }
        }
    }
    found
}

#[test]
fn every_cause_has_its_chinese() {
    let codes = |topics| causes(topics).map(|text| text.code).collect::<Vec<_>>();
    assert_eq!(codes(en::TOPICS), codes(zh::TOPICS), "both list the causes in one order");
    for (english, chinese) in causes(en::TOPICS).zip(causes(zh::TOPICS)) {
        for (english, chinese) in [(english.title, chinese.title), (english.help, chinese.help)] {
            assert_eq!(places(english), places(chinese), "{chinese}");
            assert_eq!(code(english), code(chinese), "{chinese}");
        }
    }
}

#[test]
fn every_phrase_has_its_chinese_and_none_is_left_over() {
    let phrases = phrases();
    assert!(phrases.len() > 1_000, "the sources have more phrases than {}", phrases.len());
    let translated: BTreeSet<&str> = pairs().map(|(english, _)| english).collect();
    assert_eq!(translated.len(), pairs().count(), "a phrase has two texts");
    let is_alike = |text: &str| ALIKE.contains(&text) || !prose(&with_places(text, |_| "")).contains(char::is_alphabetic);
    let missing: Vec<_> = phrases.iter().filter(|text| !translated.contains(text.as_str()) && !is_alike(text)).collect();
    assert!(missing.is_empty(), "without Chinese: {missing:#?}");
    let stale: Vec<_> = translated.iter().chain(ALIKE).filter(|text| !phrases.contains(**text)).collect();
    assert!(stale.is_empty(), "no phrases any more: {stale:#?}");
    for (english, chinese) in pairs() {
        assert_eq!(places(english), places(chinese), "{chinese}");
        assert_eq!(code(english), code(chinese), "{chinese}");
        assert_ne!(english, chinese, "belongs to those that are alike");
    }
}

#[test]
fn chinese_is_chinese() {
    for (whose, text) in chinese() {
        let words = prose(&with_places(text, |_| ""));
        let is_latin = words.contains(char::is_alphabetic) && !words.contains(chinese::is_han);
        assert_eq!(is_latin, LATIN.contains(&text), "{whose}: {text}");
        for other in OTHER_WORDS {
            assert!(!text.contains(other), "{whose}: this project has another word for {other}: {text}");
        }
    }
    let unused: Vec<_> = LATIN.iter().filter(|text| !chinese().any(|(_, own)| own == **text)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn chinese_has_its_own_punctuation_and_blanks() {
    for (whose, text) in chinese() {
        // Beside a place the blank is put when it is filled.
        let mut texts = Vec::new();
        let sentence = with_places(text, |otherwise| {
            texts.extend(otherwise.map(String::from));
            "\0"
        });
        texts.push(sentence);
        texts.iter().for_each(|text| typography(whose, text));
    }
}

/// Blanks between Chinese and Latin, wide punctuation, and no full stop.
fn typography(whose: &str, text: &str) {
    const WIDE: &str = "，；：、。（）“”";
    let mut in_code = false;
    let characters = text.chars().map(|c| {
        in_code ^= c == '`';
        // What is code stands for itself.
        if in_code && c != '`' { 'x' } else { c }
    });
    let characters: Vec<char> = characters.collect();
    assert!(!in_code, "{whose}: a backtick too few or too many: {text}");
    let is_latin = |c: char| c.is_ascii_alphanumeric() || c == '`';
    let is_chinese = |c: char| chinese::is_han(c) || WIDE.contains(c);
    for two in characters.windows(2) {
        let &[before, behind] = two else { continue };
        for (one, other) in [(before, behind), (behind, before)] {
            assert!(!(chinese::is_han(one) && is_latin(other)), "{whose}: a blank is missing in {before}{behind}: {text}");
            assert!(!(one == ' ' && (WIDE.contains(other) || other == ' ')), "{whose}: a blank too many: {text}");
            assert!(!(is_chinese(one) && ",;:()?!\"".contains(other)), "{whose}: {before}{behind} is half Chinese: {text}");
        }
    }
    for three in characters.windows(3) {
        let &[before, between, behind] = three else { continue };
        assert!(!(chinese::is_han(before) && between == ' ' && chinese::is_han(behind)), "{whose}: a blank too many: {text}");
    }
    assert!(!text.ends_with(['。', '.', ' ']) && !text.starts_with(' '), "{whose}: {text}");
}

#[test]
fn a_blank_is_put_where_latin_meets_chinese() {
    let filled = |sentence: &str, value: Value| Language::Chinese.fill(sentence, &alloc::vec![("what", value)]);
    let text = |text: &str| Value::Text(text.into());
    assert_eq!(filled("要求{what}的形式", text("Base64")), "要求 Base64 的形式");
    assert_eq!(filled("要求{what}的形式", Phrase::of("hexadecimal digits").into()), "要求十六进制的形式");
    assert_eq!(filled("共{what}个", Value::Number(3)), "共 3 个");
    // What stands in backticks is shown as it is, whatever it begins and ends with.
    assert_eq!(filled("路径 `{what}` 已编码", text("照片")), "路径 `照片` 已编码");
    assert_eq!(filled("服务端要求{what}，", Phrase::of("`{name}`").data("name", "照片").into()), "服务端要求 `照片`，");
    assert_eq!(filled("请求中是{what}的值", Phrase::of("`{name}`").data("name", "a").into()), "请求中是 `a` 的值");
    assert_eq!(filled("用的是{what|Base64}格式", Value::Number(1)), "用的是 1 格式");
    assert_eq!(Language::Chinese.fill("用的是{what|Base64}格式{no}", &Vec::new()), "用的是 Base64 格式{no}");
    assert_eq!(Language::English.fill("{what}是", &alloc::vec![("what", Value::Number(1))]), "1是");
}

#[test]
fn loaded_sentences_are_the_built_in_ones() {
    let (causes, phrases) = Sentences::chinese().fields();
    let (causes, phrases) = (causes.collect::<Vec<_>>(), phrases.collect::<Vec<_>>());
    assert!(causes.as_flattened().iter().chain(phrases.as_flattened()).all(|text| !text.is_empty() && !text.contains('\0')));
    let text = [causes.as_flattened().join("\0"), phrases.as_flattened().join("\0")].join("\0\0");
    let loaded = Sentences::read(&text).unwrap();
    let (again, told) = loaded.fields();
    assert_eq!((again.collect::<Vec<_>>(), told.collect::<Vec<_>>()), (causes, phrases));
    assert_eq!(Sentences::read("a\0b\0\0c\0d"), None);
}

#[test]
fn what_the_json_reader_says_is_known() {
    let texts = [
        "[1",
        "{\"a\":1",
        "\"a",
        "",
        "{\"a\" 1}",
        "[1 2]",
        "{\"a\":1 \"b\":2}",
        "nul",
        "x",
        "\"\\x\"",
        "1.",
        "1e999",
        "\"\u{1}\"",
        "{1:2}",
        "\"\\ud800x\"",
        "[1,]",
        "1 2",
        "\"\\u12\"",
        "\"\\ud800\\ud800\"",
    ];
    for text in texts {
        let said = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
        let told = Language::Chinese.fill("{said}", &alloc::vec![("said", Value::Reader(alloc::format!("{said}")))]);
        let english = prose(&told).contains(|c: char| c.is_ascii_alphabetic());
        assert!(
            !english && told.starts_with(&alloc::format!("第 {} 行第 {} 列：", said.line(), said.column())),
            "{text}: {told}"
        );
    }
    for bytes in [&b"a\xff"[..], b"a\xe4\xb8"] {
        let said = alloc::format!("{}", core::str::from_utf8(bytes).unwrap_err());
        assert_eq!(Language::Chinese.fill("{said}", &alloc::vec![("said", Value::Reader(said))]), "偏移 1 处不是 UTF-8");
    }
}
