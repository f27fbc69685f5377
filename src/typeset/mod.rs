//! Words to glyphs: faces, shaping, line breaking. Pure: faces come in as bytes,
//! lines go out; nothing here knows of pages.

mod faces;
mod paragraph;
mod style;

pub use faces::{Face, FaceError, Faces, Missing};
pub use paragraph::{Align, Line, LineLink, Paragraph, Setting, Span, set};
pub use style::{Capitals, Family, Figures, Slant, Style, Weight};
