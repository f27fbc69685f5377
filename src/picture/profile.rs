//! ICC profiles: whether they are sound, and shared when they are equal.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::{ColorModel, Profile, ProfileSpace};

use crate::picture::color::is_usable;

/// The ICC profiles seen so far, so that photos which carry the same one share it.
#[derive(Debug, Default)]
pub struct Profiles {
    known: BTreeMap<[u8; 32], Result<Arc<Profile>, &'static str>>,
}

impl Profiles {
    /// The shared profile of these bytes, or why it is of no use.
    pub(super) fn intern(
        &mut self,
        bytes: Vec<u8>,
        colour: ColorModel,
    ) -> Result<Arc<Profile>, &'static str> {
        let profile = self
            .known
            .entry(Sha256::digest(&bytes).into())
            .or_insert_with(|| sound(bytes).map(Arc::new))
            .clone()?;
        match (profile.space, colour) {
            (ProfileSpace::Gray, ColorModel::Gray)
            | (ProfileSpace::Rgb, ColorModel::Rgb)
            | (ProfileSpace::Cmyk, ColorModel::Cmyk { .. }) => Ok(profile),
            _ => Err("is for another number of colours than the picture has"),
        }
    }
}

/// A profile that a colour engine can work with (ICC.1:2022, 7.2).
fn sound(mut bytes: Vec<u8>) -> Result<Profile, &'static str> {
    let header: &[u8; 128] = bytes.first_chunk().ok_or("is shorter than a profile's header")?;
    let [s3, s2, s1, s0] = [header[0], header[1], header[2], header[3]];
    let size = u32::from_be_bytes([s3, s2, s1, s0]) as usize;
    if size > bytes.len() || size < 132 {
        return Err("is shorter than it says");
    }
    if header[36..40] != *b"acsp" {
        return Err("lacks the mark of a profile");
    }
    let space = match &header[16..20] {
        b"GRAY" => ProfileSpace::Gray,
        b"RGB " => ProfileSpace::Rgb,
        b"CMYK" => ProfileSpace::Cmyk,
        _ => return Err("is for a colour space that no picture uses"),
    };
    // Cameras and converters pad profiles; what follows the profile is not part of it.
    bytes.truncate(size);
    if !is_usable(&bytes, space) {
        return Err("cannot be understood");
    }
    Ok(Profile { bytes, space })
}
