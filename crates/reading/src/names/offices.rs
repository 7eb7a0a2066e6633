//! Offices: a title with what completes it.

use super::{ARTICLE, NameReader, Names, OfficeFound, article, spaced, stem};
use crate::findings::{ActorKind, ActorRef};
use crate::row::{Doc, Thing, Unit, classes};
use musnad_language::{Gender, Number};
use musnad_pattern::{Class, ClassSet, Match};

impl NameReader {
    pub(super) fn read_offices(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            let Some((rule, m)) = self.offices.longest(doc, s, &row, at) else {
                at += 1;
                continue;
            };
            let rule = rule.name.clone();
            let found = self.office(doc, s, &m, rule.clone());
            let span = found.span;
            let mut set = ClassSet::from_iter([k.office, k.actor, k.word]);
            let first = &doc.sentences[s][m.range.start];
            // Before a name without more, an ambassador's or prince's title is a rank.
            if rule == "offices.bare" && first.classes.contains(k.hon) {
                doc.log.dropped(span, &rule, || "a rank before a name, no office".into());
                at += 1;
                continue;
            }
            self.keep_clitics(first, &mut set);
            for c in [k.def, k.counterpart, k.pronoun] {
                if first.classes.contains(c) {
                    set.insert(c);
                }
            }
            if found.number != Number::Singular {
                set.insert(k.office_many);
            }
            names.offices.push(found);
            row.splice(m.range.clone(), [set]);
            doc.join(s, m.range, span, set, Thing::Office(names.offices.len() - 1));
            at += 1;
        }
    }

    fn office(&self, doc: &Doc, s: usize, m: &Match, rule: String) -> OfficeFound {
        let k = &self.k;
        let units = &doc.sentences[s];
        let heads = [k.title, k.epithet, k.counterpart];
        let first = &units[m.range.start];
        let sense = first.senses.iter().find(|(_, x)| heads.iter().any(|h| h.0 == x.class)).map(|(_, x)| *x);
        // A seat has a spokesman of its own, whom it does not share with its state.
        let seat = |u: &Unit| if rule == "offices.spokesman" { self.seat(doc, u) } else { None };
        let ofs = m.all("of").into_iter().filter_map(|r| seat(&units[r.start]).or_else(|| self.of(doc, &units[r.start])));
        let ofs: Vec<ActorRef> = ofs.collect();
        let whose = m.all("of").iter().any(|r| units[r.start].classes.contains(k.myself))
            || ["title", "port"].iter().any(|c| m.all(c).iter().any(|r| units[r.start].classes.contains(k.pronoun)));
        let class = doc.language.class("FORMER");
        let labels = &doc.language.lexicon().labelled;
        // A former holder's office says so.
        let former = |u: &Unit| u.senses.iter().any(|(_, x)| x.class == class.0 && labels[x.item as usize].more == "named");
        let within = |name: &str, i: usize| m.all(name).into_iter().find(|r| r.contains(&i));
        let mut words = Vec::new();
        let mut at = m.range.start;
        while at < m.range.end {
            let unit = &units[at];
            if within("title", at).is_some() && !words.is_empty() && unit.classes.contains(k.li) {
                words.push(spaced(doc.slice(unit.whole)));
            } else if within("title", at).is_some() {
                words.push(self.title_word(doc, unit, &heads, words.is_empty()));
            } else if within("port", at).is_some() {
                words.push(self.portfolio(doc, unit));
            } else if let Some(r) = ["own", "affairs", "post"].iter().find_map(|n| within(n, at)) {
                let kept = units[r.start].whole.cover(units[r.end - 1].whole);
                // Without its state a title takes the article that its adjective has.
                let alone = words.len() == 1 && within("own", at).is_none_or(|_| unit.classes.contains(k.title_more));
                if let Some(title) = words.first_mut().filter(|t| alone && !ofs.is_empty() && !t.contains(' ')) {
                    *title = definite(title);
                }
                words.push(spaced(doc.slice(kept)));
                at = r.end - 1;
            } else if former(unit) {
                if let [title] = &mut words[..]
                    && !title.contains(' ')
                {
                    *title = definite(title);
                }
                words.push(doc.slice(unit.whole).to_string());
            }
            at += 1;
        }
        let several = ofs.len() > 1 && rule == "offices.of-two";
        let of = if whose { None } else { ofs.last().cloned() };
        OfficeFound {
            title: words.join(" "),
            untold: of.is_none(),
            each: if several { ofs } else { Vec::new() },
            of,
            whose,
            span: stem(doc, &units[m.range.clone()], &heads),
            gender: sense.map_or(Gender::Both, |x| x.form.gender),
            number: sense.map_or(Number::Singular, |x| x.form.number),
            post: sense.is_none_or(|x| x.class != k.epithet.0) && !first.classes.contains(k.counterpart),
            counterpart: first.classes.contains(k.counterpart),
            held: false,
            rule,
        }
    }

    /// A word of a title, with the article that a glued preposition hides; the first in the singular, without its pronoun.
    fn title_word(&self, doc: &Doc, unit: &Unit, heads: &[Class], first: bool) -> String {
        let span = stem(doc, std::slice::from_ref(unit), heads);
        let word = spaced(doc.slice(span));
        let word = if article(unit, heads) { definite(&word) } else { word };
        let sense = unit.senses.iter().map(|(_, s)| s).find(|s| s.class == self.k.title.0);
        let Some(s) = sense.filter(|s| first && (s.form.number != Number::Singular || s.form.pronoun)) else { return word };
        let singular = &doc.language.lexicon().titles[s.item as usize].title;
        if word.split(' ').count() != singular.split(' ').count() {
            return if s.form.pronoun { singular.clone() } else { word };
        }
        let one = |(told, listed): (&str, &str)| match told.strip_prefix(ARTICLE) {
            _ if told == listed => told.to_string(),
            Some(_) if listed.starts_with(ARTICLE) => listed.to_string(),
            Some(_) => definite(listed),
            None => listed.to_string(),
        };
        word.split(' ').zip(singular.split(' ')).map(one).collect::<Vec<_>>().join(" ")
    }

    fn portfolio(&self, doc: &Doc, unit: &Unit) -> String {
        let sense = unit.senses.iter().find(|(_, s)| s.class == self.k.portfolio.0);
        sense.map_or_else(|| doc.slice(unit.span).into(), |(_, s)| doc.language.lexicon().labelled[s.item as usize].label.clone())
    }

    /// The seat of a government, by its own name.
    fn seat(&self, doc: &Doc, unit: &Unit) -> Option<ActorRef> {
        let (_, sense) = unit.senses.iter().find(|(_, s)| s.class == self.k.state.0)?;
        let name = spaced(doc.slice(unit.span));
        let seats = &doc.language.lexicon().states[sense.item as usize].kin;
        seats.contains(&musnad_text::fold(&name).to_string()).then_some(ActorRef { name, kind: ActorKind::Body })
    }

    /// What a unit names as the state or body of an office.
    pub(super) fn of(&self, doc: &Doc, unit: &Unit) -> Option<ActorRef> {
        let k = &self.k;
        let lexicon = doc.language.lexicon();
        if let Some(Thing::Named(kind, name)) = &unit.thing {
            // A body by the name that the report gives it.
            if *kind == ActorKind::Body && unit.senses.iter().any(|(_, s)| s.class == k.body.0) {
                let words = spaced(doc.slice(unit.span));
                let name = if article(unit, &[k.body]) { definite(&words) } else { words };
                return Some(ActorRef { name, kind: *kind });
            }
            return Some(ActorRef { name: name.clone(), kind: *kind });
        }
        let state = |class: Class| unit.senses.iter().find(|(_, s)| s.class == class.0).map(|(_, s)| s.item as usize);
        if let Some(i) = state(k.state).or_else(|| state(k.capital)).or_else(|| state(k.adj)) {
            return Some(ActorRef { name: lexicon.states[i].name.clone(), kind: ActorKind::State });
        }
        // A title that only one state gives: the custodian of the two holy mosques.
        if unit.classes.contains(k.title) {
            let mut of = lexicon.holders.iter().filter(|h| h.of_state && h.title == doc.slice(unit.span)).map(|h| &h.of);
            let first = of.next()?;
            return of.all(|o| o == first).then(|| ActorRef { name: first.clone(), kind: ActorKind::State });
        }
        if let Some(i) = state(k.bodyadj) {
            return Some(ActorRef { name: lexicon.bodies[i].name.clone(), kind: ActorKind::Body });
        }
        if let Some(i) = state(k.portfolio) {
            let ministry = lexicon.body_heads.iter().find(|h| h.kind == "ministry")?;
            return Some(ActorRef { name: format!("{} {}", ministry.head, lexicon.labelled[i].label), kind: ActorKind::Body });
        }
        let words = spaced(doc.slice(stem(doc, std::slice::from_ref(unit), &[k.bodyhead])));
        let words = if article(unit, &[k.bodyhead]) { definite(&words) } else { words };
        unit.classes.contains(k.word).then_some(ActorRef { name: words, kind: ActorKind::Body })
    }
}

pub(super) fn definite(word: &str) -> String {
    if word.starts_with(ARTICLE) { word.to_string() } else { format!("{ARTICLE}{word}") }
}
