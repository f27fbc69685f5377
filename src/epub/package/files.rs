//! Generates the package document, the navigation and the container file.

use crate::model::Strings;

use crate::epub::error::EpubError;
use crate::epub::package::finish;
use crate::epub::package::finish::{NavigationLists, Spine};
use crate::epub::package::metadata::PackageMetadata;
use crate::epub::package::skeleton;
use crate::epub::package::skeleton::ManifestItem;

/// The input for the package files.
#[derive(Debug)]
pub(in crate::epub) struct PackageFiles<'a> {
    /// The metadata of the book.
    pub(in crate::epub) metadata: PackageMetadata<'a>,
    /// All other files, pages in reading order.
    pub(in crate::epub) members: &'a [ManifestItem],
    /// The lists of the navigation document.
    pub(in crate::epub) lists: NavigationLists<'a>,
    /// The properties of the reading order.
    pub(in crate::epub) spine: Spine<'a>,
}

impl PackageFiles<'_> {
    /// The completed files, by their paths in the archive.
    pub(in crate::epub) fn files(&self) -> Result<Vec<(&'static str, Vec<u8>)>, EpubError> {
        const CONTAINER: &str = "META-INF/container.xml";
        const DISPLAY_OPTIONS: &str = "META-INF/com.apple.ibooks.display-options.xml";
        let book = self.metadata.book;
        let strings = Strings::for_language(&book.language);
        let skeleton = skeleton::generate(book, strings, self.members)?;
        let package =
            finish::package(skeleton.file("OEBPS/content.opf")?, &self.metadata, &self.spine)?;
        let navigation = finish::navigation(
            skeleton.file("OEBPS/nav.xhtml")?,
            &book.language,
            strings,
            &self.lists,
        )?;
        let ncx = skeleton.file("OEBPS/toc.ncx")?;
        let NavigationLists { contents, pages, .. } = self.lists;
        let ncx = finish::ncx(ncx, &self.metadata, contents, pages)?;
        Ok(vec![
            (CONTAINER, skeleton.file(CONTAINER)?.to_vec()),
            (DISPLAY_OPTIONS, skeleton.file(DISPLAY_OPTIONS)?.to_vec()),
            ("OEBPS/content.opf", package),
            ("OEBPS/nav.xhtml", navigation),
            ("OEBPS/toc.ncx", ncx),
        ])
    }
}
