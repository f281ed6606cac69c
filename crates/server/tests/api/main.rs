//! The public API over HTTP, in process on a random port. See `common` for how a test starts a server.
//! With TEST_POSTGRES set the same tests run on PostgreSQL, with TEST_S3 the files of one go to S3.

#![allow(clippy::expect_used)]

mod applications;
mod basics;
mod browser;
mod catalog;
mod clock;
mod common;
mod content;
mod correct;
mod figures;
mod files;
mod housekeeping;
mod lost;
mod noscript;
mod notices;
mod permits;
mod store;
mod submit;
mod survey;
mod tus;
mod uploads;
mod wizard;
mod worker;
