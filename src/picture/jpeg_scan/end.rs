//! Finds the end marker of a JPEG file whose scans are known to be whole.

use super::intervals::{Intervals, Next};
use super::walk::{next_marker, payload};

/// Whether an end marker stands after the scans, which are not decoded.
pub(in crate::picture) fn has_end_marker(file: &[u8]) -> bool {
    let mut data = Vec::new();
    let mut at = 2;
    while let Some((marker, body)) = next_marker(file, at) {
        match marker {
            0xD9 => return true,
            0x01 | 0xD0..=0xD8 => {
                at = body;
                continue;
            }
            _ => {}
        }
        let Some(payload) = payload(file, body) else { return false };
        at = body + 2 + payload.len();
        if marker == 0xDA {
            let mut intervals = Intervals::new(file, at);
            while intervals.next(&mut data) != Next::End {}
            at = intervals.at;
        }
    }
    false
}
