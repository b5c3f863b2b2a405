//! Counts what a hook's functions look at, beside the operations that the language itself counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rhai::{Dynamic, EvalAltResult, NativeCallContext, Position};

use super::sandbox::MOST_STEPS;

/// So many bytes of a text count as one step: else a hook could search a long text again and again at the price of one
/// step each time.
const BYTES_A_STEP: usize = 64;

/// The steps that the functions of one call of a hook have taken.
#[derive(Debug, Clone, Default)]
pub(super) struct Meter(Arc<AtomicU64>);

impl Meter {
    /// A meter that stands at zero, as what a call carries with it.
    pub fn tag() -> Dynamic {
        Dynamic::from(Meter::default())
    }
}

/// Counts so many bytes, or items, looked at.
pub(super) fn charge(context: &NativeCallContext<'_>, size: usize) -> Result<(), Box<EvalAltResult>> {
    let steps = 1 + u64::try_from(size / BYTES_A_STEP).unwrap_or(MOST_STEPS);
    let meter = context.tag().and_then(|tag| tag.read_lock::<Meter>());
    let taken = meter.map_or(0, |meter| meter.0.fetch_add(steps, Ordering::Relaxed));
    if taken.saturating_add(steps) > MOST_STEPS {
        return Err(EvalAltResult::ErrorTooManyOperations(Position::NONE).into());
    }
    Ok(())
}
