//! A mapping that says two things of one answer.

use super::page::Page;
use crate::carry::{CarryFile, Pair};
use crate::definition::Id;
use crate::sorted::SortedMap;
use crate::source::{Diagnostic, Severity, Span};

pub(crate) const PAGE: Page = Page {
    name: "carried-twice",
    finds: "A file of mappings names an instrument, an item or an option a second time, so that one answer would lead to two.",
    why: "Which of the two answers a person gets would depend on which line was read first.",
    wrong: "--- # 1.carry.yaml
carry_to: home-visit@1
languages: [en]
mappings:
  - from: daily-help@1
    items:
      - item: eating
        from: eating
        exact: {alone: alone, fed: unable}
        approximate: {helped: helped, fed: helped}
        reason: {en: Help with eating is asked for more broadly there}",
    right: "--- # 1.carry.yaml
carry_to: home-visit@1
languages: [en]
mappings:
  - from: daily-help@1
    items:
      - item: eating
        from: eating
        exact: {alone: alone, fed: unable}
        approximate: {helped: helped}
        reason: {en: Help with eating is asked for more broadly there}",
};

fn say(file: &CarryFile, span: Span, message: String, first: Option<Span>, out: &mut Vec<Diagnostic>) {
    let mut fault = Diagnostic::new(PAGE.name, Severity::Error, &file.source, span, message);
    if let Some(first) = first {
        fault = fault.also(first, "first written here");
    }
    out.push(fault.help("decide which of the two is right, and take the other away"));
}

/// An option of theirs that stands a second time.
pub(crate) fn option(file: &CarryFile, code: &Id, out: &mut Vec<Diagnostic>) {
    say(file, code.span, format!("the option `{}` is carried twice", code.value), None, out);
}

/// Items that are answered twice from one instrument.
pub(crate) fn of_entries(file: &CarryFile, pair: &Pair, out: &mut Vec<Diagnostic>) {
    let mut seen: SortedMap<&str, Span> = SortedMap::new();
    for entry in &pair.entries {
        match seen.get(&entry.item.value.as_str()) {
            Some(first) => say(file, entry.item.span, format!("`{}` is answered twice", entry.item.value), Some(*first), out),
            None => drop(seen.insert(&entry.item.value, entry.item.span)),
        }
    }
}

/// Mappings between the same two editions, in one file or in several.
pub(crate) fn of_pairs(files: &[CarryFile], out: &mut Vec<Diagnostic>) {
    let mut seen: SortedMap<(&str, &str), (&CarryFile, Span)> = SortedMap::new();
    for file in files {
        for pair in &file.pairs {
            let Some((first, span)) = seen.get(&(file.to.value.as_str(), pair.from.value.as_str())) else {
                seen.insert((&file.to.value, &pair.from.value), (file, pair.from.span));
                continue;
            };
            let message = format!("answers are carried from `{}` to `{}` by two mappings", pair.from.value, file.to.value);
            let fault = Diagnostic::new(PAGE.name, Severity::Error, &file.source, pair.from.span, message);
            out.push(fault.also_in(&first.source, *span, "the first").help("put the two together"));
        }
    }
}
