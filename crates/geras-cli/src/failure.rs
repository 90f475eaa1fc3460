//! Why a command could not do its work, in words for the person who typed it. Findings about definitions and answers are no failures.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use geras::source::Diagnostic;

use crate::{diagnostics, paint};

/// How a command ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing to complain of.
    Fine,
    /// Something was found that somebody should mend.
    Findings,
}

impl Verdict {
    /// Findings if there are any.
    pub(crate) const fn findings_if(any: bool) -> Self {
        if any { Self::Findings } else { Self::Fine }
    }
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Fine => Self::SUCCESS,
            Verdict::Findings => Self::from(1),
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command was used wrongly: what is wrong, and what to do.
    Usage { message: String, help: Option<String> },
    /// The definition that the command needs is not sound.
    Unsound(Vec<Diagnostic>),
    /// A site's texts do not fit.
    Texts(Vec<Diagnostic>),
    /// The licence does not allow the use: why, in words.
    NotAllowed(String),
    /// The result cannot be written.
    Output(io::Error),
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: None }
    }

    pub(crate) fn help(self, text: impl Into<String>) -> Self {
        match self {
            Self::Usage { message, .. } => Self::Usage { message, help: Some(text.into()) },
            other => other,
        }
    }

    /// A file or folder that cannot be used: `verb` says what was tried.
    pub(crate) fn file(path: &Path, verb: &str, reason: &io::Error) -> Self {
        let reason = match reason.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
            _ => reason.to_string(),
        };
        Self::usage(format!("`{}` cannot be {verb}: {reason}", path.display()))
    }

    pub(crate) fn show(&self, out: &mut dyn Write) -> io::Result<()> {
        let (error, plain) = (paint::ERROR, paint::ERROR.render_reset());
        match self {
            Self::Usage { message, help } => {
                writeln!(out, "{error}error{plain}: {message}")?;
                help.iter().try_for_each(|help| writeln!(out, "{}help{}: {help}", paint::HEADING, paint::HEADING.render_reset()))
            }
            Self::Unsound(faults) => {
                diagnostics::write(out, faults)?;
                writeln!(out, "{error}error{plain}: the definition is not sound, so nobody can be assessed with it")
            }
            Self::Texts(faults) => {
                diagnostics::write(out, faults)?;
                writeln!(out, "{error}error{plain}: the site's texts do not fit, so they are not shown")
            }
            Self::NotAllowed(why) => writeln!(out, "{error}error{plain}: {why}"),
            Self::Output(reason) => writeln!(out, "{error}error{plain}: the result cannot be written: {reason}"),
        }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(if matches!(self, Self::Unsound(_) | Self::Texts(_) | Self::NotAllowed(_)) { 1 } else { 2 })
    }
}

impl From<io::Error> for Failure {
    fn from(reason: io::Error) -> Self {
        Self::Output(reason)
    }
}
