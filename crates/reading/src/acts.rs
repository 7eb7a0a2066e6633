//! What a speech act does, as far as cue and content tell.
//!
//! Its signs: what the cue's verb does; the head of the content (`akkada darurat …`: a request); words further inside, a modal,
//! what the speaker's own side does (`biladuhu tu'ayyid …`: support), what others are blamed or praised for; the tone of the words
//! (stance.tsv) and whose deed they stand with; and the tone of what was said before. How much each of these says is fitted
//! (see [`crate::weigh`]).

use crate::findings::{Act, Statement};
use crate::row::{Doc, Unit};
use crate::sides::Sides;
use crate::weigh::{Candidate, Weights};
use musnad_language::{Labelled, Language, Sense, Tense};
use musnad_pattern::Class;
use musnad_text::Span;

/// An act from its name in the lexicon.
pub fn act(name: &str) -> Option<Act> {
    ACTS.iter().find(|(_, n)| *n == name).map(|(a, _)| *a)
}

/// The acts and their names, as in the lexicon.
const ACTS: [(Act, &str); 8] = [
    (Act::State, "state"),
    (Act::Support, "support"),
    (Act::Request, "request"),
    (Act::Accuse, "accuse"),
    (Act::Reject, "reject"),
    (Act::Warn, "warn"),
    (Act::Promise, "promise"),
    (Act::Concern, "concern"),
];

/// The letters that imperfect verbs begin with.
const PERSONS: [char; 4] = ['\u{64a}', '\u{62a}', '\u{646}', '\u{627}'];

/// The tones that go with acts.
const TONES: [(Act, &str); 7] = [
    (Act::Support, "good"),
    (Act::Request, "need"),
    (Act::Accuse, "bad"),
    (Act::Reject, "refuse"),
    (Act::Warn, "danger"),
    (Act::Promise, "will"),
    (Act::Concern, "worry"),
];

/// Up to so many units from its beginning a content's words are its head.
const HEAD: usize = 6;

/// What the cue of a statement tells of its act.
#[derive(Debug, Clone)]
pub struct Clue {
    /// What the cue's verb does by itself.
    pub own: Act,
    /// What the head of the content does behind the cue's frame, and its words.
    pub head: Option<(Act, Span)>,
    /// The cue's lemma.
    pub lemma: String,
}

/// Reads acts from contents.
pub struct ActReader {
    weights: Weights,
    stance: Class,
    unknown: Class,
    word: Class,
    say: Class,
    verb: Class,
    aux: Class,
    neg: Class,
    relative: Class,
    common: Class,
    comp: Class,
    prepositions: Vec<Class>,
}

impl ActReader {
    /// Looks the classes up.
    pub fn new(language: &Language) -> ActReader {
        let c = |n: &str| language.class(n);
        let prepositions = ["P_ON", "P_TO", "P_ABOUT", "P_FROM", "P_IN", "P_WITH", "BETWEEN", "PREP"].map(c).to_vec();
        ActReader {
            weights: Weights::parse(include_str!("../../../language/ar/lexicon/act-weights.tsv")),
            stance: c("STANCE"),
            unknown: c("UNKNOWN"),
            word: c("ACTWORD"),
            say: c("SAY"),
            verb: c("VERB"),
            aux: c("AUX"),
            neg: c("NEG"),
            relative: c("RELATIVE"),
            common: c("COMMON"),
            comp: c("COMP"),
            prepositions,
        }
    }

    /// The act that the head of the content decides behind a cue's frame, if it decides one, and its words.
    pub fn head(&self, doc: &Doc, content: Span, frame: Option<&str>) -> Option<(Act, Span)> {
        let first = Some(doc.tokens_in(content)).filter(|t| !t.is_empty())?.start;
        // Behind `express` an epithet may stand before the noun (`khalis shukrihi`); a modal may stand behind a subject.
        let loose = |label: &str| frame == Some("about") || matches!(label, "request" | "warn" | "promise");
        (first..(first + 3).min(doc.tokens.len())).find_map(|at| {
            let fits =
                |l: &Labelled| l.more.split(' ').any(|f| f == "any" || Some(f) == frame) && (at == first || loose(&l.label));
            self.phrase(doc, at, &fits).and_then(|(len, l)| Some((act(&l.label)?, phrase_span(doc, at, len))))
        })
    }

    /// The longest phrase at a token whose line fits.
    fn phrase<'d>(&self, doc: &'d Doc, at: usize, fits: &dyn Fn(&Labelled) -> bool) -> Option<(usize, &'d Labelled)> {
        let table = &doc.language.lexicon().labelled;
        let of_hit = |(len, senses): (usize, &'d [Sense])| {
            senses.iter().filter(|s| s.class == self.word.0).map(move |s| (len, &table[s.item as usize]))
        };
        let found = doc.language.hits(&doc.tokens, at).into_iter().map(|h| (h.len, h.senses)).flat_map(of_hit);
        found.filter(|(_, l)| fits(l)).max_by_key(|(len, _)| *len)
    }

    /// Decides the acts of statements, which stand in text order.
    pub fn settle(&self, doc: &Doc, sides: &Sides, clues: &[Clue], statements: &mut [Statement]) {
        let weighed = self.weigh(doc, sides, clues, statements);
        for (s, (candidates, words)) in statements.iter_mut().zip(weighed) {
            let score = |c: &Candidate| self.weights.score(c);
            let Some(best) = candidates.iter().max_by(|a, b| score(a).total_cmp(&score(b))) else { continue };
            s.act = act(best.label).unwrap_or(Act::State);
            let telling = words.iter().filter(|(sign, _)| self.weights.of(best.label, sign) + self.weights.of("*", sign) > 0.0);
            let weight = |sign: &str| self.weights.of(best.label, sign);
            let telling = telling.filter(|(sign, _)| best.signs.iter().any(|(s, _)| s == sign));
            let most = telling.max_by(|a, b| weight(&a.0).total_cmp(&weight(&b.0)));
            s.act_words = if s.act == Act::State { s.cue } else { most.map_or(s.cue, |(_, at)| *at) };
        }
    }

    /// For each statement the acts that compete, with their signs.
    pub fn cases(&self, doc: &Doc, sides: &Sides, clues: &[Clue], statements: &[Statement]) -> Vec<Vec<Candidate>> {
        self.weigh(doc, sides, clues, statements).into_iter().map(|(c, _)| c).collect()
    }

    /// For each statement the acts that compete, and the words of their signs.
    fn weigh(&self, doc: &Doc, sides: &Sides, clues: &[Clue], statements: &[Statement]) -> Vec<Weighed> {
        let mut before: Option<Act> = None;
        let mut out = Vec::new();
        for (s, clue) in statements.iter().zip(clues) {
            let homes = sides.homes(&s.speakers);
            let from = doc.sentences.partition_point(|u| u.last().is_some_and(|l| l.whole.end <= s.content.start));
            let sentences = doc.sentences[from..].iter().take_while(|u| u.first().is_some_and(|f| f.whole.start < s.content.end));
            let units: Vec<&Unit> = sentences.flatten().filter(|u| s.content.contains(u.span)).collect();
            let own: Vec<Option<bool>> = units.iter().map(|u| sides.is_own(u, &s.speakers, &homes)).collect();
            let inside = self.inside(doc, &units, &own);
            let tones = self.tones(doc, &units, &own);
            let toned = TONES.iter().any(|(_, own)| tones.iter().any(|(t, _)| t == own));
            let told = clue.head.map(|h| h.0).or(inside.map(|i| i.0));
            let mut candidates = Vec::new();
            let mut words: Vec<(String, Span)> = vec![("cue".into(), s.cue)];
            words.extend(clue.head.map(|(_, at)| ("head".into(), at)));
            words.extend(inside.map(|(_, at)| ("inside".into(), at)));
            if clue.own == Act::State {
                words.extend(tones.iter().cloned());
            }
            for (a, name) in ACTS {
                let mut c = Candidate::new(name);
                c.add("always", 1.0);
                c.add("cue", f32::from(clue.own == a && a != Act::State));
                c.add("head", f32::from(clue.head.is_some_and(|h| h.0 == a)));
                c.add("inside", f32::from(inside.is_some_and(|i| i.0 == a)));
                if clue.own == Act::State {
                    c.add("cue-open", 1.0);
                    c.add("open-head", f32::from(clue.head.is_some_and(|h| h.0 == a)));
                    c.add("open-inside", f32::from(inside.is_some_and(|i| i.0 == a)));
                    c.add("open-nothing", f32::from(told.is_none() && !toned));
                    let of_act = TONES.iter().filter(|t| t.0 == a).map(|t| t.1);
                    for own in of_act {
                        let times = tones.iter().filter(|(t, _)| t == own).count();
                        c.add("tone-times", (times as f32).min(3.0));
                        for part in ["", "-head", "-own", "-other", "-none"] {
                            let there = tones.iter().any(|(t, _)| t.strip_prefix(own) == Some(part));
                            c.add(format!("tone{part}"), f32::from(there));
                        }
                        let negated = format!("not-{own}");
                        c.add("tone-not", f32::from(tones.iter().any(|(t, _)| *t == negated)));
                    }
                    // Much of what is told is to come; who is to do it makes it a promise.
                    for sign in ["future-head", "future-own", "future-other", "future-none"] {
                        c.add(sign, f32::from(a == Act::Promise && tones.iter().any(|(t, _)| t == sign)));
                    }
                    for (tone, _) in &tones {
                        if !tone.contains('-') && !c.signs.iter().any(|(s, _)| s == tone) {
                            c.add(tone.clone(), 1.0);
                        }
                    }
                    c.add("before", f32::from(before == Some(a)));
                } else {
                    c.add(format!("cue-{}", ACTS.iter().find(|x| x.0 == clue.own).map_or("", |x| x.1)), 1.0);
                }
                c.add(format!("verb-{}", clue.lemma), 1.0);
                c.add("direct", f32::from(s.direct));
                candidates.push(c);
            }
            before = Some(if clue.own == Act::State { told.unwrap_or(Act::State) } else { clue.own });
            out.push((candidates, words));
        }
        out
    }

    /// The tones of a content's words: each by itself, at the head, and by whose side stands before it (`bad`, `bad-head`,
    /// `bad-other`); also what its verbs' forms tell.
    fn tones(&self, doc: &Doc, units: &[&Unit], own: &[Option<bool>]) -> Vec<(String, Span)> {
        let table = &doc.language.lexicon().labelled;
        let mut side = "none";
        let mut out: Vec<(String, Span)> = Vec::new();
        let mut covered = 0;
        for (i, unit) in units.iter().enumerate() {
            if let Some(own) = own[i] {
                side = if own { "own" } else { "other" };
            }
            let verb = |s: &Sense| (s.class == self.verb.0 || s.class == self.say.0) && s.form.person > 0;
            if let Some((_, v)) = unit.senses.iter().find(|(_, s)| verb(s))
                && v.form.person == 1
                && v.form.tense == Tense::Imperfect
            {
                side = "own";
                out.push(("first-person".into(), unit.span));
            }
            // `inna 'ala rusiya taqdim …`: a duty laid on somebody.
            if i == 0 && unit.classes.contains(self.prepositions[0]) && units.get(1).is_some_and(|u| u.thing.is_some()) {
                out.extend(["need", "need-head", "need-other"].map(|t| (t.to_string(), unit.span)));
            }
            if self.future(doc, unit) {
                out.push((format!("future-{side}"), unit.span));
                out.push(("future".into(), unit.span));
                if i < HEAD {
                    out.push(("future-head".into(), unit.span));
                }
            }
            for at in unit.tokens.clone() {
                if at < covered {
                    continue;
                }
                let hits = doc.language.hits(&doc.tokens, at);
                let tells = |s: &&Sense| s.class == self.stance.0;
                let Some(h) = hits.iter().filter(|h| h.senses.iter().any(|s| tells(&s))).max_by_key(|h| h.len) else { continue };
                covered = at + h.len;
                let span = phrase_span(doc, at, h.len);
                let negated = i > 0 && units[i - 1].classes.contains(self.neg);
                for tone in h.senses.iter().filter(tells).map(|s| table[s.item as usize].label.as_str()) {
                    let tone = if negated { format!("not-{tone}") } else { tone.to_string() };
                    out.push((format!("{tone}-{side}"), span));
                    if i < HEAD {
                        out.push((format!("{tone}-head"), span));
                    }
                    out.push((tone, span));
                }
            }
            if unit.classes.contains(self.neg) && i < HEAD {
                out.push(("neg-head".into(), unit.span));
            }
        }
        out
    }

    /// The first word inside a content that decides its act.
    fn inside(&self, doc: &Doc, units: &[&Unit], own: &[Option<bool>]) -> Option<(Act, Span)> {
        let mut main_verb = false;
        let mut skip = 0;
        for (i, unit) in units.iter().enumerate() {
            let relative = i > 0 && units[i - 1].classes.contains(self.relative);
            if unit.tokens.start < skip || relative {
                continue;
            }
            let subject = self.subject_is_own(units, own, i);
            let ours = subject.unwrap_or(true);
            // Blame and praise hold unless the speaker's side is the subject: others are often not named (`these acts`).
            let theirs = subject.map_or(i > 0, |own| !own);
            let fits = |l: &Labelled| l.more.split(' ').any(|f| f == "inside" || f == "own" && ours || f == "other" && theirs);
            if let Some((len, l)) = self.phrase(doc, unit.tokens.start, &fits) {
                match act(&l.label) {
                    Some(Act::State) | None => skip = unit.tokens.start + len,
                    Some(found) => return Some((found, phrase_span(doc, unit.tokens.start, len))),
                }
                continue;
            }
            if main_verb {
                continue;
            }
            if self.future(doc, unit) && subject.unwrap_or(i == 0) {
                return Some((Act::Promise, unit.span));
            }
            if let Some((told, first_person)) = self.performed(doc, unit) {
                main_verb = true;
                let negated = i > 0 && units[i - 1].classes.contains(self.neg);
                match (told, negated) {
                    (Act::State, _) => {}
                    _ if !ours && !first_person => {}
                    (Act::Support | Act::Promise, true) => return Some((Act::Reject, units[i - 1].span.cover(unit.span))),
                    (_, true) => {}
                    (a, false) => return Some((a, unit.span)),
                }
            } else if unit.classes.contains(self.verb) && !unit.classes.contains(self.common) {
                main_verb = true;
            }
        }
        None
    }

    /// Whether the subject of a verb is the speaker's side: the actor right after it, else the free actor before it. `None`
    /// where the content names none: an unnamed one, or the speaker, to whom a pronoun refers.
    fn subject_is_own(&self, units: &[&Unit], own: &[Option<bool>], i: usize) -> Option<bool> {
        if let Some(Some(o)) = own.get(i + 1) {
            return Some(*o);
        }
        let governed = |j: usize| j > 0 && self.prepositions.iter().any(|p| units[j - 1].classes.contains(*p));
        (0..i).rev().filter(|j| !governed(*j)).find_map(|j| own[j])
    }

    /// What a verb of saying in the present does when it stands for itself, and whether it is in the first person.
    fn performed(&self, doc: &Doc, unit: &Unit) -> Option<(Act, bool)> {
        let present = |s: &&Sense| s.class == self.say.0 && s.form.tense == Tense::Imperfect && s.form.person > 0;
        let sense = unit.senses.iter().map(|(_, s)| s).find(present)?;
        if unit.classes.contains(self.common) || unit.classes.contains(self.comp) {
            return None;
        }
        let saying = &doc.language.lexicon().sayings[sense.item as usize];
        if saying.weak {
            return None;
        }
        Some((act(&saying.act)?, sense.form.person == 1))
    }

    /// Whether a unit is a verb in the future: what the speaker's side will do.
    fn future(&self, doc: &Doc, unit: &Unit) -> bool {
        let word = &doc.tokens[unit.tokens.start].folded;
        let word = word.strip_prefix(['\u{648}', '\u{641}']).unwrap_or(word);
        let Some(stem) = word.strip_prefix('\u{633}') else { return false };
        let verb = |s: &Sense| [self.say, self.verb].iter().any(|c| c.0 == s.class) && s.form.tense == Tense::Imperfect;
        let senses = doc.language.senses(stem);
        // A verb that no list has is known by its shape.
        let shape = unit.classes.contains(self.unknown) && stem.chars().count() > 3 && stem.starts_with(PERSONS);
        (senses.iter().any(verb) || shape) && !senses.iter().any(|s| s.class == self.aux.0)
    }
}

/// The acts that compete for a statement, and the words of their signs.
type Weighed = (Vec<Candidate>, Vec<(String, Span)>);

fn phrase_span(doc: &Doc, at: usize, len: usize) -> Span {
    doc.tokens[at].span.cover(doc.tokens[at + len - 1].span)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The acts of the statements that the Russian minister makes with `qala inna`.
    fn acts(contents: &[&str]) -> Vec<Act> {
        let language = Language::arabic();
        let reader = crate::Reader::new(&language);
        let read = |content: &&str| {
            let text = format!("قال وزير الخارجية الروسي سيرغي لافروف إن {content}.");
            let report = musnad_text::Report { id: "t".into(), text, ..Default::default() };
            reader.read(&report).statements.first().map(|s| s.act)
        };
        contents.iter().filter_map(read).collect()
    }

    #[test]
    fn modals_ask_wherever_they_stand() {
        assert_eq!(acts(&["المفاوضات يجب أن تستأنف قريبا", "من الضروري وقف القتال"]), [Act::Request; 2]);
    }

    #[test]
    fn the_own_side_performs_what_its_verbs_say() {
        assert_eq!(acts(&["موسكو تؤيد عقد المؤتمر", "بلاده تدعم الحوار"]), [Act::Support; 2]);
        assert_eq!(acts(&["روسيا ترفض هذه الشروط", "بلاده لا تؤيد هذا الاقتراح"]), [Act::Reject; 2]);
        assert_eq!(acts(&["بلاده مستعدة لاستضافة اللقاء"]), [Act::Promise]);
    }

    #[test]
    fn others_are_blamed_and_praised() {
        assert_eq!(acts(&["إسرائيل تعرقل عمل اللجنة"]), [Act::Accuse]);
        assert_eq!(acts(&["مصر تلعب دورا محوريا في المنطقة"]), [Act::Support]);
    }

    #[test]
    fn telling_stays_neutral() {
        assert_eq!(acts(&["الاجتماع عقد في القاهرة", "لا شك في نجاح اللقاء", "فرنسا تؤيد عقد المؤتمر"]), [Act::State; 3]);
    }
}
