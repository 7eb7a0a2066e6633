//! Persons: names after titles or alone, and the short forms that go back to them.

use super::holders::Holders;
use super::{ARTICLE, NameReader, Names, OfficeFound, PersonFound, office_of, spaced, stem};
use crate::row::{Doc, Thing, Unit, classes};
use crate::speakers::bare;
use musnad_language::Number;
use musnad_pattern::ClassSet;
use musnad_tagger::Name;
use musnad_text::{Span, fold, without_clitics};
use std::ops::Range;

impl NameReader {
    pub(super) fn read_persons(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            let Some((rule, m)) = self.names.longest(doc, s, &row, at) else {
                at += 1;
                continue;
            };
            let rule = rule.name.clone();
            // What is called after somebody names nobody.
            let Some(r) = m.get("name") else {
                let units = &doc.sentences[s][m.range.clone()];
                names.taken.push((units[0].span.cover(units[units.len() - 1].whole), rule));
                at = m.range.end;
                continue;
            };
            let span = self.name_span(doc, &doc.sentences[s][r.clone()]);
            let mut offices: Vec<usize> =
                m.all("office").into_iter().filter_map(|r| office_of(&doc.sentences[s][r.start])).collect();
            // After a title of several, which a name seldom follows, an unknown word is none.
            let known = |r: &Range<usize>| doc.sentences[s][r.clone()].iter().any(|u| self.name_like(u));
            if offices.iter().any(|o| names.offices[*o].number == Number::Plural) && !known(&r) {
                at += 1;
                continue;
            }
            if let Some(r) = m.get("own") {
                offices.extend(self.shared(doc, s, m.range.start, r.start, names));
            }
            // `X, head of A and deputy of B Y`: what stands right behind X is his.
            let second = m.all("office").get(1).is_some_and(|r| doc.sentences[s][r.start].classes.contains(self.k.and));
            let before = at.checked_sub(1).map(|i| &doc.sentences[s][i]);
            if second && before.is_some_and(|u| matches!(u.thing, Some(Thing::Person(_))) && u.span == u.whole) {
                at += 1;
                continue;
            }
            names.taken.push((span, rule.clone()));
            if let [o] = offices[..]
                && let Some(inner) = inner_title(&self.holders, doc, &names.offices[o], doc.slice(span))
            {
                // The adviser of president X: the name is the president's, and the adviser whoever stands before.
                if let Some(Thing::Person(p)) = before.filter(|u| u.span == u.whole).and_then(|u| u.thing.clone()) {
                    names.offices[o].held = true;
                    names.persons[p].offices.push(o);
                }
                names.offices.push(inner);
                offices = vec![names.offices.len() - 1];
            }
            let person = self.person(doc, span, &offices, names, rule);
            for &o in &offices {
                names.offices[o].held = true;
                if names.offices[o].post || names.offices[o].counterpart {
                    names.persons[person].offices.push(o);
                }
            }
            let set = self.join_person(doc, s, m.range.clone(), span, person);
            row.splice(m.range, [set]);
            at += 1;
        }
    }

    /// `wazir al-kharijiyya al-amriki X wa-s-su'udi Y`: the second holds the first one's office, of his own state.
    fn shared(&self, doc: &Doc, s: usize, at: usize, adjective: usize, names: &mut Names) -> Option<usize> {
        let before = &doc.sentences[s][at.checked_sub(1)?];
        let Some(Thing::Person(p)) = before.thing else { return None };
        let first = names.offices[*names.persons[p].offices.last()?].clone();
        let unit = &doc.sentences[s][adjective];
        let of = self.of(doc, unit);
        names.offices.push(OfficeFound {
            of,
            untold: false,
            number: Number::Singular,
            span: unit.span,
            rule: "names.shared-title".into(),
            ..first
        });
        Some(names.offices.len() - 1)
    }

    pub(super) fn join_person(&self, doc: &mut Doc, s: usize, range: Range<usize>, span: Span, person: usize) -> ClassSet {
        let k = &self.k;
        let mut set = ClassSet::from_iter([k.person, k.actor, k.word]);
        let first = &doc.sentences[s][range.start];
        self.keep_clitics(first, &mut set);
        // What the lexicon could not part is parted now that the name is known.
        let glued = &doc.slice(Span::new(first.whole.start, span.start.max(first.whole.start)));
        for (letter, class) in [('\u{648}', k.and), ('\u{644}', k.li), ('\u{628}', k.ba)] {
            if glued.chars().count() <= 2 && glued.contains(letter) {
                set.insert(class);
            }
        }
        doc.join(s, range, span, set, Thing::Person(person));
        set
    }

    fn name_like(&self, unit: &Unit) -> bool {
        [self.k.given, self.k.surname].iter().any(|c| unit.classes.contains(*c))
    }

    /// The words of a name: its first unit without clitics, as far as the lexicon knows it as a name.
    fn name_span(&self, doc: &Doc, units: &[Unit]) -> Span {
        stem(doc, units, &[self.k.given, self.k.surname])
    }

    /// The person whom a name at `span` stands for: one of those found, or a new one.
    pub(super) fn person(&self, doc: &Doc, span: Span, offices: &[usize], names: &mut Names, rule: String) -> usize {
        let name = spaced(doc.slice(span));
        let key = name_key(&name);
        let title = |o: &usize| names.offices[*o].title.clone();
        let titles: Vec<String> = offices.iter().map(title).collect();
        let known = names.persons.iter().rposition(|p| {
            same_person(&p.key, &key)
                || (key.len() == 1
                    && p.key.len() > 1
                    && p.key[0] == key[0]
                    && p.offices.iter().any(|o| titles.contains(&names.offices[*o].title)))
        });
        match known {
            Some(i) => {
                let p = &mut names.persons[i];
                if key.len() > p.key.len() {
                    p.name = name;
                    p.key = key;
                }
                p.mentions.push(span);
                i
            }
            None => {
                names.persons.push(PersonFound { name, key, mentions: vec![span], offices: Vec::new(), rule });
                names.persons.len() - 1
            }
        }
    }

    /// A family name alone, wherever it stands, goes back to its person.
    pub(super) fn read_short_forms(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut at = 0;
        while at < doc.sentences[s].len() {
            let unit = &doc.sentences[s][at];
            let open = unit.thing.is_none() && unit.classes.contains(k.word);
            let likely = names.judged(unit.whole).iter().any(|j| j.name == Name::Person);
            let open = open
                && (likely
                    || (!unit.classes.contains(k.common) || unit.classes.contains(k.surname))
                        && !unit.classes.contains(k.p_on)
                        && !self.never_a_person(doc, unit.whole));
            // The name of a ruler inside that of his government.
            if unit.thing.is_none() && unit.tokens.len() > 1 && unit.classes.contains(k.state) {
                let last = doc.tokens[unit.tokens.end - 1].span;
                let key = name_key(doc.slice(last));
                if let Some(p) = names.persons.iter().rposition(|p| key.len() == 1 && p.key.last() == key.first()) {
                    names.persons[p].mentions.push(last);
                }
            }
            let found = open.then(|| self.short_form(doc, unit, names)).flatten();
            if let Some((person, span)) = found {
                names.persons[person].mentions.push(span);
                let (from, offices) = self.titles_before(doc, s, at, names);
                self.hold(names, person, offices);
                self.join_person(doc, s, from..at + 1, span, person);
                at = from;
            }
            at += 1;
        }
    }

    /// Titles and forms of address before a name belong to the same words: where they begin, and the offices that are nobody's yet.
    pub(super) fn titles_before(&self, doc: &Doc, s: usize, at: usize, names: &Names) -> (usize, Vec<usize>) {
        let mut from = at;
        let mut offices = Vec::new();
        while from > 0 {
            let before = &doc.sentences[s][from - 1];
            match office_of(before) {
                Some(o) if !names.offices[o].held => offices.push(o),
                _ if before.classes.contains(self.k.hon) => {}
                _ => break,
            }
            from -= 1;
        }
        (from, offices)
    }

    /// A person holds these offices.
    pub(super) fn hold(&self, names: &mut Names, person: usize, offices: Vec<usize>) {
        for o in offices {
            names.offices[o].held = true;
            if names.offices[o].post {
                names.persons[person].offices.push(o);
            }
        }
    }

    fn short_form(&self, doc: &Doc, unit: &Unit, names: &Names) -> Option<(usize, Span)> {
        let token = &doc.tokens[unit.tokens.start];
        if unit.tokens.len() > 1 {
            return None;
        }
        for clitics in musnad_text::splits(&token.folded) {
            let stem = &token.folded[clitics.bytes..];
            let with_article = clitics.article && clitics.preposition.is_none() && clitics.conjunction.is_none();
            for (i, p) in names.persons.iter().enumerate().rev() {
                let Some(last) = p.key.last() else { continue };
                let bare = level(stem);
                if bare.chars().count() < 3 || *last != bare {
                    continue;
                }
                // The article belongs to the name where the name has it.
                let bytes = if clitics.article { clitics.bytes - ARTICLE.len() } else { clitics.bytes };
                let has = p.name.split_whitespace().next_back().is_some_and(|w| fold(w).starts_with(ARTICLE));
                if clitics.article != has && with_article {
                    continue;
                }
                let keep = if has { bytes } else { clitics.bytes };
                return Some((i, without_clitics(doc.text.as_str(), token.span, keep)));
            }
        }
        None
    }
}

/// The office of whom a deputy serves, if the name behind is known to have held that one.
fn inner_title(holders: &Holders, doc: &Doc, office: &OfficeFound, name: &str) -> Option<OfficeFound> {
    let (_, inner) = office.title.split_once(' ').filter(|_| office.rule == "offices.deputy")?;
    let alike = |title: &str| bare(title) == bare(inner);
    let known = holders.named(doc.language, name).iter().any(|h| alike(&h.title));
    known.then(|| OfficeFound { title: inner.to_string(), ..office.clone() })
}

/// A folded word without its article.
fn level(word: &str) -> String {
    let f = fold(word);
    f.strip_prefix(ARTICLE).filter(|r| r.chars().count() > 2).unwrap_or(&f).to_string()
}

/// The words of a name, folded, without articles, compounds with `abd` and `abu` joined.
pub fn name_key(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut glue = String::new();
    for word in name.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()) {
        let f = fold(word);
        let f: String = f.chars().filter(|c| c.is_alphanumeric()).collect();
        if matches!(f.as_str(), "\u{639}\u{628}\u{62f}" | "\u{627}\u{628}\u{648}" | "\u{627}\u{628}\u{64a}") {
            glue = f;
        } else if !glue.is_empty() {
            out.push(format!("{}{f}", std::mem::take(&mut glue)));
        } else {
            out.push(level(&f));
        }
    }
    if !glue.is_empty() {
        out.push(glue);
    }
    out
}

/// Whether a shorter form goes back to a longer one: its words stand in it in order, with the same last word.
pub fn same_person(a: &[String], b: &[String]) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    // A chain of fathers may be cut short anywhere.
    let house = |w: &String| matches!(w.as_str(), "\u{628}\u{646}" | "\u{627}\u{628}\u{646}" | "\u{627}\u{644}");
    if short.len() > 2 && long.len() > short.len() && long.starts_with(short) && house(&long[short.len()]) {
        return true;
    }
    if short.is_empty() || long.last() != short.last() {
        return false;
    }
    // A son bears his father's whole name after his own.
    let bin = |w: &String| matches!(w.as_str(), "\u{628}\u{646}" | "\u{627}\u{628}\u{646}");
    if long.len() > short.len() && long.ends_with(short) {
        let before = &long[long.len() - short.len() - 1];
        if short.len() > 1 && bin(before) || short.len() > 2 && long[0] != short[0] && !long.iter().any(bin) {
            return false;
        }
    }
    let mut rest = long.iter();
    short.iter().all(|w| rest.any(|x| x == w))
}
