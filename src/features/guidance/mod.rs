//! Guides in plain words, and the glossary. list.rs, guide.rs and glossary.rs show; state.rs searches words.

mod glossary;
mod guide;
mod list;
mod state;

pub use glossary::glossary_page;
pub use guide::guide_page;
pub use list::list_page;
