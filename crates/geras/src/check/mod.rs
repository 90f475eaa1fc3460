//! Authoring checks: one file a fault, with its page. Each looks at a definition or its plan and says what is wrong; none changes anything.

mod adjustment_never_applies;
mod alert_never_fires;
mod band_unreachable;
mod bands_leave_gap;
mod bands_overlap;
mod basis_not_stated;
mod branch_unreachable;
pub(crate) mod carried_twice;
pub(crate) mod carry_leaves_option;
mod case_contradicts_itself;
mod case_fails;
mod case_unfilled;
mod cases_left_open;
mod claim_too_weak;
mod clause_never_holds;
mod coverage;
mod cyclic_reference;
mod direction_not_stated;
mod division_by_zero;
mod duplicate_id;
mod duplicate_key;
mod editions_overlap;
mod expression_not_allowed;
mod expression_too_long;
mod finding_never_holds;
mod grade_unreachable;
mod hidden_item_used;
mod hidden_value_not_stated;
mod intervals;
mod missing_key;
mod missing_rule_not_stated;
mod not_proved;
mod otherwise_unreachable;
mod page;
mod person_without_setting;
mod persons;
mod places;
mod points_missing;
mod provenance_not_stated;
mod range_does_not_match;
mod rhai_syntax;
pub(crate) mod round_trip_differs;
mod row_unreachable;
mod rows_overlap;
mod rule_never_decides;
mod rules_overlap;
mod safeguard_broken;
mod script_breaks_limit;
mod script_fails;
mod scripts;
mod setting_unreachable;
pub(crate) mod sheets;
mod step_unreachable;
mod steps_leave_gap;
mod steps_overlap;
mod tables;
mod text_missing;
mod types_differ;
mod unknown_key;
mod unknown_name;
mod unknown_option;
mod unknown_option_list;
mod unknown_word;
pub(crate) mod witness;
mod wording_forbidden;
mod worse_answers;
mod worse_is_milder;
mod wrong_form;
mod wrong_id;
mod wrong_kind;
mod yaml_feature;
mod yaml_limit;
mod yaml_syntax;

use crate::definition::{Definition, PathwayDefinition};
use crate::plan::{ScoringPlan, State, claims};
use crate::prove::Monotony;
use crate::source::Diagnostic;

pub use page::{BASE, PATHWAY_BASE, Page, example};

/// Every check once, by name.
const PAGES: &[Page] = &[
    adjustment_never_applies::PAGE,
    alert_never_fires::PAGE,
    band_unreachable::PAGE,
    bands_leave_gap::PAGE,
    bands_overlap::PAGE,
    basis_not_stated::PAGE,
    branch_unreachable::PAGE,
    carried_twice::PAGE,
    carry_leaves_option::PAGE,
    case_contradicts_itself::PAGE,
    case_fails::PAGE,
    case_unfilled::PAGE,
    cases_left_open::PAGE,
    claim_too_weak::PAGE,
    clause_never_holds::PAGE,
    cyclic_reference::PAGE,
    direction_not_stated::PAGE,
    division_by_zero::PAGE,
    duplicate_id::PAGE,
    duplicate_key::PAGE,
    editions_overlap::PAGE,
    expression_not_allowed::PAGE,
    expression_too_long::PAGE,
    finding_never_holds::PAGE,
    grade_unreachable::PAGE,
    hidden_item_used::PAGE,
    hidden_value_not_stated::PAGE,
    missing_key::PAGE,
    missing_rule_not_stated::PAGE,
    not_proved::PAGE,
    otherwise_unreachable::PAGE,
    person_without_setting::PAGE,
    points_missing::PAGE,
    provenance_not_stated::PAGE,
    range_does_not_match::PAGE,
    rhai_syntax::PAGE,
    round_trip_differs::PAGE,
    row_unreachable::PAGE,
    rows_overlap::PAGE,
    rule_never_decides::PAGE,
    rules_overlap::PAGE,
    safeguard_broken::PAGE,
    script_breaks_limit::PAGE,
    script_fails::PAGE,
    setting_unreachable::PAGE,
    step_unreachable::PAGE,
    steps_leave_gap::PAGE,
    steps_overlap::PAGE,
    text_missing::PAGE,
    types_differ::PAGE,
    unknown_key::PAGE,
    unknown_name::PAGE,
    unknown_option::PAGE,
    unknown_option_list::PAGE,
    unknown_word::PAGE,
    wording_forbidden::PAGE,
    worse_is_milder::PAGE,
    wrong_form::PAGE,
    wrong_id::PAGE,
    wrong_kind::PAGE,
    yaml_feature::PAGE,
    yaml_limit::PAGE,
    yaml_syntax::PAGE,
];

/// The pages of all faults, in the order of their names.
#[must_use]
pub fn pages() -> &'static [Page] {
    PAGES
}

/// The page of a fault.
#[must_use]
pub fn page(name: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.name == name)
}

/// Checks that need only what the author wrote.
pub(crate) fn of_definition(definition: &Definition) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    bands_overlap::find(definition, &mut out);
    direction_not_stated::find(definition, &mut out);
    steps_overlap::find(definition, &mut out);
    text_missing::find(definition, &mut out);
    wording_forbidden::find(definition, &mut out);
    out
}

/// Checks that reason over all possible answers, and what they proved of worse answers. The plan is compiled, not yet known to be sound.
pub(crate) fn of_plan(definition: &Definition, plan: &ScoringPlan) -> (Vec<Diagnostic>, Vec<Monotony>) {
    let sheets = sheets::Sheets::new(definition, plan);
    let mut out = but_worse_answers(&sheets);
    let (worse, monotonies) = of_worse_answers(&sheets);
    out.extend(worse);
    (out, monotonies)
}

/// The first fault, by its place in the text, for which a definition is refused whose plan could be compiled; none where it is sound. What worse answers
/// do is the longest proof, and is made only where it can still matter.
pub(crate) fn refused(definition: &Definition, plan: &ScoringPlan) -> Option<&'static str> {
    let first = |faults: Vec<Diagnostic>| faults.into_iter().filter(Diagnostic::is_error).min_by_key(Diagnostic::order);
    if let Some(fault) = first(of_definition(definition)) {
        return Some(fault.name);
    }
    let sheets = sheets::Sheets::new(definition, plan);
    let found = first(but_worse_answers(&sheets));
    let claimed = claims(definition).map(|(_, claim)| claim.worse_answers.span).min();
    if found.as_ref().zip(claimed).is_some_and(|(fault, claimed)| fault.primary.span < claimed) {
        return found.map(|fault| fault.name);
    }
    let (worse, _) = of_worse_answers(&sheets);
    first(found.into_iter().chain(worse).collect()).map(|fault| fault.name)
}

/// What is wrong with the claims about worse answers, and what was proved of them.
fn of_worse_answers(sheets: &sheets::Sheets<'_>) -> (Vec<Diagnostic>, Vec<Monotony>) {
    let mut out = Vec::new();
    let claimed = worse_answers::claimed(sheets);
    claim_too_weak::find(sheets, &claimed, &mut out);
    worse_is_milder::find(sheets, &claimed, &mut out);
    (out, claimed.into_iter().map(|claimed| claimed.monotony).collect())
}

/// All checks that reason over all possible answers but those of claims about worse answers.
fn but_worse_answers(sheets: &sheets::Sheets<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    adjustment_never_applies::find(sheets, &mut out);
    alert_never_fires::find(sheets, &mut out);
    band_unreachable::find(sheets, &mut out);
    bands_leave_gap::find(sheets, &mut out);
    branch_unreachable::find(sheets, &mut out);
    division_by_zero::find(sheets, &mut out);
    finding_never_holds::find(sheets, &mut out);
    grade_unreachable::find(sheets, &mut out);
    hidden_value_not_stated::find(sheets, &mut out);
    missing_rule_not_stated::find(sheets, &mut out);
    range_does_not_match::find(sheets, &mut out);
    step_unreachable::find(sheets, &mut out);
    steps_leave_gap::find(sheets, &mut out);
    let tables = tables::tables(sheets);
    cases_left_open::find(sheets, &tables, &mut out);
    otherwise_unreachable::find(sheets, &tables, &mut out);
    row_unreachable::find(sheets, &tables, &mut out);
    rows_overlap::find(sheets, &tables, &mut out);
    let failures = scripts::failures(sheets);
    script_breaks_limit::find(sheets, &failures, &mut out);
    script_fails::find(sheets, &failures, &mut out);
    out
}

/// Checks of a pathway that need only what its authors wrote.
pub(crate) fn of_pathway(pathway: &PathwayDefinition) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    text_missing::find_in_pathway(pathway, &mut out);
    wording_forbidden::find(&pathway.head, &mut out);
    out
}

/// Checks of a pathway that reason over everybody. The plan is compiled, not yet known to be sound.
pub(crate) fn of_pathway_plan(pathway: &PathwayDefinition, plan: &ScoringPlan) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let blank = crate::reach::Evaluation::new(plan, vec![State::Blank; plan.fields().len()], 0);
    hidden_value_not_stated::find(&sheets::Sheets::with_blank(&pathway.head, plan, blank), &mut out);
    let persons = persons::Persons::new(pathway, plan);
    clause_never_holds::find(&persons, &mut out);
    person_without_setting::find(&persons, &mut out);
    rule_never_decides::find(&persons, &mut out);
    rules_overlap::find(&persons, &mut out);
    safeguard_broken::find(&persons, &mut out);
    setting_unreachable::find(&persons, &mut out);
    out
}
