//! The hooks of a folder: every function of its scripts, by name.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Bag, Code, Diagnostic};
use crate::hook::{Sandbox, Script};
use crate::source::{Place, Source};

/// What a script file's name ends with.
pub(super) const EXTENSION: &str = ".rhai";

/// The scripts of a folder.
#[derive(Debug, Default)]
pub(super) struct Hooks {
    /// Made when the first script is read.
    sandbox: OnceCell<Arc<Sandbox>>,
    functions: BTreeMap<String, (Arc<Script>, Place)>,
    /// Whether some script cannot be read: then no name can be called unknown.
    unread: bool,
    /// The scripts that the policy which is being read uses.
    used: RefCell<Vec<Arc<Source>>>,
}

impl Hooks {
    /// Reads script files. Whatever is wrong with them goes into the bag.
    pub fn load(files: &[&Arc<Source>], bag: &mut Bag) -> Hooks {
        let mut hooks = Hooks::default();
        for source in files {
            let script = match Script::file(hooks.sandbox(), source) {
                Ok(script) => Arc::new(script),
                Err(fault) => {
                    bag.push(*fault);
                    hooks.unread = true;
                    continue;
                }
            };
            script.faults().into_iter().for_each(|fault| bag.push(fault));
            for (name, place) in script.names() {
                match hooks.functions.get(name) {
                    // one name with several counts of parameters
                    Some((known, _)) if Arc::ptr_eq(known, &script) => {}
                    Some((_, first)) => bag.push(
                        Diagnostic::new(Code::DuplicateName, place, format!("the hook `{name}` is declared already"))
                            .related(first.clone(), "first here")
                            .help("rename one of them, or delete it"),
                    ),
                    None => drop(hooks.functions.insert(name.to_owned(), (Arc::clone(&script), place))),
                }
            }
        }
        hooks
    }

    /// Where scripts run.
    pub fn sandbox(&self) -> &Arc<Sandbox> {
        self.sandbox.get_or_init(|| Arc::new(Sandbox::new()))
    }

    /// The script that has a function of this name.
    pub fn script(&self, name: &str) -> Option<&Arc<Script>> {
        self.functions.get(name).map(|(script, _)| script)
    }

    /// The names of all functions.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.functions.keys().map(String::as_str)
    }

    /// Whether a script that cannot be read may have a function of any name.
    pub fn is_incomplete(&self) -> bool {
        self.unread
    }

    /// Notes that the policy which is being read uses a script.
    pub fn note(&self, source: &Arc<Source>) {
        self.used.borrow_mut().push(Arc::clone(source));
    }

    /// The scripts that were used since somebody last asked.
    pub fn take_used(&self) -> Vec<Arc<Source>> {
        self.used.take()
    }
}
