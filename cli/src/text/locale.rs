//! Which language a person reads: the one that is asked for, else that of the locale, as gettext finds it.

use crate::args::Lang;
use std::ffi::{OsStr, OsString};

/// Looks a variable up.
type Variables<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The language of the locale. `LANGUAGE` lists several, the dearest first, and says nothing in the locale of C.
pub fn language(variables: Variables<'_>) -> Lang {
    let set = |name: &str| variables(name).filter(|value| !value.is_empty()).map(|value| value.to_string_lossy().into_owned());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    if matches!(name(&locale), "" | "C" | "POSIX") {
        return Lang::En;
    }
    let wanted = set("LANGUAGE").unwrap_or(locale);
    wanted.split(':').find_map(known).unwrap_or_default()
}

/// `zh` of `zh_CN.UTF-8@pinyin`
fn name(locale: &str) -> &str {
    locale.split(['_', '.', '@', '-']).next().unwrap_or_default()
}

fn known(locale: &str) -> Option<Lang> {
    match name(locale) {
        "en" => Some(Lang::En),
        "zh" => Some(Lang::Zh),
        _ => None,
    }
}

/// The language that is asked for, seen before anything else is read: help and usage errors speak it, too.
pub fn asked(args: &[OsString]) -> Option<Lang> {
    let named = |value: &OsStr| match value.to_str() {
        Some("en") => Some(Lang::En),
        Some("zh") => Some(Lang::Zh),
        _ => None,
    };
    let mut options = args.iter().take_while(|arg| *arg != "--");
    while let Some(arg) = options.next() {
        if arg == "--lang" {
            return named(options.next()?);
        }
        if let Some(value) = arg.to_str().and_then(|arg| arg.strip_prefix("--lang=")) {
            return named(OsStr::new(value));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Lang {
        language(&|name| variables.iter().find(|(own, _)| *own == name).map(|(_, value)| OsString::from(value)))
    }

    #[test]
    fn the_locale_tells_the_language_as_gettext_reads_it() {
        for locale in ["zh_CN.UTF-8", "zh_TW", "zh", "zh_SG@x", "zh-Hans"] {
            assert_eq!(of(&[("LANG", locale)]), Lang::Zh, "{locale}");
        }
        for locale in ["", "C", "POSIX", "C.UTF-8", "en_GB.UTF-8", "de_DE", "zhx_CN"] {
            assert_eq!(of(&[("LANG", locale)]), Lang::En, "{locale}");
        }
        // The first that is set decides, whatever it says.
        assert_eq!(of(&[("LC_ALL", "en_US"), ("LC_MESSAGES", "zh_CN"), ("LANG", "zh_CN")]), Lang::En);
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_CN"), ("LANG", "en_US")]), Lang::Zh);
        assert_eq!(of(&[]), Lang::En);
    }

    #[test]
    fn the_list_of_languages_goes_before_the_locale_unless_that_is_c() {
        assert_eq!(of(&[("LANG", "en_US"), ("LANGUAGE", "zh_CN:en")]), Lang::Zh);
        assert_eq!(of(&[("LANG", "zh_CN"), ("LANGUAGE", "fr:en_GB:zh")]), Lang::En);
        assert_eq!(of(&[("LANG", "zh_CN"), ("LANGUAGE", "")]), Lang::Zh);
        assert_eq!(of(&[("LANG", "zh_CN"), ("LANGUAGE", "fr")]), Lang::En);
        assert_eq!(of(&[("LANG", "C.UTF-8"), ("LANGUAGE", "zh_CN")]), Lang::En);
        assert_eq!(of(&[("LANGUAGE", "zh_CN")]), Lang::En);
    }

    #[test]
    fn the_option_is_seen_wherever_it_stands() {
        let asked = |args: &[&str]| asked(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked(&["countersign", "verify", "--lang", "zh"]), Some(Lang::Zh));
        assert_eq!(asked(&["countersign", "--lang=en", "--help"]), Some(Lang::En));
        assert_eq!(asked(&["countersign", "decode", "--", "--lang=zh"]), None);
        assert_eq!(asked(&["countersign", "--lang"]), None);
        assert_eq!(asked(&["countersign", "--lang", "fr"]), None);
    }
}
