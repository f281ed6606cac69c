//! The paper a citizen gets: the permit as a PDF, with its QR code and room for a wet signature.
//! `paper` is what stands on it, `sheet` runs down the page, `canvas` draws; `staff::issue` makes one.

pub mod canvas;
pub mod paper;
pub mod seal;
mod sheet;
pub mod slips;
mod tags;
pub mod words;
