//! `recto schema`: what a manifest may hold, for editors and other programs.

use std::io::{self, Write};

use crate::manifest;

use super::write_whole;

pub(super) fn run(out: &mut impl Write) -> io::Result<()> {
    write_whole(out, &serde_json::to_vec_pretty(&manifest::schema())?)
}
