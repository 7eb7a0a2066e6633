use crate::failure::{Done, Failure};
use crate::output::{Out, complain, counted, word};
use crate::record::RecordArg;
use crate::summary;
use musnad_store::Store;
use musnad_view::{self as view, Filter, Misnomer};
use serde::Serialize;
use std::io;

/// Show what a record holds: its facts in lists, or all that is known under one id
#[derive(clap::Args)]
pub struct Args {
    /// people, states, bodies, events, statements, instruments, rounds, undertakings, topics, reports, or the id of a fact
    /// or report (its beginning is enough)
    #[arg(value_name = "WHAT")]
    what: Option<String>,
    #[command(flatten)]
    record: RecordArg,
    /// Only what two actors have a part in, one on each side; of a state also its bodies and officials
    #[arg(long, num_args = 2, value_names = ["A", "B"], value_parser = name)]
    between: Option<Vec<String>>,
    /// Only what one actor has a part in: a person, state or body, by any form of its name, in any script
    #[arg(long, value_name = "A", value_parser = name)]
    actor: Option<String>,
    /// Only what is on a topic
    #[arg(long, value_name = "T", value_parser = name)]
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
/// How many ids are named where several may be meant.
const NEAR: usize = 5;

pub fn run(args: Args) -> Done {
    let filter = Filter {
        between: args.between.and_then(|names| names.try_into().ok()).map(|[a, b]: [String; 2]| (a, b)),
        actor: args.actor,
        topic: args.topic,
        since: args.since,
        until: args.until,
    };
    if let (Some(since), Some(until)) = (&filter.since, &filter.until)
        && since.get(..until.len()).unwrap_or(since) > until.as_str()
    {
        return Err(Failure::Use(format!(
            "nothing is both from {since} on and up to {until}; --since is the earlier of the two"
        )));
    }
    let list = args.what.as_deref().and_then(list_named);
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

/// A name: something with a letter or digit in it.
fn name(given: &str) -> Result<String, String> {
    match given.chars().any(char::is_alphanumeric) {
        true => Ok(given.to_string()),
        false => Err("there is no name in it".to_string()),
    }
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
    if let Some(misnomer) = view::misnomers(store, filter)?.into_iter().next() {
        return Err(match misnomer {
            Misnomer::Nobody(name) => Failure::Nothing(format!(
                "no one in the record is named {name}; `musnad show people`, `states` and `bodies` list the names"
            )),
            Misnomer::Several(name, names) => {
                Failure::Nothing(format!("{name} may mean any of these: {}; name one of them", names.join(", ")))
            }
            Misnomer::Same(a, b) => Failure::Use(format!("{a} and {b} are the same; --between takes two")),
        });
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
const LISTS: [(&str, List); 10] = [
    ("people", |out, store, filter, json| list(out, json, view::people(store, filter)?, person)),
    ("states", |out, store, filter, json| list(out, json, view::states(store, filter)?, |out, row| actor(out, "state", row))),
    ("bodies", |out, store, filter, json| list(out, json, view::bodies(store, filter)?, |out, row| actor(out, "body", row))),
    ("events", |out, store, filter, json| list(out, json, view::events(store, filter)?, event)),
    ("statements", |out, store, filter, json| list(out, json, view::statements(store, filter)?, statement)),
    ("instruments", |out, store, filter, json| list(out, json, view::instruments(store, filter)?, instrument)),
    ("rounds", |out, store, filter, json| list(out, json, view::rounds(store, filter)?, round)),
    ("undertakings", |out, store, filter, json| list(out, json, view::undertakings(store, filter)?, undertaking)),
    ("topics", |out, store, filter, json| list(out, json, view::topics(store, filter)?, topic)),
    ("reports", |out, store, filter, json| list(out, json, view::reports(store, filter)?, report)),
];

/// Other words for lists, besides one for many: `event`.
const ALSO: [(&str, &str); 5] =
    [("person", "people"), ("persons", "people"), ("body", "bodies"), ("organisations", "bodies"), ("mechanisms", "instruments")];

/// A list by its name, in any number.
fn list_named(what: &str) -> Option<&'static (&'static str, List)> {
    let what = ALSO.iter().find(|(other, _)| *other == what).map_or(what, |(_, name)| name);
    LISTS.iter().find(|(name, _)| *name == what || name.strip_suffix('s') == Some(what))
}

/// The list of which a word may be a misspelling.
fn list_like(what: &str) -> Option<&'static str> {
    let near = LISTS.iter().map(|(name, _)| (strsim::jaro_winkler(what, name), *name)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (near.0 > 0.85).then_some(near.1)
}

fn list<R: Serialize>(out: &mut Out, json: bool, rows: Vec<R>, print: fn(&mut Out, &R) -> io::Result<()>) -> Done {
    if json {
        out.json(&rows)?;
        return Ok(());
    }
    rows.iter().try_for_each(|row| print(out, row))?;
    if rows.is_empty() {
        complain("note", "nothing in the record fits");
    }
    Ok(())
}

fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// `2017-08-21 to 2017-08-24`, or one day.
fn days(first: Option<&str>, last: Option<&str>) -> Option<String> {
    match (first, last) {
        (Some(first), Some(last)) if first != last => Some(format!("{first} to {last}")),
        (day, other) => day.or(other).map(str::to_string),
    }
}

/// `told in: 3 reports, 2017-08-21 to 2017-08-24`.
fn support(out: &mut Out, reports: usize, first: Option<&str>, last: Option<&str>) -> io::Result<()> {
    let (count, days) = (counted(reports, "report"), days(first, last));
    out.field("told in", &std::iter::once(count.as_str()).chain(days.as_deref()).collect::<Vec<_>>())
}

fn actor(out: &mut Out, kind: &str, row: &view::ActorRow) -> io::Result<()> {
    out.heading(kind, &[&row.name])?;
    for post in &row.posts {
        let seen = days(post.first_seen.as_deref(), post.last_seen.as_deref());
        out.field("post", &[post.title.as_str(), &post.person].into_iter().chain(seen.as_deref()).collect::<Vec<_>>())?;
    }
    let others: Vec<&str> = row.forms.iter().map(String::as_str).filter(|form| *form != row.name).collect();
    out.field("also", &others)?;
    support(out, row.reports, row.first_seen.as_deref(), row.last_seen.as_deref())?;
    out.field("id", &[&row.id])
}

fn person(out: &mut Out, row: &view::PersonRow) -> io::Result<()> {
    out.heading("person", &[&row.name])?;
    for post in &row.posts {
        let seen = days(post.first_seen.as_deref(), post.last_seen.as_deref());
        let parts = [Some(post.title.as_str()), post.of.as_deref(), seen.as_deref()];
        out.field("post", &parts.into_iter().flatten().collect::<Vec<_>>())?;
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
    out.maybe("mechanism", row.mechanism.as_deref())?;
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
    out.heading("round", &strs(&row.participants))?;
    out.maybe("mechanism", row.mechanism.as_deref())?;
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

/// The page of the one id that begins so.
fn beginning(store: &Store, beginning: &str) -> Result<view::FactPage, Failure> {
    let nothing = |what: String| Err(Failure::Nothing(what));
    let found = if name(beginning).is_ok() { view::ids_beginning(store, beginning, NEAR + 1)? } else { Vec::new() };
    match found.as_slice() {
        [(id, _)] => {
            if let Some(page) = view::page(store, id)? {
                return Ok(page);
            }
            nothing(format!("the record has nothing under the id {id}"))
        }
        [] => {
            if let Some(list) = list_like(beginning) {
                return nothing(format!("the record has nothing under the id {beginning}; did you mean `musnad show {list}`?"));
            }
            let lists = LISTS.map(|(name, _)| name).join(", ");
            nothing(format!("the record has nothing under the id {beginning}; the lists are: {lists}"))
        }
        several => {
            let more = if several.len() > NEAR { " …" } else { "" };
            let ids = several.iter().take(NEAR).map(|(id, label)| format!("{id} ({label})")).collect::<Vec<_>>().join("; ");
            nothing(format!("several ids begin with {beginning}; did you mean one of these? {ids}{more}"))
        }
    }
}

/// All that is known under one id.
fn one(out: &mut Out, store: &Store, id: &str, json: bool) -> Done {
    let page = match view::page(store, id)? {
        Some(page) => page,
        None => beginning(store, id)?,
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
