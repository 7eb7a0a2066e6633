//! What a speech act does: by its verb and frame, and by the head of its content.

use crate::findings::Act;

/// An act from its name in the lexicon.
pub fn act(name: &str) -> Option<Act> {
    Some(match name {
        "state" => Act::State,
        "support" => Act::Support,
        "request" => Act::Request,
        "accuse" => Act::Accuse,
        "reject" => Act::Reject,
        "warn" => Act::Warn,
        "promise" => Act::Promise,
        "concern" => Act::Concern,
        _ => return None,
    })
}
