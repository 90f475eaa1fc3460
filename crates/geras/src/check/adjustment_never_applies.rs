//! A clause that can never change the grade.

use super::page::Page;
use super::sheets::{Sheets, lies_in};
use crate::plan::{Accept, Change, Expr, Purpose};
use crate::reach::{Possible, codes};
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "adjustment-never-applies",
    finds: "The condition of an adjustment is never true, or it never changes the grade when it is.",
    why: "The clause was written to protect somebody, for example a person in a coma. As it stands, it protects nobody.",
    wrong: "grade:
  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  adjustments:
    - {id: coma, when: coma && total > 20, set: severe}",
    right: "grade:
  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  adjustments:
    - {id: coma, when: coma, set: severe}",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    let Some(grade) = &sheets.definition.grade else { return };
    let Some(node) = sheets.plan.find(Purpose::Grade) else { return };
    let Expr::Adjust(adjusted) = &sheets.plan.node(node).expr else { return };
    let Possible::Codes(preliminary) = sheets.of_node(adjusted.preliminary).possible else { return };
    for (adjustment, (clause, change)) in grade.adjustments.iter().zip(&adjusted.clauses) {
        let id = &adjustment.id.value;
        if !sheets.may_hold(&Expr::Node(*clause)) {
            let fault = sheets.fault(PAGE.name, adjustment.when.span, format!("the condition of the adjustment `{id}` is never true"));
            out.push(fault.help("look at the names and numbers in the condition"));
            continue;
        }
        let changes = |grade: u8| match change {
            Change::Set(to) => *to != grade,
            Change::Raise(steps) => *steps > 0 && grade < adjusted.worst,
            Change::AtLeast(floor) => grade < *floor,
        };
        let changed = codes(preliminary).filter(|grade| changes(*grade)).fold(0, |bits, grade| bits | 1 << grade);
        let both = Expr::And(vec![Expr::Node(*clause), lies_in(&Expr::Node(adjusted.preliminary), Accept::Codes(changed))]);
        if changed == 0 || !sheets.may_hold(&both) {
            let message =
                format!("the adjustment `{id}` never changes the grade: where it holds, the preliminary grade is that severe already");
            let fault = sheets.fault(PAGE.name, adjustment.effect.span, message);
            out.push(fault.help("look at what it does and when, or take it away"));
        }
    }
}
