use crate::failure::Done;
use crate::input::{each_object, nothing};
use crate::output::Out;
use musnad_reading::DateValue;
use musnad_reading::dates::{DateWords, read};
use musnad_text::Text;
use serde::Serialize;
use serde_json::{Map, Value};

/// Read calendar expressions
///
/// With --jsonl, lines {"id", "text", "reference"} come in by the standard input, and {"id", "dates": [{"span",
/// "value"}]} goes out; places are in Unicode code points.
#[derive(clap::Args)]
pub struct Args {
    /// What to read
    #[arg(value_name = "TEXT", required_unless_present = "jsonl", conflicts_with = "jsonl")]
    text: Vec<String>,
    /// The day from which to reckon (2017-08-21)
    #[arg(long, value_name = "D", value_parser = day, conflicts_with = "jsonl")]
    published: Option<String>,
    /// Read JSON Lines from the standard input
    #[arg(long)]
    jsonl: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// The dates of one text.
#[derive(Serialize)]
struct Dates {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    dates: Vec<Date>,
}

/// One calendar expression.
#[derive(Serialize)]
struct Date {
    span: [usize; 2],
    words: String,
    /// ISO 8601; `null` if it is not settled.
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unresolved: Option<String>,
    rule: &'static str,
}

pub fn run(args: Args) -> Done {
    let mut out = Out::stdout();
    if args.jsonl {
        let answered = each_object(|id, fields| {
            let text = string(&fields, "text").ok_or("no field `text`; name the words to read `text`")?;
            let reference = string(&fields, "reference").or_else(|| string(&fields, "published"));
            Ok(out.json_line(&Dates { id: Some(id), dates: dates(text, reference) })?)
        })?;
        out.close()?;
        return if answered == 0 { Err(nothing()) } else { Ok(()) };
    }
    let text = args.text.join(" ");
    let dates = dates(&text, args.published.as_deref());
    if args.json {
        out.json(&Dates { id: None, dates })?;
        return Ok(out.close()?);
    }
    for date in &dates {
        out.heading(date.value.as_deref().unwrap_or("open"), &[&date.words])?;
        out.maybe("why", date.unresolved.as_deref())?;
    }
    out.close()?;
    if dates.is_empty() {
        crate::output::complain("note", "no date was found");
    }
    Ok(())
}

fn dates(text: &str, reference: Option<&str>) -> Vec<Date> {
    let text = Text::new(text);
    let found = read(text.as_str(), reference, DateWords::arabic());
    let date = |found: &musnad_reading::dates::DateFound| Date {
        span: text.points(found.span),
        words: text.slice(found.span).to_string(),
        value: found.date_time(),
        unresolved: match &found.value {
            DateValue::Iso(_) => None,
            DateValue::Unresolved(why) => Some(why.clone()),
        },
        rule: found.rule,
    };
    found.iter().map(date).collect()
}

fn string<'f>(fields: &'f Map<String, Value>, name: &str) -> Option<&'f str> {
    fields.get(name).and_then(Value::as_str)
}

fn day(given: &str) -> Result<String, String> {
    let day = given.parse::<jiff::civil::Date>().ok().filter(|_| given.len() == 10);
    day.map(|day| day.to_string()).ok_or_else(|| "write a day as 2017-08-21".to_string())
}
