//! Recognizes the texts that cameras and programs write where a caption belongs.

use crate::picture::DeviceNames;

/// Why a text is not a caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MachineText {
    /// It names the camera, the scanner or the program.
    Device,
    /// It is the name of a file.
    FileName,
    /// It is a number or a code.
    Code,
    /// It stands for a caption that nobody wrote, or says how the file was made.
    Placeholder,
}

impl MachineText {
    /// What the text is, as the end of a sentence.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Device => "it is the name of a camera or a program",
            Self::FileName => "it is a file name",
            Self::Code => "it is a code without words",
            Self::Placeholder => "a program wrote it as a placeholder",
        }
    }
}

/// What programs write about their own work, in capitals. A text that starts with one of these is
/// not a caption.
const STATEMENTS: [&str; 10] = [
    "CREATED WITH GIMP",
    "CREATED WITH THE GIMP",
    "CREATED BY IMAGEMAGICK",
    "CREATOR: GD-JPEG",
    "FILE WRITTEN BY ADOBE PHOTOSHOP",
    "PROCESSED WITH",
    "EDITED WITH",
    "LEAD TECHNOLOGIES",
    "NAME TO COME",
    "CAPTION TO COME",
];
/// Placeholders, in capitals. A text that equals one of these is not a caption.
const PLACEHOLDERS: [&str; 24] = [
    "SCREENSHOT",
    "SCREEN SHOT",
    "WHATSAPP IMAGE",
    "DEFAULT",
    "DEFAULT SETTINGS",
    "DEFAULT DESCRIPTION",
    "UNTITLED",
    "NONAME",
    "NO NAME",
    "CAPTION",
    "CAPTION GOES HERE",
    "ENTER CAPTION HERE",
    "INSERT CAPTION HERE",
    "DESCRIPTION",
    "DESCRIPTION OF IMAGE",
    "IMAGE DESCRIPTION",
    "NO DESCRIPTION",
    "NO CAPTION",
    "NONE",
    "NULL",
    "TBC",
    "TBD",
    "TK",
    "N/A",
];
/// Words for cameras and their files, in capitals. A text of such words alone is not a caption.
const CAMERA_WORDS: [&str; 22] = [
    "CAM",
    "CAMCORDER",
    "CAMERA",
    "CAMERAPHONE",
    "DCF",
    "DCIM",
    "DIGICAM",
    "DIGIMAX",
    "DIGITAL",
    "DIGITALCAMERA",
    "DSC",
    "DSLR",
    "EXIF",
    "IMAGE",
    "IMG",
    "JPEG",
    "JPG",
    "KENOX",
    "PHOTO",
    "PICTURE",
    "PICTURES",
    "SCANNER",
];
/// Words that only together with one of those name a camera.
const WEAK_CAMERA_WORDS: [&str; 5] = ["ACTION", "PHONE", "STILL", "VIDEO", "WEB"];
/// The makers of cameras and scanners, in capitals.
const MAKERS: [&str; 40] = [
    "AGFA",
    "AGFAPHOTO",
    "APPLE",
    "CANON",
    "CASIO",
    "CONCORD",
    "DJI",
    "EPSON",
    "FUJI",
    "FUJIFILM",
    "GOOGLE",
    "GOPRO",
    "HASSELBLAD",
    "HEWLETT",
    "HONOR",
    "HP",
    "HTC",
    "HUAWEI",
    "JVC",
    "KODAK",
    "KONICA",
    "KYOCERA",
    "LEICA",
    "LG",
    "MINOLTA",
    "MOTOROLA",
    "NIKON",
    "NOKIA",
    "OLYMPUS",
    "ONEPLUS",
    "PACKARD",
    "PANASONIC",
    "PENTAX",
    "POLAROID",
    "RICOH",
    "SAMSUNG",
    "SANYO",
    "SONY",
    "TOSHIBA",
    "VIVITAR",
];
/// What phones by Huawei and Honor write as a description: the mode of the camera.
const HUAWEI_MODES: [&str; 8] = ["EDF", "HDR", "SDR", "PTR", "DIG", "NOR", "BTY", "FBT"];
/// Those of them that are not words, so that they need no maker.
const UNIQUE_HUAWEI_MODES: [&str; 7] = ["dav", "cof", "hdrpl", "rhdr", "rptr", "mde", "oznor"];
/// The extensions of the files of cameras, in capitals.
const EXTENSIONS: [&str; 26] = [
    "JPG", "JPEG", "JPE", "TIF", "TIFF", "PNG", "WEBP", "GIF", "BMP", "HEIC", "HEIF", "AVIF",
    "JXL", "NEF", "NRW", "CR2", "CR3", "ARW", "DNG", "RAF", "ORF", "RW2", "PEF", "MP4", "MOV",
    "AVI",
];

/// Whether a camera or a program wrote a text, and why.
pub(crate) fn detect(text: &str, device: &DeviceNames, file: &str) -> Option<MachineText> {
    let capitals = text.to_uppercase();
    if is_file_name(&capitals, file) {
        return Some(MachineText::FileName);
    }
    let time_words = |word: &&str| {
        !matches!(*word, "AT" | "AM" | "PM") && !word.chars().all(|c| c.is_ascii_digit())
    };
    let without_time: Vec<&str> = words(&capitals).filter(time_words).collect();
    if PLACEHOLDERS.contains(&capitals.as_str())
        || (digits(text) >= TIME_DIGITS && PLACEHOLDERS.contains(&without_time.join(" ").as_str()))
        || STATEMENTS.iter().any(|start| capitals.starts_with(start))
        || text.chars().all(is_punctuation)
    {
        return Some(MachineText::Placeholder);
    }
    if is_device(text, &capitals, device) {
        return Some(MachineText::Device);
    }
    is_code(text).then_some(MachineText::Code)
}

/// A name with a date has at least this many digits, unlike one with a year.
const TIME_DIGITS: usize = 6;

/// Whether a character is a space or a mark, but no letter, digit or picture.
fn is_punctuation(c: char) -> bool {
    let is_mark = c.is_ascii()
        || matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}');
    is_mark && !c.is_alphanumeric()
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// The words of a text in capitals.
fn words(capitals: &str) -> impl Iterator<Item = &str> {
    capitals.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a text is the beginning of the program's name, or has only words of the camera's own name,
/// of cameras in general, of makers, and designations of models. `Leica M3` is a caption of a photo by another camera, so makers and
/// models alone are not enough.
fn is_device(text: &str, capitals: &str, device: &DeviceNames) -> bool {
    let DeviceNames { make, model, software } = device;
    let names: Vec<String> =
        [make, model].into_iter().flatten().map(|name| name.to_uppercase()).collect();
    if let Some(software) = software {
        let software = software.to_uppercase();
        let mut own = words(&software);
        if words(capitals).all(|word| own.next() == Some(word)) {
            return true;
        }
    }
    let is_huawei = make
        .as_ref()
        .is_some_and(|make| matches!(make.to_uppercase().as_str(), "HUAWEI" | "HONOR"));
    let mode = text.split('_').next().unwrap_or(text);
    let is_mode = UNIQUE_HUAWEI_MODES.contains(&mode)
        || (is_huawei && HUAWEI_MODES.contains(&mode.to_uppercase().as_str()));
    if is_mode && !text.contains(char::is_whitespace) {
        return true;
    }
    // `MEDION DIGITAL CAMERA`, or a maker and a long designation.
    let by_maker = words(capitals).next().is_some_and(|word| MAKERS.contains(&word));
    if (by_maker || text == capitals)
        && ["DIGITAL CAMERA", "STILL CAMERA"].iter().any(|end| capitals.ends_with(end))
    {
        return true;
    }
    let is_own = |word: &str| names.iter().any(|name| words(name).any(|own| own == word));
    // `IMAGE001` too.
    let is_camera_word = |word: &str| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        CAMERA_WORDS.contains(&letters)
    };
    let mut is_certain = false;
    for word in words(capitals) {
        let is_model = word.chars().any(|c| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
        if is_camera_word(word) || is_own(word) {
            is_certain = true;
        } else if !(MAKERS.contains(&word) || WEAK_CAMERA_WORDS.contains(&word) || is_model) {
            return false;
        }
    }
    // A year, or a number that is by chance in the name of the camera, is not its name.
    is_certain && capitals.chars().any(char::is_alphabetic)
}

/// Whether a text is the name of the photo's own file, a path, a name with the extension of a
/// picture, or a name that cameras give.
fn is_file_name(capitals: &str, file: &str) -> bool {
    let leaf = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let own = leaf(&file.to_uppercase());
    let name = leaf(capitals);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    if extension.is_some_and(|extension| EXTENSIONS.contains(&extension)) {
        return capitals != name || !name.contains(' ') || name == own;
    }
    // A file can be named after its caption, but not the caption of a photo after a number.
    let is_own_name = capitals == own || capitals == stem(&own);
    is_own_name && (!has_word(capitals) || digits(capitals) >= TIME_DIGITS)
        || is_camera_file_name(capitals)
}

/// Whether a text is a name that cameras give: four characters and a number of four digits (DCF
/// 2.0, 5.1), or a short prefix before a longer number, such as `IMG_20260112_101500`.
fn is_camera_file_name(capitals: &str) -> bool {
    const PREFIXES: [&str; 19] = [
        "DCP", "DJI", "DSC", "DSCF", "DSCN", "GOPR", "IMG", "IMGP", "MVC", "MVIMG", "PANO", "PICT",
        "PXL", "SAM", "SNAP", "VID", "WP", "P", "SCAN",
    ];
    if !capitals
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || b"_-".contains(&byte))
    {
        return false;
    }
    let is_dcf = capitals.len() == 8
        && capitals[4..].bytes().all(|byte| byte.is_ascii_digit())
        && capitals[..4].contains('_');
    let stem = capitals.trim_start_matches('_');
    let after_prefix = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            rest.trim_start_matches(['_', '-']).starts_with(|c: char| c.is_ascii_digit())
        })
    };
    is_dcf || digits(capitals) >= 3 && PREFIXES.iter().any(|prefix| after_prefix(prefix))
}

/// Whether a text has no word, but a long number or letters and digits in turn, such as
/// `M2E1L0-0R336B386`. `NGC 7000` and `B-52` are names, and `1911` and `12.5.1911` are dates.
fn is_code(text: &str) -> bool {
    /// From this many changes between letters and digits on, nobody reads them as a name.
    const CHANGES: usize = 4;
    /// A date with a time has this many digits.
    const DIGITS: usize = 9;
    /// A hash in hexadecimal has at least this many.
    const HASH: usize = 16;
    let is_code_character = |c: char| c.is_ascii_alphanumeric() || "-_.:{}#+=/".contains(c);
    let is_hexadecimal = |c: char| c.is_ascii_hexdigit() || c == '-';
    if text.len() >= HASH && text.chars().all(is_hexadecimal) && digits(text) > 2 {
        return true;
    }
    if !text.chars().all(is_code_character) || has_word(text) {
        return false;
    }
    let characters: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let changes = characters
        .windows(2)
        .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
        .count();
    changes >= CHANGES || (digits(text) >= DIGITS && changes <= 1)
}

/// Whether a text has a word: three letters in a row, among them a vowel, or letters of a script
/// that is not Latin.
fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| {
        let is_foreign = !word.is_ascii();
        let has_vowel = word.chars().any(|c| "aeiouyAEIOUY".contains(c));
        is_foreign || (word.len() >= 3 && has_vowel)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(make: &str, model: &str, software: &str) -> DeviceNames {
        let name = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        DeviceNames { make: name(make), model: name(model), software: name(software) }
    }

    #[test]
    fn texts_by_cameras_are_detected() {
        for (text, reason) in [
            ("OLYMPUS DIGITAL CAMERA", MachineText::Device),
            ("SONY DSC", MachineText::Device),
            ("KODAK Action Cam", MachineText::Device),
            ("KONICA MINOLTA DIGITAL CAMERA", MachineText::Device),
            ("SAMSUNG CAMERA PICTURES", MachineText::Device),
            ("<Digimax S600 / Kenox S600>", MachineText::Device),
            ("<Digimax>", MachineText::Device),
            ("Exif_JPEG_PICTURE", MachineText::Device),
            ("Hewlett-Packard Scanner", MachineText::Device),
            ("dav", MachineText::Device),
            ("cof_vivid", MachineText::Device),
            ("KODAK EASYSHARE C813 ZOOM DIGITAL CAMERA", MachineText::Device),
            ("MEDION DIGITAL CAMERA", MachineText::Device),
            ("Image001", MachineText::Device),
            ("Screenshot_20210501-101112", MachineText::Placeholder),
            ("Screen Shot 2021-05-01 at 10.11.12", MachineText::Placeholder),
            ("WhatsApp Image 2021-05-01 at 10.11.12 AM", MachineText::Placeholder),
            ("8f14e45fceea167a5a36dedd4bea2543", MachineText::Code),
            ("default", MachineText::Placeholder),
            ("---", MachineText::Placeholder),
            ("…", MachineText::Placeholder),
            ("Processed with VSCO with m5 preset", MachineText::Placeholder),
            ("Default settings", MachineText::Placeholder),
            ("Screenshot", MachineText::Placeholder),
            ("Name to come, Harbour, 12 January", MachineText::Placeholder),
            ("DSC_0123.JPG", MachineText::FileName),
            ("IMG_20260112_101500", MachineText::FileName),
            ("_DSC4711", MachineText::FileName),
            ("P1010042", MachineText::FileName),
            ("DJI_0012", MachineText::FileName),
            ("DCIM\\100MEDIA\\DJI_0012.JPG", MachineText::FileName),
            ("/storage/emulated/0/DCIM/Camera/a b.jpg", MachineText::FileName),
            ("M2E1L0-0R336B386", MachineText::Code),
            ("3F2504E0-4F89-11D3-9A0C-0305E82C3301", MachineText::Code),
            ("20260112_101500", MachineText::Code),
        ] {
            assert_eq!(detect(text, &DeviceNames::default(), "a.jpg"), Some(reason), "{text}");
        }
    }

    #[test]
    fn the_own_names_of_camera_program_and_file_are_no_captions() {
        for (text, device) in [
            ("NIKON CORPORATION", names("NIKON CORPORATION", "NIKON D750", "")),
            ("Lumix DMC-FZ8", names("Panasonic", "DMC-FZ8 Lumix", "")),
            ("Picasa", names("", "", "Picasa 3.9")),
            ("Yi Action", names("XIAOYI", "YI Action", "")),
            ("edf", names("HUAWEI", "VTR-L09", "")),
            ("hdr_vivid", names("HONOR", "X", "")),
        ] {
            assert_eq!(detect(text, &device, "a.jpg"), Some(MachineText::Device), "{text}");
            assert_eq!(detect(&format!("{text} at Nes"), &device, "a.jpg"), None, "{text}");
        }
        let device = DeviceNames::default();
        for text in ["0042", "scan 1.tif", "X1-0042", "x1-0042.jpg"] {
            let file = if text == "0042" { "photos/0042.jpg" } else { "photos/X1-0042.jpg" };
            let is_scan = text.starts_with("scan");
            let found = detect(text, &device, if is_scan { "Scan 1.tif" } else { file });
            assert_eq!(found, Some(MachineText::FileName), "{text}");
        }
    }

    #[test]
    fn short_captions_of_every_script_stay() {
        for text in [
            "Tsch",
            "東京",
            "Krk",
            "NGC 7000",
            "NGC7000",
            "B-52",
            "M31",
            "DCF77 mast",
            "Photo by the sea",
            "P 52 leaves the yard",
            "Peter2000",
            "Default of the bank",
            "Leica M3",
            "Kodak",
            "1911",
            "12.5.1911",
            "A 7",
            "G8",
            "dig",
            "HDR",
            "Привет",
            "1914–1918",
            "U-Bahn U6",
            "No. 5",
            "Å",
            "🌊",
            "♥",
            "Brg",
            "4 × 4",
            "Canon at the gate",
            "A museum's first digital camera",
            "EDF",
            "Oslo 1911",
            "Facade 12",
            "Apple",
            "49°N",
            "Harbour.",
            "The harbour at dusk",
        ] {
            assert_eq!(detect(text, &DeviceNames::default(), "harbour.jpg"), None, "{text}");
        }
        // A file that is named after what it shows.
        let none = DeviceNames::default();
        assert_eq!(detect("Oslo 1911", &none, "Oslo 1911.jpg"), None);
        let dated = detect("Signal-2021-05-01-101112", &none, "signal-2021-05-01-101112.jpeg");
        assert_eq!(dated, Some(MachineText::FileName));
        let device = names("Apple", "iPhone 12", "17.1");
        assert_eq!(detect("Tokyo Tower", &device, "Tokyo Tower.jpg"), None);
        assert_eq!(detect("12", &device, "a.jpg"), None);
    }
}
