//! Lays out consecutive plates on pages.

use std::iter;
use std::ops::Range;
use std::sync::Arc;

use crate::model::{
    CaptionPosition, Directions, EntryId, Length, Page, Plate, PlateLayout, Point, Side,
    StructureElement, StructureKind,
};

use crate::layout::placement;
use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, CaptionSize, CaptionText};
use crate::layout::plates::columns::CaptionColumns;
use crate::layout::plates::context::{PlateContext, PlateElement};
use crate::layout::plates::full_bleed;
use crate::layout::plates::plate::{FramedPlate, align};
use crate::layout::plates::sequence;
use crate::layout::plates::sequence::{Guests, PageUse, PictureSide, PlateRequest, PlateWish};

/// The pages of consecutive plates.
#[derive(Debug, Default)]
pub(in crate::layout) struct PlateRun {
    pub(in crate::layout) pages: Vec<RunPage>,
    /// The plates whose captions do not fit.
    pub(in crate::layout) overset: Vec<EntryId>,
    /// The plates whose captions belong in the list of plates.
    pub(in crate::layout) listed: Vec<EntryId>,
}

/// A page of a run of plates.
#[derive(Debug)]
pub(in crate::layout) struct RunPage {
    pub(in crate::layout) page: Page,
    /// The plate whose picture begins on it.
    pub(in crate::layout) begins: Option<EntryId>,
    /// Whether there is room for its folio.
    pub(in crate::layout) folio: bool,
}

/// Lays out the plates, which are part of `section`, on pages, the first of which has this index in
/// the body.
pub(in crate::layout) fn set(
    plates: &[(EntryId, &Plate)],
    first: usize,
    section: &Arc<StructureElement>,
    context: &PlateContext<'_>,
) -> PlateRun {
    let wish = |plate: &Plate| PlateWish {
        request: request(plate, context),
        side: plate.side,
        keep_with_next: plate.keep_with_next,
    };
    let wishes: Vec<PlateWish> = plates.iter().map(|(_, plate)| wish(plate)).collect();
    let illustrations: Vec<(EntryId, &Plate, Arc<StructureElement>)> = plates
        .iter()
        .map(|(id, plate)| (*id, *plate, section.child(StructureKind::Illustration)))
        .collect();
    let plates: Vec<(EntryId, PlateElement<'_>)> = illustrations
        .iter()
        .map(|(id, plate, element)| (*id, PlateElement { plate, element }))
        .collect();
    let plate = |number: usize| plates[number].1;
    // The caption of one plate on the page of another.
    let directions = Directions::for_language(&context.book.language);
    let caption_of = |guest: usize, host: usize| {
        let is_spread = plate(guest).plate.layout == PlateLayout::Spread;
        let direction = match (is_spread, guest < host) {
            (false, _) => directions.facing,
            (true, true) => directions.before,
            (true, false) => directions.overleaf,
        };
        CaptionText { plate: plate(guest), direction: Some(direction) }
    };
    let captions_of = |guests: Guests, host: usize| -> Vec<CaptionText<'_>> {
        guests.iter().map(|guest| caption_of(guest, host)).collect()
    };
    let share_with_guests = |host: usize, guests: Guests| {
        (plate(host).plate.layout == PlateLayout::Framed).then(|| {
            let captions = captions_of(guests, host);
            FramedPlate::new(plate(host), &captions, Side::Recto, context).share_of_height(context)
        })
    };
    let page_uses = sequence::plan(&wishes, Side::from_index(first), &share_with_guests);
    let framed = |index: usize| match page_uses[index] {
        PageUse::Picture { plate: number, guests } => {
            let side = Side::from_index(first + index);
            (plate(number).plate.layout == PlateLayout::Framed).then(|| {
                FramedPlate::new(plate(number), &captions_of(guests, number), side, context)
            })
        }
        _ => None,
    };
    let mut run = PlateRun::default();
    // Spread by spread, since pages contain their captions again.
    for spread in spreads(first, page_uses.len()) {
        let mut on_spread: Vec<Option<FramedPlate<'_>>> = spread.clone().map(framed).collect();
        if let [Some(verso), Some(recto)] = on_spread.as_mut_slice() {
            align(verso, recto, context.grid);
        }
        for (index, own) in spread.zip(&on_spread) {
            // The page that faces this one, if it is part of the run.
            let facing = match Side::from_index(first + index) {
                Side::Verso => on_spread.get(1),
                Side::Recto => on_spread.first().filter(|_| on_spread.len() == 2),
            };
            let framed = FramedPages { own: own.as_ref(), facing: facing.and_then(Option::as_ref) };
            run.add_page(first + index, page_uses[index], &plates, &framed, context);
        }
    }
    let is_guest = |number: usize| {
        page_uses.iter().any(|page| match page {
            PageUse::Picture { guests, .. } => guests.iter().any(|guest| guest == number),
            _ => false,
        })
    };
    let listed = (0..plates.len())
        .filter(|number| wishes[*number].request == PlateRequest::Brief && !is_guest(*number));
    run.listed = listed.map(|number| plates[number].0).collect();
    run
}

/// The pages of each spread of a run of so many pages, the first of which has the index `first` in
/// the body.
fn spreads(first: usize, pages: usize) -> impl Iterator<Item = Range<usize>> {
    let opening = usize::from(Side::from_index(first) == Side::Recto).min(pages);
    let following = (opening..pages).step_by(2).map(move |index| index..(index + 2).min(pages));
    iter::once(0..opening).chain(following)
}

/// The framed plates on a page and on the one that faces it.
struct FramedPages<'f, 'a> {
    own: Option<&'f FramedPlate<'a>>,
    facing: Option<&'f FramedPlate<'a>>,
}

/// The pages that a plate needs.
fn request(plate: &Plate, context: &PlateContext<'_>) -> PlateRequest {
    let apart =
        plate.caption_position == CaptionPosition::Facing && caption::has_caption(plate, context);
    match (plate.layout, apart) {
        (PlateLayout::FullBleed, true) if caption::is_brief(plate) => PlateRequest::Brief,
        (PlateLayout::Framed | PlateLayout::FullBleed, false) => PlateRequest::Page,
        (PlateLayout::Framed | PlateLayout::FullBleed, true) => PlateRequest::Facing,
        (PlateLayout::Spread, false) => PlateRequest::Spread,
        (PlateLayout::Spread, true) => PlateRequest::SpreadAndWords,
    }
}

impl PlateRun {
    /// Adds a page.
    fn add_page(
        &mut self,
        index: usize,
        page_use: PageUse,
        plates: &[(EntryId, PlateElement<'_>)],
        framed: &FramedPages<'_, '_>,
        context: &PlateContext<'_>,
    ) {
        let mut page = placement::body_page(index, context.book);
        let mut begins = None;
        let mut folio = false;
        match page_use {
            // A blank page has no folio, but is counted.
            PageUse::Blank => {}
            PageUse::Picture { plate: number, guests } => {
                let (id, plate) = plates[number];
                page.entry = Some(id);
                begins = Some(id);
                folio = plate.plate.layout == PlateLayout::Framed;
                let fits = match framed.own {
                    Some(framed) => framed.set(&mut page, context.grid),
                    None => full_bleed::page(&mut page, plate, context),
                };
                if !fits {
                    let last = guests.iter().last();
                    self.overset.push(last.map_or(id, |guest| plates[guest].0));
                }
            }
            PageUse::Caption { plate: number, picture, also } => {
                let (id, _) = plates[number];
                let captions: Vec<(PlateElement<'_>, PictureSide)> = iter::once((number, picture))
                    .chain(also)
                    .map(|(number, picture)| (plates[number].1, picture))
                    .collect();
                page.entry = Some(id);
                folio = true;
                let faces = captions.iter().any(|(_, picture)| *picture == PictureSide::Opposite);
                let foot = framed.facing.filter(|_| faces).map(FramedPlate::foot);
                if !place_captions(&mut page, &captions, foot, context) {
                    self.overset.push(id);
                }
            }
            PageUse::Verso { plate: number } => {
                let (id, plate) = plates[number];
                page.entry = Some(id);
                begins = Some(id);
                let mut recto = placement::body_page(index + 1, context.book);
                recto.entry = Some(id);
                if !full_bleed::spread(&mut page, &mut recto, plate, context) {
                    self.overset.push(id);
                }
                self.pages.push(RunPage { page, begins, folio });
                self.pages.push(RunPage { page: recto, begins: None, folio });
                return;
            }
            // It was added together with the other half.
            PageUse::Recto { .. } => return,
        }
        self.pages.push(RunPage { page, begins, folio });
    }
}

/// Places captions on a page without a picture, in this order: on the axis of the texts of the book,
/// their last baseline aligned with the bottom of the framed picture that they belong to, or with the
/// last line of a text page. Returns whether all captions fit.
fn place_captions(
    page: &mut Page,
    captions: &[(PlateElement<'_>, PictureSide)],
    foot: Option<Length>,
    context: &PlateContext<'_>,
) -> bool {
    let grid = context.grid;
    let directions = Directions::for_language(&context.book.language);
    let is_only = captions.len() == 1;
    let direction = |picture| match picture {
        PictureSide::Opposite if is_only => None,
        PictureSide::Opposite => Some(directions.facing),
        PictureSide::Overleaf => Some(directions.overleaf),
        PictureSide::Before => Some(directions.before),
    };
    let columns = CaptionColumns::for_grid(grid);
    let measure = columns.map_or(caption::measure(grid).min(grid.measure), |it| it.width);
    let captions: Vec<CaptionText<'_>> = captions
        .iter()
        .map(|(plate, picture)| CaptionText { plate: *plate, direction: direction(*picture) })
        .collect();
    let set = |size| Caption::new(&captions, measure, size, context);
    let last = grid.baseline(grid.rows() - 1);
    let head = grid.margins.top;
    let mut caption = set(CaptionSize::Usual);
    if head + caption.depth() > last {
        caption = set(CaptionSize::Small);
    }
    let foot = foot.unwrap_or(last).max(head + caption.depth()).min(last);
    let top = (foot - caption.depth()).max(head);
    let column = grid.column_left(page.side);
    let left = match columns {
        Some(columns) => columns.left(page.side, grid),
        None if grid.binding_right => column + grid.measure - measure,
        None => column,
    };
    caption.set(page, Point::new(left, top), last)
}
