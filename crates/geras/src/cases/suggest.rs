//! Skeletons of the cases that are missing: for everything that no case touches a sheet that does, expectations left to a person. Fills none in.

use super::coverage::Counter;
use super::model::CaseFile;
use super::run::covering;
use super::target::{self, Kind, Target, asked};
use crate::Instrument;
use crate::plan::{FieldId, ScoringPlan, State, Value};
use crate::reach::Evaluation;
use crate::seek::{Sought, Written, quoted, seek, written};

/// What stands in place of an expectation that nobody has filled in.
pub const UNFILLED: &str = "?";

/// The cases that are missing, as far as a sheet was found for them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggestions {
    /// The sheet that they build on, as an entry of `sheets`; none where the file has one already.
    pub sheet: Option<String>,
    /// Cases as entries of `cases`, one after another.
    pub cases: Vec<Suggested>,
    /// What no sheet was found for.
    pub not_found: Vec<NotTouched>,
}

/// A case to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// What it touches that no case touches yet, as in the coverage.
    pub touches: Vec<String>,
    /// The entry in YAML, with its indentation.
    pub yaml: String,
}

/// Something for which no sheet was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTouched {
    /// What it is, as in the coverage.
    pub name: String,
    /// Whether it is certain that there is no such sheet.
    pub never: bool,
}

/// Suggests cases for everything of an instrument that the cases of a file do not touch. The same file always gives the same suggestions.
#[must_use]
pub fn suggest(file: &CaseFile, instrument: &Instrument) -> Suggestions {
    let plan = instrument.plan();
    let mut missing = covering(file, instrument, Counter::new(target::of_instrument(instrument))).missing();
    // Edges first: their sheets lie in bands and rows too.
    missing.sort_by_key(|target| (target.kind == Kind::Option, target.kind != Kind::Edge));
    let (base, sheet) = base(file);
    let mut names: Vec<String> = file.cases.iter().map(|case| case.name.value.clone()).collect();
    let mut suggestions = Suggestions { sheet, ..Suggestions::default() };
    let mut left: Vec<Option<Target>> = missing.into_iter().map(Some).collect();
    for place in 0..left.len() {
        let Some(target) = left.get_mut(place).and_then(Option::take) else { continue };
        let sheet = match seek(plan, &target.condition) {
            Sought::Sheet(sheet) => sheet,
            Sought::Never => {
                suggestions.not_found.push(NotTouched { name: target.name, never: true });
                continue;
            }
            Sought::Unknown => {
                suggestions.not_found.push(NotTouched { name: target.name, never: false });
                continue;
            }
        };
        let looks_at = asked(plan, instrument.definition(), None, &target.rules);
        let mut touches = vec![target.name.clone()];
        let evaluation = Evaluation::new(plan, sheet.as_slice(), 0);
        for slot in &mut left {
            let too = slot.take_if(|other| plan.evaluate(&other.condition, &evaluation.explorer(0)) == Some(Value::Boolean(true)));
            touches.extend(too.map(|too| too.name));
        }
        let name = unlike(&target.sentence, &mut names);
        let yaml = skeleton(&name, &base, &written(plan, &sheet, None), &looks_at);
        suggestions.cases.push(Suggested { touches, yaml });
    }
    if suggestions.cases.is_empty() {
        suggestions.sheet = None;
    }
    suggestions
}

/// A sheet of states as an entry of `cases` on top of the mildest sheet of a file. The answer of one field is written out even if it is the mildest.
pub(crate) fn skeleton_of(
    file: &CaseFile,
    plan: &ScoringPlan,
    name: &str,
    sheet: &[State],
    written_out: Option<FieldId>,
    looks_at: &[(&'static str, String)],
) -> (Option<String>, String) {
    let (base, entry) = base(file);
    let mut names: Vec<String> = file.cases.iter().map(|case| case.name.value.clone()).collect();
    let sheet = written(plan, sheet, written_out);
    (entry, skeleton(&unlike(name, &mut names), &base, &sheet, looks_at))
}

/// The name of a sheet of the file that is the mildest one; or a new one with its entry.
fn base(file: &CaseFile) -> (String, Option<String>) {
    let plain =
        |sheet: &&super::Sheet| sheet.base.is_none() && sheet.fill == Some(false) && sheet.answers.is_empty() && sheet.without.is_empty();
    if let Some(sheet) = file.sheets.iter().find(plain) {
        return (sheet.id.value.clone(), None);
    }
    let taken = |name: &str| file.sheets.iter().any(|sheet| sheet.id.value == name);
    let numbered = (2..).map(|number| format!("mildest_{number}"));
    let name = std::iter::once("mildest".to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default();
    let entry = format!("  {name}: {{fill: first}}");
    (name, Some(entry))
}

/// A name that no case has yet.
pub(super) fn unlike(name: &str, names: &mut Vec<String>) -> String {
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    let own = std::iter::once(name.to_owned()).chain(numbered).find(|name| !names.contains(name)).unwrap_or_default();
    names.push(own.clone());
    own
}

fn skeleton(name: &str, base: &str, sheet: &Written, looks_at: &[(&'static str, String)]) -> String {
    let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(id, text)| format!("{id}: {text}")).collect::<Vec<_>>().join(", ");
    let mut lines = vec![format!("  - name: \"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")), format!("    sheet: {base}")];
    lines.extend(sheet.date.iter().map(|date| format!("    date: {date}")));
    lines.extend((!sheet.settings.is_empty()).then(|| format!("    settings: {{{}}}", pairs(&sheet.settings))));
    lines.extend((!sheet.answers.is_empty()).then(|| format!("    answers: {{{}}}", pairs(&sheet.answers))));
    lines.extend((!sheet.without.is_empty()).then(|| format!("    without: [{}]", sheet.without.join(", "))));
    lines.push(format!("    expect: {}", expectation(looks_at)));
    lines.join("\n")
}

/// What has to be filled in, as the value of `expect`.
pub(super) fn expectation(looks_at: &[(&'static str, String)]) -> String {
    let mut expected: Vec<String> = Vec::new();
    for key in ["scores", "bands"] {
        let ids = looks_at.iter().filter(|(known, _)| *known == key).map(|(_, id)| format!("{}: \"{UNFILLED}\"", quoted(id)));
        let ids: Vec<String> = ids.collect();
        expected.extend((!ids.is_empty()).then(|| format!("{key}: {{{}}}", ids.join(", "))));
    }
    let mut order: Vec<&str> = looks_at.iter().filter(|(_, id)| id.is_empty()).map(|(key, _)| *key).collect();
    // As in all cases: what comes first in an outcome stands first.
    let place =
        |key: &&str| ["preliminary_grade", "grade", "adjustments", "findings", "alerts", "problems"].iter().position(|known| known == key);
    order.sort_by_key(|key| place(key).unwrap_or(usize::MAX));
    expected.extend(order.iter().map(|key| format!("{key}: \"{UNFILLED}\"")));
    format!("{{{}}}", expected.join(", "))
}
