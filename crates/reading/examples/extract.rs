//! Reads JSON Lines reports on standard input, writes findings in the yardstick's form. A development aid.
use std::io::BufRead;

fn main() {
    let language = musnad_language::Language::arabic();
    let reader = musnad_reading::Reader::new(&language);
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let report: musnad_text::Report = serde_json::from_str(&line).expect("a report a line");
        let f = reader.read(&report);
        let text = musnad_text::Text::new(report.text.clone());
        let p = |s: musnad_text::Span| text.points(s);
        let names = |v: &[musnad_reading::ActorRef]| v.iter().map(|a| a.name.clone()).collect::<Vec<_>>();
        let value = |d: &Option<musnad_reading::DateValue>| match d {
            Some(musnad_reading::DateValue::Iso(s)) => Some(s.clone()),
            _ => None,
        };
        let out = serde_json::json!({
            "id": report.id,
            "persons": f.persons.iter().map(|x| serde_json::json!({"name": x.name, "mentions": x.mentions.iter().map(|m| p(*m)).collect::<Vec<_>>(),
                "offices": x.offices.iter().map(|o| serde_json::json!({"title": o.title, "of": o.of})).collect::<Vec<_>>()})).collect::<Vec<_>>(),
            "statements": f.statements.iter().map(|s| serde_json::json!({"speakers": names(&s.speakers), "via": names(&s.via), "cue": p(s.cue),
                "content": p(s.content), "direct": s.direct, "act": s.act, "topics": s.topics, "rule": s.rule})).collect::<Vec<_>>(),
            "events": f.events.iter().map(|e| serde_json::json!({"type": e.kind, "participants": names(&e.participants), "place": e.place,
                "date": value(&e.date), "span": p(e.span), "status": e.status, "mechanism": e.mechanism, "ordinal": e.ordinal, "rule": e.rule})).collect::<Vec<_>>(),
            "undertakings": f.undertakings.iter().map(|u| serde_json::json!({"actors": names(&u.actors), "kind": u.kind, "content": p(u.content), "rule": u.rule})).collect::<Vec<_>>(),
            "instruments": f.instruments.iter().map(|i| serde_json::json!({"name": i.name, "kind": i.kind, "span": p(i.span), "rule": i.rule})).collect::<Vec<_>>(),
            "dates": f.dates.iter().map(|d| serde_json::json!({"span": p(d.span), "value": value(&Some(d.value.clone())), "rule": d.rule})).collect::<Vec<_>>(),
            "mentions": f.mentions.iter().map(|m| serde_json::json!({"span": p(m.span), "type": m.kind, "name": m.name})).collect::<Vec<_>>(),
        });
        println!("{out}");
    }
}
