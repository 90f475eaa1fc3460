//! Looks for a made-up sheet on which a condition holds, as near to the mildest sheet as it can. Proves nothing beyond what it finds.

use crate::check::witness::{Search, candidates, search};
use crate::definition::{Date, ItemType};
use crate::plan::{Expr, Field, FieldId, NodeId, ScoringPlan, State, Value};
use crate::reach::Evaluation;
use crate::sort::sort;

/// Pairs of answers that are tried for one condition.
const MOST_PAIRS: usize = 3_000;

/// How a search ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sought {
    /// A sheet on which the condition holds. Hidden questions have no answer.
    Sheet(Vec<State>),
    /// There is none.
    Never,
    /// There may be one.
    Unknown,
}

/// The sheet that `fill: first` gives: every question at its first answer, no day, time or text.
pub(crate) fn mildest(plan: &ScoringPlan) -> Vec<State> {
    plan.fields().iter().map(first).collect()
}

fn first(field: &Field) -> State {
    match field.kind {
        _ if field.default.is_some() => field.default.map_or(State::Blank, State::Known),
        ItemType::Date | ItemType::Time | ItemType::Text => State::Blank,
        _ => candidates(field).0.first().copied().unwrap_or(State::Blank),
    }
}

/// Searches a sheet on which a condition holds.
pub(crate) fn seek(plan: &ScoringPlan, condition: &Expr) -> Sought {
    let seeker = Seeker::new(plan, condition);
    let start = mildest(plan);
    if seeker.holds(&start) {
        return Sought::Sheet(settled(plan, start));
    }
    if let Some(sheet) = seeker.nearby(&start) {
        return Sought::Sheet(settled(plan, sheet));
    }
    match search(plan, condition) {
        Search::Found(sheet) if seeker.holds(&sheet) => Sought::Sheet(settled(plan, seeker.nearer(&start, sheet))),
        Search::Found(_) | Search::GaveUp => Sought::Unknown,
        Search::Never => Sought::Never,
    }
}

struct Seeker<'a> {
    plan: &'a ScoringPlan,
    condition: &'a Expr,
    /// The fields on which the condition depends, with all answers to try.
    fields: Vec<(FieldId, Vec<State>)>,
    /// How many nodes, from the first on, it depends on.
    nodes: usize,
}

impl<'a> Seeker<'a> {
    fn new(plan: &'a ScoringPlan, condition: &'a Expr) -> Self {
        let (mut fields, mut nodes) = (Vec::new(), Vec::new());
        gather(plan, condition, &mut fields, &mut nodes);
        sort(&mut fields);
        let count = nodes.iter().map(|node: &NodeId| node.0 + 1).max().unwrap_or(0);
        let answers = |id: &FieldId| {
            let field = plan.field(*id);
            let absent = |state: &State| !matches!(state, State::Absent(_));
            // Absent reasons are no answers of a mild sheet; a search that needs one finds it later.
            (*id, candidates(field).0.into_iter().filter(absent).collect())
        };
        Self { plan, condition, fields: fields.iter().map(answers).collect(), nodes: count.max(plan.index.until_shown) }
    }

    fn holds(&self, sheet: &[State]) -> bool {
        let evaluation = Evaluation::first(self.plan, sheet, 0, self.nodes);
        self.plan.evaluate(self.condition, &evaluation.explorer(0)) == Some(Value::Boolean(true))
    }

    /// A sheet that differs from another one in one answer or in two.
    fn nearby(&self, start: &[State]) -> Option<Vec<State>> {
        let mut sheet = start.to_vec();
        let mut tries: Vec<(FieldId, State)> = Vec::new();
        for (field, answers) in &self.fields {
            for answer in answers.iter().filter(|answer| start.get(field.0) != Some(answer)) {
                if self.with(&mut sheet, &[(*field, *answer)]) {
                    return Some(sheet);
                }
                put(&mut sheet, start, *field);
                tries.push((*field, *answer));
            }
        }
        if tries.len().saturating_mul(tries.len()) / 2 > MOST_PAIRS {
            return None;
        }
        for (place, one) in tries.iter().enumerate() {
            for two in tries.iter().skip(place + 1).filter(|two| two.0 != one.0) {
                if self.with(&mut sheet, &[*one, *two]) {
                    return Some(sheet);
                }
                put(&mut sheet, start, one.0);
                put(&mut sheet, start, two.0);
            }
        }
        None
    }

    fn with(&self, sheet: &mut [State], answers: &[(FieldId, State)]) -> bool {
        for (field, answer) in answers {
            if let Some(slot) = sheet.get_mut(field.0) {
                *slot = *answer;
            }
        }
        self.holds(sheet)
    }

    /// Takes back every answer without which the condition still holds.
    fn nearer(&self, start: &[State], mut sheet: Vec<State>) -> Vec<State> {
        loop {
            let mut changed = false;
            for place in 0..sheet.len() {
                let field = FieldId(place);
                let (own, mild) = (sheet.get(place).copied(), start.get(place).copied());
                if own == mild {
                    continue;
                }
                put(&mut sheet, start, field);
                if self.holds(&sheet) {
                    changed = true;
                } else if let (Some(slot), Some(own)) = (sheet.get_mut(place), own) {
                    *slot = own;
                }
            }
            if !changed {
                return sheet;
            }
        }
    }
}

impl ScoringPlan {
    /// Takes the answers to hidden questions away, so that a made-up sheet is one that somebody could have filled in.
    pub fn without_hidden(&self, sheet: &mut [State]) {
        // Hiding one question can hide another: as often as there are questions is always enough.
        for _ in 0..self.fields().len() {
            let evaluation = Evaluation::first(self, &*sheet, 0, self.index.until_shown);
            let hidden = |field: &Field| field.shown.is_some_and(|shown| evaluation.value(shown) == Some(Value::Boolean(false)));
            let mut changed = false;
            for (field, state) in self.fields().iter().zip(sheet.iter_mut()) {
                if *state != State::Blank && hidden(field) {
                    *state = State::Blank;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
    }
}

fn settled(plan: &ScoringPlan, mut sheet: Vec<State>) -> Vec<State> {
    plan.without_hidden(&mut sheet);
    sheet
}

fn put(sheet: &mut [State], start: &[State], field: FieldId) {
    if let (Some(slot), Some(state)) = (sheet.get_mut(field.0), start.get(field.0)) {
        *slot = *state;
    }
}

/// The fields and nodes on which an expression depends, what shows a field included.
pub(crate) fn gather(plan: &ScoringPlan, expr: &Expr, fields: &mut Vec<FieldId>, nodes: &mut Vec<NodeId>) {
    let (mut read_fields, mut read_nodes) = (Vec::new(), Vec::new());
    expr.for_each_read(&mut |field| read_fields.push(field), &mut |node| read_nodes.push(node));
    for field in read_fields {
        if !fields.contains(&field) {
            fields.push(field);
            read_nodes.extend(plan.field(field).shown);
        }
    }
    for node in read_nodes {
        if !nodes.contains(&node) {
            nodes.push(node);
            gather(plan, &plan.node(node).expr, fields, nodes);
        }
    }
}

/// The answers of a sheet that differ from the mildest one, as an author would write them in YAML; settings and the day apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) answers: Vec<(String, String)>,
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) without: Vec<String>,
    pub(crate) date: Option<String>,
}

/// Writes a sheet down; the answer of one field even if it is the mildest.
pub(crate) fn written(plan: &ScoringPlan, sheet: &[State], written_out: Option<FieldId>) -> Written {
    let mut written = Written::default();
    for (place, (field, state)) in plan.fields().iter().zip(sheet).enumerate() {
        if *state == first(field) && written_out != Some(FieldId(place)) {
            continue;
        }
        let text = match state {
            State::Blank | State::LeftOut | State::Unclear => {
                let hidden = field.shown.is_some();
                written.without.extend((!hidden).then(|| field.id.clone()));
                continue;
            }
            State::Known(Value::Date(day)) => Date::from_day_number(*day).map_or_else(String::new, |date| date.to_string()),
            State::Known(Value::Codes(set)) => {
                let kind = field.answer_type();
                let codes = (0..64_u8).filter(|bit| set >> bit & 1 == 1).map(|bit| quoted(plan.code_text(kind, Value::Code(bit))));
                format!("[{}]", codes.collect::<Vec<_>>().join(", "))
            }
            State::Known(Value::Text) => "some text".to_owned(),
            State::Known(Value::Code(_)) => quoted(&plan.answer_text(field, *state)),
            State::Known(_) if field.kind == ItemType::Time => format!("\"{}\"", plan.answer_text(field, *state)),
            _ => plan.answer_text(field, *state),
        };
        if plan.assessed_on == Some(FieldId(place)) {
            written.date = Some(text);
        } else if field.role == crate::definition::Role::Setting {
            written.settings.push((field.id.clone(), text));
        } else {
            written.answers.push((field.id.clone(), text));
        }
    }
    written
}

/// A code as it can stand in YAML: in quotes unless it is a plain word or number.
pub(crate) fn quoted(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_alphanumeric() || c == '_') && !text.is_empty();
    let word = ["true", "false", "null", "yes", "no", "on", "off"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if plain && !word { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
