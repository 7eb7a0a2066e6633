//! Names by likelihood: found where no title or list gives them away, with exact spans, whatever the text.

use musnad_language::Language;
use musnad_reading::{Findings, MentionKind, Reader};
use musnad_text::Report;
use proptest::prelude::*;
use std::sync::OnceLock;

fn read(text: &str) -> Findings {
    static LANGUAGE: OnceLock<Language> = OnceLock::new();
    static READER: OnceLock<Reader<'static>> = OnceLock::new();
    let reader = READER.get_or_init(|| Reader::new(LANGUAGE.get_or_init(Language::arabic)));
    reader.read(&Report { text: text.into(), ..Report::default() })
}

/// The words of all mentions of a kind.
fn words(text: &str, kind: MentionKind) -> Vec<String> {
    let found = read(text);
    found.mentions.iter().filter(|m| m.kind == kind).map(|m| text[m.span.start..m.span.end].to_string()).collect()
}

#[test]
fn untitled_persons_are_found() {
    for (text, name) in [
        ("وكان اللاعب البرازيلي جوفانيلو قد انتقل إلى الفريق في الصيف الماضي.", "جوفانيلو"),
        ("وقالت مارلينا زورغوفيتش إن الفيلم الجديد سيعرض في المهرجان.", "مارلينا زورغوفيتش"),
        ("وقال المخرج تيرانزو للصحفيين إنه سعيد.", "تيرانزو"),
    ] {
        assert_eq!(words(text, MentionKind::Person), [name], "{text}");
    }
}

#[test]
fn a_name_is_told_without_what_is_glued_to_it() {
    let text = "وقالت مارلينا زورغوفيتش إن الفيلم جاهز. ووصفت الناقدة أداء زورغوفيتش بالمقنع.";
    let found = read(text);
    assert_eq!(found.persons.len(), 1, "{:?}", found.persons);
    assert_eq!(found.persons[0].mentions.len(), 2);
}

#[test]
fn unlisted_places_and_bodies_are_found() {
    let text = "ووقع الانفجار في بلدة كفر زيدون شمال المدينة.";
    assert_eq!(words(text, MentionKind::Place).len(), 1, "{:?}", read(text).mentions);
    let text = "وأعلنت شركة «نورتيكا» أن أرباحها ارتفعت.";
    assert_eq!(words(text, MentionKind::Body), ["نورتيكا"]);
}

#[test]
fn a_ministry_is_named_by_all_its_words() {
    let text = "وقالت وزارة الخارجية المصرية إن الوفد وصل.";
    assert_eq!(words(text, MentionKind::Body), ["وزارة الخارجية المصرية"]);
}

const PIECES: [&str; 24] = [
    "وقال",
    "لافروف",
    "سيرغي",
    "الرئيس",
    "ولد",
    "بن",
    "عبد",
    "الله",
    "شركة",
    "مدينة",
    "«",
    "»",
    "\"",
    "(",
    ")",
    "،",
    ".",
    "#",
    "_",
    "ول",
    "لل",
    "ـ",
    "2018",
    "\n",
];

proptest! {
    #[test]
    fn spans_are_exact_whatever_the_words(parts in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40), glue in any::<bool>()) {
        let text = parts.join(if glue { "" } else { " " });
        let found = read(&text);
        for m in &found.mentions {
            let words = text.get(m.span.start..m.span.end);
            prop_assert!(words.is_some_and(|w| !w.is_empty() && w == w.trim()), "{m:?} in {text}");
        }
    }

    #[test]
    fn any_text_is_tagged(text in "\\PC{0,60}") {
        let found = read(&text);
        prop_assert!(found.mentions.iter().all(|m| text.get(m.span.start..m.span.end).is_some()));
    }
}
