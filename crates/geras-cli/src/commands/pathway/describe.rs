//! What is in a pathway, for people: its assessments, facts, care settings and every clause with its condition and whose rule it is.

use std::io::{self, Write};

use geras::Pathway;
use geras::assess::{basis_words, kind_words, link_words, urgency_words};
use geras::definition::{Clause, ClauseKind, Detail, RuleHit};

use crate::language::pick;
use crate::paint;

/// Writes the description.
pub(crate) fn write(out: &mut dyn Write, pathway: &Pathway, language: &str) -> io::Result<()> {
    let definition = pathway.definition();
    let head = &definition.head;
    writeln!(out, "{}", paint::styled(paint::HEADING, head.title.get(language)))?;
    if let Some(description) = &head.description {
        writeln!(out, "{}", paint::wrapped("", description.get(language)))?;
    }
    writeln!(out)?;
    let mut facts = vec![
        (pick(language, "名称", "Name"), definition.name()),
        (pick(language, "施行", "In force"), head.from.value.to_string()),
        (pick(language, "来源", "Source"), head.publication.title.clone()),
    ];
    facts.extend(pathway.bases().iter().map(|base| (pick(language, "扩展自", "Extends"), base.full_name())));
    let width = paint::widest(facts.iter().map(|(name, _)| *name));
    for (name, fact) in &facts {
        writeln!(out, "{}", paint::wrapped(&format!("  {}  ", paint::padded(name, width)), fact))?;
    }
    heading(out, pick(language, "评估", "Assessments"))?;
    for (assessment, editions) in definition.assessments.iter().zip(pathway.instruments()) {
        let title = editions.last().map_or("", |instrument| instrument.definition().title.get(language));
        let need = match (&assessment.instead_of, assessment.required) {
            (Some(other), _) => format!("{} {}", pick(language, "可代替", "instead of"), other.value),
            (None, true) => pick(language, "必须", "required").to_owned(),
            (None, false) => pick(language, "可选", "offered").to_owned(),
        };
        let when = assessment.when.as_ref().map_or(String::new(), |when| format!(", {}", when.scalar.text.trim()));
        let id = paint::styled(paint::FAINT, &format!("{} = {}  {need}{when}", assessment.id.value, assessment.instrument.value));
        writeln!(out, "{}", paint::wrapped("  ", &format!("{title}  {id}")))?;
    }
    heading(out, pick(language, "信息项", "Facts about the person"))?;
    for item in &head.items {
        let text = item.text.as_ref().map_or("", |text| text.get(language));
        let id = paint::styled(paint::FAINT, &format!("{} ({})", item.id.value, kind_words(item.kind, language)));
        writeln!(out, "{}", paint::wrapped("  ", &format!("{text}  {id}")))?;
        let options = item.options.iter().map(|option| {
            let label = option.label.as_ref().map_or("", |label| label.get(language));
            format!("{label} {}", paint::styled(paint::FAINT, &format!("({})", option.code.value)))
        });
        let options: Vec<String> = options.collect();
        if !options.is_empty() {
            writeln!(out, "{}", paint::wrapped("    ", &options.join(pick(language, "；", "; "))))?;
        }
    }
    heading(out, pick(language, "照护去向", "Care settings"))?;
    for setting in &definition.care_settings {
        let kinds: Vec<String> = setting.kinds.iter().map(|kind| format!("{} ({})", kind.label.get(language), kind.id.value)).collect();
        let name = format!("  {}{}", setting.label.get(language), pick(language, "：", ": "));
        writeln!(out, "{}", paint::wrapped(&name, &kinds.join(pick(language, "；", "; "))))?;
    }
    for kind in ClauseKind::ALL {
        let clauses: Vec<_> = definition.of_kind(kind).collect();
        if clauses.is_empty() {
            continue;
        }
        let first = kind == ClauseKind::Rule && definition.hit.as_ref().is_some_and(|hit| hit.value == RuleHit::First);
        let order = if first { pick(language, "，先成立者决定", ", the first that holds decides") } else { "" };
        heading(out, &format!("{}{order}", title(kind, language)))?;
        for (_, clause) in clauses {
            let to = clause.way().map_or(String::new(), |way| format!(" → {}", way.to.value));
            let detail = brings(clause, language);
            let when = clause.when.as_ref().map_or("", |when| when.scalar.text.trim());
            let whose = whose(clause, language);
            let other = if *clause.pathway == *definition.name() { String::new() } else { format!("  {}", clause.pathway) };
            writeln!(out, "{}", paint::wrapped("  ", &format!("{}{to}{detail}", clause.text.get(language))))?;
            let faint = paint::styled(paint::FAINT, &format!("{}: {when}  {whose}{other}", clause.id.value));
            writeln!(out, "{}", paint::wrapped("      ", &faint))?;
        }
    }
    Ok(())
}

fn heading(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n{}", paint::styled(paint::HEADING, text))
}

/// What a clause brings beyond its text, in brackets.
pub(crate) fn brings(clause: &Clause, language: &str) -> String {
    match &clause.detail {
        Detail::Points(points) => format!(" [{points}]"),
        Detail::Days(days) => format!(" [{days} {}]", pick(language, "天", "days")),
        Detail::Urgency(urgency) => format!(" [{}]", urgency_words(*urgency, language)),
        Detail::Service(link) => format!(" [{}]", link_words(link.value, language)),
        Detail::Plain | Detail::Way(_) => String::new(),
    }
}

/// Where a clause comes from and whose rule it is.
pub(crate) fn whose(clause: &Clause, language: &str) -> String {
    let basis = clause.basis.as_ref().map(|basis| basis_words(&basis.value, language));
    let whose: Vec<&str> = clause.cite.as_deref().into_iter().chain(basis).collect();
    whose.join(pick(language, "，", ", "))
}

/// What the clauses of a kind are called.
pub(crate) fn title(kind: ClauseKind, language: &str) -> &'static str {
    let (chinese, english) = match kind {
        ClauseKind::Finding => ("发现", "Findings"),
        ClauseKind::Contradiction => ("矛盾", "Contradictions"),
        ClauseKind::Rule => ("去向规则", "Routing rules"),
        ClauseKind::Wish => ("本人意愿", "Wishes"),
        ClauseKind::Service => ("服务", "Services"),
        ClauseKind::Referral => ("转介", "Referrals"),
        ClauseKind::Entitlement => ("待遇", "Entitlements"),
        ClauseKind::Alert => ("警示", "Alerts"),
        ClauseKind::Priority => ("轮候", "Waiting order"),
        ClauseKind::Review => ("复评", "Review"),
        ClauseKind::Safeguard => ("底线", "Safeguards"),
    };
    pick(language, chinese, english)
}
