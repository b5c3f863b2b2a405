//! Both readers find the same segments, the same decisions and the same traces.

use std::path::{Path, PathBuf};

use rulebook::x12::{Document, Response, check};
use rulebook_differential::theirs;

#[path = "../../../benches/messages/mod.rs"]
mod messages;

/// The shared samples as they lie beside the project; none, which is said aloud, if they are absent.
fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/x12");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: no samples of X12 messages are at {}", folder.display());
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end != "md")).collect();
    paths.iter().map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The segments of a file without the white space around them: the other reader's text has none.
fn segments(file: &str) -> Vec<String> {
    let document = Document::read(file.as_bytes());
    document.segments().iter().map(|segment| String::from_utf8_lossy(segment.body()).trim_end().to_owned()).collect()
}

#[test]
fn what_both_read_is_the_same() {
    let made = [("requests".to_owned(), messages::requests()), ("responses".to_owned(), messages::responses())];
    let mut compared = 0;
    for (name, file) in samples().into_iter().chain(made) {
        let document = Document::read(file.as_bytes());
        let checked = check(&document);
        if !checked.is_sound() {
            continue;
        }
        let Some(other) = theirs(&file) else {
            eprintln!("x12-types does not read {name}");
            continue;
        };
        assert_eq!(segments(&other.to_string()), segments(&file), "{name}");
        let sets = other.functional_group.iter().flat_map(|group| &group.segments);
        let transactions: Vec<_> = checked.transactions().collect();
        assert_eq!(sets.clone().count(), transactions.len(), "{name}");
        for (set, transaction) in sets.zip(transactions) {
            let levels = transaction.segments().iter().filter(|segment| segment.is("HL")).count();
            assert_eq!(set.loops.len(), levels, "{name}");
            let Some(response) = Response::read(transaction) else { continue };
            let reviews = response.event.iter().chain(&response.lines);
            let ours: Vec<Option<String>> =
                reviews.map(|review| review.decision.as_ref().and_then(|found| found.number.clone())).collect();
            let services = set.loops.iter().filter(|found| ["EV", "SS"].contains(&found.hl._03.to_string().as_str()));
            let theirs: Vec<Option<String>> = services
                .map(|found| found.hcr.as_ref().and_then(|hcr| hcr._02.clone()).map(|text| text.to_string()))
                .collect();
            assert_eq!(ours, theirs, "{name}");
        }
        compared += 1;
    }
    assert!(compared >= 2, "{compared} files were compared");
    eprintln!("{compared} files were read by both");
}
