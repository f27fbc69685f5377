//! Markdown: blocks, inlines, and quotation marks by language.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use recto::markdown;
use recto::model::{Block, ColumnAlign, Inline, Language, plain_text};

use crate::support::fixture::lines;

/// An outline with one line per block.
fn outline(blocks: &[Block]) -> String {
    let mut text = String::new();
    write_outline(blocks, 0, &mut text);
    text
}

fn write_outline(blocks: &[Block], depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for block in blocks {
        match block {
            Block::Heading { level, content } => {
                writeln!(text, "{indent}h{level} {}", markup(content)).unwrap();
            }
            Block::Paragraph(content) => writeln!(text, "{indent}p {}", markup(content)).unwrap(),
            Block::Dateline(content) => {
                writeln!(text, "{indent}dateline {}", markup(content)).unwrap();
            }
            Block::Quote(inner) => {
                writeln!(text, "{indent}quote").unwrap();
                write_outline(inner, depth + 1, text);
            }
            Block::Verse(verse) => {
                for line in verse.lines() {
                    let content = markup(&line.content);
                    writeln!(text, "{indent}verse {} {content}", line.indent).unwrap();
                }
            }
            Block::Epigraph(epigraph) => {
                writeln!(text, "{indent}epigraph {}", markup(&epigraph.source)).unwrap();
                write_outline(&epigraph.blocks, depth + 1, text);
            }
            Block::List { start, items } => {
                for item in items {
                    writeln!(text, "{indent}item of {start:?}").unwrap();
                    write_outline(item, depth + 1, text);
                }
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    writeln!(text, "{indent}term {}", markup(&definition.term)).unwrap();
                    for meaning in &definition.meanings {
                        writeln!(text, "{indent}means").unwrap();
                        write_outline(meaning, depth + 1, text);
                    }
                }
            }
            Block::Table(table) => {
                let row = |cells: &[Vec<Inline>]| {
                    cells.iter().map(|cell| markup(cell)).collect::<Vec<_>>().join(" | ")
                };
                let columns = table.columns.iter().map(|align| match align {
                    ColumnAlign::Start => "<",
                    ColumnAlign::Centre => "=",
                    ColumnAlign::End => ">",
                });
                let columns: String = columns.collect();
                writeln!(text, "{indent}table {columns} {}", row(&table.head)).unwrap();
                for cells in &table.rows {
                    writeln!(text, "{indent}row {}", row(cells)).unwrap();
                }
            }
            Block::Figure(figure) => {
                let alt = figure.alt.as_deref().unwrap_or("-");
                let caption = markup(&figure.caption);
                writeln!(text, "{indent}figure {} ({alt}) {caption}", figure.picture.name).unwrap();
            }
            Block::Break => writeln!(text, "{indent}break").unwrap(),
            Block::Translation(_) => {}
            Block::Code(lines) => writeln!(text, "{indent}code {lines:?}").unwrap(),
        }
    }
}

/// The inlines with their markup in angle brackets.
fn markup(inlines: &[Inline]) -> String {
    let parts = inlines.iter().map(|inline| match inline {
        Inline::Text(text) => text.clone(),
        Inline::Emphasis(inner) => format!("<i {}>", markup(inner)),
        Inline::Strong(inner) => format!("<b {}>", markup(inner)),
        Inline::Link { target, content } => format!("<a {target} {}>", markup(content)),
        Inline::Code(code) => format!("<c {code}>"),
        Inline::LineBreak => "<br>".to_owned(),
        Inline::Note(note) => {
            format!("<{}: {}>", note.number, outline(&note.content).trim_end().replace('\n', " / "))
        }
    });
    parts.collect()
}

fn blocks(text: &str) -> (String, Vec<String>) {
    let read = markdown::blocks(text, &Language::default(), None);
    (outline(&read.content), lines(&read.findings))
}

fn caption(text: &str) -> String {
    markup(&markdown::inlines(text, &Language::default()).content)
}

#[test]
fn an_essay_is_parsed_into_blocks() {
    let text = "# The *road*\n\nIt begins\nhere.  \nAnd goes on.\n\n> Quoted.\n>\n> > Deeper.\n\n---\n\n\
                1. one\n2. two\n   - nested\n\n- loose\n\n- items\n\n```\nas \"it\" is\n```\n\n    indented\n";
    let (outline, findings) = blocks(text);
    assert_eq!(
        outline,
        "h1 The <i road>\np It begins here.<br>And goes on.\nquote\n  p Quoted.\n  quote\n    \
         p Deeper.\nbreak\nitem of Some(1)\n  p one\nitem of Some(1)\n  p two\n  item of None\n    \
         p nested\nitem of None\n  p loose\nitem of None\n  p items\ncode \"as \\\"it\\\" is\"\n\
         code \"indented\"\n"
    );
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn links_may_only_lead_to_the_web_and_to_mail_addresses() {
    let (outline, findings) = blocks(
        "[a](https://example.org) <me@example.org> <https://example.org/a--b> [c](javascript:x) [d](other.md)",
    );
    assert_eq!(
        outline,
        "p <a https://example.org a> <a mailto:me@example.org me@example.org> \
         <a https://example.org/a--b https://example.org/a--b> c d\n"
    );
    assert_eq!(
        findings,
        [
            "warning link-scheme 1:70 the link to javascript:x is not supported in a book",
            "warning link-scheme 1:88 the link to other.md is not supported in a book",
        ]
    );
}

#[test]
fn html_is_shown_as_text_and_comments_are_removed() {
    let (outline, findings) =
        blocks("A <b>word</b>.<br>Next.<!-- hidden -->\n\n<!-- a remark -->\n\n<div>\nx\n</div>\n");
    assert_eq!(outline, "p A <b>word</b>.<br>Next.\np <div> x </div>\n");
    assert_eq!(
        findings,
        [
            "note markdown-html 1:3 HTML is not supported and is shown as text",
            "note markdown-html 1:10 HTML is not supported and is shown as text",
            "note markdown-html 5:1 HTML is not supported and is shown as text",
        ]
    );
}

#[test]
fn a_note_is_at_its_first_reference() {
    let (outline, findings) = blocks(
        "One[^b] and *two [^a]* and one again.[^b]\n\n[^a]: The *second*.\n\n    Goes on.\n\
         [^b]: The \"first\".\n[^c]: Never.\n\n[^d] is no note.\n",
    );
    assert_eq!(
        outline,
        "p One<1: p The “first”.> and <i two<2: p The <i second>. / p Goes on.>> and one again.<1: >\n\
         p [^d] is no note.\n"
    );
    assert_eq!(findings, ["warning note-unused 7:1 the note [^c] is not used and is left out"]);
}

#[test]
fn notes_inside_notes_are_not_supported() {
    let (outline, findings) = blocks("A[^a].\n\n[^a]: See[^b].\n[^b]: What?\n");
    assert_eq!(outline, "p A.<1: p See [b].>\n");
    assert!(findings[0].starts_with("note markdown-unsupported 3:10"), "{findings:?}");
}

#[test]
fn a_table_has_columns_headings_and_rows() {
    let (outline, findings) =
        blocks("| a | *b* | c |\n|---|:-:|--:|\n| d | \"e\" | 1[^n] |\n| f |\n\n[^n]: Note.\n");
    assert_eq!(outline, "table <=> a | <i b> | c\nrow d | “e” | 1<1: p Note.>\nrow f |  | \n");
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn a_definition_list_has_terms_and_meanings() {
    let (outline, _) =
        blocks("Lens *hood*\n: It shades.\n\n  And more.\n: It shields.\n\nStop\n: A hole.\n");
    assert_eq!(
        outline,
        "term Lens <i hood>\nmeans\n  p It shades.\n  p And more.\nmeans\n  p It shields.\nterm Stop\n\
         means\n  p A hole.\n"
    );
}

#[test]
fn an_inline_picture_is_replaced_by_its_alt_text() {
    let (outline, findings) = blocks("See ![a boat](boat.jpg) here.\n");
    assert_eq!(outline, "p See a boat here.\n");
    assert!(findings[0].starts_with("note markdown-unsupported 1:5"), "{findings:?}");
}

#[test]
fn a_caption_is_always_one_paragraph() {
    for text in ["1984. A winter", "- a dash", "# 5", "> so", "    far", "| a |", "[x]: y"] {
        let plain = caption(text);
        assert_eq!(plain, text.trim(), "{text}");
    }
    assert_eq!(caption("Title\n==="), "Title ===");
    assert_eq!(caption("*\"Light\"* on **it**"), "<i “Light”> on <b it>");
    assert_eq!(caption("one\ntwo  \nthree\\\nfour\n\nfive"), "one two<br>three<br>four<br>five");
    assert_eq!(caption("  *a\n  b*  "), "<i a b>");
    assert_eq!(caption(""), "");
    assert_eq!(caption("`a -- b` -- c"), "<c a -- b> – c");
    assert_eq!(caption("\u{2003}x"), "x");
}

#[test]
fn plain_text_keeps_its_asterisks() {
    let words = markdown::plain("5 * 3 *x* \"so\"", &Language::new("de"));
    assert_eq!(plain_text(&words), "5 * 3 *x* „so“");
}

#[test]
fn quotation_marks_are_those_of_the_language() {
    let read = markdown::blocks("- \"a *b*\"\n\n> 'c'\n\n`\"d\"`", &Language::new("de"), None);
    assert_eq!(
        outline(&read.content),
        "item of None\n  p „a <i b>“\nquote\n  p ‚c‘\np <c \"d\">\n"
    );
}

/// Quadratic time would be hours. An unoptimised build on a busy machine may need a minute.
const TIMEOUT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 240 } else { 20 });

#[test]
fn hostile_markdown_is_parsed_quickly() {
    for text in [
        ">".repeat(20_000),
        "- ".repeat(20_000),
        "*a ".repeat(20_000),
        "**a*b ".repeat(20_000),
        "[".repeat(20_000),
        "![a](b) ".repeat(5_000),
        "<a>".repeat(5_000),
        "\"'".repeat(20_000),
        "' ".repeat(20_000),
        format!("{}x{}", "*".repeat(10_000), "*".repeat(10_000)),
        "\0\u{FFFE}\u{202E}\\\\".repeat(1000),
    ] {
        let start = Instant::now();
        let essay = markdown::blocks(&text, &Language::default(), None);
        let caption = markdown::inlines(&text, &Language::default());
        assert!(start.elapsed() < TIMEOUT, "{}", &text[..8.min(text.len())]);
        assert!(essay.findings.len() <= 100 && caption.findings.len() <= 100);
        drop(outline(&essay.content));
    }
}
