//! Facts: values with content-derived ids and the passages that say so.
//!
//! Serialised, a fact is one flat object: `id`, the fields of its value, `evidence`. Actors are named by their
//! canonical name; [`Fact::links`] holds their ids.

use musnad_reading::{Act, ActorKind, EventKind, InstrumentKind, Status, UndertakingKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A fact: a value, its id, and what speaks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact<V> {
    /// Follows from the content: `a-`, `t-`, `s-`, `e-`, `i-`, `r-` or `u-` and 16 hexadecimal digits.
    pub id: String,
    /// What is so.
    #[serde(flatten)]
    pub value: V,
    /// The passages that say so, by report and place; never empty.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// The actors that the value names, and the facts that it refers to.
    #[serde(skip)]
    pub links: Vec<Link>,
    /// First and last day of publication of the reports that support it, where known.
    #[serde(skip)]
    pub seen: Option<(String, String)>,
}

/// A passage that supports a fact, and how it was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// The report's id.
    pub report: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The exact words.
    pub quote: String,
    /// What found it.
    pub rule: String,
    /// Version of the reading.
    pub language: String,
    /// Places of note in the same report, in code points.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<Part, [usize; 2]>,
    /// For statements: through whom this report has the words, from the report's outlet inwards to the speaker.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<ChainLink>,
}

/// A place of note in a report that supports a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The word that opens a statement or undertaking.
    Cue,
    /// What is said or undertaken.
    Content,
    /// The words that name the speaker.
    Speaker,
    /// The words that give an event's date.
    Date,
}

/// One who passed words on, or spoke them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChainLink {
    /// Where in the chain.
    pub role: ChainRole,
    /// By common or canonical name.
    pub name: String,
}

/// What opens a chain where nothing is known of where the report was published.
pub const SOURCE_UNKNOWN: &str = "(source unknown)";

/// A place in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainRole {
    /// The outlet that published the report, else the host of its url, else [`SOURCE_UNKNOWN`].
    Report,
    /// An agency, outlet or spokesperson.
    Via,
    /// Whose words they are.
    Speaker,
}

/// A fact's tie to an actor or to another fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// How they are tied.
    pub role: Role,
    /// The other's id.
    pub to: String,
}

/// How a fact is tied to an actor or to another fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Speaks (statement -> actor).
    Speaker,
    /// Carries the words (statement -> actor).
    Via,
    /// Is named in what is said (statement -> actor).
    About,
    /// Takes part (event -> actor).
    Participant,
    /// Binds itself (undertaking -> actor).
    Party,
    /// Holds a post (tenure -> actor).
    Holder,
    /// Whose post it is (tenure -> actor).
    Of,
    /// At which it was said (statement -> event).
    Occasion,
    /// In which it took place (round -> event).
    Encounter,
    /// Of which it is a round (round -> instrument).
    Mechanism,
}

impl Role {
    /// The role as the record file and all faces write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Speaker => "speaker",
            Role::Via => "via",
            Role::About => "about",
            Role::Participant => "participant",
            Role::Party => "party",
            Role::Holder => "holder",
            Role::Of => "of",
            Role::Occasion => "occasion",
            Role::Encounter => "encounter",
            Role::Mechanism => "mechanism",
        }
    }
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum FactKind {
    Actor,
    Tenure,
    Statement,
    Event,
    Instrument,
    Round,
    Undertaking,
}

impl FactKind {
    /// Every kind, in the order of exports.
    pub const ALL: [FactKind; 7] = [
        FactKind::Actor,
        FactKind::Tenure,
        FactKind::Statement,
        FactKind::Event,
        FactKind::Instrument,
        FactKind::Round,
        FactKind::Undertaking,
    ];

    /// The kind as the record file writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            FactKind::Actor => "actor",
            FactKind::Tenure => "tenure",
            FactKind::Statement => "statement",
            FactKind::Event => "event",
            FactKind::Instrument => "instrument",
            FactKind::Round => "round",
            FactKind::Undertaking => "undertaking",
        }
    }

    /// The kind's name for many, as exports write it.
    pub fn plural(self) -> &'static str {
        match self {
            FactKind::Actor => "actors",
            FactKind::Tenure => "tenures",
            FactKind::Statement => "statements",
            FactKind::Event => "events",
            FactKind::Instrument => "instruments",
            FactKind::Round => "rounds",
            FactKind::Undertaking => "undertakings",
        }
    }

    /// The kind of the fact that bears this id, by its prefix.
    pub fn of_id(id: &str) -> Option<FactKind> {
        let (prefix, _) = id.split_once('-')?;
        FactKind::ALL.into_iter().find(|k| k.prefix() == prefix)
    }

    /// What ids of this kind begin with.
    pub fn prefix(self) -> &'static str {
        &self.as_str()[..1]
    }
}

/// A value that a fact can have.
pub trait Value: Serialize + for<'de> Deserialize<'de> {
    /// Which kind of fact.
    const KIND: FactKind;

    /// The value's own date, where it has one.
    fn date(&self) -> Option<&str> {
        None
    }

    /// What it is about: topic ids.
    fn topics(&self) -> &[String] {
        &[]
    }
}

/// Who acts or speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Canonical name: the one that most reports write, then the longest, then the first in code-point order.
    pub name: String,
    /// What it is. `unnamed` stands for a phrase (a diplomatic source), not for one identity behind it.
    pub kind: ActorKind,
    /// Every form in which reports name it.
    pub forms: Vec<String>,
}

/// A person's holding of a post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tenure {
    /// Who.
    pub person: String,
    /// The post, without its state or body.
    pub title: String,
    /// Whose post it is; `None` where no report says.
    pub of: Option<String>,
    /// First day of publication of a report that gives the person the post.
    pub first_seen: Option<String>,
    /// Last such day.
    pub last_seen: Option<String>,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Who speaks.
    pub speakers: Vec<String>,
    /// Who carried the words, outermost first, in the report with the longest chain.
    pub via: Vec<String>,
    /// The cue as most reports write it.
    pub cue: String,
    /// The words, as most reports write them.
    pub content: String,
    /// Whether they are quoted.
    pub direct: bool,
    /// What the speech act does.
    pub act: Act,
    /// What it is about.
    pub topics: Vec<String>,
    /// Date of its occasion; `None` where that is not known (never the day of publication).
    pub date: Option<String>,
    /// Id of the event at which it was said.
    pub occasion: Option<String>,
}

/// An encounter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// What kind.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// Who took part.
    pub participants: Vec<String>,
    /// Town or country.
    pub place: Option<String>,
    /// ISO 8601; `None` where the reports do not say.
    pub date: Option<String>,
    /// Whether it took place.
    pub status: Status,
    /// The standing format it is a round of.
    pub mechanism: Option<String>,
    /// Which round.
    pub ordinal: Option<u32>,
}

/// A named agreement, resolution, plan or standing format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// Canonical name.
    pub name: String,
    /// What kind.
    pub kind: InstrumentKind,
}

/// A round of a mechanism.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// The standing format, where the reports name it.
    pub mechanism: Option<String>,
    /// Which round, where they say.
    pub ordinal: Option<u32>,
    /// Where it met.
    pub place: Option<String>,
    /// When it met.
    pub date: Option<String>,
}

/// What parties agreed or bound themselves to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Undertaking {
    /// Who.
    pub actors: Vec<String>,
    /// By how many sides.
    pub kind: UndertakingKind,
    /// The words, as most reports write them.
    pub content: String,
}

impl Value for Actor {
    const KIND: FactKind = FactKind::Actor;
}
impl Value for Tenure {
    const KIND: FactKind = FactKind::Tenure;
}
impl Value for Statement {
    const KIND: FactKind = FactKind::Statement;
    fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }
    fn topics(&self) -> &[String] {
        &self.topics
    }
}
impl Value for Event {
    const KIND: FactKind = FactKind::Event;
    fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }
}
impl Value for Instrument {
    const KIND: FactKind = FactKind::Instrument;
}
impl Value for Round {
    const KIND: FactKind = FactKind::Round;
    fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }
}
impl Value for Undertaking {
    const KIND: FactKind = FactKind::Undertaking;
}

/// All facts of a record, each list by id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Who acts or speaks.
    pub actors: Vec<Fact<Actor>>,
    /// Who held which post.
    pub tenures: Vec<Fact<Tenure>>,
    /// What was said.
    pub statements: Vec<Fact<Statement>>,
    /// Encounters.
    pub events: Vec<Fact<Event>>,
    /// Agreements, resolutions, plans, standing formats.
    pub instruments: Vec<Fact<Instrument>>,
    /// Rounds of standing formats.
    pub rounds: Vec<Fact<Round>>,
    /// What was agreed or undertaken.
    pub undertakings: Vec<Fact<Undertaking>>,
}
