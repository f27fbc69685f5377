//! One state of the book as the preview shows it.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::build::Project;
use crate::finding::{Finding, Severity};
use crate::html::page::stylesheet::PageStylesheet;
use crate::html::xml::Xml;
use crate::model::EditionSet;
use crate::picture::{ImageProcessor, PictureError, Scaled};

use super::bound::BoundPages;
use super::findings::{self, PinnedFinding};
use super::pictures;
use super::reader::{self, ReflowedBook};
use super::resources::{PictureSource, Resource, Resources, digest};
use super::shell::{Shell, VERSION};
use super::spreads::SpreadWriter;
use super::strip;
use super::views::Views;

/// A page with all files that it refers to.
#[derive(Debug)]
pub(in crate::preview) struct Shown {
    /// The HTML of the page.
    pub(in crate::preview) html: String,
    /// The HTML of the e-book, if it is shown.
    pub(in crate::preview) ebook: Option<String>,
    /// A digest of everything that is shown.
    pub(in crate::preview) version: String,
    project: Option<Arc<Project>>,
    resources: Resources,
    with_bleed: bool,
}

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub(in crate::preview) struct BookState<'a> {
    /// The manifest, to which places in findings are relative.
    pub(in crate::preview) manifest: &'a Path,
    /// The book, if there is one.
    pub(in crate::preview) project: Option<&'a Arc<Project>>,
    /// The editions to show; by default those that the manifest asks for.
    pub(in crate::preview) editions: Option<EditionSet>,
    /// The findings of loading.
    pub(in crate::preview) findings: &'a [Finding],
    /// The errors of a newer state that cannot be shown.
    pub(in crate::preview) problems: &'a [Finding],
    /// Whether the strip has photos, which a file to be mailed does without.
    pub(in crate::preview) has_thumbnails: bool,
}

impl Shown {
    /// Writes the page and the e-book. No photo is decoded.
    pub(in crate::preview) fn new(state: &BookState<'_>) -> io::Result<Self> {
        let default = || state.project.map(|project| project.default_editions());
        let editions = state.editions.or_else(default).unwrap_or(EditionSet::EMPTY);
        let views = Views(editions);
        let project = state.project.map(Arc::as_ref);
        let laid_out = project.map(|project| (project.book(), project.pages()));
        let mut all_findings = state.findings.to_vec();
        all_findings.extend(project.iter().flat_map(|project| project.check(editions)));
        let concerned = match project {
            _ if editions.is_empty() => EditionSet::ALL,
            Some(project) => project.with_included(editions),
            None => editions,
        };
        let pinned = findings::pinned(&all_findings, concerned, laid_out, state.manifest);

        let mut resources = Resources::default();
        let reader = match project.filter(|_| views.has_ebook()) {
            Some(project) => Some(reader::reader(project, &mut resources)?),
            None => None,
        };
        let documents = reader.as_ref().map_or(&[][..], |reader| &reader.documents);
        let written = match project.filter(|_| views.has_pages()) {
            Some(project) => {
                WrittenPages::new(project, views, documents, &pinned, state, &mut resources)?
            }
            None => WrittenPages::default(),
        };
        let shell = Shell {
            title: project.map(|project| project.book().title.as_str()),
            language: project.map_or("en", |project| project.book().language.tag()),
            views: if project.is_some() { views } else { Views(EditionSet::EMPTY) },
            binding_right: laid_out.is_some_and(|(_, pages)| pages.binding_right),
            style: written.style.as_deref(),
            strip: &written.strip,
            spreads: &written.spreads,
            count: written.count,
            has_ebook: reader.is_some(),
            findings: &in_html(|xml| findings::write_list(xml, &pinned))?,
            finding_count: pinned.len(),
            problems: &problems(state)?,
        };
        let html = shell.html()?;
        let ebook = reader.map(|ReflowedBook { html, .. }| html);
        let version = digest(format!("{html}{}", ebook.as_deref().unwrap_or_default()).as_bytes());
        Ok(Self {
            html: html.replacen(VERSION, &version, 1),
            ebook,
            version,
            project: state.project.cloned(),
            resources,
            with_bleed: views.is_printed(),
        })
    }

    /// The file at an address.
    pub(in crate::preview) fn resource(&self, address: &str) -> Option<&Resource> {
        self.resources.get(address)
    }

    /// Makes a picture; `None` if the book does not have it any more.
    pub(in crate::preview) fn jpeg(
        &self,
        source: &PictureSource,
        processor: &ImageProcessor,
    ) -> Option<Result<Scaled, PictureError>> {
        pictures::jpeg(self.project.as_deref()?, source, self.with_bleed, processor)
    }
}

/// The pages as HTML.
#[derive(Debug, Default)]
struct WrittenPages {
    style: Option<String>,
    strip: String,
    spreads: String,
    count: usize,
}

impl WrittenPages {
    fn new(
        project: &Project,
        views: Views,
        documents: &[Option<String>],
        pinned: &[PinnedFinding],
        state: &BookState<'_>,
        resources: &mut Resources,
    ) -> io::Result<Self> {
        let (book, pages) = (project.book(), project.pages());
        let viewport = pictures::viewport(pages);
        let bound_pages = BoundPages::new(project, views.has_cover());
        let all: Vec<_> = std::iter::once(pages).chain(bound_pages.cover).collect();
        let mut stylesheet = PageStylesheet::new(&all, project.faces(), &book.language, viewport);
        for face in std::mem::take(&mut stylesheet.faces) {
            let address = resources.add_data("font", face.media_type, face.bytes.into_owned());
            let (file, address) =
                (format!("url(\"{}\")", face.file), format!("url(\"{address}\")"));
            stylesheet.font_face_rules = stylesheet.font_face_rules.replace(&file, &address);
        }
        let with_bleed = views.is_printed();
        let writer = SpreadWriter::new((book, bound_pages), stylesheet, documents, with_bleed);
        let style =
            resources.add_data("style", "text/css; charset=utf-8", writer.css().into_bytes());
        let bound = bound_pages.spreads();
        let mut html = String::new();
        for (number, spread) in bound.iter().enumerate() {
            html.push_str(&writer.spread(number, *spread, pinned, resources)?);
        }
        let photos = state.has_thumbnails.then_some(resources);
        let strip = in_html(|xml| strip::write(xml, bound_pages, &bound, with_bleed, photos))?;
        Ok(Self { style: Some(style), strip, spreads: html, count: bound.len() })
    }
}

/// The errors that keep the current state from being shown.
fn problems(state: &BookState<'_>) -> io::Result<String> {
    let errors: Vec<Finding> = state
        .problems
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .cloned()
        .collect();
    if errors.is_empty() {
        return Ok(String::new());
    }
    let pinned = findings::pinned(&errors, EditionSet::ALL, None, state.manifest);
    in_html(|xml| {
        let count =
            if errors.len() == 1 { "an error" } else { &format!("{} errors", errors.len()) };
        let shown = if state.project.is_some() {
            format!("The book has {count}. This is its last state without errors.")
        } else {
            format!("The book has {count}.")
        };
        xml.text_element("h2", &[], &shown);
        findings::write_problems(xml, &pinned);
    })
}

fn in_html(write: impl FnOnce(&mut Xml)) -> io::Result<String> {
    let mut xml = Xml::html();
    write(&mut xml);
    Ok(String::from_utf8_lossy(&xml.into_bytes()?).into_owned())
}
