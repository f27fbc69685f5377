//! Words to glyphs: faces, shaping, line breaking. Pure: faces come in as bytes,
//! lines go out; nothing here knows of pages.

mod abbreviations;
mod balance;
mod bidi;
mod breaks;
mod bundled;
mod coverage;
mod face;
mod faces;
mod features;
mod fit;
mod hyphens;
mod line;
mod measure;
mod paragraph;
mod pieces;
mod prose;
mod protrusion;
mod shape;
mod style;

use face::Cut;

pub use face::{Face, FaceData};
pub use faces::{FaceError, Faces, Metrics, Missing};
pub use paragraph::{Align, Line, LineLink, Paragraph, Setting, Span, line, set};
pub use style::{Capitals, Family, Figures, Slant, Style, Weight};
