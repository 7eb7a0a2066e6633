//! The examples of every rule are its tests: it is taken in its `yes` sentence and not in its `no` sentence.

use musnad_language::Language;
use musnad_reading::Reader;

#[test]
fn rules_fire_on_their_examples() {
    let language = Language::arabic();
    let reader = Reader::new(&language);
    let mut wrong = Vec::new();
    for rule in &language.lexicon().rules {
        let fired = |text: &str| reader.fired(text).into_iter().map(|f| f.rule).collect::<Vec<_>>();
        let (yes, no) = (fired(&rule.yes), fired(&rule.no));
        if !yes.contains(&rule.name) {
            wrong.push(format!(
                "{} is not taken in its `yes` sentence: {}\n    taken there: {}",
                rule.name,
                rule.yes,
                yes.join(", ")
            ));
        }
        if no.contains(&rule.name) {
            wrong.push(format!("{} is taken in its `no` sentence: {}", rule.name, rule.no));
        }
    }
    assert!(wrong.is_empty(), "{} examples fail:\n{}", wrong.len(), wrong.join("\n"));
}
