//! The levels of a transaction: HL segments with their numbers, parents and children.

use crate::diagnostic::Code;

use super::super::fault::Spot;
use super::super::segment::Segment;
use super::faults::Faults;

/// The levels of one transaction as far as they have been read.
#[derive(Debug, Default)]
pub(super) struct Hierarchy<'a> {
    levels: Vec<Level<'a>>,
}

#[derive(Debug)]
struct Level<'a> {
    segment: Segment<'a>,
    /// HL03.
    code: &'a [u8],
    children: usize,
}

/// The levels that a level may hang on; none for the topmost. `None` for levels that a 278 has not.
fn parents(level: &[u8]) -> Option<&'static [&'static [u8]]> {
    Some(match level {
        b"20" => &[],
        b"21" => &[b"20"],
        b"22" => &[b"21"],
        b"23" => &[b"22"],
        b"EV" => &[b"22", b"23"],
        b"SS" => &[b"EV"],
        _ => return None,
    })
}

/// What people call a level.
fn words(level: &[u8]) -> &'static str {
    match level {
        b"20" => "the reviewer",
        b"21" => "the requester",
        b"22" => "the subscriber",
        b"23" => "the dependent",
        b"EV" => "the event",
        b"SS" => "a service",
        _ => "an unknown level",
    }
}

/// A number without a sign or a zero before it, as levels are numbered.
fn whole(bytes: &[u8]) -> Option<usize> {
    let is_whole = bytes.first().is_some_and(|first| (b'1'..=b'9').contains(first));
    is_whole.then(|| str::from_utf8(bytes).ok()?.parse().ok()).flatten()
}

impl<'a> Hierarchy<'a> {
    /// Takes an HL: its number is one more than the last, and its parent one that came before.
    pub fn take(&mut self, segment: &Segment<'a>, faults: &mut Faults) {
        let number = self.levels.len() + 1;
        let mut elements = segment.elements().map(|element| element.bytes);
        let (said, parent, code) = (elements.next(), elements.next(), elements.next());
        let said = said.unwrap_or_default();
        faults.steps += 1;
        if !said.is_empty() && whole(said) != Some(number) {
            faults.push(Code::HierarchyNumber, || {
                let message = format!("HL01 is `{}`, and this is level {number}", String::from_utf8_lossy(said));
                (Spot::element(segment, 1), message, format!("number the HL segments in order: write `{number}`"))
            });
        }
        let code = code.unwrap_or_default();
        self.levels.push(Level { segment: *segment, code, children: 0 });
        self.hang(segment, code, parent.unwrap_or_default(), faults);
    }

    /// Hangs the level on its parent.
    fn hang(&mut self, segment: &Segment<'a>, level: &[u8], said: &[u8], faults: &mut Faults) {
        let Some(allowed) = parents(level) else { return };
        let wrong = |faults: &mut Faults, message: String, help: String| {
            faults.push(Code::HierarchyParent, || (Spot::element(segment, 2), message, help));
        };
        if allowed.is_empty() {
            if !said.is_empty() {
                let message = format!("HL02 names a parent, and {} has none", words(level));
                wrong(faults, message, "leave HL02 empty".to_owned());
            }
            return;
        }
        let number = whole(said);
        let own = self.levels.len();
        let found =
            number.filter(|number| *number < own).and_then(|number| self.levels.get_mut(number.checked_sub(1)?));
        match found {
            Some(parent) if allowed.contains(&parent.code) => parent.children += 1,
            Some(parent) => {
                parent.children += 1;
                let (is, hangs) = (words(parent.code), words(level));
                let message = format!("HL02 hangs {hangs} on level {}, which is {is}", String::from_utf8_lossy(said));
                let meant = allowed.iter().map(|level| words(level)).collect::<Vec<_>>().join(" or ");
                wrong(faults, message, format!("name the HL01 of {meant}"));
            }
            None => {
                let message = match said.is_empty() {
                    true => format!("HL02 is empty, so that {} hangs on nothing", words(level)),
                    false => format!(
                        "HL02 is `{}`, and no level of this number stands before",
                        String::from_utf8_lossy(said)
                    ),
                };
                let meant = allowed.iter().map(|level| words(level)).collect::<Vec<_>>().join(" or ");
                wrong(faults, message, format!("name the HL01 of {meant}"));
            }
        }
    }

    /// Tells of levels that say they have children and have none, or have some and say they don't.
    pub fn finish(&self, faults: &mut Faults) {
        for Level { segment, children, .. } in &self.levels {
            faults.steps += 1;
            match segment.value(4) {
                b"1" if *children == 0 => faults.push(Code::HierarchyChild, || {
                    let message = "HL04 says `1`, and no level hangs on this one".to_owned();
                    (Spot::element(segment, 4), message, "write `0`, or add the level that is missing".to_owned())
                }),
                b"0" if *children > 0 => faults.push(Code::HierarchyChild, || {
                    let levels =
                        if *children == 1 { "1 level hangs".to_owned() } else { format!("{children} levels hang") };
                    let message = format!("HL04 says `0`, and {levels} on this one");
                    (Spot::element(segment, 4), message, "write `1`".to_owned())
                }),
                _ => {}
            }
        }
    }
}
