//! The e-book as one document that scrolls, from the same files as in the EPUB.

use std::collections::HashMap;
use std::io;

use crate::build::Project;
use crate::epub::{self, DOCUMENT_COVER, DocumentOptions, Documents};
use crate::html::fragment::{Fragment, fragment};
use crate::html::xml::Xml;
use crate::model::Picture;
use crate::picture::FileStamp;
use crate::preflight::stores::StoreRules;

use super::pictures;
use super::resources::{PictureSource, Resource, Resources};

/// What the preview adds to the stylesheet of the e-book.
const READER: &str = include_str!("reader.css");

/// The e-book.
#[derive(Debug)]
pub(in crate::preview) struct ReflowedBook {
    /// The HTML.
    pub(in crate::preview) html: String,
    /// The element that shows each page's entry, by the index of the page.
    pub(in crate::preview) documents: Vec<Option<String>>,
}

/// Writes the e-book of a project.
pub(in crate::preview) fn reader(
    project: &Project,
    resources: &mut Resources,
) -> io::Result<ReflowedBook> {
    let book = project.book();
    let options = DocumentOptions {
        pictures: pictures::EBOOK_PICTURES,
        cover: pictures::COVER,
        cover_alt: StoreRules::new(book.ebook.store).max_alt_length(),
        print: project.pages(),
    };
    let Documents { list: documents, pictures, css, faces } =
        epub::documents(book, project.faces(), &options)?;
    let mut addresses: HashMap<String, String> =
        pictures.into_iter().map(|(file, picture)| (file, whole(picture, resources))).collect();
    let cover_identity = format!("cover {:?} {:?}", book.cover, book.cover_text());
    let cover = resources.add(
        "picture",
        cover_identity.as_bytes(),
        Resource::Picture(PictureSource::Cover),
    );
    addresses.insert(DOCUMENT_COVER.to_owned(), cover);
    let css = faces.into_iter().fold(css, |css, face| {
        let address = resources.add_data("font", face.media_type, face.bytes.into_owned());
        css.replace(&format!("url(\"{}\")", face.file), &format!("url(\"{address}\")"))
    });
    // Each document is an element with the class of its body.
    let css = format!("{}\n{READER}", css.replace("\nbody {", "\n.document {"));
    let css = resources.add_data("style", "text/css; charset=utf-8", css.into_bytes());

    let mut content = String::new();
    let mut by_entry = HashMap::new();
    for document in &documents {
        let id = id(&document.file);
        let Fragment { class, content: body } =
            fragment(&document.xhtml, |name, value| rewritten(name, value, &id, &addresses))?;
        for (entry, anchor) in &document.entries {
            let place = anchor.as_ref().map_or_else(|| id.clone(), |it| format!("{id}-{it}"));
            by_entry.insert(*entry, place);
        }
        let mut xml = Xml::html();
        let class = format!("document {class}");
        // In text, `<` is escaped.
        let body = body.replace("<img ", "<img loading=\"lazy\" decoding=\"async\" ");
        xml.element("div", &[("class", &class), ("id", &id)], |xml| xml.raw(&body));
        xml.line();
        content.push_str(&String::from_utf8_lossy(&xml.into_bytes()?));
    }
    let language = &book.language;
    let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
    let mut xml = Xml::html();
    xml.raw("<!DOCTYPE html>\n");
    xml.element("html", &[("lang", language.tag()), ("dir", direction)], |xml| {
        xml.element("head", &[], |xml| {
            xml.empty("meta", &[("charset", "utf-8")]);
            xml.text_element("title", &[], &format!("{} (e-book)", book.title));
            xml.empty("link", &[("rel", "stylesheet"), ("href", &css)]);
        });
        xml.line();
        xml.element("body", &[], |xml| xml.raw(&content));
    });
    let html = String::from_utf8_lossy(&xml.into_bytes()?).into_owned();
    let pages = project.pages().pages.iter();
    let documents = pages.map(|page| by_entry.get(&page.entry?).cloned()).collect();
    Ok(ReflowedBook { html, documents })
}

fn whole(picture: &Picture, resources: &mut Resources) -> String {
    // A photo that cannot be read has no stamp, and no picture either.
    let stamp = FileStamp::read(&picture.path).ok();
    let identity = format!("whole {} {stamp:?} {:?}", picture.path.display(), picture.damage);
    let source = PictureSource::Whole(picture.path.clone());
    resources.add("picture", identity.as_bytes(), Resource::Picture(source))
}

/// The end of the names of documents. Other links are external, and begin with their scheme.
const DOCUMENT: &str = ".xhtml";

/// The identifier of a document in the whole.
fn id(file: &str) -> String {
    format!("d-{}", file.trim_end_matches(DOCUMENT))
}

/// The value of an attribute that refers to a file or an element; several documents may use the
/// same identifiers.
fn rewritten(
    name: &str,
    value: &str,
    document: &str,
    addresses: &HashMap<String, String>,
) -> Option<String> {
    match name {
        "src" => addresses.get(value).cloned(),
        "id" => Some(format!("{document}-{value}")),
        "href" => match value.split_once('#') {
            Some(("", fragment)) => Some(format!("#{document}-{fragment}")),
            _ if value.contains(':') => None,
            Some((file, fragment)) => {
                file.strip_suffix(DOCUMENT).map(|name| format!("#d-{name}-{fragment}"))
            }
            None => value.strip_suffix(DOCUMENT).map(|name| format!("#d-{name}")),
        },
        "aria-labelledby" | "aria-describedby" => Some(
            value.split(' ').map(|id| format!("{document}-{id}")).collect::<Vec<_>>().join(" "),
        ),
        _ => None,
    }
}
