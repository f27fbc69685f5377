//! Checksums as `sha256sum` writes and checks them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The name of the file with the checksums of the files beside and below it.
pub const SUMS: &str = "SHA256SUMS";

/// The content of that file: a line for each file, from its name and its checksum.
pub fn checksum_list(sums: &BTreeMap<String, String>) -> String {
    sums.iter().fold(String::new(), |list, (name, sum)| list + sum + "  " + name + "\n")
}

/// Bytes in hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
