//! Names by likelihood, where the grammar has found none: untitled persons, unlisted bodies and places.

use super::{NameReader, Names, spaced};
use crate::findings::ActorKind;
use crate::row::{Doc, Known, Thing, Unit};
use musnad_language::{Language, Sense};
use musnad_pattern::ClassSet;
use musnad_tagger::{Found, Marked, Model, Name, Sight, Word, marked};
use musnad_text::{Kind, Span, without_clitics};
use std::collections::HashMap;
use std::ops::Range;

/// Weights of the tagger. How they are made is told in `eval/names/README.md`.
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
                hidden: false,
            }
        };
        self.sentences.iter().map(|r| r.clone().map(word).collect()).collect()
    }
}

/// What the tagger takes for a name.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Its words, without what is glued to the first.
    pub span: Span,
    /// What it stands for.
    pub name: Name,
    /// Its sentence.
    sentence: usize,
    tokens: Range<usize>,
}

/// Rules whose names stand only if the tagger does not speak against them: they go by the words of the name alone.
const UNSURE: [&str; 6] = [
    "names.family-name",
    "names.said-unknown",
    "names.said-given",
    "names.given-and-family",
    "names.given-and-nisba",
    "names.initials",
];

impl NameReader {
    /// Names by likelihood, where the grammar left the words alone, or was not sure.
    pub(super) fn read_tagged(&self, doc: &mut Doc, words: &Words, names: &mut Names, known: &Known) {
        let Tagger { model, sight } = &self.tagger;
        let rows = words.rows(doc);
        let rows: Vec<&[Word]> = rows.iter().map(Vec::as_slice).collect();
        let mut judged: Vec<Judged> = Vec::new();
        for (sentence, tags) in sight.tags(&rows, model).iter().enumerate() {
            let first = words.sentences[sentence].start;
            for Marked { words, name } in marked(tags) {
                let tokens = first + words.start..first + words.end;
                for tokens in self.at_glue(doc, sentence, tokens, name) {
                    let span = self.without_glue(doc, sentence, tokens.clone());
                    judged.push(Judged { span, name, sentence, tokens });
                }
            }
        }
        names.judged = judged.clone();
        self.drop_unsure(doc, names, known);
        self.part_misread(doc, names, known);
        for j in judged {
            self.take_tagged(doc, j, names);
        }
        names.places.sort();
    }

    /// A conjunction or preposition that is glued to a word within a person's name parts two names.
    fn at_glue(&self, doc: &Doc, sentence: usize, tokens: Range<usize>, name: Name) -> Vec<Range<usize>> {
        let mut out = vec![tokens.clone()];
        if name == Name::Person {
            let k = &self.k;
            let glued = |u: &&Unit| {
                tokens.contains(&u.tokens.start)
                    && u.tokens.start > tokens.start
                    && [k.and, k.li, k.ba].iter().any(|c| u.classes.contains(*c))
                    && !u.senses.is_empty()
            };
            for unit in doc.sentences[sentence].iter().filter(glued) {
                if let Some(last) = out.last_mut() {
                    let end = std::mem::replace(&mut last.end, unit.tokens.start);
                    out.push(unit.tokens.start..end);
                }
            }
        }
        out
    }

    /// Persons of whom no mention is a person's by likelihood, and whose names the grammar took for such by the words around them
    /// or by the words alone.
    fn drop_unsure(&self, doc: &mut Doc, names: &mut Names, known: &Known) {
        // A person in the name of a body (the regime of X) is one all the same.
        let person = |names: &Names, at: Span| {
            names.judged(at).iter().any(|j| j.name == Name::Person || j.name == Name::Body && j.span.start < at.start)
        };
        let unsure: HashMap<Span, bool> = names.taken.iter().map(|(s, rule)| (*s, UNSURE.contains(&rule.as_str()))).collect();
        let unsure = |s: &Span| unsure.get(s).copied().unwrap_or(false) || self.never_a_person(doc, *s);
        let untold = |m: &Span| unsure(m) && !person(names, *m);
        let drop: Vec<bool> = names.persons.iter().map(|p| p.offices.is_empty() && p.mentions.iter().all(untold)).collect();
        if !drop.contains(&true) {
            return;
        }
        for s in 0..doc.sentences.len() {
            let dropped = |u: &Unit| matches!(u.thing, Some(Thing::Person(p)) if drop[p]);
            while let Some(i) = doc.sentences[s].iter().position(dropped) {
                self.part_person(doc, s, i, names, known);
            }
        }
        for (p, _) in drop.iter().enumerate().filter(|(_, d)| **d) {
            let offices = std::mem::take(&mut names.persons[p].offices);
            offices.into_iter().for_each(|o| names.offices[o].held = false);
            names.persons[p].mentions.clear();
            names.persons[p].key.clear();
        }
    }

    /// Names of the grammar that begin or end elsewhere by likelihood: they are parted again, and taken as the tagger has them.
    fn part_misread(&self, doc: &mut Doc, names: &mut Names, known: &Known) {
        for s in 0..doc.sentences.len() {
            let mut i = 0;
            while i < doc.sentences[s].len() {
                let unit = &doc.sentences[s][i];
                i += 1;
                let Some(Thing::Person(p)) = unit.thing else { continue };
                let judged = names.judged(unit.span);
                let persons = judged.iter().all(|j| j.name == Name::Person) && !judged.is_empty();
                let begins = judged.iter().any(|j| j.span.start <= unit.span.start) || !self.begins_sure(doc, unit);
                let ends =
                    judged.last().is_some_and(|j| j.span.end >= unit.span.end) || judged.iter().any(|j| j.tokens.len() > 1);
                let same = judged.iter().any(|j| j.span.end == unit.span.end && j.span.start <= unit.span.start);
                if !persons || !begins || !ends || same {
                    continue;
                }
                let at = unit.span;
                let whole = unit.whole;
                names.persons[p].mentions.retain(|m| *m != at);
                let offices = &names.offices;
                names.persons[p].offices.retain(|o| !whole.contains(offices[*o].span));
                for office in names.offices.iter_mut().filter(|o| whole.contains(o.span)) {
                    office.held = false;
                }
                self.part_person(doc, s, i - 1, names, known);
            }
        }
    }

    /// Whether a name begins with a word that is surely a given name, or with an initial.
    fn begins_sure(&self, doc: &Doc, unit: &Unit) -> bool {
        let tokens = doc.tokens_in(unit.span);
        let Some(first) = doc.tokens.get(tokens.start) else { return true };
        let senses = doc.language.senses(&first.folded);
        let is = |c: &str| senses.iter().any(|s| s.class == doc.language.class(c).0);
        is("GIVEN_SURE") || is("INITIAL")
    }

    /// Whether a name is one word of which lore says that it is not borne by persons.
    pub(super) fn never_a_person(&self, doc: &Doc, span: Span) -> bool {
        let tokens = doc.tokens_in(span);
        let lore = &self.tagger.sight.lore;
        tokens.len() == 1 && lore.stem(&doc.tokens[tokens.start].folded).1.is_some_and(|n| n.field(0) + n.field(1) == 0)
    }

    /// Parts a person's unit again, into the office before the name, if there is one, and words.
    fn part_person(&self, doc: &mut Doc, s: usize, i: usize, names: &Names, known: &Known) {
        let unit = doc.sentences[s][i].clone();
        doc.part(s, i, known);
        let inside = |span: Span| unit.whole.start <= span.start && span.end <= unit.span.start;
        for (o, office) in names.offices.iter().enumerate().filter(|(_, o)| inside(o.span)) {
            let units = &doc.sentences[s];
            let from = units.iter().position(|u| u.whole.overlaps(office.span));
            let to = units.iter().rposition(|u| u.whole.overlaps(office.span));
            if let (Some(from), Some(to)) = (from, to) {
                let k = &self.k;
                let mut set = ClassSet::from_iter([k.office, k.actor, k.word]);
                self.keep_clitics(&doc.sentences[s][from], &mut set);
                doc.join(s, from..to + 1, office.span, set, Thing::Office(o));
            }
        }
    }

    fn take_tagged(&self, doc: &mut Doc, judged: Judged, names: &mut Names) {
        let k = &self.k;
        let Judged { span, name, sentence: s, tokens } = judged;
        let units = &doc.sentences[s];
        let from = units.partition_point(|u| u.tokens.end <= tokens.start);
        let to = units.partition_point(|u| u.tokens.start < tokens.end);
        let Some(taken) = units.get(from..to).filter(|u| !u.is_empty()) else { return };
        if span.is_empty() || taken.iter().all(|u| !u.classes.contains(k.word)) {
            return;
        }
        let whole = taken[0].tokens.start == tokens.start && taken[taken.len() - 1].tokens.end == tokens.end;
        let persons: Vec<usize> = (0..taken.len()).filter(|i| matches!(taken[*i].thing, Some(Thing::Person(_)))).collect();
        let others = taken.iter().any(|u| u.thing.is_some() && !matches!(u.thing, Some(Thing::Person(_))));
        match (name, persons.as_slice()) {
            (Name::Person, [i]) if !others => {
                let unit = &taken[*i];
                let Some(Thing::Person(p)) = unit.thing else { return };
                // The name may be longer than the grammar took it for; shorter only at its end.
                let begins = if span.start < unit.whole.start { span.start } else { unit.span.start };
                // Words of the title alone are no name.
                if span.end <= begins {
                    return;
                }
                let now = Span::new(begins, span.end);
                let words = doc.slice(now).split_whitespace().count();
                if span.start > unit.span.start || now.end < unit.span.end && words < 2 {
                    return;
                }
                // A common word with the article behind a name of many words is no more of it.
                let common = |u: &Unit| u.classes.contains(k.common) && u.classes.contains(k.def);
                let full = names.persons[p].key.len() >= 4 && taken[i + 1..].iter().any(common);
                if now == unit.span || now.is_empty() || full {
                    return;
                }
                let was = unit.span;
                self.rename(doc, names, p, was, now);
                self.join_person(doc, s, from..to, now, p);
            }
            (Name::Person, [i, rest @ ..]) if !others && whole && !rest.is_empty() => {
                // Parts of one name that the grammar took for names of their own.
                let (Some(Thing::Person(p)), was) = (taken[*i].thing.clone(), taken[*i].span) else { return };
                let parts: Vec<(usize, Span)> = rest
                    .iter()
                    .filter_map(|r| match taken[*r].thing {
                        Some(Thing::Person(q)) => Some((q, taken[*r].span)),
                        _ => None,
                    })
                    .collect();
                let now = Span::new(was.start.min(span.start), span.end);
                for (q, at) in parts {
                    names.persons[q].mentions.retain(|m| *m != at);
                }
                self.rename(doc, names, p, was, now);
                self.join_person(doc, s, from..to, now, p);
            }
            _ if others || !persons.is_empty() || !whole => {}
            (Name::Person, _) if self.only_words(taken) => {}
            (Name::Person, _) => {
                let rule = "tagger.person".to_string();
                names.taken.push((span, rule.clone()));
                let (from, offices) = self.titles_before(doc, s, from, names);
                let person = self.person(doc, span, &offices, names, rule);
                self.hold(names, person, offices);
                self.join_person(doc, s, from..to, span, person);
            }
            (Name::Body, _) => {
                let mut set = ClassSet::from_iter([k.org, k.actor, k.word]);
                self.keep_clitics(&taken[0], &mut set);
                let name = spaced(doc.slice(span));
                names.bodies.push((span, name.clone(), "tagger.body".into()));
                doc.join(s, from..to, span, set, Thing::Named(ActorKind::Body, name));
            }
            (Name::Place, _) => {
                let listed = |u: &Unit| [k.state, k.capital, k.place].iter().any(|c| u.classes.contains(*c));
                if !taken.iter().any(listed) {
                    names.places.push(span);
                }
            }
        }
    }

    /// Whether what was taken for a person's name is made of words that are common, or of a preposition and such.
    fn only_words(&self, taken: &[Unit]) -> bool {
        let k = &self.k;
        let name = |u: &Unit| u.classes.contains(k.given) || u.classes.contains(k.surname);
        let common =
            |u: &Unit| u.classes.contains(k.common) && !u.classes.contains(k.given_sure) && !u.classes.contains(k.surname_sure);
        let (first, rest) = (&taken[0], &taken[1..]);
        let preposition = first.classes.contains(k.p_on) && !rest.iter().any(name);
        preposition && !rest.is_empty()
            || taken.iter().any(common) && taken.iter().all(|u| common(u) || name(u) && !u.classes.contains(k.given_sure))
    }

    /// A mention turns out to have other words.
    fn rename(&self, doc: &Doc, names: &mut Names, person: usize, was: Span, now: Span) {
        let old = spaced(doc.slice(was));
        let new = spaced(doc.slice(now));
        let p = &mut names.persons[person];
        for m in p.mentions.iter_mut().filter(|m| **m == was) {
            *m = now;
        }
        let key = super::persons::name_key(&new);
        let told_elsewhere = p.mentions.iter().any(|m| *m != now && spaced(doc.slice(*m)) == old);
        if p.name == old && !told_elsewhere || key.len() > p.key.len() {
            p.name = new;
            p.key = key;
        }
    }

    /// The words of a name without what is glued to the first of them.
    fn without_glue(&self, doc: &Doc, sentence: usize, tokens: Range<usize>) -> Span {
        let token = &doc.tokens[tokens.start];
        let end = doc.tokens[tokens.end - 1].span.end;
        if token.kind != Kind::Word {
            return Span::new(token.span.start, end);
        }
        let lore = &self.tagger.sight.lore;
        let bytes = match lore.stem(&token.folded) {
            (clitics, Some(_)) => clitics.bytes,
            _ => doc.sentences[sentence]
                .iter()
                .filter(|u| u.tokens.start == tokens.start)
                .flat_map(|u| &u.senses)
                .map(|(c, _)| if c.article { 0 } else { c.bytes })
                .min()
                .unwrap_or(0),
        };
        let start = without_clitics(doc.text.as_str(), token.span, bytes);
        if start.is_empty() { Span::new(token.span.start, end) } else { start.cover(Span::new(end, end)) }
    }
}

/// Whether the words tell a body by what every state or firm has: a government, an army, a delegation.
pub fn told_by_head(doc: &Doc, span: Span) -> bool {
    const KINDS: [&str; 6] = ["presidency", "government", "military", "security", "delegation", "group"];
    let class = doc.language.class("BODYHEAD");
    let heads = &doc.language.lexicon().body_heads;
    let at = doc.tokens.partition_point(|t| t.span.end <= span.start);
    doc.language
        .hits(&doc.tokens, at)
        .iter()
        .flat_map(|h| h.senses)
        .any(|s| s.class == class.0 && heads.get(s.item as usize).is_some_and(|h| KINDS.contains(&h.kind.as_str())))
}

/// The name in a place's phrase whose first word only tells what it is: the town of X, the state of X, the south of X.
pub fn without_noun(doc: &Doc, unit: &Unit) -> Option<Span> {
    let tokens = unit.tokens.clone();
    if tokens.len() < 2 || musnad_text::splits(&doc.tokens[tokens.start].folded).any(|c| c.article) {
        return None;
    }
    let classes = ["STATE", "CAPITAL", "PLACE"].map(|c| doc.language.class(c).0);
    // The south of a continent may be a state: a state is only named by a name of its own.
    let own = |s: &Sense| unit.senses.iter().any(|(_, u)| (u.class, u.item) == (s.class, s.item));
    let state = unit.senses.iter().any(|(_, u)| u.class != classes[2] && classes.contains(&u.class));
    let names = |s: &Sense| classes.contains(&s.class) && (!state || own(s));
    let hits = doc.language.hits(&doc.tokens[..tokens.end], tokens.start + 1);
    let named = hits.iter().any(|h| h.len == tokens.len() - 1 && h.clitics.bytes == 0 && h.senses.iter().any(&names));
    if named {
        return Some(Span::new(doc.tokens[tokens.start + 1].span.start, unit.whole.end));
    }
    // An epithet after a name that is one without it.
    let bare = doc.language.hits(&doc.tokens[..tokens.start + 1], tokens.start);
    let epithet = musnad_text::splits(&doc.tokens[tokens.start + 1].folded).any(|c| c.article);
    let bare = bare.iter().filter(|_| epithet && tokens.len() == 2);
    bare.flat_map(|h| h.senses).any(|s| classes.contains(&s.class) && own(s)).then(|| {
        let start = unit.span.start;
        Span::new(start, doc.tokens[tokens.start].span.end.max(start))
    })
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
