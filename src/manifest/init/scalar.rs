//! YAML scalars and comments.

/// A text as a YAML scalar on one line: as it is if YAML reads it so, else in double quotes.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes. A string of JSON is one of YAML (YAML 1.2.2, section 1.2).
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether every YAML reader takes this text, unquoted, as the same string, even inside `{ }`.
fn is_plain(text: &str) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    let is_special = |c: char| c.is_control() || matches!(c, ',' | '[' | ']' | '{' | '}' | '\\');
    (first.is_alphanumeric() || matches!(first, '“' | '‘' | '„' | '«' | '©' | '(' | '.' | '/'))
        && !last.is_whitespace()
        && last != ':'
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(is_special)
        && !is_another_type(text)
}

/// Whether editors and other programs read this word as a number, a truth value or nothing.
/// Dates are meant to look like dates.
fn is_another_type(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, '.' | '_' | 'x' | 'o'));
    is_number || WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// A text within a comment: on one line.
pub(super) fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scalar_is_quoted_where_yaml_would_read_something_else() {
        for plain in ["Winter Road", "photos/01.jpg", "It's 2 o'clock", "“Dawn”", "2026-02-14"]
        {
            assert_eq!(scalar(plain), plain);
        }
        for (text, quoted) in [
            ("", "\"\""),
            ("1984", "\"1984\""),
            ("1.50", "\"1.50\""),
            ("No", "\"No\""),
            ("#1.jpg", "\"#1.jpg\""),
            ("a: b", "\"a: b\""),
            ("room #4", "\"room #4\""),
            ("- dash", "\"- dash\""),
            ("Ends:", "\"Ends:\""),
            ("say \"hi\", [x]", "\"say \\\"hi\\\", [x]\""),
            ("*star", "\"*star\""),
            ("tab\there", "\"tab\\there\""),
        ] {
            assert_eq!(scalar(text), quoted);
        }
    }
}
