//! What is wrong with a file, as data: codes, messages, places, cures. Knows nothing of how they are drawn.

mod bag;
mod code;
mod report;
mod suggest;

pub use bag::{Bag, MOST_A_FILE, sort};
pub use code::{Code, Page, Severity};
pub use report::{Diagnostic, Label};
pub use suggest::{nearest, nearest_within};
