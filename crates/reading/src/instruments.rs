//! Named agreements, resolutions, plans and standing formats.

use crate::findings::{ActorKind, Instrument, InstrumentKind};
use crate::grammar::Grammar;
use crate::names::spaced;
use crate::row::{Doc, Known, Thing, Unit};
use musnad_language::{Language, Number, Rule, Sense};
use musnad_pattern::{Class, ClassSet};
use musnad_text::{Clitics, Span, fold, without_clitics};
use std::ops::Range;

/// The definite article.
const ARTICLE: &str = "\u{627}\u{644}";
/// The preposition whose spelling swallows the article's alif.
const LI: char = '\u{644}';

/// Reads instruments.
pub struct InstrumentReader {
    grammar: Grammar,
    known: Known,
    head: Class,
    pronoun: Class,
    adjective: Class,
    state: Class,
    silent: ClassSet,
    /// What earlier steps join of words that may be an instrument's.
    joined: ClassSet,
}

/// A unit as the rules for instruments see it: a commission that was joined into one body is its words again.
struct Piece {
    /// The span of the first token, clitics included.
    first: Span,
    /// The end of the last token.
    end: usize,
    classes: ClassSet,
    senses: Vec<(Clitics, Sense)>,
    thing: Option<Thing>,
}

impl InstrumentReader {
    /// Compiles the grammar.
    pub fn new(language: &Language) -> InstrumentReader {
        let c = |n: &str| language.class(n);
        InstrumentReader {
            grammar: Grammar::new(language, "instruments"),
            known: Known::new(language),
            head: c("INSTRUMENT"),
            pronoun: c("PRON"),
            adjective: c("ADJ"),
            state: c("STATE"),
            joined: ["ORG", "OFFICE"].iter().map(|n| c(n)).collect(),
            silent: ["P_WITH", "BETWEEN", "POPEN", "PCLOSE", "QOPEN", "QCLOSE", "DASH", "SIGN", "NAMEABOUT"]
                .iter()
                .map(|n| c(n))
                .collect(),
        }
    }

    /// All instruments of a report, each once, at its first mention.
    pub fn read(&self, doc: &Doc) -> Vec<Instrument> {
        let mut out: Vec<Instrument> = Vec::new();
        let mut keys: Vec<Vec<String>> = Vec::new();
        for units in &doc.sentences {
            let pieces: Vec<Piece> = units.iter().flat_map(|u| self.pieces(doc, u)).collect();
            let row: Vec<ClassSet> = pieces.iter().map(|p| p.classes).collect();
            let mut at = 0;
            while at < row.len() {
                let Some((rule, range, label, clitics)) = self.longest(doc, &pieces, &row, at) else {
                    at += 1;
                    continue;
                };
                at = range.end;
                let Some(kind) = kind(label) else { continue };
                let key = self.key(doc, &pieces[range.clone()]);
                if keys.iter().any(|k| same(k, &key)) {
                    let at = Span::new(pieces[range.start].first.start, pieces[range.end - 1].end);
                    doc.log.dropped(at, &rule.name, || "an instrument that was named before".into());
                    continue;
                }
                // The article stays, but where `li` has swallowed its alif.
                let swallowed = clitics.article && clitics.preposition == Some(LI);
                let kept = if clitics.article && !swallowed { ARTICLE.len() } else { 0 };
                let start = without_clitics(doc.text.as_str(), pieces[range.start].first, clitics.bytes - kept).start;
                let span = Span::new(start, pieces[range.end - 1].end);
                let name = spaced(doc.slice(span));
                let name = if swallowed { format!("{ARTICLE}{name}") } else { name };
                keys.push(key);
                out.push(Instrument { name, kind, span, rule: rule.name.clone() });
            }
        }
        out
    }

    /// The longest match at a piece of a rule that its head allows; of equals the earlier rule's. With the head's kind and clitics.
    fn longest<'d>(
        &'d self,
        doc: &'d Doc,
        pieces: &[Piece],
        row: &'d [ClassSet],
        at: usize,
    ) -> Option<(&'d Rule, Range<usize>, &'d str, Clitics)> {
        let mut best: Option<(&Rule, Range<usize>, &str, Clitics)> = None;
        for (rule, m) in self.grammar.at(row, at) {
            let range = m.get("name").unwrap_or(m.range.clone());
            if best.as_ref().is_some_and(|b| b.1.len() >= range.len()) {
                continue;
            }
            let Some(head) = m.get("head") else { continue };
            let piece = &pieces[head.start];
            let one = rule.get("one").is_some();
            let heads = piece.senses.iter().filter(|(_, s)| s.class == self.head.0 && !(one && s.form.number == Number::Plural));
            let labelled = heads.map(|(c, s)| (*c, &doc.language.lexicon().labelled[s.item as usize]));
            let fits = |more: &str| rule.get("needs").is_none_or(|n| more.split(' ').any(|f| f == n));
            // A word spelt much like a pronoun must be spelt just as the lexicon has it.
            let exact = |c: &Clitics, word: &str| {
                let own = without_clitics(doc.text.as_str(), piece.first, c.bytes);
                !piece.classes.contains(self.pronoun) || doc.slice(own).chars().next() == word.chars().next()
            };
            let head = labelled.filter(|(c, l)| fits(&l.more) && exact(c, &l.word)).min_by_key(|(c, _)| c.bytes);
            if let Some((clitics, l)) = head {
                best = Some((rule, range, l.label.as_str(), clitics));
            }
        }
        best
    }

    /// A unit, or the words of a body or office, which a commission or its members may have become.
    fn pieces(&self, doc: &Doc, unit: &Unit) -> Vec<Piece> {
        let piece = |u: &Unit, first: Span, by: usize| Piece {
            first: Span::new(first.start + by, first.end + by),
            end: u.whole.end + by,
            classes: u.classes,
            senses: u.senses.clone(),
            thing: u.thing.clone(),
        };
        if unit.tokens.len() == 1 || !unit.classes.intersects(&self.joined) {
            return vec![piece(unit, doc.tokens[unit.tokens.start].span, 0)];
        }
        // A listed body is one phrase to look-up: where its first word alone is a head, that word is parted from the rest.
        let first = unit.tokens.start;
        let head =
            doc.language.hits(&doc.tokens[..=first], first).iter().any(|h| h.senses.iter().any(|s| s.class == self.head.0));
        let cut = if head { doc.tokens[first].span.end } else { unit.whole.start };
        let parts = [Span::new(unit.whole.start, cut), Span::new(cut, unit.whole.end)];
        let mut out = Vec::new();
        for part in parts.into_iter().filter(|p| p.start < p.end) {
            let inner = Doc::new(doc.slice(part), doc.language, &self.known);
            out.extend(inner.sentences.iter().flatten().map(|u| piece(u, inner.tokens[u.tokens.start].span, part.start)));
        }
        out
    }

    /// What tells one instrument from another: its words without articles and connectives, states by their names.
    fn key(&self, doc: &Doc, pieces: &[Piece]) -> Vec<String> {
        let lexicon = doc.language.lexicon();
        let mut out = Vec::new();
        for p in pieces {
            if p.classes.intersects(&self.silent) {
                continue;
            }
            let state = |c: Class| {
                p.senses.iter().find(|(_, s)| s.class == c.0).map(|(_, s)| fold(&lexicon.states[s.item as usize].name))
            };
            let name = match &p.thing {
                Some(Thing::Named(ActorKind::State, name)) => Some(fold(name)),
                _ => state(self.state).or_else(|| state(self.adjective)),
            };
            let bytes = p.senses.iter().map(|(c, _)| c.bytes).min().unwrap_or(0);
            let words = || fold(doc.slice(without_clitics(doc.text.as_str(), Span::new(p.first.start, p.end), bytes)));
            out.push(name.unwrap_or_else(words));
        }
        out
    }
}

/// Whether two names stand for one instrument: the same head, and the same numbers, or all that the shorter says the longer says too.
fn same(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let stem = |w: &str| w.strip_prefix(ARTICLE).unwrap_or(w).to_string();
    let number = |w: &&String| w.chars().all(|c| c.is_ascii_digit());
    let numbers = |k: &[String]| k.iter().filter(number).cloned().collect::<Vec<_>>();
    let long: Vec<String> = long.iter().map(|w| stem(w)).collect();
    let counted = !numbers(short).is_empty() && numbers(short) == numbers(&long);
    let head = short.first().map(|w| stem(w)) == long.first().cloned();
    head && (counted || short.iter().all(|w| long.contains(&stem(w))))
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

#[cfg(test)]
mod tests {
    use crate::reader::Reader;
    use musnad_language::Language;
    use musnad_text::Report;

    fn names(text: &str) -> Vec<String> {
        let language = Language::arabic();
        Reader::new(&language)
            .read(&Report { text: text.into(), ..Report::default() })
            .instruments
            .into_iter()
            .map(|i| i.name)
            .collect()
    }

    #[test]
    fn one_instrument_is_listed_once_under_its_first_name() {
        let text =
            "دافع الوزير عن الاتفاق النووي مع إيران. وقال إن الاتفاق النووي الإيراني جيد وإن الاتفاق النووي باق. وانتقد اتفاق إيران.";
        assert_eq!(names(text), ["الاتفاق النووي مع إيران"]);
    }

    #[test]
    fn numbers_tell_resolutions_apart() {
        let text = "وطالب بتنفيذ القرار 2216 وقرار مجلس الأمن رقم (2254)، ثم عاد إلى قرار مجلس الأمن 2216.";
        assert_eq!(names(text), ["القرار 2216", "قرار مجلس الأمن رقم (2254)"]);
    }

    #[test]
    fn a_commission_is_found_in_a_body() {
        assert_eq!(
            names("وانعقدت اللجنة الوزارية المصرية السودانية المشتركة أمس."),
            ["اللجنة الوزارية المصرية السودانية المشتركة"]
        );
    }

    #[test]
    fn general_heads_name_nothing() {
        for text in [
            "وبحث آليات التعامل مع الأزمة",
            "وأعلن خطط الوزارة",
            "ورحب بمبادرات الطرفين",
            "وصلت إليه العلاقات الثنائية",
            "ووقع الاتفاق الأخير",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_article_that_li_swallowed_is_restored() {
        assert_eq!(names("وأكد دعمه للاتفاق النووي."), ["الاتفاق النووي"]);
    }
}
