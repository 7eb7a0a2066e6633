use crate::failure::Failure;
use musnad_store::Store;
use std::path::PathBuf;

/// Which record is meant.
#[derive(clap::Args)]
pub struct RecordArg {
    /// The record file
    #[arg(long = "record", value_name = "FILE", env = "MUSNAD_RECORD", default_value = "musnad.musnad")]
    pub path: PathBuf,
}

impl RecordArg {
    /// Opens the record, which has to exist.
    pub fn open(&self) -> Result<Store, Failure> {
        Ok(Store::open(&self.path)?)
    }
}
