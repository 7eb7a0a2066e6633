//! What parties agreed, decided together or bound themselves to.

use crate::events::Said;
use crate::findings::{ActorKind, ActorRef, Event, EventKind, Undertaking, UndertakingKind};
use crate::grammar::Grammar;
use crate::names::spaced;
use crate::row::{Doc, Thing, Unit, classes};
use crate::sides::Sides;
use crate::speakers::Speakers;
use musnad_language::{Form, Labelled, Language, Number, Rule, Tense};
use musnad_pattern::{Class, ClassSet};
use musnad_text::{Span, fold, without_clitics};

/// The definite article.
const ARTICLE: &str = "\u{627}\u{644}";

/// Reads undertakings.
pub struct UndertakingReader {
    grammar: Grammar,
    verb: Class,
    actor: Class,
    pair: Class,
    comma: Class,
    stop: Class,
    say: Class,
    part: Class,
    and: Class,
    comp: Class,
    comment: Class,
    open: Class,
    close: Class,
    turn: Class,
    common: Class,
    relative: Class,
    unknown: Class,
    body_head: Class,
    define: Class,
    li: Class,
    ba: Class,
    particle: Class,
    we: Class,
    own: Class,
    /// What a written subject is made of, and what it is not.
    nouns: ClassSet,
    no_nouns: ClassSet,
    /// Finite verbs.
    verbs: ClassSet,
    /// What governs an actor that follows it.
    governors: ClassSet,
    /// Signs that are left out where a content ends.
    trailing: ClassSet,
}

/// What a cue says of its subject.
struct Cue<'l> {
    kind: UndertakingKind,
    /// The verb's form; none where the cue is a noun or participle.
    form: Option<Form>,
    verb: Option<&'l Labelled>,
    bytes: usize,
}

/// Where a cue stands.
struct Place<'a, 'l> {
    doc: &'a Doc<'l>,
    around: &'a Around<'a, 'l>,
    sentence: usize,
    at: usize,
}

/// What else is known of the report.
pub struct Around<'a, 'l> {
    /// Who is meant.
    pub speakers: &'a Speakers<'a, 'l>,
    /// Whose side one is on.
    pub sides: &'a Sides<'a, 'l>,
    /// Who says what stands at a place.
    pub said: &'a Said<'a>,
    /// The encounters of the report.
    pub events: &'a [Event],
}

impl Around<'_, '_> {
    /// The two sides at a place: those of the encounter told last before it, else of the officials named last.
    fn sides_at(&self, at: usize) -> Vec<ActorRef> {
        let mut out: Vec<ActorRef> = Vec::new();
        for who in self.met_at(at) {
            let side = self.side(&who);
            if !out.contains(&side) {
                out.push(side);
            }
        }
        if out.len() > 1 { out } else { self.speakers.sides(at) }
    }

    /// The sides of an accord: those who signed one, as far as the report tells, else the two sides at that place.
    fn signed_by(&self, at: usize) -> Vec<ActorRef> {
        let signing = |e: &&Event| e.kind == EventKind::Signing && e.participants.len() > 1;
        self.events.iter().find(signing).map_or_else(|| self.speakers.sides(at), |e| e.participants.clone())
    }

    /// Those who took part in the encounter told last before a place.
    fn met_at(&self, at: usize) -> Vec<ActorRef> {
        let told = self.events.iter().flat_map(|e| e.mentions.iter().map(move |m| (m.start, e)));
        let last = told.filter(|(start, e)| *start <= at && e.participants.len() > 1).max_by_key(|(start, _)| *start);
        last.map(|(_, e)| e.participants.clone()).unwrap_or_default()
    }

    /// The state that one speaks for, else himself.
    fn side(&self, who: &ActorRef) -> ActorRef {
        let home = |name: String| ActorRef { name, kind: ActorKind::State };
        self.sides.home(who).filter(|_| who.kind == ActorKind::Person).map_or_else(|| who.clone(), home)
    }
}

impl Place<'_, '_> {
    fn units(&self) -> &[Unit] {
        &self.doc.sentences[self.sentence]
    }
}

impl UndertakingReader {
    /// Compiles the grammar.
    pub fn new(language: &Language) -> UndertakingReader {
        let c = |n: &str| language.class(n);
        let all = |n: &[&str]| n.iter().map(|n| c(n)).collect::<ClassSet>();
        UndertakingReader {
            grammar: Grammar::new(language, "undertakings"),
            verb: c("AGREEVERB"),
            actor: c("ACTOR"),
            pair: c("PAIR"),
            comma: c("COMMA"),
            stop: c("STOP"),
            say: c("SAY"),
            part: c("SAYPART"),
            and: c("AND"),
            comp: c("COMP"),
            comment: c("COMMENT"),
            open: c("QOPEN"),
            close: c("QCLOSE"),
            turn: c("TURN"),
            common: c("COMMON"),
            relative: c("RELATIVE"),
            unknown: c("UNKNOWN"),
            body_head: c("BODYHEAD"),
            define: c("DEF"),
            li: c("LI"),
            ba: c("BA"),
            particle: c("PARTICLE"),
            we: c("WE"),
            own: c("SELF"),
            nouns: all(&["COMMON", "UNKNOWN", "BODYHEAD", "EPITHET", "GIVEN", "SURNAME", "PAIR"]),
            no_nouns: all(&[
                "AND",
                "LI",
                "BA",
                "PREP",
                "P_ON",
                "P_TO",
                "P_ABOUT",
                "P_FROM",
                "P_IN",
                "P_WITH",
                "BETWEEN",
                "COMP",
                "CONJ",
                "ADVERB",
                "DATE",
                "NEG",
                "DEMONSTRATIVE",
                "RELATIVE",
                "PARTICLE",
                "PHONE",
                "PRONOUN",
                "COUNTERPART",
                "PRON",
                "ACCORD",
                "INVITATION",
            ]),
            verbs: all(&["VERB", "SAY", "AGREEVERB", "MEETVERB"]),
            governors: all(&[
                "P_ON",
                "P_TO",
                "P_ABOUT",
                "P_FROM",
                "P_IN",
                "P_WITH",
                "BETWEEN",
                "PREP",
                "IN_NAME",
                "COMMON",
                "MEETING",
                "SAYNOUN",
                "BODYHEAD",
                "INSTRUMENT",
                "QUANTIFIER",
            ]),
            trailing: all(&["COMMA", "COLON", "DASH", "QOPEN"]),
        }
    }

    /// All undertakings of a report.
    pub fn read(&self, doc: &Doc, around: &Around) -> Vec<Undertaking> {
        let mut out: Vec<Undertaking> = Vec::new();
        for (s, units) in doc.sentences.iter().enumerate() {
            let row = classes(units);
            // Of a cue's readings the one whose content begins nearest to it comes first.
            let mut matches: Vec<_> = self.grammar.all(&row).collect();
            matches.sort_by_key(|(_, m)| (m.get("cue").map(|r| r.start), m.get("mark").map(|r| r.end)));
            for (rule, m) in matches {
                let (Some(at), Some(mark)) = (m.get("cue").map(|r| r.start), m.get("mark")) else { continue };
                let against = |why: &str| doc.log.against(units, &rule.name, &m, || why.into());
                let Some(cue) = self.cue(doc, units, at, rule) else {
                    against("the verb does not take this frame, or does not tell of a deed done");
                    continue;
                };
                if units[mark.start].classes.contains(self.unknown) && !self.glued(doc, &units[mark.start]) {
                    against("no preposition before an unknown word");
                    continue;
                }
                let told: Vec<usize> = m.all("actor").into_iter().map(|r| r.start).collect();
                let place = Place { doc, around, sentence: s, at };
                let actors = self.actors(&place, &cue, rule, &told);
                let many = rule.get("many").is_some() || cue.verb.is_some_and(|v| frame(v, "many"));
                if actors.is_empty() || many && actors.len() < 2 {
                    against("nobody, or too few, who could agree");
                    continue;
                }
                let start = if rule.get("glued").is_some() { mark.start } else { mark.end };
                let Some(content) = self.content(units, start) else { continue };
                let cue_span = without_clitics(doc.text.as_str(), doc.tokens[units[at].tokens.start].span, cue.bytes);
                // Of two readings of one content the first stands, as does the first of one cue.
                if out.iter().any(|u| u.cue == cue_span || u.content.end == content.end && u.content.overlaps(content)) {
                    against("the same content was read already");
                    continue;
                }
                out.push(Undertaking { actors, kind: cue.kind, cue: cue_span, content, rule: rule.name.clone() });
            }
        }
        out
    }

    /// What the cue of a match says, if its verb has the frame that the rule wants.
    fn cue<'l>(&self, doc: &Doc<'l>, units: &[Unit], at: usize, rule: &Rule) -> Option<Cue<'l>> {
        let unit = &units[at];
        let kind = |k: &str| if k == "agreed" { UndertakingKind::Agreed } else { UndertakingKind::Committed };
        let Some(want) = rule.get("frame") else {
            let bytes = unit.senses.iter().map(|(c, _)| c.bytes).min().unwrap_or(0);
            return Some(Cue { kind: kind(rule.get("kind").unwrap_or("")), form: None, verb: None, bytes });
        };
        let verbs = || unit.senses.iter().filter(|(_, s)| s.class == self.verb.0);
        // What is demanded or feared (that they keep to it) binds nobody, though some forms read as perfect too.
        if at > 0 && units[at - 1].classes.contains(self.comp) && verbs().any(|(_, s)| s.form.tense == Tense::Imperfect) {
            return None;
        }
        let mut labelled = verbs().map(|(c, s)| (c, s.form, &doc.language.lexicon().labelled[s.item as usize]));
        let (clitics, form, verb) = labelled.find(|(_, form, verb)| {
            let done = form.tense == Tense::Perfect || !frame(verb, "done");
            frame(verb, want) && done && !form.pronoun
        })?;
        Some(Cue { kind: kind(&verb.label), form: Some(form), verb: Some(verb), bytes: clitics.bytes })
    }

    /// Whether a word that the lexicon does not know begins with a preposition.
    fn glued(&self, doc: &Doc, unit: &Unit) -> bool {
        doc.tokens[unit.tokens.start].folded.starts_with(['\u{628}', '\u{644}'])
    }

    /// Who binds himself: those told with the cue, those before it, those whom the report speaks of.
    fn actors(&self, p: &Place, cue: &Cue, rule: &Rule, told: &[usize]) -> Vec<ActorRef> {
        let units = p.units();
        let sides = || p.around.sides_at(units[p.at].span.start);
        let told = self.named(p, told);
        if told.len() > 1 {
            return told;
        }
        // What we agreed on binds both sides.
        if cue.form.is_some_and(|f| f.person == 1) && cue.kind == UndertakingKind::Agreed && told.is_empty() && sides().len() == 2
        {
            return sides();
        }
        let before = match cue.form {
            Some(f) if f.person == 1 => self.speaker(p).iter().map(|w| p.around.side(w)).collect(),
            _ => self.before(p),
        };
        let by_report = rule.get("who").is_some();
        let mut out = if cue.form.is_some() && !told.is_empty() {
            // What a verb tells is its subject; or, where the subject went before, whom it agreed with.
            let subject_before = cue.kind == UndertakingKind::Agreed && !units[p.at + 1].classes.contains(self.actor);
            let mut both = if subject_before { before } else { Vec::new() };
            both.extend(told.into_iter().filter(|t| !both.contains(t)).collect::<Vec<_>>());
            both
        } else if !told.is_empty() && !by_report {
            told
        } else if by_report {
            let at = units[p.at].span.start;
            let sides = if rule.get("who") == Some("met") { sides() } else { p.around.signed_by(at) };
            return if sides.len() >= 2 { sides } else { told };
        } else if !before.is_empty() {
            before
        } else if let Some(written) = cue.form.filter(|f| f.person == 3).and_then(|_| self.written(p)) {
            vec![written]
        } else {
            self.subject(p)
        };
        let dual = cue.form.is_some_and(|f| f.number == Number::Dual);
        let one_state = out.len() == 1 && out[0].kind != ActorKind::Person;
        if (dual && one_state || out.is_empty() && cue.kind == UndertakingKind::Agreed) && sides().len() == 2 {
            out = sides();
        }
        if out.is_empty() {
            out = self.speaker(p);
        }
        // Nobody agrees alone: with whom, the encounter told last may tell.
        if cue.kind == UndertakingKind::Agreed && out.len() == 1 && out[0].kind == ActorKind::Person {
            let met = p.around.met_at(units[p.at].span.start);
            if met.len() == 2 && met.contains(&out[0]) {
                out = met;
            }
        }
        out
    }

    /// The actors that some units stand for, each once; one that only describes the body before it, with that body.
    fn named(&self, p: &Place, at: &[usize]) -> Vec<ActorRef> {
        let units = p.units();
        let mut out: Vec<ActorRef> = Vec::new();
        for &i in at {
            let head = i.checked_sub(1).map(|b| &units[b]).filter(|b| b.thing.is_none() && b.classes.contains(self.body_head));
            let head = head.filter(|b| b.classes.contains(self.define) && units[i].classes.contains(self.define));
            let actors = match head {
                Some(head) => {
                    let glued = head.senses.iter().map(|(c, _)| if c.article { c.bytes - ARTICLE.len() } else { c.bytes }).min();
                    let first = p.doc.tokens[head.tokens.start].span;
                    let start = without_clitics(p.doc.text.as_str(), first, glued.unwrap_or(0)).start;
                    let name = spaced(p.doc.slice(Span::new(start, units[i].span.end)));
                    vec![ActorRef { name, kind: ActorKind::Body }]
                }
                None => p.around.speakers.thing(&units[i]),
            };
            for a in actors {
                if !out.contains(&a) {
                    out.push(a);
                }
            }
        }
        out
    }

    /// A subject that is no known actor, as it is written: the nouns right after a verb, or the definite noun between a
    /// complementizer and its verb.
    fn written(&self, p: &Place) -> Option<ActorRef> {
        let units = p.units();
        let noun = |i: usize| {
            let c = &units[i].classes;
            units[i].thing.is_none() && c.intersects(&self.nouns) && !c.intersects(&self.no_nouns)
        };
        let after = (p.at + 1..units.len().min(p.at + 4)).take_while(|i| noun(*i)).count();
        let before = p.at >= 2
            && noun(p.at - 1)
            && units[p.at - 1].classes.contains(self.define)
            && units[p.at - 2].classes.contains(self.comp);
        let (from, to) = if after > 0 {
            (p.at + 1, p.at + after)
        } else if before {
            (p.at - 1, p.at - 1)
        } else {
            return None;
        };
        let alone = from == to && units[from].classes.contains(self.body_head) && units[from].classes.contains(self.define);
        if let Some(body) = alone.then(|| self.recalled(p, from)).flatten() {
            return Some(body);
        }
        let name = spaced(p.doc.slice(units[from].whole.cover(units[to].whole)));
        Some(ActorRef { name, kind: ActorKind::Unnamed })
    }

    /// The actors right before a cue, joined by and; a body spoken of by its head alone is the one named last.
    fn before(&self, p: &Place) -> Vec<ActorRef> {
        let units = p.units();
        let has = |i: usize, c: Class| units[i].classes.contains(c);
        let mut from = p.at;
        if from > 0 && (has(from - 1, self.open) || has(from - 1, self.particle)) {
            from -= 1;
        }
        if from > 0 && units[from - 1].thing.is_none() && has(from - 1, self.body_head) && has(from - 1, self.define) {
            let written = || ActorRef { name: spaced(p.doc.slice(units[from - 1].whole)), kind: ActorKind::Body };
            return vec![self.recalled(p, from - 1).unwrap_or_else(written)];
        }
        let mut found: Vec<usize> = Vec::new();
        while from > 0 && (has(from - 1, self.actor) || has(from - 1, self.pair)) {
            from -= 1;
            found.insert(0, from);
            let parted = from > 1 && has(from - 1, self.and) && !has(from - 1, self.actor);
            if parted {
                from -= 1;
            } else if !has(from, self.and) {
                break;
            }
        }
        self.named(p, &found)
    }

    /// The body named last before a unit that speaks of it by its head (the movement).
    fn recalled(&self, p: &Place, at: usize) -> Option<ActorRef> {
        let here = &p.units()[at];
        let stem = |w: &str| fold(w).trim_start_matches(ARTICLE).to_string();
        let head = stem(p.doc.slice(here.span));
        let listed = |name: &str| {
            let mut bodies = p.doc.language.lexicon().bodies.iter();
            bodies.any(|b| b.name == name && b.heads.iter().any(|h| stem(h) == head))
        };
        let mut before = p.doc.sentences[..=p.sentence].iter().flatten().filter(|u| u.span.start < here.span.start).rev();
        before.find_map(|u| match &u.thing {
            Some(Thing::Named(ActorKind::Body, name))
                if listed(name) || name.split(' ').next().map(stem).as_ref() == Some(&head) =>
            {
                Some(ActorRef { name: name.clone(), kind: ActorKind::Body })
            }
            _ => None,
        })
    }

    /// Whoever says what stands at a place.
    fn speaker(&self, p: &Place) -> Vec<ActorRef> {
        let said = (p.around.said)(p.units()[p.at].span).map(|(who, _)| who);
        said.unwrap_or_else(|| p.around.speakers.carried_before(p.sentence, p.at))
    }

    /// The last actor before a cue that nothing governs; of what is said the speaker's side where he speaks of it (`we`, `his
    /// country`).
    fn subject(&self, p: &Place) -> Vec<ActorRef> {
        let units = p.units();
        let content = (p.around.said)(units[p.at].span).map_or(Span::new(0, 0), |(_, content)| content);
        let own = |u: &&Unit| u.classes.contains(self.we) || u.classes.contains(self.own);
        if units[..p.at].iter().rev().take(4).take_while(|u| u.whole.start >= content.start).any(|u| own(&u)) {
            return self.speaker(p).iter().map(|w| p.around.side(w)).collect();
        }
        let free = |i: &usize| {
            let c = &units[*i].classes;
            if units[*i].whole.start < content.start {
                return false;
            }
            let governed = i.checked_sub(1).is_some_and(|b| {
                let b = &units[b];
                b.thing.is_none() && b.classes.intersects(&self.governors) && !b.classes.intersects(&self.verbs)
            });
            c.contains(self.actor) && !c.contains(self.li) && !c.contains(self.ba) && !governed
        };
        let named = (0..p.at).rev().filter(free).map(|i| self.named(p, &[i])).find(|a| !a.is_empty());
        named.unwrap_or_default()
    }

    /// The content that begins at a unit: to the end of the sentence, the next cue, or the reporter's comment.
    fn content(&self, units: &[Unit], mut start: usize) -> Option<Span> {
        let has = |i: usize, c: Class| units.get(i).is_some_and(|u| u.classes.contains(c));
        while has(start, self.comp) || has(start, self.open) {
            start += 1;
        }
        let quoted = start > 0 && has(start - 1, self.open);
        let ends = |i: &usize| {
            let cue_after = has(i + 1, self.part)
                || has(i + 1, self.say) && has(i + 1, self.and)
                || has(i + 1, self.comment)
                || has(i + 1, self.turn)
                || self.clause(units, i + 1);
            has(*i, self.stop) || has(*i, self.comma) && cue_after || quoted && has(*i, self.close)
        };
        let mut end = (start..units.len()).find(ends).unwrap_or(units.len());
        let opened = (start..end).any(|i| has(i, self.open));
        while end > start && (units[end - 1].classes.intersects(&self.trailing) || !opened && has(end - 1, self.close)) {
            end -= 1;
        }
        (end > start).then(|| Span::new(units[start].whole.start, units[end - 1].whole.end))
    }
}

impl UndertakingReader {
    /// Whether a new clause begins at a unit: and, a definite noun or actor, and soon its verb.
    fn clause(&self, units: &[Unit], at: usize) -> bool {
        let Some(first) = units.get(at) else { return false };
        let noun =
            first.classes.contains(self.and) && (first.classes.contains(self.define) || first.classes.contains(self.actor));
        let verb = |u: &Unit| u.classes.intersects(&self.verbs) && !u.classes.contains(self.common);
        let rest = units[at + 1..].iter().take(4);
        noun && rest.take_while(|u| !u.classes.contains(self.comma) && !u.classes.contains(self.relative)).any(verb)
    }
}

fn frame(verb: &Labelled, frame: &str) -> bool {
    verb.more.split(' ').any(|f| f == frame)
}

#[cfg(test)]
mod tests {
    use crate::reader::Reader;
    use musnad_language::Language;
    use musnad_text::Report;

    fn told(text: &str) -> Vec<(Vec<String>, String)> {
        let language = Language::arabic();
        let out = Reader::new(&language).read(&Report { text: text.into(), ..Report::default() }).undertakings;
        let row = |u: crate::findings::Undertaking| {
            (u.actors.into_iter().map(|a| a.name).collect(), text[u.content.start..u.content.end].to_string())
        };
        out.into_iter().map(row).collect()
    }

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|n| n.to_string()).collect()
    }

    #[test]
    fn subjects_before_and_after_the_verb() {
        let text = "واتفقت مصر والسودان على فتح المعابر. وقال إن روسيا وتركيا اتفقتا على وقف القصف، مؤكدا أهمية ذلك.";
        let want =
            [(names(&["مصر", "السودان"]), "فتح المعابر".to_string()), (names(&["روسيا", "تركيا"]), "وقف القصف".to_string())];
        assert_eq!(told(text), want);
    }

    #[test]
    fn what_was_not_agreed_is_no_undertaking() {
        for text in [
            "لم تتفق مصر والسودان على فتح المعابر",
            "وقال إنه سيرد إذا وافقت إيران على التفتيش",
            "ودعا إلى أن تلتزم إيران بالاتفاق",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }

    #[test]
    fn a_body_is_recalled_by_its_head() {
        let text = "واستقبل الوزير وفدا من حركة حماس. وقال مصدر إن الحركة قبلت الدعوة.";
        assert_eq!(told(text), [(names(&["حماس"]), "قبلت الدعوة".to_string())]);
    }

    #[test]
    fn only_decisions_of_several_count() {
        assert_eq!(told("وقررت مصر تشكيل لجنة"), []);
        assert_eq!(told("وقررت مصر والسودان تشكيل لجنة"), [(names(&["مصر", "السودان"]), "تشكيل لجنة".to_string())]);
    }
}
