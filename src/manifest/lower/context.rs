//! What is at hand while the pages are read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex_automata::meta::Regex;

use crate::finding::{Code, Finding};
use crate::manifest::keys::scalars::Prose;
use crate::manifest::lower::captions;
use crate::manifest::lower::files::{self, FileFault};
use crate::manifest::lower::retained_metadata::Keep;
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::{Place, Source};
use crate::markdown::{self, FoundPicture};
use crate::model::{Block, CaptionPosition, Inline, Language, Location, Picture, Sourced};
use crate::picture::{self, Candidates, MetadataSource, Profiles};

/// The manifest that is being read, what applies to all its pages, and what was found.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// The manifest's text.
    pub source: &'a Source,
    /// The folder that names are relative to.
    pub base: &'a Path,
    /// What was found so far.
    pub findings: Vec<Finding>,
    /// The essays that findings may point into.
    pub sources: BTreeMap<PathBuf, String>,
    /// The language of the book.
    pub language: Language,
    /// The languages in which what pictures say of themselves is missing.
    pub untranslated: Vec<String>,
    /// Whether any text stands in another language than the book's.
    pub in_other_words: bool,
    /// The book's credit line.
    pub credit: Option<String>,
    /// What stays in the pictures that are handed out.
    pub keep: Keep,
    /// Where captions stand that the manifest says nothing about.
    pub captions: CaptionPosition,
    /// Where captions are looked for, the best first.
    pub order: Vec<MetadataSource>,
    /// Captions that are none.
    pub ignored: Vec<Regex>,
    profiles: Profiles,
    /// Pictures by their names; `None` when one cannot be used.
    pictures: BTreeMap<String, Option<Known>>,
}

/// A picture and what it says about itself.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// The picture.
    pub picture: Picture,
    /// What it says, place by place.
    pub candidates: Candidates,
}

impl<'a> Reading<'a> {
    /// Nothing read yet.
    pub(crate) fn new(source: &'a Source, base: &'a Path) -> Self {
        Self {
            source,
            base,
            findings: Vec::new(),
            sources: BTreeMap::new(),
            language: Language::default(),
            untranslated: Vec::new(),
            in_other_words: false,
            credit: None,
            keep: Keep::default(),
            captions: CaptionPosition::Below,
            order: Candidates::USUAL.to_vec(),
            ignored: Vec::new(),
            profiles: Profiles::default(),
            pictures: BTreeMap::new(),
        }
    }

    /// Adds a finding at a place in the manifest.
    pub(crate) fn find(&mut self, place: Place, finding: Finding) {
        self.findings.push(finding.at(self.source.at(place)));
    }

    /// The name of the manifest's file, for hints.
    fn manifest(&self) -> String {
        self.source.file.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Adds the finding that a file cannot be had, with the one that was probably meant.
    pub(crate) fn find_missing(&mut self, code: Code, name: &Spanned<String>, fault: &FileFault) {
        let finding = match fault {
            FileFault::Missing => {
                let finding = Finding::new(code, format!("there is no file {}", name.value))
                    .label(format!("paths are relative to {}", self.manifest()));
                match files::near(self.base, &name.value) {
                    Some(near) => finding.help(format!("{near} is there")),
                    None => finding,
                }
            }
            fault => Finding::new(code, format!("{} {}", name.value, fault.says())),
        };
        self.find(name.place, finding);
    }

    /// The picture of this name and what it says about itself. Findings about it are
    /// made where it is named first.
    pub(crate) fn picture(&mut self, name: &Spanned<String>) -> Option<Known> {
        if let Some(known) = self.pictures.get(&name.value) {
            return known.clone();
        }
        let path = files::path(self.base, &name.value);
        let picture = match files::look(&path) {
            Err(FileFault::NotAFile) => {
                let message = format!("{} is not a file", name.value);
                let mut finding = Finding::new(Code::PhotoMissing, message);
                if path.is_dir() {
                    let folder = name.value.trim_end_matches('/');
                    finding = finding
                        .help(format!("for all photos in it, write - photos: \"{folder}/*.jpg\""));
                }
                self.find(name.place, finding);
                None
            }
            Err(fault) => {
                self.find_missing(Code::PhotoMissing, name, &fault);
                None
            }
            Ok(()) => match picture::probe(&path, &name.value, &mut self.profiles) {
                Ok(mut probed) => {
                    for finding in std::mem::take(&mut probed.findings) {
                        self.find(name.place, finding);
                    }
                    let picture::Probed { picture, candidates, .. } = probed;
                    Some(Known { picture, candidates })
                }
                Err(finding) => {
                    self.find(name.place, finding);
                    None
                }
            },
        };
        self.pictures.insert(name.value.clone(), picture.clone());
        picture
    }

    /// Reads a line of Markdown; what is wrong with it is found at its key's value.
    pub(crate) fn inlines(&mut self, text: &str, place: Place) -> Vec<Inline> {
        let read = markdown::inlines(text, &self.language);
        for finding in read.findings {
            self.find(place, finding);
        }
        read.content
    }

    /// Reads an essay, from its file or in place. `None` when its file is not there.
    pub(crate) fn prose(&mut self, text: &Spanned<Prose>) -> Option<Vec<Block>> {
        let Spanned { value: Prose(value), place } = text;
        let path = files::path(self.base, value);
        if is_plainly_text(value) {
            return Some(self.essay_in_place(value, *place));
        }
        match files::text(&path) {
            Ok((source, fault)) => {
                let essay = fault.is_none().then(|| self.essay_of_file(&source, *place, value));
                self.findings.extend(fault);
                self.sources.insert(source.file, source.text);
                essay
            }
            Err(FileFault::Missing) if !looks_like_a_file(value) => {
                Some(self.essay_in_place(value, *place))
            }
            Err(fault) => {
                let name = Spanned { value: value.clone(), place: *place };
                self.find_missing(Code::TextMissing, &name, &fault);
                None
            }
        }
    }

    fn essay_in_place(&mut self, text: &str, place: Place) -> Vec<Block> {
        let language = self.language.clone();
        let at = self.source.at(place);
        let read = markdown::blocks(
            text,
            &language,
            Some(&mut |name, alt, _| self.figure("", name, alt, &at)),
        );
        for finding in read.findings {
            self.find(place, finding);
        }
        if read.content.is_empty() {
            self.find(place, Finding::new(Code::TextEmpty, "this text is empty"));
        }
        read.content
    }

    fn essay_of_file(&mut self, source: &Source, place: Place, name: &str) -> Vec<Block> {
        let language = self.language.clone();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = &source.file;
        let read = markdown::blocks(
            &source.text,
            &language,
            Some(&mut |name, alt, at| {
                self.figure(folder, name, alt, &Location { file: file.clone(), ..at })
            }),
        );
        for mut finding in read.findings {
            if let Some(at) = &mut finding.at {
                at.file.clone_from(&source.file);
            }
            self.findings.push(finding);
        }
        if read.content.is_empty() {
            self.find(place, Finding::new(Code::TextEmpty, format!("{name} is empty")));
        }
        read.content
    }

    /// The picture that a text in this folder names, and what is to be seen on it.
    fn figure(
        &mut self,
        folder: &str,
        name: &str,
        alt: &str,
        at: &Location,
    ) -> Option<FoundPicture> {
        let before = self.findings.len();
        if name.contains("://") {
            let message = format!("{name} is not fetched: a book is made without a network");
            let help = "save the picture beside the text, and name the file";
            self.findings.push(Finding::new(Code::PhotoMissing, message).help(help).at(at.clone()));
            return None;
        }
        let mut value = beside(folder, name);
        if files::look(&files::path(self.base, &value)).is_err() {
            value = beside(folder, &percent_decoded(name));
        }
        let known = self.picture(&Spanned { value: value.clone(), place: Place::START });
        for finding in &mut self.findings[before..] {
            finding.at = Some(at.clone());
            if finding.label.is_some() {
                finding.label = Some("paths are relative to this text’s folder".into());
            }
        }
        let Known { picture, candidates } = known?;
        let metadata = captions::others(&candidates, &self.order);
        let said = |value: Sourced| captions::clean(value.in_language(&self.language));
        let own = metadata.alt.and_then(said);
        let alt = Some(alt.to_owned()).filter(|alt| !alt.is_empty()).or(own);
        if alt.is_none() {
            let message = format!("nothing says what is to be seen on {value}");
            let help = format!("say it between the brackets: ![…]({name})");
            let finding = Finding::new(Code::AltMissing, message).help(help);
            self.findings.push(finding.at(at.clone()));
        }
        Some(FoundPicture { picture, alt })
    }
}

/// The path of a file named in a text that lies in this folder, as the manifest would name
/// it.
fn beside(folder: &str, name: &str) -> String {
    if name.starts_with('/') {
        return name.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(name.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A name as a file has it: Markdown writes blanks and the like as in addresses
/// (RFC 3986, 2.1).
fn percent_decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| byte == b'%');
        let code = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(code) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(code);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

/// Whether a value is Markdown in place whatever files there are.
fn is_plainly_text(value: &str) -> bool {
    value.is_empty() || value.contains('\n') || value.starts_with('#')
}

/// Whether a value is meant as the name of a text file, there or not: a name that ends like
/// one, or a word, unless it holds what no file's name does. In scripts that are written
/// without spaces a sentence is a word.
fn looks_like_a_file(value: &str) -> bool {
    if value.contains(['<', '>', '*', '"', '|', '?']) {
        return false;
    }
    let extension = value.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    if extension.is_some_and(|it| matches!(it.as_str(), "md" | "markdown" | "mdown" | "txt")) {
        return true;
    }
    // Thai to Burmese, Khmer, and from the Chinese radicals on.
    let without_spaces =
        |c| matches!(c, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..);
    !value.contains(' ') && !value.contains(without_spaces)
}
