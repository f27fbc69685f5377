//! How far the work is, for someone who watches a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that counts pictures; it vanishes when it goes out of scope.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Drawn on standard error, and only if someone watches.
    pub(super) fn new(name: &str, pictures: usize, watched: bool) -> Self {
        let target =
            if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(pictures as u64), target);
        let style = ProgressStyle::with_template("{msg}  {wide_bar}  {pos}/{len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("━╸ "));
        bar.set_message(name.to_owned());
        Self(bar)
    }

    /// One more picture is written.
    pub(super) fn advance(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
