//! Reads option lists, sections, items, inputs and settings from the YAML tree.

use super::form::{ExpressionText, Literal};
use super::model::{AbsentReason, Definition, Item, ItemOption, ItemType, Otherwise, Provenance, Role, Section};
use super::reader::{Fields, Reader, did_you_mean};
use crate::sorted::SortedMap;
use crate::source::{Kind, Span, Spanned, Value};

/// Option lists by name, and what every item inherits.
pub(super) struct Inherited {
    pub(super) lists: SortedMap<String, OptionList>,
    pub(super) absent: Vec<AbsentReason>,
}

/// A named list of options, and how sure it is.
pub(super) type OptionList = (Vec<ItemOption>, Option<Provenance>);

/// Skip logic of a section, which each of its items inherits.
#[derive(Default)]
struct Skip {
    when: Vec<ExpressionText>,
    otherwise: Option<Spanned<Otherwise>>,
}

const TYPES: [(&str, ItemType); 8] = [
    ("choice", ItemType::Choice),
    ("choices", ItemType::Choices),
    ("boolean", ItemType::Boolean),
    ("integer", ItemType::Integer),
    ("decimal", ItemType::Decimal),
    ("date", ItemType::Date),
    ("time", ItemType::Time),
    ("text", ItemType::Text),
];

impl<'a> Reader<'a> {
    pub(super) fn option_lists(&mut self, value: &'a Value) -> SortedMap<String, OptionList> {
        let mut lists = SortedMap::new();
        for entry in self.named(value, "option lists by name") {
            self.check_id(&entry.key, '_');
            let list = match &entry.value.kind {
                Kind::Mapping(_) => {
                    let Some(mut fields) = self.fields(&entry.value, "an option list") else { continue };
                    let provenance = self.provenance(&mut fields);
                    let options = fields.need(self, "options").map(|list| self.options(list)).unwrap_or_default();
                    fields.finish(self);
                    (options, provenance)
                }
                _ => (self.options(&entry.value), None),
            };
            lists.insert(entry.key.value.clone(), list);
        }
        lists
    }

    fn options(&mut self, value: &'a Value) -> Vec<ItemOption> {
        let mut options: Vec<ItemOption> = Vec::new();
        for option in self.list(value, "a list of options, or the name of an option list") {
            let Some(mut fields) = self.fields(option, "an option") else { continue };
            let code = fields.need(self, "code").and_then(|code| self.text(code, "an option code"));
            let points = fields.get("points").and_then(|points| self.number(points));
            let label = fields.get("label").and_then(|label| self.texts(label));
            let help = fields.get("help").and_then(|help| self.texts(help));
            let exclusive = fields.get("exclusive").and_then(|yes| self.boolean(yes)).unwrap_or(false);
            fields.finish(self);
            let Some(code) = code else { continue };
            if let Some(first) = options.iter().find(|other| other.code.value == code.value) {
                let (first, message) = (first.code.span, format!("the option code `{}` stands here twice", code.value));
                let fault = self.error("duplicate-id", code.span, message);
                *fault = fault.clone().also(first, "first written here").help("give each option its own code");
                continue;
            }
            options.push(ItemOption { code, points, label, help, exclusive });
        }
        if options.len() > 64 {
            self.error("wrong-form", value.span, "a list may have at most 64 options");
        }
        options
    }

    pub(super) fn sections(&mut self, value: &'a Value, inherited: &Inherited) -> (Vec<Section>, Vec<Item>) {
        let (mut sections, mut items) = (Vec::new(), Vec::new());
        for section in self.list(value, "a list of sections") {
            let Some(mut fields) = self.fields(section, "a section") else { continue };
            let id = fields.need(self, "id").and_then(|id| self.id(id, '_'));
            let code = self.plain(&mut fields, "code");
            let title = fields.need(self, "title").and_then(|title| self.texts(title));
            let skip = self.skip(&mut fields);
            let first = items.len();
            if let Some(list) = fields.need(self, "items") {
                for item in self.list(list, "a list of items") {
                    items.extend(self.item(item, Role::Item, inherited, &skip));
                }
            }
            fields.finish(self);
            if let (Some(id), Some(title)) = (id, title) {
                sections.push(Section { id, code, title, items: first..items.len() });
            }
        }
        (sections, items)
    }

    pub(super) fn inputs(&mut self, value: &'a Value, role: Role, inherited: &Inherited) -> Vec<Item> {
        let list = self.list(value, if role == Role::Setting { "a list of settings" } else { "a list of inputs" });
        list.iter().filter_map(|item| self.item(item, role, inherited, &Skip::default())).collect()
    }

    fn skip(&mut self, fields: &mut Fields<'a>) -> Skip {
        let when = fields.get("when").and_then(|when| self.expression(when)).into_iter().collect();
        let otherwise = fields.get("otherwise").and_then(|value| {
            let literal: Literal = self.literal(value)?;
            let left_out = !literal.quoted && literal.text == "left_out";
            Some(Spanned::new(if left_out { Otherwise::LeftOut } else { Otherwise::Answer(literal) }, value.span))
        });
        Skip { when, otherwise }
    }

    fn item(&mut self, value: &'a Value, role: Role, inherited: &Inherited, section: &Skip) -> Option<Item> {
        let what = match role {
            Role::Setting => "a setting",
            Role::Input => "an input",
            _ => "an item",
        };
        let mut fields = self.fields(value, what)?;
        let id = fields.need(self, "id").and_then(|id| self.id(id, '_'));
        let code = self.plain(&mut fields, "code");
        let text = fields.get("text").and_then(|text| self.texts(text));
        let help = fields.get("help").and_then(|help| self.texts(help));
        let (options, provenance) = fields.get("options").map(|options| self.item_options(options, inherited)).unwrap_or_default();
        let cite = self.plain(&mut fields, "cite");
        let note = fields.get("note").and_then(|note| self.texts(note));
        let default = (role == Role::Setting).then(|| fields.need(self, "default")).flatten();
        let default = default.and_then(|code| self.text(code, "an option code"));
        let mut item = Item {
            id: id?,
            role,
            code,
            loinc: None,
            kind: ItemType::Choice,
            heading: None,
            text,
            help,
            options,
            boolean_points: None,
            range: None,
            step: None,
            unit: None,
            when: section.when.clone(),
            otherwise: section.otherwise.clone(),
            absent: inherited.absent.clone(),
            at_most: None,
            provenance,
            default,
            cite,
            note,
        };
        if role == Role::Setting {
            item.absent = Vec::new();
        } else {
            self.answer_keys(&mut fields, &mut item);
        }
        self.fit_type(&fields, &item);
        fields.finish(self);
        Some(item)
    }

    /// The keys that say which answers an item or input takes.
    fn answer_keys(&mut self, fields: &mut Fields<'a>, item: &mut Item) {
        item.loinc = self.plain(fields, "loinc");
        item.heading = fields.get("heading").and_then(|heading| self.texts(heading));
        let kind = fields.get("type").and_then(|kind| self.word(kind, "an item type", &TYPES));
        if let Some(kind) = &kind {
            item.kind = kind.value;
        } else if item.options.is_empty() && fields.get("options").is_none() {
            fields.need(self, "type");
        }
        item.range = fields.get("range").and_then(|range| self.range(range));
        item.step = fields.get("step").and_then(|step| self.number(step));
        item.unit = self.plain(fields, "unit");
        item.at_most = fields.get("at_most").and_then(|most| self.number(most));
        let own = self.skip(fields);
        item.when.extend(own.when);
        item.otherwise = own.otherwise.or(item.otherwise.take());
        if let Some(absent) = fields.get("absent") {
            item.absent = self.absent_reasons(absent);
        }
        if let Some(points) = fields.get("points")
            && let Some(mut keys) = self.fields(points, "the points of yes and no")
        {
            let yes = keys.need(self, "true").and_then(|points| self.number(points));
            let no = keys.need(self, "false").and_then(|points| self.number(points));
            keys.finish(self);
            item.boolean_points = yes.zip(no);
        }
        item.provenance = self.provenance(fields).or(item.provenance.take());
    }

    /// Refuses keys that the type of an item gives no meaning to, and asks for those it needs.
    fn fit_type(&mut self, fields: &Fields<'a>, item: &Item) {
        use ItemType::{Boolean, Choice, Choices, Decimal, Integer};
        let word = item.kind.word();
        let mut wrong = |key: &'static str, there: bool, fits: bool, needed: bool| {
            let span = if there { fields.key_span(key) } else { item.id.span };
            if there && !fits {
                self.help("wrong-form", span, format!("`{key}` has no meaning on an item of type `{word}`"), format!("take `{key}` away"));
            } else if needed && !there {
                self.help("missing-key", span, format!("an item of type `{word}` needs the key `{key}`"), format!("add `{key}: ...`"));
            }
        };
        let (choice, number) = (matches!(item.kind, Choice | Choices), matches!(item.kind, Integer | Decimal));
        wrong("options", !item.options.is_empty() || fields.key_span("options").end > fields.span().start + 1, choice, choice);
        wrong("range", item.range.is_some(), number, number);
        wrong("step", item.step.is_some(), item.kind == Decimal, false);
        wrong("unit", item.unit.is_some(), number, false);
        wrong("points", item.boolean_points.is_some(), item.kind == Boolean, false);
        wrong("at_most", item.at_most.is_some(), item.kind == Choices, false);
        if item.when.is_empty()
            && let Some(otherwise) = &item.otherwise
        {
            self.error("wrong-form", otherwise.span, "`otherwise` has a meaning only beside `when`");
        }
        let Some((low, high)) = item.range else { return };
        if item.kind == Integer && (low.fract() != rust_decimal::Decimal::ZERO || high.fract() != rust_decimal::Decimal::ZERO) {
            self.error("wrong-form", fields.key_span("range"), "the range of an integer has whole ends");
        }
        if item.step.is_some_and(|step| step <= rust_decimal::Decimal::ZERO || (high - low) % step != rust_decimal::Decimal::ZERO) {
            self.error("wrong-form", fields.key_span("step"), "the step must be above zero and lead from the lowest to the highest number");
        }
    }

    fn item_options(&mut self, value: &'a Value, inherited: &Inherited) -> OptionList {
        let Kind::Scalar(name) = &value.kind else { return (self.options(value), None) };
        if let Some(options) = inherited.lists.get(&name.text) {
            return options.clone();
        }
        let known: Vec<&str> = inherited.lists.keys().map(String::as_str).collect();
        let message = format!("there is no option list `{}`", super::reader::shortened(&name.text));
        self.help("unknown-option-list", value.span, message, did_you_mean(&name.text, &known));
        (Vec::new(), None)
    }

    pub(super) fn absent_reasons(&mut self, value: &'a Value) -> Vec<AbsentReason> {
        let words = AbsentReason::ALL.map(|reason| (reason.word(), reason));
        let list = self.list(value, "a list of absent reasons");
        list.iter().filter_map(|reason| self.word(reason, "an absent reason", &words)).map(|reason| reason.value).collect()
    }

    pub(super) fn provenance(&mut self, fields: &mut Fields<'a>) -> Option<Provenance> {
        let value = fields.get("provenance")?;
        let words = Definition::PROVENANCES.map(|word| (word, word));
        let mut keys = self.fields(value, "provenance")?;
        let status = keys.need(self, "status").and_then(|status| self.word(status, "a provenance status", &words));
        let note = keys.get("note").and_then(|note| self.texts(note));
        keys.finish(self);
        let status = status?;
        Some(Provenance { status: Spanned::new(status.value.to_owned(), status.span), note })
    }
}

/// The item that stands for a score which is typed in.
pub(super) fn entered_item(
    id: &Spanned<String>,
    range: (rust_decimal::Decimal, rust_decimal::Decimal),
    step: Option<rust_decimal::Decimal>,
) -> Item {
    let whole = step.is_none_or(|step| step.fract() == rust_decimal::Decimal::ZERO);
    Item {
        id: Spanned::new(id.value.clone(), Span::new(id.span.start, id.span.end)),
        role: Role::Entered,
        code: None,
        loinc: None,
        kind: if whole { ItemType::Integer } else { ItemType::Decimal },
        heading: None,
        text: None,
        help: None,
        options: Vec::new(),
        boolean_points: None,
        range: Some(range),
        step,
        unit: None,
        when: Vec::new(),
        otherwise: None,
        absent: Vec::new(),
        at_most: None,
        provenance: None,
        default: None,
        cite: None,
        note: None,
    }
}
