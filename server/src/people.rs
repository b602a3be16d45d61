//! The people who may sign in: names, passwords, and the first admin.

mod passwords;

use std::sync::Arc;

use app::ports::Clock;
use domain::permission::Role;
use rand::RngExt as _;
use secrecy::SecretString;

pub use passwords::{MIN_PASSWORD_LENGTH, PasswordError, Passwords};

use crate::random::SystemRandom;
use crate::store::StoreError;
use crate::store::users::{Change, User, Users};

/// Longest name, in characters.
pub const MAX_USERNAME_LENGTH: usize = 64;
/// The name of the person whom the first start adds.
pub const FIRST_ADMIN: &str = "admin";

/// Everybody who may sign in.
#[derive(Clone)]
pub struct People {
    users: Arc<dyn Users>,
    passwords: Passwords,
    clock: Arc<dyn Clock>,
}

/// Why a change to people did not happen.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The name breaks the rules.
    #[error("a name is 1 to {MAX_USERNAME_LENGTH} characters of a–z, 0–9, '.', '_' and '-'")]
    Username,
    /// The password breaks the rules, or could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Somebody has this name.
    #[error("there is somebody named {0} already")]
    Taken(String),
    /// Nobody has this name.
    #[error("there is nobody named {0}")]
    NotFound(String),
    /// There is no admin, and the name of the first one is somebody else's.
    #[error(
        "there is somebody named {FIRST_ADMIN}, but no admin: `sekisho user role NAME admin` makes somebody one"
    )]
    NoAdmin,
    /// Nobody could manage people any more.
    #[error("{0} is the last admin; make somebody else admin first")]
    LastAdmin(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl People {
    /// People in this repository.
    #[must_use]
    pub fn new(users: Arc<dyn Users>, passwords: Passwords, clock: Arc<dyn Clock>) -> Self {
        Self { users, passwords, clock }
    }

    /// Adds somebody.
    ///
    /// # Errors
    /// A wrong name or password, or a name that is taken.
    pub async fn add(&self, username: &str, role: Role, password: SecretString) -> Result<(), PeopleError> {
        let username = normalize(username).ok_or(PeopleError::Username)?;
        let password_hash = self.passwords.hash(password).await?;
        let user = User {
            id: SystemRandom.uuid().to_string(),
            username: username.clone(),
            role,
            password_hash,
            generation: 0,
            created: self.clock.now(),
        };
        if self.users.insert(&user).await? { Ok(()) } else { Err(PeopleError::Taken(username)) }
    }

    /// Adds `admin` when there is no admin yet. Returns the password that was made where none was given.
    ///
    /// # Errors
    /// A password that is too short, somebody of that name who is no admin, or a failing database.
    pub async fn ensure_admin(&self, given: Option<SecretString>) -> Result<FirstAdmin, PeopleError> {
        if self.has_admin().await? {
            return Ok(FirstAdmin::NotNeeded);
        }
        let made = given.is_none();
        let password = given.unwrap_or_else(generate_password);
        match self.add(FIRST_ADMIN, Role::Admin, password.clone()).await {
            Ok(()) if made => Ok(FirstAdmin::Made { password }),
            Ok(()) => Ok(FirstAdmin::AsGiven),
            Err(PeopleError::Taken(_)) => {
                // Another instance on the same database was quicker, or somebody has the name who is no admin.
                if self.has_admin().await? { Ok(FirstAdmin::NotNeeded) } else { Err(PeopleError::NoAdmin) }
            }
            Err(error) => Err(error),
        }
    }

    async fn has_admin(&self) -> Result<bool, PeopleError> {
        Ok(self.users.list().await?.iter().any(|user| user.role == Role::Admin))
    }

    /// The user of that name and password. Takes the same time for a name that nobody has.
    ///
    /// # Errors
    /// When the database or the hashing fails.
    pub async fn check(&self, username: &str, password: SecretString) -> Result<Option<User>, PeopleError> {
        let user = match normalize(username) {
            Some(username) => self.users.by_username(&username).await?,
            None => None,
        };
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        Ok(if self.passwords.verify(password, hash).await? { user } else { None })
    }

    /// The user with that id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_id(&self, id: &str) -> Result<Option<User>, PeopleError> {
        Ok(self.users.by_id(id).await?)
    }

    /// Everyone, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self) -> Result<Vec<User>, PeopleError> {
        Ok(self.users.list().await?)
    }

    /// Sets a password, which ends the person's sessions.
    ///
    /// # Errors
    /// A wrong password, or nobody of that name.
    pub async fn set_password(&self, username: &str, password: SecretString) -> Result<(), PeopleError> {
        let username = self.known(username).await?;
        let hash = self.passwords.hash(password).await?;
        if self.users.set_password(&username, &hash).await? {
            Ok(())
        } else {
            Err(PeopleError::NotFound(username))
        }
    }

    /// Sets what somebody may do.
    ///
    /// # Errors
    /// Nobody of that name, or the last admin.
    pub async fn set_role(&self, username: &str, role: Role) -> Result<(), PeopleError> {
        let username = self.known(username).await?;
        let change = self.users.set_role(&username, role).await?;
        outcome(change, username)
    }

    /// Removes somebody, and what was theirs by their name: their rule, their drafts, and that packages are theirs.
    ///
    /// # Errors
    /// Nobody of that name, or the last admin.
    pub async fn remove(&self, username: &str) -> Result<(), PeopleError> {
        let username = self.known(username).await?;
        let change = self.users.remove(&username).await?;
        outcome(change, username)
    }

    async fn known(&self, username: &str) -> Result<String, PeopleError> {
        let normalized = normalize(username).ok_or_else(|| PeopleError::NotFound(username.to_owned()))?;
        match self.users.by_username(&normalized).await? {
            Some(user) => Ok(user.username),
            None => Err(PeopleError::NotFound(normalized)),
        }
    }
}

/// What the first start did about the admin.
#[derive(Debug)]
pub enum FirstAdmin {
    /// There are people already.
    NotNeeded,
    /// Added, with the password given.
    AsGiven,
    /// Added, with a password to be told once.
    Made {
        /// The password.
        password: SecretString,
    },
}

fn outcome(change: Change, username: String) -> Result<(), PeopleError> {
    match change {
        Change::Done => Ok(()),
        Change::NotFound => Err(PeopleError::NotFound(username)),
        Change::LastAdmin => Err(PeopleError::LastAdmin(username)),
    }
}

/// The name as it is stored: lower case. `None` if it is no name.
#[must_use]
pub fn normalize(username: &str) -> Option<String> {
    let username = username.trim().to_lowercase();
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    let valid =
        (1..=MAX_USERNAME_LENGTH).contains(&username.chars().count()) && username.chars().all(allowed);
    valid.then_some(username)
}

/// Twenty characters that are hard to mistake for each other: more than 95 bits.
fn generate_password() -> SecretString {
    const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    #[expect(clippy::disallowed_methods, reason = "a secret that nobody else may choose")]
    let mut rng = rand::rng();
    (0..20).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::DatabaseUrl;
    use crate::store::SqlStore;
    use crate::testing::SetClock;
    use proptest::prelude::*;
    use secrecy::ExposeSecret as _;
    use time::OffsetDateTime;

    async fn people() -> (tempfile::TempDir, People) {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::sqlite_file(&folder.path().join("sekisho.sqlite")).unwrap();
        let store = SqlStore::open(&url).await.unwrap();
        let clock = Arc::new(SetClock::at(OffsetDateTime::UNIX_EPOCH));
        (folder, People::new(Arc::new(store), Passwords::new().await.unwrap(), clock))
    }

    #[tokio::test]
    async fn name_and_password_lead_to_the_user() {
        let (_folder, people) = people().await;
        people.add("Ann.Lee", Role::Operator, "correct horse".into()).await.unwrap();
        let found = |name: &'static str, password: &'static str| {
            let people = people.clone();
            async move { people.check(name, password.into()).await.unwrap().map(|user| user.username) }
        };
        assert_eq!(found("ann.lee", "correct horse").await.as_deref(), Some("ann.lee"));
        assert_eq!(found(" ANN.LEE ", "correct horse").await.as_deref(), Some("ann.lee"));
        assert_eq!(found("ann.lee", "correct horse ").await, None);
        assert_eq!(found("bob", "correct horse").await, None);
        assert_eq!(found("an apple", "correct horse").await, None);
    }

    #[tokio::test]
    async fn the_first_start_makes_an_admin_once() {
        let (_folder, people) = people().await;
        let FirstAdmin::Made { password } = people.ensure_admin(None).await.unwrap() else {
            panic!("not made")
        };
        assert_eq!(password.expose_secret().len(), 20);
        let admin = people.check(FIRST_ADMIN, password).await.unwrap().unwrap();
        assert_eq!(admin.role, Role::Admin);
        let again = people.ensure_admin(Some("another password".into())).await.unwrap();
        assert!(matches!(again, FirstAdmin::NotNeeded));
    }

    #[tokio::test]
    async fn people_who_are_no_admins_do_not_stand_in_for_one() {
        let (_folder, people) = people().await;
        people.add("ann", Role::Viewer, "correct horse".into()).await.unwrap();
        let first = people.ensure_admin(Some("long enough".into())).await.unwrap();
        assert!(matches!(first, FirstAdmin::AsGiven));
    }

    #[tokio::test]
    async fn who_is_named_like_the_first_admin_is_not_taken_for_one() {
        let (_folder, people) = people().await;
        people.add(FIRST_ADMIN, Role::Viewer, "correct horse".into()).await.unwrap();
        let refused = people.ensure_admin(Some("long enough".into())).await.unwrap_err();
        assert!(matches!(refused, PeopleError::NoAdmin) && refused.to_string().contains("sekisho user role"));
        people.set_role(FIRST_ADMIN, Role::Admin).await.unwrap();
        assert!(matches!(people.ensure_admin(None).await, Ok(FirstAdmin::NotNeeded)));
    }

    #[tokio::test]
    async fn a_given_password_is_not_told_again() {
        let (_folder, people) = people().await;
        assert!(people.ensure_admin(Some("short".into())).await.is_err());
        let first = people.ensure_admin(Some("long enough".into())).await.unwrap();
        assert!(matches!(first, FirstAdmin::AsGiven));
    }

    #[tokio::test]
    async fn changes_to_nobody_and_to_the_last_admin_are_refused() {
        let (_folder, people) = people().await;
        people.add("ann", Role::Admin, "correct horse".into()).await.unwrap();
        assert!(matches!(people.remove("ann").await, Err(PeopleError::LastAdmin(_))));
        assert!(matches!(people.remove("bob").await, Err(PeopleError::NotFound(_))));
        assert!(matches!(people.set_role("b b", Role::Viewer).await, Err(PeopleError::NotFound(_))));
        assert!(matches!(
            people.add("ann", Role::Viewer, "correct horse".into()).await,
            Err(PeopleError::Taken(_))
        ));
        people.set_password("ANN", "battery staple".into()).await.unwrap();
        assert!(people.check("ann", "battery staple".into()).await.unwrap().is_some());
        assert!(people.check("ann", "correct horse".into()).await.unwrap().is_none());
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_name_by_the_rules_or_none(text in "\\PC{0,70}") {
            if let Some(name) = normalize(&text) {
                prop_assert!((1..=MAX_USERNAME_LENGTH).contains(&name.len()));
                prop_assert_eq!(normalize(&name), Some(name));
            }
        }

        #[test]
        fn names_of_the_allowed_characters_are_names(name in "[a-zA-Z0-9._-]{1,64}") {
            prop_assert_eq!(normalize(&name), Some(name.to_lowercase()));
        }
    }
}
