//! The shapes that enter and leave: answers in as JSON, YAML or CSV, results out as JSON. Knows no rule, no path and no terminal.
//!
//! ```text
//! JSON ----> read_json ----+                          +--> BatchLine     a line a person
//! a file --> read_answers -+-> Person -> core assess -+--> AssessOutput  with explanation, labels, hashes
//! CSV row -> CsvSheets ----+      |
//!                                 +-> problems --> Refused
//! Instrument --> Description, ListEntry      diagnostics --> DiagnosticShape      schema(kind): the JSON Schema of each
//! ```
//!
//! Numbers keep their exact digits in both directions. Keys come in one order, so that the same input gives the same bytes everywhere.
//!
//! ```
//! # let (path, text) = geras_instruments::definitions().find(|(path, _)| path.ends_with("gb-t-42195/2022.yaml")).ok_or("not shipped")?;
//! let instrument = geras::Instrument::read(path, text).map_err(|_| "unsound")?;
//! let line = geras_json::batch_line(&instrument, r#"{"id": "li", "answers": {"eating": "swallows"}}"#, "en");
//! assert!(line.starts_with(r#"{"id":"li","problems":[{"item":"eating","problem":"unknown-option""#));
//! # Ok::<(), &str>(())
//! ```

mod answers;
mod catalogue;
mod comparison;
mod describe;
mod diagnostics;
mod filled;
mod number;
mod outcome;
mod pairs;
mod pathway;
mod printed;
mod proof;
mod sheet;
mod shipped;
mod tested;
mod write;
mod writer;

#[cfg(feature = "schema")]
pub mod language;
#[cfg(feature = "schema")]
mod schema;

pub use answers::{CsvSheets, Person, PersonId, edition_in_force, is_whole_record, read_answers, read_json};
pub use catalogue::{ListEntry, PathwayEntry, TextsShape};
pub use comparison::{
    ApartShape, CarriedShape, CellShape, ComparisonShape, ConditionShape, CostShape, EditionShape, GroupShape, NarrowedShape, PairShape,
    PeopleShape, QuestionsShape, RefusalShape, RegionShape, ResultName, ResultShape, SheetsShape, ToldShape,
};
pub use describe::{
    AdjustmentShape, AlertShape, AnswerOption, BandSetShape, BandShape, Description, Effective, EvidenceShape, FindingShape, GradeShape,
    ItemShape, LicenceShape, LiteralValue, MissingShape, ProrateShape, Provenance, PublicationShape, ReviewInterval, ScoreShape,
    SectionShape, TruthPoints,
};
pub use diagnostics::{DiagnosticShape, Place, SeverityWord};
pub use filled::{Changed, OpenSheet, SheetState};
pub use number::Number;
pub use outcome::{
    ApproximateShape, AssessOutput, Assessment, BatchLine, ChangeShape, CodeValue, Compared, Conclusion, Differs, ExplainedStep, Failure,
    FindingText, Line, MilderGrade, MovedShape, OpenCode, OpenConclusion, OpenNumber, Overridden, PreviousShape, Problem, Refused,
    ResultTexts, Row, ScoreValue, Share, Status, StepData, UsedDefinition, ValueShape, WayThere,
};
pub use pairs::Pairs;
pub use pathway::{
    AboveShape, AssessmentShape, AssessmentState, BringsShape, CareSettingShape, ChapterShape, ClauseDescription, ClauseNameShape,
    ClauseShape, ComparedClauseShape, DecisionShape, GradeMoved, KindShape, ListedClause, OpenPathway, PathwayAccount, PathwayBatchLine,
    PathwayComparisonShape, PathwayCsvSheets, PathwayDescription, PathwayLine, PathwayOutput, PathwayPerson, PathwayProofShape,
    PathwayQuestionShape, PathwayReachedShape, PathwayState, PriorityShape, ReviewShape, RuleMoveShape, SaidShape, SinceShape, StoryShape,
    WaitingItems, Way, WhatIf, brought, day_of_sheet, pathway_on, read_pathway_answers, read_since,
};
pub use proof::{ProofShape, ProvedValue, QuestionShape, ReachedShape};
#[cfg(feature = "schema")]
pub use schema::{Kind, schema, schema_text};
pub use sheet::{AnswerShape, FilledSheet, OriginShape, SheetShape};
pub use shipped::{ShippedFile, ShippedPathway, TextsFile};
pub use tested::{
    CaseShape, DifferenceShape, MutatedShape, NotFoundShape, SkeletonShape, SuggestedShape, TallyShape, TestReport, TestedFile,
    UnnoticedShape,
};
pub use write::{
    assess_json, assess_pathway_json, assess_pathway_since_json, assess_since_json, batch_line, comparison_json, describe_json,
    describe_pathway_json, diagnostics_json, list_json, pathway_batch_line, pathway_comparison_json, pathway_proof_json, pathways_json,
    proof_json, refused_json, report_json, tests_json, text_json, write_batch_line,
};
