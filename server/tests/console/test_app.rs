//! A running console, and browsers without script to use it with.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use app::page::AwsCaller;
use app::ports::{Clock, Drafts as _, Estimates as _, Ports, Publishers as _, Random};
use axum::Router;
use axum::routing::get;
use domain::costs::{Calculator, Fields, NewEstimate};
use domain::packages::drafts::{DraftKind, NewDraft};
use domain::permission::Role;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, redirect};
use secrecy::SecretString;
use server::config::DatabaseUrl;
use server::fleet::FleetState;
use server::people::{Passwords, People};
use server::publish::{DraftArea, DraftStore, Quota, StoredDrafts};
use server::store::SqlStore;
use server::store::estimates::StoredEstimates;
use server::store::publishers::StoredPublishers;
use server::store::sessions::Sessions;
use server::store::submissions::StoredSubmissions;
use server::store::tokens::StoredTokens;
use server::store::users::{User, Users as _};
use server::web::rendered::RenderedPages;
use server::web::{Console, Settings, leptos_options, router};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{OnceCell, watch};
use tokio::task::JoinHandle;

use crate::packages::{PACKAGE, WorldPackages};
use crate::site;
use crate::world::{NOW, World};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// The saved estimate that exists from the beginning.
pub const ESTIMATE: &str = "9b2f6a3e-6d0c-4a53-9f0e-0d5e5b0c7a22";

/// The file of the drafts that [`TestApp::draft_of`] makes.
pub const DRAFT_FILE: &str = "0b7d5a1e-3f64-4a0c-8f8b-6f0c5d1f7b33";

/// Gives the first estimate its id.
struct FirstEstimate;

impl Random for FirstEstimate {
    fn uuid(&self) -> String {
        ESTIMATE.to_owned()
    }
}

/// Hashing takes its time by design, so that all tests share one hash.
static HASHED: OnceCell<(Passwords, SecretString)> = OnceCell::const_new();

async fn hash_once() -> (Passwords, SecretString) {
    let passwords = Passwords::new().await.unwrap();
    let hash = passwords.hash(PASSWORD.into()).await.unwrap();
    (passwords, hash)
}

/// A running console.
pub struct TestApp {
    pub url: String,
    pub world: Arc<World>,
    pub packages: Arc<WorldPackages>,
    pub people: People,
    pub data: TempDir,
    pub store: SqlStore,
    pub drafts: StoredDrafts,
    server: JoinHandle<()>,
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl TestApp {
    /// Starts with one person of each role, named like it.
    pub async fn start() -> Self {
        Self::start_with(Settings::default()).await
    }

    pub async fn start_with(settings: Settings) -> Self {
        let data = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::sqlite_file(&data.path().join("sekisho.sqlite")).unwrap();
        let store = SqlStore::open(&url).await.unwrap();
        let world = World::new();
        let (passwords, hash) = HASHED.get_or_init(hash_once).await;
        let people = People::new(Arc::new(store.clone()), passwords.clone(), world.clone());
        for role in Role::ALL {
            let user = User {
                id: world.uuid(),
                username: role.name().to_owned(),
                role,
                password_hash: hash.clone(),
                generation: 0,
                created: NOW,
            };
            assert!(store.insert(&user).await.unwrap());
        }
        let estimates = StoredEstimates::new(store.clone(), world.clone(), Arc::new(FirstEstimate));
        let fields = Fields::from_query("name=Osaka&tier.1=advanced&nodes.1=10");
        let estimate = NewEstimate::of(Calculator::HybridActivations, &fields).unwrap();
        estimates.save(&estimate, "operator", false).await.unwrap();
        let publishers = StoredPublishers::new(store.clone(), world.clone());
        publishers.set_owner(PACKAGE, Some("publisher")).await.unwrap();
        let packages = Arc::new(WorldPackages::default());
        let drafts = drafts(&world, &store, &data);
        let console = Console {
            people: people.clone(),
            attempts: Arc::new(store.clone()),
            sessions: Sessions::new(store.clone(), world.clone()),
            store: store.clone(),
            ports: Ports { packages: packages.clone(), ..ports(&world, &store, &drafts) },
            drafts: drafts.clone(),
            aws: AwsCaller {
                account: "123456789012".to_owned(),
                region: "ap-northeast-1".to_owned(),
                arn: "arn:aws:iam::123456789012:user/sekisho".to_owned(),
                embedded: true,
            },
            settings,
            leptos: leptos_options(),
            site: site::file,
            rendered: RenderedPages::new(watch::channel(FleetState::default()).1),
        };
        let events = Router::new().route("/events", get(async || "an event"));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = router(console, events).into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { url: format!("http://{address}"), world, packages, people, data, store, drafts, server }
    }

    /// A draft of this person's, with a file that has been announced.
    pub async fn draft_of(&self, username: &str) -> String {
        let draft = self.drafts.create(username, NewDraft::new(DraftKind::Simple)).await.unwrap();
        let sql = "INSERT INTO package_draft_files (id, draft_id, place, file_name, size, reserved, state, targets, \
                   scripts) VALUES ($1, $2, 1, 'first.deb', 9, 9, '{\"state\":\"uploading\"}', '[]', '{}')";
        sqlx::query(sql).bind(DRAFT_FILE).bind(&draft.id).execute(&self.store.pool()).await.unwrap();
        draft.id
    }

    /// A browser that has signed in.
    pub async fn signed_in(&self, role: Role) -> Browser {
        let browser = self.browser();
        let answer = browser.sign_in(role.name(), PASSWORD).await;
        assert_eq!(answer.status(), 303, "{role:?}");
        browser
    }

    /// The database, with whatever it keeps beside its own file.
    pub fn database_files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.data.path()).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_file()).collect()
    }

    /// A browser that nobody has signed in with.
    pub fn browser(&self) -> Browser {
        let client = Client::builder().redirect(redirect::Policy::none()).cookie_store(true).build().unwrap();
        Browser { client, url: self.url.clone() }
    }
}

fn drafts(world: &Arc<World>, store: &SqlStore, data: &TempDir) -> StoredDrafts {
    let area = data.path().join("drafts");
    std::fs::create_dir(&area).unwrap();
    let quota = Quota { person: 64 * 1024, all: 100 * 1024 };
    let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (world.clone(), world.clone());
    StoredDrafts::new(DraftStore::new(store.pool()), DraftArea::new(area), quota, &clock, &random)
}

fn ports(world: &Arc<World>, store: &SqlStore, drafts: &StoredDrafts) -> Ports {
    Ports {
        activations: world.clone(),
        iam_roles: world.clone(),
        nodes: world.clone(),
        events: world.clone(),
        tier: world.clone(),
        node_tags: world.clone(),
        node_actions: world.clone(),
        packages: Arc::new(WorldPackages::default()),
        submissions: Arc::new(StoredSubmissions::new(store.clone(), world.clone())),
        estimates: Arc::new(StoredEstimates::new(store.clone(), world.clone(), world.clone())),
        drafts: Arc::new(drafts.clone()),
        publications: world.clone(),
        buckets: world.clone(),
        checks: world.clone(),
        publishers: Arc::new(StoredPublishers::new(store.clone(), world.clone())),
        tokens: Arc::new(StoredTokens::new(store.clone(), world.clone())),
        clock: world.clone(),
        random: world.clone(),
    }
}

/// A browser with its own cookies, which follows no redirect.
pub struct Browser {
    client: Client,
    url: String,
}

impl Browser {
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    pub fn head(&self, path: &str) -> RequestBuilder {
        self.client.head(format!("{}{path}", self.url))
    }

    /// Sends a file, as a script of this console's own page does.
    pub fn put(&self, path: &str) -> RequestBuilder {
        self.client.put(format!("{}{path}", self.url))
    }

    /// Sends a form of another kind.
    pub fn post_body(&self, path: &str, content_type: &str, body: Vec<u8>) -> RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.url)).header(CONTENT_TYPE, content_type);
        request.header("sec-fetch-site", "same-origin").body(body)
    }

    /// Sends a form, as a browser does from this console's own page.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.client.post(format!("{}{path}", self.url));
        request
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(body)
    }

    /// Calls a server function.
    pub fn call(&self, path: &str, arguments: &serde_json::Value) -> RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.url));
        request.header(CONTENT_TYPE, "application/json").body(arguments.to_string())
    }

    pub async fn sign_in(&self, username: &str, password: &str) -> Response {
        self.form("/login", &[("username", username), ("password", password)]).send().await.unwrap()
    }

    pub async fn status(&self, path: &str) -> u16 {
        self.get(path).send().await.unwrap().status().as_u16()
    }
}

/// The session cookie that an answer sets: its value and its attributes.
pub fn session_cookie(answer: &Response) -> Option<(String, String)> {
    answer.headers().get_all(SET_COOKIE).iter().find_map(|cookie| {
        let (pair, attributes) = cookie.to_str().unwrap().split_once(';')?;
        let (name, value) = pair.split_once('=')?;
        name.ends_with("sekisho_session").then(|| (value.to_owned(), attributes.to_owned()))
    })
}

/// Where an answer leads.
pub fn location(answer: &Response) -> &str {
    answer.headers()[LOCATION].to_str().unwrap()
}

/// The header that a browser with this session cookie sends.
pub fn with_session(request: RequestBuilder, value: &str) -> RequestBuilder {
    request.header(COOKIE, format!("sekisho_session={value}"))
}
