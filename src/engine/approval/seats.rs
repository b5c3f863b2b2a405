//! Seats of a level: each approval that it takes is one, and every vote fills one that it fits.

/// The seats that a vote fits, a bit each.
pub(super) type Fits = u64;

/// All seats of a level that has this many.
pub(super) fn all(count: usize) -> Fits {
    if count >= 64 { Fits::MAX } else { (1 << count) - 1 }
}

/// How many seats these votes can fill at most, one each: a matching grown by augmenting paths (H. W. Kuhn, "The
/// Hungarian method for the assignment problem", 1955).
pub(super) fn filled(votes: &[Fits]) -> usize {
    let mut owners: [Option<usize>; 64] = [None; 64];
    (0..votes.len()).filter(|vote| seat(votes, *vote, &mut owners, &mut 0)).count()
}

/// Finds a seat for a vote, moving others where they fit elsewhere.
fn seat(votes: &[Fits], vote: usize, owners: &mut [Option<usize>; 64], tried: &mut Fits) -> bool {
    let fits = votes.get(vote).copied().unwrap_or(0);
    for number in 0..64 {
        if fits & (1 << number) & !*tried == 0 {
            continue;
        }
        *tried |= 1 << number;
        let owner = owners.get(number).copied().flatten();
        if owner.is_none_or(|owner| seat(votes, owner, owners, tried)) {
            if let Some(slot) = owners.get_mut(number) {
                *slot = Some(vote);
            }
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_move_to_make_room() {
        assert_eq!(filled(&[0b11, 0b01]), 2);
        assert_eq!(filled(&[0b01, 0b01]), 1);
        assert_eq!(filled(&[0b111, 0b011, 0b001]), 3);
        assert_eq!(filled(&[0b011, 0b011, 0b011]), 2);
        assert_eq!(filled(&[]), 0);
        assert_eq!(filled(&vec![all(64); 70]), 64);
    }
}
