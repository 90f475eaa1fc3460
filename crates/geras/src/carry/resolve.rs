//! Mappings whose every name is known: made from files and a library, or refused with all that is wrong. What they carry is in `apply`.

use super::model::{CarryFile, Entry, Pair, Way};
use super::name;
use crate::check::{carried_twice, carry_leaves_option, round_trip_differs};
use crate::definition::{Id, ItemType, Role, Texts, did_you_mean, shortened};
use crate::plan::{Field, FieldId};
use crate::sort::sort_by_key;
use crate::source::{Diagnostic, Severity, Span};
use crate::{Instrument, Library};

/// A sound mapping from one edition to another.
#[derive(Debug, Clone)]
pub struct Mapping<'f> {
    /// The file it was read from.
    pub file: &'f CarryFile,
    /// What its author wrote.
    pub pair: &'f Pair,
    /// The instrument and edition that answers come from.
    pub from: String,
    /// The instrument and edition that they are carried to.
    pub to: String,
    pub(crate) rules: Vec<Rule<'f>>,
}

/// How one item is answered.
#[derive(Debug, Clone)]
pub(crate) struct Rule<'f> {
    pub(crate) entry: &'f Entry,
    pub(crate) to: FieldId,
    pub(crate) from: Vec<FieldId>,
    pub(crate) table: Option<Vec<Target>>,
}

/// What one option of theirs is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The place of our option, and whether it means the same.
    Option(u8, bool),
    /// Not determined.
    Open,
}

/// Everything that is wrong with files of mappings, in the order of the files. A mapping between editions that the library does not have is refused.
#[must_use]
pub fn check(files: &[CarryFile], library: &Library) -> Vec<Diagnostic> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    carried_twice::of_pairs(files, &mut faults);
    for file in files {
        let to = instrument(file, &file.to, library, &mut faults);
        for pair in &file.pairs {
            let from = instrument(file, &pair.from, library, &mut faults);
            if let Some((to, from)) = to.zip(from) {
                found.extend(Resolver { file, faults: &mut faults }.pair(pair, to, from));
            }
        }
    }
    round_trip_differs::find(&found, library, &mut faults);
    sort_by_key(&mut faults, Diagnostic::order);
    faults
}

/// The mapping from one edition to another, if one of these files has it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn mapping<'f>(files: &'f [CarryFile], from: &Instrument, to: &Instrument) -> Result<Option<Mapping<'f>>, Vec<Diagnostic>> {
    let names = |id: &Id, instrument: &Instrument| id.value.rsplit('/').next() == Some(name(instrument.definition()).as_str());
    let mut into = files.iter().filter(|file| names(&file.to, to)).flat_map(|file| file.pairs.iter().map(move |pair| (file, pair)));
    let Some((file, pair)) = into.find(|(_, pair)| names(&pair.from, from)) else { return Ok(None) };
    let mut faults = Vec::new();
    let found = Resolver { file, faults: &mut faults }.pair(pair, to, from);
    sort_by_key(&mut faults, Diagnostic::order);
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// The edition that a file of mappings names.
fn instrument<'l>(file: &CarryFile, id: &Id, library: &'l Library, faults: &mut Vec<Diagnostic>) -> Option<&'l Instrument> {
    let (name, message, help) = if id.value.contains('@') {
        match library.find(&id.value, None) {
            Ok(found) => return Some(found),
            Err(why) => ("unknown-name", why.to_string(), "the two definitions have to stand in the same tree, and be sound"),
        }
    } else {
        let message = format!("`{}` names no edition", shortened(&id.value));
        ("wrong-form", message, "write the instrument with its edition, like `gb-t-42195@2022`")
    };
    faults.push(Diagnostic::new(name, Severity::Error, &file.source, id.span, message).help(help));
    None
}

struct Resolver<'f, 'o> {
    file: &'f CarryFile,
    faults: &'o mut Vec<Diagnostic>,
}

impl<'f> Resolver<'f, '_> {
    fn fault(&mut self, name: &'static str, span: Span, message: String, help: impl Into<String>) {
        self.faults.push(Diagnostic::new(name, Severity::Error, &self.file.source, span, message).help(help));
    }

    fn pair(&mut self, pair: &'f Pair, to: &Instrument, from: &Instrument) -> Option<Mapping<'f>> {
        let before = self.faults.len();
        carried_twice::of_entries(self.file, pair, self.faults);
        for entry in &pair.entries {
            self.reason(entry);
        }
        let rules: Vec<Rule<'f>> = pair.entries.iter().filter_map(|entry| self.entry(entry, to, from)).collect();
        let (from, to) = (name(from.definition()), name(to.definition()));
        (self.faults.len() == before).then_some(Mapping { file: self.file, pair, from, to, rules })
    }

    fn reason(&mut self, entry: &Entry) {
        let Some(reason) = &entry.reason else { return };
        let missing: Vec<&str> = self.file.languages.iter().map(|tag| tag.value.as_str()).filter(|tag| empty(reason, tag)).collect();
        if !missing.is_empty() {
            let message = format!("this text is missing in `{}`", missing.join("`, `"));
            self.fault("text-missing", reason.span, message, "add the translation, or take the language out of `languages`");
        }
    }

    fn field(&mut self, id: &Id, of: &Instrument) -> Option<FieldId> {
        let plan = of.plan();
        let fits = |field: &Field| field.role != Role::Setting && field.place != usize::MAX;
        let found = plan.field_id(&id.value).filter(|found| fits(plan.field(*found)));
        if found.is_none() {
            let known: Vec<&str> = plan.fields().iter().filter(|field| fits(field)).map(|field| field.id.as_str()).collect();
            let message = format!("{} has no item or input `{}`", name(of.definition()), shortened(&id.value));
            self.fault("unknown-name", id.span, message, did_you_mean(&id.value, &known));
        }
        found
    }

    fn entry(&mut self, entry: &'f Entry, to: &Instrument, from: &Instrument) -> Option<Rule<'f>> {
        let item = self.field(&entry.item, to);
        let sources: Vec<Option<FieldId>> = entry.from.iter().map(|id| self.field(id, from)).collect();
        let (item, sources) = (item?, sources.into_iter().collect::<Option<Vec<FieldId>>>()?);
        let (ours, first) = (to.plan().field(item), from.plan().field(*sources.first()?));
        match &entry.way {
            Way::Unchanged(_) => {
                if let Err(why) = taken_over(ours, first, to, from, sources.len()) {
                    self.fault("types-differ", entry.span, why, "carry it option by option, or not at all");
                    return None;
                }
                Some(Rule { entry, to: item, from: sources, table: None })
            }
            Way::Options { exact, approximate, open } => {
                let our_codes = self.codes(ours, to, &entry.item)?;
                let mut table: Option<Vec<Target>> = None;
                for (source, id) in sources.iter().zip(&entry.from) {
                    let their_codes = self.codes(from.plan().field(*source), from, id)?;
                    let mut targets = vec![None; their_codes.len()];
                    for ((theirs, our), same) in exact.iter().map(|pair| (pair, true)).chain(approximate.iter().map(|pair| (pair, false))) {
                        let (place, target) = (self.code(theirs, &their_codes, id), self.code(our, &our_codes, &entry.item));
                        self.set(&mut targets, place?, Target::Option(u8::try_from(target?).ok()?, same), theirs);
                    }
                    for theirs in open {
                        let place = self.code(theirs, &their_codes, id);
                        self.set(&mut targets, place?, Target::Open, theirs);
                    }
                    let left: Vec<&str> =
                        targets.iter().zip(&their_codes).filter(|(target, _)| target.is_none()).map(|(_, code)| code.as_str()).collect();
                    carry_leaves_option::say(self.file, entry, id, &left, self.faults);
                    table = targets.into_iter().collect();
                    table.as_ref()?;
                }
                Some(Rule { entry, to: item, from: sources, table })
            }
        }
    }

    fn set(&mut self, targets: &mut [Option<Target>], place: usize, target: Target, at: &Id) {
        let Some(slot) = targets.get_mut(place) else { return };
        match slot {
            None => *slot = Some(target),
            Some(_) => carried_twice::option(self.file, at, self.faults),
        }
    }

    /// The codes of an item that has options; those of yes and no are `false` and `true`.
    fn codes(&mut self, field: &Field, of: &Instrument, at: &Id) -> Option<Vec<String>> {
        match (field.kind, field.codes) {
            (ItemType::Choice, Some(set)) => Some(of.plan().codes(set).to_vec()),
            (ItemType::Boolean, _) => Some(vec!["false".to_owned(), "true".to_owned()]),
            _ => {
                let message = format!("`{}` is answered with {}, and has no options to carry", field.id, field.kind.word());
                self.fault("types-differ", at.span, message, "write `unchanged: exact` or `unchanged: approximate`");
                None
            }
        }
    }

    fn code(&mut self, code: &Id, codes: &[String], whose: &Id) -> Option<usize> {
        let found = codes.iter().position(|known| *known == code.value);
        if found.is_none() {
            let known: Vec<&str> = codes.iter().map(String::as_str).collect();
            let message = format!("`{}` has no option `{}`", whose.value, shortened(&code.value));
            self.fault("unknown-option", code.span, message, did_you_mean(&code.value, &known));
        }
        found
    }
}

fn empty(text: &Texts, tag: &str) -> bool {
    text.exact(tag).is_none_or(str::is_empty)
}

/// Whether every answer of theirs is an answer of ours, or else why not.
fn taken_over(ours: &Field, theirs: &Field, to: &Instrument, from: &Instrument, sources: usize) -> Result<(), String> {
    if sources > 1 {
        return Err("several answers cannot be one answer unchanged".to_owned());
    }
    let whole_into_decimal = ours.kind == ItemType::Decimal && theirs.kind == ItemType::Integer;
    if ours.kind != theirs.kind && !whole_into_decimal {
        return Err(format!(
            "`{}` takes an answer of type {}, and `{}` has one of type {}",
            ours.id,
            ours.kind.word(),
            theirs.id,
            theirs.kind.word()
        ));
    }
    let codes = |field: &Field, of: &Instrument| field.codes.map(|set| of.plan().codes(set).to_vec()).unwrap_or_default();
    if let Some(code) = codes(theirs, from).into_iter().find(|code| !codes(ours, to).contains(code)) {
        return Err(format!("`{}` has no option `{code}`, which `{}` has", ours.id, theirs.id));
    }
    if let (Some((low, high)), Some((lowest, highest))) = (theirs.range, ours.range)
        && (low < lowest || high > highest)
    {
        return Err(format!("`{}` goes from {low} to {high}, and `{}` only from {lowest} to {highest}", theirs.id, ours.id));
    }
    if ours.step.is_some() && ours.step != theirs.step {
        return Err(format!("`{}` and `{}` have different steps", theirs.id, ours.id));
    }
    Ok(())
}
