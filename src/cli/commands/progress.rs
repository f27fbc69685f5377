//! The progress bar.

use indicatif::{ProgressDrawTarget, ProgressStyle};

use crate::cli::text::bytes;

/// A bar that counts pictures; it is removed when it is dropped.
pub(super) struct ProgressBar(indicatif::ProgressBar);

impl ProgressBar {
    /// A bar on standard error, or an invisible one.
    pub(super) fn new(name: &str, pictures: usize, visible: bool) -> Self {
        let target =
            if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = indicatif::ProgressBar::with_draw_target(Some(pictures as u64), target);
        let template = "{msg}  {wide_bar}  {pos}/{len} pictures  {prefix}  {eta} left";
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("━╸ "));
        bar.set_message(name.to_owned());
        Self(bar)
    }

    /// Shows how many bytes are written.
    pub(super) fn set_bytes(&self, size: u64) {
        self.0.set_prefix(bytes(size));
    }

    /// Shows how many pictures are done, of how many.
    pub(super) fn set(&self, done: usize, all: usize) {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
    }

    /// Counts one more picture.
    pub(super) fn advance(&self) {
        self.0.inc(1);
    }
}

impl Drop for ProgressBar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
