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
        let mut words = Vec::new();
        for r in m.all("title") {
            let unit = &units[r.start];
            let span = stem(doc, std::slice::from_ref(unit), &heads);
            let word = spaced(doc.slice(span));
            words.push(if article(unit, &heads) && !word.starts_with(ARTICLE) { format!("{ARTICLE}{word}") } else { word });
        }
        if let Some(r) = m.get("own")
            && m.get("port").is_none()
        {
            words.push(spaced(doc.slice(units[r.start].whole)));
        }
        if let Some(r) = m.get("port") {
            words.push(self.portfolio(doc, &units[r.start]));
        }
        for r in m.all("affairs") {
            words.push(spaced(doc.slice(units[r.start].whole.cover(units[r.end - 1].whole))));
        }
        let of = m.all("of").into_iter().filter_map(|r| self.of(doc, &units[r.start])).next_back();
        // A former holder's office says so.
        let class = doc.language.class("FORMER");
        let labels = &doc.language.lexicon().labelled;
        let named = |u: &Unit| u.senses.iter().any(|(_, x)| x.class == class.0 && labels[x.item as usize].more == "named");
        let former = m.range.clone().filter(|i| named(&units[*i]) && !m.all("title").iter().any(|t| t.contains(i)));
        words.extend(former.map(|i| doc.slice(units[i].whole).to_string()));
        let sense = first.senses.iter().find(|(_, x)| heads.iter().any(|h| h.0 == x.class)).map(|(_, x)| *x);
        OfficeFound {
            title: words.join(" "),
            untold: of.is_none(),
            of,
            span: stem(doc, &units[m.range.clone()], &heads),
            gender: sense.map_or(Gender::Both, |x| x.form.gender),
            number: sense.map_or(Number::Singular, |x| x.form.number),
            post: sense.is_none_or(|x| x.class != k.epithet.0) && !first.classes.contains(k.counterpart),
            counterpart: first.classes.contains(k.counterpart),
            held: false,
            rule,
        }
    }

    fn portfolio(&self, doc: &Doc, unit: &Unit) -> String {
        let sense = unit.senses.iter().find(|(_, s)| s.class == self.k.portfolio.0);
        sense.map_or_else(|| doc.slice(unit.span).into(), |(_, s)| doc.language.lexicon().labelled[s.item as usize].label.clone())
    }

    /// What a unit names as the state or body of an office.
    pub(super) fn of(&self, doc: &Doc, unit: &Unit) -> Option<ActorRef> {
        let k = &self.k;
        let lexicon = doc.language.lexicon();
        if let Some(Thing::Named(kind, name)) = &unit.thing {
            return Some(ActorRef { name: name.clone(), kind: *kind });
        }
        let state = |class: Class| unit.senses.iter().find(|(_, s)| s.class == class.0).map(|(_, s)| s.item as usize);
        if let Some(i) = state(k.state).or_else(|| state(k.capital)).or_else(|| state(k.adj)) {
            return Some(ActorRef { name: lexicon.states[i].name.clone(), kind: ActorKind::State });
        }
        if let Some(i) = state(k.bodyadj) {
            return Some(ActorRef { name: lexicon.bodies[i].name.clone(), kind: ActorKind::Body });
        }
        if let Some(i) = state(k.portfolio) {
            let ministry = lexicon.body_heads.iter().find(|h| h.kind == "ministry")?;
            return Some(ActorRef { name: format!("{} {}", ministry.head, lexicon.labelled[i].label), kind: ActorKind::Body });
        }
        let words = spaced(doc.slice(unit.whole));
        unit.classes.contains(k.word).then_some(ActorRef { name: words, kind: ActorKind::Body })
    }
}
