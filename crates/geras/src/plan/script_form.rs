//! Compiles `script` blocks: what they read is typed like any expression, their text is compiled once, their compared codes are known.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::compile::Compiler;
use super::expression::{Expr, FieldId, Read, ScriptCall, Type};
use super::names::Name;
use crate::definition::{ExpressionText, Id, did_you_mean, shortened};
use crate::script::{CompileFailureKind, Script};
use crate::source::{Diagnostic, Severity, Span};

impl Compiler<'_> {
    pub(super) fn script(
        &mut self,
        reads: &[(Id, ExpressionText)],
        code: &ExpressionText,
        kind: Type,
        range: Option<(Decimal, Decimal)>,
    ) -> Option<Expr> {
        let mut read: Vec<(String, Read)> = Vec::new();
        let mut sound = true;
        for (name, text) in reads {
            match self.read(text) {
                Some(value) => read.push((name.value.clone(), value)),
                None => sound = false,
            }
        }
        let names: Vec<&str> = reads.iter().map(|(name, _)| name.value.as_str()).collect();
        let script = match Script::compile(&code.scalar.text, &names) {
            Ok(script) => script,
            Err(failure) => {
                let start = code.scalar.locate(failure.offset);
                let (name, help, length) = match &failure.kind {
                    CompileFailureKind::UnknownName(name) => ("unknown-name", Some(self.unread(name, &names)), name.len()),
                    CompileFailureKind::UnknownFunction(name) => ("unknown-name", None, name.len()),
                    CompileFailureKind::TooLong => ("script-breaks-limit", None, 1),
                    CompileFailureKind::NotAllowed => ("expression-not-allowed", None, 1),
                    CompileFailureKind::Syntax => ("rhai-syntax", None, 1),
                };
                let span = Span::new(start, start + length);
                let mut fault = Diagnostic::new(name, Severity::Error, &self.definition.source, span, failure.message);
                fault.help = help;
                self.fault(fault);
                return None;
            }
        };
        for (name, text, offset) in script.comparisons() {
            let value = read.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
            if let Some(Read::One(_, Type::Code(set) | Type::Codes(set))) = value {
                let start = code.scalar.locate(offset);
                let set = *set;
                sound &= self.code(set, &text, Span::new(start, start + text.len() + 2), &format!("`{name}`")).is_some();
            }
        }
        let codes = if let Type::Code(set) = kind { Some(set) } else { None };
        sound.then(|| Expr::Script(Box::new(ScriptCall { script: Arc::new(script), reads: read, range, codes })))
    }

    fn unread(&self, name: &str, names: &[&str]) -> String {
        if self.names.get(name).is_some() {
            return format!("a script sees only what it reads: add `{name}` to its `reads`");
        }
        did_you_mean(name, names)
    }

    /// One value, or the points of a whole section.
    fn read(&mut self, text: &ExpressionText) -> Option<Read> {
        if let Some(Name::Section(place)) = self.names.get(text.scalar.text.trim()) {
            let items = self.definition.sections.get(place).map_or(0..0, |section| section.items.clone());
            let mut parts = Vec::new();
            for item in items {
                let field = FieldId(self.definition.settings.len() + item);
                self.shown(field, text.span);
                parts.push(self.number_of(field, text.span)?);
            }
            return Some(Read::Many(parts));
        }
        let (expr, kind) = self.expression(text)?;
        if matches!(kind, Type::Date | Type::Time | Type::Text) {
            let message = format!("a script cannot read `{}`", shortened(&text.scalar.text));
            self.help("types-differ", text.span, message, "scripts read numbers, yes or no, and codes; days and times between two of them are numbers: `days_between`, `minutes_between`");
            return None;
        }
        Some(Read::One(expr, kind))
    }
}
