//! What every face shows, as plain data.
