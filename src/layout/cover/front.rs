//! The front cover: the photo, the title, the names and the publisher, composed as the design asks.

use crate::model::{
    Cover, CoverStyle, Ink, Item, Length, Page, Point, Rect, Rule, Size, TitleAlign,
};

use crate::layout::cover::measures::{CoverMeasures, HeadingShape};
use crate::layout::cover::picture;
use crate::layout::cover::picture::Photo;
use crate::layout::cover::text::TextBlock;

/// The per cent of a photo that may be cropped to fill the width below a masthead.
const MAX_CROP: i64 = 58;
/// The height of a tall front, in per cent of its width.
pub(super) const TALL_FRONT: i64 = 120;
/// The parts of the width and of the height of the front of which the photo below a masthead has one,
/// in per cent.
const MIN_MASTHEAD_PHOTO: [i64; 2] = [62, 45];
/// The heights that the title of a masthead may have, in per cent of the content.
const MASTHEAD_TITLES: [i64; 5] = [21, 18, 15, 12, 9];
/// The width of a title compared with that of the photo above it, at most, in per cent.
const WIDEST_TITLE: i64 = 150;
/// The size of a title that becomes as narrow as its photo, at least, in per cent.
const LEAST_NARROWER_TITLE: i64 = 70;
/// How often the title is set narrower.
const MAX_NARROWINGS: usize = 4;

/// Where the front is.
#[derive(Debug, Clone, Copy)]
pub(super) struct FrontArea {
    /// What is seen of it and may have text.
    pub(super) board: Rect,
    /// What a picture may cover: beyond the three outer edges, and up to the fold.
    pub(super) art: Rect,
    /// Whether the fold is at its left edge.
    pub(super) fold_is_left: bool,
    /// The joint at the fold, which lies beside the board; none on a screen, where nothing is folded.
    pub(super) hinge: Option<Length>,
}

/// The lines that the back and the spine share with the front.
#[derive(Debug, Clone, Copy)]
pub(super) struct FrontLines {
    /// Where the content begins.
    pub(super) head: Length,
    /// The top of the photo, or else of what the eye takes for the top.
    pub(super) hang: Length,
    /// The top of the capitals of the title, if it is below the hang line.
    pub(super) title: Option<Length>,
    /// The foot of the photo above that title.
    pub(super) photo_foot: Option<Length>,
    /// The last baseline.
    pub(super) foot: Length,
    /// The edges of a photo that does not extend to those of the front.
    pub(super) photo_edges: Option<FrontEdges>,
    /// The edges of a label, of a nameplate, or of the text beside a photo and of both together.
    pub(super) text_edges: [Option<FrontEdges>; 2],
    /// The edges of a column of text where lines begin.
    pub(super) column_edges: FrontEdges,
}

/// The left and the right edge of something on the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrontEdges {
    /// The left edge, from that of the board.
    pub(super) left: Length,
    /// The width that begins there.
    pub(super) width: Length,
}

impl FrontEdges {
    /// The outer edges of both.
    fn around(self, other: Self) -> Self {
        let left = self.left.min(other.left);
        let right = (self.left + self.width).max(other.left + other.width);
        Self { left, width: right - left }
    }
}

/// Composes the front.
pub(super) fn compose(
    page: &mut Page,
    area: FrontArea,
    measures: &CoverMeasures<'_>,
) -> FrontLines {
    let front = FrontCover { area, measures, content: inset(area.board, measures.margin) };
    let photo = match &measures.book.cover {
        Cover::Photo { picture, alt, focus } => {
            Some(Photo { picture, alt: alt.as_deref(), focus: *focus })
        }
        Cover::Typographic => None,
    };
    let before = page.items.len();
    let lines = match (measures.grid.style.cover, photo) {
        (CoverStyle::Framed, Some(photo)) => front.framed(page, photo),
        (CoverStyle::Framed, None) => front.framed_title(page),
        (CoverStyle::Bleed, Some(photo)) => front.bleed(page, photo),
        (CoverStyle::Bleed, None) => front.dark_field(page),
        (CoverStyle::Centred, Some(photo)) => front.centred(page, photo),
        (CoverStyle::Centred, None) => front.centred_title(page),
        (CoverStyle::Label, photo) => front.label(page, photo),
        (CoverStyle::Masthead, Some(photo)) => front.masthead(page, photo),
        (CoverStyle::Masthead, None) => front.masthead_title(page),
    };
    // Lines and fields around nothing would look like the boxes of missing letters.
    let has_content = |item: &Item| match item {
        Item::Picture(_) => true,
        Item::Glyphs(run) => run.glyphs.iter().any(|glyph| glyph.id != 0),
        Item::Rule(_) => false,
    };
    if !page.items[before..].iter().any(has_content) {
        page.items.truncate(before);
    }
    lines
}

/// Whether lines of text lie upon each other, or beyond the front.
pub(super) fn is_crowded(items: &[Item], front: Rect) -> bool {
    let lines: Vec<Rect> = items.iter().filter_map(capitals).collect();
    // Letters of one line can touch, and those of two lines have the descenders between them.
    let overlaps = |(index, line): (usize, &Rect)| {
        lines[index + 1..].iter().any(|other| {
            let common = line.common(other);
            common.width > Length::mm(1) && common.height * 3 > line.height.min(other.height)
        })
    };
    lines.iter().any(|line| !front.contains(line)) || lines.iter().enumerate().any(overlaps)
}

/// The area of the capitals of a line of text.
fn capitals(item: &Item) -> Option<Rect> {
    let Item::Glyphs(run) = item else { return None };
    let height = run.size.scale(7, 10);
    let origin = Point::new(run.origin.x, run.origin.y - height);
    Some(Rect::new(origin, Size::new(run.width(), height)))
}

/// A rectangle without a margin on all sides.
pub(super) fn inset(area: Rect, by: Length) -> Rect {
    Rect {
        x: area.x + by,
        y: area.y + by,
        width: area.width - by * 2,
        height: area.height - by * 2,
    }
}

/// The area of a picture.
pub(super) fn area_of(size: Size) -> i128 {
    i128::from(size.width.to_emu()) * i128::from(size.height.to_emu())
}

/// A filled rectangle.
pub(super) fn rule(rect: Rect, ink: Ink) -> Item {
    Item::Rule(Rule { rect, ink, is_round: false })
}

/// The front while it is composed.
pub(super) struct FrontCover<'a> {
    pub(super) area: FrontArea,
    pub(super) measures: &'a CoverMeasures<'a>,
    /// The board without its margins.
    pub(super) content: Rect,
}

impl FrontCover<'_> {
    /// The lines at the margins, and a column of text where lines begin.
    pub(super) fn lines(&self) -> FrontLines {
        let content = self.content;
        let width = self.measures.back_grid().measure.min(content.width);
        let x = if self.measures.grid.binding_right { content.right() - width } else { content.x };
        FrontLines {
            head: content.y,
            hang: content.y,
            title: None,
            photo_foot: None,
            foot: content.bottom(),
            photo_edges: None,
            text_edges: [None; 2],
            column_edges: self.edges(Rect { x, width, ..content }),
        }
    }

    /// The left and the right edge of something.
    pub(super) fn edges(&self, area: Rect) -> FrontEdges {
        FrontEdges { left: area.x - self.area.board.x, width: area.width }
    }

    /// The lines of a photo with the title below it.
    pub(super) fn lines_of(&self, photo: Rect, title: Length) -> FrontLines {
        FrontLines {
            hang: photo.y,
            title: Some(title),
            photo_foot: Some(photo.bottom()),
            photo_edges: Some(self.edges(photo)),
            ..self.lines()
        }
    }

    /// The lines of a photo at the fore edge with a column of text, or a label, beside it.
    pub(super) fn lines_beside(&self, photo: Rect, text: Rect) -> FrontLines {
        let (hang, [photo, text]) = (photo.y, [photo, text].map(|area| self.edges(area)));
        FrontLines {
            hang,
            photo_edges: Some(photo),
            text_edges: [Some(text), Some(photo.around(text))],
            ..self.lines()
        }
    }

    /// The names and the publisher, with the last baseline at `bottom`. Returns the top of the
    /// first capitals.
    pub(super) fn foot(&self, page: &mut Page, column: Rect, bottom: Length) -> Length {
        let foot = self.foot_blocks(column.width);
        let top = bottom - TextBlock::height_of(&foot);
        TextBlock::place(page, &foot, Point::new(column.x, top));
        top
    }

    pub(super) fn foot_blocks(&self, width: Length) -> Vec<TextBlock> {
        let mut blocks = self.measures.names(width);
        let gap = self.measures.share(38);
        blocks.extend(self.measures.publisher(width).map(|block| block.below(gap)));
        blocks
    }

    pub(super) fn foot_height(&self, width: Length) -> Length {
        TextBlock::height_of(&self.foot_blocks(width))
    }

    /// The title with the subtitle, at most this high.
    pub(super) fn heading(&self, width: Length, lines: usize, height: Length) -> Vec<TextBlock> {
        let shape = HeadingShape { title: width, subtitle: width, lines };
        let (mut heading, subtitle) = self.measures.heading(shape, height);
        heading.extend(subtitle);
        heading
    }

    /// The title below a photo. `set` sets it in a width, and returns the width of the photo above it,
    /// and what else it finds. A title that is much wider than its photo takes more lines, and
    /// one that is a little wider is set smaller, if it begins at the edge of the photo.
    fn heading_below<T>(
        &self,
        set: impl Fn(HeadingShape) -> (Vec<TextBlock>, Length, T),
    ) -> (Vec<TextBlock>, T) {
        let all = self.content.width;
        let mut set_in = set(HeadingShape { title: all, subtitle: all, lines: 3 });
        // Below more lines, the photo is smaller.
        for _ in 0..MAX_NARROWINGS {
            let (blocks, photo, _) = &set_in;
            let widest = photo.scale(WIDEST_TITLE, 100);
            if blocks.first().is_none_or(|title| title.width() <= widest) {
                break;
            }
            set_in = set(HeadingShape { title: widest, subtitle: all, lines: 3 });
        }
        // One that is a little wider than its photo is set as wide as that.
        let (blocks, photo, _) = &set_in;
        if self.measures.grid.style.titles.align != TitleAlign::Centre
            && let Some(title) = blocks.first().filter(|title| title.width() > *photo)
        {
            let narrower =
                set(HeadingShape { title: *photo, subtitle: *photo, lines: title.lines.len() });
            let is_alike = narrower.0.first().is_some_and(|other| {
                other.lines.len() == title.lines.len()
                    && other.style.size >= title.style.size.scale(LEAST_NARROWER_TITLE, 100)
            });
            if is_alike {
                set_in = narrower;
            }
        }
        let (blocks, _, found) = set_in;
        (blocks, found)
    }

    /// The title and the subtitle in parts of the width of the content.
    fn narrow_heading(&self, shape: HeadingShape, height: Length) -> Vec<TextBlock> {
        let (mut title, mut subtitle) = self.measures.heading(shape, height);
        for (blocks, width) in [(&mut title, shape.title), (&mut subtitle, shape.subtitle)] {
            let offset = self.aligned(self.content, width) - self.content.x;
            for run in blocks.iter_mut().flat_map(|it| &mut it.lines).flat_map(|it| &mut it.runs) {
                run.origin.x += offset;
            }
        }
        title.extend(subtitle);
        title
    }

    /// The photo inside the margins, the title below it, the names at the foot.
    fn framed(&self, page: &mut Page, photo: Photo<'_>) -> FrontLines {
        let (content, measures) = (self.content, self.measures);
        let bottom = content.bottom();
        let foot = self.foot_height(content.width);
        let (under_photo, over_foot) = (measures.share(58), measures.share(60));
        let (heading, size) = self.heading_below(|shape| {
            let heading = self.narrow_heading(shape, content.height.scale(36, 100));
            let text = under_photo + TextBlock::height_of(&heading) + over_foot + foot;
            let limit = Size::new(content.width, (content.height - text).max(content.height / 4));
            let size = photo.size(limit, 25);
            (heading, size.width, size)
        });
        if let Some(beside) = self.larger_beside(photo, size, 25) {
            return self.framed_beside(page, photo, beside);
        }
        let frame = if measures.grid.style.titles.align == TitleAlign::Centre {
            picture::centred(content, content.y, size)
        } else {
            let x =
                if measures.grid.binding_right { content.right() - size.width } else { content.x };
            Rect::new(Point::new(x, content.y), size)
        };
        photo.place(page, frame, frame);
        let top = frame.bottom() + under_photo;
        TextBlock::place(page, &heading, Point::new(content.x, top));
        self.foot(page, content, bottom);
        self.lines_of(frame, top)
    }

    /// The size of the photo beside the text, if it is larger there than above it, as most are on a
    /// wide cover, and upright ones on a square cover.
    fn larger_beside(&self, photo: Photo<'_>, above: Size, crop: i64) -> Option<Size> {
        let content = self.content;
        let board = self.area.board;
        // On a front that is about square, the column of text beside the photo is narrow.
        let least = match board.width.scale(100, board.height.to_emu().max(1)).to_emu() {
            115.. => 110,
            95.. => 180,
            _ => return None,
        };
        let limit = Size::new(content.width.scale(64, 100), content.height);
        let beside = photo.size(limit, crop);
        (area_of(beside) * 100 > area_of(above) * least).then_some(beside)
    }

    /// The photo at the fore edge, inside the margins, and the text beside it.
    fn framed_beside(&self, page: &mut Page, photo: Photo<'_>, size: Size) -> FrontLines {
        let content = self.content;
        let gap = self.measures.margin;
        let is_centred = self.measures.grid.style.cover == CoverStyle::Centred;
        let width = content.width - size.width - gap;
        let (photo_x, x) = if self.area.fold_is_left {
            (content.right() - size.width, content.x)
        } else {
            (content.x, content.right() - width)
        };
        // In the optical centre; the text has the head and the foot of the photo.
        let y = content.y + (content.height - size.height).scale(42, 100);
        let frame = Rect::new(Point::new(photo_x, y), size);
        photo.place(page, frame, frame);
        let foot = frame.bottom().max(content.y + content.height.scale(85, 100));
        let column = Rect { x, y, width, height: foot - y };
        let heading = self.heading(width, 5, column.height.scale(60, 100));
        // Centred lines are in the middle of their column.
        let room = column.height - self.foot_height(width) - self.measures.share(60);
        let white = (room - TextBlock::height_of(&heading)).max(Length::ZERO);
        let top = if is_centred { y + white.scale(45, 100) } else { y };
        TextBlock::place(page, &heading, Point::new(x, top));
        self.foot(page, column, foot);
        FrontLines { head: y, foot, ..self.lines_beside(frame, column) }
    }

    /// Within a frame of two lines: the names, the title with a short line below it, and the
    /// publisher.
    fn framed_title(&self, page: &mut Page) -> FrontLines {
        let (measures, board) = (self.measures, self.area.board);
        let ink = measures.grid.style.ink;
        let outer = inset(board, measures.margin.scale(85, 100));
        let (thick, thin) = (measures.share(3), measures.share(1).max(Length::milli_pt(350)));
        border(page, outer, thick, ink);
        border(page, inset(outer, thick * 3), thin, ink);
        let column = inset(outer, measures.share(82));
        let names = measures.names(column.width);
        TextBlock::place(page, &names, Point::new(column.x, column.y));
        let publisher = Vec::from_iter(measures.publisher(column.width));
        let bottom = column.bottom() - TextBlock::height_of(&publisher);
        TextBlock::place(page, &publisher, Point::new(column.x, bottom));
        let subtitle = measures.subtitle(column.width);
        let (over_line, thickness, under_line) =
            (measures.share(48), measures.share(4), measures.share(44));
        let below_title = over_line + thickness + under_line + TextBlock::height_of(&subtitle);
        // The title is in the upper third, and moves if there is much above or below it.
        let space = measures.share(60);
        let highest = column.y + TextBlock::height_of(&names) + space;
        let room = bottom - space - below_title - highest;
        let title = measures.title(column.width, 6, room);
        let lowest = bottom - space - below_title - TextBlock::height_of(&title);
        let top = (column.y + column.height.scale(30, 100)).min(lowest).max(highest);
        let below = TextBlock::place(page, &title, Point::new(column.x, top));
        let width = measures.share(90).min(column.width);
        let line = Rect::new(
            Point::new(self.aligned(column, width), below + over_line),
            Size::new(width, thickness),
        );
        page.items.push(rule(line, ink));
        TextBlock::place(page, &subtitle, Point::new(column.x, line.bottom() + under_line));
        FrontLines {
            head: column.y,
            hang: column.y,
            title: Some(top),
            foot: column.bottom(),
            column_edges: self.edges(column),
            ..self.lines()
        }
    }

    /// The left edge of something as wide as this, where lines of the title begin.
    fn aligned(&self, column: Rect, width: Length) -> Length {
        let grid = &self.measures.grid;
        match (grid.style.cover, grid.style.titles.align) {
            (CoverStyle::Centred | CoverStyle::Label | CoverStyle::Masthead, _)
            | (_, TitleAlign::Centre) => column.x + (column.width - width) / 2,
            _ if grid.binding_right => column.right() - width,
            _ => column.x,
        }
    }

    /// The art without the strip along the fold. The position of the fold varies by a millimetre or
    /// two, so no colour ends there.
    pub(super) fn art_beside_fold(&self) -> Rect {
        let FrontArea { art, hinge, .. } = self.area;
        hinge.map_or(art, |hinge| self.without_strip(art, hinge + self.measures.margin))
    }

    /// A rectangle without a strip at the side of the fold.
    pub(super) fn without_strip(&self, area: Rect, strip: Length) -> Rect {
        let x = if self.area.fold_is_left { area.x + strip } else { area.x };
        Rect { x, width: area.width - strip, ..area }
    }

    /// The whole photo in the middle, small type below it.
    fn centred(&self, page: &mut Page, photo: Photo<'_>) -> FrontLines {
        let (content, measures) = (self.content, self.measures);
        let foot = self.foot_height(content.width);
        let share = |part| measures.share(part).min(content.height.scale(part, 1000));
        let (under_photo, over_foot) = (share(78), share(66));
        let (heading, (room, size)) = self.heading_below(|shape| {
            let heading = self.narrow_heading(shape, content.height / 4);
            let text = under_photo + TextBlock::height_of(&heading) + over_foot + foot;
            let room = content.height - text;
            let limit = Size::new(content.width, room.max(content.height / 4));
            let size = photo.size(limit, 0);
            (heading, size.width, (room, size))
        });
        if let Some(beside) = self.larger_beside(photo, size, 0) {
            return self.framed_beside(page, photo, beside);
        }
        let white = (room - size.height).max(Length::ZERO);
        let frame = picture::centred(content, content.y + white.scale(45, 100), size);
        photo.place(page, frame, frame);
        let top = frame.bottom() + under_photo;
        TextBlock::place(page, &heading, Point::new(content.x, top));
        self.foot(page, content, content.bottom());
        self.lines_of(frame, top)
    }

    /// The title as wide as it can be, between lines like that of a newspaper, the subtitle below
    /// it. Returns the bottom of the lowest line.
    fn nameplate(&self, page: &mut Page, title_height: i64) -> Length {
        let (content, measures) = (self.content, self.measures);
        let ink = measures.grid.style.ink;
        let thin = measures.share(1).max(Length::milli_pt(400));
        let thick = measures.share(5);
        let line = |page: &mut Page, y: Length, height: Length| {
            let rect = Rect { y, height, ..content };
            page.items.push(rule(rect, ink));
        };
        line(page, content.y, thick);
        line(page, content.y + thick * 2, thin);
        let title = measures.title(content.width, 2, content.height.scale(title_height, 100));
        let size = title.first().map_or(Length::ZERO, |block| block.style.size);
        let gap = measures.share(26) + size.scale(12, 100);
        let top = content.y + thick * 2 + thin + gap;
        let below = TextBlock::place(page, &title, Point::new(content.x, top)) + gap;
        line(page, below, thin);
        let subtitle = measures.subtitle(content.width);
        let gap = measures.share(20);
        let last = TextBlock::place(page, &subtitle, Point::new(content.x, below + thin + gap));
        if subtitle.is_empty() {
            return below + thin;
        }
        line(page, last + gap, thin);
        last + gap + thin
    }

    /// The title across the head between lines, the photo below it, the names at the foot.
    fn masthead(&self, page: &mut Page, photo: Photo<'_>) -> FrontLines {
        let (content, measures) = (self.content, self.measures);
        let board = self.area.board;
        let foot = self.foot_height(content.width);
        let over_foot = measures.share(44);
        let before = page.items.len();
        let (mut hang, mut size) = (content.y, Size::default());
        // A title that leaves too little room for the photo is set smaller.
        for title_height in MASTHEAD_TITLES {
            page.items.truncate(before);
            hang = self.nameplate(page, title_height) + measures.share(30);
            let room = content.bottom() - foot - over_foot - hang;
            let limit = Size::new(content.width, room.max(content.height / 4));
            size = photo.size(limit, MAX_CROP);
            let [width, height] = MIN_MASTHEAD_PHOTO;
            if size.width >= board.width.scale(width, 100)
                || size.height >= board.height.scale(height, 100)
            {
                break;
            }
        }
        let frame = picture::centred(content, hang, size);
        photo.place(page, frame, frame);
        self.foot(page, content, content.bottom());
        let (photo, nameplate) = (self.edges(frame), self.edges(content));
        FrontLines {
            hang,
            photo_edges: Some(photo),
            text_edges: [Some(nameplate), None],
            ..self.lines()
        }
    }

    /// The title across the head between lines, the names at the foot over another line.
    fn masthead_title(&self, page: &mut Page) -> FrontLines {
        let (content, measures) = (self.content, self.measures);
        let hang = self.nameplate(page, MASTHEAD_TITLES[0]) + measures.share(30);
        let top = self.foot(page, content, content.bottom());
        let thin = measures.share(1).max(Length::milli_pt(400));
        let line = Rect { y: top - measures.share(24), height: thin, ..content };
        page.items.push(rule(line, measures.grid.style.ink));
        FrontLines { hang, ..self.lines() }
    }

    /// The title between two lines, the subtitle below them, all centred.
    fn centred_title(&self, page: &mut Page) -> FrontLines {
        let (content, measures) = (self.content, self.measures);
        let ink = measures.grid.style.ink;
        let thin = measures.share(2);
        let width = content.width.scale(86, 100);
        let x = content.x + (content.width - width) / 2;
        let subtitle = measures.subtitle(width);
        let (gap, under_line) = (measures.share(80), measures.share(56));
        let around = (gap + thin) * 2 + under_line + TextBlock::height_of(&subtitle);
        let room = content.height - self.foot_height(content.width) - measures.share(60) - around;
        let title = measures.title(width, 5, room);
        let height = TextBlock::height_of(&title);
        // In the optical centre.
        let top = content.y + gap + thin + (room - height).max(Length::ZERO).scale(45, 100);
        for y in [top - gap - thin, top + height + gap] {
            page.items.push(rule(Rect::new(Point::new(x, y), Size::new(width, thin)), ink));
        }
        TextBlock::place(page, &title, Point::new(x, top));
        let below = top + height + gap + thin + under_line;
        TextBlock::place(page, &subtitle, Point::new(x, below));
        self.foot(page, content, content.bottom());
        FrontLines {
            hang: top - gap - thin,
            title: Some(top),
            column_edges: self.edges(Rect { x, width, ..content }),
            ..self.lines()
        }
    }
}

/// Four lines along the edges of a rectangle, inside it.
pub(super) fn border(page: &mut Page, area: Rect, line: Length, ink: Ink) {
    let sides = [
        Rect { height: line, ..area },
        Rect { y: area.bottom() - line, height: line, ..area },
        Rect { width: line, ..area },
        Rect { x: area.right() - line, width: line, ..area },
    ];
    page.items.extend(sides.map(|rect| rule(rect, ink)));
}
