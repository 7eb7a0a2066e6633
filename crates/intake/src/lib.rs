//! Bytes to reports.
