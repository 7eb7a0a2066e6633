//! The .musnad file; the only crate that knows SQL.
