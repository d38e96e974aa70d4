//! Normal forms of Unicode, as far as they matter to file names.
//!
//! macOS hands out names decomposed (NFD), nearly everyone else composed (NFC). Known are the letters
//! with marks of the Latin, Cyrillic and modern Greek scripts, kana, Hangul, and for NFKC full-width forms
//! and ligatures. The tables of the whole standard add 63 kB (gzip) to the web page, half of its budget.

use alloc::{string::String, vec::Vec};

/// The composed form: NFC.
pub(super) fn composed(text: &str) -> String {
    let mut chars = decomposed_chars(text);
    let mut starter: Option<usize> = None;
    let mut last_class = 0;
    let mut kept: Vec<char> = Vec::with_capacity(chars.len());
    for c in chars.drain(..) {
        let class = combining_class(c);
        let open = starter.filter(|at| at + 1 == kept.len() || last_class < class);
        let whole = open.and_then(|at| Some((at, compose(*kept.get(at)?, c)?)));
        if let Some((at, whole)) = whole {
            kept.get_mut(at).into_iter().for_each(|slot| *slot = whole);
            continue;
        }
        if class == 0 {
            starter = Some(kept.len());
        }
        last_class = class;
        kept.push(c);
    }
    kept.into_iter().collect()
}

/// The decomposed form: NFD.
pub(super) fn decomposed(text: &str) -> String {
    decomposed_chars(text).into_iter().collect()
}

/// The composed form with compatibility characters replaced: NFKC.
pub(super) fn compatible(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match (c, COMPATIBLE.iter().find(|(own, _)| *own == c)) {
            (_, Some((_, text))) => plain.push_str(text),
            // The full-width forms follow ASCII in order.
            ('\u{ff01}'..='\u{ff5e}', _) => plain.extend(char::from_u32(u32::from(c) - 0xfee0)),
            _ => plain.push(c),
        }
    }
    composed(&plain)
}

fn decomposed_chars(text: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        decompose(c, &mut out);
    }
    // Marks stand in the order of their classes; those of one class keep theirs.
    let is_mark = |c: &char| combining_class(*c) != 0;
    for run in out.chunk_by_mut(|a, b| is_mark(a) == is_mark(b)) {
        if run.first().is_some_and(is_mark) {
            run.sort_by_key(|mark| combining_class(*mark));
        }
    }
    out
}

fn decompose(c: char, out: &mut Vec<char>) {
    match parts(c) {
        Some((base, mark)) => {
            decompose(base, out);
            out.extend(mark);
        }
        None => out.push(c),
    }
}

/// What a character is made of: base and mark, or another character for the same.
fn parts(c: char) -> Option<(char, Option<char>)> {
    match c {
        '\u{c0}'..'\u{1f00}' => COMPOSED
            .iter()
            .find_map(|(mark, letters)| pairs(letters).find(|(_, own)| *own == c).map(|(base, _)| (base, Some(*mark)))),
        '\u{2126}' => Some(('Ω', None)),
        '\u{212a}' => Some(('K', None)),
        '\u{212b}' => Some(('Å', None)),
        '\u{3041}'..='\u{30ff}' => KANA.iter().find_map(|(mark, bases, step)| {
            let base = char::from_u32(u32::from(c).checked_sub(*step)?)?;
            is_kana(bases, base).then_some((base, Some(*mark)))
        }),
        '\u{ac00}'..='\u{d7a3}' => {
            let index = u32::from(c) - 0xac00;
            let (base, last, first) = match index % 28 {
                0 => (0x1100 + index / (21 * 28), index / 28 % 21, 0x1161),
                last => (0xac00 + index - last, last, 0x11a7),
            };
            Some((char::from_u32(base)?, char::from_u32(first + last)))
        }
        _ => None,
    }
}

fn compose(base: char, mark: char) -> Option<char> {
    let (b, m) = (u32::from(base), u32::from(mark));
    match mark {
        '\u{300}'..='\u{338}' => {
            let (_, letters) = COMPOSED.iter().find(|(own, _)| *own == mark)?;
            pairs(letters).find(|(own, _)| *own == base).map(|(_, whole)| whole)
        }
        '\u{3099}' | '\u{309a}' => {
            let (_, _, step) = KANA.iter().find(|(own, bases, _)| *own == mark && is_kana(bases, base))?;
            char::from_u32(b + step)
        }
        '\u{1161}'..='\u{1175}' if ('\u{1100}'..='\u{1112}').contains(&base) => {
            char::from_u32(0xac00 + ((b - 0x1100) * 21 + m - 0x1161) * 28)
        }
        '\u{11a8}'..='\u{11c2}' if ('\u{ac00}'..='\u{d7a3}').contains(&base) && (b - 0xac00) % 28 == 0 => {
            char::from_u32(b + m - 0x11a7)
        }
        _ => None,
    }
}

/// Base and composed letter, one after the other in a row of the table.
fn pairs(letters: &str) -> impl Iterator<Item = (char, char)> {
    let mut letters = letters.chars();
    core::iter::from_fn(move || Some((letters.next()?, letters.next()?)))
}

/// Whether `base` is one of the hiragana in `bases`, or the katakana of one.
fn is_kana(bases: &str, base: char) -> bool {
    bases.chars().any(|own| own == base || u32::from(own) + 0x60 == u32::from(base))
}

/// The canonical combining class; 0 for everything that is no mark of ours.
fn combining_class(c: char) -> u8 {
    match c {
        '\u{31b}' => 216,
        '\u{321}' | '\u{322}' | '\u{327}' | '\u{328}' => 202,
        '\u{334}'..='\u{338}' => 1,
        '\u{316}'..='\u{319}' | '\u{31c}'..='\u{320}' | '\u{323}'..='\u{326}' | '\u{329}'..='\u{333}' => 220,
        '\u{315}' | '\u{31a}' => 232,
        '\u{300}'..='\u{314}' | '\u{33d}'..='\u{344}' | '\u{483}'..='\u{487}' => 230,
        '\u{3099}' | '\u{309a}' => 8,
        _ => 0,
    }
}

/// Mark, the hiragana that take it, and how far the composed character is. Katakana follow 96 behind.
static KANA: [(char, &str, u32); 3] =
    [('\u{3099}', "かきくけこさしすせそたちつてとはひふへほゝ", 1), ('\u{309a}', "はひふへほ", 2), ('\u{3099}', "う", 0x4e)];

/// What NFKC puts in the place of a character, beside the full-width forms.
static COMPATIBLE: [(char, &str); 14] = [
    ('\u{a0}', " "),
    ('\u{3000}', " "),
    ('ª', "a"),
    ('º', "o"),
    ('¹', "1"),
    ('²', "2"),
    ('³', "3"),
    ('…', "..."),
    ('™', "TM"),
    ('ﬀ', "ff"),
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
    ('ﬃ', "ffi"),
    ('ﬄ', "ffl"),
];

/// Every mark with the letters that take it: base, composed, base, composed. From UnicodeData.txt,
/// version 14, all below U+1F00.
static COMPOSED: &[(char, &str)] = &[
    ('\u{300}', "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"),
    (
        '\u{301}',
        "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύ\
         ωώϒϓГЃКЌгѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ",
    ),
    ('\u{302}', "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
    ('\u{303}', "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
    ('\u{304}', "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝ"),
    ('\u{306}', "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặ"),
    ('\u{307}', "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"),
    (
        '\u{308}',
        "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺūṻWẄ\
         wẅXẌxẍtẗ",
    ),
    ('\u{309}', "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
    ('\u{30a}', "AÅaåUŮuůwẘyẙ"),
    ('\u{30b}', "OŐoőUŰuűУӲуӳ"),
    ('\u{30c}', "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"),
    ('\u{30f}', "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ"),
    ('\u{311}', "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
    ('\u{31b}', "OƠoơUƯuư"),
    ('\u{323}', "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
    ('\u{324}', "UṲuṳ"),
    ('\u{325}', "AḀaḁ"),
    ('\u{326}', "SȘsșTȚtț"),
    ('\u{327}', "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
    ('\u{328}', "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
    ('\u{32d}', "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"),
    ('\u{32e}', "HḪhḫ"),
    ('\u{330}', "EḚeḛIḬiḭUṴuṵ"),
    ('\u{331}', "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_of_the_standard() {
        for (nfc, nfd) in [
            ("café", "cafe\u{301}"),
            ("Việt Nam", "Vie\u{323}\u{302}t Nam"),
            ("ǖ", "u\u{308}\u{304}"),
            ("Й ё ΐ", "И\u{306} е\u{308} ι\u{308}\u{301}"),
            ("ガパゔヴ", "カ\u{3099}ハ\u{309a}う\u{3099}ウ\u{3099}"),
            ("한글 값", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af} \u{1100}\u{1161}\u{11b9}"),
            ("照片 a.jpg", "照片 a.jpg"),
        ] {
            assert_eq!(decomposed(nfc), nfd);
            assert_eq!(composed(nfd), nfc);
            assert_eq!(composed(nfc), nfc);
        }
        // Marks of other classes may stand in any order, those of one class may not.
        assert_eq!(composed("e\u{302}\u{323}"), "ệ");
        assert_eq!(composed("a\u{301}\u{302}"), "á\u{302}");
        assert_eq!(decomposed("\u{302}\u{323}"), "\u{323}\u{302}");
        assert_eq!(composed("\u{212b}\u{2126}"), "ÅΩ");
    }

    #[test]
    fn compatibility_forms_become_plain() {
        assert_eq!(compatible("Ｒｅｐｏｒｔ（１）．ｐｄｆ"), "Report(1).pdf");
        assert_eq!(compatible("ﬁle\u{3000}e\u{301}"), "file é");
    }
}
