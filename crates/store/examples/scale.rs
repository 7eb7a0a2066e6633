//! How long a record of many reports takes: `cargo run --release -p musnad-store --example scale -- 30000 5000`.
//! (reports, persons)
//!
//! The reports are made up: some persons of some states who meet, and speak in sentences of random words.

#[path = "../../record/tests/common/mod.rs"]
mod common;

use common::{Draft, person, state};
use musnad_reading::EventKind;
use musnad_store::{Entry, Store};
use std::time::Instant;

/// A small generator, so that the same number gives the same reports.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    fn word(&mut self) -> String {
        let letters: Vec<char> = "\u{627}\u{644}\u{645}\u{648}\u{631}\u{62f}\u{646}\u{628}\u{62a}\u{639}".chars().collect();
        (0..3 + self.below(4)).map(|_| letters[self.below(letters.len())]).collect()
    }

    fn sentence(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let many: usize = std::env::args().nth(1).map_or(Ok(3000), |n| n.parse())?;
    let people: usize = std::env::args().nth(2).map_or(Ok(5000), |n| n.parse())?;
    let mut chance = Chance(7);
    let persons: Vec<(String, String)> = (0..people).map(|i| (chance.sentence(2), format!("state{}", i % 200))).collect();
    let said: Vec<String> = (0..many * 6).map(|_| chance.sentence(20)).collect();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("scale.musnad");
    let mut store = Store::create(&path)?;
    let begun = Instant::now();
    let (mut preparing, mut putting) = (0.0, 0.0);
    let mut made = 0;
    while made < many {
        let batch = made..many.min(made + 200);
        made = batch.end;
        let drafts: Vec<Draft> = batch
            .map(|i| {
                let day = format!("20{:02}-{:02}-{:02}", 10 + chance.below(10), 1 + chance.below(12), 1 + chance.below(28));
                let mut draft = Draft::new(&format!("report-{i}"), "outlet", &day);
                // Few are named often.
                let mut who = || &persons[chance.below(persons.len()).min(chance.below(persons.len()))];
                let named: Vec<_> = (0..4).map(|_| who()).collect();
                for (name, of) in &named {
                    draft = draft.person(name, "minister", of).actor(&state(of));
                }
                let pair = [person(&named[0].0), person(&named[1].0)];
                draft = draft.event(EventKind::Meeting, &pair, "town", &day);
                for n in 0..8 {
                    let content = &said[chance.below(said.len())];
                    draft = draft.statement(&person(&named[n % 4].0), &[], content, ["syria", "un"][n % 2]).there();
                }
                draft.text(&chance.sentence(150))
            })
            .collect();
        let start = Instant::now();
        let entries: Vec<Entry> = drafts.iter().map(|d| Entry::new(d.report.clone(), &d.contribution())).collect();
        preparing += start.elapsed().as_secs_f64();
        let start = Instant::now();
        store.put(&entries)?;
        putting += start.elapsed().as_secs_f64();
    }
    println!("{many} reports: {preparing:.1} s to prepare on one thread, {putting:.1} s to put");
    let start = Instant::now();
    let record = store.record()?;
    println!("{:.1} s to load what they give", start.elapsed().as_secs_f64());
    let start = Instant::now();
    drop(record.facts());
    println!("{:.1} s to derive the facts", start.elapsed().as_secs_f64());
    let start = Instant::now();
    store.finish()?;
    println!("{:.1} s to finish (load, derive, write)", start.elapsed().as_secs_f64());
    println!("{:?}", store.counts()?);
    let start = Instant::now();
    let hits = store.search("\u{627}\u{644}\u{645}\u{648}\u{631}", 20)?.len();
    println!("{hits} hits in {:.3} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    println!("{} problems in {:.1} s", store.check()?.len(), start.elapsed().as_secs_f64());
    println!("{} MB, {:.1} s in all", std::fs::metadata(&path)?.len() / 1_000_000, begun.elapsed().as_secs_f64());
    Ok(())
}
