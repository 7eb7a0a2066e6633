//! The command from end to end.

use musnad_store::{Entry, Store};
use musnad_text::Report;
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn musnad(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_musnad"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "MUSNAD_RECORD"].iter().for_each(|name| {
        command.env_remove(name);
    });
    command
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn ran(output: Output) -> Ran {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    let ran = Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran
}

/// Runs to the end, whatever it comes to.
fn run(folder: &Path, args: &[&str]) -> Ran {
    ran(musnad(folder, args).output().unwrap())
}

/// Runs to a good end; gives the standard output.
#[track_caller]
fn done(folder: &Path, args: &[&str]) -> String {
    let ran = run(folder, args);
    assert_eq!(ran.code, Some(0), "{args:?}: {}", ran.err);
    ran.out
}

#[track_caller]
fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&done(folder, args)).unwrap()
}

/// Runs with this on the standard input.
fn fed(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    let mut child = musnad(folder, args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = feeding.join();
    ran(output)
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports")
}

fn examples_read() -> TempDir {
    let folder = TempDir::new().unwrap();
    done(folder.path(), &["read", examples().to_str().unwrap()]);
    folder
}

/// Many reports as JSON Lines, each about something of its own.
fn many(count: usize) -> String {
    let states = ["روسيا", "مصر", "تركيا", "إيطاليا", "الأردن", "المغرب"];
    let days = 1..=28;
    let day = days.cycle();
    let mut lines = String::new();
    for (n, day) in (0..count).zip(day) {
        let (a, b) = (states[n % 6], states[(n / 6 + n + 1) % 6]);
        let text = format!(
            "بحث وزير خارجية {a} سالم الرواحي مع نظيره من {b} هاني المطوع ملفات التعاون رقم {n}، وأكد الرواحي أن «المحادثات كانت مثمرة». وقالت وزارة الخارجية في بيان إن الجانبين اتفقا على عقد جولة جديدة."
        );
        let line = serde_json::json!({"id": format!("n{n}"), "published": format!("2019-03-{day:02}"), "source": "وكالة الصدى", "text": text});
        lines.push_str(&format!("{line}\n"));
    }
    lines
}

#[test]
fn reading_again_changes_nothing() {
    let folder = examples_read();
    let first = done(folder.path(), &["export", "json"]);
    let again = json(folder.path(), &["read", examples().to_str().unwrap(), "--json"]);
    assert_eq!((&again["read"], &again["already_read"]), (&0.into(), &16.into()));
    assert_eq!(first, done(folder.path(), &["export", "json"]));
    assert!(done(folder.path(), &["check"]).starts_with("whole: 16 reports"));
}

#[test]
fn the_order_of_reading_does_not_matter() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("all.jsonl"), many(40)).unwrap();
    let lines = many(40);
    let mut lines: Vec<&str> = lines.lines().collect();
    lines.reverse();
    fs::write(folder.path().join("end.jsonl"), lines[..15].join("\n")).unwrap();
    fs::write(folder.path().join("start.jsonl"), lines[15..].join("\n")).unwrap();
    done(folder.path(), &["read", "all.jsonl", "--record", "a.musnad"]);
    done(folder.path(), &["read", "end.jsonl", "--record", "b.musnad"]);
    done(folder.path(), &["read", "start.jsonl", "--record", "b.musnad"]);
    done(folder.path(), &["export", "json", "--record", "a.musnad", "-o", "a.json"]);
    let b = musnad(folder.path(), &["export", "json"]).env("MUSNAD_RECORD", "b.musnad").output().unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("a.json")).unwrap(), ran(b).out);
}

/// Starts reading, and kills it as soon as `ripe` holds of the folder, or lets it end.
fn killed_when(folder: &Path, args: &[&str], ripe: impl Fn() -> bool) {
    let mut child = musnad(folder, args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let patience = Instant::now() + Duration::from_secs(120);
    while !ripe() && child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < patience, "the record was never written to");
        std::thread::yield_now();
    }
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn a_run_that_is_killed_is_taken_up_again() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("all.jsonl"), many(900)).unwrap();
    done(folder.path(), &["read", "all.jsonl", "--record", "unbroken.musnad"]);
    let size = |name: &str| fs::metadata(at(name)).map_or(0, |about| about.len());
    let whole = size("unbroken.musnad");
    let broken = ["read", "all.jsonl", "--record", "broken.musnad"];
    killed_when(folder.path(), &broken, || at("broken.musnad").exists());
    for part in 1..6 {
        killed_when(folder.path(), &broken, || size("broken.musnad") + size("broken.musnad-wal") > whole * part / 6);
        let check = run(folder.path(), &["check", "--record", "broken.musnad"]);
        assert_eq!(check.code, Some(0), "{}{}", check.out, check.err);
    }
    let summary = json(folder.path(), &["read", "all.jsonl", "--record", "broken.musnad", "--json"]);
    assert_eq!(summary["read"].as_u64().unwrap() + summary["already_read"].as_u64().unwrap(), 900);
    let export = |record: &str| done(folder.path(), &["export", "json", "--record", record]);
    assert!(export("broken.musnad") == export("unbroken.musnad"), "the broken run left another record");
}

#[test]
fn bad_input_is_named_and_the_rest_goes_on() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("in")).unwrap();
    fs::write(at("in/a.jsonl"), "{\"id\": \"a\", \"text\": \"التقى الوزيران\"}\n{\"id\": \"b\"}\nnot json\n").unwrap();
    fs::write(at("in/b.txt"), b"\xc7\xe1\xe6\xd2\xed\xd1").unwrap();
    fs::write(at("in/c.html"), "<p>").unwrap();
    fs::write(at("in/d.txt"), "").unwrap();
    fs::write(at("in/e.txt"), "زار الوزير موسكو أمس").unwrap();
    let ran = run(folder.path(), &["read", "in", "--json"]);
    assert_eq!(ran.code, Some(0));
    let summary: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(summary["read"], 2);
    assert_eq!(summary["not_read"]["failed"], 5);
    assert_eq!(summary["not_read"]["first"][0]["line"], 2);
    assert_eq!(summary["not_read"]["reasons"]["not UTF-8"], 1);
    for place in ["in/a.jsonl:2: ", "in/a.jsonl:3: ", "in/b.txt: ", "in/c.html: ", "in/d.txt: "] {
        assert!(ran.err.lines().any(|line| line.starts_with(&format!("error: {place}"))), "{place} is not in {}", ran.err);
    }
    // For people, the same.
    let told = run(folder.path(), &["read", "in", "--record", "again.musnad"]).out;
    assert!(told.contains("not read: 5") && told.contains("  in/a.jsonl:2: no field `text`"), "{told}");
    // Another report under the id of one that the record has.
    fs::write(at("in/e.txt"), "زار الوزير روما أمس").unwrap();
    let ran = run(folder.path(), &["read", "in/e.txt", "in/a.jsonl"]);
    assert!(ran.err.contains("in/e.txt: the record has another report e"), "{}", ran.err);
}

#[test]
fn nothing_usable_is_one_and_wrong_use_is_two() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("empty.txt"), " \n").unwrap();
    fs::write(folder.path().join("full.txt"), "زار الوزير موسكو").unwrap();
    fs::write(folder.path().join("other.musnad"), "not a record").unwrap();
    for args in [
        &["read", "nowhere"][..],
        &["read", "empty.txt"],
        &["read", "*.jsonl"],
        &["read", "empty.txt", "--record", "other.musnad"],
        &["read", "full.txt", "--record", "nowhere/new.musnad"],
        &["extract", "empty.txt"],
        &["extract", "-"],
        &["show"],
        &["check"],
        &["search", "كلمة"],
        &["export", "json"],
        &["check", "--record", "other.musnad"],
        &["dates", "--jsonl"],
        &["match", "--jsonl"],
    ] {
        let ran = run(folder.path(), args);
        assert_eq!(ran.code, Some(1), "{args:?}");
        assert!(ran.err.starts_with("error: ") && ran.out.is_empty(), "{args:?}: {}{}", ran.err, ran.out);
    }
    assert!(!folder.path().join("musnad.musnad").exists(), "no record is made of nothing");
    for args in [
        &[][..],
        &["read"],
        &["unknown"],
        &["show", "events", "--since", "yesterday"],
        &["show", "events", "--between", "one"],
        &["show", "--actor", "one"],
        &["export", "pdf"],
        &["match", "one"],
        &["dates"],
        &["search", ""],
        &["search", "!!!"],
        &["show", "events", "--actor", ""],
        &["show", "events", "--actor", " ؟ "],
        &["show", "events", "--between", "مصر", ""],
        &["show", "events", "--topic", ""],
        &["show", "events", "--since", "2020", "--until", "2019"],
        &["show", "events", "--since", "2020-02-03", "--until", "2020-01"],
    ] {
        let ran = run(folder.path(), args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn every_list_is_there_for_people_and_as_json() {
    let folder = examples_read();
    for list in
        ["people", "states", "bodies", "events", "statements", "instruments", "rounds", "undertakings", "topics", "reports"]
    {
        let rows = json(folder.path(), &["show", list, "--json"]);
        let told = done(folder.path(), &["show", list]);
        let ids = rows.as_array().unwrap().iter().filter_map(|row| row["id"].as_str());
        for id in ids {
            assert!(told.contains(id), "{id} is not in show {list}");
        }
    }
    let people = json(folder.path(), &["show", "people", "--json"]);
    let id = people[0]["id"].as_str().expect("somebody is named");
    let page = json(folder.path(), &["show", id, "--json"]);
    let passage = &page["evidence"][0];
    let told = done(folder.path(), &["show", id]);
    assert!(told.contains(&format!("[{}:{}-{}]", passage["report"].as_str().unwrap(), passage["start"], passage["end"])));
    assert!(json(folder.path(), &["show", "--json"])["reports"] == 16);
    assert!(done(folder.path(), &["show", "rome-daffaf"]).contains("  text:\n"));
    assert_eq!(json(folder.path(), &["check", "--json"])["whole"], true);
    assert_eq!(run(folder.path(), &["show", "a-0000000000000000"]).code, Some(1));
    assert_eq!(run(folder.path(), &["show", "events", "--actor", "لا أحد"]).code, Some(1));
    let since = json(folder.path(), &["show", "reports", "--since", "2021", "--until", "2021-12", "--json"]);
    assert!(since.as_array().unwrap().iter().all(|row| row["published"].as_str().unwrap().starts_with("2021")));
    assert!(!since.as_array().unwrap().is_empty());
}

#[test]
fn ids_and_lists_are_known_by_less_than_their_whole_name() {
    let folder = examples_read();
    let events = json(folder.path(), &["show", "events", "--json"]);
    let id = events[0]["id"].as_str().unwrap();
    assert_eq!(done(folder.path(), &["show", &id[..8]]), done(folder.path(), &["show", id]));
    assert_eq!(done(folder.path(), &["show", "event"]), done(folder.path(), &["show", "events"]));
    assert_eq!(done(folder.path(), &["show", "persons"]), done(folder.path(), &["show", "people"]));
    let told = |what: &str| {
        let ran = run(folder.path(), &["show", what]);
        assert_eq!(ran.code, Some(1), "{what}");
        ran.err
    };
    assert!(told("evnts").contains("did you mean `musnad show events`?"));
    let several = told("e-");
    assert!(several.contains("did you mean one of these?") && several.contains(id) | several.contains('…'), "{several}");
    assert!(told("").contains("the lists are"));
}

#[test]
fn actors_are_named_in_other_scripts_and_forms() {
    let folder = examples_read();
    let with = |args: &[&str]| done(folder.path(), &[&["show", "events"], args].concat());
    let own = with(&["--actor", "مصر"]);
    assert!(!own.is_empty());
    assert_eq!(own, with(&["--actor", "Egypt"]));
    assert_eq!(own, with(&["--actor", "المصري"]));
    assert_eq!(with(&["--between", "مصر", "إيطاليا"]), with(&["--between", "Italy", "Egypt"]));
    let same = run(folder.path(), &["show", "events", "--between", "Egypt", "مصر"]);
    assert_eq!((same.code, same.err.as_str()), (Some(2), "error: Egypt and مصر are the same; --between takes two\n"));
}

#[test]
fn what_another_version_read_is_read_anew() {
    let folder = TempDir::new().unwrap();
    let lines = many(3);
    fs::write(folder.path().join("all.jsonl"), &lines).unwrap();
    done(folder.path(), &["read", "all.jsonl", "--record", "fresh.musnad"]);
    let mut store = Store::create(folder.path().join("old.musnad")).unwrap();
    let old = lines.lines().map(|line| {
        let fields: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| fields[name].as_str().unwrap().to_string();
        let report = Report {
            id: field("id"),
            source: Some(field("source")),
            published: Some(field("published")),
            text: field("text"),
            ..Report::default()
        };
        let words = report.text.chars().take(4).collect::<String>();
        let found = serde_json::json!({"report": report.id, "source": null, "published": null, "language": "old",
            "persons": [{"name": "اسم خاطئ", "forms": ["اسم خاطئ"], "offices": [], "rule": "old",
                "mentions": [{"start": 0, "end": 4, "quote": words}]}],
            "actors": [], "events": [], "statements": [], "instruments": [], "undertakings": []});
        Entry::new(report, &serde_json::from_value(found).unwrap())
    });
    store.put(&old.collect::<Vec<_>>()).unwrap();
    store.finish().unwrap();
    drop(store);
    assert!(done(folder.path(), &["show", "people", "--record", "old.musnad"]).contains("اسم خاطئ"));
    // One of the three is given, without what the record knows of it; all are read anew, with it.
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let first = serde_json::json!({"id": first["id"], "text": first["text"]});
    fs::write(folder.path().join("one.jsonl"), first.to_string()).unwrap();
    let summary = json(folder.path(), &["read", "one.jsonl", "--record", "old.musnad", "--json"]);
    assert_eq!((&summary["read"], &summary["already_read"], &summary["read_anew"]), (&0.into(), &1.into(), &3.into()));
    let export = |record: &str| done(folder.path(), &["export", "json", "--record", record]);
    assert_eq!(export("old.musnad"), export("fresh.musnad"));
    let again = json(folder.path(), &["read", "one.jsonl", "--record", "old.musnad", "--json"]);
    assert_eq!(again["read_anew"], 0);
    assert!(done(folder.path(), &["extract", "one.jsonl"]).contains('+'), "the version tells language and grammar");
}

#[test]
fn a_chain_begins_where_the_report_was_published() {
    let folder = TempDir::new().unwrap();
    let text = "قال وزير الخارجية المصري سامح شكري إن الحوار مع روسيا سيستمر في موسكو والقاهرة خلال العام المقبل.";
    for (id, url, outlet) in [("a", Some("https://www.example.org/1"), "example.org"), ("b", None, "(source unknown)")] {
        let report = serde_json::json!({"id": id, "url": url, "text": text}).to_string();
        fs::write(folder.path().join("in.jsonl"), report).unwrap();
        let record = format!("{id}.musnad");
        let told = done(folder.path(), &["read", "in.jsonl", "--record", &record]);
        assert!(told.contains("the record holds: 1 report\n"), "{told}");
        let said = json(folder.path(), &["show", "statements", "--record", &record, "--json"]);
        assert_eq!(said[0]["chain"][0]["name"], outlet);
    }
}

#[test]
fn a_record_of_dated_files_tells_who_held_which_post_when() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("in")).unwrap();
    fs::write(at("in/a.txt"), "قال وزير الخارجية المصري سامح شكري إن الحوار مع روسيا سيستمر خلال العام المقبل.").unwrap();
    fs::write(at("in/b.txt"), "أكد وزير الخارجية المصري سامح شكري أن الحل السياسي في ليبيا هو السبيل الوحيد.").unwrap();
    fs::write(at("dates.csv"), "path,source,published\na.txt,وكالة الصدى,2017-08-21\nb.txt,صحيفة المدى,2018-02-03\n").unwrap();
    done(folder.path(), &["read", "in", "--manifest", "dates.csv"]);
    let people = done(folder.path(), &["show", "people"]);
    assert!(people.contains("  post: وزير الخارجية, مصر, 2017-08-21 to 2018-02-03\n"), "{people}");
    let states = done(folder.path(), &["show", "states", "--actor", "Egypt"]);
    assert!(states.contains("  post: وزير الخارجية, سامح شكري, 2017-08-21 to 2018-02-03\n"), "{states}");
    let said = done(folder.path(), &["show", "statements"]);
    assert!(said.contains("  known through: وكالة الصدى, سامح شكري\n"), "{said}");
}

#[test]
fn settled_and_open_dates_are_counted_apart() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), "التقى الوزيران في 21 أغسطس 2017، ثم أمس.").unwrap();
    let told = done(folder.path(), &["read", "a.txt"]);
    assert!(told.contains("dates in the reports read: 1 settled, 1 open"), "{told}");
}

#[test]
fn search_finds_other_forms_and_names_the_place() {
    let folder = examples_read();
    let hits = json(folder.path(), &["search", "محادثات", "--json"]);
    let hit = &hits[0];
    let page = json(folder.path(), &["show", hit["report"].as_str().unwrap(), "--json"]);
    let [start, end] = ["start", "end"].map(|end| hit[end].as_u64().unwrap() as usize);
    let words: String = page["value"]["text"].as_str().unwrap().chars().skip(start).take(end - start).collect();
    assert!(words.contains("محادثات"), "{words}");
    assert!(done(folder.path(), &["search", "محادثات"]).contains("محادثات"));
    assert_eq!(done(folder.path(), &["search", "كلمةلاتوجد", "--json"]).trim(), "[]");
}

#[test]
fn extract_gives_a_line_a_report_in_order() {
    let folder = TempDir::new().unwrap();
    let lines = many(300);
    let text: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(lines.as_bytes()).unwrap();
    fs::write(folder.path().join("all.jsonl.gz"), packed.finish().unwrap()).unwrap();
    let out = done(folder.path(), &["extract", "all.jsonl.gz"]);
    assert_eq!(out, fed(folder.path(), &["extract", "-"], lines.as_bytes()).out);
    let found: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(found.len(), 300);
    for (found, report) in found.iter().zip(&text) {
        assert_eq!(found["id"], report["id"]);
        let chars: Vec<char> = report["text"].as_str().unwrap().chars().collect();
        let person = &found["persons"][0];
        for mention in person["mentions"].as_array().unwrap() {
            let [start, end] = [0, 1].map(|end| mention[end].as_u64().unwrap() as usize);
            let words: String = chars[start..end].iter().collect();
            assert!(person["forms"].as_array().unwrap().iter().any(|form| form.as_str().unwrap().contains(&words)), "{words}");
        }
    }
}

#[test]
fn plain_text_comes_in_by_the_standard_input() {
    let folder = TempDir::new().unwrap();
    let ran = fed(folder.path(), &["extract", "-"], "قال وزير الخارجية المصري سامح شكري إن اللقاء مهم.".as_bytes());
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(found["persons"][0]["name"], "سامح شكري");
    assert!(found["id"].as_str().unwrap().starts_with("report-"));
}

#[test]
fn odd_texts_are_read() {
    let folder = TempDir::new().unwrap();
    let odd = [
        "\0\u{1}\u{2}".to_string(),
        "\u{202e}قال\u{2066}\u{2069}\u{200f}".to_string(),
        "«".repeat(3000),
        "ال".repeat(3000),
        "\u{64b}".repeat(3000),
        "و ".repeat(3000),
        "قال ".repeat(500),
        "أن قال إن ".repeat(300),
        "من 1/1/1 إلى 99/99/9999999999999999999999".to_string(),
        "🙂\u{1f468}\u{200d}\u{1f469} قال 🙂 الوزير 🙂".to_string(),
        "\u{feff}\r\r\n\u{85}\u{2028}.".to_string(),
        "الرئيس الرئيس وزير وزير خارجية خارجية".repeat(50),
    ];
    let lines: Vec<String> = odd.iter().map(|text| serde_json::json!({"text": text}).to_string()).collect();
    let ran = fed(folder.path(), &["extract", "-"], lines.join("\n").as_bytes());
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), odd.len()), "{}", ran.err);
    fs::write(folder.path().join("odd.jsonl"), lines.join("\n")).unwrap();
    done(folder.path(), &["read", "odd.jsonl"]);
    assert!(done(folder.path(), &["check"]).starts_with("whole"));
}

#[test]
fn colours_come_only_where_they_are_wanted_and_never_in_arabic() {
    let folder = examples_read();
    let with =
        |envs: &[(&str, &str)]| ran(musnad(folder.path(), &["show", "people"]).envs(envs.iter().copied()).output().unwrap()).out;
    let plain = with(&[]);
    assert!(!plain.contains('\u{1b}') && !plain.contains('\u{2068}'), "no terminal, no marks");
    assert_eq!(plain, with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    let coloured = with(&[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.contains('\u{1b}'));
    let is_arabic = |c: Option<char>| c.is_some_and(|c| ('\u{600}'..'\u{700}').contains(&c));
    for (at, _) in coloured.match_indices('\u{1b}') {
        assert!(!is_arabic(coloured[..at].chars().next_back()));
        let after = coloured[at..].split_once('m').unwrap().1;
        assert!(!is_arabic(after.chars().next()));
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("all.jsonl"), many(600)).unwrap();
    let mut child =
        musnad(folder.path(), &["extract", "all.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    // The pipe is closed here.
    let ran = ran(child.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn a_damaged_record_is_no_panic() {
    let folder = examples_read();
    let path = folder.path().join("musnad.musnad");
    let mut bytes = fs::read(&path).unwrap();
    let quarter = bytes.len() / 4;
    bytes[quarter..quarter * 3].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    for args in [&["check"][..], &["show", "people"], &["search", "محادثات"], &["export", "json"]] {
        let ran = run(folder.path(), args);
        assert_eq!(ran.code, Some(1), "{args:?}: {}", ran.out);
        assert!(ran.err.contains("musnad.musnad"), "{}", ran.err);
    }
}

#[test]
fn dates_and_names_by_themselves() {
    let folder = TempDir::new().unwrap();
    let lines = "{\"id\": 1, \"text\": \"في 21 أغسطس 2017\", \"reference\": null}\n{\"id\": 2}\nnot json\n{\"id\": 3, \"text\": \"أمس\", \"reference\": \"2017-08-22\"}\n";
    let dates = fed(folder.path(), &["dates", "--jsonl"], lines.as_bytes());
    let found: Vec<Value> = dates.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(found.len(), 2);
    assert_eq!((&found[0]["id"], &found[0]["dates"][0]["value"]), (&1.into(), &"2017-08-21".into()));
    assert_eq!(found[0]["dates"][0]["span"], serde_json::json!([3, 16]));
    assert_eq!(found[1]["dates"][0]["value"], "2017-08-21");
    assert!(dates.err.contains("-:2: no field `text`") && dates.err.contains("-:3: not JSON"), "{}", dates.err);
    assert!(done(folder.path(), &["dates", "أمس", "--published", "2017-08-22"]).starts_with("2017-08-21: أمس"));
    let names =
        fed(folder.path(), &["match", "--jsonl"], "{\"id\": 1, \"a\": \"سيرغي لافروف\", \"b\": \"سيرجي لافروف\"}\n".as_bytes());
    let judged: Value = serde_json::from_str(&names.out).unwrap();
    assert_eq!((&judged["id"], &judged["same"]), (&1.into(), &true.into()));
    assert_eq!(json(folder.path(), &["match", "محمد شكري", "محمود شكري", "--json"])["same"], false);
}

#[test]
fn explain_tells_what_was_taken_and_what_spoke_against() {
    let folder = examples_read();
    let text = "وقال وزير الخارجية الأردني زياد الحوراني أمس إن بلاده تؤيد الحوار. ولم يقل إن الاجتماع تأجل.";
    fs::write(folder.path().join("news.txt"), text).unwrap();
    let cue = text.chars().position(|c| c == 'ق').unwrap();
    let told = json(folder.path(), &["explain", &format!("news.txt:{cue}"), "--json"]);
    let rules = told["rules"].as_array().unwrap();
    let said = rules.iter().find(|r| r["taken"] == true && r["words"] == "قال").expect("the cue opens a statement");
    let part = |name: &str| said["parts"].as_array().unwrap().iter().find(|p| p["part"] == name).map(|p| p["words"].clone());
    assert_eq!(part("content"), Some("بلاده تؤيد الحوار".into()));
    assert_eq!(part("act support"), Some("تؤيد".into()));
    assert!(rules.iter().any(|r| r["taken"] == false), "{rules:?}");
    assert!(!told["words"].as_str().unwrap().contains("تأجل"), "the next sentence was not asked about");
    for r in rules {
        let [start, end] = [0, 1].map(|i| r["span"][i].as_u64().unwrap() as usize);
        assert_eq!(r["words"], text.chars().skip(start).take(end - start).collect::<String>());
    }
    let denied = done(folder.path(), &["explain", &format!("news.txt:{}", text.chars().count() - 5)]);
    assert!(denied.contains("because: the cue is denied"), "{denied}");
}

#[test]
fn explain_finds_its_report_in_a_file_of_many_or_in_the_record() {
    let folder = examples_read();
    fs::write(folder.path().join("many.jsonl"), many(3)).unwrap();
    let ran = run(folder.path(), &["explain", "many.jsonl"]);
    assert_eq!((ran.code, ran.err.contains("--id n0")), (Some(2), true), "{}", ran.err);
    assert!(done(folder.path(), &["explain", "many.jsonl", "--id", "n2", "--taken"]).contains("[n2:"));
    let report = json(folder.path(), &["show", "reports", "--json"])[0]["id"].as_str().unwrap().to_string();
    assert!(done(folder.path(), &["explain", &format!("{report}:10")]).contains(&format!("[{report}:")));
    let beyond = run(folder.path(), &["explain", &format!("{report}:999999")]);
    assert_eq!((beyond.code, beyond.err.contains("the text has")), (Some(2), true), "{}", beyond.err);
    let unknown = run(folder.path(), &["explain", "nowhere"]);
    assert_eq!((unknown.code, unknown.err.contains("musnad show reports")), (Some(1), true), "{}", unknown.err);
}

/// A record of reports with these ids and texts.
fn texts_read(texts: [(&str, String); 2]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let line = |(id, text): (&str, String)| serde_json::json!({"id": id, "published": "2019-03-05", "text": text}).to_string();
    fs::write(folder.path().join("texts.jsonl"), texts.map(line).join("\n")).unwrap();
    done(folder.path(), &["read", "texts.jsonl"]);
    folder
}

#[test]
fn an_outlet_is_one_body_however_reports_write_it() {
    let text = |id: &str, agency: &str| {
        format!("نقلت {agency} عن وزير الخارجية الأردني زياد الحوراني قوله إن المحادثات رقم {id} كانت مثمرة.")
    };
    let folder = texts_read([("a", text("a", "وكالة رويترز")), ("b", text("b", "رويترز"))]);
    let bodies = json(folder.path(), &["show", "bodies", "--json"]);
    let agencies: Vec<&Value> =
        bodies.as_array().unwrap().iter().filter(|b| b["name"].as_str().unwrap().contains("رويترز")).collect();
    assert_eq!(agencies.len(), 1, "{bodies}");
    assert_eq!(agencies[0]["reports"], 2);
}

#[test]
fn an_office_is_of_one_body_however_reports_write_it() {
    let text = |id: &str, body: &str| format!("قال المتحدث باسم {body} زياد الحوراني إن الجلسة رقم {id} كانت مثمرة.");
    let folder = texts_read([("a", text("a", "الجامعة العربية")), ("b", text("b", "جامعة الدول العربية"))]);
    let people = json(folder.path(), &["show", "people", "--json"]);
    let posts: Vec<&str> = people
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|p| p["posts"].as_array().unwrap())
        .map(|p| p["of"].as_str().unwrap())
        .collect();
    assert_eq!(posts, ["جامعة الدول العربية"], "{people}");
}
