//! Writes YAML as policy editors do: blocks, or braces and brackets.

/// What is written.
#[derive(Debug, Clone)]
pub enum Yaml {
    Scalar(String),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    pub fn word(text: impl Into<String>) -> Yaml {
        Yaml::Scalar(text.into())
    }

    /// A text in quotes.
    pub fn quoted(text: &str) -> Yaml {
        Yaml::Scalar(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
    }

    pub fn words(items: &[&str]) -> Yaml {
        Yaml::List(items.iter().map(|item| Yaml::word(*item)).collect())
    }

    pub fn map<'a>(entries: impl IntoIterator<Item = (&'a str, Yaml)>) -> Yaml {
        Yaml::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// On one line.
    pub fn flow(&self) -> String {
        match self {
            Yaml::Scalar(text) => text.clone(),
            Yaml::List(items) => format!("[{}]", items.iter().map(Yaml::flow).collect::<Vec<_>>().join(", ")),
            Yaml::Map(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key}: {}", value.flow())).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }

    /// Over several lines where it is deep, on one where it is not.
    pub fn block(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out
    }

    fn depth(&self) -> usize {
        match self {
            Yaml::Scalar(_) => 0,
            Yaml::List(items) => 1 + items.iter().map(Yaml::depth).max().unwrap_or(0),
            Yaml::Map(entries) => 1 + entries.iter().map(|(_, value)| value.depth()).max().unwrap_or(0),
        }
    }

    fn write(&self, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        match self {
            Yaml::Map(entries) => {
                for (key, value) in entries {
                    out.push_str(&format!("{pad}{key}:"));
                    value.write_value(indent + 2, out);
                }
            }
            Yaml::List(items) => {
                for item in items {
                    out.push_str(&format!("{pad}- {}\n", item.flow()));
                }
            }
            Yaml::Scalar(text) => out.push_str(&format!("{pad}{text}\n")),
        }
    }

    fn write_value(&self, indent: usize, out: &mut String) {
        if self.depth() < 2 {
            out.push_str(&format!(" {}\n", self.flow()));
        } else {
            out.push('\n');
            self.write(indent, out);
        }
    }
}
