//! The pages about the matrix and about the causes, in both languages.

use crate::{
    Tally,
    cells::{Planted, reasons},
    forms::{FORMS, GAPS},
};
use countersign::explain::{Language, causes as catalogue};
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write,
    fs,
    path::Path,
};

/// The languages of the page about the matrix, and its files.
const LANGUAGES: [(&str, &str); 2] = [("en", "MATRIX.md"), ("zh", "MATRIX.zh-CN.md")];
/// The same for the page about the causes, which lies with the catalogue.
const CAUSES: [(Language, &str); 2] =
    [(Language::English, "../crates/countersign/CAUSES.md"), (Language::Chinese, "../crates/countersign/CAUSES.zh-CN.md")];

/// Compares the page about the matrix with what it should be, or writes it.
pub fn check(all: &[Planted], tally: &Tally) {
    LANGUAGES.iter().for_each(|(language, file)| compare(file, &write(all, tally, language)));
}

/// The same for the page about the causes.
pub fn check_causes(all: &[Planted]) {
    CAUSES.iter().for_each(|(language, file)| compare(file, &write_causes(all, *language)));
}

fn compare(file: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if env::var_os("UPDATE_PAGES").is_some() {
        fs::write(&path, page).expect("the page can be written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == page, "{file} is not what the tests give: run them with UPDATE_PAGES=1");
}

/// Every cause: what it is, how it is found and in which schemes, and what to do.
fn write_causes(all: &[Planted], language: Language) -> String {
    let is_chinese = language == Language::Chinese;
    let pick = |en: &'static str, zh: &'static str| if is_chinese { zh } else { en };
    let list = catalogue();
    let mut page = String::new();
    let _ = writeln!(page, "{}\n", pick("# The causes", "# 原因一览"));
    if is_chinese {
        let _ = writeln!(
            page,
            "目录中的 {} 个原因：是什么、如何判定、测试在哪些签名方式中植入了它，以及如何修复。`countersign error <原因>` 给出同样的内容（签名方式除外）。\
             本页由目录生成，并由 `tests/matrix` 校验；在其余签名方式中为什么没有植入，见 [MATRIX.zh-CN.md](../../tests/MATRIX.zh-CN.md)。",
            list.len()
        );
    } else {
        let _ = writeln!(
            page,
            "The {} causes of the catalogue: what each is, how it is found, in which schemes the tests plant it, and what to do. \
             `countersign error <cause>` says the same, except for the schemes. This page is written from the catalogue and \
             checked by `tests/matrix`; why a cause is not planted in the other schemes is said in [MATRIX.md](../../tests/MATRIX.md).",
            list.len()
        );
    }
    for cause in list {
        let of = |planted: &&Planted| planted.cells.iter().any(|cell| cell.cause == cause.code());
        let schemes: Vec<String> = all.iter().filter(of).map(|planted| format!("`{}`", planted.scheme)).collect();
        let _ = write!(
            page,
            "\n## `{}`\n\n{}\n\n- {}{}\n- {}{}\n- {}{}\n",
            cause.code(),
            cause.title(language),
            pick("found: ", "判定："),
            language.tell(&cause),
            pick("schemes: ", "签名方式："),
            if schemes.len() == all.len() { pick("all", "全部").to_owned() } else { schemes.join(" ") },
            pick("fix: ", "修复："),
            cause.help(language),
        );
    }
    page
}

fn write(all: &[Planted], tally: &Tally, language: &str) -> String {
    let is_chinese = language == "zh";
    let pick = |en: &'static str, zh: &'static str| if is_chinese { zh } else { en };
    let explained: usize = tally.explained.values().flatten().sum();
    let planted: usize = all.iter().map(|planted| planted.cells.len()).sum();
    let impossible: usize = all.iter().map(|planted| planted.impossible.len()).sum();
    let gaps: usize = tally.gaps.values().sum();
    let possible: usize =
        all.iter().map(|planted| planted.cells.iter().map(|cell| &cell.cause).collect::<BTreeSet<_>>().len()).sum();
    let mut page = String::new();
    let heading = pick("# What is explained: schemes, causes and forms", "# 能解释什么：签名方式、原因与输入形式");
    let _ = writeln!(page, "{heading}\n");
    if is_chinese {
        let _ = writeln!(
            page,
            "本页由 `tests/matrix` 生成并校验（`UPDATE_PAGES=1 cargo test -p countersign-tests --test matrix`）。\
             {possible} 个“签名方式 × 原因”组合各以一种或多种方式植入，共 {planted} 处，由 Python 自带的 hmac 签名；每处以该签名方式可能的每种形式书写，\
             分别在没有和附有服务端响应的情况下解释：共 {explained} 次，每次都找到了原因，凡能证明的都得到了证明。\
             {impossible} 个“签名方式 × 原因”组合没有植入，{gaps} 次是某种形式无法体现该错误；原因见下。\n"
        );
    } else {
        let _ = writeln!(
            page,
            "This page is written and checked by `tests/matrix` (`UPDATE_PAGES=1 cargo test -p countersign-tests --test matrix`). \
             {possible} pairs of scheme and cause are planted in one way or several, {planted} times, and signed by Python's own hmac. Each \
             is written down in every form that its scheme allows, and explained without and with the server's answer: {explained} times, \
             and every time the cause is found, proved wherever it can be. {impossible} pairs of scheme and cause are not planted, and \
             {gaps} times a form cannot show the mistake; why is said below.\n"
        );
    }
    let heading = pick("## Schemes and forms", "## 签名方式与形式");
    let told = pick(
        "How often a mistake was explained without / with the server's answer. A dash: such a signature cannot be brought in this form.",
        "在没有 / 附有服务端响应时得到解释的次数。短横表示此类签名不会以该形式出现。",
    );
    let _ = writeln!(page, "{heading}\n\n{told}\n");
    let mut head = format!("| {} |", pick("form", "形式"));
    for planted in all {
        let _ = write!(head, " `{}` |", planted.scheme);
    }
    let _ = writeln!(page, "{head}\n|{}", " --- |".repeat(all.len() + 1));
    for (form, en, zh) in FORMS {
        let _ = write!(page, "| {} |", if is_chinese { zh } else { en });
        for planted in all {
            let _ = match tally.explained.get(&(planted.scheme.clone(), form)) {
                Some([without, with]) => write!(page, " {without} / {with} |"),
                None => write!(page, " – |"),
            };
        }
        page.push('\n');
    }
    let heading = pick("\n## What a form cannot show", "\n## 某种形式无法体现的错误");
    let _ = writeln!(
        page,
        "{heading}\n\n| {} | {} | {} |\n| --- | --- | --- |",
        pick("form", "形式"),
        pick("times", "次数"),
        pick("why", "原因")
    );
    for ((form, gap), times) in &tally.gaps {
        let name = FORMS.iter().find(|(own, ..)| own == form).map(|(_, en, zh)| if is_chinese { *zh } else { *en });
        let why = GAPS.iter().find(|(own, ..)| own == gap).map(|(_, en, zh)| if is_chinese { *zh } else { *en });
        let _ = writeln!(page, "| {} | {times} | {} |", name.unwrap_or_default(), why.unwrap_or_default());
    }
    causes(&mut page, all, tally, is_chinese);
    page
}

/// Where each cause can occur, and why not elsewhere.
fn causes(page: &mut String, all: &[Planted], tally: &Tally, is_chinese: bool) {
    let pick = |en: &'static str, zh: &'static str| if is_chinese { zh } else { en };
    let language = if is_chinese { "zh" } else { "en" };
    let words = reasons();
    let heading = pick("\n## Causes and schemes", "\n## 原因与签名方式");
    let told = pick(
        "In how many schemes each cause is planted and explained, and why it cannot occur in the others. Where another cause signs the \
         very same bytes and is met more often, that one is named.",
        "每个原因在多少种签名方式中被植入并得到解释，以及为何不会出现在其余签名方式中。若有更常见的原因签出完全相同的字节，则报告后者。",
    );
    let _ = writeln!(
        page,
        "{heading}\n\n{told}\n\n| {} | {} | {} | {} |\n| --- | --- | --- | --- |",
        pick("cause", "原因"),
        pick("schemes", "签名方式数"),
        pick("another cause is named in", "以其他原因报告的签名方式"),
        pick("cannot occur", "不会出现")
    );
    let mut order: Vec<&str> = all.iter().flat_map(|planted| planted.cells.iter().map(|cell| &*cell.cause)).collect();
    order.sort_unstable();
    order.dedup();
    for cause in order {
        let there = all.iter().filter(|planted| planted.cells.iter().any(|cell| cell.cause == cause)).count();
        let others: Vec<String> =
            tally.by_another_name.iter().filter(|(own, _)| own == cause).map(|(_, scheme)| format!("`{scheme}`")).collect();
        let mut gone: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for planted in all {
            for (_, reason) in planted.impossible.iter().filter(|(own, _)| own == cause) {
                gone.entry(reason).or_default().push(format!("`{}`", planted.scheme));
            }
        }
        let gone: Vec<String> =
            gone.into_iter().map(|(reason, schemes)| format!("{}: {}", schemes.join(" "), words[reason][language])).collect();
        let _ = writeln!(page, "| `{cause}` | {there} | {} | {} |", others.join(" "), gone.join("<br>"));
    }
}
