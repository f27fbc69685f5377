//! Recognizes pictures of a screen.

/// How the names of screenshots begin or what they contain, in lower case, as systems and programs
/// write them in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish,
/// Polish, Russian, Japanese, Korean and Chinese.
const NAMES: [&str; 24] = [
    "screenshot",
    "screen shot",
    "screen_shot",
    "screencapture",
    "screen capture",
    "bildschirmfoto",
    "bildschirmaufnahme",
    "capture d’écran",
    "capture d'écran",
    "capture d’e\u{301}cran",
    "capture d'e\u{301}cran",
    "captura de pantalla",
    "istantanea schermo",
    "schermata ",
    "captura de tela",
    "captura de ecrã",
    "schermafbeelding",
    "skärmavbild",
    "skærmbillede",
    "zrzut ekranu",
    "снимок экрана",
    "スクリーンショット",
    "스크린샷",
    "屏幕截图",
];

/// Whether the name of a file or of its folder, or a text that the system wrote into its metadata,
/// says that it is a picture of a screen.
pub(super) fn is_screenshot(name: &str, texts: &[&str]) -> bool {
    let is_named = |text: &str| {
        let text = text.to_lowercase();
        NAMES.iter().any(|name| text.starts_with(name))
    };
    let mut parts = name.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let folder = parts.next().unwrap_or_default();
    // Samsung writes the name of the program in front: `Screenshot_…`, `…_Screenshot`.
    is_named(file)
        || is_named(folder)
        || texts.iter().any(|text| text.trim().eq_ignore_ascii_case("screenshot"))
}

#[cfg(test)]
mod tests {
    use super::is_screenshot;

    #[test]
    fn a_screenshot_is_known_by_its_name_its_folder_or_its_metadata() {
        for name in [
            "Screenshot_20260214-101500.png",
            "photos/Screen Shot 2026-02-14 at 10.15.00.png",
            "Bildschirmfoto 2026-02-14 um 10.15.00.png",
            "Screenshots/1.png",
        ] {
            assert!(is_screenshot(name, &[]), "{name}");
        }
        assert!(is_screenshot("IMG_0001.PNG", &["Screenshot"]));
        assert!(!is_screenshot("IMG_0001.JPG", &["A screenshot of the sea"]));
        assert!(!is_screenshot("the screen.jpg", &[]));
    }
}
