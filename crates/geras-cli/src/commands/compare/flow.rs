//! People as a picture that flows from the old grade to the new: an SVG made of bars and ribbons. Draws what was counted and counts nothing.

use std::fmt::Write as _;

use geras::compare::Side;
use geras_json::GroupShape;

use super::account::Account;
use crate::page::escaped;
use crate::paint;

const WIDTH: u64 = 720;
const HEIGHT: u64 = 340;
const TOP: u64 = 24;
const LEFT: u64 = 190;
const BAR: u64 = 12;
const GAP: u64 = 10;
/// Colours that print in grey too: lighter for milder grades.
const COLOURS: [&str; 6] = ["#b8d8d0", "#8fc0b4", "#e8c77a", "#dd9a5b", "#b85c4a", "#7d3541"];

/// The picture of a group; nothing where nobody is in it.
pub(super) fn flow(account: &Account<'_>, group: &GroupShape) -> String {
    let (rows, columns) = account.axes(group);
    if group.people == 0 || rows.is_empty() || columns.is_empty() {
        return String::new();
    }
    let people = |from: Option<&Option<String>>, to: Option<&Option<String>>| {
        let fits = |cell: &&geras_json::CellShape| from.is_none_or(|from| cell.from == *from) && to.is_none_or(|to| cell.to == *to);
        group.matrix.iter().filter(fits).map(|cell| cell.people).sum::<u64>()
    };
    let most = rows.len().max(columns.len()) as u64;
    let room = HEIGHT - TOP - GAP * most;
    // Whole tenths of a unit, so that no binary fraction is needed.
    let tall = |count: u64| u64::try_from(u128::from(count) * u128::from(room) * 10 / u128::from(group.people)).unwrap_or(0);
    let shown = |tenths: u64| format!("{}.{}", tenths / 10, tenths % 10);
    let starts = |list: &[Option<String>], side: Side| -> Vec<u64> {
        let mut at = TOP * 10;
        let mut all = Vec::new();
        for grade in list {
            all.push(at);
            at += tall(if side == Side::A { people(Some(grade), None) } else { people(None, Some(grade)) }) + GAP * 10;
        }
        all
    };
    let (left, right) = (starts(&rows, Side::A), starts(&columns, Side::B));
    let (from_x, to_x) = (LEFT + BAR, WIDTH - LEFT - BAR);
    let title = account.pick("从 A 的等级到 B 的等级", "From the grade in A to the grade in B");
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}\" width=\"100%\">\n<text x=\"{LEFT}\" y=\"14\" text-anchor=\"end\">A</text><text x=\"{}\" y=\"14\">B</text>\n",
        WIDTH - LEFT
    );
    let colour = |place: usize, count: usize, open: bool| {
        let step = if count <= 1 { 0 } else { place * (COLOURS.len() - 1) / (count - 1) };
        if open { "#cccccc" } else { COLOURS.get(step).copied().unwrap_or("#999999") }
    };
    let (mut used_left, mut used_right) = (left.clone(), right.clone());
    for (row, from) in rows.iter().enumerate() {
        for (column, to) in columns.iter().enumerate() {
            let count = people(Some(from), Some(to));
            let (Some(y1), Some(y2)) = (used_left.get_mut(row), used_right.get_mut(column)) else { continue };
            if count == 0 {
                continue;
            }
            let height = tall(count);
            let middle = u64::midpoint(from_x, to_x);
            let (a, b) = (*y1, *y2);
            let steady = if from == to { "0.35" } else { "0.8" };
            let words = format!(
                "{} → {}: {}",
                account.names.grade(from.as_deref(), Side::A),
                account.names.grade(to.as_deref(), Side::B),
                paint::thousands(count)
            );
            let _ = writeln!(
                svg,
                "<path d=\"M{from_x} {}C{middle} {} {middle} {} {to_x} {}L{to_x} {}C{middle} {} {middle} {} {from_x} {}Z\" fill=\"{}\" fill-opacity=\"{steady}\" stroke=\"{}\" stroke-width=\"0.4\"><title>{}</title></path>",
                shown(a),
                shown(a),
                shown(b),
                shown(b),
                shown(b + height),
                shown(b + height),
                shown(a + height),
                shown(a + height),
                colour(column, columns.len() - usize::from(columns.contains(&None)).min(columns.len() - 1), to.is_none()),
                colour(column, columns.len() - usize::from(columns.contains(&None)).min(columns.len() - 1), to.is_none()),
                escaped(&words)
            );
            *y1 += height;
            *y2 += height;
        }
    }
    for (side, list, starts) in [(Side::A, &rows, &left), (Side::B, &columns, &right)] {
        for (grade, start) in list.iter().zip(starts) {
            let count = if side == Side::A { people(Some(grade), None) } else { people(None, Some(grade)) };
            let height = tall(count).max(10);
            let (x, text_x, anchor) =
                if side == Side::A { (LEFT, LEFT - 6, "end") } else { (WIDTH - LEFT - BAR, WIDTH - LEFT + 6, "start") };
            let _ =
                writeln!(svg, "<rect x=\"{x}\" y=\"{}\" width=\"{BAR}\" height=\"{}\" fill=\"#333333\"/>", shown(*start), shown(height));
            let label = format!("{} {}", account.names.grade(grade.as_deref(), side), paint::thousands(count));
            let _ = writeln!(
                svg,
                "<text x=\"{text_x}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
                shown(start + height / 2 + 40),
                escaped(&label)
            );
        }
    }
    svg + "</svg>\n"
}
