//! Lays out consecutive plates on pages.

use crate::model::{
    CaptionPosition, Directions, EntryId, Length, Page, Plate, PlateLayout, Point, Side,
};

use crate::layout::placement;
use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, CaptionSize, CaptionText};
use crate::layout::plates::context::PlateContext;
use crate::layout::plates::full_bleed;
use crate::layout::plates::plate::{FramedPlate, agree};
use crate::layout::plates::sequence;
use crate::layout::plates::sequence::{PageUse, PictureSide, PlateRequest};

/// The pages of consecutive plates.
#[derive(Debug, Default)]
pub(in crate::layout) struct PlateRun {
    pub(in crate::layout) pages: Vec<RunPage>,
    /// The plates whose captions do not fit.
    pub(in crate::layout) overset: Vec<EntryId>,
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

/// Lays out the plates on pages, the first of which has this index in the body.
pub(in crate::layout) fn set(
    plates: &[(EntryId, &Plate)],
    first: usize,
    scene: &PlateContext<'_>,
) -> PlateRun {
    let needs: Vec<PlateRequest> = plates.iter().map(|(_, plate)| need(plate, scene)).collect();
    let plate = |number: usize| plates[number].1;
    let hosts = |host: usize, guest: usize| {
        plate(host).layout == PlateLayout::Framed
            && FramedPlate::new(plate(host), Some(plate(guest)), Side::Recto, scene)
                .is_at_ease(scene)
    };
    let leaves = sequence::plan(&needs, Side::from_index(first), &hosts);
    let mut framed: Vec<Option<FramedPlate<'_>>> = leaves
        .iter()
        .enumerate()
        .map(|(index, leaf)| match *leaf {
            PageUse::Picture { plate: number, guest } => {
                let side = Side::from_index(first + index);
                (plate(number).layout == PlateLayout::Framed)
                    .then(|| FramedPlate::new(plate(number), guest.map(plate), side, scene))
            }
            _ => None,
        })
        .collect();
    let opening = usize::from(Side::from_index(first) == Side::Recto);
    for pair in framed.get_mut(opening..).unwrap_or_default().chunks_exact_mut(2) {
        if let [Some(verso), Some(recto)] = pair {
            agree(verso, recto, scene.grid);
        }
    }
    let mut run = PlateRun::default();
    for (index, leaf) in leaves.iter().enumerate() {
        run.leaf(first + index, *leaf, plates, &framed[index..], scene);
    }
    run
}

/// The pages that a plate needs.
fn need(plate: &Plate, scene: &PlateContext<'_>) -> PlateRequest {
    let apart = plate.caption_place == CaptionPosition::Facing && caption::speaks(plate, scene);
    match (plate.layout, apart) {
        (PlateLayout::Framed | PlateLayout::FullBleed, false) => PlateRequest::Page,
        (PlateLayout::Framed | PlateLayout::FullBleed, true) => PlateRequest::Facing,
        (PlateLayout::Spread, false) => PlateRequest::Spread,
        (PlateLayout::Spread, true) => PlateRequest::SpreadAndWords,
    }
}

impl PlateRun {
    /// Adds a page. `framed` contains the framed plates of this page and the following ones.
    fn leaf(
        &mut self,
        index: usize,
        leaf: PageUse,
        plates: &[(EntryId, &Plate)],
        framed: &[Option<FramedPlate<'_>>],
        scene: &PlateContext<'_>,
    ) {
        let mut page = placement::body_page(index);
        let mut begins = None;
        let mut folio = false;
        match leaf {
            // A blank page has no folio, but is counted.
            PageUse::Blank => {}
            PageUse::Picture { plate: number, guest } => {
                let (id, plate) = plates[number];
                page.entry = Some(id);
                begins = Some(id);
                folio = plate.layout == PlateLayout::Framed;
                let fits = match framed.first() {
                    Some(Some(framed)) => framed.set(&mut page, scene.grid),
                    _ => full_bleed::page(&mut page, plate, scene),
                };
                if !fits {
                    self.overset.push(guest.map_or(id, |guest| plates[guest].0));
                }
            }
            PageUse::Caption { plate: number, picture, also } => {
                let (id, plate) = plates[number];
                let also = also.map(|number| plates[number].1);
                page.entry = Some(id);
                folio = true;
                let beside = framed.get(1).and_then(Option::as_ref);
                let faces = picture == PictureSide::Opposite || also.is_some();
                let foot = beside.filter(|_| faces).map(FramedPlate::foot);
                if !words(&mut page, plate, picture, also, foot, scene) {
                    self.overset.push(id);
                }
            }
            PageUse::Verso { plate: number } => {
                let (id, plate) = plates[number];
                page.entry = Some(id);
                begins = Some(id);
                let mut recto = placement::body_page(index + 1);
                recto.entry = Some(id);
                if !full_bleed::spread(&mut page, &mut recto, plate, scene) {
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

/// Places captions on a page without a picture: their last baseline aligned with the bottom of
/// the framed picture that they belong to, or with the last line of a text page; `also` is the
/// plate on the facing page, whose caption follows if another one comes first. Returns whether
/// all captions fit.
fn words(
    page: &mut Page,
    plate: &Plate,
    picture: PictureSide,
    also: Option<&Plate>,
    foot: Option<Length>,
    scene: &PlateContext<'_>,
) -> bool {
    let grid = scene.grid;
    let directions = Directions::for_language(&scene.book.language);
    let pointing = match picture {
        PictureSide::Opposite => None,
        PictureSide::Overleaf => Some(directions.overleaf),
        PictureSide::Before => Some(directions.before),
    };
    let measure = caption::measure(grid).min(grid.measure);
    let mut said = vec![CaptionText { plate, pointing }];
    said.extend(also.map(|plate| CaptionText { plate, pointing: Some(directions.facing) }));
    let set = |step| Caption::new(&said, measure, step, scene);
    let last = grid.baseline(grid.rows() - 1);
    let head = grid.margins.top;
    let mut caption = set(CaptionSize::Usual);
    if head + caption.depth() > last {
        caption = set(CaptionSize::Small);
    }
    let foot = foot.unwrap_or(last).max(head + caption.depth()).min(last);
    let top = (foot - caption.depth()).max(head);
    let column = grid.column_left(page.side);
    let left = if grid.binding_right { column + grid.measure - measure } else { column };
    caption.set(page, Point::new(left, top), last)
}
