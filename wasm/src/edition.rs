//! Which edition one person's answers are for. The same choice as the command line makes, so that both give the same bytes.

use geras::assess::{AnswerProblem, ProblemKind};
use geras::definition::Date;
use geras::{Instrument, Library};
use geras_json::Person;

/// The person, and the edition that the answers are for: the newest unless it is not in force on that day and another is.
pub(crate) fn in_force<'l>(
    library: &'l Library,
    id: &str,
    newest: &'l Instrument,
    read: impl Fn(&Instrument) -> Person,
) -> (&'l Instrument, Person) {
    let person = read(newest);
    let day = person.answers.as_ref().err().and_then(|problems| problems.iter().find_map(out_of_force));
    let other = day.and_then(|day| library.find(id, Some(day)).ok().filter(|found| found.definition().in_force(day)));
    match other {
        Some(edition) if edition.definition().edition.value != newest.definition().edition.value => (edition, read(edition)),
        _ => (newest, person),
    }
}

/// The day on which the edition is not in force.
fn out_of_force(problem: &AnswerProblem) -> Option<Date> {
    if let ProblemKind::NotInForce(date, ..) = &problem.kind { Date::parse(date) } else { None }
}
