//! Which row of a table belongs to which photo.

use std::collections::BTreeMap;

use crate::picture::file_names::composed;

/// The rows of photos.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RowMatches {
    /// The row of each photo that has one, by the position of the photo.
    pub(crate) rows: BTreeMap<usize, usize>,
    /// The rows that match no photo.
    pub(crate) unmatched: Vec<usize>,
    /// The rows that match several photos equally well, with those photos.
    pub(crate) ambiguous: Vec<(usize, Vec<usize>)>,
    /// The rows that match a photo as well as a row before them, with that row.
    pub(crate) repeated: Vec<(usize, usize)>,
    /// The rows whose file name is a number that is written in another way: `7` for `07.jpg`.
    pub(crate) by_number: Vec<(usize, usize)>,
}

/// How well a row matches a photo; the greater, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// By its name, not only by its number.
    by_name: bool,
    /// With the extension.
    with_extension: bool,
    /// The number of folders that are the same.
    folders: usize,
    /// In the same case.
    same_case: bool,
}

/// Matches the file names of rows with photos. Names are compared without case if no name has the
/// same, in the composed form of Unicode, with as many folders as they share, and without extension
/// if one has none or another.
pub(crate) fn matches(rows: &[&str], photos: &[&str]) -> RowMatches {
    let photos: Vec<Name> = photos.iter().map(|photo| Name::new(photo)).collect();
    let mut index: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (position, photo) in photos.iter().enumerate() {
        for key in photo.keys() {
            index.entry(key).or_default().push(position);
        }
    }
    let mut matches = RowMatches::default();
    // The best row of each photo so far.
    let mut best: BTreeMap<usize, (Score, usize)> = BTreeMap::new();
    for (row, name) in rows.iter().enumerate() {
        let name = Name::new(name);
        let mut found: Vec<(Score, usize)> = Vec::new();
        for key in name.keys() {
            let candidates = index.get(&key).into_iter().flatten();
            found.extend(candidates.map(|&photo| (name.score(&photos[photo]), photo)));
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.dedup_by_key(|(_, photo)| *photo);
        let Some(&(score, photo)) = found.first() else {
            matches.unmatched.push(row);
            continue;
        };
        let equal: Vec<usize> =
            found.iter().filter(|(other, _)| *other == score).map(|(_, photo)| *photo).collect();
        if equal.len() > 1 {
            matches.ambiguous.push((row, equal));
            continue;
        }
        match best.get(&photo) {
            Some((other, first)) if *other == score => matches.repeated.push((row, *first)),
            Some((other, _)) if *other > score => matches.unmatched.push(row),
            Some(&(_, worse)) => {
                matches.unmatched.push(worse);
                best.insert(photo, (score, row));
            }
            None => drop(best.insert(photo, (score, row))),
        }
    }
    for (photo, (score, row)) in best {
        matches.rows.insert(photo, row);
        if !score.by_name {
            matches.by_number.push((row, photo));
        }
    }
    matches.unmatched.sort_unstable();
    matches
}

/// What two names have in common to be compared at all.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Name(String),
    Number(String),
}

/// The name of a file, in its parts.
#[derive(Debug)]
struct Name {
    /// The folders, the innermost first.
    folders: Vec<String>,
    file: String,
    stem: String,
}

impl Name {
    fn new(path: &str) -> Self {
        let path = composed(path.trim()).replace('\\', "/");
        let mut parts = path.split('/').filter(|part| !part.is_empty() && *part != ".").rev();
        let file = parts.next().unwrap_or_default().trim().to_owned();
        let stem = match file.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() && is_extension(extension) => stem,
            _ => file.as_str(),
        };
        Self { folders: parts.map(str::to_owned).collect(), stem: stem.to_owned(), file }
    }

    fn keys(&self) -> Vec<Key> {
        if self.file.is_empty() {
            return Vec::new();
        }
        let mut keys = vec![Key::Name(self.file.to_lowercase())];
        if self.stem != self.file {
            keys.push(Key::Name(self.stem.to_lowercase()));
        }
        keys.extend(self.number().map(|number| Key::Number(number.to_owned())));
        keys
    }

    /// The digits of a name that is a number, without zeros before them.
    fn number(&self) -> Option<&str> {
        let is_number = self.stem.bytes().all(|byte| byte.is_ascii_digit());
        let digits = self.stem.trim_start_matches('0');
        is_number.then_some(if digits.is_empty() { "0" } else { digits })
    }

    fn score(&self, photo: &Self) -> Score {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        let with_extension = same(&self.file, &photo.file);
        // A name without extension may have a dot.
        let by_stem = same(&self.stem, &photo.stem) || same(&self.file, &photo.stem);
        let folders = self.folders.iter().zip(&photo.folders);
        let equal_folders: Vec<_> = folders.take_while(|(own, other)| same(own, other)).collect();
        let same_stem = [&self.stem, &self.file].contains(&&photo.stem);
        Score {
            by_name: with_extension || by_stem,
            with_extension,
            folders: equal_folders.len(),
            same_case: equal_folders.iter().all(|(own, other)| own == other)
                && if with_extension { self.file == photo.file } else { same_stem },
        }
    }
}

fn is_extension(text: &str) -> bool {
    (2..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(rows: &[&str], photos: &[&str]) -> Vec<Option<usize>> {
        let matches = matches(rows, photos);
        (0..photos.len()).map(|photo| matches.rows.get(&photo).copied()).collect()
    }

    #[test]
    fn a_row_names_its_photo_in_any_of_the_usual_ways() {
        for name in [
            "photos/Möwe.jpg",
            "./photos/Möwe.jpg",
            "photos\\Möwe.jpg",
            "C:\\Users\\Ada\\photos\\Möwe.jpg",
            "/Users/ada/Möwe.jpg",
            " Möwe.jpg ",
            "MÖWE.JPG",
            "Mo\u{308}we.jpg",
            "Möwe",
            "Möwe.NEF",
        ] {
            assert_eq!(
                rows_of(&[name], &["photos/Möwe.jpg", "photos/b.jpg"]),
                [Some(0), None],
                "{name}"
            );
        }
        assert_eq!(rows_of(&["a.b"], &["a.b.jpg"]), [Some(0)]);
        assert_eq!(rows_of(&["7"], &["07.jpg"]), [Some(0)]);
    }

    #[test]
    fn the_better_match_wins() {
        assert_eq!(rows_of(&["a.jpg", "A.jpg"], &["A.jpg", "a.jpg"]), [Some(1), Some(0)]);
        assert_eq!(rows_of(&["y/1.jpg", "x/1.jpg"], &["x/1.jpg", "y/1.jpg"]), [Some(1), Some(0)]);
        assert_eq!(rows_of(&["7", "07"], &["07.jpg"]), [Some(1)]);
        assert_eq!(matches(&["b/1.jpg", "a/1.jpg"], &["a/1.jpg"]).unmatched, [0]);
        assert_eq!(rows_of(&["1.jpg", "1.png"], &["1.png", "1.jpg"]), [Some(1), Some(0)]);
    }

    #[test]
    fn what_can_mean_several_photos_means_none() {
        let found = matches(&["1.jpg", "2"], &["a/1.jpg", "b/1.jpg", "2.jpg", "2.png"]);
        assert_eq!(found.rows, BTreeMap::new());
        assert_eq!(found.ambiguous, [(0, vec![0, 1]), (1, vec![2, 3])]);
        let found = matches(&["7"], &["07.jpg", "007.jpg"]);
        assert_eq!(found.ambiguous.len(), 1);
        let found = matches(&["1.jpg", "1.jpg"], &["1.jpg"]);
        assert_eq!((found.rows[&0], found.repeated), (0, vec![(1, 0)]));
    }
}
