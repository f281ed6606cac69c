//! The design system: one component a file. Knows no client, no route and no feature; texts come in ready, but
//! for the few words of its own (`t().ui()`).

mod bars;
mod button;
mod choices;
mod details;
mod error_summary;
mod facts;
mod file_row;
mod heading;
mod icon;
mod message;
mod phone;
mod progress;
mod prose;
mod qr;
mod requirement;
mod sample;
mod summary_list;
mod task_list;
mod text_field;
mod timeline;

pub use bars::{Bar, Bars};
pub use button::{Button, Look, SubmitButton, again_button};
pub use choices::{Choices, Tile, toggled};
pub use details::Details;
pub use error_summary::{ErrorSummary, Errors, error_of};
pub use facts::facts;
pub use file_row::{FileRow, FileState};
pub use heading::{Heading, PageHead};
pub use icon::{Icon, icon};
pub use message::{Message, Tone, tag};
pub use phone::{phone, unbroken};
pub use progress::Progress;
pub use prose::{Glossary, prose};
pub use qr::qr;
pub use requirement::{certainty, requirement};
pub use sample::sample;
pub use summary_list::{SummaryList, SummaryRow};
pub use task_list::{TaskList, TaskRow, TaskState};
pub use text_field::{Entry, TextField};
pub use timeline::{Mark, Timeline, TimelineRow};
