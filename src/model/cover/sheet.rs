//! The sheet that a cover is printed on: the back, the spine and the front side by side, as they
//! are seen from outside. Coordinates start at the upper left corner of the trim of the sheet.

use crate::model::{
    Binding, CoverSettings, Fact, FactSource, Length, Point, Print, PrinterCover, Rect, Size,
};

/// The distance of text from the folds of the spine, where the printer gives none.
const SPINE_TEXT_MARGIN: Length = Length::emu(57_150);
/// The least width of a line of text on the spine.
const SPINE_LINE: Length = Length::pt(7);
/// The distance of text from the edge of a cover, where the printer gives none.
const SAFE_AREA: Length = Length::mm(5);
/// The distance of the barcode from the spine and the foot, where the printer gives none.
const BARCODE_MARGIN: Length = Length::mm(8);

/// The numbers that are common in the trade, for a book whose manifest names no printer.
mod common {
    use super::Length;

    /// What is turned in around the boards.
    pub(super) const WRAP: Length = Length::mm(16);
    /// The joint beside the spine.
    pub(super) const HINGE: Length = Length::mm(9);
    /// How much wider the front of a hardcover is than its pages.
    pub(super) const BOARD_WIDER: Length = Length::mm(5);
    /// How much higher the front of a hardcover is than its pages.
    pub(super) const BOARD_HIGHER: Length = Length::mm(6);
    /// What the boards add to the width of the spine.
    pub(super) const BOARDS: Length = Length::mm(5);
    /// The width of a flap of a jacket.
    pub(super) const FLAP: Length = Length::mm(90);
}

/// The sheet of a cover. All panels have the same height, and lie between the edges that are
/// turned in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverSheet {
    /// The binding.
    pub binding: Binding,
    /// The size of the sheet after cutting, with what is turned in.
    pub trim: Size,
    /// The bleed on all four edges of the sheet.
    pub bleed: Length,
    /// The back, from the spine to the outer edge.
    pub back: Rect,
    /// The spine.
    pub spine: Rect,
    /// The front, from the spine to the outer edge.
    pub front: Rect,
    /// The flap beside the back of a jacket.
    pub back_flap: Option<Rect>,
    /// The flap beside the front of a jacket.
    pub front_flap: Option<Rect>,
    /// The width of the joint on the back and the front, beside the spine; it has no text.
    pub hinge: Length,
    /// What is turned in around the boards, outside of the panels.
    pub wrap: Length,
    /// The least distance of text from the edges of a panel.
    pub safe_area: Length,
    /// Where the spine may have text, or why it has none.
    pub spine_text: Result<Rect, NoSpineText>,
    /// Where the barcode is.
    pub barcode: BarcodePlace,
    /// The source of the width of the spine, if it is a printer's.
    pub spine_source: Option<FactSource>,
    /// The numbers that are from neither the manifest nor a printer.
    pub common: Vec<CommonNumber>,
}

/// Why a spine has no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSpineText {
    /// The printer wants text only on the spines of books with more pages.
    Pages {
        /// The pages of this book.
        pages: usize,
        /// The least number of pages.
        min: u32,
    },
    /// It is narrower than a line with its distances from the folds.
    Narrow {
        /// The width of the spine.
        width: Length,
        /// The least width.
        min: Length,
    },
}

/// A line or an area that shows how the sheet is folded and cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverGuide {
    /// A fold, as a line from the head to the foot of the panels.
    Fold(Rect),
    /// The edge of a joint.
    Hinge(Rect),
    /// The edge of the boards, around which the sheet is turned in.
    Wrap(Rect),
    /// The edge of the sheet.
    Trim(Rect),
    /// The area that text keeps to.
    Safe(Rect),
    /// The field of the barcode.
    Barcode(Rect),
}

/// The place of the barcode on the back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BarcodePlace {
    /// The size of the field of the barcode, if the printer gives one.
    pub size: Option<Size>,
    /// Its distance from the spine (or the joint) and from the foot, if the printer gives one.
    pub margin: Option<Length>,
}

/// A number that is not the printer's: what it is about, and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommonNumber {
    /// What it is about, such as `wrap`.
    pub name: &'static str,
    /// The value.
    pub length: Length,
}

/// A number that a cover cannot be made without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingNumber {
    /// The width of the spine.
    Spine,
    /// What is turned in around the boards.
    Wrap,
    /// The size of the front.
    Panel,
}

impl MissingNumber {
    /// The key of `print.cover` that gives it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Spine => "spine",
            Self::Wrap => "wrap",
            Self::Panel => "panel",
        }
    }

    /// What it is, in a sentence.
    pub fn description(self) -> &'static str {
        match self {
            Self::Spine => "the width of the spine",
            Self::Wrap => "the width that is turned in around the boards",
            Self::Panel => "the size of the front with its board",
        }
    }
}

impl CoverSheet {
    /// The sheet for a book of this many pages. A book that is bound on the right has its front
    /// on the left.
    ///
    /// # Errors
    /// Numbers that neither the manifest nor the printer gives. If the manifest names no printer,
    /// those that are common in the trade are used, except for the thickness of the paper.
    pub fn new(
        print: &Print,
        pages: usize,
        binding_right: bool,
    ) -> Result<Self, Vec<MissingNumber>> {
        let mut numbers = Numbers::new(print, pages);
        let spine = numbers.spine();
        let panel = numbers.panel();
        let wrap = numbers.wrap();
        let hinge = numbers.hinge();
        let flap = numbers.flap();
        if !numbers.missing.is_empty() {
            return Err(numbers.missing);
        }
        // What is turned in around boards is the bleed of a hardcover.
        let usual = match numbers.settings.binding {
            Binding::Hardcover => Length::ZERO,
            Binding::Paperback | Binding::Jacket => print.bleed.outer.max(print.bleed.top),
        };
        let bleed = numbers.rules.bleed.unwrap_or(usual);
        let width = flap + panel.width;
        let trim = Size::new(wrap * 2 + width * 2 + spine.width, wrap * 2 + panel.height);
        let panel_at =
            |x, width| Rect::new(Point::new(wrap + x, wrap), Size::new(width, panel.height));
        let far = width + spine.width;
        let [left, right] = [panel_at(flap, panel.width), panel_at(far, panel.width)];
        let has_flaps = flap > Length::ZERO;
        let left_flap = has_flaps.then(|| panel_at(Length::ZERO, flap));
        let right_flap = has_flaps.then(|| panel_at(far + panel.width, flap));
        let (back, front, back_flap, front_flap) = if binding_right {
            (right, left, right_flap, left_flap)
        } else {
            (left, right, left_flap, right_flap)
        };
        let spine_rect = panel_at(width, spine.width);
        Ok(Self {
            binding: numbers.settings.binding,
            trim,
            bleed,
            back,
            spine: spine_rect,
            front,
            back_flap,
            front_flap,
            hinge,
            wrap,
            safe_area: numbers.rules.safe_area.unwrap_or(SAFE_AREA),
            spine_text: numbers.spine_text(spine_rect),
            barcode: BarcodePlace {
                size: numbers
                    .rules
                    .barcode_width
                    .zip(numbers.rules.barcode_height)
                    .map(|(width, height)| Size::new(width, height)),
                margin: numbers.rules.barcode_margin,
            },
            spine_source: spine.source,
            common: numbers.common,
        })
    }

    /// The back, without the joint.
    pub fn back_board(&self) -> Rect {
        self.without_hinge(self.back)
    }

    /// The front, without the joint.
    pub fn front_board(&self) -> Rect {
        self.without_hinge(self.front)
    }

    /// The distance of the barcode from the spine and the foot.
    pub fn barcode_margin(&self) -> Length {
        self.barcode.margin.unwrap_or(BARCODE_MARGIN)
    }

    /// The place that a printer expects of a barcode whose field has this size: in the corner of the
    /// back at the spine and the foot.
    pub fn barcode_field(&self, size: Size) -> Rect {
        let board = self.back_board();
        let margin = self.barcode_margin();
        let x = if board.x < self.spine.x {
            board.right() - margin - size.width
        } else {
            board.x + margin
        };
        Rect::new(Point::new(x, board.bottom() - margin - size.height), size)
    }

    /// How the sheet is folded and cut.
    pub fn guides(&self) -> Vec<CoverGuide> {
        let line = |x: Length| Rect { x, width: Length::ZERO, ..self.spine };
        let mut guides = vec![CoverGuide::Trim(Rect::new(Point::default(), self.trim))];
        if self.wrap > Length::ZERO {
            let (left, right) = (self.wrap, self.trim.width - self.wrap);
            let size = Size::new(right - left, self.spine.height);
            guides.push(CoverGuide::Wrap(Rect::new(Point::new(left, self.wrap), size)));
        }
        guides.extend([self.spine.x, self.spine.right()].map(|x| CoverGuide::Fold(line(x))));
        for (flap, panel) in [(self.back_flap, self.back), (self.front_flap, self.front)] {
            let Some(flap) = flap else { continue };
            guides.push(CoverGuide::Fold(line(flap.x.max(panel.x))));
        }
        if self.hinge > Length::ZERO {
            let edges = [self.spine.x - self.hinge, self.spine.right() + self.hinge];
            guides.extend(edges.map(|x| CoverGuide::Hinge(line(x))));
        }
        let boards = [Some(self.back_board()), Some(self.front_board())];
        let panels = boards.into_iter().chain([self.back_flap, self.front_flap]);
        let safe = |panel: Rect| Rect {
            x: panel.x + self.safe_area,
            y: panel.y + self.safe_area,
            width: panel.width - self.safe_area * 2,
            height: panel.height - self.safe_area * 2,
        };
        guides.extend(panels.flatten().map(|panel| CoverGuide::Safe(safe(panel))));
        guides.extend(self.spine_text.as_ref().ok().copied().map(CoverGuide::Safe));
        guides.extend(self.barcode.size.map(|size| CoverGuide::Barcode(self.barcode_field(size))));
        guides
    }

    fn without_hinge(&self, panel: Rect) -> Rect {
        let x = if panel.x < self.spine.x { panel.x } else { panel.x + self.hinge };
        Rect { x, width: panel.width - self.hinge, ..panel }
    }
}

/// The width of a spine and its source.
struct KnownSpine {
    width: Length,
    source: Option<FactSource>,
}

/// Looks the numbers of a cover up: in the manifest, then at the printer, then among those that
/// are common.
struct Numbers<'a> {
    print: &'a Print,
    settings: CoverSettings,
    /// The rules of the printer for this binding; empty if it has none.
    rules: PrinterCover,
    /// The source of the rules.
    source: Option<FactSource>,
    pages: usize,
    missing: Vec<MissingNumber>,
    common: Vec<CommonNumber>,
}

impl<'a> Numbers<'a> {
    fn new(print: &'a Print, pages: usize) -> Self {
        let settings = print.cover.clone().unwrap_or_default();
        let rules = print.printer.as_ref().and_then(|it| it.cover(settings.binding));
        Self {
            print,
            rules: rules.map(|fact: &Fact<PrinterCover>| fact.value.clone()).unwrap_or_default(),
            source: rules.and_then(|fact| fact.source.clone()),
            settings,
            pages,
            missing: Vec::new(),
            common: Vec::new(),
        }
    }

    fn has_boards(&self) -> bool {
        self.settings.binding != Binding::Paperback
    }

    /// Uses numbers that are common in the trade. If the manifest names a printer, which has its
    /// own, something is missing instead.
    fn use_common<const N: usize>(
        &mut self,
        missing: MissingNumber,
        numbers: [(&'static str, Length); N],
    ) {
        if self.print.printer.as_ref().is_some_and(|printer| printer.company.is_some()) {
            self.missing.push(missing);
        } else {
            let numbers = numbers.into_iter();
            self.common.extend(numbers.map(|(name, length)| CommonNumber { name, length }));
        }
    }

    fn spine(&mut self) -> KnownSpine {
        if let Some(width) = self.settings.spine {
            return KnownSpine { width, source: None };
        }
        if let Some(width) = self.rules.spine_width(self.pages) {
            return KnownSpine { width, source: self.source.clone() };
        }
        let Some((block, source)) = self.print.block(self.pages) else {
            self.missing.push(MissingNumber::Spine);
            return KnownSpine { width: Length::ZERO, source: None };
        };
        let source = source.cloned();
        let added = self.rules.added_to_spine(self.settings.binding).unwrap_or_else(|| {
            let boards = [("the boards of the spine", common::BOARDS)];
            self.use_common(MissingNumber::Spine, boards);
            common::BOARDS
        });
        KnownSpine { width: block + added, source }
    }

    fn panel(&mut self) -> Size {
        let trim = self.print.trim;
        if let Some(panel) = self.settings.panel {
            return panel;
        }
        if !self.has_boards() {
            return trim;
        }
        let overhang = self.rules.overhang;
        let wider = self.rules.board_wider.or(overhang);
        let higher = self.rules.board_higher.or(overhang.map(|length| length * 2));
        if let (Some(wider), Some(higher)) = (wider, higher) {
            return Size::new(trim.width + wider, trim.height + higher);
        }
        let (wider, higher) = (common::BOARD_WIDER, common::BOARD_HIGHER);
        self.use_common(
            MissingNumber::Panel,
            [("the boards beyond the width", wider), ("the boards beyond the height", higher)],
        );
        Size::new(trim.width + wider, trim.height + higher)
    }

    fn wrap(&mut self) -> Length {
        if self.settings.binding != Binding::Hardcover {
            return Length::ZERO;
        }
        self.settings.wrap.or(self.rules.wrap).unwrap_or_else(|| {
            self.use_common(MissingNumber::Wrap, [("wrap", common::WRAP)]);
            common::WRAP
        })
    }

    fn hinge(&mut self) -> Length {
        if self.settings.binding != Binding::Hardcover {
            return Length::ZERO;
        }
        // It does not change the size of the sheet, only where the text begins.
        self.settings.hinge.or(self.rules.hinge).unwrap_or_else(|| {
            self.common.push(CommonNumber { name: "hinge", length: common::HINGE });
            common::HINGE
        })
    }

    fn flap(&mut self) -> Length {
        if self.settings.binding != Binding::Jacket {
            return Length::ZERO;
        }
        self.settings.flap.unwrap_or_else(|| {
            self.common.push(CommonNumber { name: "flap", length: common::FLAP });
            common::FLAP
        })
    }

    /// Where the spine may have text.
    fn spine_text(&self, spine: Rect) -> Result<Rect, NoSpineText> {
        let min_pages = self.rules.spine_text_pages;
        let is_enough = |min: u32| usize::try_from(min).is_ok_and(|min| min <= self.pages);
        if let Some(min) = min_pages.filter(|min| !is_enough(*min)) {
            return Err(NoSpineText::Pages { pages: self.pages, min });
        }
        let margin = self.rules.spine_text_margin.unwrap_or(SPINE_TEXT_MARGIN);
        let safe = self.rules.safe_area.unwrap_or(SAFE_AREA);
        let width = spine.width - margin * 2;
        if width < SPINE_LINE {
            let min = SPINE_LINE + margin * 2;
            return Err(NoSpineText::Narrow { width: spine.width, min });
        }
        Ok(Rect { x: spine.x + margin, y: spine.y + safe, width, height: spine.height - safe * 2 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paper;

    fn print(binding: Binding, leaf: Option<Length>) -> Print {
        Print {
            trim: Size::new(Length::mm(200), Length::mm(250)),
            cover: Some(CoverSettings { binding, ..CoverSettings::default() }),
            paper: leaf.map(|leaf| Paper { stock: None, thickness: Some(leaf) }),
            ..Print::default()
        }
    }

    fn sheet(binding: Binding, binding_right: bool) -> CoverSheet {
        let print = print(binding, Some(Length::mm(1).scale(1, 5)));
        CoverSheet::new(&print, 100, binding_right).unwrap_or_else(|_| unreachable!())
    }

    #[test]
    fn a_paperback_is_two_pages_and_a_spine_wide() {
        let sheet = sheet(Binding::Paperback, false);
        assert_eq!(sheet.trim, Size::new(Length::mm(410), Length::mm(250)));
        assert_eq!(sheet.spine.x, Length::mm(200));
        assert_eq!(sheet.front.x, Length::mm(210));
        assert_eq!(sheet.bleed, Length::mm(3));
        assert_eq!(sheet.front_board(), sheet.front);
        assert!(sheet.spine_text.is_ok() && sheet.common.is_empty());
    }

    #[test]
    fn a_book_bound_on_the_right_has_its_front_on_the_left() {
        let sheet = sheet(Binding::Jacket, true);
        assert!(sheet.front.x < sheet.spine.x && sheet.spine.x < sheet.back.x);
        assert!(sheet.front_flap.is_some_and(|flap| flap.right() == sheet.front.x));
        assert!(sheet.back_flap.is_some_and(|flap| flap.right() == sheet.trim.width));
    }

    #[test]
    fn a_hardcover_wraps_around_its_boards() {
        let sheet = sheet(Binding::Hardcover, false);
        let width = (Length::mm(200) + common::BOARD_WIDER + common::WRAP) * 2 + sheet.spine.width;
        assert_eq!(sheet.trim.width, width);
        assert_eq!(sheet.spine.width, Length::mm(15));
        assert_eq!(sheet.front_board().x, sheet.front.x + common::HINGE);
        assert_eq!(sheet.back_board().right(), sheet.back.right() - common::HINGE);
        assert_eq!(sheet.common.len(), 5);
    }

    #[test]
    fn a_cover_needs_the_thickness_of_the_paper() {
        let print = print(Binding::Paperback, None);
        assert_eq!(CoverSheet::new(&print, 100, false), Err(vec![MissingNumber::Spine]));
    }

    #[test]
    fn a_narrow_spine_has_no_text() {
        let print = print(Binding::Paperback, Some(Length::mm(1).scale(1, 5)));
        let sheet = CoverSheet::new(&print, 40, false);
        assert!(sheet.is_ok_and(|sheet| sheet.spine_text.is_err()));
    }
}
