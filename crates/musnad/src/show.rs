use crate::failure::{Done, Failure};
use crate::output::{Out, complain, word};
use crate::record::RecordArg;
use crate::summary;
use musnad_store::Store;
use musnad_view::{self as view, Filter};
use serde::Serialize;
use std::io;

/// Show what a record holds: its facts in lists, or all that is known under one id
#[derive(clap::Args)]
pub struct Args {
    /// people, events, statements, instruments, rounds, undertakings, topics, reports, or the id of a fact or report
    #[arg(value_name = "WHAT")]
    what: Option<String>,
    #[command(flatten)]
    record: RecordArg,
    /// Only what two actors have a part in
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    between: Option<Vec<String>>,
    /// Only what one actor has a part in: a person, state or body, by any form of its name
    #[arg(long, value_name = "A")]
    actor: Option<String>,
    /// Only what is on a topic
    #[arg(long, value_name = "T")]
    topic: Option<String>,
    /// Only from a day, month or year on (2017-08-21, 2017-08, 2017)
    #[arg(long, value_name = "D", value_parser = date)]
    since: Option<String>,
    /// Only up to a day, month or year
    #[arg(long, value_name = "D", value_parser = date)]
    until: Option<String>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// How many of the most frequent the overview names.
const MOST: usize = 10;

pub fn run(args: Args) -> Done {
    let filter = Filter {
        between: args.between.and_then(|names| names.try_into().ok()).map(|[a, b]: [String; 2]| (a, b)),
        actor: args.actor,
        topic: args.topic,
        since: args.since,
        until: args.until,
    };
    let list = args.what.as_deref().and_then(|what| LISTS.iter().find(|(name, _)| *name == what));
    if list.is_none() && filter != Filter::default() {
        return Err(Failure::Use(
            "filters go with a list: musnad show events --actor …; the lists are in `musnad show --help`".into(),
        ));
    }
    let store = args.record.open()?;
    let mut out = Out::stdout();
    match (&args.what, list) {
        (_, Some((_, list))) => {
            known(&store, &filter)?;
            list(&mut out, &store, &filter, args.json)?;
        }
        (Some(id), None) => one(&mut out, &store, id, args.json)?,
        (None, None) => {
            let holds = view::overview(&store, MOST)?;
            let heading = "the record holds";
            if args.json { out.json(&holds)? } else { summary::print(&mut out, heading, &holds)? }
        }
    }
    Ok(out.close()?)
}

/// A day, month or year.
fn date(given: &str) -> Result<String, String> {
    let fill = "0000-01-01";
    let whole = format!("{given}{}", fill.get(given.len()..).unwrap_or_default());
    let shaped = matches!(given.len(), 4 | 7 | 10) && given.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match whole.parse::<jiff::civil::Date>() {
        Ok(_) if shaped => Ok(given.to_string()),
        _ => Err("write a day as 2017-08-21, a month as 2017-08, a year as 2017".to_string()),
    }
}

/// Whether the record knows what the filter names.
fn known(store: &Store, filter: &Filter) -> Done {
    let unknown = view::unknown_actors(store, filter)?;
    if !unknown.is_empty() {
        let names = unknown.join(", ");
        return Err(Failure::Nothing(format!("no one in the record is named {names}; `musnad show people` lists the names")));
    }
    if let Some(topic) = &filter.topic {
        let topics = view::topics(store, &Filter::default())?;
        if !topics.iter().any(|row| row.topic == *topic) {
            let names = topics.into_iter().map(|row| row.topic).collect::<Vec<_>>().join(", ");
            return Err(Failure::Nothing(format!("the record has nothing on the topic {topic}; it has: {names}")));
        }
    }
    Ok(())
}

type List = fn(&mut Out, &Store, &Filter, bool) -> Done;

/// The lists that a record has.
const LISTS: [(&str, List); 8] = [
    ("people", |out, store, filter, json| list(out, json, view::people(store, filter)?, person)),
    ("events", |out, store, filter, json| list(out, json, view::events(store, filter)?, event)),
    ("statements", |out, store, filter, json| list(out, json, view::statements(store, filter)?, statement)),
    ("instruments", |out, store, filter, json| list(out, json, view::instruments(store, filter)?, instrument)),
    ("rounds", |out, store, filter, json| list(out, json, view::rounds(store, filter)?, round)),
    ("undertakings", |out, store, filter, json| list(out, json, view::undertakings(store, filter)?, undertaking)),
    ("topics", |out, store, filter, json| list(out, json, view::topics(store, filter)?, topic)),
    ("reports", |out, store, filter, json| list(out, json, view::reports(store, filter)?, report)),
];

fn list<R: Serialize>(out: &mut Out, json: bool, rows: Vec<R>, print: fn(&mut Out, &R) -> io::Result<()>) -> Done {
    if json {
        out.json(&rows)?;
        return Ok(());
    }
    rows.iter().try_for_each(|row| print(out, row))?;
    if rows.is_empty() {
        complain("note", "the record has none of these");
    }
    Ok(())
}

fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// `3, 2017-08-21 to 2017-08-24`.
fn support(out: &mut Out, reports: usize, first: Option<&str>, last: Option<&str>) -> io::Result<()> {
    let count = reports.to_string();
    match (first, last) {
        (Some(first), Some(last)) if first != last => out.field("reports", &[&count, &format!("{first} to {last}")]),
        (Some(day), _) | (None, Some(day)) => out.field("reports", &[&count, day]),
        (None, None) => out.field("reports", &[&count]),
    }
}

fn person(out: &mut Out, row: &view::PersonRow) -> io::Result<()> {
    out.heading("person", &[&row.name])?;
    for post in &row.posts {
        out.field("post", &std::iter::once(post.title.as_str()).chain(post.of.as_deref()).collect::<Vec<_>>())?;
    }
    let others: Vec<&str> = row.forms.iter().map(String::as_str).filter(|form| *form != row.name).collect();
    out.field("also", &others)?;
    support(out, row.reports, row.first_seen.as_deref(), row.last_seen.as_deref())?;
    out.field("id", &[&row.id])
}

fn event(out: &mut Out, row: &view::EventRow) -> io::Result<()> {
    out.heading(&word(&row.kind), &strs(&row.participants))?;
    out.maybe("date", row.date.as_deref())?;
    out.maybe("place", row.place.as_deref())?;
    out.field("status", &[&word(&row.status)])?;
    out.maybe("of", row.mechanism.as_deref())?;
    out.maybe("round", row.ordinal.map(|n| n.to_string()).as_deref())?;
    support(out, row.reports, row.reported.as_deref(), None)?;
    out.field("id", &[&row.id])
}

fn statement(out: &mut Out, row: &view::StatementRow) -> io::Result<()> {
    out.heading("statement", &strs(&row.speakers))?;
    out.field("act", &[&word(&row.act)])?;
    out.field("cue", &[&row.cue])?;
    out.field(if row.direct { "quoted" } else { "content" }, &[&row.content])?;
    out.field("topics", &strs(&row.topics))?;
    out.maybe("date", row.date.as_deref())?;
    out.maybe("said at", row.occasion.as_deref())?;
    out.field("known through", &row.chain.iter().map(|link| link.name.as_str()).collect::<Vec<_>>())?;
    support(out, row.reports, row.reported.as_deref(), None)?;
    out.field("id", &[&row.id])
}

fn instrument(out: &mut Out, row: &view::InstrumentRow) -> io::Result<()> {
    out.heading(&word(&row.kind), &[&row.name])?;
    for round in &row.rounds {
        let ordinal = round.ordinal.map(|n| n.to_string());
        out.field("round", &[&ordinal, &round.place, &round.date].into_iter().flatten().map(String::as_str).collect::<Vec<_>>())?;
    }
    support(out, row.reports, row.first_seen.as_deref(), row.last_seen.as_deref())?;
    out.field("id", &[&row.id])
}

fn round(out: &mut Out, row: &view::RoundRow) -> io::Result<()> {
    out.heading("round", &row.mechanism.iter().map(String::as_str).collect::<Vec<_>>())?;
    out.maybe("number", row.ordinal.map(|n| n.to_string()).as_deref())?;
    out.maybe("date", row.date.as_deref())?;
    out.maybe("place", row.place.as_deref())?;
    support(out, row.reports, None, None)?;
    out.field("id", &[&row.id])
}

fn undertaking(out: &mut Out, row: &view::UndertakingRow) -> io::Result<()> {
    out.heading(&word(&row.kind), &strs(&row.actors))?;
    out.field("content", &[&row.content])?;
    support(out, row.reports, row.reported.as_deref(), None)?;
    out.field("id", &[&row.id])
}

fn topic(out: &mut Out, row: &view::TopicRow) -> io::Result<()> {
    out.heading("topic", &[&row.topic])?;
    out.field("statements", &[&row.statements.to_string()])?;
    out.field("speakers", &strs(&row.speakers))?;
    out.maybe("first", row.first.as_deref())?;
    out.maybe("last", row.last.as_deref())
}

fn report(out: &mut Out, row: &view::ReportRow) -> io::Result<()> {
    out.heading("report", &[row.title.as_deref().unwrap_or(&row.id)])?;
    out.maybe("source", row.source.as_deref())?;
    out.maybe("published", row.published.as_deref())?;
    out.maybe("url", row.url.as_deref())?;
    for (kind, count) in &row.facts {
        out.field(kind, &[&count.to_string()])?;
    }
    out.field("id", &[&row.id])
}

/// All that is known under one id.
fn one(out: &mut Out, store: &Store, id: &str, json: bool) -> Done {
    let Some(page) = view::page(store, id)? else {
        let lists = LISTS.map(|(name, _)| name).join(", ");
        return Err(Failure::Nothing(format!("the record has nothing under the id {id}; the lists are: {lists}")));
    };
    if json {
        return Ok(out.json(&page)?);
    }
    out.heading(page.kind, &[&page.label])?;
    out.field("id", &[&page.id])?;
    for (name, value) in page.value.as_object().into_iter().flatten().filter(|(name, _)| *name != "id") {
        match (name.as_str(), value) {
            ("text", serde_json::Value::String(text)) => {
                out.line("  text:")?;
                out.text(text)?;
            }
            _ => field(out, name, value)?,
        }
    }
    for evidence in &page.evidence {
        out.passage(&evidence.report, [evidence.start, evidence.end], &evidence.quote)?;
        let chain: Vec<&str> = evidence.chain.iter().map(|link| link.name.as_str()).collect();
        out.field("known through", &chain)?;
        out.field("found by", &[&evidence.rule])?;
    }
    for related in &page.related {
        out.field(&format!("{} {}", related.role, related.id), &[&related.label])?;
    }
    Ok(())
}

fn field(out: &mut Out, name: &str, value: &serde_json::Value) -> io::Result<()> {
    use serde_json::Value;
    let label = name.replace('_', " ");
    match value {
        Value::Null => Ok(()),
        Value::String(word) => out.field(&label, &[word]),
        Value::Array(words) => out.field(&label, &words.iter().filter_map(Value::as_str).collect::<Vec<_>>()),
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| field(out, name, value)),
        other => out.field(&label, &[&other.to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_months_and_years_are_dates() {
        for given in ["2017", "2017-08", "2017-08-21"] {
            assert_eq!(date(given).as_deref(), Ok(given));
        }
        for given in ["", "17", "2017-13", "2017-02-30", "2017-8-1", "أمس", "20170821", "2017-08-21T10:00"] {
            assert!(date(given).is_err(), "{given}");
        }
    }
}
