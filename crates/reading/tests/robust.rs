//! Whatever the text, reading ends, keeps its spans inside the text, and tells nothing empty.

use musnad_language::Language;
use musnad_reading::{ActorRef, Findings, MentionKind, Reader};
use musnad_text::{Report, Span};
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;

fn language() -> &'static Language {
    static LANGUAGE: OnceLock<Language> = OnceLock::new();
    LANGUAGE.get_or_init(Language::arabic)
}

fn reader() -> &'static Reader<'static> {
    static READER: OnceLock<Reader<'static>> = OnceLock::new();
    READER.get_or_init(|| Reader::new(language()))
}

/// The lexicon's own words, and those of the rules' examples, which are inflected.
fn vocabulary() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../language/ar/lexicon");
        let files = std::fs::read_dir(folder).expect("the lexicon").flatten().map(|e| e.path());
        let mut words: Vec<String> = Vec::new();
        for file in files.filter(|p| p.extension().is_some_and(|e| e == "tsv")) {
            let text = std::fs::read_to_string(file).expect("a lexicon file");
            let items = text.lines().filter(|l| !l.starts_with('#')).skip(1).flat_map(|l| l.split(['\t', '،']));
            words.extend(items.filter(|w| !w.is_empty() && !w.is_ascii()).map(str::to_string));
        }
        words.sort();
        words.dedup();
        words
    })
}

/// The words of the rules' examples.
fn examples() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let sentences = language().lexicon().rules.iter().flat_map(|r| [&r.yes, &r.no]);
        sentences.flat_map(|s| s.split_whitespace().map(str::to_string)).collect()
    })
}

const SIGNS: [&str; 36] = [
    ".",
    "،",
    "؛",
    ":",
    "؟",
    "!",
    "…",
    "\"",
    "«",
    "»",
    "“",
    "”",
    "((",
    "))",
    "(",
    ")",
    "[",
    "]",
    "-",
    "–",
    "/",
    "'",
    "2+2",
    "2216",
    "١٢",
    "12/3/2017",
    "ه",
    "م",
    "\n",
    "\n\n",
    "\t",
    "\u{200f}",
    "\u{202b}",
    "\u{640}",
    "\u{64e}",
    "\u{feff}",
];

/// One piece of noise and whether a space follows it.
fn piece() -> impl Strategy<Value = (String, bool)> {
    let from = |words: &'static [String]| (0..words.len()).prop_map(move |i| words[i].clone());
    let clitic = prop::sample::select(vec!["و", "ف", "ب", "ل", "ك", "ال", "وال", "لل", "وب"]);
    let glued = (clitic, 0..vocabulary().len()).prop_map(|(c, i)| format!("{c}{}", vocabulary()[i]));
    let sign = prop::sample::select(SIGNS.to_vec()).prop_map(str::to_string);
    let word = prop_oneof![4 => from(vocabulary()), 6 => from(examples()), 2 => glued, 3 => sign, 1 => any::<char>().prop_map(String::from)];
    (word, prop::bool::weighted(0.9))
}

/// Words of the language in no order, some glued together.
fn noise() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| {
        let join = |(word, space): (String, bool)| if space { word + " " } else { word };
        pieces.into_iter().map(join).collect()
    })
}

/// The sentences of the rules' examples one after the other, with a piece cut out or put in.
fn damaged() -> impl Strategy<Value = String> {
    let rules = language().lexicon().rules.len();
    (prop::collection::vec(0..rules, 1..5), any::<prop::sample::Index>(), 0..12usize, prop::sample::select(SIGNS.to_vec()))
        .prop_map(|(which, at, cut, sign)| {
            let text: Vec<&str> = which.iter().map(|i| language().lexicon().rules[*i].yes.as_str()).collect();
            let mut chars: Vec<char> = text.join(". ").chars().collect();
            let at = at.index(chars.len());
            chars.splice(at..(at + cut).min(chars.len()), sign.chars());
            chars.into_iter().collect()
        })
}

fn sound(text: &str, published: Option<&str>) -> Result<(), TestCaseError> {
    let report = Report { id: "noise".into(), text: text.into(), published: published.map(str::to_string), ..Report::default() };
    let found = reader().read(&report);
    prop_assert_eq!(&found, &reader().read(&report), "the same report reads the same");
    for span in spans(&found) {
        prop_assert!(span.start < span.end, "{:?} is empty", span);
        prop_assert!(text.get(span.start..span.end).is_some(), "{:?} is no stretch of the text", span);
    }
    let named = |who: &[ActorRef]| !who.is_empty() && who.iter().all(|a| !a.name.trim().is_empty());
    for p in &found.persons {
        prop_assert!(!p.name.trim().is_empty() && !p.mentions.is_empty() && p.mentions.is_sorted(), "{:?}", p);
        prop_assert!(
            p.offices.iter().all(|o| !o.title.trim().is_empty() && o.of.as_ref().is_none_or(|of| !of.trim().is_empty())),
            "{:?}",
            p
        );
    }
    let mut names: Vec<&str> = found.persons.iter().map(|p| p.name.as_str()).collect();
    names.sort_unstable();
    prop_assert!(names.windows(2).all(|w| w[0] != w[1]), "a person is told twice: {:?}", names);
    for s in &found.statements {
        prop_assert!(named(&s.speakers), "{:?}", s);
        prop_assert!(s.via.iter().all(|v| !v.name.trim().is_empty() && !s.speakers.contains(v)), "{:?}", s);
        let content = &text[s.content.start..s.content.end];
        // What is welcomed, and what somebody is described as, may be one word.
        let least = if s.rule.ends_with("with") { 1 } else { 2 };
        prop_assert!(content.split_whitespace().count() >= least && content.trim() == content, "{:?}: {:?}", content, s);
        prop_assert!(s.cue.end <= s.content.start || s.content.end <= s.cue.start, "the cue lies in the content: {:?}", s);
    }
    for e in &found.events {
        prop_assert!(e.participants.iter().all(|a| !a.name.trim().is_empty()), "{:?}", e);
        prop_assert!(!e.participants.is_empty() || e.place.is_some(), "{:?}", e);
        prop_assert!(e.mentions.is_sorted() && e.mentions.contains(&e.span), "{:?}", e);
    }
    for u in &found.undertakings {
        prop_assert!(named(&u.actors), "{:?}", u);
        prop_assert!(u.cue.start <= u.content.start, "the content does not begin before its cue: {:?}", u);
    }
    prop_assert!(found.instruments.iter().all(|i| !i.name.trim().is_empty()));
    for m in found.mentions.iter().filter(|m| m.kind == MentionKind::Person) {
        prop_assert!(found.persons.iter().any(|p| p.name == m.name && p.mentions.contains(&m.span)), "{:?} is nobody's", m);
    }
    prop_assert!(reader().fired(text).iter().all(|f| text.get(f.span.start..f.span.end).is_some()));
    Ok(())
}

fn spans(found: &Findings) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for p in &found.persons {
        out.extend(p.mentions.iter().copied().chain(p.offices.iter().map(|o| o.span)));
    }
    for s in &found.statements {
        out.extend([s.cue, s.content].into_iter().chain(s.speaker_span));
    }
    for e in &found.events {
        out.extend(e.mentions.iter().copied().chain([e.span]).chain(e.date_span));
    }
    out.extend(found.undertakings.iter().flat_map(|u| [u.cue, u.content]));
    out.extend(found.instruments.iter().map(|i| i.span));
    out.extend(found.dates.iter().map(|d| d.span));
    out.extend(found.mentions.iter().map(|m| m.span));
    out.extend(found.notes.iter().filter_map(|n| n.span));
    out
}

/// Few cases at a time, so that the tests stay quick; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 100 };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text(text in "\\PC{0,120}", published in prop::option::of("\\PC{0,12}")) {
        sound(&text, published.as_deref())?;
    }

    #[test]
    fn words_in_no_order(text in noise()) {
        sound(&text, Some("2017-08-21"))?;
    }

    #[test]
    fn sentences_with_damage(text in damaged()) {
        sound(&text, Some("2017-08-21"))?;
    }
}

/// Texts that go on in one breath: without a full stop, with marks that open and never close, with one word over and over.
#[test]
fn long_texts() {
    for breath in
        ["وقال عصام الدهشان إن الوفد وصل ", "وقال «", "\" ", "كمال ", "التقى مصر وروسيا وتونس مع ", "12 مارس 2019 ", "((", ". "]
    {
        sound(&breath.repeat(200), Some("2017-08-21")).unwrap_or_else(|e| panic!("{breath}: {e}"));
    }
}
