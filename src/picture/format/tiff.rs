//! Reads the first page of TIFF files (TIFF 6.0, `BigTIFF`), and detects raw files that are TIFFs.

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{
    EmbeddedProfile, FormatError, Header, Remedy, UnsupportedFormat,
};
use crate::picture::format::source::Source;
use crate::picture::format::tiff_directory::{TiffEntry, TiffReader};
use crate::picture::metadata::{exif, iptc};

/// Larger metadata and profiles are ignored.
const MAX_METADATA: u64 = 16 * 1024 * 1024;

/// Reads the first directory.
pub(in crate::picture) fn header(source: &mut Source) -> Result<Header, FormatError> {
    let mut reader = TiffReader::open(source)?;
    let (entries, next) = reader
        .first_directory()
        .map_err(|_| FormatError::damaged("its first directory is outside the file"))?;
    let tags = TiffTags { entries: &entries };
    reject_raw(&mut reader, tags)?;
    let side = |value: Option<u64>| u32::try_from(value.unwrap_or(0)).unwrap_or(u32::MAX);
    let pixels = Pixels {
        width: side(tags.number(&mut reader, 256)),
        height: side(tags.number(&mut reader, 257)),
    };
    let samples = tags.number(&mut reader, 277).unwrap_or(1);
    let bits = tags.number(&mut reader, 258).unwrap_or(1);
    let compression = tags.number(&mut reader, 259).unwrap_or(1);
    let photometric = tags.number(&mut reader, 262);
    let format = tags.number(&mut reader, 339).unwrap_or(1);
    let (colour, channels) = match photometric {
        Some(0 | 1) => (ColorModel::Gray, 1),
        Some(2 | 6) => (ColorModel::Rgb, 3),
        Some(3) => (ColorModel::Rgb, 1),
        Some(5) => (ColorModel::Cmyk { inverted: false }, 4),
        Some(8..=10) => return Err(FormatError::unsupported("a TIFF in Lab colour")),
        Some(other) => {
            return Err(FormatError::unsupported(format!(
                "a TIFF with photometric interpretation {other}"
            )));
        }
        None => return Err(FormatError::damaged("it has no photometric interpretation")),
    };
    if let Some(name) = unsupported_compression(compression) {
        return Err(FormatError::unsupported(format!("a TIFF with {name} compression")));
    }
    let is_supported = match colour {
        ColorModel::Gray => matches!((bits, format), (1 | 2 | 4 | 8 | 16, 1)),
        _ if photometric == Some(3) => matches!((bits, format), (1 | 2 | 4 | 8, 1)),
        ColorModel::Rgb => matches!((bits, format), (8 | 16, 1) | (32, 3)),
        ColorModel::Cmyk { .. } => matches!((bits, format), (8 | 16, 1)),
    };
    if !is_supported {
        return Err(FormatError::unsupported(format!(
            "a TIFF with {bits}-bit samples of an unusual format"
        )));
    }
    // The decoder supports subsampled colour only within JPEG data.
    if photometric == Some(6)
        && compression != 7
        && tags.find(530).is_none_or(|entry| reader.numbers(&entry, 2) != [1, 1])
    {
        return Err(FormatError::unsupported("a TIFF with subsampled YCbCr colour"));
    }
    let mut header = Header::new(Format::Tiff, pixels, colour);
    header.bits = u8::try_from(bits).unwrap_or(u8::MAX);
    // Extra samples of type 1 and 2 are alpha, premultiplied or not.
    let extra = tags.number(&mut reader, 338);
    header.alpha = samples > channels
        && match extra {
            Some(kind) => matches!(kind, 1 | 2),
            // Four samples for three colours, without a description of the fourth.
            None => channels == 3,
        };
    // A second directory that is not a thumbnail of the first is a second page.
    header.animated = next != 0 && is_page(&mut reader, next);
    let mut raw = |tag| tags.find(tag).and_then(|entry| reader.value_bytes(&entry, MAX_METADATA));
    let embedded = &mut header.embedded;
    embedded.profile = match (tags.find(34675), raw(34675)) {
        (None, _) => EmbeddedProfile::Absent,
        (Some(_), Some(bytes)) => EmbeddedProfile::Complete(bytes),
        (Some(_), None) => EmbeddedProfile::Damaged,
    };
    embedded.xmp = raw(700);
    embedded.iptc = raw(33723).or_else(|| {
        let resources = raw(34377)?;
        iptc::find_in_photoshop_resources(&resources).map(<[u8]>::to_vec)
    });
    header.exif = Some(exif::from_directory(&mut reader, &entries));
    // Tags with texts, dates, programs, makers, GPS and Photoshop resources.
    embedded.other = entries.iter().any(|entry| {
        matches!(
            entry.tag,
            269..=272 | 285 | 305 | 306 | 315 | 316 | 33432 | 34377 | 34665 | 34853 | 37724
                | 40091..=40095
        )
    });
    Ok(header)
}

/// The entries of a directory.
#[derive(Debug, Clone, Copy)]
struct TiffTags<'a> {
    entries: &'a [TiffEntry],
}

impl TiffTags<'_> {
    fn find(&self, tag: u16) -> Option<TiffEntry> {
        self.entries.iter().find(|entry| entry.tag == tag).copied()
    }

    fn number(&self, reader: &mut TiffReader<Source>, tag: u16) -> Option<u64> {
        self.find(tag).and_then(|entry| reader.number(&entry))
    }
}

/// Camera raw files are TIFFs whose first page is a small preview, or has a photometric
/// interpretation or compression of its own.
fn reject_raw(reader: &mut TiffReader<Source>, tags: TiffTags) -> Result<(), FormatError> {
    let raw = |name: &str| {
        FormatError::Unsupported(UnsupportedFormat {
            name: name.to_owned(),
            remedy: Remedy::Develop,
        })
    };
    if tags.find(50706).is_some() {
        return Err(raw("a DNG raw file"));
    }
    let reduced = tags.number(reader, 254).is_some_and(|kind| kind & 1 != 0);
    let sensor = matches!(tags.number(reader, 262), Some(32803 | 34892));
    let unusual = matches!(tags.number(reader, 259), Some(32767 | 32769 | 34713 | 65535));
    if !(sensor || unusual || (reduced && tags.find(330).is_some())) {
        return Ok(());
    }
    let maker = tags.find(271).and_then(|entry| reader.value_bytes(&entry, 64)).unwrap_or_default();
    let maker = String::from_utf8_lossy(&maker).to_ascii_lowercase();
    Err(raw(match maker.split_whitespace().next().unwrap_or_default() {
        "nikon" => "a Nikon NEF raw file",
        "sony" => "a Sony ARW raw file",
        "pentax" | "ricoh" => "a Pentax PEF raw file",
        "samsung" => "a Samsung SRW raw file",
        "hasselblad" => "a Hasselblad 3FR raw file",
        _ => "a camera raw file",
    }))
}

/// The name of a compression that the decoder does not support.
fn unsupported_compression(compression: u64) -> Option<&'static str> {
    match compression {
        1..=5 | 7 | 8 | 32773 | 32946 => None,
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

fn is_page(reader: &mut TiffReader<Source>, at: u64) -> bool {
    let Ok((entries, _)) = reader.directory(at) else { return false };
    let tags = TiffTags { entries: &entries };
    tags.number(reader, 254).is_none_or(|kind| kind & 1 == 0) && tags.find(256).is_some()
}
