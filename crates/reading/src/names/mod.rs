//! Who is named: bodies, offices, persons, and what of the report goes back to them.
//!
//! Three grammars run one after the other, each on what the one before has joined: `bodies`, `offices`, `names`.
//! Then the forms of one person are brought together, and shorter forms are looked for in the rest of the text.

mod bodies;
mod holders;
mod offices;
mod persons;
mod tagged;

pub(crate) use tagged::{Judged, Words, told_by_head, without_noun};

use crate::findings::{ActorKind, ActorRef};
use crate::grammar::Grammar;
use crate::row::{Doc, Known, Thing, Unit, named_classes};
use holders::{Holders, known_holders, share_states};
use musnad_language::{Gender, Language, Number};
use musnad_pattern::{Class, ClassSet};
use musnad_text::{Span, without_clitics};
use tagged::Tagger;

/// The article, as it is written before a title whose clitics hid it.
const ARTICLE: &str = "\u{627}\u{644}";

/// An office as a place of the text gives it.
#[derive(Debug, Clone)]
pub struct OfficeFound {
    /// Without state or body, definite where the text has it so.
    pub title: String,
    /// Of which state or body.
    pub of: Option<ActorRef>,
    /// Of each of its holders, where they are of different states.
    pub each: Vec<ActorRef>,
    /// Of the state or body of somebody named before: his adviser, its leader, the prime minister of his country.
    pub whose: bool,
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
    /// Outlets: the name that the lexicon lists, and how the report writes it.
    outlets: Vec<(String, String)>,
    /// Places that the lexicon does not list, with their words.
    pub places: Vec<Span>,
    /// What the tagger takes for names, in order of the text.
    pub judged: Vec<Judged>,
}

impl Names {
    /// What the tagger takes for names in or across a span.
    pub fn judged(&self, span: Span) -> &[Judged] {
        let from = self.judged.partition_point(|j| j.span.end <= span.start);
        let to = self.judged.partition_point(|j| j.span.start < span.end);
        &self.judged[from..to.max(from)]
    }
}

/// The grammars of names.
pub struct NameReader {
    bodies: Grammar,
    offices: Grammar,
    names: Grammar,
    unnamed: Grammar,
    tagger: Tagger,
    holders: Holders,
    k: Classes,
    /// What may stand between a verb and its subject.
    between: ClassSet,
    /// What makes a verb of saying look like another word.
    nominal: ClassSet,
}

// The classes that this step gives or asks for.
named_classes! {
    actor "ACTOR", org "ORG", outlet "OUTLET", outletname "OUTLETNAME", office "OFFICE", office_many "OFFICE_MANY",
    person "PERSON", word "WORD", given "GIVEN", surname "SURNAME", p_on "P_ON", surname_sure "SURNAME_SURE",
    given_sure "GIVEN_SURE", common "COMMON", state "STATE", capital "CAPITAL", place "PLACE", adj "ADJ", bodyadj "BODYADJ",
    body "BODY", bodyhead "BODYHEAD", portfolio "PORTFOLIO", title "TITLE", title_more "TITLE_MORE", title_t "TITLE_T",
    myself "SELF", dash "DASH", colon "COLON", epithet "EPITHET", comma "COMMA", date "DATE", hon "HON", and "AND", li "LI",
    ba "BA", unnamed "UNNAMED", over "OVER", pair "PAIR", def "DEF", pronoun "PRONOUN", popen "POPEN",
    counterpart "COUNTERPART", say "SAY", agree "AGREEVERB",
}

impl NameReader {
    /// Compiles the grammars.
    pub fn new(language: &Language) -> NameReader {
        let set = |names: &[&str]| names.iter().map(|n| language.class(n)).collect();
        NameReader {
            bodies: Grammar::new(language, "bodies"),
            offices: Grammar::new(language, "offices"),
            names: Grammar::new(language, "names"),
            unnamed: Grammar::new(language, "unnamed"),
            tagger: Tagger::new(language),
            holders: Holders::new(language),
            k: Classes::of(language),
            between: set(&["DATE", "ADVERB", "PARTICLE", "OFFICIAL", "PRON"]),
            nominal: set(&[
                "COMMON",
                "BETWEEN",
                "PREP",
                "TITLE",
                "PORTFOLIO",
                "GIVEN",
                "SURNAME",
                "MEETING",
                "BODYHEAD",
                "SAYNOUN",
                "PLACE",
            ]),
        }
    }

    /// Finds all names and joins their units in `doc`. `published`, the day of the report, tells who held an office then.
    pub fn read(&self, doc: &mut Doc, known: &Known, published: Option<&str>) -> Names {
        let (mut names, words) = self.by_grammar(doc);
        self.read_tagged(doc, &words, &mut names, known);
        forget_unmentioned(doc, &mut names);
        for s in 0..doc.sentences.len() {
            self.read_short_forms(doc, s, &mut names);
            self.appositions(doc, s, &mut names);
        }
        self.lists(doc, &mut names);
        self.counterparts(&mut names);
        self.owners(doc, &mut names);
        known_holders(&self.holders, doc.language, published, &mut names);
        self.fill_states(&mut names);
        share_states(&self.holders, &mut names);
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

    /// The names of which the grammar is sure, and what it leaves to likelihood.
    pub fn by_grammar(&self, doc: &mut Doc) -> (Names, Words) {
        let mut words = Words::new(doc);
        let mut names = Names::default();
        for s in 0..doc.sentences.len() {
            // Link lines and the like name their own outlet: no news.
            if !doc.sentences[s].iter().take(3).any(|u| u.classes.contains(self.k.over)) {
                self.read_bodies(doc, s, &mut names);
            }
            self.read_offices(doc, s, &mut names);
        }
        self.level_outlets(doc, &mut names);
        for s in 0..doc.sentences.len() {
            self.read_persons(doc, s, &mut names);
        }
        words.found(doc, &names);
        (names, words)
    }

    pub(super) fn keep_clitics(&self, first: &Unit, set: &mut ClassSet) {
        for c in [self.k.and, self.k.li, self.k.ba] {
            if first.classes.contains(c) {
                set.insert(c);
            }
        }
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

/// Drops persons without a mention left.
fn forget_unmentioned(doc: &mut Doc, names: &mut Names) {
    let mut kept = 0;
    let places: Vec<Option<usize>> =
        names.persons.iter().map(|p| (!p.mentions.is_empty()).then(|| (kept, kept += 1).0)).collect();
    if kept == names.persons.len() {
        return;
    }
    names.persons.retain(|p| !p.mentions.is_empty());
    for unit in doc.sentences.iter_mut().flatten() {
        if let Some(Thing::Person(p)) = &mut unit.thing {
            *p = places[*p].unwrap_or(*p);
        }
    }
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
