//! Optimum-fit line breaking: all lines of a paragraph are chosen together, so that a good first
//! line does not cause a bad third.
//!
//! The algorithm is that of Knuth and Plass: of all paths through the breaks, the one with the
//! fewest demerits. Arithmetic uses only + − × ÷ on 64-bit floats, which give the same results
//! on every machine.

/// Widths summed from the start of the text, in EMU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::typeset) struct WidthSums {
    /// The natural width.
    pub(in crate::typeset) width: i64,
    /// The amount by which the spaces grow at a ratio of 1.
    pub(in crate::typeset) stretch: i64,
    /// The maximum amount by which the spaces may shrink.
    pub(in crate::typeset) shrink: i64,
}

/// A place where a line may end and the next one start. The first is the start of the text, the
/// last its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own")]
pub(in crate::typeset) struct Break {
    /// The sums up to here if the line ends here: with a hyphen, without hanging punctuation.
    pub(in crate::typeset) before: WidthSums,
    /// The sums up to here if the line starts here.
    pub(in crate::typeset) after: WidthSums,
    /// The penalty of the break.
    pub(in crate::typeset) penalty: i32,
    /// Whether the line would end in a hyphen.
    pub(in crate::typeset) hyphen: bool,
    /// Whether it is used only if a line cannot be set without it.
    pub(in crate::typeset) reserve: bool,
    /// Whether a word would be broken at no syllable of it.
    pub(in crate::typeset) torn: bool,
    /// Whether it is between two syllables of a Korean word: words are kept together unless spaces
    /// would be wide.
    pub(in crate::typeset) between_syllables: bool,
    /// How well the sense allows a pause here: below 0 well, above 0 badly.
    pub(in crate::typeset) pause: i32,
}

/// The dimensions that the lines have to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct LineFrame {
    /// The width of a line.
    pub(in crate::typeset) measure: i64,
    /// The font size.
    pub(in crate::typeset) em: i64,
    /// Whether the lines are those of a title.
    pub(in crate::typeset) is_title: bool,
}

/// The maximum number of consecutive lines ending in a hyphen.
const MAX_HYPHENS: u8 = 2;

// Demerits on TeX's scale: a line of natural spaces costs 100, one whose spaces are stretched by
// half of the allowed amount 506, by all of it 12 100; a hyphen 19 600.
const LINE: f64 = 10.0;
const HYPHENS_IN_A_ROW: f64 = 6_000.0;
const HYPHEN_BEFORE_LAST: f64 = 12_000.0;
const CONTRAST: f64 = 5_000.0;
const SHORT_LAST: f64 = 40_000.0;
/// If all ways have a line that is stretched by far, another such line is better than a single
/// short word on the last one.
const SHORT_LAST_IN_LOOSE: f64 = 1_200_000.0;
const SHORTISH_LAST: f64 = 6_000.0;
const NEARLY_FULL_LAST: f64 = 8_000.0;
const OVERFULL: f64 = 1e14;

/// The alignment for which lines are rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum LineEdge {
    /// Spaces stretch and shrink until the line is full.
    Straight,
    /// Spaces keep their width, and lines are shorter than the measure.
    Ragged,
}

/// The indices of the chosen breaks, without the start of the paragraph and including its end.
pub(in crate::typeset) fn lines(breaks: &[Break], frame: LineFrame, edge: LineEdge) -> Vec<usize> {
    // The tolerance is increased until there is a solution; reserve breaks are used before very
    // wide spaces.
    let passes = [
        (false, 0.995),
        (false, 1.6),
        (false, 2.5),
        (true, 3.5),
        (true, 8.0),
        (true, f64::INFINITY),
    ];
    passes
        .into_iter()
        .find_map(|(reserve, tolerance)| {
            BreakSearch { breaks, frame, edge, reserve, tolerance }.best_way()
        })
        .unwrap_or_default()
}

/// One pass through the breaks.
struct BreakSearch<'a> {
    breaks: &'a [Break],
    frame: LineFrame,
    edge: LineEdge,
    /// Whether reserve breaks are used.
    reserve: bool,
    /// The maximum stretch ratio of spaces.
    tolerance: f64,
}

/// A path to a break: its last line, and the path before that.
#[derive(Debug, Clone, Copy)]
struct BreakPath {
    at: usize,
    looseness: Looseness,
    /// The number of consecutive lines at the end that end in a hyphen.
    hyphens: u8,
    demerits: f64,
    previous: usize,
}

/// The fitness class of a line. Neighbouring lines should not differ by more than one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looseness {
    Tight = 0,
    Normal = 1,
    Loose = 2,
    VeryLoose = 3,
}

/// The result of adding a line to a path.
enum CandidateLine {
    Fits(BreakPath),
    /// Too loose for this pass, or against a rule.
    Rejected,
    /// Wider than the measure; the path if that is accepted, and whether longer lines need not
    /// be tried.
    TooWide(BreakPath, bool),
}

impl BreakSearch<'_> {
    fn best_way(&self) -> Option<Vec<usize>> {
        let last = self.breaks.len().checked_sub(1).filter(|last| *last > 0)?;
        let start = BreakPath {
            at: 0,
            looseness: Looseness::Normal,
            hyphens: 0,
            demerits: 0.0,
            previous: usize::MAX,
        };
        let mut paths = vec![start];
        let mut active = vec![0_usize];
        let mut new_paths: Vec<BreakPath> = Vec::new();
        for index in 1..=last {
            if self.breaks[index].reserve && !self.reserve && !self.divides_at(index) {
                continue;
            }
            let mut overfull: Option<BreakPath> = None;
            active.retain(|&number| match self.line(&paths, number, index) {
                CandidateLine::Fits(path) => {
                    keep_best(&mut new_paths, path);
                    true
                }
                CandidateLine::Rejected => true,
                CandidateLine::TooWide(path, hopeless) => {
                    if overfull.is_none_or(|best| path.demerits < best.demerits) {
                        overfull = Some(path);
                    }
                    !hopeless
                }
            });
            if new_paths.is_empty() && active.is_empty() && self.takes_anything() {
                new_paths.extend(overfull);
            }
            active.extend(paths.len()..paths.len() + new_paths.len());
            paths.append(&mut new_paths);
            if active.is_empty() {
                return None;
            }
        }
        let best = active
            .into_iter()
            .filter(|number| paths[*number].at == last)
            .min_by(|a, b| paths[*a].demerits.total_cmp(&paths[*b].demerits))?;
        let steps = std::iter::successors(Some(best), |number| Some(paths[*number].previous));
        let mut path: Vec<usize> =
            steps.take_while(|number| *number != 0).map(|number| paths[number].at).collect();
        path.reverse();
        Some(path)
    }

    /// Whether a Korean word is divided at this break, as its line would be stretched far without it.
    fn divides_at(&self, index: usize) -> bool {
        self.breaks[index].between_syllables
            && self.edge == LineEdge::Straight
            && self.tolerance > 1.0
    }

    fn takes_anything(&self) -> bool {
        self.tolerance == f64::INFINITY
    }

    /// Adds the line up to a break to a path.
    fn line(&self, paths: &[BreakPath], number: usize, index: usize) -> CandidateLine {
        let path = &paths[number];
        let (start, end) = (&self.breaks[path.at], &self.breaks[index]);
        let is_last = index + 1 == self.breaks.len();
        let width = end.before.width - start.after.width;
        let stretch = end.before.stretch - start.after.stretch;
        let shrink = match self.edge {
            LineEdge::Straight => end.before.shrink - start.after.shrink,
            LineEdge::Ragged => 0,
        };
        let extra = self.frame.measure - width;
        if extra + shrink < 0 {
            let over = share(-extra - shrink, self.frame.em);
            let demerits = path.demerits + OVERFULL * (1.0 + over);
            let looseness = Looseness::Normal;
            let path = BreakPath { at: index, looseness, hyphens: 0, demerits, previous: number };
            // Hanging punctuation can make a longer line narrower, but only slightly.
            return CandidateLine::TooWide(path, over > 1.0);
        }
        let hyphens = if end.hyphen { (path.hyphens + 1).min(MAX_HYPHENS + 1) } else { 0 };
        let ratio = match self.edge {
            LineEdge::Straight if extra < 0 => share(extra, shrink),
            // The last line need not be full.
            _ if is_last => 0.0,
            LineEdge::Straight => share(extra, stretch.max(self.frame.em / 50)),
            LineEdge::Ragged => share(extra, (self.frame.measure / 4).max(3 * self.frame.em)),
        };
        let short = is_last && self.is_short(width, stretch, start);
        // A very long word takes more hyphens.
        let too_many = hyphens > MAX_HYPHENS && !self.takes_anything();
        if too_many || ratio > self.tolerance || (short && self.tolerance < 3.0) {
            return CandidateLine::Rejected;
        }
        let looseness =
            Looseness::from_ratio(if self.edge == LineEdge::Straight { ratio } else { 0.0 });
        let badness = LINE + badness(ratio);
        let penalty = f64::from(end.penalty);
        let mut demerits = path.demerits + badness * badness + penalty * penalty;
        if end.hyphen && path.hyphens > 0 {
            demerits += HYPHENS_IN_A_ROW;
        }
        if looseness.is_far_from(path.looseness) {
            demerits += CONTRAST;
        }
        if short {
            let cost = if self.edge == LineEdge::Straight && !self.takes_anything() {
                SHORT_LAST_IN_LOOSE
            } else {
                SHORT_LAST
            };
            demerits += cost * (2.0 - share(width, 5 * self.frame.em).min(1.0));
        }
        if is_last {
            demerits += self.last_line(width, stretch, start);
        }
        CandidateLine::Fits(BreakPath { at: index, looseness, hyphens, demerits, previous: number })
    }

    /// Whether a last line is hardly wider than the indent of the next paragraph (one and a half
    /// of it and four letters), or only the end of a hyphenated word.
    fn is_short(&self, width: i64, stretch: i64, start: &Break) -> bool {
        // Letters stretch by less than a space does.
        width * 2 < 7 * self.frame.em || (start.hyphen && stretch < self.frame.em / 8)
    }

    /// A last line should be either full or clearly not, and should not start within a word.
    fn last_line(&self, width: i64, stretch: i64, start: &Break) -> f64 {
        let mut demerits = 0.0;
        if start.hyphen {
            demerits += HYPHEN_BEFORE_LAST;
        }
        if width < self.frame.measure / 4 {
            demerits += match self.edge {
                LineEdge::Straight if width < 5 * self.frame.em => SHORTISH_LAST,
                LineEdge::Straight => 0.0,
                // In ragged text, moving a word down costs little.
                LineEdge::Ragged => SHORT_LAST,
            };
        }
        let gap = self.frame.measure - width;
        if gap > 0 && gap < self.frame.em && share(gap, stretch) > 0.3 {
            demerits += NEARLY_FULL_LAST;
        }
        demerits
    }
}

impl Looseness {
    fn from_ratio(ratio: f64) -> Self {
        if ratio < -0.5 {
            Self::Tight
        } else if ratio <= 0.5 {
            Self::Normal
        } else if ratio <= 1.0 {
            Self::Loose
        } else {
            Self::VeryLoose
        }
    }

    fn is_far_from(self, other: Self) -> bool {
        (self as u8).abs_diff(other as u8) > 1
    }
}

/// Of paths that allow the same continuations, only the best can be part of the optimum.
fn keep_best(paths: &mut Vec<BreakPath>, path: BreakPath) {
    let alike = paths
        .iter_mut()
        .find(|other| other.looseness == path.looseness && other.hyphens == path.hyphens);
    match alike {
        Some(other) if path.demerits < other.demerits => *other = path,
        Some(_) => {}
        None => paths.push(path),
    }
}

/// 100 |r|³, as in TeX, capped.
fn badness(ratio: f64) -> f64 {
    let ratio = ratio.abs().min(50.0);
    100.0 * ratio * ratio * ratio
}

/// One length as a fraction of another.
#[expect(clippy::cast_precision_loss, reason = "a line is far below 2^52 units")]
pub(in crate::typeset) fn share(part: i64, whole: i64) -> f64 {
    if whole > 0 { part as f64 / whole as f64 } else { 50.0 }
}
