//! A vendor is a folder and one word: nothing else in the library may name it.

use countersign::providers::PROVIDERS;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The only file that lists the vendors.
const REGISTRY: &str = "providers/mod.rs";

/// Files that name a vendor all the same, and why. One that no longer does must go from this list.
const EXCEPTIONS: [(&str, &str); 12] = [
    ("explain/catalog/body/payload.rs", "what Amazon's servers alone refuse"),
    ("explain/catalog/header/surplus.rs", "what Amazon's servers alone refuse"),
    ("explain/catalog/host/names.rs", "the forms of all vendors' host names, to exchange them"),
    ("explain/catalog/key/mod.rs", "the length of the secrets of Alibaba Cloud"),
    ("explain/catalog/query/taken.rs", "the scheme that others imitate"),
    ("explain/catalog/scope/region.rs", "the services of scopes, which are not vendors"),
    ("explain/catalog/scope/version.rs", "who takes whose signatures"),
    ("explain/language/zh/cos.rs", "the words for a type of its folder"),
    ("explain/language/zh/mod.rs", "the tables for words that stand in a vendor's folder"),
    ("explain/signed.rs", "the prefixes of all vendors' own headers"),
    ("policy/dialect.rs", "what the vendors' policy languages are called, and how they differ"),
    ("providers/kodo/hosts.rs", "`s3` is a label of the gateway's host names"),
];

/// The files with code that is not for tests alone.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// The code of a file: no comments, no tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|line| line.trim() != "#[cfg(test)]").filter(|line| !line.trim_start().starts_with("//"))
}

/// Whether a line names a vendor: as a module, as a text, or in the list of all.
fn names(line: &str, id: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let whole = |at: usize| !line[..at].ends_with(is_word) && !line[at + id.len()..].starts_with(is_word);
    line.match_indices(id).filter(|(at, _)| whole(*at)).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + id.len()..]);
        after.starts_with("::") || (before.ends_with('"') && after.starts_with('"')) || line.starts_with("providers!")
    })
}

#[test]
fn a_vendor_is_named_in_its_folder_and_in_the_registry_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/countersign/src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 50, "the sources of the library are somewhere else");
    let mut excused = BTreeSet::new();
    for provider in PROVIDERS {
        let own = format!("providers/{}/", provider.id);
        let mut found: Vec<String> = Vec::new();
        for file in &files {
            let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(file).unwrap();
            if !name.starts_with(&own) && code(&text).any(|line| names(line, provider.id)) {
                found.push(name);
            }
        }
        let (exceptions, rest): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|name| EXCEPTIONS.iter().any(|(file, _)| file == name));
        assert_eq!(rest, [REGISTRY], "files that name `{}`", provider.id);
        excused.extend(exceptions);
    }
    assert!(EXCEPTIONS.iter().all(|(file, _)| excused.contains(*file)), "an exception that is none: only {excused:?} are");
}

#[test]
fn names_are_found_and_words_that_hold_them_are_not() {
    for line in ["use crate::providers::oss::V1;", "if vendor == \"oss\" {", "oss::sign()", "providers! { cos, oss }"] {
        assert!(names(line, "oss"), "{line}");
    }
    for line in ["let across = loss;", "\"oss-v1\"", "x-oss-meta", "across::x()", "let oss = 1;"] {
        assert!(!names(line, "oss"), "{line}");
    }
}
