//! The definition language as types, one file a part. They only give the JSON Schema: reading is the core's work, and no value of them is ever made.
//!
//! The doc comments here are what an editor shows to a policy author, so they speak of the field and not of Rust. An `Option` is a key that may be
//! left out; nothing may be written as null.

#![allow(rustdoc::broken_intra_doc_links, reason = "the comments are descriptions in the schema, where `[ids]` is YAML and no link")]

mod answers;
mod carry;
mod cases;
mod form;
mod grade;
mod instrument;
mod item;
mod pathway;
mod rules;
mod scalar;
mod score;
mod texts;

pub use answers::{AnswerSheet, AnswerValue, CarriedFrom, CaseAnswer, Given, NotGiven, OverriddenGrade};
pub use carry::{Agreement, CarriedItem, CarryFile, Mapping, OneOrMore, OptionOrTruth};
pub use cases::{Case, Cases, Expectation, Expected, Fill, OneOf, OpenNumber, PossibleIds, Problem, Sheet};
pub use form::{
    Aggregate, Axis, Cell, Count, Entered, Fork, Hit, Lookup, Matrix, MemberCount, Members, PartSum, Reads, Row, Script, Step, Sum, Table,
    Tree,
};
pub use grade::{
    Adjustment, Alert, Band, BandSet, Bands, ChosenWay, Combine, Finding, Grade, GradeStep, NamedGrade, Preliminary, Urgency, Way,
};
pub use instrument::{
    Direction, Domain, Effective, Evidence, Instrument, Licence, LicenceClass, Provenance, ProvenanceStatus, Publication, ReviewInterval,
    Use, Uses, Wording,
};
pub use item::{
    AbsentReason, Item, ItemOption, ItemType, OptionList, OptionListOrName, Options, Section, Setting, SourcedOptions, YesNoPoints,
};
pub use pathway::{
    Alternative, Assessment, Basis, CareSetting, Entitlement, LastRule, Link, Named, Need, Pathway, PathwayAlert, Pressing, Priority,
    Referral, Remove, Review, Routing, Rule, RuleHit, Safeguard, Service, SettingKind,
};
pub use scalar::{
    Code, Date, Edition, Expression, Id, InstrumentAnswers, InstrumentId, InstrumentName, ItemName, Jurisdiction, Literal, Number,
    PersonName, Plain, Texts, Whole,
};
pub use score::{Missing, ProrateLimit, Rounding, RoundingMode, Score};
pub use texts::{ItemWords, OptionWords, SiteTexts};
