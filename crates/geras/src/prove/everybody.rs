//! The questions that a proof of a pathway answers: for how many records each assessment is called for, each clause holds, each care setting is proposed.

use num_bigint::BigUint;

use super::given::Given;
use super::proof::{Counted, Outcome, Prover};
use super::tally::Tallies;
use super::whole::whole;
use crate::Pathway;
use crate::plan::{FieldId, NodeId, Purpose, ScoringPlan};

/// What holds for everybody on a pathway, counted over records. A record has an answer to every question of the pathway that is shown and to every question of
/// its instruments, and says of each assessment whether it was done: only then its answers count.
#[derive(Debug, Clone)]
pub struct PathwayProof {
    /// The plan over which was counted: the pathway with its instruments, whose items are called `assessment.item` there.
    pub plan: ScoringPlan,
    /// The questions, in the order of the file; last the proposal and where the person goes.
    pub questions: Vec<PathwayQuestion>,
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
    pub records: BigUint,
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
    let prover = Prover { plan: &plan, tallies: Tallies::new(&plan, Given::defaults(&plan)) };
    let question = |purpose: Purpose| {
        let node = NodeId(plan.nodes().iter().rposition(|node| node.purpose == purpose)?);
        let Counted { fields, sheets, mut outcome } = prover.counted(prover.tallies.of_node(node, None));
        match plan.codes_of(node).len() {
            0 => outcome.complete_condition(),
            codes => outcome.complete(codes),
        }
        Some(PathwayQuestion { purpose, node, fields, records: sheets, outcome })
    };
    let questions = assessments.chain(clauses).chain(ends).filter_map(question).collect();
    PathwayProof { questions, plan }
}
