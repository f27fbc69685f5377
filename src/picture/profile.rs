//! Validates ICC profiles, and shares equal ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::{ColorModel, Profile, ProfileSpace};

use crate::picture::color::is_valid_profile;

/// The ICC profiles read so far, so that photos with the same profile share it.
#[derive(Debug, Default)]
pub struct Profiles {
    by_hash: BTreeMap<[u8; 32], Result<Arc<Profile>, &'static str>>,
}

impl Profiles {
    /// The shared profile with these bytes, or the reason why it cannot be used.
    pub(super) fn intern(
        &mut self,
        bytes: Vec<u8>,
        colour: ColorModel,
    ) -> Result<Arc<Profile>, &'static str> {
        let profile = self
            .by_hash
            .entry(Sha256::digest(&bytes).into())
            .or_insert_with(|| parse(bytes).map(Arc::new))
            .clone()?;
        match (profile.space, colour) {
            (ProfileSpace::Gray, ColorModel::Gray)
            | (ProfileSpace::Rgb, ColorModel::Rgb)
            | (ProfileSpace::Cmyk, ColorModel::Cmyk { .. }) => Ok(profile),
            _ => Err("does not match the colours of the photo"),
        }
    }
}

/// Checks the header of a profile (ICC.1:2022, 7.2), and that colours can be converted with it.
fn parse(mut bytes: Vec<u8>) -> Result<Profile, &'static str> {
    let header: &[u8; 128] = bytes.first_chunk().ok_or("is too short for a header")?;
    let [s3, s2, s1, s0] = [header[0], header[1], header[2], header[3]];
    let size = u32::from_be_bytes([s3, s2, s1, s0]) as usize;
    if size > bytes.len() || size < 132 {
        return Err("is truncated");
    }
    if header[36..40] != *b"acsp" {
        return Err("has no ICC signature");
    }
    let space = match &header[16..20] {
        b"GRAY" => ProfileSpace::Gray,
        b"RGB " => ProfileSpace::Rgb,
        b"CMYK" => ProfileSpace::Cmyk,
        _ => return Err("has an unsupported colour space"),
    };
    // Cameras and converters pad profiles; bytes after the stated size are not part of the profile.
    bytes.truncate(size);
    if !is_valid_profile(&bytes, space) {
        return Err("lacks the data that a conversion needs");
    }
    Ok(Profile { bytes, space })
}
