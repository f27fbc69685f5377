//! Validation and percent-encoding of external links.

use crate::html::xml::clean;

/// The URL of a link if it is external (`http`, `https` or `mailto`), with characters that a URL
/// may not contain (RFC 3986, 2) percent-encoded.
pub(crate) fn address(target: &str) -> Option<String> {
    let target = clean(target.trim()).into_owned();
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    let rest = &target[scheme.len() + 1..];
    match scheme.as_str() {
        "http" | "https" if rest.strip_prefix("//").is_some_and(has_valid_host) => {}
        "mailto" if !rest.is_empty() => {}
        _ => return None,
    }
    let mut address = String::with_capacity(target.len());
    let mut in_fragment = false;
    for (at, c) in target.char_indices() {
        let second_hash = c == '#' && in_fragment;
        in_fragment |= c == '#';
        let is_escape = || {
            let digits = target.as_bytes().get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let must_be_encoded = c.is_whitespace() || "\"<>\\^`{|}[]".contains(c);
        if must_be_encoded || second_hash || (c == '%' && !is_escape()) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                address.push('%');
                for digit in [byte >> 4, byte & 15] {
                    address
                        .extend(char::from_digit(digit.into(), 16).map(|c| c.to_ascii_uppercase()));
                }
            }
        } else {
            address.push(c);
        }
    }
    Some(address)
}

/// Whether the text after `//` begins with a host that a reading system can resolve: labels of
/// letters, digits and hyphens, and optionally a port (RFC 3986, 3.2).
fn has_valid_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    let ends_in_number = host.rsplit('.').next().is_some_and(is_number);
    host.split('.').all(is_label)
        && (port.is_empty() || port.parse::<u16>().is_ok())
        && (!ends_in_number || host.parse::<std::net::Ipv4Addr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_external_addresses_are_links() {
        assert_eq!(
            address("https://a.example/b c?d=100%"),
            Some("https://a.example/b%20c?d=100%25".into())
        );
        assert_eq!(address("mailto:a@b.example"), Some("mailto:a@b.example".into()));
        assert_eq!(address("javascript:alert(1)"), None);
        assert_eq!(address("photos/01.jpg"), None);
        assert_eq!(address("https:"), None);
        assert_eq!(address("https://exa mple.org/"), None);
        assert_eq!(address("http://user@bank.example/"), None);
        assert_eq!(address("http://1.2.3.400/"), None);
        assert_eq!(address("http://a.example:80/#b#c"), Some("http://a.example:80/#b%23c".into()));
    }
}
