//! What the pages of all proofs have in common: the head, the look, lists, notes and pictures, self-contained and without a script. Knows no proof.

use std::fmt::Write as _;

use geras::prove::Share;

use crate::page::{escaped, powers};

const STYLE: &str = "@page{size:A4;margin:14mm}*{box-sizing:border-box}body{font:14px/1.55 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;\
color:#1b1b1b;max-width:56rem;margin:1.2rem auto;padding:0 1rem;overflow-wrap:anywhere}h1{font-size:1.4rem;line-height:1.3;margin:0 0 .3rem}\
h2{font-size:1.15rem;margin:1.6rem 0 .4rem;border-bottom:1px solid #bbb}h3{font-size:1rem;margin:1rem 0 .25rem}.facts{color:#555;margin:.15rem 0}ul,ol{margin:.2rem 0;padding-left:1.3rem}\
table{border-collapse:collapse;width:100%;margin:.3rem 0}th,td{border-bottom:1px solid #ddd;padding:.25rem .5rem .25rem 0;text-align:left;vertical-align:top}\
th{font-weight:600;color:#444}td.number,th.number{text-align:right;white-space:nowrap;padding:.25rem 0 .25rem .6rem;font-variant-numeric:tabular-nums}.never{color:#8b0000;font-weight:600}\
.fine,.care{padding:.35rem .7rem;margin:.4rem 0}.fine{border-left:4px solid #0b5d57;background:#f1f8f7}.care{border-left:4px solid #c77700;background:#fff6e0}\
.fine::before{content:'✓ ';color:#0b5d57;font-weight:700}.care::before{content:'! ';color:#a15c00;font-weight:700}\
.example,code{color:#555;font-size:.88em}code{font-family:ui-monospace,Consolas,monospace}sup{font-size:.75em;line-height:0}figure{margin:.3rem 0;break-inside:avoid}figcaption{color:#555;font-size:.88em}\
.bar{display:grid;grid-template-columns:14rem 1fr 4.6rem;gap:.2rem .6rem;align-items:center;margin:.12rem 0}.track{background:#eceff0;height:.85rem}.track i{display:block;height:100%;min-width:1px;background:#0b5d57}\
.bar .share{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.columns{display:block;width:100%;height:120px}.axis{display:flex;justify-content:space-between;font-size:.85em;color:#444}\
tr{break-inside:avoid}h2,h3{break-after:avoid}@media(max-width:34rem){.bar{grid-template-columns:1fr 4.6rem}.bar .name{grid-column:1/-1}}\
@media print{body{font-size:10px;line-height:1.4;margin:0;padding:0;max-width:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

/// Columns of one picture of a distribution; more values are put together.
const MOST_COLUMNS: usize = 60;
/// The height of such a picture.
const HEIGHT: usize = 120;
/// Its width.
const WIDTH: usize = 720;

/// The page up to its first heading: the title, and lines of facts below it.
pub(super) fn begun(language: &str, title: &str, facts: &[String]) -> String {
    let title = escaped(title);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        if language == "zh" { "zh-CN" } else { "en" },
    );
    for line in facts.iter().filter(|line| !line.is_empty()) {
        let _ = writeln!(html, "<p class=\"facts\">{}</p>", escaped(line));
    }
    html
}

/// The end of the page.
pub(super) const END: &str = "</body>\n</html>\n";

pub(super) fn heading(words: &str) -> String {
    format!("<h2>{}</h2>\n", escaped(words))
}

/// The lines as a list; nothing where there are none.
pub(super) fn list(lines: impl Iterator<Item = String>) -> String {
    let items: String = lines.map(|line| format!("<li>{}</li>", powers(&escaped(&line)))).collect();
    if items.is_empty() { items } else { format!("<ul>{items}</ul>\n") }
}

/// A sentence that stands out, with a list below it: that something is proved, or what calls for a look.
pub(super) fn note(fine: bool, words: &str, lines: impl Iterator<Item = String>) -> String {
    let class = if fine { "fine" } else { "care" };
    format!("<div class=\"{class}\">{}{}</div>\n", powers(&escaped(words)), list(lines))
}

/// Shares as bars, each with its name and the number beside it.
pub(super) fn bars<'n>(bars: impl Iterator<Item = (&'n str, Share)>) -> String {
    let mut html = String::new();
    for (name, share) in bars {
        let _ = writeln!(html, "<div class=\"bar\"><span class=\"name\">{}</span>{}</div>", escaped(name), bar(share));
    }
    html
}

/// One bar with its number.
fn bar(share: Share) -> String {
    let width = share.millionths();
    let filled =
        if width == 0 { String::new() } else { format!("<i style=\"width:{}.{:06}%\"></i>", width / 1_000_000, width % 1_000_000) };
    format!("<span class=\"track\">{filled}</span><span class=\"share\">{}</span>", escaped(&share.to_string()))
}

/// A distribution over numbers as columns, neighbours put together where there are many.
pub(super) fn columns(label: &str, numbers: &[(String, geras::prove::Count)], all: &geras::prove::Count) -> String {
    let each = numbers.len().div_ceil(MOST_COLUMNS).max(1);
    let group = |group: &[(String, geras::prove::Count)]| {
        let (first, last) = (group.first().map_or("", |(name, _)| name), group.last().map_or("", |(name, _)| name));
        let count = group.iter().map(|(_, count)| count).sum();
        let name = if group.len() == 1 { first.to_owned() } else { format!("{first}–{last}") };
        (name, Share::of(&count, all))
    };
    let groups: Vec<(String, Share)> = numbers.chunks(each).map(group).collect();
    let tall = |share: Share| usize::try_from(share.millionths()).unwrap_or(0);
    let most = groups.iter().map(|(_, share)| tall(*share)).max().unwrap_or(0).max(1);
    let wide = (WIDTH / groups.len().max(1)).max(1);
    let mut svg = format!(
        "<svg class=\"columns\" viewBox=\"0 0 {} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
        wide * groups.len().max(1),
        escaped(label)
    );
    for (place, (name, share)) in groups.iter().enumerate() {
        let high = (tall(*share) * HEIGHT).div_ceil(most).max(usize::from(tall(*share) > 0));
        let _ = write!(
            svg,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{high}\" fill=\"#0b5d57\"><title>{}: {share}</title></rect>",
            place * wide,
            HEIGHT - high,
            wide.saturating_sub(1).max(1),
            escaped(name)
        );
    }
    let mut shown: Vec<usize> = vec![0, groups.len() / 2, groups.len().saturating_sub(1)];
    shown.dedup();
    let names: String =
        shown.into_iter().filter_map(|at| groups.get(at)).map(|(name, _)| format!("<span>{}</span>", escaped(name))).collect();
    format!("{svg}</svg><div class=\"axis\">{names}</div>")
}
