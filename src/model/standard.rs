//! The standards of a PDF.

use std::fmt;

/// The standards that a PDF conforms to. The default is none: plain PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Standards {
    /// For the exchange with a press.
    pub x: Option<PdfX>,
    /// For archives: PDF/A-2b (ISO 19005-2:2011).
    pub a2b: bool,
    /// For readers with disabilities: PDF/UA-1 (ISO 14289-1:2014).
    pub ua1: bool,
}

/// A standard for the exchange with a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PdfX {
    /// PDF/X-4 (ISO 15930-7:2010), based on PDF 1.6: colours with profiles and transparency.
    X4,
    /// PDF/X-1a:2001 (ISO 15930-1:2001), based on PDF 1.3: CMYK and spot colours alone, without
    /// transparency.
    X1a2001,
    /// PDF/X-1a:2003 (ISO 15930-4:2003), based on PDF 1.4, with the same restrictions.
    X1a2003,
}

impl Standards {
    /// None: plain PDF.
    pub const NONE: Self = Self { x: None, a2b: false, ua1: false };
    /// PDF/X-4.
    pub const X4: Self = Self { x: Some(PdfX::X4), ..Self::NONE };
    /// PDF/X-1a:2001.
    pub const X1A_2001: Self = Self { x: Some(PdfX::X1a2001), ..Self::NONE };
    /// PDF/X-1a:2003.
    pub const X1A_2003: Self = Self { x: Some(PdfX::X1a2003), ..Self::NONE };
    /// PDF/A-2b.
    pub const A2B: Self = Self { a2b: true, ..Self::NONE };

    /// Whether there is none.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Whether all colours must be CMYK, grey or inks by name: PDF/X-1a.
    pub fn is_cmyk_only(self) -> bool {
        matches!(self.x, Some(PdfX::X1a2001 | PdfX::X1a2003))
    }
}

impl fmt::Display for PdfX {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::X4 => "PDF/X-4",
            Self::X1a2001 => "PDF/X-1a:2001",
            Self::X1a2003 => "PDF/X-1a:2003",
        })
    }
}

impl fmt::Display for Standards {
    /// `PDF/X-4 and PDF/A-2b`, or `no standard`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = [
            self.x.map(|x| x.to_string()),
            self.a2b.then(|| "PDF/A-2b".to_owned()),
            self.ua1.then(|| "PDF/UA-1".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        match names.as_slice() {
            [] => f.write_str("no standard"),
            [all @ .., last] if !all.is_empty() => write!(f, "{} and {last}", all.join(", ")),
            all => f.write_str(&all.concat()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standards_are_named_as_a_sentence_needs_them() {
        assert_eq!(Standards::NONE.to_string(), "no standard");
        assert_eq!(Standards::X1A_2001.to_string(), "PDF/X-1a:2001");
        let all = Standards { a2b: true, ua1: true, ..Standards::X4 };
        assert_eq!(all.to_string(), "PDF/X-4, PDF/A-2b and PDF/UA-1");
    }
}
