//! The README's three commands, from a folder of photos to a book, run as they stand.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use super::examples::blocks_in;
use crate::support::fixture::BookFixture;

/// The commands, without their comments.
fn commands() -> Vec<Vec<String>> {
    let readme = super::read(&super::root().join("README.md"));
    let blocks = blocks_in(&readme, "sh");
    let block = blocks.iter().find(|block| block.starts_with("recto init")).unwrap();
    let command = |line: &str| {
        let (command, _) = line.split_once('#').unwrap_or((line, ""));
        command.split_whitespace().map(str::to_owned).collect()
    };
    block.lines().map(command).collect()
}

/// A folder of photos from the sample book.
fn winter_road() -> BookFixture {
    let photos = super::root().join("book/photos");
    let mut names: Vec<_> =
        fs::read_dir(photos).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut folder = BookFixture::empty();
    for (index, photo) in names.into_iter().take(3).enumerate() {
        folder = folder.file(&format!("winter-road/0{}.jpg", index + 1), fs::read(photo).unwrap());
    }
    folder
}

fn recto(folder: &BookFixture, arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.args(&arguments[1..]).current_dir(folder.folder());
    command.env("RECTO_CACHE", folder.path("cache")).env("LC_ALL", "C");
    command
}

#[test]
fn three_commands_make_a_book_of_a_folder_of_photos() {
    let folder = winter_road();
    let commands = commands();
    let [init, preview, build] = commands.as_slice() else { panic!("{commands:?}") };

    let run = recto(&folder, init).output().unwrap();
    assert!(run.status.success(), "{run:?}");

    let mut server =
        recto(&folder, preview).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().rsplit("http://").next().unwrap().trim_end_matches('/').to_owned();
    let mut page = String::new();
    let mut connection = TcpStream::connect(&address).unwrap();
    write!(connection, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    connection.read_to_string(&mut page).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("Winter road"), "{page}");

    let run = recto(&folder, build).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    for name in ["winter-road.epub", "winter-road-print.pdf", "SHA256SUMS"] {
        assert!(folder.path(&format!("winter-road/dist/{name}")).is_file(), "{name}: {run:?}");
    }
}
