//! A file split into segments, with every byte of it.

use memchr::{memchr, memmem};

use super::delimiters::Delimiters;
use super::header::{self, HeaderError, LENGTH};
use super::segment::Segment;

/// A file as it was read: whatever its bytes, none is lost.
#[derive(Debug)]
pub struct Document<'a> {
    bytes: &'a [u8],
    segments: Vec<Segment<'a>>,
    texts: Vec<Text<'a>>,
    steps: usize,
}

/// Bytes that belong to no interchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// Its first byte in the file, from 0.
    pub offset: usize,
    /// How many segments stand before it.
    pub before: usize,
    /// What stands there.
    pub bytes: &'a [u8],
    /// Why it is no interchange, if it begins like one.
    pub fault: Option<HeaderError>,
}

impl Text<'_> {
    /// Whether it holds anything but white space.
    pub fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }
}

/// A stretch of a file: together they are the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'d, 'a> {
    /// One segment.
    Segment(&'d Segment<'a>),
    /// What is no segment.
    Text(&'d Text<'a>),
}

impl<'a> Document<'a> {
    /// Splits a file. Reads each byte a bounded number of times.
    pub fn read(bytes: &'a [u8]) -> Document<'a> {
        let mut reader = Reader {
            document: Document { bytes, segments: Vec::with_capacity(bytes.len() / 32), texts: Vec::new(), steps: 0 },
            at: 0,
            open: None,
        };
        while reader.at < bytes.len() {
            match reader.open {
                Some(delimiters) => reader.segment(delimiters),
                None => reader.outside(),
            }
        }
        reader.document
    }

    /// The bytes that were read.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The segments in order.
    pub fn segments(&self) -> &[Segment<'a>] {
        &self.segments
    }

    /// What belongs to no interchange, in order.
    pub fn texts(&self) -> &[Text<'a>] {
        &self.texts
    }

    /// Segments and texts in order.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_, 'a>> {
        let mut texts = self.texts.iter().peekable();
        let mut segments = self.segments.iter().enumerate().peekable();
        std::iter::from_fn(move || {
            let number = segments.peek().map_or(self.segments.len(), |(number, _)| *number);
            match texts.next_if(|text| text.before <= number) {
                Some(text) => Some(Part::Text(text)),
                None => segments.next().map(|(_, segment)| Part::Segment(segment)),
            }
        })
    }

    /// How many bytes were looked at: a measure of the work done.
    pub fn steps(&self) -> usize {
        self.steps
    }
}

struct Reader<'a> {
    document: Document<'a>,
    at: usize,
    /// The delimiters of the interchange that is open.
    open: Option<Delimiters>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a [u8] {
        self.document.bytes.get(self.at..).unwrap_or_default()
    }

    /// Takes one segment of an open interchange, or the ISA of the next.
    fn segment(&mut self, delimiters: Delimiters) {
        let rest = self.rest();
        if header::begins(rest) {
            // an IEA is missing: the check tells of it
            return self.header();
        }
        let found = memchr(delimiters.segment(), rest);
        let Some(length) = found else {
            let blank = rest.iter().all(u8::is_ascii_whitespace);
            self.document.steps += 2 * rest.len();
            return if blank { self.text(rest.len(), None) } else { self.push(rest.len(), 0, delimiters) };
        };
        let after = rest.get(length + 1..).unwrap_or_default();
        let closes = rest.starts_with(b"IEA") && rest.get(3) == Some(&delimiters.element());
        let blank = |byte: &&u8| if closes { byte.is_ascii_whitespace() } else { matches!(byte, b'\r' | b'\n') };
        let breaks = after.iter().take_while(blank).count();
        self.push(length, 1 + breaks, delimiters);
        if closes {
            self.open = None;
        }
    }

    /// Looks for the next interchange. What stands before it is text.
    fn outside(&mut self) {
        let rest = self.rest();
        let mut from = 0;
        while let Some(found) = memmem::find(rest.get(from..).unwrap_or_default(), b"ISA") {
            let start = from + found;
            let candidate = rest.get(start..).unwrap_or_default();
            let apart =
                start.checked_sub(1).and_then(|before| rest.get(before)).is_none_or(|b| !b.is_ascii_alphanumeric());
            if apart && header::begins(candidate) {
                self.document.steps += start;
                self.text(start, None);
                return self.header();
            }
            from = start + 3;
        }
        self.document.steps += rest.len();
        self.text(rest.len(), None);
    }

    /// Takes an ISA; one that cannot be read is text up to the next.
    fn header(&mut self) {
        let rest = self.rest();
        self.document.steps += LENGTH;
        match header::read(rest) {
            Ok(delimiters) => {
                self.open = Some(delimiters);
                let after = rest.get(LENGTH..).unwrap_or_default();
                let breaks = after.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                self.push(LENGTH - 1, 1 + breaks, delimiters);
            }
            Err(fault) => {
                self.open = None;
                let mut from = 3;
                let length = loop {
                    let Some(found) = memmem::find(rest.get(from..).unwrap_or_default(), b"ISA") else {
                        break rest.len();
                    };
                    let start = from + found;
                    if header::begins(rest.get(start..).unwrap_or_default()) {
                        break start;
                    }
                    from = start + 3;
                };
                self.document.steps += length;
                self.text(length, Some(fault));
            }
        }
    }

    fn push(&mut self, length: usize, end: usize, delimiters: Delimiters) {
        let rest = self.rest();
        let (body, end) = rest.get(..length + end).unwrap_or(rest).split_at(length.min(rest.len()));
        let number = self.document.segments.len() + 1;
        self.document.segments.push(Segment { number, offset: self.at, body, end, delimiters });
        self.document.steps += body.len() + end.len();
        self.at += body.len() + end.len();
    }

    fn text(&mut self, length: usize, fault: Option<HeaderError>) {
        if length > 0 {
            let bytes = self.rest().get(..length).unwrap_or_default();
            let before = self.document.segments.len();
            self.document.texts.push(Text { offset: self.at, before, bytes, fault });
            self.at += length;
        }
    }
}
