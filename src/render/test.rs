//! What came of tests, as text.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::engine::Decision;
use crate::facts::Fault;
use crate::policy::{Mismatch, SuiteCase};

use super::decision::text;
use super::style::Styles;

/// A snapshot that does not agree with the decision.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The snapshot's file.
    pub path: PathBuf,
    /// What was accepted; `None` if nothing was.
    pub before: Option<String>,
    /// What is decided now.
    pub now: String,
}

/// The report of a run of tests, written as it goes on.
#[derive(Debug)]
pub struct Report {
    styles: Styles,
    color: bool,
    out: String,
    passed: usize,
    failed: usize,
    accepted: usize,
}

impl Report {
    /// A report of nothing yet.
    pub fn new(color: bool) -> Report {
        Report { styles: Styles::new(color), color, out: String::new(), passed: 0, failed: 0, accepted: 0 }
    }

    /// Whether any test failed.
    pub fn failed(&self) -> bool {
        self.failed > 0
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Begins with the tests of a policy.
    pub fn suite(&mut self, policy: &str, path: &str) {
        let Styles { strong, faint, .. } = self.styles;
        self.line(&format!("{strong}{policy}{strong:#}  {faint}{path}{faint:#}"));
    }

    fn verdict(&mut self, passed: bool, case: &SuiteCase) {
        let Styles { good, warning, faint, .. } = self.styles;
        if passed {
            self.passed += 1;
            self.line(&format!("  {good}ok{good:#}    {}", case.name));
        } else {
            self.failed += 1;
            self.line(&format!("  {warning}FAIL{warning:#}  {} {faint}{}{faint:#}", case.name, case.place));
        }
    }

    /// A test whose case was decided.
    pub fn case(
        &mut self,
        case: &SuiteCase,
        decision: &Decision<'_>,
        mismatches: &[Mismatch],
        changed: Option<&Changed>,
    ) {
        let passed = mismatches.is_empty() && changed.is_none();
        self.verdict(passed, case);
        if passed {
            return;
        }
        let Styles { good, warning, faint, .. } = self.styles;
        for Mismatch { key, place, expected, actual } in mismatches {
            self.line(&format!("        {key} {faint}{place}{faint:#}"));
            self.line(&format!("          {good}expected  {expected}{good:#}"));
            let actual = actual.as_deref().unwrap_or("(nothing)");
            self.line(&format!("          {warning}actual    {actual}{warning:#}"));
        }
        if let Some(changed) = changed {
            self.changed(changed);
        }
        self.line("        the decision with its grounds:");
        for line in text(decision, self.color).lines() {
            self.line(&format!("          {line}"));
        }
    }

    fn changed(&mut self, changed: &Changed) {
        let Styles { good, warning, faint, .. } = self.styles;
        let path = changed.path.display();
        let Some(before) = &changed.before else {
            self.line(&format!("        no snapshot is accepted yet {faint}{path}{faint:#}"));
            self.line("        `rulebook test --accept` accepts the decision below");
            return;
        };
        self.line(&format!("        the decision differs from its snapshot {faint}{path}{faint:#}"));
        for (sign, line) in difference(before, &changed.now) {
            match sign {
                '-' => self.line(&format!("          {good}- {line}{good:#}")),
                '+' => self.line(&format!("          {warning}+ {line}{warning:#}")),
                _ => self.line(&format!("            {line}")),
            }
        }
        self.line("        `rulebook test --accept` accepts the lines marked with +");
    }

    /// A test whose case cannot be decided.
    pub fn undecided(&mut self, case: &SuiteCase, fault: &Fault) {
        self.verdict(false, case);
        self.line(&format!("        the case cannot be decided: {fault}"));
        if let Some(advice) = fault.advice() {
            self.line(&format!("        {advice}"));
        }
    }

    /// A snapshot that was accepted.
    pub fn accepted(&mut self, path: &Path) {
        self.accepted += 1;
        self.line(&format!("        accepted {}", path.display()));
    }

    /// The whole report. `broken` counts the faults of the rules themselves.
    pub fn finish(&mut self, broken: usize) -> String {
        let mut summary = format!("{} passed, {} failed", self.passed, self.failed);
        if self.accepted > 0 {
            // writing to a string cannot fail
            let _ = write!(summary, ", {} accepted", self.accepted);
        }
        if broken > 0 {
            let _ = write!(summary, "; faults in the rules: {broken}");
        }
        self.line(&summary);
        std::mem::take(&mut self.out)
    }
}

/// The lines of both texts, those that only one of them has marked `-` or `+`, by their longest common subsequence.
fn difference<'t>(before: &'t str, now: &'t str) -> Vec<(char, &'t str)> {
    similar::TextDiff::from_lines(before, now)
        .iter_all_changes()
        .map(|change| {
            let sign = match change.tag() {
                similar::ChangeTag::Equal => ' ',
                similar::ChangeTag::Delete => '-',
                similar::ChangeTag::Insert => '+',
            };
            (sign, change.value().trim_end_matches('\n'))
        })
        .collect()
}
