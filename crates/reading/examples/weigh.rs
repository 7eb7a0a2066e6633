//! Fits the weights of topics or acts on annotated reports, tells by cross-validation how well they carry over to reports that
//! they were not fitted on, and writes them to the language data.
//!
//! `weigh topics|acts ARTICLES.jsonl GOLD.jsonl[@WEIGHT] …`: reports, and what people found in them, which counts so much (reports that
//! the lexicon was made with tell less of others). Ten parts, each report in one of them, are
//! left out in turn; what is printed was found on the parts left out.

use musnad_language::Language;
use musnad_reading::weigh::{Candidate, Weights};
use musnad_reading::{Reader, Statement};
use musnad_text::{Report, Text};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Parts of the cross-validation.
const PARTS: usize = 10;
/// Steps of the descent.
const STEPS: usize = 300;
const RATE: f32 = 0.05;

/// A statement with its candidates and the labels that people gave it.
struct Case {
    set: usize,
    part: usize,
    /// Report and words, to show.
    words: String,
    /// How much it counts.
    weight: f32,
    candidates: Vec<Candidate>,
    gold: Vec<String>,
}

/// What is fitted: one label of a statement (acts), or any number (topics).
#[derive(Clone, Copy, PartialEq)]
enum Task {
    Topics,
    Acts,
}

/// How strongly weights are held back: those that labels share, and what one label adds.
#[derive(Clone, Copy)]
struct Ridge {
    shared: f32,
    own: f32,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let task = match args.first().map(String::as_str) {
        Some("topics") => Task::Topics,
        Some("acts") => Task::Acts,
        _ => panic!("weigh topics|acts ARTICLES.jsonl GOLD.jsonl …"),
    };
    let cases = gather(task, &args[1..]);
    let sets = cases.iter().map(|c| c.set).max().map_or(0, |s| s + 1);
    println!("{} statements", cases.len());
    let show = std::env::var_os("WEIGH_SHOW").is_some();
    let mut best: Option<(f32, Ridge, f32)> = None;
    let mut wrong = Vec::new();
    for shared in [0.1, 0.5] {
        for own in if task == Task::Topics { [1.0, 4.0] } else { [10.0, 30.0] } {
            let ridge = Ridge { shared, own };
            let models: Vec<Weights> = std::thread::scope(|scope| {
                let fits: Vec<_> = (0..PARTS)
                    .map(|part| {
                        let cases = &cases;
                        scope.spawn(move || fit(task, cases.iter().filter(|c| c.part != part), ridge))
                    })
                    .collect();
                fits.into_iter().map(|f| f.join().expect("a fit ends")).collect()
            });
            let scores: Vec<Vec<(&'static str, f32)>> = cases.iter().map(|c| scored(&models[c.part], c)).collect();
            for shift in if task == Task::Topics { vec![-0.2, 0.0, 0.2, 0.4, 0.6, 0.8] } else { vec![0.0] } {
                let figure = |set: Option<usize>| {
                    measure(task, cases.iter().zip(&scores).filter(|(c, _)| set.is_none_or(|s| s == c.set)), shift)
                };
                let all = figure(None);
                let by_set: Vec<String> = (0..sets).map(|s| format!("{:.3}", figure(Some(s)))).collect();
                println!("shared {shared} own {own} shift {shift}: {all:.4} ({})", by_set.join(" "));
                if best.is_none_or(|b| all > b.0) {
                    best = Some((all, ridge, shift));
                    wrong = cases.iter().zip(&scores).filter_map(|(c, s)| amiss(task, &models[c.part], c, s, shift)).collect();
                }
            }
        }
    }
    let Some((_, ridge, shift)) = best else { return };
    if show {
        wrong.iter().for_each(|w| println!("{w}"));
    }
    let weights = fit(task, cases.iter(), ridge);
    let mut lines: BTreeMap<(String, String), f32> = BTreeMap::new();
    for c in cases.iter().flat_map(|c| &c.candidates) {
        for (sign, _) in &c.signs {
            for label in ["*", c.label] {
                lines.insert((label.into(), sign.to_string()), weights.of(label, sign));
            }
        }
    }
    *lines.entry(("*".into(), "always".into())).or_default() += shift;
    let name = if task == Task::Topics { "topic" } else { "act" };
    let mut out = format!(
        "# How much each sign speaks for each {name}; `*`: for all alike. Fitted, not written by hand:\n\
         # cargo run --release -p musnad-reading --example weigh -- {name}s ARTICLES.jsonl GOLD.jsonl …\nlabel\tsign\tweight\n"
    );
    for ((label, sign), weight) in lines.iter().filter(|(_, w)| w.abs() >= 0.005) {
        out += &format!("{label}\t{sign}\t{weight:.2}\n");
    }
    let path = format!("{}/../../language/ar/lexicon/{name}-weights.tsv", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(&path, out).expect("the language data can be written");
}

/// The statements that reading and people both found.
fn gather(task: Task, files: &[String]) -> Vec<Case> {
    let language = Language::arabic();
    let reader = Reader::new(&language);
    let mut out = Vec::new();
    let mut reports = 0;
    for (set, pair) in files.chunks_exact(2).enumerate() {
        let (path, weight) = pair[1].split_once('@').map_or((pair[1].as_str(), 1.0), |(p, w)| (p, w.parse().expect("a number")));
        let gold: HashMap<String, Value> =
            lines(path).into_iter().map(|v| (v["id"].as_str().unwrap_or_default().to_string(), v)).collect();
        for article in lines(&pair[0]) {
            let report: Report = serde_json::from_value(article).expect("a report");
            let Some(gold) = gold.get(&report.id) else { continue };
            let text = Text::new(&report.text);
            let found = match task {
                Task::Topics => reader.topic_cases(&report),
                Task::Acts => reader.act_cases(&report),
            };
            let key = if task == Task::Topics { "topics" } else { "act" };
            for (g, s, candidates) in pairs(&text, gold, found) {
                let labels = match &g[key] {
                    Value::String(s) => vec![s.clone()],
                    v => v.as_array().into_iter().flatten().filter_map(|l| l.as_str().map(str::to_string)).collect(),
                };
                let (from, to) = (s.cue.start.min(s.content.start), s.content.end.max(s.cue.end));
                let around: String = report.text.get(from..to).unwrap_or_default().chars().take(260).collect();
                let words = format!("{} {}", report.id, around.replace('\n', " "));
                out.push(Case { set, part: reports % PARTS, words, weight, candidates, gold: labels });
            }
            reports += 1;
        }
    }
    out
}

fn lines(path: &str) -> Vec<Value> {
    let source = std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{path}: {why}"));
    source.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

/// Each statement of the gold with the candidates of the statement whose content is most like its own.
fn pairs<'g>(
    text: &Text,
    gold: &'g Value,
    found: Vec<(Statement, Vec<Candidate>)>,
) -> Vec<(&'g Value, Statement, Vec<Candidate>)> {
    let mut cells = Vec::new();
    let statements = gold["statements"].as_array().map_or(&[][..], Vec::as_slice);
    for (i, g) in statements.iter().enumerate() {
        let at = |n: usize| g["content"][n].as_u64().unwrap_or(0) as usize;
        for (j, (s, _)) in found.iter().enumerate() {
            let [start, end] = text.points(s.content);
            let common = at(1).min(end).saturating_sub(at(0).max(start)) as f32;
            let all = (at(1).max(end) - at(0).min(start)) as f32;
            if common / all >= 0.5 {
                cells.push((common / all, i, j));
            }
        }
    }
    cells.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut out, mut taken): (Vec<(&Value, usize)>, Vec<usize>) = (Vec::new(), Vec::new());
    for (_, i, j) in cells {
        if !taken.contains(&j) && !out.iter().any(|(g, _)| std::ptr::eq(*g, &statements[i])) {
            taken.push(j);
            out.push((&statements[i], j));
        }
    }
    out.into_iter().map(|(g, j)| (g, found[j].0.clone(), found[j].1.clone())).collect()
}

fn scored(weights: &Weights, case: &Case) -> Vec<(&'static str, f32)> {
    let mut out: Vec<_> = case.candidates.iter().map(|c| (c.label, weights.score(c))).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
}

/// How many labels of a ranked list count.
fn taken(task: Task, scores: &[(&'static str, f32)], shift: f32) -> usize {
    let most = if task == Task::Topics { 4 } else { 1 };
    scores.iter().filter(|(_, s)| *s + shift >= 0.0).count().clamp(1, most)
}

/// A case that is decided otherwise than people did, with what speaks for each label in question.
fn amiss(task: Task, weights: &Weights, case: &Case, scores: &[(&'static str, f32)], shift: f32) -> Option<String> {
    let found: Vec<&str> = scores[..taken(task, scores, shift)].iter().map(|(l, _)| *l).collect();
    let differ = |l: &str| found.contains(&l) != case.gold.iter().any(|g| g == l);
    let in_doubt: Vec<&Candidate> = case.candidates.iter().filter(|c| differ(c.label)).collect();
    let why = in_doubt.iter().map(|c| {
        let sign = |(s, x): &(std::borrow::Cow<'static, str>, f32)| {
            let w = (weights.of("*", s) + weights.of(c.label, s)) * x;
            (w.abs() >= 0.2).then(|| format!("{s} {w:.1}"))
        };
        format!("    {} {:.1}: {}", c.label, weights.score(c), c.signs.iter().filter_map(sign).collect::<Vec<_>>().join(", "))
    });
    let why: Vec<String> = why.collect();
    (!why.is_empty()).then(|| format!("{:?} <> {found:?} | {}\n{}", case.gold, case.words, why.join("\n")))
}

/// F1 of topics, or the part of acts that are right.
fn measure<'c>(task: Task, cases: impl Iterator<Item = (&'c Case, &'c Vec<(&'static str, f32)>)>, shift: f32) -> f32 {
    let (mut hit, mut all) = (0, 0);
    for (case, scores) in cases {
        let n = taken(task, scores, shift);
        hit += 2 * scores[..n].iter().filter(|(l, _)| case.gold.iter().any(|g| g == l)).count();
        all += n + case.gold.len();
    }
    hit as f32 / all.max(1) as f32
}

/// Indices of signs, and how much of each.
type Signs = Vec<(usize, f32)>;

/// Gradient descent (Adam) on the log loss with a ridge.
fn fit<'c>(task: Task, cases: impl Iterator<Item = &'c Case>, ridge: Ridge) -> Weights {
    let mut index: HashMap<(&str, &str), usize> = HashMap::new();
    let mut rows: Vec<(Vec<Signs>, Vec<f32>, f32)> = Vec::new();
    let mut held: Vec<f32> = Vec::new();
    for case in cases {
        let mut row = Vec::new();
        for c in &case.candidates {
            let mut signs = Vec::new();
            for (sign, amount) in &c.signs {
                for (label, ridge) in [("*", ridge.shared), (c.label, ridge.own)] {
                    let next = index.len();
                    let at = *index.entry((label, sign)).or_insert(next);
                    if at == held.len() {
                        held.push(ridge);
                    }
                    signs.push((at, *amount));
                }
            }
            row.push(signs);
        }
        let truth = case.candidates.iter().map(|c| f32::from(case.gold.iter().any(|g| g == c.label))).collect();
        rows.push((row, truth, case.weight));
    }
    let n = index.len();
    let (mut w, mut m, mut v) = (vec![0f32; n], vec![0f32; n], vec![0f32; n]);
    for step in 1..=STEPS {
        let mut gradient: Vec<f32> = w.iter().zip(&held).map(|(w, r)| w * r).collect();
        for (row, truth, weight) in &rows {
            let score: Vec<f32> = row.iter().map(|signs| signs.iter().map(|(i, x)| w[*i] * x).sum()).collect();
            let likely: Vec<f32> = match task {
                Task::Topics => score.iter().map(|s| 1.0 / (1.0 + (-s).exp())).collect(),
                Task::Acts => {
                    let top = score.iter().copied().fold(f32::MIN, f32::max);
                    let e: Vec<f32> = score.iter().map(|s| (s - top).exp()).collect();
                    let sum: f32 = e.iter().sum();
                    e.iter().map(|x| x / sum).collect()
                }
            };
            for ((signs, p), t) in row.iter().zip(likely).zip(truth) {
                for (i, x) in signs {
                    gradient[*i] += weight * (p - t) * x;
                }
            }
        }
        for i in 0..n {
            m[i] = 0.9 * m[i] + 0.1 * gradient[i];
            v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
            let (a, b) = (m[i] / (1.0 - 0.9f32.powi(step as i32)), v[i] / (1.0 - 0.999f32.powi(step as i32)));
            w[i] -= RATE * a / (b.sqrt() + 1e-8);
        }
    }
    let mut out = Weights::default();
    for ((label, sign), i) in index {
        out.set(label, sign, w[i]);
    }
    out
}
