//! The verb files of the lexicon hold together: every row inflects to its lemma, and no verb is listed twice.

#[path = "../src/compile/inflect.rs"]
mod inflect;

use inflect::{Gender, Number, Tense, inflect};
use std::collections::BTreeSet;

/// Rows of a lexicon file as cells, with the column names first.
fn table(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/../../language/ar/lexicon/{name}", env!("CARGO_MANIFEST_DIR"));
    let contents = std::fs::read_to_string(&path).unwrap();
    let rows: Vec<Vec<String>> = contents
        .lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|l| l.split('\t').map(str::to_owned).collect())
        .collect();
    for row in &rows {
        assert_eq!(row.len(), rows[0].len(), "{name}: {row:?}");
        assert!(row.iter().all(|cell| cell.trim() == cell), "{name}: blanks around a cell in {row:?}");
    }
    rows
}

/// Checks every row of a file of verbs; gives their number.
fn check_verbs(name: &str) -> usize {
    let rows = table(name);
    assert_eq!(rows[0][..3], ["lemma", "root", "pattern"], "{name}");
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in &rows[1..] {
        let (lemma, root, pattern) = (&row[0], &row[1], &row[2]);
        if !seen.insert((lemma, pattern)) {
            wrong.push(format!("{lemma} {pattern} stands twice"));
        }
        match inflect(root, pattern) {
            Err(e) => wrong.push(format!("{lemma}: {e}")),
            Ok(forms) => {
                let mut he = forms.iter().filter(|f| {
                    let third = f.tense == Tense::Perfect && f.person == 3 && f.number == Number::Singular;
                    third && f.gender == Gender::Masculine && !f.passive && !f.bound
                });
                if !he.any(|f| f.word == *lemma) {
                    wrong.push(format!("{lemma} is not the perfect of {root} {pattern}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    rows.len() - 1
}

const FRAMES: [&str; 11] = ["that", "quote", "obj", "on", "to", "for", "about", "with", "from", "in", "whom"];
const ACTS: [&str; 8] = ["state", "support", "request", "accuse", "reject", "warn", "promise", "concern"];

fn check_frames_and_act(row: &[String], frames: &str, act: &str) {
    let frames: Vec<&str> = frames.split_whitespace().collect();
    assert!(!frames.is_empty() && frames.iter().all(|f| FRAMES.contains(f)), "{row:?}");
    let mut acts = act.split_whitespace();
    assert!(acts.next().is_some_and(|a| ACTS.contains(&a)), "{row:?}");
    for exception in acts {
        let (frame, act) = exception.split_once(':').unwrap_or_else(|| panic!("{row:?}"));
        assert!(frames.contains(&frame) && ACTS.contains(&act), "{row:?}");
    }
}

#[test]
fn saying_verbs() {
    assert!(check_verbs("saying.tsv") >= 250);
    for row in &table("saying.tsv")[1..] {
        check_frames_and_act(row, &row[3], &row[4]);
    }
}

#[test]
fn other_verbs() {
    assert!(check_verbs("verbs.tsv") >= 450);
    let saying: BTreeSet<Vec<String>> = table("saying.tsv")[1..].iter().map(|row| row[1..3].to_vec()).collect();
    let both: Vec<_> = table("verbs.tsv").into_iter().filter(|row| saying.contains(&row[1..3])).collect();
    assert!(both.is_empty(), "reporting verbs stand in saying.tsv alone: {both:?}");
}

#[test]
fn encounter_and_undertaking_verbs() {
    check_verbs("encounter-verbs.tsv");
    check_verbs("undertaking-verbs.tsv");
}

#[test]
fn cue_phrases() {
    let rows = table("cue-phrases.tsv");
    assert_eq!(rows[0], ["phrase", "kind", "frames", "act", "note"]);
    let mut seen = BTreeSet::new();
    for row in &rows[1..] {
        assert!(["preposed", "clause", "noun", "multi"].contains(&row[1].as_str()), "{row:?}");
        assert!(seen.insert((&row[0], &row[1])), "twice: {row:?}");
        check_frames_and_act(row, &row[2], &row[3]);
    }
}

#[test]
fn content_acts() {
    let rows = table("content-acts.tsv");
    assert_eq!(rows[0], ["words", "act", "after", "note"]);
    assert!(rows.len() > 100);
    let mut seen = BTreeSet::new();
    for row in &rows[1..] {
        assert!(ACTS.contains(&row[1].as_str()), "{row:?}");
        assert!(
            row[2].split_whitespace().all(|f| FRAMES.contains(&f) || ["any", "inside", "own", "other"].contains(&f)),
            "{row:?}"
        );
        assert!(seen.insert((&row[0], &row[2])), "twice: {row:?}");
    }
}
