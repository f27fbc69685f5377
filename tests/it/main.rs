//! recto's tests: one binary, a file per subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it does not expect"
)]

mod any_book;
mod architecture;
mod captions_table;
mod captions_texts;
mod cli;
mod colours;
mod converters;
mod cover;
mod cover_barcode;
mod cover_subject;
mod crops;
mod damaged_photos;
mod design;
mod design_pages;
mod docs;
mod epub;
mod epub_screens;
mod essays;
mod faults_builds;
mod faults_photos;
mod faults_writers;
mod file_patterns;
mod fixed_layout;
mod fonts;
mod formats;
mod front_and_back_matter;
#[cfg(feature = "heif")]
mod heif;
mod hostile_fonts;
mod hostile_manifests;
mod hostile_paths;
mod hostile_photos;
mod huge_texts;
mod index;
mod init;
mod languages;
mod languages_together;
mod library;
mod long_titles;
mod manifest;
mod markdown;
mod odd_formats;
mod odd_texts;
mod offline;
mod offline_assets;
mod offline_read_me;
mod offline_settings;
mod openers;
mod output_folder;
mod pagination;
mod parts;
mod pdf;
mod pdf_text;
mod photo_metadata;
mod photo_pixels;
mod photo_texts;
mod pictures;
mod plate_pages;
mod plate_sizes;
mod plates;
mod preflight;
mod press_size;
mod preview;
mod printers;
mod processor;
mod punctuation;
mod retained_metadata;
mod same_photo;
mod screen_faces;
mod scripts;
mod specimen;
mod standards;
mod stated_colours;
mod stores;
mod structure;
mod support;
mod text_pages;
mod text_spacing;
mod tiff_images;
mod typesetting;
mod verse;
