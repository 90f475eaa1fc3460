//! The shape of a comparison of two pathways: where people go, which rules move them, each clause, and the people of a cohort. Counts nothing.

use geras::Pathway;
use geras::assess::undecided_words;
use geras::compare::{Brings, ComparedClause, ComparedPathways, RuleMove, Subject, Verdict};
use geras::definition::{ClauseKind, Detail};
use geras::prove::Share;
use serde::Serialize;

use crate::Number;
use crate::comparison::{EditionShape, PairShape, PeopleShape, QuestionsShape, SheetsShape, ToldShape, sheets_of, told};
use crate::proof::percent;

/// Two pathways compared over all complete records, as `compare` prints it. Answers of an instrument are called `assessment.item`, and whether it was done
/// `done(assessment)`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayComparisonShape<'a> {
    /// The first pathway.
    pub a: EditionShape<'a>,
    /// The second.
    pub b: EditionShape<'a>,
    /// Whether both ask the same questions, have the same clauses, and each of them is proved the same.
    pub same: bool,
    /// How the questions agree.
    pub questions: QuestionsShape<'a>,
    /// Everything that both have, where people go first.
    pub results: Vec<ComparedClauseShape<'a>>,
    /// Records that go elsewhere, by the rules that decide in the first and in the second; the most first.
    pub moves: Vec<RuleMoveShape<'a>>,
    /// Why it could not be said which rules move people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moves_not_decided: Option<String>,
    /// Clauses that only the first has.
    pub only_in_a: Vec<ClauseNameShape<'a>>,
    /// Clauses that only the second has.
    pub only_in_b: Vec<ClauseNameShape<'a>>,
    /// Clauses that bring something else: points, days, an urgency, a link of care, other acceptable kinds.
    pub brings: Vec<BringsShape<'a>>,
    /// Assessments that use another instrument, or are required, offered or replaced in another way.
    pub assessments_differ: &'a [String],
    /// The people of a cohort by care setting, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<&'a PeopleShape>,
}

/// One thing in both pathways.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComparedClauseShape<'a> {
    /// `setting`, `kind`, `proposal`, `wanted`, or the kind of a clause, such as `rule`, `finding` or `service`.
    pub about: &'static str,
    /// The id of the assessment or clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// `same_rule` (on every record, complete or not), `same_on_all` (on every complete record, counted), `differs`, or `not_decided`.
    pub verdict: &'static str,
    /// Why it was not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The questions whose complete records were counted.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub depends_on: &'a [String],
    /// How many complete records were counted. A text, because it may have a hundred digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub records: Option<String>,
    /// On how many of them it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differing: Option<String>,
    /// Their part in percent, rounded to six places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// Every two values that stand together, equal ones too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<PairShape<'a>>,
}

/// Records that go elsewhere.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleMoveShape<'a> {
    /// The rule or wish that decides in the first pathway; null where none does.
    pub rule_in_a: Option<&'a str>,
    /// The same in the second.
    pub rule_in_b: Option<&'a str>,
    /// The kind of care setting in the first.
    pub from: ToldShape<'a>,
    /// In the second.
    pub to: ToldShape<'a>,
    /// How many records. A text, because it may have a hundred digits.
    pub records: String,
    /// Their part of all records in percent, rounded to six places.
    pub percent: Number,
    /// One of them.
    pub witness: SheetsShape<'a>,
}

/// The name of a clause.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClauseNameShape<'a> {
    /// Its kind, such as `rule` or `service`.
    pub about: &'static str,
    /// Its id.
    pub id: &'a str,
}

/// What a clause brings in both pathways.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BringsShape<'a> {
    /// The kind of the clause.
    pub about: &'static str,
    /// Its id.
    pub id: &'a str,
    /// What it brings in the first.
    pub in_a: String,
    /// What it brings in the second.
    pub in_b: String,
}

impl<'a> PathwayComparisonShape<'a> {
    /// The shape of a comparison of these two.
    #[must_use]
    pub fn new(a: &'a Pathway, b: &'a Pathway, comparison: &'a ComparedPathways, people: Option<&'a PeopleShape>) -> Self {
        let names = |all: &'a [(ClauseKind, String)]| all.iter().map(|(kind, id)| ClauseNameShape { about: kind.word(), id }).collect();
        let (moves, moves_not_decided) = match &comparison.moves {
            Ok(found) => (found.moves.iter().map(|one| moved(one, found)).collect(), None),
            Err(reason) => (Vec::new(), Some(undecided_words(reason, "en"))),
        };
        Self {
            a: edition(a),
            b: edition(b),
            same: comparison.is_same(),
            questions: QuestionsShape::new(&comparison.questions),
            results: comparison.results.iter().map(result).collect(),
            moves,
            moves_not_decided,
            only_in_a: names(&comparison.only_a),
            only_in_b: names(&comparison.only_b),
            brings: comparison.brings.iter().map(brings).collect(),
            assessments_differ: &comparison.assessments,
            people,
        }
    }
}

fn edition(pathway: &Pathway) -> EditionShape<'_> {
    let head = &pathway.definition().head;
    EditionShape { id: &head.id.value, edition: &head.edition.value, sha256: pathway.plan().hash() }
}

fn moved<'a>(one: &'a RuleMove, all: &geras::compare::Moves) -> RuleMoveShape<'a> {
    RuleMoveShape {
        rule_in_a: one.rule_a.as_deref(),
        rule_in_b: one.rule_b.as_deref(),
        from: told(&one.from),
        to: told(&one.to),
        records: one.records.to_string(),
        percent: percent(Share::of(&one.records, &all.of)),
        witness: sheets_of(&one.witness),
    }
}

fn brings(one: &Brings) -> BringsShape<'_> {
    BringsShape { about: one.kind.word(), id: &one.id, in_a: brought(&one.a), in_b: brought(&one.b) }
}

/// What a clause brings, in the words of the definition language.
#[must_use]
pub fn brought(detail: &Detail) -> String {
    match detail {
        Detail::Plain => String::new(),
        Detail::Way(way) => {
            let all = std::iter::once(&way.to).chain(way.alternatives.iter().map(|other| &other.to));
            all.map(|id| id.value.as_str()).collect::<Vec<_>>().join(", ")
        }
        Detail::Service(link) => link.value.to_owned(),
        Detail::Urgency(urgency) => urgency.word().to_owned(),
        Detail::Points(points) => points.normalize().to_string(),
        Detail::Days(days) => days.to_string(),
    }
}

fn result(compared: &ComparedClause) -> ComparedClauseShape<'_> {
    let (about, id) = match &compared.subject {
        Subject::Setting => ("setting", None),
        Subject::Kind => ("kind", None),
        Subject::Proposal => ("proposal", None),
        Subject::Wanted(id) => ("wanted", Some(id.as_str())),
        Subject::Clause(kind, id) => (kind.word(), Some(id.as_str())),
    };
    let mut shape = ComparedClauseShape {
        about,
        id,
        verdict: "same_rule",
        reason: None,
        depends_on: &compared.depends_on,
        records: None,
        differing: None,
        percent: None,
        pairs: Vec::new(),
    };
    match &compared.verdict {
        Verdict::SameRule => {}
        Verdict::SameOnAll(records) => {
            shape.verdict = "same_on_all";
            shape.records = Some(records.to_string());
        }
        Verdict::NotDecided(reason) => {
            shape.verdict = "not_decided";
            shape.reason = Some(undecided_words(reason, "en"));
        }
        Verdict::Differs { sheets, of, pairs, .. } => {
            shape.verdict = "differs";
            shape.records = Some(of.to_string());
            shape.differing = Some(sheets.to_string());
            shape.percent = Some(percent(Share::of(sheets, of)));
            let pair = |pair: &geras::compare::Pair| (pair.sheets.to_string(), percent(Share::of(&pair.sheets, of)));
            shape.pairs = pairs
                .iter()
                .map(|one| {
                    let (sheets, percent) = pair(one);
                    PairShape { from: told(&one.from), to: told(&one.to), sheets, percent, witness: sheets_of(&one.witness) }
                })
                .collect();
        }
    }
    shape
}
