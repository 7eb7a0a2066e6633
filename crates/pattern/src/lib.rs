//! Token patterns over classes: parse, compile, match with named captures.
