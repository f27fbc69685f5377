//! The command lines of converters.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::programs::{Converter, Converters};

/// The JPEG quality of converted photos, in percent.
const QUALITY: &str = "95";

/// A command that converts one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConvertCommand {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Whether it writes the JPEG to standard output.
    pub writes_to_output: bool,
}

impl Converters {
    /// The commands by which a program converts a file to a JPEG. The next one is tried if one
    /// writes nothing. None if the program is not installed, or does not write JPEGs.
    pub fn commands(
        &self,
        converter: Converter,
        input: &Path,
        output: &Path,
    ) -> Vec<ConvertCommand> {
        let Some(program) = self.programs.get(&converter) else { return Vec::new() };
        let command = |arguments: &[&str], files: &[&Path]| ConvertCommand {
            program: program.clone(),
            arguments: arguments
                .iter()
                .map(OsString::from)
                .chain(files.iter().map(OsString::from))
                .collect(),
            writes_to_output: false,
        };
        match converter {
            Converter::HeifDec | Converter::HeifConvert => {
                vec![command(&["-q", QUALITY], &[input, output])]
            }
            Converter::Sips => {
                let options = ["-s", "format", "jpeg", "-s", "formatOptions", QUALITY];
                let mut command = command(&options, &[input]);
                command.arguments.extend(["--out".into(), output.into()]);
                vec![command]
            }
            Converter::Magick | Converter::Convert => {
                let mut command = command(&[], &[input]);
                command.arguments.extend(["-auto-orient", "-quality", QUALITY].map(Into::into));
                command.arguments.push(output.into());
                vec![command]
            }
            // The largest JPEG first.
            Converter::Exiftool => ["-JpgFromRaw", "-PreviewImage", "-OtherImage"]
                .map(|tag| ConvertCommand {
                    writes_to_output: true,
                    ..command(&["-b", tag], &[input])
                })
                .to_vec(),
            Converter::Darktable => vec![command(&[], &[input, output])],
            Converter::DcrawEmu => Vec::new(),
        }
    }

    /// The command that gives an extracted JPEG the orientation, dates and texts of its raw file.
    pub fn copy_metadata(&self, from: &Path, to: &Path) -> Option<ConvertCommand> {
        let program = self.programs.get(&Converter::Exiftool)?.clone();
        let mut arguments: Vec<OsString> =
            ["-q", "-overwrite_original", "-tagsFromFile"].map(Into::into).to_vec();
        arguments.push(from.into());
        let tags = [
            "-Orientation",
            "-DateTimeOriginal",
            "-ImageDescription",
            "-Artist",
            "-Copyright",
            "-XMP:all",
            "-IPTC:all",
        ];
        arguments.extend(tags.map(Into::into));
        arguments.push(to.into());
        Some(ConvertCommand { program, arguments, writes_to_output: false })
    }
}
