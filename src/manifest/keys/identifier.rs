//! Identifiers as the manifest writes them: ISBNs, URNs, URLs and UUIDs.

use uuid::Uuid;

use crate::model::Identifier;

/// Reads an identifier as the manifest has it.
pub(crate) fn read(text: &str) -> Result<Identifier, String> {
    let lower = text.to_ascii_lowercase();
    for prefix in ["urn:isbn:", "isbn:", "isbn "] {
        if lower.starts_with(prefix) {
            return isbn(&text[prefix.len()..]).map(Identifier::Isbn);
        }
    }
    let bare = lower.strip_prefix("urn:uuid:").unwrap_or(&lower);
    if let Ok(uuid) = Uuid::try_parse(bare) {
        return Ok(Identifier::Uuid(uuid.hyphenated().to_string()));
    }
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    if digits.len() == 13 && (digits.starts_with("978") || digits.starts_with("979")) {
        return isbn(text).map(Identifier::Isbn);
    }
    if is_uri(text) {
        return Ok(Identifier::Uri(text.to_owned()));
    }
    Err(format!(
        "`{text}` is not an identifier\nwrite isbn: and its digits, a URL, a URN or a UUID, or \
         leave the key out"
    ))
}

/// Thirteen digits, from thirteen or ten, with the check digit looked at (ISO 2108).
fn isbn(text: &str) -> Result<String, String> {
    let text = text.trim();
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '‐' | '–')).collect();
    let form = || format!("`{text}` is not an ISBN\nan ISBN has 13 digits, an old one 10");
    if !digits.is_ascii() {
        return Err(form());
    }
    match digits.len() {
        13 if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            if !digits.starts_with("978") && !digits.starts_with("979") {
                return Err(format!("the ISBN {text} starts with neither 978 nor 979"));
            }
            let right = ean_check(&digits[..12]);
            if digits.ends_with(right) { Ok(digits) } else { Err(check_digit(text, right)) }
        }
        10 if digits[..9].bytes().all(|byte| byte.is_ascii_digit()) => {
            let sum: u32 = (2..=10).rev().zip(digits[..9].bytes()).map(weighted).sum();
            let right = match (11 - sum % 11) % 11 {
                10 => 'X',
                digit => char::from_digit(digit, 10).unwrap_or('0'),
            };
            if !digits.to_ascii_uppercase().ends_with(right) {
                return Err(check_digit(text, right));
            }
            let stem = format!("978{}", &digits[..9]);
            let check = ean_check(&stem);
            Ok(format!("{stem}{check}"))
        }
        _ => Err(form()),
    }
}

fn check_digit(text: &str, right: char) -> String {
    format!(
        "the check digit of the ISBN {text} does not fit\nsee whether a digit is wrong; if the \
         others are right, the last one is {right}"
    )
}

fn ean_check(twelve: &str) -> char {
    let sum: u32 = [1, 3].into_iter().cycle().zip(twelve.bytes()).map(weighted).sum();
    char::from_digit((10 - sum % 10) % 10, 10).unwrap_or('0')
}

fn weighted((weight, digit): (u32, u8)) -> u32 {
    weight * u32::from(digit - b'0')
}

/// A scheme, a colon and something without blanks (RFC 3986, 3).
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !rest.trim_start_matches('/').is_empty()
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
}

#[cfg(test)]
mod tests {
    use super::{isbn, read};
    use crate::model::Identifier;

    #[test]
    fn check_digits_are_verified_and_old_isbns_become_new_ones() {
        assert_eq!(isbn("978-0-306-40615-7"), Ok("9780306406157".into()));
        assert_eq!(isbn("0-306-40615-2"), Ok("9780306406157".into()));
        assert_eq!(isbn("080442957X"), Ok("9780804429573".into()));
        assert!(isbn("9780306406158").is_err_and(|fault| fault.ends_with("the last one is 7")));
        assert!(isbn("0-306-40615-3").is_err());
        assert!(isbn("97803064").is_err());
        assert!(isbn("9770306406157").is_err());
        assert!(isbn("ééééé").is_err());
    }

    #[test]
    fn identifiers_are_told_apart_by_their_form() {
        assert_eq!(read("urn:isbn:0306406152"), Ok(Identifier::Isbn("9780306406157".into())));
        assert_eq!(
            read("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"),
            Ok(Identifier::Uuid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6".into()))
        );
        assert_eq!(read("doi:10.1000/1"), Ok(Identifier::Uri("doi:10.1000/1".into())));
        assert!(read("my book").is_err());
        assert!(read("https://").is_err());
    }
}
