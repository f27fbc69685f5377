//! Damage of JPEG files.

use crate::model::{Damage, LostPart};

use crate::picture::jpeg_scan::{self, ScanError};

use super::inspection::Inspection;

pub(super) fn inspected(file: &[u8]) -> Option<Inspection> {
    let damage = jpeg_scan::inspect(file)?;
    let cause = match damage.scan_error {
        None => "its end marker is missing",
        Some(ScanError::Header) => "a header within its image data is damaged",
        Some(ScanError::InvalidCode) => "its image data contains invalid codes",
        Some(ScanError::Range) => "its image data contains impossible values",
        Some(ScanError::RestartMarkers) => "its restart markers are missing or out of order",
        Some(ScanError::DataLeftOver) => "its image data does not end after the last block",
        Some(ScanError::EndsEarly) => "its image data ends too early",
    };
    if damage.is_empty {
        return Some(Inspection::Unreadable(cause.to_owned()));
    }
    let lost = if damage.scan_error.is_none() {
        LostPart::Nothing
    } else {
        LostPart::from_fraction(damage.lost)
    };
    let is_truncated = matches!(damage.scan_error, None | Some(ScanError::EndsEarly));
    Some(Inspection::Damaged(Damage { cause: cause.to_owned(), lost, is_truncated }))
}
