//! Running another program from the top of the repository, with its command line shown. Decides nothing about which.

use std::ffi::OsStr;
use std::fmt;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use crate::{Result, place};

/// A program with its arguments and environment, not yet started.
pub(crate) struct Program {
    command: Command,
}

/// A program found by its name or path, to be run from the top of the repository.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Program {
    let mut command = Command::new(name);
    command.current_dir(place::root());
    Program { command }
}

/// `cargo` with arguments separated by blanks.
pub(crate) fn cargo(arguments: &str) -> Program {
    program("cargo").words(arguments)
}

impl Program {
    /// Adds arguments separated by blanks.
    pub(crate) fn words(mut self, arguments: &str) -> Self {
        self.command.args(arguments.split_whitespace());
        self
    }

    /// Adds one argument as it is.
    pub(crate) fn word(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs to the end, its output going where ours goes; anything but success is an error that names the command.
    pub(crate) fn run(mut self) -> Result {
        println!("$ {self}");
        let status = self.command.status().map_err(|reason| format!("cannot start `{self}`: {reason}"))?;
        if status.success() { Ok(()) } else { Err(format!("failed ({status}): {self}")) }
    }

    /// Like `run`, and shows each line of its standard output to `reader` as well.
    pub(crate) fn run_reading(mut self, mut reader: impl FnMut(&str)) -> Result {
        println!("$ {self}");
        let started = self.command.stdout(Stdio::piped()).spawn();
        let mut child = started.map_err(|reason| format!("cannot start `{self}`: {reason}"))?;
        for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(|output| output.split(b'\n')) {
            let line = line.map_err(|reason| format!("cannot read from `{self}`: {reason}"))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            reader(&line);
        }
        let status = child.wait().map_err(|reason| format!("cannot wait for `{self}`: {reason}"))?;
        if status.success() { Ok(()) } else { Err(format!("failed ({status}): {self}")) }
    }

    /// Its standard output as text; its messages are shown. Anything but success is an error that names the command.
    pub(crate) fn output(mut self) -> Result<String> {
        let output = self.command.stderr(Stdio::inherit()).output().map_err(|reason| format!("cannot start `{self}`: {reason}"))?;
        if !output.status.success() {
            return Err(format!("failed ({}): {self}", output.status));
        }
        String::from_utf8(output.stdout).map_err(|reason| format!("`{self}` does not print text: {reason}"))
    }

    /// Whether it can be started and succeeds; nothing is shown.
    pub(crate) fn works(mut self) -> bool {
        self.command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }
}

/// The command line as one could type it.
impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in self.command.get_envs() {
            if let Some(value) = value {
                write!(f, "{}='{}' ", name.display(), value.display())?;
            }
        }
        write!(f, "{}", self.command.get_program().display())?;
        for argument in self.command.get_args() {
            let argument = argument.to_string_lossy();
            if argument.contains(char::is_whitespace) { write!(f, " '{argument}'")? } else { write!(f, " {argument}")? }
        }
        Ok(())
    }
}
