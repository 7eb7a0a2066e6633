//! From contributions to facts: what is one actor, one tenure, one meeting, one statement.
//!
//! Findings of all reports are grouped by what makes them one; each group is a fact, whose value is what most
//! of its reports say. Every choice among equals is by length and code-point order, never by order of arrival.

use crate::contribution::{Contribution, EventSeen, StatementSeen, UndertakingSeen, Words};
use crate::fact::*;
use crate::fold::key;
use crate::id::id;
use crate::identity::{ActorAt, Identity, Resolved};
use musnad_reading::{ActorRef, DateValue, InstrumentKind, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Statements and undertakings with fewer words than this are one only within a day: formulas recur.
const TELLING_WORDS: usize = 8;

/// All facts that follow from the contributions, which stand in the order of their report ids, each report once.
pub(crate) fn facts(contributions: &[&Contribution]) -> Facts {
    let mut derivation = Derivation { contributions, identity: Identity::of(contributions), actors: Vec::new() };
    derivation.gather_mentions();
    let tenures = derivation.gather_tenures();
    let events = derivation.gather_events();
    let statements = derivation.gather_statements();
    let undertakings = derivation.gather_undertakings();
    let instruments = derivation.instruments();
    // All actors are met: now they have their names.
    let names = derivation.names();
    let tenures = derivation.tenures(tenures, &names);
    let (events, event_of) = derivation.events(events, &names);
    let rounds = derivation.rounds(&events, &instruments);
    let statements = derivation.statements(statements, &names, &events, &event_of);
    let undertakings = derivation.undertakings(undertakings, &names);
    let actors = derivation.actors(names);
    Facts { actors, tenures, statements, events, instruments, rounds, undertakings }
}

/// What is gathered on one actor: for each name the reports that use it, other forms, where it stands.
#[derive(Default)]
struct Gathered {
    names: Votes<String>,
    forms: BTreeSet<String>,
    mentions: Vec<Evidence>,
    /// Passages that name the actor only as part of another fact.
    fallback: Vec<Evidence>,
}

struct Derivation<'a> {
    contributions: &'a [&'a Contribution],
    identity: Identity<'a>,
    actors: Vec<Gathered>,
}

/// Findings that are one fact: contribution, and index into its list. In the order of report ids.
type Group = Vec<(usize, usize)>;

struct StatementGroup {
    speakers: Vec<ActorAt>,
    members: Group,
    via: BTreeSet<ActorAt>,
    about: BTreeSet<ActorAt>,
}

struct TenureGroup {
    holder: ActorAt,
    of: Option<ActorAt>,
    titles: Votes<String>,
    evidence: Vec<(usize, Evidence)>,
}

impl<'a> Derivation<'a> {
    fn gathered(&mut self, actor: ActorAt) -> &mut Gathered {
        if self.actors.len() <= actor {
            self.actors.resize_with(actor + 1, Gathered::default);
        }
        &mut self.actors[actor]
    }

    /// The actor that a finding names. Of one that no report mentions by itself, the finding gives name and evidence.
    fn meet(&mut self, at: usize, named: &'a ActorRef, words: &Words, rule: &str) -> Option<ActorAt> {
        let contribution = self.contributions[at];
        let actor = self.identity.actor(at, contribution, named)?;
        let gathered = self.gathered(actor);
        if gathered.mentions.is_empty() {
            gathered.names.add(named.name.clone(), at);
            gathered.forms.insert(named.name.clone());
            gathered.fallback.push(evidence(contribution, words, rule));
        }
        Some(actor)
    }

    fn meet_all(&mut self, at: usize, named: &'a [ActorRef], words: &Words, rule: &str) -> Vec<ActorAt> {
        let mut met = Vec::new();
        for actor in named {
            if let Some(actor) = self.meet(at, actor, words, rule)
                && !met.contains(&actor)
            {
                met.push(actor);
            }
        }
        met
    }

    fn sorted_ids(&self, actors: &[ActorAt]) -> Vec<String> {
        let mut ids: Vec<String> = actors.iter().map(|&a| self.identity.actors[a].id.clone()).collect();
        ids.sort();
        ids
    }

    /// Names and mentions of persons, states and bodies.
    fn gather_mentions(&mut self) {
        for (at, &c) in self.contributions.iter().enumerate() {
            for (i, person) in c.persons.iter().enumerate() {
                let Some(Resolved { actor, by_last_name }) = self.identity.person(at, i) else { continue };
                let gathered = self.gathered(actor);
                if !by_last_name {
                    gathered.names.add(person.name.clone(), at);
                }
                gathered.forms.insert(person.name.clone());
                gathered.forms.extend(person.forms.iter().cloned());
                gathered.mentions.extend(person.mentions.iter().map(|w| evidence(c, w, &person.rule)));
            }
            for seen in &c.actors {
                let Some(actor) = self.identity.actor(at, c, &seen.actor) else { continue };
                let gathered = self.gathered(actor);
                gathered.names.add(seen.actor.name.clone(), at);
                gathered.forms.extend(seen.mentions.iter().map(|w| w.quote.clone()));
                gathered.mentions.extend(seen.mentions.iter().map(|w| evidence(c, w, &seen.rule)));
            }
        }
    }

    fn gather_tenures(&mut self) -> BTreeMap<String, TenureGroup> {
        // Posts of one person and title, by whose they are.
        let mut posts: BTreeMap<(ActorAt, String), BTreeMap<Option<ActorAt>, TenureGroup>> = BTreeMap::new();
        for (at, &c) in self.contributions.iter().enumerate() {
            for (i, person) in c.persons.iter().enumerate() {
                let Some(Resolved { actor: holder, .. }) = self.identity.person(at, i) else { continue };
                for office in &person.offices {
                    let of = office.of.as_ref().and_then(|of| self.meet(at, of, &office.words, &office.rule));
                    let group = posts.entry((holder, key(&office.title))).or_default().entry(of).or_insert_with(|| TenureGroup {
                        holder,
                        of,
                        titles: Votes::default(),
                        evidence: Vec::new(),
                    });
                    group.titles.add(office.title.clone(), at);
                    group.evidence.push((at, evidence(c, &office.words, &office.rule)));
                }
            }
        }
        let mut tenures = BTreeMap::new();
        for ((holder, title), mut by_of) in posts {
            // A report that does not say whose post it is speaks of the only one that others name.
            if by_of.len() == 2
                && let Some(silent) = by_of.remove(&None)
                && let Some(named) = by_of.values_mut().next()
            {
                named.titles.take(silent.titles);
                named.evidence.extend(silent.evidence);
            }
            for (of, group) in by_of {
                let holder = self.identity.actors[holder].id.as_str();
                let of = of.map_or("", |of| self.identity.actors[of].id.as_str());
                tenures.insert(id("t", [holder, &title, of]), group);
            }
        }
        tenures
    }

    fn gather_events(&mut self) -> BTreeMap<String, (Vec<ActorAt>, Group)> {
        let mut groups: BTreeMap<String, (Vec<ActorAt>, Group)> = BTreeMap::new();
        for (at, &c) in self.contributions.iter().enumerate() {
            for (i, event) in c.events.iter().enumerate() {
                let participants = self.meet_all(at, &event.participants, &event.mentions[0], &event.rule);
                let id = self.event_id(c, event, &participants);
                groups.entry(id).or_insert_with(|| (participants, Group::new())).1.push((at, i));
            }
        }
        groups
    }

    /// What makes an event one: kind, participants and day; with fewer than two named participants the place
    /// too. An event that lacks one of them joins none.
    fn event_id(&self, c: &Contribution, event: &EventSeen, participants: &[ActorAt]) -> String {
        let ids = self.sorted_ids(participants);
        let kind = format!("{:?}", event.kind);
        let day = joining_date(event.date.as_ref());
        let place = event.place.as_deref().map(key).unwrap_or_default();
        let named = participants.iter().filter(|&&a| self.identity.actors[a].kind != musnad_reading::ActorKind::Unnamed).count();
        let mut parts: Vec<&str> = vec![&kind];
        let start = event.mentions[0].start.to_string();
        match day {
            Some(ref day) if named >= 2 => parts.push(day),
            Some(ref day) if !place.is_empty() => parts.extend([day.as_str(), "at", &place]),
            _ => parts.extend(["in", &c.report, &start]),
        }
        parts.extend(ids.iter().map(String::as_str));
        id("e", parts)
    }

    fn gather_statements(&mut self) -> BTreeMap<String, StatementGroup> {
        let mut groups: BTreeMap<String, StatementGroup> = BTreeMap::new();
        for (at, &c) in self.contributions.iter().enumerate() {
            for (i, s) in c.statements.iter().enumerate() {
                let content = key(&s.content.quote);
                if content.is_empty() {
                    continue;
                }
                let named = s.speaker.as_ref().unwrap_or(&s.words);
                let speakers = self.meet_all(at, &s.speakers, named, &s.rule);
                let via = self.meet_all(at, &s.via, &s.words, &s.rule);
                let about = self.meet_all(at, &s.about, &s.content, &s.rule);
                let ids = self.sorted_ids(&speakers);
                let id = said_id("s", c, &content, &ids);
                let group = groups.entry(id).or_insert_with(|| StatementGroup {
                    speakers,
                    members: Group::new(),
                    via: BTreeSet::new(),
                    about: BTreeSet::new(),
                });
                group.members.push((at, i));
                group.via.extend(via);
                group.about.extend(about);
            }
        }
        groups
    }

    fn gather_undertakings(&mut self) -> BTreeMap<String, (Vec<ActorAt>, Group)> {
        let mut groups: BTreeMap<String, (Vec<ActorAt>, Group)> = BTreeMap::new();
        for (at, &c) in self.contributions.iter().enumerate() {
            for (i, u) in c.undertakings.iter().enumerate() {
                let content = key(&u.content.quote);
                if content.is_empty() {
                    continue;
                }
                let actors = self.meet_all(at, &u.actors, &u.words, &u.rule);
                let id = said_id("u", c, &content, &self.sorted_ids(&actors));
                groups.entry(id).or_insert_with(|| (actors, Group::new())).1.push((at, i));
            }
        }
        groups
    }

    /// The canonical name of every actor.
    fn names(&mut self) -> Vec<String> {
        self.actors.resize_with(self.identity.actors.len(), Gathered::default);
        let known = &self.identity.actors;
        self.actors.iter().zip(known).map(|(g, k)| g.names.longest().unwrap_or_else(|| k.key.clone())).collect()
    }

    fn actors(self, names: Vec<String>) -> Vec<Fact<Actor>> {
        let Derivation { contributions, identity, actors } = self;
        let days = Days::of(contributions);
        let gathered = actors.into_iter().zip(identity.actors).zip(names);
        let facts = gathered.filter_map(|((g, known), name)| {
            let evidence = tidy(if g.mentions.is_empty() { g.fallback } else { g.mentions });
            let value = Actor { name, kind: known.kind, forms: g.forms.into_iter().collect() };
            let seen = days.seen(&evidence);
            (!evidence.is_empty()).then_some(Fact { id: known.id, value, evidence, links: Vec::new(), seen })
        });
        let mut facts: Vec<_> = facts.collect();
        facts.sort_by(|a, b| a.id.cmp(&b.id));
        facts
    }

    fn tenures(&self, groups: BTreeMap<String, TenureGroup>, names: &[String]) -> Vec<Fact<Tenure>> {
        let facts = groups.into_iter().map(|(id, group)| {
            let seen = seen(group.evidence.iter().filter_map(|(at, _)| self.contributions[*at].day()));
            let mut links = vec![self.link(Role::Holder, group.holder)];
            links.extend(group.of.map(|of| self.link(Role::Of, of)));
            let value = Tenure {
                person: names[group.holder].clone(),
                title: group.titles.longest().unwrap_or_default(),
                of: group.of.map(|of| names[of].clone()),
                first_seen: seen.as_ref().map(|s| s.0.clone()),
                last_seen: seen.as_ref().map(|s| s.1.clone()),
            };
            Fact { id, value, evidence: tidy(group.evidence.into_iter().map(|e| e.1).collect()), links, seen }
        });
        facts.collect()
    }

    #[allow(clippy::type_complexity)]
    fn events(
        &self,
        groups: BTreeMap<String, (Vec<ActorAt>, Group)>,
        names: &[String],
    ) -> (Vec<Fact<Event>>, BTreeMap<(usize, usize), usize>) {
        let mut facts = Vec::with_capacity(groups.len());
        let mut event_of = BTreeMap::new();
        for (id, (participants, group)) in groups {
            let (mut places, mut dates, mut mechanisms) = (Votes::default(), Votes::default(), Votes::default());
            let (mut ordinals, mut statuses, mut passages) = (Votes::default(), BTreeSet::new(), Vec::new());
            for &(at, i) in &group {
                let c = self.contributions[at];
                let event = &c.events[i];
                event_of.insert((at, i), facts.len());
                event.place.iter().for_each(|p| places.add(p.clone(), at));
                event.mechanism.iter().for_each(|m| mechanisms.add(m.clone(), at));
                event.ordinal.iter().for_each(|&o| ordinals.add(o, at));
                if let Some(DateValue::Iso(date)) = &event.date {
                    dates.add(date.clone(), at);
                }
                statuses.insert(event.status);
                for (n, words) in event.mentions.iter().enumerate() {
                    let mut passage = evidence(c, words, &event.rule);
                    if let (0, Some(date)) = (n, &event.date_words) {
                        passage.parts.insert(Part::Date, date.points());
                    }
                    passages.push(passage);
                }
            }
            let kind = self.contributions[group[0].0].events[group[0].1].kind;
            let value = Event {
                kind,
                participants: participants.iter().map(|&p| names[p].clone()).collect(),
                place: places.longest(),
                date: dates.most(),
                status: settled(&statuses),
                mechanism: mechanisms.longest(),
                ordinal: ordinals.most(),
            };
            let links = participants.iter().map(|&p| self.link(Role::Participant, p)).collect();
            facts.push(Fact { id, value, evidence: tidy(passages), links, seen: self.seen(&group) });
        }
        (facts, event_of)
    }

    /// Rounds of standing formats: events that name a mechanism or count themselves. Of one mechanism, the
    /// same count is the same round.
    fn rounds(&self, events: &[Fact<Event>], instruments: &[Fact<Instrument>]) -> Vec<Fact<Round>> {
        let standing: BTreeMap<String, &str> = instruments
            .iter()
            .filter(|i| i.value.kind == InstrumentKind::Mechanism)
            .map(|i| (key(&i.value.name), i.id.as_str()))
            .collect();
        let mut groups: BTreeMap<String, Vec<&Fact<Event>>> = BTreeMap::new();
        for event in events {
            let mechanism = event.value.mechanism.as_deref().map(key);
            let id = match (&mechanism, event.value.ordinal) {
                (None, None) => continue,
                (Some(mechanism), Some(ordinal)) => id("r", [mechanism.as_str(), &ordinal.to_string()]),
                _ => id("r", [event.id.as_str()]),
            };
            groups.entry(id).or_default().push(event);
        }
        let facts = groups.into_iter().map(|(id, events)| {
            let (mut mechanisms, mut places, mut dates) = (Votes::default(), Votes::default(), Votes::default());
            for (n, event) in events.iter().enumerate() {
                event.value.mechanism.iter().for_each(|m| mechanisms.add(m.clone(), n));
                event.value.place.iter().for_each(|p| places.add(p.clone(), n));
                event.value.date.iter().for_each(|d| dates.add(d.clone(), n));
            }
            let mechanism = mechanisms.longest();
            let mut links: Vec<Link> = events.iter().map(|e| Link { role: Role::Encounter, to: e.id.clone() }).collect();
            let instrument = mechanism.as_deref().and_then(|m| standing.get(&key(m)));
            links.extend(instrument.map(|to| Link { role: Role::Mechanism, to: to.to_string() }));
            let value = Round { mechanism, ordinal: events[0].value.ordinal, place: places.longest(), date: dates.most() };
            let evidence = tidy(events.iter().flat_map(|e| e.evidence.iter().cloned()).collect());
            let days = events.iter().filter_map(|e| e.seen.as_ref()).flat_map(|s| [s.0.as_str(), s.1.as_str()]);
            Fact { id, value, evidence, links, seen: seen(days) }
        });
        facts.collect()
    }

    fn statements(
        &self,
        groups: BTreeMap<String, StatementGroup>,
        names: &[String],
        events: &[Fact<Event>],
        event_of: &BTreeMap<(usize, usize), usize>,
    ) -> Vec<Fact<Statement>> {
        let facts = groups.into_iter().map(|(id, group)| {
            let (mut cues, mut contents, mut acts) = (Votes::default(), Votes::default(), Votes::default());
            let (mut direct, mut occasions) = (Votes::default(), Votes::default());
            let (mut topics, mut passages) = (BTreeSet::new(), Vec::new());
            let mut via: Vec<String> = Vec::new();
            let speakers: Vec<String> = group.speakers.iter().map(|&s| names[s].clone()).collect();
            for &(at, i) in &group.members {
                let c = self.contributions[at];
                let s = &c.statements[i];
                cues.add(s.cue.quote.clone(), at);
                contents.add(s.content.quote.clone(), at);
                acts.add(s.act, at);
                // The order of a vote among equals is that of the values: quoted words are the stronger evidence.
                direct.add(!s.direct, at);
                topics.extend(s.topics.iter().cloned());
                if let Some(event) = s.occasion.and_then(|o| event_of.get(&(at, o))) {
                    occasions.add(events[*event].id.clone(), at);
                }
                let carried: Vec<String> = s.via.iter().map(|v| self.canonical(at, v, names)).collect();
                passages.push(said(c, s, &carried, &speakers));
                if carried.len() > via.len() {
                    via = carried;
                }
            }
            let occasion = occasions.most();
            let date = occasion.as_ref().and_then(|o| {
                let at = events.binary_search_by(|e| e.id.cmp(o)).ok()?;
                events[at].value.date.clone()
            });
            let mut links: Vec<Link> = group.speakers.iter().map(|&a| self.link(Role::Speaker, a)).collect();
            links.extend(group.via.iter().map(|&a| self.link(Role::Via, a)));
            links.extend(group.about.iter().map(|&a| self.link(Role::About, a)));
            links.extend(occasion.iter().map(|o| Link { role: Role::Occasion, to: o.clone() }));
            let value = Statement {
                speakers,
                via,
                cue: cues.longest().unwrap_or_default(),
                content: contents.longest().unwrap_or_default(),
                direct: !direct.most().unwrap_or(true),
                act: acts.most().unwrap_or(musnad_reading::Act::State),
                topics: topics.into_iter().collect(),
                date,
                occasion,
            };
            Fact { id, value, evidence: tidy(passages), links: sorted(links), seen: self.seen(&group.members) }
        });
        facts.collect()
    }

    fn undertakings(&self, groups: BTreeMap<String, (Vec<ActorAt>, Group)>, names: &[String]) -> Vec<Fact<Undertaking>> {
        let facts = groups.into_iter().map(|(id, (actors, group))| {
            let (mut kinds, mut contents, mut passages) = (Votes::default(), Votes::default(), Vec::new());
            for &(at, i) in &group {
                let c = self.contributions[at];
                let u = &c.undertakings[i];
                kinds.add(u.kind, at);
                contents.add(u.content.quote.clone(), at);
                passages.push(undertaken(c, u));
            }
            let value = Undertaking {
                actors: actors.iter().map(|&a| names[a].clone()).collect(),
                kind: kinds.most().unwrap_or(musnad_reading::UndertakingKind::Agreed),
                content: contents.longest().unwrap_or_default(),
            };
            let links = actors.iter().map(|&a| self.link(Role::Party, a)).collect();
            Fact { id, value, evidence: tidy(passages), links, seen: self.seen(&group) }
        });
        facts.collect()
    }

    fn instruments(&self) -> Vec<Fact<Instrument>> {
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (at, c) in self.contributions.iter().enumerate() {
            for (i, instrument) in c.instruments.iter().enumerate() {
                let name = key(&instrument.name);
                if !name.is_empty() {
                    let kind = format!("{:?}", instrument.kind);
                    groups.entry(id("i", [kind.as_str(), &name])).or_default().push((at, i));
                }
            }
        }
        let facts = groups.into_iter().map(|(id, group)| {
            let (mut names, mut passages) = (Votes::default(), Vec::new());
            for &(at, i) in &group {
                let c = self.contributions[at];
                let instrument = &c.instruments[i];
                names.add(instrument.name.clone(), at);
                passages.extend(instrument.mentions.iter().map(|w| evidence(c, w, &instrument.rule)));
            }
            let kind = self.contributions[group[0].0].instruments[group[0].1].kind;
            let value = Instrument { name: names.longest().unwrap_or_default(), kind };
            Fact { id, value, evidence: tidy(passages), links: Vec::new(), seen: self.seen(&group) }
        });
        facts.collect()
    }

    /// The canonical name of an actor already met.
    fn canonical(&self, at: usize, actor: &ActorRef, names: &[String]) -> String {
        match self.identity.met(at, self.contributions[at], actor) {
            Some(found) => names[found].clone(),
            None => actor.name.clone(),
        }
    }

    fn link(&self, role: Role, actor: ActorAt) -> Link {
        Link { role, to: self.identity.actors[actor].id.clone() }
    }

    fn seen(&self, group: &Group) -> Option<(String, String)> {
        seen(group.iter().filter_map(|(at, _)| self.contributions[*at].day()))
    }
}

/// The id of words and whose they are; short ones are one only within a day, or a report without one.
fn said_id(prefix: &str, c: &Contribution, content: &str, actors: &[String]) -> String {
    let mut parts = vec![content];
    if content.split(' ').count() < TELLING_WORDS {
        parts.extend(["on", c.day().unwrap_or(&c.report)]);
    }
    parts.extend(actors.iter().map(String::as_str));
    id(prefix, parts)
}

/// The date by which reports of one event meet: a day, a range of days or a month, not less.
fn joining_date(date: Option<&DateValue>) -> Option<String> {
    let Some(DateValue::Iso(iso)) = date else { return None };
    let day = match iso.split_once('T') {
        Some((day, _)) if !iso.contains('/') => day,
        _ => iso,
    };
    (day.len() >= "2017-08".len()).then(|| day.to_string())
}

/// What becomes of an event of which reports say different things: it took place if one says so; else it was
/// called off if one says so; else it is planned; else hoped for.
fn settled(statuses: &BTreeSet<Status>) -> Status {
    let order = [Status::Past, Status::Cancelled, Status::Planned, Status::Hoped];
    order.into_iter().find(|s| statuses.contains(s)).unwrap_or(Status::Past)
}

fn evidence(c: &Contribution, words: &Words, rule: &str) -> Evidence {
    Evidence {
        report: c.report.clone(),
        start: words.start,
        end: words.end,
        quote: words.quote.clone(),
        rule: rule.to_string(),
        language: c.language.clone(),
        parts: BTreeMap::new(),
        chain: Vec::new(),
    }
}

fn said(c: &Contribution, s: &StatementSeen, via: &[String], speakers: &[String]) -> Evidence {
    let mut passage = evidence(c, &s.words, &s.rule);
    passage.parts.insert(Part::Cue, s.cue.points());
    passage.parts.insert(Part::Content, s.content.points());
    if let Some(speaker) = &s.speaker {
        passage.parts.insert(Part::Speaker, speaker.points());
    }
    let outlet = c.source.clone().unwrap_or_else(|| SOURCE_UNKNOWN.to_string());
    let link = |role, name: &String| ChainLink { role, name: name.clone() };
    passage.chain.push(link(ChainRole::Report, &outlet));
    passage.chain.extend(via.iter().map(|v| link(ChainRole::Via, v)));
    passage.chain.extend(speakers.iter().map(|s| link(ChainRole::Speaker, s)));
    passage
}

fn undertaken(c: &Contribution, u: &UndertakingSeen) -> Evidence {
    let mut passage = evidence(c, &u.words, &u.rule);
    passage.parts.insert(Part::Cue, u.cue.points());
    passage.parts.insert(Part::Content, u.content.points());
    passage
}

/// In order of report and place, each once.
fn tidy(mut passages: Vec<Evidence>) -> Vec<Evidence> {
    passages.sort();
    passages.dedup_by(|b, a| (&a.report, a.start, a.end) == (&b.report, b.start, b.end));
    passages
}

fn sorted(mut links: Vec<Link>) -> Vec<Link> {
    links.sort();
    links.dedup();
    links
}

/// First and last of some days.
fn seen<'d>(days: impl Iterator<Item = &'d str>) -> Option<(String, String)> {
    let days: BTreeSet<&str> = days.collect();
    Some((days.first()?.to_string(), days.last()?.to_string()))
}

/// Days of publication by report id.
struct Days<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Days<'a> {
    fn of(contributions: &[&'a Contribution]) -> Self {
        Days(contributions.iter().filter_map(|c| Some((c.report.as_str(), c.day()?))).collect())
    }

    fn seen(&self, evidence: &[Evidence]) -> Option<(String, String)> {
        seen(evidence.iter().filter_map(|e| self.0.get(e.report.as_str()).copied()))
    }
}

/// Reports that vote for values.
struct Votes<T>(BTreeMap<T, BTreeSet<usize>>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Votes(BTreeMap::new())
    }
}

impl<T: Ord + Clone> Votes<T> {
    fn add(&mut self, value: T, report: usize) {
        self.0.entry(value).or_default().insert(report);
    }

    fn take(&mut self, other: Votes<T>) {
        for (value, reports) in other.0 {
            self.0.entry(value).or_default().extend(reports);
        }
    }

    /// What most reports say; among equals the first in order.
    fn most(&self) -> Option<T> {
        let best = self.0.values().map(BTreeSet::len).max()?;
        self.0.iter().find(|(_, reports)| reports.len() == best).map(|(value, _)| value.clone())
    }
}

impl Votes<String> {
    /// What most reports write; among equals the longest, then the first in code-point order.
    fn longest(&self) -> Option<String> {
        let rank = |(value, reports): (&String, &BTreeSet<usize>)| (reports.len(), value.chars().count());
        let best = self.0.iter().map(rank).max()?;
        self.0.iter().find(|&entry| rank(entry) == best).map(|(value, _)| value.clone())
    }
}
