//! The pages of `language/<lang>/spec` are tests: each report on them is read, and its findings are those that the page tells.
//!
//! `MUSNAD_BLESS=1` rewrites the findings on the pages; `--nocapture` shows what is read where a page says «Not yet». `language/ar/spec/README.md` describes their form.

use musnad_language::Language;
use musnad_reading::{ActorRef, DateValue, Findings, MentionKind, Reader};
use musnad_text::{Report, Span};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A report on a page with the findings that belong to it.
struct Example {
    heading: String,
    /// Under «Not yet»: the findings are right, the reading is not.
    not_yet: bool,
    report: Report,
    /// The lines of the findings, numbered from 0, without the fences.
    lines: std::ops::Range<usize>,
    findings: Vec<String>,
}

#[test]
fn pages_hold() {
    let language = Language::arabic();
    let reader = Reader::new(&language);
    let bless = std::env::var_os("MUSNAD_BLESS").is_some();
    let (mut wrong, mut count) = (String::new(), 0);
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("a page that can be read");
        let name = page.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = examples(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(!found.is_empty(), "{name} has no example");
        count += found.len();
        let mut blessed: Vec<String> = text.lines().map(str::to_string).collect();
        for example in found.iter().rev() {
            let read = reader.read(&example.report);
            let told = as_told(&read, &example.report.text, &example.findings)
                .unwrap_or_else(|e| panic!("{name}:{}: {e}", example.lines.start));
            let holds = sorted(&told) == sorted(&example.findings);
            let place = format!("{name}:{} «{}»", example.lines.start + 1, example.heading);
            if example.not_yet && holds {
                let _ = writeln!(wrong, "{place}: this holds now: move it out of «Not yet»\n");
            } else if example.not_yet {
                println!("not yet: {place}\n{}", difference(&example.findings, &told));
            } else if !example.not_yet && !holds && bless {
                blessed.splice(example.lines.clone(), told);
            } else if !example.not_yet && !holds {
                let _ = writeln!(wrong, "{place}\n{}", difference(&example.findings, &told));
            }
        }
        if bless {
            std::fs::write(&page, blessed.join("\n") + "\n").expect("a page that can be written");
        }
    }
    assert!(count > 0, "there are no pages");
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../language/ar/spec");
    let entries = std::fs::read_dir(folder).expect("the folder of the pages").flatten().map(|e| e.path());
    let mut pages: Vec<PathBuf> =
        entries.filter(|p| p.extension().is_some_and(|e| e == "md") && p.file_stem().is_some_and(|s| s != "README")).collect();
    pages.sort();
    pages
}

/// The examples of a page, in order.
fn examples(page: &str) -> Result<Vec<Example>, String> {
    let lines: Vec<&str> = page.lines().collect();
    let mut out = Vec::new();
    let mut headings: Vec<String> = Vec::new();
    let mut report: Option<Report> = None;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let depth = line.chars().take_while(|c| *c == '#').count();
        if depth > 0 && line[depth..].starts_with(' ') {
            headings.truncate(depth - 1);
            headings.resize(depth - 1, String::new());
            headings.push(line[depth..].trim().to_string());
        } else if let Some(info) = line.strip_prefix("```") {
            let close =
                (at + 1..lines.len()).find(|i| lines[*i] == "```").ok_or(format!("line {}: the block is not closed", at + 1))?;
            let body = at + 1..close;
            match info.split_whitespace().next() {
                Some("report") => {
                    let published = info.split_once("published:").map(|(_, d)| d.trim().to_string());
                    report = Some(Report { id: "spec".into(), published, text: lines[body].join("\n"), ..Report::default() });
                }
                Some("findings") => {
                    let report = report.take().ok_or(format!("line {}: findings without a report", at + 1))?;
                    let findings = lines[body.clone()].iter().map(|l| l.trim().to_string()).filter(|l| !l.is_empty()).collect();
                    let not_yet = headings.iter().any(|h| h == "Not yet");
                    let heading = headings.last().cloned().unwrap_or_default();
                    out.push(Example { heading, not_yet, report, lines: body, findings });
                }
                _ => {}
            }
            at = close;
        }
        at += 1;
    }
    Ok(out)
}

/// A finding as a line tells it: its kind and its fields, the first without a name.
type Line = (&'static str, Vec<(&'static str, String)>);

/// What was read, told with the kinds and the fields that `told` has.
fn as_told(read: &Findings, text: &str, told: &[String]) -> Result<Vec<String>, String> {
    let all = lines(read, text);
    let mut out = Vec::new();
    let mut kinds: Vec<&str> = Vec::new();
    for line in told {
        let kind = line.split(':').next().unwrap_or("");
        if !["person", "state", "body", "statement", "event", "undertaking", "instrument", "date"].contains(&kind) {
            return Err(format!("there is no kind of finding «{kind}»"));
        }
        if kinds.contains(&kind) {
            continue;
        }
        kinds.push(kind);
        let fields: BTreeSet<&str> = told
            .iter()
            .filter(|l| l.split(':').next() == Some(kind))
            .flat_map(|l| l.split(" | ").skip(1).filter_map(|f| f.split(':').next()))
            .collect();
        let mut of_kind: Vec<String> = Vec::new();
        for (_, values) in all.iter().filter(|(k, _)| *k == kind) {
            let mut line = format!("{kind}: {}", values[0].1);
            values[1..].iter().filter(|(f, _)| fields.contains(f)).for_each(|(f, v)| {
                let _ = write!(line, " | {f}: {v}");
            });
            of_kind.push(line);
        }
        if of_kind.is_empty() {
            of_kind.push(format!("{kind}: none"));
        }
        out.extend(of_kind);
    }
    Ok(out)
}

/// All findings as lines, with every field.
fn lines(read: &Findings, text: &str) -> Vec<Line> {
    let words = |s: Span| or_none(text[s.start..s.end].split_whitespace().collect::<Vec<_>>().join(" "));
    let names = |v: &[ActorRef]| or_none(v.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(" + "));
    let date = |d: &DateValue| match d {
        DateValue::Iso(s) => s.clone(),
        DateValue::Unresolved(_) => "unresolved".into(),
    };
    let mut out: Vec<Line> = Vec::new();
    for p in &read.persons {
        let office = |o: &musnad_reading::Office| match &o.of {
            Some(of) => format!("{} @ {of}", o.title),
            None => o.title.clone(),
        };
        let offices = or_none(p.offices.iter().map(office).collect::<Vec<_>>().join("; "));
        let mentions = p.mentions.iter().map(|m| words(*m)).collect::<Vec<_>>().join("; ");
        out.push(("person", vec![("", p.name.clone()), ("offices", offices), ("mentions", mentions)]));
    }
    for (kind, of) in [("state", MentionKind::State), ("body", MentionKind::Body)] {
        let mut seen: Vec<&str> = Vec::new();
        for m in read.mentions.iter().filter(|m| m.kind == of || of == MentionKind::Body && m.kind == MentionKind::Institution) {
            if !seen.contains(&m.name.as_str()) {
                seen.push(&m.name);
                out.push((kind, vec![("", m.name.clone())]));
            }
        }
    }
    for s in &read.statements {
        out.push((
            "statement",
            vec![
                ("", names(&s.speakers)),
                ("via", names(&s.via)),
                ("cue", words(s.cue)),
                ("act", word(s.act)),
                ("direct", if s.direct { "yes" } else { "no" }.into()),
                ("topics", or_none(s.topics.join(" "))),
                ("content", words(s.content)),
            ],
        ));
    }
    for e in &read.events {
        out.push((
            "event",
            vec![
                ("", word(e.kind)),
                ("who", names(&e.participants)),
                ("place", or_none(e.place.clone().unwrap_or_default())),
                ("date", e.date.as_ref().map_or("-".into(), date)),
                ("status", word(e.status)),
                ("round", e.ordinal.map_or("-".into(), |n| n.to_string())),
                ("mentions", e.mentions.len().to_string()),
            ],
        ));
    }
    for u in &read.undertakings {
        out.push((
            "undertaking",
            vec![("", names(&u.actors)), ("kind", word(u.kind)), ("cue", words(u.cue)), ("content", words(u.content))],
        ));
    }
    for i in &read.instruments {
        out.push(("instrument", vec![("", i.name.clone()), ("kind", word(i.kind))]));
    }
    for d in &read.dates {
        out.push(("date", vec![("", words(d.span)), ("value", date(&d.value)), ("calendar", d.calendar.clone())]));
    }
    out
}

/// What an enum is called in a file of findings.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_string)).unwrap_or_default()
}

fn or_none(s: String) -> String {
    if s.is_empty() { "-".into() } else { s }
}

/// Lines in an order of their own, and so the actors that one field joins.
fn sorted(lines: &[String]) -> Vec<String> {
    let actors = |field: &str| {
        let mut names: Vec<&str> = field.split(" + ").collect();
        let label = names[0].find(": ").map_or(0, |i| i + 2);
        let (label, first) = names[0].split_at(label);
        names[0] = first;
        names.sort_unstable();
        format!("{label}{}", names.join(" + "))
    };
    let mut out: Vec<String> = lines.iter().map(|l| l.split(" | ").map(actors).collect::<Vec<_>>().join(" | ")).collect();
    out.sort();
    out
}

fn difference(told: &[String], read: &[String]) -> String {
    let mut out = String::new();
    let (told, read) = (sorted(told), sorted(read));
    for line in told.iter().filter(|l| !read.contains(l)) {
        let _ = writeln!(out, "  page: {line}");
    }
    for line in read.iter().filter(|l| !told.contains(l)) {
        let _ = writeln!(out, "  read: {line}");
    }
    out
}
