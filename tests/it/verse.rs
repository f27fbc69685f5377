//! Verse and epigraphs, from Markdown to pages and e-books.

use recto::finding::Finding;
use recto::layout::Grid;
use recto::model::{
    Block, Edition, Entry, Essay, GlyphRun, Inline, Item, Language, Length, Page, Pages, Side,
    plain_text,
};

use crate::support::books;
use crate::support::epub::files;
use crate::support::fixture::{BookFixture, lines};

const POEM: &str = "# Water\n\n\
    > We went down to the *harbour*\n> -- Ada Berg, Letters\n\n\
    The first paragraph.\n\n\
    ```verse\n\
    The harbour lay \"still,\n\
    \x20 and nobody had told us\n\
    \x20 that the first boats\" leave before the light does and before anybody else has got up or even thought of it\n\
    \n\
    Then the *water* took on\n\
    \x20   the colour of the sky.\n\
    ```\n\n\
    The last paragraph.\n";

fn blocks(text: &str) -> Vec<Block> {
    let read = recto::markdown::blocks(text, &Language::new("en"), None);
    assert_eq!(read.findings, Vec::<Finding>::new());
    read.content
}

fn fixture() -> BookFixture {
    BookFixture::with_pages(&["text: texts/poem.md"]).file("texts/poem.md", POEM)
}

/// The lines of all pages: where they begin, and their text.
fn printed(pages: &Pages) -> Vec<(Length, String)> {
    let mut read: Vec<(&GlyphRun, String)> = Vec::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let Item::Glyphs(run) = item else { continue };
        match read.last_mut() {
            Some((first, text)) if first.origin.y == run.origin.y => text.push_str(&run.text),
            _ => read.push((run, run.text.to_string())),
        }
    }
    read.into_iter().map(|(run, text)| (run.origin.x, text.trim_end().to_owned())).collect()
}

#[test]
fn a_fenced_block_with_the_word_verse_is_verse() {
    let blocks = blocks(POEM);
    let verse = blocks.iter().find_map(|block| match block {
        Block::Verse(verse) => Some(verse),
        _ => None,
    });
    let stanzas = &verse.unwrap().stanzas;
    let read: Vec<Vec<(u16, String)>> = stanzas
        .iter()
        .map(|stanza| stanza.iter().map(|line| (line.indent, plain_text(&line.content))).collect())
        .collect();
    assert_eq!(read[0][0], (0, "The harbour lay “still,".to_owned()));
    assert_eq!(read[0][1].0, 2);
    assert!(read[0][2].1.starts_with("that the first boats” leave"), "the quotation ends here");
    assert_eq!(read[1][1], (4, "the colour of the sky.".to_owned()));
    assert!(matches!(stanzas[1][0].content[1], Inline::Emphasis(_)));
    // Other blocks are code.
    assert!(matches!(&*self::blocks("```\na\n```\n"), [Block::Code(_)]));
}

#[test]
fn lines_of_verse_may_have_notes_and_begin_like_lists() {
    let blocks = blocks("```verse\n1. one[^a]\n# two\n```\n\n[^a]: A note.\n");
    let [Block::Verse(verse)] = &*blocks else { panic!("{blocks:?}") };
    let first = &verse.stanzas[0][0].content;
    assert_eq!(plain_text(first), "1. one");
    let Some(Inline::Note(note)) = first.last() else { panic!("{first:?}") };
    assert!(!note.content.is_empty());
    assert_eq!(plain_text(&verse.stanzas[0][1].content), "# two");
}

#[test]
fn lines_of_verse_are_kept_indented_and_turned_in() {
    let pages = books::paginate(&fixture().load().book.unwrap());
    let lines = printed(&pages);
    let at = |text: &str| {
        lines
            .iter()
            .find(|(_, line)| line.starts_with(text))
            .unwrap_or_else(|| panic!("{lines:?}"))
            .0
    };
    let em = Length::pt(10);
    let first = at("The harbour lay");
    let near = |one: Length, other: Length| {
        assert!((one - other).to_emu().abs() < Length::milli_pt(600).to_emu(), "{one:?} {other:?}");
    };
    near(at("and nobody"), first + em);
    near(at("the colour"), first + em * 2);
    let turned = lines.iter().position(|(_, line)| line.starts_with("that the first")).unwrap() + 1;
    near(lines[turned].0, first + em * 3);
    // It is at the inset of quotations.
    near(first, at("The first paragraph") + em * 3 / 2);
    assert!(lines.iter().all(|(_, line)| !line.ends_with('‐')), "nothing is hyphenated");
}

#[test]
fn a_stanza_is_not_divided_so_that_one_line_is_alone() {
    let long = "and on and on it goes ".repeat(9);
    let stanza = format!("one\n{long}\nthree\nfour\nfive\n\n");
    for before in 1..30 {
        let text = format!(
            "# Title\n\n{}```verse\n{}```\n",
            "A line.\n\n".repeat(before),
            stanza.repeat(8)
        );
        let fixture = BookFixture::with_pages(&["text: text.md"]).file("text.md", &text);
        let pages = books::paginate(&fixture.load().book.unwrap());
        for page in &pages.pages {
            let one = Pages { pages: vec![page.clone()], ..pages.clone() };
            let lines: Vec<String> = printed(&one).into_iter().map(|(_, line)| line).collect();
            // Without the folio.
            let is_folio = |line: &str| line.chars().all(|c| c.is_ascii_digit());
            let mut body = lines.iter().map(String::as_str).filter(|line| !is_folio(line));
            let first = body.next().unwrap_or_default();
            assert!(first != "five" && !first.starts_with("goes"), "{before}: {lines:?}");
            assert_ne!(body.next_back(), Some("one"), "{before}: {lines:?}");
        }
    }
}

#[test]
fn a_quotation_with_a_source_after_the_title_is_an_epigraph() {
    for text in [
        "# Water\n\n> Down to the harbour\n> — Ada Berg\n\nText.",
        "# Water\n\n> Down to the harbour  \n> -- Ada Berg\n\nText.",
        "# Water\n\n> Down to the harbour\n>\n> — Ada Berg\n\nText.",
        "> Down to the harbour\\\n> — Ada Berg\n\nText.",
    ] {
        let blocks = blocks(text);
        let found = blocks.iter().find_map(|block| match block {
            Block::Epigraph(epigraph) => Some(epigraph),
            _ => None,
        });
        let epigraph = found.unwrap_or_else(|| panic!("{text}: {blocks:?}"));
        assert_eq!(plain_text(&epigraph.source).trim_start_matches(['—', '–', ' ']), "Ada Berg");
        let [Block::Paragraph(words)] = &*epigraph.blocks else { panic!("{epigraph:?}") };
        assert_eq!(plain_text(words), "Down to the harbour");
    }
}

#[test]
fn other_quotations_are_no_epigraphs() {
    for text in [
        "# Water\n\n> Down to the harbour\n\nText.",
        "# Water\n\nText.\n\n> Down to the harbour\n> — Ada Berg\n",
        "# Water\n\n> — Down to the harbour\n",
    ] {
        let blocks = blocks(text);
        assert!(blocks.iter().any(|block| matches!(block, Block::Quote(_))), "{blocks:?}");
        let text = format!("{blocks:?}");
        assert!(!text.contains('\u{2028}') && !text.contains("u{2028}"), "{text}");
    }
}

#[test]
fn the_epigraph_of_a_book_has_a_page_after_the_dedication() {
    let manifest = "title: Winter Road\ndedication: For Ida.\n\
        epigraph: |\n  > Down to the harbour\n  > — Ada Berg\npages:\n  - text: texts/poem.md\n";
    let fixture = BookFixture::new(manifest).file("texts/poem.md", POEM);
    let loaded = fixture.load();
    assert_eq!(lines(&loaded.findings), Vec::<String>::new());
    let book = loaded.book.unwrap();
    let [Entry::Dedication(_), Entry::Epigraph(Essay { .. }), ..] = &*book.entries else {
        panic!("{:?}", book.entries)
    };
    let pages = books::paginate(&book);
    let page_of = |index: usize| {
        pages.pages.iter().position(|page| page.entry.is_some_and(|id| id.0 == index)).unwrap()
    };
    assert_eq!(page_of(1), page_of(0) + 1, "on the verso of the dedication");
    assert_eq!(pages.pages[page_of(0)].side, Side::Recto);
    let files = files(&fixture, Edition::Epub);
    let text = String::from_utf8(files["OEBPS/title.xhtml"].clone()).unwrap();
    assert!(
        text.contains(
            "<blockquote class=\"epigraph\" epub:type=\"epigraph\" role=\"doc-epigraph\">"
        ),
        "{text}"
    );
    assert!(text.contains("<p class=\"source\">— Ada Berg</p>"), "{text}");
}

#[test]
fn an_epigraph_alone_or_of_several_pages_begins_on_a_recto_where_titles_begin() {
    let long = "  > Down to the harbour we go, all of us, and nobody comes back.\n  >\n".repeat(60);
    for (dedication, words) in [("", ""), ("dedication: For Ida.\n", long.as_str())] {
        for (design, is_centred) in [("classic", false), ("newspaper", false), ("album", true)] {
            let manifest = format!(
                "title: Winter Road\ndesign: {design}\n{dedication}epigraph: |\n{words}  > Down to the harbour\n  \
                 > — Ada Berg\npages:\n  - text: \"# One\"\n"
            );
            let book = BookFixture::new(&manifest).load().book.unwrap();
            let grid = Grid::for_book(&book);
            let pages = books::paginate(&book);
            let is_epigraph = |page: &&Page| {
                let entry = page.entry.and_then(|id| book.entries.get(id.0));
                matches!(entry, Some(Entry::Epigraph(_)))
            };
            let page = pages.pages.iter().find(is_epigraph).unwrap();
            assert_eq!(page.side, Side::Recto, "{design}");
            let runs = page.items.iter().filter_map(|item| match item {
                Item::Glyphs(run) => Some((run.origin.x, run.origin.x + run.width())),
                _ => None,
            });
            let (from, to) =
                runs.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))).unwrap();
            let left = grid.column_left(page.side);
            if is_centred {
                let off = left + grid.measure / 2 - (from + to) / 2;
                assert!(off.abs() < Length::mm(1), "{design}: {off:?}");
            } else {
                assert!((from - left).abs() < Length::mm(1), "{design}: {from:?} {left:?}");
            }
        }
    }
}

#[test]
fn an_e_book_has_the_lines_of_verse() {
    let files = files(&fixture(), Edition::Epub);
    let text = String::from_utf8(files["OEBPS/text-01.xhtml"].clone()).unwrap();
    assert!(
        text.contains(
            "<div class=\"verse\">\n<p class=\"whole\">\n<span class=\"line\">The harbour lay “still,<br/></span>"
        ),
        "{text}"
    );
    assert!(text.contains("<span class=\"line indent-2\">and nobody"), "{text}");
}

/// A poem in a quotation, whose lines end with breaks.
const QUOTED: &str = "# Winter\n\nThe first paragraph.\n\n\
    > The barrel froze, *the bed is bare,\\\n> the spade* leans on the fence.  \n\
    > No guest will come, no army there, nor anybody else who could have come along the road.\n>\n\
    > But underneath the leaves they count\\\n> \u{2003}the days\\\n> till spring.\n>\n\
    > — Club news, 1956\n\nThe last paragraph.\n";

#[test]
fn a_quotation_whose_lines_all_end_with_breaks_is_verse() {
    let blocks = blocks(QUOTED);
    let quote = blocks.iter().find_map(|block| match block {
        Block::Quote(inner) => Some(inner),
        _ => None,
    });
    let [Block::Verse(verse), Block::Paragraph(source)] = &**quote.unwrap() else {
        panic!("{blocks:?}")
    };
    assert_eq!(plain_text(source), "— Club news, 1956");
    let read: Vec<Vec<(u16, String)>> = verse
        .stanzas
        .iter()
        .map(|stanza| stanza.iter().map(|line| (line.indent, plain_text(&line.content))).collect())
        .collect();
    assert_eq!(read[0][1], (0, "the spade leans on the fence.".to_owned()));
    assert_eq!(read[1][1], (2, "the days".to_owned()));
    assert!(matches!(&*verse.stanzas[0][1].content, [Inline::Emphasis(_), Inline::Text(_)]));
    // A source at the end of the last line is found, too; speech has none.
    for (text, has_source) in
        [("> one\\\n> two\\\n> — Ada", true), ("> — one\\\n> — two\\\n> — three", false)]
    {
        let blocks = self::blocks(&format!("Text.\n\n{text}\n"));
        let Block::Quote(inner) = &blocks[1] else { panic!("{blocks:?}") };
        assert!(matches!(inner[0], Block::Verse(_)), "{inner:?}");
        assert_eq!(inner.len() == 2, has_source, "{inner:?}");
    }
}

#[test]
fn a_quotation_with_joined_or_long_lines_is_prose() {
    let long = "word ".repeat(30);
    for text in [
        "> one\n> two\n",
        "> one\\\n> two\n> three\n",
        "> one\n>\n> two\n",
        "> one\\\n> two\n>\n> - three\n",
        &format!("> {long}\\\n> two\n"),
        &format!("> one\\\n> two\n>\n> {}\n", &long[..60]),
    ] {
        let blocks = blocks(&format!("Text.\n\n{text}"));
        let Block::Quote(inner) = &blocks[1] else { panic!("{blocks:?}") };
        assert!(!inner.iter().any(|it| matches!(it, Block::Verse(_))), "{text}: {inner:?}");
    }
}

#[test]
fn the_lines_of_a_quoted_poem_hang_and_its_stanzas_are_apart() {
    let fixture = BookFixture::with_pages(&["text: poem.md"]).file("poem.md", QUOTED);
    let pages = books::paginate(&fixture.load().book.unwrap());
    let runs: Vec<&GlyphRun> = pages
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| match item {
            Item::Glyphs(run) => Some(run),
            _ => None,
        })
        .collect();
    let at = |text: &str| {
        runs.iter()
            .find(|run| run.text.starts_with(text))
            .unwrap_or_else(|| panic!("{text}"))
            .origin
    };
    let near = |one: Length, other: Length| (one - other).to_emu().abs() < Length::pt(1).to_emu();
    let leading = at("No guest").y - at("The barrel").y;
    let row = leading / 2;
    assert!(near(at("But under").y - at("No guest").y, row * 3), "one blank line and a turned one");
    assert!(near(at("But under").x, at("The barrel").x), "a stanza has no indent");
    assert!(near(at("the days").x, at("The barrel").x + Length::pt(10)));
    let turned = printed(&pages);
    let number = turned.iter().position(|(_, line)| line.starts_with("No guest")).unwrap() + 1;
    assert!(near(turned[number].0, at("No guest").x + Length::pt(20)), "{turned:?}");
    assert!(near(at("— Club").y - at("till spring").y, row), "the source is directly below");
}

#[test]
fn a_poem_that_is_wider_than_the_columns_of_a_newspaper_is_in_one() {
    let columns = |line: &str| {
        let stanza = format!("> {line}\\\n").repeat(4);
        let text = format!("# Winter\n\n{stanza}>\n{stanza}> the end.\n\nText.\n");
        let manifest = "title: Winter Road\ndesign: newspaper\nprint: { trim: 5 x 8 in }\n\
            pages:\n  - text: poem.md\n";
        let fixture = BookFixture::new(manifest).file("poem.md", &text);
        let pages = books::paginate(&fixture.load().book.unwrap());
        let mut edges: Vec<Length> = printed(&pages)
            .into_iter()
            .filter(|(_, text)| text.starts_with(&line[..12]))
            .map(|(x, _)| x)
            .collect();
        edges.dedup();
        edges.len()
    };
    assert_eq!(columns("No guest will come, no army there,"), 1);
    assert_eq!(columns("No guest will"), 2);
}

#[test]
fn the_title_of_a_work_in_the_source_of_an_epigraph_is_not_letter_spaced() {
    let text = "# Water\n\n> Down to the harbour\n> — Ada Berg, *Letters*\n\nText.";
    let fixture = BookFixture::with_pages(&["text: poem.md"]).file("poem.md", text);
    let pages = books::paginate(&fixture.load().book.unwrap());
    let runs = || {
        pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
            Item::Glyphs(run) => Some(run),
            _ => None,
        })
    };
    let tracking = |text: &str| {
        runs()
            .find(|run| run.text.contains(text))
            .unwrap_or_else(|| panic!("{text}"))
            .letters
            .tracking
    };
    assert!(tracking("Ada") > Length::ZERO);
    assert_eq!(tracking("Letters"), Length::ZERO);
}
