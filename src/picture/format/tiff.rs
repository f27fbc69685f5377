//! Reads the picture in TIFF files (TIFF 6.0, `BigTIFF`), and detects raw files that are TIFFs.

use crate::model::{ColorModel, Format, Pixels};

use crate::picture::format::header::{
    EmbeddedProfile, FormatError, Header, Remedy, UnsupportedFormat,
};
use crate::picture::format::source::Source;
use crate::picture::format::tiff_directory::{TiffEntry, TiffReader};
use crate::picture::format::tiff_images;
use crate::picture::format::tiff_images::TiffImage;
use crate::picture::metadata::{exif, iptc};

/// Larger metadata and profiles are ignored.
const MAX_METADATA: u64 = 16 * 1024 * 1024;

/// The tags with metadata, which are in the first directory even if the picture is in another one.
const METADATA_TAGS: [u16; 20] = [
    270, 271, 272, 274, 305, 306, 315, 700, 33432, 33723, 34377, 34665, 34675, 34853, 37724, 40091,
    40092, 40093, 40094, 40095,
];

/// Reads the directory of the picture.
pub(in crate::picture) fn header(source: &mut Source) -> Result<Header, FormatError> {
    let mut reader = TiffReader::open(source)?;
    let TiffImage { mut entries, first_entries, pages, is_raw, .. } =
        tiff_images::select(&mut reader)
            .map_err(|_| FormatError::damaged("its first directory is outside the file"))?;
    reject_raw(&mut reader, TiffTags { entries: &first_entries }, is_raw)?;
    for entry in first_entries {
        let is_missing = |entries: &[TiffEntry]| entries.iter().all(|own| own.tag != entry.tag);
        if METADATA_TAGS.contains(&entry.tag) && is_missing(&entries) {
            entries.push(entry);
        }
    }
    let tags = TiffTags { entries: &entries };
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
    header.animated = pages > 1;
    let mut block = |tag, is_valid: fn(&[u8]) -> bool| {
        let entry = tags.find(tag)?;
        Some(in_byte_order(reader.value_bytes(&entry, MAX_METADATA)?, is_valid))
    };
    let embedded = &mut header.embedded;
    let profile = block(34675, |bytes| bytes.get(36..40) == Some(b"acsp"));
    embedded.profile = match (tags.find(34675), profile) {
        (None, _) => EmbeddedProfile::Absent,
        (Some(_), Some(bytes)) => EmbeddedProfile::Complete(bytes),
        (Some(_), None) => EmbeddedProfile::Damaged,
    };
    embedded.xmp = block(700, |bytes| {
        let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
        matches!(
            bytes[start..],
            [b'<', ..] | [0xEF, 0xBB, ..] | [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]
        )
    });
    let data_sets = block(33723, |bytes| bytes.first() == Some(&iptc::DATA_SET));
    embedded.iptc = data_sets.filter(|sets| sets.first() == Some(&iptc::DATA_SET)).or_else(|| {
        let resources = block(34377, |bytes| bytes.starts_with(b"8BIM"))?;
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

/// A block of metadata whose bytes are in the order in which it is valid.
///
/// TIFF 6.0 defines none of these tags, so that some programs write them as integers of 16, 32 or 64
/// bits, which libraries convert as numbers when they write a file in the other byte order.
fn in_byte_order(bytes: Vec<u8>, is_valid: fn(&[u8]) -> bool) -> Vec<u8> {
    if is_valid(&bytes) {
        return bytes;
    }
    let swapped = |size: usize| -> Vec<u8> {
        let units = bytes.chunks_exact(size);
        let rest = units.remainder().iter();
        units.flat_map(|unit| unit.iter().rev()).chain(rest).copied().collect()
    };
    [4, 2, 8].map(swapped).into_iter().find(|swapped| is_valid(swapped)).unwrap_or(bytes)
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

/// Camera raw files are TIFFs whose first image is a small preview, or sensor data itself.
fn reject_raw(
    reader: &mut TiffReader<Source>,
    tags: TiffTags,
    is_raw: bool,
) -> Result<(), FormatError> {
    let raw = |name: &str| {
        FormatError::Unsupported(UnsupportedFormat {
            name: name.to_owned(),
            remedy: Remedy::Develop,
        })
    };
    if tags.find(50706).is_some() {
        return Err(raw("a DNG raw file"));
    }
    if !is_raw && !tiff_images::is_sensor_data(reader, tags.entries) {
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
