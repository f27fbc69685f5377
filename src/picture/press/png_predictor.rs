//! Rows of samples as differences from the pixel before, which deflate packs tighter
//! (ISO/IEC 15948, 9.2; ISO 32000-2, 7.4.4.4).

/// Which of the PNG predictors this is: the one to the left. The better ones, tried out
/// row by row, would save a twentieth more and take several times as long.
const LEFT: u8 = 1;

/// Writes the row into `into`, the predictor's number in front; `step` is the bytes of a
/// pixel.
pub(in crate::picture) fn predicted(row: &[u8], step: usize, into: &mut Vec<u8>) {
    into.clear();
    into.push(LEFT);
    into.extend_from_slice(&row[..step.min(row.len())]);
    into.extend(
        row.iter().skip(step).zip(row).map(|(sample, before)| sample.wrapping_sub(*before)),
    );
}
