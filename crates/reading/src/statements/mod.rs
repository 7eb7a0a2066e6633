//! Who said what, through whom: openings by the rules of `statements`, speakers by the text around, contents by their ends.

mod content;
mod opening;

use crate::acts::{ActReader, Clue};
use crate::findings::{Act, ActorKind, ActorRef, Statement};
use crate::grammar::Grammar;
use crate::names::spaced;
use crate::row::{Doc, Thing, Unit};
use crate::speakers::{Agreement, Speakers};
use musnad_language::{Form, Frame, Language, Number, Saying, Sense, Tense};
use musnad_pattern::Class;
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
    prep: Class,
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
    unnamed: Class,
    impersonal: Class,
    between: Class,
    aux: Class,
    relative: Class,
    common: Class,
    verb: Class,
    meetverb: Class,
    def: Class,
    pronoun: Class,
    date: Class,
    turn: Class,
    therein: Class,
    latter: Class,
    things: Class,
    held: Class,
    ba: Class,
    li: Class,
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
            prep: c("PREP"),
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
            unnamed: c("UNNAMED"),
            impersonal: c("IMPERSONAL"),
            between: c("BETWEEN"),
            aux: c("AUX"),
            relative: c("RELATIVE"),
            common: c("COMMON"),
            verb: c("VERB"),
            meetverb: c("MEETVERB"),
            def: c("DEF"),
            pronoun: c("PRONOUN"),
            date: c("DATE"),
            turn: c("TURN"),
            therein: c("THEREIN"),
            latter: c("LATTER"),
            things: c("THINGS"),
            held: c("HELD"),
            ba: c("BA"),
            li: c("LI"),
            prepositions: ["P_ON", "P_TO", "P_ABOUT", "P_FROM", "P_IN", "P_WITH", "BETWEEN"].map(c).to_vec(),
            homographs: ["PREP", "ADVERB", "QUANTIFIER", "STATE", "INSTRUMENT"].map(c).to_vec(),
        };
        StatementReader { grammar: Grammar::new(language, "statements"), k }
    }

    /// All statements of a report, in text order, and what their cues tell of their acts. Topics and acts are filled in later.
    pub fn read(&self, doc: &Doc, speakers: &mut Speakers, acts: &ActReader) -> (Vec<Statement>, Vec<Clue>) {
        let openings = self.openings(doc);
        let mut clues: Vec<Clue> = Vec::new();
        let mut out: Vec<Statement> = Vec::new();
        // Contents of statements so far, with their speakers: what lies inside is passed on by them.
        let mut outer: Vec<(Span, Vec<ActorRef>)> = Vec::new();
        for (i, o) in openings.iter().enumerate() {
            let cue = self.cue_span(doc, o);
            let inside = outer.iter().rev().find(|(c, _)| c.contains(cue)).cloned();
            let told = self.told(doc, o, speakers, inside.as_ref().map(|(c, _)| *c));
            let dropped = |why: &str| doc.log.dropped(cue, &o.rule, || why.into());
            if inside.is_some() && self.own_words(doc, o, cue, &told) {
                dropped("part of what its speaker says already");
                continue;
            }
            let described = if o.participle { Vec::new() } else { speakers.antecedent(o.cue.0, o.cue.1) };
            let who = match &inside {
                _ if !told.is_empty() => told.clone(),
                Some(_) if !described.is_empty() => described,
                Some((_, by)) if !by.is_empty() => by.clone(),
                _ => speakers.carried(o.cue.0, o.cue.1, agreement(o.sense.1.form), o.participle),
            };
            let Some(content) = self.content(doc, &openings, i) else {
                // `ja'a dhalika 'ala lisan X`: who speaks is told, what he says follows.
                if !told.is_empty() && inside.is_none() && !self.outlets_told(doc, o) {
                    speakers.spoke(o.cue, told.clone());
                }
                self.pass_on(doc, o, cue, told, &mut out);
                dropped("no content beside the cue");
                continue;
            };
            let nested = inside.as_ref().is_some_and(|(_, by)| *by != who);
            let again = inside.is_some() && !nested && !told.is_empty();
            // What somebody welcomes or is described as may be one word.
            let least = if o.frame == Some(Frame::With) { 1 } else { 2 };
            let empty = doc.slice(content).split_whitespace().count() < least;
            if again || who.is_empty() || empty {
                dropped(if again {
                    "the same speaker's words within his own"
                } else if empty {
                    "a content of one word"
                } else {
                    "nobody who could speak"
                });
                continue;
            }
            let mut via: Vec<ActorRef> = o.via.iter().flat_map(|p| speakers.named(&[self.unit(doc, *p)])).collect();
            via.extend(self.outlet(doc, o, speakers));
            via.extend(inside.iter().filter(|_| nested).flat_map(|(_, by)| by.iter().cloned()));
            if inside.is_none() && told.is_empty() {
                via.extend(speakers.passed_on_by(o.cue.0, &who));
            }
            // Whoever was told what a sentence begins with was told its rest.
            let before =
                out.iter().rev().find(|s| s.speakers == who && inside.is_none() && self.sentence(doc, o).contains(s.cue));
            via.extend(before.into_iter().flat_map(|s| s.via.iter().cloned()));
            via.retain(|v| !who.contains(v));
            let mut told_once = Vec::new();
            via.retain(|v| {
                !told_once.contains(v) && {
                    told_once.push(v.clone());
                    true
                }
            });
            if nested {
                speakers.spoke_within(o.cue, who.clone());
            } else {
                speakers.spoke(o.cue, who.clone());
            }
            if inside.is_none() {
                outer.push((content, who.clone()));
            }
            clues.push(self.clue(doc, acts, o, content));
            out.push(Statement {
                speakers: who,
                via,
                cue,
                speaker_span: o.told.first().map(|p| self.unit(doc, *p).span),
                content,
                direct: content::direct(doc, content),
                act: Act::State,
                act_words: cue,
                topics: Vec::new(),
                topic_words: Vec::new(),
                occasion: None,
                rule: o.rule.clone(),
            });
        }
        // Who only tells what another said is the way, and no second speaker.
        let carried: Vec<bool> = out.iter().map(|s| out.iter().any(|inner| self.carries(doc, speakers, s, inner))).collect();
        let mut kept: Vec<(Statement, Clue)> = Vec::new();
        for ((s, clue), carries) in out.into_iter().zip(clues).zip(carried) {
            if carries {
                doc.log.dropped(s.cue, &s.rule, || "it only passes on what another said".into());
            } else {
                kept.push((s, clue));
            }
        }
        kept.sort_by_key(|(s, _)| (s.cue.start, s.content.start));
        kept.into_iter().unzip()
    }

    /// Whether a statement of a spokesperson, a source or a body is nothing but another's statement within it.
    fn carries(&self, doc: &Doc, speakers: &Speakers, outer: &Statement, inner: &Statement) -> bool {
        let words = |span: Span| doc.slice(span).split_whitespace().count();
        let within =
            outer.cue != inner.cue && outer.content.contains(inner.cue) && inner.via.iter().any(|v| outer.speakers.contains(v));
        within
            && speakers.passes_on(&outer.speakers)
            && words(Span::new(outer.content.start, inner.cue.start.max(outer.content.start))) <= 4
            && 5 * words(Span::new(inner.content.end.min(outer.content.end), outer.content.end)) <= 2 * words(outer.content)
    }

    /// The speakers whom the sentence tells: those that the rule captured, else a subject right before its verb.
    fn told(&self, doc: &Doc, o: &Opening, speakers: &Speakers, inside: Option<Span>) -> Vec<ActorRef> {
        let (s, cue) = o.cue;
        let mut told = speakers.named(&o.told.iter().map(|p| self.unit(doc, *p)).collect::<Vec<_>>());
        if let [one] = &mut told[..]
            && let [place] = o.told[..]
        {
            self.posted(doc, place, one);
        }
        if !told.is_empty() || o.participle {
            return told;
        }
        let units = &doc.sentences[s];
        let from = match inside {
            // `… anna X qala`: within what another says the speaker may stand a few words before the cue.
            Some(content) => units.iter().position(|u| u.whole.start >= content.start).unwrap_or(0),
            None if self.subject_before(units, cue) => 0,
            None => return told,
        };
        speakers.just_before(s, from, cue).unwrap_or_default()
    }

    /// An office without a name by the whole of its words: several holders speak for themselves, and where it is posted tells it.
    fn posted(&self, doc: &Doc, (s, u): Place, who: &mut ActorRef) {
        let units = &doc.sentences[s];
        let unit = &units[u];
        let words = spaced(doc.slice(unit.span));
        let many = unit.senses.iter().any(|(_, x)| x.form.number == Number::Plural);
        if !matches!(unit.thing, Some(Thing::Office(_))) || !(who.name == words || many && who.kind == ActorKind::Body) {
            return;
        }
        // `safirat X lada Y`
        let at = units.get(u + 1).is_some_and(|n| {
            let plain = !self.k.prepositions.iter().any(|p| n.classes.contains(*p));
            n.classes.contains(self.k.prep) && plain && !n.classes.contains(self.k.comp)
        });
        let there =
            units.get(u + 2).filter(|n| at && matches!(n.thing, Some(Thing::Named(ActorKind::Body | ActorKind::State, _))));
        let end = there.map_or(unit.span.end, |n| n.whole.end);
        *who = ActorRef { name: spaced(doc.slice(Span::new(unit.span.start, end))), kind: ActorKind::Unnamed };
    }

    /// Whether a cue inside a content is part of that content: the speaker's own within his quotation or in the first person,
    /// or what another habitually holds.
    fn own_words(&self, doc: &Doc, o: &Opening, cue: Span, told: &[ActorRef]) -> bool {
        let form = o.sense.1.form;
        let quoted = doc.quotations.iter().any(|q| q.inner.contains(cue));
        let habit = o.told.is_empty() && !o.participle && form.tense != Tense::Perfect;
        told.is_empty() && (quoted || form.person == 1) || habit
    }

    /// `…, bi-hasab wakala`: an outlet that passed on what the sentence says, after a statement of its own cue.
    fn pass_on(&self, doc: &Doc, o: &Opening, cue: Span, told: Vec<ActorRef>, out: &mut [Statement]) {
        let outlet = o.around && self.outlets_told(doc, o);
        let sentence = doc.sentences[o.cue.0].first().map_or(0, |u| u.whole.start);
        let last = out.iter_mut().rev().find(|s| s.cue.start >= sentence && s.cue.start < cue.start);
        if let (true, Some(last)) = (outlet, last) {
            last.via.splice(0..0, told);
            last.via.dedup();
        }
    }

    fn outlets_told(&self, doc: &Doc, o: &Opening) -> bool {
        o.told.iter().all(|p| self.unit(doc, *p).classes.contains(self.k.outlet))
    }

    /// What the cue and the head of the content tell of the act.
    fn clue(&self, doc: &Doc, acts: &ActReader, o: &Opening, content: Span) -> Clue {
        let saying = self.saying(doc, o);
        let own = crate::acts::act(saying.act(o.frame)).unwrap_or(Act::State);
        let frame = o.frame.map(frame_code);
        let head = acts.head(doc, content, frame);
        Clue { own, head, lemma: saying.lemma.clone() }
    }

    fn sentence(&self, doc: &Doc, o: &Opening) -> Span {
        let units = &doc.sentences[o.cue.0];
        units[0].whole.cover(units[units.len() - 1].whole)
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
