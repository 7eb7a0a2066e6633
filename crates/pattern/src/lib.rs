//! Token patterns over classes: parse, compile, match with named captures.
//!
//! A *row* is a sequence of units (the tokens of a sentence, say), and each unit is given as the set of
//! classes it has. A pattern is a regular expression whose letters are tests on those sets. The crate
//! knows nothing of what the classes mean.
//!
//! ```
//! use musnad_pattern::{ClassSet, Classes, Pattern};
//!
//! let mut classes = Classes::new();
//! let row: Vec<ClassSet> = ["TITLE", "NAME", "NAME", "SAY"]
//!     .into_iter()
//!     .map(|name| ClassSet::from_iter([classes.intern(name)]))
//!     .collect();
//!
//! let pattern = Pattern::parse(
//!     "title:TITLE? who:( part:NAME+ )   # a titled name …
//!      >SAY                              # … before a verb of saying",
//!     &classes,
//! )?;
//! let found = pattern.find_from(&row, 0).expect("the row has a titled name");
//! assert_eq!(found.range, 0..3);
//! assert_eq!(found.get("who"), Some(1..3));
//! assert_eq!(found.all("part"), [1..2, 2..3]);
//! # Ok::<(), musnad_pattern::PatternError>(())
//! ```
//!
//! # Syntax
//!
//! Patterns are ASCII; `#` starts a comment that runs to the end of the line. White space between items
//! is free; a quantifier stands right after what it repeats.
//!
//! | form | meaning |
//! |---|---|
//! | `NAME` | one unit that has the class (`A-Z`, `0-9`, `_`) |
//! | `.` | any one unit |
//! | `!A` | one unit that lacks the class |
//! | `A&B&!C` | one unit for which every part holds |
//! | `[A B&!C D]`, `![A B]` | one unit for which any of these holds, or none of them |
//! | `X Y` | X, then Y |
//! | `X \| Y` | X or else Y, the first preferred |
//! | `( … )` | a group |
//! | `name:X` | X, captured; X is one unit's test, a group or another capture |
//! | `X?` `X*` `X+` `X{m}` `X{m,}` `X{m,n}` | repetition, as often as possible; as seldom as possible with a further `?` |
//! | `>P`, `>!P` | the next unit satisfies the test P; it does not, or the row ends here |
//! | `<P`, `<!P` | the same for the unit before |
//! | `^`, `$` | start and end of the row |
//!
//! A capture binds closer than a quantifier: `part:NAME+` captures each name by itself
//! ([`Match::all`] lists them), `run:(NAME+)` captures the run.
//! After `>!` and `<!` stands one class or one `[…]`, so that what is negated is in plain sight.
//!
//! # Semantics
//!
//! The leftmost match is found, and of those that start there the one a backtracking matcher would try
//! first. Beyond its least count, a repetition makes no iteration that takes no unit (the rule of
//! ECMAScript), so an empty iteration is never captured there.
//!
//! A search takes time in proportion to the row's length times the compiled pattern's size (times the
//! nesting of repetitions whose body can be empty), whatever the pattern and the row: states run side by
//! side and are never tried twice. Compiled size and nesting are bounded; a pattern beyond the bounds is
//! an error.

mod class;
mod error;
mod pattern;
mod predicate;
mod program;
mod search;
mod syntax;

pub use class::{Class, ClassSet, Classes, MAX_CLASSES};
pub use error::PatternError;
pub use pattern::{Match, Pattern};
