//! Around every page: header, footer, notices, navigation and focus. Pages use [`Page`] (with a heading) or
//! [`Frame`] (when the heading is a question's legend), [`with_catalog`] / [`with`] around a page
//! that must load and [`part_with_catalog`] inside one.

mod below;
mod footer;
mod frame;
mod header;
mod load;
mod navigation;
mod needs_app;
mod notices;
mod opened;
mod search;

pub use below::{after_screen, below};
pub use footer::Footer;
pub use frame::{Affected, Frame, Page};
pub use header::{Header, Online};
pub use load::{Refused, catalog_and, part_with_catalog, refused, to_come, with, with_catalog};
pub use navigation::{Navigation, use_navigation};
pub use needs_app::needs_app;
pub use notices::Notices;
#[cfg(feature = "ssr")]
pub use notices::call_back;
pub use opened::{Opened, with_application};
pub use search::{SEARCHED, search_button, searched};
