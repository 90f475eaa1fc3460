//! The shape of a pathway's proof: each question with its values, exact counts and a record for each. Counts nothing.

use geras::Pathway;
use geras::assess::not_decided_words;
use geras::plan::{FieldId, Purpose, ScoringPlan, State};
use geras::prove::{Decision, Outcome, PathwayProof, PathwayQuestion, Reached, Share, answers_of};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::proof::{ProvedValue, percent, proved};
use crate::sheet::AnswerShape;
use crate::{Number, Pairs};

/// What holds over all complete records of a pathway, as `prove` prints it. A record answers every question of the pathway that is shown and every question of
/// its instruments, and says of each assessment whether it was done; answers to one that was not done do not count.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayProofShape<'a> {
    /// The pathway.
    pub id: &'a str,
    /// Its edition.
    pub edition: &'a str,
    /// SHA-256 of the definition's text, in hexadecimal.
    pub sha256: &'a str,
    /// The questions, in the order of the file; last the proposal and where the person goes.
    pub questions: Vec<PathwayQuestionShape<'a>>,
    /// What each routing rule does beside those above it, in their order; then each wish.
    pub decisions: Vec<DecisionShape<'a>>,
}

/// For how many records a rule or a wish holds, and for how many it is the first that does, and so decides.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionShape<'a> {
    /// `rule` or `wish`.
    pub about: &'static str,
    /// Its id.
    pub id: &'a str,
    /// `exact` or `not_decided`.
    pub status: &'static str,
    /// Why it was not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How many complete records there are. This and all other counts are texts, because they may have a hundred digits.
    pub records: String,
    /// For how many it holds.
    pub holds: String,
    /// For how many it decides.
    pub decides: String,
    /// Their part of all records in percent, rounded to six places.
    pub percent: Number,
    /// Those above it that decide on records for which it holds too, most first.
    pub above: Vec<AboveShape<'a>>,
    /// For how many it holds while one above it stays open, because an assessment was not done.
    pub open_above: String,
    /// The answers of one record on which it decides; null where there is none.
    pub witness: Option<Pairs<'a, AnswerShape>>,
}

/// One above that decides.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AboveShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// On how many records.
    pub records: String,
}

/// One question with its answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayQuestionShape<'a> {
    /// `wanted` (an assessment that is called for), `finding`, `contradiction`, `rule`, `wish`, `service`, `referral`, `entitlement`, `alert`, `priority`,
    /// `review`, `safeguard`, `proposal`, `proposal_setting`, `routing` or `routing_setting`.
    pub about: &'static str,
    /// The id of the assessment or clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// `exact`, `checked_up_to` where so many `records` were tried one by one and no more is known, or `not_decided`.
    pub status: &'static str,
    /// Why it was not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How many complete records the questions below have. A text, because it may have a hundred digits.
    pub records: String,
    /// The questions on which it depends; those of an instrument are called `assessment.item`, and whether it was done `done(assessment)`.
    pub depends_on: Vec<&'a str>,
    /// The values.
    pub reached: Vec<PathwayReachedShape<'a>>,
}

/// A value with the records that lead to it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayReachedShape<'a> {
    /// Whether it holds, or the id of a kind or care setting; left out where the rules wait for an assessment that was not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ProvedValue<'a>>,
    /// How many records. A text, because it may have a hundred digits.
    pub records: String,
    /// Their part of all records in percent, rounded to six places.
    pub percent: Number,
    /// The answers of one such record to what the question depends on; null where there is none.
    pub witness: Option<Pairs<'a, AnswerShape>>,
}

impl<'a> PathwayProofShape<'a> {
    /// The shape of a proof of this pathway.
    #[must_use]
    pub fn new(pathway: &'a Pathway, proof: &'a PathwayProof) -> Self {
        let head = &pathway.definition().head;
        Self {
            id: &head.id.value,
            edition: &head.edition.value,
            sha256: pathway.plan().hash(),
            questions: proof.questions.iter().map(|question| shape(pathway, &proof.plan, question)).collect(),
            decisions: proof.decisions.iter().filter_map(|decision| decision_shape(pathway, &proof.plan, decision)).collect(),
        }
    }
}

fn shape<'a>(pathway: &'a Pathway, plan: &'a ScoringPlan, question: &'a PathwayQuestion) -> PathwayQuestionShape<'a> {
    let (about, id) = about(pathway, question.purpose);
    let (status, reason, reached) = match &question.outcome {
        Outcome::NotDecided(reason) => ("not_decided", Some(not_decided_words(reason, "en")), &[][..]),
        Outcome::UpTo { reached, reason, .. } => ("checked_up_to", Some(not_decided_words(reason, "en")), reached.as_slice()),
        Outcome::Exact(reached) => ("exact", None, reached.as_slice()),
        Outcome::Many(_) => ("exact", None, &[][..]),
    };
    let fields = question.fields.iter().filter_map(|field| plan.fields().get(field.place()));
    PathwayQuestionShape {
        about,
        id,
        status,
        reason,
        records: question.records.to_string(),
        depends_on: fields.map(|field| field.id.as_str()).collect(),
        reached: reached.iter().map(|reached| value(plan, question, reached)).collect(),
    }
}

fn decision_shape<'a>(pathway: &'a Pathway, plan: &'a ScoringPlan, decision: &'a Decision) -> Option<DecisionShape<'a>> {
    let clauses = &pathway.definition().clauses;
    let clause = clauses.get(decision.clause)?;
    let mut shape = DecisionShape {
        about: clause.kind.word(),
        id: &clause.id.value,
        status: "exact",
        reason: None,
        records: String::new(),
        holds: String::new(),
        decides: String::new(),
        percent: Number(Decimal::ZERO),
        above: Vec::new(),
        open_above: String::new(),
        witness: None,
    };
    match &decision.outcome {
        Err(reason) => (shape.status, shape.reason) = ("not_decided", Some(not_decided_words(reason, "en"))),
        Ok(decided) => {
            shape.records = decided.records.to_string();
            shape.holds = decided.holds.to_string();
            shape.decides = decided.decides.sheets.to_string();
            shape.percent = percent(Share::of(&decided.decides.sheets, &decided.records));
            let above = decided.above.iter().filter_map(|(place, records)| Some((clauses.get(*place)?, records)));
            shape.above = above.map(|(clause, records)| AboveShape { id: &clause.id.value, records: records.to_string() }).collect();
            shape.open_above = decided.open_above.to_string();
            shape.witness = witness(plan, &decision.fields, &decided.decides);
        }
    }
    Some(shape)
}

fn value<'a>(plan: &'a ScoringPlan, question: &PathwayQuestion, reached: &'a Reached) -> PathwayReachedShape<'a> {
    PathwayReachedShape {
        value: reached.value.and_then(|value| proved(plan, question.node, value)),
        records: reached.sheets.to_string(),
        percent: percent(Share::of(&reached.sheets, &question.records)),
        witness: witness(plan, &question.fields, reached),
    }
}

/// The answers of a witness to some fields.
fn witness<'a>(plan: &'a ScoringPlan, fields: &[FieldId], reached: &Reached) -> Option<Pairs<'a, AnswerShape>> {
    let states = reached.witness.as_ref()?;
    let depends = |place: &usize| fields.iter().any(|field| field.place() == *place);
    let asked: Vec<State> = states.iter().enumerate().map(|(place, state)| if depends(&place) { *state } else { State::Blank }).collect();
    Some(answers_of(plan, &asked).into_iter().map(|(id, answer)| (id, AnswerShape(answer))).collect())
}

fn about(pathway: &Pathway, purpose: Purpose) -> (&'static str, Option<&str>) {
    let definition = pathway.definition();
    let assessment = |place: usize| definition.assessments.get(place).map(|assessment| assessment.id.value.as_str());
    match purpose {
        Purpose::Wanted(place) => ("wanted", assessment(place)),
        Purpose::Clause(place) => match definition.clauses.get(place) {
            Some(clause) => (clause.kind.word(), Some(clause.id.value.as_str())),
            None => ("finding", None),
        },
        Purpose::Proposal => ("proposal", None),
        Purpose::ProposalSetting => ("proposal_setting", None),
        Purpose::RoutingSetting => ("routing_setting", None),
        _ => ("routing", None),
    }
}
