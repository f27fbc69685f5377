//! Why a preview cannot be shown.

use std::io;

use crate::picture::PictureErrors;

/// Why a preview cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The port that was asked for cannot be used.
    #[error("port {port} cannot be used: {source}")]
    Port {
        /// The port.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// No port is free.
    #[error("no port from {first} to {last} is free")]
    NoPort {
        /// The first port that was tried.
        first: u16,
        /// The last one.
        last: u16,
    },
    /// The server cannot be started.
    #[error("the server cannot be started: {0}")]
    Server(String),
    /// The folders of the book cannot be watched.
    #[error("changes of files cannot be noticed: {0}")]
    Watch(#[from] notify::Error),
    /// The file cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Photos cannot be decoded.
    #[error(transparent)]
    Pictures(#[from] PictureErrors),
}
