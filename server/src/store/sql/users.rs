//! [`Users`] in SQL.

use async_trait::async_trait;
use domain::permission::Role;
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::Row as _;
use sqlx::any::AnyRow;
use time::OffsetDateTime;

use super::SqlStore;
use crate::store::StoreError;
use crate::store::users::{Change, User, Users};

/// What is somebody's by their name alone, which may be given to somebody else: their rule, packages and drafts, and the
/// keys of their pipelines. Tokens go by themselves, and the files of drafts are swept. A draft that is being published
/// is needed for that.
const OF_SOMEBODY: [&str; 4] = [
    "DELETE FROM publisher_rules WHERE username = $1",
    "DELETE FROM package_owners WHERE username = $1",
    "DELETE FROM api_requests WHERE username = $1",
    "DELETE FROM package_drafts WHERE username = $1 AND publication IS NULL",
];

#[async_trait]
impl Users for SqlStore {
    async fn insert(&self, user: &User) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO users (id, username, role, password_hash, generation, created) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (username) DO NOTHING",
        )
        .bind(&user.id)
        .bind(&user.username)
        .bind(user.role.name())
        .bind(user.password_hash.expose_secret())
        .bind(user.generation)
        .bind(user.created.unix_timestamp())
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn by_username(&self, username: &str) -> Result<Option<User>, StoreError> {
        let row = sqlx::query("SELECT * FROM users WHERE username = $1").bind(username);
        row.fetch_optional(&self.pool).await?.map(|row| user(&row)).transpose()
    }

    async fn by_id(&self, id: &str) -> Result<Option<User>, StoreError> {
        let row = sqlx::query("SELECT * FROM users WHERE id = $1").bind(id);
        row.fetch_optional(&self.pool).await?.map(|row| user(&row)).transpose()
    }

    async fn list(&self) -> Result<Vec<User>, StoreError> {
        let rows = sqlx::query("SELECT * FROM users ORDER BY username").fetch_all(&self.pool).await?;
        rows.iter().map(user).collect()
    }

    async fn set_password(&self, username: &str, hash: &SecretString) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE users SET password_hash = $2, generation = generation + 1 WHERE username = $1",
        )
        .bind(username)
        .bind(hash.expose_secret())
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn set_role(&self, username: &str, role: Role) -> Result<Change, StoreError> {
        let mut one_at_a_time = self.lock_admins().await?;
        let done = sqlx::query(
            "UPDATE users SET role = $2 WHERE username = $1 AND ($2 = 'admin' OR role <> 'admin' \
             OR (SELECT COUNT(*) FROM users WHERE role = 'admin') > 1)",
        )
        .bind(username)
        .bind(role.name())
        .execute(&mut *one_at_a_time)
        .await?;
        one_at_a_time.commit().await?;
        self.change(username, done.rows_affected()).await
    }

    async fn remove(&self, username: &str) -> Result<Change, StoreError> {
        let mut one_at_a_time = self.lock_admins().await?;
        let done = sqlx::query(
            "DELETE FROM users WHERE username = $1 AND (role <> 'admin' \
             OR (SELECT COUNT(*) FROM users WHERE role = 'admin') > 1)",
        )
        .bind(username)
        .execute(&mut *one_at_a_time)
        .await?;
        if done.rows_affected() == 1 {
            for sql in OF_SOMEBODY {
                sqlx::query(sql).bind(username).execute(&mut *one_at_a_time).await?;
            }
        }
        one_at_a_time.commit().await?;
        self.change(username, done.rows_affected()).await
    }
}

impl SqlStore {
    /// A transaction that waits for others of its kind: two admins who remove each other at once must not both succeed.
    async fn lock_admins(&self) -> Result<sqlx::Transaction<'static, sqlx::Any>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        // An update that changes nothing locks the rows in both databases, which SELECT … FOR UPDATE does not.
        sqlx::query("UPDATE users SET role = role WHERE role = 'admin'").execute(&mut *transaction).await?;
        Ok(transaction)
    }

    /// Why a guarded statement changed nothing, when it changed nothing.
    async fn change(&self, username: &str, changed: u64) -> Result<Change, StoreError> {
        Ok(match changed {
            0 if self.by_username(username).await?.is_none() => Change::NotFound,
            0 => Change::LastAdmin,
            _ => Change::Done,
        })
    }
}

fn user(row: &AnyRow) -> Result<User, StoreError> {
    let role: String = row.try_get("role")?;
    let created: i64 = row.try_get("created")?;
    Ok(User {
        id: row.try_get("id")?,
        username: row.try_get("username")?,
        role: Role::from_name(&role).ok_or(StoreError::Unknown { column: "role" })?,
        password_hash: row.try_get::<String, _>("password_hash")?.into(),
        generation: row.try_get("generation")?,
        created: OffsetDateTime::from_unix_timestamp(created)
            .map_err(|_| StoreError::Unknown { column: "created" })?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sql::tests::fresh_stores;

    fn somebody(username: &str, role: Role) -> User {
        User {
            id: format!("id-of-{username}"),
            username: username.to_owned(),
            role,
            password_hash: "$argon2id$…".into(),
            generation: 0,
            created: OffsetDateTime::UNIX_EPOCH,
        }
    }

    #[tokio::test]
    async fn a_name_is_given_once() {
        for fresh in fresh_stores().await {
            let store = &fresh.store;
            assert!(store.insert(&somebody("ann", Role::Viewer)).await.unwrap(), "{}", fresh.name);
            let mut second = somebody("ann", Role::Admin);
            second.id = "another".to_owned();
            assert!(!store.insert(&second).await.unwrap(), "{}", fresh.name);
            let ann = store.by_username("ann").await.unwrap().unwrap();
            assert_eq!((ann.role, ann.id.as_str()), (Role::Viewer, "id-of-ann"));
            assert_eq!(store.by_id("id-of-ann").await.unwrap().unwrap().username, "ann");
        }
    }

    #[tokio::test]
    async fn a_new_password_is_a_new_generation() {
        for fresh in fresh_stores().await {
            let store = &fresh.store;
            store.insert(&somebody("ann", Role::Viewer)).await.unwrap();
            assert!(store.set_password("ann", &"new".into()).await.unwrap());
            assert!(!store.set_password("bob", &"new".into()).await.unwrap());
            let ann = store.by_username("ann").await.unwrap().unwrap();
            assert_eq!((ann.generation, ann.password_hash.expose_secret()), (1, "new"));
        }
    }

    #[tokio::test]
    async fn the_last_admin_stays_one() {
        for fresh in fresh_stores().await {
            let store = &fresh.store;
            store.insert(&somebody("ann", Role::Admin)).await.unwrap();
            store.insert(&somebody("bob", Role::Viewer)).await.unwrap();
            assert_eq!(store.remove("ann").await.unwrap(), Change::LastAdmin, "{}", fresh.name);
            assert_eq!(store.set_role("ann", Role::Operator).await.unwrap(), Change::LastAdmin);
            assert_eq!(store.set_role("ann", Role::Admin).await.unwrap(), Change::Done);
            assert_eq!(store.set_role("bob", Role::Admin).await.unwrap(), Change::Done);
            assert_eq!(store.set_role("ann", Role::Operator).await.unwrap(), Change::Done);
            assert_eq!(store.remove("ann").await.unwrap(), Change::Done);
            assert_eq!(store.remove("ann").await.unwrap(), Change::NotFound);
            let left: Vec<_> = store.list().await.unwrap().into_iter().map(|user| user.username).collect();
            assert_eq!(left, ["bob"]);
        }
    }

    /// How many rules, packages, keys of pipelines and drafts the database has of this name.
    async fn kept_of(store: &SqlStore, username: &str) -> [i64; 4] {
        let mut counts = [0; 4];
        let tables = [
            "SELECT COUNT(*) AS number FROM publisher_rules WHERE username = $1",
            "SELECT COUNT(*) AS number FROM package_owners WHERE username = $1",
            "SELECT COUNT(*) AS number FROM api_requests WHERE username = $1",
            "SELECT COUNT(*) AS number FROM package_drafts WHERE username = $1",
        ];
        for (count, sql) in counts.iter_mut().zip(tables) {
            let row = sqlx::query(sql).bind(username).fetch_one(&store.pool).await.unwrap();
            *count = row.try_get("number").unwrap();
        }
        counts
    }

    #[tokio::test]
    async fn who_gets_a_name_that_was_anothers_gets_nothing_else_of_theirs() {
        for fresh in fresh_stores().await {
            let store = &fresh.store;
            for (name, role) in [("ann", Role::Publisher), ("bob", Role::Admin)] {
                store.insert(&somebody(name, role)).await.unwrap();
                for sql in [
                    "INSERT INTO publisher_rules (username, rule) VALUES ($1, '{}')",
                    "INSERT INTO package_owners (package, username, since) VALUES ($1, $1, 0)",
                    "INSERT INTO api_requests (username, key, request, id, created) VALUES ($1, 'k', '', '', 0)",
                    "INSERT INTO package_drafts (id, username, revision, contents, created, updated) \
                     VALUES ($1, $1, 1, '{}', 0, 0)",
                    "INSERT INTO package_drafts (id, username, revision, contents, created, updated, publication) \
                     VALUES (UPPER($1), $1, 1, '{}', 0, 0, 'publication')",
                ] {
                    sqlx::query(sql).bind(name).execute(&store.pool).await.unwrap();
                }
            }
            assert_eq!(store.remove("bob").await.unwrap(), Change::LastAdmin, "{}", fresh.name);
            assert_eq!(kept_of(store, "bob").await, [1, 1, 1, 2]);
            assert_eq!(store.remove("ann").await.unwrap(), Change::Done);
            assert_eq!(kept_of(store, "ann").await, [0, 0, 0, 1], "what is being published is gone on with");
            assert_eq!(kept_of(store, "bob").await, [1, 1, 1, 2]);
        }
    }

    #[tokio::test]
    async fn admins_who_remove_each_other_at_once_do_not_both_succeed() {
        for fresh in fresh_stores().await {
            let store = &fresh.store;
            for round in 0..5 {
                let (ann, bob) = (format!("ann{round}"), format!("bob{round}"));
                store.insert(&somebody(&ann, Role::Admin)).await.unwrap();
                store.insert(&somebody(&bob, Role::Admin)).await.unwrap();
                let (first, second) = tokio::join!(store.remove(&ann), store.set_role(&bob, Role::Viewer));
                let done = [first.unwrap(), second.unwrap()];
                assert!(
                    done.contains(&Change::Done) && done.contains(&Change::LastAdmin),
                    "{}: {done:?}",
                    fresh.name
                );
                for name in [&ann, &bob] {
                    sqlx::query("DELETE FROM users WHERE username = $1")
                        .bind(name)
                        .execute(&store.pool)
                        .await
                        .unwrap();
                }
            }
        }
    }

    #[test]
    fn a_password_hash_is_not_printed() {
        assert!(!format!("{:?}", somebody("ann", Role::Viewer)).contains("argon2id"));
    }
}
