//! The report of a proof on a terminal. Counts nothing and names nothing itself.

use std::io::{self, Write};

use geras::plan::Value;
use geras::prove::{Count, Monotony, Ordered, Outcome, Question, Reached, Subject, digits};

use super::lines::{self, Line};
use super::names::{Account, tried, undecided};
use crate::paint;

/// Values of one score that are shown one by one.
const MOST_LINES: usize = 40;

impl Account<'_> {
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let definition = self.instrument.definition();
        let name = format!("{}@{}", definition.id.value, definition.edition.value);
        writeln!(out, "{}  {}", paint::styled(paint::HEADING, definition.title.get(self.language)), paint::styled(paint::FAINT, &name))?;
        writeln!(out, "{}", paint::wrapped("", self.scope()))?;
        if let Some(settings) = self.settings() {
            writeln!(out, "{}", paint::wrapped("", &settings))?;
        }
        for question in &self.proof.questions {
            self.question(out, question)?;
        }
        for monotony in &self.proof.monotonies {
            self.monotony(out, monotony)?;
        }
        self.unreachable(out)
    }

    fn question(&self, out: &mut dyn Write, question: &Question) -> io::Result<()> {
        let heading = self.heading(question.subject);
        let reached = match &question.outcome {
            Outcome::NotDecided(reason) => {
                writeln!(out, "\n{}", paint::styled(paint::HEADING, &heading))?;
                let words = undecided(reason, self.language);
                return writeln!(out, "{}", paint::wrapped("  ", &paint::styled(paint::WARNING, &words)));
            }
            Outcome::Exact(reached) | Outcome::UpTo { reached, .. } => Some(reached),
            Outcome::Many(_) => None,
        };
        let over =
            format!("{} {}", digits(&question.sheets), self.pick("份答卷", if question.sheets == Count::ONE { "sheet" } else { "sheets" }));
        let over = format!(
            "{over}, {} {}",
            question.fields.len(),
            self.pick("个问题", if question.fields.len() == 1 { "question" } else { "questions" })
        );
        writeln!(out, "\n{}  {}", paint::styled(paint::HEADING, &heading), paint::styled(paint::FAINT, &over))?;
        if let Outcome::UpTo { tried: count, reason, .. } = &question.outcome {
            let words = tried(count, reason, self.language);
            writeln!(out, "{}", paint::wrapped("  ", &paint::styled(paint::WARNING, &words)))?;
        }
        let reached = match (&question.outcome, reached) {
            (Outcome::Many(many), _) => return self.range(out, many.different, [&many.least, &many.most, &many.commonest]),
            (_, Some(reached)) => reached,
            (_, None) => return Ok(()),
        };
        match question.subject {
            Subject::Score(_) if !self.values && reached.len() > 8 => self.summary(out, reached),
            Subject::Adjustment(_) | Subject::Finding(_) | Subject::Alert(_) => {
                let holding: Vec<&Reached> = reached.iter().filter(|reached| reached.value == Some(Value::Boolean(true))).collect();
                self.table(out, question, &holding)
            }
            _ => self.table(out, question, &reached.iter().collect::<Vec<_>>()),
        }?;
        for line in self.combinations(question) {
            writeln!(out, "{}", paint::wrapped("  ", &line))?;
        }
        Ok(())
    }

    fn summary(&self, out: &mut dyn Write, reached: &[Reached]) -> io::Result<()> {
        let numbers: Vec<&Reached> = reached.iter().filter(|reached| matches!(reached.value, Some(Value::Number(_)))).collect();
        let commonest = numbers.iter().max_by_key(|reached| &reached.sheets);
        let (Some(least), Some(most), Some(commonest)) = (numbers.first(), numbers.last(), commonest) else { return Ok(()) };
        self.range(out, numbers.len(), [least, most, commonest])
    }

    fn range(&self, out: &mut dyn Write, different: usize, [least, most, commonest]: [&Reached; 3]) -> io::Result<()> {
        let number = |reached: &Reached| if let Some(Value::Number(number)) = reached.value { number.to_string() } else { String::new() };
        let (least, most, commonest) = (number(least), number(most), number(commonest));
        let line = match self.language.starts_with("zh") {
            true => format!("{different} 个不同的值，从 {least} 到 {most}；{commonest} 对应的答卷最多。"),
            false => format!("{different} different values from {least} to {most}; most sheets come to {commonest}."),
        };
        writeln!(out, "{}", paint::wrapped("  ", &line))
    }

    fn table(&self, out: &mut dyn Write, question: &Question, reached: &[&Reached]) -> io::Result<()> {
        let lines: Vec<Line> =
            reached.iter().take(if self.values { usize::MAX } else { MOST_LINES }).map(|reached| self.line(question, reached)).collect();
        lines::write(out, &lines)?;
        if lines.len() < reached.len() {
            writeln!(out, "  {} {}", reached.len() - lines.len(), self.pick("项未显示（--values 显示全部）", "more, shown with --values"))?;
        }
        Ok(())
    }

    /// What nobody can reach, gathered at the end, so that it is not overlooked.
    fn unreachable(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut lines: Vec<String> = Vec::new();
        for (question, reached) in self.proof.unreachable() {
            lines.push(format!("{}: {}", self.heading(question.subject), self.line(question, reached).name));
        }
        if lines.is_empty() {
            let every = self.pick(
                "凡已判定者，每个分段、行、等级、条款与警示都有答卷达到。",
                "Of all that was decided, every band, row, grade, clause and alert is reached by some sheet.",
            );
            return writeln!(out, "\n{}", paint::wrapped("", &paint::styled(paint::FINE, every)));
        }
        writeln!(
            out,
            "\n{}",
            paint::styled(
                paint::WARNING,
                self.pick(
                    "无一完整答卷达到（只有缺答才可能达到者，由 check 判定）",
                    "Reached by no complete sheet (check tells whether absent answers lead there)"
                )
            )
        )?;
        lines.iter().try_for_each(|line| writeln!(out, "{}", paint::wrapped("  ", line)))
    }

    /// What worse answers do to a result.
    fn monotony(&self, out: &mut dyn Write, monotony: &Monotony) -> io::Result<()> {
        let heading = format!("{}: {}", self.pick("更差的回答", "Worse answers"), self.heading(monotony.subject));
        let answers = format!(
            "{} {}",
            monotony.fields.len(),
            self.pick(
                "个问题逐级变差",
                if monotony.fields.len() == 1 { "question made worse" } else { "questions made worse, step by step" }
            )
        );
        writeln!(out, "\n{}  {}", paint::styled(paint::HEADING, &heading), paint::styled(paint::FAINT, &answers))?;
        let colour = if let Ordered::NeverMilder = monotony.outcome { paint::FINE } else { paint::WARNING };
        writeln!(out, "{}", paint::wrapped("  ", &paint::styled(colour, &self.verdict(monotony))))?;
        if let Ordered::SometimesMilder(all) = &monotony.outcome {
            for milder in all {
                writeln!(out, "{}", paint::wrapped("  ", &self.pair(monotony.subject, milder)))?;
            }
        }
        for line in self.claimed(monotony.subject) {
            writeln!(out, "{}", paint::wrapped("  ", &line))?;
        }
        let aside: Vec<&str> = monotony.left_aside.iter().map(|field| self.instrument.plan().name_of(*field)).collect();
        if aside.is_empty() {
            return Ok(());
        }
        let line = format!(
            "{} {}",
            self.pick("未作比较（没有先后次序或未列入）：", "Not made worse, because nobody says which answer is:"),
            aside.join(", ")
        );
        writeln!(out, "{}", paint::wrapped("  ", &paint::styled(paint::FAINT, &line)))
    }
}
