//! Which of the possible breaks make the best lines: all lines of a paragraph are chosen
//! together, so that a good first line is not paid for by a bad third.
//!
//! The method is Knuth and Plass's: among all ways through the breaks, the one with the
//! fewest demerits. Arithmetic is + − × ÷ on 64-bit floats alone, which is the same on
//! every machine.

/// Widths summed from the start of the text, in EMU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sums {
    /// As the glyphs come.
    pub(super) width: i64,
    /// By how much the spaces may grow at a ratio of 1.
    pub(super) stretch: i64,
    /// By how much the spaces may shrink, at most.
    pub(super) shrink: i64,
}

/// A place where a line may end and the next one start. The first one is the start of
/// the text, the last one its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Break {
    /// Up to here, if the line ends here: with the hyphen, without what hangs.
    pub(super) before: Sums,
    /// Up to here, if the line starts here.
    pub(super) after: Sums,
    /// How unwelcome it is.
    pub(super) penalty: i32,
    /// Whether the line would end in a hyphen.
    pub(super) hyphen: bool,
    /// Whether it is only for lines that cannot be set without it.
    pub(super) reserve: bool,
    /// How many characters stand between the one before it and the last space.
    pub(super) tail: usize,
}

/// What the lines are to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    /// The width of a line.
    pub(super) measure: i64,
    /// The size of the letters.
    pub(super) em: i64,
}

/// The most lines in a row that may end in a hyphen.
const HYPHENS: u8 = 2;

const LINE: f64 = 10.0;
const HYPHENS_IN_A_ROW: f64 = 6_000.0;
const HYPHEN_BEFORE_LAST: f64 = 8_000.0;
const CONTRAST: f64 = 4_000.0;
const SHORT_LAST: f64 = 40_000.0;
const NEARLY_FULL_LAST: f64 = 8_000.0;
const OVERFULL: f64 = 1e14;

/// A way to a break.
#[derive(Debug, Clone, Copy)]
struct Node {
    at: usize,
    looseness: u8,
    hyphens: u8,
    demerits: f64,
    previous: usize,
}

/// What a line costs, and how it looks.
#[derive(Debug, Clone, Copy)]
struct Judged {
    badness: f64,
    looseness: u8,
}

/// How lines are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Spaces grow and shrink until the line is full.
    Straight,
    /// Spaces stay as they are, and lines fall short.
    Ragged,
}

/// The breaks of a paragraph, without its start: the last one is its end.
pub(super) fn lines(breaks: &[Break], frame: Frame, edge: Edge) -> Vec<usize> {
    // Tolerance grows until there is a way; what is in reserve is used before gaps gape.
    let passes = [(false, 1.4), (false, 2.5), (true, 3.5), (true, 8.0), (true, f64::INFINITY)];
    for (reserve, tolerance) in passes {
        if let Some(found) = pass(breaks, frame, edge, reserve, tolerance) {
            return found;
        }
    }
    Vec::new()
}

fn pass(
    breaks: &[Break],
    frame: Frame,
    edge: Edge,
    reserve: bool,
    tolerance: f64,
) -> Option<Vec<usize>> {
    let last = breaks.len().checked_sub(1).filter(|last| *last > 0)?;
    let whatever = tolerance == f64::INFINITY;
    let strict = tolerance < 3.0;
    let mut nodes =
        vec![Node { at: 0, looseness: 1, hyphens: 0, demerits: 0.0, previous: usize::MAX }];
    let mut active = vec![0_usize];
    let mut found: Vec<Node> = Vec::new();
    for (index, end) in breaks.iter().enumerate().skip(1) {
        let is_last = index == last;
        if end.reserve && !reserve && !is_last {
            continue;
        }
        found.clear();
        let mut rescue: Option<Node> = None;
        active.retain(|&number| {
            let node = nodes[number];
            let start = &breaks[node.at];
            let width = end.before.width - start.after.width;
            let stretch = end.before.stretch - start.after.stretch;
            let shrink = end.before.shrink - start.after.shrink;
            let shrink = if edge == Edge::Straight { shrink } else { 0 };
            if width - shrink > frame.measure {
                if whatever {
                    let over = ratio(width - shrink - frame.measure, frame.em);
                    let demerits = node.demerits + OVERFULL * (1.0 + over);
                    if rescue.is_none_or(|best| demerits < best.demerits) {
                        rescue = Some(Node {
                            at: index,
                            looseness: 1,
                            hyphens: 0,
                            demerits,
                            previous: number,
                        });
                    }
                }
                // Hanging marks can make a longer line narrower, but only by a little.
                return width - shrink <= frame.measure + frame.em;
            }
            let hyphens = if end.hyphen { node.hyphens + 1 } else { 0 };
            if hyphens > HYPHENS {
                return true;
            }
            let judged = match edge {
                Edge::Straight => straight(frame, width, stretch, shrink, is_last),
                Edge::Ragged => ragged(frame, width, is_last),
            };
            let Some(judged) = judged.filter(|judged| judged.badness <= cube(tolerance)) else {
                return true;
            };
            let mut demerits = node.demerits + demerits(judged, end);
            if end.hyphen && node.hyphens > 0 {
                demerits += HYPHENS_IN_A_ROW;
            }
            if edge == Edge::Straight && judged.looseness.abs_diff(node.looseness) > 1 {
                demerits += CONTRAST;
            }
            if is_last {
                if is_short(frame, width, end, start) {
                    if strict {
                        return true;
                    }
                    demerits += SHORT_LAST;
                }
                demerits += last_line(frame, width, stretch, start);
            }
            let way = Node {
                at: index,
                looseness: judged.looseness,
                hyphens,
                demerits,
                previous: number,
            };
            let same = found
                .iter_mut()
                .find(|other| other.looseness == way.looseness && other.hyphens == way.hyphens);
            match same {
                Some(other) if way.demerits < other.demerits => *other = way,
                Some(_) => {}
                None => found.push(way),
            }
            true
        });
        if found.is_empty() && active.is_empty() {
            found.extend(rescue);
        }
        active.extend(nodes.len()..nodes.len() + found.len());
        nodes.append(&mut found);
        if active.is_empty() {
            return None;
        }
    }
    let best = active
        .into_iter()
        .filter(|number| nodes[*number].at == last)
        .min_by(|a, b| nodes[*a].demerits.total_cmp(&nodes[*b].demerits))?;
    let mut way = Vec::new();
    let mut number = best;
    while number != 0 {
        way.push(nodes[number].at);
        number = nodes[number].previous;
    }
    way.reverse();
    Some(way)
}

fn straight(frame: Frame, width: i64, stretch: i64, shrink: i64, is_last: bool) -> Option<Judged> {
    let extra = frame.measure - width;
    let ratio = if extra >= 0 {
        // The last line is not filled.
        if is_last { 0.0 } else { ratio(extra, stretch.max(frame.em / 50)) }
    } else {
        ratio(extra, shrink)
    };
    let looseness = if ratio < -0.5 {
        0
    } else if ratio <= 0.5 {
        1
    } else if ratio <= 1.0 {
        2
    } else {
        3
    };
    Some(Judged { badness: cube(ratio.abs()), looseness })
}

fn ragged(frame: Frame, width: i64, is_last: bool) -> Option<Judged> {
    // A fifth of the line, or three ems of a short one, may stay empty before it shows.
    let room = (frame.measure / 6).max(3 * frame.em);
    let ratio = if is_last { 0.0 } else { ratio(frame.measure - width, room) };
    Some(Judged { badness: cube(ratio), looseness: 1 })
}

fn demerits(judged: Judged, end: &Break) -> f64 {
    let line = LINE + judged.badness;
    let penalty = f64::from(end.penalty);
    line * line + penalty * penalty
}

/// Whether a last line is hardly wider than the next one's indent, or is the end of a
/// divided word.
fn is_short(frame: Frame, width: i64, end: &Break, start: &Break) -> bool {
    width < 3 * frame.em || (start.hyphen && end.tail < 5)
}

/// A last line is either full or clearly not, and it does not start within a word.
fn last_line(frame: Frame, width: i64, stretch: i64, start: &Break) -> f64 {
    let mut demerits = 0.0;
    if start.hyphen {
        demerits += HYPHEN_BEFORE_LAST;
    }
    let gap = frame.measure - width;
    if gap > 0 && gap < frame.em && ratio(gap, stretch) > 0.3 {
        demerits += NEARLY_FULL_LAST;
    }
    demerits
}

/// 100 r³, as TeX has it, and no more than numbers can tell apart.
fn cube(ratio: f64) -> f64 {
    let ratio = if ratio > 50.0 { 50.0 } else { ratio };
    100.0 * ratio * ratio * ratio
}

#[expect(clippy::cast_precision_loss, reason = "a line is far below 2^52 units")]
fn ratio(part: i64, whole: i64) -> f64 {
    if whole > 0 { part as f64 / whole as f64 } else { 50.0 }
}

/// The breaks that make the fewest lines, and among these the most even ones.
pub(super) fn balanced(breaks: &[Break], frame: Frame) -> Vec<usize> {
    let greedy = lines(breaks, frame, Edge::Ragged);
    let Some(last) = breaks.len().checked_sub(1) else { return greedy };
    let usable: Vec<usize> = (0..=last)
        .filter(|index| {
            let end = &breaks[*index];
            *index == last || (!end.reserve && (!end.hyphen || end.penalty < 50))
        })
        .collect();
    evenly(breaks, &usable, frame).unwrap_or(greedy)
}

/// The best way with the fewest lines, `ways[lines][end]` being what it costs to come to
/// an end in so many lines, and from where.
fn evenly(breaks: &[Break], usable: &[usize], frame: Frame) -> Option<Vec<usize>> {
    let mut ways: Vec<Vec<Option<(f64, usize)>>> = vec![vec![None; usable.len()]];
    *ways[0].first_mut()? = Some((0.0, 0));
    let last = usable.len() - 1;
    while ways.last()?.get(last)?.is_none() {
        let before = ways.last()?;
        let mut next: Vec<Option<(f64, usize)>> = vec![None; usable.len()];
        for (from, way) in before.iter().enumerate() {
            let Some((cost, _)) = way else { continue };
            let start = &breaks[usable[from]];
            for to in from + 1..=last {
                let end = &breaks[usable[to]];
                let width = end.before.width - start.after.width;
                if width > frame.measure + frame.em {
                    break;
                }
                if width > frame.measure {
                    continue;
                }
                let cost = cost + uneven(frame, width, start, end, to == last);
                if next[to].is_none_or(|(best, _)| cost < best) {
                    next[to] = Some((cost, from));
                }
            }
        }
        if next.iter().all(Option::is_none) {
            return None;
        }
        ways.push(next);
    }
    let mut way = Vec::new();
    let mut at = last;
    for ends in ways.iter().skip(1).rev() {
        way.push(usable[at]);
        at = ends[at]?.1;
    }
    way.reverse();
    Some(way)
}

/// The widths of all lines together are what they are, so the sum of the squares of what
/// they lack is smallest when they are alike.
fn uneven(frame: Frame, width: i64, start: &Break, end: &Break, is_last: bool) -> f64 {
    let lack = ratio(frame.measure - width, frame.em);
    let mut cost = lack * lack + f64::from(end.penalty) / 10.0;
    if is_last && start.after.width > 0 && end.tail < 5 && width < 3 * frame.em {
        cost += 400.0;
    }
    cost
}
