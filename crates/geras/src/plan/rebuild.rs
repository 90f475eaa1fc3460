//! One walk through an expression that is made anew, form by form: for another plan, with the same meaning. What a question becomes is not known here.

use super::expression::{Adjusted, DecisionTable, Expr};
use super::{CombineBy, FieldId, NodeId};

/// Makes expressions anew.
pub(crate) trait Rebuild {
    /// Why something cannot be made anew.
    type Refused;

    /// A node in the new plan.
    fn node(&mut self, node: NodeId) -> Result<NodeId, Self::Refused>;

    /// A setting in the new plan.
    fn setting(&mut self, setting: FieldId) -> Result<FieldId, Self::Refused>;

    /// A form that reads questions, or counts some and leaves others out: a field, its points, whether it has a code or is answered, a highest or lowest
    /// value, a count, a sum, a script.
    fn reading(&mut self, expr: &Expr) -> Result<Expr, Self::Refused>;

    /// Several expressions, one after another.
    fn all(&mut self, parts: &[Expr]) -> Result<Vec<Expr>, Self::Refused>
    where
        Self: Sized,
    {
        parts.iter().map(|part| rebuilt(part, self)).collect()
    }
}

/// The expression made anew.
pub(crate) fn rebuilt<R: Rebuild>(expr: &Expr, with: &mut R) -> Result<Expr, R::Refused> {
    let mut boxed = |part: &Expr| rebuilt(part, with).map(Box::new);
    Ok(match expr {
        Expr::Constant(value) => Expr::Constant(*value),
        Expr::Node(node) => Expr::Node(with.node(*node)?),
        Expr::Rank(part) => Expr::Rank(boxed(part)?),
        Expr::Not(part) => Expr::Not(boxed(part)?),
        Expr::Negate(part) => Expr::Negate(boxed(part)?),
        Expr::Absolute(part) => Expr::Absolute(boxed(part)?),
        Expr::Round(part, rounding) => Expr::Round(boxed(part)?, *rounding),
        Expr::Whole(part, up) => Expr::Whole(boxed(part)?, *up),
        Expr::Steps(part, steps) => Expr::Steps(boxed(part)?, steps.clone()),
        Expr::Accepts(part, accept) => Expr::Accepts(boxed(part)?, accept.clone()),
        Expr::Compare(comparison, left, right) => Expr::Compare(*comparison, boxed(left)?, boxed(right)?),
        Expr::Same(left, right) => Expr::Same(boxed(left)?, boxed(right)?),
        Expr::Calculate(operation, left, right) => Expr::Calculate(*operation, boxed(left)?, boxed(right)?),
        Expr::Between(years, from, to) => Expr::Between(*years, boxed(from)?, boxed(to)?),
        Expr::If(test, then, otherwise) => Expr::If(boxed(test)?, boxed(then)?, boxed(otherwise)?),
        Expr::And(parts) => Expr::And(with.all(parts)?),
        Expr::Or(parts) => Expr::Or(with.all(parts)?),
        Expr::Table(table) => {
            let columns = with.all(&table.columns)?;
            Expr::Table(Box::new(DecisionTable { columns, ..(**table).clone() }))
        }
        Expr::Adjust(adjusted) => {
            let preliminary = with.node(adjusted.preliminary)?;
            let mut clauses = Vec::new();
            for (clause, change) in &adjusted.clauses {
                clauses.push((with.node(*clause)?, *change));
            }
            let combine = match &adjusted.combine {
                CombineBy::Always(adds) => CombineBy::Always(*adds),
                CombineBy::Setting(setting, adds) => CombineBy::Setting(with.setting(*setting)?, adds.clone()),
            };
            Expr::Adjust(Box::new(Adjusted { preliminary, clauses, combine, worst: adjusted.worst }))
        }
        Expr::Field(_)
        | Expr::Points(_)
        | Expr::Has(..)
        | Expr::Answered(_)
        | Expr::Extreme(..)
        | Expr::Count(_)
        | Expr::Sum(_)
        | Expr::Script(_) => with.reading(expr)?,
    })
}
