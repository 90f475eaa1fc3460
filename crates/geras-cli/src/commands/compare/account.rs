//! A comparison as a report on the terminal: what differs and where first, then what is the same, what nobody can say, and the people. Counts nothing.

use std::io::{self, Write};

use geras::assess::undecided_words;
use geras::compare::{Apart, Compared, Comparison, ResultKind, Side, Verdict};
use geras::definition::Role;
use geras::plan::State;
use geras::prove::{Share, digits};
use geras_json::{GroupShape, PeopleShape, RefusalShape};

use super::names::Names;
use crate::paint;

/// Regions of one result that are shown.
const MOST_REGIONS: usize = 12;
/// Answers of a witness that are named.
const MOST_NAMED: usize = 4;

pub(super) struct Account<'a> {
    pub(super) names: Names<'a>,
    pub(super) comparison: &'a Comparison,
    pub(super) people: Option<&'a PeopleShape>,
}

impl Account<'_> {
    pub(super) fn pick(&self, chinese: &'static str, english: &'static str) -> &'static str {
        self.names.pick(chinese, english)
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let names = &self.names;
        for (letter, side, instrument) in [("A", Side::A, names.a), ("B", Side::B, names.b)] {
            let definition = instrument.definition();
            let (title, path) = (definition.title.get(names.language), definition.source.path());
            let name = format!("{}  {path}", names.edition(side));
            writeln!(out, "{letter}  {}  {}", paint::styled(paint::HEADING, title), paint::styled(paint::FAINT, &name))?;
        }
        for line in self.scope() {
            writeln!(out, "{}", paint::wrapped("", &line))?;
        }
        writeln!(out, "\n{}", paint::styled(paint::HEADING, self.pick("问题", "Questions")))?;
        for line in self.questions() {
            writeln!(out, "{}", paint::wrapped("  ", &line))?;
        }
        for result in &self.comparison.results {
            if let Verdict::Differs { .. } = result.verdict {
                self.differs(out, result)?;
            }
        }
        for (heading, lines) in [
            (self.pick("未判定", "Not decided"), self.undecided()),
            (self.pick("只有一版有的结果", "Results that only one has"), self.only()),
            (self.pick("相同", "The same"), self.same()),
        ] {
            if !lines.is_empty() {
                writeln!(out, "\n{}", paint::styled(paint::HEADING, heading))?;
            }
            for line in lines {
                writeln!(out, "{}", paint::wrapped("  ", &line))?;
            }
        }
        if let Some(people) = self.people {
            self.people(out, people)?;
        }
        let style = if self.comparison.is_same() { paint::FINE } else { paint::WARNING };
        writeln!(out, "\n{}", paint::wrapped("", &paint::styled(style, &self.verdict())))
    }

    /// What is compared, and what is taken for granted.
    pub(super) fn scope(&self) -> Vec<String> {
        let scope = self.pick(
            "按含义比较，对两版都能作答的全部完整答卷精确计数（非抽样）；措辞、题序与标签不算差异。",
            "Compared by meaning, counted exactly and never sampled over all complete sheets that both can take; wording, order and labels are no difference.",
        );
        let mut lines = vec![scope.to_owned()];
        let settings = |instrument: &geras::Instrument| {
            let plan = instrument.plan();
            let all = plan.fields().iter().filter(|field| field.role == Role::Setting);
            let each = all.filter_map(|field| Some(format!("{}: {}", field.id, plan.answer_text(field, State::Known(field.default?)))));
            each.collect::<Vec<_>>().join(", ")
        };
        let (a, b) = (settings(self.names.a), settings(self.names.b));
        let words = self.pick("设定取默认值：", "With the settings at their defaults: ");
        if a == b && !a.is_empty() {
            lines.push(format!("{words}{a}"));
        } else if a != b {
            lines.push(format!("{words}A {a}; B {b}"));
        }
        lines
    }

    /// How the questions agree.
    pub(super) fn questions(&self) -> Vec<String> {
        let questions = &self.comparison.questions;
        let mut lines = vec![format!("{}{}", self.pick("两版相同：", "The same in both: "), questions.same)];
        let (exact, near): (Vec<_>, Vec<_>) = questions.carried.iter().partition(|(_, _, exact)| *exact);
        let pairs = |list: &[&(String, Vec<String>, bool)]| {
            list.iter().map(|(item, from, _)| format!("{item} ← {}", from.join(" + "))).collect::<Vec<_>>().join(", ")
        };
        let mut add = |words: &str, list: String| {
            if !list.is_empty() {
                lines.push(format!("{words}{list}"));
            }
        };
        add(self.pick("由对应表带入，含义相同：", "Carried over by a mapping, the same meaning: "), pairs(&exact));
        add(self.pick("由对应表带入，仅为近似：", "Carried over by a mapping, only near: "), pairs(&near));
        let renamed = questions.renamed.iter().map(|one| format!("{} → {} ({})", one.a, one.b, one.code));
        add(
            self.pick("改了标识，凭原编号相同认作同一题：", "Under another id, taken for one question by the same printed number: "),
            renamed.collect::<Vec<_>>().join(", "),
        );
        add(self.pick("只有 A 有：", "Only in A: "), questions.only_a.join(", "));
        add(self.pick("只有 B 有：", "Only in B: "), questions.only_b.join(", "));
        let apart = |why: &Apart| match why {
            Apart::Kind => self.pick("作答方式不同", "answered in another way"),
            Apart::Nothing => self.pick("没有共同的选项或数值", "no option or number in common"),
            Apart::Options => self.pick("选项的组合不同", "other combinations of options"),
            Apart::Default => self.pick("默认值不同", "another default"),
        };
        let list: Vec<String> = questions.apart.iter().map(|(item, why)| format!("{item} ({})", apart(why))).collect();
        add(self.pick("同名而不能比较：", "One id, but not comparable: "), list.join(", "));
        let narrowed = |(item, a, b): &(String, String, String)| {
            let side = |name: &str, what: &str| if what.is_empty() { String::new() } else { format!(" {name}: {what}") };
            format!("{item} ({})", format!("{}{}", side("A", a), side("B", b)).trim_start())
        };
        let list: Vec<String> = questions.narrowed.iter().map(narrowed).collect();
        add(self.pick("只按两版共有的答案比较；一版独有：", "Compared on the answers that both have; only one has: "), list.join(", "));
        add(
            self.pick("询问条件或隐藏时的计法不同：", "Asked under other conditions, or counted otherwise when hidden: "),
            questions.asked.join(", "),
        );
        add(
            self.pick("允许的缺答原因不同（只计完整答卷）：", "Other absent reasons (only complete sheets are counted): "),
            questions.absent.join(", "),
        );
        add(
            self.pick(
                "缺答处理不同的得分（只计完整答卷）：",
                "Scores with another rule for missing answers (only complete sheets are counted): ",
            ),
            questions.missing.join(", "),
        );
        lines
    }

    fn differs(&self, out: &mut dyn Write, result: &Compared) -> io::Result<()> {
        let Verdict::Differs { sheets, of, regions, .. } = &result.verdict else { return Ok(()) };
        writeln!(
            out,
            "\n{}  {}",
            paint::styled(paint::HEADING, &self.names.result(result.kind, &result.id, Side::A)),
            self.extent(sheets, of)
        )?;
        for region in regions.iter().take(MOST_REGIONS) {
            let change = self.names.change(result.kind, &result.id, &region.change);
            let count = format!("{}, {}", digits(&region.sheets), Share::of(&region.sheets, of));
            writeln!(out, "{}", paint::wrapped("  ", &format!("{}  {count}", paint::styled(paint::WARNING, &change))))?;
            writeln!(out, "{}", paint::wrapped("      ", &self.names.region(region)))?;
            let example = format!("{}{}", self.pick("例：", "e.g. "), self.names.witness(&region.witness.told, MOST_NAMED));
            writeln!(out, "{}", paint::wrapped("      ", &paint::styled(paint::FAINT, &example)))?;
        }
        if regions.len() > MOST_REGIONS {
            let rest: geras::prove::Count = regions.iter().skip(MOST_REGIONS).map(|region| &region.sheets).sum();
            let words = self.pick("处更小的差异（--json 列出全部）", "smaller regions (all are in --json)");
            writeln!(out, "  {} {words}: {}", regions.len() - MOST_REGIONS, digits(&rest))?;
        }
        Ok(())
    }

    /// On how many sheets a result differs.
    pub(super) fn extent(&self, sheets: &geras::prove::Count, of: &geras::prove::Count) -> String {
        let share = Share::of(sheets, of);
        match self.names.language == "zh" {
            true => format!("{} 份答卷中有 {} 份不同（{share}）", digits(of), digits(sheets)),
            false => format!("differs on {} of {} sheets ({share})", digits(sheets), digits(of)),
        }
    }

    /// What nobody can say, with the reason.
    pub(super) fn undecided(&self) -> Vec<String> {
        let line = |result: &Compared| match &result.verdict {
            Verdict::NotDecided(reason) => Some(format!(
                "{} — {}{}",
                self.names.result(result.kind, &result.id, Side::A),
                self.pick("未判定：", "not decided: "),
                undecided_words(reason, self.names.language)
            )),
            _ => None,
        };
        self.comparison.results.iter().filter_map(line).collect()
    }

    /// Results that only one edition has.
    pub(super) fn only(&self) -> Vec<String> {
        let list =
            |all: &[(ResultKind, String)], side: Side| all.iter().map(|(kind, id)| self.names.result(*kind, id, side)).collect::<Vec<_>>();
        let a = list(&self.comparison.only_a, Side::A).into_iter().map(|name| format!("A  {name}"));
        a.chain(list(&self.comparison.only_b, Side::B).into_iter().map(|name| format!("B  {name}"))).collect()
    }

    /// What is proved to be the same, and how.
    pub(super) fn same(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let by_rule: Vec<String> = self
            .comparison
            .results
            .iter()
            .filter(|result| result.verdict == Verdict::SameRule)
            .map(|result| self.names.result(result.kind, &result.id, Side::A))
            .collect();
        if !by_rule.is_empty() {
            let words = self.pick("规则相同，故每份答卷都相同：", "By one and the same rule, so on every sheet: ");
            lines.push(format!("{words}{}", by_rule.join(self.pick("；", "; "))));
        }
        for result in &self.comparison.results {
            if let Verdict::SameOnAll(sheets) = &result.verdict {
                let proved = match self.names.language == "zh" {
                    true => format!("规则写法不同，但已证明 {} 份完整答卷逐一相同", digits(sheets)),
                    false => format!("by other rules, but proved the same on each of {} complete sheets", digits(sheets)),
                };
                lines.push(format!("{} — {proved}", self.names.result(result.kind, &result.id, Side::A)));
            }
        }
        lines
    }

    /// The last line.
    pub(super) fn verdict(&self) -> String {
        let differing = self.comparison.results.iter().filter(|result| matches!(result.verdict, Verdict::Differs { .. })).count();
        let open = self.comparison.results.iter().filter(|result| matches!(result.verdict, Verdict::NotDecided(_))).count();
        let chinese = self.names.language == "zh";
        if self.comparison.is_same() {
            return match (self.comparison.questions.renamed.len(), chinese) {
                (0, true) => "相同：已证明两版对所有答卷得出相同的结果。".to_owned(),
                (0, false) => "The same: proved for all answers.".to_owned(),
                (count, true) => format!("相同：已证明两版对所有答卷得出相同的结果；其中 {count} 题标识不同，凭原编号认作同一题。"),
                (1, false) => "The same: proved for all answers; one question has another id.".to_owned(),
                (count, false) => format!("The same: proved for all answers; {count} questions have other ids."),
            };
        }
        let mut text = match (differing, chinese) {
            _ if self.comparison.results.is_empty() => {
                self.pick("两版没有同名的结果，未比较任何结果", "No result is in both, so none was compared").to_owned()
            }
            // Of what nobody can say nothing is the same.
            (0, _) if open == self.comparison.results.len() => self.pick("没有一项结果得到判定", "No result was decided").to_owned(),
            (0, true) => "凡已比较并判定的结果都相同".to_owned(),
            (0, false) => "Every result that was compared and decided is the same".to_owned(),
            (_, true) => format!("{differing} 项结果不同"),
            (1, false) => "1 result differs".to_owned(),
            (_, false) => format!("{differing} results differ"),
        };
        if open > 0 {
            text += &if chinese { format!("；{open} 项未判定") } else { format!("; {open} not decided") };
        }
        if !self.comparison.questions.is_same() {
            text += self.pick("；两版的问题不尽相同", "; the questions are not all the same");
        }
        if !self.comparison.only_a.is_empty() || !self.comparison.only_b.is_empty() {
            text += self.pick("；有的结果只有一版有", "; some results only one has");
        }
        text + self.pick("。", ".")
    }

    fn people(&self, out: &mut dyn Write, people: &PeopleShape) -> io::Result<()> {
        writeln!(out, "\n{}", paint::styled(paint::HEADING, self.pick("受影响的人", "People")))?;
        writeln!(out, "{}", paint::wrapped("  ", &self.counted(people)))?;
        for refusal in &people.refusals {
            writeln!(out, "{}", paint::wrapped("    ", &self.refusal(refusal)))?;
        }
        for group in &people.groups {
            writeln!(out, "\n  {}", paint::styled(paint::HEADING, &self.group(group)))?;
            writeln!(out, "{}", paint::wrapped("  ", &self.moved(group)))?;
            let (rows, columns) = self.axes(group);
            let cell = |row: &Option<String>, column: &Option<String>| {
                let found = group.matrix.iter().find(|cell| cell.from == *row && cell.to == *column);
                found.map_or_else(|| "·".to_owned(), |cell| paint::thousands(cell.people))
            };
            let head: Vec<String> = columns.iter().map(|column| self.names.grade(column.as_deref(), Side::B)).collect();
            let first = paint::widest(
                rows.iter().map(|row| self.names.grade(row.as_deref(), Side::A)).collect::<Vec<_>>().iter().map(String::as_str),
            )
            .max(5);
            let width = |place: usize| {
                let cells: Vec<String> = rows.iter().filter_map(|row| columns.get(place).map(|column| cell(row, column))).collect();
                paint::widest(cells.iter().map(String::as_str).chain(head.get(place).map(String::as_str)))
            };
            let right = |text: &str, wide: usize| format!("{}{text}", " ".repeat(wide.saturating_sub(paint::widest([text]))));
            let titles: Vec<String> = head.iter().enumerate().map(|(place, title)| right(title, width(place))).collect();
            writeln!(out, "    {}  {}", paint::padded("A \\ B", first), titles.join("  "))?;
            for row in &rows {
                let cells: Vec<String> =
                    columns.iter().enumerate().map(|(place, column)| right(&cell(row, column), width(place))).collect();
                writeln!(out, "    {}  {}", paint::padded(&self.names.grade(row.as_deref(), Side::A), first), cells.join("  "))?;
            }
            if let Some(line) = self.costs(group) {
                writeln!(out, "{}", paint::wrapped("  ", &line))?;
            }
        }
        Ok(())
    }

    /// How many people there are, how many lines were refused, and whether they are made up.
    pub(super) fn counted(&self, people: &PeopleShape) -> String {
        let (all, refused) = (paint::thousands(people.people), paint::thousands(people.refused));
        let (made_up, chinese) = (paint::thousands(people.synthetic), self.names.language == "zh");
        let mut text = match chinese {
            true => format!("共 {all} 行，其中 {refused} 行未被接受。B 的答卷取自 A 的同一份答卷；复核改定的等级不计。"),
            false => format!(
                "{all} lines, {refused} refused. B is answered from the same sheet of A; decisions beside the computed grade are left aside."
            ),
        };
        let whole = people.synthetic == people.people - people.refused;
        text += &match (people.synthetic, whole, chinese) {
            (0, ..) => String::new(),
            (_, true, true) => "全部答卷由程序虚拟生成，不是真人。".to_owned(),
            (_, true, false) => " All of them were made up by a program: no real person is among them.".to_owned(),
            (_, false, true) => format!("其中 {made_up} 份答卷由程序虚拟生成，不是真人。"),
            (_, false, false) => format!(" {made_up} of them were made up by a program and are no real people."),
        };
        text
    }

    /// A line that was refused.
    pub(super) fn refusal(&self, refusal: &RefusalShape) -> String {
        let RefusalShape { line, why } = refusal;
        if self.names.language == "zh" { format!("第 {line} 行：{why}") } else { format!("line {line}: {why}") }
    }

    /// What a group has in common.
    pub(super) fn group(&self, group: &GroupShape) -> String {
        if group.by.is_empty() {
            return self.pick("所有人", "Everybody").to_owned();
        }
        let none = self.pick("未作答", "no answer");
        let one = |(id, answer): &(String, Option<String>)| {
            let (name, colon) = (self.names.item(id), self.pick("：", ": "));
            format!("{name}{colon}{}", answer.as_deref().map_or_else(|| none.to_owned(), |answer| self.names.answer_of(id, answer)))
        };
        group.by.iter().map(one).collect::<Vec<_>>().join(self.pick("；", "; "))
    }

    /// How many of a group move.
    pub(super) fn moved(&self, group: &GroupShape) -> String {
        let (same, changed, open) = (paint::thousands(group.same), paint::thousands(group.changed), paint::thousands(group.open));
        let all = paint::thousands(group.people);
        match self.names.language == "zh" {
            true => format!("{all} 人：{changed} 人等级改变，{same} 人不变，{open} 人至少一版未定"),
            false => format!("{all} people: {changed} change their grade, {same} keep it, {open} are open in one of them or both"),
        }
    }

    /// The grades of a matrix, mildest first, open ones last, only where there are people.
    pub(super) fn axes(&self, group: &GroupShape) -> (Vec<Option<String>>, Vec<Option<String>>) {
        let scale = |instrument: &geras::Instrument| -> Vec<Option<String>> {
            let steps = instrument.definition().grade.iter().flat_map(|grade| &grade.scale);
            steps.map(|step| Some(step.id.value.clone())).chain([None]).collect()
        };
        let (mut rows, mut columns) = (scale(self.names.a), scale(self.names.b));
        rows.retain(|row| group.matrix.iter().any(|cell| cell.from == *row));
        columns.retain(|column| group.matrix.iter().any(|cell| cell.to == *column));
        (rows, columns)
    }

    /// What a group costs.
    pub(super) fn costs(&self, group: &GroupShape) -> Option<String> {
        let costs = group.costs.as_ref()?;
        let (from, to, difference) = (costs.from.0, costs.to.0, costs.difference.0);
        let sign = if difference.is_sign_negative() || difference.is_zero() { "" } else { "+" };
        Some(match self.names.language == "zh" {
            true => format!("费用（两版都已定级者）：{from} → {to}，差额 {sign}{difference}"),
            false => format!("costs of those decided in both: {from} → {to}, difference {sign}{difference}"),
        })
    }
}
