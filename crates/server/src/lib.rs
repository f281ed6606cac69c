//! The server of Satu Pintu: routes, store, files, and the `satu-pintu` binary.
//!
//! [`app::App`] is what every route gets. [`router::router`] puts the routes together, [`serve`] runs them,
//! [`store`] keeps rows, [`files`] keeps papers, [`problem`] is every answer that is not a success.

pub mod app;
pub mod applications;
pub mod backup;
pub mod catalog;
pub mod cli;
pub mod clock;
pub mod config;
pub mod contents;
pub mod desk;
pub mod docs_page;
pub mod figures;
pub mod files;
pub mod housekeeping;
pub mod http;
pub mod ledger;
pub mod loket;
pub mod notices;
pub mod pace;
pub mod pages;
pub mod permit;
pub mod permits;
pub mod problem;
pub mod releases;
pub mod router;
pub mod secret;
pub mod serve;
pub mod staff;
pub mod store;
pub mod survey;
pub mod throttle;
pub mod tls;
pub mod uploads;

/// What ends the program: a sentence for the person who started it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
