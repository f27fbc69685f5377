//! One file with everything in it, to be mailed. It is the same page with its addresses replaced
//! by what they stand for.

use std::io::Write;

use base64::Engine as _;
use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::picture::{ImageProcessor, MemorySize, PictureError, PictureErrors, Scaled};

use super::error::PreviewError;
use super::page::assets::{PREVIEW_CSS, PREVIEW_JS};
use super::page::resources::{PictureSource, Resource};
use super::page::shell::{EBOOK, SCRIPT, STYLE};
use super::page::shown::Shown;

/// The number of characters of the part of an address that identifies its content.
const DIGEST: usize = 32;

/// Writes the file; `picture_done` is called after each picture.
///
/// # Errors
/// `out` cannot be written, or photos cannot be decoded.
pub(super) fn write(
    shown: &Shown,
    processor: &ImageProcessor,
    out: &mut dyn Write,
    picture_done: &mut dyn FnMut(),
) -> Result<(), PreviewError> {
    let page = page(shown);
    let segments = segments(&page, shown);
    let mut errors = PictureErrors::default();
    processor.in_order(
        segments,
        |_| None,
        |segment| Made(segment.picture.and_then(|source| shown.jpeg(source, processor))),
        |segment, Made(made)| {
            out.write_all(segment.text.as_bytes())?;
            if let Some((media_type, bytes)) = segment.data {
                write!(out, "data:{media_type};base64,{}", Base64Display::new(bytes, &STANDARD))?;
            }
            if let Some(scaled) = made.and_then(|made| errors.collect(made)) {
                let jpeg = Base64Display::new(&scaled.jpeg, &STANDARD);
                write!(out, "data:image/jpeg;base64,{jpeg}")?;
                picture_done();
            }
            Ok::<_, PreviewError>(())
        },
    )?;
    errors.into_result()?;
    Ok(out.flush()?)
}

/// The number of pictures in the file.
pub(super) fn picture_count(shown: &Shown) -> usize {
    let page = page(shown);
    segments(&page, shown).iter().filter(|segment| segment.picture.is_some()).count()
}

/// A picture while others are written; `None` if the book does not have it.
struct Made(Option<Result<Scaled, PictureError>>);

impl MemorySize for Made {
    fn memory_size(&self) -> u64 {
        self.0.as_ref().and_then(|made| made.as_ref().ok()).map_or(0, MemorySize::memory_size)
    }
}

/// The page with its style sheets, its script and the e-book in it.
fn page(shown: &Shown) -> String {
    let hash = STANDARD.encode(Sha256::digest(PREVIEW_JS));
    let policy = format!(
        "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; \
         script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    );
    let charset = "<meta charset=\"utf-8\"/>";
    let policy =
        format!("{charset}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>");
    let script = format!("<script src=\"{SCRIPT}\" defer=\"\"></script>");
    let html = shown
        .html
        .replacen(charset, &policy, 1)
        .replacen(&format!(" data-version=\"{}\"", shown.version), "", 1)
        .replacen(&script, "", 1)
        .replacen("</body>", &format!("<script>{PREVIEW_JS}</script></body>"), 1);
    let html = with_styles(&html, shown);
    match &shown.ebook {
        Some(ebook) => {
            let ebook = with_styles(ebook, shown).replace('&', "&amp;").replace('"', "&quot;");
            let source = format!("src=\"{EBOOK}\"");
            html.replacen(&source, &format!("srcdoc=\"{ebook}\""), 1)
        }
        None => html,
    }
}

/// Replaces the links to style sheets by the style sheets.
fn with_styles(html: &str, shown: &Shown) -> String {
    const LINK: &str = "<link rel=\"stylesheet\"";
    let mut result = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(LINK) {
        result.push_str(before);
        let (attributes, after) = after.split_once('>').unwrap_or((after, ""));
        let address = attributes.split("href=\"").nth(1).and_then(|it| it.split('"').next());
        let css = match address {
            Some(STYLE) => PREVIEW_CSS.into(),
            Some(address) => match shown.resource(address) {
                Some(Resource::Data(_, css)) => String::from_utf8_lossy(css),
                Some(Resource::Picture(_)) | None => "".into(),
            },
            None => "".into(),
        };
        // A style sheet has no `<`, except in comments and strings.
        result.extend(["<style>\n", &*css.replace("</", "<\\/"), "</style>"]);
        rest = after;
    }
    result.push_str(rest);
    result
}

/// A piece of text, and the file whose address follows it.
struct FilePart<'a> {
    text: &'a str,
    picture: Option<&'a PictureSource>,
    data: Option<(&'static str, &'a [u8])>,
}

/// Divides a page at the addresses of files.
fn segments<'a>(page: &'a str, shown: &'a Shown) -> Vec<FilePart<'a>> {
    let mut segments = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some(at) = page[from..].find('/').map(|at| from + at) {
        from = at + 1;
        let kind = ["/picture/", "/font/"].into_iter().find(|kind| page[at..].starts_with(kind));
        let Some(address) = kind.and_then(|kind| page.get(at..at + kind.len() + DIGEST)) else {
            continue;
        };
        let Some(resource) = shown.resource(address) else { continue };
        let text = &page[start..at];
        segments.push(match resource {
            Resource::Picture(source) => FilePart { text, picture: Some(source), data: None },
            Resource::Data(media_type, bytes) => {
                FilePart { text, picture: None, data: Some((media_type, bytes)) }
            }
        });
        start = at + address.len();
        from = start;
    }
    segments.push(FilePart { text: &page[start..], picture: None, data: None });
    segments
}
