//! What the commands do where a name is that of a pathway: one person, many people, its description.

pub(crate) mod assess;
pub(crate) mod batch;
pub(crate) mod describe;
