//! Who is meant: units that name, describe or leave out a speaker, brought back to the actors of the report.

use crate::findings::{ActorKind, ActorRef};
use crate::names::{Names, OfficeFound, spaced};
use crate::row::{Doc, Thing, Unit};
use musnad_language::{Gender, Number};
use musnad_pattern::Class;
use musnad_text::{Span, fold};
use std::collections::HashSet;

/// What a verb or participle says of its subject.
#[derive(Debug, Clone, Copy)]
pub struct Agreement {
    /// Gender.
    pub gender: Gender,
    /// Number.
    pub number: Number,
}

/// Resolves actors of one report, remembering who spoke last.
pub struct Speakers<'a, 'l> {
    doc: &'a Doc<'l>,
    names: &'a Names,
    spoke: Vec<((usize, usize), Vec<ActorRef>)>,
    /// Who spoke within what another says.
    within: Vec<((usize, usize), Vec<ActorRef>)>,
    /// Persons whom a title or a verb tells to be women, by index.
    women: HashSet<usize>,
    unnamed: Class,
    outlet: Class,
    document: Class,
    spokes: Class,
    actor: Class,
    pair: Class,
    bodyhead: Class,
    governors: Vec<Class>,
    nouns: Vec<Class>,
    verbs: Vec<Class>,
    relative: Class,
    comp: Class,
    def: Class,
    latter: Class,
    therein: Class,
    turn: Class,
    comma: Class,
    particle: Class,
    say: Class,
    saynoun: Class,
    li: Class,
    ba: Class,
    and: Class,
    tmarbuta: char,
}

impl<'a, 'l> Speakers<'a, 'l> {
    /// For one report.
    pub fn new(doc: &'a Doc<'l>, names: &'a Names) -> Self {
        let c = |n: &str| doc.language.class(n);
        let all = |n: &[&str]| n.iter().map(|n| c(n)).collect();
        Speakers {
            doc,
            names,
            spoke: Vec::new(),
            within: Vec::new(),
            women: women(doc, names),
            unnamed: c("UNNAMED"),
            outlet: c("OUTLET"),
            document: c("DOCUMENT"),
            spokes: c("SPOKES"),
            actor: c("ACTOR"),
            pair: c("PAIR"),
            bodyhead: c("BODYHEAD"),
            governors: all(&["P_ON", "P_TO", "P_ABOUT", "P_FROM", "P_IN", "P_WITH", "BETWEEN", "PREP", "IN_NAME", "LETTER"]),
            nouns: all(&["COMMON", "MEETING", "SAYNOUN", "BODYHEAD", "INSTRUMENT", "QUANTIFIER"]),
            verbs: all(&["SAY", "VERB", "MEETVERB", "AGREEVERB"]),
            relative: c("RELATIVE"),
            comp: c("COMP"),
            def: c("DEF"),
            latter: c("LATTER"),
            therein: c("THEREIN"),
            turn: c("TURN"),
            comma: c("COMMA"),
            particle: c("PARTICLE"),
            say: c("SAY"),
            saynoun: c("SAYNOUN"),
            li: c("LI"),
            ba: c("BA"),
            and: c("AND"),
            tmarbuta: '\u{647}',
        }
    }

    /// The actors that some units name, in order, each once.
    pub fn named(&self, units: &[&Unit]) -> Vec<ActorRef> {
        let mut out: Vec<ActorRef> = Vec::new();
        for a in units.iter().flat_map(|u| self.thing(u)) {
            if !out.contains(&a) {
                out.push(a);
            }
        }
        out
    }

    /// Whom one unit stands for.
    pub fn thing(&self, unit: &Unit) -> Vec<ActorRef> {
        match &unit.thing {
            Some(Thing::Person(p)) => vec![self.person(*p)],
            Some(Thing::Office(o)) => {
                let office = &self.names.offices[*o];
                match &office.of {
                    // The ministers of an organisation stand for it.
                    Some(of) if office.number == Number::Plural => vec![of.clone()],
                    _ => self.office(office),
                }
            }
            Some(Thing::Named(_, name))
                if unit.classes.contains(self.unnamed)
                    && let Some(body) = self.by_portfolio(name, unit.span.start) =>
            {
                vec![body]
            }
            Some(Thing::Named(ActorKind::Unnamed, name)) => {
                self.unnamed(name, unit.senses.iter().any(|(_, s)| s.class == self.unnamed.0))
            }
            Some(Thing::Named(ActorKind::Body, name)) if unit.classes.contains(self.outlet) && name.starts_with(ARTICLE) => {
                self.outlet_again(name)
            }
            Some(Thing::Named(kind, name)) => vec![ActorRef { name: name.clone(), kind: *kind }],
            _ if unit.classes.contains(self.pair) => self.pair(unit),
            _ if unit.classes.contains(self.bodyhead) => self.recalled(unit),
            _ => Vec::new(),
        }
    }

    /// A person of the report.
    pub fn person(&self, index: usize) -> ActorRef {
        ActorRef { name: self.names.persons[index].name.clone(), kind: ActorKind::Person }
    }

    /// The holder of an office that stands without a name: the one last mentioned before it, else its words.
    fn office(&self, office: &OfficeFound) -> Vec<ActorRef> {
        let at = office.span.start;
        let title = bare(&office.title);
        let head = title.split(' ').next().unwrap_or("").to_string();
        let fits = |o: &OfficeFound| {
            let t = bare(&o.title);
            let of = office.of.is_none() || o.of.is_none() || same_of(o, office);
            let strictly = t == title && of;
            let described = of && t.split(' ').next() == Some(&head) && !title.contains(' ');
            let epithet = !office.post && office.of.is_some() && same_of(o, office);
            strictly || described || epithet
        };
        let mut best: Option<((bool, usize), usize)> = None;
        for (i, p) in self.names.persons.iter().enumerate() {
            if !p.offices.iter().any(|o| fits(&self.names.offices[*o])) {
                continue;
            }
            let last = p.mentions.iter().filter(|m| m.start <= at).map(|m| m.start).max();
            let first_after = p.mentions.iter().map(|m| m.start).min().unwrap_or(usize::MAX);
            // A title without its state is that of the one who was named without it.
            let alike = office.untold && p.offices.iter().any(|o| self.names.offices[*o].untold && fits(&self.names.offices[*o]));
            let exactly = office.of.is_some()
                && p.offices.iter().any(|o| same_of(&self.names.offices[*o], office) && fits(&self.names.offices[*o]));
            let rank = (exactly || alike, last.map_or(usize::MAX - first_after, |l| l + usize::MAX / 2));
            if best.is_none_or(|(r, _)| rank > r) {
                best = Some((rank, i));
            }
        }
        // Whoever spoke last is meant before others by a title alone.
        if office.of.is_none()
            && let Some((_, who)) = self.spoke.last()
            && let Some(i) =
                self.names.persons.iter().position(|p| who.iter().any(|w| w.name == p.name && w.kind == ActorKind::Person))
            && self.names.persons[i].offices.iter().any(|o| fits(&self.names.offices[*o]))
            && !office.counterpart
        {
            return vec![self.person(i)];
        }
        match best {
            Some((_, i)) => vec![self.person(i)],
            // A counterpart whom the report does not name stands for his state.
            None if office.counterpart && office.of.is_some() => office.of.iter().cloned().collect(),
            None if !office.post && office.of.is_none() => self.unnamed(&spaced(self.doc.slice(office.span)), false),
            None => vec![ActorRef { name: spaced(self.doc.slice(office.span)), kind: ActorKind::Unnamed }],
        }
    }

    /// A body by its head alone («the ministry»): the last one named with it, else the words.
    fn recalled(&self, unit: &Unit) -> Vec<ActorRef> {
        let name = self.written_out(unit).unwrap_or_else(|| spaced(self.doc.slice(unit.whole)));
        vec![ActorRef { name, kind: ActorKind::Body }]
    }

    /// The body named before by the head of a unit with what defines it.
    fn written_out(&self, unit: &Unit) -> Option<String> {
        let head = bare(self.doc.slice(unit.span));
        let named = self.names.bodies.iter().rev().filter(|(span, _, _)| span.start < unit.span.start);
        let mut named = named.filter(|(span, _, _)| {
            let mut words = self.doc.slice(*span).split_whitespace();
            words.next().is_some_and(|w| bare(w) == head) && words.next().is_some()
        });
        named.next().map(|(_, name, _)| name.clone())
    }

    /// A body by what it is the body of (`al-kharijiya`): the last one named before whose name has that word after its head.
    fn by_portfolio(&self, word: &str, at: usize) -> Option<ActorRef> {
        if !word.starts_with(ARTICLE) || word.contains(' ') {
            return None;
        }
        let named = self.names.bodies.iter().rev().filter(|(span, _, _)| span.start < at);
        let mut named = named.filter(|(_, name, _)| name.split(' ').skip(1).any(|w| w == word));
        named.next().map(|(_, name, _)| ActorRef { name: name.clone(), kind: ActorKind::Body })
    }

    /// A speaker without a name: `the source`, `the Iranian sources` are those who spoke before.
    fn unnamed(&self, phrase: &str, source: bool) -> Vec<ActorRef> {
        let words = |p: &str| p.split(' ').map(levelled).collect::<Vec<_>>();
        let definite = phrase.split(' ').all(|w| fold(w).starts_with(ARTICLE));
        let told = words(phrase);
        let same = |a: &&ActorRef| {
            let known = words(&a.name);
            a.kind == ActorKind::Unnamed && told.iter().all(|w| known.contains(w))
        };
        let spoke = || self.spoke.iter().rev().flat_map(|(_, w)| w).filter(|_| definite);
        // By one word alone whoever spoke last may be meant: a person by what he is, anybody else as the source.
        let last = || self.spoke.last().filter(|(_, w)| definite && told.len() == 1 && w.len() == 1).map(|(_, w)| &w[0]);
        let last = || last().filter(|a| a.kind == ActorKind::Unnamed || source == (a.kind == ActorKind::Body));
        let known = spoke().find(same).or_else(last);
        vec![known.cloned().unwrap_or(ActorRef { name: phrase.to_string(), kind: ActorKind::Unnamed })]
    }

    /// An outlet by its kind alone (`the official agency`): the one that spoke last.
    fn outlet_again(&self, name: &str) -> Vec<ActorRef> {
        let head = bare(name.split(' ').next().unwrap_or(""));
        let spoke = self.spoke.iter().rev().flat_map(|(_, w)| w);
        let known =
            spoke.filter(|a| a.kind == ActorKind::Body).find(|a| a.name.split(' ').next().is_some_and(|w| bare(w) == head));
        vec![known.cloned().unwrap_or(ActorRef { name: name.to_string(), kind: ActorKind::Body })]
    }

    /// The two sides, the two ministers.
    fn pair(&self, unit: &Unit) -> Vec<ActorRef> {
        let lexicon = self.doc.language.lexicon();
        let note = unit
            .senses
            .iter()
            .find(|(_, s)| s.class == self.pair.0)
            .map(|(_, s)| lexicon.labelled[s.item as usize].more.as_str());
        let at = unit.span.start;
        let two = self.officials(at);
        if note == Some("persons") {
            // The two presidents are presidents, whoever else was named after them.
            let word = bare(self.doc.slice(unit.span));
            let title: String = word.chars().take(word.chars().count().saturating_sub(2)).collect();
            let holds = |i: &usize| {
                let mut offices = self.names.persons[*i].offices.iter();
                offices.any(|o| bare(&self.names.offices[*o].title).split(' ').next() == Some(title.as_str()))
            };
            let mut two: Vec<usize> = self.officials_by_last(at).into_iter().filter(holds).take(2).collect();
            two.sort();
            return if two.len() == 2 { two.into_iter().map(|i| self.person(i)).collect() } else { self.both(at) };
        }
        self.states_of(&two, at)
    }

    /// The two officials of states named last before a place of the text.
    fn officials(&self, at: usize) -> Vec<usize> {
        self.officials_by_last(at).into_iter().take(2).collect()
    }

    /// The officials of states named before a place, the last one first.
    fn officials_by_last(&self, at: usize) -> Vec<usize> {
        let mut persons: Vec<(usize, usize)> = Vec::new();
        for (i, p) in self.names.persons.iter().enumerate() {
            let office = |o: &usize| self.names.offices[*o].of.as_ref().is_some_and(|a| a.kind == ActorKind::State);
            if p.offices.iter().any(office)
                && let Some(last) = p.mentions.iter().filter(|m| m.start < at).map(|m| m.start).max()
            {
                persons.push((last, i));
            }
        }
        persons.sort_by_key(|(last, _)| std::cmp::Reverse(*last));
        persons.iter().map(|(_, i)| *i).collect()
    }

    /// The two officials named last before a place of the text, in order of the report.
    pub fn both(&self, at: usize) -> Vec<ActorRef> {
        let mut two = self.officials(at);
        two.sort();
        two.into_iter().map(|i| self.person(i)).collect()
    }

    /// Who holds for `state` the office that `before` names; the state itself if the report names nobody.
    pub fn colleague(&self, before: Option<&Unit>, state: &str) -> Vec<ActorRef> {
        let title = match before.and_then(|u| u.thing.as_ref()) {
            Some(Thing::Office(o)) => bare(&self.names.offices[*o].title),
            _ => String::new(),
        };
        let fits =
            |o: &&OfficeFound| o.of.as_ref().is_some_and(|a| a.name == state) && (title.is_empty() || bare(&o.title) == title);
        let who = self.names.persons.iter().position(|p| p.offices.iter().any(|o| fits(&&self.names.offices[*o])));
        vec![who.map_or_else(|| ActorRef { name: state.to_string(), kind: ActorKind::State }, |i| self.person(i))]
    }

    /// The two sides at a place of the text: the states of the two officials named last, else the states named first.
    pub fn sides(&self, at: usize) -> Vec<ActorRef> {
        let two = self.officials(at);
        self.states_of(&two, at)
    }

    fn states_of(&self, two: &[usize], at: usize) -> Vec<ActorRef> {
        let mut states: Vec<ActorRef> = Vec::new();
        let mut add = |a: &ActorRef| {
            if !states.contains(a) && states.len() < 2 {
                states.push(a.clone());
            }
        };
        for i in two {
            let of = self.names.persons[*i].offices.iter().find_map(|o| self.names.offices[*o].of.clone());
            of.iter().filter(|a| a.kind == ActorKind::State).for_each(&mut add);
        }
        for u in self.doc.sentences.iter().flatten().filter(|u| u.span.start < at) {
            if let Some(Thing::Named(ActorKind::State, name)) = &u.thing {
                add(&ActorRef { name: name.clone(), kind: ActorKind::State });
            }
        }
        states
    }

    /// The speaker where a cue tells none: the subject of its sentence, else whoever spoke last.
    pub fn carried(&self, sentence: usize, unit: usize, agreement: Agreement, participle: bool) -> Vec<ActorRef> {
        let units = &self.doc.sentences[sentence];
        let antecedent = self.antecedent(sentence, unit);
        if !antecedent.is_empty() {
            return antecedent;
        }
        // `lakinna l-akhir qala`: whoever was named last.
        let latter = [unit.checked_sub(1), Some(unit + 1)].into_iter().flatten().filter_map(|i| Some((i, units.get(i)?)));
        if let Some((at, _)) = latter.into_iter().find(|(i, u)| {
            let alone =
                *i == 0 || [self.turn, self.comma, self.particle, self.say].iter().any(|c| units[i - 1].classes.contains(*c));
            u.classes.contains(self.latter) && alone
        }) {
            let who = (sentence.saturating_sub(1)..=sentence)
                .rev()
                .map(|s| self.nearest_agreeing(s, if s == sentence { at } else { self.doc.sentences[s].len() }, agreement));
            if let Some(who) = { who }.find(|w| !w.is_empty()) {
                return who;
            }
        }
        // `fi tadwina li-X, haythu qala`, `khitab li-X qala fihi`: whoever wrote or spoke what was named before.
        let therein = units.get(unit + 1).is_some_and(|u| u.classes.contains(self.therein));
        let thus = unit > 0 && units[unit - 1].classes.contains(self.turn);
        if (therein || thus)
            && let Some(who) = self.author(sentence, unit)
            && self.agrees(&who, agreement)
        {
            return who;
        }
        // A statement by its name alone (`the statement adds`): the body's that gave it.
        if units.get(unit + 1).is_some_and(|u| u.classes.contains(self.document))
            && let Some((_, who)) = self.spoke.iter().rev().find(|(_, w)| w.iter().all(|a| a.kind != ActorKind::Person))
        {
            return who.clone();
        }
        if agreement.number == Number::Dual && !participle {
            let two = self.spoke.last().filter(|(_, w)| w.len() == 2).map(|(_, w)| w.clone());
            return two.unwrap_or_else(|| self.both(units[unit].span.start));
        }
        // Within what another says, and in a participle after it, the one who spoke there goes on.
        let within = self.within.iter().rev().find(|((s, u), _)| *s == sentence && *u < unit);
        let here = self.spoke.iter().rev().find(|((s, _), _)| *s == sentence);
        let here = within.into_iter().chain(here).max_by_key(|(place, _)| *place).map(|(_, w)| w.clone());
        if let Some(who) = here
            && (participle && agreement.number != Number::Plural || self.agrees(&who, agreement))
        {
            return who;
        }
        if let Some(subject) = self.subject(sentence, unit)
            && (participle && agreement.number != Number::Plural || self.agrees(&subject, agreement))
        {
            return subject;
        }
        if agreement.number == Number::Plural
            && let Some(group) = self.group(sentence, unit)
        {
            return group;
        }
        if let Some((_, who)) = self.spoke.iter().rev().find(|(_, w)| self.agrees(w, agreement)) {
            return who.clone();
        }
        if let Some((_, who)) = self.spoke.last() {
            return who.clone();
        }
        // Nobody has spoken yet: the person named last.
        let at = self.doc.sentences[sentence][unit].span.start;
        let last = |p: &crate::names::PersonFound| p.mentions.iter().filter(|m| m.start < at).map(|m| m.start).max();
        let mut persons: Vec<(usize, usize)> =
            self.names.persons.iter().enumerate().filter_map(|(i, p)| last(p).map(|l| (l, i))).collect();
        persons.sort();
        persons.last().map(|(_, i)| vec![self.person(*i)]).unwrap_or_default()
    }

    /// Whoever an unexpressed subject stands for, when nothing is said at that place.
    pub fn carried_before(&self, sentence: usize, unit: usize) -> Vec<ActorRef> {
        let here = self.spoke.iter().rev().find(|(p, _)| *p < (sentence, unit)).map(|(_, w)| w.clone());
        here.unwrap_or_default()
    }

    /// The subject of a sentence before one of its units: the first actor that nothing governs.
    pub fn subject(&self, sentence: usize, before: usize) -> Option<Vec<ActorRef>> {
        self.subject_between(sentence, 0, before)
    }

    /// The actor that stands nearest before a unit, governed or not.
    pub fn nearest(&self, sentence: usize, before: usize) -> Vec<ActorRef> {
        let units = self.doc.sentences[sentence][..before].iter().rev();
        units.filter(|u| u.classes.contains(self.actor)).map(|u| self.thing(u)).find(|w| !w.is_empty()).unwrap_or_default()
    }

    /// Whoever stands before the relative that a verb follows (`allati qalat`).
    pub fn antecedent(&self, sentence: usize, unit: usize) -> Vec<ActorRef> {
        let units = &self.doc.sentences[sentence];
        let relative = |u: &Unit| u.classes.contains(self.relative) && !u.classes.contains(self.governors[3]);
        if unit > 1 && relative(&units[unit - 1]) { self.thing(&units[unit - 2]) } else { Vec::new() }
    }

    /// The actor that stands nearest before a unit and agrees with a verb.
    fn nearest_agreeing(&self, sentence: usize, before: usize, agreement: Agreement) -> Vec<ActorRef> {
        let units = self.doc.sentences[sentence][..before].iter().rev().filter(|u| u.classes.contains(self.actor));
        { units }.map(|u| self.thing(u)).find(|w| self.agrees(w, agreement)).unwrap_or_default()
    }

    /// Whose the text is that was named last in a sentence before a unit: its genitive, or whom `li` names.
    fn author(&self, sentence: usize, before: usize) -> Option<Vec<ActorRef>> {
        let units = &self.doc.sentences[sentence][..before];
        let text = units.iter().rposition(|u| {
            [self.document, self.saynoun].iter().any(|c| u.classes.contains(*c)) && !u.classes.contains(self.def)
        })?;
        let who = units[text + 1..].iter().take(2).find(|u| u.classes.contains(self.actor))?;
        let apart = !who.classes.contains(self.li) && !std::ptr::eq(who, &units[text + 1]);
        (!apart && !who.classes.contains(self.ba)).then(|| self.thing(who)).filter(|w| !w.is_empty())
    }

    /// The actor right before a cue, a few words at most between, that nothing governs.
    pub fn just_before(&self, sentence: usize, from: usize, cue: usize) -> Option<Vec<ActorRef>> {
        let units = &self.doc.sentences[sentence];
        let speaks = |u: &Unit| u.classes.contains(self.actor) || self.headed(u);
        let mut last = (from.max(cue.saturating_sub(4))..cue).rev().find(|i| speaks(&units[*i]))?;
        let between = &units[last + 1..cue];
        if between.iter().any(|u| self.verbs.iter().any(|v| u.classes.contains(*v))) {
            return None;
        }
        // With those it is joined to.
        while last > from && units[last].classes.contains(self.and) && units[last - 1].classes.contains(self.actor) {
            last -= 1;
        }
        self.subject_between(sentence, last, cue)
    }

    /// Whether a unit is a body by its head alone (`the alliance`), right for one that was named in full before.
    fn headed(&self, unit: &Unit) -> bool {
        unit.classes.contains(self.bodyhead) && unit.classes.contains(self.def) && self.written_out(unit).is_some()
    }

    /// The first actor that nothing governs between two units of a sentence, with those joined to it.
    pub fn subject_between(&self, sentence: usize, from: usize, before: usize) -> Option<Vec<ActorRef>> {
        let units = &self.doc.sentences[sentence];
        for i in from..before {
            let unit = &units[i];
            if !(unit.classes.contains(self.actor) || self.headed(unit))
                || unit.classes.contains(self.li)
                || unit.classes.contains(self.ba)
            {
                continue;
            }
            let governed = i > 0 && {
                let b = &units[i - 1];
                let verb = self.verbs.iter().chain([&self.comp]).any(|v| b.classes.contains(*v));
                b.thing.is_none()
                    && !verb
                    && (self.governors.iter().any(|g| b.classes.contains(*g))
                        || self.nouns.iter().any(|n| b.classes.contains(*n)))
            };
            if governed {
                continue;
            }
            // An office whose holder's name follows after an adjective stands for the holder.
            let named = units[i + 1..before.min(i + 3)].iter().find(|u| matches!(u.thing, Some(Thing::Person(_))));
            let unit = match (&unit.thing, named) {
                (Some(Thing::Office(_)), Some(person)) if !person.classes.contains(self.and) => person,
                _ => unit,
            };
            let mut who = self.thing(unit);
            for next in units[i + 1..before].iter().take_while(|u| u.classes.contains(self.actor) && u.classes.contains(self.and))
            {
                who.extend(self.thing(next));
            }
            if !who.is_empty() {
                return Some(who);
            }
        }
        None
    }

    /// The group of persons that a verb in the plural may stand for: the last one named in its sentence before it or in the two before
    /// that, or that spoke last.
    fn group(&self, sentence: usize, unit: usize) -> Option<Vec<ActorRef>> {
        let before = |s: usize| if s == sentence { &self.doc.sentences[s][..unit] } else { &self.doc.sentences[s][..] };
        let units = (sentence.saturating_sub(2)..=sentence).rev().flat_map(|s| before(s).iter().rev());
        // A group in the oblique case is no subject.
        let oblique = |u: &Unit| fold(self.doc.slice(u.span)).split(' ').next().is_some_and(|w| w.ends_with("\u{64a}\u{646}"));
        let subject = |u: &&Unit| u.classes.contains(self.unnamed) && !u.classes.contains(self.li) && !oblique(u);
        let mut groups = units.filter(subject).map(|u| self.thing(u));
        groups.find(|w| matches!(&w[..], [one] if plural(&one.name)))
    }

    /// Whether speakers speak for others: a spokesperson, a body, a source.
    pub fn passes_on(&self, who: &[ActorRef]) -> bool {
        let [one] = who else { return false };
        let spokes = |o: &usize| {
            let title = musnad_text::tokens(&self.names.offices[*o].title);
            let mut hits = (0..title.len()).flat_map(|at| self.doc.language.hits(&title, at));
            hits.any(|h| h.senses.iter().any(|s| s.class == self.spokes.0))
        };
        match one.kind {
            ActorKind::Person => self.names.persons.iter().any(|p| p.name == one.name && p.offices.iter().any(spokes)),
            ActorKind::Body | ActorKind::Unnamed => true,
            ActorKind::State => false,
        }
    }

    /// Who passes on what somebody said within another's words, earlier in a sentence.
    pub fn passed_on_by(&self, sentence: usize, who: &[ActorRef]) -> Vec<ActorRef> {
        let within = self.within.iter().any(|((s, _), w)| *s == sentence && w == who);
        let by = self.spoke.iter().rev().find(|((s, _), w)| *s == sentence && w != who).filter(|_| within);
        by.map(|(_, w)| w.clone()).unwrap_or_default()
    }

    /// Remembers who spoke at a cue within what another says.
    pub fn spoke_within(&mut self, place: (usize, usize), who: Vec<ActorRef>) {
        self.within.push((place, who));
    }

    /// Remembers who spoke at a cue.
    pub fn spoke(&mut self, place: (usize, usize), who: Vec<ActorRef>) {
        self.spoke.push((place, who));
    }

    fn agrees(&self, who: &[ActorRef], a: Agreement) -> bool {
        let [one] = who else { return a.number != Number::Singular };
        if a.number == Number::Dual {
            return false;
        }
        match one.kind {
            ActorKind::Person => {
                let person = self.names.persons.iter().position(|p| p.name == one.name);
                let feminine = person.is_some_and(|p| self.women.contains(&p));
                a.number == Number::Singular && (a.gender == Gender::Both || (a.gender == Gender::Feminine) == feminine)
            }
            ActorKind::State => a.number == Number::Singular && a.gender != Gender::Masculine,
            ActorKind::Body | ActorKind::Unnamed => {
                let head = fold(one.name.split(' ').next().unwrap_or(""));
                let feminine = head.ends_with(self.tmarbuta);
                (a.gender != Gender::Masculine || !feminine) && (a.number != Number::Plural || plural(&one.name))
            }
        }
    }
}

/// Whether a phrase names several: by the ending of its head, or because it counts or is a broken plural with an adjective in the plural.
fn plural(phrase: &str) -> bool {
    let ends = |w: &str| ["\u{648}\u{646}", "\u{64a}\u{646}", "\u{627}\u{621}"].iter().any(|e| fold(w).ends_with(e));
    phrase.split(' ').take(3).any(ends) || phrase.split(' ').next().is_some_and(|w| w.starts_with("\u{623}\u{639}\u{636}"))
}

/// The persons whose title in the feminine, or a verb in the feminine right before them, tells them to be women.
fn women(doc: &Doc, names: &Names) -> HashSet<usize> {
    let say = doc.language.class("SAY");
    let mut out = HashSet::new();
    for (i, p) in names.persons.iter().enumerate() {
        if p.offices.iter().any(|o| names.offices[*o].gender == Gender::Feminine) {
            out.insert(i);
        }
    }
    for units in &doc.sentences {
        for (i, unit) in units.iter().enumerate() {
            let Some(Thing::Person(p)) = unit.thing else { continue };
            let title = doc.slice(Span::new(unit.whole.start, unit.span.start.max(unit.whole.start)));
            let titled = title.split_whitespace().next().is_some_and(|w| w.ends_with('\u{629}'));
            let said = i > 0
                && units[i - 1].senses.iter().any(|(_, s)| s.class == say.0 && s.form.person == 3)
                && units[i - 1].senses.iter().all(|(_, s)| s.class != say.0 || s.form.gender == Gender::Feminine);
            if titled || said {
                out.insert(p);
            }
        }
    }
    out
}

const ARTICLE: &str = "\u{627}\u{644}";

/// A word without article and without the endings in which a noun and its adjectives vary.
fn levelled(word: &str) -> String {
    let word = bare(word);
    let endings = ["\u{648}\u{646}", "\u{64a}\u{646}", "\u{627}\u{646}", "\u{627}\u{62a}", "\u{647}", "\u{627}"];
    let stem = endings.iter().find_map(|e| word.strip_suffix(e)).filter(|s| s.chars().count() > 2);
    stem.unwrap_or(&word).to_string()
}

fn same_of(a: &OfficeFound, b: &OfficeFound) -> bool {
    match (&a.of, &b.of) {
        (Some(x), Some(y)) => {
            let (x, y) = (fold(&x.name), fold(&y.name));
            x == y || x.starts_with(&y) || y.starts_with(&x)
        }
        _ => false,
    }
}

/// A title without its articles, folded.
pub fn bare(title: &str) -> String {
    let word = |w: &str| {
        let f = fold(w);
        f.strip_prefix("\u{627}\u{644}").map(str::to_string).unwrap_or(f)
    };
    title.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}
