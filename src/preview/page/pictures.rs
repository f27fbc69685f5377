//! The pictures of a preview: large enough for a screen, made when they are asked for.

use crate::build::Project;
use crate::html;
use crate::html::page::crop::CroppedPicture;
use crate::html::page::viewport::Viewport;
use crate::layout;
use crate::model::{Item, Page, Pages, Pixels, PlacedPicture, Point, Rect};
use crate::picture::{FileStamp, ImageProcessor, PictureError, ScaleOptions, Scaled};

use super::bound::BoundPages;
use super::resources::PictureSource;

/// The pixels of a page in CSS, in which its lines are placed.
const PAGE_PIXELS: u64 = 1_000_000;
/// The pixels of a picture that fills a page: enough for most screens.
const PICTURE_PIXELS: u64 = 2_000_000;
/// The pixels of a picture that fills a page of the strip.
const SMALL_PIXELS: u64 = 20_000;
/// The quality of all pictures.
const QUALITY: u8 = 80;
/// The pixels of the e-book's cover.
pub(in crate::preview) const COVER: Pixels = Pixels { width: 750, height: 1200 };
/// The pictures of the e-book.
pub(in crate::preview) const EBOOK_PICTURES: ScaleOptions =
    ScaleOptions { max_edge: 1600, max_pixels: 1_200_000, quality: QUALITY };

/// The size of the pages in CSS.
pub(in crate::preview) fn viewport(pages: &Pages) -> Viewport {
    Viewport::new(pages.trim, PAGE_PIXELS)
}

/// The part of a page that is shown: all that is printed.
pub(in crate::preview) fn area(page: &Page, pages: &Pages, with_bleed: bool) -> Rect {
    if with_bleed {
        Rect::with_bleed(pages.trim, &pages.bleed, page.side, pages.binding_right)
    } else {
        Rect::new(Point::default(), pages.trim)
    }
}

/// The visible part of a placed picture; `None` if it has none.
pub(in crate::preview) fn cropped<'p>(
    placed: &'p PlacedPicture,
    area: &Rect,
    viewport: Viewport,
    small: bool,
) -> Option<CroppedPicture<'p>> {
    let pixels = if small { SMALL_PIXELS } else { PICTURE_PIXELS };
    #[expect(clippy::cast_precision_loss, reason = "a page has some million pixels")]
    let density = (pixels as f64 / viewport.pixels.count() as f64).sqrt();
    CroppedPicture::new(placed, String::new(), area, viewport, density, QUALITY)
}

/// What a cropped picture depends on.
pub(in crate::preview) fn identity(cropped: &CroppedPicture<'_>) -> String {
    let picture = cropped.picture;
    // A photo that cannot be read has no stamp, and no picture either.
    let stamp = FileStamp::read(&picture.path).ok();
    format!("{} {stamp:?} {:?} {:?}", picture.path.display(), picture.damage, cropped.key())
}

/// Makes a picture, or takes it from the cache; `None` if the book does not have it any more.
pub(in crate::preview) fn jpeg(
    project: &Project,
    source: &PictureSource,
    with_bleed: bool,
    processor: &ImageProcessor,
) -> Option<Result<Scaled, PictureError>> {
    match source {
        PictureSource::Placed { page, item, small } => {
            let viewport = viewport(project.pages());
            let (page, pages) = BoundPages::new(project, true).page(*page)?;
            let Item::Picture(placed) = page.items.get(*item)? else { return None };
            let area = area(page, pages, with_bleed);
            let cropped = cropped(placed, &area, viewport, *small)?;
            Some(processor.on_demand(cropped.picture, || cropped.process(processor)))
        }
        PictureSource::Whole(path) => {
            let pictures = project.book().pictures();
            let picture = pictures.into_iter().find(|picture| picture.path == *path)?;
            Some(processor.on_demand(picture, || processor.scaled(picture, &EBOOK_PICTURES)))
        }
        PictureSource::Cover => {
            let (book, faces) = (project.printable(), project.faces());
            let cover = layout::cover(book, faces, layout::SHOP_COVER);
            Some(html::cover::jpeg(&cover, faces, COVER.count(), QUALITY, processor))
        }
    }
}
