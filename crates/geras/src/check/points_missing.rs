//! An item that counts and has no points.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "points-missing",
    finds: "A sum, or an expression with `.points`, counts an item whose options have no points, or not all of them.",
    why: "An option without points would count as nothing, as if the person had no need at all.",
    wrong: "sections:
  - id: daily
    title: {en: Daily life}
    items:
      - {id: eating, text: {en: Eating}, options: [{code: alone, points: 0, label: {en: Alone}}, {code: helped, points: 5, label: {en: Helped}}, {code: fed, label: {en: Is fed}}]}
      - {id: walking, text: {en: Walking}, options: help}",
    right: "sections:
  - id: daily
    title: {en: Daily life}
    items:
      - {id: eating, text: {en: Eating}, options: [{code: alone, points: 0, label: {en: Alone}}, {code: helped, points: 5, label: {en: Helped}}, {code: fed, points: 10, label: {en: Is fed}}]}
      - {id: walking, text: {en: Walking}, options: help}",
};
