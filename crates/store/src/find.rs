//! Full-text search.

use crate::analyse::{Keys, words};
use crate::{Result, Store};
use musnad_text::{Report, Span};

/// A report that answers a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The report.
    pub report: Report,
    /// Where its text has words of the question, in bytes; empty if only the headline has them.
    pub spans: Vec<Span>,
}

/// Words that have to follow each other; most often one.
type Phrase = Vec<Asked>;

struct Asked {
    first: Keys,
    loose: Keys,
}

impl Store {
    /// The reports that have all words of a question, in any of their forms; the best first. Words in quotation
    /// marks (`"…"`, `«…»`, `“…”`) have to follow each other.
    pub fn search(&self, question: &str, limit: usize) -> Result<Vec<Found>> {
        let phrases = parse(question);
        if phrases.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.ask(&phrases, |asked| &asked.first, limit)?;
        if !found.is_empty() {
            return Ok(found);
        }
        self.ask(&phrases, |asked| &asked.loose, limit)
    }

    fn ask(&self, phrases: &[Phrase], keys: fn(&Asked) -> &Keys, limit: usize) -> Result<Vec<Found>> {
        let all: Vec<String> = phrases.iter().flatten().map(|asked| expression(keys(asked))).collect();
        // A word as written weighs more than its stem.
        let sql = "SELECT report.id FROM search JOIN report ON report.seq = search.rowid
                   WHERE search MATCH ?1 ORDER BY bm25(search, 4.0, 1.0), report.id";
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query([all.join(" AND ")])?;
            let mut ids = Vec::new();
            // Phrases are looked for below, so any number of reports may have to be gone through.
            let enough = if phrases.iter().all(|p| p.len() == 1) { limit } else { usize::MAX };
            while let Some(row) = rows.next()?
                && ids.len() < enough
            {
                ids.push(row.get(0)?);
            }
            Ok(ids)
        };
        let mut found = Vec::new();
        for id in read().map_err(|e| self.say(e))? {
            let Some(report) = self.report(&id)? else { continue };
            if found.len() == limit {
                break;
            }
            if let Some(spans) = spans(&report, phrases, keys) {
                found.push(Found { report, spans });
            }
        }
        Ok(found)
    }
}

/// Whether a question has a word to look for.
pub fn is_question(question: &str) -> bool {
    !parse(question).is_empty()
}

fn parse(question: &str) -> Vec<Phrase> {
    let is_mark = |c: char| matches!(c, '"' | '\u{ab}' | '\u{bb}' | '\u{201c}' | '\u{201d}');
    let mut phrases = Vec::new();
    for (n, piece) in question.split(is_mark).enumerate() {
        let asked =
            words(piece).map(|w| Asked { first: Keys::of_question(&w.folded), loose: Keys::of_question_loosely(&w.folded) });
        if n % 2 == 1 {
            phrases.push(asked.collect());
        } else {
            phrases.extend(asked.map(|a| vec![a]));
        }
    }
    phrases.retain(|p: &Phrase| !p.is_empty());
    phrases
}

/// The question for one word, as FTS5 takes it.
fn expression(keys: &Keys) -> String {
    let any = |keys: &[String]| {
        let quoted: Vec<String> = keys.iter().map(|k| format!("\"{}\"", k.replace('"', ""))).collect();
        quoted.join(" OR ")
    };
    format!("(word : ({}) OR {})", any(&keys.words), any(&keys.stems))
}

/// Where the text has the phrases; `None` if neither it nor the headline has one of them.
fn spans(report: &Report, phrases: &[Phrase], keys: fn(&Asked) -> &Keys) -> Option<Vec<Span>> {
    let read = |text: &str| -> Vec<(Span, Keys)> { words(text).map(|w| (w.span, Keys::of_text(&w.folded))).collect() };
    let text = read(&report.text);
    let title = report.title.as_deref().map(read).unwrap_or_default();
    let mut spans = Vec::new();
    for phrase in phrases {
        let at = |words: &[(Span, Keys)]| -> Vec<Span> {
            let fits =
                |window: &&[(Span, Keys)]| phrase.iter().zip(*window).all(|(asked, (_, text))| keys(asked).answered_by(text));
            words.windows(phrase.len()).filter(fits).map(|w| w[0].0.cover(w[w.len() - 1].0)).collect()
        };
        let here = at(&text);
        if here.is_empty() && at(&title).is_empty() {
            return None;
        }
        spans.extend(here);
    }
    spans.sort();
    spans.dedup();
    Some(spans)
}
