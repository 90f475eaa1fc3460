//! `cargo xtask test`: the chosen steps in order, each timed, stopping at the first that fails. What a step does stands in `steps`.

use std::time::{Duration, Instant};

use crate::Result;
use crate::steps::{self, STEPS, Step};
use crate::tally::Tally;

/// How a step ended.
pub(crate) enum Ended {
    Passed,
    /// Nothing was checked, and why.
    Skipped(&'static str),
}

struct Row {
    name: &'static str,
    time: Duration,
    ending: String,
}

/// Runs every step that is not part of another one, or those that `--only` names.
pub(crate) fn run(arguments: &[&str]) -> Result {
    let mut tally = Tally::default();
    let mut rows = Vec::new();
    for step in chosen(arguments)? {
        println!("\n== {}: {}", step.name, step.checks);
        let start = Instant::now();
        let ended = (step.run)(&mut tally);
        let ending = match &ended {
            Ok(Ended::Passed) => "passed".to_owned(),
            Ok(Ended::Skipped(reason)) => format!("SKIPPED: {reason}"),
            Err(_) => "FAILED".to_owned(),
        };
        rows.push(Row { name: step.name, time: start.elapsed(), ending });
        if let Err(reason) = ended {
            print_table(&rows);
            return Err(format!("the step `{0}` {reason}\nto run it alone: cargo xtask test --only {0}", step.name));
        }
    }
    print_table(&rows);
    if !tally.is_empty() {
        println!("\ntests: {tally}");
    }
    Ok(())
}

fn chosen(arguments: &[&str]) -> Result<Vec<&'static Step>> {
    if arguments.is_empty() {
        return Ok(STEPS.iter().filter(|step| step.part_of.is_none()).collect());
    }
    let mut steps = Vec::new();
    for pair in arguments.chunks(2) {
        let ["--only", name] = pair else { return Err(format!("expected `--only STEP`, found `{}`", pair.join(" "))) };
        let step = STEPS.iter().find(|step| step.name == *name);
        steps.push(step.ok_or_else(|| format!("there is no step `{name}`; the steps are:\n{}", steps::listed()))?);
    }
    Ok(steps)
}

fn print_table(rows: &[Row]) {
    println!("\n{:<12} {:>9}", "step", "seconds");
    for Row { name, time, ending } in rows {
        println!("{name:<12} {:>9.1}  {ending}", time.as_secs_f64());
    }
    let total: Duration = rows.iter().map(|row| row.time).sum();
    println!("{:<12} {:>9.1}", "total", total.as_secs_f64());
}
