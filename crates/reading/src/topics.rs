//! What a statement is about: told by the states and words in it, and, as far as these leave it open, by the words around it, by
//! what was said before it and by what the whole report is about. How much each of these says is fitted (see [`crate::weigh`]).

use crate::findings::{ActorKind, Statement};
use crate::names::Names;
use crate::row::{Doc, Thing};
use crate::sides::Sides;
use crate::weigh::{Candidate, Weights};
use musnad_language::{Language, Sense, State};
use musnad_pattern::Class;
use musnad_text::{Span, Token};
use std::collections::BTreeMap;

/// All topics.
pub const TOPICS: [&str; 22] = [
    "syria",
    "libya",
    "palestine",
    "yemen",
    "iraq",
    "iran",
    "gulf",
    "lebanon",
    "egypt",
    "sudan",
    "turkey",
    "russia",
    "ukraine",
    "africa",
    "asia",
    "terrorism",
    "nuclear",
    "economy",
    "migration",
    "humanitarian",
    "bilateral",
    "un",
];
/// The topic of what none of the others holds.
const OTHER: &str = "other";
/// The topic of the relations of two states.
const BILATERAL: &str = "bilateral";
/// Topics that the name of a state does not tell: such states speak and act in every file, or the topic is their internal affairs.
const ACTORS: [&str; 4] = ["egypt", "russia", "turkey", "gulf"];
/// Topics of whole continents: a hint, since their states too act in other files.
const REGIONS: [&str; 2] = ["africa", "asia"];
/// What words of politics within one state tell (`the constitution`): a topic of the state whose politics they are.
const INTERNAL: &str = "internal";
/// A state that acts in other files beside the one that it is party to, by its Latin name.
const ALSO_ACTOR: &str = "Israel";

/// The score from which a topic counts.
const ENOUGH: f32 = 0.0;
/// The most topics of a statement.
const MOST: usize = 4;
/// What is left of what was said before after a statement that names no topic.
const FADING: f32 = 0.7;

/// Reads topics.
pub struct TopicReader {
    word: Class,
    place: Class,
    own: Class,
    pair: Class,
    states: [Class; 3],
    weights: Weights,
}

/// A word or state that speaks for a topic.
struct Sign<'l> {
    span: Span,
    topic: &'l str,
    kind: Kind,
    weight: f32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    /// A state that is a file of its own.
    State,
    /// The same in a title (`the Iranian president`): it tells rather who speaks.
    Title,
    /// A state whose name does not tell its topic.
    Actor,
}

impl Sign<'_> {
    /// A word that tells relations only where two sides are named (`cooperation`).
    fn is_bilateral_hint(&self) -> bool {
        self.topic == BILATERAL && self.weight <= 1.0
    }

    /// Whether it speaks for its topic wherever it stands.
    fn tells(&self) -> bool {
        self.kind != Kind::Actor && self.topic != OTHER && self.topic != INTERNAL && !self.is_bilateral_hint()
    }
}

/// All signs of a text in its order: words and states, and words that mean the speaker's own side or two sides at once.
#[derive(Default)]
struct Signs<'l> {
    signs: Vec<Sign<'l>>,
    states: Vec<(Span, &'l State)>,
    own: Vec<Span>,
    pairs: Vec<Span>,
}

type Shares<'l> = BTreeMap<&'l str, f32>;

impl<'l> Signs<'l> {
    fn within(&self, span: Span) -> impl Iterator<Item = &Sign<'l>> {
        let from = self.signs.partition_point(|s| s.span.start < span.start);
        self.signs[from..].iter().take_while(move |s| s.span.start < span.end).filter(move |s| span.contains(s.span))
    }

    fn states_in(&self, span: Span) -> Vec<&'l State> {
        let from = self.states.partition_point(|(at, _)| at.start < span.start);
        let inside = self.states[from..].iter().take_while(|(at, _)| at.start < span.end);
        inside.filter(|(at, _)| span.contains(*at)).map(|(_, s)| *s).collect()
    }

    /// What part each topic has in some words.
    fn shares(&self, span: Span) -> Shares<'l> {
        let mut out = Shares::new();
        for s in self.within(span).filter(|s| s.tells()) {
            *out.entry(s.topic).or_default() += s.weight;
        }
        let sum: f32 = out.values().sum();
        out.values_mut().for_each(|w| *w /= sum.max(1.0));
        out
    }

    /// The two states that a text names most, if most of what it names is they.
    fn two(&self) -> Vec<&'l str> {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, state) in &self.states {
            *times.entry(state.name.as_str()).or_default() += 1;
        }
        let all: usize = times.values().sum();
        let mut ranked: Vec<(&str, usize)> = times.into_iter().collect();
        ranked.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
        ranked.truncate(2);
        let most = ranked.iter().map(|r| r.1).sum::<usize>() * 3 > all * 2;
        if most && ranked.len() == 2 && ranked[1].1 > 1 { ranked.into_iter().map(|r| r.0).collect() } else { Vec::new() }
    }

    /// The words in a content that speak for a topic.
    fn of(&self, topic: &str, content: Span) -> Vec<Span> {
        let mut all: Vec<Span> =
            self.within(content).filter(|s| s.topic == topic && s.kind != Kind::Actor).map(|s| s.span).collect();
        all.sort();
        all.dedup();
        all
    }
}

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
            weights: Weights::parse(include_str!("../../../language/ar/lexicon/topic-weights.tsv")),
        }
    }

    /// Fills in the topics of all statements, which stand in text order.
    pub fn fill(&self, doc: &Doc, names: &Names, sides: &Sides, title: Option<&str>, statements: &mut [Statement]) {
        let signs = self.signs(doc, &doc.tokens, &titles(doc));
        let cases = self.weigh(doc, names, sides, &signs, title, statements);
        let nothing = signs.signs.is_empty();
        for (s, candidates) in statements.iter_mut().zip(cases) {
            s.topics = chosen(candidates.iter().map(|c| (c.label, self.weights.score(c))).collect(), nothing);
            s.topic_words = s.topics.iter().map(|t| signs.of(t, s.content)).collect();
        }
    }

    /// For each statement the topics that compete, with their signs.
    pub fn cases(
        &self,
        doc: &Doc,
        names: &Names,
        sides: &Sides,
        title: Option<&str>,
        statements: &[Statement],
    ) -> Vec<Vec<Candidate>> {
        self.weigh(doc, names, sides, &self.signs(doc, &doc.tokens, &titles(doc)), title, statements)
    }

    fn weigh(
        &self,
        doc: &Doc,
        names: &Names,
        sides: &Sides,
        signs: &Signs,
        title: Option<&str>,
        statements: &[Statement],
    ) -> Vec<Vec<Candidate>> {
        let whole = Span::new(0, doc.text.as_str().len());
        let title_tokens = musnad_text::tokens(title.unwrap_or_default());
        let headline = self.signs(doc, &title_tokens, &[]).shares(Span::new(0, title.map_or(0, str::len)));
        let lead = doc.sentences.iter().find(|s| s.len() > 5).and_then(|s| Some(s.first()?.whole.cover(s.last()?.whole)));
        let around = Around {
            report: signs.shares(whole),
            headline,
            lead: lead.map(|l| signs.shares(l)).unwrap_or_default(),
            two: signs.two(),
            ..Around::default()
        };
        let mut before = Shares::new();
        let mut out = Vec::new();
        for s in statements {
            let sentence = doc.sentences.iter().find(|u| u.last().is_some_and(|l| l.whole.end > s.cue.start));
            let start = sentence.and_then(|u| Some(u.first()?.whole.start)).unwrap_or(s.cue.start).min(s.cue.start);
            let near = if s.content.start > start { signs.shares(Span::new(start, s.content.start)) } else { Shares::new() };
            let speaker = self.speaker(doc, names, s);
            let here = Around { near, before: before.clone(), speaker, ..around.clone() };
            out.push(self.candidates(signs, s, &sides.homes(&s.speakers), &here));
            let own = signs.shares(s.content);
            if own.is_empty() {
                before.values_mut().for_each(|w| *w *= FADING);
            } else {
                before = own;
            }
        }
        out
    }

    /// What the offices of speakers tell (`the envoy to Yemen`).
    fn speaker<'l>(&self, doc: &Doc<'l>, names: &Names, s: &Statement) -> Shares<'l> {
        let persons = names.persons.iter().filter(|p| s.speakers.iter().any(|a| a.name == p.name));
        let offices = persons.flat_map(|p| &p.offices).map(|o| {
            let o = &names.offices[*o];
            format!("{} {}", o.title, o.of.as_ref().map_or("", |a| &a.name))
        });
        let bodies = s.speakers.iter().filter(|a| a.kind != ActorKind::Person).map(|a| a.name.clone());
        let words: Vec<String> = offices.chain(bodies).collect();
        let words = words.join(" ");
        self.signs(doc, &musnad_text::tokens(&words), &[]).shares(Span::new(0, words.len()))
    }

    /// Finds all signs in one pass; those of states are worth less within the titles.
    fn signs<'l>(&self, doc: &Doc<'l>, tokens: &[Token], titles: &[Span]) -> Signs<'l> {
        let lexicon = doc.language.lexicon();
        let in_title = |span: Span| {
            let from = titles.partition_point(|t| t.end <= span.start);
            titles.get(from).is_some_and(|t| t.contains(span))
        };
        let mut out = Signs::default();
        let mut covered = 0;
        for at in 0..tokens.len() {
            let hits = doc.language.hits(tokens, at);
            let tells = |s: &&Sense| s.class == self.word.0;
            let longest = hits.iter().filter(|h| at >= covered && h.senses.iter().any(|s| tells(&s))).max_by_key(|h| h.len);
            if let Some(h) = longest {
                covered = at + h.len;
                let span = tokens[at].span.cover(tokens[covered - 1].span);
                for l in h.senses.iter().filter(tells).map(|s| &lexicon.labelled[s.item as usize]) {
                    let weight = l.more.parse().unwrap_or(1.0);
                    out.signs.push(Sign { span, topic: &l.label, kind: Kind::Word, weight });
                }
            }
            for (h, s) in hits.iter().filter(|h| !h.pronoun).flat_map(|h| h.senses.iter().map(move |s| (h, s))) {
                let span = tokens[at].span.cover(tokens[at + h.len - 1].span);
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
        out.states.sort_by_key(|(at, _)| at.start);
        out.states.dedup_by(|a, b| a.0 == b.0 && a.1.name == b.1.name);
        for (span, state) in &out.states {
            let topic = state.topic.as_str();
            if topic.is_empty() {
                continue;
            }
            let (kind, weight) = match told_by(state) {
                None => (Kind::Actor, 1.0),
                Some(weight) if in_title(*span) => (Kind::Title, weight / 2.0),
                Some(weight) => (Kind::State, weight),
            };
            out.signs.push(Sign { span: *span, topic, kind, weight });
        }
        out.signs.sort_by_key(|s| s.span);
        out
    }

    /// The topics that compete for a statement.
    fn candidates(&self, signs: &Signs, s: &Statement, homes: &[String], around: &Around) -> Vec<Candidate> {
        let own = signs.shares(s.content);
        let bare = own.is_empty();
        let first = signs.within(s.content).find(|s| s.tells()).map(|s| s.topic);
        let top = |shares: &Shares, t: &str| shares.get(t).is_some_and(|w| shares.values().all(|o| o <= w));
        let states = signs.states_in(s.content);
        let named = |t: &str, home: bool| states.iter().any(|n| n.topic == t && homes.contains(&n.name) == home);
        let strong = signs.within(s.content).any(|s| s.tells() && s.weight > 1.0);
        let internal = signs.within(s.content).any(|s| s.topic == INTERNAL);
        let of_home = |name: &String| signs.states.iter().find(|(_, s)| s.name == *name).map(|(_, s)| s.topic.as_str());
        let home_topics: Vec<&str> = homes.iter().filter_map(of_home).collect();
        let homes_outside = home_topics.iter().all(|t| t.is_empty() || REGIONS.contains(t));
        let mut out: Vec<Candidate> = Vec::new();
        for t in TOPICS.iter().copied().chain([OTHER]) {
            let mut c = Candidate::new(t);
            c.add("always", 1.0);
            let mut seen: Vec<(Kind, u32, Span)> = Vec::new();
            for sign in signs.within(s.content).filter(|s| s.topic == t && s.tells()) {
                seen.push((sign.kind, sign.weight as u32, sign.span));
            }
            let count = |kind: Kind, weight: u32| (seen.iter().filter(|x| x.0 == kind && x.1 == weight).count() as f32).min(2.0);
            c.add("word-3", count(Kind::Word, 3).min(1.0));
            c.add("word-2", count(Kind::Word, 2).min(1.0));
            c.add("word-1", count(Kind::Word, 1).min(1.0));
            c.add("words-more", (seen.len() as f32 - 1.0).clamp(0.0, 3.0));
            c.add("state-2", count(Kind::State, 2).min(1.0));
            c.add("state-1", count(Kind::State, 1).min(1.0));
            c.add("state-title", count(Kind::Title, 1).max(count(Kind::Title, 0)).min(1.0));
            c.add("share", own.get(t).copied().unwrap_or(0.0));
            c.add("first", f32::from(first == Some(t)));
            let mut side = |name: &'static str, bare_name: &'static str, shares: &Shares| {
                let w = shares.get(t).copied().unwrap_or(0.0);
                c.add(name, w);
                if bare {
                    c.add(bare_name, w);
                }
            };
            side("report", "report-bare", &around.report);
            side("headline", "headline-bare", &around.headline);
            side("lead", "lead-bare", &around.lead);
            side("near", "near-bare", &around.near);
            side("before", "before-bare", &around.before);
            side("speaker", "speaker-bare", &around.speaker);
            let most = around.report.values().copied().fold(0.01, f32::max);
            let ratio = around.report.get(t).copied().unwrap_or(0.0) / most;
            c.add("ratio", ratio);
            c.add("ratio-bare", if bare { ratio } else { 0.0 });
            c.add("ratio-weak", if !bare && !strong { ratio } else { 0.0 });
            let home = home_topics.contains(&t);
            c.add("home", f32::from(home));
            c.add("home-bare", f32::from(home && bare));
            c.add("internal-home", f32::from(home && internal));
            c.add("internal-named", f32::from(internal && (named(t, true) || named(t, false))));
            if t == OTHER {
                let nowhere = home_topics.is_empty() || homes_outside;
                c.add("internal", f32::from(internal));
                c.add("internal-outside", f32::from(internal && nowhere));
                c.add("other-word", f32::from(signs.within(s.content).any(|x| x.topic == OTHER && x.weight > 1.0)));
                c.add("other-hint", f32::from(signs.within(s.content).any(|x| x.topic == OTHER && x.weight <= 1.0)));
            }
            c.add("report-top", f32::from(top(&around.report, t)));
            c.add("actor", f32::from(ACTORS.contains(&t) && named(t, false)));
            c.add("actor-home", f32::from(ACTORS.contains(&t) && named(t, true)));
            if t == BILATERAL {
                self.relations(&mut c, signs, s, homes, &around.two);
            }
            if t == OTHER || t == BILATERAL {
                c.add("bare", f32::from(bare));
                c.add("top-share", own.values().copied().fold(0.0, f32::max));
                c.add("top-report", around.report.values().copied().fold(0.0, f32::max));
            }
            out.push(c);
        }
        out
    }

    /// What tells that a content is about the relations of two states: words, and how many sides are named.
    fn relations(&self, c: &mut Candidate, signs: &Signs, s: &Statement, homes: &[String], both: &[&str]) {
        let is_home = |state: &State| homes.contains(&state.name);
        let mut named = signs.states_in(s.content);
        named.sort_by(|a, b| a.name.cmp(&b.name));
        named.dedup_by(|a, b| a.name == b.name);
        let own = signs.own.iter().any(|at| s.content.contains(*at)) || named.iter().any(|s| is_home(s));
        let guests = named.iter().filter(|s| !is_home(s)).count();
        let actors = named.iter().filter(|s| is_actor(s) && !is_home(s)).count();
        let hint = signs.within(s.content).any(Sign::is_bilateral_hint);
        let two = actors > 0 && actors + homes.len() == 2 || signs.pairs.iter().any(|at| s.content.contains(*at));
        c.add("two-sides", f32::from(two));
        c.add("own-and-guest", f32::from(own && guests == 1));
        c.add("guest", f32::from(guests == 1));
        c.add("guests", f32::from(guests == 2));
        c.add("many", f32::from(guests > 2));
        c.add("two-actors", f32::from(actors == 2));
        let counterpart = named.iter().any(|s| !is_home(s) && both.contains(&s.name.as_str()));
        let of_both = homes.iter().any(|h| both.contains(&h.as_str()));
        c.add("both", f32::from(!both.is_empty()));
        c.add("both-home", f32::from(of_both));
        c.add("counterpart", f32::from(of_both && counterpart));
        c.add("both-named", f32::from(both.iter().filter(|b| named.iter().any(|s| s.name == **b)).count() == 2));
        c.add("hint", f32::from(hint));
        c.add("hint-two", f32::from(hint && two));
        c.add("hint-guest", f32::from(hint && guests > 0));
    }
}

/// Where offices and bodies are named, in text order.
fn titles(doc: &Doc) -> Vec<Span> {
    let title = |t: &Option<Thing>| matches!(t, Some(Thing::Office(_) | Thing::Named(ActorKind::Body, _)));
    doc.sentences.iter().flatten().filter(|u| title(&u.thing)).map(|u| u.whole).collect()
}

/// What stands around a content.
#[derive(Default, Clone)]
struct Around<'l> {
    report: Shares<'l>,
    headline: Shares<'l>,
    lead: Shares<'l>,
    /// Before the content in its sentence.
    near: Shares<'l>,
    /// What was said before.
    before: Shares<'l>,
    /// What the speaker's offices tell.
    speaker: Shares<'l>,
    /// The two states that it is all about.
    two: Vec<&'l str>,
}

/// Whether a state is an actor in every file, so that its name does not tell the topic.
fn is_actor(state: &State) -> bool {
    ACTORS.contains(&state.topic.as_str()) || REGIONS.contains(&state.topic.as_str()) || state.topic.is_empty()
}

/// How much a state's name speaks for its topic.
fn told_by(state: &State) -> Option<f32> {
    let topic = state.topic.as_str();
    match topic {
        _ if topic.is_empty() || ACTORS.contains(&topic) => None,
        _ if REGIONS.contains(&topic) || state.latin == ALSO_ACTOR => Some(1.0),
        _ => Some(2.0),
    }
}

/// The topics whose score is enough, the best first; at least the best, or `other` where the whole text has `nothing` that tells one.
fn chosen(mut ranked: Vec<(&'static str, f32)>, nothing: bool) -> Vec<String> {
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    if nothing && ranked.iter().all(|(_, w)| *w < ENOUGH) {
        return vec![OTHER.into()];
    }
    let enough = ranked.iter().filter(|(_, w)| *w >= ENOUGH).count().clamp(1, MOST);
    ranked.truncate(enough);
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
