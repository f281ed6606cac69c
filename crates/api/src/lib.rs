//! The REST contract: paths, request and response types, problem codes. Shared by the server and the browser.
//!
//! Handlers and the OpenAPI document use these types; `docs/API.md` tells the conventions.

pub mod application;
pub mod catalog;
pub mod figures;
pub mod notice;
pub mod permit;
pub mod problem;
pub mod staff;
pub mod survey;

/// Where the version of the contract lives.
pub const BASE: &str = "/api/v1";
