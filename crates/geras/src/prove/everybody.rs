//! The questions that a proof of a pathway answers: for how many records each assessment is called for, each clause holds, each care setting is proposed.

use super::count::Count;
use rust_decimal::Decimal;

use super::NotDecided;
use super::example::complete;
use super::given::Given;
use super::joint::{Joint, joint_of};
use super::proof::{Counted, Outcome, Prover, Reached};
use super::tally::Tallies;
use super::whole::whole;
use crate::Pathway;
use crate::definition::ClauseKind;
use crate::plan::{Expr, FieldId, NodeId, Purpose, ScoringPlan, Value};
use crate::sort::sort_by;

/// What holds for everybody on a pathway, counted over records. A record has an answer to every question of the pathway that is shown and to every question of
/// its instruments, and says of each assessment whether it was done: only then its answers count.
#[derive(Debug, Clone)]
pub struct PathwayProof {
    /// The plan over which was counted: the pathway with its instruments, whose items are called `assessment.item` there.
    pub plan: ScoringPlan,
    /// The questions, in the order of the file; last the proposal and where the person goes.
    pub questions: Vec<PathwayQuestion>,
    /// What each routing rule and each wish does beside those above it, in their order.
    pub decisions: Vec<Decision>,
}

/// What one rule or wish of a pathway does, beside those above it. All of it is counted over the records of one set of questions.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The clause, by its place in the definition.
    pub clause: usize,
    /// The fields on which all rules, or all wishes, depend.
    pub fields: Vec<FieldId>,
    /// What was counted, or why it could not be.
    pub outcome: Result<Decided, NotDecided>,
}

/// For how many records a rule holds, and which rule decides on them.
#[derive(Debug, Clone)]
pub struct Decided {
    /// How many complete records there are.
    pub records: Count,
    /// For how many the rule holds.
    pub holds: Count,
    /// For how many of these it is the first that holds, and so decides; and one of them.
    pub decides: Reached,
    /// The rules above it that hold as well and decide in its place, by their place in the definition, each with its records; most first.
    pub above: Vec<(usize, Count)>,
    /// For how many it holds while one above it stays open, because an assessment was not done: neither decides.
    pub open_above: Count,
}

/// One question of a pathway with its answer.
#[derive(Debug, Clone)]
pub struct PathwayQuestion {
    /// What it is about: an assessment that is called for, a clause, or the kind or care setting that is proposed or comes out after the wishes.
    pub purpose: Purpose,
    /// The node of the plan.
    pub node: NodeId,
    /// The fields on which it depends; their complete records are counted.
    pub fields: Vec<FieldId>,
    /// How many complete records these fields have.
    pub records: Count,
    /// The answer. A record without a value is one for which it stays open, because an assessment was not done.
    pub outcome: Outcome,
}

/// Counts the records of a pathway by what they lead to. Settings have their defaults; of each instrument the newest edition counts.
#[must_use]
pub fn prove_pathway(pathway: &Pathway) -> PathwayProof {
    let plan = whole(pathway);
    let definition = pathway.definition();
    let assessments = (0..definition.assessments.len()).map(Purpose::Wanted);
    let clauses = (0..definition.clauses.len()).map(Purpose::Clause);
    let ends = [Purpose::Proposal, Purpose::ProposalSetting, Purpose::Routing, Purpose::RoutingSetting];
    let chains = [ClauseKind::Rule, ClauseKind::Wish].map(|kind| Chain::of(pathway, &plan, kind));
    let prover = Prover { plan: &plan, tallies: Tallies::new(&plan, Given::defaults(&plan)) };
    let question = |purpose: Purpose| {
        let node = NodeId(plan.nodes().iter().rposition(|node| node.purpose == purpose)?);
        let Counted { fields, sheets, mut outcome } = prover.of_node(node);
        match plan.codes_of(node).len() {
            0 => outcome.complete_condition(),
            codes => outcome.complete(codes),
        }
        Some(PathwayQuestion { purpose, node, fields, records: sheets, outcome })
    };
    let questions = assessments.chain(clauses).chain(ends).filter_map(question).collect();
    let decisions = chains.iter().flat_map(|chain| chain.decisions(&plan, &prover.tallies)).collect();
    PathwayProof { questions, decisions, plan }
}

/// The rules or the wishes of a pathway, of which the first that holds decides.
struct Chain {
    clauses: Vec<usize>,
    /// Whether each holds.
    holds: Vec<Expr>,
    /// The place of the clause that decides; where none does, a number beyond the last.
    first: Expr,
}

impl Chain {
    fn of(pathway: &Pathway, plan: &ScoringPlan, kind: ClauseKind) -> Self {
        let node = |place: usize| plan.nodes().iter().rposition(|node| node.purpose == Purpose::Clause(place)).map(NodeId);
        let clauses: Vec<(usize, NodeId)> =
            pathway.definition().of_kind(kind).filter_map(|(place, _)| Some((place, node(place)?))).collect();
        let number = |place: usize| Box::new(Expr::Constant(Value::Number(Decimal::from(place))));
        let last = number(pathway.definition().clauses.len());
        let either = |rest, (place, node): &(usize, NodeId)| Box::new(Expr::If(Box::new(Expr::Node(*node)), number(*place), rest));
        let first = *clauses.iter().rev().fold(last, either);
        let holds = clauses.iter().map(|(_, node)| Expr::Node(*node)).collect();
        Self { clauses: clauses.into_iter().map(|(place, _)| place).collect(), holds, first }
    }

    fn decisions<'a>(&'a self, plan: &ScoringPlan, tallies: &Tallies<'a>) -> Vec<Decision> {
        let each = |(clause, holds): (&usize, &'a Expr)| match joint_of(tallies, &[&self.first, holds]) {
            Err(reason) => Decision { clause: *clause, fields: Vec::new(), outcome: Err(reason) },
            Ok(joint) => {
                let outcome = Ok(decided(plan, *clause, &joint));
                Decision { clause: *clause, fields: joint.fields, outcome }
            }
        };
        self.clauses.iter().zip(&self.holds).map(each).collect()
    }
}

fn decided(plan: &ScoringPlan, place: usize, joint: &Joint) -> Decided {
    let records = joint.sheets();
    let value = Some(Value::Number(Decimal::from(place)));
    let nobody = Reached { value, sheets: Count::ZERO, witness: None };
    let mut all = Decided { records, holds: Count::ZERO, decides: nobody, above: Vec::new(), open_above: Count::ZERO };
    for cell in &joint.cells {
        let [first, Some(Value::Boolean(true))] = cell.values.as_slice() else { continue };
        all.holds += &cell.sheets;
        match first {
            Some(Value::Number(first)) if *first == Decimal::from(place) => {
                all.decides.sheets = cell.sheets.clone();
                all.decides.witness = Some(complete(plan, &cell.answers));
            }
            Some(Value::Number(first)) => all.above.extend(usize::try_from(*first).ok().map(|first| (first, cell.sheets.clone()))),
            _ => all.open_above += &cell.sheets,
        }
    }
    sort_by(&mut all.above, |one, two| two.1.cmp(&one.1));
    all
}
