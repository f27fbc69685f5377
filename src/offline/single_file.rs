//! One HTML file with its pictures inside.

use std::collections::BTreeMap;
use std::io::Write;

use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;

use super::error::OfflineError;
use super::names::FOLDER;

/// Writes a page whose pictures have addresses of files, with the pictures in their place.
pub(super) struct SingleFile<'a, W> {
    out: &'a mut W,
    /// The text before each picture, and the address of the picture.
    parts: std::vec::IntoIter<(&'a str, &'a str)>,
    /// The part that is written next.
    next: Option<(&'a str, &'a str)>,
    /// The text after the last picture.
    end: &'a str,
    /// How many times each picture is still to be written.
    counts: BTreeMap<&'a str, usize>,
    /// The pictures whose place is not reached, or that are shown again. Only small ones wait
    /// long: those in the list of plates.
    waiting: BTreeMap<String, Vec<u8>>,
}

/// What stands before an address, and before the address of a picture.
const ATTRIBUTE: &str = "src=\"";

impl<'a, W: Write> SingleFile<'a, W> {
    pub(super) fn new(page: &'a str, out: &'a mut W) -> Self {
        let mut parts = Vec::new();
        let mut counts = BTreeMap::new();
        let mut rest = page;
        let mut from = 0;
        while let Some(at) = rest[from..].find(ATTRIBUTE).map(|at| from + at + ATTRIBUTE.len()) {
            from = at;
            let Some(address) = rest[at..].split('"').next() else { break };
            if address.starts_with(FOLDER) {
                parts.push((&rest[..at], address));
                *counts.entry(address).or_insert(0) += 1;
                rest = &rest[at + address.len()..];
                from = 0;
            }
        }
        let mut parts = parts.into_iter();
        let next = parts.next();
        Self { out, parts, next, end: rest, counts, waiting: BTreeMap::new() }
    }

    /// Takes a picture, and writes as much as is possible.
    pub(super) fn add(&mut self, address: String, jpeg: Vec<u8>) -> Result<(), OfflineError> {
        self.waiting.insert(address, jpeg);
        while let Some((text, address)) = self.next {
            let Some(jpeg) = self.waiting.get(address) else { break };
            self.out.write_all(text.as_bytes())?;
            write!(self.out, "data:image/jpeg;base64,{}", Base64Display::new(jpeg, &STANDARD))?;
            if let Some(count) = self.counts.get_mut(address) {
                *count -= 1;
                if *count == 0 {
                    self.waiting.remove(address);
                }
            }
            self.next = self.parts.next();
        }
        Ok(())
    }

    /// Writes the end of the page.
    pub(super) fn finish(self) -> Result<(), OfflineError> {
        self.out.write_all(self.end.as_bytes())?;
        Ok(self.out.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_stand_in_their_places_as_often_as_they_are_shown() {
        let page = "<img src=\"book/a-9.jpg\"><p>src=\"no</p><img src=\"book/b-9.jpg\">\
            <img src=\"book/a-2.jpg\"><img src=\"book/a-2.jpg\">";
        let mut out = Vec::new();
        let mut file = SingleFile::new(page, &mut out);
        for (name, jpeg) in [("a-9", "A"), ("a-2", "a"), ("b-9", "B")] {
            file.add(format!("book/{name}.jpg"), jpeg.as_bytes().to_vec()).unwrap();
        }
        assert!(file.waiting.is_empty());
        file.finish().unwrap();
        let data = |base64| format!("data:image/jpeg;base64,{base64}");
        assert_eq!(
            String::from_utf8(out).unwrap(),
            page.replace("book/a-9.jpg", &data("QQ=="))
                .replace("book/b-9.jpg", &data("Qg=="))
                .replace("book/a-2.jpg", &data("YQ=="))
        );
    }
}
