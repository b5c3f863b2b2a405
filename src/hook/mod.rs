//! Hooks: small scripts that look at facts and say true or false. What they may do, what it may cost, and what their types
//! are; knows nothing of policies or YAML.

mod call;
mod check;
mod compare;
mod complaint;
mod date;
mod fault;
mod function;
mod functions;
mod lexis;
mod meter;
mod sandbox;
mod script;
mod signature;
mod types;

pub use call::{Hook, HookValue, Read};
pub use fault::HookFault;
pub use sandbox::{
    LONGEST_TEXT, MOST_CALLS, MOST_DEPTH, MOST_FUNCTIONS, MOST_ITEMS, MOST_STEPS, MOST_VARIABLES, Sandbox,
};
pub use script::Script;
