//! One person's outcome on a pathway as a page to print: self-contained HTML, with a profile over the domains as SVG. Every text is escaped.

use geras::assess::{Brief, Chapter, Story, briefs};
use geras::definition::Urgency;
use geras::pathway::PathwayOutcome;

use crate::language::pick;

const STYLE: &str = "@page{size:A4;margin:10mm 12mm}*{box-sizing:border-box}body{font:13px/1.5 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;\
color:#1b1b1b;max-width:50rem;margin:1.2rem auto;padding:0 1rem}h1{font-size:1.35rem;margin:0}.facts{color:#555;margin:.1rem 0 .6rem}\
.result{border:2px solid #0b5d57;border-radius:6px;padding:.4rem .8rem;font-size:1.1rem;font-weight:600;background:#f1f8f7}\
.result p{margin:.1rem 0}h2{font-size:1rem;margin:.7rem 0 .15rem;border-bottom:1px solid #ccc;break-after:avoid}\
ul,ol{margin:.1rem 0;padding-left:1.3rem}li{break-inside:avoid}li.now{color:#8b0000;font-weight:700}li.soon{color:#7a4b00;font-weight:600}\
li.open{font-style:italic;color:#444}.alternatives ul{list-style:none;padding-left:.3rem}.contradictions{background:#fff6e0;padding:.1rem .6rem .4rem;border-left:4px solid #c77700}\
.sureness p,.rules p{color:#444;font-size:.85em;margin:.15rem 0;overflow-wrap:anywhere}.rest{columns:2;column-gap:1.6rem}.rest section:first-child h2{margin-top:0}\
.rest section.priority,.rest section.review,.rest section.entitlements{break-inside:avoid}\
.sign{margin-top:2.2rem;display:flex;gap:2rem;break-inside:avoid}.sign div{flex:1;border-top:1px solid #333;padding-top:.2rem;color:#444}\
svg text{font:12px system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;fill:#1b1b1b}svg .domain{font-weight:600}svg .name{font-size:11px;fill:#555}\
@media print{body{font-size:10px;line-height:1.25;margin:0;padding:0;max-width:none}h1{font-size:1.2rem}h2{font-size:.85rem;margin:.3rem 0 0}\
.facts{margin:0 0 .25rem}.result{padding:.2rem .7rem}ul,ol{margin:0}.sureness p,.rules p{margin:0}.sign{margin-top:1.6rem}}";

/// The chapters above the chart; all others stand below it in two columns.
const FIRST: [&str; 7] = ["contradictions", "alerts", "find_out", "why", "since", "weigh", "alternatives"];

/// The chapters at the end, in small print.
const LAST: [&str; 2] = ["sureness", "rules"];

/// The page.
pub(crate) fn page(outcome: &PathwayOutcome<'_>, story: &Story, person: Option<&str>, language: &str) -> String {
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
    html += &chapters(story, |id| FIRST.contains(&id));
    html += &profile(outcome, language);
    html += "<div class=\"rest\">";
    html += &chapters(story, |id| !FIRST.contains(&id) && !LAST.contains(&id));
    html += "</div>\n";
    html += &chapters(story, |id| LAST.contains(&id));
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
    story.chapters.iter().filter(|chapter| wanted(chapter.id)).map(section).collect()
}

fn section(chapter: &Chapter) -> String {
    let mut html = format!("<section class=\"{}\"><h2>{}</h2>", chapter.id, escaped(&chapter.heading));
    if LAST.contains(&chapter.id) {
        let lines: Vec<String> = chapter.lines.iter().map(|line| escaped(&line.text)).collect();
        html += &format!("<p>{}</p></section>\n", lines.join(if chapter.id == "rules" { "; " } else { "<br>" }));
        return html;
    }
    html += "<ul>";
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

/// Powers of ten as they are printed: the digits behind `10^` are raised.
pub(crate) fn powers(text: &str) -> String {
    let mut pieces = text.split("10^");
    let mut html = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
        let (exponent, rest) = piece.split_at(end);
        html += &format!("10<sup>{exponent}</sup>{rest}");
    }
    html
}

/// The chart: a row a result, its bar from the mild end on the left to the severe end on the right.
fn profile(outcome: &PathwayOutcome<'_>, language: &str) -> String {
    let briefs = briefs(outcome, language);
    let rows: Vec<&Brief> =
        briefs.iter().flat_map(|brief| std::iter::once(brief).chain(brief.parts.iter().filter(|_| brief.parts.len() > 2))).collect();
    if rows.is_empty() {
        return String::new();
    }
    let height = rows.len() * ROW + 4;
    let heading = escaped(pick(
        language,
        "各领域概况（条越长越重；虚线为尚未确定）",
        "Profile over the domains (a longer bar is more severe; dashed is still open)",
    ));
    let mut svg =
        format!("<section><h2>{heading}</h2><svg viewBox=\"0 0 720 {height}\" width=\"100%\" role=\"img\" aria-label=\"{heading}\">");
    for (place, brief) in rows.into_iter().enumerate() {
        let (top, line) = (place * ROW + 4, place * ROW + 12);
        let indent = if brief.domain.is_empty() { 140 } else { 128 };
        svg += &format!("<g><title>{} {}</title>", escaped(&brief.title), escaped(&brief.result));
        svg += &format!("<text class=\"domain\" x=\"0\" y=\"{line}\">{}</text>", escaped(&shortened(&brief.domain, 18)));
        svg += &format!("<text class=\"name\" x=\"{indent}\" y=\"{line}\">{}</text>", escaped(&shortened(&brief.title, 37)));
        svg += &format!("<rect x=\"{BAR}\" y=\"{top}\" width=\"{WIDTH}\" height=\"9\" rx=\"4\" fill=\"#e4e7e7\"/>");
        if let Some((from, to)) = brief.severity {
            svg += &bar(usize::from(from), usize::from(to), top);
        }
        svg += &format!("<text x=\"{}\" y=\"{line}\">{}</text></g>", BAR + WIDTH + 10, escaped(&shortened(&brief.result, 32)));
    }
    svg += "</svg></section>\n";
    svg
}

/// Height of a row, where the bars begin, and how long the longest is.
const ROW: usize = 17;
const BAR: usize = 356;
const WIDTH: usize = 140;

/// One bar; where the ends differ the result is open, and the bar shows between what.
fn bar(from: usize, to: usize, top: usize) -> String {
    if from == to {
        let color = match to {
            667.. => "#b3261e",
            334.. => "#c77700",
            _ => "#0b7d5b",
        };
        return format!("<rect x=\"{BAR}\" y=\"{top}\" width=\"{}\" height=\"9\" rx=\"4\" fill=\"{color}\"/>", (to * WIDTH / 1000).max(4));
    }
    let (x, width) = (BAR + from * WIDTH / 1000, (to.saturating_sub(from) * WIDTH / 1000).max(4));
    let look = "fill=\"#cfd6db\" stroke=\"#44525c\" stroke-dasharray=\"3 2\"";
    format!("<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"9\" rx=\"4\" {look}/>")
}

/// A text that is at most so many narrow letters wide; a Chinese one counts twice.
fn shortened(text: &str, most: usize) -> String {
    let wide = |letter: char| if u32::from(letter) >= 0x2E80 { 2 } else { 1 };
    if text.chars().map(wide).sum::<usize>() <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let mut short: String = text
        .chars()
        .take_while(|letter| {
            let fits = wide(*letter) <= left;
            left = left.saturating_sub(wide(*letter));
            fits
        })
        .collect();
    short.push('…');
    short
}
