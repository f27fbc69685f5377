//! `SHA256SUMS`: the checksums of the files in a folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::output;

/// The name of the file with the checksums, in the format of `sha256sum`.
pub const SUMS: &str = "SHA256SUMS";

/// Adds the checksums of `written`, by name, to the folder's list. The lines of other files stay
/// as long as the files exist: an edition that was not built this time, or another book.
pub(super) fn write(folder: &Path, written: &BTreeMap<String, String>) -> io::Result<()> {
    let earlier = earlier_sums(&folder.join(SUMS));
    let mut sums: BTreeMap<&str, &str> = earlier
        .lines()
        .filter_map(sum_line)
        .filter(|(name, _)| folder.join(name).is_file())
        .collect();
    sums.extend(written.iter().map(|(name, sum)| (name.as_str(), sum.as_str())));
    let list = sums.iter().fold(String::new(), |list, (name, sum)| list + sum + "  " + name + "\n");
    if list == earlier {
        return Ok(());
    }
    output::write(folder, SUMS, |out| out.write_all(list.as_bytes())).map(|_| ())
}

/// A list that cannot be read is replaced.
#[expect(clippy::disallowed_methods, reason = "recto wrote the list itself")]
fn earlier_sums(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// The name and the checksum of a line as `sha256sum` writes it, if the name is that of a file
/// in the same folder.
fn sum_line(line: &str) -> Option<(&str, &str)> {
    let (sum, name) = line.split_once("  ")?;
    let is_sum = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_in_folder = !name.is_empty() && !name.contains(['/', '\\']);
    (is_sum && is_in_folder).then_some((name, sum))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests look at the files")]
mod tests {
    use super::*;

    #[test]
    fn the_sums_of_other_files_stay_while_the_files_do() {
        let folder = tempfile::tempdir().expect("a folder");
        let (old, new) = ("0".repeat(64), "1".repeat(64));
        fs::write(folder.path().join("a.epub"), "").expect("a file");
        fs::write(
            folder.path().join(SUMS),
            format!("{old}  a.epub\n{old}  b.epub\n{old}  gone.pdf\n{old}  ../c\nnonsense\n"),
        )
        .expect("a list");
        let written = BTreeMap::from([("b.epub".to_owned(), new.clone())]);
        write(folder.path(), &written).expect("a list");
        assert_eq!(
            fs::read_to_string(folder.path().join(SUMS)).expect("a list"),
            format!("{old}  a.epub\n{new}  b.epub\n"),
        );
    }
}
