//! Integration tests, one binary.

mod time;
