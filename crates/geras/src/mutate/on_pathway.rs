//! What becomes of a change of a pathway: the cases are asked, then every check, then the persons near to the cases. Says unknown where it found nobody.

use std::sync::OnceLock;

use super::{Apart, Difference, Fate, Mutant, Told};
use crate::assess::{Coded, Holds, Scored};
use crate::cases::{CaseFile, Person, failing_on_pathway, near};
use crate::definition::{Clause, ClauseKind, Detail};
use crate::pathway::PathwayOutcome;
use crate::plan::{NodeId, ScoringPlan, State};
use crate::reach::Evaluation;
use crate::{Library, Pathway};

/// Persons that are looked at for one change.
const MOST_PERSONS: usize = 6_000;
/// Persons that are assessed for one change, because something that is computed for them seems to differ.
const MOST_ASSESSED: usize = 40;

/// A pathway with its cases, whose changes are tried.
pub struct PathwayTrial<'a> {
    file: &'a CaseFile,
    pathway: &'a Pathway,
    library: &'a Library,
    near: OnceLock<Vec<Known<'a>>>,
}

/// A person near to a case, and what is known of them.
struct Known<'a> {
    person: Person<'a>,
    /// Nothing where the answers are refused.
    states: Vec<State>,
}

impl<'a> PathwayTrial<'a> {
    /// The cases must pass. The library holds what the pathway uses and extends.
    #[must_use]
    pub const fn new(file: &'a CaseFile, pathway: &'a Pathway, library: &'a Library) -> Self {
        Self { file, pathway, library, near: OnceLock::new() }
    }

    /// What becomes of one change.
    #[must_use]
    pub fn fate(&self, mutant: &Mutant) -> Fate {
        let source = &self.pathway.definition().head.source;
        let text = mutant.applied(source.text());
        let changed = match Pathway::unproved(source.path(), &text, self.library) {
            Ok(changed) => changed,
            Err(faults) => return super::refused(&faults),
        };
        if let Some(case) = failing_on_pathway(self.file, &changed) {
            return Fate::NoticedByCase(case.to_owned());
        }
        if let Err(faults) = Pathway::read(source.path(), &text, self.library) {
            return super::refused(&faults);
        }
        Fate::Unnoticed(self.apart(&changed, &mutant.what))
    }

    fn apart(&self, changed: &Pathway, what: &str) -> Apart {
        if same_rules(self.pathway, changed) {
            return Apart::Same;
        }
        let (plan, other) = (self.pathway.plan(), changed.plan());
        let alike =
            plan.fields().len() == other.fields().len() && plan.fields().iter().zip(other.fields()).all(|(one, two)| one.id == two.id);
        let mut assessed = 0;
        for known in self.near() {
            if assessed >= MOST_ASSESSED {
                break;
            }
            // What comes of a change in points or days is not computed by the plan: everybody is assessed then.
            if alike && !known.states.is_empty() && details(self.pathway) == details(changed) && !differs(plan, other, &known.states) {
                continue;
            }
            assessed += 1;
            if let Some(told) = self.told(&known.person, changed, what) {
                return Apart::Told(told);
            }
        }
        Apart::Unknown
    }

    fn near(&self) -> &[Known<'a>] {
        self.near.get_or_init(|| {
            let known = |person: Person<'a>| {
                let states =
                    person.taken(self.pathway).map_or_else(|_| Vec::new(), |answers| self.pathway.assess(&answers).states.to_vec());
                Known { person, states }
            };
            near(self.file, self.pathway).take(MOST_PERSONS).map(known).collect()
        })
    }

    /// What differs for a person, and the case that would notice.
    fn told(&self, person: &Person<'_>, changed: &Pathway, what: &str) -> Option<Told> {
        let (mut differences, mut looks_at) = (Vec::new(), Vec::new());
        match (person.taken(self.pathway), person.taken(changed)) {
            (Ok(now), Ok(then)) => {
                let (now, then) = (lines(&self.pathway.assess(&now)), lines(&changed.assess(&then)));
                let gone = then.iter().filter(|line| !now.iter().any(|known| known.is_of(line)));
                for line in now.iter().chain(gone) {
                    // A clause that is not there holds for nobody.
                    let word = |lines: &[Line]| lines.iter().find(|known| known.is_of(line)).map_or("no", |line| &line.value).to_owned();
                    let (now, changed) = (word(&now), word(&then));
                    if now != changed {
                        differences.push(Difference { result: line.result.clone(), now, changed });
                        looks_at.push((line.key, String::new()));
                    }
                }
            }
            (Err(_), Err(_)) => {}
            (now, _) => {
                let (is, becomes) = if now.is_ok() { ("taken", "refused") } else { ("refused", "taken") };
                differences.push(Difference { result: "the sheet".to_owned(), now: is.to_owned(), changed: becomes.to_owned() });
                looks_at.push(("problems", String::new()));
            }
        }
        looks_at.dedup();
        let name = format!("a case for the {}", what.trim_start_matches("the "));
        (!differences.is_empty()).then(|| Told { differences, sheet: None, yaml: person.skeleton(&name, &looks_at) })
    }
}

/// One result of a person, with the key under which a case expects it.
struct Line {
    key: &'static str,
    result: String,
    value: String,
}

impl Line {
    fn is_of(&self, other: &Self) -> bool {
        self.key == other.key && self.result == other.result
    }
}

/// All results that a case can expect.
fn lines(outcome: &PathwayOutcome<'_>) -> Vec<Line> {
    let coded = |coded: Coded<'_>| if let Coded::Decided(code) = coded { code.to_owned() } else { "open".to_owned() };
    let id = |clause: Option<&Clause>| clause.map_or_else(|| "none".to_owned(), |clause| clause.id.value.clone());
    let points = |points: Scored| if let Scored::Decided(points) = points { points.normalize().to_string() } else { "open".to_owned() };
    let days = outcome.review().map_or_else(|| "none".to_owned(), |review| review.days.to_string());
    let ends = [
        ("routing", coded(outcome.routing().kind)),
        ("proposal", coded(outcome.proposal().kind)),
        ("rule", id(outcome.rule())),
        ("wish", id(outcome.wish())),
        ("priority", points(outcome.priority().points)),
        ("review", days),
    ];
    let mut lines: Vec<Line> = ends.into_iter().map(|(key, value)| Line { key, result: key.to_owned(), value }).collect();
    for kind in ClauseKind::ALL.into_iter().filter(|kind| kind.has_a_name()) {
        for found in outcome.clauses(kind) {
            let value = match found.holds {
                Holds::Yes => "yes",
                Holds::No => "no",
                Holds::Open => "open",
            };
            lines.push(Line { key: kind.key(), result: found.clause.id.value.clone(), value: value.to_owned() });
        }
    }
    lines
}

/// Whether something that a plan computes of these answers differs.
fn differs(plan: &ScoringPlan, other: &ScoringPlan, states: &[State]) -> bool {
    let (one, two) = (Evaluation::new(plan, states, 0), Evaluation::new(other, states, 0));
    plan.nodes().len() != other.nodes().len()
        || plan.nodes().iter().enumerate().any(|(place, node)| {
            let there = other.nodes().get(place).filter(|there| there.purpose == node.purpose);
            there.is_none() || one.value(NodeId(place)) != two.value(NodeId(place))
        })
}

/// What clauses bring that no plan computes: points and days.
fn details(pathway: &Pathway) -> Vec<(&str, &Detail)> {
    let brings = |clause: &&Clause| matches!(clause.detail, Detail::Points(_) | Detail::Days(_));
    pathway.definition().clauses.iter().filter(brings).map(|clause| (clause.id.value.as_str(), &clause.detail)).collect()
}

/// Whether two pathways compute the same in the same way; then no result differs.
fn same_rules(one: &Pathway, two: &Pathway) -> bool {
    let ids =
        |pathway: &Pathway| pathway.definition().clauses.iter().map(|clause| (clause.kind, clause.id.value.clone())).collect::<Vec<_>>();
    let rules = |pathway: &Pathway| {
        let plan = pathway.plan();
        format!("{:?}{:?}{:?}{:?}", plan.fields(), plan.nodes(), plan.codes, plan.results)
    };
    ids(one) == ids(two) && details(one) == details(two) && rules(one) == rules(two)
}
