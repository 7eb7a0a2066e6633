//! What one report yields, before it meets other reports.
//!
//! All spans are byte offsets into the report's text. Names are written as the report writes them
//! (persons) or by their common name (states, bodies).

use musnad_text::Span;
use serde::{Deserialize, Serialize};

/// The name of the rule (in `language/<lang>/rules`, or of a step in code) that made a finding.
pub type Rule = String;

/// All that one report yields.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// The report's id.
    pub report: String,
    /// Version of the reading ([`Reader::version`](crate::Reader::version)).
    pub language: String,
    /// Named persons, each once.
    pub persons: Vec<Person>,
    /// What was said.
    pub statements: Vec<Statement>,
    /// Encounters.
    pub events: Vec<Event>,
    /// What parties agreed or bound themselves to.
    pub undertakings: Vec<Undertaking>,
    /// Agreements, resolutions, plans, standing formats.
    pub instruments: Vec<Instrument>,
    /// Calendar expressions.
    pub dates: Vec<Dated>,
    /// Every name found, of any type.
    pub mentions: Vec<Mention>,
    /// Bodies that the findings name as the report does, though they are listed by another name: as written, and the common name.
    pub common_names: Vec<(String, String)>,
    /// What could not be read, and why.
    pub notes: Vec<Note>,
}

impl Findings {
    /// The same with listed bodies by their common names, under which reports meet in a record.
    pub fn with_common_names(mut self) -> Findings {
        let known = std::mem::take(&mut self.common_names);
        let level = |name: &mut String| {
            if let Some((_, common)) = known.iter().find(|(written, _)| written == name) {
                name.clone_from(common);
            }
        };
        let said = self.statements.iter_mut().flat_map(|s| s.speakers.iter_mut().chain(&mut s.via));
        let met = self.events.iter_mut().flat_map(|e| &mut e.participants);
        let agreed = self.undertakings.iter_mut().flat_map(|u| &mut u.actors);
        said.chain(met).chain(agreed).filter(|a| a.kind == ActorKind::Body).for_each(|a| level(&mut a.name));
        let bodies = self.mentions.iter_mut().filter(|m| matches!(m.kind, MentionKind::Body | MentionKind::Institution));
        bodies.for_each(|m| level(&mut m.name));
        let held = self.persons.iter_mut().flat_map(|p| &mut p.offices).filter(|o| !o.of_state);
        held.filter_map(|o| o.of.as_mut()).for_each(level);
        self
    }
}

/// What kind of actor a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A named human being.
    Person,
    /// A state, also where its capital or government stands for it.
    State,
    /// A ministry, organisation, movement, outlet.
    Body,
    /// Somebody whom the report does not name (`مصدر دبلوماسي`), or a group.
    Unnamed,
}

/// An actor as this report names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActorRef {
    /// Person: fullest form in the report, without titles. State, body: common name. Unnamed: its phrase.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
}

/// A named person of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Fullest form in the report, without titles.
    pub name: String,
    /// Every surface form, the fullest included.
    pub forms: Vec<String>,
    /// Where the name stands, without clitics and titles, in text order.
    pub mentions: Vec<Span>,
    /// The offices that the report gives the person.
    pub offices: Vec<Office>,
    /// What found it first.
    pub rule: Rule,
}

/// A post that a person is said to hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Office {
    /// Without the state or its adjective: `وزير الخارجية`.
    pub title: String,
    /// State or body, by common name; `None` where the report does not say.
    pub of: Option<String>,
    /// Whether `of` is a state (else a body).
    pub of_state: bool,
    /// The words that give the office.
    pub span: Span,
    /// What found it.
    pub rule: Rule,
}

/// What a speech act does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Asserts, explains, announces.
    State,
    /// Praises, welcomes, thanks, backs.
    Support,
    /// Calls for, demands, stresses that others must.
    Request,
    /// Blames, condemns, criticises.
    Accuse,
    /// Denies, refuses.
    Reject,
    /// Warns, threatens.
    Warn,
    /// Will do, offers, agrees to do.
    Promise,
    /// Worry, hope, regret.
    Concern,
}

/// One communication cue with its speaker and content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Who speaks.
    pub speakers: Vec<ActorRef>,
    /// Who carried the words between speaker and report, outermost first.
    pub via: Vec<ActorRef>,
    /// The cue word as written, without its preposition.
    pub cue: Span,
    /// The words that name the speaker, where this sentence has them (`None`: carried on from before).
    pub speaker_span: Option<Span>,
    /// The whole of what is said.
    pub content: Span,
    /// Whether more than half of the content stands in quotation marks.
    pub direct: bool,
    /// What the speech act does.
    pub act: Act,
    /// The words that decided the act: the cue, or words of the content.
    pub act_words: Span,
    /// What it is about: topic ids (`syria`, `bilateral` …).
    pub topics: Vec<String>,
    /// For each topic the words of the content that speak for it; none where it was carried over from what was said before
    /// or from the rest of the report.
    pub topic_words: Vec<Vec<Span>>,
    /// The encounter at which it was said: index into [`Findings::events`].
    pub occasion: Option<usize>,
    /// What found it.
    pub rule: Rule,
}

/// What kind of encounter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Talks, reception, session.
    Meeting,
    /// Telephone or video call.
    Call,
    /// Visit to a country or town.
    Visit,
    /// Press conference.
    PressConference,
    /// A message handed over.
    Letter,
    /// Signing of an instrument.
    Signing,
    /// Summit, multilateral session.
    Conference,
    /// Between parties to a conflict.
    Negotiation,
}

/// Whether an encounter took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It took place.
    Past,
    /// It is set to.
    Planned,
    /// It was called off.
    Cancelled,
    /// Someone wishes for it.
    Hoped,
}

/// An encounter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// What kind.
    pub kind: EventKind,
    /// Who took part, the host included.
    pub participants: Vec<ActorRef>,
    /// The town, else the country, by common name.
    pub place: Option<String>,
    /// When; `None` if not said.
    pub date: Option<DateValue>,
    /// The words that give the date.
    pub date_span: Option<Span>,
    /// Whether it took place.
    pub status: Status,
    /// The words that name it first.
    pub span: Span,
    /// Every place that names it, the first included, in text order.
    pub mentions: Vec<Span>,
    /// The standing format it is a round of, by name.
    pub mechanism: Option<String>,
    /// Which round of the mechanism.
    pub ordinal: Option<u32>,
    /// What found it.
    pub rule: Rule,
}

/// Whether two or more sides agreed, or one bound itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndertakingKind {
    /// By two or more sides.
    Agreed,
    /// By one.
    Committed,
}

/// What parties agreed, decided together or undertook to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Undertaking {
    /// Who.
    pub actors: Vec<ActorRef>,
    /// How many sides.
    pub kind: UndertakingKind,
    /// The word that says so (`اتفق`, `تعهد`).
    pub cue: Span,
    /// What.
    pub content: Span,
    /// What found it.
    pub rule: Rule,
}

/// What kind of instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentKind {
    /// Treaty, accord, declaration.
    Agreement,
    /// Resolution of a body.
    Resolution,
    /// A standing format, commission, dialogue, track.
    Mechanism,
    /// Plan, initiative, road map.
    Plan,
}

/// A named agreement, resolution, plan or standing format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// As written at its first mention.
    pub name: String,
    /// What kind.
    pub kind: InstrumentKind,
    /// First mention.
    pub span: Span,
    /// What found it.
    pub rule: Rule,
}

/// A calendar value as ISO 8601 text: `2017-08-21`, `2017-08`, `2017`, `2015-08-01/2015-08-06`,
/// `2018-02-22T14:30`; or unresolved, with why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateValue {
    /// Settled by the text and the day of publication.
    Iso(String),
    /// Left open by the text: the reason.
    Unresolved(String),
}

/// A calendar expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dated {
    /// Its words, without `يوم`, `شهر`, `عام`.
    pub span: Span,
    /// What it names.
    pub value: DateValue,
    /// `gregorian` or `hijri`.
    pub calendar: String,
    /// What found it.
    pub rule: Rule,
}

/// What kind of thing a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum MentionKind {
    Person,
    State,
    Place,
    Body,
    /// A body without a name: the government, the army of a state, the company.
    Institution,
    Office,
    Instrument,
    Mechanism,
    Topic,
    Date,
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Its words.
    pub span: Span,
    /// What kind of thing.
    pub kind: MentionKind,
    /// The thing's common name: a person's fullest form, a state's or body's common name.
    pub name: String,
    /// What found it.
    pub rule: Rule,
}

/// Something a reader should know about the reading of this report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Where, if it concerns a place.
    pub span: Option<Span>,
    /// What.
    pub what: String,
}
