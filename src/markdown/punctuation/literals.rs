//! What is not prose and stays letter by letter: addresses, paths, file names, code-like words.
//!
//! The ends of addresses are those of GitHub Flavored Markdown's extended autolinks (6.9): a
//! stop or an unbalanced bracket at the end is not part of the address.

use super::line::{Letter, is_unspaced};

/// Fixes the characters of everything that is not prose.
pub(super) fn fix(line: &mut [Letter]) {
    let characters: Vec<char> =
        line.iter().map(|letter| if letter.fixed { ' ' } else { letter.character }).collect();
    let mut start = 0;
    for word in characters.split(|&c| is_boundary(c)) {
        // Only these characters are ever replaced.
        if word.iter().any(|c| matches!(c, '\'' | '-' | '.')) {
            for (from, to) in literals(word) {
                line[start + from..start + to].iter_mut().for_each(|letter| letter.fixed = true);
            }
        }
        start += word.len() + 1;
    }
}

/// Whether no address goes on here.
fn is_boundary(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '<' | '>' | '"' | '“' | '”' | '„' | '‘' | '‚' | '«' | '»' | '‹' | '›'
        )
        || matches!(character, '—' | '–' | '…' | '、' | '。' | '，' | '；' | '：' | '！' | '？')
        || matches!(character, '（' | '）' | '「' | '」' | '『' | '』' | '【' | '】' | '《' | '》')
}

/// The ranges of a word without spaces that are not prose.
fn literals(word: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut rest = 0;
    let mut at = 0;
    while at < word.len() {
        let range = if word[at] == '@' {
            email(word, rest, at)
        } else if at == 0 || !word[at - 1].is_ascii_alphanumeric() {
            address_end(word, at).map(|end| (at, end))
        } else {
            None
        };
        if let Some((from, to)) = range {
            found.push((from, to));
            rest = to;
            at = to.max(at + 1);
        } else {
            at += 1;
        }
    }
    if found.is_empty() {
        let mut start = 0;
        for part in word.split(|&c| is_unspaced(c)) {
            let (from, to) = core(part);
            let text: String = part[from..to].iter().collect();
            let to = to - text.strip_suffix("'s").map_or(0, |_| 2);
            if is_literal(text.strip_suffix("'s").unwrap_or(&text)) {
                found.push((start + from, start + to));
            }
            start += part.len() + 1;
        }
    }
    found
}

/// A part without the brackets and quotes around it and the stops after it.
fn core(part: &[char]) -> (usize, usize) {
    let opening = |c: &&char| matches!(c, '(' | '[' | '{' | '\'' | '*' | '¿' | '¡');
    let from = part.iter().take_while(opening).count();
    (from, trimmed_end(part, from, part.len()))
}

/// The end of an address, without stops and unbalanced brackets.
fn trimmed_end(word: &[char], start: usize, mut end: usize) -> usize {
    const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];
    let count = |bracket| word[start..end].iter().filter(|&&c| c == bracket).count();
    let mut unbalanced = PAIRS.map(|(open, close)| count(close).saturating_sub(count(open)));
    while end > start {
        let last = word[end - 1];
        let bracket = PAIRS.iter().position(|&(_, close)| close == last);
        match bracket {
            Some(bracket) if unbalanced[bracket] > 0 => unbalanced[bracket] -= 1,
            None if matches!(
                last,
                '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '’'
            ) => {}
            _ => break,
        }
        end -= 1;
    }
    end
}

/// The end of the address that starts here with a scheme, `www.` or the number of a DOI.
fn address_end(word: &[char], at: usize) -> Option<usize> {
    /// Schemes without a host.
    const SCHEMES: [&str; 17] = [
        "mailto", "doi", "urn", "tel", "sms", "geo", "magnet", "data", "xmpp", "sip", "hdl",
        "arxiv", "ark", "info", "pmid", "did", "isbn",
    ];
    let rest = &word[at..];
    let is_scheme_letter = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-');
    let scheme: String = rest.iter().take(24).take_while(is_scheme_letter).collect();
    let after = at + scheme.len();
    let name = scheme.to_ascii_lowercase();
    let end = if word[after..].starts_with(&[':', '/', '/'])
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        host_and_path_end(word, after + 3).filter(|&end| end > after + 3)?
    } else if word.get(after) == Some(&':') && SCHEMES.contains(&&*name) {
        word.len()
    } else if name.starts_with("www.") {
        host_and_path_end(word, at + 4).filter(|&end| end > at + 4)?
    } else if is_doi(rest) {
        word.len()
    } else {
        return None;
    };
    let end = trimmed_end(word, at, end);
    (end > after + 1 || name.starts_with("www.") || is_doi(rest)).then_some(end)
}

/// `10.1000/…`
fn is_doi(rest: &[char]) -> bool {
    let Some(number) = rest.strip_prefix(&['1', '0', '.']) else { return false };
    let digits = number.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    digits >= 4 && number.get(digits) == Some(&'/') && number.len() > digits + 1
}

/// The end of a host name and of what follows it.
fn host_and_path_end(word: &[char], start: usize) -> Option<usize> {
    let end = host_end(word, start, true);
    match word.get(end) {
        Some('/' | '?' | '#') => Some(word.len()),
        _ if end > start => Some(end),
        _ => None,
    }
}

/// The end of a host name, with a user before it and a port after it in the address of a page.
fn host_end(word: &[char], start: usize, is_page: bool) -> usize {
    let goes_on = |at: usize| word.get(at).is_some_and(|c| c.is_alphanumeric());
    let mut end = start;
    let mut label = start;
    while let Some(&c) = word.get(end) {
        match c {
            '.' if goes_on(end + 1) => label = end + 1,
            ':' | '@' if is_page && goes_on(end + 1) => label = end + 1,
            '-' | '_' | '%' | '[' | ']' => {}
            c if c.is_alphanumeric() => {}
            _ => break,
        }
        end += 1;
    }
    // A top-level domain has no hyphens but those of Punycode: the rest is a dash.
    let last = &word[label..end];
    let is_followed = matches!(word.get(end), Some('/' | '?' | '#'));
    let dash = last.windows(2).position(|pair| pair == ['-', '-']);
    match dash {
        Some(dash) if !is_followed && !last.starts_with(&['x', 'n', '-', '-']) => label + dash,
        _ => end,
    }
}

/// The e-mail address around the sign at `at`, or a handle that starts with it.
fn email(word: &[char], first: usize, at: usize) -> Option<(usize, usize)> {
    /// The part before the sign (RFC 5321, 4.5.3.1.1).
    const LONGEST: usize = 64;
    let is_local = |c: char| c.is_alphanumeric() || ".&'+_-=~".contains(c);
    let mut from = at;
    let first = first.max(at.saturating_sub(LONGEST));
    while from > first && is_local(word[from - 1]) && !(word[from - 1] == '.' && word[from] == '.')
    {
        from -= 1;
    }
    while from < at && !word[from].is_alphanumeric() {
        from += 1;
    }
    if from == at {
        // A handle: @ada--photos.
        let is_name = |c: &&char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
        let length = word[at + 1..].iter().take_while(is_name).count();
        let end = trimmed_end(word, at + 1, at + 1 + length);
        return (end > at + 1 && !word[at + 1..end].windows(2).any(|pair| pair == ['.', '.']))
            .then_some((at, end));
    }
    let end = host_end(word, at + 1, false);
    let end = trimmed_end(word, at + 1, end);
    if !word[at..end].contains(&'.') {
        return None;
    }
    let continues = matches!(word.get(end), Some(':' | '/' | '?'))
        && word.get(end + 1).is_some_and(|c| c.is_alphanumeric());
    let end = if continues { trimmed_end(word, from, word.len()) } else { end };
    Some((from, end))
}

/// Whether a word is a path, a file name, a version or code.
fn is_literal(word: &str) -> bool {
    is_path(word) || is_file(word) || is_host(word) || is_code(word) || is_version(word)
}

fn is_path(word: &str) -> bool {
    let starts = ["./", "../", "~/", "$", "%"].iter().any(|start| word.starts_with(start));
    let after_root = word.strip_prefix('/').filter(|rest| rest.starts_with(char::is_alphanumeric));
    let mut start = word.chars();
    let is_drive = start.next().is_some_and(|c| c.is_ascii_alphabetic())
        && start.next() == Some(':')
        && matches!(start.next(), Some('/' | '\\'));
    let is_folder = word.ends_with('/') && word.starts_with(char::is_alphanumeric);
    (starts && word.contains(['/', '\\']))
        || after_root.is_some_and(|rest| rest.contains('/'))
        || is_drive
        || is_folder
        || word.contains('\\')
}

fn is_file(word: &str) -> bool {
    const EXTENSIONS: &str = " jpg jpeg jpe png tif tiff webp gif bmp jxl heic heif avif psd psb svg \
        eps ai indd raw cr2 cr3 nef arw dng raf orf rw2 xmp icc icm pdf epub md txt rtf htm html \
        xhtml css js ts json yaml yml toml ini cfg conf log xml csv tsv sql db zip tar gz tgz bz2 \
        xz 7z rar iso mp3 mp4 m4a m4v mov avi mkv wav flac ogg doc docx odt xls xlsx ods ppt pptx \
        odp ttf otf ttc woff woff2 rs py rb go java sh bat exe dmg deb rpm ";
    word.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && EXTENSIONS.contains(&format!(" {} ", extension.to_ascii_lowercase()))
    })
}

/// `example.org/a--b`, or a name in Punycode.
fn is_host(word: &str) -> bool {
    let (host, path) = match word.find(['/', '?', '#']) {
        Some(at) => word.split_at(at),
        None => (word, ""),
    };
    let host = host.split(':').next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let Some(last) = labels.last() else { return false };
    let is_top = last.len() >= 2
        && (last.bytes().all(|byte| byte.is_ascii_lowercase())
            || last.bytes().all(|byte| byte.is_ascii_uppercase()));
    let is_punycode = labels.iter().any(|label| label.starts_with("xn--"));
    labels.len() >= 2
        && labels.iter().all(is_label)
        && (is_punycode || (is_top && !path.is_empty()))
}

fn is_code(word: &str) -> bool {
    let within = |sign: &str| {
        word.match_indices(sign).any(|(at, _)| {
            word[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
                && word[at + sign.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    };
    let operators = ["::", "->", "=>", "()", "&&", "||", "==", "!=", "${", "__"];
    // `--no-cache`: a dash does not begin a word with a hyphen.
    let is_option = word.strip_prefix("--").is_some_and(|option| {
        option.starts_with(|c: char| c.is_ascii_lowercase())
            && option.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && option.contains('-')
            && !option.contains("--")
    });
    within("_") || within("=") || is_option || operators.iter().any(|sign| word.contains(sign))
}

/// `1.0.0--rc.1`, `v2.1--beta`, `v1.0...v2.0`.
fn is_version(word: &str) -> bool {
    const STAGES: [&str; 9] =
        ["alpha", "beta", "rc", "pre", "dev", "snapshot", "nightly", "build", "post"];
    let dash = word.find("--").map(|at| (at, 2));
    let Some((at, length)) = dash.or_else(|| word.find("...").map(|at| (at, 3))) else {
        return false;
    };
    let (head, tail) = (&word[..at], &word[at + length..]);
    let name = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &head[name.len()..];
    let has_v = name.ends_with(['v', 'V']);
    let is_number =
        !number.is_empty() && number.split('.').all(|part| (1..=3).contains(&part.len()));
    let is_staged = STAGES.iter().any(|stage| tail.to_ascii_lowercase().starts_with(stage));
    let is_range = length == 3
        && has_v
        && tail.trim_start_matches(['v', 'V']).starts_with(|c: char| c.is_ascii_digit());
    is_number && ((is_staged && (has_v || number.matches('.').count() >= 2)) || is_range)
}
