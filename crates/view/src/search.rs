//! Hits of a full-text search, with the words around them.

pub use musnad_store::is_question;
use musnad_store::{Found, Result, Store};
use musnad_text::{Span, Text};
use serde::Serialize;

/// How many code points a snippet shows before and after the words that were asked for.
const AROUND: usize = 90;

/// A report that answers a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The report's id.
    pub report: String,
    /// The outlet.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// The words around the first place in the text, on one line; the text's beginning if only the headline answers.
    pub snippet: String,
    /// The first place in the text, in code points.
    pub start: usize,
    /// One past its end; equal to `start` if only the headline answers.
    pub end: usize,
    /// All places in the text, in code points.
    pub places: Vec<[usize; 2]>,
}

/// The reports that have all words of a question in any form, the best first, `limit` at most.
pub fn search(store: &Store, question: &str, limit: usize) -> Result<Vec<Hit>> {
    Ok(store.search(question, limit)?.into_iter().map(hit).collect())
}

fn hit(Found { report, spans }: Found) -> Hit {
    let text = Text::new(report.text);
    let first = spans.first().copied().unwrap_or(Span::new(0, 0));
    let [start, end] = text.points(first);
    Hit {
        snippet: snippet(&text, first),
        places: spans.into_iter().map(|s| text.points(s)).collect(),
        report: report.id,
        source: report.source,
        published: report.published,
        title: report.title,
        start,
        end,
    }
}

/// Some whole words before and after a place, on one line, with dots where something is left out.
fn snippet(text: &Text, place: Span) -> String {
    let all = text.as_str();
    let (before, after) = (&all[..place.start], &all[place.end..]);
    let from = match before.char_indices().rev().nth(AROUND) {
        // Not from the middle of a word.
        Some((far, _)) => before[far..].find(char::is_whitespace).map_or(place.start, |space| far + space),
        None => 0,
    };
    let to = match after.char_indices().nth(AROUND) {
        Some((far, _)) => place.end + after[..far].rfind(char::is_whitespace).unwrap_or(0),
        None => all.len(),
    };
    let words: Vec<&str> = all[from..to].split_whitespace().collect();
    let dots = |cut: bool| if cut { "…" } else { "" };
    let (before, after) = (dots(!all[..from].trim().is_empty()), dots(!all[to..].trim().is_empty()));
    format!("{before}{}{after}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_has_whole_words_around_its_place() {
        let long = "كلمة ".repeat(60);
        let source = format!("{long}مباحثات\nفي موسكو {long}");
        let text = Text::new(source.clone());
        let at = source.find("مباحثات").unwrap();
        let snippet = snippet(&text, Span::new(at, at + "مباحثات".len()));
        assert!(snippet.starts_with("…كلمة") && snippet.ends_with("كلمة…"), "{snippet}");
        assert!(snippet.contains("كلمة مباحثات في موسكو"));
    }

    #[test]
    fn a_short_text_is_its_own_snippet() {
        assert_eq!(snippet(&Text::new("عقد اجتماع"), Span::new(0, 0)), "عقد اجتماع");
        assert_eq!(snippet(&Text::new(""), Span::new(0, 0)), "");
    }
}
