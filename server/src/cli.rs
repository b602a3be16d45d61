//! `sekisho user …`: managing people from the command line.

pub mod publish;

use std::io::{self, BufRead as _, IsTerminal as _, Write};
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

use crate::clock::SystemClock;
use crate::config::{ConfigError, UserArgs, UserCommand};
use crate::people::{Passwords, People, PeopleError};
use crate::store::{SqlStore, StoreError};

/// Why a command did not do what it was told.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A wrong value.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The change is refused.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The two passwords typed are not the same.
    #[error("the two passwords differ; nothing was changed")]
    Mismatch,
    /// The terminal or standard input failed.
    #[error("the password could not be read: {0}")]
    Read(io::Error),
    /// Standard output failed.
    #[error("the answer could not be written: {0}")]
    Write(io::Error),
}

/// Does what the command line says, and tells it on `out`.
///
/// # Errors
/// [`CliError`], with nothing changed.
pub async fn user(args: UserArgs, out: &mut (impl Write + Send)) -> Result<(), CliError> {
    let store = SqlStore::open(&args.storage.database()?).await?;
    let passwords = Passwords::new().await.map_err(PeopleError::from)?;
    let people = People::new(Arc::new(store.clone()), passwords, Arc::new(SystemClock));
    let answer = run(&people, args.command).await;
    store.close().await;
    out.write_all(answer?.as_bytes()).map_err(CliError::Write)
}

async fn run(people: &People, command: UserCommand) -> Result<String, CliError> {
    match command {
        UserCommand::Add { username, role } => {
            let password = read_password()?;
            people.add(&username, role, password).await?;
            Ok(format!("{username} may sign in as {}\n", role.name()))
        }
        UserCommand::List => {
            let people = people.list().await?;
            let width = people.iter().map(|user| user.username.len()).max().unwrap_or_default();
            let lines = people.iter().map(|user| {
                format!("{:width$}  {:9}  since {}\n", user.username, user.role.name(), user.created.date())
            });
            Ok(lines.collect())
        }
        UserCommand::Password { username } => {
            let password = read_password()?;
            people.set_password(&username, password).await?;
            Ok(format!("{username} has a new password; their sessions have ended\n"))
        }
        UserCommand::Role { username, role } => {
            people.set_role(&username, role).await?;
            Ok(format!("{username} is {} now\n", role.name()))
        }
        UserCommand::Remove { username } => {
            people.remove(&username).await?;
            Ok(format!("{username} is removed; their sessions have ended\n"))
        }
    }
}

/// Asks twice on a terminal; reads a line otherwise.
fn read_password() -> Result<SecretString, CliError> {
    if io::stdin().is_terminal() {
        let first: SecretString = rpassword::prompt_password("Password: ").map_err(CliError::Read)?.into();
        let second: SecretString = rpassword::prompt_password("Again: ").map_err(CliError::Read)?.into();
        return if first.expose_secret() == second.expose_secret() {
            Ok(first)
        } else {
            Err(CliError::Mismatch)
        };
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(CliError::Read)?;
    Ok(line.trim_end_matches(['\r', '\n']).into())
}
