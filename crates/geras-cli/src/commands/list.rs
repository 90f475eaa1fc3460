//! `geras list`: the instruments of the tree by domain, then the pathways. One line each; what is in one is shown by `describe`.

use std::io::Write;

use clap::Args;
use clap::builder::PossibleValuesParser;
use geras::assess::{class_words, domain_words, provenance_words, use_words};
use geras::definition::{Definition, LicenceClass};
use geras_json::ListEntry;

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::language::pick;
use crate::tree::Listed;
use crate::{diagnostics, paint};

/// List the instruments by domain, and the pathways
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  geras list --lang zh
  geras list --domain cognition --licence public_domain
  geras list --jurisdiction cn --provenance two_copies
  geras list --use commercial --json")]
pub(crate) struct List {
    /// Only this domain, such as function, cognition, falls
    #[arg(long, value_parser = PossibleValuesParser::new(Definition::DOMAINS))]
    domain: Option<String>,

    /// Only this jurisdiction: an ISO 3166 code such as cn or cn-sh, or intl
    #[arg(long, value_name = "CODE")]
    jurisdiction: Option<String>,

    /// Only this licence class
    #[arg(long, value_name = "CLASS", value_parser = PossibleValuesParser::new(LicenceClass::ALL.map(LicenceClass::word)))]
    licence: Option<String>,

    /// Only tables that are this sure
    #[arg(long, value_name = "STATUS", value_parser = PossibleValuesParser::new(Definition::PROVENANCES))]
    provenance: Option<String>,

    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

impl List {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let (mut found, faults) = desk.tree()?.catalogue()?;
        found.retain(|(definition, _)| self.wants(definition));
        found.sort_by(|(one, _), (two, _)| place(one).cmp(&place(two)));
        if self.json {
            let used_for = desk.site().used_for;
            let entries: Vec<ListEntry<'_>> = found.iter().map(|(one, texts)| ListEntry::new(one, used_for, *texts)).collect();
            writeln!(out, "{}", geras_json::list_json(&entries))?;
        } else {
            self.write(&found, desk, out)?;
            if let Some(summary) = diagnostics::summary(&faults) {
                writeln!(out, "\n{}: {summary}. `geras check`", pick(&desk.language, "有的文件无法读取", "Some files cannot be read"))?;
            }
        }
        Ok(Verdict::findings_if(!faults.is_empty()))
    }

    fn wants(&self, definition: &Definition) -> bool {
        let is = |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(found));
        is(&self.domain, &definition.domain.value)
            && is(&self.jurisdiction, &definition.jurisdiction.value)
            && is(&self.licence, definition.licence.class.value.word())
            && is(&self.provenance, &definition.provenance.status.value)
    }

    fn write(&self, found: &[Listed], desk: &Desk<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let language = desk.language.as_str();
        if found.is_empty() {
            writeln!(out, "{}", pick(language, "没有符合条件的量表。", "No instrument is like that."))?;
            return Ok(());
        }
        let rows: Vec<[String; 4]> = found.iter().map(|(definition, _)| row(definition, language)).collect();
        let widths = [0, 1, 2, 3].map(|column| paint::widest(rows.iter().filter_map(|row| row.get(column)).map(String::as_str)));
        let (mut domain, mut refused) = ("", false);
        for ((definition, _), row) in found.iter().zip(&rows) {
            if definition.domain.value != domain {
                let blank = if domain.is_empty() { "" } else { "\n" };
                domain = &definition.domain.value;
                writeln!(out, "{blank}{}", paint::styled(paint::HEADING, domain_words(domain, language)))?;
            }
            let [name, rest @ ..] = row;
            let [width, rest_widths @ ..] = widths;
            let rest: Vec<String> = rest.iter().zip(rest_widths).map(|(word, width)| paint::padded(word, width)).collect();
            let allowed = definition.licence.allows(desk.site().used_for);
            refused |= !allowed;
            let mark = if allowed { " ".to_owned() } else { paint::styled(paint::ERROR, "×") };
            let title = definition.title.get(language);
            let title = if definition.is_total_only() {
                format!("{title}{}", pick(language, "（只录总分）", " (total only)"))
            } else {
                title.to_owned()
            };
            let rest = paint::styled(paint::FAINT, &rest.join("  "));
            writeln!(out, "{mark} {}  {rest}  {title}", paint::padded(name, width))?;
        }
        if refused {
            let wanted = use_words(desk.site().used_for, language);
            match language {
                "zh" => writeln!(out, "\n× 许可不允许{wanted}用途；`geras licences` 说明原因。")?,
                _ => writeln!(out, "\n× the licence does not allow the {wanted} use; `geras licences` says why.")?,
            }
        }
        Ok(())
    }
}

/// Where an instrument stands: its domain in the order of the language, then jurisdiction, id and first day.
pub(super) fn place(definition: &Definition) -> (usize, &str, &str, geras::definition::Date) {
    let domain = Definition::DOMAINS.iter().position(|domain| *domain == definition.domain.value).unwrap_or(usize::MAX);
    (domain, &definition.jurisdiction.value, &definition.id.value, definition.from.value)
}

fn row(definition: &Definition, language: &str) -> [String; 4] {
    let class = definition.licence.class.value;
    let class = if language == "zh" { class_words(class, language).to_owned() } else { class.word().replace('_', " ") };
    let name = format!("{}@{}", definition.id.value, definition.edition.value);
    let sure = provenance_words(&definition.provenance.status.value, language).to_owned();
    [name, definition.jurisdiction.value.to_lowercase(), class, sure]
}
