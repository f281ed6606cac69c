//! One folder a journey: page.rs shows, state.rs decides (pure, tested on the host). They never import each other.

pub mod about;
pub mod application;
pub mod checklist;
pub mod guidance;
pub mod home;
pub mod performance;
pub mod permit;
pub mod services;
pub mod survey;
pub mod tracking;
pub mod upload;
pub mod wizard;
