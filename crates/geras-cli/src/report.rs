//! One person's outcome as a report that can be read aloud. Groups the sentences of the explanation; the sentences are made in the core.

use std::io::{self, Write};

use anstyle::Style;
use geras::assess::{Coded, Holds, Outcome, Step, change_sentences, milder_sentences, moved_sentence, sentence};

use geras_json::Compared;

use crate::language::pick;
use crate::paint;

/// The report of one person.
pub(crate) struct Report<'o> {
    outcome: &'o Outcome<'o>,
    language: &'o str,
    compared: Option<&'o Compared<'o>>,
    person: Option<&'o str>,
    steps: Vec<Step<'o>>,
}

impl<'o> Report<'o> {
    pub(crate) fn new(outcome: &'o Outcome<'o>, compared: Option<&'o Compared<'o>>, person: Option<&'o str>, language: &'o str) -> Self {
        Self { outcome, language, compared, person, steps: outcome.explanation() }
    }

    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.title(out)?;
        self.result(out)?;
        self.alerts(out)?;
        self.change(out)?;
        self.group(out, "评估发现", "Findings", |step| matches!(step, Step::Found { .. }))?;
        self.group(out, "还缺的回答", "Still waiting", |step| matches!(step, Step::Waiting { .. }))?;
        self.group(out, "作答", "Answers", |step| {
            matches!(step, Step::Answered { .. } | Step::Carried { .. } | Step::Switched { .. })
                || matches!(step, Step::Approximate(near) if near.rests.is_empty())
        })?;
        self.group(out, "得分", "Scores", |step| matches!(step, Step::Scored { .. }))?;
        self.group(out, "分段", "Bands", |step| matches!(step, Step::Banded { .. }))?;
        self.group(out, "定级", "Grade", |step| matches!(step, Step::Preliminary { .. } | Step::Adjusted { .. } | Step::Graded { .. }))?;
        self.milder(out)?;
        self.group(out, "复评", "Review", |step| matches!(step, Step::Review { .. }))?;
        self.group(out, "依据的可靠性", "How sure the rules are", |step| matches!(step, Step::Doubted { .. }))?;
        self.definition(out)
    }

    fn title(&self, out: &mut dyn Write) -> io::Result<()> {
        let definition = self.outcome.instrument().definition();
        let title = definition.title.get(self.language);
        writeln!(out, "{}", paint::styled(paint::HEADING, title))?;
        let edition = format!("{} {}", pick(self.language, "版本", "Edition"), definition.edition.value);
        let person = self.person.map(|person| format!("{} {person}", pick(self.language, "被评估者", "Person")));
        let date = self.outcome.date().map(|date| format!("{} {date}", pick(self.language, "评估日期", "Assessed on")));
        let made_up =
            self.outcome.is_synthetic().then(|| pick(self.language, "合成数据，并非真人", "Synthetic, no real person").to_owned());
        let facts: Vec<String> =
            [Some(definition.publication.title.clone()), Some(edition), person, date, made_up].into_iter().flatten().collect();
        writeln!(out, "{}\n", facts.join(pick(self.language, "　", "  ·  ")))
    }

    /// The grade, or why there is none; without one the bands; without those the scores. Then a decision that stands beside it.
    fn result(&self, out: &mut dyn Write) -> io::Result<()> {
        let grade = self.sentences(|step| matches!(step, Step::Graded { .. }));
        let bands = self.sentences(|step| matches!(step, Step::Banded { .. }));
        let scores = self.sentences(|step| matches!(step, Step::Scored { .. }));
        let style =
            if matches!(self.outcome.grade(), Some(Coded::Open(_))) || !self.outcome.is_decided() { paint::WARNING } else { paint::FINE };
        let headline = [grade, bands, scores].into_iter().find(|lines| !lines.is_empty()).unwrap_or_default();
        let why = self.sentences(|step| matches!(step, Step::NotGraded { .. }));
        why.iter().try_for_each(|line| writeln!(out, "{}", paragraph("▌ ", paint::WARNING, line)))?;
        let decision = self.sentences(|step| matches!(step, Step::Overridden(_)));
        for (style, line) in headline.iter().map(|line| (style, line)).chain(decision.iter().map(|line| (paint::HEADING, line))) {
            writeln!(out, "{}", paragraph("▌ ", style, line))?;
        }
        let near = self.sentences(|step| matches!(step, Step::Approximate(near) if !near.rests.is_empty()));
        near.iter().try_for_each(|line| writeln!(out, "{}", paragraph("▌ ", paint::WARNING, line)))
    }

    fn alerts(&self, out: &mut dyn Write) -> io::Result<()> {
        for step in &self.steps {
            let Step::Alerted { alert, holds } = step else { continue };
            let style = match holds {
                Holds::Yes if alert.urgent => paint::ALARM,
                Holds::Yes => paint::ERROR,
                _ => paint::WARNING,
            };
            writeln!(out, "{}", paragraph("! ", style, &self.sentence(step)))?;
        }
        Ok(())
    }

    fn group(
        &self,
        out: &mut dyn Write,
        chinese: &'static str,
        english: &'static str,
        wanted: impl Fn(&Step<'_>) -> bool,
    ) -> io::Result<()> {
        self.lines(out, pick(self.language, chinese, english), &self.sentences(wanted))
    }

    fn change(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(Compared { earlier, change, split, same_person }) = self.compared else { return Ok(()) };
        let definition = self.outcome.instrument().definition();
        let moved = change.moved.iter().rev().map(|moved| moved_sentence(moved, definition, self.language));
        let more = change_sentences(change, earlier, split, *same_person, self.outcome, self.language);
        self.lines(out, pick(self.language, "与上次相比", "Since the last time"), &moved.chain(more).collect::<Vec<_>>())
    }

    fn milder(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(milder) = self.outcome.milder() else { return Ok(()) };
        let lines = milder_sentences(&milder, self.outcome.instrument().definition(), self.language);
        self.lines(out, pick(self.language, "怎样会更轻", "What would make it milder"), &lines)
    }

    fn definition(&self, out: &mut dyn Write) -> io::Result<()> {
        let definition = self.outcome.instrument().definition();
        let name = pick(self.language, "规则文件：", "Rules: ");
        let hash = definition.hash.get(..12).unwrap_or(&definition.hash);
        let line = format!("{name}{}@{}  sha256 {hash}", definition.id.value, definition.edition.value);
        writeln!(out, "\n{}", paint::styled(paint::FAINT, &line))?;
        let Some(texts) = self.outcome.instrument().texts() else { return Ok(()) };
        let name = pick(self.language, "题目文字：本单位提供，", "Wording: the site's own, ");
        let line = format!("{name}{}  sha256 {}", texts.origin, texts.hash.get(..12).unwrap_or(&texts.hash));
        writeln!(out, "{}", paint::wrapped("", &line))
    }

    fn lines(&self, out: &mut dyn Write, heading: &str, lines: &[String]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", paint::styled(paint::HEADING, heading))?;
        lines.iter().try_for_each(|line| writeln!(out, "{}", paint::wrapped("  ", line)))
    }

    fn sentences(&self, wanted: impl Fn(&Step<'_>) -> bool) -> Vec<String> {
        self.steps.iter().filter(|step| wanted(step)).map(|step| self.sentence(step)).collect()
    }

    fn sentence(&self, step: &Step<'_>) -> String {
        sentence(step, self.outcome.instrument().definition(), self.language)
    }
}

/// A paragraph in one style, line by line, so that no style runs over the end of a line.
fn paragraph(first: &str, style: Style, text: &str) -> String {
    let lines: Vec<String> = paint::wrapped(first, text).lines().map(|line| paint::styled(style, line)).collect();
    lines.join("\n")
}
