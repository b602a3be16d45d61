//! Starting and stopping: `sekisho serve` and `sekisho emulator`.

mod connections;
mod housekeeping;
mod shutdown;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::page::AwsCaller;
use app::ports::{Clock, Ports, Random};
use axum::Router;
use axum::routing::get;
use emulator::{Emulator, EmulatorConfig};
use rand::RngExt as _;
use secrecy::ExposeSecret as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::assets::Site;
use crate::aws::{Aws, ConnectError, Target, Timeouts};
use crate::clock::SystemClock;
use crate::config::{
    Backend, ConfigError, EmbeddedArgs, EmulatorArgs, ServeArgs, admin_password, writable_folder,
};
use crate::embedded::{Embedded, EmbeddedError};
use crate::fleet::{AWS_INTERVAL, EMBEDDED_INTERVAL, Fleet, FleetConfig};
use crate::live::{self, AnnouncedActivations, Live};
use crate::logging;
use crate::node_actions::{NodeActionRunner, NodeActionStore};
use crate::packages::{AWS_KEEP, AccountPackages, EMBEDDED_KEEP};
use crate::people::{FIRST_ADMIN, FirstAdmin, Passwords, People, PeopleError};
use crate::publish::{
    Checker, DraftArea, DraftStore, OnPublished, Pace, PublicationStore, Publisher, Quota, StoredDrafts,
};
use crate::random::SystemRandom;
use crate::store::estimates::StoredEstimates;
use crate::store::publishers::StoredPublishers;
use crate::store::sessions::Sessions;
use crate::store::submissions::StoredSubmissions;
use crate::store::tokens::StoredTokens;
use crate::store::{SqlStore, StoreError};
use crate::web::rendered::RenderedPages;
use crate::web::{Console, Settings, leptos_options, router};

/// The Region that the embedded stand-in plays.
const EMBEDDED_REGION: &str = "ap-northeast-1";
/// Between two signs of life of a check, which its page shows.
const CHECK_PULSE: Duration = Duration::from_secs(1);

/// Why the program could not start, or did not end well.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A wrong value.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The first admin could not be added.
    #[error("the first admin could not be added: {0}")]
    FirstAdmin(#[from] PeopleError),
    /// The embedded stand-in did not start.
    #[error(transparent)]
    Embedded(#[from] EmbeddedError),
    /// AWS cannot be used.
    #[error(transparent)]
    Aws(#[from] ConnectError),
    /// The database is about another account or Region, whose nodes would be shown as this one's.
    #[error(
        "the database holds the nodes of AWS account {theirs}, and this is AWS account {ours}: set SEKISHO_DATA_DIR to \
         another folder, or DATABASE_URL to another database"
    )]
    AnotherScope {
        /// The account and Region that the database is about.
        theirs: String,
        /// Those of this start.
        ours: String,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; another SEKISHO_LISTEN may be free")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// The server failed.
    #[error("the server failed: {0}")]
    Server(std::io::Error),
    /// Signals cannot be waited for.
    #[error("signals cannot be waited for: {0}")]
    Signals(std::io::Error),
}

/// Runs the console, with these files for browsers, until it is told to end.
///
/// # Errors
/// [`ServeError`]: one sentence on what to mend.
pub async fn serve(args: ServeArgs, site: Site) -> Result<(), ServeError> {
    logging::start(args.log_format);
    let stop = shutdown::on_signal().map_err(ServeError::Signals)?;
    let Foundation { store, listener, embedded, aws } = tokio::select! {
        // A database or an AWS that does not answer takes its time; nothing has been begun until then.
        () = stop.cancelled() => return Ok(()),
        foundation = foundation(&args) => foundation?,
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let fleet = start_fleet(&store, &aws, &clock, refresh_interval(&args), stop.clone()).await?;
    let actions = NodeActionStore::new(store.pool());
    let runner =
        NodeActionRunner::new(actions.clone(), Arc::new(aws.node_writes()), &fleet, &clock, stop.clone());
    let drafts = drafts(&args, &store, &clock)?;
    let publisher = Publisher::start(
        PublicationStore::new(store.pool()),
        drafts.clone(),
        aws.publishing(),
        &clock,
        (SystemRandom.uuid().to_string(), Pace::default()),
        announce_packages(&fleet),
        stop.clone(),
    );
    let checker = Checker::new(drafts.clone(), aws.publishing(), CHECK_PULSE, stop.clone());
    let background =
        Background { fleet: &fleet, runner: &runner, drafts, publisher: &publisher, checker: &checker };
    let console = console(&args, &store, &aws, &clock, background, site).await?;

    let admin = console.people.ensure_admin(admin_password()).await?;
    let submissions = StoredSubmissions::new(store.clone(), Arc::clone(&clock));
    let housekeeping = housekeeping::start(console.clone(), submissions, actions, stop.clone());
    let events =
        Router::new().route("/events", get(live::events)).with_state(Live::new(fleet.states(), stop.clone()));
    let address = listener.local_addr().map_err(ServeError::Server)?;
    announce(address, aws.caller(), &admin);

    connections::serve(listener, router(console, events), stop).await?;
    tracing::info!("stopping");
    tokio::join!(
        housekeeping.wait(),
        runner.stopped(),
        publisher.stopped(),
        checker.stopped(),
        fleet.stopped()
    );
    if let Some(embedded) = embedded {
        embedded.stop().await;
    }
    store.close().await;
    Ok(())
}

/// What everything else stands on.
struct Foundation {
    store: SqlStore,
    listener: TcpListener,
    embedded: Option<Embedded>,
    aws: Aws,
}

async fn foundation(args: &ServeArgs) -> Result<Foundation, ServeError> {
    let store = SqlStore::open(&args.storage.database()?).await?;
    // Before anything that takes time or leaves traces: the port is what is most often taken.
    let listener = listen(args.listen).await?;
    let embedded = match args.backend {
        Backend::Embedded => {
            Some(Embedded::start(emulator_config(&args.embedded, &args.storage.data_dir)?).await?)
        }
        Backend::Aws => None,
    };
    let target = embedded.as_ref().map_or(&Target::Account, Embedded::target);
    let aws = Aws::connect(target, Timeouts::default()).await?;
    claim(&store, aws.caller()).await?;
    Ok(Foundation { store, listener, embedded, aws })
}

/// Sees to it that the database is about the account and Region of this start.
async fn claim(store: &SqlStore, AwsCaller { account, region, .. }: &AwsCaller) -> Result<(), ServeError> {
    match store.claim(&format!("{account} {region}")).await? {
        None => Ok(()),
        Some(scope) => Err(ServeError::AnotherScope {
            theirs: scope.replacen(' ', " in ", 1),
            ours: format!("{account} in {region}"),
        }),
    }
}

/// Runs the stand-in alone until it is told to end.
///
/// # Errors
/// [`ServeError`]: one sentence on what to mend.
pub async fn emulator(args: EmulatorArgs) -> Result<(), ServeError> {
    logging::start(args.log_format);
    let stop = shutdown::on_signal().map_err(ServeError::Signals)?;
    let config = emulator_config(&args.embedded, &args.data_dir)?;
    let emulator = Emulator::start(config).await.map_err(EmbeddedError::from)?;
    println!(
        "The stand-in for AWS answers at http://{}/ (AWS_ENDPOINT_URL), Region {EMBEDDED_REGION}",
        emulator.address()
    );
    stop.cancelled().await;
    emulator.stop().await;
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })
}

fn emulator_config(args: &EmbeddedArgs, data_dir: &std::path::Path) -> Result<EmulatorConfig, ServeError> {
    let data_dir = writable_folder(&data_dir.join("embedded"))?;
    let mut config = EmulatorConfig::new(args.embedded_listen, data_dir);
    config.nodes = args.embedded_nodes;
    config.region = EMBEDDED_REGION.to_owned();
    Ok(config)
}

fn refresh_interval(args: &ServeArgs) -> Duration {
    match (args.refresh_seconds, args.backend) {
        (Some(seconds), _) => Duration::from_secs(seconds.into()),
        (None, Backend::Embedded) => EMBEDDED_INTERVAL,
        (None, Backend::Aws) => AWS_INTERVAL,
    }
}

async fn start_fleet(
    store: &SqlStore,
    aws: &Aws,
    clock: &Arc<dyn Clock>,
    interval: Duration,
    stop: CancellationToken,
) -> Result<Arc<Fleet>, ServeError> {
    #[expect(clippy::disallowed_methods, reason = "this is the randomness that the fleet is given")]
    let config = FleetConfig {
        tier: Arc::new(aws.tier()),
        interval,
        jitter: Box::new(|| rand::rng().random()),
        instance: SystemRandom.uuid().to_string(),
    };
    let source = Arc::new(aws.nodes(Arc::clone(clock)));
    let fleet = Fleet::start(store.pool(), source, Arc::clone(clock), config, stop).await;
    fleet.map_err(|error| StoreError::from(error).into())
}

/// Lets every list of packages look anew.
fn announce_packages(fleet: &Arc<Fleet>) -> OnPublished {
    let fleet = Arc::clone(fleet);
    Arc::new(move || {
        let fleet = Arc::clone(&fleet);
        tokio::spawn(async move {
            if let Err(error) = fleet.packages_changed().await {
                tracing::warn!(%error, "a change of the packages could not be announced");
            }
        });
    })
}

fn drafts(args: &ServeArgs, store: &SqlStore, clock: &Arc<dyn Clock>) -> Result<StoredDrafts, ServeError> {
    let area = DraftArea::new(writable_folder(&args.storage.data_dir.join("drafts"))?);
    let quota = Quota { person: args.draft_quota, all: args.draft_quota_all };
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    Ok(StoredDrafts::new(DraftStore::new(store.pool()), area, quota, clock, &random))
}

/// What goes on whether or not somebody asks.
struct Background<'a> {
    fleet: &'a Arc<Fleet>,
    runner: &'a Arc<NodeActionRunner>,
    drafts: StoredDrafts,
    publisher: &'a Arc<Publisher>,
    checker: &'a Checker,
}

async fn console(
    args: &ServeArgs,
    store: &SqlStore,
    aws: &Aws,
    clock: &Arc<dyn Clock>,
    Background { fleet, runner, drafts, publisher, checker }: Background<'_>,
    site: Site,
) -> Result<Console, ServeError> {
    let roles = aws.iam_roles();
    let activations =
        AnnouncedActivations::new(Arc::new(aws.activations(Arc::clone(&roles))), Arc::clone(fleet));
    let keep = match args.backend {
        Backend::Embedded => EMBEDDED_KEEP,
        Backend::Aws => AWS_KEEP,
    };
    let packages = AccountPackages::new(Arc::new(aws.packages()), Arc::clone(fleet), Arc::clone(clock), keep);
    let ports = Ports {
        activations: Arc::new(activations),
        iam_roles: roles,
        nodes: Arc::clone(fleet) as _,
        tier: Arc::clone(fleet) as _,
        events: Arc::clone(fleet) as _,
        node_tags: Arc::clone(runner) as _,
        node_actions: Arc::clone(runner) as _,
        packages: Arc::new(packages),
        submissions: Arc::new(StoredSubmissions::new(store.clone(), Arc::clone(clock))),
        estimates: Arc::new(StoredEstimates::new(store.clone(), Arc::clone(clock), Arc::new(SystemRandom))),
        drafts: Arc::new(drafts.clone()),
        publications: Arc::clone(publisher) as _,
        buckets: Arc::new(aws.publishing()),
        checks: Arc::new(checker.clone()),
        publishers: Arc::new(StoredPublishers::new(store.clone(), Arc::clone(clock))),
        tokens: Arc::new(StoredTokens::new(store.clone(), Arc::clone(clock))),
        clock: Arc::clone(clock),
        random: Arc::new(SystemRandom),
    };
    let passwords = Passwords::new().await.map_err(PeopleError::from)?;
    Ok(Console {
        people: People::new(Arc::new(store.clone()), passwords, Arc::clone(clock)),
        attempts: Arc::new(store.clone()),
        sessions: Sessions::new(store.clone(), Arc::clone(clock)),
        store: store.clone(),
        ports,
        drafts,
        aws: aws.caller().clone(),
        settings: Settings { secure_cookies: args.secure_cookies, trust_proxy: args.trust_proxy },
        leptos: leptos_options(),
        site,
        rendered: RenderedPages::new(fleet.states()),
    })
}

/// The one line that a person waits for; the password that was made stands here and nowhere else.
fn announce(address: SocketAddr, aws: &AwsCaller, admin: &FirstAdmin) {
    let how = match admin {
        FirstAdmin::NotNeeded => "sign in with your name and password".to_owned(),
        FirstAdmin::AsGiven => {
            format!("sign in as {FIRST_ADMIN} with the password in SEKISHO_ADMIN_PASSWORD")
        }
        FirstAdmin::Made { password } => {
            format!(
                "sign in as {FIRST_ADMIN} with the password {} (shown only now)",
                password.expose_secret()
            )
        }
    };
    println!("Sekisho answers at http://{address}/ for AWS account {} in {}: {how}", aws.account, aws.region);
}
