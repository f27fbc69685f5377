//! Detects the format of a file from its first bytes.

use memchr::memmem;

use crate::model::Format;

use crate::picture::format::header::{Remedy, UnsupportedFormat};

/// The number of bytes that are needed.
pub(in crate::picture) const SNIFF_LENGTH: usize = 1024;

/// The name of HEIC images.
const HEIC: &str = "a HEIC image";

/// The format of a file.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::picture) enum FileKind {
    /// A format that recto reads.
    Supported(Format),
    /// A known format that it does not read.
    Unsupported(UnsupportedFormat),
    /// An unknown format.
    Unknown,
}

/// What a file contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// A picture in a format that recto reads.
    Photo,
    /// A picture in another format, such as `a HEIC image`.
    Picture(&'static str),
    /// A camera raw file, such as `a Canon CR2 raw file`.
    Raw(&'static str),
    /// Something else, such as `a ZIP archive`.
    Other(&'static str),
}

/// The content of a file that starts with these bytes.
pub(crate) fn content(head: &[u8]) -> Content {
    if supported(head).is_some() {
        return Content::Photo;
    }
    match unsupported(head) {
        Some((name, Remedy::Develop)) => Content::Raw(name),
        Some((name, Remedy::Convert)) => Content::Picture(name),
        Some((name, _)) => Content::Other(name),
        None if head.is_empty() => Content::Other("an empty file"),
        None => Content::Other("a file of an unknown format"),
    }
}

/// Whether a file that starts with these bytes is a JPEG, PNG, WebP or GIF.
pub(crate) fn is_web_picture(head: &[u8]) -> bool {
    use Format::{Gif, Jpeg, Png, WebP};
    matches!(sniff(head), FileKind::Supported(Jpeg | Png | WebP | Gif))
}

/// Detects the format from a file's first bytes.
pub(in crate::picture) fn sniff(head: &[u8]) -> FileKind {
    if let Some(format) = supported(head) {
        return FileKind::Supported(format);
    }
    match unsupported(head) {
        Some((name, remedy)) => {
            FileKind::Unsupported(UnsupportedFormat { name: name.into(), remedy })
        }
        None => FileKind::Unknown,
    }
}

fn supported(head: &[u8]) -> Option<Format> {
    Some(match head {
        [0xFF, 0xD8, 0xFF, ..] => Format::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Format::Png,
        // Canon's CR2 is a TIFF with its own signature.
        [b'I', b'I', 42, 0, _, _, _, _, b'C', b'R', ..] => return None,
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Format::Tiff,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Format::WebP,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Format::Gif,
        [0xFF, 0x0A, ..] => Format::Jxl,
        _ if head.starts_with(b"\0\0\0\x0CJXL \r\n\x87\n") => Format::Jxl,
        // Whether the codec is HEVC is only known from the header.
        [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..]
            if cfg!(feature = "heif") && base_media(head, brands).0 == HEIC =>
        {
            Format::Heif
        }
        [b'B', b'M', ..] if head.len() >= 26 && is_bmp(head) => Format::Bmp,
        _ => return None,
    })
}

/// The signature is only two letters, so the size of the second header must be a known one too.
fn is_bmp(head: &[u8]) -> bool {
    matches!(head[14..18], [12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])
}

fn unsupported(head: &[u8]) -> Option<(&'static str, Remedy)> {
    use Remedy::{Convert, Develop, Render, RenderPdf};
    const KNOWN: &[(&[u8], &str, Remedy)] = &[
        (b"\0\0\0\x0CjP  \r\n\x87\n", "a JPEG 2000 image", Convert),
        (b"\xFF\x4F\xFF\x51", "a JPEG 2000 image", Convert),
        (b"II\xBC\x01", "a JPEG XR image", Convert),
        (b"8BPS", "a Photoshop document", Convert),
        (b"gimp xcf", "a GIMP image", Convert),
        (b"\x76\x2F\x31\x01", "an OpenEXR image", Convert),
        (b"#?RADIANCE", "a Radiance HDR image", Convert),
        (b"qoif", "a QOI image", Convert),
        (b"DDS ", "a DDS texture", Convert),
        (b"\0\0\x01\0", "a Windows icon", Convert),
        (b"farbfeld", "a farbfeld image", Convert),
        (b"\x8AMNG", "an MNG animation", Convert),
        (b"\x8BJNG", "a JNG image", Convert),
        (b"FUJIFILMCCD-RAW", "a Fujifilm RAF raw file", Develop),
        (b"II\x2A\0\x10\0\0\0CR", "a Canon CR2 raw file", Develop),
        (b"IIRO", "an Olympus ORF raw file", Develop),
        (b"IIRS", "an Olympus ORF raw file", Develop),
        (b"MMOR", "an Olympus ORF raw file", Develop),
        (b"IIU\0", "a Panasonic RW2 raw file", Develop),
        (b"FOVb", "a Sigma X3F raw file", Develop),
        (b"\0MRM", "a Minolta MRW raw file", Develop),
        (b"%PDF", "a PDF document", RenderPdf),
        (b"%!PS", "a PostScript document", Render),
        (b"\xC5\xD0\xD3\xC6", "an EPS document", Render),
        (b"AT&TFORM", "a DjVu document", Render),
        (b"\xD7\xCD\xC6\x9A", "a Windows metafile", Render),
        (b"PK\x03\x04", "a ZIP archive", Remedy::None),
        (b"\x1F\x8B", "a gzip archive", Remedy::None),
        (b"\x1A\x45\xDF\xA3", "a Matroska video", Remedy::None),
    ];
    if let Some(&(_, name, remedy)) = KNOWN.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Some((name, remedy));
    }
    if let [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..] = head {
        return Some(base_media(head, brands));
    }
    if let [b'P', b'1'..=b'7', b' ' | b'\n' | b'\r' | b'\t', ..] = head {
        return Some(("a portable anymap", Convert));
    }
    if head.starts_with(b"RIFF") {
        return Some(("a RIFF file (possibly a video)", Remedy::None));
    }
    markup(head)
}

/// The ISO base media family, identified by brands (ISO/IEC 14496-12, 4.3).
fn base_media(head: &[u8], brands: &[u8]) -> (&'static str, Remedy) {
    let size = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
    let brands = &brands[..brands.len().min(size.saturating_sub(8))];
    let has = |names: &[&[u8; 4]]| {
        brands.chunks_exact(4).any(|brand| names.iter().any(|name| brand == *name))
    };
    if has(&[b"crx "]) {
        ("a Canon CR3 raw file", Remedy::Develop)
    } else if has(&[b"avif", b"avis"]) {
        ("an AVIF image", Remedy::Convert)
    } else if has(&[
        b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2",
        b"msf1",
    ]) {
        (HEIC, Remedy::Convert)
    } else {
        ("a video or an MPEG-4 file", Remedy::None)
    }
}

fn markup(head: &[u8]) -> Option<(&'static str, Remedy)> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if !head.starts_with(b"<") {
        return None;
    }
    let lower = head.to_ascii_lowercase();
    if memmem::find(&lower, b"<svg").is_some() {
        Some(("an SVG drawing", Remedy::Render))
    } else if memmem::find(&lower, b"<html").is_some() || lower.starts_with(b"<!doctype html") {
        Some(("an HTML page", Remedy::None))
    } else {
        Some(("an XML document", Remedy::None))
    }
}
