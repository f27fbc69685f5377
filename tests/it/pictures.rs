//! The room's promises.

use std::path::{Path, PathBuf};
use std::time::Instant;

use recto::picture::{self, Profiles, Recipe};

/// The folder of photos beside the repository, on machines that have one.
fn shared(folder: &str) -> Vec<PathBuf> {
    let root = std::env::var_os("RECTO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let Ok(files) = std::fs::read_dir(root.join(folder)) else { return Vec::new() };
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_photo_in_the_shared_folders_gives_a_picture_or_a_finding() {
    let recipe = Recipe { max_edge: 600, max_pixels: u64::MAX, quality: 85 };
    let out = std::env::var_os("RECTO_OUT").map(PathBuf::from);
    for folder in ["photos", "torture"] {
        for path in shared(folder) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let begin = Instant::now();
            let mut profiles = Profiles::default();
            let probed = picture::probe(&path, name, &mut profiles);
            let looked = begin.elapsed();
            let Ok(probed) = probed.map_err(|finding| {
                println!("{looked:?} {}: {} — {:?}", finding.code, finding.message, finding.help);
            }) else {
                continue;
            };
            println!("{looked:?} {name} {:?} {:?}", probed.picture, probed.metadata);
            for finding in &probed.findings {
                println!("   {} {} {}", finding.severity, finding.code, finding.message);
            }
            match picture::scaled(&probed.picture, &recipe) {
                Ok(scaled) => {
                    if let Some(out) = &out {
                        std::fs::write(out.join(format!("{name}.jpg")), &scaled.jpeg).unwrap();
                    }
                }
                Err(error) => println!("   scaled: {error}"),
            }
            match picture::passage(&probed.picture) {
                Ok(passage) => {
                    let length = passage.length;
                    let mut bytes = Vec::new();
                    passage.copy(&mut bytes).unwrap();
                    assert_eq!(bytes.len() as u64, length, "{name}");
                }
                Err(error) => println!("   passage: {error}"),
            }
            assert!(begin.elapsed().as_secs() < 10, "{name} takes {:?}", begin.elapsed());
        }
    }
}
