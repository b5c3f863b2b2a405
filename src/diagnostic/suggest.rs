//! The nearest right name for a wrong one.

/// The candidate most like `word`, if one is near enough to be a slip of the keyboard.
///
/// Damerau-Levenshtein distance of at most a third of the longer word's length (at least 1), case ignored; ties go to the
/// first candidate.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(word, candidates, usize::MAX)
}

/// As [`nearest`], if no more than so many letters are astray.
pub fn nearest_within<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    at_most: usize,
) -> Option<&'a str> {
    // A slip is never this long, and the distance costs the product of both lengths.
    const LONGEST: usize = 100;
    if word.len() > LONGEST {
        return None;
    }
    let folded = word.to_lowercase();
    let length = folded.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .filter_map(|candidate| {
            let other = candidate.to_lowercase();
            let other_length = other.chars().count();
            let most = (length.max(other_length) / 3).max(1).min(at_most);
            // the difference in length is the least distance there can be, and costs nothing to find
            let distance = (length.abs_diff(other_length) <= most)
                .then(|| strsim::damerau_levenshtein(&folded, &other))
                .filter(|distance| *distance <= most)?;
            Some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        assert_eq!(nearest("team_leed", ["clinician", "team_lead"]), Some("team_lead"));
        assert_eq!(nearest("Phone", ["email", "phone"]), Some("phone"));
        assert_eq!(nearest("refund", ["email", "phone"]), None);
    }
}
