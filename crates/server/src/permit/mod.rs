//! The paper a citizen gets: the permit as a PDF, with its QR code and room for a wet signature.
//! `paper` is what stands on it, `canvas` draws, `issue` makes one from an application.

pub mod canvas;
pub mod paper;
pub mod slips;
pub mod words;
