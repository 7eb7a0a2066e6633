//! Many findings to one record.
