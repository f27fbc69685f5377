//! Reads a table of captions.

use std::path::Path;

use crate::finding::{Code, Finding, Severity};
use crate::manifest::captions::cells::{Cell, Cells};
use crate::manifest::captions::columns::TableColumn;
use crate::manifest::captions::header::{self, HeaderError};
use crate::manifest::captions::matching::{self, RowMatches};
use crate::manifest::captions::values::{self, CellDate};
use crate::manifest::keys::captions::{Field, LocalizedField};
use crate::manifest::lower::files::{self, FileError};
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::suggest;
use crate::model::{Language, Location, Taken};
use crate::picture::{self, Confinement, DecodedFile};

/// The maximum size of a table: ten thousand captions of a thousand characters.
const MAX_TABLE: u64 = 16 << 20;
/// The number of names that a message lists.
const MAX_LISTED: usize = 3;

/// How a table is read.
#[derive(Debug, Default)]
pub(crate) struct TableOptions {
    /// The delimiter; by default, it is found.
    pub(crate) delimiter: Option<u8>,
    /// Columns by their names in the header, in addition to the known ones.
    pub(crate) columns: Vec<NamedColumn>,
}

/// Columns that someone has named.
#[derive(Debug)]
pub(crate) struct NamedColumn {
    /// What they are.
    pub(crate) field: LocalizedField,
    /// Their names, the preferred one first, each with its location for findings.
    pub(crate) names: Vec<(String, Option<Location>)>,
}

/// A table of captions.
#[derive(Debug)]
pub(crate) struct CaptionTable {
    /// Its text, which findings point into.
    pub(crate) source: SourceFile,
    /// Its name, for messages.
    pub(crate) name: String,
    /// Its rows, in order.
    pub(crate) rows: Vec<CaptionRow>,
    /// The languages of its columns, with the location of the first one.
    pub(crate) languages: Vec<(Language, Location)>,
    /// What is ignored or uncertain in it.
    pub(crate) findings: Vec<Finding>,
}

/// The row of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CaptionRow {
    /// The name of the photo's file, as written.
    pub(crate) file: String,
    /// The byte of the table at which that name starts.
    at: usize,
    /// Its texts that are not empty, except the date.
    texts: Vec<(LocalizedField, String)>,
    /// Its date, by language.
    taken: Vec<(Option<Language>, Taken)>,
}

impl CaptionRow {
    /// A text in each language that it is given in; without a language, it is that of the book.
    pub(crate) fn texts(&self, field: Field) -> Vec<(Option<&Language>, &str)> {
        let texts = self.texts.iter().filter(|(own, _)| own.field == field);
        texts.map(|(own, text)| (own.language.as_ref(), text.as_str())).collect()
    }

    /// The date in each language that it is given in.
    pub(crate) fn taken(&self) -> Vec<(Option<&Language>, &Taken)> {
        self.taken.iter().map(|(language, taken)| (language.as_ref(), taken)).collect()
    }
}

/// Why a table cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", finding.message)]
pub(crate) struct TableError {
    /// The finding that says it.
    pub(crate) finding: Box<Finding>,
    /// The text of the table, if the finding points into it.
    pub(crate) table: Option<SourceFile>,
}

impl From<Finding> for TableError {
    fn from(finding: Finding) -> Self {
        Self { finding: Box::new(finding), table: None }
    }
}

/// Reads the table at this path, with `name` for messages.
///
/// # Errors
/// The file cannot be read or decoded, a quote is not closed, or there is no column with the names
/// of files.
pub(crate) fn read(
    path: &Path,
    name: &str,
    options: &TableOptions,
    confinement: &Confinement,
) -> Result<CaptionTable, TableError> {
    let bytes = files::limited_bytes(path, MAX_TABLE, confinement)
        .map_err(|error| unreadable(name, &error))?;
    if let Some(program) = spreadsheet(name, &bytes) {
        let message = format!("{name} is {program}, not a table in text form");
        let help = "open it, save it as CSV (UTF-8), and name that file";
        return Err(Finding::new(Code::CaptionsTable, message).help(help).into());
    }
    let DecodedFile { text, guess, invalid } = picture::decode_file(&bytes);
    let source = SourceFile { file: path.to_owned(), text };
    let error = |finding: Finding, at: usize, source: SourceFile| {
        let finding = Box::new(finding.at(source.at(source.span_at(at))));
        TableError { finding, table: Some(source) }
    };
    if let Some(at) = invalid {
        let message = format!("{name} has bytes that are not text in any known encoding");
        let finding = Finding::new(Code::CaptionsTable, message);
        return Err(error(finding.help("save it as CSV in UTF-8"), at, source));
    }
    let named: Vec<(LocalizedField, Vec<String>)> = options
        .columns
        .iter()
        .map(|column| {
            let names = column.names.iter().map(|(name, _)| name.clone());
            (column.field.clone(), names.collect())
        })
        .collect();
    let table = match header::find(&source.text, options.delimiter, &named) {
        Ok(table) => table,
        Err(HeaderError::Empty) => {
            let message = format!("{name} is empty");
            return Err(Finding::new(Code::CaptionsTable, message)
                .help("a table has a header such as file,caption and a row for each photo")
                .into());
        }
        Err(HeaderError::Unclosed(unclosed)) => {
            let message = "the quote at the beginning of this cell is not closed";
            let help = "close it, or double it if it is a part of the text: \"\"";
            let finding = Finding::new(Code::CaptionsTable, message).help(help);
            return Err(error(finding, unclosed.at, source));
        }
        Err(HeaderError::NoFileColumn { first_row, at }) => {
            let missing = options.columns.iter().find(|column| column.field.field == Field::File);
            if let Some(finding) = missing.and_then(|it| missing_column(it, &first_row, name)) {
                return Err(finding.into());
            }
            let columns: Vec<String> = first_row.iter().map(|name| format!("“{name}”")).collect();
            let message = format!("{name} has no column with the names of the photos");
            let help = format!(
                "its columns are {}; name the one with the file names: captions: {{ file: {name}, columns: {{ file: … }} }}, or rename it to `file`",
                columns.join(", ")
            );
            let finding = Finding::new(Code::CaptionsTable, message).help(help);
            return Err(error(finding, at, source));
        }
    };
    let header: Vec<String> = match &table.header {
        Some(header) => header.0.iter().map(|cell| cell.text.clone()).collect(),
        None => Vec::new(),
    };
    let mut findings = Vec::new();
    if let Some(encoding) = guess {
        findings.push(guessed(&source, name, encoding));
    }
    findings
        .extend(options.columns.iter().filter_map(|column| missing_column(column, &header, name)));
    findings.extend(ignored_columns(&table, &source, name));
    let mut table = RowReader { source: &source, name, table: &table, findings }.read();
    table.sort();
    Ok(CaptionTable {
        rows: table.rows,
        languages: table.languages,
        findings: table.findings,
        name: name.to_owned(),
        source,
    })
}

impl CaptionTable {
    /// Matches the rows with photos. What is uncertain is a finding.
    pub(crate) fn matches(&self, photos: &[&str]) -> (RowMatches, Vec<Finding>) {
        let rows: Vec<&str> = self.rows.iter().map(|row| row.file.as_str()).collect();
        let matches = matching::matches(&rows, photos);
        let mut findings = Vec::new();
        let name = &self.name;
        if let Some(&first) = matches.unmatched.first() {
            let count = matches.unmatched.len();
            let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
            let verb = if count == 1 { "matches" } else { "match" };
            let names = self.listed(&matches.unmatched);
            let message = format!("{rows} of {name} {verb} no photo of the book: {names}");
            let help = "correct the file names in the table, or remove the rows";
            findings.push(self.finding(Code::CaptionsRow, message, first).help(help));
        }
        for (row, equal) in &matches.ambiguous {
            let names: Vec<&str> = equal.iter().take(MAX_LISTED).map(|&it| photos[it]).collect();
            let message = format!(
                "`{}` can be {} photos: {}",
                self.rows[*row].file,
                equal.len(),
                names.join(", ")
            );
            let help = "write the folder and the extension in the table, too";
            findings.push(self.finding(Code::CaptionsRow, message, *row).help(help));
        }
        for &(row, first) in &matches.repeated {
            // Programs export a photo once for each of its copies.
            if self.rows[row].texts == self.rows[first].texts
                && self.rows[row].taken == self.rows[first].taken
            {
                continue;
            }
            let line = self.line(first);
            let message =
                format!("`{}` has another row, in line {line}, which is used", self.rows[row].file);
            findings
                .push(self.finding(Code::CaptionsRow, message, row).help("remove one of the rows"));
        }
        if let Some(&(row, photo)) = matches.by_number.first() {
            let count = matches.by_number.len();
            let photo = photos[photo];
            let more = if count == 1 { String::new() } else { format!(" and {} more", count - 1) };
            let message = format!(
                "a number stands for a file name: `{}` for {photo}{more}",
                self.rows[row].file
            );
            let help = "a spreadsheet has probably removed the zeros; compare the captions";
            let finding = self.finding(Code::CaptionsRow, message, row);
            findings.push(finding.severity(Severity::Note).help(help));
        }
        (matches, findings)
    }

    /// Names of rows with their lines, for a message.
    fn listed(&self, rows: &[usize]) -> String {
        let names = rows.iter().take(MAX_LISTED);
        let names = names.map(|&row| format!("{} (line {})", self.rows[row].file, self.line(row)));
        let names = names.collect::<Vec<_>>().join(", ");
        if rows.len() > MAX_LISTED { format!("{names} …") } else { names }
    }

    fn line(&self, row: usize) -> u32 {
        self.source.span_at(self.rows[row].at).line
    }

    /// A finding at the file name of a row.
    fn finding(&self, code: Code, message: String, row: usize) -> Finding {
        let row = &self.rows[row];
        Finding::new(code, message).at(location(&self.source, row.at, &row.file))
    }
}

/// The location of a text in the table.
fn location(source: &SourceFile, at: usize, text: &str) -> Location {
    let length = text.lines().next().map_or(1, |line| line.chars().count().max(1));
    let length = u32::try_from(length).unwrap_or(1);
    source.at(SourceSpan { length, ..source.span_at(at) })
}

fn unreadable(name: &str, error: &FileError) -> Finding {
    let message = match error {
        FileError::Missing => format!("there is no file {name}"),
        FileError::Outside => return files::outside(name),
        error => format!("{name} {}", error.description()),
    };
    Finding::new(Code::CaptionsTable, message)
}

/// What a file is that spreadsheet programs write, but no table in text form.
fn spreadsheet(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_zip = bytes.starts_with(b"PK\x03\x04");
    match extension.to_ascii_lowercase().as_str() {
        "numbers" if is_zip => Some("a Numbers document"),
        "ods" if is_zip => Some("an OpenDocument spreadsheet"),
        _ if is_zip => Some("an Excel workbook"),
        _ if bytes.starts_with(b"\xD0\xCF\x11\xE0") => Some("an Excel workbook"),
        _ if bytes.starts_with(b"%PDF") => Some("a PDF document"),
        _ => None,
    }
}

/// The note that the encoding is guessed, at the first character that depends on it.
fn guessed(source: &SourceFile, name: &str, encoding: &str) -> Finding {
    let at = source.text.find(|c: char| !c.is_ascii()).unwrap_or(0);
    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"');
    let start = source.text[..at].rfind(is_end).map_or(0, |start| start + 1);
    let word = source.text[start..].split(is_end).next().unwrap_or_default();
    let message = format!("{name} does not state its encoding; it is read as {encoding}: “{word}”");
    Finding::new(Code::CaptionsEncoding, message)
        .at(location(source, start, word))
        .help("if the word is wrong, save the table as CSV in UTF-8")
}

/// The finding that the table has no column of a name, if that is so.
fn missing_column(column: &NamedColumn, header: &[String], table: &str) -> Option<Finding> {
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    let is_missing = |name: &str| header::position(&names, name).is_none();
    let (name, at) = column.names.iter().find(|(name, _)| is_missing(name))?;
    let finding = Finding::new(Code::CaptionsTable, format!("{table} has no column `{name}`"));
    let finding = finding.help(match suggest::nearest(name, &names) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "the table has no header".to_owned(),
        None => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("its columns are {}", names.join(", "))
        }
    });
    Some(finding.at(at.clone()))
}

/// The note on columns that are no fields.
fn ignored_columns(table: &header::SplitTable, source: &SourceFile, name: &str) -> Option<Finding> {
    let header = table.header.as_ref()?;
    let is_used = |index: usize| table.columns.iter().any(|column| column.index == index);
    let unused: Vec<&Cell> = header
        .0
        .iter()
        .enumerate()
        .filter(|(index, cell)| !is_used(*index) && !cell.text.is_empty())
        .map(|(_, cell)| cell)
        .collect();
    let first = unused.first()?;
    let mut names: Vec<String> =
        unused.iter().take(MAX_LISTED).map(|cell| format!("“{}”", cell.text)).collect();
    if unused.len() > MAX_LISTED {
        names.push(format!("and {} more", unused.len() - MAX_LISTED));
    }
    let (what, verb) = if unused.len() == 1 { ("column", "is") } else { ("columns", "are") };
    let message = format!("the {what} {} of {name} {verb} not used", names.join(", "));
    let help = "to use one, name it under `columns`, such as captions: { file: …, columns: { caption: … } }";
    Some(
        Finding::new(Code::CaptionsColumns, message)
            .at(location(source, first.at, &first.text))
            .help(help),
    )
}

/// Reads the rows of a table.
struct RowReader<'a> {
    source: &'a SourceFile,
    name: &'a str,
    table: &'a header::SplitTable,
    findings: Vec<Finding>,
}

/// What the rows say.
struct Read {
    rows: Vec<CaptionRow>,
    languages: Vec<(Language, Location)>,
    findings: Vec<Finding>,
}

impl Read {
    /// Sorts the findings by their places in the table.
    fn sort(&mut self) {
        self.findings.sort_by_key(|finding| finding.at.as_ref().map(|at| (at.line, at.column)));
    }
}

impl RowReader<'_> {
    fn read(mut self) -> Read {
        let dates = self.columns(Field::Taken, None);
        let dates = dates.iter().flat_map(|column| {
            self.table.rows.iter().filter_map(|row| row.0.get(column.index)).map(values::text)
        });
        let order = values::order(dates);
        let mut fields: Vec<LocalizedField> = Vec::new();
        for column in &self.table.columns {
            if column.field.field != Field::File && !fields.contains(&column.field) {
                fields.push(column.field.clone());
            }
        }
        let mut rows = Vec::new();
        for cells in &self.table.rows {
            rows.extend(self.row(cells, &fields, order));
        }
        Read { languages: self.languages(), rows, findings: self.findings }
    }

    fn row(
        &mut self,
        cells: &Cells,
        fields: &[LocalizedField],
        order: Option<values::DateOrder>,
    ) -> Option<CaptionRow> {
        self.check_length(cells);
        let files = self.columns(Field::File, None);
        let file = files.iter().filter_map(|column| cells.0.get(column.index));
        let mut names = file.map(|cell| (values::file_name(cell), cell.at));
        let Some((file, at)) = names.find(|(name, _)| !name.is_empty()) else {
            let message = "this row has no file name".to_owned();
            let help = format!("write the name of the photo into the row of {}", self.name);
            self.report(Code::CaptionsRow, message, cells.at(), "", &help);
            return None;
        };
        let mut row =
            CaptionRow { file: file.to_owned(), at, texts: Vec::new(), taken: Vec::new() };
        for field in fields {
            let columns = self.columns(field.field, field.language.as_ref());
            let filled: Vec<(u8, &Cell)> = columns
                .iter()
                .filter_map(|column| Some((column.rank, cells.0.get(column.index)?)))
                .filter(|(_, cell)| !is_blank(cell))
                .collect();
            let Some(&(_, first)) = filled.first() else { continue };
            if field.field == Field::Taken {
                let taken = self.date(first, order);
                row.taken.extend(taken.map(|taken| (field.language.clone(), taken)));
                continue;
            }
            let text = match field.field {
                Field::Caption => values::lines(values::text(first)),
                Field::Place => place(&filled),
                _ => values::line(values::text(first)),
            };
            if !text.is_empty() {
                row.texts.push((field.clone(), text));
            }
        }
        Some(row)
    }

    /// The columns of a field, the preferred one first.
    fn columns(&self, field: Field, language: Option<&Language>) -> Vec<TableColumn> {
        let is_of = |column: &&TableColumn| {
            column.field.field == field
                && (field == Field::File || column.field.language.as_ref() == language)
        };
        self.table.columns.iter().filter(is_of).cloned().collect()
    }

    /// Reports cells that the header has no column for: a delimiter within a text has split it. And
    /// cells with the error of a formula.
    fn check_length(&mut self, cells: &Cells) {
        let width = self.table.header.as_ref().map_or(usize::MAX, |header| header.0.len());
        let extra = cells.0.iter().skip(width).find(|cell| !cell.text.is_empty());
        if let Some(extra) = extra {
            let (count, at, text) = (cells.0.len(), extra.at, extra.text.clone());
            let message = format!("this row has {count} cells, but the header has {width}");
            let help = "put a cell in quotes if it contains the delimiter";
            self.report(Code::CaptionsTable, message, at, &text, help);
        }
        let used = self.table.columns.iter().filter_map(|column| cells.0.get(column.index));
        let errors: Vec<(usize, String)> = used
            .filter(|cell| values::is_error(&cell.text))
            .map(|cell| (cell.at, cell.text.clone()))
            .collect();
        for (at, text) in errors {
            let message = format!("`{text}` is the error of a formula, not a text");
            let help = "correct the formula, or empty the cell";
            self.report(Code::CaptionsRow, message, at, &text, help);
        }
    }

    fn date(&mut self, cell: &Cell, order: Option<values::DateOrder>) -> Option<Taken> {
        let text = values::text(cell).to_owned();
        match values::date(&text, order) {
            CellDate::Date(taken) => Some(taken),
            CellDate::Ambiguous(text) => {
                let message = format!("`{text}` can be two dates; it is printed as it is written");
                let help = "write the year first: 1984-12-31";
                self.report(Code::CaptionsDate, message, cell.at, &text, help);
                Some(Taken::Text(text))
            }
            CellDate::Invalid(reason) => {
                let message = format!("{reason}; the photo has no date from the table");
                let help = "correct the cell: a date such as 1984-12-31 or 1984-12, or words";
                self.report(Code::CaptionsDate, message, cell.at, &text, help);
                None
            }
        }
    }

    fn languages(&self) -> Vec<(Language, Location)> {
        let mut languages: Vec<(Language, Location)> = Vec::new();
        let Some(header) = &self.table.header else { return languages };
        for column in &self.table.columns {
            if let Some(language) = &column.field.language
                && languages.iter().all(|(known, _)| known != language)
            {
                let cell = &header.0[column.index];
                languages.push((language.clone(), location(self.source, cell.at, &cell.text)));
            }
        }
        languages
    }

    fn report(&mut self, code: Code, message: String, at: usize, text: &str, help: &str) {
        let at = location(self.source, at, text);
        self.findings.push(Finding::new(code, message).at(at).help(help));
    }
}

/// Whether a cell says nothing.
fn is_blank(cell: &Cell) -> bool {
    let text = values::text(cell);
    text.is_empty() || values::is_error(text)
}

/// A place, from the smallest part to the largest, without repetitions, as in metadata.
fn place(filled: &[(u8, &Cell)]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut ranks = Vec::new();
    for (rank, cell) in filled {
        let part = values::line(values::text(cell));
        if !ranks.contains(rank) && !parts.contains(&part) {
            ranks.push(*rank);
            parts.push(part);
        }
    }
    parts.join(", ")
}
