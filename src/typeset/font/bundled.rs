//! The bundled faces: Source Serif 4 in three optical sizes, Source Sans 3, Source Code Pro,
//! Noto Naskh Arabic and Noto Serif Hebrew in two weights, all under the SIL Open Font License,
//! unchanged from their releases.

use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider as _};

use crate::typeset::Family;
use crate::typeset::font::face::OpticalSize;

/// A bundled face.
pub(in crate::typeset) struct Bundled {
    pub(in crate::typeset) family: Family,
    pub(in crate::typeset) optical_size: OpticalSize,
    pub(in crate::typeset) bytes: &'static [u8],
}

const fn serif(optical_size: OpticalSize, bytes: &'static [u8]) -> Bundled {
    Bundled { family: Family::Serif, optical_size, bytes }
}

const fn mono(bytes: &'static [u8]) -> Bundled {
    Bundled { family: Family::Mono, optical_size: OpticalSize::Text, bytes }
}

const fn sans(bytes: &'static [u8]) -> Bundled {
    Bundled { family: Family::Sans, optical_size: OpticalSize::Text, bytes }
}

/// Slant and weight are read from the font files, as for any other face.
pub(in crate::typeset) const FACES: [Bundled; 12] = [
    serif(OpticalSize::Text, include_bytes!("../../../fonts/SourceSerif4-Regular.otf")),
    serif(OpticalSize::Text, include_bytes!("../../../fonts/SourceSerif4-It.otf")),
    serif(OpticalSize::Text, include_bytes!("../../../fonts/SourceSerif4-Semibold.otf")),
    serif(OpticalSize::Text, include_bytes!("../../../fonts/SourceSerif4-SemiboldIt.otf")),
    serif(OpticalSize::Display, include_bytes!("../../../fonts/SourceSerif4Display-Regular.otf")),
    serif(OpticalSize::Display, include_bytes!("../../../fonts/SourceSerif4Display-It.otf")),
    serif(OpticalSize::Caption, include_bytes!("../../../fonts/SourceSerif4Caption-Regular.otf")),
    serif(OpticalSize::Caption, include_bytes!("../../../fonts/SourceSerif4Caption-It.otf")),
    sans(include_bytes!("../../../fonts/SourceSans3-Regular.otf")),
    sans(include_bytes!("../../../fonts/SourceSans3-It.otf")),
    sans(include_bytes!("../../../fonts/SourceSans3-Semibold.otf")),
    mono(include_bytes!("../../../fonts/SourceCodePro-Regular.otf")),
];

/// The right-to-left scripts that the Source families lack. They come after the fallback faces
/// of the manifest, which take precedence.
pub(in crate::typeset) const FALLBACK: [&[u8]; 4] = [
    include_bytes!("../../../fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../../../fonts/NotoNaskhArabic-SemiBold.ttf"),
    include_bytes!("../../../fonts/NotoSerifHebrew-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSerifHebrew-SemiBold.ttf"),
];

/// The file of the bundled face with this PostScript name, which is also its file name.
pub fn bundled_font(name: &str) -> Option<&'static [u8]> {
    let files = FACES.iter().map(|face| face.bytes).chain(FALLBACK);
    let mut named = files.filter(|bytes| {
        let font = FontRef::new(bytes).ok();
        font.is_some_and(|font| {
            let mut names = font.localized_strings(StringId::POSTSCRIPT_NAME);
            names.any(|found| found.chars().eq(name.chars()))
        })
    });
    named.next()
}
