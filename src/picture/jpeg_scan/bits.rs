//! Reads the bits of one restart interval, without its stuffed bytes.

#![expect(clippy::inline_always, reason = "bits are read faster where the processor is known")]

/// The bits of a count that whole bytes are added to: 56, 57 … 63 bits are valid afterwards.
const WHOLE_BYTES: u32 = 0b11_1000;

/// Reads bits, the highest of each byte first. Beyond the end, all bits are zero.
#[derive(Debug)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    /// The offset of the next byte that is loaded, which may be beyond the end.
    position: usize,
    /// The next bits, from the highest on.
    buffer: u64,
    /// How many bits of the buffer are valid.
    count: u32,
}

impl<'a> BitReader<'a> {
    /// A reader of these bytes.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0, buffer: 0, count: 0 }
    }

    /// Makes sure that at least 32 bits can be peeked at: a code and its value.
    #[inline(always)]
    pub(super) fn refill_if_needed(&mut self) {
        if self.count < 32 {
            self.refill();
        }
    }

    /// Makes sure that at least 56 bits can be peeked at.
    #[inline(always)]
    pub(super) fn refill(&mut self) {
        let next = match self.bytes.get(self.position..) {
            Some([b0, b1, b2, b3, b4, b5, b6, b7, ..]) => {
                u64::from_be_bytes([*b0, *b1, *b2, *b3, *b4, *b5, *b6, *b7])
            }
            Some(rest) => rest
                .iter()
                .zip([56, 48, 40, 32, 24, 16, 8])
                .fold(0, |bits, (&byte, shift)| bits | u64::from(byte) << shift),
            None => 0,
        };
        self.buffer |= next >> self.count;
        // As many whole bytes as there is space for; the bits of a part of a byte that were added
        // too are added again next time, where they are the same.
        self.position += (63 - self.count as usize) >> 3;
        self.count |= WHOLE_BYTES;
    }

    /// The next `count` bits, of which there are 1 to 32.
    #[inline(always)]
    pub(super) fn peek(&self, count: u32) -> u32 {
        u32::try_from(self.buffer >> (64 - count)).unwrap_or(0)
    }

    /// Skips a code of this length, and returns the `size` bits after it, all of which were peeked
    /// at.
    #[inline(always)]
    pub(super) fn skip_code(&mut self, length: u32, size: u32) -> u32 {
        // Shifted in two steps, since the size may be 0.
        let value = (self.buffer << length) >> 1 >> (63 - size);
        self.skip(length + size);
        u32::try_from(value).unwrap_or(0)
    }

    /// Skips bits that were peeked at.
    #[inline(always)]
    pub(super) fn skip(&mut self, count: u32) {
        self.buffer <<= count;
        self.count -= count;
    }

    /// Reads `count` bits, of which there are at most 16.
    #[inline(always)]
    pub(super) fn read(&mut self, count: u32) -> u32 {
        if count == 0 {
            return 0;
        }
        self.refill_if_needed();
        let bits = self.peek(count);
        self.skip(count);
        bits
    }

    /// The number of bits that have been read, which may be more than there are.
    pub(super) fn bits_read(&self) -> usize {
        self.position * 8 - self.count as usize
    }

    /// Whether more bits have been read than there are.
    #[inline(always)]
    pub(super) fn is_past_end(&self) -> bool {
        self.bits_read() > self.bytes.len() * 8
    }

    /// The bytes after the one that was read last.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.bits_read().div_ceil(8)..).unwrap_or_default()
    }

    /// The bits between the last one that was read and the end of its byte, and their number.
    pub(super) fn padding(&self) -> (u8, u32) {
        let used = self.bits_read();
        let count = u32::try_from(used.next_multiple_of(8) - used).unwrap_or(0);
        let byte = self.bytes.get(used / 8).copied().unwrap_or(0);
        (if count == 0 { 0 } else { byte & (0xFF >> (8 - count)) }, count)
    }
}

/// Extends the bits of a value of this size to its sign (ITU-T T.81, F.2.2.1).
#[inline(always)]
pub(super) fn extended(bits: u32, size: u32) -> i32 {
    let bits = bits.cast_signed();
    if size == 0 || bits >> (size - 1) != 0 { bits } else { bits - (1 << size) + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_across_bytes_and_are_zero_beyond_the_end() {
        let bytes: Vec<u8> = (0..40_u8).map(|byte| byte.wrapping_mul(37)).collect();
        let mut reader = BitReader::new(&bytes);
        let mut at = 0;
        for count in (1..=16).cycle().take(37) {
            let expected = (at..at + count as usize).fold(0, |value, bit| {
                let byte = bytes.get(bit / 8).copied().unwrap_or(0);
                value << 1 | u32::from(byte >> (7 - bit % 8) & 1)
            });
            assert_eq!(reader.read(count), expected);
            at += count as usize;
            assert_eq!(reader.bits_read(), at);
        }
        assert!(!reader.is_past_end());
        for _ in 0..3 {
            reader.read(16);
        }
        assert!(reader.is_past_end());
    }

    #[test]
    fn values_have_the_sign_of_their_first_bit() {
        assert_eq!([extended(0, 0), extended(0, 1), extended(1, 1)], [0, -1, 1]);
        assert_eq!([extended(0, 3), extended(3, 3), extended(4, 3)], [-7, -4, 4]);
    }
}
