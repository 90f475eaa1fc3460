//! Two things that cannot be compared or calculated with.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "types-differ",
    finds: "A number, a code or a yes/no value stands where something else is wanted.",
    why: "What `eating > 1` means would depend on how codes happen to be stored. Nothing is converted in silence.",
    wrong: "alerts:
  - {id: cannot_eat, when: eating >= 5, text: {en: Needs help to eat}, urgency: soon}",
    right: "alerts:
  - {id: cannot_eat, when: eating.points >= 5, text: {en: Needs help to eat}, urgency: soon}",
};
