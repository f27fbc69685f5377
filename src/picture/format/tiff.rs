//! TIFF files (TIFF 6.0, BigTIFF): the first page, and raw files in disguise.

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{EmbeddedProfile, ForeignFormat, FormatError, Header, Remedy};
use crate::picture::format::ifd::{TiffDirectories, TiffEntry};
use crate::picture::format::source::Source;
use crate::picture::metadata::{exif, iptc};

/// Metadata and profiles larger than this are passed over.
const MOST_METADATA: u64 = 16 * 1024 * 1024;
/// As many strips or tiles are looked at.
const MOST_STRIPS: u64 = 1 << 20;

/// Reads the first directory.
pub(in crate::picture) fn header(source: &mut Source) -> Result<Header, FormatError> {
    let mut ifds = TiffDirectories::open(source)?;
    let (entries, next) =
        ifds.first().map_err(|_| FormatError::damaged("its directory lies outside the file"))?;
    let tags = Tags { entries: &entries };
    refuse_raw(&mut ifds, tags)?;
    let side = |value: Option<u64>| u32::try_from(value.unwrap_or(0)).unwrap_or(u32::MAX);
    let pixels = Pixels {
        width: side(tags.number(&mut ifds, 256)),
        height: side(tags.number(&mut ifds, 257)),
    };
    let samples = tags.number(&mut ifds, 277).unwrap_or(1);
    let bits = tags.number(&mut ifds, 258).unwrap_or(1);
    let compression = tags.number(&mut ifds, 259).unwrap_or(1);
    let photometric = tags.number(&mut ifds, 262);
    let format = tags.number(&mut ifds, 339).unwrap_or(1);
    let (colour, channels) = match photometric {
        Some(0 | 1) => (ColorModel::Gray, 1),
        Some(2 | 6) => (ColorModel::Rgb, 3),
        Some(3) => return Err(FormatError::convert("a TIFF with a palette")),
        Some(5) => (ColorModel::Cmyk { inverted: false }, 4),
        Some(8..=10) => return Err(FormatError::convert("a TIFF in Lab colours")),
        Some(other) => return Err(FormatError::convert(format!("a TIFF of colour kind {other}"))),
        None => return Err(FormatError::damaged("it does not say what its samples mean")),
    };
    if let Some(name) = unread_compression(compression) {
        return Err(FormatError::convert(format!("a TIFF with {name} compression")));
    }
    let common = match colour {
        ColorModel::Gray => matches!((bits, format), (1 | 2 | 4 | 8 | 16, 1)),
        ColorModel::Rgb => matches!((bits, format), (8 | 16, 1) | (32, 3)),
        ColorModel::Cmyk { .. } => matches!((bits, format), (8 | 16, 1)),
    };
    if !common {
        return Err(FormatError::convert(format!(
            "a TIFF of {bits}-bit samples of an unusual kind"
        )));
    }
    // Colour at half resolution is only understood inside of JPEG data.
    if photometric == Some(6)
        && compression != 7
        && tags.find(530).is_none_or(|entry| ifds.numbers(&entry, 2) != [1, 1])
    {
        return Err(FormatError::convert("a TIFF in YCbCr colours"));
    }
    let mut header = Header::new(Format::Tiff, pixels, colour);
    header.bits = u8::try_from(bits).unwrap_or(u8::MAX);
    // Extra samples: 1 and 2 are alpha, premultiplied or not.
    let extra = tags.number(&mut ifds, 338);
    header.alpha = samples > channels
        && match extra {
            Some(kind) => matches!(kind, 1 | 2),
            // Four samples for three colours, and no word about the fourth.
            None => channels == 3,
        };
    header.truncated = is_cut_off(&mut ifds, tags, compression)?;
    // A second directory that is not a thumbnail of the first is a second page.
    header.animated = next != 0 && is_page(&mut ifds, next);
    let mut raw = |tag| tags.find(tag).and_then(|entry| ifds.raw(&entry, MOST_METADATA));
    let carried = &mut header.carried;
    carried.profile = match (tags.find(34675), raw(34675)) {
        (None, _) => EmbeddedProfile::Absent,
        (Some(_), Some(bytes)) => EmbeddedProfile::Whole(bytes),
        (Some(_), None) => EmbeddedProfile::Broken,
    };
    carried.xmp = raw(700);
    carried.iptc = raw(33723).or_else(|| {
        let resources = raw(34377)?;
        iptc::in_photoshop_resources(&resources).map(<[u8]>::to_vec)
    });
    header.exif = Some(exif::of_directory(&mut ifds, &entries));
    // Beside the pixels: texts, dates, programs, makers, GPS, Photoshop's resources.
    carried.other = entries.iter().any(|entry| {
        matches!(
            entry.tag,
            269..=272 | 285 | 305 | 306 | 315 | 316 | 33432 | 34377 | 34665 | 34853 | 37724
                | 40091..=40095
        )
    });
    Ok(header)
}

/// The entries of one directory.
#[derive(Debug, Clone, Copy)]
struct Tags<'a> {
    entries: &'a [TiffEntry],
}

impl Tags<'_> {
    fn find(&self, tag: u16) -> Option<TiffEntry> {
        self.entries.iter().find(|entry| entry.tag == tag).copied()
    }

    fn number(&self, ifds: &mut TiffDirectories<Source>, tag: u16) -> Option<u64> {
        self.find(tag).and_then(|entry| ifds.number(&entry))
    }
}

/// Cameras' raw files are TIFFs whose first page is a small preview, or has a colour kind
/// of its own.
fn refuse_raw(ifds: &mut TiffDirectories<Source>, tags: Tags) -> Result<(), FormatError> {
    let raw = |what: &str| {
        FormatError::Foreign(ForeignFormat { what: what.to_owned(), way: Remedy::Develop })
    };
    if tags.find(50706).is_some() {
        return Err(raw("a DNG raw file"));
    }
    let reduced = tags.number(ifds, 254).is_some_and(|kind| kind & 1 != 0);
    let sensor = matches!(tags.number(ifds, 262), Some(32803 | 34892));
    let unusual = matches!(tags.number(ifds, 259), Some(32767 | 32769 | 34713 | 65535));
    if !(sensor || unusual || (reduced && tags.find(330).is_some())) {
        return Ok(());
    }
    let maker = tags.find(271).and_then(|entry| ifds.raw(&entry, 64)).unwrap_or_default();
    let maker = String::from_utf8_lossy(&maker).to_ascii_lowercase();
    Err(raw(match maker.split_whitespace().next().unwrap_or_default() {
        "nikon" => "a Nikon NEF raw file",
        "sony" => "a Sony ARW raw file",
        "pentax" | "ricoh" => "a Pentax PEF raw file",
        "samsung" => "a Samsung SRW raw file",
        "hasselblad" => "a Hasselblad 3FR raw file",
        _ => "a camera's raw file",
    }))
}

/// Whether a strip or a tile goes on behind the end of the file. One that begins there, or
/// whose samples stand there one by one, cannot be decoded at all.
fn is_cut_off(
    ifds: &mut TiffDirectories<Source>,
    tags: Tags,
    compression: u64,
) -> Result<bool, FormatError> {
    const UNCOMPRESSED: u64 = 1;
    let mut all = |first: u16, second: u16| {
        let entry = tags.find(first).or_else(|| tags.find(second));
        entry.map_or_else(Vec::new, |entry| ifds.numbers(&entry, MOST_STRIPS))
    };
    let (places, lengths) = (all(273, 324), all(279, 325));
    let end = ifds.length();
    let beyond = |&(place, length): &(&u64, &u64)| place.saturating_add(*length) > end;
    let mut beyond = places.iter().zip(&lengths).filter(beyond).peekable();
    let is_cut_off = beyond.peek().is_some();
    if beyond.any(|(&place, _)| place >= end || compression == UNCOMPRESSED) {
        return Err(FormatError::damaged("it ends in the middle of its picture data"));
    }
    Ok(is_cut_off)
}

/// Compressions that the decoder does not know.
fn unread_compression(compression: u64) -> Option<&'static str> {
    match compression {
        1 | 4 | 5 | 7 | 8 | 32773 | 32946 => None,
        2 | 3 => Some("fax group 3"),
        6 => Some("old-style JPEG"),
        34712 => Some("JPEG 2000"),
        34925 => Some("LZMA"),
        50000 => Some("Zstandard"),
        50001 => Some("WebP"),
        50002 => Some("JPEG XL"),
        34887 => Some("LERC"),
        _ => Some("some unusual"),
    }
}

fn is_page(ifds: &mut TiffDirectories<Source>, at: u64) -> bool {
    let Ok((entries, _)) = ifds.directory(at) else { return false };
    let tags = Tags { entries: &entries };
    tags.number(ifds, 254).is_none_or(|kind| kind & 1 == 0) && tags.find(256).is_some()
}
