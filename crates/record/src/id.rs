//! Ids that follow from content: the same fact has the same id on every machine.

use sha2::{Digest, Sha256};

/// `prefix-` and the first 64 bits of SHA-256 over the parts, in hexadecimal. Each part goes in with its
/// length, so that no two lists of parts read alike.
pub(crate) fn id<'a>(prefix: &str, parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    hash.update(prefix.as_bytes());
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut id = format!("{prefix}-");
    for byte in hash.finalize().iter().take(8) {
        id.push_str(&format!("{byte:02x}"));
    }
    id
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(id("a", ["ab", "c"]), id("a", ["a", "bc"]));
        assert_ne!(id("a", ["x"]), id("b", ["x"]));
        assert_eq!(id("a", ["x"]).len(), 2 + 16);
    }
}
