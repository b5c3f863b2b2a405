//! Answers as pages show them.

use serde_json::Value as Json;

/// How wide a line may get before a map or list is broken.
const WIDTH: usize = 110;

/// JSON over several lines, its keys in their order. Hashes are written `sha256:…`.
pub fn pretty(json: &str) -> String {
    let value: Json = serde_json::from_str(&loose(json)).expect("answers are JSON");
    let mut out = String::new();
    match &value {
        Json::Object(entries) => {
            // the outermost map is always broken
            out += "{\n";
            for (number, (key, value)) in entries.iter().enumerate() {
                let comma = if number + 1 < entries.len() { "," } else { "" };
                out += &format!("  \"{key}\": {}{comma}\n", broken(value, 2, key.len() + 6));
            }
            out += "}\n";
        }
        other => out += &format!("{other}\n"),
    }
    out
}

/// The text with each hash written `sha256:…`.
pub fn loose(text: &str) -> String {
    let mut out = String::new();
    for (number, part) in text.split("sha256:").enumerate() {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        match (number, part.len() - rest.len()) {
            (0, _) => out += part,
            (_, 64) => out += &format!("sha256:…{rest}"),
            (_, _) => out += &format!("sha256:{part}"),
        }
    }
    out
}

/// A value that begins in a column, over several lines where one is too short.
fn broken(value: &Json, margin: usize, column: usize) -> String {
    let line = inline(value);
    if column + line.chars().count() < WIDTH {
        return line;
    }
    let (inner, outer) = (" ".repeat(margin + 2), " ".repeat(margin));
    match value {
        Json::Array(items) => {
            let items: Vec<String> =
                items.iter().map(|item| format!("{inner}{}", broken(item, margin + 2, margin + 2))).collect();
            format!("[\n{}\n{outer}]", items.join(",\n"))
        }
        Json::Object(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{inner}\"{key}\": {}", broken(value, margin + 2, margin + key.len() + 6)))
                .collect();
            format!("{{\n{}\n{outer}}}", entries.join(",\n"))
        }
        _ => line,
    }
}

fn inline(value: &Json) -> String {
    match value {
        Json::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Json::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Json::Object(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("\"{key}\": {}", inline(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        word => word.to_string(),
    }
}
