//! Reads the container of HEIF files (ISO/IEC 14496-12 and 23008-12): the items, their properties,
//! and where their data is. The pixels are not read.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::picture::format::header::FormatError;
use crate::picture::format::source::RandomAccess;

/// A larger `meta` box is not read: it has no pixels, and that of a camera takes a few kilobytes.
const MAX_META: u64 = 64 * 1024 * 1024;
/// The maximum number of boxes at the top of a file.
const MAX_BOXES: usize = 10_000;
/// The maximum number of items, references and extents. A grid of 300 megapixels has about 1,200
/// tiles of 512 × 512 pixels.
const MAX_ENTRIES: usize = 100_000;

/// The four letters that name a box, an item or a reference.
pub(in crate::picture) type FourCc = [u8; 4];

/// The `meta` box of a file.
#[derive(Debug)]
pub(in crate::picture) struct HeifContainer {
    /// The body of the box.
    meta: Vec<u8>,
    /// The item that the file shows.
    primary: u32,
    items: BTreeMap<u32, ImageItem>,
    references: Vec<Reference>,
    /// The boxes of all properties.
    properties: Vec<(FourCc, Range<usize>)>,
    /// The properties of each item by their number, which starts at 1, in their order.
    associations: BTreeMap<u32, Vec<usize>>,
    locations: BTreeMap<u32, ItemLocation>,
    /// Item data that is in the box itself.
    data: Range<usize>,
}

#[derive(Debug)]
struct ImageItem {
    kind: FourCc,
    /// The media type of an item of the kind `mime`.
    media_type: String,
}

/// A reference of one item to others.
#[derive(Debug)]
struct Reference {
    kind: FourCc,
    from: u32,
    to: Vec<u32>,
}

#[derive(Debug)]
struct ItemLocation {
    /// 0: offsets in the file; 1: in the `idat` box.
    method: u8,
    /// Offsets and lengths; a length of 0 reaches to the end.
    extents: Vec<(u64, u64)>,
}

impl HeifContainer {
    /// Reads the `meta` box.
    pub(in crate::picture) fn read(source: &mut impl RandomAccess) -> Result<Self, FormatError> {
        let mut at = 0;
        for _ in 0..MAX_BOXES {
            if at >= source.length() {
                break;
            }
            let [s3, s2, s1, s0, kind @ ..] = source.read_array::<8>(at)?;
            let (header, size) = match u32::from_be_bytes([s3, s2, s1, s0]) {
                0 => (8, source.length() - at),
                1 => (16, u64::from_be_bytes(source.read_array(at + 8)?)),
                size => (8, u64::from(size)),
            };
            if size < header {
                return Err(FormatError::damaged("a box has an invalid size"));
            }
            if kind == *b"meta" {
                if size > MAX_META {
                    return Err(FormatError::damaged("its metadata is too large"));
                }
                return Self::parse(source.read_bytes(at + header, size - header)?)
                    .ok_or_else(|| FormatError::damaged("its metadata is invalid"));
            }
            let Some(next) = at.checked_add(size) else { break };
            at = next;
        }
        Err(FormatError::damaged("it has no picture, or is truncated"))
    }

    fn parse(meta: Vec<u8>) -> Option<Self> {
        // Version and flags come first.
        let children = boxes(&meta, 4..meta.len());
        let find = |kind: &FourCc| {
            children.iter().find(|(it, _)| it == kind).map(|(_, range)| range.clone())
        };
        let fields = |kind: &FourCc| Some(Fields::new(meta.get(find(kind)?)?));

        let mut fields_of_primary = fields(b"pitm")?;
        let version = fields_of_primary.version()?;
        let primary = fields_of_primary.id(version > 0)?;
        let items = items(&meta, find(b"iinf")?)?;
        let references = match find(b"iref") {
            Some(range) => references(&meta, range)?,
            None => Vec::new(),
        };
        let of_properties = boxes(&meta, find(b"iprp")?);
        let (_, list) = of_properties.iter().find(|(kind, _)| kind == b"ipco")?;
        let properties = boxes(&meta, list.clone());
        let mut associations = BTreeMap::new();
        for (_, range) in of_properties.iter().filter(|(kind, _)| kind == b"ipma") {
            associate(Fields::new(meta.get(range.clone())?), &mut associations)?;
        }
        let locations = locations(fields(b"iloc")?)?;
        let data = find(b"idat").unwrap_or(0..0);
        let container = Self {
            primary,
            items,
            references,
            properties,
            associations,
            locations,
            data,
            meta: Vec::new(),
        };
        Some(Self { meta, ..container })
    }

    /// The item that the file shows.
    pub(in crate::picture) fn primary(&self) -> u32 {
        self.primary
    }

    /// The kind of an item, such as `hvc1` or `grid`.
    pub(in crate::picture) fn kind(&self, item: u32) -> Option<FourCc> {
        self.items.get(&item).map(|item| item.kind)
    }

    /// The items that an item refers to, such as the tiles of a grid.
    pub(in crate::picture) fn targets(&self, item: u32, kind: FourCc) -> &[u32] {
        let mut references = self.references.iter();
        references.find(|it| it.kind == kind && it.from == item).map_or(&[], |it| &it.to)
    }

    /// The items that refer to an item, such as its metadata.
    pub(in crate::picture) fn sources(
        &self,
        item: u32,
        kind: FourCc,
    ) -> impl Iterator<Item = u32> + '_ {
        let references = self.references.iter();
        references.filter(move |it| it.kind == kind && it.to.contains(&item)).map(|it| it.from)
    }

    /// Whether an item is an XMP packet.
    pub(in crate::picture) fn is_xmp(&self, item: u32) -> bool {
        self.items.get(&item).is_some_and(|item| {
            item.kind == *b"mime"
                && matches!(item.media_type.as_str(), "application/rdf+xml" | "application/xmp+xml")
        })
    }

    /// The properties of an item, in their order.
    pub(in crate::picture) fn properties(
        &self,
        item: u32,
    ) -> impl Iterator<Item = (FourCc, &[u8])> + '_ {
        let numbers = self.associations.get(&item).map_or(&[][..], Vec::as_slice);
        numbers.iter().filter_map(|number| {
            let (kind, range) = self.properties.get(number.checked_sub(1)?)?;
            Some((*kind, self.meta.get(range.clone())?))
        })
    }

    /// The first property of a kind.
    pub(in crate::picture) fn property(&self, item: u32, kind: FourCc) -> Option<&[u8]> {
        self.properties(item).find(|(it, _)| *it == kind).map(|(_, body)| body)
    }

    /// The data of an item, if it is there and not longer than `max` bytes.
    pub(in crate::picture) fn data(
        &self,
        source: &mut impl RandomAccess,
        item: u32,
        max: u64,
    ) -> Option<Vec<u8>> {
        let ItemLocation { method, extents } = self.locations.get(&item)?;
        let mut data = Vec::new();
        for &(offset, length) in extents {
            let mut idat = self.meta.get(self.data.clone())?;
            let total = if *method == 0 { source.length() } else { idat.length() };
            let length = if length == 0 { total.checked_sub(offset)? } else { length };
            if length.checked_add(data.len() as u64)? > max {
                return None;
            }
            data.extend(match method {
                0 => source.read_bytes(offset, length).ok()?,
                1 => idat.read_bytes(offset, length).ok()?,
                _ => return None,
            });
        }
        Some(data)
    }
}

/// The boxes in a range: their kinds, and the ranges of their bodies. The list ends where a box is
/// invalid.
fn boxes(bytes: &[u8], range: Range<usize>) -> Vec<(FourCc, Range<usize>)> {
    let mut boxes = Vec::new();
    let mut at = range.start;
    while let Some(&[s3, s2, s1, s0, k3, k2, k1, k0]) =
        bytes.get(..range.end).and_then(|bytes| bytes.get(at..)?.first_chunk())
    {
        let mut body = at + 8;
        let size = match u32::from_be_bytes([s3, s2, s1, s0]) {
            0 => range.end - at,
            1 => {
                let Some(&size) = bytes.get(body..range.end).and_then(<[u8]>::first_chunk::<8>)
                else {
                    break;
                };
                body += 8;
                usize::try_from(u64::from_be_bytes(size)).unwrap_or(usize::MAX)
            }
            size => size as usize,
        };
        let Some(end) = at.checked_add(size).filter(|&end| end >= body && end <= range.end) else {
            break;
        };
        boxes.push(([k3, k2, k1, k0], body..end));
        at = end;
    }
    boxes
}

fn items(meta: &[u8], range: Range<usize>) -> Option<BTreeMap<u32, ImageItem>> {
    let version = Fields::new(meta.get(range.clone())?).version()?;
    let start = range.start + if version == 0 { 6 } else { 8 };
    let mut items = BTreeMap::new();
    for (kind, range) in boxes(meta, start..range.end).into_iter().take(MAX_ENTRIES) {
        if kind != *b"infe" {
            continue;
        }
        let mut fields = Fields::new(meta.get(range)?);
        let version = fields.version()?;
        // Earlier versions have no kind, and no picture uses them.
        if version < 2 {
            continue;
        }
        let id = fields.id(version > 2)?;
        // The protection index.
        fields.u16()?;
        let kind = fields.take(4)?.first_chunk().copied()?;
        let media_type = match &kind {
            b"mime" => {
                fields.text();
                fields.text()
            }
            _ => String::new(),
        };
        items.insert(id, ImageItem { kind, media_type });
    }
    Some(items)
}

fn references(meta: &[u8], range: Range<usize>) -> Option<Vec<Reference>> {
    let version = Fields::new(meta.get(range.clone())?).version()?;
    let mut references = Vec::new();
    let mut count = 0;
    for (kind, range) in boxes(meta, range.start + 4..range.end) {
        let mut fields = Fields::new(meta.get(range)?);
        let from = fields.id(version > 0)?;
        let targets = fields.u16()?;
        count += usize::from(targets);
        if count > MAX_ENTRIES {
            return None;
        }
        let to: Option<Vec<u32>> = (0..targets).map(|_| fields.id(version > 0)).collect();
        references.push(Reference { kind, from, to: to? });
    }
    Some(references)
}

/// Reads the numbers of the properties of each item.
fn associate(mut fields: Fields<'_>, associations: &mut BTreeMap<u32, Vec<usize>>) -> Option<()> {
    let [version, _, _, flags] = fields.take(4)?.first_chunk().copied()?;
    for _ in 0..fields.u32()? {
        let item = fields.id(version > 0)?;
        let count = fields.u8()?;
        let numbers = associations.entry(item).or_default();
        for _ in 0..count {
            // The highest bit says whether the property is essential.
            numbers.push(usize::from(if flags & 1 == 0 {
                u16::from(fields.u8()? & 0x7F)
            } else {
                fields.u16()? & 0x7FFF
            }));
        }
    }
    Some(())
}

fn locations(mut fields: Fields<'_>) -> Option<BTreeMap<u32, ItemLocation>> {
    let version = fields.version()?;
    let [sizes, more_sizes] = fields.take(2)?.first_chunk().copied()?;
    let (offset_size, length_size) = (sizes >> 4, sizes & 15);
    let (base_size, index_size) = (more_sizes >> 4, if version > 0 { more_sizes & 15 } else { 0 });
    let mut locations = BTreeMap::new();
    let mut total = 0;
    let count = fields.id(version > 1)?;
    for _ in 0..count {
        let item = fields.id(version > 1)?;
        let method = if version > 0 { fields.u16()? & 15 } else { 0 };
        // The index of the file that has the data; 0 is this one.
        let file = fields.u16()?;
        let base = fields.sized(base_size)?;
        let mut extents = Vec::new();
        for _ in 0..fields.u16()? {
            total += 1;
            if total > MAX_ENTRIES {
                return None;
            }
            fields.sized(index_size)?;
            let offset = base.checked_add(fields.sized(offset_size)?)?;
            extents.push((offset, fields.sized(length_size)?));
        }
        // Data of other files and items is not read.
        let method = if file == 0 { u8::try_from(method).ok()? } else { u8::MAX };
        locations.insert(item, ItemLocation { method, extents });
    }
    Some(locations)
}

/// Reads the fields of a box one after the other.
#[derive(Debug, Clone, Copy)]
pub(in crate::picture) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    pub(in crate::picture) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(in crate::picture) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(in crate::picture) fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub(in crate::picture) fn u16(&mut self) -> Option<u16> {
        self.take(2)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
    }

    pub(in crate::picture) fn u32(&mut self) -> Option<u32> {
        self.take(4)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
    }

    /// The version of a box that has one, which three bytes of flags follow.
    fn version(&mut self) -> Option<u8> {
        self.take(4)?.first().copied()
    }

    fn id(&mut self, is_long: bool) -> Option<u32> {
        if is_long { self.u32() } else { self.u16().map(u32::from) }
    }

    /// A number of up to eight bytes.
    fn sized(&mut self, size: u8) -> Option<u64> {
        if size > 8 {
            return None;
        }
        let bytes = self.take(size.into())?;
        Some(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// A text that ends with a zero byte.
    fn text(&mut self) -> String {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        String::from_utf8_lossy(text).into_owned()
    }
}
