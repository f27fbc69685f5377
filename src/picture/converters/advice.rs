//! The help of findings about photos that must be converted: the command that works on this system,
//! or the package that has one.

use super::programs::{Converter, Converters, ConvertibleKind, Platform};

impl Converters {
    /// How a file is converted, as the help of a finding: `convert it: heif-dec -q 95 a.heic
    /// a.jpg`.
    pub(crate) fn help(&self, kind: ConvertibleKind, name: &str) -> String {
        let verb = match kind {
            ConvertibleKind::Raw => "develop it and save a JPEG, or extract the one in it",
            ConvertibleKind::Heif | ConvertibleKind::Picture => "convert it",
        };
        self.with_command(verb, kind, name)
    }

    /// The same for several files, of which `name` is the first.
    pub(crate) fn help_for_each(&self, kind: ConvertibleKind, name: &str) -> String {
        let verb = match kind {
            ConvertibleKind::Raw => "develop them and save JPEGs, or extract those in them",
            ConvertibleKind::Heif | ConvertibleKind::Picture => "convert each",
        };
        self.with_command(verb, kind, name)
    }

    fn with_command(&self, verb: &str, kind: ConvertibleKind, name: &str) -> String {
        if let Some(converter) = self.available(kind).first() {
            return format!("{verb}: {}", shown(*converter, name));
        }
        let (package, converter) = self.missing(kind);
        match package {
            Some(package) => {
                format!("{verb}: {} (to install it: {package})", shown(converter, name))
            }
            None => format!("{verb}: {}", shown(converter, name)),
        }
    }

    /// The command that renders a drawing or a document at a resolution for print.
    pub(crate) fn help_to_render(&self, name: &str) -> String {
        let program = match self.available(ConvertibleKind::Picture).first() {
            Some(converter) => converter.program(),
            None if self.platform == Platform::Linux => Converter::Convert.program(),
            None => Converter::Magick.program(),
        };
        format!("render it: {program} -density 300 {} -quality 95 {}", quoted(name), jpeg(name))
    }

    /// What installs a converter for a kind, and the converter.
    fn missing(&self, kind: ConvertibleKind) -> (Option<&'static str>, Converter) {
        match (self.platform, kind) {
            (Platform::MacOs, ConvertibleKind::Heif) => (None, Converter::Sips),
            (Platform::Linux, ConvertibleKind::Heif) => {
                (Some("apt install libheif-examples"), Converter::HeifConvert)
            }
            (Platform::Linux, ConvertibleKind::Picture) => {
                (Some("apt install imagemagick"), Converter::Convert)
            }
            (Platform::MacOs, ConvertibleKind::Picture) => {
                (Some("brew install imagemagick"), Converter::Magick)
            }
            (Platform::Windows, ConvertibleKind::Heif | ConvertibleKind::Picture) => {
                (Some("winget install ImageMagick.ImageMagick"), Converter::Magick)
            }
            (Platform::Linux, ConvertibleKind::Raw) => {
                (Some("apt install libimage-exiftool-perl"), Converter::Exiftool)
            }
            (Platform::MacOs, ConvertibleKind::Raw) => {
                (Some("brew install exiftool"), Converter::Exiftool)
            }
            (Platform::Windows, ConvertibleKind::Raw) => {
                (Some("winget install OliverBetz.ExifTool"), Converter::Exiftool)
            }
        }
    }
}

/// A command as it is typed.
fn shown(converter: Converter, name: &str) -> String {
    let (input, output) = (quoted(name), jpeg(name));
    let program = converter.program();
    match converter {
        Converter::HeifDec | Converter::HeifConvert => format!("{program} -q 95 {input} {output}"),
        Converter::Sips => {
            format!("{program} -s format jpeg -s formatOptions 95 {input} --out {output}")
        }
        Converter::Magick | Converter::Convert => {
            format!("{program} {input} -auto-orient -quality 95 {output}")
        }
        // Without redirection, which changes the bytes in some shells.
        Converter::Exiftool => format!("{program} -b {} -w jpg {input}", preview_tag(name)),
        Converter::Darktable => format!("{program} {input} {output}"),
        Converter::DcrawEmu => format!("{program} -w -T {input}"),
    }
}

/// The tag that has the largest JPEG in raw files with this extension.
fn preview_tag(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_preview = ["arw", "cr2", "dng", "orf", "raf"];
    if is_preview.iter().any(|it| extension.eq_ignore_ascii_case(it)) {
        "-PreviewImage"
    } else {
        "-JpgFromRaw"
    }
}

/// The name of the JPEG beside a file. A file that is called a JPEG already needs another one.
fn jpeg(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let suffix = if extension.eq_ignore_ascii_case("jpg") { "-converted" } else { "" };
    quoted(&format!("{stem}{suffix}.jpg"))
}

/// A file name quoted for a shell if necessary.
pub(crate) fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    if name.chars().all(plain) { name.to_owned() } else { format!("\"{name}\"") }
}
