use crate::failure::Failure;
use musnad_store::Store;
use std::path::{Path, PathBuf};

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

    /// Opens the record, or creates an empty one.
    pub fn create(&self) -> Result<Store, Failure> {
        match self.path.parent().filter(|folder| *folder != Path::new("") && !folder.is_dir()) {
            Some(folder) => Err(Failure::Nothing(format!("{}: there is no such folder; create it first", folder.display()))),
            None => Ok(Store::create(&self.path)?),
        }
    }
}
