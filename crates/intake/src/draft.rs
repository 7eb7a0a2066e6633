//! From the fields of an input to a report.

use crate::trouble::{Place, Problem, Trouble};
use musnad_text::Report;
use sha2::{Digest, Sha256};

/// The fields that an input may give a report, besides its text.
pub(crate) const FIELDS: [&str; 6] = ["id", "source", "url", "published", "title", "lang"];

/// Where a report's id comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Named {
    /// The input names it.
    Input,
    /// The file bears it.
    File,
    /// Nothing; it follows from the content.
    Content,
}

/// A report before it has met the others.
#[derive(Debug)]
pub(crate) struct Draft {
    pub report: Report,
    pub named: Named,
    pub place: Place,
    /// Nothing is lost by these.
    pub notes: Vec<Problem>,
}

/// What a format yields.
pub(crate) type Drafts = Box<dyn Iterator<Item = Result<Draft, Trouble>> + Send>;

impl Draft {
    /// A report with this text and these fields. A blank field counts as none.
    pub fn new(text: String, place: Place, mut field: impl FnMut(&str) -> Option<String>) -> Result<Draft, Trouble> {
        if text.trim().is_empty() {
            return Err(Problem::Empty.at(place));
        }
        let [id, source, url, published, title, lang] =
            FIELDS.map(|name| field(name).map(|value| value.trim().to_string()).filter(|value| !value.is_empty()));
        let mut notes = Vec::new();
        let published = published.and_then(|given| {
            let day = day(&given);
            if day.is_none() {
                notes.push(Problem::Published { given });
            }
            day
        });
        let named = if id.is_some() { Named::Input } else { Named::Content };
        let report = Report { id: id.unwrap_or_default(), source, url, published, title, text, lang };
        let mut draft = Draft { report, named, place, notes };
        if named == Named::Content {
            draft.name_by_content();
        }
        Ok(draft)
    }

    /// Names the report after its file, unless the input named it.
    pub fn name_by_file(&mut self, stem: &str) {
        if self.named == Named::Content && !stem.trim().is_empty() {
            self.report.id = stem.trim().to_string();
            self.named = Named::File;
        }
    }

    /// Names the report after its content.
    pub fn name_by_content(&mut self) {
        self.report.id = String::new();
        let print = fingerprint(&self.report);
        let digits: String = print[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        self.report.id = format!("report-{digits}");
        self.named = Named::Content;
    }
}

/// A hash of all that a report says.
pub(crate) fn fingerprint(report: &Report) -> [u8; 16] {
    let Report { id, source, url, published, title, text, lang } = report;
    let mut hash = Sha256::new();
    for field in [Some(id), source.as_ref(), url.as_ref(), published.as_ref(), title.as_ref(), Some(text), lang.as_ref()] {
        hash.update([u8::from(field.is_some())]);
        hash.update((field.map_or(0, String::len) as u64).to_le_bytes());
        hash.update(field.map_or("", String::as_str));
    }
    let mut print = [0; 16];
    print.copy_from_slice(&hash.finalize()[..16]);
    print
}

/// The day of an ISO date, with or without a time of day behind it.
fn day(given: &str) -> Option<String> {
    let (date, time) = given.split_at_checked(10)?;
    let timed = time.strip_prefix(['T', 't', ' ']).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    let shaped = date.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    let day: jiff::civil::Date = date.parse().ok()?;
    (shaped && (time.is_empty() || timed)).then(|| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_publication_is_an_iso_date_that_exists() {
        for given in ["2017-08-21", "2017-08-21T10:00:00Z", "2017-08-21 10:00"] {
            assert_eq!(day(given).as_deref(), Some("2017-08-21"), "{given}");
        }
        for given in ["2017-02-30", "21/08/2017", "2017", "20170821", "2017-08-21 or so", "+002017-08-21", "٢٠١٧-٠٨-٢١", "أمس"]
        {
            assert_eq!(day(given), None, "{given}");
        }
    }

    #[test]
    fn an_id_from_the_content_differs_where_anything_differs() {
        let id = |text: &str, url: Option<&str>| {
            let field = |name: &str| if name == "url" { url.map(str::to_string) } else { None };
            Draft::new(text.into(), Place::file("-"), field).unwrap().report.id
        };
        assert_eq!(id("نص", None), id("نص", None));
        assert_ne!(id("نص", None), id("نص آخر", None));
        assert_ne!(id("نص", None), id("نص", Some("https://example.org/1")));
    }
}
