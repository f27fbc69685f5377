//! Errors of loading a font.

/// The reason why a font file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaceError {
    /// It is not an OpenType font, or is damaged.
    #[error("{0} is not a font, or is damaged")]
    Unreadable(String),
    /// Its licence bits forbid embedding (OS/2 `fsType`).
    #[error("{0} does not allow embedding")]
    Restricted(String),
}
