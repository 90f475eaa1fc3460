//! The shape of a comparison of two editions: results, regions, exact counts, sheets, and the people of a cohort. Counts nothing.

use geras::Instrument;
use geras::assess::{GivenAnswer, undecided_words};
use geras::compare::{Apart, Change, Compared, Comparison, Is, PartKind, Region, ResultKind, Side, Told, Verdict};
use geras::prove::Share;
use serde::Serialize;

use crate::proof::percent;
use crate::sheet::AnswerShape;
use crate::{Number, Pairs};

/// Two editions compared, as `compare` prints it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComparisonShape<'a> {
    /// The first edition.
    pub a: EditionShape<'a>,
    /// The second.
    pub b: EditionShape<'a>,
    /// Whether both ask the same questions and every result is proved the same.
    pub same: bool,
    /// How the questions agree.
    pub questions: QuestionsShape<'a>,
    /// Every result that both have, the grade first.
    pub results: Vec<ResultShape<'a>>,
    /// Results that only the first edition has.
    pub only_in_a: Vec<ResultName<'a>>,
    /// Results that only the second has.
    pub only_in_b: Vec<ResultName<'a>>,
    /// The people of a cohort, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<&'a PeopleShape>,
}

/// An edition.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditionShape<'a> {
    /// The instrument.
    pub id: &'a str,
    /// Its edition.
    pub edition: &'a str,
    /// SHA-256 of the definition's text, in hexadecimal.
    pub sha256: &'a str,
}

/// The name of a result.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResultName<'a> {
    /// `grade`, `preliminary_grade`, `bands`, `score`, `finding` or `alert`.
    pub about: &'static str,
    /// The id of the score, band set, finding or alert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
}

/// How the questions of two editions agree.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuestionsShape<'a> {
    /// So many are the same in both.
    pub same: usize,
    /// Questions of the second that a mapping answers from the first.
    pub carried: Vec<CarriedShape<'a>>,
    /// One question under two ids, known by the number that the source prints before it.
    pub renamed: Vec<RenamedShape<'a>>,
    /// Only in the first.
    pub only_in_a: &'a [String],
    /// Only in the second.
    pub only_in_b: &'a [String],
    /// One id, but not one question.
    pub apart: Vec<ApartShape<'a>>,
    /// Compared on the answers that both have.
    pub narrowed: Vec<NarrowedShape<'a>>,
    /// Asked under other conditions, or counting as something else when hidden.
    pub asked_otherwise: &'a [String],
    /// With other absent reasons. Only complete sheets are counted.
    pub absent_reasons_differ: &'a [String],
    /// Scores that treat missing answers in another way. Only complete sheets are counted.
    pub missing_rules_differ: &'a [String],
}

/// A question that a mapping answers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CarriedShape<'a> {
    /// The question of the second edition.
    pub item: &'a str,
    /// The questions of the first.
    pub from: &'a [String],
    /// Whether all of it means the same.
    pub exact: bool,
}

/// One question under two ids.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RenamedShape<'a> {
    /// Its id in the first edition.
    pub a: &'a str,
    /// Its id in the second.
    pub b: &'a str,
    /// The source's number, the same in both.
    pub code: &'a str,
}

/// Two questions with one id that are not the same.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApartShape<'a> {
    /// The id.
    pub item: &'a str,
    /// `kind`, `nothing_in_common`, `options` or `default`.
    pub why: &'static str,
}

/// A question that is compared on some of its answers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NarrowedShape<'a> {
    /// The question.
    pub item: &'a str,
    /// Options only in the first edition, or its range.
    pub in_a: &'a str,
    /// Options only in the second edition, or its range.
    pub in_b: &'a str,
}

/// One result in both editions.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResultShape<'a> {
    /// `grade`, `preliminary_grade`, `bands`, `score`, `finding` or `alert`.
    pub about: &'static str,
    /// The id of the score, band set, finding or alert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// `same_rule` (on every sheet, complete or not), `same_on_all` (on every complete sheet, counted), `differs`, or `not_decided`.
    pub verdict: &'static str,
    /// Why it was not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How many complete sheets were counted. A text, because it may have a hundred digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheets: Option<String>,
    /// On how many of them it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differing: Option<String>,
    /// Their part in percent, rounded to six places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// The questions whose complete sheets were counted.
    pub depends_on: &'a [String],
    /// Every two values that stand together, equal ones too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<PairShape<'a>>,
    /// Where it differs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<RegionShape<'a>>,
}

/// A value; null for none.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ToldShape<'a> {
    /// No value.
    Nothing,
    /// A number.
    Number(Number),
    /// Whether it holds.
    Truth(bool),
    /// A code.
    Code(&'a str),
}

/// Two values that stand together on some sheets.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PairShape<'a> {
    /// In the first edition.
    pub from: ToldShape<'a>,
    /// In the second.
    pub to: ToldShape<'a>,
    /// On how many sheets.
    pub sheets: String,
    /// Their part in percent, rounded to six places.
    pub percent: Number,
    /// One of them.
    pub witness: SheetsShape<'a>,
}

/// One sheet as each edition asks it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SheetsShape<'a> {
    /// The answers to the first edition.
    pub a: Pairs<'a, AnswerShape>,
    /// The answers to the second.
    pub b: Pairs<'a, AnswerShape>,
}

/// Sheets on which a result changes in one way. Regions of one result do not overlap.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionShape<'a> {
    /// The value in the first edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<ToldShape<'a>>,
    /// The value in the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<ToldShape<'a>>,
    /// Instead of the two, how much more the number is in the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Number>,
    /// What holds of every sheet in it.
    pub conditions: Vec<ConditionShape<'a>>,
    /// Whether sheets outside of the region fulfil the conditions too.
    pub partly: bool,
    /// On how many sheets.
    pub sheets: String,
    /// Their part in percent, rounded to six places.
    pub percent: Number,
    /// One of them.
    pub witness: SheetsShape<'a>,
}

/// What a part of the rules is in a region.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConditionShape<'a> {
    /// `item`, `score`, `bands`, `adjustment`, `finding` or `alert`.
    pub about: &'static str,
    /// Its id.
    pub id: &'a str,
    /// `a` or `b`, where only one edition has it so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<&'static str>,
    /// The lowest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Number>,
    /// Instead, the number that it is above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<Number>,
    /// The highest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Number>,
    /// Instead, the number that it is below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<Number>,
    /// Of what has no number, what it is one of; null where it has no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<ToldShape<'a>>>,
}

/// The people of a cohort in both editions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PeopleShape {
    /// Lines of the file.
    pub people: u64,
    /// Sheets that say of themselves that a program made them up.
    pub synthetic: u64,
    /// Lines that are no sheet of the first edition, or not in force on their day.
    pub refused: u64,
    /// The first lines that were refused, each with its number and why.
    pub refusals: Vec<RefusalShape>,
    /// Everybody; then each sub-group.
    pub groups: Vec<GroupShape>,
}

/// A line that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefusalShape {
    /// The line.
    pub line: u64,
    /// Why.
    pub why: String,
}

/// A group of people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupShape {
    /// What they have in common: question and answer, null for no answer; nothing for everybody.
    pub by: Vec<(String, Option<String>)>,
    /// How many they are.
    pub people: u64,
    /// Decided in both editions, and the same grade id.
    pub same: u64,
    /// Decided in both editions, and another grade id.
    pub changed: u64,
    /// Open in one of the editions or in both.
    pub open: u64,
    /// By grade in the first edition and grade in the second; null for open.
    pub matrix: Vec<CellShape>,
    /// The costs of those decided in both, where costs were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub costs: Option<CostShape>,
}

/// The people with one grade in the first edition and one in the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CellShape {
    /// The grade in the first edition; null for open.
    pub from: Option<String>,
    /// The grade in the second; null for open.
    pub to: Option<String>,
    /// How many.
    pub people: u64,
}

/// What people cost, in the unit of the file of costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostShape {
    /// By the first edition.
    pub from: Number,
    /// By the second.
    pub to: Number,
    /// So much more by the second.
    pub difference: Number,
}

impl<'a> ComparisonShape<'a> {
    /// The shape of a comparison of these two.
    #[must_use]
    pub fn new(a: &'a Instrument, b: &'a Instrument, comparison: &'a Comparison, people: Option<&'a PeopleShape>) -> Self {
        Self {
            a: edition(a),
            b: edition(b),
            same: comparison.is_same(),
            questions: QuestionsShape::new(&comparison.questions),
            results: comparison.results.iter().map(result).collect(),
            only_in_a: comparison.only_a.iter().map(|(kind, id)| name(*kind, id)).collect(),
            only_in_b: comparison.only_b.iter().map(|(kind, id)| name(*kind, id)).collect(),
            people,
        }
    }
}

impl<'a> QuestionsShape<'a> {
    pub(crate) fn new(questions: &'a geras::compare::Questions) -> Self {
        Self {
            same: questions.same,
            carried: questions.carried.iter().map(|(item, from, exact)| CarriedShape { item, from, exact: *exact }).collect(),
            renamed: questions.renamed.iter().map(|one| RenamedShape { a: &one.a, b: &one.b, code: &one.code }).collect(),
            only_in_a: &questions.only_a,
            only_in_b: &questions.only_b,
            apart: questions.apart.iter().map(|(item, why)| ApartShape { item, why: apart(*why) }).collect(),
            narrowed: questions.narrowed.iter().map(|(item, in_a, in_b)| NarrowedShape { item, in_a, in_b }).collect(),
            asked_otherwise: &questions.asked,
            absent_reasons_differ: &questions.absent,
            missing_rules_differ: &questions.missing,
        }
    }
}

fn edition(instrument: &Instrument) -> EditionShape<'_> {
    let definition = instrument.definition();
    EditionShape { id: &definition.id.value, edition: &definition.edition.value, sha256: instrument.plan().hash() }
}

const fn apart(why: Apart) -> &'static str {
    match why {
        Apart::Kind => "kind",
        Apart::Nothing => "nothing_in_common",
        Apart::Options => "options",
        Apart::Default => "default",
    }
}

fn name(kind: ResultKind, id: &str) -> ResultName<'_> {
    ResultName { about: about(kind), id: Some(id).filter(|id| !id.is_empty()) }
}

const fn about(kind: ResultKind) -> &'static str {
    match kind {
        ResultKind::Grade => "grade",
        ResultKind::Preliminary => "preliminary_grade",
        ResultKind::Bands => "bands",
        ResultKind::Score => "score",
        ResultKind::Finding => "finding",
        ResultKind::Alert => "alert",
    }
}

pub(crate) fn told(value: &Told) -> ToldShape<'_> {
    match value {
        Told::Nothing => ToldShape::Nothing,
        Told::Number(number) => ToldShape::Number(Number(*number)),
        Told::Truth(truth) => ToldShape::Truth(*truth),
        Told::Code(code) => ToldShape::Code(code),
    }
}

fn result<'a>(compared: &'a Compared) -> ResultShape<'a> {
    let ResultName { about, id } = name(compared.kind, &compared.id);
    let mut shape = ResultShape {
        about,
        id,
        verdict: "same_rule",
        reason: None,
        sheets: None,
        differing: None,
        percent: None,
        depends_on: &compared.depends_on,
        pairs: Vec::new(),
        regions: Vec::new(),
    };
    match &compared.verdict {
        Verdict::SameRule => {}
        Verdict::SameOnAll(sheets) => {
            shape.verdict = "same_on_all";
            shape.sheets = Some(sheets.to_string());
        }
        Verdict::NotDecided(reason) => {
            shape.verdict = "not_decided";
            shape.reason = Some(undecided_words(reason, "en"));
        }
        Verdict::Differs { sheets, of, pairs, regions } => {
            let percent = |count| percent(Share::of(count, of));
            shape.verdict = "differs";
            shape.sheets = Some(of.to_string());
            shape.differing = Some(sheets.to_string());
            shape.percent = Some(percent(sheets));
            let pair = |pair: &'a geras::compare::Pair| PairShape {
                from: told(&pair.from),
                to: told(&pair.to),
                sheets: pair.sheets.to_string(),
                percent: percent(&pair.sheets),
                witness: sheets_of(&pair.witness),
            };
            shape.pairs = pairs.iter().map(pair).collect();
            shape.regions = regions.iter().map(|one| region(one, percent(&one.sheets))).collect();
        }
    }
    shape
}

pub(crate) fn sheets_of(witness: &geras::compare::Witness) -> SheetsShape<'_> {
    SheetsShape { a: answers(&witness.a), b: answers(&witness.b) }
}

fn answers(given: &[(String, GivenAnswer)]) -> Pairs<'_, AnswerShape> {
    given.iter().map(|(id, answer)| (id.as_str(), AnswerShape(answer.clone()))).collect()
}

fn region(region: &Region, percent: Number) -> RegionShape<'_> {
    let (from, to, by) = match &region.change {
        Change::FromTo(from, to) => (Some(told(from)), Some(told(to)), None),
        Change::By(by) => (None, None, Some(Number(*by))),
    };
    let conditions = region.conditions.iter().map(|condition| {
        let mut shape = ConditionShape {
            about: part(condition.kind),
            id: &condition.id,
            edition: condition.edition.map(|side| if side == Side::A { "a" } else { "b" }),
            from: None,
            above: None,
            to: None,
            below: None,
            one_of: None,
        };
        match &condition.is {
            Is::OneOf(values) => shape.one_of = Some(values.iter().map(told).collect()),
            Is::Within(span) => {
                if let Some((low, included)) = span.low {
                    *(if included { &mut shape.from } else { &mut shape.above }) = Some(Number(low));
                }
                if let Some((high, included)) = span.high {
                    *(if included { &mut shape.to } else { &mut shape.below }) = Some(Number(high));
                }
            }
        }
        shape
    });
    RegionShape {
        from,
        to,
        by,
        conditions: conditions.collect(),
        partly: region.partly,
        sheets: region.sheets.to_string(),
        percent,
        witness: sheets_of(&region.witness),
    }
}

const fn part(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Item => "item",
        PartKind::Score => "score",
        PartKind::Bands => "bands",
        PartKind::Adjustment => "adjustment",
        PartKind::Finding => "finding",
        PartKind::Alert => "alert",
    }
}
