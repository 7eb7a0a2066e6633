use crate::bytes::{Input, Lines};
use crate::draft::{Draft, Drafts};
use crate::trouble::{Place, Problem, Trouble};
use serde_json::{Map, Value};

/// Reports from JSON Lines: one object a line, blank lines left out.
pub(crate) fn reports(input: Input, place: Place, limit: usize) -> Drafts {
    let lines = Lines::of(input, limit);
    Box::new(lines.filter_map(move |(number, line)| {
        let place = place.line(number);
        match line {
            Ok(line) if line.trim().is_empty() => None,
            Ok(line) => Some(report(&line, place)),
            Err(problem) => Some(Err(problem.at(place))),
        }
    }))
}

fn report(line: &str, place: Place) -> Result<Draft, Trouble> {
    let fields = match serde_json::from_str(line) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return Err(Problem::NotObject.at(place)),
        Err(why) => {
            // The error's own line is always 1 here.
            let why = why.to_string().replace(" at line 1", " at");
            return Err(Problem::NotJson { why }.at(place));
        }
    };
    match draft(fields, &place) {
        Ok(draft) => draft,
        Err(problem) => Err(problem.at(place)),
    }
}

fn draft(mut fields: Map<String, Value>, place: &Place) -> Result<Result<Draft, Trouble>, Problem> {
    let Some(text) = string(&mut fields, "text")? else {
        let names: Vec<&str> = fields.keys().map(String::as_str).take(12).collect();
        return Err(Problem::NoText { fields: if names.is_empty() { "nothing".into() } else { names.join(", ") } });
    };
    let mut bad = None;
    let made = Draft::new(text, place.clone(), |name| {
        string(&mut fields, name).unwrap_or_else(|problem| {
            bad.get_or_insert(problem);
            None
        })
    });
    bad.map_or(Ok(made), Err)
}

/// A field's string. A number stands for its digits, as ids are often written.
fn string(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Problem> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(value)) => Ok(Some(value)),
        Some(Value::Number(number)) if name != "text" => Ok(Some(number.to_string())),
        Some(_) => Err(Problem::NotString { field: name.to_string() }),
    }
}
