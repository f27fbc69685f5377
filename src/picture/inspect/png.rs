//! Damage of PNG files.

use crate::model::{Damage, LostPart};

use crate::picture::decode::png::{self, PngFault};

use super::inspection::Inspection;

pub(super) fn inspected(file: &[u8]) -> Option<Inspection> {
    let damage = png::damage(file)?;
    let cause = match damage.fault {
        PngFault::Checksum => "its image data has a wrong checksum",
        PngFault::Compression => "its compressed data is invalid",
        PngFault::EndsEarly => "its image data ends too early",
        PngFault::Filter => "its image data is invalid",
        PngFault::NoEnd => "its last chunk is missing",
    };
    if damage.lost >= 1.0 {
        return Some(Inspection::Unreadable(cause.to_owned()));
    }
    let is_truncated = matches!(damage.fault, PngFault::EndsEarly | PngFault::NoEnd);
    let lost = match damage.fault {
        PngFault::NoEnd => LostPart::Nothing,
        _ => LostPart::from_fraction(damage.lost),
    };
    Some(Inspection::Damaged(Damage { cause: cause.to_owned(), lost, is_truncated }))
}
