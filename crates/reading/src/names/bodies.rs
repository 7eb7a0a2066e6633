//! Bodies, by their own names and by generic heads; speakers whom the report does not name.

use super::offices::definite;
use super::{ARTICLE, Classes, NameReader, Names, article, spaced, stem};
use crate::findings::ActorKind;
use crate::row::{Doc, Thing, Unit, classes};
use musnad_language::{Frame, Number};
use musnad_pattern::{Class, ClassSet};
use musnad_text::{Span, fold};

impl NameReader {
    pub(super) fn read_bodies(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            let Some((rule, mut m)) = self.bodies.longest(doc, s, &row, at) else {
                at += 1;
                continue;
            };
            if rule.name.ends_with("definite-head") {
                m.range.end = m.range.start + agreeing(doc, &doc.sentences[s][m.range.clone()], k.li);
                if m.range.len() < 2 {
                    at += 1;
                    continue;
                }
            }
            let units = &doc.sentences[s][m.range.clone()];
            let span = stem(doc, units, &[k.body, k.bodyhead, k.portfolio, k.outlet]);
            let named = units.get(1).is_some_and(|u| u.classes.contains(k.outletname));
            let outlet = named || units[0].classes.contains(k.outlet) || heads_outlet(doc, &units[0], k);
            let listed = m.get("org").and_then(|r| self.listed_body(doc, &doc.sentences[s][r.start]));
            let name = match &listed {
                // What carries the news is named as it is written.
                Some(listed) if outlet => {
                    let written = unquoted(&self.body_name(doc, units, span, false));
                    names.outlets.push((listed.clone(), written.clone()));
                    written
                }
                Some(listed) if m.get("org").as_ref() == Some(&m.range) || rule.name.ends_with("quoted-name") => listed.clone(),
                _ => self.body_name(doc, units, span, rule.get("head").is_some()),
            };
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

    /// An outlet goes by the fullest form that the report gives it.
    pub(super) fn level_outlets(&self, doc: &mut Doc, names: &mut Names) {
        let fullest = |name: &str| {
            let (listed, _) = names.outlets.iter().find(|(_, written)| written == name)?;
            let forms = names.outlets.iter().filter(|(l, _)| l == listed).map(|(_, written)| written);
            forms.rev().max_by_key(|written| written.split(' ').count()).cloned()
        };
        for (_, name, _) in &mut names.bodies {
            if let Some(full) = fullest(name) {
                *name = full;
            }
        }
        for unit in doc.sentences.iter_mut().flatten() {
            if let Some(Thing::Named(ActorKind::Body, name)) = &mut unit.thing
                && let Some(full) = fullest(name)
            {
                *name = full;
            }
        }
    }

    /// Bodies that the report names otherwise than the lexicon: as written, and the common name.
    pub fn common_names(&self, doc: &Doc, names: &Names) -> Vec<(String, String)> {
        let outlets = names.outlets.iter().map(|(listed, written)| (written.clone(), listed.clone()));
        // With the article too, which a preposition may have hidden.
        let listed = names.bodies.iter().filter(|(_, name, _)| doc.language.lexicon().body(name).is_some());
        let bodies = listed.flat_map(|(span, name, _)| {
            let words = spaced(doc.slice(*span));
            [(definite(&words), name.clone()), (words, name.clone())]
        });
        let mut out: Vec<_> = outlets.chain(bodies).filter(|(written, listed)| written != listed).collect();
        out.sort();
        out.dedup();
        out
    }

    fn listed_body(&self, doc: &Doc, unit: &Unit) -> Option<String> {
        let (_, sense) = unit.senses.iter().find(|(_, s)| s.class == self.k.body.0 || s.class == self.k.outletname.0)?;
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

    /// Speakers whom the report does not name, by their phrase; persons with what describes them.
    pub(super) fn read_unnamed(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            let fits = self.unnamed.at(&row, at).filter(|(rule, _)| match rule.get("after") {
                Some(what) => self.after_verb(doc, s, at, what == "clause"),
                None => true,
            });
            // Of matches equally long the earlier rule's.
            if let Some((rule, m)) = fits.reduce(|a, b| if b.1.range.len() > a.1.range.len() { b } else { a }) {
                let units = &doc.sentences[s][m.range.clone()];
                let first = &units[0];
                let person = m.get("person").map(|r| &doc.sentences[s][r.start]);
                let mut set = ClassSet::from_iter([k.actor, k.word]);
                self.keep_clitics(first, &mut set);
                let (span, thing) = match person {
                    Some(person) => {
                        set.insert(k.person);
                        (person.span, person.thing.clone())
                    }
                    None => {
                        set.insert(k.unnamed);
                        let body = first.classes.contains(k.bodyhead);
                        let kind = if body { ActorKind::Body } else { ActorKind::Unnamed };
                        let mut span = self.without_name(names, units, stem(doc, units, &[k.unnamed, k.bodyhead]));
                        // The article is part of the phrase.
                        if ![k.and, k.ba, k.li].iter().any(|c| first.classes.contains(*c)) {
                            span.start = first.whole.start;
                        }
                        (span, Some(Thing::Named(kind, spaced(doc.slice(span)))))
                    }
                };
                names.taken.push((span, rule.name.clone()));
                row.splice(m.range.clone(), [set]);
                if let Some(thing) = thing {
                    doc.join(s, m.range, span, set, thing);
                }
            }
            at += 1;
        }
    }

    /// The words of a phrase without the name of the office holder that ends it (`maktab ra'is al-wuzara' X`).
    fn without_name(&self, names: &Names, units: &[Unit], span: Span) -> Span {
        let (first, last) = (&units[0], &units[units.len() - 1]);
        let titled = |o: &&super::OfficeFound| {
            last.whole.contains(o.span) && o.span.end <= last.span.start && first.whole.end <= o.span.start
        };
        match names.offices.iter().rev().find(titled) {
            Some(office) if last.classes.contains(self.k.person) => Span::new(span.start, office.span.end.max(span.start)),
            _ => span,
        }
    }

    /// Whether a finite verb of saying whose subject can follow stands right before a unit. Where a clause follows the unit, of any
    /// such verb; else of one that takes no object, unless the phrase is plainly in the nominative.
    fn after_verb(&self, doc: &Doc, s: usize, at: usize, clause: bool) -> bool {
        let k = &self.k;
        let units = &doc.sentences[s];
        let Some(verb) = units[..at].iter().rposition(|u| !u.classes.intersects(&self.between)) else { return false };
        let unit = &units[verb];
        let names = [k.actor, k.state, k.capital];
        let subject_before =
            verb > 0 && !unit.classes.contains(k.and) && names.iter().any(|c| units[verb - 1].classes.contains(*c));
        if subject_before {
            return false;
        }
        let nominative = fold(doc.slice(units[at].whole)).ends_with(PLURAL);
        let lexicon = doc.language.lexicon();
        unit.senses.iter().any(|(_, sense)| {
            let form = sense.form;
            let subject_follows = form.person == 3 && form.number == Number::Singular && !form.passive && !form.pronoun;
            // Of agreeing the same holds as of saying.
            if sense.class == k.agree.0 {
                let on = lexicon.labelled[sense.item as usize].more.split(' ').any(|f| f == "on");
                return subject_follows && (nominative || on);
            }
            let Some(saying) = lexicon.sayings.get(sense.item as usize).filter(|_| sense.class == k.say.0) else { return false };
            let object = saying.weak || saying.takes(Frame::Object) || saying.takes(Frame::Whom);
            let homograph = unit.classes.intersects(&self.nominal);
            subject_follows && (clause || nominative && !homograph || !object && !homograph)
        })
    }
}

/// The ending of the sound masculine plural in the nominative.
const PLURAL: &str = "\u{648}\u{646}";

/// A name without the quotation marks in it.
fn unquoted(name: &str) -> String {
    spaced(&name.replace(['"', '\u{ab}', '\u{bb}', '\u{201c}', '\u{201d}', '\u{201e}'], ""))
}

/// How many units of a definite head and what follows agree: a head that ends in ta marbuta takes adjectives in the feminine, and what
/// follows it else is no part of its name (`al-hukuma al-mujtama' al-duwali`: the government … the world).
fn agreeing(doc: &Doc, units: &[Unit], li: Class) -> usize {
    let ends = |u: &Unit, letters: &[char]| fold(doc.slice(u.whole)).ends_with(letters);
    if !ends(&units[0], &['\u{647}']) {
        return units.len();
    }
    let feminine = |u: &&Unit| ends(u, &['\u{647}', '\u{627}', '\u{64a}']);
    let agree = 1 + units[1..].iter().take_while(feminine).count();
    // What it is for follows its adjectives.
    if agree > 1 && units.get(agree).is_some_and(|u| u.classes.contains(li)) { units.len() } else { agree }
}

fn heads_outlet(doc: &Doc, unit: &Unit, k: &Classes) -> bool {
    unit.senses.iter().any(|(_, s)| {
        s.class == k.bodyhead.0 && matches!(doc.language.lexicon().body_heads[s.item as usize].kind.as_str(), "agency" | "outlet")
    })
}
