//! Captions beside the photos, in a table or in text files. The manifest refers to them and does
//! not repeat them, so that they are edited in one place.

use std::path::Path;

use crate::finding::Finding;
use crate::manifest::captions::{
    self, CaptionRow, CaptionTable, TableOptions, matching, text_files,
};
use crate::manifest::keys::captions::Field;
use crate::manifest::lower::files;
use crate::model::Language;
use crate::picture::Confinement;

use super::photo::FoundPhoto;

/// The rows of a table of captions, and the photos.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableSummary {
    /// The name of the table.
    pub name: String,
    /// The number of photos that have a row.
    pub matched: usize,
    /// The file names of rows that match no photo.
    pub unmatched: Vec<String>,
    /// The photos without a row.
    pub without_row: Vec<String>,
}

/// Notes which texts the table gives for each photo.
///
/// # Errors
/// The finding that says why the table cannot be read.
pub(super) fn read_table(
    folder: &Path,
    name: &str,
    photos: &mut [FoundPhoto],
) -> Result<TableSummary, Finding> {
    let path = files::path(folder, name);
    let table = captions::read(&path, name, &TableOptions::default(), &Confinement::default());
    let CaptionTable { rows, .. } = table.map_err(|error| *error.finding)?;
    let row_names: Vec<&str> = rows.iter().map(|row| row.file.as_str()).collect();
    let names: Vec<String> = photos.iter().map(|photo| photo.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let matches = matching::matches(&row_names, &names);
    for (&photo, &row) in &matches.rows {
        photos[photo].elsewhere.extend(fields(&rows[row]));
    }
    let is_missing = |(index, photo): &(usize, &FoundPhoto)| {
        photo.is_in_book() && !matches.rows.contains_key(index)
    };
    let without_row = photos.iter().enumerate().filter(is_missing);
    Ok(TableSummary {
        name: name.to_owned(),
        matched: matches.rows.len(),
        unmatched: matches.unmatched.iter().map(|&row| rows[row].file.clone()).collect(),
        without_row: without_row.map(|(_, photo)| photo.name.clone()).collect(),
    })
}

/// The texts that a row gives.
fn fields(row: &CaptionRow) -> Vec<Field> {
    let texts = [Field::Caption, Field::Alt, Field::Credit, Field::Place];
    let mut fields: Vec<Field> =
        texts.into_iter().filter(|&field| !row.texts(field).is_empty()).collect();
    if !row.taken().is_empty() {
        fields.push(Field::Taken);
    }
    fields
}

/// Notes which photos have a caption in a text file of the same name.
pub(super) fn find_text_files(folder: &Path, photos: &mut [FoundPhoto], language: &Language) {
    let languages = [language.tag().to_owned(), language.primary().clone()];
    for photo in photos {
        let path = files::path(folder, &photo.name);
        let (captions, _) =
            text_files::read(&path, &languages, &|_| false, &Confinement::default());
        if !captions.is_empty() && !photo.elsewhere.contains(&Field::Caption) {
            photo.elsewhere.push(Field::Caption);
            photo.has_text_file = true;
        }
    }
}
