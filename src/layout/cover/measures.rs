//! The measures of a cover: type and margins in proportion to its size.

use crate::model::{Book, Cover, CoverStyle, Ink, Language, Length, PassageKind, Size, TextStyle};
use crate::typeset::{Align, Faces, Style};

use crate::layout::cover::text::TextBlock;
use crate::layout::openings::titles::{TitleFit, Words, fitted, is_east_asian};
use crate::layout::placement::SetLines;
use crate::layout::text::styles;
use crate::layout::{Grid, placement};

/// The size of the page for which a design gives its type.
const DESIGN_PAGE: Length = Length::mm(210);
/// The size of running text on the back, in per cent of what a design gives.
const BACK_TEXT: i64 = 125;
/// The smallest and the largest size of running text on the back, in per cent of that on pages.
const BACK_TEXT_LIMITS: [i64; 2] = [105, 130];
/// The smallest size of running text that has to become smaller to fit, in per cent of that on
/// pages.
const LEAST_TEXT: i64 = 82;
/// The size of the subtitle, in per cent of what a design gives.
const SUBTITLE: i64 = 118;
/// The largest size of the subtitle, in per cent of that of the title.
const LARGEST_SUBTITLE: i64 = 72;
/// A line of a title is short if it has less than one part in so many of the widest.
const SHORT_LINE: i64 = 4;
/// How large a text may become for the sake of its strokes, in per cent.
const LARGER_FOR_STROKES: i64 = 125;
/// The smallest type on a cover.
pub(super) const MIN_TYPE: Length = Length::pt(7);

/// The widths that a title and its subtitle are set in, and the lines that the title may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadingShape {
    pub(super) title: Length,
    pub(super) subtitle: Length,
    pub(super) lines: usize,
}

/// A book, and how large things are on its cover. Type on a cover grows with the cover, since it is
/// read from afar, more than type on pages does.
#[derive(Debug, Clone, Copy)]
pub(super) struct CoverMeasures<'a> {
    pub(super) book: &'a Book,
    pub(super) faces: &'a Faces,
    /// The styles of the pages.
    pub(super) grid: Grid,
    /// The side of the square with the area of the front.
    pub(super) side: Length,
    /// The margin of the front and the back.
    pub(super) margin: Length,
}

impl<'a> CoverMeasures<'a> {
    /// The measures of a cover whose front has this size; text keeps the safe area.
    pub(super) fn new(book: &'a Book, faces: &'a Faces, front: Size, safe_area: Length) -> Self {
        let style = &book.design.style;
        let grid = Grid::new(style, front, None, book.language.is_right_to_left());
        let area = i128::from(front.width.to_emu()) * i128::from(front.height.to_emu());
        let side = Length::emu(i64::try_from(area.max(0).isqrt()).unwrap_or_default());
        let margin = front.shorter().scale(style.page.margins.outer, 1000).max(safe_area);
        Self { book, faces, grid, side, margin }
    }

    /// A share of the side, in thousandths.
    pub(super) fn share(&self, thousandths: i64) -> Length {
        self.side.scale(thousandths, 1000)
    }

    /// The colour of the ground.
    pub(super) fn ground(&self) -> Ink {
        self.grid.style.page.colour
    }

    /// The grid with the type of the design enlarged to this per cent.
    fn enlarged(&self, per_cent: i64) -> Grid {
        let type_scale = self.side.scale(10 * per_cent, DESIGN_PAGE.to_emu()).to_emu();
        Grid { type_scale, ..self.grid }
    }

    /// The grid of running text on the back: larger than on pages, as it is read at arm's length.
    pub(super) fn back_grid(&self) -> Grid {
        let pages = self.grid.type_scale;
        let [least, most] = BACK_TEXT_LIMITS.map(|per_cent| pages * per_cent / 100);
        let type_scale = self.enlarged(BACK_TEXT).type_scale.clamp(least, most);
        let scale = |length: Length| length.scale(type_scale, pages.max(1));
        Grid {
            type_scale,
            leading: scale(self.grid.leading),
            measure: scale(self.grid.measure),
            ..self.grid
        }
    }

    /// The smallest scale of running text.
    pub(super) fn least_type_scale(&self) -> i64 {
        self.grid.type_scale * LEAST_TEXT / 100
    }

    /// How much larger the title is than on a title page, in per cent. Without a photo, it is all
    /// that there is to see.
    fn title_per_cent(&self) -> i64 {
        let is_alone = matches!(self.book.cover, Cover::Typographic);
        match (self.grid.style.cover, is_alone) {
            (CoverStyle::Framed, false) => 165,
            (CoverStyle::Framed, true) => 260,
            (CoverStyle::Bleed, false) | (CoverStyle::Label, true) => 140,
            (CoverStyle::Bleed, true) => 240,
            (CoverStyle::Centred, false) => 130,
            (CoverStyle::Centred, true) => 180,
            (CoverStyle::Label, false) => 115,
            (CoverStyle::Masthead, _) => 330,
        }
    }

    /// The title, and its translations: as large as it fits into this many lines and this height,
    /// with all words whole.
    pub(super) fn title(&self, measure: Length, lines: usize, height: Length) -> Vec<TextBlock> {
        const EVEN_SIZES: usize = 5;
        const SIZES: [i64; 11] = [91, 83, 75, 68, 62, 56, 50, 44, 38, 33, 28];
        let full = self.title_per_cent();
        let set = |size: i64| {
            let blocks = self.title_in(&self.enlarged(full * size / 100), measure);
            let own = blocks.first().map_or(0, |block| block.lines.len());
            let words = blocks.iter().map(|block| Words::on(&block.lines)).max();
            let fit = TitleFit {
                words: words.unwrap_or(Words::Whole),
                is_compact: own <= lines,
                has_room: TextBlock::height_of(&blocks) <= height,
            };
            (blocks, fit)
        };
        let usual = fitted(100, &SIZES, &[], set).content;
        if is_even(&usual) {
            return usual;
        }
        // A word as short as an article is not alone on its line, if a smaller size can have it so.
        let set_even = |size: i64| {
            let (blocks, fit) = set(size);
            let is_compact = fit.is_compact && is_even(&blocks);
            ((blocks, is_compact), TitleFit { is_compact, ..fit })
        };
        match fitted(100, &SIZES[..EVEN_SIZES], &[], set_even).content {
            (even, true) => even,
            _ => usual,
        }
    }

    fn title_in(&self, grid: &Grid, measure: Length) -> Vec<TextBlock> {
        let style = styles::title(grid);
        let own = &self.book.language;
        let text_style = &grid.style.text_styles.title;
        let leading = grid.leading_of(text_style).min(style.size.scale(13, 10));
        let block =
            self.block(&self.book.title, style.clone(), leading, own, measure, placement::title);
        let mut blocks = vec![block.of_kind(PassageKind::Title)];
        let below = style.size.scale(48, 100);
        for translation in &self.book.translations {
            let Some(title) = &translation.title else { continue };
            let mut style = styles::translated(grid, &style);
            style.size = style.size.scale(62, 100).max(MIN_TYPE);
            let leading = leading.scale(62, 100).max(style.size.scale(11, 10));
            let block =
                self.block(title, style, leading, &translation.language, measure, placement::title);
            blocks.push(block.below(self.share(32).max(below)));
        }
        blocks
    }

    /// The title and the subtitle, in at most this height. The subtitle is smaller than its title, so
    /// it becomes smaller with a title that has to.
    pub(super) fn heading(
        &self,
        shape: HeadingShape,
        height: Length,
    ) -> (Vec<TextBlock>, Vec<TextBlock>) {
        let subtitle = self.subtitle(shape.subtitle);
        let below: Length = subtitle.iter().map(|block| block.above + block.height()).sum();
        let title = self.title(shape.title, shape.lines, height - below);
        let size = |blocks: &[TextBlock]| blocks.first().map(|block| block.style.size);
        let (Some(of_title), Some(of_subtitle)) = (size(&title), size(&subtitle)) else {
            return (title, subtitle);
        };
        let most = of_title.scale(LARGEST_SUBTITLE, 100).max(MIN_TYPE);
        if of_subtitle <= most {
            return (title, subtitle);
        }
        let per_cent = SUBTITLE * most.to_emu() / of_subtitle.to_emu().max(1);
        (title, self.subtitle_in(&self.enlarged(per_cent), shape.subtitle))
    }

    /// The subtitle and its translations.
    pub(super) fn subtitle(&self, measure: Length) -> Vec<TextBlock> {
        self.subtitle_in(&self.enlarged(SUBTITLE), measure)
    }

    fn subtitle_in(&self, grid: &Grid, measure: Length) -> Vec<TextBlock> {
        let text_style = &grid.style.text_styles.subtitle;
        let style = styles::subtitle(grid);
        // Below a large title, more space is needed for the same distance.
        let title = self.enlarged(self.title_per_cent());
        let gap = self.share(26) + styles::title(&title).size.scale(22, 100);
        let mut blocks = Vec::new();
        if let Some(subtitle) = &self.book.subtitle {
            let leading = grid.leading_of(text_style);
            let block = self.block(
                subtitle,
                style.clone(),
                leading,
                &self.book.language,
                measure,
                placement::title,
            );
            blocks.push(block.below(gap));
        }
        for translation in &self.book.translations {
            let Some(subtitle) = &translation.subtitle else { continue };
            let style = styles::translated(grid, &style);
            let leading = grid.leading_of(text_style);
            let block = self.block(
                subtitle,
                style,
                leading,
                &translation.language,
                measure,
                placement::title,
            );
            blocks.push(block.below(if blocks.is_empty() { gap } else { self.share(18) }));
        }
        blocks
    }

    /// The lines with the names of the creators.
    pub(super) fn names(&self, measure: Length) -> Vec<TextBlock> {
        let grid = self.enlarged(125);
        let style = styles::text(&grid);
        let leading = style.size.scale(14, 10);
        let mut blocks: Vec<TextBlock> = Vec::new();
        let own = self.book.bylines().into_iter().map(|line| (line, &self.book.language, false));
        let others = self.book.translations.iter().flat_map(|translation| {
            let lines = translation.bylines.iter();
            lines.map(move |line| (line.clone(), &translation.language, true))
        });
        for (line, language, is_translated) in own.chain(others) {
            let style =
                if is_translated { styles::translated(&grid, &style) } else { style.clone() };
            let mut block = self.block(&line, style, leading, language, measure, placement::ragged);
            if !blocks.is_empty() {
                block.above = leading - block.cap;
            }
            blocks.push(block);
        }
        blocks
    }

    /// The publisher.
    pub(super) fn publisher(&self, measure: Length) -> Option<TextBlock> {
        let grid = self.enlarged(100);
        let text: &TextStyle = &grid.style.text_styles.text;
        let style = styles::secondary(&grid, &styles::scaled(&grid, text));
        let style = with_strokes_of(style, &styles::text(&self.enlarged(125)));
        let leading = style.size.scale(14, 10);
        let publisher = self.book.publisher.as_deref()?;
        Some(self.block(publisher, style, leading, &self.book.language, measure, placement::ragged))
    }

    /// Sets a text with the alignment of the design's titles.
    pub(super) fn block(
        &self,
        text: &str,
        style: Style,
        leading: Length,
        language: &Language,
        measure: Length,
        set: SetLines,
    ) -> TextBlock {
        let own = &self.book.language;
        let align = match self.grid.style.cover {
            CoverStyle::Centred | CoverStyle::Label | CoverStyle::Masthead => Align::Centred,
            CoverStyle::Framed | CoverStyle::Bleed => styles::title_align(&self.grid),
        };
        let align = placement::align_below(align, language, own);
        let metrics = self.faces.metrics(&style);
        let spans = styles::plain(text, style.clone());
        let mut lines = set(self.faces, spans, language, measure, align);
        if language != own {
            lines = placement::in_language(lines, language);
        }
        // East Asian characters are as high as their box, not as capitals.
        let cap = if text.contains(is_east_asian) {
            metrics.cap_height.max(style.size.scale(84, 100))
        } else {
            metrics.cap_height
        };
        TextBlock { lines, style, leading, cap, above: Length::ZERO }
    }
}

/// A style, somewhat larger if its lines then have the strokes of another one. The face for the
/// smallest type is made for long lines of it: on a cover, beside larger type, it looks bold.
pub(super) fn with_strokes_of(style: Style, other: &Style) -> Style {
    let sizes = (100..=LARGER_FOR_STROKES).map(|per_cent| style.size.scale(per_cent, 100));
    let larger = sizes.map(|size| Style { size, ..style.clone() });
    let found = larger.filter(|it| it.size <= other.size).find(|it| it.has_strokes_of(other));
    found.unwrap_or(style)
}

/// Whether no line of a title is much shorter than the others.
fn is_even(title: &[TextBlock]) -> bool {
    title.first().is_none_or(|block| {
        let widest = block.width();
        block.lines.len() < 3 || block.lines.iter().all(|line| line.width * SHORT_LINE >= widest)
    })
}
