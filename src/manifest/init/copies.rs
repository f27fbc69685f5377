//! Finds photos that are in a folder more than once.

use std::collections::BTreeMap;
use std::path::Path;

use crate::manifest::lower::files;
use crate::manifest::lower::globs::stem;
use crate::picture;

use super::photo::{FoundPhoto, Remark};

/// Marks photos with the same bytes as another, and those that are probably copies of another in
/// another size or format. The original is the one with the most pixels and the shortest name.
pub(super) fn mark(folder: &Path, photos: &mut [FoundPhoto]) {
    mark_same_files(folder, photos);
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, photo) in photos.iter().enumerate().filter(|(_, photo)| photo.remark.is_none()) {
        // A day alone says nothing.
        if let Some(time) = photo.time.as_ref().filter(|time| time.contains('T')) {
            groups.entry(format!("taken {time}")).or_default().push(index);
        }
        groups
            .entry(format!("named {}", without_copy_mark(&stem(&photo.name))))
            .or_default()
            .push(index);
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|&index| {
            let FoundPhoto { pixels: (width, height), name, .. } = &photos[index];
            let pixels = u64::from(*width) * u64::from(*height);
            (std::cmp::Reverse(pixels), name.len(), name.clone())
        });
        let original = group[0];
        for &copy in &group[1..] {
            if photos[copy].remark.is_none() && is_copy(&photos[copy], &photos[original]) {
                photos[copy].remark = Some(Remark::LikelyCopy(photos[original].name.clone()));
            }
        }
    }
}

fn mark_same_files(folder: &Path, photos: &mut [FoundPhoto]) {
    let names: Vec<String> = photos.iter().map(|photo| photo.name.clone()).collect();
    let mut order: Vec<usize> = (0..photos.len()).collect();
    // `IMG_1.jpg` before `IMG_1 (1).jpg`, which is first in natural order too, and before
    // `Copy of IMG_1.jpg`, which is not.
    order.sort_by_key(|&index| (names[index].rsplit('/').next().map(str::len), index));
    let paths: Vec<_> = order.iter().map(|&index| files::path(folder, &names[index])).collect();
    let by_path: BTreeMap<&Path, usize> =
        paths.iter().map(std::path::PathBuf::as_path).zip(order).collect();
    for (copy, original) in picture::copies(&paths) {
        if let (Some(&copy), Some(&original)) = (by_path.get(copy), by_path.get(original))
            && photos[copy].remark.is_none()
        {
            photos[copy].remark = Some(Remark::SameFile(names[original].clone()));
        }
    }
}

/// Whether a photo is probably a copy of another, which has at least as many pixels: of the same
/// shape, and in another size, or with the same name apart from the mark of a copy. Photos of a
/// burst have the same time and the same size, but other names.
fn is_copy(photo: &FoundPhoto, original: &FoundPhoto) -> bool {
    let has_same_name = {
        let base = |name: &str| without_copy_mark(&stem(name.rsplit('/').next().unwrap_or(name)));
        base(&photo.name) == base(&original.name)
    };
    let is_smaller =
        photo.pixels != original.pixels && photo.pixels != (original.pixels.1, original.pixels.0);
    let may_be_same_moment =
        photo.time.is_none() || original.time.is_none() || photo.time == original.time;
    has_same_shape(photo.pixels, original.pixels)
        && may_be_same_moment
        && (is_smaller || has_same_name)
}

/// Whether two sizes have the same proportions, upright or not, within one percent.
fn has_same_shape(a: (u32, u32), b: (u32, u32)) -> bool {
    let (a, b) = ((a.0.max(a.1), a.0.min(a.1)), (b.0.max(b.1), b.0.min(b.1)));
    let (left, right) = (u64::from(a.0) * u64::from(b.1), u64::from(b.0) * u64::from(a.1));
    left.abs_diff(right) * 100 <= left.max(right)
}

/// A name without what systems and programs add to that of a copy, in lower case.
fn without_copy_mark(stem: &str) -> String {
    let (folder, file) = stem.rsplit_once('/').map_or(("", stem), |(folder, file)| (folder, file));
    let mut name = file.to_lowercase();
    for prefix in ["copy of ", "kopie von ", "copie de ", "copia de "] {
        name = name.strip_prefix(prefix).map(str::to_owned).unwrap_or(name);
    }
    let numbered = name.strip_suffix(')').and_then(|it| it.rsplit_once('('));
    if let Some((before, number)) = numbered
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        name.truncate(before.trim_end().len());
    }
    // The longer forms first.
    for suffix in [
        " - copy",
        " - kopie",
        " - copie",
        " - copia",
        " copy",
        " kopie",
        "-edited",
        "-bearbeitet",
        "~2",
    ] {
        name = name.strip_suffix(suffix).map(str::to_owned).unwrap_or(name);
    }
    // Apple: `IMG_E1234` is `IMG_1234` after editing.
    if let Some(number) = name.strip_prefix("img_e") {
        name = format!("img_{number}");
    }
    format!("{folder}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_copies_are_known() {
        for copy in
            ["IMG_1 (1)", "Copy of IMG_1", "IMG_1 - Kopie", "IMG_1-edited", "IMG_E1", "img_1 copy"]
        {
            assert_eq!(without_copy_mark(copy), "/img_1", "{copy}");
        }
        assert_ne!(without_copy_mark("IMG_1 (b)"), "/img_1");
        assert_ne!(without_copy_mark("IMG_10"), "/img_1");
    }

    #[test]
    fn a_shape_is_the_same_upright_and_scaled() {
        assert!(has_same_shape((4000, 3000), (1200, 1600)));
        assert!(has_same_shape((4032, 3024), (640, 480)));
        assert!(!has_same_shape((4000, 3000), (4000, 2250)));
    }
}
