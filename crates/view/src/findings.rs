//! What one report yields, as faces hand it out: spans in code points, one object a report.

use musnad_reading::{
    Act, ActorRef, DateValue, Dated, EventKind, Findings, InstrumentKind, MentionKind, Status, UndertakingKind,
};
use musnad_text::{Report, Span, Text};
use serde::Serialize;

/// A place in the text, in code points; `null` for one that is not in it.
type Points = Option<[usize; 2]>;

/// What one report yields.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct FindingsView {
    /// The report's id.
    pub id: String,
    pub persons: Vec<PersonView>,
    pub statements: Vec<StatementView>,
    pub events: Vec<EventView>,
    pub undertakings: Vec<UndertakingView>,
    pub instruments: Vec<InstrumentView>,
    /// Calendar expressions that the text and the day of publication settle.
    pub dates: Vec<DateView>,
    /// Those that they leave open.
    pub open_dates: Vec<OpenDateView>,
    pub mentions: Vec<MentionView>,
    /// What could not be read, and why.
    pub notes: Vec<NoteView>,
    /// Version of the reading: of the language data and the grammar.
    pub language: String,
}

/// A named person.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct PersonView {
    /// Fullest form in the report, without titles.
    pub name: String,
    pub forms: Vec<String>,
    pub mentions: Vec<Points>,
    pub offices: Vec<OfficeView>,
    pub rule: String,
}

/// A post that a person is said to hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct OfficeView {
    pub title: String,
    /// State or body, by common name.
    pub of: Option<String>,
    pub span: Points,
    pub rule: String,
}

/// A communication cue with its speakers and content.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct StatementView {
    pub speakers: Vec<String>,
    /// Who carried the words, outermost first.
    pub via: Vec<String>,
    pub cue: Points,
    /// The words that name the speaker, where the sentence has them.
    pub speaker: Points,
    pub content: Points,
    pub direct: bool,
    pub act: Act,
    /// The words that decided the act.
    pub act_words: Points,
    pub topics: Vec<String>,
    /// For each topic the words of the content that speak for it; none where it was carried over.
    pub topic_words: Vec<Vec<Points>>,
    /// Index into the events.
    pub occasion: Option<usize>,
    pub rule: String,
}

/// An encounter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct EventView {
    #[serde(rename = "type")]
    pub kind: EventKind,
    pub participants: Vec<String>,
    pub place: Option<String>,
    /// ISO 8601; `null` where it is not said or not settled.
    pub date: Option<String>,
    /// The words that give the date.
    pub date_span: Points,
    pub span: Points,
    pub mentions: Vec<Points>,
    pub status: Status,
    pub mechanism: Option<String>,
    pub ordinal: Option<u32>,
    pub rule: String,
}

/// What parties agreed or bound themselves to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct UndertakingView {
    pub actors: Vec<String>,
    pub kind: UndertakingKind,
    pub cue: Points,
    pub content: Points,
    pub rule: String,
}

/// A named instrument.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct InstrumentView {
    pub name: String,
    pub kind: InstrumentKind,
    pub span: Points,
    pub rule: String,
}

/// A calendar expression.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct DateView {
    pub span: Points,
    /// ISO 8601.
    pub value: String,
    pub calendar: String,
    pub rule: String,
}

/// A calendar expression that is not settled.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct OpenDateView {
    pub span: Points,
    pub why: String,
    pub calendar: String,
    pub rule: String,
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct MentionView {
    pub span: Points,
    #[serde(rename = "type")]
    pub kind: MentionKind,
    /// Common name.
    pub name: String,
    pub rule: String,
}

/// Something to know about the reading.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct NoteView {
    pub span: Points,
    pub what: String,
}

/// What `findings` say of `report`, whose text is `text`.
pub fn findings(report: &Report, text: &Text, findings: Findings) -> FindingsView {
    let points = |span: Span| text.as_str().get(span.start..span.end).map(|_| text.points(span));
    let all = |spans: Vec<Span>| spans.into_iter().map(points).collect();
    let (mut dates, mut open_dates) = (Vec::new(), Vec::new());
    for Dated { span, value, calendar, rule } in findings.dates {
        let span = points(span);
        match value {
            DateValue::Iso(value) => dates.push(DateView { span, value, calendar, rule }),
            DateValue::Unresolved(why) => open_dates.push(OpenDateView { span, why, calendar, rule }),
        }
    }
    FindingsView {
        id: report.id.clone(),
        persons: findings
            .persons
            .into_iter()
            .map(|p| PersonView {
                name: p.name,
                forms: p.forms,
                mentions: all(p.mentions),
                offices: p
                    .offices
                    .into_iter()
                    .map(|o| OfficeView { title: o.title, of: o.of, span: points(o.span), rule: o.rule })
                    .collect(),
                rule: p.rule,
            })
            .collect(),
        statements: findings
            .statements
            .into_iter()
            .map(|s| StatementView {
                speakers: names(s.speakers),
                via: names(s.via),
                cue: points(s.cue),
                speaker: s.speaker_span.and_then(points),
                content: points(s.content),
                direct: s.direct,
                act: s.act,
                act_words: points(s.act_words),
                topics: s.topics,
                topic_words: s.topic_words.into_iter().map(|w| w.into_iter().map(points).collect()).collect(),
                occasion: s.occasion,
                rule: s.rule,
            })
            .collect(),
        events: findings
            .events
            .into_iter()
            .map(|e| EventView {
                kind: e.kind,
                participants: names(e.participants),
                place: e.place,
                date: e.date.and_then(|date| match date {
                    DateValue::Iso(value) => Some(value),
                    DateValue::Unresolved(_) => None,
                }),
                date_span: e.date_span.and_then(points),
                span: points(e.span),
                mentions: all(e.mentions),
                status: e.status,
                mechanism: e.mechanism,
                ordinal: e.ordinal,
                rule: e.rule,
            })
            .collect(),
        undertakings: findings
            .undertakings
            .into_iter()
            .map(|u| UndertakingView {
                actors: names(u.actors),
                kind: u.kind,
                cue: points(u.cue),
                content: points(u.content),
                rule: u.rule,
            })
            .collect(),
        instruments: findings
            .instruments
            .into_iter()
            .map(|i| InstrumentView { name: i.name, kind: i.kind, span: points(i.span), rule: i.rule })
            .collect(),
        dates,
        open_dates,
        mentions: findings
            .mentions
            .into_iter()
            .map(|m| MentionView { span: points(m.span), kind: m.kind, name: m.name, rule: m.rule })
            .collect(),
        notes: findings.notes.into_iter().map(|n| NoteView { span: n.span.and_then(points), what: n.what }).collect(),
        language: findings.language,
    }
}

fn names(actors: Vec<ActorRef>) -> Vec<String> {
    actors.into_iter().map(|actor| actor.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use musnad_reading::{ActorKind, Event, Person, Statement};

    #[test]
    fn spans_become_code_points() {
        let report = Report { id: "r".into(), text: "قال شكري: «نعم» 😀 أمس".into(), ..Report::default() };
        let text = Text::new(report.text.clone());
        let at = |words: &str| report.text.find(words).map(|start| Span::new(start, start + words.len())).unwrap();
        let speaker = ActorRef { name: "سامح شكري".into(), kind: ActorKind::Person };
        let statement = Statement {
            speakers: vec![speaker.clone()],
            via: vec![],
            cue: at("قال"),
            speaker_span: Some(at("شكري")),
            content: at("نعم"),
            direct: true,
            act: Act::State,
            act_words: at("قال"),
            topics: vec!["syria".into()],
            topic_words: vec![vec![]],
            occasion: None,
            rule: "say".into(),
        };
        let event = Event {
            kind: EventKind::PressConference,
            participants: vec![speaker],
            place: None,
            date: Some(DateValue::Unresolved("no day of publication".into())),
            date_span: Some(at("أمس")),
            status: Status::Past,
            span: at("قال"),
            mentions: vec![Span::new(1, 900)],
            mechanism: None,
            ordinal: None,
            rule: "press".into(),
        };
        let person =
            Person {
                name: "سامح شكري".into(), forms: vec![], mentions: vec![at("شكري")], offices: vec![], rule: "n".into()
            };
        let date =
            Dated {
                span: at("أمس"), value: DateValue::Iso("2017-08-20".into()), calendar: "gregorian".into(), rule: "d".into()
            };
        let found = Findings {
            report: "r".into(),
            persons: vec![person],
            statements: vec![statement],
            events: vec![event],
            dates: vec![date],
            ..Findings::default()
        };
        let view = serde_json::to_value(findings(&report, &text, found)).unwrap();
        assert_eq!(view["persons"][0]["mentions"], serde_json::json!([[4, 8]]));
        assert_eq!(view["statements"][0]["content"], serde_json::json!([11, 14]));
        assert_eq!(view["statements"][0]["speakers"], serde_json::json!(["سامح شكري"]));
        assert_eq!(view["statements"][0]["act"], "state");
        assert_eq!(view["events"][0]["type"], "press_conference");
        assert!(view["events"][0]["date"].is_null() && view["events"][0]["mentions"][0].is_null());
        assert_eq!(
            view["dates"][0],
            serde_json::json!({"span": [18, 21], "value": "2017-08-20", "calendar": "gregorian", "rule": "d"})
        );
    }
}
