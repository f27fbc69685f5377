//! The findings that an author accepts.

use std::collections::BTreeSet;

use super::codes::Code;
use super::finding::Finding;
use super::severity::Severity;

/// The codes of findings that an author accepts for good.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allowed(BTreeSet<Code>);

impl Allowed {
    /// Removes the warnings and notes that are accepted. Errors that are a matter of taste become
    /// warnings; see [`Code::is_acceptable_error`].
    #[must_use]
    pub fn apply(&self, findings: Vec<Finding>) -> Vec<Finding> {
        findings.into_iter().filter_map(|finding| self.apply_to(finding)).collect()
    }

    fn apply_to(&self, finding: Finding) -> Option<Finding> {
        match finding.severity {
            _ if !self.0.contains(&finding.code) => Some(finding),
            Severity::Error if finding.code.is_acceptable_error() => {
                Some(finding.severity(Severity::Warning))
            }
            Severity::Error => Some(finding),
            Severity::Warning | Severity::Note => None,
        }
    }
}

impl FromIterator<Code> for Allowed {
    fn from_iter<I: IntoIterator<Item = Code>>(codes: I) -> Self {
        Self(codes.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_vanish_and_errors_of_taste_become_warnings() {
        let allowed: Allowed =
            [Code::AltMissing, Code::Resolution, Code::PhotoMissing].into_iter().collect();
        let coarse = Finding::new(Code::Resolution, "coarse").severity(Severity::Error);
        let missing = Finding::new(Code::PhotoMissing, "missing");
        let findings = vec![
            Finding::new(Code::AltMissing, "no alt text"),
            coarse.clone(),
            missing.clone(),
            coarse.clone().severity(Severity::Note),
        ];
        assert_eq!(allowed.apply(findings), [coarse.severity(Severity::Warning), missing]);
    }
}
