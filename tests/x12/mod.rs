//! X12 278 messages.

mod any_bytes;
mod draw;
mod faults;
mod json;
mod message;
mod model;
pub mod pyx12;
mod samples;
mod verdict;
mod write;

pub use faults::CODES;

#[track_caller]
fn snapshot(name: &str, content: &str) {
    insta::with_settings!({
        snapshot_path => "../../snapshots/x12",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, content);
    });
}
