//! The rules of the field: pure, no input or output, no clock, no async. Runs in the browser and on the server.
//!
//! Start with [`rules`] (which permits a business needs), then [`application`] (the life of an application
//! as a ledger of events), [`survey`] and [`workdays`].

pub mod application;
pub mod by_id;
pub mod content;
pub mod date;
pub mod form;
pub mod glossary;
pub mod hours;
pub mod key;
pub mod letters;
pub mod rules;
pub mod spread;
pub mod staff;
pub mod survey;
pub mod validate;
pub mod workdays;
