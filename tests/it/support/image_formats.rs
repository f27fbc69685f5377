//! Image files that no available encoder writes, assembled byte by byte.

use std::io::Write;

use zune_jpeg::zune_core::bit_depth::BitDepth;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::EncoderOptions;

use crate::support::images::{self, HEIGHT, WIDTH};

/// A PNG of any colour type and depth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Png<'a> {
    pub(crate) size: (u32, u32),
    pub(crate) bits: u8,
    /// 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha.
    pub(crate) colour: u8,
    pub(crate) interlaced: bool,
    /// The chunks before the pixel data.
    pub(crate) chunks: &'a [([u8; 4], Vec<u8>)],
}

impl Png<'_> {
    /// Encodes the samples that `pixel` returns for each position.
    pub(crate) fn encode(&self, pixel: impl Fn(u32, u32) -> Vec<u16>) -> Vec<u8> {
        const ADAM7: [(u32, u32, u32, u32); 7] = [
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        ];
        let (width, height) = self.size;
        let passes: &[_] = if self.interlaced { &ADAM7 } else { &[(0, 0, 1, 1)] };
        let mut rows = Vec::new();
        for &(left, top, across, down) in passes {
            if left >= width {
                continue;
            }
            for y in (top..height).step_by(down as usize) {
                rows.push(0);
                let samples =
                    (left..width).step_by(across as usize).flat_map(|x| pixel(x, y)).collect();
                rows.extend(self.packed(samples));
            }
        }
        let mut head = Vec::new();
        head.extend(width.to_be_bytes());
        head.extend(height.to_be_bytes());
        head.extend([self.bits, self.colour, 0, 0, u8::from(self.interlaced)]);
        let mut png = b"\x89PNG\r\n\x1A\n".to_vec();
        png.extend(images::png_chunk(*b"IHDR", &head));
        for (kind, body) in self.chunks {
            png.extend(images::png_chunk(*kind, body));
        }
        png.extend(images::png_chunk(*b"IDAT", &deflated(&rows)));
        png.extend(images::png_chunk(*b"IEND", &[]));
        png
    }

    fn packed(&self, samples: Vec<u16>) -> Vec<u8> {
        if self.bits == 16 {
            return samples.into_iter().flat_map(u16::to_be_bytes).collect();
        }
        let per_byte = usize::from(8 / self.bits);
        let join = |samples: &[u16]| {
            let mut byte = 0;
            for index in 0..per_byte {
                let sample = samples.get(index).copied().unwrap_or(0);
                byte = (byte << self.bits) | sample;
            }
            u8::try_from(byte).unwrap()
        };
        samples.chunks(per_byte).map(join).collect()
    }
}

pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// A TIFF with these tags, and those for the offsets and lengths of its strips or tiles.
pub(crate) fn tiff(tags: &[images::Tag], pieces: &[Vec<u8>], tiled: bool) -> Vec<u8> {
    let (offsets, lengths) = if tiled { (324, 325) } else { (273, 279) };
    let numbers = |numbers: &[u32]| -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    };
    let sizes: Vec<u32> = pieces.iter().map(|piece| u32::try_from(piece.len()).unwrap()).collect();
    let count = u32::try_from(pieces.len()).unwrap();
    let file = |start: u32| {
        let starts: Vec<u32> =
            (0..pieces.len()).map(|number| start + sizes[..number].iter().sum::<u32>()).collect();
        let (starts, sizes) = (numbers(&starts), numbers(&sizes));
        let mut all = tags.to_vec();
        all.push((offsets, 4, count, &starts));
        all.push((lengths, 4, count, &sizes));
        all.sort_by_key(|tag| tag.0);
        images::exif(&all, &[])
    };
    let head = u32::try_from(file(0).len()).unwrap();
    [file(head), pieces.concat()].concat()
}

/// A lossless JPEG XL with this orientation.
pub(crate) fn jxl(samples: &[u8], width: u16, height: u16, orientation: u8) -> Vec<u8> {
    let options =
        EncoderOptions::new(width.into(), height.into(), ColorSpace::RGB, BitDepth::Eight);
    let mut plain = Vec::new();
    zune_jpegxl::JxlSimpleEncoder::new(samples, options).encode(&mut plain).unwrap();
    // The encoder cannot write an orientation. Its header has 42 bits of signature and size, one
    // for "not all default", one for "no extra fields", eight for depth and colour, and three for
    // extensions, and is padded to a whole byte (ISO/IEC 18181-1, D).
    let bits: Vec<bool> =
        plain.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1)).collect();
    let (head, rest) = bits.split_at(56);
    let mut turned = head[..43].to_vec();
    turned.push(true);
    turned.extend((0..3).map(|bit| (orientation - 1) >> bit & 1 == 1));
    // No intrinsic size, no preview, no animation.
    turned.extend([false; 3]);
    turned.extend(&head[44..52]);
    // The default tone mapping.
    turned.push(true);
    turned.extend(&head[52..55]);
    turned.resize(turned.len().next_multiple_of(8), false);
    turned.extend(rest);
    turned
        .chunks(8)
        .map(|bits| bits.iter().rev().fold(0, |byte, &bit| byte << 1 | u8::from(bit)))
        .collect()
}

/// A codestream in a container, followed by metadata boxes (ISO/IEC 18181-2, 9).
pub(crate) fn jxl_boxes(codestream: &[u8], boxes: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut file = b"\0\0\0\x0CJXL \r\n\x87\n\0\0\0\x14ftypjxl \0\0\0\0jxl ".to_vec();
    for (kind, body) in [(*b"jxlc", codestream.to_vec())].iter().chain(boxes) {
        file.extend(u32::try_from(body.len() + 8).unwrap().to_be_bytes());
        file.extend(kind);
        file.extend(body);
    }
    file
}

/// A chunk of a RIFF file, padded.
fn riff_chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = kind.to_vec();
    chunk.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    chunk.extend(body);
    chunk.resize(chunk.len().next_multiple_of(2), 0);
    chunk
}

fn riff(body: &[u8]) -> Vec<u8> {
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(body.len() + 4).unwrap().to_le_bytes());
    file.extend(b"WEBP");
    file.extend(body);
    file
}

/// The pixel data of a lossless WebP.
fn vp8l(samples: &[u8], width: u16, height: u16, colour: image::ExtendedColorType) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut file);
    encoder.encode(samples, width.into(), height.into(), colour).unwrap();
    file[12..].to_vec()
}

fn canvas(flags: u8, width: u16, height: u16) -> Vec<u8> {
    let mut body = vec![flags, 0, 0, 0];
    body.extend(&(u32::from(width) - 1).to_le_bytes()[..3]);
    body.extend(&(u32::from(height) - 1).to_le_bytes()[..3]);
    riff_chunk(*b"VP8X", &body)
}

/// A lossless WebP with an EXIF block.
pub(crate) fn webp(samples: &[u8], width: u16, height: u16, exif: &[u8]) -> Vec<u8> {
    let data = vp8l(samples, width, height, image::ExtendedColorType::Rgb8);
    riff(&[canvas(0x08, width, height), data, riff_chunk(*b"EXIF", exif)].concat())
}

/// A lossless WebP with alpha.
pub(crate) fn webp_alpha(samples: &[u8], width: u16, height: u16) -> Vec<u8> {
    riff(&vp8l(samples, width, height, image::ExtendedColorType::Rgba8))
}

/// A WebP of two frames that fill the canvas.
pub(crate) fn webp_animated(frames: [&[u8]; 2]) -> Vec<u8> {
    let mut body = canvas(0x02, WIDTH, HEIGHT);
    body.extend(riff_chunk(*b"ANIM", &[255, 255, 255, 255, 0, 0]));
    for samples in frames {
        let mut frame = vec![0; 6];
        frame.extend(&(u32::from(WIDTH) - 1).to_le_bytes()[..3]);
        frame.extend(&(u32::from(HEIGHT) - 1).to_le_bytes()[..3]);
        frame.extend([100, 0, 0, 0]);
        frame.extend(vp8l(samples, WIDTH, HEIGHT, image::ExtendedColorType::Rgb8));
        body.extend(riff_chunk(*b"ANMF", &frame));
    }
    riff(&body)
}

/// The test image as a lossy WebP, which is small enough to be written out here.
pub(crate) fn webp_lossy() -> Vec<u8> {
    b"RIFF\x9a\0\0\0WEBPVP8 \x8e\0\0\0P\x05\0\x9d\x01*(\0\x18\0>\xa5B\x9aI\xa6#\xa2\xa15H\0\xc0\
    \x14\x89d\0yi\xf3\x990\x1f\xca\xee?\xf7\x007\x92\x7fP\x01=\xa6\xf3`or3@\0\xfe\xea\xe5\xba\xbd\
    \x96>\xf2\x8f\xfe\x1d\x08\r,\x06\x97.\xef\xff\xff\xf3\x89~\xb3e@\"\x9aI\xe5\x01\xd2\xd3\xdf\
    \xe4R\xb0<\xdf\xe8\xd9\xe3\xe9\xd8#\xb9\x9d\xfe\xe6BW0\xf7\xff\x02$\x85\xeb\x98\xfd>\x96]Nn\
    \xdf\x18\x96\x98\xe4\xfa5(\x81\x1d\x02\rHH\x98\xb9\xb6\x94:S\xe3\x13\x99\x80\0"
        .to_vec()
}

/// A Windows bitmap of 24 bits whose rows go from top to bottom, or from bottom to top.
pub(crate) fn bmp(rgb: &[u8], top_down: bool) -> Vec<u8> {
    let rows: Vec<Vec<u8>> = rgb
        .chunks(usize::from(WIDTH) * 3)
        .map(|row| row.chunks(3).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect())
        .collect();
    let body: Vec<u8> =
        if top_down { rows.concat() } else { rows.into_iter().rev().flatten().collect() };
    let height = if top_down { -i32::from(HEIGHT) } else { i32::from(HEIGHT) };
    let mut file = b"BM".to_vec();
    file.extend(u32::try_from(54 + body.len()).unwrap().to_le_bytes());
    file.extend([0; 4]);
    file.extend(54_u32.to_le_bytes());
    file.extend(40_u32.to_le_bytes());
    file.extend(i32::from(WIDTH).to_le_bytes());
    file.extend(height.to_le_bytes());
    file.extend([1, 0, 24, 0]);
    file.extend([0; 24]);
    file.extend(body);
    file
}

/// The test image as a GIF with an XMP packet before its frame.
pub(crate) fn gif(packet: &[u8]) -> Vec<u8> {
    let picture = image::RgbImage::from_raw(WIDTH.into(), HEIGHT.into(), images::rgb()).unwrap();
    let mut gif = Vec::new();
    let frame = image::Frame::new(image::DynamicImage::from(picture).to_rgba8());
    image::codecs::gif::GifEncoder::new(&mut gif).encode_frame(frame).unwrap();
    let table = if gif[10] & 0x80 == 0 { 0 } else { 3 << ((gif[10] & 7) + 1) };
    let mut block = b"\x21\xFF\x0BXMP DataXMP".to_vec();
    block.extend(packet);
    block.push(1);
    block.extend((0..=255_u8).rev());
    block.push(0);
    gif.splice(13 + table..13 + table, block);
    gif
}
