//! Which edition one person's answers are for. One choice for every door, so that all of them give the same bytes.

use geras::Instrument;
use geras::assess::{AnswerProblem, ProblemKind};
use geras::definition::Date;

use super::Person;

/// The person, and the edition that the answers are for: `newest`, unless it is not in force on the day of the answers and `other` knows one that is.
pub fn edition_in_force<'l>(
    newest: &'l Instrument,
    other: impl FnOnce(Date) -> Option<&'l Instrument>,
    read: impl Fn(&Instrument) -> Person,
) -> (&'l Instrument, Person) {
    let person = read(newest);
    let day = person.answers.as_ref().err().and_then(|problems| problems.iter().find_map(out_of_force));
    match day.and_then(other) {
        Some(edition) => (edition, read(edition)),
        None => (newest, person),
    }
}

/// The day on which the edition is not in force.
fn out_of_force(problem: &AnswerProblem) -> Option<Date> {
    if let ProblemKind::NotInForce(date, ..) = &problem.kind { Date::parse(date) } else { None }
}
