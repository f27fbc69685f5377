//! The front with a label in a photo, as albums have it.

use crate::model::{Ink, Length, Page, Point, Rect, Size};

use crate::layout::cover::front::{
    FrontCover, FrontLines, TALL_FRONT, area_of, border, inset, rule,
};
use crate::layout::cover::picture;
use crate::layout::cover::picture::Photo;
use crate::layout::cover::text::TextBlock;

/// The ground of a label without a photo: the brown of an album's cloth.
const CLOTH: Ink = Ink { c: 15, m: 50, y: 60, k: 40 };
/// The label that most covers have.
const USUAL: LabelStyle = LabelStyle { width: 68, lines: 4, height: 26, space: 100 };
/// A wide and low label, for a photo of which the usual one would cover what it shows.
const COMPACT: LabelStyle = LabelStyle { width: 86, lines: 2, height: 14, space: 88 };
/// A narrow label on the cloth beside a photo.
const NARROW: LabelStyle = LabelStyle { width: 100, lines: 5, height: 40, space: 80 };
/// The heights of a photo above its label, in per cent of the room there.
const LESS_HIGH: [i64; 5] = [100, 90, 80, 70, 60];
/// The parts of the width that the cloth beside a photo has, in per cent.
const BESIDE: [i64; 3] = [50, 44, 38];
/// The per cent of a photo that may be cropped where it is pasted on the cloth.
const MAX_CROP: i64 = 25;
/// The least width of a label, in per cent of the photo.
const MIN_LABEL: i64 = 42;
/// The space between a label and what the photo shows is the height of the front divided by this.
const LABEL_CLEARANCE: i64 = 12;

impl FrontCover<'_> {
    /// The photo to all edges, in print except for a strip along the fold, which looks like the cloth
    /// of an album, and a label of paper in it with the title and the names. Where the label would
    /// cover what the photo shows, or the edges would cut it, more of the cloth is seen: below the
    /// photo, beside it, or all around it.
    pub(super) fn label(&self, page: &mut Page, photo: Option<Photo<'_>>) -> FrontLines {
        let art = self.art_beside_fold();
        let visible = art.common(&self.area.board);
        let [usual, compact] = [USUAL, COMPACT].map(|style| self.set_label(visible.width, style));
        let Some(photo) = photo else {
            page.items.push(rule(art, self.cloth()));
            let [(y, _), ..] = self.label_places(&usual);
            let at = usual.at(visible, y);
            self.place_label(page, &usual, at);
            return self.lines_of_label(&usual, at);
        };
        let narrow = BESIDE.map(|share| {
            let width = visible.width.scale(share, 100);
            (width, self.set_label(width - self.measures.margin, NARROW))
        });
        let fronts = self
            .on_photo(&usual)
            .chain(self.on_photo(&compact))
            .chain(self.below_photo(&compact))
            .chain(self.beside_photo(&narrow));
        let found = fronts
            .map(|front| (photo.lost(front.photo, front.free), front))
            .min_by_key(|(lost, _)| *lost);
        match found {
            Some((lost, front)) if lost <= Length::ZERO || photo.focus.is_some() => {
                if front.photo != art {
                    page.items.push(rule(art, self.cloth()));
                }
                photo.place(page, front.photo, front.free);
                self.place_label(page, front.label, front.at);
                self.lines_of_label(front.label, front.at)
            }
            _ => self.pasted(page, photo, &compact, &narrow),
        }
    }

    /// A label in a photo that fills the front, first with much space between it and what the photo
    /// shows.
    fn on_photo<'l>(&self, label: &'l SetLabel) -> impl Iterator<Item = LabelledFront<'l>> {
        let (board, art) = (self.area.board, self.art_beside_fold());
        let visible = art.common(&board);
        let places = self.label_places(label);
        [board.height / LABEL_CLEARANCE, Length::ZERO].into_iter().flat_map(move |clear| {
            places.map(|(y, is_at_foot)| {
                let at = label.at(visible, y);
                let free = if is_at_foot {
                    Rect { height: at.y - clear - visible.y, ..visible }
                } else {
                    let top = at.bottom() + clear;
                    Rect { y: top, height: visible.bottom() - top, ..visible }
                };
                LabelledFront { photo: art, free, label, at }
            })
        })
    }

    /// A label on the cloth below a photo that extends to the other edges.
    fn below_photo<'l>(&self, label: &'l SetLabel) -> impl Iterator<Item = LabelledFront<'l>> {
        let (board, art) = (self.area.board, self.art_beside_fold());
        let margin = self.measures.margin;
        let most = (board.height - label.height - margin * 2).max(board.height / 4);
        LESS_HIGH.into_iter().map(move |share| {
            let height = most.scale(share, 100);
            let photo = Rect { height: board.y + height - art.y, ..art };
            let free = photo.common(&board);
            let white = (board.height - height - label.height).max(Length::ZERO);
            let at = label.at(free, photo.bottom() + white.scale(45, 100));
            LabelledFront { photo, free, label, at }
        })
    }

    /// A label on the cloth beside a photo at the fore edge, on a front that is not tall.
    fn beside_photo<'l>(
        &self,
        labels: &'l [(Length, SetLabel)],
    ) -> impl Iterator<Item = LabelledFront<'l>> {
        let (board, art) = (self.area.board, self.art_beside_fold());
        labels.iter().filter(|(_, label)| self.may_be_beside(label)).map(move |(width, label)| {
            let photo = self.without_strip(art, *width);
            let free = photo.common(&board);
            let cloth = self.cloth_beside(*width);
            let y = cloth.y + (cloth.height - label.height).scale(42, 100);
            LabelledFront { photo, free, label, at: label.at(cloth, y) }
        })
    }

    /// The photo on the cloth, with all that it shows, and the label below it, or beside it if the
    /// photo is larger there.
    fn pasted(
        &self,
        page: &mut Page,
        photo: Photo<'_>,
        below: &SetLabel,
        beside: &[(Length, SetLabel)],
    ) -> FrontLines {
        let art = self.art_beside_fold();
        let visible = art.common(&self.area.board);
        page.items.push(rule(art, self.cloth()));
        let margin = self.measures.margin;
        let limit = Size::new(
            visible.width - margin * 2,
            (visible.height - below.height - margin * 3).max(visible.height / 4),
        );
        let size = photo.size(limit, MAX_CROP);
        let larger = beside
            .iter()
            .filter(|(_, label)| self.may_be_beside(label))
            .map(|(width, label)| {
                let limit = Size::new(visible.width - *width - margin, visible.height - margin * 2);
                (photo.size(limit, MAX_CROP), *width, label)
            })
            .max_by_key(|(size, ..)| area_of(*size))
            .filter(|(beside, ..)| area_of(*beside) > area_of(size));
        if let Some((size, width, label)) = larger {
            let cloth = self.cloth_beside(width);
            let rest = self.without_strip(visible, width);
            let x = if self.area.fold_is_left { rest.x } else { rest.right() - size.width };
            // What the photo leaves of the width is on both sides of the label.
            let white = (rest.width - margin - size.width).max(Length::ZERO);
            let (x, shift) = if self.area.fold_is_left {
                (x + white, white / 2)
            } else {
                (x - white, -white / 2)
            };
            let y = |height: Length| visible.y + (visible.height - height).scale(45, 100);
            let frame = Rect::new(Point::new(x, y(size.height)), size);
            photo.place(page, frame, frame);
            let at = label.at(cloth, y(label.height)).moved(shift, Length::ZERO);
            self.place_label(page, label, at);
            return self.lines_beside(frame, at);
        }
        // The white is the same above, between and below them.
        let white = (visible.height - size.height - below.height).max(Length::ZERO) / 3;
        let frame = picture::centred(visible, visible.y + white, size);
        photo.place(page, frame, frame);
        let at = below.at(visible, frame.bottom() + white);
        self.place_label(page, below, at);
        let text_edges = [Some(self.edges(at)), None];
        FrontLines { text_edges, ..self.lines_of(frame, at.y + below.inside) }
    }

    /// The lines of a label in a photo, or on cloth, that extends to the edges.
    fn lines_of_label(&self, label: &SetLabel, at: Rect) -> FrontLines {
        let title = Some(at.y + label.inside);
        FrontLines { title, text_edges: [Some(self.edges(at)), None], ..self.lines() }
    }

    /// Whether the front is not so tall that a label beside the photo would make that narrow, and
    /// this one fits.
    fn may_be_beside(&self, label: &SetLabel) -> bool {
        let board = self.area.board;
        board.height * 100 <= board.width * TALL_FRONT && label.height <= self.content.height
    }

    /// The cloth of this width at the fold.
    fn cloth_beside(&self, width: Length) -> Rect {
        let visible = self.art_beside_fold().common(&self.area.board);
        let x = if self.area.fold_is_left { visible.x } else { visible.right() - width };
        Rect { x, width, ..visible }
    }

    /// The ground that is seen beside a label without a photo that fills the front.
    fn cloth(&self) -> Ink {
        self.measures.grid.style.endpapers.unwrap_or(CLOTH)
    }

    /// The title and the names in a label on a ground of this width.
    fn set_label(&self, ground: Length, style: LabelStyle) -> SetLabel {
        let measures = self.measures;
        let space = |share| measures.share(share).scale(style.space, 100);
        let (width, inside) = (ground.scale(style.width, 100), space(44));
        let column = width - inside * 2;
        let height = self.area.board.height.scale(style.height, 100);
        let mut text = self.heading(column, style.lines, height);
        let mut names = self.foot_blocks(column).into_iter();
        text.extend(names.next().map(|block| block.below(space(40))));
        text.extend(names);
        let height = TextBlock::height_of(&text) + inside * 2;
        // No wider than its lines need, so that it covers little of the photo.
        let widest = text.iter().map(TextBlock::width).max().unwrap_or_default() + inside * 2;
        let width = widest.max(ground.scale(MIN_LABEL, 100)).min(width);
        SetLabel { text, column, inside, width, height }
    }

    /// The tops that a label may have, and whether it is at the foot: inside the margins, and at the
    /// foot, where most photos have less to show, unless what the photo shows is there.
    fn label_places(&self, label: &SetLabel) -> [(Length, bool); 4] {
        let board = self.area.board;
        let is_tall = board.height * 100 > board.width * TALL_FRONT;
        // On a front that is not high, a label farther from the edge is in the middle of the photo.
        let far = if is_tall { 150 } else { 100 };
        let [near, far] = [100, far].map(|share| self.measures.margin.scale(share, 100));
        let highest = board.y + near;
        let foot = |margin| (board.bottom() - margin - label.height).max(highest);
        let head = |margin| board.y + margin;
        [(foot(far), true), (head(far), false), (foot(near), true), (head(near), false)]
    }

    fn place_label(&self, page: &mut Page, label: &SetLabel, area: Rect) {
        let measures = self.measures;
        page.items.push(rule(area, measures.ground()));
        let line = measures.share(2).max(Length::milli_pt(400));
        border(page, inset(area, measures.share(11)), line, measures.grid.style.ink);
        // The lines are in the middle of the column that they were set in.
        let left = area.x + (area.width - label.column) / 2;
        TextBlock::place(page, &label.text, Point::new(left, area.y + label.inside));
    }
}

/// How a label is set.
#[derive(Debug, Clone, Copy)]
struct LabelStyle {
    /// The greatest width, in per cent of the ground.
    width: i64,
    /// The lines that the title may have.
    lines: usize,
    /// The height of the title with the subtitle, in per cent of the front.
    height: i64,
    /// The space around and between the lines, in per cent of the usual.
    space: i64,
}

/// A photo with its label.
struct LabelledFront<'l> {
    /// What the photo fills.
    photo: Rect,
    /// The visible part of it that the label does not cover.
    free: Rect,
    label: &'l SetLabel,
    /// Where the label is.
    at: Rect,
}

/// A label of paper.
struct SetLabel {
    text: Vec<TextBlock>,
    /// The width that its text is set in.
    column: Length,
    /// The space around its text.
    inside: Length,
    width: Length,
    height: Length,
}

impl SetLabel {
    /// Its area in the middle of the width of the photo, with this top.
    fn at(&self, visible: Rect, y: Length) -> Rect {
        picture::centred(visible, y, Size::new(self.width, self.height))
    }
}
