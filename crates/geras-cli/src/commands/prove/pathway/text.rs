//! The report of a pathway's proof on a terminal: where people go, which rules decide, whom each clause reaches. Counts nothing.

use std::io::{self, Write};

use geras::definition::ClauseKind;
use geras::plan::{FieldId, Purpose};
use geras::prove::Count;
use geras::prove::{NotDecided, Outcome, PathwayQuestion, Reached, Share, digits};

use super::super::super::pathway::describe::title;
use super::super::lines::{self, Line};
use super::super::names::{tried, undecided};
use super::{Account, holding};
use crate::paint;

/// Answers of a witness that are named.
const MOST_NAMED: usize = 3;

impl Account<'_> {
    pub(in super::super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let head = &self.pathway.definition().head;
        let name = format!("{}@{}", head.id.value, head.edition.value);
        writeln!(out, "{}  {}", paint::styled(paint::HEADING, head.title.get(self.language)), paint::styled(paint::FAINT, &name))?;
        writeln!(out, "{}", paint::wrapped("", self.scope()))?;
        let ends = [
            (Purpose::RoutingSetting, self.pick("照护去向", "Care setting")),
            (Purpose::Routing, self.pick("去向类别（含本人意愿）", "Kind of care setting, after the wishes")),
            (Purpose::Proposal, self.pick("规则建议的类别", "Kind that the rules propose")),
        ];
        for (purpose, heading) in ends {
            let Some(question) = self.question(purpose) else { continue };
            self.end(out, question, heading)?;
        }
        for kind in ClauseKind::ALL {
            let questions: Vec<&PathwayQuestion> = self.of_kind(kind).collect();
            self.conditions(out, &questions, title(kind, self.language))?;
            self.deciding(out, kind)?;
        }
        let wanted = |question: &&PathwayQuestion| matches!(question.purpose, Purpose::Wanted(_));
        let questions: Vec<&PathwayQuestion> = self.proof.questions.iter().filter(wanted).collect();
        self.conditions(out, &questions, self.pick("要做的评估", "Assessments that are called for"))?;
        self.nobody(out)
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
            Outcome::Exact(reached) | Outcome::UpTo { reached, .. } => {
                if let Outcome::UpTo { tried: count, reason, .. } = &question.outcome {
                    self.warn(out, &tried(count, reason, self.language))?;
                }
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
            if let Outcome::UpTo { tried: count, reason, .. } = &question.outcome {
                self.warn(out, &format!("{} {}", self.name(question), tried(count, reason, self.language)))?;
            }
            let holding = holding(question);
            lines.extend(holding.map(|reached| self.line(self.name(question), question, reached)));
        }
        lines::write(out, &lines)
    }

    fn not_decided(&self, out: &mut dyn Write, name: &str, reason: &NotDecided) -> io::Result<()> {
        self.warn(out, format!("{name} {}", undecided(reason, self.language)).trim_start())
    }

    fn warn(&self, out: &mut dyn Write, words: &str) -> io::Result<()> {
        writeln!(out, "{}", paint::wrapped("  ", &paint::styled(paint::WARNING, words)))
    }

    fn line(&self, name: String, question: &PathwayQuestion, reached: &Reached) -> Line {
        self.line_of(name, &question.fields, &question.records, reached)
    }

    fn line_of(&self, name: String, fields: &[FieldId], records: &Count, reached: &Reached) -> Line {
        let witness = if reached.witness.is_none() {
            self.pick("无一完整记录达到", "no complete record leads here").to_owned()
        } else {
            let told = reached.told_of(&self.proof.plan, fields.iter().copied());
            let more = if told.len() > MOST_NAMED { format!(", +{}", told.len() - MOST_NAMED) } else { String::new() };
            let told: Vec<String> = told.iter().take(MOST_NAMED).map(|(id, answer)| format!("{id}: {answer}")).collect();
            if told.is_empty() {
                self.pick("每题取第一项", "every first answer").to_owned()
            } else {
                format!("{}{more}", told.join(", "))
            }
        };
        Line { name, count: digits(&reached.sheets), share: Share::of(&reached.sheets, records).to_string(), witness }
    }

    /// Of the rules, or the wishes, on how many records each is the first that holds, and so decides.
    fn deciding(&self, out: &mut dyn Write, kind: ClauseKind) -> io::Result<()> {
        let heading = match kind {
            ClauseKind::Rule => self.pick("起决定作用的规则（先成立者）", "The rule that decides, the first that holds"),
            ClauseKind::Wish => self.pick("起决定作用的意愿（先成立者）", "The wish that decides, the first that holds"),
            _ => return Ok(()),
        };
        let all = self.decisions(kind);
        if all.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", paint::styled(paint::HEADING, heading))?;
        let mut lines = Vec::new();
        for (decision, clause) in all {
            match &decision.outcome {
                Err(reason) => self.not_decided(out, &clause.id.value, reason)?,
                Ok(decided) => {
                    lines.push(self.line_of(clause.id.value.clone(), &decision.fields, &decided.records, &decided.decides));
                }
            }
        }
        lines::write(out, &lines)
    }

    /// What nobody can reach, gathered at the end, so that it is not overlooked. A safeguard should be there.
    fn nobody(&self, out: &mut dyn Write) -> io::Result<()> {
        let lines = self.unreachable();
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
