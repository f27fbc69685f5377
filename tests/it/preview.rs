//! `recto preview`: the server, what it refuses, how it follows the book, and the file to be
//! mailed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;

use crate::support::fixture::{BookFixture, jpeg};
use crate::support::images;

/// Longer than any answer takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A preview of a book on a free port, which ends when it is dropped.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start(book: &BookFixture, arguments: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_recto"))
            .args(["preview", "--no-open", "--port", "0"])
            .args(arguments.split_whitespace())
            .current_dir(book.folder())
            .env("RECTO_CACHE", book.path("cache"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line
            .strip_prefix("preview at http://127.0.0.1:")
            .and_then(|line| line.trim_end().strip_suffix('/'))
            .unwrap_or_else(|| panic!("no address: {line:?}"));
        Self { port: port.parse().unwrap(), process }
    }

    fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Sends a request with these lines of its head after the first, and returns the answer.
    fn send(&self, first: &str, others: &[&str]) -> Answer {
        let first = format!("{first} HTTP/1.1");
        let lines = [&[first.as_str()], others, &["Connection: close"]].concat();
        let request = format!("{}\r\n\r\n", lines.join("\r\n"));
        let mut bytes = Vec::new();
        self.connect(&request).read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}", self.port)
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), &[&self.host()])
    }

    /// The page.
    fn page(&self) -> String {
        let answer = self.get("/");
        assert_eq!(answer.status, 200, "{}", answer.head);
        answer.text()
    }

    /// The announcements of new versions.
    fn events(&self) -> Events {
        let request = format!("GET /events HTTP/1.1\r\n{}\r\n\r\n", self.host());
        Events(BufReader::new(self.connect(&request)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The next version that is announced.
    fn next(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the connection is closed");
            if let Some(version) = line.strip_prefix("data: ") {
                return version.trim_end().to_owned();
            }
        }
    }
}

/// The versions of a page until one has this text.
fn page_with(server: &Server, events: &mut Events, text: &str) -> String {
    for _ in 0..10 {
        events.next();
        let page = server.page();
        if page.contains(text) {
            return page;
        }
    }
    panic!("{text} is not shown: {}", server.page());
}

/// The values of an attribute that begin with `start`.
fn values<'p>(page: &'p str, attribute: &str, start: &str) -> Vec<&'p str> {
    let begin = format!(" {attribute}=\"");
    page.split(&begin)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|value| value.starts_with(start))
        .collect()
}

fn book() -> BookFixture {
    BookFixture::with_pages(&[
        "{ photo: a.jpg, caption: The first morning, alt: A road }",
        "{ photo: b.jpg, caption: The second morning, layout: full-bleed }",
    ])
    .photo("a.jpg", 300, 200)
    .photo("b.jpg", 200, 300)
}

#[test]
fn the_page_shows_spreads_with_the_first_page_alone_and_all_text() {
    let book = book();
    let server = Server::start(&book, "");
    let page = server.page();
    let spreads: Vec<_> = page.split("class=\"spread\"").skip(1).collect();
    assert!(spreads[0].contains("class=\"page empty\"") && spreads[0].contains("page recto"));
    assert!(spreads[1].contains("page verso") && spreads[1].contains("page recto"));
    assert!(page.contains("The first morning") && page.contains("alt=\"A road\""), "{page}");
    assert!(page.contains("aria-label=\"Pages ii–iii\""));
}

#[test]
fn pictures_fonts_and_styles_are_served_at_their_addresses() {
    let book = book();
    let server = Server::start(&book, "");
    let page = server.page();
    let pictures = values(&page, "src", "/picture/");
    assert_eq!(pictures.len(), 2, "{page}");
    for address in pictures {
        let answer = server.get(address);
        assert_eq!(answer.status, 200);
        assert!(answer.head.contains("Content-Type: image/jpeg"), "{}", answer.head);
        assert!(answer.body.starts_with(&[0xff, 0xd8]));
    }
    assert!(page.contains("loading=\"lazy\""));
    let style = server.get(values(&page, "href", "/style/")[0]);
    assert!(style.head.contains("Content-Type: text/css"));
    let font = style.text().split("url(\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(server.get(&font).body.starts_with(b"wOF2"), "{font}");
    assert_eq!(server.get("/preview.js").status, 200);
    assert_eq!(server.get("/preview.css").status, 200);
}

#[test]
fn the_e_book_is_beside_the_pages() {
    let book = book();
    let server = Server::start(&book, "");
    let ebook = server.get("/ebook").text();
    assert!(
        ebook.contains("class=\"plate\" id=\"d-plates-01-plate-1\"")
            && ebook.contains("The first morning")
    );
    let cover = values(&ebook, "src", "/picture/")[0];
    assert_eq!(server.get(cover).status, 200);
    // Each page knows which part of the e-book shows the same.
    let document = values(&server.page(), "data-document", "d-")[0].to_owned();
    assert!(ebook.contains(&format!("id=\"{document}\"")));
}

#[test]
fn only_the_chosen_editions_are_shown() {
    let book = book();
    let print = Server::start(&book, "--only print");
    assert!(print.page().contains("Safe area") && print.get("/ebook").status == 404);
    let ebook = Server::start(&book, "--only epub");
    assert!(!ebook.page().contains("class=\"spread\"") && ebook.get("/ebook").status == 200);
    let screen = Server::start(&book, "--only screen").page();
    assert!(screen.contains("class=\"spread\"") && !screen.contains("Bleed"), "{screen}");
}

#[test]
fn pages_of_other_servers_are_refused() {
    let book = book();
    let server = Server::start(&book, "");
    let host = server.host();
    let local = format!("Host: localhost:{}", server.port);
    let own = format!("Origin: http://127.0.0.1:{}", server.port);
    let status = |lines: &[&str]| server.send("GET /", lines).status;
    assert_eq!(status(&[&host]), 200);
    assert_eq!(status(&[&local]), 200);
    assert_eq!(status(&[&host, &own]), 200);
    assert_eq!(status(&[]), 403);
    assert_eq!(status(&["Host: book.example"]), 403);
    assert_eq!(status(&[&format!("Host: book.example:{}", server.port)]), 403);
    assert_eq!(status(&["Host: 127.0.0.1:1"]), 403);
    assert_eq!(status(&[&host, "Host: book.example"]), 403);
    assert_eq!(status(&[&host, "Origin: http://book.example"]), 403);
    assert_eq!(status(&[&host, "Origin: null"]), 403);
    assert_eq!(status(&[&host, &own, "Origin: http://book.example"]), 403);
}

#[test]
fn a_preview_can_only_be_read() {
    let book = book();
    let server = Server::start(&book, "");
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = server.send(&format!("{method} /"), &[&server.host(), "Content-Length: 0"]);
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.head.contains("Allow: GET, HEAD"));
    }
    let head = server.send("HEAD /", &[&server.host()]);
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn no_file_has_an_address() {
    let book = book();
    let server = Server::start(&book, "");
    for path in [
        "/book.yaml",
        "/a.jpg",
        "/../book.yaml",
        "/%2e%2e/book.yaml",
        "/picture/../../book.yaml",
        "/picture/00000000000000000000000000000000",
        "//etc/passwd",
        "/etc/passwd",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn pages_load_nothing_from_elsewhere() {
    let book = book();
    let server = Server::start(&book, "");
    for path in ["/", "/ebook", "/preview.css", "/nothing"] {
        let head = server.get(path).head;
        assert!(head.contains("Content-Security-Policy: default-src 'none';"), "{head}");
        assert!(head.contains("X-Content-Type-Options: nosniff"), "{head}");
        assert!(!head.contains("script-src 'unsafe"), "{head}");
    }
}

#[test]
fn a_change_of_the_manifest_is_announced_and_shown() {
    let book = book();
    let server = Server::start(&book, "");
    let mut events = server.events();
    let first = events.next();
    let page = server.page();
    assert!(page.contains(&format!("data-version=\"{first}\"")));
    let keys = values(&page, "data-key", "").join(" ");
    book.write("book.yaml", "title: Winter Road\npages:\n  - { photo: a.jpg, caption: At noon }\n");
    let page = page_with(&server, &mut events, "At noon");
    assert!(!page.contains("The second morning"));
    // The page of the same photo is known by the same key.
    let key = |page: &str| {
        let before = page.split("<img src=\"/picture/").next().unwrap().to_owned();
        (*values(&before, "data-key", "").last().unwrap()).to_owned()
    };
    assert!(keys.contains(&key(&page)));
}

#[test]
fn a_changed_photo_has_another_address() {
    let book = book();
    let server = Server::start(&book, "--only print");
    let mut events = server.events();
    events.next();
    let page = server.page();
    let before = values(&page, "src", "/picture/")[0].to_owned();
    book.write("a.jpg", jpeg(210, 140));
    let after = loop {
        events.next();
        let page = server.page();
        let now = values(&page, "src", "/picture/")[0].to_owned();
        if now != before {
            break now;
        }
    };
    assert_eq!(server.get(&after).status, 200);
}

#[test]
fn texts_designs_and_new_photos_are_followed() {
    let book = BookFixture::new(
        "title: Winter Road\ndesign: mine.yaml\npages:\n  - text: words.md\n  - photos: \"photos/*.jpg\"\n",
    )
    .file("words.md", "# One\n\nThe first words.\n")
    .file("mine.yaml", "paper: \"#ffffff\"\n")
    .photo("photos/a.jpg", 300, 200);
    let server = Server::start(&book, "--only print");
    let mut events = server.events();
    events.next();
    book.write("words.md", "# One\n\nOther words.\n");
    page_with(&server, &mut events, "Other words");
    book.write("photos/b.jpg", jpeg(200, 300));
    while values(&server.page(), "src", "/picture/").len() != 2 {
        events.next();
    }
}

#[test]
fn a_broken_manifest_keeps_the_last_book_and_lists_the_errors() {
    let book = book();
    let server = Server::start(&book, "");
    let mut events = server.events();
    events.next();
    book.write("book.yaml", "title: Winter Road\npages:\n  - photo: [\n");
    let page = page_with(&server, &mut events, "This is its last state without errors");
    assert!(page.contains("The first morning") && page.contains("yaml-syntax"), "{page}");
    assert!(page.contains("book.yaml:"), "{page}");
    book.write("book.yaml", "title: Winter Road\npages:\n  - { photo: a.jpg, caption: Mended }\n");
    let page = page_with(&server, &mut events, "Mended");
    assert!(!page.contains("last state without errors"));
}

#[test]
fn a_preview_starts_with_a_broken_manifest_and_waits_for_its_repair() {
    let book = book();
    book.write("book.yaml", "title: [\n");
    let server = Server::start(&book, "");
    let mut events = server.events();
    events.next();
    assert!(server.page().contains("The book has an error"));
    book.write("book.yaml", "title: Winter Road\npages:\n  - { photo: a.jpg, caption: Mended }\n");
    page_with(&server, &mut events, "Mended");
}

#[test]
fn findings_are_on_their_pages_and_in_the_list() {
    let book = BookFixture::with_pages(&["photo: a.jpg"]).photo("a.jpg", 300, 200);
    let page = Server::start(&book, "").page();
    let pin = values(&page, "href", "#f1")[0];
    assert!(page.contains(&format!("id=\"{}\"", &pin[1..])));
    assert!(page.contains("<code>resolution</code>"), "{page}");
    assert!(page.contains("book.yaml:3:12"), "{page}");
    assert!(page.contains("<code>alt-missing</code>"), "{page}");
}

#[cfg(unix)]
#[test]
fn an_edit_of_a_file_that_the_manifest_links_to_is_shown() {
    let manifest = "title: Before\npages:\n  - photo: a.jpg\n    alt: A.\n";
    let book = BookFixture::empty().photo("book/a.jpg", 300, 200).file("kept/real.yaml", manifest);
    std::os::unix::fs::symlink(book.path("kept/real.yaml"), book.path("book/book.yaml")).unwrap();
    let server = Server::start(&book, "book");
    let mut events = server.events();
    book.write("kept/real.yaml", manifest.replace("Before", "After"));
    page_with(&server, &mut events, "After");
}

#[test]
fn damage_is_reported_after_the_pages_are_there() {
    let mut truncated = jpeg(300, 200);
    truncated.truncate(truncated.len() / 2);
    let book = BookFixture::with_pages(&["photo: a.jpg"]).file("a.jpg", truncated);
    let server = Server::start(&book, "");
    let mut events = server.events();
    page_with(&server, &mut events, "<code>photo-truncated</code>");
}

#[test]
fn a_book_that_is_read_from_right_to_left_is_bound_on_the_right() {
    let book = BookFixture::new("title: דרך\nlanguage: he\npages:\n  - photo: a.jpg\n")
        .photo("a.jpg", 300, 200);
    let page = Server::start(&book, "").page();
    assert!(page.contains("data-binding=\"right\"") && page.contains("dir=\"rtl\""), "{page}");
}

#[test]
fn a_port_that_is_in_use_is_an_error() {
    let book = book();
    let server = Server::start(&book, "");
    let run = book.recto(&format!("preview --no-open --port {}", server.port));
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("preview-unavailable") && run.err.contains("--port"), "{run:?}");
}

/// A photo whose EXIF has a location.
fn located_photo() -> Vec<u8> {
    let packet = images::xmp(r#"exif:GPSLatitude="52,30.5N" exif:GPSLongitude="13,22.5E">"#);
    images::with_segment(&jpeg(300, 200), 0xe1, &images::xmp_segment(&packet))
}

fn has_location(picture: &[u8]) -> bool {
    picture.windows(3).any(|bytes| bytes == b"GPS")
}

#[test]
fn the_file_to_be_mailed_contains_everything() {
    let book = book().file("a.jpg", located_photo());
    let run = book.recto("preview --out mail/book.html");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.starts_with("mail/book.html  "), "{run:?}");
    let file = String::from_utf8(book.read("mail/book.html")).unwrap();
    for reference in ["http:", "https:", "file:", "src=\"/", "href=\"/", "url(\"/"] {
        assert!(!file.contains(reference), "{reference}");
    }
    assert!(file.contains("data:image/jpeg;base64,") && file.contains("data:font/woff2;base64,"));
    assert!(file.contains("The first morning") && file.contains("srcdoc=\""));
    assert!(!file.contains("52,30.5"), "the location is in the file");
    for picture in file.split("data:image/jpeg;base64,").skip(1) {
        let end = picture.find(['"', '&']).unwrap();
        let picture = base64::engine::general_purpose::STANDARD.decode(&picture[..end]).unwrap();
        assert!(picture.starts_with(&[0xff, 0xd8]) && !has_location(&picture));
    }
    assert!(!file.contains(&*book.folder().to_string_lossy()), "a path is in the file");
    assert!(!file.contains("data-version="), "it follows no server");
}

#[test]
fn the_location_of_a_photo_is_in_no_picture() {
    let book = book().file("a.jpg", located_photo());
    let server = Server::start(&book, "");
    let pages = [server.page(), server.get("/ebook").text()];
    for address in pages.iter().flat_map(|page| values(page, "src", "/picture/")) {
        let picture = server.get(address).body;
        assert!(picture.starts_with(&[0xff, 0xd8]) && !has_location(&picture));
    }
}

#[test]
fn a_file_is_not_written_for_a_book_that_cannot_be_read() {
    let book = BookFixture::new("title: [\n");
    let run = book.recto("preview --out book.html");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(!book.path("book.html").exists() && run.err.contains("yaml-syntax"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_preview_without_an_error() {
    let book = book();
    let mut server = Server::start(&book, "");
    let id = server.process.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(server.process.wait().unwrap().code(), Some(0));
    // A process that has ended cannot be killed again.
    server.process = Command::new("true").spawn().unwrap();
}
