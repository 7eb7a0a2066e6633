//! The words that search compares: folded, without clitics, lightly stemmed.
//!
//! A word of a report is indexed under every form that taking off a clitic may leave, as written (`word`) and
//! stemmed (`stem`); a question asks for the word itself and, without its article, for its stem. The affixes
//! are listed in the language data.

use musnad_text::{Kind, Span, fold, tokens};
use std::sync::LazyLock;

/// How an affix is taken off.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    /// From reports and from questions.
    Article,
    /// From reports, and from a question that finds nothing without.
    Proclitic,
    /// From both, last.
    Suffix,
}

struct Affix {
    folded: String,
    sort: Sort,
    /// Letters that must remain.
    least: usize,
}

static AFFIXES: LazyLock<Vec<Affix>> = LazyLock::new(|| {
    let lines = include_str!("../../../language/ar/lexicon/search-affixes.tsv").lines();
    let rows = lines.filter(|l| !l.is_empty() && !l.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let mut columns = row.split('\t');
        let folded = fold(columns.next()?.trim());
        let sort = match columns.next()?.trim() {
            "article" => Sort::Article,
            "proclitic" => Sort::Proclitic,
            _ => Sort::Suffix,
        };
        Some(Affix { folded, sort, least: columns.next()?.trim().parse().ok()? })
    })
    .collect()
});

/// A word of a text: where it stands, and folded.
pub(crate) struct Word {
    pub span: Span,
    pub folded: String,
}

/// The words and numbers of a text.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Word> {
    let tokens = tokens(text).into_iter().filter(|t| matches!(t.kind, Kind::Word | Kind::Number));
    tokens.map(|t| Word { span: t.span, folded: t.folded.into() })
}

/// What a word is looked up by.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Keys {
    /// Folded, with and without clitics.
    pub words: Vec<String>,
    /// The same, stemmed.
    pub stems: Vec<String>,
}

impl Keys {
    /// Under what a word of a report is indexed.
    pub fn of_text(folded: &str) -> Keys {
        Keys::taking_off(folded, &[Sort::Article, Sort::Proclitic])
    }

    /// What a word of a question asks for first.
    pub fn of_question(folded: &str) -> Keys {
        Keys::taking_off(folded, &[Sort::Article])
    }

    /// What it asks for where that finds nothing.
    pub fn of_question_loosely(folded: &str) -> Keys {
        Keys::of_text(folded)
    }

    /// Whether a word of a report, indexed under `text`, answers a question for `self`.
    pub fn answered_by(&self, text: &Keys) -> bool {
        self.words.iter().any(|w| text.words.contains(w)) || self.stems.iter().any(|s| text.stems.contains(s))
    }

    fn taking_off(folded: &str, sorts: &[Sort]) -> Keys {
        let mut keys = Keys { words: vec![folded.to_string()], stems: Vec::new() };
        for affix in AFFIXES.iter().filter(|a| sorts.contains(&a.sort)) {
            if let Some(rest) = folded.strip_prefix(affix.folded.as_str())
                && rest.chars().count() >= affix.least
            {
                keys.words.push(rest.to_string());
            }
        }
        for word in &keys.words {
            let stem = stem(word);
            if !keys.stems.iter().any(|s| s == stem) {
                keys.stems.push(stem.to_string());
            }
        }
        keys
    }
}

/// Takes suffixes off as long as enough remains, so that a word with two loses both.
fn stem(word: &str) -> &str {
    let mut stem = word;
    while let Some(shorter) = AFFIXES
        .iter()
        .filter(|a| a.sort == Sort::Suffix)
        .find_map(|a| stem.strip_suffix(a.folded.as_str()).filter(|rest| rest.chars().count() >= a.least))
    {
        stem = shorter;
    }
    stem
}

/// What the full-text index takes in for a text: the `word` and the `stem` column.
pub(crate) fn index(text: &str) -> (String, String) {
    let (mut all_words, mut all_stems) = (String::with_capacity(text.len() * 2), String::with_capacity(text.len() * 2));
    for word in words(text) {
        let keys = Keys::of_text(&word.folded);
        for key in &keys.words {
            all_words.push_str(key);
            all_words.push(' ');
        }
        // A stem that is a word already is found there: questions for a stem look into both columns.
        for key in keys.stems.iter().filter(|stem| !keys.words.contains(stem)) {
            all_stems.push_str(key);
            all_stems.push(' ');
        }
    }
    (all_words, all_stems)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(question: &str, text: &str) -> bool {
        Keys::of_question(&fold(question)).answered_by(&Keys::of_text(&fold(text)))
    }

    #[test]
    fn a_question_finds_other_forms_of_its_word() {
        for (question, text) in [
            ("مباحثات", "المباحثات"),
            ("المباحثات", "مباحثات"),
            ("مباحثات", "بالمباحثات"),
            ("مباحثات", "وللمباحثات"),
            ("إلى", "إلي"),
            ("لبنان", "وللبنان"),
            ("لبناني", "اللبنانية"),
            ("وزير", "الوزير"),
            ("وزير", "ووزيران"),
            ("سوريا", "بسوريا"),
            ("ألمانيا", "لألمانيا"),
            ("مصري", "المصريين"),
            ("دولة", "الدول"),
            ("محادثة", "محادثات"),
        ] {
            assert!(finds(question, text), "{question} {text}");
        }
    }

    #[test]
    fn a_stem_keeps_what_belongs_to_the_word() {
        // Too little would remain of these.
        for word in ["اليابان", "لبنان", "ايران", "علي", "الي"] {
            let folded = fold(word);
            let bare = folded.strip_prefix("ال").filter(|r| r.chars().count() >= 3).unwrap_or(&folded);
            assert_eq!(stem(bare), bare, "{word}");
        }
        assert!(!finds("لبن", "لبنان"));
        assert!(!finds("محمد", "محمود"));
    }

    #[test]
    fn every_affix_of_the_data_is_read() {
        assert!(AFFIXES.len() >= 25);
        assert!(AFFIXES.iter().all(|a| !a.folded.is_empty() && a.least >= 3));
    }
}
