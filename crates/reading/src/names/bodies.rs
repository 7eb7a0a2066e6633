//! Bodies, by their own names and by generic heads; speakers whom the report does not name.

use super::{ARTICLE, Classes, NameReader, Names, article, spaced, stem};
use crate::findings::ActorKind;
use crate::row::{Doc, Thing, Unit, classes};
use musnad_pattern::ClassSet;
use musnad_text::Span;

impl NameReader {
    pub(super) fn read_bodies(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            let Some((rule, m)) = self.bodies.longest(doc, s, &row, at) else {
                at += 1;
                continue;
            };
            let units = &doc.sentences[s][m.range.clone()];
            let span = stem(doc, units, &[k.body, k.bodyhead, k.portfolio, k.outlet]);
            let outlet = units[0].classes.contains(k.outlet) || heads_outlet(doc, &units[0], k);
            let name = match m.get("org") {
                Some(r) if r == m.range || rule.name.ends_with("quoted-name") => {
                    self.listed_body(doc, &doc.sentences[s][r.start])
                }
                _ => None,
            };
            let name = name.unwrap_or_else(|| self.body_name(doc, units, span, rule.get("head").is_some()));
            let mut set = ClassSet::from_iter([k.org, k.actor, k.word]);
            if outlet {
                set.insert(k.outlet);
            }
            self.keep_clitics(&units[0], &mut set);
            names.bodies.push((span, name.clone(), rule.name.clone()));
            row.splice(m.range.clone(), [set]);
            doc.join(s, m.range, span, set, Thing::Named(ActorKind::Body, name));
            at += 1;
        }
    }

    fn listed_body(&self, doc: &Doc, unit: &Unit) -> Option<String> {
        let (_, sense) = unit.senses.iter().find(|(_, s)| s.class == self.k.body.0)?;
        Some(doc.language.lexicon().bodies[sense.item as usize].name.clone())
    }

    /// A body's name as written, with the article that a glued preposition hides, and its generic head where it was left out.
    fn body_name(&self, doc: &Doc, units: &[Unit], span: Span, head_left_out: bool) -> String {
        let first = &units[0];
        let words = spaced(doc.slice(span));
        let with_article = if article(first, &[self.k.body, self.k.bodyhead, self.k.portfolio]) && !words.starts_with(ARTICLE) {
            format!("{ARTICLE}{words}")
        } else {
            words
        };
        if head_left_out {
            let ministry = doc.language.lexicon().body_heads.iter().find(|h| h.kind == "ministry");
            return ministry.map_or(with_article.clone(), |h| format!("{} {with_article}", h.head));
        }
        with_article
    }

    /// Speakers whom the report does not name, by their phrase.
    pub(super) fn read_unnamed(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            if let Some((rule, m)) = self.unnamed.longest(doc, s, &row, at) {
                let units = &doc.sentences[s][m.range.clone()];
                let span = stem(doc, units, &[k.unnamed]);
                names.taken.push((span, rule.name.clone()));
                let mut set = ClassSet::from_iter([k.actor, k.word, k.unnamed]);
                self.keep_clitics(&units[0], &mut set);
                let name = spaced(doc.slice(span));
                row.splice(m.range.clone(), [set]);
                doc.join(s, m.range, span, set, Thing::Named(ActorKind::Unnamed, name));
            }
            at += 1;
        }
    }
}

fn heads_outlet(doc: &Doc, unit: &Unit, k: &Classes) -> bool {
    unit.senses.iter().any(|(_, s)| {
        s.class == k.bodyhead.0 && matches!(doc.language.lexicon().body_heads[s.item as usize].kind.as_str(), "agency" | "outlet")
    })
}
