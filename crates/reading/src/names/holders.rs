//! Who holds what: offices beside names, of counterparts, told twice, or told without their state.

use super::{ARTICLE, NameReader, Names, OfficeFound, office_of, spaced};
use crate::findings::{ActorKind, ActorRef};
use crate::row::{Doc, Thing};
use crate::speakers::bare;
use musnad_language::names::{NameKey, block_keys, compare_keys, key, surname_keys};
use musnad_language::{Holder, Language, Number};
use musnad_pattern::Class;
use std::collections::{HashMap, HashSet};

impl NameReader {
    /// `NAME, OFFICE` and `OFFICE, NAME`: the office beside a name is the person's.
    pub(super) fn appositions(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let units = &doc.sentences[s];
        for i in 0..units.len() {
            let Some(Thing::Person(p)) = units[i].thing else { continue };
            let mut j = i + 1;
            let comma = units.get(j).is_some_and(|u| [k.comma, k.popen, k.dash].iter().any(|c| u.classes.contains(*c)));
            if comma {
                j += 1;
            }
            while units.get(j).is_some_and(|u| u.classes.contains(k.hon)) {
                j += 1;
            }
            let full = names.persons[p].key.len() > 1 && doc.slice(units[i].span).contains(' ');
            let untitled = !names.persons[p].offices.iter().any(|o| units[i].whole.contains(names.offices[*o].span));
            // One office may follow another; but what a conjunction begins is somebody else's.
            let first = j;
            while let Some(o) = units.get(j).and_then(office_of) {
                let person_follows = units.get(j + 1).is_some_and(|u| matches!(u.thing, Some(Thing::Person(_))));
                let office = &names.offices[o];
                let defined = office.of.is_some() || office.title.contains(' ');
                let fits = !office.held && office.post && office.number == Number::Singular && defined && !person_follows;
                if !fits
                    || units[j].classes.contains(k.and) && j == first
                    || !full
                    || !(comma || untitled || j > i + 1 || office.of.as_ref().is_some_and(|a| a.kind == ActorKind::Body))
                {
                    break;
                }
                names.offices[o].held = true;
                names.persons[p].offices.push(o);
                j += 1;
            }
        }
    }

    /// A counterpart holds the same office as the one who was named before, of another state.
    pub(super) fn counterparts(&self, names: &mut Names) {
        for p in 0..names.persons.len() {
            for i in 0..names.persons[p].offices.len() {
                let o = names.persons[p].offices[i];
                if names.offices[o].counterpart {
                    let at = names.offices[o].span.start;
                    let known = |x: &&OfficeFound| x.post && x.span.end <= at && (x.title.contains(' ') || x.of.is_some());
                    let held = |x: &&OfficeFound| known(x) && x.held && x.number == Number::Singular;
                    let before = names.offices.iter().rfind(held).or_else(|| names.offices.iter().rfind(known));
                    if let Some(title) = before.map(|x| x.title.clone()) {
                        names.offices[o].title = title;
                        names.offices[o].post = true;
                    }
                }
            }
            names.persons[p].offices.retain(|o| names.offices[*o].post);
        }
    }

    /// An office of several holders is each one's of the list that follows: `nawwab ra'is al-jumhuriyya (X, Y, Z)`.
    pub(super) fn lists(&self, doc: &Doc, names: &mut Names) {
        let k = &self.k;
        for units in &doc.sentences {
            for (i, unit) in units.iter().enumerate() {
                let several = |o: &usize| names.offices[*o].number != Number::Singular && names.offices[*o].post;
                let inside = |p: usize| {
                    names.persons[p].offices.iter().rev().copied().find(|o| unit.whole.contains(names.offices[*o].span))
                };
                let (office, mut at) = match unit.thing {
                    Some(Thing::Person(p)) => (inside(p).filter(several), i),
                    Some(Thing::Office(o)) if several(&o) => {
                        let leads =
                            |u: &&crate::row::Unit| [k.popen, k.colon, k.dash, k.comma].iter().any(|c| u.classes.contains(*c));
                        (Some(o), i + 1 + units.iter().skip(i + 1).take(2).take_while(leads).count())
                    }
                    _ => continue,
                };
                let Some(office) = office else { continue };
                let most = if names.offices[office].number == Number::Dual { 2 } else { usize::MAX };
                let mut nth = 0;
                while let Some(next) = units.get(at) {
                    let Some(Thing::Person(p)) = next.thing else { break };
                    let titled =
                        names.persons[p].offices.iter().any(|o| *o != office && next.whole.contains(names.offices[*o].span));
                    let listed = nth == 0 || next.classes.contains(k.and) || units[at - 1].classes.contains(k.comma);
                    if titled || !listed || nth == most {
                        break;
                    }
                    let found = &names.offices[office];
                    let of = found.each.get(nth).or(found.of.as_ref()).cloned();
                    let own = OfficeFound { of, number: Number::Singular, held: true, each: Vec::new(), ..found.clone() };
                    names.persons[p].offices.retain(|o| *o != office);
                    names.offices.push(own);
                    names.persons[p].offices.push(names.offices.len() - 1);
                    names.offices[office].held = true;
                    nth += 1;
                    at += 1;
                    if units.get(at).is_some_and(|u| u.classes.contains(k.comma)) {
                        at += 1;
                    }
                }
            }
        }
    }

    /// `His adviser`, `its leader`: of the state or body of whoever stands before in the sentence. Where a title completes
    /// another, that of its owner does: the president's adviser.
    pub(super) fn owners(&self, doc: &Doc, names: &mut Names) {
        for o in 0..names.offices.len() {
            if !names.offices[o].whose {
                continue;
            }
            let at = names.offices[o].span.start;
            let Some(units) = doc.sentences.iter().find(|s| s.last().is_some_and(|u| u.whole.end > at)) else { continue };
            let owner = units.iter().rev().filter(|u| u.whole.end <= at).find_map(|u| self.owner(doc, names, u));
            let Some((title, of)) = owner else { continue };
            let deputy = doc.language.senses(&names.offices[o].title).iter().any(|s| s.class == self.k.title_t.0);
            if let Some(t) = title.filter(|_| deputy && of.kind == ActorKind::State) {
                names.offices[o].title = format!("{} {t}", names.offices[o].title);
            }
            names.offices[o].of = Some(of);
        }
    }

    fn owner(&self, doc: &Doc, names: &Names, unit: &crate::row::Unit) -> Option<(Option<String>, ActorRef)> {
        let told = |o: &usize| Some((Some(names.offices[*o].title.clone()), names.offices[*o].of.clone()?));
        match &unit.thing {
            Some(Thing::Person(p)) => names.persons[*p].offices.iter().find_map(told),
            Some(Thing::Office(o)) => told(o),
            Some(Thing::Named(..)) => Some((None, self.of(doc, unit)?)),
            _ if [self.k.state, self.k.capital, self.k.adj].iter().any(|c| unit.classes.contains(*c)) => {
                Some((None, self.of(doc, unit)?))
            }
            _ => None,
        }
    }

    /// The same office of the same person told twice, once with its state: told once.
    pub(super) fn fill_states(&self, names: &mut Names) {
        for p in &mut names.persons {
            let offices = &names.offices;
            let bare = |t: &str| t.replace(ARTICLE, "");
            let told: Vec<usize> = p.offices.clone();
            let mut kept: Vec<usize> = Vec::new();
            for o in told.iter().copied() {
                let same = |x: &usize| *x != o && bare(&offices[*x].title) == bare(&offices[o].title);
                let fuller = offices[o].of.is_none() && told.iter().any(|x| same(x) && offices[*x].of.is_some());
                let again = kept.iter().any(|x| same(x) && offices[*x].of == offices[o].of);
                let vague = offices[o].of.is_none()
                    && !offices[o].title.contains(' ')
                    && told.len() > 1
                    && told.iter().any(|x| *x != o && bare(&offices[*x].title).starts_with(&bare(&offices[o].title)));
                if !fuller && !again && !vague {
                    kept.push(o);
                }
            }
            p.offices = kept;
        }
    }

    /// Where the report leaves no doubt whose minister an untold one is: its home state, that of its dateline, else the one that
    /// it names at least twice as often as any other, unless the same office of that state is held by somebody else.
    pub(super) fn home(&self, doc: &Doc, names: &mut Names) {
        let k = &self.k;
        let lexicon = doc.language.lexicon();
        let dateline = doc.sentences.iter().flatten().take(4).find_map(|u| {
            let sense = u.senses.iter().find(|(c, s)| s.class == k.capital.0 && c.bytes == 0)?;
            Some(lexicon.states[sense.1.item as usize].name.clone())
        });
        let mut count: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
        for unit in doc.sentences.iter().flatten() {
            let state = |class: Class| unit.senses.iter().find(|(_, s)| s.class == class.0).map(|(_, s)| s.item as usize);
            if let Some(i) = state(k.state).or_else(|| state(k.capital)).or_else(|| state(k.adj)) {
                *count.entry(i).or_default() += 1;
            }
        }
        let mut reports_home = dateline.clone();
        let mut ministries: Vec<(usize, String)> = Vec::new();
        for o in 0..names.offices.len() {
            let office = &names.offices[o];
            if let Some(of) = &office.of {
                if of.kind == ActorKind::Body && self.open(doc, &of.name) {
                    ministries.push((o, of.name.clone()));
                }
                continue;
            }
            let head = bare(&office.title);
            if !office.post || !office.held || !self.holders.of_states(&head) {
                continue;
            }
            let alike = |x: &&OfficeFound| bare(&x.title) == head && x.of.as_ref().is_some_and(|a| a.kind == ActorKind::State);
            let state = |x: &OfficeFound| x.of.as_ref().map(|a| a.name.clone());
            let taken: Vec<String> = names.offices.iter().filter(alike).filter(|x| x.held).filter_map(state).collect();
            // The same office told elsewhere with its state and without a name.
            let mut vacant: Vec<String> = names.offices.iter().filter(alike).filter(|x| !x.held).filter_map(state).collect();
            vacant.retain(|v| !taken.contains(v));
            vacant.sort();
            vacant.dedup();
            let mut ranked: Vec<(usize, &str)> = count.iter().map(|(i, n)| (*n, lexicon.states[*i].name.as_str())).collect();
            ranked.retain(|(_, s)| !taken.iter().any(|t| t == s));
            ranked.sort_by(|a, b| b.cmp(a));
            let clear = |r: &[(usize, &str)]| r.first().is_some_and(|f| f.0 >= 4 && r.get(1).is_none_or(|s| f.0 >= 2 * s.0));
            let holder =
                names.persons.iter().find(|p| p.offices.contains(&o)).and_then(|p| self.holders.state_of(doc.language, &p.name));
            let home = match (&dateline, &vacant[..]) {
                _ if holder.is_some() => holder.cloned(),
                (_, [one]) => Some(one.clone()),
                (Some(d), _) if !taken.contains(d) => Some(d.clone()),
                _ if clear(&ranked) => ranked.first().map(|(_, s)| s.to_string()),
                _ => None,
            };
            if let Some(name) = home {
                reports_home.get_or_insert(name.clone());
                names.offices[o].of = Some(ActorRef { name, kind: ActorKind::State });
            }
        }
        // A ministry or presidency without its state: the one named with its state before, else the home state's; «the committee»
        // and the like: the body of that kind named last.
        for (o, body) in ministries {
            let at = names.offices[o].span.start;
            let head = body.strip_prefix(ARTICLE).unwrap_or(&body);
            let longer = |n: &str, h: &str| n.strip_prefix(h).is_some_and(|r| r.starts_with(' '));
            let same = |n: &str| longer(n, head) || longer(n, &body);
            let fuller = names.bodies.iter().rev().find(|(s, n, _)| s.start < at && (same(n) || same(&spaced(doc.slice(*s)))));
            let of_home = || {
                let holder = names
                    .persons
                    .iter()
                    .find(|p| p.offices.contains(&o))
                    .and_then(|p| self.holders.state_of(doc.language, &p.name));
                let home = holder.or(reports_home.as_ref());
                let government = self.government(doc, &body);
                let state = lexicon.states.iter().find(|s| government && Some(&s.name) == home)?;
                // Their heads are feminine.
                Some(format!("{body} {ARTICLE}{}\u{629}", state.adjectives.first()?))
            };
            if let Some(name) = fuller.map(|(_, n, _)| n.clone()).or_else(of_home) {
                names.offices[o].of = Some(ActorRef { name, kind: ActorKind::Body });
            }
        }
    }

    /// Whether a name is one that every government has: a ministry's, or that of its presidency, without its state's.
    fn government(&self, doc: &Doc, name: &str) -> bool {
        let lexicon = doc.language.lexicon();
        let bare = name.strip_prefix(ARTICLE).unwrap_or(name);
        let heads = |kind: &'static str| {
            lexicon.body_heads.iter().filter(move |h| h.kind == kind).filter_map(|h| bare.strip_prefix(h.head.as_str()))
        };
        let has = |words: &str, class: Class| doc.language.senses(words.trim()).iter().any(|s| s.class == class.0);
        heads("ministry").any(|r| has(r, self.k.portfolio)) || heads("presidency").any(|r| r.is_empty() || has(r, self.k.common))
    }

    /// Whether a name leaves open which body of its kind it is.
    fn open(&self, doc: &Doc, name: &str) -> bool {
        let bare = name.strip_prefix(ARTICLE);
        self.government(doc, name)
            || bare.is_some_and(|b| !b.contains(' ') && doc.language.senses(b).iter().any(|s| s.class == self.k.bodyhead.0))
    }
}

/// Those who are known to hold or to have held an office (`holders.tsv`), found by their names.
pub(super) struct Holders {
    /// Of each holder the names, in full and by the last word, ready for comparison.
    keys: Vec<Vec<(NameKey, NameKey)>>,
    /// Holders by the blocks in which names meet.
    blocks: HashMap<u64, Vec<usize>>,
    /// Titles that states have, bare.
    of_states: HashSet<String>,
}

impl Holders {
    pub(super) fn new(language: &Language) -> Holders {
        let last = |name: &str| key(name.split_whitespace().next_back().unwrap_or(name));
        let of = |h: &Holder| h.names.iter().map(|n| (key(n), last(n))).collect::<Vec<_>>();
        let keys: Vec<_> = language.lexicon().holders.iter().map(of).collect();
        let mut blocks: HashMap<u64, Vec<usize>> = HashMap::new();
        for (i, names) in keys.iter().enumerate() {
            for block in names.iter().flat_map(|(full, last)| block_keys(full).into_iter().chain(surname_keys(last))) {
                let here = blocks.entry(block).or_default();
                if here.last() != Some(&i) {
                    here.push(i);
                }
            }
        }
        let titles = language.lexicon().titles.iter().filter(|t| t.takes.iter().any(|x| x == "state"));
        Holders { keys, blocks, of_states: titles.map(|t| bare(&t.title)).collect() }
    }

    /// Whether an office is such as states have: told by the first word of its title, bare.
    fn of_states(&self, bare_title: &str) -> bool {
        self.of_states.contains(bare_title.split(' ').next().unwrap_or_default())
    }

    /// The holders whom a name may mean: by their full names, or by the last word where no more is told. In order of the list.
    pub(super) fn named<'l>(&self, language: &'l Language, name: &str) -> Vec<&'l Holder> {
        let told = key(name);
        let short = name.split_whitespace().count() == 1;
        let blocks = if short { surname_keys(&told) } else { block_keys(&told) };
        let mut found: Vec<usize> = blocks.iter().filter_map(|b| self.blocks.get(b)).flatten().copied().collect();
        found.sort();
        found.dedup();
        let known = |(full, last): &(NameKey, NameKey)| compare_keys(if short { last } else { full }, &told).same;
        found.retain(|i| self.keys[*i].iter().any(known));
        found.into_iter().map(|i| &language.lexicon().holders[i]).collect()
    }

    /// The one state that somebody is known to have held an office of.
    fn state_of<'l>(&self, language: &'l Language, name: &str) -> Option<&'l String> {
        let known = self.named(language, name);
        let mut of = known.iter().map(|h| &h.of);
        let first = of.next()?;
        let state = language.lexicon().states.iter().any(|s| s.name == *first);
        (state && of.all(|o| o == first)).then_some(first)
    }
}

/// An office without its state, of somebody who is known to have held it then (`holders.tsv`): his state's or body's. Without a
/// day of publication whoever ever held it counts, if it was of one state alone.
pub(super) fn known_holders(holders: &Holders, language: &Language, published: Option<&str>, names: &mut Names) {
    let year = published.and_then(|p| p.get(..4)?.parse::<i16>().ok());
    for p in &names.persons {
        let untold: Vec<usize> = p.offices.iter().filter(|o| names.offices[**o].of.is_none()).copied().collect();
        let known = if untold.is_empty() { Vec::new() } else { holders.named(language, &p.name) };
        for o in untold {
            let title = bare(&names.offices[o].title);
            let held = |h: &&&Holder| {
                let known = bare(&h.title);
                // Adjectives may follow: the former president, the special envoy to.
                let more = title.strip_prefix(&known).is_some_and(|r| r.starts_with(' '))
                    && (known.contains(' ') || names.offices[o].title.starts_with(ARTICLE));
                known == title || more
            };
            // A year before and after: who is about to hold an office, or has just left it, still bears its title.
            let then = |h: &&&Holder| year.is_none_or(|y| y >= h.from && h.until.is_none_or(|u| y <= u + 1));
            let all = || known.iter().filter(held);
            let mut found: Vec<_> = all().filter(then).map(|h| (&h.of, h.of_state)).collect();
            // History keeps the titles of its men, if they are named in full.
            if found.is_empty() && p.key.len() > 1 {
                found = all().filter(|h| year.is_none_or(|y| y >= h.from)).map(|h| (&h.of, h.of_state)).collect();
            }
            found.sort();
            found.dedup();
            if let [(of, of_state)] = found[..] {
                let kind = if of_state { ActorKind::State } else { ActorKind::Body };
                names.offices[o].of = Some(ActorRef { name: of.clone(), kind });
            }
        }
    }
}

/// Several offices of one person are of one state, where but one tells it: `vice president and prime minister of …`.
pub(super) fn share_states(holders: &Holders, names: &mut Names) {
    for p in &names.persons {
        let state = |o: &usize| names.offices[*o].of.clone().filter(|a| a.kind == ActorKind::State);
        let Some(of) = p.offices.iter().find_map(state) else { continue };
        for o in &p.offices {
            let office = &mut names.offices[*o];
            if office.of.is_none() && office.post && holders.of_states(&bare(&office.title)) {
                office.of = Some(of.clone());
            }
        }
    }
}
