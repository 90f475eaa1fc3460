//! Bands, the grade with its adjustments, findings, and alerts: what follows from scores.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::form::{Lookup, Matrix, Members, Script, Table, Tree};
use super::instrument::Provenance;
use super::rules::{edges, one_effect, one_form_of_a_grade};
use super::scalar::{Code, Expression, Id, Number, Plain, Texts, Whole};

/// The bands of the score with this id, or a further set with its own name.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Bands {
    /// The bands of the score with this id.
    OfScore(Vec<Band>),
    /// A further set with its own name and source.
    Named(BandSet),
}

/// A further set of bands.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct BandSet {
    /// The id of the score that is banded.
    pub of: Id,
    /// The set's name in words.
    pub title: Option<Texts>,
    /// Where it was published.
    pub source: Option<Plain>,
    /// How sure it is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
    /// The bands, best first.
    pub bands: Vec<Band>,
}

/// An interval of a score with a name; a side left out is open.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = edges)]
pub struct Band {
    /// The band's id. Several intervals may share one.
    pub id: Code,
    /// Its name in words.
    pub label: Option<Texts>,
    /// The one number that it covers.
    pub at: Option<Number>,
    /// The lower edge, included.
    pub from: Option<Number>,
    /// The upper edge, included.
    pub to: Option<Number>,
    /// The lower edge, not included.
    pub above: Option<Number>,
    /// The upper edge, not included.
    pub below: Option<Number>,
    /// The clause it comes from.
    pub cite: Option<Plain>,
}

/// The grade of care need.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Grade {
    /// The grade's name in words.
    pub title: Option<Texts>,
    /// The grades, mildest first.
    #[schemars(length(min = 1))]
    pub scale: Vec<GradeStep>,
    /// How the grade comes about before the adjustments. Exactly one rule form.
    pub preliminary: Preliminary,
    /// The clauses that change the preliminary grade.
    pub adjustments: Option<Vec<Adjustment>>,
    /// How several adjustments combine. Needed where there are two or more.
    pub combine: Option<Combine>,
    /// What is claimed of worse answers, to be proved.
    pub monotone: Option<Monotone>,
    /// The clause it comes from.
    pub cite: Option<Plain>,
    /// Anything to know of it.
    pub note: Option<Texts>,
    /// How sure it is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
}

/// What worse answers do to a score or grade. Proved when the definition is read.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Monotone {
    /// The claim.
    pub worse_answers: WorseAnswers,
    /// Facts about the person that are considered beside all items.
    pub also: Option<Members>,
    /// Items and facts of which an earlier option, no, or a lower number is worse.
    pub reversed: Option<Members>,
    /// Items that are not considered, each with its reason.
    pub except: Option<Vec<MonotoneException>>,
    /// Why worse answers sometimes give a milder result. Needed for `sometimes_milder`.
    pub reason: Option<Texts>,
    /// The clause it comes from.
    pub cite: Option<Plain>,
}

/// A claim about worse answers.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum WorseAnswers {
    /// They never give a milder result.
    NeverMilder,
    /// They sometimes do: the source itself has such pairs of sheets.
    SometimesMilder,
}

/// An item whose worse answers may give a milder result.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct MonotoneException {
    /// The item.
    pub item: Id,
    /// Why.
    pub reason: Texts,
    /// The clause it comes from.
    pub cite: Option<Plain>,
}

/// One grade of the scale: its id alone, or with the source's number and a name.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum GradeStep {
    /// The id alone.
    Id(Id),
    /// The id with its number and name.
    Named(NamedGrade),
}

/// One grade of the scale.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NamedGrade {
    /// The grade's id.
    pub id: Id,
    /// The source's own number.
    pub code: Option<Plain>,
    /// Its name in words.
    pub label: Option<Texts>,
}

/// How the preliminary grade comes about. Exactly one rule form, which gives grade ids.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = one_form_of_a_grade)]
pub struct Preliminary {
    /// Rule form: the band of this set; its bands have the ids of grades.
    pub band: Option<Id>,
    /// Rule form: a number looked up in steps.
    pub lookup: Option<Lookup>,
    /// Rule form: two values, one grade.
    pub matrix: Option<Matrix>,
    /// Rule form: a decision table.
    pub table: Option<Table>,
    /// Rule form: a decision tree.
    pub tree: Option<Tree>,
    /// Rule form: one expression.
    pub formula: Option<Expression>,
    /// Rule form: a Rhai block, for what no other form can say.
    pub script: Option<Script>,
}

/// A clause that changes the preliminary grade. It does exactly one thing: set, raise, or at_least.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = one_effect)]
pub struct Adjustment {
    /// The clause's id.
    pub id: Id,
    /// It applies if this expression holds.
    pub when: Expression,
    /// The grade becomes this one.
    pub set: Option<Id>,
    /// The grade becomes more severe by so many steps, never beyond the scale.
    pub raise: Option<Whole>,
    /// The grade becomes at least this one.
    pub at_least: Option<Id>,
    /// Why, in words for the explanation.
    pub reason: Option<Texts>,
    /// The clause of the source.
    pub cite: Option<Plain>,
}

/// How several adjustments combine: always the same way, or as a setting says.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Combine {
    /// Always the same way.
    Always(Way),
    /// As a setting says.
    Chosen(ChosenWay),
}

/// How several adjustments combine.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Way {
    /// Each clause is applied to the preliminary grade by itself; the most severe result stands.
    StrongestOnce,
    /// Raises add up, then at_least and set are applied.
    Sum,
}

/// A way to combine for each code of a setting.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ChosenWay {
    /// The id of the setting that decides.
    pub setting: Id,
    /// The way for each code of the setting.
    pub choose: BTreeMap<String, Way>,
}

/// A named conclusion that is not urgent.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Finding {
    /// The finding's id, which expressions may use: it is true where the finding holds.
    pub id: Id,
    /// It holds if this expression does.
    pub when: Expression,
    /// What was found.
    pub text: Texts,
    /// What to do about it.
    pub advice: Option<Texts>,
    /// The clause it comes from.
    pub cite: Option<Plain>,
}

/// An answer or score that calls for attention.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Alert {
    /// The alert's id.
    pub id: Id,
    /// It is raised if this expression holds.
    pub when: Expression,
    /// What to say.
    pub text: Texts,
    /// How soon somebody must act.
    pub urgency: Urgency,
    /// The clause it comes from.
    pub cite: Option<Plain>,
}

/// How soon somebody must act.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Urgency {
    /// At once.
    Now,
    /// In the next days.
    Soon,
}
