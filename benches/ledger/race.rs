//! Two ways to do the same, by turns.

use std::time::Duration;

/// What one of the two has done so far.
#[derive(Default)]
pub struct Runner {
    done: u32,
    spent: Duration,
}

impl Runner {
    /// It did so much more in this time.
    pub fn add(&mut self, done: u32, spent: Duration) {
        self.done += done;
        self.spent += spent;
    }

    /// How much it does a second.
    pub fn rate(&self) -> f64 {
        f64::from(self.done) / self.spent.as_secs_f64()
    }
}

/// Says what came of a race: both rates, in attachments a second, and the first as a share of the second.
pub fn tell(name: &str, ours: &Runner, bare: &str, theirs: &Runner) {
    let (first, second) = (ours.rate(), theirs.rate());
    println!("{name:<28}{first:.0} a second, {bare} {second:.0} a second: ratio {:.2}", first / second);
}
