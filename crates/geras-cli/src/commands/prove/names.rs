//! The names under which a report of a proof tells of questions, rows and values, in the reader's language. Writes nothing.

use geras::Instrument;
use geras::assess::{not_decided_words, tried_words};
use geras::definition::{BandSet, Form, MonotoneClaim, Role, Row, Table, Texts, WorseAnswers};
use geras::plan::{NodeId, Purpose, State, Value};
use geras::prove::{Combination, Count, Milder, Monotony, NotDecided, Ordered, Proof, Question, Reached, Share, Subject, digits};

use super::lines::Line;
use crate::language::pick;

/// Answers of a witness that are named.
const MOST_NAMED: usize = 2;

/// A proof as it is told.
pub(super) struct Account<'p> {
    pub(super) instrument: &'p Instrument,
    pub(super) proof: &'p Proof,
    pub(super) language: &'p str,
    pub(super) values: bool,
}

/// That something was not decided, and why.
pub(super) fn undecided(reason: &NotDecided, language: &str) -> String {
    format!("{}{}", pick(language, "未判定：", "not decided: "), not_decided_words(reason, language))
}

/// That only so many were tried, and why.
pub(super) fn tried(tried: &Count, reason: &NotDecided, language: &str) -> String {
    tried_words(&digits(tried), reason, language)
}

impl Account<'_> {
    pub(super) fn pick(&self, chinese: &'static str, english: &'static str) -> &'static str {
        pick(self.language, chinese, english)
    }

    pub(super) fn text(&self, texts: Option<&Texts>, id: &str) -> String {
        texts.map_or_else(|| id.to_owned(), |texts| format!("{} ({id})", texts.get(self.language)))
    }

    pub(super) fn value(&self, subject: Subject, value: Value) -> String {
        self.node(subject).map_or_else(String::new, |node| self.instrument.plan().value_text(node, value))
    }

    pub(super) fn node(&self, subject: Subject) -> Option<NodeId> {
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

    pub(super) fn row_word(&self, subject: Subject) -> &'static str {
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

    pub(super) fn heading(&self, subject: Subject) -> String {
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

    pub(super) fn claim(&self, subject: Subject) -> Option<&MonotoneClaim> {
        let definition = self.instrument.definition();
        match subject {
            Subject::Score(place) => definition.scores.get(place)?.monotone.as_ref(),
            _ => definition.grade.as_ref()?.monotone.as_ref(),
        }
    }

    pub(super) fn pair(&self, subject: Subject, milder: &Milder) -> String {
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

    pub(super) fn line(&self, question: &Question, reached: &Reached) -> Line {
        let name = match (question.subject, reached.value) {
            (_, None) => self.pick("没有值", "no value").to_owned(),
            (Subject::ScoreRows(_) | Subject::PreliminaryRows, _) => self.row_name(question.subject, reached.row().unwrap_or(0)),
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
        Line { name, count: digits(&reached.sheets), share: Share::of(&reached.sheets, &question.sheets).to_string(), witness }
    }

    /// Over what was counted.
    pub(super) fn scope(&self) -> &'static str {
        self.pick(
            "对所有完整答卷逐一精确计数（非抽样）：每个显示的问题都已作答，隐藏的问题不作答。",
            "Counted exactly, never sampled, over all complete sheets: every question that is shown has an answer, hidden ones have none.",
        )
    }

    /// The settings that hold throughout, where there are any.
    pub(super) fn settings(&self) -> Option<String> {
        let plan = self.instrument.plan();
        let settings = plan.fields().iter().filter(|field| field.role == Role::Setting);
        let stated: Vec<String> =
            settings.filter_map(|field| Some(format!("{}: {}", field.id, plan.answer_text(field, State::Known(field.default?))))).collect();
        let words = self.pick("设定取默认值：", "With the settings at their defaults:");
        (!stated.is_empty()).then(|| format!("{words} {}", stated.join(", ")))
    }

    fn decision_table(&self, subject: Subject) -> Option<&Table> {
        let definition = self.instrument.definition();
        let form = match subject {
            Subject::ScoreRows(place) => definition.scores.get(place).map(|score| &score.form.value),
            _ => definition.grade.as_ref().map(|grade| &grade.preliminary.value),
        };
        if let Some(Form::Table(table)) = form { Some(table) } else { None }
    }

    /// The rows of the table that a question is about.
    fn table_rows(&self, subject: Subject) -> &[Row] {
        self.decision_table(subject).map_or(&[], |table| &table.rows)
    }

    /// The columns of the table, as their author wrote them.
    fn columns(&self, subject: Subject) -> Vec<String> {
        self.decision_table(subject)
            .map(|table| table.columns.iter().map(|column| column.scalar.text.trim().to_owned()).collect())
            .unwrap_or_default()
    }

    /// A code in a column: by its word where the column is an item, else by its place.
    fn code_of(&self, subject: Subject, column: usize, code: u8) -> String {
        let plan = self.instrument.plan();
        let name = self.columns(subject).get(column).cloned().unwrap_or_default();
        let item = plan.field_id(&name).and_then(|field| plan.fields().get(field.place()));
        item.map_or_else(|| format!("#{}", code + 1), |field| plan.answer_text(field, State::Known(Value::Code(code))))
    }

    /// A row, step, cell or branch by its place, with its id where it has one.
    pub(super) fn row_name(&self, subject: Subject, row: usize) -> String {
        let id = self.table_rows(subject).get(row).and_then(|row| row.id.as_ref());
        format!("{} {}{}", self.row_word(subject), row + 1, id.map_or_else(String::new, |id| format!(" {}", id.value)))
    }

    /// What the rows of a table do on the combinations of its columns' values: where several give different results, and where no clause of the source speaks.
    pub(super) fn combinations(&self, question: &Question) -> Vec<String> {
        let Some(all) = &question.combinations else { return Vec::new() };
        let rows = self.table_rows(question.subject);
        let chinese = self.language.starts_with("zh");
        let result = |row: &usize| rows.get(*row).map(|row| row.then.text.clone()).unwrap_or_default();
        let cited = |row: &usize| rows.get(*row).is_some_and(|row| row.cite.is_some());
        let some_cite = rows.iter().any(|row| row.cite.is_some());
        let columns = format!("({})", self.columns(question.subject).join(", "));
        let mut lines = Vec::new();
        let mut overlaps: Vec<(Vec<String>, Vec<&Combination>)> = Vec::new();
        for combination in all {
            // Rows without a clause fill what the source leaves open; they contradict nothing.
            let spoken = combination.rows.iter().filter(|row| !some_cite || cited(row));
            let mut results: Vec<String> = spoken.map(result).collect();
            results.dedup();
            if results.len() > 1 {
                match overlaps.iter_mut().find(|(known, _)| *known == results) {
                    Some((_, known)) => known.push(combination),
                    None => overlaps.push((results, vec![combination])),
                }
            }
        }
        let number = overlaps.iter().map(|(_, combinations)| combinations.len()).sum::<usize>();
        if number > 0 {
            lines.push(match chinese {
                true => format!("{columns} 的 {} 种组合中，有 {number} 种同时符合结果不同的几行，以第一行为准：", all.len()),
                false => {
                    format!("Of {} combinations of {columns} {number} fit rows with different results; the first row decides:", all.len())
                }
            });
            for (results, combinations) in &overlaps {
                let example = combinations.first().map_or_else(String::new, |combination| self.combination(question.subject, combination));
                let results = results.join(self.pick("、", ", "));
                lines.push(match chinese {
                    true => format!("  {} 种：{results}；例如 {example}", combinations.len()),
                    false => format!("  {} fit {results}; for example {example}", combinations.len()),
                });
            }
        }
        if some_cite {
            let gaps: Vec<&Combination> = all.iter().filter(|combination| !combination.rows.iter().any(cited)).collect();
            if !gaps.is_empty() {
                lines.push(match chinese {
                    true => format!("{} 种组合没有引用原文条款的行（原文未作规定），由定义自行补足：", gaps.len()),
                    false => format!(
                        "{} combinations are in no row that cites a clause: the source says nothing, and the definition settles them:",
                        gaps.len()
                    ),
                });
                lines.extend(gaps.iter().map(|gap| format!("  {}", self.combination(question.subject, gap))));
            }
        }
        lines
    }

    fn combination(&self, subject: Subject, combination: &Combination) -> String {
        let values: Vec<String> = combination
            .values
            .iter()
            .enumerate()
            .map(|(place, value)| match value {
                Value::Number(number) => number.normalize().to_string(),
                Value::Boolean(truth) => truth.to_string(),
                Value::Code(code) => self.code_of(subject, place, *code),
                _ => String::new(),
            })
            .collect();
        let rows: Vec<String> = combination.rows.iter().map(|row| self.row_name(subject, *row)).collect();
        format!("({}): {}", values.join(", "), rows.join(self.pick("、", ", ")))
    }

    /// What the proof says of worse answers, in one sentence.
    pub(super) fn verdict(&self, monotony: &Monotony) -> String {
        match &monotony.outcome {
            Ordered::NeverMilder => self.pick("已证明：结果从不因此变轻。", "Proved: never a milder result.").to_owned(),
            Ordered::NotDecided(reason) => undecided(reason, self.language),
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
                line.to_owned()
            }
        }
    }

    /// A band or grade by its label, any other value as in the definition.
    pub(super) fn label(&self, question: &Question, reached: &Reached) -> String {
        let definition = self.instrument.definition();
        let id = self.line(question, reached).name;
        let grade = || definition.grade.iter().flat_map(|grade| &grade.scale).find(|step| step.id.value == id);
        let label = match question.subject {
            Subject::Bands(place) => {
                let set = definition.band_sets.get(place);
                set.and_then(|set| set.bands.iter().find(|band| band.id.value == id)).and_then(|band| band.label.as_ref())
            }
            Subject::Grade | Subject::Preliminary => grade().and_then(|step| step.label.as_ref()),
            _ => None,
        };
        label.map_or(id, |label| label.get(self.language).to_owned())
    }

    /// What the definition itself says of worse answers.
    pub(super) fn claimed(&self, subject: Subject) -> Vec<String> {
        let Some(claim) = self.claim(subject) else { return Vec::new() };
        let cited = |cite: &Option<String>| cite.as_ref().map_or_else(String::new, |cite| format!(" ({cite})"));
        let claimed = match claim.worse_answers.value {
            WorseAnswers::NeverMilder => self.pick("定义声明：从不变轻。", "The definition claims: never milder."),
            WorseAnswers::SometimesMilder => self.pick("定义声明：有时变轻。", "The definition says: sometimes milder."),
        };
        let reason = claim.reason.as_ref().map_or("", |reason| reason.get(self.language));
        let mut lines = vec![format!("{claimed} {reason}{}", cited(&claim.cite)).trim_end().to_owned()];
        for exception in &claim.except {
            let (item, reason) = (&exception.item.value, exception.reason.get(self.language));
            lines.push(format!("{} {item}: {reason}{}", self.pick("例外", "Except"), cited(&exception.cite)));
        }
        lines
    }
}
