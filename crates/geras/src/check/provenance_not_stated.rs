//! A definition that does not say how sure its tables are.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "provenance-not-stated",
    finds: "Nothing says whether the tables were compared with the source, copied, or recalled.",
    why: "A table that nobody has compared with the printed standard may be wrong by a digit. Whoever decides on care with it \
        has to know.",
    wrong: "# provenance: not written",
    right: "provenance: {status: recalled}",
};
