//! How many tests ran, read from the closing lines of test runners. Runs none itself.

use std::fmt;

/// The tests of all runners so far.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Tally {
    /// Adds what a line of output says, if it closes a run of `cargo test` or is one of the closing lines of Node's runner.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(counts) = line.strip_prefix("test result: ") {
            // As in `ok. 3 passed; 0 failed; 1 ignored; ...`.
            for part in counts.split(['.', ';']) {
                if let Some((count, what)) = part.trim().split_once(' ') {
                    self.add(what, count);
                }
            }
        } else if let Some((what, count)) = line.strip_prefix("ℹ ").and_then(|closing| closing.split_once(' ')) {
            self.add(what, count);
        }
    }

    fn add(&mut self, what: &str, count: &str) {
        let Ok(count) = count.parse::<u64>() else { return };
        match what {
            "passed" | "pass" => self.passed += count,
            "failed" | "fail" => self.failed += count,
            "ignored" | "skipped" => self.skipped += count,
            _ => {}
        }
    }

    /// Whether any test ran at all.
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn tally(lines: &[&str]) -> String {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        tally.to_string()
    }

    #[test]
    fn the_closing_line_of_cargo_test_is_counted() {
        let line = "test result: ok. 12 passed; 1 failed; 2 ignored; 0 measured; 40 filtered out; finished in 0.31s";
        assert_eq!(tally(&[line, line]), "24 passed, 2 failed, 4 skipped");
    }

    #[test]
    fn the_closing_lines_of_the_node_runner_are_counted() {
        assert_eq!(tally(&["ℹ tests 6", "ℹ pass 4", "ℹ fail 0", "ℹ skipped 2"]), "4 passed, 0 failed, 2 skipped");
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(tally(&["test a ... ok", "3 passed", "running 3 tests"]), "0 passed, 0 failed, 0 skipped");
    }
}
