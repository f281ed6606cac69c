//! Files of an application, by requirement: `list` shows all requirements, `item` takes the photos of one,
//! `state` decides. What is on its way lives in `client::upload`, so that it goes on on every page.

mod item;
mod list;
mod row;
mod state;
mod verdict;

pub use item::item_page;
pub use list::list_page;
