//! The inputs that fuzzing begins with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::targets;

/// Larger files teach a fuzzer nothing that smaller ones do not.
const MAX_BYTES: u64 = 64 << 10;

/// Writes a folder of inputs for each target, and prints the names of the targets.
///
/// # Errors
/// A file cannot be written.
pub fn write(folder: &Path) -> io::Result<()> {
    for (name, _) in targets::TARGETS {
        println!("{name}");
        write_seeds(name, &folder.join(name))?;
    }
    Ok(())
}

fn write_seeds(target: &str, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // Beside the repository, where it is: files that are odd or damaged.
    let torture = root.join("../shared/torture");
    let mut files = match target {
        "manifest" => files(&root.join("tests"), &["yaml"]),
        "markdown" => files(&root.join("book"), &["md"]),
        "photo" => {
            files(&torture, &["jpg", "jpeg", "png", "tif", "tiff", "webp", "gif", "jxl", "bmp"])
        }
        "profile" => files(&torture, &["icc"]),
        _ => Vec::new(),
    };
    files.retain(|path| fs::metadata(path).is_ok_and(|file| file.len() <= MAX_BYTES));
    for (index, path) in files.iter().enumerate() {
        fs::copy(path, folder.join(format!("seed-{index}")))?;
    }
    let written: Vec<Vec<u8>> = match target {
        "captions" => vec![b"file;caption\n1.jpg;\"a;\"\"b\"\"\"\n2.jpg;c\n".to_vec()],
        "exif" => vec![
            b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x69\x87\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0\
              \x01\0\x03\x90\x02\0\x14\0\0\0\x38\0\0\0\0\0\0\02024:02:29 12:00:00\0".to_vec(),
            b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec(),
        ],
        "xmp" => vec![
            b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
              <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:description><rdf:Alt>\
              <rdf:li xml:lang='x-default'>A &amp; b</rdf:li></rdf:Alt></dc:description></rdf:Description>\
              </rdf:RDF></x:xmpmeta>".to_vec(),
        ],
        "iptc" => vec![b"8BIM\x04\x04\0\0\0\0\0\x10\x1c\x01\x5a\0\x03\x1b%G\x1c\x02\x78\0\x03abc".to_vec()],
        "profile" => vec![recto::picture::srgb().to_vec()],
        "photo" => vec![targets::jpeg_seed()],
        "typesetting" => vec![
            b"\x10\x27\0\0\0\x01\0Winter road, the harbour\xc2\xadlight 1984.".to_vec(),
            "\u{10}\u{27}\0\0\u{2}\u{1}\u{3}الشتاء a في b — 中文、「字」。\u{301}".as_bytes().to_vec(),
        ],
        "font" => targets::embedded_fonts(),
        "book" => (0..8).map(|seed| noise(seed, 3000 + seed as usize)).collect(),
        _ => Vec::new(),
    };
    for (index, bytes) in written.iter().enumerate() {
        fs::write(folder.join(format!("written-{index}")), bytes)?;
    }
    Ok(())
}

/// The files with these extensions below a folder, in order.
fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path.extension().is_some_and(|it| extensions.iter().any(|known| it == *known)) {
            found.push(path);
        }
    }
    found
}

/// Bytes without a pattern, the same each time.
fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}
