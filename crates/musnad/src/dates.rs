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
    /// What the words leave open.
    open: Vec<Open>,
}

/// One calendar expression.
#[derive(Serialize)]
struct Date {
    span: [usize; 2],
    words: String,
    /// ISO 8601, with the clock time where one stands beside.
    value: String,
    rule: &'static str,
}

/// A calendar expression that is not settled.
#[derive(Serialize)]
struct Open {
    span: [usize; 2],
    words: String,
    why: String,
}

pub fn run(args: Args) -> Done {
    let mut out = Out::stdout();
    if args.jsonl {
        let answered = each_object(|id, fields| {
            let text = string(&fields, "text").ok_or("no field `text`; name the words to read `text`")?;
            let reference = string(&fields, "reference").or_else(|| string(&fields, "published"));
            Ok(out.json_line(&dates(Some(id), text, reference))?)
        })?;
        out.close()?;
        return if answered == 0 { Err(nothing()) } else { Ok(()) };
    }
    let text = args.text.join(" ");
    let found = dates(None, &text, args.published.as_deref());
    if args.json {
        out.json(&found)?;
        return Ok(out.close()?);
    }
    for date in &found.dates {
        out.heading(&date.value, &[&date.words])?;
    }
    for open in &found.open {
        out.heading("open", &[&open.words])?;
        out.field("why", &[&open.why])?;
    }
    out.close()?;
    if found.dates.is_empty() && found.open.is_empty() {
        crate::output::complain("note", "no date was found");
    }
    Ok(())
}

fn dates(id: Option<Value>, text: &str, reference: Option<&str>) -> Dates {
    let text = Text::new(text);
    let (mut dates, mut open) = (Vec::new(), Vec::new());
    for found in read(text.as_str(), reference, DateWords::arabic()) {
        let (span, words) = (text.points(found.span), text.slice(found.span).to_string());
        match (found.date_time(), &found.value) {
            (_, DateValue::Unresolved(why)) => open.push(Open { span, words, why: why.clone() }),
            (timed, DateValue::Iso(day)) => {
                dates.push(Date { span, words, value: timed.unwrap_or_else(|| day.clone()), rule: found.rule })
            }
        }
    }
    Dates { id, dates, open }
}

fn string<'f>(fields: &'f Map<String, Value>, name: &str) -> Option<&'f str> {
    fields.get(name).and_then(Value::as_str)
}

fn day(given: &str) -> Result<String, String> {
    let day = given.parse::<jiff::civil::Date>().ok().filter(|_| given.len() == 10);
    day.map(|day| day.to_string()).ok_or_else(|| "write a day as 2017-08-21".to_string())
}
