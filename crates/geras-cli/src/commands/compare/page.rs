//! A comparison as one page for a meeting: self-contained HTML without a script, every text escaped. Says what the report on the terminal says.

use std::fmt::Write as _;

use geras::compare::{Side, Verdict};
use geras::prove::{Share, digits};
use geras_json::GroupShape;

use super::account::Account;
use super::flow::flow;
use crate::page::{escaped, powers};
use crate::paint;

const STYLE: &str = "@page{size:A4;margin:14mm}*{box-sizing:border-box}body{font:13px/1.5 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;\
color:#1b1b1b;max-width:52rem;margin:1.2rem auto;padding:0 1rem}h1{font-size:1.35rem;margin:0 0 .3rem}h2{font-size:1.05rem;margin:1rem 0 .2rem;border-bottom:1px solid #ccc}\
h3{font-size:.95rem;margin:.7rem 0 .2rem}.facts{color:#555;margin:.1rem 0}.verdict{border:2px solid #0b5d57;border-radius:6px;padding:.4rem .8rem;font-weight:600;background:#f1f8f7;margin:.6rem 0}.differs{border-color:#a15c00;background:#fff6e6}sup{font-size:.75em;line-height:0}\
ul{margin:.2rem 0;padding-left:1.2rem}table{border-collapse:collapse;width:100%;margin:.3rem 0}th,td{border-bottom:1px solid #ddd;padding:.2rem .4rem;text-align:left;vertical-align:top}\
th{font-weight:600;color:#444}td.number,th.number{text-align:right;white-space:nowrap}td.same{background:#f1f8f7}td.moved{background:#fff1d6;font-weight:600}.example{color:#555;font-size:.88em}\
svg{display:block;max-width:48rem;margin:.4rem auto}svg text{font:12px system-ui,'Noto Sans CJK SC',sans-serif;fill:#1b1b1b}tr{break-inside:avoid}\
@media print{body{font-size:10px;line-height:1.4;margin:0;padding:0;max-width:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

/// Regions of one result that stand on the page.
const MOST_REGIONS: usize = 20;
/// Answers of a witness that are named.
const MOST_NAMED: usize = 6;

/// The page.
pub(super) fn page(account: &Account<'_>) -> String {
    let names = &account.names;
    let title = format!("{}{} → {}", account.pick("版本比较：", "Two editions compared: "), names.edition(Side::A), names.edition(Side::B));
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
        if names.language == "zh" { "zh-CN" } else { "en" },
        escaped(&title),
        escaped(&title)
    );
    for (letter, side, instrument) in [("A", Side::A, names.a), ("B", Side::B, names.b)] {
        let hash: String = instrument.plan().hash().chars().take(12).collect();
        let definition = instrument.definition();
        let (title, path) = (definition.title.get(names.language), definition.source.path());
        let facts = format!("{letter}: {title} · {} · {path} · SHA-256 {hash}…", names.edition(side));
        let _ = writeln!(html, "<p class=\"facts\">{}</p>", escaped(&facts));
    }
    let class = if account.comparison.is_same() { "verdict" } else { "verdict differs" };
    let _ = writeln!(html, "<div class=\"{class}\">{}</div>", escaped(&account.verdict()));
    for line in account.scope() {
        let _ = writeln!(html, "<p class=\"facts\">{}</p>", escaped(&line));
    }
    if let Some(people) = account.people {
        let _ = writeln!(html, "<h2>{}</h2>\n<p>{}</p>", account.pick("受影响的人", "People"), escaped(&account.counted(people)));
        for refusal in &people.refusals {
            let _ = writeln!(html, "<p class=\"facts\">{}</p>", escaped(&account.refusal(refusal)));
        }
        for group in &people.groups {
            html += &of_group(account, group);
        }
    }
    html += &regions(account);
    let lists = [
        (account.pick("未判定", "Not decided"), account.undecided()),
        (account.pick("只有一版有的结果", "Results that only one has"), account.only()),
        (account.pick("相同", "The same"), account.same()),
        (account.pick("问题", "Questions"), account.questions()),
    ];
    for (heading, lines) in lists.iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = writeln!(html, "<h2>{heading}</h2>\n<ul>");
        for line in lines {
            let _ = writeln!(html, "<li>{}</li>", escaped(line));
        }
        html += "</ul>\n";
    }
    html + "</body>\n</html>\n"
}

fn regions(account: &Account<'_>) -> String {
    let mut html = String::new();
    for result in &account.comparison.results {
        let Verdict::Differs { sheets, of, regions, .. } = &result.verdict else { continue };
        let heading = account.names.result(result.kind, &result.id, Side::A);
        let _ = writeln!(html, "<h2>{}</h2>\n<p>{}</p>\n<table>\n<tr>", escaped(&heading), powers(&escaped(&account.extent(sheets, of))));
        let heads = [
            account.pick("变化", "Change"),
            account.pick("在何处", "Where"),
            account.pick("答卷数", "Sheets"),
            account.pick("占比", "Share"),
        ];
        for (place, head) in heads.iter().enumerate() {
            let _ = write!(html, "<th{}>{head}</th>", if place > 1 { " class=\"number\"" } else { "" });
        }
        html += "</tr>\n";
        for region in regions.iter().take(MOST_REGIONS) {
            let example = format!("{}{}", account.pick("例：", "e.g. "), account.names.witness_in_words(&region.witness.told, MOST_NAMED));
            let _ = writeln!(
                html,
                "<tr><td>{}</td><td>{}<div class=\"example\">{}</div></td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
                escaped(&account.names.change(result.kind, &result.id, &region.change)),
                escaped(&account.names.region(region)),
                escaped(&example),
                powers(&digits(&region.sheets)),
                escaped(&Share::of(&region.sheets, of).to_string())
            );
        }
        html += "</table>\n";
        if regions.len() > MOST_REGIONS {
            let rest: geras::prove::Count = regions.iter().skip(MOST_REGIONS).map(|region| &region.sheets).sum();
            let words = account.pick("处更小的差异未列出，共", "smaller regions are not shown; sheets in them:");
            let _ = writeln!(html, "<p>{} {words} {}</p>", regions.len() - MOST_REGIONS, powers(&digits(&rest)));
        }
    }
    html
}

fn of_group(account: &Account<'_>, group: &GroupShape) -> String {
    let mut html = format!("<h3>{}</h3>\n<p>{}</p>\n", escaped(&account.group(group)), escaped(&account.moved(group)));
    html += &flow(account, group);
    let (rows, columns) = account.axes(group);
    html += "<table>\n<tr><th>A \\ B</th>";
    for column in &columns {
        let _ = write!(html, "<th class=\"number\">{}</th>", escaped(&account.names.grade(column.as_deref(), Side::B)));
    }
    html += "</tr>\n";
    for row in &rows {
        let _ = write!(html, "<tr><th>{}</th>", escaped(&account.names.grade(row.as_deref(), Side::A)));
        for column in &columns {
            let people = group.matrix.iter().find(|cell| cell.from == *row && cell.to == *column).map(|cell| cell.people);
            let class = match people {
                Some(_) if row.is_none() || column.is_none() => "number",
                Some(_) if row == column => "number same",
                Some(_) => "number moved",
                None => "number",
            };
            let _ = write!(html, "<td class=\"{class}\">{}</td>", people.map_or_else(|| "·".to_owned(), paint::thousands));
        }
        html += "</tr>\n";
    }
    html += "</table>\n";
    if let Some(costs) = account.costs(group) {
        let _ = writeln!(html, "<p>{}</p>", escaped(&costs));
    }
    html
}
