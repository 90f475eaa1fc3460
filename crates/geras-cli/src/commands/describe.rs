//! `geras describe`: what is in an instrument, for people. For programs it prints the JSON shape of `geras-json`.

use std::io::{self, Write};

use clap::Args;
use geras::Instrument;
use geras::assess::{class_words, domain_words, kind_words, provenance_sentence, shown_words, use_words};
use geras::definition::{Definition, Edges, Effect, Item, ItemType, Role, Score, Texts};

use super::Desk;
use super::licences::evidence;
use crate::failure::{Failure, Verdict};
use crate::language::pick;
use crate::paint;

/// Show what is in an instrument
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  geras describe gb-t-42195 --lang zh\n  geras describe gb-t-42195@2022 --json")]
pub(crate) struct Describe {
    /// The instrument: id, id@edition, jurisdiction/id, or the path of a definition
    id: String,

    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

impl Describe {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = desk.tree()?;
        if let Some(ways) = tree.ways(&self.id)? {
            let pathway = ways.newest();
            if self.json {
                writeln!(out, "{}", geras_json::describe_pathway_json(pathway))?;
            } else {
                desk.mind_language(&pathway.definition().head);
                super::pathway::describe::write(out, pathway, &desk.language)?;
            }
            return Ok(Verdict::Fine);
        }
        let editions = tree.editions(&self.id)?;
        let instrument = editions.newest();
        if self.json {
            writeln!(out, "{}", geras_json::describe_json(instrument))?;
        } else {
            desk.mind_language(instrument.definition());
            Description { instrument, definition: instrument.definition(), language: &desk.language }.write(out)?;
        }
        Ok(Verdict::Fine)
    }
}

struct Description<'d> {
    instrument: &'d Instrument,
    definition: &'d Definition,
    language: &'d str,
}

impl Description<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.about(out)?;
        for section in &self.definition.sections {
            let code = section.code.as_ref().map_or(String::new(), |code| format!("{code}  "));
            self.heading(out, &format!("{code}{}", section.title.get(self.language)))?;
            let items = self.definition.items.get(section.items.clone()).unwrap_or_default();
            items.iter().try_for_each(|item| self.item(out, item))?;
        }
        let inputs: Vec<&Item> = self.definition.items.iter().filter(|item| item.role == Role::Input).collect();
        self.items(out, pick(self.language, "信息项", "Facts about the person"), &inputs)?;
        self.items(out, pick(self.language, "设定", "Settings"), &self.definition.settings.iter().collect::<Vec<_>>())?;
        self.scores(out)?;
        self.bands(out)?;
        self.grade(out)?;
        self.findings(out)?;
        self.alerts(out)?;
        self.review(out)
    }

    fn about(&self, out: &mut dyn Write) -> io::Result<()> {
        let about = self.definition;
        writeln!(out, "{}", paint::styled(paint::HEADING, about.title.get(self.language)))?;
        if let Some(description) = &about.description {
            writeln!(out, "{}", paint::wrapped("", description.get(self.language)))?;
        }
        let until = about.until.as_ref().map_or(String::new(), |until| format!(" – {}", until.value));
        let publication = &about.publication;
        let source: Vec<&str> = [Some(&publication.title), publication.issuer.as_ref(), publication.url.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let between = pick(self.language, "，", ", ");
        let licence = &about.licence;
        let terms = licence.holder.iter().chain(&licence.terms).map(String::as_str);
        let terms: Vec<&str> = std::iter::once(class_words(licence.class.value, self.language)).chain(terms).collect();
        let uses: Vec<&str> = licence.uses().iter().map(|one| use_words(*one, self.language)).collect();
        let uses =
            if uses.is_empty() { pick(self.language, "无", "none").to_owned() } else { uses.join(pick(self.language, "、", ", ")) };
        let uses = match self.instrument.may_be_used() {
            true => uses,
            false => format!("{uses}{}", pick(self.language, "（现设用途不在其内）", " (not the use that is set)")),
        };
        let shown = shown_words(about.shown(self.instrument.texts().is_some()), self.language);
        let shown = self.instrument.texts().map_or(shown.to_owned(), |texts| format!("{shown}{between}{}", texts.origin));
        let note = about.provenance.note.as_ref().map_or("", |note| note.get(self.language));
        let sure = format!("{} {note}", provenance_sentence(&about.provenance.status.value, self.language));
        let facts = [
            (pick(self.language, "名称", "Name"), format!("{}@{}", about.id.value, about.edition.value)),
            (pick(self.language, "地区", "Jurisdiction"), about.jurisdiction.value.clone()),
            (pick(self.language, "施行", "In force"), format!("{}{until}", about.from.value)),
            (pick(self.language, "领域", "Domain"), domain_words(&about.domain.value, self.language).to_owned()),
            (pick(self.language, "来源", "Source"), source.join(between)),
            (pick(self.language, "许可", "Licence"), terms.join(between)),
            (pick(self.language, "许可依据", "Evidence"), evidence(licence, self.language)),
            (pick(self.language, "用途", "Uses"), uses),
            (pick(self.language, "显示", "Shows"), shown),
            (pick(self.language, "可靠性", "Provenance"), sure),
        ];
        writeln!(out)?;
        let width = paint::widest(facts.iter().map(|(name, _)| *name));
        facts.iter().try_for_each(|(name, fact)| writeln!(out, "{}", paint::wrapped(&format!("  {}  ", paint::padded(name, width)), fact)))
    }

    fn heading(&self, out: &mut dyn Write, text: &str) -> io::Result<()> {
        writeln!(out, "\n{}", paint::styled(paint::HEADING, text))
    }

    fn items(&self, out: &mut dyn Write, heading: &str, items: &[&Item]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        self.heading(out, heading)?;
        items.iter().try_for_each(|item| self.item(out, item))
    }

    fn item(&self, out: &mut dyn Write, item: &Item) -> io::Result<()> {
        let code = item.code.as_ref().map_or(String::new(), |code| format!("{code}  "));
        let id = paint::styled(paint::FAINT, &format!("{}{}", item.id.value, kind(item, self.language)));
        let text = item.text.as_ref().map_or(String::new(), |text| format!("{}  ", text.get(self.language)));
        writeln!(out, "  {code}{text}{id}")?;
        let points: Vec<String> =
            item.options.iter().map(|option| option.points.map_or(String::new(), |points| points.to_string())).collect();
        let width = paint::widest(item.options.iter().map(|option| option.code.value.as_str()));
        let points_width = paint::widest(points.iter().map(String::as_str));
        for (option, points) in item.options.iter().zip(&points) {
            let default = if item.default.as_ref().is_some_and(|default| default.value == option.code.value) { " *" } else { "" };
            let code = paint::padded(&option.code.value, width);
            let label = option.label.as_ref().map_or("", |label| label.get(self.language));
            writeln!(
                out,
                "{}",
                paint::wrapped(&format!("    {points:>points_width$}  {code}  "), &format!("{label}{default}")).trim_end()
            )?;
        }
        Ok(())
    }

    fn scores(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.definition.scores.is_empty() {
            return Ok(());
        }
        self.heading(out, pick(self.language, "得分", "Scores"))?;
        let width = paint::widest(self.definition.scores.iter().map(|score| score.id.value.as_str()));
        for score in &self.definition.scores {
            let id = paint::padded(&score.id.value, width);
            writeln!(out, "  {id}  {}{}", range(score), self.text(score.title.as_ref(), ""))?;
        }
        Ok(())
    }

    fn bands(&self, out: &mut dyn Write) -> io::Result<()> {
        for set in &self.definition.band_sets {
            let title = set.title.as_ref().map_or(String::new(), |title| format!("  {}", title.get(self.language)));
            self.heading(out, &format!("{}: {}{title}", pick(self.language, "分段", "Bands"), set.of.value))?;
            let edges: Vec<String> = set.bands.iter().map(|band| interval(&band.edges)).collect();
            let width = paint::widest(set.bands.iter().map(|band| band.id.value.as_str()));
            let edges_width = paint::widest(edges.iter().map(String::as_str));
            for (band, edges) in set.bands.iter().zip(&edges) {
                let id = paint::padded(&band.id.value, width);
                writeln!(out, "  {}  {id}  {}", paint::padded(edges, edges_width), self.text(band.label.as_ref(), ""))?;
            }
        }
        Ok(())
    }

    fn grade(&self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(why) = &self.definition.not_graded {
            self.heading(out, pick(self.language, "不予定级", "No grade"))?;
            writeln!(out, "{}", paint::wrapped("  ", why.get(self.language)))?;
        }
        let Some(grade) = &self.definition.grade else { return Ok(()) };
        let title = self.text(grade.title.as_ref(), pick(self.language, "等级", "Grade"));
        self.heading(out, &format!("{title}{}", pick(self.language, "（由轻到重）", ", mildest first")))?;
        let width = paint::widest(grade.scale.iter().map(|step| step.id.value.as_str()));
        for step in &grade.scale {
            let code = step.code.as_deref().unwrap_or("");
            writeln!(out, "  {code:>2}  {}  {}", paint::padded(&step.id.value, width), self.text(step.label.as_ref(), ""))?;
        }
        if !grade.adjustments.is_empty() {
            self.heading(out, pick(self.language, "等级变更", "Adjustments"))?;
        }
        for adjustment in &grade.adjustments {
            let effect = match &adjustment.effect.value {
                Effect::Set(id) => format!("{}{}", pick(self.language, "定为 ", "set: "), id.value),
                Effect::Raise(steps) => format!("{}{steps}", pick(self.language, "提升级数 ", "raise: ")),
                Effect::AtLeast(id) => format!("{}{}", pick(self.language, "不轻于 ", "at_least: "), id.value),
            };
            let reason = self.text(adjustment.reason.as_ref(), "");
            let cite = adjustment.cite.as_ref().map_or(String::new(), |cite| format!(" ({cite})"));
            writeln!(out, "{}", paint::wrapped(&format!("  {}  ", adjustment.id.value), &format!("{effect}; {reason}{cite}")))?;
        }
        Ok(())
    }

    fn review(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(review) = &self.definition.review else { return Ok(()) };
        self.heading(out, pick(self.language, "复评", "Review"))?;
        let cite = review.cite.as_ref().map_or(String::new(), |cite| format!(" ({cite})"));
        let months = format!("{} {}{cite}  ", review.months, pick(self.language, "个月", "months"));
        writeln!(out, "{}", paint::wrapped(&format!("  {months}"), self.text(review.text.as_ref(), "")).trim_end())
    }

    fn findings(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.definition.findings.is_empty() {
            return Ok(());
        }
        self.heading(out, pick(self.language, "评估发现", "Findings"))?;
        for finding in &self.definition.findings {
            let id = format!("  {}  ", finding.id.value);
            writeln!(out, "{}", paint::wrapped(&id, finding.text.get(self.language)))?;
            if let Some(advice) = &finding.advice {
                writeln!(out, "{}", paint::wrapped("    ", advice.get(self.language)))?;
            }
        }
        Ok(())
    }

    fn alerts(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.definition.alerts.is_empty() {
            return Ok(());
        }
        self.heading(out, pick(self.language, "警示", "Alerts"))?;
        let lines = self.definition.alerts.iter();
        lines
            .map(|alert| paint::wrapped(&format!("  {}  ", alert.id.value), alert.text.get(self.language)))
            .try_for_each(|line| writeln!(out, "{line}"))
    }

    fn text<'t>(&self, texts: Option<&'t Texts>, otherwise: &'t str) -> &'t str {
        texts.map_or(otherwise, |texts| texts.get(self.language))
    }
}

/// What kind of answer an item takes, where its options do not show it.
fn kind(item: &Item, language: &str) -> String {
    let range = item.range.map_or(String::new(), |(low, high)| format!(" {low}..{high}"));
    let unit = item.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    match item.kind {
        ItemType::Choice => String::new(),
        kind => format!(" ({}{range}{unit})", kind_words(kind, language)),
    }
}

fn range(score: &Score) -> String {
    score.range.as_ref().map_or(String::new(), |range| format!("{}..{}  ", range.value.0, range.value.1))
}

/// An interval as people write it: `66..89`, `>= 60`, `< 3`.
pub(super) fn interval(edges: &Edges) -> String {
    match (edges.low, edges.high) {
        (Some((low, true)), Some((high, true))) if low == high => low.to_string(),
        (Some((low, true)), Some((high, true))) => format!("{low}..{high}"),
        (low, high) => {
            let low = low.map(|(edge, included)| format!("{} {edge}", if included { ">=" } else { ">" }));
            let high = high.map(|(edge, included)| format!("{} {edge}", if included { "<=" } else { "<" }));
            low.into_iter().chain(high).collect::<Vec<_>>().join(", ")
        }
    }
}
