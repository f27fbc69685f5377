//! Scales photos as the editions do, and nothing else, for `benches/scaling` and `benches/ebook`.
//!
//! `scale JOBS MAX_EDGE MAX_PIXELS QUALITY OUT PHOTO…`
#![expect(clippy::disallowed_methods, reason = "a benchmark reads its arguments, and writes")]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use recto::picture::{self, ImageProcessor, ProcessorOptions, Profiles, ScaleOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [jobs, max_edge, max_pixels, quality, out, photos @ ..] = arguments.as_slice() else {
        return Err("usage: scale JOBS MAX_EDGE MAX_PIXELS QUALITY OUT PHOTO…".into());
    };
    let options = ScaleOptions {
        max_edge: max_edge.parse()?,
        max_pixels: max_pixels.parse()?,
        quality: quality.parse()?,
    };
    let mut profiles = Profiles::default();
    let mut pictures = Vec::new();
    for photo in photos {
        let probed = picture::probe(Path::new(photo), photo, &mut profiles);
        pictures.push(probed.map_err(|finding| finding.message)?.picture);
    }
    let processor = ImageProcessor::new(ProcessorOptions {
        jobs: jobs.parse()?,
        ..ProcessorOptions::default()
    });
    processor.in_order(
        pictures.iter(),
        |picture| Some(picture),
        |picture| processor.scaled(picture, &options),
        |picture, scaled| {
            let name = Path::new(&picture.name).with_extension("jpg");
            let name = name.file_name().ok_or("a photo without a name")?;
            Ok(fs::write(Path::new(out).join(name), scaled?.jpeg)?)
        },
    )
}
