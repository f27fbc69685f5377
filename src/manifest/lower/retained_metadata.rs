//! What stays in the pictures that are handed out: what the book says of them, before what
//! they say of themselves.

use crate::manifest::keys::manifest::{Creator, KeepName, Manifest};
use crate::manifest::lower::captions;
use crate::manifest::lower::values;
use crate::model::{Inline, Language, Metadata, RetainedMetadata, Sourced, plain_text};

/// What is to stay, and what the book says for all of its pictures.
#[derive(Debug, Default)]
pub(crate) struct Keep {
    names: Vec<KeepName>,
    photographers: Vec<String>,
    rights: Option<String>,
    license: Option<String>,
}

/// What the manifest says of one picture, and what the picture says.
#[derive(Debug)]
pub(crate) struct Said<'a> {
    /// The picture's own words.
    pub metadata: &'a Metadata,
    /// The caption as it is printed.
    pub caption: &'a [Inline],
    /// The credit line as it is printed.
    pub credit: Option<&'a String>,
    /// Whether that is the book's, not the picture's own.
    pub shared_credit: bool,
}

impl Keep {
    /// What the manifest asks for.
    pub(crate) fn new(manifest: &Manifest) -> Self {
        let keep = manifest.metadata.as_ref().and_then(|keys| keys.value.keep.clone());
        let names = values::each(keep).into_iter().map(|name| name.value).collect();
        let creators = values::each(manifest.creators.clone()).into_iter();
        Self {
            names,
            photographers: creators
                .filter_map(|creator| match creator.value {
                    Creator::Name(name) => Some(name.0),
                    Creator::Keys(keys) => {
                        let taken = keys.role.is_none_or(|role| role.value.0.code == "pht");
                        taken.then_some(keys.name.value.0)
                    }
                })
                .filter(|name| !name.is_empty())
                .collect(),
            rights: manifest.rights.as_ref().map(|rights| rights.value.0.clone()),
            license: manifest.license.as_ref().map(|license| license.value.0.clone()),
        }
    }

    /// What stays in one picture.
    pub(crate) fn kept(&self, said: &Said<'_>, language: &Language) -> RetainedMetadata {
        let own = |value: &Option<Sourced>| {
            value.as_ref().and_then(|it| captions::clean(it.in_language(language)))
        };
        let asked = |name| self.names.contains(&name);
        let mut kept = RetainedMetadata::default();
        if asked(KeepName::Creator) {
            kept.creators = match own(&said.metadata.creator) {
                Some(creator) => vec![creator],
                // A picture that is credited to somebody else is not the book's photographer's.
                None if said.shared_credit => self.photographers.clone(),
                None => Vec::new(),
            };
        }
        if asked(KeepName::Credit) {
            kept.credit = said.credit.cloned();
        }
        if asked(KeepName::Rights) {
            kept.rights = own(&said.metadata.rights);
            kept.license = own(&said.metadata.license);
            // The book's rights are in its pictures unless they have others of their own.
            if kept.rights.is_none() && kept.license.is_none() && said.shared_credit {
                kept.rights.clone_from(&self.rights);
                kept.license.clone_from(&self.license);
            }
        }
        if asked(KeepName::Caption) {
            kept.caption = Some(plain_text(said.caption)).filter(|text| !text.is_empty());
        }
        kept
    }
}
