//! Openings of statements: which rule takes a cue, and whether the cue may open a content where it stands.

use super::{Opening, Place, StatementReader};
use crate::findings::ActorKind;
use crate::row::{Doc, Thing, Unit, classes};
use musnad_language::{Form, Frame, Gender, Number, Sense};
use musnad_pattern::{Class, Match};
use musnad_text::Clitics;

const NO_CUE: &str = "the rule names no cue";
const NO_MARK: &str = "nothing marks where the content begins";

/// Between alternatives, which may be nouns.
const OR: &str = "\u{623}\u{648}";

impl StatementReader {
    /// The openings of all sentences, one a cue.
    pub(super) fn openings(&self, doc: &Doc) -> Vec<Opening> {
        let mut out: Vec<Opening> = Vec::new();
        for (s, units) in doc.sentences.iter().enumerate() {
            if units.iter().take(3).any(|u| u.classes.contains(self.k.over)) {
                continue;
            }
            let row = classes(units);
            let mut found: Vec<(usize, usize, Opening)> = Vec::new();
            for at in 0..row.len() {
                for (order, (rule, m)) in self.grammar.at(&row, at).enumerate() {
                    match self.opening(doc, s, &rule.name, rule.get("frame").unwrap_or(""), &m) {
                        Ok(o) => found.push((o.start.1 + if o.start.0 > s { 1000 } else { 0 }, order, o)),
                        Err(why) => doc.log.against(units, &rule.name, &m, || why.into()),
                    }
                }
            }
            // A clause cue with a content clause right after it is a cue like any other (`kama akkada anna`).
            let clause_follows = |cue: usize, start: usize| {
                start <= cue + 14 || !units[cue..start.min(units.len())].iter().any(|u| u.classes.contains(self.k.comma))
            };
            let followed: Vec<usize> = found
                .iter()
                .filter(|(_, _, o)| {
                    !o.around && o.start.0 == s && clause_follows(o.cue.1, o.start.1) && o.frame != Some(Frame::Object)
                })
                .map(|(_, _, o)| o.cue.1)
                .collect();
            let around = |o: &Opening| o.around && (o.rule.ends_with("clause") || o.rule.ends_with("after-quote"));
            found.retain(|(_, _, o)| !(around(o) && followed.contains(&o.cue.1)));
            found.sort_by_key(|(mark, order, o)| (o.cue.1, !o.rule.contains("relayed"), !o.around, *mark, *order));
            // Whoever is informed stands before what he is told.
            let clauses: Vec<usize> = found
                .iter()
                .filter(|(_, _, o)| o.frame == Some(Frame::That) && o.start.0 == s)
                .map(|(_, _, o)| o.cue.1)
                .collect();
            found.retain(|(_, _, o)| {
                let informs = o.frame == Some(Frame::Whom) && self.saying(doc, o).act(o.frame) == "state";
                !(informs && self.saying(doc, o).takes(Frame::That) && clauses.contains(&o.cue.1))
            });
            // What stands between a verb and its clause is its subject, if it is definite or set apart, and no object.
            let clauses: Vec<(usize, usize)> = found
                .iter()
                .filter(|(_, _, o)| o.frame == Some(Frame::That) && o.start.0 == s && !o.participle)
                .map(|(_, _, o)| (o.cue.1, o.start.1))
                .collect();
            found.retain(|(_, _, o)| {
                let at = o.start.1;
                let thing = o.rule.ends_with(".object") && o.start.0 == s && at < units.len();
                let subject = thing
                    && !units[at].classes.contains(self.k.held)
                    && (units[at].classes.contains(self.k.def) && o.told.is_empty()
                        || units[at - 1].classes.contains(self.k.comma));
                !(subject
                    && self.saying(doc, o).takes(Frame::That)
                    && clauses.iter().any(|(cue, start)| *cue == o.cue.1 && *start > at))
            });
            // A cue in a relative clause between another cue and its content is part of the aside.
            let spans: Vec<(usize, usize)> =
                found.iter().filter(|(_, _, o)| !o.around && o.start.0 == s).map(|(_, _, o)| (o.cue.1, o.start.1)).collect();
            let relative = |cue: usize| {
                cue > 0 && units[cue - 1].classes.contains(self.k.relative) && !units[cue - 1].classes.contains(self.k.turn)
            };
            found.retain(|(_, _, o)| !(relative(o.cue.1) && spans.iter().any(|(cue, start)| *cue < o.cue.1 && o.cue.1 < *start)));
            // `naqalat wakala an X qawlahu`: the noun is the cue, the verb only carries it.
            let relayed: Vec<(usize, usize)> = found
                .iter()
                .filter(|(_, _, o)| o.rule.ends_with("relayed-noun"))
                .filter_map(|(_, _, o)| Some((o.told.first()?.1, o.cue.1)))
                .collect();
            let carries = |cue: usize| {
                units[cue].classes.contains(self.k.relay) && relayed.iter().any(|(who, noun)| cue < *who && *noun < cue + 24)
            };
            found.retain(|(_, _, o)| o.rule.ends_with("relayed-noun") || !carries(o.cue.1));
            for (_, _, o) in found {
                match out.last().filter(|l| l.cue == o.cue) {
                    Some(l) => doc.log.dropped(units[o.cue.1].span, &o.rule, || format!("{} takes the cue", l.rule)),
                    None => out.push(o),
                }
            }
        }
        out
    }

    /// The opening that a match stands for, or what speaks against it.
    fn opening(&self, doc: &Doc, s: usize, rule: &str, frame: &str, m: &Match) -> Result<Opening, &'static str> {
        let units = &doc.sentences[s];
        let cue = m.get("cue").ok_or(NO_CUE)?.start;
        let mark = m.get("mark").map(|r| r.start);
        let participle = rule.contains("participle");
        let wanted = match frame {
            "around" | "before" => None,
            "bare" => Some(Frame::Quote),
            f => Some(Frame::parse(f).ok_or(NO_CUE)?),
        };
        let sense = self.sense(doc, &units[cue], wanted, participle).ok_or("no verb or noun of saying that takes this frame")?;
        let saying = &doc.language.lexicon().sayings[sense.1.item as usize];
        let form = sense.1.form;
        self.licensed(doc, units, m, form, wanted, participle)?;
        let mut told: Vec<Place> = m.all("speaker").into_iter().map(|r| (s, r.start)).collect();
        let mut start = mark.map_or(cue + 1, |m| m + 1);
        let mut frame_is = wanted;
        match wanted {
            Some(Frame::Object | Frame::Whom) => {
                if rule.ends_with("subject-whom") && !self.subject_before(units, cue) {
                    return Err("no subject stands before the verb");
                }
                start = mark.ok_or(NO_MARK)?;
                // `akkada l-bayan anna`: what looks like an object is what speaks.
                let clause = |u: &Unit| u.classes.contains(self.k.comp) && !u.classes.contains(self.k.and);
                if told.is_empty() && units[start].classes.contains(self.k.def) && units.get(start + 1).is_some_and(clause) {
                    return Err("what speaks, before the clause");
                }
                frame_is = Some(if saying.takes(Frame::Whom) { Frame::Whom } else { Frame::Object });
            }
            // The one asked or blamed, where the speaker is left out: the verb does not agree with it.
            Some(f)
                if told.len() == 1
                    && f != Frame::Quote
                    && saying.takes(Frame::Whom)
                    && (self.disagrees(doc, &units[told[0].1], form)
                        || self.subject_before(units, cue)
                        || self.therein(units, cue)) =>
            {
                start = told[0].1;
                told.clear();
                frame_is = Some(Frame::Whom);
            }
            Some(Frame::With | Frame::For) => start = mark.ok_or(NO_MARK)?,
            Some(Frame::Quote) => {
                let at = mark.ok_or(NO_MARK)?;
                // A quotation mark around a word or two is no quotation of what was said.
                if units[at].classes.contains(self.k.qopen) {
                    let q = doc.quotations.iter().find(|q| q.outer.start == units[at].whole.start).ok_or(NO_MARK)?;
                    if doc.slice(q.inner).split_whitespace().count() < 4 {
                        return Err("a quotation of a word or three");
                    }
                    // Nor is a name or a title in them, before the clause.
                    let after = units.iter().position(|u| u.whole.start >= q.outer.end).unwrap_or(units.len());
                    let clause = units[after..].iter().take_while(|u| !u.classes.contains(self.k.say)).take(14);
                    let follows = |u: &Unit| u.classes.contains(self.k.comp) && !u.classes.contains(self.k.and);
                    if q.closed && doc.slice(q.inner).split_whitespace().count() < 8 && { clause }.any(follows) {
                        return Err("a name in quotation marks, before the clause");
                    }
                    start = at;
                } else if frame == "bare" {
                    start = at;
                } else {
                    while units.get(start).is_some_and(|u| u.classes.contains(self.k.comp) && !u.classes.contains(self.k.and)) {
                        start += 1;
                    }
                }
            }
            // What somebody is described as or accused of, with whom or what: `wasafa al-ittifaq bi-annahu …`.
            Some(Frame::That)
                if saying.takes(Frame::Whom)
                    && saying.takes(Frame::With)
                    && mark.is_some_and(|m| musnad_text::fold(doc.slice(units[m].whole)).starts_with('\u{628}'))
                    && self.describes(units, told.last().map_or(cue, |t| t.1) + 1, mark.unwrap_or(0)) =>
            {
                start = told.last().map_or(cue, |t| t.1) + 1;
                frame_is = Some(Frame::Whom);
            }
            Some(_) => {
                // A preposition before the complementizer belongs to the cue.
                while units.get(start).is_some_and(|u| u.classes.contains(self.k.comp) && !u.classes.contains(self.k.and)) {
                    start += 1;
                }
            }
            None => {}
        }
        let place = if start < units.len() { (s, start) } else { (s + 1, 0) };
        let around = wanted.is_none();
        if !around && place.0 >= doc.sentences.len() {
            return Err("nothing follows");
        }
        let via = m.all("via").into_iter().map(|r| (s, r.start)).collect();
        Ok(Opening { cue: (s, cue), sense, told, via, frame: frame_is, start: place, around, rule: rule.to_string(), participle })
    }

    /// What speaks against a cue's opening a content where it stands: what the press spells alike is told apart by its neighbours.
    fn licensed(
        &self,
        doc: &Doc,
        units: &[Unit],
        m: &Match,
        form: Form,
        wanted: Option<Frame>,
        participle: bool,
    ) -> Result<(), &'static str> {
        let cue = m.get("cue").ok_or(NO_CUE)?.start;
        let k = &self.k;
        let has = |i: usize, set: &[Class]| set.iter().any(|c| units[i].classes.contains(*c));
        let finite = form.person > 0;
        // Denied, or with its object glued to it, a verb opens no content; the first person speaks only in quotations.
        let denied = cue > 0 && has(cue - 1, &[k.neg]);
        let taken = form.pronoun && finite && matches!(wanted, Some(Frame::Object | Frame::Whom));
        let own_words = form.person == 1 && !doc.quotations.iter().any(|q| q.inner.contains(units[cue].whole));
        // `bayna` and `bayyana` are spelt alike, so are verbs that carry another: they speak only with a clause right after.
        let clause = wanted == Some(Frame::That) && m.get("mark").is_some_and(|r| r.start <= cue + 6) && !form.pronoun;
        let carrier = has(cue, &[k.between, k.aux]) && !clause;
        // No finite verb stands right after a preposition; what may be an adverb or a state's name too speaks only with its
        // subject right after it; a dual that is a common noun's accusative too does not.
        let plainly = |i: usize| has(i, &[k.prep]) && !has(i, &[k.conj, k.particle, k.adverb, k.common]);
        let governed = finite && cue > 0 && (has(cue - 1, &k.prepositions) || plainly(cue - 1));
        let about_at_once = m.get("mark").is_some_and(|r| r.start == cue + 1) && (cue == 0 || has(cue, &[k.and]));
        let after_particle = wanted == Some(Frame::About) && (about_at_once || cue > 0 && has(cue - 1, &[k.particle, k.actor]));
        let homograph =
            finite && has(cue, &k.homographs) && m.get("speaker").is_none_or(|r| r.start > cue + 1) && !after_particle;
        let dual = form.number == Number::Dual && has(cue, &[k.common]);
        // An adjective in the feminine looks like a participle; the speaker's participle follows a comma or a conjunction.
        let loose = cue > 0 && !has(cue - 1, &[k.comma, k.conj]) && !has(cue, &[k.and]);
        let adjective = participle && form.gender == Gender::Feminine && loose;
        // `yudhkar anna`: nobody in particular says so.
        let told = m.get("speaker").is_some();
        let impersonal = has(cue, &[k.impersonal]) && !told && !self.subject_before(units, cue) && wanted == Some(Frame::That);
        // Many verbs of saying are spelt like their nouns. Where no subject follows, a verb begins its clause or has its subject
        // before it.
        let like_a_noun = finite && !told && has(cue, &[k.noun, k.common]) && wanted != Some(Frame::Quote);
        let begins = cue == 0
            || has(cue, &[k.and])
            || has(
                cue - 1,
                &[
                    k.comma,
                    k.particle,
                    k.relative,
                    k.comp,
                    k.adverb,
                    k.stop,
                    k.colon,
                    k.qopen,
                    k.actor,
                    k.aux,
                    k.neg,
                    k.cueclause,
                ],
            )
            || has(cue - 1, &[k.conj]) && !doc.slice(units[cue - 1].whole).eq(OR);
        // Nor does a verb of saying stand right in the object of another.
        let clause_before = units[..cue].iter().rposition(|u| {
            [k.comma, k.comp, k.conj, k.stop, k.colon, k.relative, k.qopen, k.and, k.say].iter().any(|c| u.classes.contains(*c))
        });
        let object = finite
            && has(cue, &[k.noun, k.common])
            && !has(cue, &[k.and])
            && clause_before.is_some_and(|i| has(i, &[k.say]) && !units[i].classes.contains(k.comp));
        let noun = (like_a_noun || finite && has(cue, &[k.noun]) && !told) && !begins || object;
        // After `an` a verb tells what is to be, not what is said; what looks like a verb in the perfect is a noun.
        let bare = |i: usize| musnad_text::fold(doc.slice(units[i].whole)).ends_with('\u{646}');
        let to_be = finite && cue > 0 && has(cue - 1, &[k.comp]) && bare(cue - 1);
        // A verb right after an indefinite noun describes that noun; unless somebody speaks in it (`a letter in which he said`).
        let within = self.therein(units, cue);
        let describes = finite
            && !told
            && !within
            && cue > 0
            && has(cue - 1, &[k.common])
            && !has(cue, &[k.and])
            && !has(
                cue - 1,
                &[k.def, k.actor, k.pronoun, k.adverb, k.prep, k.conj, k.particle, k.relative, k.date, k.say, k.unnamed],
            );
        let reasons = [
            (to_be, "what is to be, or a noun"),
            (describes, "what the noun before it does"),
            (impersonal, "nobody in particular says so"),
            (noun, "a noun, no verb"),
            (denied, "the cue is denied"),
            (taken, "the verb has its object glued to it"),
            (own_words, "the first person outside a quotation"),
            (carrier, "a verb that carries another, without a clause"),
            (governed, "a noun after a preposition, no verb"),
            (homograph, "read as another word: its subject does not follow at once"),
            (dual, "a noun in the accusative, no dual"),
            (adjective, "an adjective, no participle of the speaker's"),
        ];
        reasons.into_iter().find(|(holds, _)| *holds).map_or(Ok(()), |(_, why)| Err(why))
    }

    /// Whether a thing stands between a verb or its subject and what it is described as.
    fn describes(&self, units: &[Unit], from: usize, mark: usize) -> bool {
        let k = &self.k;
        let loose = [k.comma, k.prep, k.adverb, k.date, k.relative, k.ba, k.li, k.aside, k.conj, k.particle];
        from < mark && !loose.iter().chain(&k.prepositions).any(|c| units[from].classes.contains(*c))
    }

    /// Whether a cue tells what somebody says in a text that was named before (`a letter in which he called on …`).
    fn therein(&self, units: &[Unit], cue: usize) -> bool {
        units.get(cue + 1).is_some_and(|u| u.classes.contains(self.k.therein))
    }

    /// Whether an actor that nothing governs stands right before the cue: its subject, if the cue begins no new clause.
    pub(super) fn subject_before(&self, units: &[Unit], cue: usize) -> bool {
        let k = &self.k;
        let Some(before) = cue.checked_sub(1).map(|i| &units[i]) else { return false };
        let governed = cue > 1 && k.prepositions.iter().any(|c| units[cue - 2].classes.contains(*c));
        let speaks = before.classes.contains(k.actor) || before.classes.contains(k.latter);
        speaks && !governed && !units[cue].classes.contains(k.and)
    }

    /// Whether a state or a body in the feminine stands after a verb in the masculine, so that it cannot be its subject.
    fn disagrees(&self, doc: &Doc, unit: &Unit, form: Form) -> bool {
        let feminine = match &unit.thing {
            Some(Thing::Named(ActorKind::State, _)) => true,
            // A movement by its bare name is feminine too.
            Some(Thing::Named(ActorKind::Body, name)) => {
                !name.contains(' ') || musnad_text::fold(name.split(' ').next().unwrap_or("")).ends_with('\u{647}')
            }
            _ => {
                unit.classes.contains(doc.language.class("PAIR"))
                    && musnad_text::fold(doc.slice(unit.span)).ends_with("\u{64a}\u{646}")
            }
        };
        // So are states, parties and powers in the plural.
        let feminine = feminine || unit.senses.iter().any(|(_, s)| s.class == self.k.things.0);
        // A group in the oblique case is the one addressed.
        let first = musnad_text::fold(doc.slice(unit.span).split_whitespace().next().unwrap_or(""));
        let oblique = unit.classes.contains(self.k.unnamed) && first.ends_with("\u{64a}\u{646}");
        (feminine && form.gender == Gender::Masculine || oblique) && form.person == 3
    }

    /// The sense of the cue that takes the frame, weak verbs only with a clause or quotation.
    fn sense(&self, doc: &Doc, unit: &Unit, frame: Option<Frame>, participle: bool) -> Option<(Clitics, Sense)> {
        let k = &self.k;
        let fits = |class: Class| {
            unit.senses.iter().find(|(c, s)| {
                let saying = doc.language.lexicon().sayings.get(s.item as usize);
                s.class == class.0
                    && c.preposition.is_none()
                    && saying.is_some_and(|y| match frame {
                        None => true,
                        Some(Frame::Object | Frame::Whom) => (y.takes(Frame::Object) || y.takes(Frame::Whom)) && !y.weak,
                        Some(f @ (Frame::That | Frame::Quote)) => y.takes(f) || y.takes(Frame::That) && f == Frame::Quote,
                        Some(f) => y.takes(f) && !y.weak,
                    })
            })
        };
        let found = if participle {
            fits(k.part).filter(|(_, s)| {
                s.form.accusative
                    || s.form.number != Number::Singular
                    || s.form.gender == Gender::Feminine
                    || frame == Some(Frame::That)
                    || frame == Some(Frame::Quote)
            })
        } else if unit.classes.contains(k.cueprep) && frame.is_none() {
            fits(k.cueprep)
        } else if unit.classes.contains(k.say) {
            fits(k.say)
        } else if unit.classes.contains(k.relay) || unit.classes.contains(k.noun) {
            fits(k.noun)
        } else {
            None
        };
        found.copied()
    }
}
