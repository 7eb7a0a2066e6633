//! Names by likelihood, where the grammar has found none: untitled persons, unlisted bodies and places.

use super::{NameReader, Names, spaced};
use crate::findings::ActorKind;
use crate::row::{Doc, Thing, Unit};
use musnad_language::Language;
use musnad_pattern::ClassSet;
use musnad_tagger::{Found, Marked, Model, Name, Sight, Word, marked};
use musnad_text::{Kind, Span, without_clitics};
use std::collections::HashMap;
use std::ops::Range;

/// Weights of the tagger. How they are made is told in `language/ar/README.md`.
const WEIGHTS: &[u8] = include_bytes!("../../../../language/ar/names.weights");

/// The tagger with its weights.
pub struct Tagger {
    model: Model,
    sight: Sight,
}

impl Tagger {
    pub fn new(language: &Language) -> Tagger {
        // A test holds the file to its form.
        let Ok((model, lore)) = Model::from_bytes(WEIGHTS) else { unreachable!("the trainer wrote the file") };
        Tagger { model, sight: Sight::new(language.classes(), lore) }
    }
}

/// What is known of each token before names are joined, and what the grammar found it to be.
pub struct Words {
    classes: Vec<(ClassSet, bool)>,
    found: Vec<Found>,
    quoted: Vec<bool>,
    sentences: Vec<Range<usize>>,
}

impl Words {
    /// The words of a report of which only the dates are known.
    pub fn new(doc: &Doc) -> Words {
        let mut classes = vec![(ClassSet::new(), false); doc.tokens.len()];
        let mut quoted = vec![false; doc.tokens.len()];
        let mark = doc.language.class("QMARK");
        let mut sentences = Vec::new();
        for units in &doc.sentences {
            let mut open = None;
            for (i, unit) in units.iter().enumerate() {
                for token in unit.tokens.clone() {
                    classes[token] = (unit.classes, token > unit.tokens.start);
                }
                if unit.classes.contains(mark) {
                    if let Some(from) = open.take() {
                        quoted[from..unit.tokens.start].fill(true);
                    } else if i + 1 < units.len() {
                        open = Some(unit.tokens.end);
                    }
                }
            }
            if let (Some(first), Some(last)) = (units.first(), units.last()) {
                sentences.push(first.tokens.start..last.tokens.end);
            } else {
                sentences.push(0..0);
            }
        }
        Words { found: vec![Found::default(); classes.len()], classes, quoted, sentences }
    }

    /// Takes down what the grammar found.
    pub fn found(&mut self, doc: &Doc, names: &Names) {
        let by: HashMap<Span, &str> = names.taken.iter().map(|(s, r)| (*s, r.as_str())).collect();
        let bodies: HashMap<Span, &str> = names.bodies.iter().map(|(s, _, r)| (*s, r.as_str())).collect();
        let class = |n: &str| doc.language.class(n);
        let (place, states) = (class("PLACE"), [class("STATE"), class("CAPITAL")]);
        for unit in doc.sentences.iter().flatten() {
            let (rule, name) = match &unit.thing {
                Some(Thing::Person(_)) => (by.get(&unit.span).copied().unwrap_or("person"), Some(Name::Person)),
                Some(Thing::Named(ActorKind::Body, _)) => (bodies.get(&unit.span).copied().unwrap_or("body"), Some(Name::Body)),
                Some(Thing::Office(o)) => (names.offices[*o].rule.as_str(), None),
                Some(Thing::Date(_)) => ("date", None),
                Some(Thing::Named(..)) => ("actor", None),
                None if states.iter().any(|s| unit.classes.contains(*s)) => ("state", Some(Name::Place)),
                None if unit.classes.contains(place) => ("place", Some(Name::Place)),
                None => continue,
            };
            for token in unit.tokens.clone() {
                let outside = doc.tokens[token].span.end <= unit.span.start;
                self.found[token] = match (outside, name) {
                    (true, _) => Found::by("before", None, false),
                    (false, name) => {
                        let before = token
                            .checked_sub(1)
                            .is_some_and(|b| b >= unit.tokens.start && doc.tokens[b].span.end > unit.span.start);
                        Found::by(rule, name, before)
                    }
                };
            }
        }
    }

    /// The rows of words, one a sentence.
    pub fn rows<'d>(&self, doc: &'d Doc) -> Vec<Vec<Word<'d>>> {
        let word = |i: usize| {
            let token = &doc.tokens[i];
            Word {
                span: token.span,
                folded: &token.folded,
                kind: token.kind,
                classes: self.classes[i].0,
                inside: self.classes[i].1,
                found: self.found[i],
                quoted: self.quoted[i],
            }
        };
        self.sentences.iter().map(|r| r.clone().map(word).collect()).collect()
    }
}

impl NameReader {
    /// Names by likelihood, where the grammar left the words alone.
    pub(super) fn read_tagged(&self, doc: &mut Doc, words: &Words, names: &mut Names) {
        let Tagger { model, sight } = &self.tagger;
        let rows = words.rows(doc);
        let rows: Vec<&[Word]> = rows.iter().map(Vec::as_slice).collect();
        let features = sight.features(&rows, model.rows());
        let found: Vec<Vec<Marked>> = features.iter().map(|f| marked(&model.tag(f))).collect();
        for (s, found) in found.iter().enumerate() {
            for m in found {
                let first = words.sentences[s].start;
                self.take_tagged(doc, s, first + m.words.start..first + m.words.end, m.name, names);
            }
        }
        names.places.sort();
    }

    fn take_tagged(&self, doc: &mut Doc, s: usize, tokens: Range<usize>, name: Name, names: &mut Names) {
        let k = &self.k;
        let units = &doc.sentences[s];
        let from = units.partition_point(|u| u.tokens.end <= tokens.start);
        let to = units.partition_point(|u| u.tokens.start < tokens.end);
        let Some(taken) = units.get(from..to).filter(|u| !u.is_empty()) else { return };
        let whole = taken[0].tokens.start == tokens.start && taken[taken.len() - 1].tokens.end == tokens.end;
        let listed = |u: &Unit| {
            name == Name::Place && (u.classes.contains(k.state) || u.classes.contains(k.capital) || u.classes.contains(k.place))
        };
        if !whole || taken.iter().any(|u| u.thing.is_some() || listed(u)) || taken.iter().all(|u| !u.classes.contains(k.word)) {
            return;
        }
        let span = self.without_glue(doc, &taken[0], tokens.clone());
        if span.is_empty() {
            return;
        }
        match name {
            Name::Person => {
                let rule = "tagger.person".to_string();
                names.taken.push((span, rule.clone()));
                let person = self.person(doc, span, &[], names, rule);
                self.join_person(doc, s, from..to, span, person);
            }
            Name::Body => {
                let mut set = ClassSet::from_iter([k.org, k.actor, k.word]);
                self.keep_clitics(&taken[0], &mut set);
                let name = spaced(doc.slice(span));
                names.bodies.push((span, name.clone(), "tagger.body".into()));
                doc.join(s, from..to, span, set, Thing::Named(ActorKind::Body, name));
            }
            Name::Place => names.places.push(span),
        }
    }

    /// The words of a name without what is glued to the first of them.
    fn without_glue(&self, doc: &Doc, first: &Unit, tokens: Range<usize>) -> Span {
        let token = &doc.tokens[tokens.start];
        let end = doc.tokens[tokens.end - 1].span.end;
        if token.kind != Kind::Word {
            return Span::new(token.span.start, end);
        }
        let lore = &self.tagger.sight.lore;
        let bytes = match lore.stem(&token.folded) {
            (clitics, Some(_)) => clitics.bytes,
            _ => first.senses.iter().map(|(c, _)| if c.article { 0 } else { c.bytes }).min().unwrap_or(0),
        };
        let start = without_clitics(doc.text.as_str(), token.span, bytes);
        if start.is_empty() { Span::new(token.span.start, end) } else { start.cover(Span::new(end, end)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use musnad_pattern::MAX_CLASSES;

    #[test]
    fn the_weights_are_whole() {
        let (model, lore) = Model::from_bytes(WEIGHTS).expect("language/ar/names.weights");
        assert!(model.rows() > 1 && !lore.is_empty() && !model.made_of.is_empty());
        assert!(Language::arabic().classes().len() <= MAX_CLASSES);
    }
}
