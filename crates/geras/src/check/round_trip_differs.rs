//! Two mappings, there and back, that disagree.

use super::page::Page;
use crate::Library;
use crate::carry::{Mapping, Rule, Target};
use crate::source::{Diagnostic, Severity};

pub(crate) const PAGE: Page = Page {
    name: "round-trip-differs",
    finds: "Two instruments have mappings in both directions, and an answer that is carried there and back comes home as another one, \
        although both say that it is exact, or so that carried once more it would change again.",
    why: "If two questions mean the same in one direction, they mean the same in the other. One of the two mappings is wrong, and a person \
        would get another answer without anybody having asked again.",
    wrong: "--- # 1.carry.yaml
carry_to: home-visit@1
languages: [en]
mappings:
  - from: daily-help@1
    items:
      - {item: eating, from: eating, exact: {alone: alone, helped: helped, fed: unable}}
--- # 2.carry.yaml
carry_to: daily-help@1
languages: [en]
mappings:
  - from: home-visit@1
    items:
      - {item: eating, from: eating, exact: {alone: alone, helped: fed, unable: fed}}",
    right: "--- # 1.carry.yaml
carry_to: home-visit@1
languages: [en]
mappings:
  - from: daily-help@1
    items:
      - {item: eating, from: eating, exact: {alone: alone, helped: helped, fed: unable}}
--- # 2.carry.yaml
carry_to: daily-help@1
languages: [en]
mappings:
  - from: home-visit@1
    items:
      - {item: eating, from: eating, exact: {alone: alone, helped: helped, unable: fed}}",
};

/// Looks at every pair of mappings that lead there and back.
pub(crate) fn find(mappings: &[Mapping<'_>], library: &Library, out: &mut Vec<Diagnostic>) {
    for there in mappings {
        let back = mappings.iter().filter(|back| back.from == there.to && back.to == there.from);
        for back in back {
            for rule in &there.rules {
                let home = back.rules.iter().find(|home| rule.from == [home.to] && home.from == [rule.to]);
                if let Some(home) = home {
                    compare(there, rule, back, home, library, out);
                }
            }
        }
    }
}

fn compare(there: &Mapping<'_>, rule: &Rule<'_>, back: &Mapping<'_>, home: &Rule<'_>, library: &Library, out: &mut Vec<Diagnostic>) {
    let (Some(away), Some(home_table)) = (&rule.table, &home.table) else { return };
    let target = |table: &[Target], place: u8| table.get(usize::from(place)).copied().unwrap_or(Target::Open);
    for (place, away_target) in (0_u8..).zip(away) {
        let Target::Option(ours, exact) = *away_target else { continue };
        let Target::Option(theirs, exact_back) = target(home_table, ours) else { continue };
        let both_exact = exact && exact_back;
        let changes_again = matches!(target(away, theirs), Target::Option(again, _) if again != ours);
        if theirs == place || !(both_exact || changes_again) {
            continue;
        }
        let word = |name: &str, field, place: u8| word(library, name, field, place);
        let (Some(from), Some(middle), Some(end)) = (
            rule.from.first().and_then(|field| word(&there.from, *field, place)),
            word(&there.to, rule.to, ours),
            word(&there.from, home.to, theirs),
        ) else {
            continue;
        };
        let message = format!("`{from}` becomes `{middle}`, and that becomes `{end}` on the way back");
        let severity = if both_exact { Severity::Error } else { Severity::Warning };
        let fault = Diagnostic::new(PAGE.name, severity, &there.file.source, rule.entry.span, message);
        let fault = fault.also_in(&back.file.source, home.entry.span, "the way back");
        out.push(fault.help("correct one of the two mappings, or leave the option open in it"));
    }
}

/// An item with one of its options: `daily-help eating: fed`.
fn word(library: &Library, name: &str, field: crate::plan::FieldId, place: u8) -> Option<String> {
    let instrument = library.find(name, None).ok()?;
    let plan = instrument.plan();
    let field = plan.field(field);
    let code = match field.codes {
        Some(set) => plan.codes(set).get(usize::from(place))?.clone(),
        None => (place == 1).to_string(),
    };
    Some(format!("{} {}: {code}", instrument.definition().id.value, field.id))
}
