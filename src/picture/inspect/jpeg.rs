//! Damage of JPEG files.

use crate::model::{Damage, LostPart};

use crate::picture::entropy::{self, Fault};

use super::inspection::Inspection;

pub(super) fn inspected(file: &[u8]) -> Option<Inspection> {
    let damage = entropy::inspect(file)?;
    let cause = match damage.fault {
        None => "its end marker is missing",
        Some(Fault::Header) => "a header within its image data is damaged",
        Some(Fault::InvalidCode) => "its image data contains invalid codes",
        Some(Fault::Range) => "its image data contains impossible values",
        Some(Fault::RestartMarkers) => "its restart markers are missing or out of order",
        Some(Fault::DataLeftOver) => "its image data does not end after the last block",
        Some(Fault::EndsEarly) => "its image data ends too early",
    };
    if damage.is_empty {
        return Some(Inspection::Unreadable(cause.to_owned()));
    }
    let lost = if damage.fault.is_none() {
        LostPart::Nothing
    } else {
        LostPart::from_fraction(damage.lost)
    };
    let is_truncated = matches!(damage.fault, None | Some(Fault::EndsEarly));
    Some(Inspection::Damaged(Damage { cause: cause.to_owned(), lost, is_truncated }))
}
