//! Rasterizes the laid-out cover page to a picture.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use tiny_skia::{
    Color, FillRule, FilterQuality, Mask, Paint, Path, PathBuilder, Pixmap, PixmapPaint, Rect,
    Transform,
};

use crate::model::{GlyphRun, Ink, Item, Length, Pages, Pixels, PlacedPicture, Point, Turn};
use crate::picture::{ImageProcessor, PictureError, Raster, ScaleOptions, Scaled};
use crate::typeset::Faces;

/// The longer side in pixels: the minimum that the shops ask for, and a size that all accept.
const LONG_EDGE: u32 = 2560;

/// Rasterizes a cover to a picture of at most `max_pixels`, with this JPEG quality.
pub(crate) fn jpeg(
    cover: &Pages,
    faces: &Faces,
    max_pixels: u64,
    quality: u8,
    processor: &ImageProcessor,
) -> Result<Scaled, PictureError> {
    processor.encode(draw(cover, faces, max_pixels, processor)?, quality)
}

/// The size of the picture of a cover with at most `max_pixels`.
pub(crate) fn size(cover: &Pages, max_pixels: u64) -> Pixels {
    PixelScale::new(cover, max_pixels).pixels
}

/// Draws the first page with at most `max_pixels` pixels. A cover without pages is drawn white.
fn draw(
    pages: &Pages,
    faces: &Faces,
    max_pixels: u64,
    processor: &ImageProcessor,
) -> Result<Raster, PictureError> {
    let scale = PixelScale::new(pages, max_pixels);
    let Some(mut canvas) = Pixmap::new(scale.pixels.width, scale.pixels.height) else {
        return Ok(Raster { pixels: scale.pixels, rgb: Vec::new() });
    };
    canvas.fill(Color::WHITE);
    for item in pages.pages.first().map(|page| page.items.as_slice()).unwrap_or_default() {
        match item {
            Item::Picture(placed) => draw_picture(&mut canvas, placed, scale, processor)?,
            Item::Rule(rule) => {
                let rect = scale.rect(&rule.rect);
                if let Some(path) = rect.filter(|_| rule.is_round).and_then(PathBuilder::from_oval)
                {
                    let winding = FillRule::Winding;
                    canvas.fill_path(&path, &paint(rule.ink), winding, Transform::identity(), None);
                } else if let Some(rect) = rect {
                    canvas.fill_rect(rect, &paint(rule.ink), Transform::identity(), None);
                }
            }
            Item::Glyphs(run) => draw_glyphs(&mut canvas, run, faces, scale),
        }
    }
    let rgb = canvas.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    Ok(Raster { pixels: scale.pixels, rgb })
}

/// Converts lengths of the page to pixels.
#[derive(Debug, Clone, Copy)]
struct PixelScale {
    pixels: Pixels,
    per_point: f64,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cover is some thousand pixels, and tiny-skia draws in f32"
)]
impl PixelScale {
    #[expect(clippy::cast_precision_loss, reason = "a cover has some million pixels")]
    fn new(pages: &Pages, max_pixels: u64) -> Self {
        let (width, height) = (pages.trim.width.to_pt(), pages.trim.height.to_pt());
        let longer = width.max(height).max(1.0);
        let by_count = (max_pixels as f64 / (width * height).max(1.0)).sqrt();
        let per_point = (f64::from(LONG_EDGE) / longer).min(by_count);
        // The tolerance of a thousandth of a pixel covers the rounding error of the division.
        let side = |points: f64| ((points * per_point + 0.001).floor() as u32).clamp(1, LONG_EDGE);
        Self { pixels: Pixels { width: side(width), height: side(height) }, per_point }
    }

    fn length(self, length: Length) -> f32 {
        (length.to_pt() * self.per_point) as f32
    }

    fn rect(self, rect: &crate::model::Rect) -> Option<Rect> {
        Rect::from_ltrb(
            self.length(rect.x),
            self.length(rect.y),
            self.length(rect.right()),
            self.length(rect.bottom()),
        )
    }

    /// The number of pixels that a picture needs to cover a frame at full resolution.
    fn pixels_for(self, rect: &crate::model::Rect) -> u32 {
        let longer = self.length(rect.width.max(rect.height));
        (longer.ceil() as u32).clamp(1, 4 * LONG_EDGE)
    }
}

fn draw_picture(
    canvas: &mut Pixmap,
    placed: &PlacedPicture,
    scale: PixelScale,
    processor: &ImageProcessor,
) -> Result<(), PictureError> {
    let max_edge = scale.pixels_for(&placed.frame);
    let recipe = ScaleOptions { max_edge, max_pixels: u64::from(max_edge).pow(2), quality: 90 };
    let Raster { pixels, rgb } = processor.raster(&placed.picture, &recipe)?;
    let Some(frame) = scale.rect(&placed.frame) else { return Ok(()) };
    let Some(mut image) = Pixmap::new(pixels.width, pixels.height) else { return Ok(()) };
    for (to, from) in image.data_mut().chunks_exact_mut(4).zip(rgb.chunks_exact(3)) {
        to[..3].copy_from_slice(from);
        to[3] = u8::MAX;
    }
    #[expect(clippy::cast_precision_loss, reason = "a side has some thousand pixels")]
    let (wide, high) = (frame.width() / pixels.width as f32, frame.height() / pixels.height as f32);
    let transform = Transform::from_row(wide, 0.0, 0.0, high, frame.x(), frame.y());
    let mask = clip(canvas, placed, scale);
    let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
    canvas.draw_pixmap(0, 0, image.as_ref(), &paint, transform, mask.as_ref());
    Ok(())
}

/// The mask for a picture that is clipped within the page.
fn clip(canvas: &Pixmap, placed: &PlacedPicture, scale: PixelScale) -> Option<Mask> {
    if placed.clip.contains(&placed.frame) {
        return None;
    }
    let mut mask = Mask::new(canvas.width(), canvas.height())?;
    let path = PathBuilder::from_rect(scale.rect(&placed.clip)?);
    mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
    Some(mask)
}

fn draw_glyphs(canvas: &mut Pixmap, run: &GlyphRun, faces: &Faces, scale: PixelScale) {
    let Some(font) = faces
        .get(run.face)
        .and_then(|face| FontRef::from_index(face.data.as_ref(), face.index).ok())
    else {
        return;
    };
    let outlines = font.outline_glyphs();
    let size = Size::new(scale.length(run.size));
    let paint = paint(run.ink);
    let mut pen = Length::ZERO;
    for glyph in &run.glyphs {
        // Glyph 0 is the box for a character that no font has; a finding names it.
        if glyph.id == 0 {
            pen += glyph.advance;
            continue;
        }
        let mut path = PathPen(PathBuilder::new());
        let drawn = outlines.get(GlyphId::from(glyph.id)).is_some_and(|outline| {
            outline.draw(DrawSettings::unhinted(size, LocationRef::default()), &mut path).is_ok()
        });
        if drawn && let Some(path) = path.0.finish() {
            // The y axis of outlines and offsets points up, that of the page points down.
            let offset = Point::new(pen + glyph.offset.x, -glyph.offset.y);
            let at = run.turn.moved(run.origin, offset);
            let (x, y) = (scale.length(at.x), scale.length(at.y));
            let transform = match run.turn {
                Turn::Upright => Transform::from_row(1.0, 0.0, 0.0, -1.0, x, y),
                Turn::HeadLeft => Transform::from_row(0.0, -1.0, -1.0, 0.0, x, y),
                Turn::HeadRight => Transform::from_row(0.0, 1.0, 1.0, 0.0, x, y),
            };
            fill(canvas, &path, &paint, transform);
        }
        pen += glyph.advance;
    }
}

fn fill(canvas: &mut Pixmap, path: &Path, paint: &Paint<'_>, transform: Transform) {
    canvas.fill_path(path, paint, FillRule::Winding, transform, None);
}

/// Passes a glyph outline from skrifa to tiny-skia.
struct PathPen(PathBuilder);

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

fn paint(ink: Ink) -> Paint<'static> {
    let mut paint = Paint::default();
    let [r, g, b] = ink.on_screen();
    paint.set_color_rgba8(r, g, b, u8::MAX);
    paint
}
