//! `geras prove`: what holds over all complete answer sheets of an instrument, counted exactly. The counting is the core's; here it is worded.

use std::io::{self, Write};
use std::time::Instant;

use clap::Args;
use geras::Instrument;
use geras::definition::{BandSet, Form, MonotoneClaim, Role, Texts, WorseAnswers};
use geras::plan::{NodeId, Purpose, State, Value};
use geras::prove::{Milder, Monotony, Ordered, Outcome, Proof, Question, Reached, Share, Subject, digits, prove};

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::language::pick;
use crate::paint;

/// Values of one score that are shown one by one.
const MOST_LINES: usize = 40;
/// Answers of a witness that are named.
const MOST_NAMED: usize = 2;

/// Count over all complete answer sheets what leads to each score, band, row, grade, finding and alert
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  geras prove gb-t-42195\n  geras prove fr/aggir@2008 --values\n  geras prove nba --json")]
pub(crate) struct Prove {
    /// The instrument: id, id@edition, jurisdiction/id, or the path of a definition
    id: String,

    /// Show the number of sheets for every value of every score
    #[arg(long)]
    values: bool,

    /// Print it as JSON, with a full sheet as a witness of each value
    #[arg(long)]
    json: bool,
}

impl Prove {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let editions = desk.tree()?.editions(&self.id)?;
        let instrument = editions.newest();
        let start = Instant::now();
        let proof = prove(instrument);
        if self.json {
            writeln!(out, "{}", geras_json::proof_json(instrument, &proof))?;
        } else {
            desk.mind_language(instrument.definition());
            let account = Account { instrument, proof: &proof, language: &desk.language, values: self.values };
            account.write(out)?;
            let took = format!("{} ms", start.elapsed().as_millis());
            writeln!(out, "\n{}", paint::styled(paint::FAINT, &format!("{} {took}", account.pick("用时", "Took"))))?;
        }
        Ok(Verdict::Fine)
    }
}

struct Account<'p> {
    instrument: &'p Instrument,
    proof: &'p Proof,
    language: &'p str,
    values: bool,
}

/// A line of a table: a name, how many sheets, their share, and a sheet.
struct Line {
    name: String,
    sheets: String,
    share: String,
    witness: String,
}

impl Account<'_> {
    fn pick(&self, chinese: &'static str, english: &'static str) -> &'static str {
        pick(self.language, chinese, english)
    }

    fn text(&self, texts: Option<&Texts>, id: &str) -> String {
        texts.map_or_else(|| id.to_owned(), |texts| format!("{} ({id})", texts.get(self.language)))
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let definition = self.instrument.definition();
        let name = format!("{}@{}", definition.id.value, definition.edition.value);
        writeln!(out, "{}  {}", paint::styled(paint::HEADING, definition.title.get(self.language)), paint::styled(paint::FAINT, &name))?;
        let scope = self.pick(
            "对所有完整答卷逐一精确计数（非抽样）：每个显示的问题都已作答，隐藏的问题不作答。",
            "Counted exactly, never sampled, over all complete sheets: every question that is shown has an answer, hidden ones have none.",
        );
        writeln!(out, "{}", paint::wrapped("", scope))?;
        self.settings(out)?;
        for question in &self.proof.questions {
            self.question(out, question)?;
        }
        for monotony in &self.proof.monotonies {
            self.monotony(out, monotony)?;
        }
        self.unreachable(out)
    }

    fn settings(&self, out: &mut dyn Write) -> io::Result<()> {
        let plan = self.instrument.plan();
        let settings = plan.fields().iter().filter(|field| field.role == Role::Setting);
        let stated: Vec<String> =
            settings.filter_map(|field| Some(format!("{}: {}", field.id, plan.answer_text(field, State::Known(field.default?))))).collect();
        if stated.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "{}",
            paint::wrapped(&format!("{} ", self.pick("设定取默认值：", "With the settings at their defaults:")), &stated.join(", "))
        )
    }

    fn question(&self, out: &mut dyn Write, question: &Question) -> io::Result<()> {
        let heading = self.heading(question.subject);
        let reached = match &question.outcome {
            Outcome::NotDecided(reason) => {
                writeln!(out, "\n{}", paint::styled(paint::HEADING, &heading))?;
                let words = format!("{}: {reason}", self.pick("未判定", "not decided"));
                return writeln!(out, "{}", paint::wrapped("  ", &paint::styled(paint::WARNING, &words)));
            }
            Outcome::Exact(reached) => Some(reached),
            Outcome::Many(_) => None,
        };
        let over = format!(
            "{} {}",
            digits(&question.sheets),
            self.pick("份答卷", if question.sheets == 1_u8.into() { "sheet" } else { "sheets" })
        );
        let over = format!(
            "{over}, {} {}",
            question.fields.len(),
            self.pick("个问题", if question.fields.len() == 1 { "question" } else { "questions" })
        );
        writeln!(out, "\n{}  {}", paint::styled(paint::HEADING, &heading), paint::styled(paint::FAINT, &over))?;
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
        }
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
        let width = paint::widest(lines.iter().map(|line| line.name.as_str()));
        let sheets = paint::widest(lines.iter().map(|line| line.sheets.as_str()));
        let share = paint::widest(lines.iter().map(|line| line.share.as_str()));
        for line in &lines {
            let start = format!("  {}  {:>sheets$}  {:>share$}  ", paint::padded(&line.name, width), line.sheets, line.share);
            writeln!(out, "{}", paint::wrapped(&start, &paint::styled(paint::FAINT, &line.witness)).trim_end())?;
        }
        if lines.len() < reached.len() {
            writeln!(out, "  {} {}", reached.len() - lines.len(), self.pick("项未显示（--values 显示全部）", "more, shown with --values"))?;
        }
        Ok(())
    }

    fn line(&self, question: &Question, reached: &Reached) -> Line {
        let name = match (question.subject, reached.value) {
            (_, None) => self.pick("没有值", "no value").to_owned(),
            (Subject::ScoreRows(_) | Subject::PreliminaryRows, _) => {
                format!("{} {}", self.row_word(question.subject), reached.row().map_or(0, |row| row + 1))
            }
            (Subject::Adjustment(_) | Subject::Finding(_) | Subject::Alert(_), _) => self.pick("成立", "holds").to_owned(),
            (subject, Some(value)) => self.value(subject, value),
        };
        let none = reached.witness.is_none();
        let witness = if none {
            self.pick("无一完整答卷达到", "no complete sheet leads here").to_owned()
        } else {
            let told = reached.told(self.instrument.plan());
            let more = if told.len() > MOST_NAMED { format!(", +{}", told.len() - MOST_NAMED) } else { String::new() };
            let told: Vec<String> = told.iter().take(MOST_NAMED).map(|(id, answer)| format!("{id}: {answer}")).collect();
            let all = self.pick("每题取第一项", "every first answer").to_owned();
            let only =
                if reached.only_under_other_settings() { self.pick("仅当更改设定：", "only under other settings: ") } else { "" };
            format!("{only}{}{more}", if told.is_empty() { all } else { told.join(", ") })
        };
        Line { name, sheets: digits(&reached.sheets), share: Share::of(&reached.sheets, &question.sheets).to_string(), witness }
    }

    fn value(&self, subject: Subject, value: Value) -> String {
        self.node(subject).map_or_else(String::new, |node| self.instrument.plan().value_text(node, value))
    }

    fn node(&self, subject: Subject) -> Option<NodeId> {
        self.instrument.plan().find(match subject {
            Subject::Score(place) | Subject::ScoreRows(place) => Purpose::Score(place),
            Subject::Bands(place) => Purpose::Band(place),
            Subject::Preliminary | Subject::PreliminaryRows => Purpose::Preliminary,
            Subject::Adjustment(place) => Purpose::Adjustment(place),
            Subject::Grade => Purpose::Grade,
            Subject::Finding(place) => Purpose::Finding(place),
            Subject::Alert(place) => Purpose::Alert(place),
        })
    }

    fn row_word(&self, subject: Subject) -> &'static str {
        let definition = self.instrument.definition();
        let form = match subject {
            Subject::ScoreRows(place) => definition.scores.get(place).map(|score| &score.form.value),
            _ => definition.grade.as_ref().map(|grade| &grade.preliminary.value),
        };
        match form {
            Some(Form::Matrix { .. }) => pick(self.language, "单元格", "cell"),
            Some(Form::Lookup { .. }) => pick(self.language, "档", "step"),
            Some(Form::Tree(_)) => pick(self.language, "分支", "branch"),
            _ => pick(self.language, "行", "row"),
        }
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
        match &monotony.outcome {
            Ordered::NeverMilder => {
                let line = self.pick("已证明：结果从不因此变轻。", "Proved: never a milder result.");
                writeln!(out, "  {}", paint::styled(paint::FINE, line))?;
            }
            Ordered::NotDecided(reason) => {
                let words = format!("{}: {reason}", self.pick("未判定", "not decided"));
                writeln!(out, "{}", paint::wrapped("  ", &paint::styled(paint::WARNING, &words)))?;
            }
            Ordered::SometimesMilder(all) => {
                let purpose = if let Subject::Score(place) = monotony.subject { Purpose::Score(place) } else { Purpose::Grade };
                let considered = self.instrument.plan().considered(purpose);
                let excepted = |milder: &Milder| considered.is_some_and(|considered| considered.except.contains(&milder.field));
                let line = if all.iter().all(excepted) {
                    self.pick(
                        "已证明：除定义列明的例外，结果从不因此变轻。例外中各给出最小的一对答卷：",
                        "Proved: never a milder result, but for the exceptions that the definition names. Of each the smallest pair of sheets:",
                    )
                } else {
                    self.pick(
                        "有时反而变轻。每个问题给出找到的最小一对答卷：",
                        "Sometimes a milder result. For each question the smallest pair of sheets that was found:",
                    )
                };
                writeln!(out, "{}", paint::wrapped("  ", &paint::styled(paint::WARNING, line)))?;
                for milder in all {
                    writeln!(out, "{}", paint::wrapped("  ", &self.pair(monotony.subject, milder)))?;
                }
            }
        }
        if let Some(claim) = self.claim(monotony.subject) {
            let claimed = match claim.worse_answers.value {
                WorseAnswers::NeverMilder => self.pick("定义声明：从不变轻。", "The definition claims: never milder."),
                WorseAnswers::SometimesMilder => self.pick("定义声明：有时变轻。", "The definition says: sometimes milder."),
            };
            let reason = claim.reason.as_ref().map_or("", |reason| reason.get(self.language));
            let cite = claim.cite.as_ref().map_or_else(String::new, |cite| format!(" ({cite})"));
            writeln!(out, "{}", paint::wrapped("  ", format!("{claimed} {reason}{cite}").trim_end()))?;
            for exception in &claim.except {
                let cite = exception.cite.as_ref().map_or_else(String::new, |cite| format!(" ({cite})"));
                let line =
                    format!("{} {}: {}{cite}", self.pick("例外", "Except"), exception.item.value, exception.reason.get(self.language));
                writeln!(out, "{}", paint::wrapped("  ", &line))?;
            }
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

    fn pair(&self, subject: Subject, milder: &Milder) -> String {
        let plan = self.instrument.plan();
        let Some(field) = plan.fields().get(milder.field.place()) else { return String::new() };
        let (better, worse) = (plan.answer_text(field, milder.better), plan.answer_text(field, milder.worse));
        let (before, after) = (self.value(subject, milder.before), self.value(subject, milder.after));
        let others: Vec<String> = milder.around(plan).into_iter().map(|(id, answer)| format!("{id}: {answer}")).collect();
        let around = match (others.is_empty(), self.language.starts_with("zh")) {
            (true, true) => "其余取第一项".to_owned(),
            (true, false) => "everything else first of all".to_owned(),
            (false, true) => format!("同时 {}", others.join("、")),
            (false, false) => format!("beside {}", others.join(", ")),
        };
        format!("{}: {better} → {worse}   {before} → {after}   {around}", field.id)
    }

    fn claim(&self, subject: Subject) -> Option<&MonotoneClaim> {
        let definition = self.instrument.definition();
        match subject {
            Subject::Score(place) => definition.scores.get(place)?.monotone.as_ref(),
            _ => definition.grade.as_ref()?.monotone.as_ref(),
        }
    }

    fn heading(&self, subject: Subject) -> String {
        let definition = self.instrument.definition();
        let grade = definition.grade.as_ref();
        let score =
            |place: usize| definition.scores.get(place).map_or_else(String::new, |score| self.text(score.title.as_ref(), &score.id.value));
        match subject {
            Subject::Score(place) => format!("{}: {}", self.pick("得分", "Score"), score(place)),
            Subject::ScoreRows(place) => format!("{}: {}", self.pick("规则", "Rule"), score(place)),
            Subject::Bands(place) => {
                let of = |set: &BandSet| {
                    definition.scores.iter().find(|score| score.id.value == set.of.value).and_then(|score| score.title.as_ref())
                };
                let title = |set: &BandSet| self.text(set.title.as_ref().or_else(|| of(set)), &set.id.value);
                let name = definition.band_sets.get(place).map_or_else(String::new, title);
                format!("{}: {name}", self.pick("分段", "Bands"))
            }
            Subject::Preliminary => self.pick("初步等级", "Preliminary grade").to_owned(),
            Subject::PreliminaryRows => self.pick("规则：初步等级", "Rule: preliminary grade").to_owned(),
            Subject::Adjustment(place) => {
                let clause = grade.and_then(|grade| grade.adjustments.get(place));
                let name = clause.map_or_else(String::new, |clause| self.text(clause.reason.as_ref(), &clause.id.value));
                format!("{}: {name}", self.pick("等级变更", "Adjustment"))
            }
            Subject::Grade => {
                let name = grade.and_then(|grade| grade.title.as_ref()).map_or("", |title| title.get(self.language));
                format!("{}{}{name}", self.pick("等级", "Grade"), if name.is_empty() { "" } else { ": " })
            }
            Subject::Finding(place) => {
                let name =
                    definition.findings.get(place).map_or_else(String::new, |finding| self.text(Some(&finding.text), &finding.id.value));
                format!("{}: {name}", self.pick("评估发现", "Finding"))
            }
            Subject::Alert(place) => {
                let name = definition.alerts.get(place).map_or_else(String::new, |alert| self.text(Some(&alert.text), &alert.id.value));
                format!("{}: {name}", self.pick("警示", "Alert"))
            }
        }
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
}
