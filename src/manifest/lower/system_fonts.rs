//! The fonts of the system, for characters that no other font has.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::manifest::lower::files;
use crate::model::FontFile;
use crate::picture::Confinement;

/// The maximum number of files, as a guard against endless folders.
const MAX_FILES: usize = 20_000;

/// Passes the fonts in these folders to `take`, the most suitable first, until it returns `false`.
/// The order depends only on the file names.
pub fn system_fonts(folders: &[PathBuf], take: &mut dyn FnMut(FontFile) -> bool) {
    let mut paths: Vec<PathBuf> = folders.iter().flat_map(|folder| fonts_in(folder)).collect();
    paths.sort_by_cached_key(|path| (rank(path), path.clone()));
    paths.dedup();
    for path in paths {
        let Ok(bytes) = files::bytes(&path, &Confinement::default()) else { continue };
        let name = path.to_string_lossy().replace('\\', "/");
        if !take(FontFile { name, bytes }) {
            return;
        }
    }
}

fn fonts_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = WalkDir::new(folder).max_depth(8).into_iter().filter_map(Result::ok);
    entries.take(MAX_FILES).map(walkdir::DirEntry::into_path).filter(|path| {
        let extension = path.extension().and_then(|it| it.to_str()).map(str::to_ascii_lowercase);
        matches!(extension.as_deref(), Some("otf" | "ttf" | "ttc" | "otc"))
    })
}

/// How unsuitable a font is for running text, judged by its file name.
fn rank(path: &Path) -> (usize, u8, u8) {
    const OTHERS: [&str; 14] = [
        "bold",
        "italic",
        "oblique",
        "light",
        "thin",
        "black",
        "medium",
        "condensed",
        "mono",
        "display",
        "heavy",
        "ui",
        "emoji",
        "symbol",
    ];
    let name = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let others = OTHERS.iter().filter(|word| name.contains(*word)).count();
    let has_serifs = ["serif", "naskh", "mincho", "myeongjo", "batang", "song"];
    let family = match () {
        () if has_serifs.iter().any(|word| name.contains(word)) => 0,
        () if name.contains("sans") => 1,
        () => 2,
    };
    (others, family, u8::from(!name.contains("noto")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_regular_serif_comes_first() {
        let mut names = [
            "NotoSansCJK-Regular.ttc",
            "NotoSerifCJK-Bold.ttc",
            "DejaVuSerif.ttf",
            "NotoSerifCJK-Regular.ttc",
            "NotoColorEmoji.ttf",
        ];
        names.sort_by_key(|name| rank(Path::new(name)));
        assert_eq!(names[0], "NotoSerifCJK-Regular.ttc");
        assert_eq!(names[1..3], ["DejaVuSerif.ttf", "NotoSansCJK-Regular.ttc"]);
    }
}
