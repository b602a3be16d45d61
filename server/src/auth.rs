//! Signing in and out, sessions, and who a request comes from.

mod client_address;
mod guard;
mod next;
mod session;
mod sign_in;
mod sign_out;

pub use guard::guard;
pub use next::site_path;
pub use session::session_layer;
pub use sign_in::sign_in;
pub use sign_out::sign_out;
