//! A console's desk, an account of AWS's, and what stands between them.

use super::*;
use crate::aws::testing::gate::Gate;
use crate::aws::testing::{Account, account};
use crate::publish::testing::Desk;
use crate::store::testing::Fresh;

pub const BUCKET: &str = "my-packages";
pub const KEY: &str = "Tool/1.0/tool_1.0_amd64.deb.zip";
/// Three parts.
pub const LARGE: usize = 20 << 20;

pub const QUICK: Pace = Pace {
    pulse: Duration::from_millis(20),
    first_look: Duration::from_millis(5),
    last_look: Duration::from_millis(20),
    takeover: Duration::from_millis(20),
};

/// A console's desk, an account, and a gate between them.
pub struct World {
    pub desk: Desk,
    pub account: Account,
    pub aws: AwsPublishing,
    pub gate: Gate,
    pub database: Fresh,
    pub stop: CancellationToken,
    /// How often the lists of packages were told to look anew.
    pub heard: Arc<AtomicU64>,
}

impl World {
    pub async fn start(database: Fresh) -> Self {
        let account = account().await;
        account.aws.publishing().make_bucket(BUCKET).await;
        let gate = Gate::start(account.address).await;
        let aws = gate.aws().await.publishing();
        let (desk, stop) = (Desk::new(&database), CancellationToken::new());
        Self { desk, account, aws, gate, database, stop, heard: Arc::default() }
    }

    pub fn publisher(&self, holder: &str) -> Arc<Publisher> {
        let clock: Arc<dyn Clock> = self.desk.clock.clone();
        let store = PublicationStore::new(self.database.store.pool());
        let (drafts, aws) = (self.desk.drafts.clone(), self.aws.clone());
        let heard = Arc::clone(&self.heard);
        let on_published: OnPublished = Arc::new(move || {
            heard.fetch_add(1, Ordering::Relaxed);
        });
        let (who, stop) = ((holder.to_owned(), QUICK), self.stop.child_token());
        Publisher::start(store, drafts, aws, &clock, who, on_published, stop)
    }

    pub async fn new_publication(&self, draft: &str) -> NewPublication {
        let fingerprint = self.desk.drafts.preview(draft).await.unwrap().fingerprint;
        NewPublication {
            id: self.desk.drafts.random.uuid(),
            username: "ann".to_owned(),
            token: None,
            draft: draft.to_owned(),
            fingerprint,
        }
    }

    /// Waits until the files of drafts have gone, which they do once the end of their publication has been noted.
    pub async fn without_files(&self) {
        let gone = async {
            while self.desk.files() > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), gone).await.expect("files stay");
    }

    /// What is in the bucket, and how many uploads were begun and not ended.
    pub async fn left(&self) -> (Vec<String>, usize) {
        self.account.aws.publishing().contents(BUCKET).await
    }
}

pub async fn ended(publisher: &Publisher, id: &str) -> Publication {
    let end = async {
        loop {
            let publication = publisher.get(id).await.unwrap();
            if publication.ended.is_some() {
                return publication;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), end).await.expect("the publication does not end")
}

pub fn failure(publication: &Publication) -> &Failure {
    match &publication.stage {
        Stage::Failed { failure, left } if left.is_empty() => failure,
        other => panic!("{other:?}"),
    }
}
