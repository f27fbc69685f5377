//! Patterns of the files that other patterns leave out.

use super::expand::PatternError;
use super::matcher::PatternMatcher;

/// A pattern of files to leave out. Without a `/`, it is matched against the names of files and
/// folders, wherever they are; with one, against paths relative to the manifest. What matches a
/// folder leaves out all files in it.
#[derive(Debug)]
pub(crate) struct Exclusion {
    matcher: PatternMatcher,
    is_name: bool,
}

impl Exclusion {
    /// # Errors
    /// If the pattern is invalid.
    pub(crate) fn new(pattern: &str) -> Result<Self, PatternError> {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern).trim_end_matches('/');
        let matcher = PatternMatcher::new(pattern)
            .map_err(|error| PatternError::Invalid(error.kind().to_string()))?;
        Ok(Self { matcher, is_name: !pattern.contains('/') })
    }

    /// Whether a file, named relative to the manifest, is left out.
    pub(crate) fn matches(&self, name: &str) -> bool {
        if self.is_name {
            return name.split('/').any(|part| self.matcher.matches(part));
        }
        let ends = name.match_indices('/').map(|(end, _)| end).chain([name.len()]);
        ends.into_iter().any(|end| self.matcher.matches(&name[..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_excluded(pattern: &str, name: &str) -> bool {
        Exclusion::new(pattern).unwrap().matches(name)
    }

    #[test]
    fn a_pattern_without_a_slash_is_that_of_a_name() {
        assert!(is_excluded("*-draft.*", "photos/2026/01-draft.jpg"));
        assert!(is_excluded("*-DRAFT.*", "01-draft.jpg"));
        assert!(is_excluded("drafts", "photos/drafts/01.jpg"));
        assert!(!is_excluded("draft", "photos/01-draft.jpg"));
    }

    #[test]
    fn a_pattern_with_a_slash_is_relative_to_the_manifest() {
        assert!(is_excluded("photos/drafts/", "photos/drafts/01.jpg"));
        assert!(is_excluded("./photos/0*.jpg", "photos/01.jpg"));
        assert!(is_excluded("**/x/*.png", "photos/x/01.png"));
        assert!(!is_excluded("photos/*.jpg", "photos/b/01.jpg"));
    }
}
