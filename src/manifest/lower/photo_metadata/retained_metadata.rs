//! The metadata that is retained in photos: from the book, or from the photo itself.

use crate::manifest::keys::manifest::{Creator, KeepName, Manifest};
use crate::manifest::lower::photo_metadata::captions;
use crate::manifest::lower::values;
use crate::model::{Inline, Language, Metadata, RetainedMetadata, Sourced, plain_text};

/// The metadata to retain, and the values for all photos of the book.
#[derive(Debug, Default)]
pub(crate) struct RetentionPolicy {
    names: Vec<KeepName>,
    photographers: Vec<String>,
    rights: Option<String>,
    license: Option<String>,
}

/// The texts of one photo.
#[derive(Debug)]
pub(crate) struct PhotoTexts<'a> {
    /// The metadata of the photo.
    pub metadata: &'a Metadata,
    /// The printed caption.
    pub caption: &'a [Inline],
    /// The printed credit line.
    pub credit: Option<&'a String>,
    /// Whether the credit line is that of the book.
    pub shared_credit: bool,
}

impl RetentionPolicy {
    /// The policy of a manifest.
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
                        let is_photographer =
                            keys.role.is_none_or(|role| role.value.0.code == "pht");
                        is_photographer.then_some(keys.name.value.0)
                    }
                })
                .filter(|name| !name.is_empty())
                .collect(),
            rights: manifest.rights.as_ref().map(|rights| rights.value.0.clone()),
            license: manifest.license.as_ref().map(|license| license.value.0.clone()),
        }
    }

    /// The metadata that one photo retains.
    pub(crate) fn retain(&self, texts: &PhotoTexts<'_>, language: &Language) -> RetainedMetadata {
        let own = |value: &Option<Sourced>| {
            value.as_ref().and_then(|it| captions::clean(it.in_language(language)))
        };
        let is_retained = |name| self.names.contains(&name);
        let mut retained = RetainedMetadata::default();
        if is_retained(KeepName::Creator) {
            retained.creators = match own(&texts.metadata.creator) {
                Some(creator) => vec![creator],
                // A photo with a credit line of its own may be by another photographer.
                None if texts.shared_credit => self.photographers.clone(),
                None => Vec::new(),
            };
        }
        if is_retained(KeepName::Credit) {
            retained.credit = texts.credit.cloned();
        }
        if is_retained(KeepName::Rights) {
            retained.rights = own(&texts.metadata.rights);
            retained.license = own(&texts.metadata.license);
            // The rights of the book apply to photos without rights of their own.
            if retained.rights.is_none() && retained.license.is_none() && texts.shared_credit {
                retained.rights.clone_from(&self.rights);
                retained.license.clone_from(&self.license);
            }
        }
        if is_retained(KeepName::Caption) {
            retained.caption = Some(plain_text(texts.caption)).filter(|text| !text.is_empty());
        }
        retained
    }

    /// The licence that is shown with a photo: that of the book, unless the photo has rights of its
    /// own or may be by another photographer; its own only if it is retained.
    pub(crate) fn license(
        &self,
        texts: &PhotoTexts<'_>,
        retained: &RetainedMetadata,
    ) -> Option<String> {
        let has_own = texts.metadata.rights.is_some() || texts.metadata.license.is_some();
        if has_own || !texts.shared_credit {
            return retained.license.clone();
        }
        self.license.clone()
    }
}
