use serde::{Deserialize, Serialize};

/// One news report, as it came in. The text is kept exactly as it was received.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Stable within a record; from the input where it names one, else derived from the content.
    pub id: String,
    /// The outlet (`aawsat`, `واس` …), where known.
    #[serde(default)]
    pub source: Option<String>,
    /// Where it was published.
    #[serde(default)]
    pub url: Option<String>,
    /// Day of publication, ISO 8601 (`2017-08-21`); what relative dates are resolved against.
    #[serde(default)]
    pub published: Option<String>,
    /// Headline, where the input keeps it apart from the text.
    #[serde(default)]
    pub title: Option<String>,
    /// The body, untouched.
    pub text: String,
    /// BCP 47 language tag; `ar` where the input does not say.
    #[serde(default)]
    pub lang: Option<String>,
}
