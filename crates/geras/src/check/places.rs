//! The expressions that an author wrote for a computed value, in the order in which they were compiled. Reads no meaning into them.

use crate::definition::{Definition, ExpressionText, Form, Tree};
use crate::plan::{Purpose, ScoringPlan};

/// The expressions behind a purpose.
pub(super) fn texts<'a>(definition: &'a Definition, plan: &ScoringPlan, purpose: Purpose) -> Vec<&'a ExpressionText> {
    let grade = definition.grade.as_ref();
    let mut found = Vec::new();
    match purpose {
        Purpose::Shown(field) => {
            let place = plan.field(field).place;
            found.extend(definition.items.get(place).into_iter().flat_map(|item| &item.when));
        }
        Purpose::Score(place) => definition.scores.get(place).into_iter().for_each(|score| of_form(&score.form.value, &mut found)),
        Purpose::Preliminary => grade.into_iter().for_each(|grade| of_form(&grade.preliminary.value, &mut found)),
        Purpose::Adjustment(place) => found.extend(grade.and_then(|grade| grade.adjustments.get(place)).map(|clause| &clause.when)),
        Purpose::Finding(place) => found.extend(definition.findings.get(place).map(|finding| &finding.when)),
        Purpose::Alert(place) => found.extend(definition.alerts.get(place).map(|alert| &alert.when)),
        // What a pathway adds has its places in its clauses.
        _ => {}
    }
    found
}

/// The block of a script behind a purpose.
pub(super) fn script(definition: &Definition, purpose: Purpose) -> Option<&ExpressionText> {
    let form = match purpose {
        Purpose::Score(place) => &definition.scores.get(place)?.form.value,
        Purpose::Preliminary => &definition.grade.as_ref()?.preliminary.value,
        _ => return None,
    };
    if let Form::Script { code, .. } = form { Some(code) } else { None }
}

fn of_form<'a>(form: &'a Form, found: &mut Vec<&'a ExpressionText>) {
    match form {
        Form::CountExpressions(texts) => found.extend(texts),
        Form::Lookup { of, .. } | Form::Formula(of) => found.push(of),
        Form::Matrix { rows, columns, .. } => found.extend([&rows.of, &columns.of]),
        Form::Table(table) => found.extend(&table.columns),
        Form::Tree(tree) => of_tree(tree, found),
        Form::Script { reads, .. } => found.extend(reads.iter().map(|(_, text)| text)),
        Form::Sum { .. }
        | Form::CountMembers { .. }
        | Form::Highest(_)
        | Form::Lowest(_)
        | Form::Mean(_)
        | Form::Entered { .. }
        | Form::Band(_) => {}
    }
}

fn of_tree<'a>(tree: &'a Tree, found: &mut Vec<&'a ExpressionText>) {
    if let Tree::Fork { test, then, otherwise } = tree {
        found.push(test);
        of_tree(then, found);
        of_tree(otherwise, found);
    }
}
