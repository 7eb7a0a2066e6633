//! Encounters: found by the rules of `events`, completed with place, date and status, and brought together where one is told again.

use crate::dates::DateFound;
use crate::findings::{ActorKind, ActorRef, DateValue, Event, EventKind, Instrument, InstrumentKind, Status};
use crate::grammar::Grammar;
use crate::row::{Doc, Thing, Unit, classes, named_classes};
use crate::sides::Sides;
use crate::speakers::Speakers;
use musnad_language::{Labelled, Language, Rule, Tense};
use musnad_pattern::{Class, ClassSet, Match};
use musnad_text::Span;
use std::ops::Range;

/// The speakers and the content of the statement around a place of the text, aside before the content included.
pub type Said<'a> = dyn Fn(Span) -> Option<(Vec<ActorRef>, Span)> + 'a;

/// Reads encounters.
pub struct EventReader {
    grammar: Grammar,
    k: Classes,
}

named_classes! {
    meeting "MEETING", verb "MEETVERB", ordinal "ORDINAL", state "STATE", capital "CAPITAL", place "PLACE",
    p_in "P_IN", ba "BA", planned "PLANNED", hoped "HOPED", cancelled "CANCELLED", date "DATE", over "OVER", adj "ADJ",
    pronoun "PRONOUN", num "NUM", round "ROUND", def "DEF", neg "NEG", condition "CONDITION", invitation "INVITATION", stop "STOP", kingdom "KINGDOM", actor "ACTOR",
    outlet "OUTLET", person "PERSON", accord_name "ACCORDNAME", relative "RELATIVE", comma "COMMA", prep "PREP", common "COMMON", refused "REFUSED", say "SAY", headed "HEADED", bodyhead "BODYHEAD", li "LI", arrival "ARRIVAL", arrival_his "ARRIVAL_HIS",
}

/// One sentence of a report, with what is known around it.
struct Scene<'s> {
    doc: &'s Doc<'s>,
    s: usize,
    units: &'s [Unit],
    speakers: &'s Speakers<'s, 's>,
    sides: &'s Sides<'s, 's>,
    dates: &'s [DateFound],
    said: &'s Said<'s>,
}

/// What one rule tells of an encounter: the unit that anchors it, and what it adds.
struct Telling {
    anchor: usize,
    event: Event,
    /// Too little to stand for itself: it tells again of an encounter told elsewhere.
    again: bool,
    /// It may: where nothing else tells of the encounter, it is told by this alone.
    enough: bool,
}

const OTHER_VERB: &str = "the verb does not take this frame";
const NO_KIND: &str = "the words tell no kind of encounter";
const TOO_FEW: &str = "too few parties, and no encounter of them told elsewhere";

impl EventReader {
    /// Compiles the grammar.
    pub fn new(language: &Language) -> EventReader {
        EventReader { grammar: Grammar::new(language, "events"), k: Classes::of(language) }
    }

    /// All encounters of a report, each once, in order of their first mention.
    pub fn read(&self, doc: &Doc, speakers: &Speakers, sides: &Sides, dates: &[DateFound], said: &Said) -> Vec<Event> {
        let mut told: Vec<Telling> = Vec::new();
        for (s, units) in doc.sentences.iter().enumerate() {
            if units.iter().take(3).any(|u| u.classes.contains(self.k.over)) {
                continue;
            }
            self.sentence(&Scene { doc, s, units, speakers, sides, dates, said }, &mut told);
        }
        let mut events = merge(doc, sides, told);
        inherit(doc, &mut events);
        events
    }

    /// The encounters that one sentence tells, each by the rule that tells most of it.
    fn sentence(&self, scene: &Scene, told: &mut Vec<Telling>) {
        let row = classes(scene.units);
        let log = &scene.doc.log;
        let mut here: Vec<Telling> = Vec::new();
        let mut more: Vec<(&Rule, Match)> = Vec::new();
        let core = self.core(scene, &row);
        let core_row: Vec<ClassSet> = core.iter().map(|i| row[*i]).collect();
        // In the core alone only what the whole row does not tell.
        let skips = |m: &Match| core[m.range.end - 1] - core[m.range.start] + 1 > m.range.len();
        let from_core = self.grammar.all(&core_row).filter(|(_, m)| skips(m)).map(|(rule, m)| (rule, m.within(&core)));
        for (rule, m) in self.grammar.all(&row).chain(from_core) {
            if rule.get("aside").is_some() {
                continue;
            }
            if rule.get("adds").is_some() {
                more.push((rule, m));
                continue;
            }
            let new = match self.telling(scene, rule, &m) {
                Ok(new) => new,
                Err(why) => {
                    log.against(scene.units, &rule.name, &m, || why.into());
                    continue;
                }
            };
            let Some(known) = here.iter_mut().find(|t| t.anchor == new.anchor) else {
                here.push(new);
                continue;
            };
            // Of several rules at one anchor the one that tells more parties is taken.
            let tells = |t: &Telling| (!t.again, t.event.participants.len(), t.again && t.enough);
            let better = tells(&new) > tells(known);
            let (over, less) = if better { (&new.event, &known.event) } else { (&known.event, &new.event) };
            log.dropped(less.span, &less.rule, || format!("{} tells more parties, or comes first", over.rule));
            let place = if better { known.event.place.take() } else { new.event.place.clone() };
            if better {
                *known = new;
            }
            known.event.place = known.event.place.take().or(place);
        }
        for (rule, m) in more {
            let Some(noun) = m.get("noun").map(|r| r.start) else { continue };
            let verb = m.get("verb").map(|r| r.start);
            if let (Some(v), Some(want)) = (verb, rule.get("want"))
                && self.framed(scene, v, want).is_none()
            {
                log.against(scene.units, &rule.name, &m, || OTHER_VERB.into());
                continue;
            }
            let mut who = self.parties(scene, &m, "a");
            add(&mut who, self.parties(scene, &m, "b"));
            if who.is_empty() && rule.get("own").is_some() {
                who = self.subject(scene, verb.unwrap_or(m.range.start), noun, true, true);
            }
            if let Some(t) = here.iter_mut().find(|t| t.anchor == noun).filter(|_| !who.is_empty()) {
                let span = scene.units[m.range.start].span.cover(scene.units[m.range.end - 1].whole);
                log.took(span, &rule.name, || "more parties".into());
                add(&mut t.event.participants, who);
                t.again &= t.event.participants.len() < 2;
            }
        }
        here.sort_by_key(|t| t.anchor);
        told.extend(here.into_iter().flat_map(|t| self.each(scene, t)));
    }

    /// The units of a sentence without what only adds time, place or a wish to a clause.
    fn core(&self, scene: &Scene, row: &[ClassSet]) -> Vec<usize> {
        let mut core = Vec::new();
        let mut at = 0;
        while at < row.len() {
            let asides = self.grammar.at(row, at).filter(|(rule, _)| rule.get("aside").is_some());
            match asides.max_by_key(|(_, m)| m.range.end) {
                Some((rule, m)) => {
                    let span = scene.units[m.range.start].span.cover(scene.units[m.range.end - 1].whole);
                    scene.doc.log.took(span, &rule.name, || "stands aside".into());
                    at = m.range.end;
                }
                None => {
                    core.push(at);
                    at += 1;
                }
            }
        }
        core
    }

    /// Those of the parties to a known accord or negotiation that the report names.
    fn known_parties(&self, scene: &Scene, accord: usize) -> Vec<ActorRef> {
        let lexicon = scene.doc.language.lexicon();
        let known = scene.units[accord].senses.iter().find(|(_, x)| x.class == self.k.accord_name.0);
        let Some((_, sense)) = known else { return Vec::new() };
        let parties = lexicon.labelled[sense.item as usize].more.split('\u{60c}');
        let state = |name: &str| lexicon.states.iter().position(|s| s.name == name);
        let named = |name: &str| {
            let of = state(name).map(|i| i as u32);
            let is = |u: &Unit| {
                matches!(&u.thing, Some(Thing::Named(_, n)) if n == name)
                    || u.senses.iter().any(|(_, x)| x.class == self.k.adj.0 && Some(x.item) == of)
            };
            scene.doc.sentences.iter().flatten().any(is)
        };
        let kind = |name: &str| if state(name).is_some() { ActorKind::State } else { ActorKind::Body };
        parties.filter(|n| named(n)).map(|n| ActorRef { name: n.to_string(), kind: kind(n) }).collect()
    }

    /// Two calls told with one word are two encounters, each with one of those who called.
    fn each(&self, scene: &Scene, t: Telling) -> Vec<Telling> {
        let two = t.event.kind == EventKind::Call && t.event.participants.len() == 3;
        if !two || !musnad_text::fold(scene.doc.slice(scene.units[t.anchor].span)).contains("\u{64a}\u{646}") {
            return vec![t];
        }
        let with = |i: usize| {
            let mut event = t.event.clone();
            event.participants = vec![t.event.participants[0].clone(), t.event.participants[i].clone()];
            Telling { anchor: t.anchor, event, again: false, enough: false }
        };
        vec![with(1), with(2)]
    }

    /// What kind of body it is, by its own name or by the noun that heads it.
    fn body_kind<'s>(&self, scene: &Scene<'s>, body: &ActorRef) -> &'s str {
        let lexicon = scene.doc.language.lexicon();
        if let Some(known) = lexicon.body(&body.name) {
            return &known.kind;
        }
        let name = musnad_text::fold(&body.name).to_string();
        let name = name.strip_prefix("\u{627}\u{644}").unwrap_or(&name);
        let first = name.split(' ').next().unwrap_or_default();
        let head = lexicon.body_heads.iter().find(|h| musnad_text::fold(&h.head) == first);
        head.filter(|_| body.kind == ActorKind::Body).map_or("", |h| &h.kind)
    }

    /// What the lexicon tells of a verb of encounter in the frame that a rule wants.
    fn framed<'s>(&self, scene: &Scene<'s>, verb: usize, want: &str) -> Option<&'s Labelled> {
        let lexicon = scene.doc.language.lexicon();
        let senses = scene.units[verb].senses.iter().filter(|(_, x)| x.class == self.k.verb.0);
        senses.map(|(_, x)| &lexicon.labelled[x.item as usize]).find(|l| l.more.split(' ').any(|f| f == want))
    }

    /// The actors that the captures of one name stand for.
    fn parties(&self, scene: &Scene, m: &Match, name: &str) -> Vec<ActorRef> {
        let mut out: Vec<ActorRef> = Vec::new();
        let mut before: Option<&Unit> = None;
        for r in m.all(name) {
            let unit = &scene.units[r.start];
            let recalled = r.len() == 1 && unit.classes.contains(self.k.bodyhead) && unit.classes.contains(self.k.def);
            let recalled = if recalled { scene.speakers.thing(unit) } else { Vec::new() };
            let who = if unit.classes.contains(self.k.actor) {
                scene.speakers.thing(unit)
            } else if !recalled.is_empty() {
                recalled
            } else if unit.classes.contains(self.k.adj) {
                self.namesake(scene, before, unit)
            } else {
                // People whom only a common noun names.
                let article = musnad_text::fold(scene.doc.slice(unit.whole)).starts_with("\u{627}\u{644}");
                let from = if article { unit.whole } else { unit.span };
                let words = scene.doc.slice(from.cover(scene.units[r.end - 1].whole));
                vec![ActorRef { name: words.split_whitespace().collect::<Vec<_>>().join(" "), kind: ActorKind::Unnamed }]
            };
            add(&mut out, who);
            before = Some(unit);
        }
        out
    }

    /// Whom an adjective alone stands for after an office (`his Turkish counterpart and the Iranian one`): its state, for which
    /// the person who holds an office of it may be named elsewhere.
    fn namesake(&self, scene: &Scene, before: Option<&Unit>, unit: &Unit) -> Vec<ActorRef> {
        let Some((_, state)) = unit.senses.iter().find(|(_, s)| s.class == self.k.adj.0) else { return Vec::new() };
        let state = &scene.doc.language.lexicon().states[state.item as usize].name;
        scene.speakers.colleague(before, state)
    }

    /// The encounter that a match names, with the unit that anchors it; or what speaks against it.
    fn telling(&self, scene: &Scene, rule: &Rule, m: &Match) -> Result<Telling, &'static str> {
        let Scene { doc, s, units, speakers, .. } = *scene;
        let k = &self.k;
        let lexicon = doc.language.lexicon();
        let label = |i: usize, class: Class| {
            units[i].senses.iter().find(|(_, x)| x.class == class.0).map(|(_, x)| &lexicon.labelled[x.item as usize])
        };
        let verb = m.get("verb").map(|r| r.start);
        let noun = m.get("noun").map(|r| r.start);
        let label_of_verb = match (verb, rule.get("want")) {
            (Some(v), Some(want)) => Some(self.framed(scene, v, want).ok_or(OTHER_VERB)?),
            _ => None,
        };
        let word = match noun {
            Some(n) if units[n].classes.contains(k.meeting) => label(n, k.meeting),
            _ => label_of_verb,
        };
        let word = word.map(|l| l.label.as_str());
        let arrival = |n: usize| units[n].classes.contains(k.arrival) || units[n].classes.contains(k.arrival_his);
        let kind = match (rule.get("kind"), word) {
            (Some("visit"), w) if w != Some("visit") && !noun.is_some_and(arrival) => return Err(OTHER_VERB),
            (Some("call"), Some(w)) if w != "call" => return Err(OTHER_VERB),
            (Some("signing"), _) if label_of_verb.is_some_and(|l| l.label != "signing") => return Err(OTHER_VERB),
            (Some(k), _) => kind(k).ok_or(NO_KIND)?,
            (None, Some("talk")) => EventKind::Meeting,
            (None, Some(w)) => kind(w).ok_or(NO_KIND)?,
            (None, None) => return Err(NO_KIND),
        };
        if kind == EventKind::Signing && rule.get("kind") != Some("signing") {
            return Err("another rule reads signings");
        }
        if kind == EventKind::Letter && rule.get("kind") != Some("letter") {
            return Err("no word for a letter");
        }
        let anchor = noun.or(verb).ok_or(NO_KIND)?;
        // Several meetings told by number are told one by one elsewhere.
        if anchor > 0 && units[anchor - 1].classes.contains(k.num) {
            return Err("several, told by number");
        }
        // A round of talks is no journey, nor is one that is counted.
        let of_talks = |n: usize| {
            let counted = units[n + 1..].iter().take(2).any(|u| u.classes.contains(k.ordinal));
            counted || units[n + 1..].iter().take(4).any(|u| u.classes.contains(k.meeting))
        };
        if kind == EventKind::Visit && noun.is_some_and(|n| units[n].classes.contains(k.round) && of_talks(n)) {
            return Err("a round of talks");
        }
        let outlet = |r: Range<usize>| units[r.start].classes.contains(k.outlet);
        if m.all("b").into_iter().any(outlet) {
            return Err("an interview");
        }
        let mut a = self.parties(scene, m, "a");
        let b = self.parties(scene, m, "b");
        if rule.get("hears").is_some()
            && b.iter().any(|p| !["parliament", "un", "regional", "council", "committee"].contains(&self.body_kind(scene, p)))
        {
            return Err("no assembly that hears one");
        }
        let first = verb.unwrap_or(anchor);
        if a.is_empty() && b.is_empty() && matches!(kind, EventKind::Signing | EventKind::Negotiation) {
            a = m.get("accord").or(m.get("noun")).map(|r| self.known_parties(scene, r.start)).unwrap_or_default();
        }
        if a.is_empty() {
            a = match rule.get("own") {
                Some("pair") => speakers.sides(units[anchor].span.start),
                Some("both") => speakers.both(units[anchor].span.start),
                Some("nearest") => speakers.nearest(s, anchor),
                Some(_) => self.subject(scene, first, anchor, verb.is_some(), !b.is_empty()),
                None => Vec::new(),
            };
        }
        let mut participants = a;
        if rule.get("own") == Some("also") {
            participants.splice(0..0, self.subject(scene, first, anchor, true, true));
        }
        let other = !b.is_empty();
        let mut told = std::mem::take(&mut participants);
        told.extend(b);
        add(&mut participants, told);
        let (mut place, mut host) = (None, None);
        if let Some(i) = m.get("place").map(|r| r.start) {
            (place, host) = self.place(doc, &units[i]).unzip();
        }
        let clause = clause(units, anchor);
        if verb.is_some_and(|v| v > 0 && units[v - 1].classes.contains(k.neg)) {
            return Err("denied");
        }
        if noun.is_some() && units[anchor.saturating_sub(3)..anchor].iter().any(|u| u.classes.contains(k.refused)) {
            return Err("refused, or any at all");
        }
        if place.is_none() {
            place = self.told_place(scene, &clause);
        }
        // Who gives a press conference may be told by a noun of saying.
        if kind == EventKind::PressConference && participants.is_empty() {
            participants = speakers.nearest(s, anchor).into_iter().filter(|p| p.kind == ActorKind::Person).collect();
        }
        // A body sits, nobody meets with a state alone.
        if rule.get("session").is_some() && matches!(&participants[..], [one] if one.kind == ActorKind::State) {
            return Err("a state alone");
        }
        let captured = !m.all("a").is_empty();
        let mut nobody = false;
        if kind == EventKind::Visit {
            // Nobody is a guest of his own state.
            let host = host.as_ref().and_then(|h| h.as_ref());
            let at_home = |p: &ActorRef| p.kind == ActorKind::Person && host.is_some_and(|h| alike(scene.sides, p, h));
            let inland = captured && participants.iter().any(at_home);
            if !inland && participants.iter().any(at_home) {
                participants = speakers.nearest(s, anchor);
                if participants.iter().any(|p| at_home(p) || Some(p) == host) {
                    return Err("a journey inside his own state");
                }
            }
            participants.truncate(participants.len().min(3));
            nobody = participants.is_empty();
            add(&mut participants, host.cloned().into_iter().filter(|_| !inland).collect());
        }
        // A dual pronoun: the two who were named last.
        if let Some(n) = noun
            && units[n].classes.contains(k.pronoun)
            && musnad_text::fold(doc.slice(units[n].span)).ends_with("\u{647}\u{645}\u{627}")
        {
            participants = speakers.both(units[n].span.start);
        }
        // The session of a body is a conference, unless it is one of a single state.
        let inner =
            ["parliament", "government", "ministry", "party", "movement", "military", "security", "company", "presidency"];
        let of_one = |p: &ActorRef| inner.contains(&self.body_kind(scene, p));
        let session = matches!(kind, EventKind::Meeting | EventKind::Conference)
            && rule.get("session").is_some()
            && !participants.is_empty();
        let session = session && participants.iter().all(|p| p.kind == ActorKind::Body);
        let conference = session && !participants.iter().any(of_one);
        // Talks with a movement are negotiations.
        let movement = |p: &ActorRef| lexicon.body(&p.name).is_some_and(|b| b.kind == "movement");
        let negotiation = kind == EventKind::Meeting && noun.is_some() && participants.iter().any(movement);
        let kind = match (conference || kind == EventKind::Conference, negotiation) {
            (true, _) => EventKind::Conference,
            (_, true) => EventKind::Negotiation,
            _ => kind,
        };
        let alone = session
            || rule.get("alone").is_some() && place.is_some()
            || rule.get("told").is_some() && !participants.is_empty()
            || kind == EventKind::PressConference && !participants.is_empty()
            || participants.len() == 1
                && place.is_some()
                && (rule.get("own") != Some("subject") || matches!(kind, EventKind::Conference | EventKind::Visit));
        // The date that the rule captured, else the nearest in the clause, one that follows rather than one before.
        let date = m.get("date").map(|r| r.start).or_else(|| self.nearest_date(scene, anchor, &clause, kind));
        let date = date.and_then(|i| match units[i].thing {
            Some(Thing::Date(d)) => Some(d),
            _ => None,
        });
        let aside = (scene.said)(units[anchor].span).is_some_and(|(_, content)| !content.contains(units[anchor].span));
        let spoken = kind == EventKind::PressConference || aside && matches!(kind, EventKind::Meeting | EventKind::Conference);
        let date = date.or_else(|| self.day_of_words(scene).filter(|_| spoken)).and_then(|d| scene.dates.get(d));
        // The words it stands on: verb or noun with its parties and place, as the rule has matched them.
        let span = units[m.range.start].span.cover(units[m.range.end - 1].whole);
        let numbered = m.get("ordinal").map(|r| r.start).or(noun).and_then(|n| label(n, k.ordinal));
        let status = self.status(units, anchor, verb, &clause);
        // That somebody met the one named is an encounter, whoever it was.
        let enough = rule.get("enough").is_some() || other && kind != EventKind::Visit;
        let enough = enough && participants.iter().any(|p| p.kind != ActorKind::Unnamed) && status != Status::Hoped;
        let again = status == Status::Hoped || !alone && participants.len() < 2 || nobody || enough && participants.len() < 2;
        let event = Event {
            kind,
            participants,
            place,
            date: date.map(|d| d.value.clone()),
            date_span: date.map(|d| d.span),
            status,
            span,
            mentions: vec![span],
            mechanism: None,
            ordinal: numbered.and_then(|l| l.more.parse().ok()),
            rule: rule.name.clone(),
        };
        Ok(Telling { anchor, event, again, enough })
    }

    /// Who acts where the words of the encounter do not tell: in a content its own subject, in an aside the speaker, else the
    /// subject of the sentence, else (for a verb or a possessive) whoever spoke last.
    fn subject(&self, scene: &Scene, first: usize, anchor: usize, verbal: bool, partner: bool) -> Vec<ActorRef> {
        let Scene { s, units, speakers, .. } = *scene;
        let k = &self.k;
        let at = units[anchor].span;
        // A body by its head alone, right before its verb.
        if let Some(before) = first.checked_sub(1).map(|i| &units[i])
            && before.classes.contains(k.bodyhead)
            && before.classes.contains(k.def)
            && !before.classes.contains(k.ba)
        {
            return speakers.thing(before);
        }
        // Of a delegation whoever heads it.
        let from = units[..first].iter().rposition(|u| u.classes.contains(k.stop)).unwrap_or(0);
        let headed = (from..first).rev().find(|i| units[*i].classes.contains(k.headed));
        if let Some(head) = headed.and_then(|i| units.get(i + 1)).filter(|u| u.classes.contains(k.person)) {
            return speakers.thing(head);
        }
        let possessive = units[anchor].classes.contains(k.pronoun) || units[anchor].classes.contains(k.arrival_his);
        let person = |who: &[ActorRef]| who.iter().any(|w| w.kind == ActorKind::Person);
        // `The minister, who visits …`: whoever stands before the relative; `by the minister during his visit`: right before it.
        let actor_at = |i: usize| Some(&units[i]).filter(|u| u.classes.contains(k.actor));
        let before = match first.checked_sub(1).map(|i| &units[i].classes) {
            Some(c) if verbal && c.contains(k.relative) => {
                first.checked_sub(2).and_then(|i| actor_at(i - usize::from(i > 0 && units[i].classes.contains(k.comma))))
            }
            Some(c) if !verbal && possessive && c.contains(k.prep) => {
                let governed = first.checked_sub(3).is_some_and(|i| units[i].classes.contains(k.prep));
                first.checked_sub(2).and_then(actor_at).filter(|u| !governed && !u.classes.contains(k.li))
            }
            _ => None,
        };
        // `The aid that arrived`: nobody.
        let thing = |u: &Unit| u.classes.contains(k.common) && u.classes.contains(k.def) && !u.classes.contains(k.bodyhead);
        if verbal && before.is_none() && first > 1 && units[first - 1].classes.contains(k.relative) && thing(&units[first - 2]) {
            return Vec::new();
        }
        if let Some(who) = before.map(|u| speakers.thing(u)).filter(|who| person(who)) {
            return who;
        }
        let bound = verbal || possessive;
        // `During his visit the minister said`: whose it is may follow.
        if possessive
            && (scene.said)(at).is_none()
            && speakers.subject(s, first).is_none()
            && let Some(who) = speakers.subject_between(s, anchor + 1, units.len())
            && person(&who)
        {
            return who;
        }
        let who = match (scene.said)(at) {
            Some((who, content)) if content.contains(at) => {
                let from = units.iter().position(|u| u.whole.start >= content.start).unwrap_or(0);
                let local = speakers.subject_between(s, from.min(first), first);
                local.or_else(|| (bound || partner).then_some(who)).unwrap_or_default()
            }
            Some((who, _)) => who,
            None => speakers.subject(s, first).or_else(|| bound.then(|| speakers.carried_before(s, first))).unwrap_or_default(),
        };
        // Whoever only carries the words does not meet.
        let lexicon = scene.doc.language.lexicon();
        let carries = |w: &ActorRef| lexicon.body(&w.name).is_some_and(|b| matches!(b.kind.as_str(), "agency" | "outlet"));
        let who: Vec<ActorRef> = who.into_iter().filter(|w| !carries(w)).collect();
        // A state that is named first may be but where the person after it went.
        if verbal && who.iter().all(|w| w.kind == ActorKind::State) {
            let persons = units[from..first].iter().rev().filter(|u| u.classes.contains(k.person) && !u.classes.contains(k.li));
            return persons.map(|u| speakers.thing(u)).next().unwrap_or(who);
        }
        who
    }

    /// The place that a clause names after a preposition.
    fn told_place(&self, scene: &Scene, clause: &Range<usize>) -> Option<String> {
        let k = &self.k;
        let units = scene.units;
        let here = clause.clone().find(|i| {
            let u = &units[*i];
            let is_place = u.classes.contains(k.capital) || u.classes.contains(k.place);
            let located = u.classes.contains(k.ba)
                || *i > 0 && units[*i - 1].classes.contains(k.p_in)
                || *i > 1 && units[*i - 2].classes.contains(k.p_in);
            is_place && located
        });
        Some(self.place(scene.doc, &units[here?])?.0)
    }

    /// The calendar expression that stands nearest, one that follows rather than one before, one of the clause rather than another.
    /// Of what is said the day of the saying tells nothing.
    fn nearest_date(&self, scene: &Scene, anchor: usize, clause: &Range<usize>, kind: EventKind) -> Option<usize> {
        let units = scene.units;
        let content = (scene.said)(units[anchor].span).map(|(_, content)| content);
        let content = content.filter(|c| c.contains(units[anchor].span));
        let from = content.map_or(0, |c| c.start);
        // Nor does a day that another's words tell.
        let foreign = |at: Span| content.is_none() && (scene.said)(at).is_some_and(|(_, content)| content.contains(at));
        let dates = (0..units.len())
            .filter(|i| units[*i].classes.contains(self.k.date) && units[*i].span.start >= from && !foreign(units[*i].span));
        let near = dates.filter(|i| clause.contains(i) && (kind != EventKind::Signing || *i + 4 > anchor));
        near.min_by_key(|i| if *i > anchor { i - anchor } else { 2 * (anchor - i) })
    }

    /// The day on which a report says that something was said: of what one said at an encounter, the day of the encounter.
    fn day_of_words(&self, scene: &Scene) -> Option<usize> {
        let (k, dates) = (&self.k, scene.dates);
        let first = scene.doc.sentences.first()?;
        let day = |u: &Unit| matches!(u.thing, Some(Thing::Date(d)) if is_day(&dates[d].value));
        let said = first.iter().position(|u| u.classes.contains(k.say))?;
        let found = first.iter().skip(said).take(12).find(|u| day(u)).map(|u| &u.thing);
        match found {
            Some(Some(Thing::Date(d))) => Some(*d),
            _ => None,
        }
    }

    /// A place by its common name, and the state that hosts there.
    fn place(&self, doc: &Doc, unit: &Unit) -> Option<(String, Option<ActorRef>)> {
        let lexicon = doc.language.lexicon();
        let find = |class: Class| unit.senses.iter().find(|(_, s)| s.class == class.0).map(|(_, s)| s.item as usize);
        let state = |name: &str| Some(ActorRef { name: name.to_string(), kind: ActorKind::State });
        if let Some(i) = find(self.k.capital) {
            return Some((lexicon.states[i].capital.clone(), state(&lexicon.states[i].name)));
        }
        if let Some(i) = find(self.k.place) {
            let p = &lexicon.places[i];
            return Some((p.name.clone(), if p.state.is_empty() { None } else { state(&p.state) }));
        }
        if let Some(i) = find(self.k.adj) {
            return Some((lexicon.states[i].capital.clone(), state(&lexicon.states[i].name)));
        }
        if let Some(i) = find(self.k.kingdom) {
            // The first one listed, unless the report names another one and not the first.
            let names: Vec<&str> = lexicon.labelled[i].more.split('\u{60c}').collect();
            let named = |n: &str| {
                let is = |u: &Unit| matches!(&u.thing, Some(Thing::Named(ActorKind::State, name)) if name == n);
                doc.sentences.iter().flatten().any(is)
            };
            let name = names.iter().find(|n| named(n)).or(names.first())?;
            return Some((name.to_string(), state(name)));
        }
        if let Some(i) = find(self.k.state) {
            return Some((lexicon.states[i].name.clone(), state(&lexicon.states[i].name)));
        }
        None
    }

    fn status(&self, units: &[Unit], anchor: usize, verb: Option<usize>, clause: &Range<usize>) -> Status {
        let k = &self.k;
        let marked = |class: Class| (clause.start..anchor).any(|i| units[i].classes.contains(class));
        let future =
            verb.is_some_and(|v| units[v].senses.iter().any(|(_, s)| s.class == k.verb.0 && s.form.tense == Tense::Future));
        let ahead = |i: usize| {
            let mut senses = units[i].senses.iter().filter(|(_, s)| s.form.person > 0).peekable();
            senses.peek().is_some() && senses.all(|(_, s)| s.form.tense == Tense::Future)
        };
        let told_after = (anchor..units.len().min(anchor + 4)).any(|i| units[i].classes.contains(k.planned));
        let future = future || told_after || (clause.start..anchor).any(ahead);
        let before = anchor.saturating_sub(4)..anchor;
        let wished = before.clone().any(|i| units[i].classes.contains(k.invitation) || units[i].classes.contains(k.condition));
        if marked(k.cancelled) {
            Status::Cancelled
        } else if future || marked(k.planned) {
            Status::Planned
        } else if marked(k.hoped) || wished {
            Status::Hoped
        } else {
            Status::Past
        }
    }
}

/// Ties encounters to the standing format that they are rounds of: one named in the same sentence, for a round told by its
/// number the one named last before. A round by name alone, of no known format, is dropped.
pub fn tie(doc: &Doc, instruments: &[Instrument], events: &mut Vec<Event>) {
    let text = doc.text.as_str();
    let mut named: Vec<(usize, &str)> = Vec::new();
    for i in instruments.iter().filter(|i| i.kind == InstrumentKind::Mechanism) {
        named.extend(text.match_indices(doc.slice(i.span)).map(|(at, _)| (at, i.name.as_str())));
    }
    named.sort();
    for e in events.iter_mut() {
        let sentence = doc.sentences.iter().find(|s| {
            let (Some(first), Some(last)) = (s.first(), s.last()) else { return false };
            first.whole.start <= e.span.start && e.span.end <= last.whole.end
        });
        let Some((first, last)) = sentence.and_then(|s| Some((s.first()?.whole.start, s.last()?.whole.end))) else { continue };
        let here = named.iter().filter(|(at, _)| (first..last).contains(at)).min_by_key(|(at, _)| at.abs_diff(e.span.start));
        let before = named.iter().rev().find(|(at, _)| *at < e.span.start).filter(|_| e.ordinal.is_some());
        let held = matches!(e.kind, EventKind::Meeting | EventKind::Conference | EventKind::Negotiation);
        e.mechanism = here.or(before).filter(|_| held).map(|(_, name)| name.to_string());
    }
    events.retain(|e| !(e.rule.ends_with("round-named") && e.mechanism.is_none()));
}

fn kind(name: &str) -> Option<EventKind> {
    Some(match name {
        "meeting" => EventKind::Meeting,
        "call" => EventKind::Call,
        "visit" => EventKind::Visit,
        "press_conference" => EventKind::PressConference,
        "letter" => EventKind::Letter,
        "signing" => EventKind::Signing,
        "conference" => EventKind::Conference,
        "negotiation" => EventKind::Negotiation,
        _ => return None,
    })
}

/// The stretch around a unit in which its place and date are looked for.
fn clause(units: &[Unit], at: usize) -> Range<usize> {
    at.saturating_sub(14)..(at + 16).min(units.len())
}

/// Adds those who are not in a list yet.
fn add(to: &mut Vec<ActorRef>, who: Vec<ActorRef>) {
    for w in who {
        if !to.contains(&w) {
            to.push(w);
        }
    }
}

/// Tells the same encounter once: of one kind, with parties that overlap, at dates and places that agree. What tells too little
/// to stand for itself goes to the encounter that it tells again, or is dropped.
fn merge(doc: &Doc, sides: &Sides, told: Vec<Telling>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::new();
    let (whole, parts): (Vec<Telling>, Vec<Telling>) = told.into_iter().partition(|t| !t.again);
    for t in whole {
        match out.iter_mut().rev().find(|o| same(sides, o, &t.event)) {
            Some(o) => {
                let same = || format!("the encounter that «{}» names", doc.slice(o.span));
                doc.log.dropped(t.event.span, &t.event.rule, same);
                join(sides, o, t.event);
            }
            None => out.push(t.event),
        }
    }
    for t in parts {
        let mut e = t.event;
        // Which day it was, whoever tells it better knows.
        let date = if t.enough { (e.date.take(), e.date_span.take()) } else { (None, None) };
        // The one told last before it, else the first after it.
        let (before, after): (Vec<&mut Event>, Vec<&mut Event>) =
            out.iter_mut().filter(|o| told_by(o, &e)).partition(|o| o.span.start < e.span.start);
        match before.into_iter().last().or_else(|| after.into_iter().next()) {
            Some(o) => {
                doc.log.took(e.span, &e.rule, || format!("the encounter that «{}» names", doc.slice(o.span)));
                join(sides, o, e);
            }
            None if t.enough => {
                (e.date, e.date_span) = date;
                out.push(e);
            }
            None => doc.log.dropped(e.span, &e.rule, || TOO_FEW.into()),
        }
    }
    out
}

/// An encounter without a day took place on that of another one of the same persons that is told in the same sentence or the one
/// before it.
fn inherit(doc: &Doc, events: &mut [Event]) {
    let sentence = |at: Span| doc.sentences.iter().position(|s| s.last().is_some_and(|u| at.start < u.whole.end));
    for i in 0..events.len() {
        let e = &events[i];
        if e.date.is_some() || e.status != Status::Past || e.kind == EventKind::Visit {
            continue;
        }
        let person = |p: &&ActorRef| p.kind == ActorKind::Person;
        let near = |m: &Span, n: &Span| match (sentence(*m), sentence(*n)) {
            (Some(here), Some(there)) => there == here || there + 1 == here,
            _ => false,
        };
        let dated = events.iter().enumerate().filter(|(j, o)| {
            *j != i
                && o.status == Status::Past
                && o.date.is_some()
                && e.participants.iter().filter(person).any(|p| o.participants.contains(p))
                && o.mentions.iter().any(|n| near(&e.span, n))
        });
        let found = dated.min_by_key(|(_, o)| o.span.start.abs_diff(e.span.start)).map(|(_, o)| (o.date.clone(), o.date_span));
        if let Some((date, span)) = found {
            (events[i].date, events[i].date_span) = (date, span);
        }
    }
}

/// Brings what another passage tells of an encounter to it.
fn join(sides: &Sides, o: &mut Event, e: Event) {
    if e.kind == EventKind::Conference {
        o.kind = e.kind;
    }
    for p in e.participants {
        // Who spoke for a state is told rather than the state.
        let state = o.participants.iter().position(|q| *q != p && q.kind == ActorKind::State && alike(sides, q, &p));
        if let Some(i) = state.filter(|_| o.kind != EventKind::Visit && !o.participants.contains(&p)) {
            o.participants[i] = p;
        } else if !o.participants.iter().any(|q| alike(sides, q, &p)) && o.participants.len() < 2 {
            o.participants.push(p);
        }
    }
    if o.place.is_none() {
        o.place = e.place;
    }
    if e.status == Status::Cancelled {
        o.status = e.status;
    }
    if o.date.is_none() {
        (o.date, o.date_span) = (e.date, e.date_span);
    }
    o.mentions.extend(e.mentions);
    o.mentions.sort();
    o.mentions.dedup();
}

/// Whether a passage that tells too little for itself may tell of this encounter.
fn told_by(o: &Event, e: &Event) -> bool {
    let talks = |k: EventKind| matches!(k, EventKind::Meeting | EventKind::Negotiation);
    (o.kind == e.kind || talks(o.kind) && talks(e.kind))
        && e.participants.iter().all(|p| o.participants.contains(p))
        && agree(&o.place, &e.place)
        && same_day(o, e)
}

/// Whether a date tells the day.
fn is_day(date: &DateValue) -> bool {
    matches!(date, DateValue::Iso(d) if d.len() == "2015-07-14".len())
}

fn agree(x: &Option<String>, y: &Option<String>) -> bool {
    x.is_none() || y.is_none() || x == y
}

fn same_day(a: &Event, b: &Event) -> bool {
    match (&a.date, &b.date) {
        (Some(DateValue::Iso(x)), Some(DateValue::Iso(y))) => x.starts_with(y.as_str()) || y.starts_with(x.as_str()),
        _ => true,
    }
}

/// Whether two names of parties may stand for one another: one name, or a person and the state that he speaks for.
fn alike(sides: &Sides, a: &ActorRef, b: &ActorRef) -> bool {
    let home = |who: &ActorRef, state: &ActorRef| {
        who.kind == ActorKind::Person && state.kind == ActorKind::State && sides.home(who).as_ref() == Some(&state.name)
    };
    a == b || home(a, b) || home(b, a)
}

fn same(sides: &Sides, a: &Event, b: &Event) -> bool {
    if !same_day(a, b) {
        return false;
    }
    let shared = b.participants.iter().filter(|p| a.participants.iter().any(|q| alike(sides, p, q))).count();
    let least = a.participants.len().min(b.participants.len());
    if a.kind != b.kind {
        // Two who meet at a summit are told of as meeting, too.
        let talks = |k: EventKind| matches!(k, EventKind::Meeting | EventKind::Conference | EventKind::Negotiation);
        let two = a.participants.len() == 2 && b.participants.len() == 2 && shared == 2;
        return two && talks(a.kind) && talks(b.kind) && agree(&a.place, &b.place);
    }
    let alone = a.participants.is_empty() && b.participants.is_empty() && a.place == b.place && a.place.is_some();
    // One visit may lead to several towns of the host.
    let visit = a.kind == EventKind::Visit && shared >= 2;
    // What a party has signed is told in several ways.
    let signing = a.kind == EventKind::Signing && shared > 0;
    alone
        || visit
        || signing
        || shared > 0
            && shared * 2 >= least
            && agree(&a.place, &b.place)
            && a.ordinal == b.ordinal
            && (shared == least || shared >= 2)
}
