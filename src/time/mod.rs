//! Business time: zones, schedules, holidays, windows, turnarounds, clocks.
//!
//! Pure values: nothing here reads a clock, a file or the host's settings, and nothing knows of policies or YAML.
//! Every instant is whole seconds on the UTC timeline, and civil time meets it only in [`zone`].

pub mod calendar;
mod calendar_parts;
pub mod clock;
mod clock_error;
pub mod date;
pub mod duration;
mod duration_error;
pub mod holiday;
mod holiday_error;
mod holiday_phrase;
pub mod instant;
mod instant_error;
mod instant_text;
mod intervals;
mod phrase;
pub mod reckoning;
mod running;
mod schedule;
pub mod share;
pub mod stretch;
mod stretch_error;
mod stretch_reading;
pub mod turnaround;
mod turnaround_error;
mod turnaround_phrase;
pub mod weekday;
pub mod window;
mod year;
mod years;
pub mod zone;
mod zone_table;

pub use calendar::{Calendar, CalendarError, CalendarParts, DueAt, LateReceipt, OutOfRange};
pub use clock::{Clock, ClockError, ClockEvent, ClockState, Misorder};
pub use date::{DateError, parse_date};
pub use duration::{Duration, DurationError, InHours};
pub use holiday::{Holiday, HolidayError, Observed};
pub use instant::{Instant, InstantError};
pub use reckoning::{AtRisk, ClockRules, Reckoning};
pub use share::{Share, ShareError};
pub use stretch::{Stretch, StretchError, parse_stretches, parse_time_of_day};
pub use turnaround::{Due, Turnaround, TurnaroundError};
pub use weekday::{WeekdayError, parse_weekdays};
pub use window::{Window, WindowState};
pub use zone::{Zone, ZoneError, Zones};
