//! Answers from a YAML tree: what a scalar, a list or `{absent: reason}` means is decided here, and only here.

use super::problem::ProblemKind;
use super::sheet::{Answer, AnswerSheet};
use crate::definition::number;
use crate::source::{Kind, ScalarStyle, Value};

impl AnswerSheet<'_> {
    /// Answers a field with a value of a YAML or JSON tree. Nothing written means not answered yet.
    pub fn answer_value(&mut self, id: &str, value: &Value) -> &mut Self {
        match &value.kind {
            Kind::Null => self.unanswered(id),
            Kind::Scalar(scalar) => {
                let plain = scalar.style == ScalarStyle::Plain;
                let answer = match (plain, scalar.text.as_str()) {
                    (true, "true") => Answer::Boolean(true),
                    (true, "false") => Answer::Boolean(false),
                    (true, text) => number(text).map_or(Answer::Text(text), Answer::Number),
                    (false, text) => Answer::Text(text),
                };
                // A plain `007` is a code where codes are wanted, and a number where numbers are.
                let as_code = plain && matches!(answer, Answer::Number(_)) && self.takes_codes(id);
                let answer = if as_code { Answer::Text(&scalar.text) } else { answer };
                self.answer(id, &answer)
            }
            Kind::Sequence(values) => {
                let texts =
                    values.iter().map(|value| if let Kind::Scalar(scalar) = &value.kind { Some(scalar.text.as_str()) } else { None });
                match texts.collect::<Option<Vec<&str>>>() {
                    Some(codes) => self.answer(id, &Answer::Several(codes)),
                    None => self.problem(id, ProblemKind::Unreadable("a list of answers holds option codes only".to_owned())),
                }
            }
            Kind::Mapping(entries) => match entries.as_slice() {
                [entry] if entry.key.value == "absent" => match &entry.value.kind {
                    Kind::Scalar(reason) => self.answer(id, &Answer::Absent(&reason.text)),
                    _ => self.problem(id, ProblemKind::Unreadable("`absent` takes one reason".to_owned())),
                },
                _ => self.problem(id, ProblemKind::Unreadable("an answer with keys can only be `{absent: reason}`".to_owned())),
            },
        }
    }
}
