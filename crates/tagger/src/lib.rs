//! An averaged perceptron that marks names in rows of words.
//!
//! Where grammar meets open vocabulary (untitled persons, unlisted bodies and places), what is left is likelihood: how a word is
//! built, what stands beside it, what the lexicon calls it, and what the press at large does with it. A [`Model`] weighs these and
//! gives each word a [`Tag`]; [`Learner`] makes a model from rows whose tags are known. Both are exact and repeatable: the same
//! rows give the same model to the byte, and scores are sums of whole numbers.
//!
//! - [`word`]: a word as it is seen, with the classes that the lexicon gives it and what the grammar has found it to be.
//! - [`lore`]: what a large body of text says of a word, a few bits for each.
//! - [`sight`]: the features of words.
//! - [`model`]: weights, their file, and the search for the best row of tags.
//! - [`learn`]: the averaged perceptron.
//!
//! It knows no Arabic and reads no files: classes, lore and weights are handed over as values.

pub mod learn;
pub mod lore;
pub mod model;
pub mod sight;
pub mod tag;
pub mod word;

pub use learn::Learner;
pub use lore::{Lore, Tally};
pub use model::{Damaged, Model};
pub use sight::Sight;
pub use tag::{Marked, Name, Tag, marked, tags};
pub use word::{Found, Word, hash};
