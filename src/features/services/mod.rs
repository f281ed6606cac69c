//! The list of services and the page of one. list.rs and service.rs show, state.rs decides.

mod list;
mod service;
mod standard;
mod state;

pub use list::list_page;
pub use service::service_page;
