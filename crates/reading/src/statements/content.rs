//! Contents of statements: where they begin and end, and whether they stand in quotation marks.

use super::{Opening, StatementReader};
use crate::row::{Doc, Unit};
use musnad_language::{Frame, Tense};
use musnad_text::Span;

impl StatementReader {
    /// The span of what is said.
    pub(super) fn content(&self, doc: &Doc, openings: &[Opening], i: usize) -> Option<Span> {
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
        let speaks = |s: usize| openings.iter().any(|n| n.cue.0 == s && n.start.0 == s);
        while end == doc.sentences[last_sentence].len() && self.continues(doc, last_sentence, speaks(last_sentence + 1)) {
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
        // What is named as a thing, and not told in a clause, ends where a new clause begins.
        let clause = |u: &Unit| [k.comp, k.relative, k.conj].iter().any(|c| u.classes.contains(*c));
        let named = !matches!(o.frame, None | Some(Frame::That | Frame::Quote)) && o.start.0 == s;
        let mut terms = named && !units[o.start.1.saturating_sub(1)].classes.contains(k.comp);
        let here = openings.partition_point(|n| n.cue < (s, 0))..openings.partition_point(|n| n.cue < (s + 1, 0));
        let openings = &openings[here];
        for (j, unit) in units.iter().enumerate().skip(from) {
            let thing = terms;
            terms &= !clause(unit);
            let quoted = own.iter().any(|q| q.inner.contains(unit.whole));
            if quoted {
                continue;
            }
            let after_comma = j > from && units[j - 1].classes.contains(k.comma);
            if let Some(n) = openings.iter().find(|n| n.cue == (s, j) && n.cue > o.cue) {
                let perfect = |(_, x): &(_, musnad_language::Sense)| x.class == k.say.0 && x.form.tense == Tense::Perfect;
                let joined = unit.classes.contains(k.and) || j > from && self.connects(&units[j - 1]);
                let ends = j > from && (n.participle || n.around) || joined && unit.senses.iter().any(perfect);
                if ends {
                    return self.back_over_connectors(units, from, j);
                }
                // `…, ghayra anna X qala`: another's clause, whose subject stands before its verb.
                let clause = j >= from + 3
                    && units[j - 1].classes.contains(k.actor)
                    && units[j - 2].classes.contains(k.conj)
                    && units[j - 3].classes.contains(k.comma);
                if clause && unit.senses.iter().any(perfect) {
                    return self.back_over_connectors(units, from, j - 1);
                }
            }
            if after_comma && (unit.classes.contains(k.comment) || thing && self.new_clause(unit)) {
                return j;
            }
            // `…, hasaba ma naqala 'anhu X`: how the reporter knows.
            let sources = unit.classes.contains(k.cueprep)
                || unit.classes.contains(k.cueclause) && units.get(j + 1).is_some_and(|u| u.classes.contains(k.say));
            if after_comma && sources {
                return j;
            }
            // A clause cue's introducing word stands one before its verb.
            if unit.classes.contains(k.cueclause)
                && openings.iter().any(|n| n.cue.0 == s && n.cue.1 > j && n.cue.1 <= j + if n.around { 2 } else { 1 })
            {
                return j;
            }
        }
        units.len()
    }

    /// Whether a unit after a comma begins a clause of its own: a joined verb, a turn.
    fn new_clause(&self, unit: &Unit) -> bool {
        let k = &self.k;
        let verb = [k.say, k.verb, k.meetverb, k.aux].iter().any(|v| unit.classes.contains(*v));
        let denies = unit.classes.contains(k.neg) || unit.classes.contains(k.particle);
        unit.classes.contains(k.turn) || unit.classes.contains(k.and) && (verb || denies) && !unit.classes.contains(k.common)
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

    /// Whether the sentence after `s` is a fragment that goes on with it. `speaks`: whether a cue stands in that sentence.
    fn continues(&self, doc: &Doc, s: usize, speaks: bool) -> bool {
        let k = &self.k;
        let Some(next) = doc.sentences.get(s + 1) else { return false };
        let (Some(last), Some(first)) = (doc.sentences[s].last(), next.first()) else { return false };
        let gap = &doc.text.as_str()[last.whole.end..first.whole.start];
        // So does a verbal noun joined by waw that no verb carries (`… fi libya. wa-inha' halat al-inqisam`).
        let verbal = |u: &Unit| [k.say, k.verb, k.meetverb, k.aux].iter().any(|v| u.classes.contains(*v));
        let joined = first.classes.contains(k.and) && first.classes.contains(k.common) && !verbal(first);
        let fragment = joined && !first.classes.contains(k.actor) && !next.get(1).is_some_and(verbal);
        !gap.contains('\n')
            && !speaks
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
            let opens = |u: &Unit| u.classes.contains(k.comma) || u.classes.contains(k.comp);
            let mut start = units[cue + 1..].iter().position(opens)? + cue + 2;
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
pub(super) fn direct(doc: &Doc, content: Span) -> bool {
    let around: Vec<_> = doc.quotations.iter().filter(|q| q.inner.overlaps(content)).collect();
    let (mut all, mut quoted) = (0, 0);
    for t in doc.tokens[doc.tokens_in(content)].iter().filter(|t| t.kind == musnad_text::Kind::Word) {
        all += 1;
        quoted += usize::from(around.iter().any(|q| q.inner.contains(t.span)));
    }
    quoted * 2 > all
}
