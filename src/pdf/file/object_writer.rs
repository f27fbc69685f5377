//! Writes PDF objects to a stream, keeping only their offsets in memory.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::{Chunk, Dict, Filter, Name, Ref, Settings, Str};

/// The deflate level for all data that recto compresses here: text and profiles, which are small
/// compared with the photos.
const COMPRESSION_LEVEL: u32 = 6;

/// The end of a dictionary object that pdf-writer has finished.
const DICT_END: &[u8] = b">>\nendobj\n";

/// Writes a PDF file object by object.
pub(in crate::pdf) struct ObjectWriter<'w, W: Write> {
    out: &'w mut W,
    position: u64,
    /// The offset of each object by its number; `None` if only the number is reserved.
    offsets: Vec<Option<u64>>,
    cross_reference: CrossReference,
}

/// How a file lists the offsets of its objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum CrossReference {
    /// As a table in text, with offsets of ten digits; the only form before PDF 1.5 (ISO 32000-2,
    /// 7.5.4).
    Table,
    /// As a compressed stream (ISO 32000-2, 7.5.8).
    Stream,
}

/// The greatest offset that a cross-reference table can have.
const MAX_TABLE_OFFSET: u64 = 9_999_999_999;

impl<'w, W: Write> ObjectWriter<'w, W> {
    /// Writes the header. The high bytes in the comment mark the file as binary (ISO 32000-2,
    /// 7.5.2).
    pub(in crate::pdf) fn new(
        out: &'w mut W,
        header: &str,
        cross_reference: CrossReference,
    ) -> io::Result<Self> {
        let mut writer = Self { out, position: 0, offsets: Vec::new(), cross_reference };
        writer.write_bytes(format!("%PDF-{header}\n").as_bytes())?;
        writer.write_bytes(b"%\xE2\xE3\xCF\xD3\n")?;
        Ok(writer)
    }

    /// Reserves the number of an object that is written later.
    pub(in crate::pdf) fn reserve_id(&mut self) -> Ref {
        self.offsets.push(None);
        number(self.offsets.len())
    }

    /// Reserves consecutive object numbers.
    pub(in crate::pdf) fn reserve_ids(&mut self, count: usize) -> Vec<Ref> {
        (0..count).map(|_| self.reserve_id()).collect()
    }

    /// Writes an object with the number `id`, which `build` creates.
    pub(in crate::pdf) fn object(
        &mut self,
        id: Ref,
        build: impl FnOnce(&mut Chunk),
    ) -> io::Result<()> {
        let mut chunk = chunk();
        build(&mut chunk);
        debug_assert!(chunk.refs().eq([id]), "one object is one chunk");
        self.record_offset(id);
        self.write_bytes(chunk.as_bytes())
    }

    /// Writes a deflated stream; `describe` adds entries to its dictionary.
    pub(in crate::pdf) fn deflated_stream(
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

    /// Writes a stream of `length` bytes, which `copy` writes directly to the file, so that they
    /// need not be in memory. `describe` adds the entries of the dictionary except for the length,
    /// which may exceed pdf-writer's integers.
    pub(in crate::pdf) fn copied_stream(
        &mut self,
        id: Ref,
        length: u64,
        describe: impl FnOnce(&mut Dict<'_>),
        copy: impl FnOnce(&mut W) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut chunk = chunk();
        describe(&mut chunk.indirect(id).dict());
        let head = chunk.as_bytes();
        let head = head.strip_suffix(DICT_END).unwrap_or(head);
        self.record_offset(id);
        self.write_bytes(head)?;
        self.write_bytes(format!("/Length {length}>>\nstream\n").as_bytes())?;
        copy(self.out)?;
        self.position += length;
        self.write_bytes(b"\nendstream\nendobj\n")
    }

    /// Whether the file is too long for its cross-reference table.
    pub(in crate::pdf) fn is_too_long(&self) -> bool {
        self.cross_reference == CrossReference::Table && self.position > MAX_TABLE_OFFSET
    }

    /// Writes the cross-reference and the end of the file.
    pub(in crate::pdf) fn finish(self, root: Ref, info: Ref, file_id: &[u8]) -> io::Result<()> {
        match self.cross_reference {
            CrossReference::Table => self.finish_with_table(root, info, file_id),
            CrossReference::Stream => self.finish_with_stream(root, info, file_id),
        }
    }

    /// Writes the cross-reference table, whose entries have 20 bytes each, and the trailer. Numbers
    /// that were only reserved are a list in which each names the next.
    fn finish_with_table(mut self, root: Ref, info: Ref, file_id: &[u8]) -> io::Result<()> {
        let start = self.position;
        let mut table = format!("xref\n0 {}\n", self.offsets.len() + 1);
        let all = || std::iter::once(None).chain(self.offsets.iter().copied());
        let mut free = all().enumerate().filter(|(_, it)| it.is_none()).map(|(number, _)| number);
        free.next();
        for offset in all() {
            let line = match offset {
                Some(offset) => format!("{offset:010} 00000 n \n"),
                None => format!("{:010} 65535 f \n", free.next().unwrap_or_default()),
            };
            table.push_str(&line);
        }
        let size = i32::try_from(self.offsets.len() + 1).unwrap_or(i32::MAX);
        // Only the dictionary of this object is written.
        let mut chunk = chunk();
        let mut trailer = chunk.indirect(Ref::new(1)).dict();
        trailer.pair(Name(b"Size"), size).pair(Name(b"Root"), root).pair(Name(b"Info"), info);
        trailer.insert(Name(b"ID")).array().items([Str(file_id), Str(file_id)]);
        drop(trailer);
        let object = chunk.as_bytes();
        let from = object.windows(2).position(|two| two == b"<<").unwrap_or_default();
        let trailer = object[from..].strip_suffix(b"endobj\n").unwrap_or(object);
        self.write_bytes(table.as_bytes())?;
        self.write_bytes(b"trailer\n")?;
        self.write_bytes(trailer)?;
        self.write_bytes(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()
    }

    /// Writes the cross-reference stream, which is the trailer too. The width of its offsets
    /// depends on the length of the file.
    fn finish_with_stream(mut self, root: Ref, info: Ref, file_id: &[u8]) -> io::Result<()> {
        let id = self.reserve_id();
        let start = self.position;
        self.record_offset(id);
        let width = byte_width(start);
        let mut table = xref_entry(0, 0, width, u16::MAX);
        for offset in &self.offsets {
            table.extend(match offset {
                Some(offset) => xref_entry(1, *offset, width, 0),
                None => xref_entry(0, 0, width, u16::MAX),
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
        self.write_bytes(chunk.as_bytes())?;
        self.write_bytes(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()
    }

    fn record_offset(&mut self, id: Ref) {
        let index = usize::try_from(id.get() - 1).unwrap_or_default();
        debug_assert!(self.offsets[index].is_none(), "object {} is written twice", id.get());
        self.offsets[index] = Some(self.position);
    }

    fn write_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.position += bytes.len() as u64;
        Ok(())
    }
}

/// An empty chunk without pretty-printing.
fn chunk() -> Chunk {
    Chunk::with_settings(Settings { pretty: false })
}

/// Object numbers start at 1. A file with more than 2³¹ objects is beyond any reader.
fn number(count: usize) -> Ref {
    Ref::new(i32::try_from(count).unwrap_or(i32::MAX))
}

/// An entry of a cross-reference stream with fields of 1, `width` and 2 bytes.
fn xref_entry(kind: u8, offset: u64, width: u8, generation: u16) -> Vec<u8> {
    let offset = offset.to_be_bytes();
    let mut bytes = vec![kind];
    bytes.extend_from_slice(&offset[offset.len() - usize::from(width)..]);
    bytes.extend_from_slice(&generation.to_be_bytes());
    bytes
}

/// The number of bytes that a number takes, at least 1.
fn byte_width(number: u64) -> u8 {
    (1..8).find(|&bytes| number >> (8 * bytes) == 0).unwrap_or(8)
}

/// Compresses data for `FlateDecode`.
fn deflate(data: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(COMPRESSION_LEVEL));
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
            [0, 255, 256, u64::from(u32::MAX), 10_000_000_000].map(byte_width),
            [1, 1, 2, 4, 5]
        );
    }

    #[test]
    fn a_table_lists_the_offset_of_each_object_and_chains_those_that_are_only_reserved() {
        let mut out = Vec::new();
        let mut writer = ObjectWriter::new(&mut out, "1.3", CrossReference::Table).unwrap();
        let [_, second, _] = [writer.reserve_id(), writer.reserve_id(), writer.reserve_id()];
        writer.object(second, |chunk| chunk.indirect(second).primitive(true)).unwrap();
        assert!(!writer.is_too_long());
        writer.finish(second, second, b"id").unwrap();
        let text = String::from_utf8_lossy(&out);
        let table = text.split_once("xref\n").unwrap().1;
        assert_eq!(
            table,
            "0 4\n0000000001 65535 f \n0000000003 65535 f \n0000000015 00000 n \n\
             0000000000 65535 f \ntrailer\n<</Size 4/Root 2 0 R/Info 2 0 R/ID[(id)(id)]>>\n\
             startxref\n35\n%%EOF\n"
        );
    }

    #[test]
    fn a_file_of_ten_gigabytes_is_too_long_for_a_table() {
        let mut out = Vec::new();
        let mut writer = ObjectWriter::new(&mut out, "1.3", CrossReference::Table).unwrap();
        let id = writer.reserve_id();
        writer.copied_stream(id, MAX_TABLE_OFFSET, |_| {}, |_| Ok(())).unwrap();
        assert!(writer.is_too_long());
    }

    #[test]
    fn a_file_of_ten_gigabytes_keeps_its_offsets() {
        const LENGTH: u64 = 5_000_000_000;
        let mut out = Vec::new();
        let mut writer = ObjectWriter::new(&mut out, "1.6", CrossReference::Stream).unwrap();
        let [first, second, catalog] =
            [writer.reserve_id(), writer.reserve_id(), writer.reserve_id()];
        // The bytes are not written, only counted.
        for id in [first, second] {
            writer.copied_stream(id, LENGTH, |_| {}, |_| Ok(())).unwrap();
        }
        writer.object(catalog, |chunk| chunk.indirect(catalog).primitive(true)).unwrap();
        writer.finish(catalog, catalog, b"sixteen bytes id").unwrap();

        let text = String::from_utf8_lossy(&out);
        assert!(text.contains("/Length 5000000000>>\nstream\n"));
        assert!(text.contains("/W[1 5 2]"), "{text}");
        let start: u64 = text.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(start > 2 * LENGTH);
        let stream = out.windows(7).rposition(|window| window == b"stream\n").unwrap();
        let stream = out[..stream].windows(7).rposition(|window| window == b"stream\n").unwrap();
        let mut table = Vec::new();
        ZlibDecoder::new(&out[stream + 7..]).read_to_end(&mut table).unwrap();
        let offsets: Vec<u64> = table
            .chunks(8)
            .map(|line| line[1..6].iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
            .collect();
        assert_eq!(offsets.len(), 5);
        assert_eq!(offsets[1], 15);
        assert!(offsets[2] > LENGTH && offsets[3] > 2 * LENGTH && offsets[4] == start);
    }
}
