//! Where the database is.

use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

/// A URL of an SQLite file or a PostgreSQL database. Prints without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(Url);

/// A text that is no such URL. Does not repeat the text, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDatabaseUrl {
    /// No URL at all.
    #[error("DATABASE_URL is not a URL; give postgres://user:password@host/database or sqlite:/path/to/file")]
    NotAUrl,
    /// A URL of another database.
    #[error("DATABASE_URL must begin with postgres:// or sqlite:")]
    Scheme,
    /// Would be another database in every connection, and gone with the process.
    #[error("DATABASE_URL names an SQLite database in memory, which would forget everyone; name a file")]
    InMemory,
}

impl DatabaseUrl {
    /// Reads a URL.
    ///
    /// # Errors
    /// [`InvalidDatabaseUrl`].
    pub fn parse(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        let mut url = Url::parse(text.trim()).map_err(|_| InvalidDatabaseUrl::NotAUrl)?;
        match url.scheme() {
            "postgres" | "postgresql" => {}
            "sqlite" => {
                let mode =
                    url.query_pairs().find(|(key, _)| key == "mode").map(|(_, mode)| mode.into_owned());
                if url.as_str().contains(":memory:") || mode.as_deref() == Some("memory") {
                    return Err(InvalidDatabaseUrl::InMemory);
                }
                if mode.is_none() {
                    url.query_pairs_mut().append_pair("mode", "rwc");
                }
            }
            _ => return Err(InvalidDatabaseUrl::Scheme),
        }
        Ok(Self(url))
    }

    /// An SQLite file.
    ///
    /// # Errors
    /// [`InvalidDatabaseUrl::NotAUrl`] for a path that is not absolute.
    pub fn sqlite_file(path: &Path) -> Result<Self, InvalidDatabaseUrl> {
        let file = Url::from_file_path(path).map_err(|()| InvalidDatabaseUrl::NotAUrl)?;
        // The scheme of a `file:` URL cannot be set: the rest is taken over as it is, percent-encoded.
        Self::parse(&file.as_str().replacen("file:", "sqlite:", 1))
    }

    /// Whether it is an SQLite file.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.0.scheme() == "sqlite"
    }

    /// The SQLite file that will be written to.
    #[must_use]
    pub fn sqlite_path(&self) -> Option<PathBuf> {
        let read_only = self.0.query_pairs().any(|(key, mode)| key == "mode" && mode == "ro");
        if !self.is_sqlite() || read_only {
            return None;
        }
        // As sqlx reads it: what stands between the scheme and the query, percent-decoded.
        let rest = self.0.as_str().trim_start_matches("sqlite:").trim_start_matches("//");
        let path = rest.split('?').next().unwrap_or_default();
        Some(PathBuf::from(percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()))
    }

    /// The URL with its password, for the driver only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.0.clone();
        if url.password().is_some() && url.set_password(Some("redacted")).is_err() {
            return f.write_str("[redacted]");
        }
        // Drivers take a password in the query too.
        if !self.is_sqlite() {
            url.set_query(None);
        }
        f.write_str(url.as_str())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_files_are_made_when_missing() {
        assert_eq!(
            DatabaseUrl::parse("sqlite:/var/lib/s.db").unwrap().expose(),
            "sqlite:/var/lib/s.db?mode=rwc"
        );
        let url = DatabaseUrl::sqlite_file(Path::new("/tmp/a b#c%d?.sqlite")).unwrap();
        assert_eq!(url.sqlite_path().unwrap(), Path::new("/tmp/a b#c%d?.sqlite"));
        assert!(url.is_sqlite());
    }

    #[test]
    fn paths_are_read_as_the_driver_reads_them() {
        let path = |text| DatabaseUrl::parse(text).unwrap().sqlite_path();
        assert_eq!(path("sqlite://data/s.db").unwrap(), Path::new("data/s.db"));
        assert_eq!(path("sqlite:data/s.db").unwrap(), Path::new("data/s.db"));
        assert_eq!(path("sqlite:///s%20t.db?mode=rw").unwrap(), Path::new("/s t.db"));
        assert_eq!(path("sqlite:/s.db?mode=ro"), None);
        assert_eq!(path("postgres://db/x"), None);
    }

    #[test]
    fn other_urls_are_refused() {
        assert_eq!(DatabaseUrl::parse("data/s.db"), Err(InvalidDatabaseUrl::NotAUrl));
        assert_eq!(DatabaseUrl::parse("mysql://db/x"), Err(InvalidDatabaseUrl::Scheme));
        assert_eq!(DatabaseUrl::parse("sqlite::memory:"), Err(InvalidDatabaseUrl::InMemory));
        assert_eq!(DatabaseUrl::parse("sqlite:x?mode=memory"), Err(InvalidDatabaseUrl::InMemory));
    }

    #[test]
    fn passwords_are_not_printed() {
        let url =
            DatabaseUrl::parse("postgres://ann:hunter2@db:5432/x?password=hunter3&sslmode=require").unwrap();
        for text in [url.to_string(), format!("{url:?}")] {
            assert_eq!(text, "postgres://ann:redacted@db:5432/x");
        }
        assert!(url.expose().contains("hunter2"));
    }
}
