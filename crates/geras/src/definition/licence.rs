//! What may be done with an instrument: the closed words for licence classes, wordings and uses, and which goes with which. Knows no instrument.

use super::text::{Date, Texts};
use crate::source::{Span, Spanned};

/// What may be done with an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// The licence class.
    pub class: Spanned<LicenceClass>,
    /// Whose wording the texts of the file are.
    pub wording: Spanned<Wording>,
    /// Who holds the rights.
    pub holder: Option<String>,
    /// The terms in short.
    pub terms: Option<String>,
    /// Where the terms were read, and when.
    pub evidence: Option<Evidence>,
    /// The uses that are allowed, where they are others than those of the class.
    pub uses: Option<StatedUses>,
    /// What the sources disagree about. The class is the stricter one then.
    pub conflict: Option<Texts>,
    /// Anything to know of it.
    pub note: Option<Texts>,
}

/// Where the terms of a licence were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The document in words, where it has no address.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The day on which somebody looked.
    pub date: Option<Date>,
}

/// Uses that differ from those of the class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedUses {
    /// Where they are stated.
    pub span: Span,
    /// The uses that are allowed.
    pub allowed: Vec<Use>,
    /// Why they differ.
    pub reason: Texts,
}

/// What kind of licence an instrument has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LicenceClass {
    /// A law, a standard or another official document.
    OfficialDocument,
    /// Nobody holds rights in it any more.
    PublicDomain,
    /// Free if the source is named.
    FreeAttribution,
    /// Free for use without profit.
    FreeNoncommercial,
    /// Free if nothing is changed.
    FreeNoModification,
    /// The holder must be asked.
    PermissionRequired,
    /// Use is paid for.
    Commercial,
}

/// Whose wording the texts of a definition are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wording {
    /// Our own short wording.
    Own,
    /// The source's wording, which may be shipped.
    Official,
    /// A site supplies the wording it has a licence for.
    Overlay,
    /// No wording at all.
    None,
}

/// What an instrument is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// A team assesses the people in its care.
    Clinical,
    /// Part of a product or service that is sold.
    Commercial,
    /// A study.
    Research,
    /// Teaching and training.
    Education,
}

/// What people see of an instrument's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Our own words.
    OwnWords,
    /// The source's words.
    SourceWords,
    /// The words that the site supplies.
    SiteWords,
    /// Numbers and ids only.
    Numbers,
    /// No items: totals are typed in.
    Total,
}

impl Shown {
    /// The word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OwnWords => "own_words",
            Self::SourceWords => "source_words",
            Self::SiteWords => "site_words",
            Self::Numbers => "numbers",
            Self::Total => "total",
        }
    }
}

impl LicenceClass {
    /// All classes, the freest first.
    pub const ALL: [Self; 7] = [
        Self::OfficialDocument,
        Self::PublicDomain,
        Self::FreeAttribution,
        Self::FreeNoncommercial,
        Self::FreeNoModification,
        Self::PermissionRequired,
        Self::Commercial,
    ];

    /// The word of the definition language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OfficialDocument => "official_document",
            Self::PublicDomain => "public_domain",
            Self::FreeAttribution => "free_attribution",
            Self::FreeNoncommercial => "free_noncommercial",
            Self::FreeNoModification => "free_no_modification",
            Self::PermissionRequired => "permission_required",
            Self::Commercial => "commercial",
        }
    }

    /// The uses that the class allows where a definition states none: selling needs an agreement as soon as somebody holds rights that bind.
    #[must_use]
    pub const fn uses(self) -> &'static [Use] {
        match self {
            Self::OfficialDocument | Self::PublicDomain | Self::FreeAttribution => &Use::ALL,
            Self::FreeNoncommercial | Self::FreeNoModification | Self::PermissionRequired | Self::Commercial => {
                &[Use::Clinical, Use::Research, Use::Education]
            }
        }
    }

    /// Whether a file of this class may be shipped with this wording in it.
    #[must_use]
    pub const fn lets_ship(self, wording: Wording) -> bool {
        match (self, wording) {
            (_, Wording::Overlay | Wording::None) => true,
            (Self::PermissionRequired | Self::Commercial, _) | (Self::FreeNoModification, Wording::Own) => false,
            _ => true,
        }
    }
}

impl Wording {
    /// All wordings.
    pub const ALL: [Self; 4] = [Self::Own, Self::Official, Self::Overlay, Self::None];

    /// The word of the definition language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Official => "official",
            Self::Overlay => "overlay",
            Self::None => "none",
        }
    }

    /// Whether the file itself holds the wording of items and options.
    #[must_use]
    pub const fn is_shipped(self) -> bool {
        matches!(self, Self::Own | Self::Official)
    }
}

impl Use {
    /// All uses.
    pub const ALL: [Self; 4] = [Self::Clinical, Self::Commercial, Self::Research, Self::Education];

    /// The word of the definition language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clinical => "clinical",
            Self::Commercial => "commercial",
            Self::Research => "research",
            Self::Education => "education",
        }
    }

    /// The use with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wanted| wanted.word() == word)
    }
}

impl Licence {
    /// The uses that are allowed.
    #[must_use]
    pub fn uses(&self) -> &[Use] {
        self.uses.as_ref().map_or(self.class.value.uses(), |stated| &stated.allowed)
    }

    /// Whether a use is allowed.
    #[must_use]
    pub fn allows(&self, wanted: Use) -> bool {
        self.uses().contains(&wanted)
    }
}
