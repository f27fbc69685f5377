//! IPTC-IIM 4.2: the captions of the news trade.

/// The data sets inside Photoshop's image resources, where JPEGs keep them.
pub(in super::super) fn in_photoshop_resources(resources: &[u8]) -> Option<&[u8]> {
    const IPTC: u16 = 0x0404;
    let mut rest = resources;
    loop {
        let [b'8', b'B', b'I', b'M', i1, i0, name, tail @ ..] = rest else { return None };
        // The name is padded so that it and its length are even, and so is the data.
        let tail = tail.get(usize::from(*name | 1)..)?;
        let (size, tail) = tail.split_first_chunk::<4>()?;
        let size = u32::from_be_bytes(*size) as usize;
        if u16::from_be_bytes([*i1, *i0]) == IPTC {
            return Some(&tail[..size.min(tail.len())]);
        }
        rest = tail.get(size.checked_add(size & 1)?..)?;
    }
}
