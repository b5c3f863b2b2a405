//! A page of the documentation: its fenced blocks, by section.

use std::path::{Path, PathBuf};

/// A fenced block with the words of its info string.
#[derive(Debug, Clone)]
pub struct Block {
    /// The line of the opening fence, from 1.
    pub line: usize,
    /// What follows the fence: a language, then what the block is.
    pub words: Vec<String>,
    /// What stands between the fences.
    pub text: String,
    /// The number of its section; 0 is what comes before the second heading.
    pub section: usize,
}

impl Block {
    /// Whether the info string begins so.
    pub fn is(&self, info: &str) -> bool {
        let begins: Vec<&str> = info.split(' ').collect();
        self.words.len() >= begins.len() && self.words.iter().zip(begins).all(|(word, begin)| word == begin)
    }

    /// The code of the fault that the block has, if it is there to show one.
    pub fn refused(&self) -> Option<&str> {
        let at = self.words.iter().position(|word| word == "refused")?;
        Some(self.words.get(at + 1).expect("`refused` is followed by a code"))
    }
}

/// A page.
pub struct Page {
    /// Its file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Its fenced blocks, in order.
    pub blocks: Vec<Block>,
}

impl Page {
    /// Reads a page of `docs/`.
    pub fn read(path: &Path) -> Page {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let (mut blocks, mut section): (Vec<Block>, usize) = (Vec::new(), 0);
        let mut open: Option<Block> = None;
        for (number, line) in (1..).zip(text.lines()) {
            match (&mut open, line.strip_prefix("```")) {
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (Some(block), None) => block.text += &format!("{line}\n"),
                (None, Some(info)) => {
                    let words = info.split_whitespace().map(str::to_owned).collect();
                    open = Some(Block { line: number, words, text: String::new(), section });
                }
                (None, None) => section += usize::from(line.starts_with("##")),
            }
        }
        assert!(open.is_none(), "{}: a block is not closed", path.display());
        Page { path: path.to_owned(), text, blocks }
    }

    /// The README and all pages of `docs/`, in the order of their names.
    pub fn all() -> Vec<Page> {
        let folder = std::fs::read_dir(root().join("docs")).expect("docs/ is there");
        let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("docs/ is readable").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
        paths.push(root().join("README.md"));
        paths.sort();
        paths.iter().map(|path| Page::read(path)).collect()
    }

    /// The numbers of its sections.
    pub fn sections(&self) -> std::ops::RangeInclusive<usize> {
        0..=self.blocks.last().map_or(0, |block| block.section)
    }

    /// Where a block stands, for messages.
    pub fn place(&self, block: &Block) -> String {
        format!("{}:{}", self.path.display(), block.line)
    }

    /// What stands in backticks outside of fenced blocks.
    pub fn quoted(&self) -> Vec<String> {
        let mut fenced = false;
        let mut prose = String::new();
        for line in self.text.lines() {
            let fence = line.starts_with("```");
            fenced ^= fence;
            if !fenced && !fence {
                prose += line;
                prose.push('\n');
            }
        }
        prose
            .split('`')
            .skip(1)
            .step_by(2)
            .map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// Writes the page with the texts of these blocks, named by their lines, replaced.
    pub fn rewrite(&self, texts: &[(usize, String)]) {
        let mut lines: Vec<&str> = self.text.lines().collect();
        for (at, text) in texts.iter().rev() {
            let length = lines[*at..].iter().position(|line| line.starts_with("```")).expect("the block is closed");
            lines.splice(*at..*at + length, text.lines());
        }
        std::fs::write(&self.path, lines.join("\n") + "\n").expect("the page can be written");
    }
}

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether the outputs that pages show are to be written anew.
pub fn update() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}
