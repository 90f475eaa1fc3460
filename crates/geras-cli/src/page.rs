//! One person's outcome on a pathway as a page to print: self-contained HTML, with a profile over the domains as SVG. Every text is escaped.

use geras::assess::{Coded, Outcome, Scored, Story, story};
use geras::definition::{Direction, Urgency};
use geras::pathway::{AssessmentOutcome, PathwayOutcome};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::language::pick;

const STYLE: &str = "@page{size:A4;margin:14mm}*{box-sizing:border-box}body{font:13px/1.5 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;\
color:#1b1b1b;max-width:48rem;margin:1.2rem auto;padding:0 1rem}h1{font-size:1.35rem;margin:0}.facts{color:#555;margin:.1rem 0 .8rem}\
.result{border:2px solid #0b5d57;border-radius:6px;padding:.5rem .8rem;font-size:1.1rem;font-weight:600;background:#f1f8f7}\
.result p{margin:.1rem 0}h2{font-size:1rem;margin:.9rem 0 .2rem;border-bottom:1px solid #ccc}ul{margin:.2rem 0;padding-left:1.2rem}\
li.now{color:#8b0000;font-weight:700}li.soon{color:#7a4b00;font-weight:600}li.open{font-style:italic;color:#444}\
.contradictions{background:#fff6e0;padding:.1rem .6rem .4rem;border-left:4px solid #c77700}.sureness,.rules{color:#444;font-size:.85em}\
.rest{columns:2;column-gap:1.6rem}.rest section:first-child h2{margin-top:0}.sign{margin-top:1.4rem;display:flex;gap:2rem}.sign div{flex:1;border-top:1px solid #333;padding-top:.2rem;color:#444}\
svg text{font:12px system-ui,'Noto Sans CJK SC',sans-serif;fill:#1b1b1b}@media print{body{font-size:9.5px;line-height:1.35;margin:0;padding:0;max-width:none}h2{margin:.5rem 0 .1rem}.sign{margin-top:.9rem}}";

/// The page.
pub(crate) fn page(outcome: &PathwayOutcome<'_>, person: Option<&str>, language: &str) -> String {
    let story = story(outcome, language);
    let tag = if language == "zh" { "zh-CN" } else { "en" };
    let person = person.map(|person| format!("{} {person}", pick(language, "被评估者", "Person")));
    let facts: Vec<String> = story.facts.iter().cloned().chain(person).collect();
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{}</h1>\n<p class=\"facts\">{}</p>\n",
        escaped(&story.title),
        escaped(&story.title),
        escaped(&facts.join(" · "))
    );
    html += "<div class=\"result\">";
    for line in &story.headline {
        html += &format!("<p>{}</p>", escaped(line));
    }
    html += "</div>\n";
    html += &chapters(&story, |id| matches!(id, "contradictions" | "alerts" | "find_out" | "why" | "weigh" | "alternatives"));
    html += &profile(outcome, language);
    html += "<div class=\"rest\">";
    html += &chapters(&story, |id| !matches!(id, "contradictions" | "alerts" | "find_out" | "why" | "weigh" | "alternatives"));
    let signs =
        [pick(language, "评估人员签名", "Assessor"), pick(language, "本人或代理人签名", "Person or agent"), pick(language, "日期", "Date")];
    html += "<div class=\"sign\">";
    for sign in signs {
        html += &format!("<div>{}</div>", escaped(sign));
    }
    html += "</div>\n</body>\n</html>\n";
    html
}

fn chapters(story: &Story, wanted: impl Fn(&str) -> bool) -> String {
    let mut html = String::new();
    for chapter in story.chapters.iter().filter(|chapter| wanted(chapter.id)) {
        html += &format!("<section class=\"{}\"><h2>{}</h2><ul>", chapter.id, escaped(&chapter.heading));
        for line in &chapter.lines {
            let class = match (line.open, line.urgency) {
                (true, _) => " class=\"open\"",
                (false, Some(Urgency::Now)) => " class=\"now\"",
                (false, Some(Urgency::Soon)) => " class=\"soon\"",
                (false, _) => "",
            };
            html += &format!("<li{class}>{}</li>", escaped(&line.text));
        }
        html += "</ul></section>\n";
    }
    html
}

/// A text inside HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if letter.is_control() && letter != '\n' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// One bar of the profile: from the mildest (0) to the most severe (1000) that is still possible.
struct Bar {
    title: String,
    result: String,
    from: usize,
    to: usize,
}

fn profile(outcome: &PathwayOutcome<'_>, language: &str) -> String {
    let bars: Vec<Bar> = outcome
        .instruments()
        .iter()
        .filter_map(|found| match &found.outcome {
            AssessmentOutcome::Done(result) => Some(bar(result, language).into_iter().chain(domains(result, language))),
            _ => None,
        })
        .flatten()
        .collect();
    if bars.is_empty() {
        return String::new();
    }
    let height = bars.len() * 30 + 6;
    let heading = pick(language, "各领域概况（向右越重）", "Profile over the domains (further right is more severe)");
    let mut svg = format!(
        "<section><h2>{}</h2><svg viewBox=\"0 0 660 {height}\" width=\"100%\" role=\"img\" aria-label=\"{}\">",
        escaped(heading),
        escaped(heading)
    );
    for (place, bar) in bars.iter().enumerate() {
        let y = place * 30 + 2;
        let (from, to) = (bar.from.min(1000), bar.to.min(1000));
        svg += &format!("<text x=\"0\" y=\"{}\">{}</text>", y + 11, escaped(&shortened(&bar.title, 40)));
        svg += &format!("<rect x=\"0\" y=\"{}\" width=\"400\" height=\"9\" rx=\"4\" fill=\"#e4e7e7\"/>", y + 16);
        if to == from {
            let color = if to >= 667 {
                "#b3261e"
            } else if to >= 334 {
                "#c77700"
            } else {
                "#0b7d5b"
            };
            svg +=
                &format!("<rect x=\"0\" y=\"{}\" width=\"{}\" height=\"9\" rx=\"4\" fill=\"{color}\"/>", y + 16, (to * 400 / 1000).max(4));
        } else {
            let (x, width) = (from * 400 / 1000, (to.saturating_sub(from) * 400 / 1000).max(4));
            svg += &format!(
                "<rect x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"9\" rx=\"4\" fill=\"#9aa7b0\" stroke=\"#44525c\" stroke-dasharray=\"3 2\"/>",
                y + 16
            );
        }
        svg += &format!("<text x=\"410\" y=\"{}\">{}</text>", y + 25, escaped(&shortened(&bar.result, 34)));
    }
    svg += "</svg></section>\n";
    svg
}

fn shortened(text: &str, most: usize) -> String {
    let short: String = text.chars().take(most).collect();
    if text.chars().count() > most { format!("{short}…") } else { short }
}

/// The bars of the scores that stand for one section each, below that of their instrument.
fn domains(outcome: &Outcome<'_>, language: &str) -> Vec<Bar> {
    let definition = outcome.instrument().definition();
    let sections = definition.sections.iter();
    let named = sections.filter_map(|section| {
        let score = outcome.scores().find(|found| found.score.id.value == section.id.value)?;
        let (low, high) = outcome.instrument().reachable(&section.id.value)?;
        let worse =
            score.score.direction.as_ref().or(definition.direction.as_ref()).is_none_or(|way| way.value == Direction::HigherIsWorse);
        let (from, to, result) = match score.number {
            Scored::Decided(number) => (number, number, format!("{number} / {high}")),
            Scored::Open(ends) => {
                let (from, to) = ends.unwrap_or((low, high));
                (from, to, pick(language, "尚未确定", "still open").to_owned())
            }
        };
        let (from, to) = (share(from, low, high, worse), share(to, low, high, worse));
        Some(Bar { title: format!("　{}", section.title.get(language)), result, from: from.min(to), to: from.max(to) })
    });
    named.collect()
}

/// How far a number lies towards the severe end of its range, in thousandths.
fn share(number: Decimal, low: Decimal, high: Decimal, higher_is_worse: bool) -> usize {
    let share = if high > low { (number - low) / (high - low) * Decimal::ONE_THOUSAND } else { Decimal::ZERO };
    let share = share.to_usize().unwrap_or(0).min(1000);
    if higher_is_worse { share } else { 1000 - share }
}

/// The bar of an instrument: by its grade, or else by its first score on the range that it can reach.
fn bar(outcome: &Outcome<'_>, language: &str) -> Option<Bar> {
    let definition = outcome.instrument().definition();
    let title = definition.title.get(language).to_owned();
    let open = pick(language, "尚未确定", "still open").to_owned();
    if let (Some(grade), Some(scale)) = (outcome.grade(), &definition.grade) {
        let place = |id: &str| scale.scale.iter().position(|step| step.id.value == id);
        let label = |id: &str| {
            let step = scale.scale.iter().find(|step| step.id.value == id);
            step.and_then(|step| step.label.as_ref()).map_or(id, |label| label.get(language)).to_owned()
        };
        let most = scale.scale.len().saturating_sub(1).max(1);
        let share = |place: usize| place * 1000 / most;
        return match grade {
            Coded::Decided(id) => place(id).map(|at| Bar { title, result: label(id), from: share(at), to: share(at) }),
            Coded::Open(ids) => {
                let places: Vec<usize> = ids.iter().filter_map(|id| place(id)).collect();
                let (low, high) = places.iter().min().zip(places.iter().max())?;
                Some(Bar { title, result: open, from: share(*low), to: share(*high) })
            }
        };
    }
    let first = outcome.scores().last()?;
    let (low, high) = outcome.instrument().reachable(&first.score.id.value)?;
    let worse = first.score.direction.as_ref().or(definition.direction.as_ref()).is_none_or(|way| way.value == Direction::HigherIsWorse);
    let share = |number: Decimal| share(number, low, high, worse);
    Some(match first.number {
        Scored::Decided(number) => {
            let band = outcome.bands().find(|found| found.set.of.value == first.score.id.value);
            let label = band.and_then(|found| match found.band {
                Coded::Decided(id) => {
                    found.set.bands.iter().find(|band| band.id.value == id)?.label.as_ref().map(|label| label.get(language).to_owned())
                }
                Coded::Open(_) => None,
            });
            Bar {
                title,
                result: label.map_or_else(|| number.to_string(), |label| format!("{number} · {label}")),
                from: share(number),
                to: share(number),
            }
        }
        Scored::Open(ends) => {
            let (a, b) = ends.map_or((0, 1000), |(low, high)| (share(low), share(high)));
            Bar { title, result: open, from: a.min(b), to: a.max(b) }
        }
    })
}
