//! Short names of licences.

use crate::html::xml::one_line;

/// The short name of a licence by its address, such as `CC BY 4.0`; the address without its
/// scheme for one that is not of Creative Commons.
pub(super) fn name(license: &str) -> String {
    let license = one_line(license);
    let address = license.trim_start_matches("https://").trim_start_matches("http://");
    let address = address.trim_start_matches("www.").trim_end_matches('/');
    let mut path = address.split('/');
    match (path.next(), path.next(), path.next(), path.next()) {
        (Some("creativecommons.org"), Some("licenses"), Some(terms), Some(version)) => {
            format!("CC {} {version}", terms.to_uppercase())
        }
        (Some("creativecommons.org"), Some("publicdomain"), Some("zero"), Some(version)) => {
            format!("CC0 {version}")
        }
        (Some("creativecommons.org"), Some("publicdomain"), Some("mark"), Some(version)) => {
            format!("Public Domain Mark {version}")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_creative_commons_licence_has_its_usual_name() {
        assert_eq!(name("https://creativecommons.org/licenses/by-sa/4.0/"), "CC BY-SA 4.0");
        assert_eq!(name("http://creativecommons.org/publicdomain/zero/1.0/"), "CC0 1.0");
        assert_eq!(name("https://www.example.org/terms/"), "example.org/terms");
        assert_eq!(name("All rights reserved"), "All rights reserved");
    }
}
