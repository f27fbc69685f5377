//! Compares converted colours with those of Little CMS.
//!
//! `golden.txt` was produced with `transicc` of Little CMS 2.14, one line per colour: profile,
//! profile, intent, 8-bit values = values as `transicc` prints them, in per cent of ink or of 255.
//! Each came from
//!
//! ```text
//! transicc -i FROM -o TO -t INTENT -b -c0 -n
//! ```
//!
//! (without `-b` for intent 3), with the profiles that are generated and bundled here; values out
//! of range were clipped. `tests/judges/colours.py` does the same with more colours and whole
//! pictures.

use std::collections::BTreeMap;

use moxcms::ColorProfile;

use crate::picture::color::device_profile::DeviceToXyz;
use crate::picture::color::lab::{difference, lab_from_xyz};
use crate::picture::color::*;

const GOLDEN: &str = include_str!("golden.txt");

fn profile(name: &str) -> (Vec<u8>, ProfileSpace) {
    let encoded = |profile: ColorProfile| (profile.encode().unwrap(), ProfileSpace::Rgb);
    match name {
        "srgb" => (srgb().to_vec(), ProfileSpace::Rgb),
        "fogra39" => (fogra39().to_vec(), ProfileSpace::Cmyk),
        "display-p3" => encoded(ColorProfile::new_display_p3()),
        "adobe-rgb" => encoded(ColorProfile::new_adobe_rgb()),
        "prophoto" => encoded(ColorProfile::new_pro_photo_rgb()),
        "gray-2.2" => {
            (ColorProfile::new_gray_with_gamma(2.2).encode().unwrap(), ProfileSpace::Gray)
        }
        _ => panic!("{name}"),
    }
}

fn numbers(text: &str, max: f64) -> [f64; 4] {
    let mut numbers = [0.0; 4];
    for (number, word) in numbers.iter_mut().zip(text.split_whitespace()) {
        *number = word.parse::<f64>().unwrap() / max;
    }
    numbers
}

#[test]
fn colours_come_out_as_from_little_cms() {
    let mut groups: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for line in GOLDEN.lines() {
        let (group, colours) = line.split_once(": ").unwrap();
        groups.entry(group).or_default().push(colours.split_once(" = ").unwrap());
    }
    assert_eq!(groups.len(), 14);
    for (group, colours) in groups {
        let words: Vec<_> = group.split(' ').collect();
        let (bytes, space) = profile(words[0]);
        let source = Profile { bytes, space };
        let (destination, _) = profile(words[1]);
        let to_press = words[1] == "fogra39";
        let (target, outputs, max) = if to_press {
            (ColorTarget::Press(&destination), 4, 100.0)
        } else {
            (ColorTarget::Srgb, 3, 255.0)
        };
        let channels = match space {
            ProfileSpace::Gray => Channels::Gray,
            ProfileSpace::Rgb => Channels::Rgb,
            ProfileSpace::Cmyk => Channels::Cmyk,
        };
        let intent = match words[2] {
            "0" => RenderingIntent::Perceptual,
            "1" => RenderingIntent::Relative,
            "2" => RenderingIntent::Saturation,
            _ => RenderingIntent::Absolute,
        };
        let transform = ColorTransforms::default()
            .get(channels, Some(&source), target, intent)
            .unwrap()
            .unwrap();
        let to_xyz =
            DeviceProfile::new(&destination).unwrap().to_xyz(RenderingIntent::Relative).unwrap();
        let lab = |numbers| lab_from_xyz(DeviceToXyz::apply(&to_xyz, numbers));
        let differences: Vec<f64> = colours
            .iter()
            .map(|(from, to)| {
                let from: Vec<u8> =
                    from.split_whitespace().map(|level| level.parse().unwrap()).collect();
                let mut ours = [0; 4];
                transform.convert(&from, &mut ours[..outputs]);
                let ours = ours.map(|level| f64::from(level) / 255.0);
                difference(lab(ours), lab(numbers(to, max)))
            })
            .collect();
        let count = u32::try_from(differences.len()).unwrap();
        let mean = differences.iter().sum::<f64>() / f64::from(count);
        let worst = differences.iter().copied().fold(0.0, f64::max);
        assert!(mean < 0.3 && worst < 1.2, "{group}: mean {mean:.3}, worst {worst:.3}");
    }
}

/// Black ink alone keeps a grey picture's lightness, scaled to the range between paper and full
/// black.
#[test]
fn grey_becomes_black_ink_that_looks_as_light() {
    let (bytes, space) = profile("gray-2.2");
    let source = Profile { bytes, space };
    let intent = RenderingIntent::Relative;
    let transform = ColorTransforms::default().get(
        Channels::Gray,
        Some(&source),
        ColorTarget::Black(fogra39()),
        intent,
    );
    let transform = transform.unwrap().unwrap();
    let (gray, press) =
        (DeviceProfile::new(&source.bytes).unwrap(), DeviceProfile::new(fogra39()).unwrap());
    let (gray, press) = (gray.to_xyz(intent).unwrap(), press.to_xyz(intent).unwrap());
    let full = press.apply([0.0, 0.0, 0.0, 1.0])[1];
    for level in 0..=255_u8 {
        let mut light = [0];
        transform.convert(&[level], &mut light);
        let ink = 1.0 - f64::from(light[0]) / 255.0;
        let expected = gray.apply([f64::from(level) / 255.0, 0.0, 0.0, 0.0])[1];
        let expected = full + (1.0 - full) * expected;
        let lightness = |y: f64| lab_from_xyz([y * 0.9642, y, y * 0.8249])[0];
        let found = press.apply([0.0, 0.0, 0.0, ink])[1];
        assert!((lightness(found) - lightness(expected)).abs() < 0.6, "{level}");
    }
}
