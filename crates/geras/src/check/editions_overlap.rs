//! Two editions of an instrument in force on the same day.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "editions-overlap",
    finds: "Two editions of one instrument, or two definitions of the same edition, are in force on the same day.",
    why: "On such a day a person's grade would depend on which file was found first.",
    wrong: r#"--- # 2013.yaml
edition: "2013"
effective: {from: 2013-10-01}
--- # 2022.yaml
edition: "2022"
effective: {from: 2022-12-30}"#,
    right: r#"--- # 2013.yaml
edition: "2013"
effective: {from: 2013-10-01, until: 2022-12-29}
--- # 2022.yaml
edition: "2022"
effective: {from: 2022-12-30}"#,
};
