//! The published JSON Schemas, made from the types of this crate. Written files are the caller's affair: nothing here touches a disk.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::language::{AnswerSheet, CarryFile, Cases, Instrument, Pathway, SiteTexts};
use crate::{
    AssessOutput, BatchLine, ComparisonShape, Description, DiagnosticShape, ListEntry, PathwayBatchLine, PathwayComparisonShape,
    PathwayDescription, PathwayEntry, PathwayOutput, PathwayProofShape, PathwayState, ProofShape, SheetShape, SheetState, TestReport,
    TestedFile,
};

/// A shape that people or programs write or read, with a published schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A definition: `<edition>.yaml`.
    Instrument,
    /// A pathway: `<edition>.yaml`.
    Pathway,
    /// The cases beside it: `<edition>.cases.yaml`.
    Cases,
    /// The mappings beside it: `<edition>.carry.yaml`.
    Carry,
    /// One person's answers.
    Answers,
    /// A site's texts: `<edition>.texts.yaml`.
    Texts,
    /// The account of one assessment, as `assess` prints it.
    Outcome,
    /// A line of a batch.
    Line,
    /// The account of one person on a pathway, as `assess` prints it.
    PathwayOutcome,
    /// A line of a batch on a pathway.
    PathwayLine,
    /// An instrument as data, as `describe` prints it.
    Describe,
    /// A pathway as data, as `describe` prints it.
    PathwayDescribe,
    /// The instruments of a tree, as `list` prints them.
    List,
    /// The list of diagnostics that `check` prints.
    Diagnostics,
    /// A sheet after an answer, while somebody fills it in.
    Sheet,
    /// What became of a file of cases.
    Report,
    /// What holds over all sheets, as `prove` prints it.
    Proof,
    /// What holds for everybody on a pathway, as `prove` prints it.
    PathwayProof,
    /// A comparison of two pathways.
    PathwayComparison,
    /// The files of cases that `test` prints.
    Tests,
    /// Two editions compared, as `compare` prints it.
    Comparison,
    /// A sheet that was filled from another one, as `carry` prints it.
    Carried,
    /// The pathways of a tree.
    PathwayList,
    /// A person on a pathway after an answer, while somebody fills it in.
    PathwaySheet,
}

impl Kind {
    /// All kinds, in the order in which they are listed to people.
    pub const ALL: [Self; 24] = [
        Self::Instrument,
        Self::Pathway,
        Self::Cases,
        Self::Carry,
        Self::Answers,
        Self::Texts,
        Self::Outcome,
        Self::Line,
        Self::PathwayOutcome,
        Self::PathwayLine,
        Self::Describe,
        Self::PathwayDescribe,
        Self::List,
        Self::Diagnostics,
        Self::Sheet,
        Self::Report,
        Self::Proof,
        Self::PathwayProof,
        Self::PathwayComparison,
        Self::Tests,
        Self::Comparison,
        Self::Carried,
        Self::PathwayList,
        Self::PathwaySheet,
    ];

    /// The kind's name, as in `<name>.schema.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Instrument => "instrument",
            Self::Pathway => "pathway",
            Self::Cases => "cases",
            Self::Carry => "carry",
            Self::Answers => "answers",
            Self::Texts => "texts",
            Self::Outcome => "outcome",
            Self::Line => "line",
            Self::PathwayOutcome => "pathway-outcome",
            Self::PathwayLine => "pathway-line",
            Self::Describe => "describe",
            Self::PathwayDescribe => "pathway-describe",
            Self::List => "list",
            Self::Diagnostics => "diagnostics",
            Self::Proof => "proof",
            Self::PathwayProof => "pathway-proof",
            Self::PathwayComparison => "pathway-comparison",
            Self::Comparison => "comparison",
            Self::Sheet => "sheet",
            Self::Report => "report",
            Self::Tests => "tests",
            Self::Carried => "carried",
            Self::PathwayList => "pathway-list",
            Self::PathwaySheet => "pathway-sheet",
        }
    }

    /// The kind with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Instrument => "A geras instrument",
            Self::Pathway => "A geras pathway",
            Self::Cases => "Cases of a geras instrument",
            Self::Carry => "Answers to other instruments that serve a geras instrument",
            Self::Answers => "Answers to a geras instrument",
            Self::Outcome => "The account of one geras assessment",
            Self::Line => "A line of a geras batch",
            Self::PathwayOutcome => "The account of one person on a geras pathway",
            Self::PathwayLine => "A line of a geras batch on a pathway",
            Self::Texts => "A site's texts for a geras instrument",
            Self::Describe => "A geras instrument as data",
            Self::PathwayDescribe => "A geras pathway as data",
            Self::List => "The instruments of a geras tree",
            Self::Diagnostics => "Diagnostics of geras definitions",
            Self::Proof => "A proof of a geras instrument",
            Self::PathwayProof => "A proof of a geras pathway",
            Self::PathwayComparison => "A comparison of two geras pathways",
            Self::Comparison => "A comparison of two geras editions",
            Self::Sheet => "A sheet of geras while it is filled in",
            Self::Report => "What became of the cases of a geras instrument",
            Self::Tests => "Files of geras cases, what they cover and what they miss",
            Self::Carried => "A sheet of a geras instrument that was filled from another one",
            Self::PathwayList => "The pathways of a geras tree",
            Self::PathwaySheet => "A person on a geras pathway while the answers come in",
        }
    }
}

/// The JSON Schema of a kind, in draft 7 because every editor knows that one. All keys are in alphabetical order, so the same code gives the same bytes.
#[must_use]
pub fn schema(kind: Kind) -> Value {
    let schema = match kind {
        Kind::Instrument => root::<Instrument>(written_by_hand()),
        Kind::Pathway => root::<Pathway>(written_by_hand()),
        Kind::Cases => root::<Cases>(written_by_hand()),
        Kind::Carry => root::<CarryFile>(written_by_hand()),
        Kind::Answers => root::<AnswerSheet>(SchemaSettings::draft07()),
        Kind::Texts => root::<SiteTexts>(written_by_hand()),
        Kind::Outcome => root::<AssessOutput<'_>>(written_by_geras()),
        Kind::Line => root::<BatchLine<'_>>(written_by_geras()),
        Kind::PathwayOutcome => root::<PathwayOutput<'_>>(written_by_geras()),
        Kind::PathwayLine => root::<PathwayBatchLine<'_>>(written_by_geras()),
        Kind::Describe => root::<Description<'_>>(written_by_geras()),
        Kind::PathwayDescribe => root::<PathwayDescription<'_>>(written_by_geras()),
        Kind::List => root::<Vec<ListEntry<'_>>>(written_by_geras()),
        Kind::Diagnostics => root::<Vec<DiagnosticShape<'_>>>(written_by_geras()),
        Kind::Comparison => root::<ComparisonShape<'_>>(written_by_geras()),
        Kind::Proof => root::<ProofShape<'_>>(written_by_geras()),
        Kind::PathwayProof => root::<PathwayProofShape<'_>>(written_by_geras()),
        Kind::PathwayComparison => root::<PathwayComparisonShape<'_>>(written_by_geras()),
        Kind::Sheet => root::<SheetState<'_>>(written_by_geras()),
        Kind::Report => root::<TestReport<'_>>(written_by_geras()),
        Kind::Tests => root::<Vec<TestedFile<'_>>>(written_by_geras()),
        Kind::Carried => root::<SheetShape<'_>>(written_by_geras()),
        Kind::PathwayList => root::<Vec<PathwayEntry<'_>>>(written_by_geras()),
        Kind::PathwaySheet => root::<PathwayState<'_>>(written_by_geras()),
    };
    let mut schema = schema.to_value();
    if let Value::Object(keys) = &mut schema {
        keys.insert("$id".to_owned(), json!(format!("urn:geras:schema:{}", kind.name())));
        keys.insert("title".to_owned(), json!(kind.title()));
    }
    schema.sort_all_objects();
    schema
}

/// The schema as the published file holds it: indented, with a newline at its end.
#[must_use]
pub fn schema_text(kind: Kind) -> String {
    format!("{:#}\n", schema(kind))
}

fn root<T: JsonSchema>(settings: SchemaSettings) -> Schema {
    SchemaGenerator::new(settings).into_root_schema_for::<T>()
}

/// In what geras writes, every key that is not left out by rule is there.
fn written_by_geras() -> SchemaSettings {
    SchemaSettings::draft07().for_serialize()
}

/// In what people write by hand, a key with nothing behind it is a slip.
fn written_by_hand() -> SchemaSettings {
    SchemaSettings::draft07().with(|settings| settings.transforms.insert(0, Box::new(without_null)))
}

/// A key that may be left out is no key that may be null: takes away what an `Option` adds.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|word| word != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            schema.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(ways)) = schema.get_mut("anyOf") {
        ways.retain(|way| *way != json!({"type": "null"}));
        if let [Value::Object(one)] = ways.as_slice() {
            let one = one.clone();
            schema.remove("anyOf");
            for (key, value) in one {
                schema.ensure_object().entry(key).or_insert(value);
            }
        }
    }
    transform_subschemas(&mut without_null, schema);
}
