//! What a speech act does, as far as the words of its content tell.
//!
//! The cue's verb comes first (the reader of statements knows it). Where it only says that something was said, the head of the
//! content decides (`akkada darurat …`: a request), else a word further inside: a modal, what the speaker's own side does
//! (`biladuhu tu'ayyid …`: support), or what others are blamed or praised for.

use crate::findings::{Act, Statement};
use crate::names::Names;
use crate::row::{Doc, Unit};
use crate::sides::Sides;
use musnad_language::{Labelled, Language, Sense, Tense};
use musnad_pattern::Class;
use musnad_text::Span;

/// An act from its name in the lexicon.
pub fn act(name: &str) -> Option<Act> {
    Some(match name {
        "state" => Act::State,
        "support" => Act::Support,
        "request" => Act::Request,
        "accuse" => Act::Accuse,
        "reject" => Act::Reject,
        "warn" => Act::Warn,
        "promise" => Act::Promise,
        "concern" => Act::Concern,
        _ => return None,
    })
}

/// Reads acts from contents.
pub struct ActReader {
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
        let first = doc.tokens.iter().position(|t| content.contains(t.span))?;
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

    /// Gives the statements that cue and head leave neutral the act that stands further inside.
    pub fn settle(&self, doc: &Doc, names: &Names, statements: &mut [Statement]) {
        let sides = Sides::new(doc, names);
        for s in statements.iter_mut().filter(|s| s.act == Act::State) {
            if let Some((act, words)) = self.inside(doc, &sides, s) {
                (s.act, s.act_words) = (act, words);
            }
        }
    }

    /// The first word inside a content that decides its act.
    fn inside(&self, doc: &Doc, sides: &Sides, s: &Statement) -> Option<(Act, Span)> {
        let homes = sides.homes(&s.speakers);
        let units: Vec<&Unit> = doc.sentences.iter().flatten().filter(|u| s.content.contains(u.span)).collect();
        let own: Vec<Option<bool>> = units.iter().map(|u| sides.is_own(u, &s.speakers, &homes)).collect();
        let mut main_verb = false;
        let mut skip = 0;
        for (i, unit) in units.iter().enumerate() {
            let relative = i > 0 && units[i - 1].classes.contains(self.relative);
            if unit.tokens.start < skip || relative {
                continue;
            }
            let subject = self.subject_is_own(&units, &own, i);
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
        let Some(stem) = word.strip_prefix('\u{633}') else { return false };
        let verb = |s: &Sense| [self.say, self.verb].iter().any(|c| c.0 == s.class) && s.form.tense == Tense::Imperfect;
        let senses = doc.language.senses(stem);
        senses.iter().any(verb) && !senses.iter().any(|s| s.class == self.aux.0)
    }
}

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
