//! The front with a photo, or a dark field, that extends to its edges.

use crate::model::{Ink, Length, Page, Point, Rect, Size};

use crate::layout::cover::front::{FrontCover, FrontLines, TALL_FRONT, rule};
use crate::layout::cover::picture;
use crate::layout::cover::picture::Photo;
use crate::layout::cover::text::TextBlock;

/// The parts of the width that text beside a photo has, in per cent.
const BESIDE_TEXT: [i64; 3] = [36, 46, 56];
/// The parts of the height that a photo has which would lose what it shows if it were higher.
const LESS_HIGH: [i64; 5] = [52, 46, 40, 34, 28];
/// The parts of the width that a photo has which would lose what it shows if it were wider.
const LESS_WIDE: [i64; 6] = [92, 84, 76, 68, 60, 52];

/// Where the text is.
#[derive(Debug, Clone, Copy)]
enum Text {
    Below,
    Beside,
}

impl FrontCover<'_> {
    /// The photo to the edges, the text below it, or beside it if less of the photo is lost there.
    /// What the photo shows is kept whole, if need be in a smaller photo.
    pub(super) fn bleed(&self, page: &mut Page, photo: Photo<'_>) -> FrontLines {
        let (board, measures) = (self.area.board, self.measures);
        let column = self.text_column();
        let heading = self.heading(column.width, 3, board.height.scale(30, 100));
        let text = measures.margin * 2
            + measures.share(60)
            + TextBlock::height_of(&heading)
            + self.foot_height(column.width);
        let art = self.art_beside_fold();
        let pixels = photo.picture.upright();
        let natural =
            art.common(&board).width.scale(pixels.height.into(), pixels.width.max(1).into());
        let [least, most] = [58, 72].map(|share| board.height.scale(share, 100));
        let most = most.min(board.height - text).max(board.height.scale(40, 100));
        let above = |height: Length, art: Rect| Rect { height: board.y + height - art.y, ..art };
        let usual = natural.clamp(least.min(most), most);
        let beside =
            BESIDE_TEXT.map(|share| self.without_strip(art, board.width.scale(share, 100)));
        let mut places = vec![(above(usual, art), Text::Below)];
        if board.height * 100 <= board.width * TALL_FRONT {
            places.extend(beside.map(|area| (area, Text::Beside)));
        }
        // Less high, for a photo that is wide, or less wide, for one that is high.
        places.extend(
            LESS_HIGH
                .map(|share| (above(board.height.scale(share, 100).min(usual), art), Text::Below)),
        );
        places.extend(LESS_WIDE.map(|share| {
            let strip = art.common(&board).width.scale(100 - share, 100);
            (above(most, self.without_strip(art, strip)), Text::Below)
        }));
        let kept = |area: Rect| {
            let seen = area.common(&board);
            picture::kept(photo.picture, Size::new(seen.width, seen.height))
        };
        let is_wide = board.width > board.height.scale(115, 100);
        if is_wide && kept(beside[0]) > kept(places[0].0) {
            places.swap(0, 1);
        }
        let lost = |place: &(Rect, Text)| photo.lost(place.0, place.0.common(&board));
        let (area, text) = places.iter().copied().min_by_key(lost).unwrap_or(places[0]);
        photo.place(page, area, area.common(&board));
        match text {
            Text::Below => {
                let top = area.bottom() + measures.margin;
                TextBlock::place(page, &heading, Point::new(column.x, top));
                self.foot(page, column, column.bottom());
                let foot = Some(area.bottom());
                FrontLines { title: Some(top), photo_foot: foot, ..self.lines() }
            }
            Text::Beside => {
                self.beside(page, area.common(&board));
                self.lines()
            }
        }
    }

    /// The text in a column beside the photo, which is at the fore edge.
    fn beside(&self, page: &mut Page, seen: Rect) {
        let (board, measures) = (self.area.board, self.measures);
        let margin = measures.margin;
        let width = board.width - seen.width - margin * 2;
        let x = if self.area.fold_is_left { board.x + margin } else { seen.right() + margin };
        let column = Rect { x, width, ..self.content };
        let heading = self.heading(width, 5, column.height.scale(60, 100));
        TextBlock::place(page, &heading, Point::new(x, column.y));
        self.foot(page, column, column.bottom());
    }

    /// The column of text: as wide as the photo above it, without the margins where that has none.
    fn text_column(&self) -> Rect {
        if self.area.hinge.is_none() {
            return self.content;
        }
        let visible = self.art_beside_fold().common(&self.area.board);
        let margin = self.measures.margin;
        let x = if self.area.fold_is_left { visible.x } else { visible.x + margin };
        Rect { x, width: visible.width - margin, ..self.content }
    }

    /// A dark field where other covers have their photo, with the title in it.
    pub(super) fn dark_field(&self, page: &mut Page) -> FrontLines {
        let (board, measures) = (self.area.board, self.measures);
        let style = &measures.grid.style;
        let art = self.art_beside_fold();
        let column = self.text_column();
        let margin = measures.margin;
        let strip = if self.area.hinge.is_some() { margin } else { Length::ZERO };
        let below = self.without_strip(column, strip);
        let subtitle = measures.subtitle(below.width);
        let text = margin * 2
            + TextBlock::height_of(&subtitle)
            + measures.share(60)
            + self.foot_height(below.width);
        let split = board.y + board.height.scale(66, 100).min(board.height - text);
        let field = Rect { height: split - art.y, ..art };
        // Black alone looks grey on a large field.
        let ink = if style.ink == Ink::BLACK { Ink { c: 40, ..Ink::BLACK } } else { style.ink };
        page.items.push(rule(field, ink));
        let visible = field.common(&board);
        let mut title = measures.title(below.width, 6, visible.height - margin * 2);
        for run in title.iter_mut().flat_map(|it| &mut it.lines).flat_map(|it| &mut it.runs) {
            run.ink = measures.ground();
        }
        // The title stands on the foot of the field, so that the subtitle follows it.
        let top = visible.bottom() - margin - TextBlock::height_of(&title);
        TextBlock::place(page, &title, Point::new(below.x, top));
        TextBlock::place(page, &subtitle, Point::new(below.x, split + margin));
        self.foot(page, below, below.bottom());
        let lines = self.lines();
        let column_edges = self.edges(Rect { width: lines.column_edges.width, ..below });
        FrontLines { title: Some(top), column_edges, ..lines }
    }
}
