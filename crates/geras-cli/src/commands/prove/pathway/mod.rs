//! A pathway's proof as it is told: the names of questions, places and answers in the reader's language. Counts nothing.

mod page;
mod text;

use geras::Pathway;
use geras::assess::answer_word;
use geras::definition::{Clause, ClauseKind, Item, NEEDS_JUDGEMENT};
use geras::plan::{FieldId, Purpose, Value};
use geras::prove::{Decision, Outcome, PathwayProof, PathwayQuestion, Reached};

use super::super::pathway::describe::title;
use crate::language::pick;

pub(super) use page::page;

/// Answers of an example that are named on a page.
const MOST_IN_WORDS: usize = 4;
/// A longer text of a question is no name for it.
const LONGEST_NAME: usize = 90;

/// A proof as it is told.
pub(super) struct Account<'p> {
    pub(super) pathway: &'p Pathway,
    pub(super) proof: &'p PathwayProof,
    pub(super) language: &'p str,
}

/// The records for which a condition holds.
fn holding(question: &PathwayQuestion) -> Option<&Reached> {
    let (Outcome::Exact(reached) | Outcome::UpTo { reached, .. }) = &question.outcome else { return None };
    reached.iter().find(|reached| reached.value == Some(Value::Boolean(true)))
}

impl Account<'_> {
    fn pick(&self, chinese: &'static str, english: &'static str) -> &'static str {
        pick(self.language, chinese, english)
    }

    /// Over what was counted.
    fn scope(&self) -> &'static str {
        self.pick(
            "对所有完整记录精确计数（非抽样）：路径中每个显示的问题和各评估工具的每个问题都已作答；每项评估或已完成，或未做。未做者，其结果不参与判断。",
            "Counted exactly, never sampled, over all complete records: every question of the pathway that is shown and every question of its instruments has an \
             answer, and each assessment was done or was not. The answers to one that was not done do not count.",
        )
    }

    fn question(&self, purpose: Purpose) -> Option<&PathwayQuestion> {
        self.proof.questions.iter().find(|question| question.purpose == purpose)
    }

    fn of_kind(&self, kind: ClauseKind) -> impl Iterator<Item = &PathwayQuestion> {
        self.proof.questions.iter().filter(move |question| self.clause(question.purpose).is_some_and(|clause| clause.kind == kind))
    }

    fn decisions(&self, kind: ClauseKind) -> Vec<(&Decision, &Clause)> {
        let clauses = &self.pathway.definition().clauses;
        let all = self.proof.decisions.iter().filter_map(|decision| Some((decision, clauses.get(decision.clause)?)));
        all.filter(|(_, clause)| clause.kind == kind).collect()
    }

    fn clause(&self, purpose: Purpose) -> Option<&Clause> {
        if let Purpose::Clause(place) = purpose { self.pathway.definition().clauses.get(place) } else { None }
    }

    /// The id of a question's assessment or clause.
    fn name(&self, question: &PathwayQuestion) -> String {
        let assessment = |place: usize| self.pathway.definition().assessments.get(place).map(|assessment| assessment.id.value.clone());
        match question.purpose {
            Purpose::Wanted(place) => assessment(place).unwrap_or_default(),
            purpose => self.clause(purpose).map_or_else(String::new, |clause| clause.id.value.clone()),
        }
    }

    /// What a question is about, with its kind.
    fn heading(&self, question: &PathwayQuestion) -> String {
        let kind = match question.purpose {
            Purpose::Wanted(_) => self.pick("要做的评估", "Assessment"),
            Purpose::Proposal | Purpose::ProposalSetting => self.pick("规则建议", "What the rules propose"),
            Purpose::Routing | Purpose::RoutingSetting => self.pick("照护去向", "Where people go"),
            purpose => self.clause(purpose).map_or("", |clause| title(clause.kind, self.language)),
        };
        match self.clause(question.purpose) {
            Some(clause) => format!("{kind}: {} ({})", clause.text.get(self.language), clause.id.value),
            None => format!("{kind} {}", self.name(question)).trim_end().to_owned(),
        }
    }

    /// What no complete record leads to. A safeguard should be there, and is not named.
    fn unreachable(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for question in &self.proof.questions {
            let Outcome::Exact(reached) = &question.outcome else { continue };
            for reached in reached.iter().filter(|reached| reached.witness.is_none()) {
                match (self.clause(question.purpose), question.purpose, reached.value) {
                    (Some(clause), ..) if clause.kind == ClauseKind::Safeguard => {}
                    (_, Purpose::Clause(_) | Purpose::Wanted(_), _) => lines.push(self.name(question)),
                    (.., Some(value)) => {
                        lines.push(format!("{}: {}", self.pick("去向", "setting"), self.proof.plan.value_text(question.node, value)));
                    }
                    (.., None) => {}
                }
            }
        }
        lines.dedup();
        lines
    }

    /// The id of the kind or care setting that was reached.
    fn code(&self, question: &PathwayQuestion, reached: &Reached) -> Option<String> {
        reached.value.map(|value| self.proof.plan.value_text(question.node, value))
    }

    fn judged(&self) -> &'static str {
        self.pick("由人判断", "People decide")
    }

    fn waiting(&self) -> &'static str {
        self.pick("取决于未做的评估", "waits for an assessment that was not done")
    }

    fn setting_label(&self, question: &PathwayQuestion, reached: &Reached) -> String {
        let Some(code) = self.code(question, reached) else { return self.waiting().to_owned() };
        let setting = self.pathway.definition().care_settings.iter().find(|setting| setting.id.value == code);
        setting.map_or_else(|| self.judged().to_owned(), |setting| setting.label.get(self.language).to_owned())
    }

    fn kind_label(&self, question: &PathwayQuestion, reached: &Reached) -> String {
        self.code(question, reached).map_or_else(|| self.waiting().to_owned(), |code| self.destination(&code))
    }

    /// A kind of place with its care setting.
    fn destination(&self, id: &str) -> String {
        if id == NEEDS_JUDGEMENT {
            return self.judged().to_owned();
        }
        let found = self.pathway.definition().kinds().find(|(_, kind)| kind.id.value == id);
        let named = |(setting, kind): (&geras::definition::CareSetting, &geras::definition::SettingKind)| {
            let (setting, kind) = (setting.label.get(self.language), kind.label.get(self.language));
            format!("{setting}{}{kind}", self.pick("：", ": "))
        };
        found.map_or_else(|| id.to_owned(), named)
    }

    /// Where the rule at a place leads.
    fn way_of(&self, place: usize) -> Option<&str> {
        self.pathway.definition().clauses.get(place)?.way().map(|way| way.to.value.as_str())
    }

    fn assessment_title(&self, id: &str) -> String {
        let all = self.pathway.definition().assessments.iter().zip(self.pathway.instruments());
        let found = all.filter(|(assessment, _)| assessment.id.value == id).find_map(|(_, editions)| editions.last());
        found.map_or_else(|| id.to_owned(), |instrument| instrument.definition().title.get(self.language).to_owned())
    }

    /// One record in words: the answers that are not the first ones, a few of them.
    fn example(&self, fields: impl Iterator<Item = FieldId>, reached: &Reached) -> String {
        let told = reached.told_of(&self.proof.plan, fields);
        if told.is_empty() {
            return self.pick("例：每题取第一项", "e.g. every first answer").to_owned();
        }
        let named: Vec<String> = told.iter().take(MOST_IN_WORDS).map(|(id, answer)| self.answer(id, answer)).collect();
        let more = if told.len() > MOST_IN_WORDS { format!(" +{}", told.len() - MOST_IN_WORDS) } else { String::new() };
        format!("{}{}{more}", self.pick("例：", "e.g. "), named.join(self.pick("；", "; ")))
    }

    /// One answer in words.
    fn answer(&self, id: &str, answer: &str) -> String {
        if let Some(done) = id.strip_prefix("done(").and_then(|rest| rest.strip_suffix(')')) {
            let words = if answer == "true" { self.pick("已做", "done") } else { self.pick("未做", "not done") };
            return format!("{}{}{words}", self.assessment_title(done), self.pick("：", ": "));
        }
        let Some(item) = self.item(id) else { return format!("{id}: {answer}") };
        let text = item.text.as_ref().map(|text| text.get(self.language)).filter(|text| text.chars().count() <= LONGEST_NAME);
        let answer: Vec<String> = answer
            .trim_start_matches('[')
            .trim_end_matches(']')
            .split(", ")
            .map(|answer| answer_word(item, answer, self.language))
            .collect();
        format!("{}{}{}", text.unwrap_or(id), self.pick("：", ": "), answer.join(self.pick("、", ", ")))
    }

    fn item(&self, id: &str) -> Option<&Item> {
        let Some((assessment, own)) = id.split_once('.') else {
            return self.pathway.definition().head.items.iter().find(|item| item.id.value == id);
        };
        let all = self.pathway.definition().assessments.iter().zip(self.pathway.instruments());
        let instrument = all.filter(|(known, _)| known.id.value == assessment).find_map(|(_, editions)| editions.last())?;
        instrument.definition().items.iter().find(|item| item.id.value == own)
    }
}
