//! Captions beside the manifest: reads the table that it names, and finds the texts of photos in it
//! and in text files.

use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use crate::finding::{Code, Finding};
use crate::manifest::captions::{
    self, CaptionRow, CaptionTable, NamedColumn, TableError, TableOptions, text_files,
};
use crate::manifest::keys::captions::{CaptionTableKeys, CaptionsKey, Field};
use crate::manifest::keys::forms::{Key, OneOrMany};
use crate::manifest::keys::manifest::Manifest;
use crate::manifest::keys::pages::PageEntry;
use crate::manifest::keys::scalars::{MultiLine, SingleLine};
use crate::manifest::lower::context::{LowerContext, excess_length};
use crate::manifest::lower::files;
use crate::manifest::lower::language_match::best_match;
use crate::manifest::syntax::de::{self, Spanned};
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::yaml::{Node, Value};
use crate::model::Taken;
use crate::picture::Confinement;

/// The number of names that a message lists.
const MAX_LISTED: usize = 3;

/// The value of `captions`.
#[derive(Debug, Default)]
pub(crate) struct TableKey {
    /// The table, if it can be used.
    pub table: Option<Rc<CaptionTable>>,
    /// The position of its name.
    pub span: Option<SourceSpan>,
    /// The text of a table that cannot be used, into which findings point.
    pub unusable: Option<SourceFile>,
}

/// Takes `captions` out of the manifest and reads the table, whose languages are languages of the
/// book.
pub(crate) fn read(
    root: &mut Node,
    source: &SourceFile,
    base: &Path,
    confinement: &Confinement,
    findings: &mut Vec<Finding>,
) -> TableKey {
    let Some(mut node) = take(root) else { return TableKey::default() };
    let key = de::read::<Spanned<CaptionsKey>>(&mut node, source, findings);
    let Some(Spanned { value, span }) = key else { return TableKey::default() };
    let keys = match value {
        CaptionsKey::File(file) => {
            CaptionTableKeys { file: Spanned { value: file, span }, delimiter: None, columns: None }
        }
        CaptionsKey::Keys(keys) => keys,
    };
    let Spanned { value: SingleLine(name), span } = keys.file;
    let names = |names: Spanned<OneOrMany<SingleLine>>| {
        let named = |name: Spanned<SingleLine>| (name.value.0, Some(source.at(name.span)));
        names.into_vec().into_iter().map(named).collect()
    };
    let columns = keys.columns.unwrap_or_default().0.into_iter();
    let options = TableOptions {
        delimiter: keys.delimiter.map(|delimiter| delimiter.value.0),
        columns: columns
            .map(|(field, columns)| NamedColumn { field, names: names(columns) })
            .collect(),
    };
    let path = files::path(base, &name);
    match captions::read(&path, &name, &options, confinement) {
        Ok(mut table) => {
            findings.append(&mut table.findings);
            TableKey { table: Some(Rc::new(table)), span: Some(span), unusable: None }
        }
        Err(TableError { finding, table }) => {
            let mut finding = *finding;
            if finding.at.is_none() {
                finding = finding.at(source.at(span));
                if finding.help.is_none() {
                    finding.help = files::missing_help(base, &name);
                }
            }
            findings.push(finding);
            TableKey { table: None, span: Some(span), unusable: table }
        }
    }
}

/// Removes the key from the manifest. An empty value is none.
fn take(root: &mut Node) -> Option<Node> {
    let Value::Map(pairs) = &mut root.value else { return None };
    let at = pairs.iter().position(|pair| &*pair.key.text == "captions")?;
    Some(pairs.remove(at).node).filter(|node| !matches!(node.value, Value::Null))
}

/// The names of text files in the manifest.
fn texts<'a>(manifest: &'a Manifest, pages: &'a [PageEntry]) -> impl Iterator<Item = &'a str> {
    let of_pages = pages.iter().flat_map(|page| [&page.text, &page.intro]);
    let keys = of_pages.chain([&manifest.dedication, &manifest.epigraph, &manifest.colophon]);
    keys.filter_map(|key: &Key<MultiLine>| Some(key.as_ref()?.value.0.as_str()))
}

impl LowerContext<'_> {
    /// Matches the rows of the table with the photos of the book. `pages` have their photos.
    pub(crate) fn match_captions(
        &mut self,
        manifest: &Manifest,
        pages: &[PageEntry],
        photos: &[Vec<Spanned<String>>],
    ) {
        self.captions.text_files =
            texts(manifest, pages).map(|name| files::path(self.base, name)).collect();
        let Some(table) = self.captions.table.take() else { return };
        let mut names: Vec<&str> = Vec::new();
        // Photos whose caption is in the manifest need no row.
        let mut needed = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for (page, photos) in pages.iter().zip(photos) {
            for photo in photos {
                if page.caption.is_none() {
                    needed.insert(photo.value.as_str());
                }
                if seen.insert(photo.value.as_str()) {
                    names.push(&photo.value);
                }
            }
        }
        let frontispiece = manifest.frontispiece.as_ref().map(|it| &it.value.photo);
        let cover = manifest.cover.as_ref().and_then(|it| it.value.photo.as_ref());
        for photo in [frontispiece, cover].into_iter().flatten() {
            if seen.insert(&photo.value.0) {
                names.push(&photo.value.0);
            }
        }
        let (matches, findings) = table.matches(&names);
        self.findings.extend(findings);
        let ambiguous = matches.ambiguous.iter().flat_map(|(_, photos)| photos);
        let ambiguous: BTreeSet<usize> = ambiguous.copied().collect();
        let has_no_row = |at: usize| !matches.rows.contains_key(&at) && !ambiguous.contains(&at);
        let missing: Vec<&str> = names
            .iter()
            .enumerate()
            .filter(|(at, name)| has_no_row(*at) && needed.contains(*name))
            .map(|(_, name)| *name)
            .collect();
        if let (Some(span), false) = (self.captions.span, missing.is_empty()) {
            let (photos, verb) = match missing.len() {
                1 => ("1 photo".to_owned(), "has"),
                count => (format!("{count} photos"), "have"),
            };
            let mut list = missing[..missing.len().min(MAX_LISTED)].join(", ");
            if missing.len() > MAX_LISTED {
                list += " …";
            }
            let message = format!("{photos} {verb} no row in {}: {list}", table.name);
            let help = "add the rows, or write `caption:` in the manifest";
            self.report(span, Finding::new(Code::CaptionsMissing, message).help(help));
        }
        let rows = matches.rows.into_iter().map(|(photo, row)| (names[photo].to_owned(), row));
        self.captions.rows = rows.collect();
        self.sources.insert(table.source.file.clone(), table.source.text.clone());
        self.captions.table = Some(table);
    }

    /// The row of a photo.
    fn row(&self, photo: &Spanned<String>) -> Option<&CaptionRow> {
        let row = *self.captions.rows.get(&photo.value)?;
        self.captions.table.as_ref()?.rows.get(row)
    }

    /// The caption of a photo in the table, else in a text file beside it. Its lines are separated
    /// by line feeds.
    pub(crate) fn caption_beside_manifest(&mut self, photo: &Spanned<String>) -> Option<String> {
        if let Some(caption) = self.table_text(Field::Caption, photo) {
            return Some(caption);
        }
        let path = files::path(self.base, &photo.value);
        let is_other = |path: &Path| self.captions.text_files.contains(path);
        let (captions, findings) =
            text_files::read(&path, &self.captions.languages, &is_other, self.confinement);
        self.findings.extend(findings);
        let texts: Vec<(Option<String>, String)> =
            captions.into_iter().map(|caption| (caption.language, caption.text)).collect();
        let text = self.in_language(texts, "caption", photo)?;
        self.accepts_text(text, "caption", photo, "the text file")
    }

    /// A text of a photo in the table, in the language of the edition.
    pub(crate) fn table_text(&mut self, field: Field, photo: &Spanned<String>) -> Option<String> {
        let texts = self.row(photo)?.texts(field);
        let texts: Vec<(Option<String>, String)> = texts
            .into_iter()
            .map(|(language, text)| (language.map(|it| it.tag().to_owned()), text.to_owned()))
            .collect();
        let key = match field {
            Field::Caption => "caption",
            Field::Alt => "alt",
            Field::Credit => "credit",
            Field::Place => "place",
            Field::File | Field::Taken => return None,
        };
        let text = self.in_language(texts, key, photo)?;
        let table = self.captions.table.as_ref().map_or("", |table| &table.name).to_owned();
        self.accepts_text(text, key, photo, &table)
    }

    /// The date of a photo in the table.
    pub(crate) fn table_date(&mut self, photo: &Spanned<String>) -> Option<Taken> {
        let dates = self.row(photo)?.taken();
        let dates: Vec<(Option<String>, Taken)> = dates
            .into_iter()
            .map(|(language, taken)| (language.map(|it| it.tag().to_owned()), taken.clone()))
            .collect();
        self.in_language(dates, "taken", photo)
    }

    /// Selects the language of the edition, else that of the book. What is not translated is
    /// reported; what is given once, apart from captions and alt texts, serves all languages.
    fn in_language<T>(
        &mut self,
        mut texts: Vec<(Option<String>, T)>,
        key: &str,
        photo: &Spanned<String>,
    ) -> Option<T> {
        // A column with a language is more exact than one without.
        texts.sort_by_key(|(language, _)| language.is_none());
        let own = self.captions.own.clone();
        let tags: Vec<&str> = texts.iter().map(|(tag, _)| tag.as_deref().unwrap_or(&own)).collect();
        let is_shared = !matches!(key, "caption" | "alt")
            && texts.iter().all(|(language, _)| language.is_none());
        let edition = self.language.tag().to_owned();
        let found = best_match(&tags, &edition).or_else(|| best_match(&tags, &own)).unwrap_or(0);
        if !texts.is_empty() && !is_shared {
            let is_missing = |tag: &&String| best_match(&tags, tag).is_none();
            let missing: Vec<&str> =
                self.reported_languages.iter().filter(is_missing).map(String::as_str).collect();
            let is_untranslated = best_match(&tags, &edition).is_none();
            if !missing.is_empty() {
                let languages = missing.join(", ");
                let message =
                    format!("the {key} of {} is not translated into {languages}", photo.value);
                let help = format!(
                    "fill the cell in a column `{key}.{}`, or write a text file for it",
                    missing[0]
                );
                self.report(photo.span, Finding::new(Code::Untranslated, message).help(help));
            }
            self.has_untranslated_text |= is_untranslated;
        }
        (found < texts.len()).then(|| texts.swap_remove(found).1)
    }

    /// The text, unless it is too long for any book.
    fn accepts_text(
        &mut self,
        text: String,
        key: &str,
        photo: &Spanned<String>,
        from: &str,
    ) -> Option<String> {
        let what = format!("the {key} of {} in {from}", photo.value);
        if key == "caption" {
            let help = "write a shorter one, or move the text to a `text:` page next to the photo";
            return Some(text).filter(|text| self.accepts_caption(text, &what, help, photo.span));
        }
        if let Some(length) = excess_length(&text) {
            let message = format!("{what} has {length} characters");
            let finding = Finding::new(Code::TextTooLong, message);
            self.report(photo.span, finding.help("the maximum is 20,000"));
            return None;
        }
        Some(text)
    }
}
