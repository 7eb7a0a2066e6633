//! Named agreements, resolutions, plans and standing formats.

use crate::findings::{Instrument, InstrumentKind};
use crate::grammar::Grammar;
use crate::names::spaced;
use crate::row::{Doc, classes};
use musnad_language::Language;
use musnad_pattern::Class;
use musnad_text::{Span, fold, without_clitics};

/// Reads instruments.
pub struct InstrumentReader {
    grammar: Grammar,
    head: Class,
}

impl InstrumentReader {
    /// Compiles the grammar.
    pub fn new(language: &Language) -> InstrumentReader {
        InstrumentReader { grammar: Grammar::new(language, "instruments"), head: language.class("INSTRUMENT") }
    }

    /// All instruments of a report, each name once, at its first mention.
    pub fn read(&self, doc: &Doc) -> Vec<Instrument> {
        let mut out: Vec<Instrument> = Vec::new();
        for units in &doc.sentences {
            let row = classes(units);
            let mut at = 0;
            while at < row.len() {
                let Some((rule, m)) = self.grammar.longest(&row, at) else {
                    at += 1;
                    continue;
                };
                let head = &units[m.range.start];
                let sense = head.senses.iter().filter(|(_, s)| s.class == self.head.0).min_by_key(|(c, _)| c.bytes);
                at = m.range.end;
                let Some((clitics, sense)) = sense else { continue };
                let label = doc.language.lexicon().labelled[sense.item as usize].label.as_str();
                if rule.get("kind").is_some_and(|k| k != label) {
                    continue;
                }
                let Some(kind) = kind(label) else { continue };
                let article = usize::from(clitics.article) * "\u{627}\u{644}".len();
                let keep = if clitics.preposition == Some('\u{644}') { clitics.bytes } else { clitics.bytes - article };
                let first = doc.tokens[head.tokens.start].span;
                let start = without_clitics(doc.text.as_str(), first, keep).start;
                let span = Span::new(start, units[m.range.end - 1].whole.end);
                let name = spaced(doc.slice(span));
                if !out.iter().any(|i| fold(&i.name) == fold(&name)) {
                    out.push(Instrument { name, kind, span, rule: rule.name.clone() });
                }
            }
        }
        out
    }
}

fn kind(label: &str) -> Option<InstrumentKind> {
    Some(match label {
        "agreement" => InstrumentKind::Agreement,
        "resolution" => InstrumentKind::Resolution,
        "mechanism" => InstrumentKind::Mechanism,
        "plan" => InstrumentKind::Plan,
        _ => return None,
    })
}
