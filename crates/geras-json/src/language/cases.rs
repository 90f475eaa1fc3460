//! A file of cases: made-up sheets of answers and what is expected of them. How they are run is not known here.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::answers::CaseAnswer;
use super::rules::problems_alone;
use super::scalar::{Code, Date, Edition, Id, ItemName, Number, Plain};

/// Cases of one edition, worked out by hand from its source.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Cases {
    /// The instrument's id and edition, like gb-t-42195@2022.
    pub cases_for: Edition,
    /// Sheets of answers that several cases build on, by name.
    pub sheets: Option<BTreeMap<Id, Sheet>>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// Answers that cases build on.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Sheet {
    /// The sheet that this one builds on.
    pub sheet: Option<Id>,
    /// Fills in everything that has no answer.
    pub fill: Option<Fill>,
    /// Answers by the id of the item or input, in place of those below.
    pub answers: Option<BTreeMap<ItemName, CaseAnswer>>,
    /// Items of the sheet below that are not answered yet.
    pub without: Option<Vec<ItemName>>,
}

/// How unanswered items are filled in.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Fill {
    /// The first option, no, the low end of a range.
    First,
    /// The last option, yes, the high end of a range.
    Last,
}

/// A made-up person and what is expected.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Case {
    /// What is true of this person, as a sentence.
    pub name: Plain,
    /// The sheet that the answers build on.
    pub sheet: Option<Id>,
    /// The day of the assessment.
    pub date: Option<Date>,
    /// Answers by the id of the item or input, in place of the sheet's.
    pub answers: Option<BTreeMap<ItemName, CaseAnswer>>,
    /// Items of the sheet that are not answered yet.
    pub without: Option<Vec<ItemName>>,
    /// Codes of settings that this site chose.
    pub settings: Option<BTreeMap<Id, Code>>,
    /// What is expected.
    pub expect: Expectation,
    /// The clause that the expectation comes from.
    pub cite: Option<Plain>,
}

/// What is expected. What is not named here is not tested.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, extend("minProperties" = 1), transform = problems_alone)]
pub struct Expectation {
    /// Scores by id: a number, or {min, max} where it is open.
    pub scores: Option<BTreeMap<Id, Expected>>,
    /// Bands by the id of the score or set: a band's id, or {possible: [ids]} where it is open.
    pub bands: Option<BTreeMap<Id, OneOf>>,
    /// The grade before the adjustments: its id, or {possible: [ids]} where it is open.
    pub preliminary_grade: Option<OneOf>,
    /// The grade: its id, or {possible: [ids]} where it is open.
    pub grade: Option<OneOf>,
    /// The ids of the adjustments that hold, exactly.
    pub adjustments: Option<Vec<Id>>,
    /// The ids of the findings that hold, exactly.
    pub findings: Option<Vec<Id>>,
    /// The ids of the alerts that hold, exactly.
    pub alerts: Option<Vec<Id>>,
    /// On a pathway: the care setting, or {possible: [ids]} where it is open.
    pub setting: Option<OneOf>,
    /// On a pathway: the kind of care setting, after the person's wishes.
    pub routing: Option<OneOf>,
    /// On a pathway: the kind that the rules alone propose.
    pub proposal: Option<OneOf>,
    /// On a pathway: the rule that decides, or none.
    pub rule: Option<OneOf>,
    /// On a pathway: the wish that decides, or none.
    pub wish: Option<OneOf>,
    /// On a pathway: the contradictions that hold, exactly.
    pub contradictions: Option<Vec<Id>>,
    /// On a pathway: the services that hold, exactly.
    pub services: Option<Vec<Id>>,
    /// On a pathway: the referrals that hold, exactly.
    pub referrals: Option<Vec<Id>>,
    /// On a pathway: the entitlements that hold, exactly.
    pub entitlements: Option<Vec<Id>>,
    /// On a pathway: the points for the waiting order.
    pub priority: Option<Expected>,
    /// On a pathway: in how many days to look again.
    pub review: Option<Expected>,
    /// The ids of the items that can still decide; on a pathway what the care setting waits on, `instrument.item` or a whole instrument.
    pub waiting_on: Option<Vec<ItemName>>,
    /// The sheet is refused with these problems; then nothing else is expected.
    #[schemars(length(min = 1))]
    pub problems: Option<Vec<Problem>>,
}

/// A decided or an open score.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Expected {
    /// Decided.
    Decided(Number),
    /// Open.
    Open(OpenNumber),
}

/// The numbers that an open score may still become.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OpenNumber {
    /// The lowest number still possible.
    pub min: Number,
    /// The highest number still possible.
    pub max: Number,
}

/// A decided or an open band or grade.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum OneOf {
    /// Decided.
    Decided(Code),
    /// Open.
    Open(PossibleIds),
}

/// The bands or grades that are still possible.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PossibleIds {
    /// Their ids.
    #[schemars(length(min = 1))]
    pub possible: Vec<Code>,
}

/// Why a sheet is refused.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Problem {
    /// The instrument has no such item, input or setting.
    UnknownItem,
    /// The item has no such option.
    UnknownOption,
    /// The number lies outside the range.
    OutOfRange,
    /// The number is not on the grid.
    OffStep,
    /// The answer is of another kind than the item.
    WrongType,
    /// Skip logic hides the item, so that it cannot have an answer.
    ItemHidden,
    /// The item does not allow this absent reason.
    AbsentReasonNotAllowed,
    /// The option may not stand beside others.
    ExclusiveOption,
    /// The item was answered twice.
    AnsweredTwice,
    /// An override needs a reason.
    ReasonMissing,
    /// The grade of an override is not on the scale.
    UnknownGrade,
    /// The sheet belongs to another instrument or edition.
    WrongInstrument,
    /// The edition is not in force on the day of the assessment.
    NotInForce,
    /// The sheet says where an answer was carried from that is not there.
    CarriedWithoutAnswer,
    /// An answer that is carried over is another one than was given.
    CarriedContradicts,
    /// The two sheets belong to two people.
    OtherPerson,
    /// The two sheets are of two days.
    OtherDay,
    /// The sheet cannot be read at all.
    Unreadable,
}
