//! Who said what, through whom: openings by the rules of `statements`, speakers by the text around, contents by their ends.

use crate::acts::ActReader;
use crate::findings::{Act, ActorKind, ActorRef, Statement};
use crate::grammar::Grammar;
use crate::row::{Doc, Thing, Unit, classes};
use crate::speakers::{Agreement, Speakers};
use musnad_language::{Form, Frame, Language, Number, Saying, Sense, Tense};
use musnad_pattern::{Class, Match};
use musnad_text::{Clitics, Span};

/// Reads statements.
pub struct StatementReader {
    grammar: Grammar,
    k: Classes,
}

struct Classes {
    say: Class,
    part: Class,
    noun: Class,
    relay: Class,
    cueprep: Class,
    cueclause: Class,
    and: Class,
    comma: Class,
    stop: Class,
    colon: Class,
    qopen: Class,
    qclose: Class,
    comp: Class,
    conj: Class,
    comment: Class,
    aside: Class,
    continuation: Class,
    outlet: Class,
    actor: Class,
    over: Class,
    word: Class,
    particle: Class,
    adverb: Class,
    sign: Class,
    dash: Class,
    neg: Class,
    between: Class,
    aux: Class,
    relative: Class,
    common: Class,
    verb: Class,
    meetverb: Class,
    prepositions: Vec<Class>,
    homographs: Vec<Class>,
}

/// A unit's place: sentence and index in it.
type Place = (usize, usize);

/// A cue with what the rules say of it.
struct Opening {
    cue: Place,
    sense: (Clitics, Sense),
    /// Speakers that the rule captured.
    told: Vec<Place>,
    via: Vec<Place>,
    frame: Option<Frame>,
    /// First unit of the content; for `around` and `before` the content lies before the cue.
    start: Place,
    around: bool,
    rule: String,
    participle: bool,
}

impl StatementReader {
    /// Compiles the grammar.
    pub fn new(language: &Language) -> StatementReader {
        let c = |n: &str| language.class(n);
        let k = Classes {
            say: c("SAY"),
            part: c("SAYPART"),
            noun: c("SAYNOUN"),
            relay: c("RELAY"),
            cueprep: c("CUEPREP"),
            cueclause: c("CUECLAUSE"),
            and: c("AND"),
            comma: c("COMMA"),
            stop: c("STOP"),
            colon: c("COLON"),
            qopen: c("QOPEN"),
            qclose: c("QCLOSE"),
            comp: c("COMP"),
            conj: c("CONJ"),
            comment: c("COMMENT"),
            aside: c("ASIDE"),
            continuation: c("CONTINUATION"),
            outlet: c("OUTLET"),
            actor: c("ACTOR"),
            over: c("OVER"),
            word: c("WORD"),
            particle: c("PARTICLE"),
            adverb: c("ADVERB"),
            sign: c("SIGN"),
            dash: c("DASH"),
            neg: c("NEG"),
            between: c("BETWEEN"),
            aux: c("AUX"),
            relative: c("RELATIVE"),
            common: c("COMMON"),
            verb: c("VERB"),
            meetverb: c("MEETVERB"),
            prepositions: ["P_ON", "P_TO", "P_ABOUT", "P_FROM", "P_IN", "P_WITH", "BETWEEN"].map(c).to_vec(),
            homographs: ["PREP", "ADVERB", "QUANTIFIER", "STATE", "INSTRUMENT"].map(c).to_vec(),
        };
        StatementReader { grammar: Grammar::new(language, "statements"), k }
    }

    /// All statements of a report, in text order. Topics and acts that the content decides are filled in later.
    pub fn read(&self, doc: &Doc, speakers: &mut Speakers, acts: &ActReader) -> Vec<Statement> {
        let openings = self.openings(doc);
        let mut out: Vec<Statement> = Vec::new();
        // Contents of statements so far, with their speakers: what lies inside is passed on by them.
        let mut outer: Vec<(Span, Vec<ActorRef>)> = Vec::new();
        for (i, o) in openings.iter().enumerate() {
            let cue = self.cue_span(doc, o);
            let quoted_in = doc.quotations.iter().find(|q| q.inner.contains(cue));
            let inside = outer.iter().rev().find(|(c, _)| c.contains(cue)).cloned();
            let mut told = speakers.named(&o.told.iter().map(|p| self.unit(doc, *p)).collect::<Vec<_>>(), o.cue.0);
            // `… anna X qala`: within what another says the speaker may stand before the cue.
            if told.is_empty() && !o.participle && inside.is_none() && self.subject_before(&doc.sentences[o.cue.0], o.cue.1) {
                told = speakers.just_before(o.cue.0, 0, o.cue.1).unwrap_or_default();
            }
            if let (true, false, Some((content, _))) = (told.is_empty(), o.participle, &inside) {
                let from = doc.sentences[o.cue.0].iter().position(|u| u.whole.start >= content.start).unwrap_or(0);
                told = speakers.just_before(o.cue.0, from, o.cue.1).unwrap_or_default();
            }
            // Within one's own words one's own cues are not told apart.
            if told.is_empty() && (inside.is_some() && quoted_in.is_some()) {
                continue;
            }
            let form = o.sense.1.form;
            let mut who =
                if told.is_empty() { speakers.carried(o.cue.0, o.cue.1, agreement(form), o.participle) } else { told.clone() };
            if form.person == 1 && told.is_empty() && inside.is_some() {
                continue;
            }
            if let Some((_, by)) = &inside
                && told.is_empty()
                && !by.is_empty()
            {
                who = by.clone();
            }
            let Some(content) = self.content(doc, &openings, i) else {
                // `…, bi-hasab wakala`: whoever passed on what the sentence says.
                let outlet = o.around && o.told.iter().all(|p| self.unit(doc, *p).classes.contains(self.k.outlet));
                let sentence = doc.sentences[o.cue.0].first().map_or(0, |u| u.whole.start);
                if let (true, Some(last)) =
                    (outlet, out.iter_mut().rev().find(|s| s.cue.start >= sentence && s.cue.start < cue.start))
                {
                    last.via.splice(0..0, told);
                    last.via.dedup();
                }
                continue;
            };
            if doc.slice(content).split_whitespace().count() < 2 || who.is_empty() {
                continue;
            }
            // What another habitually holds, told within somebody's words, is part of those words.
            if inside.is_some() && o.told.is_empty() && !o.participle && form.tense != Tense::Perfect {
                continue;
            }
            let nested = inside.as_ref().is_some_and(|(_, by)| *by != who);
            if inside.is_some() && !nested && !told.is_empty() {
                continue;
            }
            let mut via: Vec<ActorRef> = o.via.iter().flat_map(|p| speakers.named(&[self.unit(doc, *p)], p.0)).collect();
            via.extend(self.outlet(doc, o, speakers));
            if let (true, Some((_, by))) = (nested, &inside) {
                via.extend(by.iter().cloned());
            }
            via.retain(|v| !who.contains(v));
            via.dedup();
            let saying = self.saying(doc, o);
            if !nested {
                speakers.spoke(o.cue, who.clone());
            }
            if inside.is_none() {
                outer.push((content, who.clone()));
            }
            out.push(Statement {
                speakers: who,
                via,
                cue,
                speaker_span: o.told.first().map(|p| self.unit(doc, *p).span),
                content,
                direct: direct(doc, content),
                act: self.act(doc, acts, saying, o, content),
                topics: Vec::new(),
                occasion: None,
                rule: o.rule.clone(),
            });
        }
        out.sort_by_key(|s| (s.cue.start, s.content.start));
        out
    }

    /// The act: the content's where the cue leaves it open, else the cue's own.
    fn act(&self, doc: &Doc, acts: &ActReader, saying: &Saying, o: &Opening, content: Span) -> Act {
        let own = crate::acts::act(saying.act(o.frame)).unwrap_or(Act::State);
        let told = acts.head(doc, content, o.frame.map(frame_code));
        match (own, told) {
            (Act::State | Act::Concern, Some(a)) => a,
            _ => own,
        }
    }

    fn unit<'d>(&self, doc: &'d Doc, (s, u): Place) -> &'d Unit {
        &doc.sentences[s][u]
    }

    fn saying<'d>(&self, doc: &'d Doc, o: &Opening) -> &'d Saying {
        &doc.language.lexicon().sayings[o.sense.1.item as usize]
    }

    /// The cue as written, its conjunction left out.
    fn cue_span(&self, doc: &Doc, o: &Opening) -> Span {
        let unit = self.unit(doc, o.cue);
        let first = doc.tokens[unit.tokens.start].span;
        musnad_text::without_clitics(doc.text.as_str(), first, o.sense.0.bytes).cover(Span::new(unit.whole.end, unit.whole.end))
    }

    /// The openings of all sentences, one a cue.
    fn openings(&self, doc: &Doc) -> Vec<Opening> {
        let mut out: Vec<Opening> = Vec::new();
        for (s, units) in doc.sentences.iter().enumerate() {
            if units.iter().take(3).any(|u| u.classes.contains(self.k.over)) {
                continue;
            }
            let row = classes(units);
            let mut found: Vec<(usize, usize, Opening)> = Vec::new();
            for at in 0..row.len() {
                for (order, (rule, m)) in self.grammar.at(&row, at).enumerate() {
                    if let Some(o) = self.opening(doc, s, &rule.name, rule.get("frame").unwrap_or(""), &m) {
                        found.push((o.start.1 + if o.start.0 > s { 1000 } else { 0 }, order, o));
                    }
                }
            }
            // A clause cue with a content clause right after it is a cue like any other (`kama akkada anna`).
            let clause_follows =
                |cue: usize, start: usize| !units[cue..start.min(units.len())].iter().any(|u| u.classes.contains(self.k.comma));
            let followed: Vec<usize> = found
                .iter()
                .filter(|(_, _, o)| {
                    !o.around && o.start.0 == s && clause_follows(o.cue.1, o.start.1) && o.frame != Some(Frame::Object)
                })
                .map(|(_, _, o)| o.cue.1)
                .collect();
            found.retain(|(_, _, o)| !(o.around && o.rule.ends_with("clause") && followed.contains(&o.cue.1)));
            found.sort_by_key(|(mark, order, o)| (o.cue.1, !o.rule.contains("relayed"), !o.around, *mark, *order));
            // A cue in a relative clause between another cue and its content is part of the aside.
            let spans: Vec<(usize, usize)> =
                found.iter().filter(|(_, _, o)| !o.around && o.start.0 == s).map(|(_, _, o)| (o.cue.1, o.start.1)).collect();
            let relative = |cue: usize| cue > 0 && units[cue - 1].classes.contains(self.k.relative);
            found.retain(|(_, _, o)| !(relative(o.cue.1) && spans.iter().any(|(cue, start)| *cue < o.cue.1 && o.cue.1 < *start)));
            // `naqalat wakala an X qawlahu`: the noun is the cue, the verb only carries it.
            if let Some(via) = found.iter().find(|(_, _, o)| o.rule.ends_with("relayed-noun")).map(|(_, _, o)| o.via.clone()) {
                found.retain(|(_, _, o)| o.rule.ends_with("relayed-noun") || !via.iter().any(|v| v.1 == o.cue.1 + 1));
            }
            for (_, _, o) in found {
                if out.last().is_none_or(|l| l.cue != o.cue) {
                    out.push(o);
                }
            }
        }
        out
    }

    fn opening(&self, doc: &Doc, s: usize, rule: &str, frame: &str, m: &Match) -> Option<Opening> {
        let units = &doc.sentences[s];
        let cue = m.get("cue")?.start;
        let mark = m.get("mark").map(|r| r.start);
        let participle = rule.contains("participle");
        let wanted = match frame {
            "around" | "before" => None,
            "bare" => Some(Frame::Quote),
            f => Some(Frame::parse(f)?),
        };
        let sense = self.sense(doc, &units[cue], wanted, participle)?;
        let saying = &doc.language.lexicon().sayings[sense.1.item as usize];
        // Denied, or with its object glued to it, a verb opens no content; the first person speaks only in quotations.
        let form = sense.1.form;
        let quoted = || doc.quotations.iter().any(|q| q.inner.contains(units[cue].whole));
        let denied = cue > 0 && units[cue - 1].classes.contains(self.k.neg);
        let taken = form.pronoun && matches!(wanted, Some(Frame::Object | Frame::Whom)) && form.person > 0;
        // `bayna` and `bayyana` are spelt alike, so are verbs that carry another: they speak only with a clause right after.
        let doubtful = units[cue].classes.contains(self.k.between) || units[cue].classes.contains(self.k.aux);
        let clause = wanted == Some(Frame::That) && mark.is_some_and(|m| m <= cue + 6) && !form.pronoun;
        // No finite verb stands right after a preposition; what may be an adverb or a state's name too speaks only with its
        // subject right after it; a dual that is a common noun's accusative too does not.
        let has = |i: usize, set: &[Class]| set.iter().any(|c| units[i].classes.contains(*c));
        let governed = form.person > 0 && cue > 0 && has(cue - 1, &self.k.prepositions);
        let rare = form.person > 0 && has(cue, &self.k.homographs) && m.get("speaker").is_none_or(|r| r.start > cue + 1);
        let dual = form.number == Number::Dual && units[cue].classes.contains(self.k.common);
        // An adjective in the feminine looks like a participle; a participle of the speaker follows a comma or a conjunction.
        let adjective = participle
            && form.gender == musnad_language::Gender::Feminine
            && cue > 0
            && !has(cue - 1, &[self.k.comma, self.k.conj])
            && !units[cue].classes.contains(self.k.and);
        if denied || taken || form.person == 1 && !quoted() || doubtful && !clause || governed || rare || dual || adjective {
            return None;
        }
        let mut told: Vec<Place> = m.all("speaker").into_iter().map(|r| (s, r.start)).collect();
        let mut start = mark.map_or(cue + 1, |m| m + 1);
        let mut frame_is = wanted;
        match wanted {
            Some(Frame::Object | Frame::Whom) => {
                if rule.ends_with("subject-whom") && !self.subject_before(units, cue) {
                    return None;
                }
                start = mark?;
                frame_is = Some(if saying.takes(Frame::Whom) { Frame::Whom } else { Frame::Object });
            }
            // The one asked or blamed, where the speaker is left out: the verb does not agree with it.
            Some(f)
                if told.len() == 1
                    && f != Frame::Quote
                    && saying.takes(Frame::Whom)
                    && self.disagrees(doc, &units[told[0].1], sense.1.form) =>
            {
                start = told[0].1;
                told.clear();
                frame_is = Some(Frame::Whom);
            }
            Some(Frame::With | Frame::For) => start = mark?,
            Some(Frame::Quote) => {
                let at = mark?;
                // A quotation mark around a word or two is no quotation of what was said.
                if units[at].classes.contains(self.k.qopen) {
                    let q = doc.quotations.iter().find(|q| q.outer.start == units[at].whole.start)?;
                    if doc.slice(q.inner).split_whitespace().count() < 4 {
                        return None;
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
            return None;
        }
        let via = m.all("via").into_iter().map(|r| (s, r.start)).collect();
        Some(Opening {
            cue: (s, cue),
            sense,
            told,
            via,
            frame: frame_is,
            start: place,
            around,
            rule: rule.to_string(),
            participle,
        })
    }

    /// Whether an actor that nothing governs stands right before the cue: its subject, if the cue begins no new clause.
    fn subject_before(&self, units: &[Unit], cue: usize) -> bool {
        let k = &self.k;
        let Some(before) = cue.checked_sub(1).map(|i| &units[i]) else { return false };
        let governed = cue > 1 && k.prepositions.iter().any(|c| units[cue - 2].classes.contains(*c));
        before.classes.contains(k.actor) && !governed && !units[cue].classes.contains(k.and)
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
        feminine && form.gender == musnad_language::Gender::Masculine && form.person == 3
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
                    || s.form.gender == musnad_language::Gender::Feminine
                    || frame == Some(Frame::That)
                    || frame == Some(Frame::Quote)
            })
        } else if unit.classes.contains(k.cueprep) && frame.is_none() {
            fits(k.cueprep)
        } else if unit.classes.contains(k.say) {
            fits(k.say)
        } else if unit.classes.contains(k.relay) || unit.classes.contains(k.noun) {
            fits(k.noun).or_else(|| unit.senses.iter().find(|(_, s)| s.class == k.noun.0))
        } else {
            None
        };
        found.copied()
    }

    /// An outlet told, in the sentence between cue and content: `qala li-qanat …`.
    fn outlet(&self, doc: &Doc, o: &Opening, speakers: &Speakers) -> Vec<ActorRef> {
        if o.around || o.start.0 != o.cue.0 {
            return Vec::new();
        }
        let units = &doc.sentences[o.cue.0][o.cue.1 + 1..o.start.1.max(o.cue.1 + 1)];
        let outlets: Vec<&Unit> = units.iter().filter(|u| u.classes.contains(self.k.outlet)).collect();
        outlets
            .iter()
            .filter(|u| !o.told.iter().any(|t| std::ptr::eq(self.unit(doc, *t), **u)))
            .flat_map(|u| speakers.thing(u))
            .collect()
    }

    /// The span of what is said.
    fn content(&self, doc: &Doc, openings: &[Opening], i: usize) -> Option<Span> {
        let o = &openings[i];
        if o.around {
            return self.content_before(doc, openings, i);
        }
        let (s, u) = o.start;
        let units = &doc.sentences[s];
        let first = units.get(u)?;
        if first.classes.contains(self.k.qopen)
            && let Some(q) = doc.quotations.iter().find(|q| q.outer.start == first.whole.start)
            && let Some(end) = self.quotation(doc, q)
        {
            return trimmed(doc, Span::new(q.inner.start, end));
        }
        let mut last_sentence = s;
        let mut end = self.end_in_sentence(doc, openings, i, s, u);
        // A stray full stop does not end what plainly goes on.
        while end == doc.sentences[last_sentence].len() && self.continues(doc, last_sentence) {
            last_sentence += 1;
            end = self.end_in_sentence(doc, openings, i, last_sentence, 0);
            if end == 0 {
                last_sentence -= 1;
                end = doc.sentences[last_sentence].len();
                break;
            }
        }
        let units = &doc.sentences[last_sentence];
        let from = if last_sentence == s { u } else { 0 };
        let end = self.strip_tail(units, from, end);
        let stop = if end > 0 { units[end - 1].whole.end } else { doc.sentences[s].last()?.whole.end };
        let start = first.whole.start;
        if stop <= start {
            return None;
        }
        trimmed(doc, Span::new(start, stop))
    }

    /// Where a quotation that opens the content ends, if the content ends with it: unless the sentence plainly runs on.
    fn quotation(&self, doc: &Doc, q: &musnad_text::Quotation) -> Option<usize> {
        let unit_after = doc.sentences.iter().flatten().find(|u| u.whole.start >= q.outer.end);
        if !q.closed {
            return None;
        }
        let glued = unit_after.is_some_and(|u| doc.text.as_str()[q.outer.end..u.whole.start].contains('\n'));
        let k = &self.k;
        let runs_on = unit_after.is_some_and(|u| {
            u.classes.contains(k.word)
                && !u.classes.contains(k.and)
                && !u.classes.contains(k.part)
                && !u.classes.contains(k.say)
                && !u.classes.contains(k.aside)
                && !u.classes.contains(k.conj)
                && !u.classes.contains(k.cueprep)
                && !u.classes.contains(k.cueclause)
        });
        let words = doc.slice(q.inner).split_whitespace().count();
        if runs_on && !glued && words < 12 {
            return None;
        }
        Some(q.inner.end)
    }

    /// The end (exclusive) of a content in one sentence: the next cue that is not part of it, a comment, or the sentence's end.
    fn end_in_sentence(&self, doc: &Doc, openings: &[Opening], i: usize, s: usize, from: usize) -> usize {
        let k = &self.k;
        let units = &doc.sentences[s];
        let o = &openings[i];
        let begin = self.unit(doc, o.start).whole.start;
        let own: Vec<_> = doc.quotations.iter().filter(|q| q.closed && q.outer.start >= begin).collect();
        let here = openings.partition_point(|n| n.cue < (s, 0))..openings.partition_point(|n| n.cue < (s + 1, 0));
        let openings = &openings[here];
        for (j, unit) in units.iter().enumerate().skip(from) {
            let quoted = own.iter().any(|q| q.inner.contains(unit.whole));
            if quoted {
                continue;
            }
            let after_comma = j > from && units[j - 1].classes.contains(k.comma);
            if let Some(n) = openings.iter().find(|n| n.cue == (s, j) && n.cue > o.cue) {
                let form = n.sense.1.form;
                let joined = unit.classes.contains(k.and) || j > from && self.connects(&units[j - 1]);
                let ends = j > from && (n.participle || n.around) || form.tense == Tense::Perfect && joined;
                if ends {
                    return self.back_over_connectors(units, from, j);
                }
            }
            if after_comma && unit.classes.contains(k.comment) {
                return j;
            }
            // A clause cue's introducing word stands one before its verb.
            if unit.classes.contains(k.cueclause)
                && openings.iter().any(|n| n.around && n.cue.0 == s && n.cue.1 > j && n.cue.1 <= j + 2)
            {
                return j;
            }
        }
        units.len()
    }

    /// Whether a unit ties what follows to what went before: a conjunction, an aside, a comma.
    fn connects(&self, unit: &Unit) -> bool {
        let k = &self.k;
        unit.classes.contains(k.conj)
            || unit.classes.contains(k.comma)
            || unit.classes.contains(k.particle)
            || unit.classes.contains(k.adverb)
    }

    fn back_over_connectors(&self, units: &[Unit], from: usize, mut end: usize) -> usize {
        let k = &self.k;
        while end > from {
            let u = &units[end - 1];
            let loose = u.classes.contains(k.comma)
                || u.classes.contains(k.conj)
                || u.classes.contains(k.particle)
                || u.classes.contains(k.aside) && end >= 2 && units[end - 2].classes.contains(k.comma);
            if !loose || u.classes.contains(k.actor) {
                break;
            }
            end -= 1;
        }
        end
    }

    fn strip_tail(&self, units: &[Unit], from: usize, mut end: usize) -> usize {
        let k = &self.k;
        while end > from {
            let u = &units[end - 1];
            let loose = [k.comma, k.stop, k.colon, k.dash, k.sign].iter().any(|c| u.classes.contains(*c));
            if !loose {
                break;
            }
            end -= 1;
        }
        end
    }

    /// Whether the sentence after `s` is a fragment that goes on with it.
    fn continues(&self, doc: &Doc, s: usize) -> bool {
        let k = &self.k;
        let Some(next) = doc.sentences.get(s + 1) else { return false };
        let (Some(last), Some(first)) = (doc.sentences[s].last(), next.first()) else { return false };
        let gap = &doc.text.as_str()[last.whole.end..first.whole.start];
        // So does a verbal noun joined by waw that no verb carries (`… fi libya. wa-inha' halat al-inqisam`).
        let verbal = |u: &Unit| [k.say, k.verb, k.meetverb, k.aux].iter().any(|v| u.classes.contains(*v));
        let joined = first.classes.contains(k.and) && first.classes.contains(k.common) && !verbal(first);
        let fragment = joined && !first.classes.contains(k.actor) && !next.get(1).is_some_and(verbal);
        !gap.contains('\n')
            && last.classes.contains(k.stop)
            && (first.classes.contains(k.continuation) || fragment)
            && !first.classes.contains(k.say)
            && !first.classes.contains(k.part)
    }

    /// The content of a cue that stands after it or in its midst.
    fn content_before(&self, doc: &Doc, openings: &[Opening], i: usize) -> Option<Span> {
        let k = &self.k;
        let o = &openings[i];
        let (s, cue) = o.cue;
        let units = &doc.sentences[s];
        let mut from = cue;
        if from > 0 && units[from - 1].classes.contains(k.particle) {
            from -= 1;
        }
        if from > 0 && units[from - 1].classes.contains(k.cueclause) {
            from -= 1;
        }
        if o.rule.ends_with("after-quote") {
            let close = units[..cue].iter().rposition(|u| u.classes.contains(k.qclose))?;
            let at = units[close].whole;
            let q = doc
                .quotations
                .iter()
                .find(|q| q.closed && q.inner.end <= at.start && at.end <= q.outer.end + 1 && q.outer.end >= at.end)?;
            if doc.slice(q.inner).split_whitespace().count() < 4 {
                return None;
            }
            return trimmed(doc, q.inner);
        }
        if from == 0 || from == 1 && units[0].classes.contains(k.conj) {
            // At the head of the sentence: the content follows the comma.
            let comma = units[cue..].iter().position(|u| u.classes.contains(k.comma))? + cue;
            let mut start = comma + 1;
            while units.get(start).is_some_and(|u| u.classes.contains(k.comp) || u.classes.contains(k.particle)) {
                start += 1;
            }
            let end = self.strip_tail(units, start, self.end_in_sentence(doc, openings, i, s, start));
            if end <= start {
                return None;
            }
            return trimmed(doc, Span::new(units[start].whole.start, units[end - 1].whole.end));
        }
        let mut start = 0;
        while units[start].classes.contains(k.comma) || units[start].classes.contains(k.conj) {
            start += 1;
        }
        let end = self.strip_tail(units, start, from);
        if end <= start || openings.iter().any(|n| n.cue.0 == s && n.cue.1 < cue) {
            return None;
        }
        trimmed(doc, Span::new(units[start].whole.start, units[end - 1].whole.end))
    }
}

fn frame_code(f: Frame) -> &'static str {
    match f {
        Frame::That => "that",
        Frame::Quote => "quote",
        Frame::Object => "obj",
        Frame::Whom => "whom",
        Frame::On => "on",
        Frame::To => "to",
        Frame::For => "for",
        Frame::About => "about",
        Frame::With => "with",
        Frame::From => "from",
        Frame::In => "in",
    }
}

fn agreement(form: Form) -> Agreement {
    Agreement { gender: form.gender, number: form.number }
}

/// A content without quotation marks, commas and space at its edges.
fn trimmed(doc: &Doc, span: Span) -> Option<Span> {
    let words = doc.slice(span);
    let edge = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '\u{60c}' | '\u{61b}' | ':' | '-' | '\u{2013}');
    let start = span.start + (words.len() - words.trim_start_matches(edge).len());
    let end = span.end - (words.len() - words.trim_end_matches(edge).len());
    if start >= end {
        return None;
    }
    let mut span = Span::new(start, end);
    // Marks around the whole are left out; so is a lone mark at either edge.
    for q in &doc.quotations {
        if q.outer == span {
            span = q.inner;
        } else if q.outer.start == span.start && q.outer.end > span.end {
            span.start = q.inner.start;
        } else if q.closed && q.outer.end == span.end && q.outer.start < span.start {
            span.end = q.inner.end;
        }
    }
    if span.start >= span.end {
        return None;
    }
    // Space inside the marks is no part of the words either.
    let words = doc.slice(span);
    let start = span.start + (words.len() - words.trim_start().len());
    let span = Span::new(start, start + words.trim().len());
    (!span.is_empty()).then_some(span)
}

/// Whether more than half of the words stand in quotation marks.
fn direct(doc: &Doc, content: Span) -> bool {
    let around: Vec<_> = doc.quotations.iter().filter(|q| q.inner.overlaps(content)).collect();
    let (mut all, mut quoted) = (0, 0);
    for t in doc.tokens[doc.tokens_in(content)].iter().filter(|t| t.kind == musnad_text::Kind::Word) {
        all += 1;
        quoted += usize::from(around.iter().any(|q| q.inner.contains(t.span)));
    }
    quoted * 2 > all
}
