//! Texts as other programs and hurried hands leave them.

use recto::build::{Project, ProjectOptions};
use recto::finding::{Code, Finding, Severity};
use recto::markdown;
use recto::model::{Block, Edition, Entry, Inline, Language, plain_text};

use crate::support::books;
use crate::support::fixture::{BookFixture, lines, with_code};

/// A caption as plain text, with its line breaks.
fn caption(text: &str) -> String {
    let inlines = markdown::inlines(text, &Language::default()).content;
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::LineBreak => "\n".to_owned(),
            other => plain_text(std::slice::from_ref(other)),
        })
        .collect()
}

/// A text as the kinds and words of its blocks, and its findings.
fn text(text: &str) -> (Vec<String>, Vec<Finding>) {
    let read = markdown::blocks(text, &Language::default(), None);
    let outline = read.content.iter().map(|block| match block {
        Block::Heading { level, content } => format!("h{level} {}", plain_text(content)),
        Block::Paragraph(content) => plain_text(content),
        Block::Break => "rule".to_owned(),
        other => format!("{other:?}"),
    });
    (outline.collect(), read.findings)
}

/// The findings about the printed book of this manifest, beside which there is `a.jpg`.
fn print_findings(manifest: &str) -> Vec<Finding> {
    let fixture = BookFixture::new(manifest).photo("a.jpg", 600, 400);
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    let project = loaded.project.expect("the manifest describes a book");
    project.check(Edition::Print.into())
}

fn plate(keys: &str) -> String {
    format!(
        "title: T\nprint: {{ trim: 100 x 100 mm }}\npages:\n  - photo: a.jpg\n    alt: A.\n{keys}"
    )
}

#[test]
fn a_backslash_at_the_end_of_a_caption_is_text() {
    assert_eq!(caption(r"C:\photos\"), r"C:\photos\");
    assert_eq!(caption("First\\\nsecond\\"), "First\nsecond\\");
    assert_eq!(caption("First\\\n\nsecond\\\n"), "First\\\nsecond\\");
    assert_eq!(caption("\\"), "\\");
}

#[test]
fn an_escaped_backslash_breaks_no_line() {
    assert_eq!(caption("one\\\\\ntwo"), "one\\ two");
    assert_eq!(caption("one\\\\\\\ntwo"), "one\\\ntwo");
    assert_eq!(caption("one\\ \ntwo"), "one\\ two");
}

#[test]
fn front_matter_is_skipped_with_a_note() {
    for front_matter in [
        "---\ntitle: The Coast Road\ndraft: false\n---\n",
        "---\r\ntitle: \"The Coast Road\"\r\ntags:\r\n- sea\r\n---\r\n",
        "---\n# A comment.\ntitle: 'The Coast Road'\nabstract: |\n  Prose.\n\n  More.\n...\n",
        "+++\ntitle = \"The Coast Road\"\n\n[extra]\nfree = true\n+++\n",
    ] {
        let (blocks, findings) = text(&format!("{front_matter}\nIt begins.\n"));
        assert_eq!(blocks, ["It begins."], "{front_matter}");
        let [finding] = &findings[..] else { panic!("{findings:?}") };
        assert_eq!((finding.code, finding.severity), (Code::TextFrontMatter, Severity::Note));
        let help = finding.help.as_deref().unwrap();
        assert!(help.ends_with("# The Coast Road"), "{help}");
    }
}

#[test]
fn a_rule_at_the_start_of_a_text_stays_a_rule() {
    for (rule, blocks) in [
        ("---\n\nProse.\n\n---\n\nThe end.\n", vec!["rule", "Prose.", "rule", "The end."]),
        ("---\nProse.\n\n---\n", vec!["rule", "Prose.", "rule"]),
        ("---\n\ntitle: no\n\n---\n", vec!["rule", "title: no", "rule"]),
        ("Prose.\n\n---\n\nkey: value\n\n---\n", vec!["Prose.", "rule", "key: value", "rule"]),
        ("---\nkey: it never ends\n", vec!["rule", "key: it never ends"]),
        ("---\n", vec!["rule"]),
    ] {
        assert_eq!(text(rule), (blocks.into_iter().map(str::to_owned).collect(), Vec::new()));
    }
}

#[test]
fn positions_after_front_matter_count_from_the_start_of_the_file() {
    let (_, findings) = text("---\ntitle: T\n---\n\nA <u>word</u>.\n");
    let places: Vec<_> = findings.iter().map(|it| it.at.as_ref().unwrap().line).collect();
    assert_eq!(places, [1, 5, 5]);
}

#[test]
fn a_caption_that_does_not_fit_is_the_only_finding() {
    let diary = "a whole diary that somebody pasted here ".repeat(75);
    for layout in ["framed", "full-bleed", "spread"] {
        for position in ["below", "facing"] {
            let findings = print_findings(&plate(&format!(
                "    layout: {{ plate: {layout}, caption: {position} }}\n    \
                 focus: [0.01, 0.01]\n    caption: {diary}\n"
            )));
            let about_the_page: Vec<_> =
                findings.iter().filter(|it| it.code != Code::PhotoUntagged).collect();
            let [finding] = about_the_page[..] else {
                panic!("{layout} {position}: {:#?}", lines(&findings))
            };
            assert_eq!(finding.code, Code::CaptionTooLong);
            assert!(finding.message.ends_with("it has 2999 characters"), "{}", finding.message);
        }
    }
}

#[test]
fn the_advice_for_a_missing_character_names_a_font_that_has_it() {
    for (character, advice) in [
        ('\u{3002}', "such as Noto Serif CJK"),
        ('\u{300C}', "such as Noto Serif CJK"),
        ('\u{FF08}', "such as Noto Serif CJK"),
        ('\u{65E5}', "such as Noto Serif CJK"),
        ('\u{1F0A1}', "such as Noto Sans Symbols 2"),
        ('\u{1D11E}', "such as Noto Music"),
        ('\u{1D49C}', "such as Noto Sans Math"),
        ('\u{2A00}', "such as Noto Sans Math"),
        ('\u{FFFD}', "another program could not read"),
        ('\u{E000}', "private-use"),
        ('\u{FFFC}', "or replace the character"),
        ('\u{0378}', "or replace the character"),
    ] {
        let findings = print_findings(&plate(&format!("    caption: A {character}\n")));
        let missing = with_code(&findings, "missing-glyph");
        let [finding] = missing[..] else { panic!("{character:?}: {:?}", lines(&findings)) };
        let help = finding.help.as_deref().unwrap();
        assert!(help.contains(advice), "U+{:04X}: {help}", u32::from(character));
    }
}

#[test]
fn an_emoji_without_a_font_is_printed_as_its_name() {
    for (text, printed) in [
        ("Home \u{1F600}", "Home [grinning face]"),
        ("\u{1F496}\u{FE0F} Ida", "[sparkling heart] Ida"),
        ("So \u{1F44D}\u{1F3FD}", "So [thumbs up sign]"),
    ] {
        let manifest = plate(&format!("    caption: {text}\n"));
        let fixture = BookFixture::new(&manifest).photo("a.jpg", 600, 400);
        let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
        let project = loaded.project.unwrap();
        let findings = project.check(Edition::Print.into());
        let [finding] = with_code(&findings, "emoji-named")[..] else { panic!("{findings:?}") };
        assert_eq!(finding.severity, Severity::Warning);
        assert!(finding.help.as_deref().unwrap().contains("such as Noto Emoji"));
        let stopped = project.stopped_editions(false);
        assert!(!stopped.contains(Edition::Print), "{:?}", lines(&findings));
        let pages: Vec<String> = project.pages().pages.iter().map(books::text).collect();
        assert!(pages.concat().contains(printed), "{pages:?}");
        // A reading system has a font for it.
        let epub = Project::check(&project, Edition::Epub.into());
        assert_eq!(with_code(&epub, "emoji-named").len(), 0);
        assert!(
            matches!(&project.book().entries[0], Entry::Plate(it) if plain_text(&it.caption) == text)
        );
    }
}

#[test]
fn a_missing_character_in_the_words_of_a_date_is_reported() {
    let findings = print_findings(&plate("    taken: around \u{1D11E}\n"));
    let [finding] = with_code(&findings, "missing-glyph")[..] else { panic!("{findings:?}") };
    assert_eq!(finding.at.as_ref().map(|at| at.line), Some(6));
}

#[test]
fn a_missing_character_is_marked_in_its_word() {
    let manifest = "title: T\npages:\n  - photo: a.jpg\n    alt: A.\n    caption: >\n      \
                    First words.\n      The *clef\u{1D11E}* of it.\n  - chapter: C\n    intro: c.md\n";
    let fixture = BookFixture::new(manifest)
        .photo("a.jpg", 600, 400)
        .file("c.md", "# A\n\nIt is \u{1D49C}.\n");
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    let findings = loaded.project.unwrap().check(Edition::Print.into());
    let places: Vec<_> = with_code(&findings, "missing-glyph")
        .into_iter()
        .map(|it| it.at.as_ref().unwrap())
        .map(|at| (at.file.file_name().unwrap().to_str().unwrap(), at.line, at.column, at.length))
        .collect();
    assert_eq!(places, [("book.yaml", 7, 11, 7), ("c.md", 3, 7, 2)]);
}

/// The places of the findings about texts without quotes.
fn unquoted(manifest: &str) -> Vec<(u32, u32, u32)> {
    let fixture = BookFixture::new(manifest).photo("a.jpg", 30, 20).file("intro.md", "Words.");
    let findings = fixture.load().findings;
    let places = with_code(&findings, "yaml-unquoted").into_iter().map(|finding| {
        assert_eq!(finding.severity, Severity::Warning);
        let at = finding.at.as_ref().unwrap();
        (at.line, at.column, at.length)
    });
    places.collect()
}

#[test]
fn a_number_sign_that_cuts_a_text_is_reported_where_it_is() {
    let photo = "pages:\n  - photo: a.jpg\n    alt: A.\n";
    for (manifest, places) in [
        (format!("title: Winter #1\n{photo}"), vec![(1, 15, 2)]),
        (format!("title: T\n{photo}    caption: table #5 by the window  \n"), vec![(5, 20, 16)]),
        (format!("title: T\n{photo}    caption: #winter #snow\n"), vec![(5, 14, 13)]),
        (
            format!("title: T\n{photo}    caption:\n      Two lines\n      and #2\n"),
            vec![(7, 11, 2)],
        ),
        (format!("title: T\n{photo}    caption: {{ en: At #5, de: An }}\n"), vec![(5, 23, 12)]),
        (
            format!("title: T\n{photo}    caption:\n      en: At #5\n      de: An #6\n"),
            vec![(6, 14, 2), (7, 14, 2)],
        ),
        (format!("title: T\n{photo}    caption.de: Zu #5\n"), vec![(5, 20, 2)]),
        (format!("title: T\n{photo}    credit: Été\t#5\n"), vec![(5, 17, 2)]),
        (format!("title: T\nsubjects:\n  - Sea\n  - Road #7\n{photo}"), vec![(4, 10, 2)]),
        (
            format!("title: T\ncreators:\n  - name: Ada #2\n    role: author\n{photo}"),
            vec![(3, 15, 2)],
        ),
        (format!("title: T\nsubjects:\n  - #sea\n  - Road\n{photo}"), vec![(3, 5, 4)]),
        ("title: T\npages:\n  - chapter: Part #2\n  - photo: a.jpg\n".to_owned(), vec![(3, 19, 2)]),
    ] {
        let found = unquoted(&manifest);
        assert_eq!(found, places, "{manifest}");
    }
}

#[test]
fn a_comment_that_looks_like_one_is_not_reported() {
    for line in [
        "    caption: A street   # seen from the hotel, check the name\n",
        "    caption: \"table #7 by the door\"  # quoted\n",
        "    caption: \"table #7\" #quoted\n",
        "    caption: 'table #7'\n",
        "    caption: C# and F#, a#b\n",
        "    caption: A street\n    #credit: Ada Field\n",
        "    caption: A street ### check\n",
        "    caption: |\n      table #7\n      by the door\n",
        "    caption: >- #folded\n      table #7\n",
        "    layout: framed #for now\n",
        "    taken: 2026 #perhaps\n",
        "    focus: [0.5, 0.5] #middle\n",
        "  - text: \"intro.md\" #draft\n",
        "  #- text: intro.md\n",
    ] {
        let manifest = format!(
            "title: T\nprint: {{ trim: a4 }} #big\npages: #all\n  - photo: a.jpg #1\n{line}"
        );
        assert_eq!(unquoted(&manifest), [], "{manifest}");
    }
}

#[test]
fn an_ampersand_that_starts_a_text_is_reported() {
    let manifest = "title: &Sons and daughters\nsubtitle: &co Ampersand & Co\npages:\n  \
                    - { photo: a.jpg, caption: &words Used, alt: *words }\n";
    assert_eq!(unquoted(manifest).iter().map(|it| it.0).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_text_that_starts_with_a_character_of_yaml_gets_the_advice_to_quote_it() {
    for start in ["*Winter* road", "@home", "`code`", "%5", "!Achtung"] {
        let manifest = format!("title: T\npages:\n  - photo: a.jpg\n    caption: {start}\n");
        let findings = BookFixture::new(&manifest).photo("a.jpg", 30, 20).load().findings;
        let helps = findings.iter().filter_map(|finding| finding.help.as_deref());
        assert!(helps.into_iter().any(|help| help.contains("in quotes")), "{findings:#?}");
    }
}

#[test]
fn marks_of_other_programs_are_named() {
    for (line, mark) in [
        ("Words %%not for print%% and more.", "%%"),
        ("See [[The harbour]].", "[["),
        ("![[harbour.jpg]]", "[["),
        ("{{< figure src=\"a.jpg\" >}}", "{{<"),
        ("{% include a.html %}", "{%"),
        ("Words.\n{: .lead}", "{:"),
        ("## Heading {.unnumbered}", "{"),
        ("::: note\nWords.\n:::", ":::"),
    ] {
        let findings = text(line).1;
        let first = findings.first().unwrap_or_else(|| panic!("{line}"));
        assert_eq!((first.code, first.severity), (Code::MarkdownUnsupported, Severity::Note));
        assert!(first.message.contains(mark), "{}", first.message);
    }
    for line in
        ["50 %% of it", "`[[x]]` is code", "```\n[[x]]\n```", "    {% x %}", "a[0][[1]", "{x}"]
    {
        assert_eq!(text(line).1, [], "{line}");
    }
}
