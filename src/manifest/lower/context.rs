//! The state that is shared while a manifest is lowered.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex_automata::meta::Regex;

use crate::finding::{Code, Finding, Severity};
use crate::manifest::keys::scalars::{MAX_LINE, MultiLine};
use crate::manifest::lower::files::{self, FileError};
use crate::manifest::lower::limits::Used;
use crate::manifest::lower::other_captions::OtherCaptions;
use crate::manifest::lower::photo_metadata::captions;
use crate::manifest::lower::photo_metadata::retained_metadata::RetentionPolicy;
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::markdown::{self, FoundPicture};
use crate::model::{
    Block, CaptionPosition, Date, DatePrecision, Edition, Essay, IndexTopic, Inline, Language,
    Location, Metadata, Picture,
};
use crate::picture::{
    self, Candidates, Confinement, Converters, DeviceNames, FileStamp, MetadataSource, Profiles,
};

/// The maximum number of characters of a caption. It is laid out before it is known not to fit, so
/// there must be a limit.
const MAX_CAPTION: usize = 200_000;

/// The manifest, the settings for all its pages, and the findings so far.
#[derive(Debug)]
pub(crate) struct LowerContext<'a> {
    /// The text of the manifest.
    pub source: &'a SourceFile,
    /// The folder that file names are relative to.
    pub base: &'a Path,
    /// Where files may be.
    pub confinement: &'a Confinement,
    /// The findings so far.
    pub findings: Vec<Finding>,
    /// The text files that findings point into.
    pub sources: BTreeMap<PathBuf, String>,
    /// The language of the book.
    pub language: Language,
    /// The languages for which captions from metadata are reported as missing.
    pub reported_languages: Vec<String>,
    /// Whether any text is not in the language of the edition.
    pub has_untranslated_text: bool,
    /// The credit line of the book.
    pub credit: Option<String>,
    /// What the index lists.
    pub index_topics: Vec<IndexTopic>,
    /// The key that asks for the index.
    pub index_location: Option<Location>,
    /// How precisely dates are printed.
    pub dates: DatePrecision,
    /// The metadata that is retained in the photos.
    pub retention: RetentionPolicy,
    /// The default position of captions.
    pub caption_position: CaptionPosition,
    /// The kinds of metadata that captions are read from, the preferred one first.
    pub caption_sources: Vec<MetadataSource>,
    /// The captions beside the manifest.
    pub captions: OtherCaptions,
    /// The patterns of captions to ignore.
    pub ignored_captions: Vec<Regex>,
    /// The day of the build, if it is known: no photo is newer.
    pub today: Option<Date>,
    /// The programs that convert photos.
    pub converters: Converters,
    /// The photos of plates so far, by their paths.
    pub plates: BTreeMap<PathBuf, PlateUse>,
    /// The pictures that have been read.
    pub probed: ProbedPictures,
    /// Where each picture file is named first.
    pub picture_locations: BTreeMap<PathBuf, Location>,
    /// What the manifest has used of its limits.
    pub used: Used,
    /// The state of each picture file when it was read.
    pub stamps: BTreeMap<PathBuf, FileStamp>,
}

/// Pictures that have been read, and their profiles.
#[derive(Debug, Default)]
pub(crate) struct ProbedPictures {
    profiles: Profiles,
    /// By name; `None` for those that cannot be used.
    pictures: BTreeMap<String, Option<KeptPicture>>,
}

/// A picture and its metadata until the end of the manifest, which may name it again. Most sources
/// of most pictures say nothing, and need no space.
#[derive(Debug)]
struct KeptPicture {
    picture: Picture,
    sources: [Option<Box<Metadata>>; 5],
    device: DeviceNames,
}

impl KeptPicture {
    fn new(ProbedPicture { picture, candidates }: &ProbedPicture) -> Self {
        let Candidates { sidecar, xmp, iptc, exif, other_sidecar, device } = candidates;
        let kept =
            |source: &Metadata| (*source != Metadata::default()).then(|| Box::new(source.clone()));
        Self {
            picture: picture.clone(),
            sources: [sidecar, xmp, iptc, exif, other_sidecar].map(kept),
            device: device.clone(),
        }
    }

    fn probed(&self) -> ProbedPicture {
        let sources = self.sources.each_ref();
        let [sidecar, xmp, iptc, exif, other_sidecar] =
            sources.map(|source| source.as_deref().cloned().unwrap_or_default());
        let device = self.device.clone();
        let candidates = Candidates { sidecar, xmp, iptc, exif, other_sidecar, device };
        ProbedPicture { picture: self.picture.clone(), candidates }
    }
}

/// A picture and its metadata.
#[derive(Debug, Clone)]
pub(crate) struct ProbedPicture {
    /// The picture.
    pub picture: Picture,
    /// Its metadata, by kind.
    pub candidates: Candidates,
}

/// Where a photo has a plate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlateUse {
    /// The position of its name, or of the pattern that matches it.
    pub span: SourceSpan,
    /// Whether a pattern matches it.
    pub by_pattern: bool,
}

impl<'a> LowerContext<'a> {
    /// A context without pages.
    pub(crate) fn new(
        source: &'a SourceFile,
        base: &'a Path,
        confinement: &'a Confinement,
    ) -> Self {
        Self {
            source,
            base,
            confinement,
            findings: Vec::new(),
            sources: BTreeMap::new(),
            language: Language::default(),
            reported_languages: Vec::new(),
            has_untranslated_text: false,
            credit: None,
            index_topics: Vec::new(),
            index_location: None,
            dates: DatePrecision::default(),
            retention: RetentionPolicy::default(),
            caption_position: CaptionPosition::Below,
            caption_sources: Candidates::DEFAULT_ORDER.to_vec(),
            captions: OtherCaptions::default(),
            ignored_captions: Vec::new(),
            today: None,
            converters: Converters::default(),
            plates: BTreeMap::new(),
            probed: ProbedPictures::default(),
            picture_locations: BTreeMap::new(),
            used: Used::default(),
            stamps: BTreeMap::new(),
        }
    }

    /// Adds a finding at a position in the manifest.
    pub(crate) fn report(&mut self, span: SourceSpan, finding: Finding) {
        self.findings.push(finding.at(self.source.at(span)));
    }

    /// The file name of the manifest, for messages.
    pub(crate) fn manifest_name(&self) -> String {
        self.source.file.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Adds the finding that a file cannot be read, with a similar file as a suggestion.
    pub(crate) fn report_file(&mut self, code: Code, name: &Spanned<String>, error: &FileError) {
        let finding = match error {
            FileError::Missing => {
                let finding = Finding::new(code, format!("there is no file {}", name.value))
                    .label(format!("paths are relative to {}", self.manifest_name()));
                let comment = self.source.comment_after(name.span);
                let is_pattern = code == Code::PhotoMissing && name.value.contains('*');
                let help = if is_pattern {
                    Some(format!("for a pattern, write - photos: \"{}\"", name.value))
                } else if let Some(comment) = comment {
                    Some(format!("YAML reads {comment} as a comment; put the name in quotes"))
                } else if self.used.suggest() {
                    files::missing_help(self.base, &name.value)
                } else {
                    None
                };
                match help {
                    Some(help) => finding.help(help),
                    None => finding,
                }
            }
            FileError::Outside => files::outside(&name.value),
            error => Finding::new(code, format!("{} {}", name.value, error.description())),
        };
        let finding = if code == Code::TextTooLong {
            finding.help("split it into several texts")
        } else {
            finding
        };
        self.report(name.span, finding);
    }

    /// The picture with this name and its metadata. Findings about it are reported once, where it
    /// is first used.
    pub(crate) fn picture(&mut self, name: &Spanned<String>) -> Option<ProbedPicture> {
        if let Some(picture) = self.probed.pictures.get(&name.value) {
            return picture.as_ref().map(KeptPicture::probed);
        }
        let path = files::path(self.base, &name.value);
        let picture = match files::check_is_file(&path, self.confinement) {
            Err(FileError::NotAFile) => {
                let message = format!("{} is not a file", name.value);
                let mut finding = Finding::new(Code::PhotoMissing, message);
                if path.is_dir() {
                    let folder = name.value.trim_end_matches('/');
                    finding = finding
                        .help(format!("for all photos in it, write - photos: \"{folder}/*.jpg\""));
                }
                self.report(name.span, finding);
                None
            }
            Err(error) => {
                self.report_file(Code::PhotoMissing, name, &error);
                None
            }
            Ok(()) => match self.probe(&path, &name.value) {
                Ok(mut probed) => {
                    for finding in std::mem::take(&mut probed.findings) {
                        self.report(name.span, finding);
                    }
                    let picture::Probed { picture, candidates, stamp, .. } = probed;
                    let location = self.source.at(name.span);
                    self.stamps.extend(stamp.map(|stamp| (path.clone(), stamp)));
                    self.picture_locations.entry(path).or_insert(location);
                    Some(ProbedPicture { picture, candidates })
                }
                Err(finding) => {
                    self.report(name.span, finding);
                    None
                }
            },
        };
        let kept = picture.as_ref().map(KeptPicture::new);
        self.probed.pictures.insert(name.value.clone(), kept);
        picture
    }

    fn probe(&mut self, path: &Path, name: &str) -> Result<picture::Probed, Finding> {
        let profiles = &mut self.probed.profiles;
        picture::probe_with(path, name, profiles, &self.converters, self.confinement)
    }

    /// Parses a caption. One that is too long for any book is left out.
    pub(crate) fn caption(&mut self, text: &str, span: SourceSpan) -> Vec<Inline> {
        let help = "move the text to a `text:` page next to the photo";
        if self.accepts_caption(text, "the caption", help, span) {
            self.inlines(text, span)
        } else {
            Vec::new()
        }
    }

    /// Whether a caption can be set. A page has room for fewer characters, which is found when it
    /// is laid out; e-books show a long caption over several screens.
    pub(crate) fn accepts_caption(
        &mut self,
        text: &str,
        what: &str,
        help: &str,
        span: SourceSpan,
    ) -> bool {
        let Some(length) = excess_length(text) else { return true };
        let accepted = length <= MAX_CAPTION;
        let finding = if accepted {
            let message = format!("{what} has {length} characters, which fill several screens");
            let finding = Finding::new(Code::CaptionTooLong, message);
            finding.severity(Severity::Warning).editions([Edition::Epub, Edition::Offline])
        } else {
            let message = format!("{what} has {length} characters; the maximum is 200,000");
            Finding::new(Code::CaptionTooLong, message)
        };
        self.report(span, finding.help(help));
        accepted
    }

    /// Parses a line of Markdown. Findings are at the value of its key.
    pub(crate) fn inlines(&mut self, text: &str, span: SourceSpan) -> Vec<Inline> {
        let read = markdown::inlines(text, &self.language);
        for finding in read.findings {
            self.report(span, finding);
        }
        read.content
    }

    /// Parses a text from its file or from the manifest. `None` if the file does not exist.
    pub(crate) fn essay(&mut self, text: &Spanned<MultiLine>) -> Option<Essay> {
        let mut location = self.source.at(text.span);
        let blocks = self.prose(text, &mut location)?;
        Some(Essay { blocks, location: Some(location), language: None })
    }

    /// The blocks of a text, and its location if it is in a file.
    fn prose(&mut self, text: &Spanned<MultiLine>, location: &mut Location) -> Option<Vec<Block>> {
        let Spanned { value: MultiLine(value), span } = text;
        let path = files::path(self.base, value);
        if is_inline_text(value) {
            return Some(self.inline_text(value, *span));
        }
        match files::text(&path, files::MAX_TEXT, self.confinement) {
            Ok((source, error)) => {
                let text = error.is_none().then(|| self.text_file(&source, *span, value));
                *location = source.at(SourceSpan::START);
                self.findings.extend(error);
                self.sources.insert(source.file, source.text);
                text
            }
            Err(FileError::Missing) if !looks_like_a_file(value) => {
                Some(self.inline_text(value, *span))
            }
            Err(error) => {
                let code = match error {
                    FileError::TooLarge(_) => Code::TextTooLong,
                    _ => Code::TextMissing,
                };
                let name = Spanned { value: value.clone(), span: *span };
                self.report_file(code, &name, &error);
                None
            }
        }
    }

    fn inline_text(&mut self, text: &str, span: SourceSpan) -> Vec<Block> {
        if text.len() as u64 > files::MAX_TEXT {
            let message = format!("this text is larger than {} MB", files::MAX_TEXT >> 20);
            let help = "split it into several texts";
            self.report(span, Finding::new(Code::TextTooLong, message).help(help));
            return Vec::new();
        }
        let language = self.language.clone();
        let at = self.source.at(span);
        let read = markdown::blocks(
            text,
            &language,
            Some(&mut |name, alt, _| self.figure("", name, alt, &at)),
        );
        for finding in read.findings {
            self.report(span, finding);
        }
        if read.content.is_empty() {
            self.report(span, Finding::new(Code::TextEmpty, "this text is empty"));
        }
        read.content
    }

    fn text_file(&mut self, source: &SourceFile, span: SourceSpan, name: &str) -> Vec<Block> {
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
            self.report(span, Finding::new(Code::TextEmpty, format!("{name} is empty")));
        }
        read.content
    }

    /// A picture in a text in this folder, with its alt text.
    fn figure(
        &mut self,
        folder: &str,
        name: &str,
        alt: &str,
        at: &Location,
    ) -> Option<FoundPicture> {
        let first_finding = self.findings.len();
        if name.contains("://") {
            let message = format!("{name} is a web address; only files can be used");
            let help = "save the picture next to the text, and use its file name";
            self.findings.push(Finding::new(Code::PhotoMissing, message).help(help).at(at.clone()));
            return None;
        }
        let mut value = relative_path(folder, name);
        if files::check_is_file(&files::path(self.base, &value), self.confinement).is_err() {
            value = relative_path(folder, &percent_decoded(name));
        }
        let photo = Spanned { value: value.clone(), span: SourceSpan::START };
        let is_first = !self.probed.pictures.contains_key(&value);
        let probed = self.picture(&photo);
        if let Some(ProbedPicture { picture, .. }) = probed.as_ref().filter(|_| is_first) {
            self.picture_locations.insert(picture.path.clone(), at.clone());
        }
        let own = probed.as_ref().and_then(|probed| {
            let metadata = captions::others(&probed.candidates, &self.caption_sources);
            let alt = metadata.alt.filter(|_| alt.is_empty());
            self.metadata_text(alt.as_ref(), "alt", &photo)
        });
        for finding in &mut self.findings[first_finding..] {
            finding.at = Some(at.clone());
            if finding.label.is_some() {
                finding.label = Some("paths are relative to the folder of this text".into());
            }
        }
        let ProbedPicture { picture, candidates: _ } = probed?;
        let alt = Some(alt.to_owned()).filter(|alt| !alt.is_empty()).or(own);
        if alt.is_none() {
            let message = format!("{value} has no alt text");
            let help = format!("write it between the brackets: ![…]({name})");
            let finding = Finding::new(Code::AltMissing, message).help(help);
            self.findings.push(finding.at(at.clone()));
        }
        Some(FoundPicture { picture, alt })
    }
}

/// The number of characters of a text that is longer than any title.
pub(crate) fn excess_length(text: &str) -> Option<usize> {
    let length = if text.len() > MAX_LINE { text.chars().count() } else { 0 };
    Some(length).filter(|length| *length > MAX_LINE)
}

/// The path of a file that a text in this folder names, relative to the manifest.
fn relative_path(folder: &str, name: &str) -> String {
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

/// Decodes a file name in Markdown, in which spaces and the like are percent-encoded
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

/// Whether a value is Markdown, even if there is a file with this name.
fn is_inline_text(value: &str) -> bool {
    value.is_empty() || value.contains('\n') || value.starts_with('#')
}

/// Whether a value is probably the name of a text file: it has such an extension, or it is one
/// word without characters that file names do not have. A sentence in a script without spaces is
/// not a word.
fn looks_like_a_file(value: &str) -> bool {
    if value.contains(['<', '>', '*', '"', '|', '?']) {
        return false;
    }
    let extension = value.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    if extension.is_some_and(|it| matches!(it.as_str(), "md" | "markdown" | "mdown" | "txt")) {
        return true;
    }
    // Thai to Burmese, Khmer, and everything from the Chinese radicals on.
    let without_spaces =
        |c| matches!(c, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..);
    !value.contains(' ') && !value.contains(without_spaces)
}
