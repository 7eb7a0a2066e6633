//! The compiled form of the language data. Shared between the build script, which writes it, and the library, which reads it.

use serde::{Deserialize, Serialize};

/// Verb tense or nominal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Tense {
    #[default]
    None,
    Perfect,
    Imperfect,
    Future,
    ActiveParticiple,
    PassiveParticiple,
    VerbalNoun,
}

/// Grammatical gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Gender {
    #[default]
    Both,
    Masculine,
    Feminine,
}

/// Grammatical number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Number {
    #[default]
    Singular,
    Dual,
    Plural,
}

/// The features of one word form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Form {
    /// Tense, or which nominal form of a verb.
    pub tense: Tense,
    /// Passive voice.
    pub passive: bool,
    /// 1 to 3; 0 for nominal forms.
    pub person: u8,
    /// Gender.
    pub gender: Gender,
    /// Number.
    pub number: Number,
    /// Ends in a possessive or object pronoun.
    pub pronoun: bool,
    /// Indefinite accusative in alif, as circumstantial participles are (`mu'akkidan`).
    pub accusative: bool,
}

/// What a phrase may be: a class, the item of that class's table, and the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sense {
    /// Index into [`Lexicon::classes`].
    pub class: u16,
    /// Index into the table that the class belongs to.
    pub item: u32,
    /// Features of the form.
    pub form: Form,
}

/// How the content of a saying follows its cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Frame {
    That,
    Quote,
    Object,
    Whom,
    On,
    To,
    For,
    About,
    With,
    From,
    In,
}

impl Frame {
    /// From its code in the lexicon.
    pub fn parse(code: &str) -> Option<Frame> {
        Some(match code {
            "that" => Frame::That,
            "quote" => Frame::Quote,
            "obj" => Frame::Object,
            "whom" => Frame::Whom,
            "on" => Frame::On,
            "to" => Frame::To,
            "for" => Frame::For,
            "about" => Frame::About,
            "with" => Frame::With,
            "from" => Frame::From,
            "in" => Frame::In,
            _ => return None,
        })
    }
}

/// A cue of saying: a verb, or a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    /// The word as the lexicon lists it.
    pub lemma: String,
    /// How its content follows, by preference.
    pub frames: Vec<Frame>,
    /// The act unless a frame or the content says otherwise.
    pub act: String,
    /// Acts by frame.
    pub frame_acts: Vec<(Frame, String)>,
    /// Counts only with a clause or a quotation after it.
    pub weak: bool,
}

impl Saying {
    /// Whether the cue takes this frame.
    pub fn takes(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }

    /// The act that the cue performs with this frame.
    pub fn act(&self, frame: Option<Frame>) -> &str {
        self.frame_acts.iter().find(|(f, _)| Some(*f) == frame).map_or(&self.act, |(_, a)| a)
    }
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Common Arabic name.
    pub name: String,
    /// English name.
    pub latin: String,
    /// Topic that it stands for, or empty.
    pub topic: String,
    /// Capital, common name.
    pub capital: String,
    /// Adjectives, masculine singular indefinite.
    pub adjectives: Vec<String>,
    /// Seats and courts that stand for it when they speak, but have spokesmen of their own.
    pub kin: Vec<String>,
}

/// A town, region, sea.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Common Arabic name.
    pub name: String,
    /// State it lies in, or empty.
    pub state: String,
    /// `city`, `region`, `island`, `sea`, `continent`, `site`, `capital`.
    pub kind: String,
}

/// An organisation with a name of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Common Arabic name.
    pub name: String,
    /// `un`, `international`, `agency`, `outlet`, `movement` …
    pub kind: String,
    /// State it belongs to, or empty.
    pub of: String,
    /// English name.
    pub latin: String,
    /// Generic nouns that may stand before the name and belong to it.
    pub heads: Vec<String>,
    /// The bare name is a common word: only with a head.
    pub strict: bool,
}

/// A generic noun that heads names of bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyHead {
    /// The noun.
    pub head: String,
    /// Kind of body.
    pub kind: String,
    /// Whether such a body commonly speaks.
    pub speaks: bool,
}

/// A word for a post or role that introduces a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Masculine singular, indefinite.
    pub title: String,
    /// What completes it: `portfolio`, `state`, `body`, `speaks`, `to`, `title`, `shuun`.
    pub takes: Vec<String>,
    /// Whether it is a post; else it only stands for a person.
    pub office: bool,
}

/// Somebody known to hold or to have held a well-known office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// As the press writes the name, the fullest first.
    pub names: Vec<String>,
    /// The office, as reports give it.
    pub title: String,
    /// State or body, by common name.
    pub of: String,
    /// Whether `of` is a state.
    pub of_state: bool,
    /// First year.
    pub from: i16,
    /// Last year; `None` while in office.
    pub until: Option<i16>,
}

/// A word with a label: an encounter noun or verb and its kind, an instrument head and its kind, and the like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labelled {
    /// As listed.
    pub word: String,
    /// What it stands for.
    pub label: String,
    /// Further particulars, by the file's columns.
    pub more: String,
}

/// A given name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenName {
    /// As written.
    pub name: String,
    /// Usual Latin spellings.
    pub latin: Vec<String>,
    /// Also a common word.
    pub ambiguous: bool,
}

/// One rule: a pattern over classes with its examples.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Unique name, `subject.name`.
    pub name: String,
    /// Which grammar uses it: the file's stem (`names`, `statements`, `events` …).
    pub grammar: String,
    /// The pattern over class names.
    pub pattern: String,
    /// Further particulars for the grammar (`event = "visit"`).
    pub set: Vec<(String, String)>,
    /// A sentence in which it finds something.
    pub yes: String,
    /// A sentence in which it finds nothing.
    pub no: String,
}

impl Rule {
    /// A particular by its key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.set.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// Everything compiled but the phrase map.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    /// Hash of all files of the language.
    pub version: String,
    /// Names of all classes; the index is the class.
    pub classes: Vec<String>,
    /// Senses by phrase number (the value in the phrase map).
    pub senses: Vec<Vec<Sense>>,
    /// Table of `SAY` and the classes of cue phrases.
    pub sayings: Vec<Saying>,
    /// Table of `STATE`, `ADJ`, `PEOPLE`, `CAPITAL`.
    pub states: Vec<State>,
    /// Table of `PLACE`.
    pub places: Vec<Place>,
    /// Table of `BODY`.
    pub bodies: Vec<Body>,
    /// Table of `BODYHEAD`.
    pub body_heads: Vec<BodyHead>,
    /// Table of `TITLE`, `EPITHET`.
    pub titles: Vec<Title>,
    /// Who holds which well-known office.
    pub holders: Vec<Holder>,
    /// Table of `GIVEN`.
    pub given: Vec<GivenName>,
    /// Table of all other classes.
    pub labelled: Vec<Labelled>,
    /// Rules by grammar, in order of preference.
    pub rules: Vec<Rule>,
}

impl Lexicon {
    /// The body of this common name.
    pub fn body(&self, name: &str) -> Option<&Body> {
        self.bodies.iter().find(|b| b.name == name)
    }
}
