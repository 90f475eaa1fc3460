//! `geras licences`: what each licence allows, for the person who answers for it. The classes and their uses are the core's.

use std::io::{self, Write};

use clap::Args;
use geras::assess::{class_words, shown_words, use_words};
use geras::definition::{Definition, Licence, Use};
use geras_json::ListEntry;

use super::Desk;
use super::list::place;
use crate::failure::{Failure, Verdict};
use crate::language::pick;
use crate::tree::Listed;
use crate::{diagnostics, paint};

/// Show what each licence allows
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  geras licences --lang zh
  geras licences --use commercial
  geras licences --texts /srv/texts --json")]
pub(crate) struct Licences {
    /// Only the instruments whose licence does not allow the use
    #[arg(long)]
    refused: bool,

    /// Print them as JSON, as `geras list --json` does
    #[arg(long)]
    json: bool,
}

impl Licences {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let (mut found, faults) = desk.tree()?.catalogue()?;
        let used_for = desk.site().used_for;
        found.retain(|(definition, _)| !(self.refused && definition.licence.allows(used_for)));
        // The freest first, so that what needs care stands together at the end.
        found.sort_by(|(one, _), (two, _)| (one.licence.class.value, place(one)).cmp(&(two.licence.class.value, place(two))));
        if self.json {
            let entries: Vec<ListEntry<'_>> = found.iter().map(|(one, texts)| ListEntry::new(one, used_for, *texts)).collect();
            writeln!(out, "{}", geras_json::list_json(&entries))?;
        } else {
            Table { found: &found, used_for, language: &desk.language }.write(out)?;
            if let Some(summary) = diagnostics::summary(&faults) {
                writeln!(out, "\n{}: {summary}. `geras check`", pick(&desk.language, "有的文件无法读取", "Some files cannot be read"))?;
            }
        }
        Ok(Verdict::findings_if(!faults.is_empty()))
    }
}

/// Where the terms of a licence were read and when, as far as that was recorded.
pub(super) fn evidence(licence: &Licence, language: &str) -> String {
    let Some(evidence) = &licence.evidence else { return pick(language, "未记录", "none recorded").to_owned() };
    let date = evidence.date.map_or_else(|| pick(language, "未注明日期", "not dated").to_owned(), |date| date.to_string());
    let parts: Vec<String> = [evidence.source.clone(), evidence.url.clone(), Some(date)].into_iter().flatten().collect();
    parts.join(pick(language, "，", ", "))
}

struct Table<'t> {
    found: &'t [Listed],
    used_for: Use,
    language: &'t str,
}

impl Table<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut class = None;
        for (definition, texts) in self.found {
            let licence = &definition.licence;
            if class != Some(licence.class.value) {
                let blank = if class.is_none() { "" } else { "\n" };
                class = Some(licence.class.value);
                let heading = format!("{}  {}", class_words(licence.class.value, self.language), licence.class.value.word());
                writeln!(out, "{blank}{}", paint::styled(paint::HEADING, &heading))?;
            }
            self.one(definition, *texts, out)?;
        }
        let refused = self.found.iter().filter(|(definition, _)| !definition.licence.allows(self.used_for)).count();
        let (count, wanted) = (self.found.len(), use_words(self.used_for, self.language));
        match self.language {
            "zh" => writeln!(out, "\n共 {count} 种量表，{wanted}用途不可用 {refused} 种。"),
            _ => writeln!(out, "\n{}, {refused} of them not for {wanted} use.", paint::counted(count, "instrument")),
        }
    }

    fn one(&self, definition: &Definition, texts: bool, out: &mut dyn Write) -> io::Result<()> {
        let (language, licence) = (self.language, &definition.licence);
        let allowed = licence.allows(self.used_for);
        let mark = if allowed { " ".to_owned() } else { paint::styled(paint::ERROR, "×") };
        let name = format!("{}@{}", definition.id.value, definition.edition.value);
        let shown = shown_words(definition.shown(texts), language);
        writeln!(out, "{mark} {}  {}", paint::styled(paint::HEADING, &name), definition.title.get(language))?;
        let uses: Vec<&str> = licence.uses().iter().map(|one| use_words(*one, language)).collect();
        let uses = if uses.is_empty() { pick(language, "无", "none").to_owned() } else { uses.join(pick(language, "、", ", ")) };
        let reason =
            licence.uses.as_ref().map_or(String::new(), |stated| format!("{}{}", pick(language, "；", "; "), stated.reason.get(language)));
        let lines = [
            (pick(language, "显示", "Shows"), Some(shown.to_owned())),
            (pick(language, "用途", "Uses"), Some(format!("{uses}{reason}"))),
            (pick(language, "权利人", "Holder"), licence.holder.clone()),
            (pick(language, "条款", "Terms"), licence.terms.clone()),
            (pick(language, "依据", "Evidence"), Some(evidence(licence, language))),
            (pick(language, "来源不一", "Sources differ"), licence.conflict.as_ref().map(|conflict| conflict.get(language).to_owned())),
            (pick(language, "说明", "Note"), licence.note.as_ref().map(|note| note.get(language).to_owned())),
        ];
        let width = paint::widest(lines.iter().filter(|(_, line)| line.is_some()).map(|(name, _)| *name));
        for (name, line) in lines.iter().filter_map(|(name, line)| Some((name, line.as_ref()?))) {
            writeln!(out, "{}", paint::wrapped(&format!("    {}  ", paint::padded(name, width)), line))?;
        }
        Ok(())
    }
}
