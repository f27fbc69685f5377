//! Parses identifiers: ISBNs, URNs, URLs and UUIDs.

use crate::manifest::keys::invalid::InvalidValue;

use crate::model::Identifier;

/// Parses an identifier of the manifest.
pub(crate) fn parse(text: &str) -> Result<Identifier, InvalidValue> {
    let lower = text.to_ascii_lowercase();
    for prefix in ["urn:isbn:", "isbn:", "isbn "] {
        if lower.starts_with(prefix) {
            return isbn(&text[prefix.len()..]).map(Identifier::Isbn);
        }
    }
    let bare = lower.strip_prefix("urn:uuid:").unwrap_or(&lower);
    if let Some(uuid) = Identifier::from_uuid(bare) {
        return Ok(uuid);
    }
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    if digits.len() == 13 && (digits.starts_with("978") || digits.starts_with("979")) {
        return isbn(text).map(Identifier::Isbn);
    }
    if is_uri(text) {
        return Ok(Identifier::Uri(text.to_owned()));
    }
    Err(InvalidValue::new(format!("`{text}` is not an identifier")).hint(
        "use isbn: with its digits, a URL, a URN or a UUID, or \
         omit the key",
    ))
}

/// Normalises an ISBN to 13 digits and verifies its check digit (ISO 2108).
fn isbn(text: &str) -> Result<String, InvalidValue> {
    let text = text.trim();
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '‐' | '–')).collect();
    let error = || {
        InvalidValue::new(format!("`{text}` is not an ISBN"))
            .hint("an ISBN has 13 digits, or 10 before 2007")
    };
    if !digits.is_ascii() {
        return Err(error());
    }
    match digits.len() {
        13 if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            if !digits.starts_with("978") && !digits.starts_with("979") {
                return Err(InvalidValue::new(format!(
                    "the ISBN {text} starts with neither 978 nor 979"
                )));
            }
            let right = ean_check(&digits[..12]);
            if digits.ends_with(right) { Ok(digits) } else { Err(wrong_check_digit(text, right)) }
        }
        10 if digits[..9].bytes().all(|byte| byte.is_ascii_digit()) => {
            let sum: u32 = (2..=10).rev().zip(digits[..9].bytes()).map(weighted).sum();
            let right = match (11 - sum % 11) % 11 {
                10 => 'X',
                digit => char::from_digit(digit, 10).unwrap_or('0'),
            };
            if !digits.to_ascii_uppercase().ends_with(right) {
                return Err(wrong_check_digit(text, right));
            }
            let stem = format!("978{}", &digits[..9]);
            let check = ean_check(&stem);
            Ok(format!("{stem}{check}"))
        }
        _ => Err(error()),
    }
}

fn wrong_check_digit(text: &str, right: char) -> InvalidValue {
    InvalidValue::new(format!("the ISBN {text} has a wrong check digit")).hint(format!(
        "check for a typo; if the other digits are \
         right, the last one is {right}"
    ))
}

fn ean_check(twelve: &str) -> char {
    let sum: u32 = [1, 3].into_iter().cycle().zip(twelve.bytes()).map(weighted).sum();
    char::from_digit((10 - sum % 10) % 10, 10).unwrap_or('0')
}

fn weighted((weight, digit): (u32, u8)) -> u32 {
    weight * u32::from(digit - b'0')
}

/// Whether a text is a URI: a scheme, a colon and a rest without spaces (RFC 3986, 3).
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !rest.trim_start_matches('/').is_empty()
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
}

#[cfg(test)]
mod tests {
    use super::{isbn, parse};
    use crate::model::Identifier;

    #[test]
    fn check_digits_are_verified_and_short_isbns_are_converted() {
        assert_eq!(isbn("978-0-306-40615-7"), Ok("9780306406157".into()));
        assert_eq!(isbn("0-306-40615-2"), Ok("9780306406157".into()));
        assert_eq!(isbn("080442957X"), Ok("9780804429573".into()));
        assert!(
            isbn("9780306406158")
                .is_err_and(|error| error.to_string().ends_with("the last one is 7"))
        );
        assert!(isbn("0-306-40615-3").is_err());
        assert!(isbn("97803064").is_err());
        assert!(isbn("9770306406157").is_err());
        assert!(isbn("ééééé").is_err());
    }

    #[test]
    fn the_form_of_an_identifier_decides_its_kind() {
        assert_eq!(parse("urn:isbn:0306406152"), Ok(Identifier::Isbn("9780306406157".into())));
        assert_eq!(
            parse("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"),
            Ok(Identifier::Uuid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6".into()))
        );
        assert_eq!(parse("doi:10.1000/1"), Ok(Identifier::Uri("doi:10.1000/1".into())));
        assert!(parse("my book").is_err());
        assert!(parse("https://").is_err());
    }
}
