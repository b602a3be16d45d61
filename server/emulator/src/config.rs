//! What an emulator is told when it starts.

use std::net::SocketAddr;
use std::path::PathBuf;

use time::Duration;

/// Where the emulator listens and keeps its state, and whose account it plays.
#[derive(Debug, Clone)]
pub struct EmulatorConfig {
    /// The address to listen on; port 0 takes any free one.
    pub listen: SocketAddr,
    /// The folder of `emulator.sqlite`; made if it does not exist.
    pub data_dir: PathBuf,
    /// How many simulated nodes are wanted; 0 for none.
    pub nodes: u32,
    /// Whether there are packages of AWS, of third parties and of another account.
    pub others_packages: bool,
    /// The account's twelve digits.
    pub account_id: String,
    /// The Region that ARNs name.
    pub region: String,
    /// How long after its last report a node counts as `ConnectionLost`.
    pub connection_lost_after: Duration,
    /// How long a changed service setting stays `PendingUpdate` (several minutes at AWS).
    pub setting_update_delay: Duration,
}

impl EmulatorConfig {
    /// The defaults: no simulated nodes, account 123456789012 in ap-northeast-1.
    #[must_use]
    pub fn new(listen: SocketAddr, data_dir: impl Into<PathBuf>) -> Self {
        Self {
            listen,
            data_dir: data_dir.into(),
            nodes: 0,
            others_packages: true,
            account_id: "123456789012".to_owned(),
            region: "ap-northeast-1".to_owned(),
            connection_lost_after: Duration::seconds(90),
            setting_update_delay: Duration::seconds(10),
        }
    }
}
