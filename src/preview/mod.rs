//! The book as it will be bound, in a browser: a server that follows the files while they are
//! edited, or one file to be mailed.
//!
//! [`Preview::load`] loads the book, [`Preview::serve`] answers requests, and
//! [`Preview::write`] writes the file. `page` makes a page of a state of the book, and `live`
//! serves it and makes the next state. Pages come from `html::page`, as in the fixed-layout e-book.

mod error;
mod live;
mod loader;
mod options;
mod page;
mod standalone;

use std::io::{self, Write};
use std::sync::Arc;

use crate::finding::Findings;
use crate::picture::ImageProcessor;

pub use error::PreviewError;
pub use live::server::Port;
pub use options::PreviewOptions;

use live::updates::Updates;
use live::{reload, server};
use loader::Loader;
use page::shown::Shown;

/// A book that is shown in a browser.
#[derive(Debug)]
pub struct Preview {
    loader: Loader,
    first: Shown,
    processor: ImageProcessor,
}

impl Preview {
    /// Loads the book and lays it out. For a server, photos are not examined for damage yet.
    ///
    /// # Errors
    /// None in practice: the page is written to memory.
    pub fn load(options: PreviewOptions) -> io::Result<Self> {
        let processor = ImageProcessor::new(options.project.processor.clone());
        let inspects = options.is_file;
        let mut loader = Loader::new(options);
        let first = if inspects { loader.load_and_inspect() } else { loader.load() }?;
        Ok(Self { loader, first, processor })
    }

    /// Whether the manifest describes a book.
    pub fn has_book(&self) -> bool {
        self.loader.has_book()
    }

    /// What was found in the manifest and its files, also if there is no book.
    pub fn findings(&self) -> &Findings {
        self.loader.findings()
    }

    /// The number of pictures in a file.
    pub fn picture_count(&self) -> usize {
        standalone::picture_count(&self.first)
    }

    /// Answers requests, and follows the files of the book, until the process ends.
    ///
    /// # Errors
    /// The server cannot be started, or the folders of the book cannot be watched.
    pub fn serve(self, port: Port) -> Result<(), PreviewError> {
        let updates = Arc::new(Updates::new(self.first));
        reload::start(self.loader, Arc::clone(&updates))?;
        server::serve(port, &updates, &Arc::new(self.processor))
    }

    /// Writes one HTML file with everything in it; `picture_done` is called after each picture.
    ///
    /// # Errors
    /// `out` cannot be written, or photos cannot be decoded.
    pub fn write(
        self,
        out: &mut dyn Write,
        picture_done: &mut dyn FnMut(),
    ) -> Result<(), PreviewError> {
        standalone::write(&self.first, &self.processor, out, picture_done)?;
        self.processor.close();
        Ok(())
    }
}
