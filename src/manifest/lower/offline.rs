//! Lowers the section `offline`.

use crate::finding::{Code, Finding};
use crate::manifest::keys::forms::{Key, OneOrMany};
use crate::manifest::keys::offline::{IncludedEdition, OfflineKeys};
use crate::manifest::lower::context::LowerContext;
use crate::manifest::lower::values::{each, value};
use crate::manifest::syntax::de::Spanned;
use crate::model::{EditionSet, Offline, OfflineForm};

/// The settings of the offline edition; `requested` if the manifest has the section.
pub(super) fn offline(
    key: Key<OfflineKeys>,
    requested: bool,
    context: &mut LowerContext<'_>,
) -> Offline {
    let default = Offline::default();
    let keys = value(key).unwrap_or_default();
    let form = value(keys.form).unwrap_or(default.form);
    Offline {
        form,
        max_edge: keys.max_edge.map_or(default.max_edge, |edge| edge.value.0),
        include: keys.include.map(|include| included(include, form, context)),
        max_size: keys.max_size.map(|size| size.value.0),
        requested,
    }
}

/// The editions inside, of which one HTML file can have none.
fn included(
    key: Spanned<OneOrMany<IncludedEdition>>,
    form: OfflineForm,
    context: &mut LowerContext<'_>,
) -> EditionSet {
    let span = key.span;
    let editions: EditionSet = each(Some(key)).into_iter().map(|edition| edition.value.0).collect();
    if form == OfflineForm::File && !editions.is_empty() {
        let message = "one HTML file cannot include other editions";
        let finding = Finding::new(Code::WrongValue, message)
            .help("use `form: zip` or `form: folder`, or omit `include`");
        context.report(span, finding);
        return EditionSet::EMPTY;
    }
    editions
}
