//! What every face shows, as plain data: the command, pages, the API and exports decide nothing of their own.
//!
//! Every function only reads. Rows serialise as the JSON that `--json` prints.

mod export;
mod filter;
mod findings;
mod overview;
mod page;
mod rows;
mod search;

pub use export::{ExportError, export, export_json};
pub use filter::{Filter, unknown_actors};
pub use findings::{
    DateView, EventView, FindingsView, InstrumentView, MentionView, NoteView, OfficeView, OpenDateView, PersonView,
    StatementView, UndertakingView, findings,
};
pub use overview::{Frequent, Overview, overview};
pub use page::{FactPage, Related, page};
pub use rows::{
    EventRow, InstrumentRow, PersonRow, Post, ReportRow, RoundRow, StatementRow, TopicRow, UndertakingRow, events, instruments,
    people, reports, rounds, statements, topics, undertakings,
};
pub use search::{Hit, search};
