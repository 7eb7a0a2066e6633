//! What parties agreed, decided together or bound themselves to.

use crate::events::Said;
use crate::findings::{ActorKind, ActorRef, Event, EventKind, Undertaking, UndertakingKind};
use crate::grammar::Grammar;
use crate::names::spaced;
use crate::row::{Doc, Thing, Unit, classes, named_classes};
use crate::sides::Sides;
use crate::speakers::Speakers;
use musnad_language::{Form, Labelled, Language, Number, Rule, Tense};
use musnad_pattern::{Class, ClassSet};
use musnad_text::{Span, fold, without_clitics};

/// The definite article.
const ARTICLE: &str = "\u{627}\u{644}";
/// The ending of the feminine, folded.
const TMARBUTA: char = '\u{647}';
/// The endings of the sound masculine plural.
const PLURAL: [&str; 2] = ["\u{648}\u{646}", "\u{64a}\u{646}"];

/// Kinds of bodies whose consent is a matter of the house, and binds nobody abroad.
const HOUSES: [&str; 5] = ["parliament", "cabinet", "court", "company", "outlet"];

/// Reads undertakings.
pub struct UndertakingReader {
    grammar: Grammar,
    k: Classes,
    /// What a written subject is made of, and what it is not.
    nouns: ClassSet,
    no_nouns: ClassSet,
    /// Finite verbs.
    verbs: ClassSet,
    /// What governs an actor that follows it.
    governors: ClassSet,
    /// What may stand between a subject and its cue.
    between: ClassSet,
    /// After a comma: what tells who says so, and is no longer content.
    sources: ClassSet,
    /// Signs that are left out where a content ends.
    trailing: ClassSet,
    /// A mark that is no part of the content, unlike a glued preposition.
    apart: ClassSet,
}

named_classes! {
    verb "AGREEVERB", actor "ACTOR", pair "PAIR", comma "COMMA", stop "STOP", say "SAY", and "AND", comp "COMP",
    open "QOPEN", close "QCLOSE", qmark "QMARK", but "BUT", common "COMMON", relative "RELATIVE", unknown "UNKNOWN",
    body_head "BODYHEAD", define "DEF", li "LI", ba "BA", neg "NEG", that "DEMONSTRATIVE", with "P_WITH", under "UNDER",
    accord "ACCORD", prep "PREP", we "WE", own "SELF",
}

/// What a cue says of its subject.
struct Cue<'l> {
    kind: UndertakingKind,
    /// The verb's form; none where the cue is a noun or participle.
    form: Option<Form>,
    verb: Option<&'l Labelled>,
    bytes: usize,
}

/// Who is party to an agreement, and where the report tells so.
struct Parties {
    at: usize,
    who: Vec<ActorRef>,
}

/// Where a cue stands.
struct Place<'a, 'l> {
    doc: &'a Doc<'l>,
    around: &'a Around<'a, 'l>,
    parties: &'a [Parties],
    sentence: usize,
    at: usize,
}

/// What else is known of the report.
pub struct Around<'a, 'l> {
    /// Who is meant.
    pub speakers: &'a Speakers<'a, 'l>,
    /// Whose side one is on.
    pub sides: &'a Sides<'a, 'l>,
    /// Who says what stands at a place.
    pub said: &'a Said<'a>,
    /// The encounters of the report.
    pub events: &'a [Event],
}

impl Around<'_, '_> {
    /// Those who took part in the encounter told last before a place.
    fn met_at(&self, at: usize) -> Vec<ActorRef> {
        let told = self.events.iter().flat_map(|e| e.mentions.iter().map(move |m| (m.start, e)));
        let last = told.filter(|(start, e)| *start <= at && e.participants.len() > 1).max_by_key(|(start, _)| *start);
        last.map(|(_, e)| e.participants.clone()).unwrap_or_default()
    }

    /// Those who signed an agreement, as far as the report tells.
    fn signed(&self) -> Vec<ActorRef> {
        let signing = |e: &&Event| e.kind == EventKind::Signing && e.participants.len() > 1;
        self.events.iter().find(signing).map(|e| e.participants.clone()).unwrap_or_default()
    }

    /// The state that one speaks for, else himself.
    fn side(&self, who: &ActorRef) -> ActorRef {
        let home = |name: String| ActorRef { name, kind: ActorKind::State };
        self.sides.home(who).filter(|_| who.kind != ActorKind::Body).map_or_else(|| who.clone(), home)
    }
}

impl Place<'_, '_> {
    fn units(&self) -> &[Unit] {
        &self.doc.sentences[self.sentence]
    }

    fn cue(&self) -> Span {
        self.units()[self.at].span
    }
}

impl UndertakingReader {
    /// Compiles the grammar.
    pub fn new(language: &Language) -> UndertakingReader {
        let all = |names: &str| names.split_whitespace().map(|n| language.class(n)).collect::<ClassSet>();
        UndertakingReader {
            grammar: Grammar::new(language, "undertakings"),
            k: Classes::of(language),
            nouns: all("COMMON UNKNOWN BODYHEAD EPITHET GIVEN SURNAME PAIR"),
            no_nouns: all("AND LI BA PREP P_ON P_TO P_ABOUT P_FROM P_IN P_WITH BETWEEN COMP CONJ ADVERB DATE NEG DEMONSTRATIVE \
                RELATIVE PARTICLE PHONE PRONOUN COUNTERPART PRON ACCORD INVITATION"),
            verbs: all("VERB SAY AGREEVERB MEETVERB"),
            governors: all("P_ON P_TO P_ABOUT P_FROM P_IN P_WITH BETWEEN PREP IN_NAME COMMON MEETING SAYNOUN BODYHEAD \
                INSTRUMENT QUANTIFIER"),
            between: all("QOPEN PARTICLE AUX ADVERB"),
            sources: all("SAYPART COMMENT TURN CUEPREP CUECLAUSE"),
            trailing: all("COMMA COLON DASH QOPEN"),
            apart: all("P_ON P_IN COMP"),
        }
    }

    /// All undertakings of a report.
    pub fn read(&self, doc: &Doc, around: &Around) -> Vec<Undertaking> {
        let mut parties = self.parties(doc, around);
        let mut out: Vec<Undertaking> = Vec::new();
        for (s, units) in doc.sentences.iter().enumerate() {
            let row = classes(units);
            // Of a cue's readings the one whose content begins nearest to it comes first.
            let mut matches: Vec<_> = self.grammar.all(&row).filter(|(_, m)| m.get("mark").is_some()).collect();
            matches.sort_by_key(|(_, m)| (m.get("cue").map(|r| r.start), m.get("mark").map(|r| r.end)));
            for (rule, m) in matches {
                let (Some(at), Some(mark)) = (m.get("cue").map(|r| r.start), m.get("mark")) else { continue };
                let against = |why: &str| doc.log.against(units, &rule.name, &m, || why.into());
                let Some(cue) = self.cue(doc, units, at, rule) else {
                    against("the verb does not take this frame, or does not tell of a deed done");
                    continue;
                };
                if units[mark.start].classes.contains(self.k.unknown) && !self.glued(doc, &units[mark.start]) {
                    against("no preposition before an unknown word");
                    continue;
                }
                let told: Vec<usize> = m.all("actor").into_iter().map(|r| r.start).collect();
                let place = Place { doc, around, parties: &parties, sentence: s, at };
                let actors = self.actors(&place, &cue, rule, &told);
                let many = rule.get("many").is_some() || cue.verb.is_some_and(|v| frame(v, "many"));
                if actors.is_empty() || many && actors.len() < 2 {
                    against("nobody, or too few, who could agree");
                    continue;
                }
                if cue.verb.is_some_and(|v| frame(v, "abroad")) && actors.iter().all(|a| self.house(doc, a)) {
                    against("a matter of the house");
                    continue;
                }
                let begins = if units[mark.start].classes.intersects(&self.apart) { mark.end } else { mark.start };
                let Some(content) = self.content(units, begins) else {
                    against("no content");
                    continue;
                };
                let cue_span = without_clitics(doc.text.as_str(), doc.tokens[units[at].tokens.start].span, cue.bytes);
                // Of two readings of one content the first stands, as does the first of one cue.
                if out.iter().any(|u| u.cue == cue_span || u.content.end == content.end && u.content.overlaps(content)) {
                    against("the same content was read already");
                    continue;
                }
                if actors.len() > 1 {
                    parties.push(Parties { at: cue_span.start, who: actors.clone() });
                    parties.sort_by_key(|k| k.at);
                }
                out.push(Undertaking { actors, kind: cue.kind, cue: cue_span, content, rule: rule.name.clone() });
            }
        }
        out
    }

    /// Wherever the report tells who is party to an agreement: the matches of rules without a mark.
    fn parties(&self, doc: &Doc, around: &Around) -> Vec<Parties> {
        let mut out = Vec::new();
        for (sentence, units) in doc.sentences.iter().enumerate() {
            let row = classes(units);
            for (rule, m) in self.grammar.all(&row).filter(|(_, m)| m.get("mark").is_none()) {
                let place = Place { doc, around, parties: &[], sentence, at: m.range.start };
                let told: Vec<usize> = m.all("actor").into_iter().map(|r| r.start).collect();
                let who = self.named(&place, &told);
                if who.len() > 1 {
                    let words = units[m.range.start].span.cover(units[m.range.end - 1].whole);
                    let names = || who.iter().map(|w| w.name.as_str()).collect::<Vec<_>>().join(" + ");
                    doc.log.took(words, &rule.name, || format!("parties: {}", names()));
                    out.push(Parties { at: words.start, who });
                }
            }
        }
        out
    }

    /// What the cue of a match says, if its verb has the frame that the rule wants.
    fn cue<'l>(&self, doc: &Doc<'l>, units: &[Unit], at: usize, rule: &Rule) -> Option<Cue<'l>> {
        let unit = &units[at];
        let kind = |k: &str| if k == "agreed" { UndertakingKind::Agreed } else { UndertakingKind::Committed };
        let quoted = at > 0 && [self.k.open, self.k.qmark].iter().any(|q| units[at - 1].classes.contains(*q));
        let before = at.checked_sub(if quoted { 2 } else { 1 }).map(|b| &units[b].classes);
        if before.is_some_and(|b| b.contains(self.k.neg)) {
            return None;
        }
        let Some(want) = rule.get("frame") else {
            let bytes = unit.senses.iter().map(|(c, _)| c.bytes).min().unwrap_or(0);
            return Some(Cue { kind: kind(rule.get("kind").unwrap_or("")), form: None, verb: None, bytes });
        };
        let verbs = || unit.senses.iter().filter(|(_, s)| s.class == self.k.verb.0);
        // What is demanded or feared (that they keep to it) binds nobody, though some forms read as perfect too.
        if before.is_some_and(|b| b.contains(self.k.comp)) && verbs().any(|(_, s)| s.form.tense == Tense::Imperfect) {
            return None;
        }
        let mut labelled = verbs().map(|(c, s)| (c, s.form, &doc.language.lexicon().labelled[s.item as usize]));
        let (clitics, form, verb) = labelled.find(|(_, form, verb)| {
            let done = form.tense == Tense::Perfect || !frame(verb, "done");
            frame(verb, want) && done && !form.pronoun
        })?;
        // Whoever consents under an agreement is one of those who made it.
        let under = |two: &[Unit]| two[0].classes.contains(self.k.under) && two[1].classes.contains(self.k.accord);
        let agreed = units[at.saturating_sub(8)..at].windows(2).any(under);
        let kind = if agreed { UndertakingKind::Agreed } else { kind(&verb.label) };
        Some(Cue { kind, form: Some(form), verb: Some(verb), bytes: clitics.bytes })
    }

    /// Whether a word that the lexicon does not know begins with a preposition.
    fn glued(&self, doc: &Doc, unit: &Unit) -> bool {
        doc.tokens[unit.tokens.start].folded.starts_with(['\u{628}', '\u{644}'])
    }

    /// Whether a body's consent is a matter of its own house: a parliament, a cabinet, a court.
    fn house(&self, doc: &Doc, actor: &ActorRef) -> bool {
        let lexicon = doc.language.lexicon();
        let name = fold(&actor.name);
        let kind = |kind: &str| HOUSES.contains(&kind);
        let bare = |w: &str| w.split(' ').map(|w| w.strip_prefix(ARTICLE).unwrap_or(w)).collect::<Vec<_>>().join(" ");
        let begins = |head: &str| bare(&name).strip_prefix(&fold(head)).is_some_and(|r| r.is_empty() || r.starts_with(' '));
        actor.kind == ActorKind::Body
            && (lexicon.body(&actor.name).is_some_and(|b| kind(&b.kind))
                || lexicon.body_heads.iter().any(|h| kind(&h.kind) && begins(&h.head)))
    }

    /// Who binds himself: those told with the cue, those before it, those whom the report speaks of.
    fn actors(&self, p: &Place, cue: &Cue, rule: &Rule, told: &[usize]) -> Vec<ActorRef> {
        let agreed = cue.kind == UndertakingKind::Agreed;
        let told = self.named(p, told);
        if told.len() > 1 {
            return told;
        }
        let Some(form) = cue.form else {
            return match () {
                _ if agreed => self.states(p, self.agreed(p, told, rule.get("terms").is_some())),
                _ if !told.is_empty() => told,
                _ => self.bound(p, None),
            };
        };
        if form.person == 1 && agreed {
            let own = self.speaker(p).iter().map(|w| p.around.side(w)).collect();
            return self.states(p, self.agreed(p, if told.is_empty() { own } else { told }, false));
        }
        // These states: those told to be party.
        let those = p.units().get(p.at + 1).is_some_and(|u| u.classes.contains(self.k.that));
        let mut out = if told.is_empty() && those {
            let known = p.parties.iter().rfind(|k| k.at < p.cue().start);
            known.map(|k| k.who.clone()).unwrap_or_default()
        } else if told.is_empty() {
            self.bound(p, Some(form))
        } else if agreed && !p.units()[p.at + 1].classes.contains(self.k.actor) {
            // What a verb of agreeing tells, where the subject went before, is whom it agreed with.
            let mut both = self.before(p);
            both.extend(told.into_iter().filter(|t| !both.contains(t)).collect::<Vec<_>>());
            both
        } else {
            told
        };
        let several = form.number != Number::Singular && out.len() == 1 && out[0].kind == ActorKind::Person;
        let two = form.number == Number::Dual && out.len() == 1;
        if agreed && (out.is_empty() || several || two) {
            out = self.agreed(p, out, false);
        }
        out
    }

    /// Whoever binds himself, where nobody stands with the cue.
    fn bound(&self, p: &Place, form: Option<Form>) -> Vec<ActorRef> {
        let own = |who: Vec<ActorRef>| who.iter().map(|w| p.around.side(w)).collect();
        if let Some(f) = form.filter(|f| f.person == 1) {
            return if f.number == Number::Singular { self.speaker(p) } else { own(self.speaker(p)) };
        }
        let before = self.before(p);
        if !before.is_empty() {
            return before;
        }
        if let Some(written) = form.and_then(|_| self.written(p)) {
            return vec![written];
        }
        // They: those told to stand together.
        let several = form.is_none() && PLURAL.iter().any(|e| fold(p.doc.slice(p.units()[p.at].whole)).ends_with(e));
        let we = p.at > 0 && p.units()[p.at - 1].classes.contains(self.k.we);
        if let Some(known) = p.parties.iter().rfind(|k| k.at < p.cue().start).filter(|_| several && !we) {
            return known.who.clone();
        }
        let subject = self.subject(p, form);
        if subject.is_empty() { self.speaker(p) } else { subject }
    }

    /// The states that some persons speak for, where they speak for several.
    fn states(&self, p: &Place, who: Vec<ActorRef>) -> Vec<ActorRef> {
        let mut out: Vec<ActorRef> = Vec::new();
        for side in who.iter().map(|w| p.around.side(w)) {
            if !out.contains(&side) {
                out.push(side);
            }
        }
        let all = out.len() == who.len() && out.iter().all(|a| a.kind == ActorKind::State);
        if all { out } else { who }
    }

    /// The parties to an agreement of which at most one is told: those joined before it in its sentence, those who met or, of the terms
    /// of one, those told to be party to it, the two sides of the report.
    fn agreed(&self, p: &Place, told: Vec<ActorRef>, terms: bool) -> Vec<ActorRef> {
        let side = |a: &ActorRef| p.around.side(a);
        let fits = |who: &[ActorRef]| who.len() > 1 && told.iter().all(|t| who.iter().any(|w| w == t || side(w) == side(t)));
        let at = p.cue().start;
        let known = || {
            let (before, after): (Vec<_>, Vec<_>) = p.parties.iter().filter(|k| fits(&k.who)).partition(|k| k.at <= at);
            before.last().or(after.first()).map(|k| k.who.clone()).unwrap_or_default()
        };
        let met = || p.around.met_at(at);
        let found = if terms {
            [self.group(p), known(), p.around.signed(), p.around.speakers.sides(at)].into_iter().find(|who| fits(who))
        } else {
            [self.group(p), met(), known(), p.around.speakers.sides(at)].into_iter().find(|who| fits(who))
        };
        found.unwrap_or(told)
    }

    /// The actors told last before a cue in its sentence that stand together: joined by and, or one with another.
    fn group(&self, p: &Place) -> Vec<ActorRef> {
        let units = &p.units()[..p.at];
        let mut last: Vec<usize> = Vec::new();
        let mut run: Vec<usize> = Vec::new();
        for (i, u) in units.iter().enumerate() {
            if !u.classes.contains(self.k.actor) && !u.classes.contains(self.k.pair) {
                continue;
            }
            let joined = i > 0 && u.classes.contains(self.k.and) && units[i - 1].classes.contains(self.k.actor);
            let parted = i > 1 && units[i - 1].classes.contains(self.k.and) && units[i - 2].classes.contains(self.k.actor);
            let with = i > 0 && units[i - 1].classes.contains(self.k.with);
            let pair = u.classes.contains(self.k.pair);
            if pair || !(joined || parted || with) {
                run.clear();
            }
            run.push(i);
            if run.len() > 1 || pair {
                last = run.clone();
            }
        }
        self.named(p, &last)
    }

    /// The actors that some units stand for, each once; one that only describes the body before it, with that body.
    fn named(&self, p: &Place, at: &[usize]) -> Vec<ActorRef> {
        let units = p.units();
        let mut out: Vec<ActorRef> = Vec::new();
        for &i in at {
            let head = i.checked_sub(1).map(|b| &units[b]).filter(|b| b.thing.is_none() && b.classes.contains(self.k.body_head));
            let head = head.filter(|b| b.classes.contains(self.k.define) && units[i].classes.contains(self.k.define));
            let actors = match head {
                Some(head) => {
                    let glued = head.senses.iter().map(|(c, _)| if c.article { c.bytes - ARTICLE.len() } else { c.bytes }).min();
                    let first = p.doc.tokens[head.tokens.start].span;
                    let start = without_clitics(p.doc.text.as_str(), first, glued.unwrap_or(0)).start;
                    let name = spaced(p.doc.slice(Span::new(start, units[i].span.end)));
                    vec![ActorRef { name, kind: ActorKind::Body }]
                }
                None if units[i].classes.contains(self.k.own) || units[i].classes.contains(self.k.we) => {
                    self.speaker(p).iter().map(|w| p.around.side(w)).collect()
                }
                None => p.around.speakers.thing(&units[i]),
            };
            for a in actors {
                if !out.contains(&a) {
                    out.push(a);
                }
            }
        }
        out
    }

    /// A subject that is no known actor, as it is written: the nouns right after a verb, or the definite noun between a
    /// complementizer and its verb.
    fn written(&self, p: &Place) -> Option<ActorRef> {
        let units = p.units();
        let noun = |i: usize| {
            let c = &units[i].classes;
            units[i].thing.is_none() && c.intersects(&self.nouns) && !c.intersects(&self.no_nouns)
        };
        let after = (p.at + 1..units.len().min(p.at + 4)).take_while(|i| noun(*i)).count();
        let before = p.at >= 2
            && noun(p.at - 1)
            && units[p.at - 1].classes.contains(self.k.define)
            && units[p.at - 2].classes.contains(self.k.comp);
        let (from, to) = if after > 0 {
            (p.at + 1, p.at + after)
        } else if before {
            (p.at - 1, p.at - 1)
        } else {
            return None;
        };
        let alone = from == to && units[from].classes.contains(self.k.body_head) && units[from].classes.contains(self.k.define);
        if let Some(body) = alone.then(|| self.recalled(p, from)).flatten() {
            return Some(body);
        }
        let name = spaced(p.doc.slice(units[from].whole.cover(units[to].whole)));
        Some(ActorRef { name, kind: ActorKind::Unnamed })
    }

    /// The actors right before a cue, joined by and; a body spoken of by its head alone is the one named last.
    fn before(&self, p: &Place) -> Vec<ActorRef> {
        let units = p.units();
        let has = |i: usize, c: Class| units[i].classes.contains(c);
        let actor = |i: usize| [self.k.actor, self.k.pair, self.k.own, self.k.we].iter().any(|c| has(i, *c));
        let mut from = p.at;
        while from > 0 && p.at - from < 3 && units[from - 1].classes.intersects(&self.between) {
            from -= 1;
        }
        if from > 0 && has(from - 1, self.k.relative) {
            let near = (from.saturating_sub(4)..from - 1).rev();
            let mut near = near.take_while(|i| !has(*i, self.k.stop)).filter(|i| actor(*i));
            return near.next().map(|i| self.named(p, &[i])).unwrap_or_default();
        }
        if from > 0 && units[from - 1].thing.is_none() && has(from - 1, self.k.body_head) && has(from - 1, self.k.define) {
            let written = || ActorRef { name: spaced(p.doc.slice(units[from - 1].whole)), kind: ActorKind::Body };
            return vec![self.recalled(p, from - 1).unwrap_or_else(written)];
        }
        let mut found: Vec<usize> = Vec::new();
        while from > 0 && actor(from - 1) {
            from -= 1;
            found.insert(0, from);
            let parted = from > 1 && has(from - 1, self.k.and) && !has(from - 1, self.k.actor);
            if parted {
                from -= 1;
            } else if !has(from, self.k.and) {
                break;
            }
        }
        self.named(p, &found)
    }

    /// The body named last before a unit that speaks of it by its head (the movement).
    fn recalled(&self, p: &Place, at: usize) -> Option<ActorRef> {
        let here = &p.units()[at];
        let stem = |w: &str| fold(w).trim_start_matches(ARTICLE).to_string();
        let head = stem(p.doc.slice(here.span));
        let listed = |name: &str| {
            let mut bodies = p.doc.language.lexicon().bodies.iter();
            bodies.any(|b| b.name == name && b.heads.iter().any(|h| stem(h) == head))
        };
        let mut before = p.doc.sentences[..=p.sentence].iter().flatten().filter(|u| u.span.start < here.span.start).rev();
        before.find_map(|u| match &u.thing {
            Some(Thing::Named(ActorKind::Body, name))
                if listed(name) || name.split(' ').next().map(stem).as_ref() == Some(&head) =>
            {
                Some(ActorRef { name: name.clone(), kind: ActorKind::Body })
            }
            _ => None,
        })
    }

    /// Whoever says what stands at a place.
    fn speaker(&self, p: &Place) -> Vec<ActorRef> {
        let said = (p.around.said)(p.units()[p.at].span).map(|(who, _)| who);
        said.unwrap_or_else(|| p.around.speakers.carried_before(p.sentence, p.at))
    }

    /// The last actor before a cue that nothing governs; of what is said the speaker's side where he speaks of it (`we`, `his
    /// country`); before a participle in the feminine no person.
    fn subject(&self, p: &Place, form: Option<Form>) -> Vec<ActorRef> {
        let units = p.units();
        let content = (p.around.said)(p.cue()).map_or(0, |(_, content)| content.start);
        let own = |u: &Unit| u.classes.contains(self.k.we) || u.classes.contains(self.k.own);
        if units[..p.at].iter().rev().take(4).take_while(|u| u.whole.start >= content).any(own) {
            return self.speaker(p).iter().map(|w| p.around.side(w)).collect();
        }
        let feminine = form.is_none() && fold(p.doc.slice(units[p.at].whole)).ends_with(TMARBUTA);
        let from = if feminine { 0 } else { content };
        let free = |units: &[Unit], i: usize| {
            let c = &units[i].classes;
            if units[i].whole.start < from || feminine && matches!(units[i].thing, Some(Thing::Person(_) | Thing::Office(_))) {
                return false;
            }
            let governed = i.checked_sub(1).is_some_and(|b| {
                let b = &units[b];
                b.thing.is_none() && b.classes.intersects(&self.governors) && !b.classes.intersects(&self.verbs)
            });
            c.contains(self.k.actor) && !c.contains(self.k.li) && !c.contains(self.k.ba) && !governed
        };
        let last = |p: &Place, before: usize| {
            let free = (0..before).rev().filter(|i| free(p.units(), *i));
            free.map(|i| self.named(p, &[i])).find(|a| !a.is_empty())
        };
        let earlier = || {
            let sentence = p.sentence.checked_sub(1).filter(|_| feminine)?;
            last(&Place { sentence, at: 0, ..*p }, p.doc.sentences[sentence].len())
        };
        let named = last(p, p.at).or_else(earlier);
        named.unwrap_or_default()
    }

    /// The content that begins at a unit: to the end of the sentence, the next cue, or the reporter's comment. None where it only
    /// points at what went before (`on that`).
    fn content(&self, units: &[Unit], mut start: usize) -> Option<Span> {
        let has = |i: usize, c: Class| units.get(i).is_some_and(|u| u.classes.contains(c));
        while has(start, self.k.comp) || has(start, self.k.open) || has(start, self.k.comma) {
            start += 1;
        }
        let quoted = start > 0 && has(start - 1, self.k.open);
        let ends = |i: &usize| {
            let after = units.get(i + 1).is_some_and(|u| u.classes.intersects(&self.sources))
                || has(i + 1, self.k.say) && !has(i + 1, self.k.prep)
                || self.clause(units, i + 1);
            has(*i, self.k.stop)
                || *i > start && has(*i, self.k.but)
                || has(*i, self.k.comma) && after
                || quoted && has(*i, self.k.close)
        };
        let mut end = (start..units.len()).find(ends).unwrap_or(units.len());
        let opened = (start..end).any(|i| has(i, self.k.open));
        while end > start && (units[end - 1].classes.intersects(&self.trailing) || !opened && has(end - 1, self.k.close)) {
            end -= 1;
        }
        let points = end == start + 1 && has(start, self.k.that);
        (end > start && !points).then(|| Span::new(units[start].whole.start, units[end - 1].whole.end))
    }
}

impl UndertakingReader {
    /// Whether a new clause begins at a unit: and, a definite noun or actor, and soon its verb.
    fn clause(&self, units: &[Unit], at: usize) -> bool {
        let Some(first) = units.get(at) else { return false };
        let noun =
            first.classes.contains(self.k.and) && (first.classes.contains(self.k.define) || first.classes.contains(self.k.actor));
        let verb = |u: &Unit| u.classes.intersects(&self.verbs) && !u.classes.contains(self.k.common);
        let rest = units[at + 1..].iter().take(4);
        noun && rest.take_while(|u| !u.classes.contains(self.k.comma) && !u.classes.contains(self.k.relative)).any(verb)
    }
}

fn frame(verb: &Labelled, frame: &str) -> bool {
    verb.more.split(' ').any(|f| f == frame)
}

#[cfg(test)]
mod tests {
    use crate::reader::Reader;
    use musnad_language::Language;
    use musnad_text::Report;

    fn told(text: &str) -> Vec<(Vec<String>, String)> {
        let language = Language::arabic();
        let out = Reader::new(&language).read(&Report { text: text.into(), ..Report::default() }).undertakings;
        let row = |u: crate::findings::Undertaking| {
            (u.actors.into_iter().map(|a| a.name).collect(), text[u.content.start..u.content.end].to_string())
        };
        out.into_iter().map(row).collect()
    }

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|n| n.to_string()).collect()
    }

    #[test]
    fn subjects_before_and_after_the_verb() {
        let text = "واتفقت مصر والسودان على فتح المعابر. وقال إن روسيا وتركيا اتفقتا على وقف القصف، مؤكدا أهمية ذلك.";
        let want =
            [(names(&["مصر", "السودان"]), "فتح المعابر".to_string()), (names(&["روسيا", "تركيا"]), "وقف القصف".to_string())];
        assert_eq!(told(text), want);
    }

    #[test]
    fn what_was_not_agreed_is_no_undertaking() {
        for text in [
            "لم تتفق مصر والسودان على فتح المعابر",
            "وقال إنه سيرد إذا وافقت إيران على التفتيش",
            "ودعا إلى أن تلتزم إيران بالاتفاق",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }

    #[test]
    fn a_body_is_recalled_by_its_head() {
        let text = "واستقبل الوزير وفدا من حركة حماس. وقال مصدر إن الحركة قبلت الدعوة.";
        assert_eq!(told(text), [(names(&["حماس"]), "قبلت الدعوة".to_string())]);
    }

    #[test]
    fn only_decisions_of_several_count() {
        assert_eq!(told("وقررت مصر تشكيل لجنة"), []);
        assert_eq!(told("وقررت مصر والسودان تشكيل لجنة"), [(names(&["مصر", "السودان"]), "تشكيل لجنة".to_string())]);
    }
}
