//! The people of a cohort: each line is read as a sheet of the first edition and scored by both, on all cores, with bounded memory. Words nothing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use geras::Instrument;
use geras::assess::{AnswerProblem, Coded, problem_sentence};
use geras::carry::Mapping;
use geras::compare::People;
use geras::definition::Role;
use geras::plan::FieldId;
use geras::source::closest;
use geras_json::{CellShape, CostShape, CsvSheets, GroupShape, Number, PeopleShape, RefusalShape, read_json};
use rust_decimal::Decimal;

use super::costs::Costs;
use crate::commands::Desk;
use crate::failure::Failure;
use crate::lines::{Chunk, Cutter};
use crate::workers::{Stopped, in_order};

/// More sub-groups than this are not told apart.
const MOST_GROUPS: usize = 500;
/// Refused lines that are named.
pub(super) const MOST_REFUSALS: usize = 5;

/// By grade in the first and in the second edition, how many; none for open.
pub(super) type Matrix<'i> = BTreeMap<(Option<&'i str>, Option<&'i str>), u64>;

#[derive(Default)]
struct Counted<'i> {
    people: u64,
    refused: u64,
    synthetic: u64,
    refusals: Vec<RefusalShape>,
    groups: BTreeMap<Vec<Option<String>>, Matrix<'i>>,
    too_many: bool,
}

struct Reader<'i> {
    a: &'i Instrument,
    people: People<'i>,
    table: Option<CsvSheets<'i>>,
    by: Vec<FieldId>,
    language: &'i str,
}

/// Reads a cohort and counts it.
pub(super) fn read(
    file: &Path,
    (a, b): (&Instrument, &Instrument),
    mapping: Option<&Mapping<'_>>,
    by: &[String],
    desk: &Desk<'_>,
) -> Result<PeopleShape, Failure> {
    let people =
        People::new(a, b, mapping).ok_or_else(|| Failure::usage("people are compared by their grade, and one of the two gives none"))?;
    let by_fields = by.iter().map(|id| field(a, id)).collect::<Result<Vec<_>, _>>()?;
    let unreadable = |reason: io::Error| Failure::file(file, "read", &reason);
    let csv = match file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).as_deref() {
        Some("csv") => true,
        Some("ndjson" | "jsonl" | "json") => false,
        _ => {
            let message = format!("the name `{}` does not say what is in it", file.display());
            return Err(Failure::usage(message).help("a cohort is a file that ends in .ndjson, .jsonl or .csv"));
        }
    };
    let mut cutter = Cutter::new(BufReader::with_capacity(1 << 16, File::open(file).map_err(unreadable)?), csv);
    let head = if csv { Some(cutter.head().map_err(unreadable)?) } else { None };
    let table = match head.as_ref().and_then(|head| head.records().next()) {
        Some((_, head)) => Some(CsvSheets::new(a, head.unwrap_or_default()).map_err(|problems| {
            let all: Vec<String> = problems.iter().map(|problem| problem_sentence(problem, &desk.language)).collect();
            Failure::usage(format!("the head of `{}` cannot be used: {}", file.display(), all.join("; ")))
        })?),
        None => None,
    };
    let reader = Reader { a, people, table, by: by_fields, language: &desk.language };
    let mut all = Counted::default();
    let read = in_order(
        || cutter.chunk(),
        |chunk| reader.counted(&chunk),
        |counted| {
            all.add(counted);
            if all.too_many { Err(io::Error::other("too many")) } else { Ok(()) }
        },
    );
    match read {
        Ok(()) => {}
        Err(Stopped::Input(reason)) => return Err(unreadable(reason)),
        Err(Stopped::Output(_)) => {
            let message = format!("`--by {}` makes more than {MOST_GROUPS} groups", by.join(","));
            return Err(Failure::usage(message).help("choose items with fewer different answers"));
        }
    }
    Ok(all.shape(by))
}

/// The item or input by which people are told apart.
fn field(a: &Instrument, id: &str) -> Result<FieldId, Failure> {
    let plan = a.plan();
    let known = || plan.fields().iter().filter(|field| field.role != Role::Setting).map(|field| field.id.as_str());
    plan.field_id(id).filter(|found| plan.fields().get(found.place()).is_some_and(|field| field.role != Role::Setting)).ok_or_else(|| {
        let failure = Failure::usage(format!("`{}` has no item or input `{id}`", a.definition().id.value));
        closest(id, known()).map_or_else(
            || Failure::usage(format!("there is no item or input `{id}`")),
            |near| failure.help(format!("did you mean `{near}`?")),
        )
    })
}

impl<'i> Reader<'i> {
    fn counted(&self, chunk: &Chunk) -> Counted<'i> {
        let mut counted = Counted::default();
        for (line, text) in chunk.records() {
            counted.people += 1;
            let text = match text {
                Ok(text) => text,
                Err(why) => {
                    counted.refuse(line, why.why().to_owned());
                    continue;
                }
            };
            let person = self.table.as_ref().map_or_else(|| read_json(self.a, text), |table| table.read(text));
            let answers = match &person.answers {
                Ok(answers) => answers,
                Err(problems) => {
                    counted.refuse(line, why_refused(problems, self.language));
                    continue;
                }
            };
            counted.synthetic += u64::from(answers.is_synthetic());
            let found = self.people.person(answers);
            let key = self.by.iter().map(|field| self.people.answer(answers, *field)).collect();
            let matrix: &mut Matrix<'i> = counted.groups.entry(key).or_default();
            *matrix.entry((decided(&found.from), decided(&found.to))).or_default() += 1;
        }
        counted.too_many = counted.groups.len() > MOST_GROUPS;
        counted
    }
}

/// The grade or care setting, where there is one.
pub(super) fn decided<'i>(end: &Coded<'i>) -> Option<&'i str> {
    if let Coded::Decided(code) = end { Some(code) } else { None }
}

/// Why a line is refused: its first problems.
pub(super) fn why_refused(problems: &[AnswerProblem], language: &str) -> String {
    problems.iter().take(2).map(|problem| problem_sentence(problem, language)).collect::<Vec<_>>().join("; ")
}

impl<'i> Counted<'i> {
    fn refuse(&mut self, line: u64, why: String) {
        self.refused += 1;
        if self.refusals.len() < MOST_REFUSALS {
            self.refusals.push(RefusalShape { line, why });
        }
    }

    fn add(&mut self, more: Self) {
        self.people += more.people;
        self.refused += more.refused;
        self.synthetic += more.synthetic;
        let room = MOST_REFUSALS.saturating_sub(self.refusals.len());
        self.refusals.extend(more.refusals.into_iter().take(room));
        for (key, matrix) in more.groups {
            let known = self.groups.entry(key).or_default();
            for (pair, people) in matrix {
                *known.entry(pair).or_default() += people;
            }
        }
        self.too_many |= more.too_many || self.groups.len() > MOST_GROUPS;
    }

    fn shape(self, by: &[String]) -> PeopleShape {
        let mut everybody = Matrix::new();
        for (pair, people) in self.groups.values().flatten() {
            *everybody.entry(*pair).or_default() += people;
        }
        let mut groups = vec![group(Vec::new(), &everybody)];
        if !by.is_empty() {
            let named = self.groups.iter().map(|(key, matrix)| group(by.iter().cloned().zip(key.iter().cloned()).collect(), matrix));
            groups.extend(named);
        }
        PeopleShape { people: self.people, synthetic: self.synthetic, refused: self.refused, refusals: self.refusals, groups }
    }
}

pub(super) fn group(by: Vec<(String, Option<String>)>, matrix: &Matrix<'_>) -> GroupShape {
    let mut group = GroupShape { by, ..GroupShape::default() };
    for ((from, to), people) in matrix {
        group.people += people;
        *(match (from, to) {
            (Some(from), Some(to)) if from == to => &mut group.same,
            (Some(_), Some(_)) => &mut group.changed,
            _ => &mut group.open,
        }) += people;
        let word = |code: &Option<&str>| code.map(str::to_owned);
        group.matrix.push(CellShape { from: word(from), to: word(to), people: *people });
    }
    group
}

/// Adds what people cost, of those who are decided in both editions.
pub(super) fn with_costs(mut people: PeopleShape, costs: &Costs) -> PeopleShape {
    for group in &mut people.groups {
        let (mut from, mut to) = (Decimal::ZERO, Decimal::ZERO);
        for cell in &group.matrix {
            let amount = |grade: &Option<String>| grade.as_deref().and_then(|grade| costs.of(grade));
            if let (Some(before), Some(after)) = (amount(&cell.from), amount(&cell.to)) {
                from += before * Decimal::from(cell.people);
                to += after * Decimal::from(cell.people);
            }
        }
        group.costs = Some(CostShape { from: Number(from), to: Number(to), difference: Number(to - from) });
    }
    people
}
