//! Keys: two spellings of one name, or of one sentence, have the same key.

use musnad_text::fold;

/// The key of a name or a sentence: its words, folded, without punctuation, parted by one space. The first
/// parts of compound names (`abd`, `abu`) are joined to what follows, as the press writes them both ways.
pub fn key(s: &str) -> String {
    // abd, abu: the words that the press glues to the next one, or not.
    const ABD: &str = "\u{639}\u{628}\u{62f}";
    const ABU: &str = "\u{627}\u{628}\u{648}";
    let folded = fold(s);
    let mut out = String::with_capacity(folded.len());
    let mut glue = true;
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !glue {
            out.push(' ');
        }
        out.push_str(word);
        glue = word == ABD || word == ABU;
    }
    out
}

/// The last word of a key: a person's last name, as the press shortens names.
pub fn last_name(key: &str) -> &str {
    key.rsplit(' ').next().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (a, b) in [
            ("عبد الفتاح السيسي", "عبدالفتاح السيسى"),
            ("أحمد أبو الغيط", "احمد ابوالغيط"),
            ("القاهرة", "القاهره"),
            ("«نؤكد، دعمنا»", "نوكد دعمنا"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        assert_ne!(key("محمد"), key("محمود"));
    }

    #[test]
    fn the_last_name_is_the_last_word() {
        assert_eq!(last_name(&key("سيرغي لافروف")), key("لافروف"));
        assert_eq!(last_name(""), "");
    }
}
