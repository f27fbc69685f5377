//! Plates that follow each other, on their pages.

use crate::model::{
    CaptionPosition, Directions, EntryId, Length, Page, Plate, PlateLayout, Point, Side,
};

use crate::layout::placement;
use crate::layout::plates::caption;
use crate::layout::plates::caption::{Caption, Said, Step};
use crate::layout::plates::context::PlateContext;
use crate::layout::plates::full_bleed;
use crate::layout::plates::plate::{Framed, agree};
use crate::layout::plates::sequence;
use crate::layout::plates::sequence::{LeafUse, Need, Where};

/// The pages of a run of plates.
#[derive(Debug, Default)]
pub(in crate::layout) struct Run {
    pub(in crate::layout) pages: Vec<RunPage>,
    /// The plates whose words did not all find room.
    pub(in crate::layout) overset: Vec<EntryId>,
}

/// One of them.
#[derive(Debug)]
pub(in crate::layout) struct RunPage {
    pub(in crate::layout) page: Page,
    /// The plate whose picture begins on it.
    pub(in crate::layout) begins: Option<EntryId>,
    /// Whether there is white for its folio.
    pub(in crate::layout) folio: bool,
}

/// Sets the plates on pages, the first of which has this index in the body.
pub(in crate::layout) fn set(
    plates: &[(EntryId, &Plate)],
    first: usize,
    scene: &PlateContext<'_>,
) -> Run {
    let needs: Vec<Need> = plates.iter().map(|(_, plate)| need(plate, scene)).collect();
    let plate = |number: usize| plates[number].1;
    let hosts = |host: usize, guest: usize| {
        plate(host).layout == PlateLayout::Framed
            && Framed::of(plate(host), Some(plate(guest)), Side::Recto, scene).is_at_ease(scene)
    };
    let leaves = sequence::plan(&needs, Side::from_index(first), &hosts);
    let mut framed: Vec<Option<Framed<'_>>> = leaves
        .iter()
        .enumerate()
        .map(|(index, leaf)| match *leaf {
            LeafUse::Picture { plate: number, guest } => {
                let side = Side::from_index(first + index);
                (plate(number).layout == PlateLayout::Framed)
                    .then(|| Framed::of(plate(number), guest.map(plate), side, scene))
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
    let mut run = Run::default();
    for (index, leaf) in leaves.iter().enumerate() {
        run.leaf(first + index, *leaf, plates, &framed[index..], scene);
    }
    run
}

/// What a plate asks of the pages.
fn need(plate: &Plate, scene: &PlateContext<'_>) -> Need {
    let apart = plate.caption_place == CaptionPosition::Facing && caption::speaks(plate, scene);
    match (plate.layout, apart) {
        (PlateLayout::Framed | PlateLayout::FullBleed, false) => Need::Page,
        (PlateLayout::Framed | PlateLayout::FullBleed, true) => Need::Facing,
        (PlateLayout::Spread, false) => Need::Spread,
        (PlateLayout::Spread, true) => Need::SpreadAndWords,
    }
}

impl Run {
    /// Adds a page. `framed` are the framed plates of this page and those after it.
    fn leaf(
        &mut self,
        index: usize,
        leaf: LeafUse,
        plates: &[(EntryId, &Plate)],
        framed: &[Option<Framed<'_>>],
        scene: &PlateContext<'_>,
    ) {
        let mut page = placement::body_page(index);
        let mut begins = None;
        let mut folio = false;
        match leaf {
            // A blank page has no folio, and is counted.
            LeafUse::Blank => {}
            LeafUse::Picture { plate: number, guest } => {
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
            LeafUse::CaptionWords { plate: number, picture, also } => {
                let (id, plate) = plates[number];
                let also = also.map(|number| plates[number].1);
                page.entry = Some(id);
                folio = true;
                let beside = framed.get(1).and_then(Option::as_ref);
                let faces = picture == Where::Opposite || also.is_some();
                let foot = beside.filter(|_| faces).map(Framed::foot);
                if !words(&mut page, plate, picture, also, foot, scene) {
                    self.overset.push(id);
                }
            }
            LeafUse::Verso { plate: number } => {
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
            // It came with its other half.
            LeafUse::Recto { .. } => return,
        }
        self.pages.push(RunPage { page, begins, folio });
    }
}

/// Sets words on a page of their own: their last line as low as the foot of the framed picture
/// that they speak of, or as the last line of a page of text; `also` is the picture opposite where
/// they speak of another first. Whether all found room.
fn words(
    page: &mut Page,
    plate: &Plate,
    picture: Where,
    also: Option<&Plate>,
    foot: Option<Length>,
    scene: &PlateContext<'_>,
) -> bool {
    let grid = scene.grid;
    let directions = Directions::for_language(&scene.book.language);
    let pointing = match picture {
        Where::Opposite => None,
        Where::Overleaf => Some(directions.overleaf),
        Where::Before => Some(directions.before),
    };
    let measure = caption::measure(grid).min(grid.measure);
    let mut said = vec![Said { plate, pointing }];
    said.extend(also.map(|plate| Said { plate, pointing: Some(directions.facing) }));
    let set = |step| Caption::of(&said, measure, step, scene);
    let last = grid.baseline(grid.rows() - 1);
    let head = grid.margins.top;
    let mut caption = set(Step::Usual);
    if head + caption.depth() > last {
        caption = set(Step::Small);
    }
    let foot = foot.unwrap_or(last).max(head + caption.depth()).min(last);
    let top = (foot - caption.depth()).max(head);
    let column = grid.column_left(page.side);
    let left = if grid.binding_right { column + grid.measure - measure } else { column };
    caption.set(page, Point::new(left, top), last)
}
