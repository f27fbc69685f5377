//! The file as it grows: finished objects go out, and only the places where they
//! began stay behind.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::{Chunk, Dict, Filter, Name, Ref, Settings, Str};

/// The deflate level for everything that recto compresses itself: text and profiles,
/// which are small beside the photos.
const LEVEL: u32 = 6;

/// What ends the dictionary of an object that pdf-writer believes to be finished.
const TAIL: &[u8] = b">>\nendobj\n";

/// A PDF on its way out.
pub(in crate::pdf) struct Sink<'w, W: Write> {
    out: &'w mut W,
    position: u64,
    /// Where each object began, by number; [`None`] while it is only promised.
    places: Vec<Option<u64>>,
}

impl<'w, W: Write> Sink<'w, W> {
    /// Writes the header. The comment's high bytes tell file transfers that this is
    /// not text (ISO 32000-2, 7.5.2).
    pub(in crate::pdf) fn start(out: &'w mut W, header: &str) -> io::Result<Self> {
        let mut sink = Self { out, position: 0, places: Vec::new() };
        sink.put(format!("%PDF-{header}\n").as_bytes())?;
        sink.put(b"%\xE2\xE3\xCF\xD3\n")?;
        Ok(sink)
    }

    /// A number for an object that is written later.
    pub(in crate::pdf) fn promise(&mut self) -> Ref {
        self.places.push(None);
        number(self.places.len())
    }

    /// Numbers for that many objects, one after the other.
    pub(in crate::pdf) fn promise_all(&mut self, count: usize) -> Vec<Ref> {
        (0..count).map(|_| self.promise()).collect()
    }

    /// Writes one object, which `build` makes under the number `id`.
    pub(in crate::pdf) fn object(
        &mut self,
        id: Ref,
        build: impl FnOnce(&mut Chunk),
    ) -> io::Result<()> {
        let mut chunk = chunk();
        build(&mut chunk);
        debug_assert!(chunk.refs().eq([id]), "one object is one chunk");
        self.begins(id);
        self.put(chunk.as_bytes())
    }

    /// Writes a stream, deflated; `describe` adds to its dictionary.
    pub(in crate::pdf) fn deflated(
        &mut self,
        id: Ref,
        data: &[u8],
        describe: impl FnOnce(&mut Dict<'_>),
    ) -> io::Result<()> {
        let data = deflate(data)?;
        self.object(id, |chunk| {
            let mut stream = chunk.stream(id, &data);
            stream.filter(Filter::FlateDecode);
            describe(&mut stream);
        })
    }

    /// Writes a stream of `length` bytes that never pass through memory: `copy` puts
    /// them straight into the file. `describe` makes the dictionary but for its length,
    /// which may be beyond what pdf-writer's integers hold.
    pub(in crate::pdf) fn copied(
        &mut self,
        id: Ref,
        length: u64,
        describe: impl FnOnce(&mut Dict<'_>),
        copy: impl FnOnce(&mut W) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut chunk = chunk();
        describe(&mut chunk.indirect(id).dict());
        let head = chunk.as_bytes();
        let head = head.strip_suffix(TAIL).unwrap_or(head);
        self.begins(id);
        self.put(head)?;
        self.put(format!("/Length {length}>>\nstream\n").as_bytes())?;
        copy(self.out)?;
        self.position += length;
        self.put(b"\nendstream\nendobj\n")
    }

    /// Writes the cross-reference stream, which is the trailer too (ISO 32000-2, 7.5.8),
    /// and the end of the file. Its offsets are as wide as the file is long.
    pub(in crate::pdf) fn finish(mut self, root: Ref, info: Ref, file_id: &[u8]) -> io::Result<()> {
        let id = self.promise();
        let start = self.position;
        self.begins(id);
        let width = bytes_needed(start);
        let mut table = entry(0, 0, width, u16::MAX);
        for place in &self.places {
            table.extend(match place {
                Some(place) => entry(1, *place, width, 0),
                None => entry(0, 0, width, u16::MAX),
            });
        }
        let table = deflate(&table)?;
        let mut chunk = chunk();
        let mut stream = chunk.stream(id, &table);
        stream.filter(Filter::FlateDecode);
        stream.pair(Name(b"Type"), Name(b"XRef"));
        stream.pair(Name(b"Size"), id.get() + 1);
        stream.pair(Name(b"Root"), root);
        stream.pair(Name(b"Info"), info);
        stream.insert(Name(b"ID")).array().items([Str(file_id), Str(file_id)]);
        stream.insert(Name(b"W")).array().items([1, i32::from(width), 2]);
        drop(stream);
        self.put(chunk.as_bytes())?;
        self.put(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()
    }

    fn begins(&mut self, id: Ref) {
        let index = usize::try_from(id.get() - 1).unwrap_or_default();
        debug_assert!(self.places[index].is_none(), "object {} is written twice", id.get());
        self.places[index] = Some(self.position);
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.position += bytes.len() as u64;
        Ok(())
    }
}

/// An empty chunk that writes without padding.
fn chunk() -> Chunk {
    Chunk::with_settings(Settings { pretty: false })
}

/// Object numbers start at 1. A file with more than 2³¹ objects is beyond any reader.
fn number(count: usize) -> Ref {
    Ref::new(i32::try_from(count).unwrap_or(i32::MAX))
}

/// One line of a cross-reference stream with fields of 1, `width` and 2 bytes.
fn entry(kind: u8, place: u64, width: u8, generation: u16) -> Vec<u8> {
    let place = place.to_be_bytes();
    let mut bytes = vec![kind];
    bytes.extend_from_slice(&place[place.len() - usize::from(width)..]);
    bytes.extend_from_slice(&generation.to_be_bytes());
    bytes
}

/// How many bytes it takes to write a number, at least 1.
fn bytes_needed(number: u64) -> u8 {
    (1..8).find(|&bytes| number >> (8 * bytes) == 0).unwrap_or(8)
}

/// Compresses as `FlateDecode` expects it.
fn deflate(data: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
    encoder.write_all(data)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    #[test]
    fn offsets_are_as_wide_as_the_file_is_long() {
        assert_eq!(
            [0, 255, 256, u64::from(u32::MAX), 10_000_000_000].map(bytes_needed),
            [1, 1, 2, 4, 5]
        );
    }

    #[test]
    fn a_file_of_ten_gigabytes_keeps_its_offsets() {
        const LENGTH: u64 = 5_000_000_000;
        let mut out = Vec::new();
        let mut sink = Sink::start(&mut out, "1.6").unwrap();
        let [first, second, catalog] = [sink.promise(), sink.promise(), sink.promise()];
        // The bytes are only said to be there: the file is as long as it claims to be.
        for id in [first, second] {
            sink.copied(id, LENGTH, |_| {}, |_| Ok(())).unwrap();
        }
        sink.object(catalog, |chunk| chunk.indirect(catalog).primitive(true)).unwrap();
        sink.finish(catalog, catalog, b"sixteen bytes id").unwrap();

        let text = String::from_utf8_lossy(&out);
        assert!(text.contains("/Length 5000000000>>\nstream\n"));
        assert!(text.contains("/W[1 5 2]"), "{text}");
        let start: u64 = text.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(start > 2 * LENGTH);
        let stream = out.windows(7).rposition(|window| window == b"stream\n").unwrap();
        let stream = out[..stream].windows(7).rposition(|window| window == b"stream\n").unwrap();
        let mut table = Vec::new();
        ZlibDecoder::new(&out[stream + 7..]).read_to_end(&mut table).unwrap();
        let places: Vec<u64> = table
            .chunks(8)
            .map(|line| line[1..6].iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
            .collect();
        assert_eq!(places.len(), 5);
        assert_eq!(places[1], 15);
        assert!(places[2] > LENGTH && places[3] > 2 * LENGTH && places[4] == start);
    }
}
