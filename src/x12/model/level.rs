//! A transaction cut at its levels and names: what the readers go through.

use super::super::segment::Segment;

/// The segments of one HL: its own, then those of each name below it.
pub(super) struct Level<'d, 'a> {
    /// HL03.
    pub code: &'a [u8],
    /// From HL up to the first NM1.
    pub own: &'d [Segment<'a>],
    /// Each from its NM1 up to the next.
    pub names: Vec<&'d [Segment<'a>]>,
}

impl<'d, 'a> Level<'d, 'a> {
    /// The level's own segments of this name.
    pub fn all(&self, id: &'static str) -> impl Iterator<Item = &'d Segment<'a>> + use<'d, 'a> {
        self.own.iter().filter(move |segment| segment.is(id))
    }

    /// The first of them.
    pub fn first(&self, id: &'static str) -> Option<&'d Segment<'a>> {
        self.all(id).next()
    }
}

/// The levels of a transaction in order. What stands before the first HL belongs to none.
pub(super) fn levels<'d, 'a>(segments: &'d [Segment<'a>]) -> Vec<Level<'d, 'a>> {
    let starts: Vec<usize> = positions(segments, |segment| segment.is("HL"));
    let ends = starts.iter().copied().skip(1).chain([segments.len()]);
    let mut levels = Vec::with_capacity(starts.len());
    for (start, end) in starts.iter().copied().zip(ends) {
        let all = segments.get(start..end).unwrap_or_default();
        let names: Vec<usize> = positions(all, |segment| segment.is("NM1"));
        let own = all.get(..names.first().copied().unwrap_or(all.len())).unwrap_or_default();
        let ends = names.iter().copied().skip(1).chain([all.len()]);
        let names = names.iter().copied().zip(ends).filter_map(|(start, end)| all.get(start..end)).collect();
        levels.push(Level { code: own.first().map_or(&[], |header| header.value(3)), own, names });
    }
    levels
}

fn positions(segments: &[Segment<'_>], is: impl Fn(&Segment<'_>) -> bool) -> Vec<usize> {
    segments.iter().enumerate().filter(|(_, segment)| is(segment)).map(|(at, _)| at).collect()
}
