//! The smallest cases of faults that the oracle found.
