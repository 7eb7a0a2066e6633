use crate::bytes::{Input, whole};
use crate::draft::{Draft, Drafts};
use crate::trouble::Place;

/// The one report of a plain text; `field` gives what a manifest knows of it.
pub(crate) fn report(input: Input, place: Place, limit: usize, field: impl FnMut(&str) -> Option<String>) -> Drafts {
    let report = match whole(input, limit) {
        Ok(text) => Draft::new(text, place, field),
        Err(problem) => Err(problem.at(place)),
    };
    Box::new(std::iter::once(report))
}
