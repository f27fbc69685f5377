//! Converts between device values and colours by an ICC profile (ICC.1:2022, 8 and 9).

use moxcms::{
    CmsError, ColorProfile, DataColorSpace, LutDataType, LutMultidimensionalType, LutType,
};
use moxcms::{LutWarehouse, ProfileClass, ProfileVersion};

use crate::model::RenderingIntent;

use crate::picture::color::color_table::ColorTable;
use crate::picture::color::curve;
use crate::picture::color::curve::Curve;
use crate::picture::color::lab::{D50, Xyz, determinant, lab_from_xyz, xyz_from_lab};

/// A parsed ICC profile.
#[derive(Debug)]
pub(super) struct DeviceProfile {
    profile: ColorProfile,
}

/// A sequence of stages that convert values.
#[derive(Debug, Clone, PartialEq)]
struct Pipeline(Vec<PipelineStage>);

#[derive(Debug, Clone, PartialEq)]
enum PipelineStage {
    Curves(Vec<Curve>),
    Matrix([[f64; 3]; 3], [f64; 3]),
    Table(ColorTable),
}

/// How a table encodes colours of the profile connection space (ICC.1:2022, 6.3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PcsEncoding {
    Xyz,
    Lab,
    /// L*a*b* of 16 bits in tables of version 2 and `mft2`, where 0xFF00 is 100.
    LabV2,
    /// Only L*, for a grey device.
    Lightness,
    /// Only luminance, for a grey device.
    Luminance,
}

/// Converts device values to colours.
#[derive(Debug)]
pub(super) struct DeviceToXyz {
    pipeline: Pipeline,
    encoding: PcsEncoding,
}

/// Converts colours to device values.
#[derive(Debug)]
pub(super) struct XyzToDevice {
    pipeline: Pipeline,
    encoding: PcsEncoding,
}

/// The value that the largest encoded XYZ stands for: 1 + 32767/32768.
const MAX_XYZ: f64 = 65535.0 / 32768.0;

impl DeviceProfile {
    /// Parses a profile.
    pub(super) fn new(profile: &[u8]) -> Result<Self, CmsError> {
        Ok(Self { profile: ColorProfile::new_from_slice(profile)? })
    }

    /// The number of device channels.
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

    /// The curves and the matrix of a profile that has no tables.
    pub(super) fn matrix_shaper(&self) -> Option<([Curve; 3], [[f64; 3]; 3])> {
        let profile = &self.profile;
        if profile.color_space != DataColorSpace::Rgb || profile.lut_a_to_b_perceptual.is_some() {
            return None;
        }
        let curve = |curve: &Option<_>| curve.as_ref().and_then(Curve::new);
        let curves =
            [curve(&profile.red_trc)?, curve(&profile.green_trc)?, curve(&profile.blue_trc)?];
        let matrix = profile.colorant_matrix().v;
        // Collinear primaries make no colour space.
        (determinant(&matrix).abs() > 1e-6).then_some((curves, matrix))
    }

    /// The white point for absolute colorimetry. A display profile of version 2 states its own
    /// white point, but its values are already adapted to D50.
    pub(super) fn white(&self) -> Xyz {
        let adapted =
            self.profile.profile_class == ProfileClass::DisplayDevice && !self.is_version_4();
        match self.profile.media_white_point {
            Some(white) if !adapted => [white.x, white.y, white.z],
            _ => D50,
        }
    }

    /// The conversion from device values to colours for a rendering intent.
    pub(super) fn to_xyz(&self, intent: RenderingIntent) -> Option<DeviceToXyz> {
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
            let (pipeline, encoding) = self.table(table, self.channels(), 3, false)?;
            return Some(DeviceToXyz { pipeline, encoding });
        }
        if let Some((curves, matrix)) = self.matrix_shaper() {
            let matrix = matrix.map(|row| row.map(|value| value / MAX_XYZ));
            let pipeline = Pipeline(vec![
                PipelineStage::Curves(curves.into()),
                PipelineStage::Matrix(matrix, [0.0; 3]),
            ]);
            return Some(DeviceToXyz { pipeline, encoding: PcsEncoding::Xyz });
        }
        let gray = Curve::new(profile.gray_trc.as_ref()?)?;
        let encoding = if profile.pcs == DataColorSpace::Lab {
            PcsEncoding::Lightness
        } else {
            PcsEncoding::Luminance
        };
        Some(DeviceToXyz { pipeline: Pipeline(vec![PipelineStage::Curves(vec![gray])]), encoding })
    }

    /// The conversion from colours to device values for a rendering intent, which only output
    /// profiles with tables have.
    pub(super) fn to_device(&self, intent: RenderingIntent) -> Option<XyzToDevice> {
        let profile = &self.profile;
        let table = match intent {
            RenderingIntent::Perceptual => None,
            RenderingIntent::Relative | RenderingIntent::Absolute => {
                profile.lut_b_to_a_colorimetric.as_ref()
            }
            RenderingIntent::Saturation => profile.lut_b_to_a_saturation.as_ref(),
        };
        let table = table.or(profile.lut_b_to_a_perceptual.as_ref())?;
        let (pipeline, encoding) = self.table(table, 3, self.channels(), true)?;
        Some(XyzToDevice { pipeline, encoding })
    }

    /// The stages of a table in the order of its direction, and its encoding of colours.
    fn table(
        &self,
        table: &LutWarehouse,
        inputs: usize,
        outputs: usize,
        from_pcs: bool,
    ) -> Option<(Pipeline, PcsEncoding)> {
        let is_lab = self.profile.pcs == DataColorSpace::Lab;
        match table {
            LutWarehouse::Lut(table) => {
                let encoding = match (is_lab, table.lut_type) {
                    (false, _) => PcsEncoding::Xyz,
                    (true, LutType::Lut16) => PcsEncoding::LabV2,
                    (true, _) => PcsEncoding::Lab,
                };
                let matches = usize::from(table.num_input_channels) == inputs
                    && usize::from(table.num_output_channels) == outputs;
                let pipeline =
                    if matches { lut_pipeline(table, !is_lab && from_pcs)? } else { return None };
                Some((pipeline, encoding))
            }
            LutWarehouse::Multidimensional(table) => {
                let matches = usize::from(table.num_input_channels) == inputs
                    && usize::from(table.num_output_channels) == outputs;
                let pipeline =
                    if matches { lut_ab_pipeline(table, from_pcs)? } else { return None };
                Some((pipeline, if is_lab { PcsEncoding::Lab } else { PcsEncoding::Xyz }))
            }
        }
    }
}

/// The stages of `mft1` and `mft2`: a matrix (for XYZ only), curves, a table, curves (ICC.1:2022,
/// 10.10 and 10.11).
fn lut_pipeline(table: &LutDataType, with_matrix: bool) -> Option<Pipeline> {
    let inputs = usize::from(table.num_input_channels);
    let outputs = usize::from(table.num_output_channels);
    let mut pipeline = Vec::new();
    if with_matrix {
        pipeline.push(PipelineStage::Matrix(table.matrix.v, [0.0; 3]));
    }
    let before = Curve::from_lut(&table.input_table, table.num_input_table_entries.into());
    let after = Curve::from_lut(&table.output_table, table.num_output_table_entries.into());
    if before.len() != inputs || after.len() != outputs {
        return None;
    }
    let axes = vec![usize::from(table.num_clut_grid_points); inputs];
    let clut = ColorTable::new(axes, outputs, curve::levels(&table.clut_table))?;
    pipeline.extend([
        PipelineStage::Curves(before),
        PipelineStage::Table(clut),
        PipelineStage::Curves(after),
    ]);
    Some(Pipeline(pipeline))
}

/// The stages of `mAB`: A curves, a table, M curves, a matrix, B curves, of which all but the last
/// may be missing; `mBA` has the reverse order (ICC.1:2022, 10.12 and 10.13).
fn lut_ab_pipeline(table: &LutMultidimensionalType, from_pcs: bool) -> Option<Pipeline> {
    let curves = |curves: &[_]| {
        let curves: Option<Vec<_>> = curves.iter().map(Curve::new).collect();
        curves.map(PipelineStage::Curves)
    };
    let inputs = usize::from(table.num_input_channels);
    let outputs = usize::from(table.num_output_channels);
    let mut pipeline = vec![curves(&table.a_curves)?];
    if let Some(clut) = &table.clut {
        let axes = table.grid_points.iter().take(inputs).map(|&axis| axis.into()).collect();
        pipeline.push(PipelineStage::Table(ColorTable::new(axes, outputs, curve::levels(clut))?));
    } else if inputs != outputs {
        return None;
    }
    pipeline.push(curves(&table.m_curves)?);
    let bias = &table.bias.v;
    pipeline.push(PipelineStage::Matrix(table.matrix.v, [bias[0], bias[1], bias[2]]));
    pipeline.push(curves(&table.b_curves)?);
    if from_pcs {
        pipeline.reverse();
    }
    Some(Pipeline(pipeline))
}

impl Pipeline {
    fn apply(&self, mut values: [f64; 4]) -> [f64; 4] {
        for step in &self.0 {
            match step {
                PipelineStage::Curves(curves) => {
                    for (value, curve) in values.iter_mut().zip(curves) {
                        *value = curve.apply(*value);
                    }
                }
                PipelineStage::Matrix(rows, bias) => {
                    let [x, y, z, _] = values;
                    for (index, [a, b, c]) in rows.iter().enumerate() {
                        values[index] = a * x + b * y + c * z + bias[index];
                    }
                }
                PipelineStage::Table(table) => values = table.apply(values),
            }
        }
        values
    }
}

impl DeviceToXyz {
    /// Converts device values to a colour.
    pub(super) fn apply(&self, values: [f64; 4]) -> Xyz {
        let [x, y, z, _] = self.pipeline.apply(values);
        // 0xFF00 of 0xFFFF.
        let old = 65535.0 / 65280.0;
        match self.encoding {
            PcsEncoding::Xyz => [x, y, z].map(|value| value * MAX_XYZ),
            PcsEncoding::Lab => xyz_from_lab([x * 100.0, y * 255.0 - 128.0, z * 255.0 - 128.0]),
            PcsEncoding::LabV2 => {
                xyz_from_lab([x * old * 100.0, y * old * 255.0 - 128.0, z * old * 255.0 - 128.0])
            }
            PcsEncoding::Lightness => xyz_from_lab([x * 100.0, 0.0, 0.0]),
            PcsEncoding::Luminance => D50.map(|white| white * x),
        }
    }
}

impl XyzToDevice {
    /// Converts a colour to the device values of it or of the nearest colour.
    pub(super) fn apply(&self, colour: Xyz) -> [f64; 4] {
        let [x, y, z] = match self.encoding {
            PcsEncoding::Xyz => colour.map(|value| value / MAX_XYZ),
            PcsEncoding::Lab | PcsEncoding::Lightness | PcsEncoding::Luminance => {
                encode_lab(colour, 1.0)
            }
            PcsEncoding::LabV2 => encode_lab(colour, 65280.0 / 65535.0),
        };
        self.pipeline.apply([x, y, z, 0.0])
    }
}

fn encode_lab(colour: Xyz, scale: f64) -> Xyz {
    let [l, a, b] = lab_from_xyz(colour);
    [l / 100.0, (a + 128.0) / 255.0, (b + 128.0) / 255.0].map(|value| value * scale)
}
