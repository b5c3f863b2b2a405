//! Placeholder until the floor that it measures stands.
fn main() {}
