//! What parties agreed, decided together or bound themselves to.

use crate::findings::{Undertaking, UndertakingKind};
use crate::grammar::Grammar;
use crate::row::{Doc, Unit, classes};
use crate::speakers::Speakers;
use musnad_language::Language;
use musnad_pattern::Class;
use musnad_text::{Span, without_clitics};

/// Reads undertakings.
pub struct UndertakingReader {
    grammar: Grammar,
    verb: Class,
    comma: Class,
    stop: Class,
    say: Class,
    part: Class,
    and: Class,
    comp: Class,
}

impl UndertakingReader {
    /// Compiles the grammar.
    pub fn new(language: &Language) -> UndertakingReader {
        let c = |n: &str| language.class(n);
        UndertakingReader {
            grammar: Grammar::new(language, "undertakings"),
            verb: c("AGREEVERB"),
            comma: c("COMMA"),
            stop: c("STOP"),
            say: c("SAY"),
            part: c("SAYPART"),
            and: c("AND"),
            comp: c("COMP"),
        }
    }

    /// All undertakings of a report.
    pub fn read(&self, doc: &Doc, speakers: &Speakers) -> Vec<Undertaking> {
        let mut out: Vec<Undertaking> = Vec::new();
        for (s, units) in doc.sentences.iter().enumerate() {
            let row = classes(units);
            for (rule, m) in self.grammar.all(&row) {
                let (Some(cue), Some(mark)) = (m.get("cue"), m.get("mark")) else { continue };
                let cue = cue.start;
                let unit = &units[cue];
                let Some((clitics, sense)) = unit.senses.iter().find(|(_, x)| x.class == self.verb.0) else { continue };
                let label = &doc.language.lexicon().labelled[sense.item as usize];
                if !label.more.split(' ').any(|f| Some(f) == rule.get("want")) {
                    continue;
                }
                let told: Vec<&Unit> = m.all("actor").into_iter().map(|r| &units[r.start]).collect();
                let mut actors = speakers.named(&told, s);
                if actors.is_empty() {
                    actors = speakers.subject(s, cue).unwrap_or_default();
                }
                let kind = if label.label == "agreed" && actors.len() > 1 {
                    UndertakingKind::Agreed
                } else {
                    UndertakingKind::Committed
                };
                let mut start = if rule.get("glued").is_some() { mark.start } else { mark.end };
                while units.get(start).is_some_and(|u| u.classes.contains(self.comp)) {
                    start += 1;
                }
                let end = (start..units.len())
                    .find(|i| {
                        let u = &units[*i];
                        u.classes.contains(self.stop)
                            || u.classes.contains(self.comma)
                                && units.get(i + 1).is_some_and(|n| {
                                    n.classes.contains(self.part) || n.classes.contains(self.say) && n.classes.contains(self.and)
                                })
                    })
                    .unwrap_or(units.len());
                let cue_span = without_clitics(doc.text.as_str(), doc.tokens[unit.tokens.start].span, clitics.bytes);
                if actors.is_empty() || end <= start || out.iter().any(|u| u.cue == cue_span) {
                    continue;
                }
                let content = Span::new(units[start].whole.start, units[end - 1].whole.end);
                out.push(Undertaking { actors, kind, cue: cue_span, content, rule: rule.name.clone() });
            }
        }
        out
    }
}
