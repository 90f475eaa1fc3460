//! A text that is too big, too deep or repeats itself too often.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "yaml-limit",
    finds: "The text is larger than 4 MB, nested deeper than 64, has too many values, or repeats values by aliases too often.",
    why: "Definitions are written by people and are small. Something of this size is a mistake or an attack, and would stop the \
        tablets of a whole site.",
    wrong: "title: {en: Help in daily life}
description: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    right: "title: {en: Help in daily life}
description: {en: An example}",
};
