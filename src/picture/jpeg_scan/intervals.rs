//! Splits the entropy-coded data of a scan at its restart markers.

use memchr::memchr;

/// What follows an interval of entropy-coded data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// A restart marker with this number, 0 to 7.
    Restart(u8),
    /// Another marker, or the end of the file.
    End,
}

/// The intervals of a scan.
#[derive(Debug)]
pub(super) struct Intervals<'a> {
    file: &'a [u8],
    /// The offset of the next interval; after the last one, that of the marker that follows it.
    pub(super) at: usize,
}

impl<'a> Intervals<'a> {
    /// The intervals of a scan whose data begins at `at`.
    pub(super) fn new(file: &'a [u8], at: usize) -> Self {
        Self { file, at }
    }

    /// Copies the next interval into `data`, without the zeros that are stuffed after each 0xFF.
    pub(super) fn next(&mut self, data: &mut Vec<u8>) -> Next {
        data.clear();
        let mut from = self.at.min(self.file.len());
        loop {
            let rest = &self.file[from..];
            let Some(found) = memchr(0xFF, rest) else {
                data.extend_from_slice(rest);
                self.at = self.file.len();
                return Next::End;
            };
            match rest.get(found + 1) {
                Some(0) => {
                    data.extend_from_slice(&rest[..=found]);
                    from += found + 2;
                }
                // Any number of 0xFF may stand before a marker.
                Some(0xFF) => {
                    data.extend_from_slice(&rest[..found]);
                    from += found + 1;
                }
                Some(&marker @ 0xD0..=0xD7) => {
                    data.extend_from_slice(&rest[..found]);
                    self.at = from + found + 2;
                    return Next::Restart(marker & 7);
                }
                _ => {
                    data.extend_from_slice(&rest[..found]);
                    self.at = from + found;
                    return Next::End;
                }
            }
        }
    }
}
