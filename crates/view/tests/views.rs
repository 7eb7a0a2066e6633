//! What faces show of a small record.

#[path = "../../record/tests/common/mod.rs"]
mod common;

use common::{Draft, body, person, state};
use musnad_reading::{EventKind, InstrumentKind};
use musnad_store::{Entry, Store};
use musnad_view::{
    Filter, Meant, Misnomer, bodies, events, export, export_json, instruments, meant, misnomers, page, people, reports, rounds,
    search, statements, states, topics, undertakings,
};
use proptest::prelude::*;
use serde_json::Value;

const SAID: &str = "ضرورة التوصل إلى حل سياسي شامل للأزمة يحفظ وحدة البلاد وسلامة أراضيها";

fn drafts() -> Vec<Draft> {
    let (shoukry, lavrov) = (person("سامح شكري"), person("سيرغي لافروف"));
    vec![
        Draft::new("r1", "الأولى", "2017-08-22")
            .title("مباحثات في موسكو")
            .person("سامح شكري", "وزير الخارجية", "مصر")
            .person("سيرغي لافروف", "وزير الخارجية", "روسيا")
            .instrument("الحوار الاستراتيجي", InstrumentKind::Mechanism)
            .event(EventKind::Meeting, &[shoukry.clone(), lavrov.clone()], "موسكو", "2017-08-21")
            .round("الحوار الاستراتيجي", Some(3))
            .statement(&shoukry, &[], SAID, "syria")
            .there(),
        Draft::new("r2", "الثانية", "2017-08-23").statement(&shoukry, &[body("وكالة أنباء")], SAID, "syria"),
        Draft::new("r3", "الثالثة", "2017-09-01")
            .person("أيمن الصفدي", "وزير الخارجية", "الأردن")
            .event(EventKind::Call, &[person("أيمن الصفدي"), shoukry.clone()], "", "2017-08-31")
            .statement(&person("أيمن الصفدي"), &[], "أهمية التنسيق", "bilateral")
            .undertaking(&[state("الأردن"), state("مصر")], "زيادة التبادل التجاري"),
    ]
}

fn record(drafts: &[Draft]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("r.musnad")).unwrap();
    let entries: Vec<Entry> = drafts.iter().map(|d| Entry::new(d.report.clone(), &d.contribution())).collect();
    store.put(&entries).unwrap();
    store.finish().unwrap();
    (folder, store)
}

fn filter(set: impl FnOnce(&mut Filter)) -> Filter {
    let mut filter = Filter::default();
    set(&mut filter);
    filter
}

fn between(a: &str, b: &str) -> Filter {
    filter(|f| f.between = Some((a.into(), b.into())))
}

#[test]
fn the_export_is_the_whole_record_with_evidence() {
    let drafts = drafts();
    let (_folder, store) = record(&drafts);
    let document = export(&store).unwrap();
    let lists = ["reports", "actors", "tenures", "statements", "events", "instruments", "rounds", "undertakings"];
    assert_eq!(document.as_object().unwrap().len(), lists.len());
    for list in lists {
        let items = document[list].as_array().unwrap();
        assert!(!items.is_empty(), "{list}");
        for item in items.iter().filter(|_| list != "reports") {
            assert!(item["id"].is_string());
            for e in item["evidence"].as_array().unwrap() {
                let report = drafts.iter().find(|d| d.report.id == e["report"].as_str().unwrap()).unwrap();
                let (start, end) = (e["start"].as_u64().unwrap() as usize, e["end"].as_u64().unwrap() as usize);
                let words: String = report.report.text.chars().skip(start).take(end - start).collect();
                assert_eq!(words, e["quote"].as_str().unwrap());
            }
        }
    }
    let fields = |list: &str, names: &[&str]| {
        for name in names {
            assert!(document[list][0].get(name).is_some(), "{list}.{name}");
        }
    };
    fields("actors", &["id", "name", "kind", "forms"]);
    fields("tenures", &["person", "title", "of", "first_seen", "last_seen"]);
    fields("statements", &["speakers", "via", "cue", "content", "direct", "act", "topics", "date", "occasion"]);
    fields("events", &["type", "participants", "place", "date", "status", "mechanism"]);
    fields("instruments", &["name", "kind"]);
    fields("rounds", &["mechanism", "ordinal", "place", "date"]);
    fields("undertakings", &["actors", "kind", "content"]);
    fields("reports", &["id", "source", "url", "published", "title", "text"]);
    let mut text = Vec::new();
    export_json(&store, &mut text).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), document);
}

#[test]
fn an_empty_record_exports_empty_lists() {
    let (_folder, store) = record(&[]);
    assert_eq!(export(&store).unwrap()["events"], Value::Array(Vec::new()));
}

#[test]
fn filters_let_through_what_they_say() {
    let (_folder, store) = record(&drafts());
    let all = Filter::default();
    assert_eq!(events(&store, &all).unwrap().len(), 2);
    assert_eq!(events(&store, &between("مصر", "روسيا")).unwrap()[0].place.as_deref(), Some("موسكو"));
    assert_eq!(events(&store, &between("شكرى", "روسيا")).unwrap().len(), 1);
    assert_eq!(events(&store, &between("الأردن", "روسيا")).unwrap().len(), 0);
    assert_eq!(events(&store, &between("شكري", "شكري")).unwrap().len(), 0, "nobody meets himself");
    assert_eq!(events(&store, &filter(|f| f.actor = Some("لا أحد".into()))).unwrap().len(), 0);
    assert_eq!(events(&store, &filter(|f| f.topic = Some("syria".into()))).unwrap().len(), 1);
    assert_eq!(events(&store, &filter(|f| f.since = Some("2017-08-30".into()))).unwrap().len(), 1);
    assert_eq!(statements(&store, &between("مصر", "روسيا")).unwrap().len(), 1);
    assert_eq!(statements(&store, &filter(|f| f.actor = Some("الصفدي".into()))).unwrap().len(), 1);
    assert_eq!(statements(&store, &filter(|f| f.actor = Some("وكالة أنباء".into()))).unwrap().len(), 1);
    let names = |f: &Filter| people(&store, f).unwrap().into_iter().map(|p| p.name).collect::<Vec<_>>();
    assert_eq!(names(&all).len(), 3);
    assert_eq!(names(&between("مصر", "روسيا")), ["سامح شكري", "سيرغي لافروف"]);
    assert_eq!(names(&filter(|f| f.actor = Some("الأردن".into()))), ["أيمن الصفدي"]);
    assert_eq!(names(&filter(|f| f.topic = Some("bilateral".into()))), ["أيمن الصفدي"]);
    assert_eq!(reports(&store, &filter(|f| f.actor = Some("لافروف".into()))).unwrap().len(), 1);
    assert_eq!(reports(&store, &filter(|f| f.topic = Some("syria".into()))).unwrap().len(), 2);
    assert_eq!(reports(&store, &filter(|f| f.until = Some("2017-08".into()))).unwrap().len(), 2);
    let topics = topics(&store, &all).unwrap();
    assert_eq!(topics.iter().map(|t| t.topic.as_str()).collect::<Vec<_>>(), ["bilateral", "syria"]);
    assert_eq!(topics[1].speakers, ["سامح شكري"]);
}

#[test]
fn a_wrong_post_drops_nothing_between_two_sides() {
    let (conti, shoukry, saber) = (person("ماركو كونتي"), person("سامح شكري"), person("أنور صابر"));
    let drafts = [
        Draft::new("r1", "الأولى", "2017-08-22")
            .person("سامح شكري", "وزير الخارجية", "مصر")
            .person("ماركو كونتي", "وزير الخارجية", "إيطاليا")
            .event(EventKind::Meeting, &[shoukry.clone(), conti.clone()], "روما", "2017-08-21")
            .statement(&conti, &[], SAID, "syria")
            .there(),
        // Misread: he is no Egyptian.
        Draft::new("r2", "الثانية", "2017-08-23")
            .person("ماركو كونتي", "الوزير", "مصر")
            .undertaking(&[state("مصر"), conti.clone()], "زيادة التبادل التجاري"),
        // A body of the state; and people of one side among themselves.
        Draft::new("r3", "الثالثة", "2017-08-24")
            .actor(&body("وزارة الخارجية المصرية"))
            .event(EventKind::Call, &[body("وزارة الخارجية المصرية"), conti.clone()], "", "2017-08-24")
            .event(EventKind::Visit, &[saber.clone(), shoukry.clone()], "روما", "2017-08-20")
            .statement(&shoukry, &[], "أهمية التنسيق مع ليبيا", "libya"),
    ];
    let (_folder, store) = record(&drafts);
    for pair in [between("مصر", "إيطاليا"), between("إيطاليا", "مصر")] {
        let met: Vec<_> = events(&store, &pair).unwrap().into_iter().map(|row| row.kind).collect();
        assert_eq!(met, [EventKind::Meeting, EventKind::Call]);
        let said = statements(&store, &pair).unwrap();
        assert_eq!(said.iter().map(|row| row.speakers.concat()).collect::<Vec<_>>(), ["ماركو كونتي"], "to the other side");
        assert_eq!(undertakings(&store, &pair).unwrap().len(), 1);
    }
    let egypt = bodies(&store, &filter(|f| f.actor = Some("مصر".into()))).unwrap();
    assert_eq!(egypt.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["وزارة الخارجية المصرية"]);
    let italy = states(&store, &Filter::default()).unwrap().into_iter().find(|row| row.name == "إيطاليا").unwrap();
    assert_eq!(italy.posts[0].person, "ماركو كونتي");
}

#[test]
fn actors_are_known_by_other_names() {
    let drafts = [
        Draft::new("r1", "الأولى", "2017-08-22").actor(&state("مصر")).person("سامح شكري", "وزير الخارجية", "مصر"),
        Draft::new("r2", "الثانية", "2017-08-23").person("سيرغي لافروف", "وزير الخارجية", "روسيا"),
        Draft::new("r3", "الثالثة", "2017-08-24").person("حسين إبراهيم", "", "").person("حسين كامل", "", ""),
        Draft::new("r4", "الرابعة", "2017-08-24").actor(&body("الأمم المتحدة")),
    ];
    let (_folder, store) = record(&drafts);
    let known = |name: &str| match meant(&store, name).unwrap() {
        Meant::Actors(ids) => Ok(ids.iter().map(|id| page(&store, id).unwrap().unwrap().label).collect::<Vec<_>>().join("، ")),
        Meant::Several(names) => Err(names.len()),
        Meant::Nobody => Err(0),
    };
    for (name, actor) in [
        ("Egypt", "مصر"),
        ("المصري", "مصر"),
        ("القاهرة", "مصر"),
        ("United Nations", "الأمم المتحدة"),
        ("Sergey Lavrov", "سيرغي لافروف"),
        ("Sergei Lavrov", "سيرغي لافروف"),
        ("Сергей Лавров", "سيرغي لافروف"),
        ("Lavrov", "سيرغي لافروف"),
        ("سيرجي لافروف", "سيرغي لافروف"),
        ("Sameh Shoukry", "سامح شكري"),
    ] {
        assert_eq!(known(name).as_deref(), Ok(actor), "{name}");
    }
    for nobody in ["Belgium", "البلجيكي", "John Kerry", "", "!"] {
        assert_eq!(known(nobody), Err(0), "{nobody}");
    }
    let asked = |a: &str, b: &str| misnomers(&store, &between(a, b)).unwrap();
    assert_eq!(asked("Egypt", "لافروف"), []);
    assert_eq!(asked("Egypt", "مصر"), [Misnomer::Same("Egypt".into(), "مصر".into())]);
    assert_eq!(asked("Egypt", "Nobody"), [Misnomer::Nobody("Nobody".into())]);
    assert_eq!(events(&store, &between("Egypt", "Nobody")).unwrap(), []);
}

#[test]
fn rows_hold_what_hangs_together() {
    let (_folder, store) = record(&drafts());
    let instrument = &instruments(&store, &Filter::default()).unwrap()[0];
    assert_eq!(instrument.rounds[0].ordinal, Some(3));
    let third = &rounds(&store, &between("مصر", "روسيا")).unwrap()[0];
    assert_eq!((third.mechanism.as_deref(), third.place.as_deref()), (Some("الحوار الاستراتيجي"), Some("موسكو")));
    assert_eq!(third.participants, ["سامح شكري", "سيرغي لافروف"]);
    assert!(rounds(&store, &between("مصر", "الأردن")).unwrap().is_empty());
    let jordan = states(&store, &Filter::default()).unwrap().into_iter().find(|row| row.name == "الأردن").unwrap();
    assert_eq!(jordan.posts[0].person, "أيمن الصفدي");
    let statement = &statements(&store, &filter(|f| f.topic = Some("syria".into()))).unwrap()[0];
    assert_eq!(statement.reports, 2);
    assert_eq!(statement.date.as_deref(), Some("2017-08-21"));
    let chain: Vec<&str> = statement.chain.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(chain, ["الثانية", "وكالة أنباء", "سامح شكري"]);
    let shoukry = people(&store, &Filter::default()).unwrap().into_iter().find(|p| p.name == "سامح شكري").unwrap();
    assert_eq!(shoukry.posts[0].title, "وزير الخارجية");
    assert_eq!(shoukry.posts[0].of.as_deref(), Some("مصر"));
}

#[test]
fn every_id_has_a_page() {
    let (_folder, store) = record(&drafts());
    let document = export(&store).unwrap();
    for (list, items) in document.as_object().unwrap() {
        for item in items.as_array().unwrap() {
            let page = page(&store, item["id"].as_str().unwrap()).unwrap().unwrap();
            assert_eq!(format!("{}s", page.kind), *list);
            assert!(!page.label.is_empty());
            assert!(page.evidence.is_empty() == (page.kind == "report"));
        }
    }
    let event = document["events"].as_array().unwrap().iter().find(|e| e["place"] == "موسكو").unwrap();
    let event = page(&store, event["id"].as_str().unwrap()).unwrap().unwrap();
    let mut roles: Vec<&str> = event.related.iter().map(|r| r.role).collect();
    roles.sort();
    assert_eq!(roles, ["encounter", "occasion", "participant", "participant"]);
    assert_eq!(page(&store, "e-0000000000000000").unwrap(), None);
    assert_eq!(page(&store, "nothing").unwrap(), None);
}

#[test]
fn hits_point_into_the_text() {
    let drafts = drafts();
    let (_folder, store) = record(&drafts);
    let hits = search(&store, "الأزمة", 10).unwrap();
    assert_eq!(hits.len(), 2);
    for hit in hits {
        let text = &drafts.iter().find(|d| d.report.id == hit.report).unwrap().report.text;
        let words: String = text.chars().skip(hit.start).take(hit.end - hit.start).collect();
        assert_eq!(words, "للأزمة");
        assert!(hit.snippet.contains("للأزمة"));
    }
    let headline = &search(&store, "مباحثات", 10).unwrap()[0];
    assert_eq!((headline.start, headline.end), (0, 0));
    assert_eq!(headline.title.as_deref(), Some("مباحثات في موسكو"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn the_export_does_not_depend_on_order_or_batches(
        order in Just(vec![0, 1, 2]).prop_shuffle(),
        cut in 0usize..3,
        between in any::<bool>(),
    ) {
        let drafts = drafts();
        let (_folder, whole) = record(&drafts);
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(folder.path().join("r.musnad")).unwrap();
        let entries: Vec<Entry> =
            order.iter().map(|&i| Entry::new(drafts[i].report.clone(), &drafts[i].contribution())).collect();
        store.put(&entries[..cut]).unwrap();
        if between {
            store.finish().unwrap();
        }
        store.put(&entries[cut..]).unwrap();
        store.finish().unwrap();
        let written = |store: &Store| {
            let mut text = Vec::new();
            export_json(store, &mut text).unwrap();
            text
        };
        prop_assert_eq!(written(&store), written(&whole));
    }
}
