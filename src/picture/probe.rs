//! What a file is, without decoding it.

use std::io;
use std::path::Path;

use crate::finding::{Code, Finding};
use crate::model::{Format, Metadata, Orientation, Picture, Pixels, PrivateMetadata};

use super::metadata::xmp::{self, Xmp};
use super::metadata::{self, Candidates, exif, iptc};
use crate::picture::format::detect;
use crate::picture::format::detect::{FileKind, sniff};
use crate::picture::format::header::{
    EmbeddedProfile, ForeignFormat, FormatError, Header, OrientationRule, Remedy,
};
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::format::{gif_bmp, jpeg, jxl, png, tiff, webp};
use crate::picture::profile::Profiles;

/// The longest side that is read; a JPEG cannot be longer.
const MOST_EDGE: u32 = 65_000;
/// The most pixels that are read: 300 million take 900 MB to decode.
const MOST_PIXELS: u64 = 300_000_000;

/// A picture that was looked at.
#[derive(Debug)]
pub struct Probed {
    /// The picture.
    pub picture: Picture,
    /// What it says about itself, each field from the first container of the usual order.
    pub metadata: Metadata,
    /// The same container by container, for a manifest that wants another order.
    pub candidates: Candidates,
    /// Notes and warnings, without a place: the caller knows where it is named.
    pub findings: Vec<Finding>,
}

/// Looks at a file: format, size, orientation, colour, profile, metadata.
///
/// # Errors
/// A finding that says why the file cannot be used (`photo-unreadable`,
/// `photo-format`, `photo-too-large`) and what to do about it; `photo-missing` is the
/// caller's, who knows what else lies in the folder.
pub fn probe(path: &Path, name: &str, profiles: &mut Profiles) -> Result<Probed, Finding> {
    let header = header(path).map_err(|fault| refusal(name, fault))?;
    check_size(name, header.pixels)?;
    let mut findings = Vec::new();
    findings.extend(extension_note(name, header.format));
    if header.animated {
        findings.push(
            Finding::new(Code::PhotoAnimated, format!("{name} holds more than one picture"))
                .help("the first one is taken"),
        );
    }
    if header.truncated {
        findings.push(
            Finding::new(Code::PhotoTruncated, format!("{name} was cut off before its end"))
                .help("look at its lower part, and copy it again from the card or the archive"),
        );
    }
    let carried = &header.carried;
    let exif = match (&header.exif, &carried.exif) {
        (Some(_), _) => header.exif.unwrap_or_default(),
        (None, Some(bytes)) => exif::read(bytes),
        (None, None) => exif::Exif::default(),
    };
    let more = carried.more_xmp.as_deref();
    let read = |packet: &[u8]| xmp::read(packet, more, xmp::SourceNames::Packet);
    let xmp = carried.xmp.as_deref().map_or_else(Xmp::default, read);
    let sidecar = metadata::sidecar(path);
    let mut candidates = Candidates {
        sidecar: sidecar.map_or_else(Metadata::default, |packet| {
            xmp::read(&packet, None, xmp::SourceNames::Sidecar).metadata
        }),
        xmp: xmp.metadata,
        iptc: carried.iptc.as_deref().map_or_else(Metadata::default, iptc::read),
        exif: exif.metadata,
    };
    metadata::fill(&mut candidates.exif, &carried.texts);
    let private = PrivateMetadata {
        location: exif.location || xmp.location,
        other: carried.other
            || carried.exif.is_some()
            || carried.xmp.is_some()
            || carried.iptc.is_some(),
    };
    let turned = exif
        .orientation
        .or(xmp.orientation)
        .filter(|_| header.turned == OrientationRule::ByMetadata);
    let profile = match header.carried.profile {
        EmbeddedProfile::Absent => None,
        EmbeddedProfile::Whole(bytes) => match profiles.intern(bytes, header.colour) {
            Ok(profile) => Some(profile),
            Err(reason) => {
                findings.push(broken_profile(name, reason));
                None
            }
        },
        EmbeddedProfile::Broken => {
            findings.push(broken_profile(name, "is incomplete"));
            None
        }
    };
    let picture = Picture {
        path: path.to_path_buf(),
        name: name.to_owned(),
        format: header.format,
        stored: header.pixels,
        orientation: turned.map_or_else(Orientation::default, Orientation::from_exif),
        colour: header.colour,
        bits: header.bits,
        alpha: header.alpha,
        profile,
        private,
    };
    let metadata = candidates.merged(&Candidates::USUAL);
    Ok(Probed { picture, metadata, candidates, findings })
}

/// Reads the header that fits the file's first bytes.
fn header(path: &Path) -> Result<Header, FormatError> {
    let mut source = Source::open(path)?;
    if source.length() == 0 {
        return Err(FormatError::damaged("it is empty"));
    }
    let mut head = [0; detect::LOOKED_AT];
    let count = source.some(0, &mut head)?;
    match sniff(&head[..count]) {
        FileKind::Ours(Format::Jpeg) => jpeg::header(&mut source),
        FileKind::Ours(Format::Png) => png::header(&mut source),
        FileKind::Ours(Format::Tiff) => tiff::header(&mut source),
        FileKind::Ours(Format::WebP) => webp::header(&mut source),
        FileKind::Ours(Format::Gif) => gif_bmp::gif(&mut source),
        FileKind::Ours(Format::Bmp) => gif_bmp::bmp(&mut source),
        FileKind::Ours(Format::Jxl) => jxl::header(source),
        FileKind::Foreign(foreign) => Err(FormatError::Foreign(foreign)),
        FileKind::Unknown => {
            Err(FormatError::damaged("it is not a picture in any format that recto knows"))
        }
    }
}

fn check_size(name: &str, pixels: Pixels) -> Result<(), Finding> {
    let Pixels { width, height } = pixels;
    if width == 0 || height == 0 {
        let message = format!("{name} cannot be read: it is {width} × {height} pixels in size");
        return Err(Finding::new(Code::PhotoUnreadable, message));
    }
    if width.max(height) > MOST_EDGE || pixels.count() > MOST_PIXELS {
        let message = format!("{name} is too large: {width} × {height} pixels");
        return Err(Finding::new(Code::PhotoTooLarge, message).help(
            "recto reads up to 300 megapixels and 65,000 pixels on a side; make it smaller first",
        ));
    }
    Ok(())
}

fn refusal(name: &str, fault: FormatError) -> Finding {
    let unreadable = |reason: &str| {
        Finding::new(Code::PhotoUnreadable, format!("{name} cannot be read: {reason}"))
    };
    match fault {
        FormatError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            unreadable("it ends too early").help("copy it again from the card or the archive")
        }
        FormatError::Io(error) => unreadable(&error.to_string()),
        FormatError::Damaged(reason) => unreadable(&reason),
        FormatError::Foreign(ForeignFormat { what, way }) => {
            let message = format!("{name} is {what}, which recto does not read");
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            // When the extension hides what it is, the copy needs a name of its own.
            let made = quoted(&if is_jpeg_name(name) {
                format!("{stem}-converted.jpg")
            } else {
                format!("{stem}.jpg")
            });
            let name = quoted(name);
            Finding::new(Code::PhotoFormat, message).help(match way {
                Remedy::Convert => format!("convert it: magick {name} -quality 95 {made}"),
                Remedy::Develop => format!(
                    "develop it in a raw converter, for example: darktable-cli {name} {made}"
                ),
                Remedy::Render => {
                    format!("turn it into pixels: magick -density 300 {name} -quality 95 {made}")
                }
                Remedy::RenderPdf => format!(
                    "turn its first page into pixels: pdftoppm -r 300 -jpeg -singlefile {name} {}",
                    quoted(stem)
                ),
                Remedy::Nothing => {
                    "name a JPEG, PNG, TIFF, WebP, JPEG XL, GIF or BMP file".to_owned()
                }
            })
        }
    }
}

fn is_jpeg_name(name: &str) -> bool {
    extension(name).is_some_and(|extension| extension == "jpg")
}

/// A name as shells want it.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    if name.chars().all(plain) { name.to_owned() } else { format!("\"{name}\"") }
}

fn extension(name: &str) -> Option<String> {
    let file = name.rsplit('/').next()?;
    file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

fn extension_note(name: &str, format: Format) -> Option<Finding> {
    let extension = extension(name)?;
    let (usual, what): (&[&str], &str) = match format {
        Format::Jpeg => (&["jpg", "jpeg", "jpe", "jfif", "jif", "thm", "mpo"], "a JPEG"),
        Format::Png => (&["png", "apng"], "a PNG"),
        Format::Tiff => (&["tif", "tiff"], "a TIFF"),
        Format::WebP => (&["webp"], "a WebP picture"),
        Format::Gif => (&["gif"], "a GIF"),
        Format::Bmp => (&["bmp", "dib"], "a Windows bitmap"),
        Format::Jxl => (&["jxl"], "a JPEG XL picture"),
    };
    (!usual.contains(&extension.as_str())).then(|| {
        Finding::new(Code::PhotoExtension, format!("{name} is {what}, whatever its name says"))
            .help(format!("rename it so that it ends in .{}", usual[0]))
    })
}

fn broken_profile(name: &str, reason: &str) -> Finding {
    Finding::new(Code::ProfileBroken, format!("the colour profile inside {name} {reason}"))
        .help("it is left aside, and the picture is taken for one without a profile")
}
