//! The policies, tests and cases of one section of a page: they form one library.

use std::sync::Arc;

use rulebook::diagnostic::{Bag, Diagnostic};
use rulebook::engine::{decide, decide_by};
use rulebook::facts::{Case, Unreadable};
use rulebook::policy::{Library, read_cases};
use rulebook::program::Program;
use rulebook::render::{decision, diagnostics};
use rulebook::source::Source;
use rulebook::time::Zones;

use super::answer;
use super::page::{Block, Page};

/// The keys that say what a file is.
const KINDS: [&str; 10] = [
    "vocabulary",
    "calendar",
    "exception",
    "exceptions",
    "escalations",
    "table",
    "approval",
    "authorization",
    "partner",
    "tests",
];
/// What a file of hooks is.
const SCRIPT: &str = "rhai";
/// What policies read.
const READ: [&str; 5] = ["vocabulary", "calendar", "partner", "csv", SCRIPT];
/// What the policy is called that fragments are wrapped in.
const WRAPPED: &str = "example";

/// A block that is a file, or is wrapped in one.
#[derive(Clone)]
struct File {
    kind: String,
    name: String,
    text: String,
}

impl File {
    /// A whole file. What comes before its kind are comments.
    fn whole(page: &Page, block: &Block) -> File {
        if block.is("rhai") {
            return File { kind: SCRIPT.to_owned(), name: format!("line-{}", block.line), text: block.text.clone() };
        }
        let first = block.text.lines().find_map(|line| {
            let (key, rest) = line.split_once(':')?;
            let name = rest.split(" #").next().unwrap_or_default().trim();
            KINDS.contains(&key).then(|| (key.to_owned(), name.to_owned()))
        });
        let (kind, name) = first.unwrap_or_else(|| panic!("{}: the file says nowhere what it is", page.place(block)));
        File { kind, name, text: block.text.clone() }
    }

    /// The rows of a table, under the name that the info string gives them.
    fn sheet(page: &Page, block: &Block) -> File {
        let name = block.words.get(1).unwrap_or_else(|| panic!("{}: the sheet has no name", page.place(block)));
        File { kind: "csv".to_owned(), name: name.clone(), text: block.text.clone() }
    }

    fn source(&self) -> Arc<Source> {
        if self.kind == "csv" {
            return Arc::new(Source::within(format!("rules/{}", self.name), self.name.clone(), self.text.clone()));
        }
        if self.kind == SCRIPT {
            return Arc::new(Source::new(format!("rules/hooks/{}.rhai", self.name), self.text.clone()));
        }
        let tests = if self.kind == "tests" { ".tests" } else { "" };
        let path = format!("rules/{}{tests}.yaml", self.name);
        let relative = path.trim_start_matches("rules/").to_owned();
        Arc::new(Source::within(path, relative, self.text.clone()))
    }
}

/// One section, with what the head of its page declares for all.
pub struct Section<'p> {
    page: &'p Page,
    blocks: Vec<&'p Block>,
    files: Vec<File>,
}

impl<'p> Section<'p> {
    /// Gathers a section's files. A vocabulary of its own, or a calendar of the same name, goes before the page's.
    pub fn new(page: &'p Page, number: usize) -> Section<'p> {
        let blocks: Vec<&Block> = page.blocks.iter().filter(|block| block.section == number).collect();
        let whole = |block: &&&Block| block.refused().is_none() && is_file(block);
        let mut own: Vec<File> = blocks.iter().filter(whole).map(|block| File::whole(page, block)).collect();
        let sheets = blocks.iter().filter(|block| block.is("csv") && block.refused().is_none());
        own.extend(sheets.map(|block| File::sheet(page, block)));
        let mut files: Vec<File> = match number {
            0 => Vec::new(),
            _ => {
                let head = page.blocks.iter().filter(|block| block.section == 0);
                head.filter(|block| whole(&block)).map(|block| File::whole(page, block)).collect()
            }
        };
        files.retain(|file| match file.kind.as_str() {
            "vocabulary" => !own.iter().any(|other| other.kind == "vocabulary"),
            kind => !own.iter().any(|other| other.kind == kind && other.name == file.name),
        });
        files.extend(own);
        let mut section = Section { page, blocks, files };
        let fragments = section.blocks.iter().filter(|block| block.refused().is_none());
        let categories: Vec<String> = fragments.flat_map(|block| categories(block)).collect();
        if !categories.is_empty() {
            section.files.push(section.wrapped(&categories));
        }
        section
    }

    /// An escalation policy of these categories; those without a name are numbered.
    fn wrapped(&self, categories: &[String]) -> File {
        let calendar = self.files.iter().find(|file| file.kind == "calendar");
        let calendar = calendar.map(|file| format!("calendar: {}\n", file.name)).unwrap_or_default();
        let mut text = format!("escalations: {WRAPPED}\n{calendar}categories:\n");
        for (number, category) in (1..).zip(categories) {
            text += &match category.starts_with("when:") {
                true => format!("  {number}:\n{}    turnaround: none stated\n", indented(category, "    ")),
                false => indented(category, "  "),
            };
        }
        File { kind: "escalations".to_owned(), name: WRAPPED.to_owned(), text }
    }

    /// The section's files by their paths.
    pub fn texts(&self) -> Vec<(String, String)> {
        self.files.iter().map(|file| (file.source().relative().to_owned(), file.text.clone())).collect()
    }

    /// The blocks that hold a case which is not refused.
    pub fn cases(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().copied().filter(|block| is_case(block) && block.refused().is_none())
    }

    /// Loads what is sound, runs its tests, decides its cases, and sees that what is refused is refused.
    /// Gives the answers that the page is to show, by the lines of their blocks.
    pub fn run(&self) -> Vec<(usize, String)> {
        let (library, found) = load(&self.files);
        let section = self.blocks.first().map(|block| self.page.place(block)).unwrap_or_default();
        assert!(found.is_empty(), "{section}: the section has faults\n{}", diagnostics::text(&found, false));
        for suite in library.suites() {
            let program = Program::compile(&suite.policy);
            for test in &suite.cases {
                let decided = decide(&program, &test.case).unwrap_or_else(|fault| panic!("{}: {fault}", test.name));
                let json = serde_json::from_str(&decision::json(&decided)).expect("decisions are JSON");
                let wrong = test.expect.as_ref().map(|expect| expect.mismatches(&json)).unwrap_or_default();
                assert!(wrong.is_empty(), "{section}: `{}` fails: {wrong:#?}\n{json:#}", test.name);
            }
        }
        self.blocks.iter().filter(|block| block.refused().is_some()).for_each(|block| self.refused(block, &library));
        self.answers(&library)
    }

    /// A block that has a fault has that fault and no other.
    fn refused(&self, block: &Block, library: &Library) {
        let code = block.refused().expect("asked by the caller");
        if is_case(block) {
            let fault = self.answer(block, library).expect_err("the case is refused");
            assert_eq!(fault.fault.code().to_string(), code, "{}", self.page.place(block));
            return;
        }
        let attempts: Vec<Vec<File>> = match is_file(block) {
            true => {
                let file = File::whole(self.page, block);
                let beside = self.files.iter().filter(|other| match file.kind.as_str() {
                    "vocabulary" => false,
                    "tests" => other.kind != "tests",
                    _ => READ.contains(&other.kind.as_str()),
                });
                vec![beside.cloned().chain([file.clone()]).collect()]
            }
            false => {
                let words = || self.files.iter().filter(|file| READ.contains(&file.kind.as_str()));
                let wrapped = categories(block).into_iter().map(|category| self.wrapped(&[category]));
                wrapped.map(|file| words().cloned().chain([file]).collect()).collect()
            }
        };
        assert!(!attempts.is_empty(), "{}: nothing to refuse", self.page.place(block));
        for files in attempts {
            let (_, found) = load(&files);
            let codes: Vec<String> = found.iter().map(|found| found.code.to_string()).collect();
            let shown = diagnostics::text(&found, false);
            assert!(
                !codes.is_empty() && codes.iter().all(|found| found == code),
                "{}: {codes:?} instead of {code}\n{shown}\n{}",
                self.page.place(block),
                files.last().map(|file| file.text.as_str()).unwrap_or_default()
            );
        }
    }

    /// Decides the case of a block by the policy that its info string names, else by the section's only one.
    fn answer(&self, block: &Block, library: &Library) -> Result<String, Unreadable> {
        let named = block.words.get(2).filter(|word| *word != "refused").map(String::as_str);
        let mut policies = library.versions().filter(|(name, _)| named.is_none_or(|named| *name == named));
        let (_, versions) = policies.next().unwrap_or_else(|| panic!("{}: no such policy", self.page.place(block)));
        assert!(policies.next().is_none(), "{}: name the policy after `case`", self.page.place(block));
        let policy = versions.latest().expect("a policy has a version");
        let programs: Vec<Program> = versions.iter().map(Program::compile).collect();
        let case = match block.is("json") {
            true => Case::from_json(&block.text, &policy.vocabulary),
            false => {
                let mut bag = Bag::default();
                let source = Arc::new(Source::new("case.yaml", block.text.clone()));
                let mut cases = read_cases(&source, &policy.vocabulary, &mut bag);
                assert!(bag.is_empty() && cases.len() == 1, "{}: not one case of YAML", self.page.place(block));
                cases.remove(0).1
            }
        }?;
        let unreadable = |fault| Unreadable::of(case.id(), fault);
        decide_by(&programs, &case).map(|decided| decision::json(&decided)).map_err(unreadable)
    }

    /// Each case that an answer follows on.
    fn answers(&self, library: &Library) -> Vec<(usize, String)> {
        let mut answers = Vec::new();
        for (number, block) in self.blocks.iter().enumerate().filter(|(_, block)| is_case(block)) {
            let answer = self.answer(block, library);
            if block.refused().is_none() {
                assert!(answer.is_ok(), "{}: {:?}", self.page.place(block), answer.err());
            }
            if let Some(shown) = self.blocks.get(number + 1).filter(|next| next.is("json answer")) {
                let json = answer.unwrap_or_else(|fault| decision::unreadable(&fault, 1));
                answers.push((shown.line, answer::pretty(&json)));
            }
        }
        answers
    }
}

fn is_file(block: &Block) -> bool {
    ["yaml vocabulary", "yaml calendar", "yaml policy", "yaml tests", SCRIPT].iter().any(|info| block.is(info))
}

fn is_case(block: &Block) -> bool {
    block.is("json case") || block.is("yaml case")
}

/// The categories that a fragment holds: one for each `when:`, or those that it names.
fn categories(block: &Block) -> Vec<String> {
    if block.is("yaml category") {
        return vec![block.text.clone()];
    }
    if !block.is("yaml when") {
        return Vec::new();
    }
    let mut found: Vec<String> = Vec::new();
    for line in block.text.lines() {
        if line.starts_with("when:") {
            found.push(String::new());
        }
        if let Some(last) = found.last_mut() {
            *last += &format!("{line}\n");
        }
    }
    found
}

fn indented(text: &str, margin: &str) -> String {
    text.lines().map(|line| format!("{margin}{line}\n")).collect()
}

/// Loads files, with every fault that `check` would find.
fn load(files: &[File]) -> (Library, Vec<Diagnostic>) {
    let sources: Vec<Arc<Source>> = files.iter().map(File::source).collect();
    let mut bag = Bag::default();
    let library = Library::load(&sources, &Zones::embedded(), &mut bag);
    let mut found = bag.into_sorted();
    for policy in library.policies() {
        found.extend(Program::compile(policy).findings());
    }
    (library, found)
}
