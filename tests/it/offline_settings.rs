//! The offline edition in the manifest, among the editions, and in findings about those inside it.

use recto::build::{Project, ProjectOptions};
use recto::model::{Book, Edition, EditionSet, OfflineForm};

use crate::support::fixture::{BookFixture, jpeg, lines};

fn fixture(offline: &str) -> BookFixture {
    let manifest =
        format!("title: Winter Road\n{offline}\npages:\n  - {{ photo: a.jpg, alt: A road. }}\n");
    BookFixture::new(&manifest).photo("a.jpg", 30, 20)
}

fn book(offline: &str) -> Book {
    let loaded = fixture(offline).load();
    assert_eq!(lines(&loaded.findings), [""; 0], "{offline}");
    loaded.book.unwrap()
}

fn project(fixture: &BookFixture) -> Project {
    let loaded = Project::load(&fixture.path("book.yaml"), &ProjectOptions::default());
    loaded.project.unwrap()
}

#[test]
fn every_setting_is_read() {
    let offline = book(
        "offline: { form: folder, max-edge: 1600 px, include: [epub, print], max-size: 4 GB }",
    )
    .offline;
    assert_eq!((offline.form, offline.max_edge), (OfflineForm::Folder, 1600));
    assert_eq!(offline.include, Some([Edition::Epub, Edition::Print].into()));
    assert_eq!((offline.max_size, offline.requested), (Some(4_000_000_000), true));
}

#[test]
fn the_defaults_in_the_schema_are_those_of_the_book() {
    let schema = recto::manifest::schema();
    let default = |key: &str| {
        let default = schema.pointer(&format!("/definitions/Offline/properties/{key}/default"));
        default.unwrap_or_else(|| panic!("no default of {key}")).to_string()
    };
    let [form, max_edge, include] = ["form", "max-edge", "include"].map(default);
    let manifest = format!("offline: {{ form: {form}, max-edge: {max_edge}, include: {include} }}");
    let (written, default) = (book(&manifest).offline, book("offline:").offline);
    assert_eq!((written.form, written.max_edge), (default.form, default.max_edge));
    assert_eq!(written.included(), default.included());
}

#[test]
fn the_section_alone_asks_for_the_edition() {
    assert!(!book("").offline.requested);
    assert!(book("offline:").offline.requested);
    assert!(!project(&fixture("")).default_editions().contains(Edition::Offline));
    assert!(project(&fixture("offline: {}")).default_editions().contains(Edition::Offline));
}

#[test]
fn the_editions_inside_can_be_one_several_or_none() {
    let included = |offline: &str| book(offline).offline.included();
    assert_eq!(included("offline:"), [Edition::Epub, Edition::Screen].into());
    assert_eq!(included("offline: { include: print }"), Edition::Print.into());
    assert_eq!(included("offline: { include: [print, print] }"), Edition::Print.into());
    assert_eq!(included("offline: { include: [] }"), EditionSet::EMPTY);
    assert_eq!(included("offline: { form: file }"), EditionSet::EMPTY);
    assert_eq!(included("offline: { form: file, include: [] }"), EditionSet::EMPTY);
}

#[test]
fn a_wrong_setting_is_marked_and_the_right_one_named() {
    for (offline, expected, help) in [
        (
            "include: [epub, cover]",
            "error wrong-value 2:28 `include`: the offline edition cannot include the printed cover, \
             which is for the printer",
            "valid editions: epub, epub-fixed, print, screen",
        ),
        (
            "include: pdf",
            "error wrong-value 2:21 `include`: `pdf` is not an edition",
            "the PDF for screens is `screen`, the one for printers is `print`",
        ),
        (
            "include: [scren]",
            "error wrong-value 2:22 `include`: `scren` is not an edition",
            "did you mean `screen`?",
        ),
        (
            "include: offline",
            "error wrong-value 2:21 `include`: the offline edition cannot include itself",
            "valid editions: epub, epub-fixed, print, screen",
        ),
        (
            "include: none",
            "error wrong-value 2:21 `include`: `none` is not an edition",
            "write `include: []` to include no edition",
        ),
        (
            "form: file, include: [epub]",
            "error wrong-value 2:33 one HTML file cannot include other editions",
            "use `form: zip` or `form: folder`, or omit `include`",
        ),
        (
            "form: html",
            "error unknown-value 2:18 invalid value `html` for `form`",
            "valid values: `zip`, `folder`, `file`",
        ),
        (
            "max-edge: 100 px",
            "error wrong-value 2:22 `max-edge`: `100 px` is out of range",
            "valid range: 320 px to 16384 px",
        ),
        (
            "max-size: 0",
            "error wrong-value 2:22 `max-size`: `0` is not a file size",
            "write a number and kB, MB, GB or MiB, such as 45 MB",
        ),
        (
            "size: 1 GB",
            "error unknown-key 2:12 unknown key `size`",
            "valid keys: `form`, `max-edge`, `include`, `max-size`",
        ),
    ] {
        let findings = fixture(&format!("offline: {{ {offline} }}")).load().findings;
        assert_eq!(lines(&findings), [expected]);
        let found = findings.iter().find_map(|finding| finding.help.as_deref());
        assert_eq!(found, Some(help), "{offline}");
    }
}

#[test]
fn the_name_of_the_file_has_its_form() {
    for (form, name) in [
        ("zip", "winter-road-offline.zip"),
        ("folder", "winter-road-offline"),
        ("file", "winter-road-offline.html"),
    ] {
        let fixture = fixture(&format!("offline: {{ form: {form} }}"));
        assert_eq!(project(&fixture).file_name(Edition::Offline), name);
    }
}

/// A caption that fits on no page; e-books have room for it.
fn long_caption(offline: &str) -> BookFixture {
    let caption = "A road in winter. ".repeat(250);
    let manifest = format!(
        "title: Winter Road\n{offline}\npages:\n  - {{ photo: a.jpg, alt: A road., caption: \
         {caption:?} }}\n"
    );
    BookFixture::new(&manifest).file("a.jpg", jpeg(30, 20))
}

#[test]
fn an_error_about_an_edition_inside_stops_the_offline_edition() {
    let stopped = |offline: &str| {
        let project = project(&long_caption(offline));
        project.stopped_editions(false).contains(Edition::Offline)
    };
    assert!(stopped("offline:"));
    assert!(stopped("offline: { include: [epub, print] }"));
    assert!(!stopped("offline: { include: epub }"));
    assert!(!stopped("offline: { form: file }"));
}

#[test]
fn the_editions_inside_are_checked_with_the_offline_edition() {
    let checked = |fixture: &BookFixture| {
        let findings = project(fixture).check(Edition::Offline.into());
        let mut codes: Vec<_> = findings
            .into_iter()
            .map(|finding| (finding.code.name(), finding.editions.iter().collect::<Vec<_>>()))
            .collect();
        codes.dedup();
        codes
    };
    let long = ("caption-too-long", vec![Edition::Screen]);
    // It has the page numbers of a print edition that the same caption stops.
    let unnumbered = ("page-list", vec![Edition::Epub]);
    assert_eq!(checked(&long_caption("offline:")), [long, unnumbered.clone()]);
    assert_eq!(checked(&long_caption("offline: { include: epub }")), [unnumbered]);
    let coarse = ("resolution", vec![Edition::Print]);
    assert_eq!(checked(&fixture("offline: { include: print }")), [coarse]);
    assert_eq!(checked(&fixture("offline: { include: screen }")), []);
}

#[test]
fn what_stops_the_offline_edition_is_named() {
    let book = long_caption("offline:");
    let run = book.recto("build --only offline");
    assert_eq!(run.code, 1, "{run:?}");
    let last = "dist/winter-road-offline.zip  not written (1 error in screen, which it includes)";
    assert_eq!(run.out.lines().last(), Some(last), "{run:?}");
    assert!(!book.path("dist/winter-road-offline.zip").exists());
}
