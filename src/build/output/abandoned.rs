//! Removes what killed builds left in the output folder.

use std::path::Path;

use super::{folder, sums};
use crate::model::{OfflineForm, SUMS};
use crate::picture;

/// Removes the temporary files and folders of builds that do not run any more.
pub(in crate::build) fn remove(output: &Path) {
    let is_file = |name: &str| name == SUMS || sums::BOOKS.iter().any(|end| name.ends_with(end));
    picture::remove_abandoned(output, is_file);
    folder::remove_abandoned(output, |name| OfflineForm::Folder.is_name(name));
}
