//! What a profile says of its device: which colours its numbers make, and which of its
//! numbers make a colour (ICC.1:2022, 8 and 9).

use moxcms::{ColorProfile, DataColorSpace, LutDataType, LutMultidimensionalType, LutType};
use moxcms::{LutWarehouse, ProfileClass, ProfileVersion};

use crate::model::RenderingIntent;

use crate::picture::color::curve;
use crate::picture::color::curve::Curve;
use crate::picture::color::grid::ColorTable;
use crate::picture::color::lab::{D50, Xyz, determinant, to_lab, to_xyz};

/// A profile, understood.
#[derive(Debug)]
pub(super) struct DeviceProfile {
    profile: ColorProfile,
}

/// A way from numbers to numbers, step by step.
#[derive(Debug, Clone, PartialEq)]
struct Steps(Vec<Step>);

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Curves(Vec<Curve>),
    Matrix([[f64; 3]; 3], [f64; 3]),
    Grid(ColorTable),
}

/// How a table numbers the colours of the connection space (ICC.1:2022, 6.3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PcsEncoding {
    Xyz,
    Lab,
    /// Of 16 bits in tables of version 2 and `mft2`, where 0xFF00 is 100.
    OldLab,
    /// Lightness alone, of a grey device.
    Lightness,
    /// Light alone, of a grey device.
    Light,
}

/// From a device's numbers to colours.
#[derive(Debug)]
pub(super) struct ToColour {
    steps: Steps,
    numbering: PcsEncoding,
}

/// From colours to a device's numbers.
#[derive(Debug)]
pub(super) struct ToNumbers {
    steps: Steps,
    numbering: PcsEncoding,
}

/// What XYZ's largest number stands for: 1 + 32767/32768.
const MOST_XYZ: f64 = 65535.0 / 32768.0;

impl DeviceProfile {
    /// Reads a profile.
    pub(super) fn new(profile: &[u8]) -> Result<Self, String> {
        ColorProfile::new_from_slice(profile)
            .map(|profile| Self { profile })
            .map_err(|error| error.to_string())
    }

    /// How many numbers make a colour.
    pub(super) fn channels(&self) -> usize {
        match self.profile.color_space {
            DataColorSpace::Gray => 1,
            DataColorSpace::Cmyk => 4,
            _ => 3,
        }
    }

    pub(super) fn is_press(&self) -> bool {
        self.channels() == 4 && self.profile.profile_class == ProfileClass::OutputDevice
    }

    pub(super) fn is_version_4(&self) -> bool {
        self.profile.version() >= ProfileVersion::V4_0
    }

    /// Whether three curves and a matrix say all.
    pub(super) fn shaper(&self) -> Option<([Curve; 3], [[f64; 3]; 3])> {
        let profile = &self.profile;
        if profile.color_space != DataColorSpace::Rgb || profile.lut_a_to_b_perceptual.is_some() {
            return None;
        }
        let curve = |curve: &Option<_>| curve.as_ref().and_then(Curve::new);
        let curves =
            [curve(&profile.red_trc)?, curve(&profile.green_trc)?, curve(&profile.blue_trc)?];
        let matrix = profile.colorant_matrix().v;
        // Primaries in one line make no colours.
        (determinant(&matrix).abs() > 1e-6).then_some((curves, matrix))
    }

    /// The white that absolute colorimetry scales from and to. A display of version 2
    /// states its own white, but its numbers are adapted to D50 already.
    pub(super) fn white(&self) -> Xyz {
        let adapted =
            self.profile.profile_class == ProfileClass::DisplayDevice && !self.is_version_4();
        match self.profile.media_white_point {
            Some(white) if !adapted => [white.x, white.y, white.z],
            _ => D50,
        }
    }

    /// Which colours its numbers make, as an intent looks at them.
    pub(super) fn to_colour(&self, intent: RenderingIntent) -> Option<ToColour> {
        let profile = &self.profile;
        if !matches!(profile.pcs, DataColorSpace::Lab | DataColorSpace::Xyz) {
            return None;
        }
        let table = match intent {
            RenderingIntent::Perceptual => None,
            RenderingIntent::Relative | RenderingIntent::Absolute => {
                profile.lut_a_to_b_colorimetric.as_ref()
            }
            RenderingIntent::Saturation => profile.lut_a_to_b_saturation.as_ref(),
        };
        if let Some(table) = table.or(profile.lut_a_to_b_perceptual.as_ref()) {
            let (steps, numbering) = self.table(table, self.channels(), 3, false)?;
            return Some(ToColour { steps, numbering });
        }
        if let Some((curves, matrix)) = self.shaper() {
            let matrix = matrix.map(|row| row.map(|share| share / MOST_XYZ));
            let steps = Steps(vec![Step::Curves(curves.into()), Step::Matrix(matrix, [0.0; 3])]);
            return Some(ToColour { steps, numbering: PcsEncoding::Xyz });
        }
        let gray = Curve::new(profile.gray_trc.as_ref()?)?;
        let numbering = if profile.pcs == DataColorSpace::Lab {
            PcsEncoding::Lightness
        } else {
            PcsEncoding::Light
        };
        Some(ToColour { steps: Steps(vec![Step::Curves(vec![gray])]), numbering })
    }

    /// Which of its numbers make a colour, as an intent chooses them. Only what has
    /// tables for it says so: presses and printers.
    pub(super) fn to_numbers(&self, intent: RenderingIntent) -> Option<ToNumbers> {
        let profile = &self.profile;
        let table = match intent {
            RenderingIntent::Perceptual => None,
            RenderingIntent::Relative | RenderingIntent::Absolute => {
                profile.lut_b_to_a_colorimetric.as_ref()
            }
            RenderingIntent::Saturation => profile.lut_b_to_a_saturation.as_ref(),
        };
        let table = table.or(profile.lut_b_to_a_perceptual.as_ref())?;
        let (steps, numbering) = self.table(table, 3, self.channels(), true)?;
        Some(ToNumbers { steps, numbering })
    }

    /// A table's steps in the order of its direction, and how it numbers colours.
    fn table(
        &self,
        table: &LutWarehouse,
        inputs: usize,
        outputs: usize,
        back: bool,
    ) -> Option<(Steps, PcsEncoding)> {
        let is_lab = self.profile.pcs == DataColorSpace::Lab;
        match table {
            LutWarehouse::Lut(table) => {
                let numbering = match (is_lab, table.lut_type) {
                    (false, _) => PcsEncoding::Xyz,
                    (true, LutType::Lut16) => PcsEncoding::OldLab,
                    (true, _) => PcsEncoding::Lab,
                };
                let sound = usize::from(table.num_input_channels) == inputs
                    && usize::from(table.num_output_channels) == outputs;
                let steps = if sound { plain(table, !is_lab && back)? } else { return None };
                Some((steps, numbering))
            }
            LutWarehouse::Multidimensional(table) => {
                let sound = usize::from(table.num_input_channels) == inputs
                    && usize::from(table.num_output_channels) == outputs;
                let steps = if sound { many(table, back)? } else { return None };
                Some((steps, if is_lab { PcsEncoding::Lab } else { PcsEncoding::Xyz }))
            }
        }
    }
}

/// `mft1` and `mft2`: a matrix that only XYZ goes through, curves, a grid, curves
/// (ICC.1:2022, 10.10 and 10.11).
fn plain(table: &LutDataType, with_matrix: bool) -> Option<Steps> {
    let inputs = usize::from(table.num_input_channels);
    let outputs = usize::from(table.num_output_channels);
    let mut steps = Vec::new();
    if with_matrix {
        steps.push(Step::Matrix(table.matrix.v, [0.0; 3]));
    }
    let before = Curve::split(&table.input_table, table.num_input_table_entries.into());
    let after = Curve::split(&table.output_table, table.num_output_table_entries.into());
    if before.len() != inputs || after.len() != outputs {
        return None;
    }
    let axes = vec![usize::from(table.num_clut_grid_points); inputs];
    let grid = ColorTable::new(axes, outputs, curve::levels(&table.clut_table))?;
    steps.extend([Step::Curves(before), Step::Grid(grid), Step::Curves(after)]);
    Some(Steps(steps))
}

/// `mAB` and `mBA`: A curves, a grid, M curves, a matrix, B curves, of which all but the
/// last may be missing; and the other way round (ICC.1:2022, 10.12 and 10.13).
fn many(table: &LutMultidimensionalType, back: bool) -> Option<Steps> {
    let curves = |curves: &[_]| {
        let curves: Option<Vec<_>> = curves.iter().map(Curve::new).collect();
        curves.map(Step::Curves)
    };
    let inputs = usize::from(table.num_input_channels);
    let outputs = usize::from(table.num_output_channels);
    let mut steps = vec![curves(&table.a_curves)?];
    if let Some(clut) = &table.clut {
        let axes = table.grid_points.iter().take(inputs).map(|&axis| axis.into()).collect();
        steps.push(Step::Grid(ColorTable::new(axes, outputs, curve::levels(clut))?));
    } else if inputs != outputs {
        return None;
    }
    steps.push(curves(&table.m_curves)?);
    let bias = &table.bias.v;
    steps.push(Step::Matrix(table.matrix.v, [bias[0], bias[1], bias[2]]));
    steps.push(curves(&table.b_curves)?);
    if back {
        steps.reverse();
    }
    Some(Steps(steps))
}

impl Steps {
    fn run(&self, mut values: [f64; 4]) -> [f64; 4] {
        for step in &self.0 {
            match step {
                Step::Curves(curves) => {
                    for (value, curve) in values.iter_mut().zip(curves) {
                        *value = curve.at(*value);
                    }
                }
                Step::Matrix(rows, bias) => {
                    let [x, y, z, _] = values;
                    for (index, [a, b, c]) in rows.iter().enumerate() {
                        values[index] = a * x + b * y + c * z + bias[index];
                    }
                }
                Step::Grid(grid) => values = grid.at(values),
            }
        }
        values
    }
}

impl ToColour {
    /// The colour that these numbers make.
    pub(super) fn at(&self, numbers: [f64; 4]) -> Xyz {
        let [x, y, z, _] = self.steps.run(numbers);
        // 0xFF00 of 0xFFFF.
        let old = 65535.0 / 65280.0;
        match self.numbering {
            PcsEncoding::Xyz => [x, y, z].map(|number| number * MOST_XYZ),
            PcsEncoding::Lab => to_xyz([x * 100.0, y * 255.0 - 128.0, z * 255.0 - 128.0]),
            PcsEncoding::OldLab => {
                to_xyz([x * old * 100.0, y * old * 255.0 - 128.0, z * old * 255.0 - 128.0])
            }
            PcsEncoding::Lightness => to_xyz([x * 100.0, 0.0, 0.0]),
            PcsEncoding::Light => D50.map(|white| white * x),
        }
    }
}

impl ToNumbers {
    /// The numbers that make this colour, or the nearest to it.
    pub(super) fn at(&self, colour: Xyz) -> [f64; 4] {
        let [x, y, z] = match self.numbering {
            PcsEncoding::Xyz => colour.map(|number| number / MOST_XYZ),
            PcsEncoding::Lab | PcsEncoding::Lightness | PcsEncoding::Light => numbered(colour, 1.0),
            PcsEncoding::OldLab => numbered(colour, 65280.0 / 65535.0),
        };
        self.steps.run([x, y, z, 0.0])
    }
}

fn numbered(colour: Xyz, scale: f64) -> Xyz {
    let [l, a, b] = to_lab(colour);
    [l / 100.0, (a + 128.0) / 255.0, (b + 128.0) / 255.0].map(|number| number * scale)
}
