//! A route as an SVG picture: levels one below the other, where denials lead beside them.

use crate::engine::approval::Request;
use crate::program::Program;

use super::route::{Route, Station};

/// How far a box's border is from its text.
const PADDING: usize = 12;
/// The height of a line of text.
const LINE: usize = 18;
/// Between two boxes.
const GAP: usize = 44;
/// Around everything, and the room of a way around a box.
const MARGIN: usize = 40;
/// About how wide a letter is.
const LETTER: usize = 8;
/// How many letters of a line are shown.
const SHOWN: usize = 56;

/// The route of an approval policy as an SVG picture; `None` for a policy of another kind. With a request, the place at
/// which it stands is marked.
pub fn svg(program: &Program, request: Option<&Request<'_>>) -> Option<String> {
    let route = Route::of(program, request)?;
    let conditions = route.steps.iter().filter_map(|step| step.when.as_deref());
    let levels = route.steps.iter().map(|step| step.level.lines.as_slice());
    let middle = [route.start.lines.as_slice(), route.approved.lines.as_slice()];
    let wide = width(conditions.chain(levels).chain(middle));
    let side = width([route.denied.lines.as_slice(), route.closed.lines.as_slice()].into_iter());
    let column = Column { left: MARGIN * 2, width: wide };
    let beside = Column { left: column.right() + MARGIN * 4, width: side };
    let mut picture = Picture { shapes: String::new() };

    let mut y = MARGIN + LINE;
    let top = picture.station(&column, y, &route.start, Shape::Round);
    y = top.bottom + GAP;
    let entry = y - GAP / 2;
    let mut from = vec![(top, "submit")];
    let bus = beside.left + beside.width / 2;
    // where the ways to the box beside begin
    let mut highest = None;
    // where conditions that do not hold go on
    let mut around: Vec<usize> = Vec::new();
    for step in &route.steps {
        let mut above = std::mem::take(&mut from);
        let skipped = std::mem::take(&mut around);
        if let Some(when) = &step.when {
            let station = Station { lines: when.clone(), here: false };
            let gate = picture.station(&column, y, &station, Shape::Gate);
            picture.arrive(&column, &above, &skipped, gate.top);
            around.push(gate.center());
            above = vec![(gate, "yes")];
            y = gate.bottom + GAP;
            let level = picture.station(&column, y, &step.level, Shape::Plain);
            picture.arrive(&column, &above, &[], level.top);
            from = vec![(level, "approve")];
        } else {
            let level = picture.station(&column, y, &step.level, Shape::Plain);
            picture.arrive(&column, &above, &skipped, level.top);
            from = vec![(level, "approve")];
        }
        let level = from.first().map_or(y, |(level, _)| level.center());
        highest = highest.or(Some(level));
        picture.path(&format!("M{} {level} H{bus}", column.right()), false);
        picture.label(column.right() + 6, level - 5, route.denial);
        y = from.first().map_or(y, |(level, _)| level.bottom) + GAP;
    }
    let end = picture.station(&column, y, &route.approved, Shape::Round);
    picture.arrive(&column, &from, &around, end.top);
    let denied = picture.station(&beside, y, &route.denied, Shape::Plain);
    picture.path(&format!("M{bus} {} V{}", highest.unwrap_or(denied.top), denied.top), true);
    let mut bottom = denied.bottom.max(end.bottom);
    let mut right = beside.right() + MARGIN;
    if let Some(resubmit) = &route.resubmit {
        let turn = beside.right() + MARGIN;
        let middle = column.left + column.width / 2;
        let path = format!("M{} {} H{turn} V{entry} H{middle}", beside.right(), denied.center());
        picture.path(&path, true);
        picture.label(beside.left, entry - 5, resubmit);
        right = turn + MARGIN;
        if !route.closing.is_empty() {
            let closed = picture.station(&beside, denied.bottom + GAP, &route.closed, Shape::Round);
            picture.path(&format!("M{bus} {} V{}", denied.bottom, closed.top), true);
            picture.label(bus + 6, denied.bottom + GAP / 2 + 4, &route.closing);
            bottom = closed.bottom;
        }
    }
    Some(picture.finish(&route.title, right, bottom + MARGIN))
}

/// How wide boxes must be for their lines.
fn width<'l>(boxes: impl Iterator<Item = &'l [String]>) -> usize {
    let longest = boxes.flatten().map(|line| line.chars().count().min(SHOWN)).max().unwrap_or(0);
    longest.max(16) * LETTER + 2 * PADDING
}

struct Column {
    left: usize,
    width: usize,
}

impl Column {
    fn right(&self) -> usize {
        self.left + self.width
    }
}

/// The box of a station: its upper and lower edge.
#[derive(Clone, Copy)]
struct Placed {
    top: usize,
    bottom: usize,
}

impl Placed {
    fn center(self) -> usize {
        (self.top + self.bottom) / 2
    }
}

#[derive(Clone, Copy)]
enum Shape {
    Plain,
    Round,
    Gate,
}

struct Picture {
    shapes: String,
}

impl Picture {
    /// Draws a box.
    fn station(&mut self, column: &Column, top: usize, station: &Station, shape: Shape) -> Placed {
        let height = station.lines.len() * LINE + 2 * PADDING - 4;
        let (radius, dash) = match shape {
            Shape::Plain => (4, ""),
            Shape::Round => (height / 2, ""),
            Shape::Gate => (0, " stroke-dasharray=\"6 4\""),
        };
        let class = if station.here { " class=\"here\"" } else { "" };
        self.shapes += &format!(
            "  <rect x=\"{}\" y=\"{top}\" width=\"{}\" height=\"{height}\" rx=\"{radius}\"{dash}{class}/>\n",
            column.left, column.width
        );
        let middle = column.left + column.width / 2;
        for (number, line) in station.lines.iter().enumerate() {
            let weight = if number == 0 && !matches!(shape, Shape::Gate) { " font-weight=\"bold\"" } else { "" };
            let y = top + PADDING + number * LINE + 12;
            self.shapes +=
                &format!("  <text x=\"{middle}\" y=\"{y}\" text-anchor=\"middle\"{weight}>{}</text>\n", escaped(line));
        }
        Placed { top, bottom: top + height }
    }

    /// Draws the ways into a box: from those straight above, and around what was passed over.
    fn arrive(&mut self, column: &Column, above: &[(Placed, &str)], skipped: &[usize], top: usize) {
        let middle = column.left + column.width / 2;
        for (placed, text) in above {
            self.path(&format!("M{middle} {} V{top}", placed.bottom), true);
            self.label(middle + 6, placed.bottom + 16, text);
        }
        for from in skipped {
            let turn = column.left - MARGIN;
            let join = top - 12;
            self.path(&format!("M{} {from} H{turn} V{join} H{middle}", column.left), true);
            self.label(turn + 4, from - 5, "no");
        }
    }

    fn path(&mut self, path: &str, arrow: bool) {
        let head = if arrow { " marker-end=\"url(#head)\"" } else { "" };
        self.shapes += &format!("  <path d=\"{path}\"{head}/>\n");
    }

    fn label(&mut self, x: usize, y: usize, text: &str) {
        self.shapes += &format!("  <text x=\"{x}\" y=\"{y}\" font-size=\"12\">{}</text>\n", escaped(text));
    }

    fn finish(self, title: &str, width: usize, height: usize) -> String {
        let title = escaped(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"14\">\n  \
             <title>{title}</title>\n  <style>rect {{ fill: #fff; stroke: #333 }} path {{ fill: none; stroke: #333 }} \
             .here {{ stroke-width: 4 }}</style>\n  <defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" \
             markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" \
             style=\"fill: #333\"/></marker></defs>\n  \
             <rect width=\"{width}\" height=\"{height}\" style=\"stroke: none\"/>\n{}</svg>\n",
            self.shapes
        )
    }
}

/// A line's beginning as the text of an element.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (number, c) in text.chars().enumerate() {
        if number == SHOWN {
            out.push('…');
            break;
        }
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            // XML has no way to write most of these
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
