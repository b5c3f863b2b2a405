//! A function of a script, taken apart.

use rhai::{AST, ASTNode, Position, Stmt};

/// A function.
#[derive(Debug)]
pub(super) struct Function {
    pub name: String,
    pub parameters: Vec<String>,
    /// Where its body begins.
    pub start: Position,
    pub statements: Vec<Stmt>,
}

impl Function {
    /// The functions of a parsed script, in the order of the file.
    pub fn all(ast: &AST) -> Vec<Function> {
        let functions = ast.iter_fn_def().map(|definition| {
            let own = |name: &str, count: usize| definition.name == name && definition.params.len() == count;
            let mut alone = ast.clone_functions_only();
            alone.retain_functions(|_, _, name, count| own(name, count));
            let mut statements = Vec::new();
            alone.walk(&mut |path: &[ASTNode<'_>]| {
                if let [ASTNode::Stmt(statement)] = path {
                    statements.push((*statement).clone());
                }
                true
            });
            Function {
                name: definition.name.to_string(),
                parameters: definition.params.iter().map(ToString::to_string).collect(),
                start: definition.body.start_position(),
                statements,
            }
        });
        let mut functions: Vec<Function> = functions.collect();
        functions.sort_by_key(|function| (function.start.line(), function.start.position()));
        functions
    }
}
