//! The shipped policies against the oracle.
