//! The report of a pathway's proof on a terminal: where people go, which rules decide, whom each clause reaches. Counts nothing.

use std::io::{self, Write};

use geras::Pathway;
use geras::definition::ClauseKind;
use geras::plan::{Purpose, Value};
use geras::prove::{NotDecided, Outcome, PathwayProof, PathwayQuestion, Reached, Share, digits};

use super::super::pathway::describe::title;
use super::lines::{self, Line};
use super::names::undecided;
use crate::language::pick;
use crate::paint;

/// Answers of a witness that are named.
const MOST_NAMED: usize = 3;

/// A proof as it is told.
pub(super) struct Account<'p> {
    pub(super) pathway: &'p Pathway,
    pub(super) proof: &'p PathwayProof,
    pub(super) language: &'p str,
}

impl Account<'_> {
    fn pick(&self, chinese: &'static str, english: &'static str) -> &'static str {
        pick(self.language, chinese, english)
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let head = &self.pathway.definition().head;
        let name = format!("{}@{}", head.id.value, head.edition.value);
        writeln!(out, "{}  {}", paint::styled(paint::HEADING, head.title.get(self.language)), paint::styled(paint::FAINT, &name))?;
        let scope = self.pick(
            "对所有完整记录精确计数（非抽样）：路径中每个显示的问题和各评估工具的每个问题都已作答；每项评估或已完成，或未做。未做者，其结果不参与判断。",
            "Counted exactly, never sampled, over all complete records: every question of the pathway that is shown and every question of its instruments has an \
             answer, and each assessment was done or was not. The answers to one that was not done do not count.",
        );
        writeln!(out, "{}", paint::wrapped("", scope))?;
        let ends = [
            (Purpose::RoutingSetting, self.pick("照护去向", "Care setting")),
            (Purpose::Routing, self.pick("去向类别（含本人意愿）", "Kind of care setting, after the wishes")),
            (Purpose::Proposal, self.pick("规则建议的类别", "Kind that the rules propose")),
        ];
        for (purpose, heading) in ends {
            let Some(question) = self.proof.questions.iter().find(|question| question.purpose == purpose) else { continue };
            self.end(out, question, heading)?;
        }
        for kind in ClauseKind::ALL {
            let of_kind = |question: &&PathwayQuestion| self.clause(question.purpose).is_some_and(|(known, _)| known == kind);
            let questions: Vec<&PathwayQuestion> = self.proof.questions.iter().filter(of_kind).collect();
            self.conditions(out, &questions, title(kind, self.language))?;
        }
        let wanted = |question: &&PathwayQuestion| matches!(question.purpose, Purpose::Wanted(_));
        let questions: Vec<&PathwayQuestion> = self.proof.questions.iter().filter(wanted).collect();
        self.conditions(out, &questions, self.pick("要做的评估", "Assessments that are called for"))?;
        self.unreachable(out)
    }

    fn clause(&self, purpose: Purpose) -> Option<(ClauseKind, &str)> {
        let Purpose::Clause(place) = purpose else { return None };
        self.pathway.definition().clauses.get(place).map(|clause| (clause.kind, clause.id.value.as_str()))
    }

    fn name(&self, question: &PathwayQuestion) -> String {
        let assessment = |place: usize| self.pathway.definition().assessments.get(place).map(|assessment| assessment.id.value.clone());
        match question.purpose {
            Purpose::Wanted(place) => assessment(place).unwrap_or_default(),
            purpose => self.clause(purpose).map_or_else(String::new, |(_, id)| id.to_owned()),
        }
    }

    /// A table of the values of one question.
    fn end(&self, out: &mut dyn Write, question: &PathwayQuestion, heading: &str) -> io::Result<()> {
        let over = format!(
            "{} {}, {} {}",
            digits(&question.records),
            self.pick("份记录", "records"),
            question.fields.len(),
            self.pick("个问题", "questions")
        );
        writeln!(out, "\n{}  {}", paint::styled(paint::HEADING, heading), paint::styled(paint::FAINT, &over))?;
        match &question.outcome {
            Outcome::NotDecided(reason) => self.not_decided(out, "", reason),
            Outcome::Many(_) => Ok(()),
            Outcome::Exact(reached) => {
                let name = |reached: &Reached| match reached.value {
                    None => self.pick("取决于未做的评估", "waits for an assessment that was not done").to_owned(),
                    Some(value) => self.proof.plan.value_text(question.node, value),
                };
                let lines: Vec<Line> = reached.iter().map(|reached| self.line(name(reached), question, reached)).collect();
                lines::write(out, &lines)
            }
        }
    }

    /// A table of questions that hold or do not.
    fn conditions(&self, out: &mut dyn Write, questions: &[&PathwayQuestion], heading: &str) -> io::Result<()> {
        if questions.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", paint::styled(paint::HEADING, heading))?;
        let mut lines = Vec::new();
        for question in questions {
            if let Outcome::NotDecided(reason) = &question.outcome {
                self.not_decided(out, &self.name(question), reason)?;
            }
            let holding = holding(question);
            lines.extend(holding.map(|reached| self.line(self.name(question), question, reached)));
        }
        lines::write(out, &lines)
    }

    fn not_decided(&self, out: &mut dyn Write, name: &str, reason: &NotDecided) -> io::Result<()> {
        let words = format!("{name} {}", undecided(reason, self.language));
        writeln!(out, "{}", paint::wrapped("  ", &paint::styled(paint::WARNING, words.trim_start())))
    }

    fn line(&self, name: String, question: &PathwayQuestion, reached: &Reached) -> Line {
        let witness = if reached.witness.is_none() {
            self.pick("无一完整记录达到", "no complete record leads here").to_owned()
        } else {
            let told = reached.told_of(&self.proof.plan, question.fields.iter().copied());
            let more = if told.len() > MOST_NAMED { format!(", +{}", told.len() - MOST_NAMED) } else { String::new() };
            let told: Vec<String> = told.iter().take(MOST_NAMED).map(|(id, answer)| format!("{id}: {answer}")).collect();
            if told.is_empty() {
                self.pick("每题取第一项", "every first answer").to_owned()
            } else {
                format!("{}{more}", told.join(", "))
            }
        };
        Line { name, count: digits(&reached.sheets), share: Share::of(&reached.sheets, &question.records).to_string(), witness }
    }

    /// What nobody can reach, gathered at the end, so that it is not overlooked. A safeguard should be there.
    fn unreachable(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut lines = Vec::new();
        for question in &self.proof.questions {
            let Outcome::Exact(reached) = &question.outcome else { continue };
            for reached in reached.iter().filter(|reached| reached.witness.is_none()) {
                let end = |value: Value| format!("{}: {}", self.pick("去向", "setting"), self.proof.plan.value_text(question.node, value));
                match (self.clause(question.purpose), question.purpose, reached.value) {
                    (Some((ClauseKind::Safeguard, _)), ..) => {}
                    (_, Purpose::Clause(_) | Purpose::Wanted(_), _) => lines.push(self.name(question)),
                    (.., Some(value)) => lines.push(end(value)),
                    (.., None) => {}
                }
            }
        }
        lines.dedup();
        if lines.is_empty() {
            let every = self.pick(
                "凡已判定者，每个去向、每条规则与条款都有完整记录达到。",
                "Of all that was decided, every care setting, rule and clause is reached by some record.",
            );
            return writeln!(out, "\n{}", paint::wrapped("", &paint::styled(paint::FINE, every)));
        }
        writeln!(out, "\n{}", paint::styled(paint::WARNING, self.pick("无一完整记录达到", "Reached by no complete record")))?;
        lines.iter().try_for_each(|line| writeln!(out, "{}", paint::wrapped("  ", line)))
    }
}

fn holding(question: &PathwayQuestion) -> Option<&Reached> {
    let Outcome::Exact(reached) = &question.outcome else { return None };
    reached.iter().find(|reached| reached.value == Some(Value::Boolean(true)))
}
