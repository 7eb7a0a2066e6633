//! Loads, checks and compiles the language data; inflection; look-up; calendars; names.

pub mod names;

/// All that is known of one language, compiled.
pub struct Language {
    version: String,
}

impl Language {
    /// The Arabic that is compiled into the program.
    pub fn arabic() -> &'static Language {
        static ARABIC: Language = Language {
            version: String::new(),
        };
        &ARABIC
    }

    /// Version of the data: a hash of its files.
    pub fn version(&self) -> &str {
        &self.version
    }
}
