//! The command line and the environment: read once, here.

mod database_url;
mod size;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::permission::Role;
use secrecy::SecretString;

pub use database_url::{DatabaseUrl, InvalidDatabaseUrl};

/// Sekisho: a web console for AWS Systems Manager Hybrid Activations and Distributor.
#[derive(Debug, Parser)]
#[command(name = "sekisho", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// Reads the arguments, the program's name first; ends the program where they are wrong. `sekisho` alone serves, as
    /// whoever only starts programs expects (`cargo leptos watch` does).
    #[must_use]
    pub fn of(arguments: impl Iterator<Item = OsString>) -> Self {
        Self::parse_from(or_serve(arguments))
    }
}

fn or_serve(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<_> = arguments.collect();
    if arguments.len() == 1 {
        arguments.push("serve".into());
    }
    arguments
}

/// What `sekisho` can be told to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the console.
    #[command(
        after_help = "On the first start, SEKISHO_ADMIN_PASSWORD in the environment is the password of `admin`; \
        without it one is made and printed once. With SEKISHO_BACKEND=aws, AWS's own variables and files say which \
        account and Region. RUST_LOG filters the log."
    )]
    Serve(ServeArgs),
    /// Run the stand-in for AWS alone.
    Emulator(EmulatorArgs),
    /// Manage the people who may sign in.
    User(UserArgs),
    /// Publish a package from a pipeline, through a console that runs elsewhere.
    #[command(
        after_help = "SEKISHO_TOKEN in the environment is the token, made on the console's page Access tokens. What comes of \
        it is told on standard output, progress on standard error. Exit codes: 0 published; 1 a file cannot be read; \
        2 wrong arguments; 3 refused, such as a name that is not allowed; 4 the token does not work or may not do this; \
        5 the publication has failed; 6 the console cannot be reached; 130 cancelled."
    )]
    Publish(PublishArgs),
}

/// `sekisho serve`.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Address and port to listen on.
    #[arg(long, env = "SEKISHO_LISTEN", default_value = "127.0.0.1:3000", value_parser = address)]
    pub listen: SocketAddr,
    /// Where to keep what is kept.
    #[command(flatten)]
    pub storage: StorageArgs,
    /// Which AWS to talk to.
    #[arg(long, env = "SEKISHO_BACKEND", default_value = "embedded", value_enum)]
    pub backend: Backend,
    /// The embedded stand-in.
    #[command(flatten)]
    pub embedded: EmbeddedArgs,
    /// Seconds between two looks at the nodes, 1–3600; 2 on the embedded backend and 15 on AWS by default.
    #[arg(long, env = "SEKISHO_REFRESH_SECONDS", value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub refresh_seconds: Option<u32>,
    /// Room for the files of one person's package drafts, such as 5GiB.
    #[arg(long, env = "SEKISHO_DRAFT_QUOTA", default_value = "5GiB", value_parser = size::size, value_name = "SIZE")]
    pub draft_quota: u64,
    /// Room for the files of everybody's package drafts.
    #[arg(long, env = "SEKISHO_DRAFT_QUOTA_ALL", default_value = "20GiB", value_parser = size::size, value_name = "SIZE")]
    pub draft_quota_all: u64,
    /// How to write the log.
    #[arg(long, env = "SEKISHO_LOG_FORMAT", default_value = "text", value_enum)]
    pub log_format: LogFormat,
    /// Whether browsers reach Sekisho over TLS, which a proxy in front ends: cookies are then for TLS only.
    #[arg(long, env = "SEKISHO_SECURE_COOKIES", default_value_t = false, num_args = 0..=1, default_missing_value = "true")]
    pub secure_cookies: bool,
    /// Whether a proxy in front sets X-Forwarded-For, whose last address is then the client's.
    #[arg(long, env = "SEKISHO_TRUST_PROXY", default_value_t = false, num_args = 0..=1, default_missing_value = "true")]
    pub trust_proxy: bool,
}

/// Where to keep what must outlive the process.
#[derive(Clone, Debug, Args)]
pub struct StorageArgs {
    /// Folder for the database file and the embedded stand-in's state.
    #[arg(long, env = "SEKISHO_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,
    /// `postgres://…` or `sqlite:…`; an SQLite file in the data folder by default.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<GivenUrl>,
}

/// The embedded stand-in for AWS.
#[derive(Clone, Debug, Args)]
pub struct EmbeddedArgs {
    /// Address and port of the stand-in; loopback only.
    #[arg(long, env = "SEKISHO_EMBEDDED_LISTEN", default_value = "127.0.0.1:4610", value_parser = loopback)]
    pub embedded_listen: SocketAddr,
    /// How many simulated nodes it has.
    #[arg(long, env = "SEKISHO_EMBEDDED_NODES", default_value_t = 17)]
    pub embedded_nodes: u32,
}

/// `sekisho emulator`.
#[derive(Clone, Debug, Args)]
pub struct EmulatorArgs {
    /// The stand-in itself.
    #[command(flatten)]
    pub embedded: EmbeddedArgs,
    /// Folder for its state.
    #[arg(long, env = "SEKISHO_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,
    /// How to write the log.
    #[arg(long, env = "SEKISHO_LOG_FORMAT", default_value = "text", value_enum)]
    pub log_format: LogFormat,
}

/// `sekisho publish`.
#[derive(Clone, Debug, Args)]
pub struct PublishArgs {
    /// The console's address, such as `https://sekisho.example.com`.
    #[arg(long, env = "SEKISHO_SERVER", value_name = "URL")]
    pub server: String,
    /// Name of the package; one that is there gets another version.
    #[arg(long)]
    pub name: String,
    /// Name of the version.
    #[arg(long)]
    pub version_name: Option<String>,
    /// Who publishes the software, for the manifest.
    #[arg(long)]
    pub publisher: Option<String>,
    /// A .deb, .rpm or .msi file; can be given up to 20 times.
    #[arg(long = "file", required = true, value_name = "PATH")]
    pub files: Vec<PathBuf>,
    /// Nodes that a file is for, as in the manifest, such as `ubuntu:22.04:x86_64`; by default those that the file itself
    /// speaks of. Where there are several files, the file's name comes first: `tool.deb=ubuntu:_any:x86_64`.
    #[arg(long = "target", value_name = "[FILE=]PLATFORM[:VERSION[:ARCHITECTURE]]")]
    pub targets: Vec<String>,
    /// A script in place of the generated one, such as install=install.sh; also update, uninstall, validate. Where there
    /// are several files, the file's name comes first: tool.deb:install=install.sh.
    #[arg(long = "script", value_name = "[FILE:]ACTION=PATH")]
    pub scripts: Vec<String>,
    /// The S3 bucket that the files go to.
    #[arg(long)]
    pub bucket: String,
    /// Where in it; by default a folder of the package's and version's names.
    #[arg(long)]
    pub prefix: Option<String>,
    /// A key of this job, such as its number: run again with it, the job does not publish twice.
    #[arg(long, value_name = "KEY")]
    pub idempotency_key: Option<String>,
    /// Keep the draft of what has failed, to be looked at in the console.
    #[arg(long)]
    pub keep_draft: bool,
    /// How to tell what came of it.
    #[arg(long, default_value = "text", value_enum)]
    pub output: OutputFormat,
}

/// How to tell what came of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Text,
    /// For machines: one object.
    Json,
}

/// The token that acts for somebody, if one is given. No flag: the process list would show it.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is where configuration is read")]
pub fn token() -> Option<SecretString> {
    std::env::var("SEKISHO_TOKEN").ok().filter(|token| !token.is_empty()).map(Into::into)
}

/// `sekisho user`.
#[derive(Debug, Args)]
pub struct UserArgs {
    /// Where they are kept.
    #[command(flatten)]
    pub storage: StorageArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: UserCommand,
}

/// What can be done with people.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add somebody. The password is asked for, or read from standard input.
    Add {
        /// 1–64 of a–z, 0–9, `.`, `_` and `-`.
        username: String,
        /// What they may do: viewer, publisher, operator or admin.
        #[arg(long, default_value = "viewer", value_parser = role)]
        role: Role,
    },
    /// List everyone.
    List,
    /// Set somebody's password, which ends their sessions. It is asked for, or read from standard input.
    Password {
        /// Whose.
        username: String,
    },
    /// Change what somebody may do.
    Role {
        /// Whose.
        username: String,
        /// viewer, publisher, operator or admin.
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Remove somebody with their drafts and tokens, which ends their sessions. Their packages are left to the admins.
    Remove {
        /// Whom.
        username: String,
    },
}

/// Which AWS to talk to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Backend {
    /// The stand-in, started with the console.
    Embedded,
    /// AWS, as its own variables and files say.
    Aws,
}

/// How to write the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: an object a line.
    Json,
}

/// A database's URL as given, checked only when used: clap would print a wrong one with its password.
#[derive(Clone)]
pub struct GivenUrl(String);

impl From<&str> for GivenUrl {
    fn from(url: &str) -> Self {
        Self(url.to_owned())
    }
}

impl std::fmt::Debug for GivenUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

impl StorageArgs {
    /// Makes the data folder and says where the database is.
    ///
    /// # Errors
    /// A sentence for each wrong value.
    pub fn database(&self) -> Result<DatabaseUrl, ConfigError> {
        let data_dir = writable_folder(&self.data_dir)?;
        let given = self.database_url.as_ref().map(|GivenUrl(url)| url.trim()).filter(|url| !url.is_empty());
        Ok(match given {
            None => DatabaseUrl::sqlite_file(&data_dir.join("sekisho.sqlite"))?,
            Some(url) => DatabaseUrl::parse(url)?,
        })
    }
}

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The data folder cannot be used.
    #[error("the data folder {} cannot be written to: {source}; set SEKISHO_DATA_DIR to one that can", path.display())]
    DataDir {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The database's URL is none.
    #[error(transparent)]
    DatabaseUrl(#[from] InvalidDatabaseUrl),
}

/// Makes a folder, its owner's alone, and checks that files can be made in it. Returns its absolute path.
///
/// # Errors
/// [`ConfigError::DataDir`].
pub fn writable_folder(path: &std::path::Path) -> Result<PathBuf, ConfigError> {
    let check = || {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)?;
        let path = path.canonicalize()?;
        let probe = path.join(format!(".writable-{}", std::process::id()));
        std::fs::write(&probe, b"x")?;
        std::fs::remove_file(probe)?;
        Ok(path)
    };
    check().map_err(|source| ConfigError::DataDir { path: path.to_owned(), source })
}

/// The password that the first admin shall have, if one is given. No flag: the process list would show it.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is where configuration is read")]
pub fn admin_password() -> Option<SecretString> {
    std::env::var("SEKISHO_ADMIN_PASSWORD").ok().filter(|password| !password.is_empty()).map(Into::into)
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "give an IP address and a port, such as 127.0.0.1:3000 or [::1]:3000".to_owned())
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address = address(text)?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("the stand-in takes any credentials, so it listens on a loopback address only, such as 127.0.0.1:4610"
            .to_owned())
    }
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_name(text).ok_or_else(|| format!("a role is one of {}", Role::ALL.map(Role::name).join(", ")))
}

#[cfg(test)]
mod tests;
