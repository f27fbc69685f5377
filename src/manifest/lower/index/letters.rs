//! The first letters by which the entries of an index are grouped.

use icu_collator::CollatorBorrowed;
use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::model::Language;

/// The letter of the group that a text belongs to; `None` for digits and signs, and for Chinese
/// characters in languages that sort them by readings that are not known.
pub(super) fn first(
    text: &str,
    language: &Language,
    collator: Option<&CollatorBorrowed<'_>>,
) -> Option<String> {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric() || is_kana_mark(*c));
    let first = letters.next()?;
    // In Thai and Lao, some vowels are written before the consonant that they follow.
    let is_leading_vowel = matches!(first, '\u{E40}'..='\u{E44}' | '\u{EC0}'..='\u{EC4}');
    let first = if is_leading_vowel { letters.next().unwrap_or(first) } else { first };
    match first {
        c if c.is_numeric() => None,
        '\u{AC00}'..='\u{D7A3}' => hangul_initial(first),
        '\u{3041}'..='\u{30FF}' => kana_row(first),
        '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => match language.primary().as_str() {
            "zh" => Some(pinyin_initial(&text[text.find(first)?..], collator?)),
            _ => None,
        },
        _ => Some(alphabetic(first, collator)),
    }
}

fn is_kana_mark(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}')
}

/// The capital, without its accent unless the language has it as a letter of its own.
fn alphabetic(first: char, collator: Option<&CollatorBorrowed<'_>>) -> String {
    let capital: String = first.to_uppercase().collect();
    // ß and ligatures become two letters.
    let capital: String = capital.chars().take(1).collect();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(&capital).into_owned();
    let base: String = decomposed.chars().take(1).collect();
    let is_same = collator.is_none_or(|it| it.compare(&base, &capital).is_eq());
    if is_same { base } else { capital }
}

/// The initial consonant of a syllable; doubled ones are grouped with the single ones.
fn hangul_initial(syllable: char) -> Option<String> {
    const INITIALS: [char; 19] = [
        'ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅈ', 'ㅊ',
        'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
    ];
    /// The number of syllables with the same initial.
    const SYLLABLES: u32 = 588;
    let index = usize::try_from((u32::from(syllable) - 0xAC00) / SYLLABLES).ok()?;
    INITIALS.get(index).map(char::to_string)
}

/// The row of the fifty-sound table.
fn kana_row(kana: char) -> Option<String> {
    /// The last kana of each row in the order of Unicode, and the name of the row.
    const ROWS: [(char, char); 10] = [
        ('お', 'あ'),
        ('ご', 'か'),
        ('ぞ', 'さ'),
        ('ど', 'た'),
        ('の', 'な'),
        ('ぽ', 'は'),
        ('も', 'ま'),
        ('よ', 'や'),
        ('ろ', 'ら'),
        ('ゔ', 'わ'),
    ];
    // Katakana follow hiragana at a constant distance.
    let hiragana = match kana {
        '\u{30A1}'..='\u{30F4}' => char::from_u32(u32::from(kana) - 0x60)?,
        _ => kana,
    };
    let row = ROWS.iter().find(|(last, _)| hiragana <= *last)?;
    Some(row.1.to_string())
}

/// The first letter of the reading, by the characters with which the letters begin in the order of
/// pinyin. The reading of a character can depend on the next one, as in 重庆.
fn pinyin_initial(text: &str, collator: &CollatorBorrowed<'_>) -> String {
    const FIRST: [(char, char); 23] = [
        ('A', '阿'),
        ('B', '八'),
        ('C', '嚓'),
        ('D', '咑'),
        ('E', '妸'),
        ('F', '发'),
        ('G', '旮'),
        ('H', '哈'),
        ('J', '丌'),
        ('K', '咔'),
        ('L', '垃'),
        ('M', '妈'),
        ('N', '拏'),
        ('O', '噢'),
        ('P', '妑'),
        ('Q', '七'),
        ('R', '呥'),
        ('S', '仨'),
        ('T', '他'),
        ('W', '屲'),
        ('X', '夕'),
        ('Y', '丫'),
        ('Z', '帀'),
    ];
    let is_reached = |first: char| collator.compare(&first.to_string(), text).is_le();
    let letter = FIRST.iter().rev().find(|(_, first)| is_reached(*first));
    letter.map_or('A', |(letter, _)| *letter).to_string()
}
