//! The limits of what carries the offline edition, mails and USB sticks, and what lies in its
//! folder.

use crate::finding::{Code, Finding};
use crate::model::{Edition, OfflineForm};

/// Mail servers of large providers refuse larger files, in bytes.
const MAIL: u64 = 25_000_000;
/// The largest file that the file system FAT32 can hold, in bytes.
const FAT32: u64 = 0xffff_ffff;

/// A finding if a file of the offline edition is too large for a mail, if it is the one HTML file,
/// or for a stick with the file system FAT32.
pub fn file_size(form: OfflineForm, name: &str, bytes: u64) -> Option<Finding> {
    let finding = if bytes > FAT32 {
        let size = bytes.div_ceil(100_000_000);
        let message = format!(
            "{name} has {}.{} GB; a USB stick with the file system FAT32 holds files of less than \
             4.3 GB",
            size / 10,
            size % 10
        );
        Finding::new(Code::Fat32Size, message).help(match form {
            OfflineForm::Zip => {
                "format the stick as exFAT, set `form: folder` or `max-size: 4 GB` under \
                 `offline`, or include fewer editions"
            }
            OfflineForm::Folder => {
                "format the stick as exFAT, or omit this edition from `include` under `offline`"
            }
            OfflineForm::File => {
                "format the stick as exFAT, or set `form: folder` or `max-size: 4 GB` under \
                 `offline`"
            }
        })
    } else if form == OfflineForm::File && bytes > MAIL {
        let message = format!(
            "{name} has {} MB; many mail servers refuse more than {} MB",
            bytes.div_ceil(1_000_000),
            MAIL / 1_000_000
        );
        Finding::new(Code::MailSize, message).help(
            "set `max-size: 18 MB` or a smaller `max-edge` under `offline` (mail programs make files \
             a third larger), or set `form: zip` and hand the book over in another way",
        )
    } else {
        return None;
    };
    Some(finding.editions(Edition::Offline))
}

/// A finding about the files in the folder of the offline edition that recto did not write, by
/// their names in the folder; `None` if there are none.
pub fn other_files(folder: &str, names: &[String]) -> Option<Finding> {
    let (first, others) = names.split_first()?;
    let others = match others.len() {
        0 => String::new(),
        1 => format!(" and {}", others[0]),
        count => format!(" and {count} other files"),
    };
    let message = format!("{folder} holds {first}{others}, which recto did not write");
    let help = "nothing was deleted or written; move what is yours to another folder, or build \
                into another one with -o";
    Some(Finding::new(Code::FolderOtherFiles, message).help(help).editions(Edition::Offline))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EditionSet;

    fn found(form: OfflineForm, bytes: u64) -> Option<(Code, String)> {
        let finding = file_size(form, "a", bytes)?;
        assert_eq!(finding.editions, EditionSet::from(Edition::Offline));
        Some((finding.code, finding.message))
    }

    #[test]
    fn one_html_file_of_more_than_25_megabytes_is_too_large_for_mails() {
        assert_eq!(found(OfflineForm::File, 25_000_000), None);
        let message = "a has 26 MB; many mail servers refuse more than 25 MB".to_owned();
        assert_eq!(found(OfflineForm::File, 25_000_001), Some((Code::MailSize, message)));
        assert_eq!(found(OfflineForm::Zip, 25_000_001), None);
        assert_eq!(found(OfflineForm::Folder, 25_000_001), None);
    }

    #[test]
    fn fat32_holds_no_file_of_four_gibibytes() {
        for form in [OfflineForm::Zip, OfflineForm::Folder] {
            assert_eq!(found(form, 4_294_967_295), None);
        }
        for form in [OfflineForm::Zip, OfflineForm::Folder, OfflineForm::File] {
            let message = "a has 4.3 GB; a USB stick with the file system FAT32 holds files of \
                           less than 4.3 GB";
            assert_eq!(found(form, 4_294_967_296), Some((Code::Fat32Size, message.to_owned())));
        }
    }

    #[test]
    fn files_of_others_in_the_folder_are_counted() {
        let message = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
            other_files("dist/x-offline", &names).map(|finding| finding.message)
        };
        assert_eq!(message(&[]), None);
        assert_eq!(
            message(&["notes.txt"]).unwrap(),
            "dist/x-offline holds notes.txt, which recto did not write"
        );
        assert_eq!(
            message(&["a.txt", "b/c.txt"]).unwrap(),
            "dist/x-offline holds a.txt and b/c.txt, which recto did not write"
        );
        assert_eq!(
            message(&["a", "b", "c"]).unwrap(),
            "dist/x-offline holds a and 2 other files, which recto did not write"
        );
    }
}
