use crate::failure::Done;
use crate::input::{each_object, nothing};
use crate::output::Out;
use musnad_language::names::compare;
use serde::Serialize;
use serde_json::Value;

/// Tell whether two names name the same person, in any script
///
/// With --jsonl, lines {"id", "a", "b"} come in by the standard input, and {"id", "same", "score", "reason"} goes out.
#[derive(clap::Args)]
pub struct Args {
    /// The two names
    #[arg(value_names = ["A", "B"], num_args = 2, required_unless_present = "jsonl", conflicts_with = "jsonl")]
    names: Vec<String>,
    /// Read JSON Lines from the standard input
    #[arg(long)]
    jsonl: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Judged {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    same: bool,
    /// From 0 to 1.
    score: f32,
    reason: String,
}

pub fn run(args: Args) -> Done {
    let mut out = Out::stdout();
    match args.names.as_slice() {
        [a, b] => {
            let judged = judge(None, a, b);
            if args.json {
                out.json(&judged)?;
            } else {
                out.heading(if judged.same { "same" } else { "different" }, &[a, b])?;
                out.field("score", &[&format!("{:.2}", judged.score)])?;
                out.field("reason", &[&judged.reason])?;
            }
            Ok(out.close()?)
        }
        _ => {
            let answered = each_object(|id, fields| {
                let name = |field: &str| fields.get(field).and_then(Value::as_str);
                let (a, b) = name("a").zip(name("b")).ok_or("no fields `a` and `b`; name the two names so")?;
                Ok(out.json_line(&judge(Some(id), a, b))?)
            })?;
            out.close()?;
            if answered == 0 { Err(nothing()) } else { Ok(()) }
        }
    }
}

fn judge(id: Option<Value>, a: &str, b: &str) -> Judged {
    let found = compare(a, b);
    Judged { id, same: found.same, score: found.score, reason: found.reason }
}
