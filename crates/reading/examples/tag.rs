//! Prints what the tagger alone takes for names, as JSON Lines. A development aid.
//!
//!     cargo run --release -p musnad-reading --example tag -- REPORTS.jsonl [WEIGHTS]
use musnad_language::Language;
use musnad_reading::Reader;
use musnad_tagger::{Model, Sight, marked};
use musnad_text::{Report, Text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let weights = arguments.get(1).map_or("language/ar/names.weights", String::as_str);
    let (model, lore) = Model::from_bytes(&std::fs::read(weights)?)?;
    let language = Language::arabic();
    let reader = Reader::new(&language);
    let sight = Sight::new(language.classes(), lore);
    for line in std::fs::read_to_string(&arguments[0])?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let field = |k: &str| row[k].as_str().unwrap_or_default().to_string();
        let text = Text::new(field("text"));
        let report =
            Report { id: field("id"), source: None, url: None, published: None, title: None, text: field("text"), lang: None };
        let mut mentions = Vec::new();
        reader.words(&report, |rows| {
            for (row, tags) in rows.iter().zip(sight.tags(rows, &model)) {
                for m in marked(&tags) {
                    let span = row[m.words.start].span.cover(row[m.words.end - 1].span);
                    let kind = format!("{:?}", m.name).to_lowercase();
                    mentions.push(serde_json::json!({ "span": text.points(span), "type": kind }));
                }
            }
        });
        println!("{}", serde_json::json!({ "id": report.id, "mentions": mentions }));
    }
    Ok(())
}
