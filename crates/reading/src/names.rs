//! Who is named: bodies, offices, persons, and what of the report goes back to them.
//!
//! Three grammars run one after the other, each on what the one before has joined: `bodies`, `offices`, `names`.
//! Then the forms of one person are brought together, and shorter forms are looked for in the rest of the text.

use crate::findings::{ActorKind, ActorRef};
use crate::grammar::Grammar;
use crate::row::{Doc, Thing, Unit, classes};
use musnad_language::{Gender, Language, Number, Title};
use musnad_pattern::{Class, ClassSet, Match};
use musnad_text::{Span, fold, without_clitics};
use std::ops::Range;

/// The article, as it is written before a title whose clitics hid it.
const ARTICLE: &str = "\u{627}\u{644}";

/// An office as a place of the text gives it.
#[derive(Debug, Clone)]
pub struct OfficeFound {
    /// Without state or body, definite where the text has it so.
    pub title: String,
    /// Of which state or body.
    pub of: Option<ActorRef>,
    /// Its words.
    pub span: Span,
    /// Of a woman, where the title tells.
    pub gender: Gender,
    /// Of one, two or more holders.
    pub number: Number,
    /// A post; else an epithet.
    pub post: bool,
    /// The counterpart of somebody named before.
    pub counterpart: bool,
    /// Whether the words leave open of which state or body.
    pub untold: bool,
    /// Whether a name goes with it.
    pub held: bool,
    /// What found it.
    pub rule: String,
}

/// A person of the report.
#[derive(Debug, Clone)]
pub struct PersonFound {
    /// Fullest form.
    pub name: String,
    /// Words of the fullest form, levelled for comparison.
    pub key: Vec<String>,
    /// Where a name stands, and with which words.
    pub mentions: Vec<Span>,
    /// Indices into the offices found.
    pub offices: Vec<usize>,
    /// What found it first.
    pub rule: String,
}

/// All names of a report.
#[derive(Debug, Default)]
pub struct Names {
    /// Persons, in order of their first mention.
    pub persons: Vec<PersonFound>,
    /// Offices, in order of the text.
    pub offices: Vec<OfficeFound>,
    /// Bodies by name, with their words and what found them.
    pub bodies: Vec<(Span, String, String)>,
    /// Each rule that named a person, or a speaker without a name, with the words that it took.
    pub taken: Vec<(Span, String)>,
}

/// The grammars of names.
pub struct NameReader {
    bodies: Grammar,
    offices: Grammar,
    names: Grammar,
    unnamed: Grammar,
    k: Classes,
}

/// The classes that this step gives or asks for.
struct Classes {
    actor: Class,
    org: Class,
    outlet: Class,
    office: Class,
    person: Class,
    word: Class,
    given: Class,
    surname: Class,
    common: Class,
    state: Class,
    capital: Class,
    adj: Class,
    bodyadj: Class,
    body: Class,
    bodyhead: Class,
    portfolio: Class,
    title: Class,
    epithet: Class,
    comma: Class,
    date: Class,
    hon: Class,
    and: Class,
    li: Class,
    ba: Class,
    unnamed: Class,
    over: Class,
    pair: Class,
    def: Class,
    pronoun: Class,
    popen: Class,
    counterpart: Class,
}

impl Classes {
    fn new(l: &Language) -> Classes {
        let c = |n: &str| l.class(n);
        Classes {
            actor: c("ACTOR"),
            org: c("ORG"),
            outlet: c("OUTLET"),
            office: c("OFFICE"),
            person: c("PERSON"),
            word: c("WORD"),
            given: c("GIVEN"),
            surname: c("SURNAME"),
            common: c("COMMON"),
            state: c("STATE"),
            capital: c("CAPITAL"),
            adj: c("ADJ"),
            bodyadj: c("BODYADJ"),
            body: c("BODY"),
            bodyhead: c("BODYHEAD"),
            portfolio: c("PORTFOLIO"),
            title: c("TITLE"),
            epithet: c("EPITHET"),
            comma: c("COMMA"),
            date: c("DATE"),
            hon: c("HON"),
            and: c("AND"),
            li: c("LI"),
            ba: c("BA"),
            unnamed: c("UNNAMED"),
            over: c("OVER"),
            pair: c("PAIR"),
            def: c("DEF"),
            pronoun: c("PRONOUN"),
            popen: c("POPEN"),
            counterpart: c("COUNTERPART"),
        }
    }
}

impl NameReader {
    /// Compiles the grammars.
    pub fn new(language: &Language) -> NameReader {
        NameReader {
            bodies: Grammar::new(language, "bodies"),
            offices: Grammar::new(language, "offices"),
            names: Grammar::new(language, "names"),
            unnamed: Grammar::new(language, "unnamed"),
            k: Classes::new(language),
        }
    }

    /// Finds all names and joins their units in `doc`.
    pub fn read(&self, doc: &mut Doc) -> Names {
        let mut names = Names::default();
        for s in 0..doc.sentences.len() {
            // Link lines and the like name their own outlet: no news.
            if !doc.sentences[s].iter().take(3).any(|u| u.classes.contains(self.k.over)) {
                self.read_bodies(doc, s, &mut names);
            }
            self.read_offices(doc, s, &mut names);
        }
        for s in 0..doc.sentences.len() {
            self.read_persons(doc, s, &mut names);
        }
        for s in 0..doc.sentences.len() {
            self.read_short_forms(doc, s, &mut names);
            self.appositions(doc, s, &mut names);
        }
        self.counterparts(&mut names);
        self.fill_states(&mut names);
        self.home(doc, &mut names);
        for p in &mut names.persons {
            p.mentions.sort();
            p.mentions.dedup();
        }
        for s in 0..doc.sentences.len() {
            self.read_unnamed(doc, s, &mut names);
        }
        self.mark_states(doc);
        names
    }

    /// Speakers whom the report does not name, by their phrase.
    fn read_unnamed(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            if let Some((rule, m)) = self.unnamed.longest(&row, at) {
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

    fn read_bodies(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            let Some((rule, m)) = self.bodies.longest(&row, at) else {
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

    fn read_offices(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            let Some((rule, m)) = self.offices.longest(&row, at) else {
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
        let former = (m.range.start..m.range.end).filter(|i| {
            units[*i].classes.contains(doc.language.class("FORMER")) && !m.all("title").iter().any(|t| t.contains(i))
        });
        let former: Vec<&str> = former.map(|i| doc.slice(units[i].whole)).collect();
        let sense = first.senses.iter().find(|(_, x)| heads.iter().any(|h| h.0 == x.class)).map(|(_, x)| *x);
        let mut title = words.join(" ");
        for f in former.iter().filter(|f| is_former(f)) {
            title = format!("{title} {f}");
        }
        OfficeFound {
            title,
            of: of.clone(),
            span: stem(doc, &units[m.range.clone()], &heads),
            gender: sense.map_or(Gender::Both, |x| x.form.gender),
            number: sense.map_or(Number::Singular, |x| x.form.number),
            post: sense.is_none_or(|x| x.class != k.epithet.0) && !first.classes.contains(k.counterpart),
            counterpart: first.classes.contains(k.counterpart),
            untold: of.is_none(),
            held: false,
            rule,
        }
    }

    fn portfolio(&self, doc: &Doc, unit: &Unit) -> String {
        let sense = unit.senses.iter().find(|(_, s)| s.class == self.k.portfolio.0);
        sense.map_or_else(|| doc.slice(unit.span).into(), |(_, s)| doc.language.lexicon().labelled[s.item as usize].label.clone())
    }

    /// What a unit names as the state or body of an office.
    fn of(&self, doc: &Doc, unit: &Unit) -> Option<ActorRef> {
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

    fn read_persons(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let mut row = classes(&doc.sentences[s]);
        let mut at = 0;
        while at < row.len() {
            let Some((rule, m)) = self.names.longest(&row, at) else {
                at += 1;
                continue;
            };
            let rule = rule.name.clone();
            let Some(r) = m.get("name") else {
                at += 1;
                continue;
            };
            let span = self.name_span(doc, &doc.sentences[s][r]);
            names.taken.push((span, rule.clone()));
            let offices: Vec<usize> = m.all("office").into_iter().filter_map(|r| office_of(&doc.sentences[s][r.start])).collect();
            let mut offices = offices;
            if let Some(r) = m.get("own") {
                offices.extend(self.shared(doc, s, m.range.start, r.start, names));
            }
            let person = self.person(doc, span, &offices, names, rule);
            for &o in &offices {
                names.offices[o].held = true;
                let one = names.offices[o].number == Number::Singular;
                if one && (names.offices[o].post || names.offices[o].counterpart) {
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
        names.offices.push(OfficeFound { of, untold: false, span: unit.span, rule: "names.shared-title".into(), ..first });
        Some(names.offices.len() - 1)
    }

    fn join_person(&self, doc: &mut Doc, s: usize, range: Range<usize>, span: Span, person: usize) -> ClassSet {
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

    fn keep_clitics(&self, first: &Unit, set: &mut ClassSet) {
        for c in [self.k.and, self.k.li, self.k.ba] {
            if first.classes.contains(c) {
                set.insert(c);
            }
        }
    }

    /// The words of a name: its first unit without clitics, as far as the lexicon knows it as a name.
    fn name_span(&self, doc: &Doc, units: &[Unit]) -> Span {
        stem(doc, units, &[self.k.given, self.k.surname])
    }

    /// The person whom a name at `span` stands for: one of those found, or a new one.
    fn person(&self, doc: &Doc, span: Span, offices: &[usize], names: &mut Names, rule: String) -> usize {
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
    fn read_short_forms(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let mut at = 0;
        while at < doc.sentences[s].len() {
            let unit = &doc.sentences[s][at];
            let open = unit.thing.is_none() && unit.classes.contains(k.word);
            let open = open && (!unit.classes.contains(k.common) || unit.classes.contains(k.surname));
            let found = open.then(|| self.short_form(doc, unit, names)).flatten();
            if let Some((person, span)) = found {
                names.persons[person].mentions.push(span);
                // A title or form of address before it belongs to the same words.
                let mut from = at;
                let mut offices = Vec::new();
                while from > 0 {
                    let before = &doc.sentences[s][from - 1];
                    match office_of(before) {
                        Some(o) if !names.offices[o].held => offices.push(o),
                        _ if before.classes.contains(k.hon) => {}
                        _ => break,
                    }
                    from -= 1;
                }
                for o in offices {
                    names.offices[o].held = true;
                    if names.offices[o].post {
                        names.persons[person].offices.push(o);
                    }
                }
                self.join_person(doc, s, from..at + 1, span, person);
                at = from;
            }
            at += 1;
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

    /// `NAME, OFFICE` and `OFFICE, NAME`: the office beside a name is the person's.
    fn appositions(&self, doc: &mut Doc, s: usize, names: &mut Names) {
        let k = &self.k;
        let units = &doc.sentences[s];
        for i in 0..units.len() {
            let Some(Thing::Person(p)) = units[i].thing else { continue };
            let mut j = i + 1;
            let comma = units.get(j).is_some_and(|u| u.classes.contains(k.comma) || u.classes.contains(k.popen));
            if comma {
                j += 1;
            }
            while units.get(j).is_some_and(|u| u.classes.contains(k.hon)) {
                j += 1;
            }
            let full = names.persons[p].key.len() > 1 && doc.slice(units[i].span).contains(' ');
            let untitled = !names.persons[p].offices.iter().any(|o| units[i].whole.contains(names.offices[*o].span));
            // One office may follow another.
            while let Some(o) = units.get(j).and_then(office_of) {
                let person_follows = units.get(j + 1).is_some_and(|u| matches!(u.thing, Some(Thing::Person(_))));
                let office = &names.offices[o];
                let defined = office.of.is_some() || office.title.contains(' ');
                let fits = !office.held && office.post && office.number == Number::Singular && defined && !person_follows;
                if !fits || units[j].classes.contains(k.and) && j == i + 1 || !full || !(comma || untitled || j > i + 1) {
                    break;
                }
                names.offices[o].held = true;
                names.persons[p].offices.push(o);
                j += 1;
            }
        }
    }

    /// A counterpart holds the same office as the one who was named before, of another state.
    fn counterparts(&self, names: &mut Names) {
        for p in 0..names.persons.len() {
            for i in 0..names.persons[p].offices.len() {
                let o = names.persons[p].offices[i];
                if names.offices[o].counterpart {
                    let at = names.offices[o].span.start;
                    let known = |x: &&OfficeFound| x.post && x.span.end <= at && (x.title.contains(' ') || x.of.is_some());
                    let before = names.offices.iter().rfind(known);
                    if let Some(title) = before.map(|x| x.title.clone()) {
                        names.offices[o].title = title;
                        names.offices[o].post = true;
                    }
                }
            }
            names.persons[p].offices.retain(|o| names.offices[*o].post);
        }
    }

    /// The same office of the same person told twice, once with its state: told once.
    fn fill_states(&self, names: &mut Names) {
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
    fn home(&self, doc: &Doc, names: &mut Names) {
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
        let bare = crate::speakers::bare;
        let mut reports_home = dateline.clone();
        let mut ministries: Vec<(usize, String)> = Vec::new();
        for o in 0..names.offices.len() {
            let office = &names.offices[o];
            if let Some(of) = &office.of {
                if self.ministry_without_state(doc, &of.name) {
                    ministries.push((o, of.name.clone()));
                }
                continue;
            }
            let head = bare(&office.title);
            let of_states = |t: &&Title| head.split(' ').next() == Some(&bare(&t.title)) && t.takes.iter().any(|x| x == "state");
            if !office.post || !office.held || !lexicon.titles.iter().any(|t| of_states(&t)) {
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
            let home = match (&dateline, &vacant[..]) {
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
        // A ministry without its state: the one named with its state before, else the home state's.
        for (o, ministry) in ministries {
            let at = names.offices[o].span.start;
            // «The ministry» alone goes back to the one named before, never to the home state's.
            let head = ministry.strip_prefix(ARTICLE).unwrap_or(&ministry);
            let alone = !head.contains(' ');
            let fuller =
                names.bodies.iter().rev().find(|(s, n, _)| s.start < at && n.len() > ministry.len() && n.starts_with(head));
            let of_home = || {
                let state = lexicon.states.iter().find(|s| !alone && Some(&s.name) == reports_home.as_ref())?;
                Some(format!("{ministry} {ARTICLE}{}\u{629}", state.adjectives.first()?))
            };
            if let Some(name) = fuller.map(|(_, n, _)| n.clone()).or_else(of_home) {
                names.offices[o].of = Some(ActorRef { name, kind: ActorKind::Body });
            }
        }
    }

    /// Whether a name is a ministry's without its state's.
    fn ministry_without_state(&self, doc: &Doc, name: &str) -> bool {
        let lexicon = doc.language.lexicon();
        let bare = name.strip_prefix(ARTICLE).unwrap_or(name);
        let rest = lexicon.body_heads.iter().filter(|h| h.kind == "ministry").find_map(|h| bare.strip_prefix(h.head.as_str()));
        rest.is_some_and(|r| r.is_empty() || doc.language.senses(r.trim()).iter().any(|s| s.class == self.k.portfolio.0))
    }

    /// States, capitals and what is left of bodies become things that can act.
    fn mark_states(&self, doc: &mut Doc) {
        let k = &self.k;
        let lexicon = doc.language.lexicon();
        for unit in doc.sentences.iter_mut().flatten() {
            if unit.thing.is_some() || unit.classes.contains(k.date) {
                continue;
            }
            let find = |class: Class| unit.senses.iter().find(|(_, s)| s.class == class.0);
            if let Some((c, s)) = find(k.state).or_else(|| find(k.capital)) {
                unit.span = without_clitics(doc.text.as_str(), unit.whole, c.bytes);
                let name = lexicon.states[s.item as usize].name.clone();
                unit.thing = Some(Thing::Named(ActorKind::State, name));
                unit.classes.insert(k.actor);
            } else if unit.classes.contains(k.pair) {
                unit.classes.insert(k.actor);
            }
        }
    }
}

fn heads_outlet(doc: &Doc, unit: &Unit, k: &Classes) -> bool {
    unit.senses.iter().any(|(_, s)| {
        s.class == k.bodyhead.0 && matches!(doc.language.lexicon().body_heads[s.item as usize].kind.as_str(), "agency" | "outlet")
    })
}

/// The office that a unit is, if it is one.
pub fn office_of(unit: &Unit) -> Option<usize> {
    match unit.thing {
        Some(Thing::Office(o)) => Some(o),
        _ => None,
    }
}

/// The words of some units, without the clitics of the first as its reading in one of `preferred` parts them.
fn stem(doc: &Doc, units: &[Unit], preferred: &[Class]) -> Span {
    let (first, last) = (&units[0], &units[units.len() - 1]);
    if first.thing.is_some() {
        return first.span.cover(last.whole);
    }
    let by_class = first.senses.iter().filter(|(_, s)| preferred.iter().any(|c| c.0 == s.class));
    let Some((c, _)) = by_class.min_by_key(|(c, _)| c.bytes) else { return first.span.cover(last.whole) };
    let bytes = if c.article { c.bytes - if c.preposition == Some('\u{644}') { 0 } else { ARTICLE.len() } } else { c.bytes };
    without_clitics(doc.text.as_str(), doc.tokens[first.tokens.start].span, bytes)
        .cover(Span::new(last.whole.end, last.whole.end))
}

fn article(unit: &Unit, preferred: &[Class]) -> bool {
    unit.senses.iter().any(|(c, s)| preferred.iter().any(|p| p.0 == s.class) && c.article)
}

/// White space and the signs of hashtags levelled to single spaces.
pub fn spaced(s: &str) -> String {
    s.split(|c: char| c.is_whitespace() || matches!(c, '#' | '_')).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_former(word: &str) -> bool {
    let w = fold(word);
    // al-sabiq(a), al-asbaq(a): only these are part of the office's name.
    ["\u{627}\u{644}\u{633}\u{627}\u{628}\u{642}", "\u{627}\u{644}\u{627}\u{633}\u{628}\u{642}"].iter().any(|f| w.starts_with(f))
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
    if short.is_empty() || long.last() != short.last() {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|w| rest.any(|x| x == w))
}
