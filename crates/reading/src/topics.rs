//! What a statement is about, told by the states and words in it.

use crate::findings::{ActorKind, ActorRef, Statement};
use crate::row::{Doc, Thing, Unit};
use musnad_language::Language;
use musnad_pattern::Class;
use musnad_text::Span;
use std::collections::BTreeMap;

/// Reads topics and the acts that a content decides.
pub struct TopicReader {
    word: Class,
    act: Class,
    place: Class,
    body: Class,
    adj: Class,
    state: Class,
    capital: Class,
}

impl TopicReader {
    /// Looks the classes up.
    pub fn new(language: &Language) -> TopicReader {
        let c = |n: &str| language.class(n);
        TopicReader {
            word: c("TOPICWORD"),
            act: c("ACTWORD"),
            place: c("PLACE"),
            body: c("BODY"),
            adj: c("ADJ"),
            state: c("STATE"),
            capital: c("CAPITAL"),
        }
    }

    /// Fills in the topics of all statements; one that names none is about what its neighbours are about.
    pub fn fill(&self, doc: &Doc, statements: &mut [Statement]) {
        let _ = self.body;
        for s in statements.iter_mut() {
            s.topics = self.topics(doc, s.content);
        }
        for i in 0..statements.len() {
            if statements[i].topics.is_empty() {
                let near = (0..i)
                    .rev()
                    .find(|j| !statements[*j].topics.is_empty())
                    .or_else(|| (i + 1..statements.len()).find(|j| !statements[*j].topics.is_empty()));
                statements[i].topics = match near {
                    Some(j) => statements[j].topics.iter().take(1).cloned().collect(),
                    None => vec!["other".into()],
                };
            }
        }
    }

    fn units<'d>(&self, doc: &'d Doc, content: Span) -> impl Iterator<Item = &'d Unit> {
        doc.sentences.iter().flatten().filter(move |u| content.contains(u.span))
    }

    fn topics(&self, doc: &Doc, content: Span) -> Vec<String> {
        let lexicon = doc.language.lexicon();
        let mut weight: BTreeMap<String, u32> = BTreeMap::new();
        let mut states: Vec<&str> = Vec::new();
        let mut covered = 0;
        for token in doc.tokens.iter().enumerate().filter(|(_, t)| content.contains(t.span)).map(|(i, _)| i) {
            let hits = doc.language.hits(&doc.tokens, token);
            let longest = hits.iter().filter(|h| h.senses.iter().any(|s| s.class == self.word.0)).max_by_key(|h| h.len);
            if let Some(h) = longest
                && token >= covered
            {
                covered = token + h.len;
                for s in h.senses.iter().filter(|s| s.class == self.word.0) {
                    let l = &lexicon.labelled[s.item as usize];
                    *weight.entry(l.label.clone()).or_default() += l.more.parse::<u32>().unwrap_or(1);
                }
            }
            for h in hits.iter().filter(|h| !h.pronoun) {
                for s in h.senses {
                    let item = s.item as usize;
                    let of = if s.class == self.place.0 { Some(lexicon.places[item].state.as_str()) } else { None };
                    let state = if [self.state.0, self.capital.0, self.adj.0].contains(&s.class) {
                        Some(lexicon.states[item].name.as_str())
                    } else {
                        of
                    };
                    if let Some(name) = state.filter(|n| !n.is_empty())
                        && !states.contains(&name)
                    {
                        states.push(name);
                    }
                }
            }
        }
        for name in &states {
            let topic = lexicon.states.iter().find(|s| s.name == *name).map_or("", |s| s.topic.as_str());
            if !topic.is_empty() && !matches!(topic, "egypt" | "russia" | "turkey" | "gulf" | "africa" | "asia") {
                *weight.entry(topic.to_string()).or_default() += 2;
            }
        }
        let mut ranked: Vec<(u32, String)> = weight.into_iter().filter(|(_, w)| *w >= 2).map(|(t, w)| (w, t)).collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        ranked.truncate(3);
        ranked.into_iter().map(|(_, t)| t).collect()
    }

    /// The act that the head of the content decides, if it decides one: by its longest matching phrase.
    pub fn act(&self, doc: &Doc, content: Span, frame: Option<&str>) -> Option<crate::findings::Act> {
        let lexicon = doc.language.lexicon();
        let first = doc.tokens.iter().position(|t| content.contains(t.span))?;
        let mut best: Option<(usize, &str)> = None;
        for at in first..(first + 3).min(doc.tokens.len()) {
            for hit in doc.language.hits(&doc.tokens, at) {
                for s in hit.senses.iter().filter(|s| s.class == self.act.0) {
                    let l = &lexicon.labelled[s.item as usize];
                    let fits = l.more.is_empty() || l.more.split(' ').any(|f| f == "any" || Some(f) == frame);
                    let head_only = at == first || matches!(l.label.as_str(), "request" | "warn" | "promise");
                    if fits && head_only && best.is_none_or(|(len, _)| hit.len > len) {
                        best = Some((hit.len, &l.label));
                    }
                }
            }
            if best.is_some() {
                break;
            }
        }
        best.and_then(|(_, a)| crate::acts::act(a))
    }
}

/// Whether an actor is a state.
pub fn is_state(a: &ActorRef) -> bool {
    a.kind == ActorKind::State
}

/// The state that a unit names.
pub fn state_of(unit: &Unit) -> Option<&str> {
    match &unit.thing {
        Some(Thing::Named(ActorKind::State, name)) => Some(name),
        _ => None,
    }
}
