//! Where credit lines are printed.

use schemars::JsonSchema;
use serde::Deserialize;

/// Where the credit lines of photos are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Credits {
    /// On the imprint page if all photos have the same credit, else below each photo.
    #[default]
    Auto,
    /// Below each photo.
    Each,
    /// On the imprint page only, each different credit once.
    Imprint,
    /// Below each photo and on the imprint page.
    Both,
}
