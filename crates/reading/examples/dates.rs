//! The date reader by itself: JSON Lines `{"id", "text", "reference" | "published"}` in, `{"id", "dates": [{"span", "value"}]}` out.
//!
//! Spans are code points. A line with `reference` is a calendar expression to settle: its value carries the clock time.

use std::io::{BufRead, Write};

use musnad_reading::DateValue;
use musnad_reading::dates::{DateWords, read};
use musnad_text::Text;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words = DateWords::arabic();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let row: Value = serde_json::from_str(&line)?;
        let text = Text::new(row["text"].as_str().unwrap_or_default());
        let timed = row.get("reference").is_some();
        let published = row["reference"].as_str().or(row["published"].as_str());
        let dates: Vec<Value> = read(text.as_str(), published, words)
            .iter()
            .filter_map(|d| {
                let DateValue::Iso(day) = &d.value else { return None };
                let value = if timed { d.date_time()? } else { day.clone() };
                Some(json!({"span": text.points(d.span), "value": value, "rule": d.rule, "words": text.slice(d.span)}))
            })
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "dates": dates}))?;
    }
    Ok(())
}
