//! Whether a record file is whole.

use crate::{Result, Store};
use musnad_text::Text;

/// Something in a record file that should not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The fact or report concerned, where it is one.
    pub id: Option<String>,
    /// What is wrong.
    pub what: String,
}

impl Store {
    /// Goes through the whole file: SQLite's own checks, and that every passage has the words that stand at its
    /// place in its report. Gives what is wrong; nothing, if the file is whole.
    pub fn check(&self) -> Result<Vec<Problem>> {
        self.problems().map_err(|e| self.say(e))
    }

    fn problems(&self) -> rusqlite::Result<Vec<Problem>> {
        let mut problems = Vec::new();
        let mut tell = |id: Option<String>, what: String| problems.push(Problem { id, what });
        let mut statement = self.db.prepare("PRAGMA integrity_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let said: String = row.get(0)?;
            if said != "ok" {
                tell(None, said);
            }
        }
        let mut statement = self.db.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            tell(None, format!("a row of {table} refers to something that is not in {parent}"));
        }
        let mut statement =
            self.db.prepare("SELECT id FROM fact WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE fact = fact.id) ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            tell(Some(row.get(0)?), "has no evidence".into());
        }
        let mut passages =
            self.db.prepare("SELECT fact, start, \"end\", quote FROM evidence WHERE report = ?1 ORDER BY fact, start")?;
        let mut reports = self.db.prepare("SELECT id, text FROM report ORDER BY id")?;
        let mut reports = reports.query([])?;
        while let Some(row) = reports.next()? {
            let (report, text): (String, String) = (row.get(0)?, row.get(1)?);
            let text = Text::new(text);
            let mut rows = passages.query([&report])?;
            while let Some(row) = rows.next()? {
                let points: [i64; 2] = [row.get(1)?, row.get(2)?];
                let quote: String = row.get(3)?;
                let place = usize::try_from(points[0]).ok().zip(usize::try_from(points[1]).ok());
                let span = place.and_then(|(start, end)| text.span([start, end]));
                if span.map(|s| text.slice(s)) != Some(quote.as_str()) {
                    let [start, end] = points;
                    tell(Some(row.get(0)?), format!("report {report} does not have its words at {start}..{end}"));
                }
            }
        }
        Ok(problems)
    }
}
