//! Sentences: runs of tokens up to a full stop, a question or exclamation mark, or a line's end.

use crate::{Kind, Token};
use std::ops::Range;

/// Cuts tokens into sentences, as ranges of token indices; closing signs and marks stay with the sentence they end.
///
/// `short` says of a folded word that a full stop after it is no end (initials, academic titles).
/// Two full stops end a sentence, three are an omission.
pub fn sentences(tokens: &[Token], short: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        let t = &tokens[i];
        if t.kind == Kind::Break {
            if start < i {
                out.push(start..i);
            }
            start = i + 1;
        } else if t.kind == Kind::Punct && matches!(&*t.folded, "." | "!" | "?" | "\u{61f}") {
            let mut last = i;
            while tokens.get(last + 1).is_some_and(|n| !n.spaced && n.folded == t.folded) {
                last += 1;
            }
            let omission = last - i >= 2 && &*t.folded == ".";
            let initial = i > start && {
                let before = &tokens[i - 1];
                let glued = tokens.get(last + 1).is_some_and(|n| !n.spaced && n.kind == Kind::Word);
                last == i && !t.spaced && (short(&before.folded) || (glued && before.folded.chars().count() <= 3))
            };
            if !omission && !initial {
                while tokens.get(last + 1).is_some_and(|n| n.kind == Kind::Punct && !n.spaced && closes(&n.folded)) {
                    last += 1;
                }
                out.push(start..last + 1);
                start = last + 1;
            }
            i = last;
        }
        i += 1;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn closes(sign: &str) -> bool {
    matches!(sign, ")" | "]" | "\u{bb}" | "\u{201d}" | "\u{201c}" | "\"" | "'" | "\u{2019}" | "\u{60c}" | ",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &[&str]) {
        let t = crate::tokens(text);
        let short = crate::fold("كيه");
        let got: Vec<&str> =
            sentences(&t, |w| w == short).iter().map(|r| &text[t[r.start].span.start..t[r.end - 1].span.end]).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn sentences_end_at_stops_and_lines() {
        check("وصل. غادر؟ نعم\nعاد", &["وصل.", "غادر؟", "نعم", "عاد"]);
        check("قال: «نعم.» ثم غادر.وعاد", &["قال: «نعم.»", "ثم غادر.", "وعاد"]);
    }

    #[test]
    fn initials_decimals_and_omissions_go_on() {
        check("كيه. شان زاد 3.5 في شبكة سي.إن.إن. أمس", &["كيه. شان زاد 3.5 في شبكة سي.إن.إن.", "أمس"]);
        check("قضية... ولا نزاع.. وحضر", &["قضية... ولا نزاع..", "وحضر"]);
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_leave_out_only_breaks(s in "([.!؟\n «»]|\\PC){0,60}") {
            let t = crate::tokens(&s);
            let mut at = 0;
            for r in sentences(&t, |_| false) {
                prop_assert!(r.start >= at && r.start < r.end && r.end <= t.len());
                prop_assert!(t[at..r.start].iter().all(|t| t.kind == Kind::Break));
                at = r.end;
            }
            prop_assert!(t[at..].iter().all(|t| t.kind == Kind::Break));
        }
    }
}
