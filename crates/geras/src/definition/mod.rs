//! YAML to a definition: what an author wrote, with places, before it is known to be sound. Nothing is resolved or computed here.

mod form;
mod glimpse;
mod licence;
mod model;
mod monotone;
mod pathway;
mod read_clause;
mod read_form;
mod read_instrument;
mod read_item;
mod read_licence;
mod read_pathway;
mod reader;
mod text;

pub(crate) use form::order;
pub use form::{
    Aggregate, Axis, Cell, CellTest, Edges, ExpressionText, Form, Hit, Id, Literal, MissingRule, Rounding, RoundingMode, Row, Step, Table,
    Tree,
};
pub use glimpse::{glimpse, is_pathway};
pub use licence::{Evidence, Licence, LicenceClass, Shown, StatedUses, Use, Wording};
pub use model::{
    AbsentReason, Adjustment, Alert, Band, BandSet, Combine, Definition, Direction, Effect, Finding, Grade, GradeStep, Item, ItemOption,
    ItemType, Otherwise, Provenance, Publication, Review, Role, Score, Section,
};
pub use monotone::{MonotoneClaim, MonotoneException, WorseAnswers};
pub use pathway::{
    Alternative, Assessment, CareSetting, Clause, ClauseKind, ClauseList, Detail, NEEDS_JUDGEMENT, PathwayDefinition, RuleHit, SettingKind,
    Urgency, Way,
};
pub(crate) use read_instrument::{content_hash, read_definition};
pub(crate) use read_pathway::read_pathway;
pub(crate) use reader::{Fields, Reader, did_you_mean, number, shortened};
pub use text::{ClockTime, Date, Texts};
