//! A file of cases as it was read: sheets to build on, and cases with what is expected.

use rust_decimal::Decimal;

use crate::definition::{Date, Id};
use crate::source::{Source, Span, Spanned, Value};

/// A file of cases.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The text that all spans count in.
    pub source: Source,
    /// The instrument and edition that the cases are for: `gb-t-42195@2022`.
    pub instrument: Id,
    /// Sheets that cases build on.
    pub sheets: Vec<Sheet>,
    /// The cases in the author's order.
    pub cases: Vec<Case>,
}

/// A named sheet of answers.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its id.
    pub id: Id,
    /// The sheet it is built on.
    pub base: Option<Id>,
    /// Whether everything unanswered is filled with the first (`false`) or last (`true`) answer.
    pub fill: Option<bool>,
    /// Answers by item.
    pub answers: Vec<(Id, Value)>,
    /// Items whose answers are taken away again.
    pub without: Vec<Id>,
}

/// A case.
#[derive(Debug, Clone)]
pub struct Case {
    /// A sentence about the world.
    pub name: Id,
    /// The sheet it is built on.
    pub sheet: Option<Id>,
    /// The day of the assessment.
    pub date: Option<Spanned<Date>>,
    /// Answers by item, instead of those of the sheet.
    pub answers: Vec<(Id, Value)>,
    /// Items whose answers are taken away.
    pub without: Vec<Id>,
    /// Settings that are not at their default.
    pub settings: Vec<(Id, Id)>,
    /// What is expected.
    pub expected: Expected,
    /// The clause that the expectation comes from.
    pub cite: Option<String>,
}

/// What a case expects; what is not written is not looked at.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// The place of the expectations.
    pub span: Span,
    /// Scores by id.
    pub scores: Vec<(Id, ExpectedNumber)>,
    /// Bands by band set.
    pub bands: Vec<(Id, ExpectedCode)>,
    /// The preliminary grade.
    pub preliminary_grade: Option<ExpectedCode>,
    /// The grade.
    pub grade: Option<ExpectedCode>,
    /// Exactly the adjustments that hold.
    pub adjustments: Option<Spanned<Vec<String>>>,
    /// Exactly the findings that hold.
    pub findings: Option<Spanned<Vec<String>>>,
    /// Exactly the alerts that are raised.
    pub alerts: Option<Spanned<Vec<String>>>,
    /// On a pathway: the care setting.
    pub setting: Option<ExpectedCode>,
    /// On a pathway: the kind of care setting, after the person's wishes.
    pub routing: Option<ExpectedCode>,
    /// On a pathway: the kind that the rules alone propose.
    pub proposal: Option<ExpectedCode>,
    /// On a pathway: the rule that decides.
    pub rule: Option<ExpectedCode>,
    /// On a pathway: the wish that overrules.
    pub wish: Option<ExpectedCode>,
    /// On a pathway: points for the waiting order.
    pub priority: Option<ExpectedNumber>,
    /// On a pathway: in how many days to look again.
    pub review: Option<ExpectedNumber>,
    /// On a pathway: exactly the contradictions, services, referrals, entitlements that hold.
    pub clauses: Vec<(crate::definition::ClauseKind, Spanned<Vec<String>>)>,
    /// Exactly the items on which open results wait.
    pub waiting_on: Option<Spanned<Vec<String>>>,
    /// The sheet is refused with exactly these problems.
    pub problems: Option<Spanned<Vec<String>>>,
}

/// An expected number: the same at both ends once it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedNumber {
    /// Its place.
    pub span: Span,
    /// The lowest and highest that are still possible.
    pub ends: (Decimal, Decimal),
}

/// An expected code, or the codes that are still possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedCode {
    /// Its place.
    pub span: Span,
    /// The codes; one where it is decided.
    pub codes: Vec<String>,
}
