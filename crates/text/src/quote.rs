//! Quotations: nested, running over paragraphs, or never closed.

use crate::Span;

/// A stretch of text between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub outer: Span,
    /// Without them.
    pub inner: Span,
    /// How many quotations stand around it.
    pub depth: usize,
    /// Whether a closing mark was found; else it is taken to end with its paragraph.
    pub closed: bool,
}

/// Marks that close each other. The press mixes the curly, straight and doubled ones freely, and turns them round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Guillemet,
    Double,
    Single,
    Bracket,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    Either,
}

/// The family and inborn role of a mark, and its length in bytes, at the start of `rest`.
fn mark(rest: &str) -> Option<(Family, Role, usize)> {
    let c = rest.chars().next()?;
    let one = c.len_utf8();
    Some(match c {
        '\u{ab}' => (Family::Guillemet, Role::Open, one),
        '\u{bb}' => (Family::Guillemet, Role::Close, one),
        '\u{2039}' => (Family::Guillemet, Role::Open, one),
        '\u{203a}' => (Family::Guillemet, Role::Close, one),
        '<' if rest.starts_with("<<") => (Family::Guillemet, Role::Open, 2),
        '>' if rest.starts_with(">>") => (Family::Guillemet, Role::Close, 2),
        '\'' if rest.starts_with("''") => (Family::Double, Role::Either, 2),
        '`' if rest.starts_with("``") => (Family::Double, Role::Open, 2),
        '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' => (Family::Double, Role::Either, one),
        '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '`' => (Family::Single, Role::Either, one),
        '(' if rest.starts_with("((") => (Family::Bracket, Role::Open, 2),
        ')' if rest.starts_with("))") => (Family::Bracket, Role::Close, 2),
        _ => return None,
    })
}

/// Whether a character before a mark lets it open something: white space, an opening sign, a tatweel after a clitic.
fn opens_after(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | ':' | '\u{640}' | '-' | '\u{2013}' | '\u{ab}' | '\u{201c}' | '\u{60c}' | ',')
    })
}

/// Whether a character after a mark lets it close something: white space or a sign that ends a phrase.
fn closes_before(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | ','
                    | '\u{60c}'
                    | ')'
                    | ']'
                    | ':'
                    | '!'
                    | '?'
                    | '\u{61f}'
                    | '\u{61b}'
                    | ';'
                    | '\u{bb}'
                    | '\u{201d}'
                    | '-'
                    | '\u{2026}'
            )
    })
}

/// The role that a mark plays where it stands.
fn role(inborn: Role, family: Family, before: Option<char>, after: Option<char>, open: bool) -> Option<Role> {
    if inborn != Role::Either {
        return Some(inborn);
    }
    Some(match (opens_after(before), closes_before(after)) {
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        // An apostrophe within a word is no mark; a lone single one in the open is none either.
        _ if family == Family::Single => return None,
        _ if open => Role::Close,
        _ => Role::Open,
    })
}

/// How many quotations may stand in each other; deeper marks are passed over.
const DEEPEST: usize = 8;

/// Finds the quotations of a text, in the order of their opening marks.
pub fn quotations(text: &str) -> Vec<Quotation> {
    struct Open {
        at: usize,
        inner: usize,
        family: Family,
    }
    fn end(out: &mut Vec<Quotation>, depth: usize, o: &Open, inner_end: usize, outer_end: usize, closed: bool) {
        out.push(Quotation {
            outer: Span::new(o.at, outer_end),
            inner: Span::new(o.inner, inner_end.max(o.inner)),
            depth,
            closed,
        });
    }
    let paragraph_end = |from: usize| text[from..].find('\n').map_or(text.len(), |i| from + i);
    let mut out = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let (mut at, mut before, mut line_start) = (0, None, true);
    while let Some(c) = text[at..].chars().next() {
        let Some((family, inborn, len)) = mark(&text[at..]) else {
            line_start = c == '\n' || (line_start && c.is_whitespace());
            before = Some(c);
            at += c.len_utf8();
            continue;
        };
        let after = text[at + len..].chars().next();
        let same = stack.iter().rposition(|o| o.family == family);
        match role(inborn, family, before, after, same.is_some()) {
            // The same mark again at the head of a further paragraph: the quotation runs on.
            Some(Role::Open) if line_start && same.is_some() && inborn == Role::Open => {}
            Some(Role::Open) => {
                // A straight mark that opens while one is open: the earlier one was never closed.
                if let (Some(i), Role::Either) = (same, inborn) {
                    for (depth, o) in stack.drain(i..).enumerate().rev() {
                        let e = paragraph_end(o.inner).min(at);
                        end(&mut out, i + depth, &o, e, e, false);
                    }
                }
                if stack.len() < DEEPEST {
                    stack.push(Open { at, inner: at + len, family });
                }
            }
            Some(_) => {
                if let Some(i) = same {
                    for (depth, o) in stack.drain(i + 1..).enumerate().rev() {
                        let e = paragraph_end(o.inner).min(at);
                        end(&mut out, i + 1 + depth, &o, e, e, false);
                    }
                    if let Some(o) = stack.pop() {
                        end(&mut out, i, &o, at, at + len, true);
                    }
                }
            }
            None => {}
        }
        line_start = false;
        before = text[at..at + len].chars().next_back();
        at += len;
    }
    for (depth, o) in stack.iter().enumerate() {
        let e = paragraph_end(o.inner);
        end(&mut out, depth, o, e, e, false);
    }
    out.sort_by_key(|q| (q.outer.start, std::cmp::Reverse(q.outer.end)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &[&str]) {
        let got: Vec<String> = quotations(text)
            .iter()
            .map(|q| format!("{}{}{}", "+".repeat(q.depth), &text[q.inner.start..q.inner.end], if q.closed { "" } else { " …" }))
            .collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn all_marks_of_the_press() {
        check("قال «نعم» ثم \"لا\" و“ربما” و''أبدا''.", &["نعم", "لا", "ربما", "أبدا"]);
        check("قال ”كلمة“ ثم سكت", &["كلمة"]);
        check("قال: ((سنعود)) غدا", &["سنعود"]);
    }

    #[test]
    fn nested_and_unclosed() {
        check("«إن \"الاتفاق\" قائم»", &["إن \"الاتفاق\" قائم", "+الاتفاق"]);
        check("قال «إن الاتفاق قائم.\nوغادر.", &["إن الاتفاق قائم. …"]);
        check("قال \"إن الاتفاق.\nوقال \"نعم\"", &["إن الاتفاق. …", "نعم"]);
    }

    #[test]
    fn a_quotation_runs_over_paragraphs() {
        check("قال: «أولا.\n«وثانيا.\n«وثالثا».", &["أولا.\n«وثانيا.\n«وثالثا"]);
        check("قال: «أولا.\nوثانيا».", &["أولا.\nوثانيا"]);
    }

    #[test]
    fn an_apostrophe_is_no_mark() {
        check("the minister's 'plan' and Ta'izz", &["plan"]);
    }

    proptest! {
        #[test]
        fn quotations_lie_in_the_text_and_nest(s in "([«»\"“”'() .\n]|\\PC){0,40}") {
            let found = quotations(&s);
            for q in &found {
                prop_assert!(q.outer.contains(q.inner) && q.outer.end <= s.len());
                prop_assert!(s.is_char_boundary(q.inner.start) && s.is_char_boundary(q.inner.end));
                prop_assert!(s.is_char_boundary(q.outer.start) && s.is_char_boundary(q.outer.end));
            }
        }
    }
}
