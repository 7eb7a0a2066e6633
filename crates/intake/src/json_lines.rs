use crate::bytes::{self, Input, Lines};
use crate::draft::{Draft, Drafts};
use crate::trouble::{Place, Problem, Trouble};
use serde_json::{Map, Value};
use std::io::Read;
use std::path::Path;

/// The objects of JSON Lines, one a line, each with its place; blank lines are left out.
pub fn objects(
    raw: impl Read + Send + 'static,
    file: &Path,
    limit: usize,
) -> impl Iterator<Item = (Place, Result<Map<String, Value>, Trouble>)> {
    let place = Place::file(file);
    let (input, failed) = match bytes::open(raw, Default::default()) {
        Ok(input) => (Some(input), None),
        Err(problem) => (None, Some((place.clone(), Err(problem.at(place.clone()))))),
    };
    failed.into_iter().chain(input.into_iter().flat_map(move |input| parsed(input, place.clone(), limit)))
}

fn parsed(input: Input, place: Place, limit: usize) -> impl Iterator<Item = (Place, Result<Map<String, Value>, Trouble>)> {
    Lines::of(input, limit).filter_map(move |(number, line)| {
        let place = place.line(number);
        let object = match line {
            Ok(line) if line.trim().is_empty() => return None,
            Ok(line) => object(&line),
            Err(problem) => Err(problem),
        };
        Some((place.clone(), object.map_err(|problem| problem.at(place))))
    })
}

fn object(line: &str) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_str(line) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Problem::NotObject),
        // The error's own line is always 1 here.
        Err(why) => Err(Problem::NotJson { why: why.to_string().replace(" at line 1", " at") }),
    }
}

/// Reports from JSON Lines: one object a line, blank lines left out.
pub(crate) fn reports(input: Input, place: Place, limit: usize) -> Drafts {
    Box::new(parsed(input, place, limit).map(|(place, fields)| match draft(fields?, &place) {
        Ok(draft) => draft,
        Err(problem) => Err(problem.at(place)),
    }))
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
