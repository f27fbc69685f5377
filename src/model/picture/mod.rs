//! Picture files: their properties, the point that a crop keeps, and how they are turned.

mod file;
mod focus;
mod orientation;
mod photo_map;
mod subject;
mod turn;

pub use file::{
    ColorModel, Damage, Format, HdrEncoding, HdrTransfer, LostPart, Metadata, Picture, Pixels,
    PrivateMetadata, Profile, ProfileSpace, RetainedMetadata, Sourced, StatedSpace, TextEncoding,
};
pub use focus::Focus;
pub use orientation::Orientation;
pub use photo_map::{Peak, PhotoCell, PhotoMap, PhotoPart};
pub use subject::{Region, Subject};
pub use turn::Turn;
