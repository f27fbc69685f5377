//! What can keep a book from meeting a standard.

use std::fmt;

/// A rule of a standard that a file would break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// The book has no title, which the metadata must give (ISO 15930-7, 6.4).
    NoTitle,
    /// The profile of the press cannot be that of an output intent (ISO 15930-7, 6.2.2; ISO
    /// 19005-2, 6.2.3).
    OutputProfile(ProfileFault),
    /// The profile of a photo that is embedded with it (ISO 19005-2, 6.2.4.2).
    PhotoProfile {
        /// The name of the photo.
        photo: String,
        /// What is wrong with its profile.
        fault: ProfileFault,
    },
    /// A photo that is neither CMYK nor grey (ISO 15930-1, 6.2; ISO 15930-4, 6.2).
    PhotoColor {
        /// The name of the photo.
        photo: String,
    },
    /// A page whose sides are not between 3 and 14 400 points (ISO 19005-2, 6.1.13).
    PageSize {
        /// The folio of the first such page.
        page: String,
    },
    /// Links and other annotations (ISO 15930-7, 6.12).
    Annotations,
    /// A text of the metadata that is longer than a string can be (ISO 19005-2, 6.1.13).
    LongText {
        /// What the text is.
        name: &'static str,
    },
    /// A photo without an alternative text (ISO 14289-1, 7.3).
    NoAltText {
        /// The name of the photo.
        photo: String,
    },
    /// The file has no structure for screen readers (ISO 14289-1, 7.1).
    NotTagged,
    /// The file is longer than the ten digits of its cross-reference table can say (PDF Reference
    /// 1.4, 3.4.3).
    FileSize,
}

/// What is wrong with a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileFault {
    /// It has no header.
    Broken,
    /// It is of this version of the ICC's specification, and PDF allows up to 4.
    Version(u8),
    /// It is not that of a printer or, where the standard allows that, of a screen.
    Class,
    /// It is not of CMYK colours.
    NotCmyk,
}

impl Violation {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoTitle => "give the book a `title`",
            Self::OutputProfile(_) => {
                "use the ICC profile of a CMYK printing condition under `print.profile`"
            }
            Self::PhotoProfile { .. } => {
                "save the photo with another profile, or convert it with `color: cmyk` or `srgb`"
            }
            Self::PhotoColor { .. } => "set `color: cmyk` under `print`",
            Self::PageSize { .. } => "choose a `trim` and a `bleed` between 1.1 mm and 5 m",
            Self::Annotations => "use `standard: none` for a file with links",
            Self::LongText { .. } => "shorten the text",
            Self::NoAltText { .. } => "describe the photo with `alt:`",
            Self::NotTagged => "write the file with its structure",
            Self::FileSize => "scale down the photos, or use `standard: pdf/x-4`",
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTitle => f.write_str("the book has no title"),
            Self::OutputProfile(fault) => write!(f, "the profile of the press {fault}"),
            Self::PhotoProfile { photo, fault } => {
                write!(f, "the colour profile in {photo} {fault}")
            }
            Self::PhotoColor { photo } => write!(f, "{photo} is not converted to CMYK"),
            Self::PageSize { page } => {
                write!(f, "page {page} is narrower than 3 pt or wider than 14400 pt")
            }
            Self::Annotations => f.write_str("it has links"),
            Self::LongText { name } => write!(f, "the {name} is longer than 32767 bytes"),
            Self::NoAltText { photo } => write!(f, "{photo} has no alt text"),
            Self::NotTagged => f.write_str("it has no structure for screen readers"),
            Self::FileSize => f.write_str("it is larger than 10 GB"),
        }
    }
}

impl fmt::Display for ProfileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken => f.write_str("is not an ICC profile"),
            Self::Version(version) => write!(f, "has ICC version {version}; 4 is the last allowed"),
            Self::Class => f.write_str("is not the profile of an output device"),
            Self::NotCmyk => f.write_str("is not the profile of a CMYK device"),
        }
    }
}
