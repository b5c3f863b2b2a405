//! Diagnostics as SARIF 2.1.0, the form in which code hosts and editors take the findings of any tool.

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{Place, Position};

use super::pretty;

/// Writes diagnostics as a SARIF log (OASIS, Static Analysis Results Interchange Format 2.1.0) with one run.
///
/// The run lists every code as a rule. A result's message is the diagnostic's, with its cure on the next line; columns count
/// Unicode code points. Paths become relative URIs, absolute ones `file:` URIs. The text ends with a line end.
pub fn sarif(diagnostics: &[Diagnostic]) -> String {
    pretty(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "rulebook",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: Code::ALL.iter().map(|code| Rule::new(*code)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: diagnostics.iter().map(Finding::new).collect(),
        }],
    })
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text<'static>,
    full_description: Text<'static>,
    help: Text<'static>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
struct Configuration {
    level: Level,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Error,
    Warning,
}

/// SARIF calls it a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: Level,
    message: Text<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Rule {
    fn new(code: Code) -> Rule {
        let page = code.page();
        Rule {
            id: page.code,
            short_description: Text::new(page.title),
            full_description: Text::new(page.means),
            help: Text::new(page.cure),
            default_configuration: Configuration { level: page.severity.into() },
        }
    }
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic) -> Finding<'a> {
        let words = match &diagnostic.help {
            Some(help) => Text { text: format!("{}\n{help}", diagnostic.message).into() },
            None => Text::new(&diagnostic.message),
        };
        Finding {
            rule_id: diagnostic.code.page().code,
            rule_index: Code::ALL.iter().position(|code| *code == diagnostic.code),
            level: diagnostic.severity().into(),
            message: words,
            locations: diagnostic.place.iter().map(|place| Location::new(place, &diagnostic.label)).collect(),
            related_locations: diagnostic
                .related
                .iter()
                .map(|related| Location::new(&related.place, &related.text))
                .collect(),
        }
    }
}

impl<'a> Location<'a> {
    fn new(place: &Place, words: &'a str) -> Location<'a> {
        let Position { line, column } = place.position();
        let end = place.source.position(place.span.end);
        Location {
            physical_location: PhysicalLocation {
                artifact_location: Artifact { uri: uri(place.source.path()) },
                region: Region { start_line: line, start_column: column, end_line: end.line, end_column: end.column },
            },
            message: (!words.is_empty()).then(|| Text::new(words)),
        }
    }
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Text<'a> {
        Text { text: text.into() }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Level {
        match severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
        }
    }
}

/// A path as a URI (RFC 3986): forward slashes, and all but unreserved characters percent-encoded.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let has_drive = matches!(path.as_bytes(), [drive, b':', b'/', ..] if drive.is_ascii_alphabetic());
    let mut uri = String::with_capacity(path.len());
    if has_drive {
        uri.push_str("file:///");
    } else if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_uris() {
        for (path, expected) in [
            ("rules/a b.yaml", "rules/a%20b.yaml"),
            (r"rules\approvals\é:1.yaml", "rules/approvals/%C3%A9%3A1.yaml"),
            ("/srv/rules/a.yaml", "file:///srv/rules/a.yaml"),
            (r"C:\rules\a.yaml", "file:///C%3A/rules/a.yaml"),
            ("./100%.yaml", "100%25.yaml"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
