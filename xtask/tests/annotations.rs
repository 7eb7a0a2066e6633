//! The annotated reports are well formed, and hold no text.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn records(set: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../eval/reports").join(format!("{set}.jsonl"));
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(set: &str) -> BTreeSet<String> {
    records(set).iter().map(|r| r["id"].as_str().unwrap().to_string()).collect()
}

/// Every value under one of these keys, however deep.
fn under<'v>(value: &'v Value, keys: &[&str], out: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(k, v)| {
            if keys.contains(&k.as_str()) {
                out.push(v);
            }
            under(v, keys, out);
        }),
        Value::Array(items) => items.iter().for_each(|v| under(v, keys, out)),
        _ => {}
    }
}

#[test]
fn the_half_that_is_kept_apart_shares_nothing_with_the_other() {
    let (work, apart) = (ids("work"), ids("apart"));
    assert_eq!((records("work").len(), records("apart").len()), (work.len(), apart.len()), "an id stands twice");
    assert!(work.is_disjoint(&apart));
    let all: BTreeSet<_> = work.union(&apart).collect();
    assert!(all.len() >= 120 && all.iter().filter(|id| id.starts_with("ant-")).count() >= 40);
    assert!(work.len() >= 60 && apart.len() >= 60);
    assert_eq!(ids("first"), ids("second"));
    assert!(ids("first").iter().all(|id| all.contains(id)));
}

#[test]
fn places_are_offsets_and_labels_are_those_of_the_rules() {
    let acts = ["state", "support", "request", "accuse", "reject", "warn", "promise", "concern"];
    let kinds = ["agreed", "committed", "agreement", "resolution", "mechanism", "plan"];
    let types = ["meeting", "call", "visit", "press_conference", "letter", "signing", "conference", "negotiation"];
    for record in ["work", "apart", "first", "second"].map(records).iter().flatten() {
        let [mut spans, mut act, mut kind, mut event] = [const { Vec::new() }; 4];
        under(record, &["span", "cue", "content"], &mut spans);
        under(record, &["act"], &mut act);
        under(record, &["kind"], &mut kind);
        under(record, &["type"], &mut event);
        for span in spans {
            let [start, end] = [0, 1].map(|i| span[i].as_u64().unwrap());
            assert!(start < end, "{}: {span}", record["id"]);
        }
        assert!(act.iter().all(|a| acts.contains(&a.as_str().unwrap())), "{}", record["id"]);
        assert!(kind.iter().all(|k| kinds.contains(&k.as_str().unwrap())), "{}", record["id"]);
        assert!(event.iter().all(|e| types.contains(&e.as_str().unwrap())), "{}", record["id"]);
    }
}

#[test]
fn no_annotation_carries_the_text_of_its_report() {
    fn longest(value: &Value) -> usize {
        match value {
            Value::String(s) => s.split_whitespace().count(),
            Value::Array(items) => items.iter().map(longest).max().unwrap_or(0),
            Value::Object(fields) => fields.values().map(longest).max().unwrap_or(0),
            _ => 0,
        }
    }
    for record in ["work", "apart", "first", "second"].map(records).iter().flatten() {
        assert!(longest(record) <= 15, "{}: a label of {} words", record["id"], longest(record));
    }
}
