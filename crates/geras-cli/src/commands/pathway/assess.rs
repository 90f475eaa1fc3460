//! One person on a pathway: the report, on a terminal, as JSON or as a page to print. The sentences are made in the core.

use std::io::Write;

use geras::assess::{AnswerProblem, Story, problem_sentence, story};
use geras::definition::Urgency;
use geras_json::{PathwayPerson, assess_pathway_json, assess_pathway_since_json, day_of_sheet, read_pathway_answers, read_since};

use crate::commands::Desk;

use crate::failure::{Failure, Verdict};
use crate::language::pick;
use crate::page::page;
use crate::paint;
use crate::ways::Ways;

/// How the outcome is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Report,
    Json,
    Page,
}

/// Assesses one person from the text of a sheet.
/// `previous` is an earlier outcome, as JSON.
pub(crate) fn run(
    ways: &Ways,
    text: &str,
    previous: Option<&str>,
    form: Form,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Verdict, Failure> {
    let pathway = ways.on(day_of_sheet(text));
    let person = read_pathway_answers(pathway, text);
    let head = &pathway.definition().head;
    if form == Form::Json {
        let languages = if person.answers.is_ok() { desk.languages(head) } else { vec![desk.language.as_str()] };
        let compares = |answers| previous.is_none_or(|previous| read_since(previous, &person, &pathway.assess(answers)).is_ok());
        let fine = person.answers.as_ref().is_ok_and(compares);
        let account = match previous {
            None => assess_pathway_json(pathway, &person, &languages),
            Some(previous) => assess_pathway_since_json(pathway, &person, previous, &languages),
        };
        writeln!(out, "{account}")?;
        return Ok(Verdict::findings_if(!fine));
    }
    desk.mind_language(head);
    match &person.answers {
        Ok(answers) => {
            let outcome = pathway.assess(answers);
            let since = match previous.map(|previous| read_since(previous, &person, &outcome)).transpose() {
                Ok(since) => since,
                Err(problems) => {
                    refuse(out, &person, &problems, &desk.language)?;
                    return Ok(Verdict::Findings);
                }
            };
            let name = person.id.as_ref().map(ToString::to_string);
            let story = story(&outcome, since.as_ref(), &desk.language);
            if form == Form::Page {
                write!(out, "{}", page(&outcome, &story, name.as_deref(), &desk.language))?;
            } else {
                report(out, &story, name.as_deref(), &desk.language)?;
            }
        }
        Err(problems) => refuse(out, &person, problems, &desk.language)?,
    }
    Ok(Verdict::findings_if(person.answers.is_err()))
}

fn report(out: &mut dyn Write, story: &Story, person: Option<&str>, language: &str) -> std::io::Result<()> {
    writeln!(out, "{}", paint::styled(paint::HEADING, &story.title))?;
    let person = person.map(|person| format!("{} {person}", pick(language, "被评估者", "Person")));
    let facts: Vec<String> = story.facts.iter().cloned().chain(person).collect();
    writeln!(out, "{}\n", facts.join(pick(language, "　", "  ·  ")))?;
    for line in &story.headline {
        paragraph(out, "▌ ", paint::FINE, line)?;
    }
    for chapter in &story.chapters {
        writeln!(out, "\n{}", paint::styled(paint::HEADING, &chapter.heading))?;
        for line in &chapter.lines {
            match line.urgency {
                Some(Urgency::Now) => paragraph(out, "! ", paint::ALARM, &line.text)?,
                Some(Urgency::Soon) if chapter.id == "alerts" => paragraph(out, "! ", paint::ERROR, &line.text)?,
                _ if chapter.id == "contradictions" => paragraph(out, "? ", paint::WARNING, &line.text)?,
                _ => writeln!(out, "{}", paint::wrapped("  ", &line.text))?,
            }
        }
    }
    Ok(())
}

/// A paragraph in one style, line by line, so that no style runs over the end of a line.
fn paragraph(out: &mut dyn Write, first: &str, style: anstyle::Style, text: &str) -> std::io::Result<()> {
    paint::wrapped(first, text).lines().try_for_each(|line| writeln!(out, "{}", paint::styled(style, line)))
}

fn refuse(out: &mut dyn Write, person: &PathwayPerson, problems: &[AnswerProblem], language: &str) -> std::io::Result<()> {
    let whose = person.id.as_ref().map_or(String::new(), |id| format!(" {id}"));
    let line = match language {
        "zh" if whose.is_empty() => format!("答卷不能接受：{} 个问题", problems.len()),
        "zh" => format!("答卷{whose} 不能接受：{} 个问题", problems.len()),
        _ => format!("the sheet{whose} is refused: {}", paint::counted(problems.len(), "problem")),
    };
    writeln!(out, "{}\n", paint::styled(paint::ERROR, &line))?;
    problems.iter().try_for_each(|problem| writeln!(out, "{}", paint::wrapped("  - ", &problem_sentence(problem, language))))
}
