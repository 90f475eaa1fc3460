//! Two pathways compared, as a report on the terminal: who goes elsewhere and by which rules, which clauses reach others, and the people. Counts nothing.

use std::io::{self, Write};

use geras::Pathway;
use geras::assess::undecided_words;
use geras::compare::{ComparedPathways, Subject, Told, Verdict};
use geras::definition::{ClauseKind, NEEDS_JUDGEMENT};
use geras::prove::{Share, digits};
use geras_json::{GroupShape, PeopleShape, brought};

use super::super::pathway::describe::title;
use crate::language::pick;
use crate::paint;

/// Moves that are shown.
const MOST_MOVES: usize = 20;
/// Answers of a witness that are named.
const MOST_NAMED: usize = 4;

/// A comparison as it is told.
pub(super) struct Account<'a> {
    pub(super) a: &'a Pathway,
    pub(super) b: &'a Pathway,
    pub(super) comparison: &'a ComparedPathways,
    pub(super) people: Option<&'a PeopleShape>,
    pub(super) language: &'a str,
}

impl Account<'_> {
    fn pick(&self, chinese: &'static str, english: &'static str) -> &'static str {
        pick(self.language, chinese, english)
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for (letter, pathway) in [("A", self.a), ("B", self.b)] {
            let (name, head) = (pathway.definition().name(), &pathway.definition().head);
            let path = format!("{name}  {}", head.source.path());
            let title = paint::styled(paint::HEADING, head.title.get(self.language));
            writeln!(out, "{letter}  {title}  {}", paint::styled(paint::FAINT, &path))?;
        }
        let scope = self.pick(
            "对两者的所有完整记录精确计数（非抽样）：路径的每个问题和各评估工具的每个问题都已作答；每项评估或已完成，或未做。设定取默认值。",
            "Counted exactly, never sampled, over all complete records of both: every question of the pathways and of their instruments has an answer, and each \
             assessment was done or was not. Settings are at their defaults.",
        );
        writeln!(out, "{}", paint::wrapped("", scope))?;
        writeln!(out, "\n{}", paint::styled(if self.comparison.is_same() { paint::FINE } else { paint::WARNING }, &self.verdict()))?;
        self.section(out, self.pick("问题", "Questions"), &self.questions())?;
        self.section(out, self.pick("去向改变的记录", "Records that go elsewhere"), &self.ends())?;
        self.section(out, self.pick("由哪些规则引起", "By which rules"), &self.moves())?;
        self.section(out, self.pick("成立范围改变的条款", "Clauses that reach others"), &self.clauses())?;
        self.section(out, self.pick("内容改变的条款", "Clauses that bring something else"), &self.brings())?;
        self.section(out, self.pick("只有一方有的条款", "Clauses that only one has"), &self.only())?;
        self.section(out, self.pick("用法不同的评估", "Assessments that are used in another way"), &self.comparison.assessments)?;
        self.section(out, self.pick("未判定", "Not decided"), &self.undecided())?;
        self.section(out, self.pick("相同", "The same"), &self.same())?;
        self.people(out)
    }

    fn section(&self, out: &mut dyn Write, heading: &str, lines: &[String]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", paint::styled(paint::HEADING, heading))?;
        lines.iter().try_for_each(|line| writeln!(out, "{}", paint::wrapped("  ", line)))
    }

    fn verdict(&self) -> String {
        if self.comparison.is_same() {
            return self
                .pick(
                    "已证明：对每份完整记录，两者得出的一切都相同。",
                    "Proved: both come to the same in everything, on every complete record.",
                )
                .to_owned();
        }
        let end =
            |subject: &Subject| self.comparison.results.iter().find(|result| result.subject == *subject).map(|result| &result.verdict);
        match end(&Subject::Kind) {
            Some(Verdict::SameRule | Verdict::SameOnAll(_)) => self
                .pick(
                    "已证明：每份完整记录的去向都不变；其他方面有不同。",
                    "Proved: every complete record goes to the same place; something else differs.",
                )
                .to_owned(),
            Some(Verdict::Differs { sheets, of, .. }) => {
                let (records, all, share) = (digits(sheets), digits(of), Share::of(sheets, of));
                if self.language == "zh" {
                    format!("{all} 份记录中有 {records} 份（{share}）去向改变。")
                } else {
                    format!("{records} of {all} records ({share}) go to another place.")
                }
            }
            _ => self.pick("去向是否改变未能判定。", "Whether anybody goes to another place was not decided.").to_owned(),
        }
    }

    fn questions(&self) -> Vec<String> {
        let questions = &self.comparison.questions;
        let mut lines = vec![if self.language == "zh" {
            format!("两者共有 {} 个相同的问题（含各评估工具的问题）。", questions.same)
        } else {
            format!("{} questions are the same in both, those of their instruments among them.", questions.same)
        }];
        let lists = [
            (self.pick("只有 A 有", "only in A"), &questions.only_a),
            (self.pick("只有 B 有", "only in B"), &questions.only_b),
            (self.pick("询问的条件不同", "asked in other cases"), &questions.asked),
            (
                self.pick("缺答原因不同（只对完整记录计数）", "with other absent reasons (only complete records are counted)"),
                &questions.absent,
            ),
        ];
        for (words, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            lines.push(format!("{words}: {}", list.join(", ")));
        }
        if !questions.apart.is_empty() {
            let ids: Vec<&str> = questions.apart.iter().map(|(id, _)| id.as_str()).collect();
            lines.push(format!("{}: {}", self.pick("编号相同但不是同一问题", "one id, but not one question"), ids.join(", ")));
        }
        for (id, in_a, in_b) in &questions.narrowed {
            let words = self.pick("只就两者共有的答案比较", "compared on the answers that both have");
            lines.push(format!("{id}: {words} (A: {in_a}; B: {in_b})"));
        }
        lines
    }

    /// A value with its name in words.
    fn told(&self, subject: &Subject, value: &Told) -> String {
        let definition = [self.a, self.b].map(Pathway::definition);
        match value {
            Told::Nothing => self.pick("取决于未做的评估", "waits for an assessment that was not done").to_owned(),
            Told::Number(number) => number.to_string(),
            Told::Truth(true) => self.pick("成立", "holds").to_owned(),
            Told::Truth(false) => self.pick("不成立", "does not hold").to_owned(),
            Told::Code(code) if code == NEEDS_JUDGEMENT => self.pick("由人判断", "people decide").to_owned(),
            Told::Code(code) if *subject == Subject::Setting => {
                let found = definition.iter().flat_map(|definition| &definition.care_settings).find(|setting| setting.id.value == *code);
                found.map_or_else(|| code.clone(), |setting| setting.label.get(self.language).to_owned())
            }
            Told::Code(code) => {
                let found = definition.iter().flat_map(|definition| definition.kinds()).find(|(_, kind)| kind.id.value == *code);
                let colon = self.pick("：", ": ");
                found.map_or_else(
                    || code.clone(),
                    |(setting, kind)| format!("{}{colon}{}", setting.label.get(self.language), kind.label.get(self.language)),
                )
            }
        }
    }

    fn example(&self, told: &[(String, String)]) -> String {
        if told.is_empty() {
            return self.pick("例：每题取第一项", "e.g. every first answer").to_owned();
        }
        let more = if told.len() > MOST_NAMED { format!(", +{}", told.len() - MOST_NAMED) } else { String::new() };
        let named: Vec<String> = told.iter().take(MOST_NAMED).map(|(id, answer)| format!("{id}: {answer}")).collect();
        format!("{}{}{more}", self.pick("例：", "e.g. "), named.join(", "))
    }

    /// Where people go, by care setting and by kind.
    fn ends(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for subject in [Subject::Setting, Subject::Kind] {
            let found = self.comparison.results.iter().find(|result| result.subject == subject);
            let Some(Verdict::Differs { of, pairs, .. }) = found.map(|result| &result.verdict) else { continue };
            let mut pairs: Vec<_> = pairs.iter().filter(|pair| pair.from != pair.to).collect();
            pairs.sort_by(|one, two| two.sheets.cmp(&one.sheets));
            for pair in pairs {
                let (from, to) = (self.told(&subject, &pair.from), self.told(&subject, &pair.to));
                let share = Share::of(&pair.sheets, of);
                lines.push(format!("{from} → {to}   {}   {share}   {}", digits(&pair.sheets), self.example(&pair.witness.told)));
            }
        }
        lines
    }

    fn moves(&self) -> Vec<String> {
        let (moves, of) = match &self.comparison.moves {
            Ok(found) => (&found.moves, &found.of),
            Err(reason) => return vec![format!("{}{}", self.pick("未判定：", "not decided: "), undecided_words(reason, self.language))],
        };
        let none = self.pick("没有规则", "no rule");
        let mut lines: Vec<String> = moves
            .iter()
            .take(MOST_MOVES)
            .map(|one| {
                let rules = format!("{} → {}", one.rule_a.as_deref().unwrap_or(none), one.rule_b.as_deref().unwrap_or(none));
                let (from, to) = (self.told(&Subject::Kind, &one.from), self.told(&Subject::Kind, &one.to));
                let share = Share::of(&one.records, of);
                format!("{rules}   {from} → {to}   {}   {share}   {}", digits(&one.records), self.example(&one.witness.told))
            })
            .collect();
        if moves.len() > MOST_MOVES {
            lines.push(format!("+{}", moves.len() - MOST_MOVES));
        }
        lines
    }

    fn name(&self, subject: &Subject) -> String {
        match subject {
            Subject::Setting => self.pick("照护去向", "Care setting").to_owned(),
            Subject::Kind => self.pick("去向类别", "Kind of care setting").to_owned(),
            Subject::Proposal => self.pick("规则建议的类别", "Kind that the rules propose").to_owned(),
            Subject::Wanted(id) => format!("{} {id}", self.pick("要做的评估", "Assessment")),
            Subject::Clause(kind, id) => self.clause(*kind, id),
        }
    }

    fn clause(&self, kind: ClauseKind, id: &str) -> String {
        let mut all = [self.a, self.b].into_iter().flat_map(|pathway| pathway.definition().of_kind(kind));
        let text = all.find(|(_, clause)| clause.id.value == id).map_or("", |(_, clause)| clause.text.get(self.language));
        format!("{}: {text} ({id})", title(kind, self.language))
    }

    fn clauses(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for result in &self.comparison.results {
            let Verdict::Differs { of, pairs, .. } = &result.verdict else { continue };
            if matches!(result.subject, Subject::Setting | Subject::Kind | Subject::Proposal) {
                continue;
            }
            lines.push(self.name(&result.subject));
            for pair in pairs.iter().filter(|pair| pair.from != pair.to) {
                let (from, to) = (self.told(&result.subject, &pair.from), self.told(&result.subject, &pair.to));
                let share = Share::of(&pair.sheets, of);
                lines.push(format!("    {from} → {to}   {}   {share}   {}", digits(&pair.sheets), self.example(&pair.witness.told)));
            }
        }
        lines
    }

    fn brings(&self) -> Vec<String> {
        let one = |one: &geras::compare::Brings| format!("{}: {} → {}", self.clause(one.kind, &one.id), brought(&one.a), brought(&one.b));
        self.comparison.brings.iter().map(one).collect()
    }

    fn only(&self) -> Vec<String> {
        let of = |letter: &'static str, all: &[(ClauseKind, String)]| -> Vec<String> {
            all.iter().map(|(kind, id)| format!("{letter}  {}", self.clause(*kind, id))).collect()
        };
        [of("A", &self.comparison.only_a), of("B", &self.comparison.only_b)].concat()
    }

    fn undecided(&self) -> Vec<String> {
        let one = |result: &geras::compare::ComparedClause| match &result.verdict {
            Verdict::NotDecided(reason) => Some(format!("{}: {}", self.name(&result.subject), undecided_words(reason, self.language))),
            _ => None,
        };
        self.comparison.results.iter().filter_map(one).collect()
    }

    fn same(&self) -> Vec<String> {
        let count = |wanted: fn(&Verdict) -> bool| self.comparison.results.iter().filter(|result| wanted(&result.verdict)).count();
        let by_rule = count(|verdict| matches!(verdict, Verdict::SameRule));
        let counted = count(|verdict| matches!(verdict, Verdict::SameOnAll(_)));
        let mut lines = Vec::new();
        if by_rule > 0 {
            let words = self.pick(
                "项由相同的规则得出，对一切记录（含不完整者）都相同。",
                "results follow from the same rule and are the same on every record, complete or not.",
            );
            lines.push(format!("{by_rule} {words}"));
        }
        if counted > 0 {
            let words = self.pick(
                "项规则不同，但经计数，对每份完整记录都相同。",
                "follow from other rules, and were counted to be the same on every complete record.",
            );
            lines.push(format!("{counted} {words}"));
        }
        lines
    }

    fn people(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(people) = self.people else { return Ok(()) };
        let (all, refused, made_up) =
            (paint::thousands(people.people), paint::thousands(people.refused), paint::thousands(people.synthetic));
        let mut lines = vec![if self.language == "zh" {
            format!("共 {all} 行，其中 {refused} 行未被接受；{made_up} 份由程序虚拟生成，不是真人。复核改定的去向不计。")
        } else {
            format!(
                "{all} lines, {refused} refused; {made_up} were made up by a program and are no real people. Decisions beside the computed setting are left aside."
            )
        }];
        for refusal in &people.refusals {
            lines.push(if self.language == "zh" {
                format!("第 {} 行：{}", refusal.line, refusal.why)
            } else {
                format!("line {}: {}", refusal.line, refusal.why)
            });
        }
        self.section(out, self.pick("受影响的人", "People"), &lines)?;
        people.groups.iter().try_for_each(|group| self.matrix(out, group))
    }

    /// Care settings in A by rows, in B by columns.
    fn matrix(&self, out: &mut dyn Write, group: &GroupShape) -> io::Result<()> {
        let (same, changed, open) = (paint::thousands(group.same), paint::thousands(group.changed), paint::thousands(group.open));
        let moved = if self.language == "zh" {
            format!("{} 人：{changed} 人去向改变，{same} 人不变，{open} 人至少一方未定", paint::thousands(group.people))
        } else {
            format!(
                "{} people: {changed} go elsewhere, {same} stay, {open} are open in one of them or both",
                paint::thousands(group.people)
            )
        };
        writeln!(out, "  {moved}")?;
        let axis = |of: fn(&geras_json::CellShape) -> &Option<String>| {
            let settings = [self.a, self.b].into_iter().flat_map(|pathway| &pathway.definition().care_settings);
            let mut all: Vec<Option<String>> = Vec::new();
            let known = settings.map(|setting| Some(setting.id.value.clone())).chain([Some(NEEDS_JUDGEMENT.to_owned()), None]);
            for code in known {
                if !all.contains(&code) && group.matrix.iter().any(|cell| *of(cell) == code) {
                    all.push(code);
                }
            }
            all
        };
        let (rows, columns) = (axis(|cell| &cell.from), axis(|cell| &cell.to));
        let word = |code: &Option<String>| match code {
            None => self.pick("未定", "open").to_owned(),
            Some(code) => self.told(&Subject::Setting, &Told::Code(code.clone())),
        };
        let mut table = vec![std::iter::once("A \\ B".to_owned()).chain(columns.iter().map(word)).collect::<Vec<_>>()];
        for row in &rows {
            let cell = |column: &Option<String>| {
                let cell = group.matrix.iter().find(|cell| cell.from == *row && cell.to == *column);
                cell.map_or_else(|| "·".to_owned(), |cell| paint::thousands(cell.people))
            };
            table.push(std::iter::once(word(row)).chain(columns.iter().map(cell)).collect());
        }
        let widths: Vec<usize> =
            (0..=columns.len()).map(|at| paint::widest(table.iter().filter_map(|row| row.get(at)).map(String::as_str))).collect();
        for row in &table {
            let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| paint::padded(cell, *width)).collect();
            writeln!(out, "    {}", cells.join("  ").trim_end())?;
        }
        Ok(())
    }
}
