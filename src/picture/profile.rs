//! Validates ICC profiles, and shares equal ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::{ColorModel, HdrEncoding, Profile, ProfileSpace};

use crate::picture::color::{hdr_encoding, is_valid_profile};

/// The ICC profiles read so far, so that photos with the same profile share it.
#[derive(Debug, Default)]
pub struct Profiles {
    by_hash: BTreeMap<[u8; 32], Result<ParsedProfile, &'static str>>,
}

/// A valid profile.
#[derive(Debug, Clone)]
struct ParsedProfile {
    profile: Arc<Profile>,
    hdr: Option<HdrEncoding>,
}

/// The colour space that a profile describes.
#[derive(Debug)]
pub(super) enum ProfiledSpace {
    /// One that colours are converted from by the profile.
    Profile(Arc<Profile>),
    /// High dynamic range, which is converted by its transfer function.
    Hdr(HdrEncoding),
}

impl Profiles {
    /// The shared profile with these bytes, or the reason why it cannot be used.
    pub(super) fn intern(
        &mut self,
        bytes: Vec<u8>,
        colour: ColorModel,
    ) -> Result<ProfiledSpace, &'static str> {
        let ParsedProfile { profile, hdr } = self
            .by_hash
            .entry(Sha256::digest(&bytes).into())
            .or_insert_with(|| parse(bytes))
            .clone()?;
        match (profile.space, colour) {
            (ProfileSpace::Gray, ColorModel::Gray)
            | (ProfileSpace::Rgb, ColorModel::Rgb)
            | (ProfileSpace::Cmyk, ColorModel::Cmyk { .. }) => {
                Ok(hdr.map_or(ProfiledSpace::Profile(profile), ProfiledSpace::Hdr))
            }
            _ => Err("does not match the colours of the photo"),
        }
    }
}

/// Checks the header of a profile (ICC.1:2022, 7.2), and that colours can be converted with it.
fn parse(mut bytes: Vec<u8>) -> Result<ParsedProfile, &'static str> {
    let header: &[u8; 128] = bytes.first_chunk().ok_or("is too short for a header")?;
    let [s3, s2, s1, s0] = [header[0], header[1], header[2], header[3]];
    let size = u32::from_be_bytes([s3, s2, s1, s0]) as usize;
    if size > bytes.len() || size < 132 {
        return Err("is truncated");
    }
    if header[36..40] != *b"acsp" {
        return Err("has no ICC signature");
    }
    // Version 5 is another format (ICC.2), which neither PDF nor most programs support.
    if header[8] > 4 {
        return Err("has a version that is not supported");
    }
    check_class(&header[12..16])?;
    let space = match &header[16..20] {
        b"GRAY" => ProfileSpace::Gray,
        b"RGB " => ProfileSpace::Rgb,
        b"CMYK" => ProfileSpace::Cmyk,
        _ => return Err("has an unsupported colour space"),
    };
    if !matches!(&header[20..24], b"XYZ " | b"Lab ") {
        return Err("has an unsupported connection space");
    }
    // Cameras and converters pad profiles; bytes after the stated size are not part of the profile.
    bytes.truncate(size);
    let hdr = hdr_encoding(&bytes);
    if hdr.is_none() && !is_valid_profile(&bytes, space) {
        return Err("lacks the data that a conversion needs");
    }
    Ok(ParsedProfile { profile: Arc::new(Profile { bytes, space }), hdr })
}

/// Whether profiles of a class describe the colours of a picture (ICC.1:2022, 7.2.5; ISO 32000-2,
/// 8.6.5.5).
fn check_class(class: &[u8]) -> Result<(), &'static str> {
    match class {
        b"scnr" | b"mntr" | b"prtr" | b"spac" => Ok(()),
        b"link" => Err("is a device link, which does not describe colours"),
        b"abst" => Err("is an abstract profile, which does not describe the colours of a device"),
        b"nmcl" => Err("is a named-colour profile, which has only single colours"),
        _ => Err("has an unknown class"),
    }
}
