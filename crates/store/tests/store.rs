//! The record file: repetition, interruption, refusal, search, soundness.

#[path = "../../record/tests/common/mod.rs"]
mod common;

use common::{Draft, person, state};
use musnad_reading::{EventKind, InstrumentKind};
use musnad_record::{Actor, Event, FactKind, Role, Statement};
use musnad_store::{Between, Entry, Error, Selection, Standing, Store};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::BTreeSet;
use std::path::Path;

const SAID: &str = "ضرورة التوصل إلى حل سياسي شامل للأزمة يحفظ وحدة البلاد وسلامة أراضيها";

fn drafts() -> Vec<Draft> {
    let pair = [person("سامح شكري"), person("سيرغي لافروف")];
    vec![
        Draft::new("a", "الأولى", "2017-08-22")
            .title("مباحثات في موسكو")
            .person("سامح شكري", "وزير الخارجية", "مصر")
            .person("سيرغي لافروف", "وزير الخارجية", "روسيا")
            .event(EventKind::Meeting, &pair, "موسكو", "2017-08-21")
            .statement(&pair[0], &[], SAID, "syria")
            .there(),
        Draft::new("b", "الثانية", "2017-08-23")
            .text("عقدت المباحثات في القاهرة قبل التوجه إلي موسكو.")
            .event(EventKind::Meeting, &pair, "", "2017-08-21")
            .statement(&pair[0], &[], SAID, "syria")
            .instrument("اتفاق الصخيرات", InstrumentKind::Agreement),
        Draft::new("c", "الثالثة", "")
            .person("لافروف", "الوزير", "روسيا")
            .undertaking(&[state("مصر"), state("روسيا")], "زيادة التبادل التجاري"),
    ]
}

fn entry(draft: &Draft) -> Entry {
    Entry::new(draft.report.clone(), &draft.contribution())
}

fn entries(drafts: &[Draft]) -> Vec<Entry> {
    drafts.iter().map(entry).collect()
}

/// All rows of all tables but the full-text index's own, which follow from the reports.
fn dump(path: &Path) -> Vec<String> {
    let db = Connection::open(path).unwrap();
    let names: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut rows = Vec::new();
    for name in names.iter().filter(|n| *n != "search") {
        let mut statement = db.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let width = statement.column_count();
        let mut found = statement.query([]).unwrap();
        let mut of_table = Vec::new();
        while let Some(row) = found.next().unwrap() {
            let values: Vec<Value> = (0..width).map(|i| row.get(i).unwrap()).collect();
            of_table.push(format!("{name} {values:?}"));
        }
        of_table.sort();
        rows.extend(of_table);
    }
    rows
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn reading_the_same_again_changes_nothing() {
    let folder = folder();
    let path = folder.path().join("r.musnad");
    let mut store = Store::create(&path).unwrap();
    assert!(store.put(&entries(&drafts())).unwrap().iter().all(|s| *s == Standing::New));
    store.finish().unwrap();
    let before = dump(&path);
    assert!(store.put(&entries(&drafts())).unwrap().iter().all(|s| *s == Standing::Same));
    store.finish().unwrap();
    drop(store);
    let mut store = Store::create(&path).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    drop(store);
    assert_eq!(dump(&path), before);
}

#[test]
fn facts_do_not_depend_on_the_order_or_number_of_runs() {
    let folder = folder();
    let facts = |path: &Path| -> Vec<String> {
        let facts = dump(path).into_iter().filter(|row| !row.starts_with("report ") && !row.starts_with("search_"));
        facts.collect()
    };
    let once = folder.path().join("once.musnad");
    let mut store = Store::create(&once).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    let often = folder.path().join("often.musnad");
    for draft in drafts().iter().rev() {
        let mut store = Store::create(&often).unwrap();
        store.put(&[entry(draft)]).unwrap();
        store.finish().unwrap();
    }
    assert_eq!(facts(&once), facts(&often));
}

#[test]
fn a_run_that_was_cut_short_is_made_up_for() {
    let folder = folder();
    let (cut, whole) = (folder.path().join("cut.musnad"), folder.path().join("whole.musnad"));
    let drafts = drafts();
    let mut store = Store::create(&cut).unwrap();
    store.put(&[entry(&drafts[0])]).unwrap();
    // Killed: neither finished nor closed.
    std::mem::forget(store);
    let store = Store::open(&cut).unwrap();
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(store.facts::<Event>(&Selection::default(), false).unwrap().len(), 1);
    assert_eq!(store.standing(&drafts[0].report, "v1").unwrap(), Standing::Same);
    assert_eq!(store.standing(&drafts[1].report, "v1").unwrap(), Standing::New);
    drop(store);
    for path in [&cut, &whole] {
        let mut store = Store::create(path).unwrap();
        store.put(&entries(&drafts)).unwrap();
        store.finish().unwrap();
    }
    assert_eq!(dump(&cut), dump(&whole));
}

#[test]
fn a_file_whose_creation_was_cut_short_is_created() {
    let folder = folder();
    let path = folder.path().join("r.musnad");
    Connection::open(&path).unwrap().pragma_update(None, "journal_mode", "WAL").unwrap();
    Store::create(&path).unwrap().put(&entries(&drafts())).unwrap();
    std::fs::write(folder.path().join("empty.musnad"), "").unwrap();
    Store::create(folder.path().join("empty.musnad")).unwrap();
}

#[test]
fn other_files_are_refused_untouched() {
    let folder = folder();
    let path = folder.path().join("other.db");
    assert!(matches!(Store::open(&path), Err(Error::Missing { .. })));
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    let before = std::fs::read(&path).unwrap();
    for open in [Store::open(&path), Store::create(&path)] {
        assert!(matches!(open, Err(Error::NotARecord { .. })));
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "not a database ".repeat(100)).unwrap();
    let refusal = Store::create(&text).err().unwrap();
    assert!(matches!(refusal, Error::NotARecord { .. }));
    assert!(refusal.to_string().contains("notes.txt"));
}

#[test]
fn a_record_of_a_later_version_is_refused() {
    let folder = folder();
    let path = folder.path().join("r.musnad");
    drop(Store::create(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Store::open(&path), Err(Error::Newer { found: 99, .. })));
}

#[test]
fn another_text_under_a_known_id_stays_out() {
    let folder = folder();
    let path = folder.path().join("r.musnad");
    let mut store = Store::create(&path).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    let before = dump(&path);
    let other = Draft::new("a", "الأولى", "2017-08-22").text("نص آخر");
    assert_eq!(store.put(&[entry(&other)]).unwrap(), [Standing::Conflict(vec!["text"])]);
    let mut dated = drafts().swap_remove(0);
    dated.report.published = Some("1999-01-01".into());
    assert_eq!(store.put(&[entry(&dated)]).unwrap(), [Standing::Conflict(vec!["published"])]);
    store.finish().unwrap();
    assert_eq!(dump(&path), before);
}

#[test]
fn a_report_that_says_more_or_was_read_with_other_data_is_read_again() {
    let folder = folder();
    let mut store = Store::create(folder.path().join("r.musnad")).unwrap();
    store.put(&entries(&drafts())).unwrap();
    let mut dated = drafts().swap_remove(2);
    dated.report.published = Some("2017-08-25".into());
    assert_eq!(store.put(&[entry(&dated)]).unwrap(), [Standing::Fuller]);
    assert_eq!(store.report("c").unwrap().unwrap().published.as_deref(), Some("2017-08-25"));
    // The one without a day knows nothing more.
    assert_eq!(store.put(&[entry(&drafts()[2])]).unwrap(), [Standing::Same]);
    let newer = drafts().swap_remove(0).version("v2");
    assert_eq!(store.standing(&newer.report, "v2").unwrap(), Standing::Outdated);
    assert_eq!(store.put(&[entry(&newer)]).unwrap(), [Standing::Outdated]);
    store.finish().unwrap();
    assert_eq!(store.standing(&newer.report, "v2").unwrap(), Standing::Same);
    assert_eq!(store.report_count().unwrap(), 3);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn search_finds_every_form_of_a_word() {
    let folder = folder();
    let mut store = Store::create(folder.path().join("r.musnad")).unwrap();
    store.put(&entries(&drafts())).unwrap();
    let found =
        |question: &str| -> Vec<String> { store.search(question, 10).unwrap().into_iter().map(|f| f.report.id).collect() };
    let mut both = found("مباحثات");
    both.sort();
    assert_eq!(both, ["a", "b"], "in a headline and with its article");
    let mut both = found("إلي القاهرة");
    both.extend(found("إلى القاهره"));
    assert_eq!(both, ["b", "b"], "the report has إلي, and القاهرة");
    assert_eq!(found("\"التوجه إلى موسكو\""), ["b"]);
    assert_eq!(found("«موسكو إلى»"), [""; 0]);
    assert_eq!(found("الاتفاق"), ["b"]);
    assert_eq!(found("والتبادل"), ["c"], "with a clitic of the question");
    assert_eq!(found("التجارية"), ["c"]);
    for odd in ["", "   ", "\"", "* AND NOT (", "word:x", "؟!", "\u{0}"] {
        assert!(found(odd).is_empty(), "{odd:?}");
    }
    let hit = &store.search("القاهره", 10).unwrap()[0];
    assert_eq!(&hit.report.text[hit.spans[0].start..hit.spans[0].end], "القاهرة");
}

#[test]
fn actors_are_found_by_any_name_and_with_their_ministers() {
    let folder = folder();
    let mut store = Store::create(folder.path().join("r.musnad")).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    let names = |ids: BTreeSet<String>| -> Vec<String> {
        let mut names: Vec<String> = ids.iter().map(|id| store.fact::<Actor>(id).unwrap().unwrap().fact.value.name).collect();
        names.sort();
        names
    };
    let named = |name: &str| names(store.actors_named(name).unwrap());
    assert_eq!(named("لافروف"), ["سيرغي لافروف"]);
    assert_eq!(named("سيرغى لافروف"), ["سيرغي لافروف"]);
    assert_eq!(named("روسيا"), ["روسيا"]);
    assert!(named("سامح").is_empty() && named("بيلاروسيا").is_empty() && named("").is_empty());
    assert_eq!(names(store.actors_with("سامح").unwrap()), ["سامح شكري"]);
    let russia = store.actors_named("روسيا").unwrap();
    let ministers = store.holders(russia.first().unwrap()).unwrap();
    assert_eq!(names(ministers.clone()), ["سيرغي لافروف"]);
    let russia = Selection { actors: vec![ministers], roles: vec![Role::Participant], ..Selection::default() };
    assert_eq!(store.facts::<Event>(&russia, true).unwrap()[0].reports, 2);
    assert_eq!(store.facts::<Statement>(&russia, false).unwrap().len(), 1, "by its occasion");
}

#[test]
fn who_stands_on_both_sides_is_but_one_of_two() {
    let folder = folder();
    let mut store = Store::create(folder.path().join("r.musnad")).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    let ids = |names: &[&str]| -> BTreeSet<String> { names.iter().flat_map(|name| store.actors_named(name).unwrap()).collect() };
    let met = |a: &[&str], b: &[&str]| {
        let roles = vec![Role::Participant];
        let between = Between { sides: [ids(a), ids(b)], lead: roles.clone(), other: roles };
        store.facts::<Event>(&Selection { between: Some(between), ..Selection::default() }, false).unwrap().len()
    };
    assert_eq!(met(&["شكري"], &["لافروف"]), 1);
    assert_eq!(met(&["لافروف"], &["شكري"]), 1);
    assert_eq!(met(&["شكري", "لافروف"], &["لافروف"]), 1);
    assert_eq!(met(&["شكري", "لافروف"], &["شكري", "لافروف"]), 1);
    assert_eq!(met(&["شكري"], &["شكري"]), 0);
    assert_eq!(met(&["شكري"], &["مصر"]), 0);
}

#[test]
fn ids_are_found_by_how_they_begin() {
    let folder = folder();
    let mut store = Store::create(folder.path().join("r.musnad")).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    let event = store.facts::<Event>(&Selection::default(), false).unwrap().remove(0).fact.id;
    assert_eq!(store.ids_beginning(&event[..6], 9).unwrap(), [event]);
    assert_eq!(store.ids_beginning("b", 9).unwrap(), ["b"]);
    assert_eq!(store.ids_beginning("a", 2).unwrap().len(), 2, "the report a, and actors");
    assert!(store.ids_beginning("%", 9).unwrap().is_empty());
}

#[test]
fn a_reading_by_another_version_leaves_nothing_behind() {
    let folder = folder();
    let (again, fresh) = (folder.path().join("again.musnad"), folder.path().join("fresh.musnad"));
    // What the old version found: other people, another meeting, more than the new one finds.
    let old = |draft: &Draft| -> Entry {
        let mut old = Draft::new("x", "", "")
            .text(&draft.report.text)
            .person("يوسف الشاهد", "رئيس الحكومة", "تونس")
            .event(EventKind::Visit, &[person("يوسف الشاهد")], "تونس", "2017-01-01")
            .version("v0");
        old.report.text.clone_from(&draft.report.text);
        let contribution = Draft { report: old.report, findings: old.findings }.contribution();
        Entry::new(draft.report.clone(), &musnad_record::Contribution { report: draft.report.id.clone(), ..contribution })
    };
    let mut store = Store::create(&again).unwrap();
    store.put(&drafts().iter().map(old).collect::<Vec<_>>()).unwrap();
    store.finish().unwrap();
    assert_eq!(store.outdated("v1", "", 2).unwrap(), ["a", "b"]);
    assert_eq!(store.outdated("v1", "b", 2).unwrap(), ["c"]);
    // A report of which the record knows the day is not put without.
    let mut undated = drafts().swap_remove(0);
    undated.report.published = None;
    assert_eq!(store.standing(&undated.report, "v1").unwrap(), Standing::Outdated);
    assert_eq!(store.put(&[entry(&undated)]).unwrap(), [Standing::Same]);
    assert_eq!(store.put(&entries(&drafts())).unwrap(), vec![Standing::Outdated; 3]);
    store.finish().unwrap();
    assert!(store.outdated("v1", "", 9).unwrap().is_empty());
    assert!(store.actors_named("يوسف الشاهد").unwrap().is_empty());
    drop(store);
    let mut store = Store::create(&fresh).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    drop(store);
    // The full-text index keeps what was deleted until it merges its pages.
    let rows = |path: &Path| dump(path).into_iter().filter(|row| !row.starts_with("search_")).collect::<Vec<_>>();
    assert_eq!(rows(&again), rows(&fresh));
}

#[test]
fn days_select_by_the_own_date_else_by_publication() {
    let folder = folder();
    let mut store = Store::create(folder.path().join("r.musnad")).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    let count = |since: &str, until: &str| {
        let some = |s: &str| (!s.is_empty()).then(|| s.to_string());
        let selection = Selection { since: some(since), until: some(until), ..Selection::default() };
        store.facts::<Event>(&selection, false).unwrap().len()
    };
    assert_eq!(count("2017-08-21", "2017-08-21"), 1);
    assert_eq!(count("2017-08-22", ""), 0, "published later, but it was on the 21st");
    assert_eq!(count("2017", "2017-08"), 1);
    assert_eq!(count("", "2017-07"), 0);
}

#[test]
fn a_check_finds_words_that_do_not_stand_in_their_report() {
    let folder = folder();
    let path = folder.path().join("r.musnad");
    let mut store = Store::create(&path).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    assert_eq!(store.check().unwrap(), []);
    let db = Connection::open(&path).unwrap();
    db.execute("UPDATE report SET text = replace(text, 'شامل', 'كامل') WHERE id = 'a'", []).unwrap();
    let problems = store.check().unwrap();
    assert!(!problems.is_empty());
    assert!(problems.iter().all(|p| p.what.contains("report a")));
}

#[test]
fn every_table_and_column_is_documented() {
    let folder = folder();
    let path = folder.path().join("r.musnad");
    drop(Store::create(&path).unwrap());
    let page = include_str!("../../../docs/record-file.md");
    let db = Connection::open(&path).unwrap();
    let sql = "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c
               WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'search_%'
               AND c.hidden = 0 ORDER BY 1, c.cid";
    let mut statement = db.prepare(sql).unwrap();
    let columns = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    let mut missing = Vec::new();
    for column in columns {
        let (table, column) = column.unwrap();
        let section = page.split("\n### ").find(|s| s.starts_with(&format!("`{table}`")));
        if !section.is_some_and(|s| s.contains(&format!("`{column}`"))) {
            missing.push(format!("{table}.{column}"));
        }
    }
    assert!(missing.is_empty(), "docs/record-file.md does not describe {missing:?}");
    assert!(page.contains("1297305156") && page.contains(&format!("schema version {}", musnad_store::SCHEMA_VERSION)));
}

#[test]
fn counts_are_told_by_kind() {
    let folder = folder();
    let mut store = Store::create(folder.path().join("r.musnad")).unwrap();
    store.put(&entries(&drafts())).unwrap();
    store.finish().unwrap();
    let counts = store.counts().unwrap();
    assert_eq!(counts[&FactKind::Event], 1);
    assert_eq!(counts[&FactKind::Statement], 1);
    assert_eq!(store.counts_of("b").unwrap()[&FactKind::Instrument], 1);
}
