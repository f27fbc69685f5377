//! The files that a preview serves, by addresses that say nothing about where they come from.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use crate::model::hexadecimal;

/// A file that a page refers to.
#[derive(Debug, Clone)]
pub(in crate::preview) enum Resource {
    /// Its bytes, with their media type.
    Data(&'static str, Vec<u8>),
    /// A JPEG that is made when it is asked for.
    Picture(PictureSource),
}

/// What a picture shows.
#[derive(Debug, Clone)]
pub(in crate::preview) enum PictureSource {
    /// The visible part of an item of a page, by their indices.
    Placed {
        /// The page.
        page: usize,
        /// The item.
        item: usize,
        /// Whether it is for the page strip.
        small: bool,
    },
    /// A whole photo of the e-book.
    Whole(PathBuf),
    /// The cover of the e-book.
    Cover,
}

/// The files by their addresses.
#[derive(Debug, Default)]
pub(in crate::preview) struct Resources(BTreeMap<String, Resource>);

impl Resources {
    /// Adds a file. Its address, such as `/picture/5a…`, depends on its kind and on `identity`,
    /// which is different for different content.
    pub(in crate::preview) fn add(
        &mut self,
        kind: &str,
        identity: &[u8],
        resource: Resource,
    ) -> String {
        let address = format!("/{kind}/{}", digest(identity));
        self.0.entry(address.clone()).or_insert(resource);
        address
    }

    /// Adds a file whose bytes are its identity.
    pub(in crate::preview) fn add_data(
        &mut self,
        kind: &str,
        media: &'static str,
        bytes: Vec<u8>,
    ) -> String {
        let address = format!("/{kind}/{}", digest(&bytes));
        self.0.entry(address.clone()).or_insert_with(|| Resource::Data(media, bytes));
        address
    }

    /// The file at an address.
    pub(in crate::preview) fn get(&self, address: &str) -> Option<&Resource> {
        self.0.get(address)
    }
}

/// The start of a SHA-256 in hexadecimal: two contents have the same with no likelihood.
pub(in crate::preview) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes)[..16])
}
