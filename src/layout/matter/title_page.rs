//! The title page: the title, the subtitle, the names and the publisher; or the masthead of a
//! newspaper.

use std::sync::Arc;

use crate::model::{
    BookTranslation, CoverStyle, Length, Page, PageStyle, PassageKind, Side, StructureKind,
    TitleAlign, Titles,
};
use crate::typeset::Style;

use crate::layout::matter::front::{Extent, Front, FrontText, TITLE_LINES, height, words};
use crate::layout::openings::titles::{self, EMERGENCY_SIZES, Fitted, TitleFit, fitted};
use crate::layout::text::styles;
use crate::layout::{Grid, hairlines, placement};

/// The sizes of the title, in per cent of that in the design: first as wide as the titles of chapters,
/// then as the margins allow.
const TITLE_SIZES: [(i64, TitleWidth); 8] = [
    (90, TitleWidth::Column),
    (80, TitleWidth::Column),
    (72, TitleWidth::Column),
    (64, TitleWidth::Column),
    (72, TitleWidth::Page),
    (64, TitleWidth::Page),
    (56, TitleWidth::Page),
    (50, TitleWidth::Page),
];

/// The sizes of the title of a masthead in a single line, in per cent of that in the design.
const MASTHEAD_SIZES: [i64; 11] = [200, 190, 180, 170, 160, 150, 140, 130, 120, 110, 105];
/// The most that the title of a masthead takes of the height between the margins, in per cent.
const MASTHEAD_HEIGHT: i64 = 16;

/// The width of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TitleWidth {
    /// That of the titles of chapters.
    Column,
    /// That between the margins.
    Page,
}

/// The texts of a title page.
struct TitlePage {
    /// The title and the subtitle in all languages.
    head: Vec<FrontText>,
    /// How many of them are titles.
    titles: usize,
    names: Vec<FrontText>,
    publisher: Vec<FrontText>,
}

impl TitlePage {
    /// From the first baseline to the last, with the least space between the texts.
    fn height(&self, grid: &Grid) -> Length {
        let mut total = height(&self.head);
        if !self.names.is_empty() {
            total += self.below_head(grid) + height(&self.names);
        }
        if !self.publisher.is_empty() {
            let is_below_names = !self.names.is_empty();
            let above = if is_below_names { grid.leading * 2 } else { self.below_head(grid) };
            total += above + height(&self.publisher);
        }
        total
    }

    /// The distance from the last baseline of title and subtitle to the first below them.
    fn below_head(&self, grid: &Grid) -> Length {
        let subtitle = self.head.get(self.titles).map_or(grid.leading * 2, |it| it.leading);
        subtitle + grid.leading * 2
    }
}

impl Front<'_> {
    /// The title page: title and subtitle at the sink, the names below them or at the foot, and the
    /// publisher at the foot. A long title is set smaller, then in more lines; if there is still no
    /// room for what is below it, it begins above the sink.
    pub(super) fn title(&self, page: &mut Page) {
        let grid = self.grid;
        if grid.style.cover == CoverStyle::Masthead && grid.style.hairlines {
            self.masthead(page);
            return;
        }
        hairlines::above_title(page, grid);
        let text = styles::text(grid).size;
        let title = styles::title(grid).size;
        // A title above several columns of text is as wide as all of them.
        let is_wide = grid.text_columns().count > 1;
        let width_of = |width| if is_wide { TitleWidth::Page } else { width };
        let mut ways = Vec::from(TITLE_SIZES.map(|(size, width)| (size, width_of(width))));
        ways.retain(|(size, _)| title.scale(*size, 100) >= text.scale(12, 10));
        let emergencies = EMERGENCY_SIZES.map(|size| (size, TitleWidth::Page));
        let side = page.side;
        let head = grid.baseline(0).max(grid.margins.top + text.scale(18, 10));
        let set = |(size, width)| {
            let texts = self.title_page(size, self.extent(width, side), self.title_column(side));
            let own = &texts.head[..texts.titles];
            let is_compact = own.iter().all(|it| it.lines.len() <= TITLE_LINES)
                && height(own) <= grid.trim.height / 3
                && texts.height(grid) <= self.foot() - self.sink();
            let fit = TitleFit {
                words: words(own),
                is_compact,
                has_room: texts.height(grid) <= self.foot() - head,
            };
            (texts, fit)
        };
        if titles::is_endless(std::iter::once(self.book.title.as_str())) {
            ways.clear();
        }
        let full = (100, width_of(TitleWidth::Column));
        let Fitted { content: texts, fits } = fitted(full, &ways, &emergencies, set);
        page.title_overset |= !fits;
        let foot = self.foot();
        let y = (foot - texts.height(grid)).max(head).min(self.sink());
        self.place(page, &texts.head, y);
        let below_head = y + height(&texts.head) + texts.below_head(grid);
        let publisher = foot - height(&texts.publisher);
        let names = if grid.style.titles.names_at_foot {
            // A blank row separates the names from the publisher below them.
            let last = if texts.publisher.is_empty() { foot } else { publisher - grid.leading * 2 };
            (last - height(&texts.names)).max(below_head)
        } else {
            below_head
        };
        self.place(page, &texts.names, names);
        let below_names = match (texts.names.is_empty(), texts.publisher.is_empty()) {
            (false, false) => names + height(&texts.names) + grid.leading * 2,
            _ => below_head,
        };
        self.place(page, &texts.publisher, publisher.max(below_names));
    }

    /// The title page of a book whose cover has a masthead: the same, with the title as wide as it can
    /// be, the subtitle between lines below it, and the names and the publisher at the foot.
    fn masthead(&self, page: &mut Page) {
        let grid = self.grid;
        let inside = grid.inside(page.side);
        // A hyphen at the end of a line hangs into the white beside it.
        let white = grid.leading.scale(60, 100);
        let wide = grid.with_column(inside.x + white, inside.width - white * 2, page.side);
        let titles = Titles { align: TitleAlign::Centre, ..wide.style.titles };
        let wide = Grid { style: PageStyle { titles, ..wide.style }, ..wide };
        let front = Front { grid: &wide, section: Arc::clone(&self.section), ..*self };
        let title_style = styles::title(grid);
        let capitals = |size: i64| {
            let style = Style { size: title_style.size.scale(size, 100), ..title_style.clone() };
            self.faces.metrics(&style).cap_height
        };
        let gap =
            |size: i64| grid.leading.scale(70, 100) + title_style.size.scale(size * 14, 10_000);
        let most = inside.height.scale(MASTHEAD_HEIGHT, 100);
        let set = |size| {
            let texts = front.title_page(size, front.column(), front.column());
            let own = &texts.head[..texts.titles];
            let lines: usize = own.iter().map(|text| text.lines.len()).sum();
            let needed = height(own) + capitals(size);
            let around = gap(size) * 2 + grid.leading * 5;
            let fit = TitleFit {
                words: words(own),
                is_compact: needed <= most || (size <= 100 && lines <= TITLE_LINES),
                has_room: texts.height(&wide) + around <= inside.height,
            };
            ((size, texts), fit)
        };
        let smaller = TITLE_SIZES.map(|(size, _)| size);
        let mut ways: Vec<i64> = MASTHEAD_SIZES.into_iter().skip(1).chain([100]).collect();
        ways.extend(smaller);
        if titles::is_endless(std::iter::once(self.book.title.as_str())) {
            ways.clear();
        }
        let Fitted { content, fits } = fitted(MASTHEAD_SIZES[0], &ways, &EMERGENCY_SIZES, set);
        let (size, texts) = content;
        page.title_overset |= !fits;
        let (own, subtitles) = texts.head.split_at(texts.titles);
        let first = hairlines::above_masthead(page, grid) + gap(size) + capitals(size);
        front.place(page, own, first);
        let mut y = first + height(own) + gap(size);
        page.items.push(hairlines::across(page, y, grid));
        if let Some(subtitle) = subtitles.first() {
            let capitals = self.faces.metrics(&styles::subtitle(grid)).cap_height;
            let white = (subtitle.leading - capitals).scale(80, 100);
            let first = y + white + capitals;
            front.place(page, subtitles, first);
            y = first + height(subtitles) + white;
            page.items.push(hairlines::across(page, y, grid));
        }
        let publisher = self.foot() - height(&texts.publisher);
        front.place(page, &texts.publisher, publisher);
        // A blank row separates the names from the publisher below them.
        let last =
            if texts.publisher.is_empty() { self.foot() } else { publisher - grid.leading * 2 };
        let names = (last - height(&texts.names)).max(y + grid.leading * 2);
        front.place(page, &texts.names, names);
    }

    /// The texts of the title page, the title in this per cent of its size, with the extents of title
    /// and subtitle.
    fn title_page(&self, size: i64, extent: Extent, below: Extent) -> TitlePage {
        let grid = self.grid;
        let text_styles = &grid.style.text_styles;
        let style = styles::title(grid);
        let style = Style { size: style.size.scale(size, 100), ..style };
        let leading = grid.leading_of(&text_styles.title).scale(size, 100);
        // The title is one heading in all languages.
        let heading = self.section.child(StructureKind::Heading(1));
        let title = |title: &str, style: Style, language| {
            let spans = styles::plain(title, style);
            self.spans(spans, leading, language, &heading, extent, placement::title)
        };
        let mut own = title(&self.book.title, style.clone(), None);
        own.lines = placement::with_kind(own.lines, PassageKind::Title);
        let mut head = vec![own];
        for BookTranslation { language, title: translated, .. } in &self.book.translations {
            let Some(translated) = translated else { continue };
            let style = styles::translated(grid, &style);
            head.push(title(translated, style, Some(language)));
        }
        let titles = head.len();
        // The subtitle stays smaller than a title that had to become smaller.
        let style = styles::subtitle(grid);
        let largest = styles::title(grid).size.scale(size * 8, 1000);
        let per_cent = if size == 100 || style.size <= largest {
            100
        } else {
            let least = styles::text(grid).size.min(style.size);
            largest.max(least).scale(100, style.size.to_emu().max(1)).to_emu()
        };
        let style = Style { size: style.size.scale(per_cent, 100), ..style };
        let leading = grid.leading_of(&text_styles.subtitle).scale(per_cent, 100);
        head.extend(
            self.book
                .subtitle
                .iter()
                .map(|it| self.title_text(it, style.clone(), leading, None, below)),
        );
        for BookTranslation { language, subtitle, .. } in &self.book.translations {
            let Some(subtitle) = subtitle else { continue };
            let style = styles::translated(grid, &style);
            head.push(self.title_text(subtitle, style, leading, Some(language), below));
        }
        if let Some(first) = head.get_mut(titles) {
            let clear = first.leading + styles::title(grid).size.scale(size * 3, 1000);
            first.above = clear.max(grid.leading * 2);
        }
        let style = styles::text(grid);
        let own = self.book.bylines();
        let mut names: Vec<FrontText> =
            own.into_iter().map(|it| self.text(it, style.clone(), grid.leading, None)).collect();
        for BookTranslation { language, bylines, .. } in &self.book.translations {
            let style = styles::translated(grid, &style);
            names.extend(
                bylines
                    .iter()
                    .map(|line| self.text(line, style.clone(), grid.leading, Some(language))),
            );
        }
        let publisher = self.book.publisher.iter();
        let publisher =
            publisher.map(|it| self.text(it, style.clone(), grid.leading, None)).collect();
        TitlePage { head, titles, names, publisher }
    }

    /// The extent of a title, which begins where the lines of the column begin, or has its centre.
    fn extent(&self, width: TitleWidth, side: Side) -> Extent {
        let grid = self.grid;
        let measure = grid.measure;
        let inside = grid.inside(side);
        let left = grid.column_left(side);
        let before = (left - inside.x).max(Length::ZERO);
        let after = (inside.right() - left - measure).max(Length::ZERO);
        match (width, grid.style.titles.align) {
            (TitleWidth::Column, _) => self.title_column(side),
            (TitleWidth::Page, TitleAlign::Centre) => {
                let more = before.min(after);
                Extent { left: Length::ZERO - more, measure: measure + more * 2 }
            }
            (TitleWidth::Page, TitleAlign::Start) if grid.binding_right => {
                Extent { left: Length::ZERO - before, measure: measure + before }
            }
            (TitleWidth::Page, TitleAlign::Start) => {
                Extent { left: Length::ZERO, measure: measure + after }
            }
        }
    }
}
