//! What a definition claims of worse answers, with its names resolved. Proves nothing.

use super::compile::Compiler;
use super::names::Name;
use super::{FieldId, Purpose};
use crate::definition::{Definition, Id, MonotoneClaim, shortened};

/// Which answers count as worse for a score or the grade.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Considered {
    /// Facts about the person that are considered beside all items.
    pub also: Vec<FieldId>,
    /// Fields of which an earlier option, no, or a lower number is worse.
    pub reversed: Vec<FieldId>,
    /// Fields that are not considered.
    pub except: Vec<FieldId>,
}

/// The claims of a definition: of its scores in the author's order, then of its grade.
pub(crate) fn claims(definition: &Definition) -> impl Iterator<Item = (Purpose, &MonotoneClaim)> {
    let scores = definition.scores.iter().enumerate();
    let scores = scores.filter_map(|(place, score)| Some((Purpose::Score(place), score.monotone.as_ref()?)));
    let grade = definition.grade.iter().filter_map(|grade| Some((Purpose::Grade, grade.monotone.as_ref()?)));
    scores.chain(grade)
}

impl Compiler<'_> {
    /// What each claim considers.
    pub(super) fn considered(&mut self) -> Vec<(Purpose, Considered)> {
        let mut all = Vec::new();
        for (purpose, claim) in claims(self.definition) {
            let (also, reversed) = (self.answered(&claim.also), self.answered(&claim.reversed));
            let except: Vec<Id> = claim.except.iter().map(|exception| exception.item.clone()).collect();
            let except = self.answered(&except);
            all.push((purpose, Considered { also, reversed, except }));
        }
        all
    }

    /// The fields that names stand for: a section for all its items.
    fn answered(&mut self, names: &[Id]) -> Vec<FieldId> {
        let settings = self.definition.settings.len();
        let mut fields = Vec::new();
        for name in names {
            match self.name(&name.value, name.span) {
                None => {}
                Some(Name::Field(field)) if field.0 >= settings => fields.push(field),
                Some(Name::Section(place)) => {
                    let items = self.definition.sections.get(place).map_or(0..0, |section| section.items.clone());
                    fields.extend(items.map(|item| FieldId(settings + item)));
                }
                Some(_) => {
                    let message = format!("`{}` is not answered, so none of its answers is worse", shortened(&name.value));
                    self.help("types-differ", name.span, message, "name a section, an item or an input");
                }
            }
        }
        fields
    }
}
