//! Which image of a TIFF file is the picture, and metadata in unusual forms.

use recto::model::Pixels;
use recto::picture::{Probed, ScaleOptions};

use crate::support::image_formats;
use crate::support::images;

/// An image of one colour in a TIFF.
#[derive(Debug, Clone, Copy)]
struct Image {
    width: u16,
    height: u16,
    colour: [u8; 3],
    /// `NewSubfileType`, or the old one.
    kind: Option<(u16, u16)>,
    /// The photometric interpretation.
    photometric: u16,
}

const THUMBNAIL: Image =
    Image { width: 6, height: 4, colour: [0, 0, 200], kind: Some((254, 1)), photometric: 2 };
const PICTURE: Image =
    Image { width: 60, height: 40, colour: [200, 0, 0], kind: Some((254, 0)), photometric: 2 };

/// A TIFF with these images in its chain of directories, and others below the first one.
fn tiff(chain: &[Image], subordinate: &[Image], big_endian: bool) -> Vec<u8> {
    let short = |value: u16| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let long = |value: u32| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let mut file = if big_endian { b"MM".to_vec() } else { b"II".to_vec() };
    file.extend(short(42));
    file.extend([0; 4]);
    let mut strips = Vec::new();
    for image in chain.iter().chain(subordinate) {
        strips.push(u32::try_from(file.len()).unwrap());
        let count = usize::from(image.width) * usize::from(image.height);
        file.extend(image.colour.iter().cycle().take(count * 3));
        file.resize(file.len().next_multiple_of(4), 0);
    }
    // The offset of the bits per sample, and of the list of subordinate directories.
    let bits = u32::try_from(file.len()).unwrap();
    file.extend([short(8), short(8), short(8), short(0)].concat());
    let list = u32::try_from(file.len()).unwrap();
    file.resize(file.len() + 4 * subordinate.len(), 0);
    let mut link = 4;
    for (number, image) in chain.iter().chain(subordinate).enumerate() {
        let offset = u32::try_from(file.len()).unwrap();
        if let Some(index) = number.checked_sub(chain.len()) {
            let at = if subordinate.len() == 1 { link } else { list as usize + 4 * index };
            file[at..at + 4].copy_from_slice(&long(offset));
        } else {
            file[link..link + 4].copy_from_slice(&long(offset));
        }
        let value = |value: u16| [short(value).to_vec(), vec![0; 2]].concat();
        let size = u32::from(image.width) * u32::from(image.height) * 3;
        let mut tags = vec![
            (256, 3, 1, value(image.width)),
            (257, 3, 1, value(image.height)),
            (258, 3, 3, long(bits).to_vec()),
            (259, 3, 1, value(1)),
            (262, 3, 1, value(image.photometric)),
            (273, 4, 1, long(strips[number]).to_vec()),
            (277, 3, 1, value(3)),
            (278, 3, 1, value(image.height)),
            (279, 4, 1, long(size).to_vec()),
        ];
        if let Some((tag, kind)) = image.kind {
            tags.insert(0, (tag, 3, 1, value(kind)));
        }
        let has_list = number == 0 && !subordinate.is_empty();
        if has_list {
            tags.push((330, 4, u32::try_from(subordinate.len()).unwrap(), long(list).to_vec()));
        }
        file.extend(short(u16::try_from(tags.len()).unwrap()));
        for (tag, kind, count, value) in tags {
            file.extend([short(tag), short(kind)].concat());
            file.extend(long(count));
            if tag == 330 && subordinate.len() == 1 {
                link = file.len();
            }
            file.extend(value);
        }
        if number < chain.len() && !(subordinate.len() == 1 && number + 1 == chain.len()) {
            link = file.len();
        }
        file.extend([0; 4]);
    }
    file
}

#[track_caller]
fn assert_is_the_picture(tiff: &[u8], pages: usize) {
    let (_folder, probed) = images::probed("a.tif", tiff);
    assert_eq!(probed.picture.stored, Pixels { width: 60, height: 40 });
    let codes: Vec<_> = probed.findings.iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, if pages > 1 { vec!["photo-animated"] } else { vec![] });
    let options = ScaleOptions { max_edge: 100, max_pixels: 10_000, quality: 90 };
    let raster = images::raster(&probed.picture, &options).unwrap();
    assert_eq!(raster.rgb[..3], PICTURE.colour);
}

#[test]
fn a_thumbnail_before_the_picture_is_skipped() {
    for big_endian in [false, true] {
        assert_is_the_picture(&tiff(&[THUMBNAIL, PICTURE], &[], big_endian), 1);
        assert_is_the_picture(&tiff(&[PICTURE, THUMBNAIL], &[], big_endian), 1);
    }
    let old_thumbnail = Image { kind: Some((255, 2)), ..THUMBNAIL };
    let unmarked = Image { kind: None, ..PICTURE };
    assert_is_the_picture(&tiff(&[old_thumbnail, unmarked], &[], false), 1);
    let mask = Image { kind: Some((254, 4)), colour: [9; 3], ..PICTURE };
    assert_is_the_picture(&tiff(&[THUMBNAIL, mask, PICTURE], &[], false), 1);
}

#[test]
fn of_several_pages_the_first_is_the_picture() {
    let page = |colour| Image { kind: Some((254, 2)), colour, ..PICTURE };
    assert_is_the_picture(&tiff(&[page(PICTURE.colour), page([0; 3])], &[], false), 2);
    assert_is_the_picture(&tiff(&[THUMBNAIL, PICTURE, page([0; 3])], &[], false), 2);
}

#[test]
fn the_picture_may_be_in_a_subordinate_directory() {
    assert_is_the_picture(&tiff(&[THUMBNAIL], &[PICTURE], false), 1);
    let preview = Image { width: 30, height: 20, ..THUMBNAIL };
    assert_is_the_picture(&tiff(&[THUMBNAIL], &[preview, PICTURE], true), 1);
    // Smaller versions of the picture below it.
    assert_is_the_picture(&tiff(&[PICTURE], &[preview, THUMBNAIL], false), 1);
}

#[test]
fn of_thumbnails_alone_the_largest_is_the_picture() {
    let large = Image { kind: Some((254, 1)), ..PICTURE };
    assert_is_the_picture(&tiff(&[THUMBNAIL, large], &[], false), 1);
}

#[test]
fn previews_of_sensor_data_are_no_pictures() {
    let sensor = Image { photometric: 32803, ..PICTURE };
    let preview = Image { width: 30, height: 20, ..THUMBNAIL };
    for file in
        [tiff(&[THUMBNAIL], &[sensor], false), tiff(&[THUMBNAIL], &[preview, sensor], false)]
    {
        let (_folder, probed) = images::probe("a.tif", &file);
        assert_eq!(probed.unwrap_err().code.name(), "photo-format");
    }
}

/// A TIFF with a block of metadata in a tag of this type.
fn with_block(tag: u16, kind: u16, block: &[u8]) -> Probed {
    let size = match kind {
        3 => 2,
        4 => 4,
        16 => 8,
        _ => 1,
    };
    let count = u32::try_from(block.len() / size).unwrap();
    let (width, height) = (images::WIDTH.to_le_bytes(), images::HEIGHT.to_le_bytes());
    let tags: Vec<images::Tag> = vec![
        (256, 3, 1, &width),
        (257, 3, 1, &height),
        (258, 3, 3, &[8, 0, 8, 0, 8, 0]),
        (259, 3, 1, &[1, 0]),
        (262, 3, 1, &[2, 0]),
        (277, 3, 1, &[3, 0]),
        (278, 3, 1, &height),
        (tag, kind, count, block),
    ];
    images::probed("a.tif", &image_formats::tiff(&tags, &[images::rgb()], false)).1
}

/// Bytes as they are after they were converted to the other byte order as numbers of this size.
fn swapped(bytes: &[u8], size: usize) -> Vec<u8> {
    bytes.chunks(size).flat_map(|unit| unit.iter().rev().copied().collect::<Vec<_>>()).collect()
}

#[test]
fn metadata_of_a_tiff_is_read_in_every_type_and_byte_order() {
    let padded = |mut bytes: Vec<u8>, with: u8| {
        bytes.resize(bytes.len().next_multiple_of(8), with);
        bytes
    };
    let segment = images::iptc_segment(&[(1, 90, b"\x1B%G"), (2, 120, "Grüße".as_bytes())]);
    let resources = padded(segment[b"Photoshop 3.0\0".len()..].to_vec(), 0);
    let start = segment.iter().position(|&byte| byte == 0x1C).unwrap();
    let data_sets = padded(segment[start..].to_vec(), 0);
    let xmp = padded(images::xmp("><dc:description>Grüße</dc:description>"), b' ');
    for (tag, block) in [(33723, data_sets), (34377, resources), (700, xmp)] {
        for kind in [1, 2, 4, 7] {
            let caption = with_block(tag, kind, &block).metadata.caption;
            assert_eq!(caption.unwrap().value, "Grüße", "{tag} {kind}");
        }
        for (kind, size) in [(3, 2), (4, 4), (16, 8)] {
            let caption = with_block(tag, kind, &swapped(&block, size)).metadata.caption;
            assert_eq!(caption.unwrap().value, "Grüße", "{tag}, swapped by {size}");
        }
    }
    let profile = padded(recto::picture::srgb().to_vec(), 0);
    assert!(with_block(34675, 4, &swapped(&profile, 4)).picture.profile.is_some());
}
