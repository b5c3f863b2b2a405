//! A route as a Mermaid flowchart.

use crate::engine::approval::Request;
use crate::program::Program;

use super::route::{Route, Station};

/// The route of an approval policy as a Mermaid flowchart that ends with a line end; `None` for a policy of another kind.
/// With a request, the place at which it stands is marked.
pub fn mermaid(program: &Program, request: Option<&Request<'_>>) -> Option<String> {
    let route = Route::of(program, request)?;
    let mut chart = Chart { out: "flowchart TD\n".to_owned(), here: Vec::new() };
    chart.line(&format!("%% {}", route.title.replace(char::is_control, " ").replace("%%", "%")));
    chart.station("start", &route.start, ["([", "])"]);
    for (number, step) in (1..).zip(&route.steps) {
        if let Some(when) = &step.when {
            chart.line(&format!("when{number}{{\"{}\"}}", label(when)));
        }
        chart.station(&format!("level{number}"), &step.level, ["[", "]"]);
    }
    chart.station("approved", &route.approved, ["([", "])"]);
    chart.station("denied", &route.denied, ["[", "]"]);
    chart.station("closed", &route.closed, ["([", "])"]);
    let gate = |number: usize| match route.steps.get(number) {
        Some(step) if step.when.is_some() => format!("when{}", number + 1),
        Some(_) => format!("level{}", number + 1),
        None => "approved".to_owned(),
    };
    chart.edge("start", "submit", &gate(0));
    for (number, step) in route.steps.iter().enumerate() {
        let level = format!("level{}", number + 1);
        if step.when.is_some() {
            chart.edge(&gate(number), "yes", &level);
            chart.edge(&gate(number), "no", &gate(number + 1));
        }
        chart.edge(&level, "approve", &gate(number + 1));
        chart.edge(&level, route.denial, "denied");
    }
    if let Some(resubmit) = &route.resubmit {
        chart.edge("denied", resubmit, &gate(0));
        if !route.closing.is_empty() {
            chart.edge("denied", &route.closing, "closed");
        }
    }
    if !chart.here.is_empty() {
        chart.line("classDef here stroke-width:4px");
        chart.line(&format!("class {} here", chart.here.join(",")));
    }
    Some(chart.out)
}

struct Chart {
    out: String,
    /// The stations at which the request stands.
    here: Vec<String>,
}

impl Chart {
    fn line(&mut self, text: &str) {
        self.out += &format!("  {text}\n");
    }

    fn station(&mut self, id: &str, station: &Station, [open, close]: [&str; 2]) {
        self.line(&format!("{id}{open}\"{}\"{close}", label(&station.lines)));
        if station.here {
            self.here.push(id.to_owned());
        }
    }

    fn edge(&mut self, from: &str, text: &str, to: &str) {
        self.line(&format!("{from} -->|\"{}\"| {to}", escaped(text)));
    }
}

fn label(lines: &[String]) -> String {
    lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>")
}

/// Mermaid's own entities, which begin with `#`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '.' | ',' | ':' | '-' | '_' => out.push(c),
            c if c.is_control() => out.push(' '),
            c if c.is_alphanumeric() => out.push(c),
            c => out += &format!("#{};", u32::from(c)),
        }
    }
    out
}
