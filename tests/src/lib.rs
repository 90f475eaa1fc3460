//! What the proofs beside this crate share: diagnostics as plain text, for snapshots, and the binary. How people see them is the command line's affair.

pub mod command;

use std::fmt::Write;

use geras::source::{Diagnostic, Label, Severity};

/// All diagnostics as plain text: where, what, the line with the place underlined, other places, and what to do.
#[must_use]
pub fn plain(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(diagnostic: &Diagnostic) -> String {
    let grave = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut out = format!("{grave}[{}]: {}\n", diagnostic.name, diagnostic.message);
    place(&mut out, &diagnostic.primary, '^');
    for other in &diagnostic.secondary {
        place(&mut out, other, '-');
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "  help: {help}");
    }
    out
}

/// The place and its first line, underlined. Long lines are cut around the place.
fn place(out: &mut String, label: &Label, mark: char) {
    let at = label.line_column();
    let line = label.source.text().lines().nth(at.line - 1).unwrap_or_default();
    let length = label.source.slice(label.span).lines().next().unwrap_or_default().chars().count();
    let cut = (at.column - 1).saturating_sub(60);
    let shown: String = line.chars().skip(cut).take(120).collect();
    let room = shown.chars().count() + 1 - (at.column - 1 - cut).min(shown.chars().count());
    let marks = mark.to_string().repeat(length.clamp(1, room.max(1)));
    let _ = writeln!(out, "  {}:{}:{}", label.source.path(), at.line, at.column);
    let _ = writeln!(out, "  | {shown}");
    let _ = writeln!(out, "  | {}{marks} {}", " ".repeat(at.column - 1 - cut), label.text);
    while out.ends_with(" \n") {
        out.truncate(out.len() - 2);
        out.push('\n');
    }
}
