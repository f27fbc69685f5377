//! The hand-written files of the offline edition.

const PAGE: &str = include_str!("../../src/offline/assets/page.css");
const VIEWER: &str = include_str!("../../src/offline/assets/viewer.html");
const SCRIPT: &str = include_str!("../../src/offline/assets/viewer.js");

#[test]
fn the_script_is_smaller_than_15_kilobytes() {
    assert!(SCRIPT.len() < 15_000, "{} bytes", SCRIPT.len());
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    for file in [PAGE, VIEWER, SCRIPT] {
        for load in ["@import", "url(", "//www", "://", "import(", "fetch(", "src="] {
            assert!(!file.contains(load), "{load}");
        }
    }
}

#[test]
fn the_elements_of_the_viewer_need_no_styles_or_scripts_in_their_attributes() {
    for attribute in [" style=", " onclick=", " onload="] {
        assert!(!VIEWER.contains(attribute), "{attribute}");
    }
}

#[test]
fn the_script_finds_all_controls_of_the_viewer() {
    let classes = VIEWER.split("class=\"viewer-").skip(1).filter_map(|rest| rest.split('"').next());
    let controls = VIEWER.matches("<button").count() + VIEWER.matches("<a ").count();
    let named: Vec<&str> = classes
        .filter(|class| {
            // The names of its actions, with quotes where there is a hyphen.
            [format!("\n    {class}: "), format!("\n    '{class}': "), format!("\n    {class},")]
                .iter()
                .any(|action| SCRIPT.contains(action))
        })
        .collect();
    assert_eq!(named.len(), controls, "{named:?}");
}
