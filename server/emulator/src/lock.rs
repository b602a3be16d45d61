//! Whose the data folder is: one emulator's at a time, as its start deletes files that no row names yet.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::error::EmulatorError;

/// A data folder that one emulator has for itself.
///
/// The system gives the lock up with the process, however that ends; the file stays, and says nothing.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    /// Takes a data folder, making it where it is missing.
    ///
    /// # Errors
    /// [`EmulatorError::InUse`] when another emulator has it; others when it cannot be made or locked.
    pub(crate) fn take(data_dir: &Path) -> Result<Self, EmulatorError> {
        std::fs::create_dir_all(data_dir)
            .map_err(|source| EmulatorError::DataDir { path: data_dir.to_owned(), source })?;
        let path = data_dir.join("emulator.lock");
        let failed = |source| EmulatorError::Lock { path: path.clone(), source };
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(EmulatorError::InUse { path: data_dir.to_owned() }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// Gives the folder up, even while something still holds this.
    pub(crate) fn release(&self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "the data folder's lock could not be given up");
        }
    }
}
