//! The comparison of two editions, result by result: the same by one rule, the same on every sheet, different and where, or not decided.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::counting::Counting;
use super::merge::{Merged, Side, merge};
use super::pairing::{Apart, Pairing, Renamed};
use super::questions::questions;
use super::regions::{Region, regions};
use super::undecided::Undecided;
use super::witness::{Sheets, Witness};
use crate::Instrument;
use crate::carry::Mapping;
use crate::definition::{Definition, Role};
use crate::plan::{Expr, FieldId, NodeId, Purpose, ScoringPlan, Type, Value};
use crate::prove::Count;
use crate::prove::{Cell, Joint};

/// What a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResultKind {
    /// The grade.
    Grade,
    /// The grade before adjustments.
    Preliminary,
    /// A band set.
    Bands,
    /// A score.
    Score,
    /// A finding.
    Finding,
    /// An alert.
    Alert,
}

/// A result as it is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// It has no value.
    Nothing,
    /// A number.
    Number(Decimal),
    /// Whether it holds.
    Truth(bool),
    /// A band or grade by its id.
    Code(String),
}

/// Two values of one result that stand together on some sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// In the first edition.
    pub from: Told,
    /// In the second.
    pub to: Told,
    /// On how many sheets.
    pub sheets: Count,
    /// One of them.
    pub witness: Witness,
}

/// What was found of one result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Both editions compute it from the same answers by the same rule: the same on every sheet, complete or not.
    SameRule,
    /// By other rules, but the same on every one of so many complete sheets.
    SameOnAll(Count),
    /// It differs.
    Differs {
        /// On how many sheets.
        sheets: Count,
        /// Of how many.
        of: Count,
        /// Every two values that stand together, equal ones too, by the first edition's and then the second's order.
        pairs: Vec<Pair>,
        /// Where it differs, in the terms of the definitions.
        regions: Vec<Region>,
    },
    /// Nobody can say, and why.
    NotDecided(Undecided),
}

/// One result in both editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// What it is.
    pub kind: ResultKind,
    /// Its id; empty for the grade.
    pub id: String,
    /// The questions that decide it in either edition; their complete sheets are counted.
    pub depends_on: Vec<String>,
    /// What was found.
    pub verdict: Verdict,
}

/// How the questions of the two editions agree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions {
    /// So many are the same in both.
    pub same: usize,
    /// Answered from the first edition by a mapping: the question, those it comes from, whether that means the same.
    pub carried: Vec<(String, Vec<String>, bool)>,
    /// One question under two ids, known by its printed number.
    pub renamed: Vec<Renamed>,
    /// Only in the first edition.
    pub only_a: Vec<String>,
    /// Only in the second.
    pub only_b: Vec<String>,
    /// One id, but not one question.
    pub apart: Vec<(String, Apart)>,
    /// Compared on the answers that both have: the question, the options or numbers only in the first, and only in the second.
    pub narrowed: Vec<(String, String, String)>,
    /// Asked under other conditions, or counting as something else when hidden.
    pub asked: Vec<String>,
    /// With other absent reasons.
    pub absent: Vec<String>,
    /// Scores that treat missing answers in another way.
    pub missing: Vec<String>,
}

/// Two editions, compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// How the questions agree.
    pub questions: Questions,
    /// Every result that both have, the grade first.
    pub results: Vec<Compared>,
    /// Results only in the first.
    pub only_a: Vec<(ResultKind, String)>,
    /// Results only in the second.
    pub only_b: Vec<(ResultKind, String)>,
}

impl Questions {
    /// Whether both editions ask the same, and take the same answers.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let lists = [&self.only_a, &self.only_b, &self.asked, &self.absent, &self.missing];
        lists.iter().all(|list| list.is_empty()) && self.carried.is_empty() && self.apart.is_empty() && self.narrowed.is_empty()
    }
}

impl Comparison {
    /// Whether nothing differs: the same questions, the same results, and each of them proved the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let same = |result: &Compared| matches!(result.verdict, Verdict::SameRule | Verdict::SameOnAll(_));
        self.questions.is_same() && self.only_a.is_empty() && self.only_b.is_empty() && self.results.iter().all(same)
    }
}

/// All results of a definition with their nodes.
fn results(definition: &Definition, plan: &ScoringPlan) -> Vec<(ResultKind, String, NodeId)> {
    let mut all = Vec::new();
    let mut add = |kind: ResultKind, id: &str, purpose: Purpose| all.extend(plan.find(purpose).map(|node| (kind, id.to_owned(), node)));
    add(ResultKind::Grade, "", Purpose::Grade);
    add(ResultKind::Preliminary, "", Purpose::Preliminary);
    for (place, set) in definition.band_sets.iter().enumerate() {
        add(ResultKind::Bands, &set.id.value, Purpose::Band(place));
    }
    for (place, score) in definition.scores.iter().enumerate() {
        add(ResultKind::Score, &score.id.value, Purpose::Score(place));
    }
    for (place, finding) in definition.findings.iter().enumerate() {
        add(ResultKind::Finding, &finding.id.value, Purpose::Finding(place));
    }
    for (place, alert) in definition.alerts.iter().enumerate() {
        add(ResultKind::Alert, &alert.id.value, Purpose::Alert(place));
    }
    all
}

/// Compares two editions, or two instruments with a mapping from the first to the second. Settings have their defaults.
#[must_use]
pub fn compare(a: &Instrument, b: &Instrument, mapping: Option<&Mapping<'_>>) -> Comparison {
    let pairing = Pairing::new(a, b, mapping);
    let merged = merge(a.plan(), b.plan(), &pairing);
    let comparer = Comparer { a, b, pairing: &pairing, merged: &merged, counting: Counting::new(&merged.plan) };
    let (first, second) = (results(a.definition(), a.plan()), results(b.definition(), b.plan()));
    let partner = |kind: ResultKind, id: &str| second.iter().find(|(other, known, _)| *other == kind && known == id);
    let mut comparison = Comparison { questions: comparer.questions(), results: Vec::new(), only_a: Vec::new(), only_b: Vec::new() };
    let mut both = Vec::new();
    for (kind, id, node) in &first {
        match partner(*kind, id) {
            Some((_, _, other)) => both.push((both.len(), *kind, id, (*node, *other))),
            None => comparison.only_a.push((*kind, id.clone())),
        }
    }
    // What depends on few questions comes first, so that as much as can be is counted before something proves too large.
    both.sort_by_cached_key(|(place, _, _, nodes)| (comparer.size(*nodes), *place));
    let mut compared: Vec<(usize, Compared)> =
        both.into_iter().map(|(place, kind, id, (one, two))| (place, comparer.result(kind, id, one, two))).collect();
    compared.sort_by_key(|(place, _)| *place);
    comparison.results = compared.into_iter().map(|(_, one)| one).collect();
    let known = |kind: ResultKind, id: &str| first.iter().any(|(other, known, _)| *other == kind && known == id);
    comparison.only_b = second.iter().filter(|(kind, id, _)| !known(*kind, id)).map(|(kind, id, _)| (*kind, id.clone())).collect();
    comparison
}

struct Comparer<'c> {
    a: &'c Instrument,
    b: &'c Instrument,
    pairing: &'c Pairing,
    merged: &'c Merged,
    counting: Counting<'c>,
}

impl Comparer<'_> {
    /// On how many questions two results depend.
    fn size(&self, (a, b): (NodeId, NodeId)) -> usize {
        let made = |side: Side, node: NodeId| self.merged.nodes.get(&(side, node)).and_then(|made| made.clone().ok());
        let nodes: Vec<NodeId> = made(Side::A, a).into_iter().chain(made(Side::B, b)).collect();
        self.fields_of(&nodes).len()
    }

    fn result(&self, kind: ResultKind, id: &str, a: NodeId, b: NodeId) -> Compared {
        let made = |side: Side, node: NodeId| self.merged.nodes.get(&(side, node)).cloned().unwrap_or(Err(Undecided::Disagree));
        let (verdict, depends_on) = match (made(Side::A, a), made(Side::B, b)) {
            (Ok(one), Ok(two)) if one == two => (Verdict::SameRule, self.questions_of(&[one])),
            (Ok(one), Ok(two)) if self.are_strangers(one, two) => {
                (Verdict::NotDecided(Undecided::NothingShared), self.questions_of(&[one, two]))
            }
            (Ok(one), Ok(two)) => match self.counting.joint(&[&Expr::Node(one), &Expr::Node(two)]) {
                Ok(counted) => (self.counted((a, one), (b, two), &counted), self.ids(counted.fields.clone())),
                Err(reason) => (Verdict::NotDecided(reason), self.questions_of(&[one, two])),
            },
            (Err(reason), _) | (_, Err(reason)) => (Verdict::NotDecided(reason), Vec::new()),
        };
        Compared { kind, id: id.to_owned(), depends_on, verdict }
    }

    /// Whether two instruments decide something by questions that have nothing to do with each other.
    fn are_strangers(&self, one: NodeId, two: NodeId) -> bool {
        let (ours, theirs) = (self.fields_of(&[one]), self.fields_of(&[two]));
        self.a.definition().id.value != self.b.definition().id.value
            && !ours.is_empty()
            && !theirs.is_empty()
            && !ours.iter().any(|field| theirs.contains(field))
    }

    /// The questions that nodes depend on.
    fn questions_of(&self, nodes: &[NodeId]) -> Vec<String> {
        self.ids(self.fields_of(nodes))
    }

    fn fields_of(&self, nodes: &[NodeId]) -> Vec<FieldId> {
        let (mut waiting, mut seen, mut fields) = (nodes.to_vec(), Vec::new(), Vec::new());
        while let Some(node) = waiting.pop() {
            if seen.contains(&node) {
                continue;
            }
            seen.push(node);
            let mut read = Vec::new();
            self.merged.plan.node(node).expr.for_each_read(&mut |field| read.push(field), &mut |node| waiting.push(node));
            for field in read {
                waiting.extend(self.merged.plan.field(field).shown);
                if !fields.contains(&field) && self.merged.plan.field(field).role != Role::Setting {
                    fields.push(field);
                }
            }
        }
        fields
    }

    fn ids(&self, mut fields: Vec<FieldId>) -> Vec<String> {
        fields.sort_unstable();
        fields.into_iter().map(|field| self.merged.plan.field(field).id.clone()).collect()
    }

    fn counted(&self, a: (NodeId, NodeId), b: (NodeId, NodeId), counted: &Joint) -> Verdict {
        let of = counted.sheets();
        if of == Count::ZERO {
            return Verdict::NotDecided(Undecided::NoSheet);
        }
        let sheets = Sheets::new(self.a.plan(), self.b.plan(), self.pairing, self.merged);
        let mut pairs: BTreeMap<(Option<Value>, Option<Value>), Met<'_>> = BTreeMap::new();
        for cell in &counted.cells {
            let [from, to] = cell.values.as_slice() else { return Verdict::NotDecided(Undecided::Disagree) };
            let told = (self.told(a.1, *from), self.told(b.1, *to));
            let key = (*from, *to);
            pairs.entry(key).or_insert_with(|| (told.0, told.1, Count::ZERO, cell)).2 += &cell.sheets;
        }
        let (mut all, mut differing) = (Vec::new(), Count::ZERO);
        for (from, to, count, cell) in pairs.into_values() {
            let witness = match sheets.witness(&cell.answers, (a.0, &from), (b.0, &to)) {
                Ok(witness) => witness,
                Err(reason) => return Verdict::NotDecided(reason),
            };
            if from != to {
                differing += &count;
            }
            all.push(Pair { from, to, sheets: count, witness });
        }
        if differing == Count::ZERO {
            return Verdict::SameOnAll(of);
        }
        let told = |node: NodeId, value: Option<Value>| self.told(node, value);
        let regions =
            regions(&self.counting, (a.1, b.1), &all, &told, &|answers, from, to| sheets.witness(answers, (a.0, from), (b.0, to)).ok());
        Verdict::Differs { sheets: differing, of, pairs: all, regions }
    }

    /// A value of a node of the one plan as it is told.
    fn told(&self, node: NodeId, value: Option<Value>) -> Told {
        told(&self.merged.plan, self.merged.plan.node(node).kind, value)
    }

    fn questions(&self) -> Questions {
        let mut questions = questions((self.a.plan(), self.b.plan()), self.pairing, self.merged);
        let (a, b) = (self.a.definition(), self.b.definition());
        for score in &a.scores {
            let Some(other) = b.scores.iter().find(|other| other.id.value == score.id.value) else { continue };
            let rule = |definition: &Definition, score: &crate::definition::Score| {
                score.missing.as_ref().or(definition.missing.as_ref()).map(|rule| rule.value)
            };
            if rule(a, score) != rule(b, other) {
                questions.missing.push(score.id.value.clone());
            }
        }
        questions
    }
}

/// Two values as they are told, on how many sheets they stand together, and a cell of them.
type Met<'c> = (Told, Told, Count, &'c Cell);

/// A value as it is told.
pub(super) fn told(plan: &ScoringPlan, kind: Type, value: Option<Value>) -> Told {
    match value {
        None => Told::Nothing,
        Some(Value::Number(number)) => Told::Number(number.normalize()),
        Some(Value::Boolean(truth)) => Told::Truth(truth),
        Some(value) => Told::Code(plan.code_text(kind, value).to_owned()),
    }
}
