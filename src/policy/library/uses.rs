//! Which vocabularies a policy takes its words from.

use crate::diagnostic::Code;

use super::super::file::{File, FileKind, stem};
use super::super::reader::Reader;
use super::Loading;

impl Loading<'_> {
    /// The vocabulary files that a policy uses: by name or by file name; the only one there is, if it names none.
    pub(super) fn uses(&mut self, index: usize) -> Option<Vec<usize>> {
        let all = self.of_kind(&[FileKind::Vocabulary]);
        // a file that cannot be read may be named by its file's name as well as by its own
        let missing = self.unread.may_hold(FileKind::Vocabulary);
        let file = self.files.get(index)?;
        let mut reader = Reader::new(&file.source, self.bag);
        let mut fields = reader.fields(&file.root, "a policy")?;
        let Some(node) = fields.node("uses") else {
            if all.len() > 1 {
                let help = "add `uses: [NAME]`";
                let message = "the policy does not say which of several vocabularies it uses";
                reader.fault(Code::MissingKey, file.name_span, message, help);
                return None;
            }
            return (!all.is_empty() || !missing).then_some(all);
        };
        let mut used = Vec::new();
        let words = reader.words(node, "vocabularies");
        let expected = words.len();
        for (name, span) in words {
            let with = |fits: &dyn Fn(&File) -> bool| {
                all.iter().copied().find(|index| self.files.get(*index).is_some_and(fits))
            };
            let found = with(&|file| file.name == name).or_else(|| with(&|file| stem(file.source.relative()) == name));
            match found {
                Some(index) if used.contains(&index) => {
                    let message = format!("the vocabulary `{name}` is named twice");
                    reader.fault(Code::DuplicateName, span, message, "name it once");
                }
                Some(index) => used.push(index),
                // its own faults have been reported
                None if missing => {}
                None => {
                    let names: Vec<&str> =
                        all.iter().filter_map(|index| self.files.get(*index)).map(|file| file.name.as_str()).collect();
                    reader.unknown(Code::UnknownVocabulary, span, "vocabulary", name, names.into_iter());
                }
            }
        }
        (expected > 0 && used.len() == expected).then_some(used)
    }
}
