//! What all routes share: reading requests, security headers, the log, and the files of the app.

pub mod body;
pub mod cached;
pub mod caller;
pub mod guard;
pub mod shell;

pub use body::{Body, Ids, Query};
pub use caller::{Caller, bearer, secure};
