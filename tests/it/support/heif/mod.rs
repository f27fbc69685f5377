//! HEIC images: a picture of the test image's four quarters, in a container of its own.
//!
//! The codes were written by x265; no encoder is needed to put them into containers of all kinds.

/// The size of the coded picture.
pub(crate) const CODED: (u32, u32) = (128, 64);

/// The decoder configuration record.
const CONFIGURATION: &[u8] = include_bytes!("configuration.bin");
/// The codes of the picture: as [`super::images::CORNERS`], each corner a quarter.
const CODES: &[u8] = include_bytes!("picture.bin");

/// A HEIC image.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heif {
    /// Properties of the picture besides its codec and size, such as `irot`, in their order.
    pub(crate) properties: Vec<([u8; 4], Vec<u8>)>,
    /// Its EXIF block.
    pub(crate) exif: Option<Vec<u8>>,
    /// Its XMP packet.
    pub(crate) xmp: Option<Vec<u8>>,
    /// The columns and rows of a grid of the same picture.
    pub(crate) grid: Option<(u8, u8)>,
}

impl Heif {
    /// The image with another property.
    pub(crate) fn with(mut self, kind: [u8; 4], body: &[u8]) -> Self {
        self.properties.push((kind, body.to_vec()));
        self
    }

    /// The file.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let (columns, rows) = self.grid.map_or((1, 1), |(x, y)| (u32::from(x), u32::from(y)));
        let tiles = if self.grid.is_some() { columns * rows } else { 0 };
        let exif = self.exif.as_ref().map(|exif| [&[0; 4], exif.as_slice()].concat());
        let picture = match self.grid {
            Some((x, y)) => {
                let size = [CODED.0 * columns, CODED.1 * rows].map(u32::to_be_bytes).concat();
                [&[0, 1, y - 1, x - 1], size.as_slice()].concat()
            }
            None => CODES.to_vec(),
        };
        // Item 1 is the picture, then its metadata, then its tiles.
        let mut items = vec![(if tiles > 0 { *b"grid" } else { *b"hvc1" }, picture)];
        items.extend(exif.map(|exif| (*b"Exif", exif)));
        items.extend(self.xmp.clone().map(|xmp| (*b"mime", xmp)));
        let metadata = items.len() - 1;
        items.extend((0..tiles).map(|_| (*b"hvc1", CODES.to_vec())));
        let id = |index: usize| u16::try_from(index + 1).unwrap().to_be_bytes();

        let infos = items.iter().enumerate().map(|(index, (kind, _))| {
            let media: &[u8] = if kind == b"mime" { b"\0application/rdf+xml\0" } else { b"\0" };
            full_box(*b"infe", 2, &[id(index).as_slice(), &[0, 0], kind, media].concat())
        });
        let count = u16::try_from(items.len()).unwrap().to_be_bytes();
        let infos = [count.to_vec(), infos.collect::<Vec<_>>().concat()].concat();
        let describes = |index| plain_box(*b"cdsc", &[id(index), [0, 1], [0, 1]].concat());
        let mut references: Vec<u8> = (1..=metadata).flat_map(describes).collect();
        if tiles > 0 {
            let parts = (0..tiles as usize).map(|tile| id(metadata + 1 + tile));
            let parts: Vec<u8> = parts.flatten().collect();
            let count = u16::try_from(tiles).unwrap().to_be_bytes();
            references.extend(plain_box(*b"dimg", &[[0, 1].as_slice(), &count, &parts].concat()));
        }
        let size = |width: u32, height: u32| {
            let sides = [width, height].map(u32::to_be_bytes).concat();
            full_box(*b"ispe", 0, &sides)
        };
        let mut properties = plain_box(*b"hvcC", CONFIGURATION);
        properties.extend(size(CODED.0, CODED.1));
        properties.extend(size(CODED.0 * columns, CODED.1 * rows));
        for (kind, body) in &self.properties {
            properties.extend(plain_box(*kind, body));
        }
        let own: Vec<u8> =
            (0..self.properties.len()).map(|n| u8::try_from(n + 4).unwrap()).collect();
        let of_picture: &[u8] = if tiles > 0 { &[3] } else { &[1, 3] };
        let mut associations = vec![(0, [of_picture, own.as_slice()].concat())];
        associations.extend((0..tiles as usize).map(|tile| (metadata + 1 + tile, vec![1, 2])));
        let mut association = u32::try_from(associations.len()).unwrap().to_be_bytes().to_vec();
        for (index, numbers) in associations {
            association.extend(id(index));
            association.push(u8::try_from(numbers.len()).unwrap());
            association.extend(numbers);
        }
        let properties = plain_box(
            *b"iprp",
            &[plain_box(*b"ipco", &properties), full_box(*b"ipma", 0, &association)].concat(),
        );
        let meta = |start: u32| {
            let mut at = start;
            let mut locations = [&[0x44, 0], count.as_slice()].concat();
            for (index, (_, data)) in items.iter().enumerate() {
                let length = u32::try_from(data.len()).unwrap();
                locations.extend([id(index), [0, 0], [0, 1]].concat());
                locations.extend([at, length].map(u32::to_be_bytes).concat());
                at += length;
            }
            let handler = full_box(*b"hdlr", 0, b"\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0");
            let mut boxes = vec![
                handler,
                full_box(*b"pitm", 0, &[0, 1]),
                full_box(*b"iloc", 0, &locations),
                full_box(*b"iinf", 0, &infos),
                properties.clone(),
            ];
            if !references.is_empty() {
                boxes.push(full_box(*b"iref", 0, &references));
            }
            full_box(*b"meta", 0, &boxes.concat())
        };
        let start = plain_box(*b"ftyp", b"heic\0\0\0\0mif1heic");
        let offset = u32::try_from(start.len() + meta(0).len() + 8).unwrap();
        let data: Vec<u8> = items.iter().flat_map(|(_, data)| data.clone()).collect();
        [start, meta(offset), plain_box(*b"mdat", &data)].concat()
    }
}

fn plain_box(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
    [size.as_slice(), &kind, body].concat()
}

fn full_box(kind: [u8; 4], version: u8, body: &[u8]) -> Vec<u8> {
    plain_box(kind, &[&[version, 0, 0, 0], body].concat())
}
