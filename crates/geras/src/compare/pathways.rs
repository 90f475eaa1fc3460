//! Two pathways compared: where people go, which rules send them there, whom each clause reaches. Counts over whole records, instruments included.

use std::collections::BTreeMap;

use crate::prove::Count;
use rust_decimal::Decimal;

use super::compared::{Pair, Questions, Told, Verdict, told};
use super::counting::Counting;
use super::merge::{Merged, Side, merge};
use super::pairing::Pairing;
use super::questions::questions;
use super::undecided::Undecided;
use super::witness::{Sheets, Witness};
use crate::Pathway;
use crate::definition::{Clause, ClauseKind, Detail, NEEDS_JUDGEMENT};
use crate::plan::{Expr, NodeId, Purpose, ScoringPlan, Value};
use crate::prove::{Joint, whole};

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The care setting after the wishes.
    Setting,
    /// The kind of care setting after the wishes.
    Kind,
    /// The kind that the rules propose.
    Proposal,
    /// Whether an assessment is called for, by its id.
    Wanted(String),
    /// Whether a clause holds, by its id.
    Clause(ClauseKind, String),
}

/// One thing in both pathways. A verdict that it differs has no regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedClause {
    /// What it is.
    pub subject: Subject,
    /// The questions that decide it in either pathway, where their complete records were counted.
    pub depends_on: Vec<String>,
    /// What was found. Sheets are records here.
    pub verdict: Verdict,
}

/// Who goes elsewhere, and by which rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    /// The questions whose complete records were counted.
    pub depends_on: Vec<String>,
    /// How many there are.
    pub of: Count,
    /// The moves, the most records first.
    pub moves: Vec<RuleMove>,
}

/// Records that another rule decides, and that go elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMove {
    /// The id of the rule or wish that decides in the first pathway; none where nothing decides or it stays open.
    pub rule_a: Option<String>,
    /// The same in the second.
    pub rule_b: Option<String>,
    /// The kind of care setting in the first.
    pub from: Told,
    /// The kind in the second.
    pub to: Told,
    /// How many records.
    pub records: Count,
    /// One of them.
    pub witness: Witness,
}

/// A clause that both have and that brings something else: points, days, an urgency, a link of care, alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brings {
    /// Its list.
    pub kind: ClauseKind,
    /// Its id.
    pub id: String,
    /// What it brings in the first.
    pub a: Detail,
    /// In the second.
    pub b: Detail,
}

/// Two pathways, compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedPathways {
    /// How their questions agree, those of the instruments among them, which are called `assessment.item`.
    pub questions: Questions,
    /// Everything that both have, where people go first.
    pub results: Vec<ComparedClause>,
    /// Which rules move people, or why it could not be said. Nothing where nobody is moved.
    pub moves: Result<Moves, Undecided>,
    /// Clauses only in the first.
    pub only_a: Vec<(ClauseKind, String)>,
    /// Clauses only in the second.
    pub only_b: Vec<(ClauseKind, String)>,
    /// Clauses that bring something else.
    pub brings: Vec<Brings>,
    /// Assessments that are not asked for in the same way: by another instrument, as required or offered, or in place of another.
    pub assessments: Vec<String>,
}

impl ComparedPathways {
    /// Whether nothing differs: the same questions and clauses, and each of them proved the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let same = |result: &ComparedClause| matches!(result.verdict, Verdict::SameRule | Verdict::SameOnAll(_));
        let lists = [self.only_a.is_empty(), self.only_b.is_empty(), self.brings.is_empty(), self.assessments.is_empty()];
        self.questions.is_same() && !self.results.is_empty() && self.results.iter().all(same) && lists.iter().all(|empty| *empty)
    }
}

/// Compares two pathways over all complete records. Settings have their defaults; of each instrument the newest edition counts.
#[must_use]
pub fn compare_pathways(a: &Pathway, b: &Pathway) -> ComparedPathways {
    let (first, second) = (whole(a), whole(b));
    let pairing = Pairing::of_plans(&first, &second);
    let merged = merge(&first, &second, &pairing);
    let counting = Counting::new(&merged.plan);
    let comparer = Comparer { a, b, plans: [&first, &second], pairing: &pairing, merged: &merged, counting };
    let clauses = |pathway: &Pathway| -> Vec<(ClauseKind, String)> {
        pathway.definition().clauses.iter().map(|clause| (clause.kind, clause.id.value.clone())).collect()
    };
    let (ours, theirs) = (clauses(a), clauses(b));
    let only = |some: &[(ClauseKind, String)], others: &[(ClauseKind, String)]| {
        some.iter().filter(|clause| !others.contains(clause)).cloned().collect::<Vec<_>>()
    };
    let results = comparer.results();
    let moved = results
        .iter()
        .any(|result| result.subject == Subject::Kind && !matches!(result.verdict, Verdict::SameRule | Verdict::SameOnAll(_)));
    ComparedPathways {
        questions: questions((&first, &second), &pairing, &merged),
        moves: if moved { comparer.moves() } else { Ok(Moves::default()) },
        results,
        only_a: only(&ours, &theirs),
        only_b: only(&theirs, &ours),
        brings: comparer.brings(),
        assessments: comparer.assessments(),
    }
}

struct Comparer<'c> {
    a: &'c Pathway,
    b: &'c Pathway,
    plans: [&'c ScoringPlan; 2],
    pairing: &'c Pairing,
    merged: &'c Merged,
    counting: Counting<'c>,
}

/// The last node with a purpose: those of the instruments stand before those of the pathway.
fn node(plan: &ScoringPlan, purpose: Purpose) -> Option<NodeId> {
    plan.nodes().iter().rposition(|node| node.purpose == purpose).map(NodeId)
}

impl Comparer<'_> {
    fn results(&self) -> Vec<ComparedClause> {
        let mut both = vec![
            (Subject::Kind, Purpose::Routing, Purpose::Routing),
            (Subject::Setting, Purpose::RoutingSetting, Purpose::RoutingSetting),
            (Subject::Proposal, Purpose::Proposal, Purpose::Proposal),
        ];
        let (ours, theirs) = (self.a.definition(), self.b.definition());
        for (place, assessment) in ours.assessments.iter().enumerate() {
            let other = theirs.assessments.iter().position(|other| other.id.value == assessment.id.value);
            both.extend(other.map(|other| (Subject::Wanted(assessment.id.value.clone()), Purpose::Wanted(place), Purpose::Wanted(other))));
        }
        for kind in ClauseKind::ALL {
            for (place, clause) in ours.of_kind(kind) {
                let other = theirs.of_kind(kind).find(|(_, other)| other.id.value == clause.id.value);
                let subject = Subject::Clause(kind, clause.id.value.clone());
                both.extend(other.map(|(other, _)| (subject, Purpose::Clause(place), Purpose::Clause(other))));
            }
        }
        let [first, second] = self.plans;
        let found = |(subject, one, two): (Subject, Purpose, Purpose)| {
            let (one, two) = (node(first, one)?, node(second, two)?);
            let (verdict, depends_on) = self.verdict(one, two);
            Some(ComparedClause { subject, depends_on, verdict })
        };
        both.into_iter().filter_map(found).collect()
    }

    fn made(&self, side: Side, node: NodeId) -> Result<NodeId, Undecided> {
        self.merged.nodes.get(&(side, node)).cloned().unwrap_or(Err(Undecided::Disagree))
    }

    fn verdict(&self, a: NodeId, b: NodeId) -> (Verdict, Vec<String>) {
        let counted = match (self.made(Side::A, a), self.made(Side::B, b)) {
            (Ok(one), Ok(two)) if one == two => return (Verdict::SameRule, Vec::new()),
            (Ok(one), Ok(two)) => self
                .counting
                .joint(&[&Expr::Node(one), &Expr::Node(two)])
                .and_then(|counted| Ok((self.counted((a, one), (b, two), &counted)?, self.ids(&counted)))),
            (Err(reason), _) | (_, Err(reason)) => Err(reason),
        };
        counted.unwrap_or_else(|reason| (Verdict::NotDecided(reason), Vec::new()))
    }

    fn ids(&self, counted: &Joint) -> Vec<String> {
        counted.fields.iter().map(|field| self.merged.plan.field(*field).id.clone()).collect()
    }

    fn counted(&self, a: (NodeId, NodeId), b: (NodeId, NodeId), counted: &Joint) -> Result<Verdict, Undecided> {
        let of = counted.sheets();
        if of == Count::ZERO {
            return Err(Undecided::NoSheet);
        }
        let sheets = self.sheets();
        let (mut pairs, mut differing): (BTreeMap<(Told, Told), Pair>, Count) = (BTreeMap::new(), Count::ZERO);
        for cell in &counted.cells {
            let [from, to] = cell.values.as_slice() else { return Err(Undecided::Disagree) };
            let (from, to) = (self.told(a.1, *from), self.told(b.1, *to));
            if from != to {
                differing += &cell.sheets;
            }
            if let Some(known) = pairs.get_mut(&(from.clone(), to.clone())) {
                known.sheets += &cell.sheets;
                continue;
            }
            let witness = sheets.witness(&cell.answers, (a.0, &from), (b.0, &to))?;
            pairs.insert((from.clone(), to.clone()), Pair { from, to, sheets: cell.sheets.clone(), witness });
        }
        if differing == Count::ZERO {
            return Ok(Verdict::SameOnAll(of));
        }
        Ok(Verdict::Differs { sheets: differing, of, pairs: pairs.into_values().collect(), regions: Vec::new() })
    }

    fn sheets(&self) -> Sheets<'_> {
        let [first, second] = self.plans;
        Sheets::new(first, second, self.pairing, self.merged)
    }

    fn told(&self, node: NodeId, value: Option<Value>) -> Told {
        told(&self.merged.plan, self.merged.plan.node(node).kind, value)
    }

    /// The wishes and then the rules of a pathway, of which the first that holds decides: its place, or a number beyond the last.
    fn deciding(&self, side: Side) -> Result<Expr, Undecided> {
        let (pathway, [first, second]) = (if side == Side::A { self.a } else { self.b }, self.plans);
        let plan = if side == Side::A { first } else { second };
        let definition = pathway.definition();
        let number = |place: usize| Box::new(Expr::Constant(Value::Number(Decimal::from(place))));
        let mut expr = number(definition.clauses.len());
        let chain: Vec<usize> =
            [ClauseKind::Wish, ClauseKind::Rule].into_iter().flat_map(|kind| definition.of_kind(kind).map(|(place, _)| place)).collect();
        for place in chain.into_iter().rev() {
            let own = node(plan, Purpose::Clause(place)).ok_or(Undecided::Disagree)?;
            let test = Box::new(Expr::Node(self.made(side, own)?));
            expr = Box::new(Expr::If(test, number(place), expr));
        }
        Ok(*expr)
    }

    fn moves(&self) -> Result<Moves, Undecided> {
        let [first, second] = self.plans;
        let ends = node(first, Purpose::Routing).zip(node(second, Purpose::Routing)).ok_or(Undecided::Disagree)?;
        let (one, two) = (self.deciding(Side::A)?, self.deciding(Side::B)?);
        let counted = self.counting.joint(&[&one, &two])?;
        let sheets = self.sheets();
        let mut moves = Vec::new();
        for cell in &counted.cells {
            let [one, two] = cell.values.as_slice() else { return Err(Undecided::Disagree) };
            let ((rule_a, from), (rule_b, to)) = (end(self.a, *one), end(self.b, *two));
            if from == to || from == Told::Nothing || to == Told::Nothing {
                continue;
            }
            let witness = sheets.witness(&cell.answers, (ends.0, &from), (ends.1, &to))?;
            moves.push(RuleMove { rule_a, rule_b, from, to, records: cell.sheets.clone(), witness });
        }
        moves.sort_by(|one, two| two.records.cmp(&one.records));
        Ok(Moves { depends_on: self.ids(&counted), of: counted.sheets(), moves })
    }

    fn brings(&self) -> Vec<Brings> {
        let theirs = &self.b.definition().clauses;
        let mut all = Vec::new();
        for clause in &self.a.definition().clauses {
            let other = theirs.iter().find(|other| other.kind == clause.kind && other.id.value == clause.id.value);
            if let Some(other) = other.filter(|other| brought(other) != brought(clause)) {
                all.push(Brings { kind: clause.kind, id: clause.id.value.clone(), a: clause.detail.clone(), b: other.detail.clone() });
            }
        }
        all
    }

    fn assessments(&self) -> Vec<String> {
        let shape = |pathway: &Pathway| -> Vec<(String, Vec<String>)> {
            let all = pathway.definition().assessments.iter().zip(pathway.instruments());
            let one = |(assessment, editions): (&crate::definition::Assessment, &Vec<std::sync::Arc<crate::Instrument>>)| {
                let hash = editions.last().map_or_else(String::new, |instrument| instrument.plan().hash().to_owned());
                let instead = assessment.instead_of.as_ref().map_or_else(String::new, |other| other.value.clone());
                (assessment.id.value.clone(), vec![hash, assessment.required.to_string(), instead])
            };
            all.map(one).collect()
        };
        let (ours, theirs) = (shape(self.a), shape(self.b));
        let differs = |one: &(String, Vec<String>), others: &[(String, Vec<String>)]| !others.contains(one);
        let mut all: Vec<String> = ours.iter().filter(|one| differs(one, &theirs)).map(|(id, _)| id.clone()).collect();
        for (id, _) in theirs.iter().filter(|one| differs(one, &ours)) {
            if !all.contains(id) {
                all.push(id.clone());
            }
        }
        all
    }
}

/// What a clause brings, without its places in the text.
fn brought(clause: &Clause) -> Vec<String> {
    match &clause.detail {
        Detail::Plain => Vec::new(),
        Detail::Way(way) => {
            std::iter::once(&way.to).chain(way.alternatives.iter().map(|other| &other.to)).map(|id| id.value.clone()).collect()
        }
        Detail::Service(link) => vec![link.value.to_owned()],
        Detail::Urgency(urgency) => vec![urgency.word().to_owned()],
        Detail::Points(points) => vec![points.normalize().to_string()],
        Detail::Days(days) => vec![days.to_string()],
    }
}

/// The rule that decides, and where it leads.
fn end(pathway: &Pathway, value: Option<Value>) -> (Option<String>, Told) {
    let Some(Value::Number(place)) = value else { return (None, Told::Nothing) };
    let clause = usize::try_from(place).ok().and_then(|place| pathway.definition().clauses.get(place));
    let to = clause.and_then(Clause::way).map_or(NEEDS_JUDGEMENT, |way| way.to.value.as_str());
    (clause.map(|clause| clause.id.value.clone()), Told::Code(to.to_owned()))
}
