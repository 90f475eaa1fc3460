//! Expressions of a definition: from Rhai's own syntax tree to one typed tree. Scripts are not here.

mod syntax;

pub use syntax::{Binary, Syntax, SyntaxKind, Unary, parse};
