//! The programs, and which of them a system has.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The operating system, which decides what can be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Platform {
    /// Linux, and whatever else is neither of the others.
    #[default]
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

/// A program that converts photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Converter {
    /// `heif-dec` of libheif 1.18 and later.
    HeifDec,
    /// `heif-convert` of older versions.
    HeifConvert,
    /// `sips` of macOS.
    Sips,
    /// `magick` of `ImageMagick` 7.
    Magick,
    /// `convert` of `ImageMagick` 6. On Windows, another program has this name.
    Convert,
    /// `exiftool`, which extracts the JPEG in a camera raw file.
    Exiftool,
    /// `darktable-cli`, which develops raw files.
    Darktable,
    /// `dcraw_emu` of `LibRaw`, which develops raw files to TIFF.
    DcrawEmu,
}

impl Converter {
    /// All converters.
    pub const ALL: [Self; 8] = [
        Self::HeifDec,
        Self::HeifConvert,
        Self::Sips,
        Self::Magick,
        Self::Convert,
        Self::Exiftool,
        Self::Darktable,
        Self::DcrawEmu,
    ];

    /// The name of the program, without the extension that it has on Windows.
    pub fn program(self) -> &'static str {
        match self {
            Self::HeifDec => "heif-dec",
            Self::HeifConvert => "heif-convert",
            Self::Sips => "sips",
            Self::Magick => "magick",
            Self::Convert => "convert",
            Self::Exiftool => "exiftool",
            Self::Darktable => "darktable-cli",
            Self::DcrawEmu => "dcraw_emu",
        }
    }

    /// Whether the program turns the pixels as the container of a HEIC or AVIF image says. `sips`
    /// leaves that to the orientation in EXIF.
    pub fn turns_pixels(self) -> bool {
        self != Self::Sips
    }
}

/// The kinds of files that can be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConvertibleKind {
    /// A HEIC or AVIF image.
    Heif,
    /// A picture in another format, such as JPEG 2000.
    Picture,
    /// A camera raw file.
    Raw,
}

impl ConvertibleKind {
    /// The kind of pictures in a format, such as `a HEIC image`.
    pub(crate) fn from_format(name: &str) -> Self {
        let is_heif = ["HEIC", "AVIF", "HEIF"].iter().any(|it| name.contains(it));
        if is_heif { Self::Heif } else { Self::Picture }
    }
}

/// The converters of a system. By default, none is installed on a Linux system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Converters {
    pub(super) platform: Platform,
    pub(super) programs: BTreeMap<Converter, PathBuf>,
}

impl Converters {
    /// The converters that are found by the name of their program, for example on the `PATH`.
    pub fn find(platform: Platform, search: impl Fn(&str) -> Option<PathBuf>) -> Self {
        let found = Converter::ALL.into_iter().filter(|converter| match converter {
            Converter::Convert => platform != Platform::Windows,
            Converter::Sips => platform == Platform::MacOs,
            _ => true,
        });
        let programs = found.filter_map(|it| Some((it, search(it.program())?)));
        Self { platform, programs: programs.collect() }
    }

    /// The programs for files of this kind, the preferred one first.
    pub fn available(&self, kind: ConvertibleKind) -> Vec<Converter> {
        use Converter::{
            Convert, Darktable, DcrawEmu, Exiftool, HeifConvert, HeifDec, Magick, Sips,
        };
        let suited: &[Converter] = match kind {
            ConvertibleKind::Heif => &[Sips, HeifDec, HeifConvert, Magick, Convert],
            ConvertibleKind::Picture => &[Magick, Convert],
            ConvertibleKind::Raw => &[Exiftool, Darktable, DcrawEmu],
        };
        suited.iter().copied().filter(|it| self.programs.contains_key(it)).collect()
    }
}
