//! A report as rows of units: what the patterns of the rules are matched against.
//!
//! A unit is one token, or several that the lexicon knows as a phrase, or that an earlier step has found to be one name.

use crate::findings::ActorKind;
use crate::trace::Log;
use musnad_language::{Gender, Hit, Language, Number, Sense, Tense};
use musnad_pattern::{Class, ClassSet};
use musnad_text::{Clitics, Kind, Quotation, Span, Text, Token, without_clitics};
use std::collections::HashMap;
use std::ops::Range;

/// Declares the classes that a module names, as `Classes` with a field for each.
macro_rules! named_classes {
    ($($field:ident $name:literal),* $(,)?) => {
        struct Classes { $($field: musnad_pattern::Class),* }
        impl Classes {
            fn of(language: &musnad_language::Language) -> Classes {
                Classes { $($field: language.class($name)),* }
            }
        }
    };
}
pub(crate) use named_classes;

/// What an earlier step has found a unit to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Thing {
    /// Index into the persons found.
    Person(usize),
    /// Index into the offices found.
    Office(usize),
    /// A state or body by its common name.
    Named(ActorKind, String),
    /// Index into the dates found.
    Date(usize),
}

/// One unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its words, clitics included.
    pub whole: Span,
    /// Its words, without the clitics that its preferred reading parts.
    pub span: Span,
    /// What the lexicon says it may be.
    pub senses: Vec<(Clitics, Sense)>,
    /// All its classes.
    pub classes: ClassSet,
    /// What it was found to be.
    pub thing: Option<Thing>,
}

/// Classes that code names.
pub struct Known {
    marks: ClassSet,
    lexical: ClassSet,
    names: ClassSet,
    closed: ClassSet,
    proper: ClassSet,
    rare: ClassSet,
    cues: ClassSet,
    pub(crate) word: Class,
    latin: Class,
    num: Class,
    comma: Class,
    colon: Class,
    stop: Class,
    qopen: Class,
    qclose: Class,
    qmark: Class,
    popen: Class,
    pclose: Class,
    dash: Class,
    slash: Class,
    sign: Class,
    def: Class,
    al: Class,
    and: Class,
    ba: Class,
    li: Class,
    pronoun: Class,
    title: Class,
    accusative: Class,
    unknown: Class,
}

impl Known {
    /// Looks the classes up once.
    pub fn new(language: &Language) -> Known {
        let c = |n: &str| language.class(n);
        let marks = [
            "ACTWORD",
            "TOPICWORD",
            "STANCE",
            "ASIDE",
            "CONTINUATION",
            "COMMENT",
            "PLANNED",
            "HOPED",
            "CANCELLED",
            "TOPIC_OF",
            "IMPERSONAL",
            "HELD",
            "ACCORDNAME",
            "REFUSED",
        ];
        let shapes = ["WORD", "LATIN", "NUM"];
        let marks: ClassSet = marks.iter().map(|n| c(n)).collect();
        let shape: ClassSet = shapes.iter().map(|n| c(n)).collect();
        let lexical = (0..language.classes().len())
            .map(|i| Class(i as u16))
            .filter(|k| !marks.contains(*k) && !shape.contains(*k))
            .collect();
        Known {
            marks,
            lexical,
            names: ["GIVEN", "GIVEN_SURE", "SURNAME", "SURNAME_SURE"].iter().map(|n| c(n)).collect(),
            closed: ["PREP", "P_ON", "P_TO", "CONJ", "NEG", "PARTICLE", "QUESTION", "ADVERB"].iter().map(|n| c(n)).collect(),
            proper: ["STATE", "CAPITAL", "PLACE"].iter().map(|n| c(n)).collect(),
            rare: ["NAMEPART", "BIN", "VERB", "SAYPASSIVE"].iter().map(|n| c(n)).collect(),
            cues: ["SAY", "CUEPREP"].iter().map(|n| c(n)).collect(),
            word: c("WORD"),
            latin: c("LATIN"),
            num: c("NUM"),
            comma: c("COMMA"),
            colon: c("COLON"),
            stop: c("STOP"),
            qopen: c("QOPEN"),
            qclose: c("QCLOSE"),
            qmark: c("QMARK"),
            popen: c("POPEN"),
            pclose: c("PCLOSE"),
            dash: c("DASH"),
            slash: c("SLASH"),
            sign: c("SIGN"),
            def: c("DEF"),
            al: c("AL"),
            and: c("AND"),
            ba: c("BA"),
            li: c("LI"),
            pronoun: c("PRONOUN"),
            title: c("TITLE"),
            accusative: c("ACCUSATIVE"),
            unknown: c("UNKNOWN"),
        }
    }
}

/// A report cut into sentences of units.
pub struct Doc<'l> {
    /// The language it is read with.
    pub language: &'l Language,
    /// The text.
    pub text: Text,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its quotations.
    pub quotations: Vec<Quotation>,
    /// Where quotation marks stand: whether they open, and whether but a word or three stand between.
    marks: HashMap<usize, (bool, bool)>,
    /// Its units, sentence by sentence.
    pub sentences: Vec<Vec<Unit>>,
    /// Where steps note what they decide against.
    pub log: Log,
}

/// The longest sentence that is read in one piece, in tokens.
const LONGEST: usize = 400;

impl<'l> Doc<'l> {
    /// Cuts a text.
    pub fn new(text: &str, language: &'l Language, known: &Known) -> Doc<'l> {
        let initial = language.class("INITIAL");
        let tokens = musnad_text::tokens(text);
        let quotations = musnad_text::quotations(text);
        let short = |w: &str| language.senses(w).iter().any(|s| s.class == initial.0);
        let ranges = musnad_text::sentences(&tokens, short);
        // What runs on without a stop is no prose: it is cut, so that hostile texts cost no more than others.
        let ranges = ranges.into_iter().flat_map(|r| r.clone().step_by(LONGEST).map(move |s| s..(s + LONGEST).min(r.end)));
        let mut marks = HashMap::new();
        for q in &quotations {
            let short = q.closed && text[q.inner.start..q.inner.end].split_whitespace().count() <= 3;
            marks.extend((q.outer.start..q.inner.start).map(|at| (at, (true, short))));
            marks.extend((q.inner.end..q.outer.end).map(|at| (at, (false, short))));
        }
        let mut doc =
            Doc { language, text: Text::new(text), tokens, quotations, marks, sentences: Vec::new(), log: Log::default() };
        doc.sentences = ranges.map(|r| doc.cut(r, known)).collect();
        doc
    }

    /// Parts a unit that an earlier step has joined again, as if no step had seen its words.
    pub fn part(&mut self, sentence: usize, unit: usize, known: &Known) {
        let fresh = self.cut(self.sentences[sentence][unit].tokens.clone(), known);
        self.sentences[sentence].splice(unit..unit + 1, fresh);
    }

    fn cut(&self, range: Range<usize>, known: &Known) -> Vec<Unit> {
        let mut out = Vec::new();
        let mut at = range.start;
        while at < range.end {
            // The signs of a hashtag stand between words of one phrase.
            if matches!(&*self.tokens[at].folded, "#" | "_") {
                at += 1;
                continue;
            }
            let unit = self.unit(at, range.end, known);
            at = unit.tokens.end;
            out.push(unit);
        }
        out
    }

    /// The unit at a token: its longest phrase, with every sense of that length.
    fn unit(&self, at: usize, end: usize, known: &Known) -> Unit {
        let token = &self.tokens[at];
        let hits = if token.kind == Kind::Word || token.kind == Kind::Number {
            self.language.hits(&self.tokens[..end], at)
        } else {
            Vec::new()
        };
        let is_mark = |s: &Sense| known.marks.contains(Class(s.class));
        let len = hits.iter().filter(|h| !h.senses.iter().all(is_mark)).map(|h| h.len).max().unwrap_or(1);
        let mut classes = ClassSet::new();
        let mut senses = Vec::new();
        // A name keeps its article and, where other words are spelt like it, its final ya.
        let maqsura = self.text.slice(token.span).ends_with('\u{649}');
        let others = hits.iter().flat_map(|h| h.senses).any(|s| known.closed.contains(Class(s.class)));
        let no_name = |h: &Hit, s: &Sense| {
            let class = Class(s.class);
            // Nor is fa parted from a name: foreign ones often begin with it.
            let fa = h.clitics.conjunction == Some('\u{641}');
            known.names.contains(class) && (h.clitics.article || fa || maqsura && others)
                || known.proper.contains(class) && h.clitics.article
        };
        // A finite verb takes no article and no preposition but li; and a word that reads whole is not parted.
        // Nor does it, or any word with a pronoun, end in ta marbuta, which folding levels with ha.
        let ta_marbuta = self.text.slice(token.span).ends_with('\u{629}');
        let no_verb = |h: &Hit, s: &Sense| {
            ta_marbuta && (s.form.person > 0 || s.form.pronoun)
                || s.form.person > 0 && (h.clitics.article || matches!(h.clitics.preposition, Some(p) if p != '\u{644}'))
        };
        let glued = |c: &Clitics| c.conjunction.is_some() || c.preposition.is_some();
        // But a rare whole reading (a passive, a dual, a particle of names, another verb) does not hide a cue of saying.
        let plain =
            |s: &Sense| !is_mark(s) && !s.form.passive && s.form.number != Number::Dual && !known.rare.contains(Class(s.class));
        let whole_word = hits.iter().any(|h| h.clitics.bytes == 0 && h.len == 1 && h.senses.iter().any(plain));
        let whole_cue = hits.iter().any(|h| h.clitics.bytes == 0 && h.senses.iter().any(|s| known.cues.contains(Class(s.class))));
        let is_cue = |h: &Hit| {
            h.clitics.preposition.is_none()
                && h.senses
                    .iter()
                    .any(|s| known.cues.contains(Class(s.class)) && s.form.tense == Tense::Perfect && s.form.person == 3)
        };
        // Nor does it stand beside one.
        let glued_cue = !whole_word && hits.iter().any(|h| glued(&h.clitics) && is_cue(h));
        let kept = |h: &Hit| match (h.len, glued(&h.clitics)) {
            (1, true) => !whole_word || !whole_cue && is_cue(h),
            (1, false) => !(glued_cue && h.clitics.bytes == 0),
            _ => true,
        };
        for hit in hits.iter().filter(|h| kept(h)) {
            for sense in hit.senses.iter().filter(|s| !no_name(hit, s) && !no_verb(hit, s)) {
                if hit.pronoun && (ta_marbuta || known.names.contains(Class(sense.class)) || is_mark(sense)) {
                    continue;
                }
                if is_mark(sense) || (hit.len == len && known.lexical.contains(Class(sense.class))) {
                    classes.insert(Class(sense.class));
                    let mut sense = *sense;
                    sense.form.pronoun |= hit.pronoun;
                    senses.push((hit.clitics, sense));
                }
            }
        }
        // Folding levels `mustasharuhu`, his adviser, with `mustashara`: ha at the end of a title is a pronoun.
        let ha = len == 1 && self.text.slice(token.span).ends_with('\u{647}');
        let mut his = false;
        for (c, s) in senses.iter_mut().filter(|_| ha) {
            if !c.article && s.class == known.title.0 && s.form.gender == Gender::Feminine {
                (s.form.pronoun, s.form.gender, his) = (true, Gender::Masculine, true);
            }
        }
        let lexical = || senses.iter().filter(|(_, s)| !is_mark(s));
        let whole = token.span.cover(self.tokens[at + len - 1].span);
        let all = |f: &dyn Fn(&Clitics) -> bool| lexical().next().is_some() && lexical().all(|(c, _)| f(c));
        match token.kind {
            Kind::Word => {
                let latin = token.folded.is_ascii() || !token.folded.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
                classes.insert(known.word);
                if latin {
                    classes.insert(known.latin);
                }
                if has_article(&token.folded) {
                    classes.insert(known.al);
                }
                let bare = token.folded.as_bytes();
                let starts = |s: &str| bare.starts_with(s.as_bytes()) && token.folded.chars().count() > s.chars().count() + 1;
                if all(&|c| c.article)
                    || (lexical().next().is_none() || lexical().any(|(c, _)| c.article)) && has_article(&token.folded)
                {
                    classes.insert(known.def);
                }
                if self.text.slice(token.span).contains('\u{64b}') {
                    classes.insert(known.accusative);
                }
                if lexical().next().is_none() && token.folded.chars().count() < 2 {
                    // A clitic that stands alone, before a foreign word or a quotation mark.
                    match &*token.folded {
                        "\u{648}" => classes.insert(known.and),
                        "\u{628}" => classes.insert(known.ba),
                        "\u{644}" => classes.insert(known.li),
                        _ => {}
                    }
                } else if lexical().next().is_none() {
                    classes.insert(known.unknown);
                    if starts("\u{648}") {
                        classes.insert(known.and);
                    }
                    // With the article after it a glued preposition is plain to see.
                    if starts("\u{628}\u{627}\u{644}") {
                        classes.insert(known.ba);
                    }
                    if starts("\u{644}\u{644}") {
                        classes.insert(known.li);
                    }
                } else {
                    if all(&|c| c.conjunction.is_some()) {
                        classes.insert(known.and);
                    }
                    if all(&|c| c.preposition == Some('\u{628}')) {
                        classes.insert(known.ba);
                    }
                    if all(&|c| c.preposition == Some('\u{644}')) {
                        classes.insert(known.li);
                    }
                    if lexical().all(|(_, s)| s.form.pronoun) || his {
                        classes.insert(known.pronoun);
                    }
                }
            }
            Kind::Number => classes.insert(known.num),
            _ => classes.insert(self.sign(token, known)),
        }
        // The preferred reading parts as little as it can.
        let bytes = lexical().map(|(c, _)| c.bytes).min().unwrap_or(0);
        let span = without_clitics(self.text.as_str(), token.span, bytes).cover(Span::new(whole.end, whole.end));
        Unit { tokens: at..at + len, whole, span, senses, classes, thing: None }
    }

    fn sign(&self, token: &Token, known: &Known) -> Class {
        match self.marks.get(&token.span.start) {
            Some((_, true)) => return known.qmark,
            Some((true, _)) => return known.qopen,
            Some((false, _)) => return known.qclose,
            None => {}
        }
        match &*token.folded {
            "," | "\u{60c}" | "\u{61b}" | ";" => known.comma,
            ":" => known.colon,
            "." | "!" | "?" | "\u{61f}" | "\u{2026}" => known.stop,
            "(" | "[" => known.popen,
            ")" | "]" => known.pclose,
            "-" | "\u{2013}" | "\u{2014}" => known.dash,
            "/" | "\\" => known.slash,
            _ => known.sign,
        }
    }

    /// Joins the units of each calendar expression.
    pub fn mark_dates(&mut self, dates: &[crate::dates::DateFound]) {
        let set = ClassSet::from_iter([self.language.class("DATE"), self.language.class("WORD")]);
        // Dates and sentences are both in text order.
        let mut next = 0;
        for (i, date) in dates.iter().enumerate() {
            let ends_before = |s: &Vec<Unit>| s.last().is_none_or(|u| u.whole.end <= date.span.start);
            while self.sentences.get(next).is_some_and(ends_before) {
                next += 1;
            }
            let Some(units) = self.sentences.get(next) else { return };
            let Some(from) = units.iter().position(|u| u.whole.overlaps(date.span)) else { continue };
            let to = units.iter().rposition(|u| u.whole.overlaps(date.span)).unwrap_or(from) + 1;
            let span = Span::new(date.span.start, units[to - 1].whole.end.max(date.span.end));
            self.join(next, from..to, span, set, Thing::Date(i));
        }
    }

    /// The tokens that lie in a span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let from = self.tokens.partition_point(|t| t.span.start < span.start);
        let to = self.tokens.partition_point(|t| t.span.end <= span.end);
        from..to.max(from)
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.slice(span)
    }

    /// Joins the units `range` of a sentence into one.
    pub fn join(&mut self, sentence: usize, range: Range<usize>, span: Span, classes: ClassSet, thing: Thing) {
        let units = &mut self.sentences[sentence];
        let (first, last) = (&units[range.start], &units[range.end - 1]);
        let unit = Unit {
            tokens: first.tokens.start..last.tokens.end,
            whole: first.whole.cover(last.whole),
            span,
            senses: first.senses.clone(),
            classes,
            thing: Some(thing),
        };
        units.splice(range, [unit]);
    }
}

/// Whether a folded word has the article, with or without clitics before it.
fn has_article(folded: &str) -> bool {
    musnad_text::splits(folded).any(|c| c.article)
}

/// The classes of a sentence's units, as patterns want them.
pub fn classes(units: &[Unit]) -> Vec<ClassSet> {
    units.iter().map(|u| u.classes).collect()
}
