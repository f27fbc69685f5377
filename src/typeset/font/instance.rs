//! Static fonts from a variable one.
//!
//! A PDF cannot choose an instance of a variable font: viewers show the default one (ISO
//! 32000-2, 9.9), which is often Thin. So a font is made for each weight that books use: its
//! outlines and widths are those of the instance, its layout tables those of the default one.
//! Only fonts with TrueType outlines; those with CFF2 outlines stay as they are.

use std::collections::BTreeMap;

use skrifa::instance::{Location, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

/// What a book needs: regular and semibold.
const WEIGHTS: [f32; 2] = [400.0, 600.0];

/// Tables about variation, hints for the default outlines, and the signature.
const LEFT_OUT: [&[u8; 4]; 16] = [
    b"fvar", b"gvar", b"avar", b"cvar", b"HVAR", b"VVAR", b"MVAR", b"STAT", b"cvt ", b"fpgm",
    b"prep", b"hdmx", b"VDMX", b"LTSH", b"DSIG", b"vhea",
];

/// The instances of a variable font, lightest first; `None` if it is no such font, or has no
/// TrueType outlines.
pub fn instances(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let font = FontRef::new(bytes).ok()?;
    let axes = font.axes();
    font.glyf().ok()?;
    if axes.is_empty() {
        return None;
    }
    let Some(axis) = axes.get_by_tag(Tag::new(b"wght")) else {
        return Some(vec![instance(&font, None)?]);
    };
    let mut weights =
        WEIGHTS.map(|weight| weight.clamp(axis.min_value(), axis.max_value())).to_vec();
    weights.dedup();
    weights.into_iter().map(|weight| instance(&font, Some(weight))).collect()
}

fn instance(font: &FontRef<'_>, weight: Option<f32>) -> Option<Vec<u8>> {
    let location = font.axes().location(weight.map(|weight| ("wght", weight)));
    let glyphs = Glyphs::read(font, &location)?;
    let mut tables: BTreeMap<[u8; 4], Vec<u8>> = font
        .table_directory()
        .table_records()
        .iter()
        .filter_map(|record| {
            let tag = record.tag();
            let is_left_out = LEFT_OUT.iter().any(|left_out| tag == Tag::new(left_out));
            let data = font.table_data(tag).filter(|_| !is_left_out)?;
            Some((tag.to_be_bytes(), data.as_bytes().to_vec()))
        })
        .collect();
    tables.remove(b"vmtx");
    let mut set = |tag: &[u8; 4], at: usize, value: &[u8]| {
        let to = tables.get_mut(tag).and_then(|table| table.get_mut(at..at + value.len()));
        if let Some(to) = to {
            to.copy_from_slice(value);
        }
    };
    let [left, bottom, right, top] = glyphs.bounds;
    let bounds: Vec<u8> = [left, bottom, right, top].iter().flat_map(|n| n.to_be_bytes()).collect();
    set(b"head", 8, &[0; 4]);
    set(b"head", 36, &bounds);
    // The long format of `loca`.
    set(b"head", 50, &[0, 1]);
    set(b"hhea", 34, &glyphs.count.to_be_bytes());
    set(b"maxp", 6, &glyphs.most_points.to_be_bytes());
    set(b"maxp", 8, &glyphs.most_contours.to_be_bytes());
    // No composites and no instructions.
    set(b"maxp", 10, &[0; 4]);
    set(b"maxp", 26, &[0; 6]);
    if let Some(weight) = weight {
        set(b"OS/2", 4, &whole(weight).to_be_bytes());
    }
    tables.insert(*b"glyf", glyphs.outlines);
    tables.insert(*b"loca", glyphs.offsets);
    tables.insert(*b"hmtx", glyphs.widths);
    tables.insert(*b"name", names(font, weight));
    Some(file(tables))
}

/// The outlines and widths of an instance.
#[derive(Default)]
struct Glyphs {
    count: u16,
    outlines: Vec<u8>,
    offsets: Vec<u8>,
    widths: Vec<u8>,
    bounds: [i16; 4],
    most_points: u16,
    most_contours: u16,
}

impl Glyphs {
    fn read(font: &FontRef<'_>, location: &Location) -> Option<Self> {
        let count = font.maxp().ok()?.num_glyphs();
        let outlines = font.outline_glyphs();
        let metrics = font.glyph_metrics(Size::unscaled(), location);
        let mut glyphs = Self { count, ..Self::default() };
        let mut all: Option<[i16; 4]> = None;
        for glyph in (0..count).map(GlyphId::from) {
            glyphs.offsets.extend(u32::try_from(glyphs.outlines.len()).ok()?.to_be_bytes());
            let mut pen = Contours::default();
            let settings = DrawSettings::unhinted(Size::unscaled(), location);
            outlines.get(glyph)?.draw(settings, &mut pen).ok()?;
            pen.close();
            let bounds = pen.bounds();
            glyphs.widths.extend(whole(metrics.advance_width(glyph).unwrap_or(0.0)).to_be_bytes());
            glyphs.widths.extend(bounds.map_or(0, |bounds| bounds[0]).to_be_bytes());
            let Some(bounds) = bounds else { continue };
            all = Some(all.map_or(bounds, |all| united(all, bounds)));
            glyphs.most_points = glyphs.most_points.max(pen.points()?);
            glyphs.most_contours = glyphs.most_contours.max(u16::try_from(pen.done.len()).ok()?);
            pen.write(bounds, &mut glyphs.outlines)?;
        }
        glyphs.offsets.extend(u32::try_from(glyphs.outlines.len()).ok()?.to_be_bytes());
        glyphs.bounds = all.unwrap_or_default();
        Some(glyphs)
    }
}

fn united(one: [i16; 4], other: [i16; 4]) -> [i16; 4] {
    [one[0].min(other[0]), one[1].min(other[1]), one[2].max(other[2]), one[3].max(other[3])]
}

#[derive(Clone, Copy, PartialEq)]
struct OutlinePoint {
    x: i16,
    y: i16,
    on_curve: bool,
}

/// The contours of a glyph as TrueType has them.
#[derive(Default)]
struct Contours {
    done: Vec<Vec<OutlinePoint>>,
    open: Vec<OutlinePoint>,
}

impl Contours {
    fn add(&mut self, x: f32, y: f32, on_curve: bool) {
        self.open.push(OutlinePoint { x: rounded(x), y: rounded(y), on_curve });
    }

    fn points(&self) -> Option<u16> {
        u16::try_from(self.done.iter().map(Vec::len).sum::<usize>()).ok()
    }

    /// Left, bottom, right and top; `None` without points.
    fn bounds(&self) -> Option<[i16; 4]> {
        let points = self.done.iter().flatten().map(|point| [point.x, point.y, point.x, point.y]);
        points.reduce(united)
    }

    /// Writes a simple glyph (OpenType, `glyf`).
    fn write(&self, bounds: [i16; 4], out: &mut Vec<u8>) -> Option<()> {
        /// Point on the curve; contours that may overlap.
        const ON_CURVE: u8 = 0x01;
        const OVERLAP: u8 = 0x40;
        out.extend(i16::try_from(self.done.len()).ok()?.to_be_bytes());
        out.extend(bounds.iter().flat_map(|side| side.to_be_bytes()));
        let mut last = 0;
        for contour in &self.done {
            last += contour.len();
            out.extend(u16::try_from(last - 1).ok()?.to_be_bytes());
        }
        out.extend([0; 2]);
        let (mut flags, mut xs, mut ys) = (Vec::new(), Vec::new(), Vec::new());
        let mut before = OutlinePoint { x: 0, y: 0, on_curve: true };
        for &point in self.done.iter().flatten() {
            let mut flag = if point.on_curve { ON_CURVE } else { 0 };
            flag |= offset(point.x, before.x, (0x02, 0x10), &mut xs);
            flag |= offset(point.y, before.y, (0x04, 0x20), &mut ys);
            flags.push(flag);
            before = point;
        }
        if let Some(first) = flags.first_mut() {
            *first |= OVERLAP;
        }
        out.extend(flags);
        out.extend(xs);
        out.extend(ys);
        out.resize(out.len().next_multiple_of(4), 0);
        Some(())
    }
}

/// Writes the distance to the point before, and returns its flags: whether it is one byte, and
/// whether that is positive, or there is none.
fn offset(to: i16, from: i16, (short, same_or_positive): (u8, u8), out: &mut Vec<u8>) -> u8 {
    let distance = to.wrapping_sub(from);
    if distance == 0 {
        return same_or_positive;
    }
    if let Ok(byte) = u8::try_from(distance.unsigned_abs()) {
        out.push(byte);
        return if distance > 0 { short | same_or_positive } else { short };
    }
    out.extend(distance.to_be_bytes());
    0
}

impl OutlinePen for Contours {
    fn move_to(&mut self, x: f32, y: f32) {
        self.close();
        self.add(x, y, true);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add(x, y, true);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add(cx, cy, false);
        self.add(x, y, true);
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        // TrueType outlines have no cubic curves.
        self.add(x, y, true);
    }

    fn close(&mut self) {
        let mut contour = std::mem::take(&mut self.open);
        if contour.len() > 1 && contour.first() == contour.last() {
            contour.pop();
        }
        if !contour.is_empty() {
            self.done.push(contour);
        }
    }
}

/// The names of the font, with those of the instance in place of its default instance's.
fn names(font: &FontRef<'_>, weight: Option<f32>) -> Vec<u8> {
    const DEFAULTS: [&str; 7] =
        [" Thin", " ExtraLight", " Light", " Medium", " SemiBold", " Bold", " Black"];
    let string = |id: StringId| {
        font.localized_strings(id).english_or_first().map(|name| name.chars().collect::<String>())
    };
    let family = string(StringId::TYPOGRAPHIC_FAMILY_NAME)
        .or_else(|| string(StringId::FAMILY_NAME))
        .unwrap_or_default();
    // Without a typographic family, the default instance is part of the name.
    let family = DEFAULTS
        .iter()
        .find_map(|name| family.strip_suffix(name))
        .map_or(family.as_str(), str::trim_end)
        .to_owned();
    let style = match weight.map(whole) {
        None | Some(400) => "Regular".to_owned(),
        Some(600) => "SemiBold".to_owned(),
        Some(other) => format!("W{other}"),
    };
    let postscript: String = format!("{family}-{style}")
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let mut names = vec![
        (1_u16, family.clone()),
        (2, style.clone()),
        (4, format!("{family} {style}")),
        (6, postscript),
    ];
    let kept = [
        (0, StringId::COPYRIGHT_NOTICE),
        (5, StringId::VERSION_STRING),
        (13, StringId::LICENSE_DESCRIPTION),
        (14, StringId::LICENSE_URL),
    ];
    names.extend(kept.into_iter().filter_map(|(number, id)| Some((number, string(id)?))));
    names.sort();
    let mut records = Vec::new();
    let mut storage: Vec<u8> = Vec::new();
    for (number, name) in &names {
        let encoded: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (Ok(length), Ok(at)) = (u16::try_from(encoded.len()), u16::try_from(storage.len()))
        else {
            continue;
        };
        // Windows, Unicode, English.
        for value in [3, 1, 0x409, *number, length, at] {
            records.extend(value.to_be_bytes());
        }
        storage.extend(encoded);
    }
    let count = u16::try_from(records.len() / 12).unwrap_or_default();
    let mut table = Vec::new();
    for value in [0, count, 6 + 12 * count] {
        table.extend(value.to_be_bytes());
    }
    table.extend(records);
    table.extend(storage);
    table
}

/// The tables as a file with TrueType outlines.
fn file(mut tables: BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    /// What the sum of the whole file is, with `checksumAdjustment` (OpenType, `head`).
    const WHOLE: u32 = 0xB1B0_AFBA;
    let count = u16::try_from(tables.len()).unwrap_or_default();
    let power = count.checked_ilog2().unwrap_or_default();
    let search = 16 << power;
    let mut out = vec![0, 1, 0, 0];
    for value in [count, search, u16::try_from(power).unwrap_or_default(), count * 16 - search] {
        out.extend(value.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    let mut head = 0;
    for (tag, table) in &mut tables {
        let length = table.len();
        table.resize(length.next_multiple_of(4), 0);
        if tag == b"head" {
            head = at;
        }
        out.extend(tag);
        for value in [checksum(table), number(at), number(length)] {
            out.extend(value.to_be_bytes());
        }
        at += table.len();
    }
    out.extend(tables.values().flatten());
    let adjustment = WHOLE.wrapping_sub(checksum(&out));
    if let Some(to) = out.get_mut(head + 8..head + 12) {
        to.copy_from_slice(&adjustment.to_be_bytes());
    }
    out
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn checksum(bytes: &[u8]) -> u32 {
    let words =
        bytes.chunks_exact(4).map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]]));
    words.fold(0, u32::wrapping_add)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a u16 holds"
)]
fn whole(value: f32) -> u16 {
    value.round().clamp(0.0, f32::from(u16::MAX)) as u16
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to what an i16 holds")]
fn rounded(value: f32) -> i16 {
    value.round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
}
