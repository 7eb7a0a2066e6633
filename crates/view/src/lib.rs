//! What every face shows, as plain data: the command, pages, the API and exports decide nothing of their own.
//!
//! Every function only reads. Rows serialise as the JSON that `--json` prints.

mod explain;
mod export;
mod filter;
mod findings;
mod overview;
mod page;
mod rows;
mod search;
mod who;

pub use explain::{Considered, Explained, Part, explain};
pub use export::{ExportError, export, export_json};
pub use filter::Filter;
pub use findings::{
    DateView, EventView, FindingsView, InstrumentView, MentionView, NoteView, OfficeView, OpenDateView, PersonView,
    StatementView, UndertakingView, findings,
};
pub use overview::{Frequent, Overview, overview};
pub use page::{FactPage, Related, ids_beginning, page};
pub use rows::{
    ActorRow, EventRow, InstrumentRow, PersonRow, Post, PostHeld, ReportRow, RoundRow, StatementRow, TopicRow, UndertakingRow,
    bodies, events, instruments, people, reports, rounds, statements, states, topics, undertakings,
};
pub use search::{Hit, is_question, search};
pub use who::{Meant, Misnomer, meant, misnomers};
