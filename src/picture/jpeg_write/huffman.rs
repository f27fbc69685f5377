//! Huffman codes for a picture (ITU-T T.81, K.2 and C.2).

/// The longest code of a JPEG.
const MAX_LENGTH: usize = 16;

/// The codes for symbols with certain frequencies.
#[derive(Debug)]
pub(super) struct HuffmanCodes {
    /// The number of codes of each length.
    pub(super) counts: [u8; MAX_LENGTH],
    /// The symbols in the order of their codes.
    pub(super) symbols: Vec<u8>,
}

/// A code, and the number of its bits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Code {
    pub(super) bits: u16,
    pub(super) length: u32,
}

impl HuffmanCodes {
    /// The codes of the symbols that occur.
    pub(super) fn new(frequencies: &[u32; 256]) -> Self {
        let lengths = lengths(frequencies);
        let mut counts = [0_usize; 2 * 256];
        for length in lengths.iter().filter(|length| **length > 0) {
            counts[*length] += 1;
        }
        limit(&mut counts);
        // The longest code belongs to the symbol that no picture has, since a code of ones only is
        // not allowed.
        if let Some(longest) = (1..=MAX_LENGTH).rev().find(|length| counts[*length] > 0) {
            counts[longest] -= 1;
        }
        let mut symbols: Vec<u8> = (0..=u8::MAX).collect();
        symbols.retain(|symbol| frequencies[usize::from(*symbol)] > 0);
        symbols.sort_by_key(|symbol| lengths[usize::from(*symbol)]);
        let count = |index: usize| u8::try_from(counts[index + 1]).unwrap_or(u8::MAX);
        Self { counts: std::array::from_fn(count), symbols }
    }

    /// The code of each symbol.
    pub(super) fn by_symbol(&self) -> [Code; 256] {
        let mut codes = [Code::default(); 256];
        let (mut bits, mut symbols) = (0_u16, self.symbols.iter());
        for (length, count) in (1_u32..).zip(self.counts) {
            for symbol in symbols.by_ref().take(count.into()) {
                codes[usize::from(*symbol)] = Code { bits, length };
                bits = bits.wrapping_add(1);
            }
            bits = bits.wrapping_shl(1);
        }
        codes
    }
}

/// The lengths of optimal codes, which may be longer than allowed. The last symbol is added, and
/// occurs least.
fn lengths(frequencies: &[u32; 256]) -> [usize; 257] {
    let mut lengths = [0; 257];
    // The trees that are not joined yet: their frequency, and their symbols.
    let mut trees: Vec<(u64, Vec<usize>)> = vec![(0, vec![256])];
    for (symbol, frequency) in frequencies.iter().enumerate().filter(|it| *it.1 > 0) {
        trees.push((u64::from(*frequency), vec![symbol]));
    }
    while trees.len() > 1 {
        // The two that occur least are at the end; of equal ones, the one with the last symbol.
        trees.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let (Some(least), Some(next)) = (trees.pop(), trees.pop()) else { break };
        let symbols = [next.1, least.1].concat();
        for symbol in &symbols {
            lengths[*symbol] += 1;
        }
        trees.push((least.0 + next.0, symbols));
    }
    lengths
}

/// Shortens the codes that are too long (figure K.3).
fn limit(counts: &mut [usize]) {
    for length in (MAX_LENGTH + 1..counts.len()).rev() {
        while counts[length] > 0 {
            let Some(shorter) = (1..length - 1).rev().find(|length| counts[*length] > 0) else {
                return;
            };
            counts[length] -= 2;
            counts[length - 1] += 1;
            counts[shorter + 1] += 2;
            counts[shorter] -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frequencies that double from symbol to symbol, whose optimal codes are too long.
    fn doubling(symbols: usize) -> [u32; 256] {
        std::array::from_fn(|symbol| if symbol < symbols { 1 << (symbol % 31) } else { 0 })
    }

    #[test]
    fn codes_are_distinct_and_at_most_sixteen_bits_long() {
        for symbols in [1, 2, 3, 16, 30, 200, 256] {
            let codes = HuffmanCodes::new(&doubling(symbols));
            assert_eq!(codes.symbols.len(), symbols);
            assert_eq!(
                codes.counts.iter().map(|count| usize::from(*count)).sum::<usize>(),
                symbols
            );
            let by_symbol = codes.by_symbol();
            let used: Vec<Code> = (0..symbols).map(|symbol| by_symbol[symbol]).collect();
            // Each code as the range of all bits that begin with it.
            let mut ranges: Vec<_> = used
                .iter()
                .map(|code| {
                    (u32::from(code.bits) << (16 - code.length), 1_u32 << (16 - code.length))
                })
                .collect();
            ranges.sort_unstable();
            assert!(ranges.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0));
            // No code has ones only.
            assert!(ranges.iter().all(|(first, length)| first + length < 1 << 16));
        }
    }

    #[test]
    fn symbols_that_occur_more_have_shorter_codes() {
        let mut frequencies = [0; 256];
        frequencies[7] = 1000;
        frequencies[9] = 100;
        frequencies[3] = 10;
        let codes = HuffmanCodes::new(&frequencies).by_symbol();
        assert_eq!([7, 9, 3].map(|symbol: usize| codes[symbol].length), [1, 2, 3]);
    }
}
