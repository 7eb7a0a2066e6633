//! What a statement is about: told by the states and words in it, and, as far as these leave it open, by what was said before
//! it and by what the whole report is about.

use crate::findings::Statement;
use crate::names::Names;
use crate::row::Doc;
use crate::sides::Sides;
use musnad_language::{Language, Sense, State};
use musnad_pattern::Class;
use musnad_text::Span;
use std::collections::BTreeMap;

/// The topic of what none of the others holds.
const OTHER: &str = "other";
/// The topic of the relations of two states.
const BILATERAL: &str = "bilateral";
/// Topics that the name of a state does not tell: such states speak and act in every file, or the topic is their internal affairs.
const ACTORS: [&str; 4] = ["egypt", "russia", "turkey", "gulf"];
/// Topics of whole continents: a hint, since their states too act in other files.
const REGIONS: [&str; 2] = ["africa", "asia"];
/// A state that acts in other files beside the one that it is party to, by its Latin name.
const ALSO_ACTOR: &str = "Israel";

// Weights were fitted on annotated reports; the result changes little around them. A deciding word weighs 3 (topics.tsv).
/// What a topic that fills the whole report adds.
const REPORT: f32 = 1.5;
/// What a topic of the statement before adds.
const BEFORE: f32 = 0.5;
/// The same where the content has no sign of its own.
const BEFORE_BARE: f32 = 1.0;
/// What two sides add to their relations.
const TWO_SIDES: f32 = 0.5;
/// The least weight that a topic needs beside the first.
const ENOUGH: f32 = 1.0;
/// The least part of the first topic's weight that another needs.
const BESIDE: f32 = 0.3;
/// The most topics of a statement.
const MOST: usize = 4;

/// Reads topics.
pub struct TopicReader {
    word: Class,
    place: Class,
    own: Class,
    pair: Class,
    states: [Class; 3],
}

/// A word that speaks for a topic.
struct Sign<'l> {
    span: Span,
    topic: &'l str,
    weight: f32,
}

impl Sign<'_> {
    /// A word that tells relations only where two sides are named (`cooperation`).
    fn is_bilateral_hint(&self) -> bool {
        self.topic == BILATERAL && self.weight <= 1.0
    }
}

/// All signs of a report in text order: words, states named, and words that mean the speaker's own
/// side or two sides at once.
#[derive(Default)]
struct Signs<'l> {
    words: Vec<Sign<'l>>,
    states: Vec<(Span, &'l State)>,
    own: Vec<Span>,
    pairs: Vec<Span>,
}

impl Signs<'_> {
    /// The words in a content that speak for a topic.
    fn of(&self, topic: &str, content: Span) -> Vec<Span> {
        let words = self.words.iter().filter(|w| w.topic == topic).map(|w| w.span);
        let states = self.states.iter().filter(|(_, s)| told_by(s).is_some_and(|(t, _)| t == topic)).map(|(at, _)| *at);
        let mut all: Vec<Span> = words.chain(states).filter(|at| content.contains(*at)).collect();
        all.sort();
        all
    }
}

type Weights<'l> = BTreeMap<&'l str, f32>;

impl TopicReader {
    /// Looks the classes up.
    pub fn new(language: &Language) -> TopicReader {
        let c = |n: &str| language.class(n);
        TopicReader {
            word: c("TOPICWORD"),
            place: c("PLACE"),
            own: c("SELF"),
            pair: c("PAIR"),
            states: ["STATE", "CAPITAL", "ADJ"].map(c),
        }
    }

    /// Fills in the topics of all statements, which stand in text order.
    pub fn fill(&self, doc: &Doc, names: &Names, statements: &mut [Statement]) {
        let sides = Sides::new(doc, names);
        let signs = self.signs(doc);
        let report = self.shares(&signs);
        let mut before: Vec<String> = Vec::new();
        for s in statements {
            let homes = sides.homes(&s.speakers);
            let mut weights = self.weights(doc, &signs, s.content, &homes);
            let bare = weights.is_empty();
            for (topic, share) in &report {
                *weights.entry(topic).or_default() += REPORT * share;
            }
            for topic in &before {
                if let Some(w) = weights.get_mut(topic.as_str()) {
                    *w += if bare { BEFORE_BARE } else { BEFORE };
                }
            }
            s.topics = chosen(weights);
            s.topic_words = s.topics.iter().map(|t| signs.of(t, s.content)).collect();
            before.clone_from(&s.topics);
        }
    }

    /// What part each topic has in the whole report.
    fn shares<'l>(&self, signs: &Signs<'l>) -> Weights<'l> {
        let mut out = Weights::new();
        for s in signs.words.iter().filter(|s| !s.is_bilateral_hint()) {
            *out.entry(s.topic).or_default() += s.weight;
        }
        for state in &signs.states {
            if let Some((topic, weight)) = told_by(state.1) {
                *out.entry(topic).or_default() += weight;
            }
        }
        let sum: f32 = out.values().sum();
        out.values_mut().for_each(|w| *w /= sum.max(1.0));
        out
    }

    /// Finds all signs in one pass.
    fn signs<'l>(&self, doc: &Doc<'l>) -> Signs<'l> {
        let lexicon = doc.language.lexicon();
        let mut out = Signs::default();
        let mut covered = 0;
        for at in 0..doc.tokens.len() {
            let hits = doc.language.hits(&doc.tokens, at);
            let tells = |s: &&Sense| s.class == self.word.0;
            let longest = hits.iter().filter(|h| at >= covered && h.senses.iter().any(|s| tells(&s))).max_by_key(|h| h.len);
            if let Some(h) = longest {
                covered = at + h.len;
                let span = doc.tokens[at].span.cover(doc.tokens[covered - 1].span);
                for l in h.senses.iter().filter(tells).map(|s| &lexicon.labelled[s.item as usize]) {
                    out.words.push(Sign { span, topic: &l.label, weight: l.more.parse().unwrap_or(1.0) });
                }
            }
            for (h, s) in hits.iter().filter(|h| !h.pronoun).flat_map(|h| h.senses.iter().map(move |s| (h, s))) {
                let span = doc.tokens[at].span.cover(doc.tokens[at + h.len - 1].span);
                let item = s.item as usize;
                if s.class == self.own.0 {
                    out.own.push(span);
                } else if s.class == self.pair.0 {
                    out.pairs.push(span);
                } else if s.class == self.place.0 {
                    let state = lexicon.states.iter().find(|s| s.name == lexicon.places[item].state);
                    out.states.extend(state.map(|s| (span, s)));
                } else if self.states.iter().any(|c| c.0 == s.class) {
                    out.states.push((span, &lexicon.states[item]));
                }
            }
        }
        out
    }

    /// How much a content speaks for each topic. The speaker's side counts as named where it speaks of itself.
    fn weights<'l>(&self, doc: &Doc<'l>, signs: &Signs<'l>, content: Span, homes: &[String]) -> Weights<'l> {
        let is_home = |s: &State| homes.contains(&s.name);
        let mut named: Vec<&State> = signs.states.iter().filter(|(at, _)| content.contains(*at)).map(|(_, s)| *s).collect();
        if signs.own.iter().any(|at| content.contains(*at)) {
            named.extend(doc.language.lexicon().states.iter().filter(|s| is_home(s)));
        }
        named.sort_by(|a, b| a.name.cmp(&b.name));
        named.dedup_by(|a, b| a.name == b.name);
        let mut out = Weights::new();
        for (topic, weight) in named.iter().filter_map(|s| told_by(s)) {
            *out.entry(topic).or_default() += weight;
        }
        // Two sides, the speaker's own included; a state that is a file of its own is rather what they speak about.
        let guests = named.iter().filter(|s| is_actor(s) && !is_home(s)).count();
        let two = guests > 0 && guests + homes.len() == 2 || signs.pairs.iter().any(|at| content.contains(*at));
        if two {
            *out.entry(BILATERAL).or_default() += TWO_SIDES;
        }
        for s in signs.words.iter().filter(|s| content.contains(s.span) && (two || !s.is_bilateral_hint())) {
            *out.entry(s.topic).or_default() += s.weight;
        }
        out
    }
}

/// Whether a state is an actor in every file, so that its name does not tell the topic.
fn is_actor(state: &State) -> bool {
    ACTORS.contains(&state.topic.as_str()) || REGIONS.contains(&state.topic.as_str()) || state.topic.is_empty()
}

/// The topic that a state's name speaks for, and how much.
fn told_by(state: &State) -> Option<(&str, f32)> {
    let topic = state.topic.as_str();
    match topic {
        _ if topic.is_empty() || ACTORS.contains(&topic) => None,
        _ if REGIONS.contains(&topic) || state.latin == ALSO_ACTOR => Some((topic, 1.0)),
        _ => Some((topic, 2.0)),
    }
}

/// The topics whose weight is enough, in itself and beside the first; `other` only where there is none.
fn chosen(weights: Weights) -> Vec<String> {
    let mut ranked: Vec<(&str, f32)> = weights.into_iter().filter(|(t, _)| *t != OTHER).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let Some(best) = ranked.first().map(|r| r.1) else { return vec![OTHER.into()] };
    ranked.retain(|(_, w)| *w >= best || *w >= ENOUGH && *w >= best * BESIDE);
    ranked.truncate(MOST);
    ranked.into_iter().map(|(t, _)| t.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The topics of each statement of a text.
    fn topics(text: &str) -> Vec<Vec<String>> {
        let language = Language::arabic();
        let report = musnad_text::Report { id: "t".into(), text: text.into(), ..Default::default() };
        crate::Reader::new(&language).read(&report).statements.into_iter().map(|s| s.topics).collect()
    }

    #[test]
    fn words_and_states_tell_topics() {
        assert_eq!(
            topics("قال وزير الخارجية الأردني أيمن الصفدي إن إيصال المساعدات إلى اليمن أولوية."),
            [["humanitarian", "yemen"]]
        );
        assert_eq!(topics("قال وزير الخارجية الأردني أيمن الصفدي إن الاجتماع انتهى."), [["other"]]);
    }

    #[test]
    fn what_names_no_topic_is_about_what_was_said_before() {
        let text = "قال وزير الخارجية الأردني أيمن الصفدي إن الأزمة الليبية طالت. وأضاف أن هذا الوضع لن يدوم.";
        assert_eq!(topics(text), [["libya"], ["libya"]]);
    }

    #[test]
    fn cooperation_is_bilateral_between_two_sides_only() {
        assert_eq!(topics("قال وزير الخارجية المصري سامح شكري إن بلاده تريد التعاون مع فرنسا."), [["bilateral"]]);
        assert_eq!(topics("قال وزير الخارجية المصري سامح شكري إن التعاون ضد الإرهاب واجب."), [["terrorism"]]);
    }
}
