//! Spans of time that neither overlap nor touch, with the seconds that lie in them.

/// Half-open spans `[start, end)` in Unix seconds, in order.
#[derive(Debug, Default)]
pub(super) struct Intervals {
    starts: Vec<i64>,
    ends: Vec<i64>,
    /// Seconds in all spans before each.
    before: Vec<i64>,
    total: i64,
}

impl Intervals {
    /// Unites spans that overlap or touch, and cuts off what lies outside `[from, until)`.
    pub(super) fn unite(mut spans: Vec<(i64, i64)>, from: i64, until: i64) -> Intervals {
        spans.sort_unstable();
        let mut all = Intervals::default();
        for (start, end) in spans {
            let (start, end) = (start.max(from), end.min(until));
            if start >= end {
                continue;
            }
            match all.ends.last_mut() {
                Some(last) if start <= *last => *last = end.max(*last),
                Some(_) | None => {
                    all.starts.push(start);
                    all.ends.push(end);
                }
            }
        }
        for (start, end) in all.starts.iter().zip(&all.ends) {
            all.before.push(all.total);
            all.total += end - start;
        }
        all
    }

    /// Seconds in all spans.
    pub(super) fn total(&self) -> i64 {
        self.total
    }

    /// Whether an instant lies in a span.
    pub(super) fn contains(&self, at: i64) -> bool {
        let begun = self.starts.partition_point(|start| *start <= at);
        begun.checked_sub(1).and_then(|last| self.ends.get(last)).is_some_and(|end| at < *end)
    }

    /// Seconds in the spans that lie before an instant.
    pub(super) fn seconds_before(&self, at: i64) -> i64 {
        let Some(last) = self.starts.partition_point(|start| *start <= at).checked_sub(1) else {
            return 0;
        };
        match (self.starts.get(last), self.ends.get(last), self.before.get(last)) {
            (Some(start), Some(end), Some(before)) => before + at.min(*end) - start,
            _ => 0,
        }
    }

    /// The earliest instant by which so many seconds (one or more) have run in the spans.
    pub(super) fn filled(&self, seconds: i64) -> Option<i64> {
        if seconds > self.total {
            return None;
        }
        let last = self.before.partition_point(|before| *before < seconds).checked_sub(1)?;
        Some(self.starts.get(last)? + seconds - self.before.get(last)?)
    }

    /// The first start after an instant.
    pub(super) fn start_after(&self, at: i64) -> Option<i64> {
        self.starts.get(self.starts.partition_point(|start| *start <= at)).copied()
    }

    /// The first end after an instant.
    pub(super) fn end_after(&self, at: i64) -> Option<i64> {
        self.ends.get(self.ends.partition_point(|end| *end <= at)).copied()
    }
}
