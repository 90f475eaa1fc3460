//! What a definition says of worse answers: the claim that a proof has to hold, as it was written. Proves nothing.

use super::form::Id;
use super::reader::{Fields, Reader};
use super::text::Texts;
use crate::source::{Kind, Span, Spanned};

/// What worse answers do to a score or grade, as its author says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonotoneClaim {
    /// Its place.
    pub span: Span,
    /// What is claimed.
    pub worse_answers: Spanned<WorseAnswers>,
    /// Facts about the person that are considered beside all items.
    pub also: Vec<Id>,
    /// Items and facts of which an earlier option, no, or a lower number is worse.
    pub reversed: Vec<Id>,
    /// Items that are not considered, each with its reason.
    pub except: Vec<MonotoneException>,
    /// Why worse answers sometimes give a milder result.
    pub reason: Option<Texts>,
    /// The clause it comes from.
    pub cite: Option<String>,
}

/// A claim about worse answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorseAnswers {
    /// They never give a milder result.
    NeverMilder,
    /// They sometimes do: the source itself has such pairs of sheets.
    SometimesMilder,
}

/// An item whose worse answers may give a milder result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonotoneException {
    /// The item.
    pub item: Id,
    /// Why.
    pub reason: Texts,
    /// The clause it comes from.
    pub cite: Option<String>,
}

const CLAIMS: [(&str, WorseAnswers); 2] =
    [("never_milder", WorseAnswers::NeverMilder), ("sometimes_milder", WorseAnswers::SometimesMilder)];

impl<'a> Reader<'a> {
    /// The claim under `monotone`, where there is one.
    pub(super) fn monotone(&mut self, fields: &mut Fields<'a>) -> Option<MonotoneClaim> {
        let value = fields.get("monotone")?;
        let mut keys = self.fields(value, "a claim about worse answers")?;
        let worse_answers = keys.need(self, "worse_answers").and_then(|claim| self.word(claim, "a claim about worse answers", &CLAIMS));
        let also = keys.get("also").map(|ids| self.ids(ids)).unwrap_or_default();
        let reversed = keys.get("reversed").map(|ids| self.ids(ids)).unwrap_or_default();
        let except = keys.get("except").map(|list| self.monotone_exceptions(list)).unwrap_or_default();
        let sometimes = worse_answers.as_ref().is_some_and(|claim| claim.value == WorseAnswers::SometimesMilder);
        let reason = if sometimes { keys.need(self, "reason") } else { keys.get("reason") }.and_then(|reason| self.texts(reason));
        let cite = self.plain(&mut keys, "cite");
        if let (true, Some(first)) = (sometimes, except.first()) {
            let help = "say `never_milder` with these exceptions, or `sometimes_milder` with a reason for all";
            self.help("wrong-form", first.item.span, "where worse answers are sometimes milder nothing is excepted", help);
        }
        keys.finish(self);
        Some(MonotoneClaim { span: value.span, worse_answers: worse_answers?, also, reversed, except, reason, cite })
    }

    fn monotone_exceptions(&mut self, value: &'a crate::source::Value) -> Vec<MonotoneException> {
        let mut all = Vec::new();
        for value in self.list(value, "a list of exceptions, each with `item` and `reason`") {
            if let Kind::Scalar(_) = value.kind {
                let help = "write `{item: ..., reason: {...}}`";
                self.help("wrong-form", value.span, "an exception needs its reason", help);
                continue;
            }
            let Some(mut keys) = self.fields(value, "an exception") else { continue };
            let item = keys.need(self, "item").and_then(|item| self.text(item, "the id of an item"));
            let reason = keys.need(self, "reason").and_then(|reason| self.texts(reason));
            let cite = self.plain(&mut keys, "cite");
            keys.finish(self);
            all.extend(item.zip(reason).map(|(item, reason)| MonotoneException { item, reason, cite }));
        }
        all
    }
}
