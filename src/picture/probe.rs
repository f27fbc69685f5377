//! Probes photo files: format, size, colour and metadata, without decoding them.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use crate::finding::{Code, Finding};
use crate::model::{
    ColorModel, Format, Metadata, Orientation, Picture, Pixels, PrivateMetadata, Profile,
    StatedSpace,
};

use super::metadata::exif::ExifColor;
use super::metadata::sidecar::{self, Sidecars};
use super::metadata::xmp::{self, Xmp};
use super::metadata::{self, Candidates, DeviceNames, exif, iptc};
use crate::picture::cache::FileStamp;
use crate::picture::confinement::Confinement;
use crate::picture::converters::{Converters, ConvertibleKind, quoted};
use crate::picture::format::described_profile::profile_from_exif;
use crate::picture::format::detect;
use crate::picture::format::detect::{Content, FileKind, sniff};
use crate::picture::format::header::{
    DecodedRange, EmbeddedProfile, FormatError, Header, OrientationRule, Remedy, UnsupportedFormat,
};
use crate::picture::format::source::{RandomAccess, Source};
use crate::picture::format::{gif_bmp, heif, jpeg, jxl, png, tiff, webp};
use crate::picture::profile::{ProfiledSpace, Profiles};

/// The maximum length of a side; a JPEG cannot be larger.
const MAX_EDGE: u32 = 65_000;
/// The maximum number of pixels: 300 million take 900 MB to decode.
const MAX_PIXELS: u64 = 300_000_000;
/// The maximum size of the decoded samples in bytes: those of 300 megapixels with 16 bits for red,
/// green and blue are less.
const MAX_DECODED: u64 = 2 << 30;

/// The result of probing a file.
#[derive(Debug)]
pub struct Probed {
    /// The picture.
    pub picture: Picture,
    /// Its metadata, each field from the first source in the default order.
    pub metadata: Metadata,
    /// The metadata of each source, for a manifest that sets another order.
    pub candidates: Candidates,
    /// Notes and warnings, without a location: the caller knows where the photo is named.
    pub findings: Vec<Finding>,
    /// The state of the file before it was read.
    pub stamp: Option<FileStamp>,
}

/// Reads a file's format, size, orientation, colour model, profile and metadata.
///
/// # Errors
/// A finding that says why the file cannot be used (`photo-unreadable`, `photo-format`,
/// `photo-too-large`) and what to do about it. The caller reports `photo-missing`, since it knows
/// the other files in the folder.
pub fn probe(path: &Path, name: &str, profiles: &mut Profiles) -> Result<Probed, Finding> {
    probe_with(path, name, profiles, &Converters::default(), &Confinement::default())
}

/// Like [`probe`]; the finding about a file in another format names the converter to use, and
/// sidecar files are read where files may be.
///
/// # Errors
/// See [`probe`].
pub fn probe_with(
    path: &Path,
    name: &str,
    profiles: &mut Profiles,
    converters: &Converters,
    confinement: &Confinement,
) -> Result<Probed, Finding> {
    let stamp = FileStamp::read(path).ok();
    let mut header = header(path).map_err(|error| format_finding(name, error, converters))?;
    check_size(name, &header)?;
    let mut findings = Vec::new();
    findings.extend(extension_finding(name, header.format));
    if header.animated {
        findings.push(
            Finding::new(Code::PhotoAnimated, format!("{name} contains more than one image"))
                .help("only the first one is used"),
        );
    }
    let embedded = &header.embedded;
    let exif = match (header.exif.take(), &embedded.exif) {
        (Some(exif), _) => exif,
        (None, Some(bytes)) => exif::read(bytes),
        (None, None) => exif::Exif::default(),
    };
    let extended = embedded.extended_xmp.as_deref();
    let read = |packet: &[u8]| xmp::read(packet, extended, xmp::XmpOrigin::Packet);
    let xmp = embedded.xmp.as_deref().map_or_else(Xmp::default, read);
    let sidecars = sidecar::read(path, confinement);
    findings.extend(sidecar_findings(name, &sidecars));
    let mut candidates = Candidates {
        xmp: xmp.metadata,
        iptc: embedded.iptc.as_deref().map_or_else(Metadata::default, iptc::read),
        exif: exif.metadata,
        other_sidecar: sidecars.other.map(|sidecar| sidecar.metadata).unwrap_or_default(),
        device: DeviceNames {
            make: exif.device.make.or(xmp.device.make),
            model: exif.device.model.or(xmp.device.model),
            software: exif.device.software.or(xmp.device.software),
        },
        ..Candidates::default()
    };
    for sidecar in &sidecars.own {
        metadata::fill_missing(&mut candidates.sidecar, &sidecar.metadata);
    }
    metadata::fill_missing(&mut candidates.exif, &embedded.text_chunks);
    let private = PrivateMetadata {
        location: exif.location || xmp.location,
        other: embedded.other
            || embedded.exif.is_some()
            || embedded.xmp.is_some()
            || embedded.iptc.is_some(),
    };
    let orientation = exif
        .orientation
        .or(xmp.orientation)
        .filter(|_| header.orientation_rule == OrientationRule::ByMetadata);
    let (profile, stated_space) =
        colour_space(name, &mut header, &exif.color, profiles, &mut findings);
    if header.range == DecodedRange::ConvertedFromHigh
        || matches!(stated_space, StatedSpace::Hdr(_))
    {
        findings.push(hdr_finding(name, stated_space));
    }
    let picture = Picture {
        path: path.to_path_buf(),
        name: name.to_owned(),
        format: header.format,
        stored: header.pixels,
        orientation: orientation.map_or_else(Orientation::default, Orientation::from_exif),
        colour: header.colour,
        bits: header.bits,
        alpha: header.alpha,
        profile,
        stated_space,
        private,
        arithmetic: header.arithmetic,
        damage: None,
        subject: None,
    };
    let metadata = candidates.merged(&Candidates::DEFAULT_ORDER);
    Ok(Probed { picture, metadata, candidates, findings, stamp })
}

/// The colour space of a picture: that of the embedded profile, or else one that the file states
/// otherwise.
fn colour_space(
    name: &str,
    header: &mut Header,
    exif: &ExifColor,
    profiles: &mut Profiles,
    findings: &mut Vec<Finding>,
) -> (Option<Arc<Profile>>, StatedSpace) {
    let embedded = std::mem::take(&mut header.embedded.profile);
    // EXIF states colour spaces of RGB only.
    let by_exif = match header.colour {
        ColorModel::Rgb => profile_from_exif(exif),
        ColorModel::Gray | ColorModel::Cmyk { .. } => EmbeddedProfile::Absent,
    };
    for space in [embedded, by_exif] {
        match space {
            EmbeddedProfile::Absent => {}
            EmbeddedProfile::Srgb => return (None, StatedSpace::Srgb),
            EmbeddedProfile::Hdr(encoding) => return (None, StatedSpace::Hdr(encoding)),
            EmbeddedProfile::Complete(bytes) => match profiles.intern(bytes, header.colour) {
                Ok(ProfiledSpace::Profile(profile)) => {
                    return (Some(profile), StatedSpace::Unknown);
                }
                Ok(ProfiledSpace::Hdr(encoding)) => return (None, StatedSpace::Hdr(encoding)),
                Err(reason) => findings.push(profile_finding(name, reason)),
            },
            EmbeddedProfile::Damaged => findings.push(profile_finding(name, "is incomplete")),
        }
    }
    (None, StatedSpace::Unknown)
}

/// Detects the format from the first bytes, and reads the header.
fn header(path: &Path) -> Result<Header, FormatError> {
    let mut source = Source::open(path)?;
    if source.length() == 0 {
        return Err(FormatError::damaged("the file is empty"));
    }
    let mut first_bytes = [0; detect::SNIFF_LENGTH];
    let count = source.read_up_to(0, &mut first_bytes)?;
    // Readers should not panic, but one photo must not stop a whole book.
    catch_unwind(AssertUnwindSafe(|| match sniff(&first_bytes[..count]) {
        FileKind::Supported(Format::Jpeg) => jpeg::header(&mut source),
        FileKind::Supported(Format::Png) => png::header(&mut source),
        FileKind::Supported(Format::Tiff) => tiff::header(&mut source),
        FileKind::Supported(Format::WebP) => webp::header(&mut source),
        FileKind::Supported(Format::Gif) => gif_bmp::gif(&mut source),
        FileKind::Supported(Format::Bmp) => gif_bmp::bmp(&mut source),
        FileKind::Supported(Format::Jxl) => jxl::header(source),
        FileKind::Supported(Format::Heif) => heif::header(&mut source),
        FileKind::Unsupported(format) => Err(FormatError::Unsupported(format)),
        FileKind::Unknown => Err(FormatError::damaged("the file format is unknown")),
    }))
    .unwrap_or_else(|_| Err(FormatError::damaged("its header cannot be read")))
}

/// What the file at a path contains.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn content_of(path: &Path) -> io::Result<Content> {
    let mut source = Source::open(path)?;
    let mut first_bytes = [0; detect::SNIFF_LENGTH];
    let count = source.read_up_to(0, &mut first_bytes)?;
    let content = detect::content(&first_bytes[..count]);
    // Some HEIC images are not supported, which only their header tells.
    let is_heif = sniff(&first_bytes[..count]) == FileKind::Supported(Format::Heif);
    if is_heif && matches!(heif::header(&mut source), Err(FormatError::Unsupported(_))) {
        return Ok(Content::Picture("a HEIC image"));
    }
    Ok(content)
}

fn check_size(name: &str, header: &Header) -> Result<(), Finding> {
    let pixels = header.pixels;
    let Pixels { width, height } = pixels;
    if width == 0 || height == 0 {
        let message = format!("{name} cannot be read: its size is {width} × {height} pixels");
        return Err(Finding::new(Code::PhotoUnreadable, message));
    }
    if width.max(height) > MAX_EDGE || pixels.count() > MAX_PIXELS {
        let message = format!("{name} is too large: {width} × {height} pixels");
        return Err(Finding::new(Code::PhotoTooLarge, message).help(
            "the limits are 300 megapixels and 65,000 pixels per side; scale it down first",
        ));
    }
    let colours = match header.colour {
        ColorModel::Gray => 1,
        ColorModel::Rgb => 3,
        ColorModel::Cmyk { .. } => 4,
    };
    let bits = u64::from(header.bits).max(8) * (colours + u64::from(header.alpha));
    if pixels.count() * bits / 8 > MAX_DECODED {
        let message = format!(
            "{name} is too large: {width} × {height} pixels of {bits} bits take more than 2 GiB"
        );
        return Err(Finding::new(Code::PhotoTooLarge, message)
            .help("save it with 8 bits for each colour, or scale it down first"));
    }
    Ok(())
}

fn format_finding(name: &str, error: FormatError, converters: &Converters) -> Finding {
    let unreadable = |reason: &str| {
        Finding::new(Code::PhotoUnreadable, format!("{name} cannot be read: {reason}"))
    };
    match error {
        FormatError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            unreadable("the file is truncated").help("copy it again from the camera or the backup")
        }
        FormatError::Io(error) => unreadable(&error.to_string()),
        FormatError::Damaged(reason) => unreadable(&reason),
        FormatError::Unsupported(UnsupportedFormat { name: format_name, remedy }) => {
            let message = format!("{name} is {format_name}, which recto cannot read");
            let kind = ConvertibleKind::from_format(&format_name);
            Finding::new(Code::PhotoFormat, message).help(match remedy {
                Remedy::Convert => converters.help(kind, name),
                Remedy::Develop => converters.help(ConvertibleKind::Raw, name),
                Remedy::Render => converters.help_to_render(name),
                Remedy::RenderPdf => {
                    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                    let (name, stem) = (quoted(name), quoted(stem));
                    format!(
                        "render its first page: pdftoppm -r 300 -jpeg -singlefile {name} {stem}"
                    )
                }
                Remedy::None => "use a JPEG, PNG, TIFF, WebP, JPEG XL, GIF or BMP file".to_owned(),
            })
        }
    }
}

fn extension(name: &str) -> Option<String> {
    let file = name.rsplit('/').next()?;
    file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

fn extension_finding(name: &str, format: Format) -> Option<Finding> {
    let extension = extension(name)?;
    let (extensions, format_name): (&[&str], &str) = match format {
        Format::Jpeg => (&["jpg", "jpeg", "jpe", "jfif", "jif", "thm", "mpo"], "a JPEG"),
        Format::Png => (&["png", "apng"], "a PNG"),
        Format::Tiff => (&["tif", "tiff"], "a TIFF"),
        Format::WebP => (&["webp"], "a WebP image"),
        Format::Gif => (&["gif"], "a GIF"),
        Format::Bmp => (&["bmp", "dib"], "a Windows bitmap"),
        Format::Jxl => (&["jxl"], "a JPEG XL image"),
        Format::Heif => (&["heic", "heif", "hif"], "a HEIC image"),
    };
    (!extensions.contains(&extension.as_str())).then(|| {
        Finding::new(
            Code::PhotoExtension,
            format!("{name} has the wrong extension: it is {format_name}"),
        )
        .help(format!("change the extension to .{}", extensions[0]))
    })
}

/// The findings about sidecar files that differ from the preferred one, or cannot be used.
fn sidecar_findings(name: &str, sidecars: &Sidecars) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut own = sidecars.own.iter();
    if let Some(first) = own.next() {
        for other in own {
            let fields = sidecar::differences(&first.metadata, &other.metadata);
            if !fields.is_empty() {
                let message = format!(
                    "{name} has two sidecar files that differ: {} of {} is ignored",
                    fields.join(", "),
                    other.name
                );
                let help = format!("{} is used first; delete the one that is outdated", first.name);
                findings.push(Finding::new(Code::SidecarIgnored, message).help(help));
            }
        }
    }
    for sidecar in &sidecars.outside {
        let message = format!("{sidecar}, the sidecar file of {name}, is a link out of the folder");
        let help = "copy what it names into the folder; --confined reads nothing else";
        findings.push(Finding::new(Code::OutsideFolder, message).help(help));
    }
    for (sidecar, reason) in &sidecars.unusable {
        let message = format!("{sidecar}, the sidecar file of {name}, is ignored: {reason}");
        let help = "correct or delete it";
        findings.push(Finding::new(Code::SidecarIgnored, message).help(help));
    }
    findings
}

fn hdr_finding(name: &str, space: StatedSpace) -> Finding {
    let encoding = match space {
        StatedSpace::Hdr(encoding) => format!(" ({})", encoding.transfer.name()),
        StatedSpace::Unknown | StatedSpace::Srgb => String::new(),
    };
    let message = format!("{name} has high dynamic range{encoding}");
    Finding::new(Code::PhotoHdr, message).help(
        "it is converted to the range of paper and ordinary screens; look at its highlights, or \
         export it as sRGB from the program that made it",
    )
}

fn profile_finding(name: &str, reason: &str) -> Finding {
    Finding::new(Code::ProfileBroken, format!("the colour profile in {name} {reason}"))
        .help("the profile is ignored")
}
