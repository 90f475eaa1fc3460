//! Decision diagrams: what something comes to on every sheet at once. Equal parts are kept once, so that a sum of twenty-six items stays small. Knows no expression and no field.
//!
//! A diagram asks one variable after another, always in the same order, and ends in a leaf. Two diagrams that mean the same are the same.

use std::collections::BTreeMap;

use super::leaf::Leaf;
use crate::sorted::Lookup;

/// More parts than this are not kept: what would need more is not decided.
const MOST_PARTS: usize = 1 << 21;

/// More different leaves than this are not kept either.
const MOST_LEAVES: usize = 1 << 16;

/// More combinations of parts than this are not looked at for one question: some seconds.
const MOST_STEPS: usize = 1 << 20;

/// A diagram: a leaf, or the part that asks the first variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Diagram {
    Leaf(u32),
    Part(u32),
}

/// Diagrams grew beyond what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLarge;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    variable: usize,
    /// What follows, by the place of the variable's value.
    next: Box<[Diagram]>,
}

/// All diagrams of one question, sharing their parts.
#[derive(Debug, Default)]
pub(super) struct Diagrams {
    parts: Vec<Part>,
    known_parts: BTreeMap<Part, u32>,
    leaves: Vec<Leaf>,
    known_leaves: Lookup<Leaf, u32>,
    steps: usize,
}

impl Diagrams {
    pub(super) fn leaf(&mut self, leaf: Leaf) -> Diagram {
        if let Some(known) = self.known_leaves.get(&leaf) {
            return Diagram::Leaf(*known);
        }
        let place = u32::try_from(self.leaves.len()).unwrap_or(u32::MAX);
        self.leaves.push(leaf.clone());
        self.known_leaves.or_insert(leaf, place);
        Diagram::Leaf(place)
    }

    /// The diagram that asks a variable first. `next` has one diagram for each of its values, and each asks only later variables.
    pub(super) fn ask(&mut self, variable: usize, next: Vec<Diagram>) -> Result<Diagram, TooLarge> {
        if let Some(first) = next.first()
            && next.iter().all(|other| other == first)
        {
            return Ok(*first);
        }
        let part = Part { variable, next: next.into_boxed_slice() };
        if let Some(known) = self.known_parts.get(&part) {
            return Ok(Diagram::Part(*known));
        }
        if self.parts.len() >= MOST_PARTS {
            return Err(TooLarge);
        }
        let place = u32::try_from(self.parts.len()).map_err(|_| TooLarge)?;
        self.parts.push(part.clone());
        self.known_parts.insert(part, place);
        Ok(Diagram::Part(place))
    }

    /// The leaf, if the diagram asks nothing.
    pub(super) fn end(&self, diagram: Diagram) -> Option<&Leaf> {
        if let Diagram::Leaf(place) = diagram { self.leaves.get(place as usize) } else { None }
    }

    /// The variable that a diagram asks first, and what follows each of its values.
    pub(super) fn first(&self, diagram: Diagram) -> Option<(usize, &[Diagram])> {
        let Diagram::Part(place) = diagram else { return None };
        self.parts.get(place as usize).map(|part| (part.variable, &*part.next))
    }

    /// The diagram where a variable has one of its values.
    pub(super) fn fixed(&mut self, diagram: Diagram, variable: usize, value: usize) -> Result<Diagram, TooLarge> {
        self.fixed_in(diagram, variable, value, &mut Lookup::default())
    }

    fn fixed_in(
        &mut self,
        diagram: Diagram,
        variable: usize,
        value: usize,
        done: &mut Lookup<Diagram, Diagram>,
    ) -> Result<Diagram, TooLarge> {
        let Some((first, next)) = self.first(diagram) else { return Ok(diagram) };
        if first > variable {
            return Ok(diagram);
        }
        if first == variable {
            return Ok(next.get(value).copied().unwrap_or(diagram));
        }
        if let Some(known) = done.get(&diagram) {
            return Ok(*known);
        }
        let next = next.to_vec();
        let mut fixed = Vec::with_capacity(next.len());
        for part in next {
            fixed.push(self.fixed_in(part, variable, value, done)?);
        }
        let result = self.ask(first, fixed)?;
        done.or_insert(diagram, result);
        Ok(result)
    }

    /// The diagram with each leaf replaced.
    pub(super) fn map(&mut self, diagram: Diagram, change: &mut dyn FnMut(&Leaf) -> Leaf) -> Result<Diagram, TooLarge> {
        self.combine(&[diagram], &mut |leaves| leaves.first().map(|leaf| leaf.map_or(Leaf::Open, &mut *change)))
    }

    /// The diagram of what several come to together. `join` gets the leaves that are known so far, and may answer before it knows all of them.
    pub(super) fn combine(&mut self, of: &[Diagram], join: &mut dyn FnMut(&[Option<&Leaf>]) -> Option<Leaf>) -> Result<Diagram, TooLarge> {
        let mut done = BTreeMap::new();
        self.combined(of.to_vec(), join, &mut done)
    }

    fn combined(
        &mut self,
        of: Vec<Diagram>,
        join: &mut dyn FnMut(&[Option<&Leaf>]) -> Option<Leaf>,
        done: &mut BTreeMap<Vec<Diagram>, Diagram>,
    ) -> Result<Diagram, TooLarge> {
        if let Some(known) = done.get(&of) {
            return Ok(*known);
        }
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(TooLarge);
        }
        let ends: Vec<Option<&Leaf>> = of.iter().map(|diagram| self.end(*diagram)).collect();
        let all = ends.iter().all(Option::is_some);
        let joined = if all || ends.iter().any(Option::is_some) { join(&ends) } else { None };
        let variable = of.iter().filter_map(|diagram| self.first(*diagram)).map(|(variable, _)| variable).min();
        let result = match (joined, variable) {
            (Some(_), _) if self.leaves.len() > MOST_LEAVES => return Err(TooLarge),
            (Some(leaf), _) => self.leaf(leaf),
            (None, None) => self.leaf(Leaf::Open),
            (None, Some(variable)) => {
                let asks = |diagram: &&Diagram| self.first(**diagram).is_some_and(|(first, _)| first == variable);
                let count = of.iter().find(asks).and_then(|diagram| self.first(*diagram)).map_or(0, |(_, next)| next.len());
                let mut next = Vec::with_capacity(count);
                for value in 0..count {
                    let follow = |diagram: &Diagram| match self.first(*diagram) {
                        Some((first, next)) if first == variable => next.get(value).copied().unwrap_or(*diagram),
                        _ => *diagram,
                    };
                    let followed = of.iter().map(follow).collect();
                    next.push(self.combined(followed, join, done)?);
                }
                self.ask(variable, next)?
            }
        };
        done.insert(of, result);
        Ok(result)
    }
}
