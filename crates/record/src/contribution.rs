//! What one report gives to a record.

use musnad_reading::{
    Act, ActorKind, ActorRef, DateValue, EventKind, Findings, InstrumentKind, MentionKind, Status, UndertakingKind,
};
use musnad_text::{Report, Span, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A passage of the report at hand: where it stands, in code points, and its exact words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Words {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words, exactly as the text has them.
    pub quote: String,
}

impl Words {
    /// The words of a span; `None` if it is empty or does not lie in the text.
    pub fn of(text: &Text, span: Span) -> Option<Words> {
        let quote = text.as_str().get(span.start..span.end).filter(|q| !q.is_empty())?;
        let [start, end] = text.points(span);
        Some(Words { start, end, quote: quote.to_string() })
    }

    /// Where it stands, as faces hand it out.
    pub fn points(&self) -> [usize; 2] {
        [self.start, self.end]
    }
}

/// What one report gives: findings with the words that say so. It stands by itself, without the report's text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// The report's id.
    pub report: String,
    /// The outlet that published it; where that is not known, the host of its url.
    pub source: Option<String>,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// Version of the reading.
    pub language: String,
    /// Named persons.
    pub persons: Vec<PersonSeen>,
    /// States and bodies.
    pub actors: Vec<ActorSeen>,
    /// Encounters.
    pub events: Vec<EventSeen>,
    /// What was said.
    pub statements: Vec<StatementSeen>,
    /// Agreements, resolutions, plans, standing formats.
    pub instruments: Vec<InstrumentSeen>,
    /// What was agreed or undertaken.
    pub undertakings: Vec<UndertakingSeen>,
}

/// A person in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonSeen {
    /// Fullest form in the report.
    pub name: String,
    /// Every surface form.
    pub forms: Vec<String>,
    /// Where the name stands; never empty.
    pub mentions: Vec<Words>,
    /// Offices that the report gives the person.
    pub offices: Vec<OfficeSeen>,
    /// What found the person.
    pub rule: String,
}

/// A post that one report gives a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeSeen {
    /// The post, without its state or body.
    pub title: String,
    /// State or body, by common name.
    pub of: Option<ActorRef>,
    /// The words that give it.
    pub words: Words,
    /// What found it.
    pub rule: String,
}

/// A state or body in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActorSeen {
    /// Common name and kind.
    pub actor: ActorRef,
    /// Where it is named; never empty.
    pub mentions: Vec<Words>,
    /// What found it first.
    pub rule: String,
}

/// An encounter in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventSeen {
    /// What kind.
    pub kind: EventKind,
    /// Who took part.
    pub participants: Vec<ActorRef>,
    /// Town or country, by common name.
    pub place: Option<String>,
    /// When.
    pub date: Option<DateValue>,
    /// The words that give the date.
    pub date_words: Option<Words>,
    /// Whether it took place.
    pub status: Status,
    /// Every place that names it; never empty.
    pub mentions: Vec<Words>,
    /// The standing format it is a round of.
    pub mechanism: Option<String>,
    /// Which round.
    pub ordinal: Option<u32>,
    /// What found it.
    pub rule: String,
}

/// A statement in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementSeen {
    /// Who speaks.
    pub speakers: Vec<ActorRef>,
    /// Who carried the words, outermost first.
    pub via: Vec<ActorRef>,
    /// The passage: from the first to the last of speaker, cue and content.
    pub words: Words,
    /// The cue.
    pub cue: Words,
    /// The words that name the speaker.
    pub speaker: Option<Words>,
    /// What is said.
    pub content: Words,
    /// Whether it is quoted.
    pub direct: bool,
    /// What the speech act does.
    pub act: Act,
    /// What it is about.
    pub topics: Vec<String>,
    /// The encounter at which it was said: index into [`Contribution::events`].
    pub occasion: Option<usize>,
    /// Actors named in the content.
    pub about: Vec<ActorRef>,
    /// What found it.
    pub rule: String,
}

/// An instrument in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InstrumentSeen {
    /// As written.
    pub name: String,
    /// What kind.
    pub kind: InstrumentKind,
    /// Where it is named; never empty.
    pub mentions: Vec<Words>,
    /// What found it.
    pub rule: String,
}

/// An undertaking in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UndertakingSeen {
    /// Who.
    pub actors: Vec<ActorRef>,
    /// By how many sides.
    pub kind: UndertakingKind,
    /// The passage: cue and content.
    pub words: Words,
    /// The word that says so.
    pub cue: Words,
    /// What.
    pub content: Words,
    /// What found it.
    pub rule: String,
}

impl Contribution {
    /// Which of two readings of one report stays.
    pub(crate) fn precedence(&self) -> (&str, String) {
        (&self.language, format!("{self:?}"))
    }

    /// Day of publication, without a time of day.
    pub fn day(&self) -> Option<&str> {
        let published = self.published.as_deref()?;
        Some(published.get(..10).unwrap_or(published))
    }
}

/// What `findings` give to a record, with the words of `text`, the text of `report`. A finding whose words do
/// not stand in the text is left out.
pub fn contribute(report: &Report, text: &Text, findings: &Findings) -> Contribution {
    let levelled = (!findings.common_names.is_empty()).then(|| findings.clone().with_common_names());
    let findings = levelled.as_ref().unwrap_or(findings);
    let words = |span: Span| Words::of(text, span);
    let all = |spans: &[Span]| {
        let mut found: Vec<Words> = spans.iter().filter_map(|&s| words(s)).collect();
        found.sort();
        found.dedup();
        found
    };
    let mut events = Vec::new();
    let mut event_at = Vec::new();
    for e in &findings.events {
        let spans: Vec<Span> = e.mentions.iter().copied().chain([e.span]).collect();
        let mentions = all(&spans);
        event_at.push((!mentions.is_empty()).then_some(events.len()));
        if mentions.is_empty() {
            continue;
        }
        events.push(EventSeen {
            kind: e.kind,
            participants: e.participants.clone(),
            place: e.place.clone(),
            date: e.date.clone(),
            date_words: e.date_span.and_then(words),
            status: e.status,
            mentions,
            mechanism: e.mechanism.clone(),
            ordinal: e.ordinal,
            rule: e.rule.clone(),
        });
    }
    Contribution {
        report: report.id.clone(),
        source: report.source.clone().or_else(|| host(report.url.as_deref()?)),
        published: report.published.clone(),
        language: findings.language.clone(),
        persons: findings
            .persons
            .iter()
            .map(|p| PersonSeen {
                name: p.name.clone(),
                forms: p.forms.clone(),
                mentions: all(&p.mentions),
                offices: p
                    .offices
                    .iter()
                    .filter_map(|o| {
                        let kind = if o.of_state { ActorKind::State } else { ActorKind::Body };
                        Some(OfficeSeen {
                            title: o.title.clone(),
                            of: o.of.clone().map(|name| ActorRef { name, kind }),
                            words: words(o.span)?,
                            rule: o.rule.clone(),
                        })
                    })
                    .collect(),
                rule: p.rule.clone(),
            })
            .filter(|p| !p.mentions.is_empty())
            .collect(),
        actors: states_and_bodies(findings, text),
        events,
        statements: findings
            .statements
            .iter()
            .filter_map(|s| {
                let (cue, content) = (words(s.cue)?, words(s.content)?);
                let speaker_span = s.speaker_span.filter(|&span| words(span).is_some());
                let whole = speaker_span.into_iter().fold(s.content.cover(s.cue), Span::cover);
                Some(StatementSeen {
                    speakers: s.speakers.clone(),
                    via: s.via.clone(),
                    words: words(whole)?,
                    cue,
                    speaker: speaker_span.and_then(words),
                    content,
                    direct: s.direct,
                    act: s.act,
                    topics: s.topics.clone(),
                    occasion: s.occasion.and_then(|i| event_at.get(i).copied().flatten()),
                    about: named_in(findings, s.content),
                    rule: s.rule.clone(),
                })
            })
            .collect(),
        instruments: findings
            .instruments
            .iter()
            .filter_map(|i| {
                let again = findings
                    .mentions
                    .iter()
                    .filter(|m| matches!(m.kind, MentionKind::Instrument | MentionKind::Mechanism) && m.name == i.name);
                let mentions = all(&again.map(|m| m.span).chain([i.span]).collect::<Vec<_>>());
                (!mentions.is_empty()).then(|| InstrumentSeen {
                    name: i.name.clone(),
                    kind: i.kind,
                    mentions,
                    rule: i.rule.clone(),
                })
            })
            .collect(),
        undertakings: findings
            .undertakings
            .iter()
            .filter_map(|u| {
                let (cue, content) = (words(u.cue)?, words(u.content)?);
                Some(UndertakingSeen {
                    actors: u.actors.clone(),
                    kind: u.kind,
                    words: words(u.content.cover(u.cue))?,
                    cue,
                    content,
                    rule: u.rule.clone(),
                })
            })
            .collect(),
    }
}

/// The host of a url, as people write it: without `www.`.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_string())
}

fn actor_kind(kind: MentionKind) -> Option<ActorKind> {
    match kind {
        MentionKind::Person => Some(ActorKind::Person),
        MentionKind::State => Some(ActorKind::State),
        MentionKind::Body | MentionKind::Institution => Some(ActorKind::Body),
        _ => None,
    }
}

/// States and bodies that the report names, each once, in the order of their first mention.
fn states_and_bodies(findings: &Findings, text: &Text) -> Vec<ActorSeen> {
    let mut seen: BTreeMap<ActorRef, ActorSeen> = BTreeMap::new();
    for m in &findings.mentions {
        let Some(kind) = actor_kind(m.kind).filter(|&k| k != ActorKind::Person) else { continue };
        let Some(words) = Words::of(text, m.span) else { continue };
        let actor = ActorRef { name: m.name.clone(), kind };
        let held = seen.entry(actor.clone()).or_insert_with(|| ActorSeen { actor, mentions: Vec::new(), rule: m.rule.clone() });
        held.mentions.push(words);
    }
    let mut seen: Vec<ActorSeen> = seen.into_values().collect();
    for actor in &mut seen {
        actor.mentions.sort();
        actor.mentions.dedup();
    }
    seen.sort_by(|a, b| (&a.mentions, &a.actor).cmp(&(&b.mentions, &b.actor)));
    seen
}

/// Persons, states and bodies named in a span, each once.
fn named_in(findings: &Findings, span: Span) -> Vec<ActorRef> {
    let persons = findings
        .persons
        .iter()
        .filter(|p| p.mentions.iter().any(|&m| span.contains(m)))
        .map(|p| ActorRef { name: p.name.clone(), kind: ActorKind::Person });
    let others = findings.mentions.iter().filter(|m| span.contains(m.span)).filter_map(|m| {
        let kind = actor_kind(m.kind).filter(|&k| k != ActorKind::Person)?;
        Some(ActorRef { name: m.name.clone(), kind })
    });
    let mut named: Vec<ActorRef> = persons.chain(others).collect();
    named.sort();
    named.dedup();
    named
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_host_of_a_url_stands_for_its_outlet() {
        for (url, outlet) in [
            ("https://www.example.org/a?b", Some("example.org")),
            ("http://me@News.Example.org:8080#x", Some("news.example.org")),
            ("https://", None),
            ("example", None),
            ("", None),
        ] {
            assert_eq!(host(url).as_deref(), outlet, "{url}");
        }
    }
}
