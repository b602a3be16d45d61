//! Password hashing: argon2id with the crate's parameters (19 MiB, 2 passes: OWASP's recommendation).

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use rand::RngExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

use crate::hash::hex;

/// Shortest password, in characters.
pub const MIN_PASSWORD_LENGTH: usize = 8;
/// Longest password, in bytes: hashing more would only cost time.
const MAX_PASSWORD_BYTES: usize = 1024;
/// How many passwords are hashed at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 4;

/// Why a password is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("a password has at least {MIN_PASSWORD_LENGTH} characters")]
    TooShort,
    /// Too long.
    #[error("a password has at most {MAX_PASSWORD_BYTES} bytes")]
    TooLong,
    /// The hashing itself failed.
    #[error("the password could not be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    /// The hashing was interrupted.
    #[error("the password could not be hashed: {0}")]
    Interrupted(#[from] JoinError),
}

/// Hashes and verifies passwords, off the threads that answer requests.
#[derive(Clone)]
pub struct Passwords {
    /// The hash of a password that nobody knows, verified when there is no user, so that both take the same time.
    nobody: SecretString,
    at_once: Arc<Semaphore>,
}

impl Passwords {
    /// Makes itself ready.
    ///
    /// # Errors
    /// When hashing fails.
    pub async fn new() -> Result<Self, PasswordError> {
        #[expect(clippy::disallowed_methods, reason = "a secret that nobody else may choose")]
        let unknown: [u8; 32] = rand::rng().random();
        let nobody = spawn_blocking(move || hash(hex(&unknown).as_bytes())).await??;
        Ok(Self { nobody, at_once: Arc::new(Semaphore::new(AT_ONCE)) })
    }

    /// The PHC string for a new password.
    ///
    /// # Errors
    /// A password that is too short or too long.
    pub async fn hash(&self, password: SecretString) -> Result<SecretString, PasswordError> {
        if password.expose_secret().chars().count() < MIN_PASSWORD_LENGTH {
            return Err(PasswordError::TooShort);
        }
        if password.expose_secret().len() > MAX_PASSWORD_BYTES {
            return Err(PasswordError::TooLong);
        }
        self.run(move || hash(password.expose_secret().as_bytes())).await?
    }

    /// Whether the password is the one of that hash. Without a hash it is not, after the same time.
    ///
    /// # Errors
    /// When the hashing is interrupted.
    pub async fn verify(
        &self,
        password: SecretString,
        hash: Option<SecretString>,
    ) -> Result<bool, PasswordError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        let matching = self.run(move || {
            let password = password.expose_secret().as_bytes();
            let hash = PasswordHash::new(hash.expose_secret());
            hash.is_ok_and(|hash| {
                password.len() <= MAX_PASSWORD_BYTES
                    && Argon2::default().verify_password(password, &hash).is_ok()
            })
        });
        let matches = matching.await?;
        Ok(known && matches)
    }

    /// Does it when there is room. It takes up its room until it has ended, whether or not somebody still waits for it: who
    /// hangs up would otherwise have more than [`AT_ONCE`] done.
    async fn run<T: Send + 'static>(
        &self,
        hashing: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let room = Arc::clone(&self.at_once).acquire_owned().await;
        spawn_blocking(move || {
            let _room = room;
            hashing()
        })
        .await
    }
}

fn hash(password: &[u8]) -> Result<SecretString, PasswordError> {
    let hash = Argon2::default().hash_password(password).map_err(PasswordError::Hash)?;
    Ok(hash.to_string().into())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let passwords = Passwords::new().await.unwrap();
        let hash = passwords.hash("パスワード八文字です".into()).await.unwrap();
        assert!(hash.expose_secret().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify("パスワード八文字です".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("パスワード八文字でし".into(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("anything".into(), None).await.unwrap());
        assert!(!passwords.verify("anything".into(), Some("no hash".into())).await.unwrap());
    }

    #[tokio::test]
    async fn who_hangs_up_makes_no_room_for_others() {
        let passwords = Passwords::new().await.unwrap();
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let hung_up = passwords.run(move || ended.recv());
        assert!(tokio::time::timeout(Duration::ZERO, hung_up).await.is_err());
        assert_eq!(passwords.at_once.available_permits(), AT_ONCE - 1);
        drop(end);
        let all = u32::try_from(AT_ONCE).unwrap();
        assert!(passwords.at_once.acquire_many(all).await.is_ok(), "it has ended");
    }

    #[tokio::test]
    async fn salts_differ() {
        let passwords = Passwords::new().await.unwrap();
        let first = passwords.hash("the same one".into()).await.unwrap();
        let second = passwords.hash("the same one".into()).await.unwrap();
        assert_ne!(first.expose_secret(), second.expose_secret());
    }

    #[tokio::test]
    async fn length_is_limited() {
        let passwords = Passwords::new().await.unwrap();
        assert!(matches!(passwords.hash("1234567".into()).await, Err(PasswordError::TooShort)));
        assert!(passwords.hash("八文字のパスワド".into()).await.is_ok());
        assert!(matches!(passwords.hash("x".repeat(1025).into()).await, Err(PasswordError::TooLong)));
    }
}
