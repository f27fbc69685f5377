//! The standards that the print PDF is asked to conform to.

use crate::finding::{Code, Finding};
use crate::manifest::keys::forms::{Key, OneOrMany};
use crate::manifest::keys::print::StandardKey;
use crate::manifest::lower::context::LowerContext;
use crate::manifest::syntax::de::Spanned;
use crate::model::{PdfX, Standards};

/// The standards, if the manifest names any that a file can meet together.
pub(crate) fn standards(
    key: Key<OneOrMany<StandardKey>>,
    context: &mut LowerContext<'_>,
) -> Option<Standards> {
    let key = key?;
    let span = key.span;
    let names = key.into_vec();
    if names.is_empty() {
        let finding = Finding::new(Code::WrongValue, "`standard` names no standard")
            .help("write `standard: none` for a PDF of no standard");
        context.report(span, finding);
        return None;
    }
    let mut standards = Standards::NONE;
    for (index, &Spanned { value: name, span }) in names.iter().enumerate() {
        let earlier = names[..index].iter().map(|earlier| earlier.value);
        if let Some((earlier, help)) = earlier.into_iter().find_map(|it| conflict(it, name)) {
            let message = format!("a PDF cannot be {} and {} at once", earlier.name(), name.name());
            context.report(span, Finding::new(Code::WrongValue, message).help(help));
            return None;
        }
        match name {
            StandardKey::X4 => standards.x = Some(PdfX::X4),
            StandardKey::X1a | StandardKey::X1a2003 => standards.x = Some(PdfX::X1a2003),
            StandardKey::X1a2001 => standards.x = Some(PdfX::X1a2001),
            StandardKey::A2b => standards.a2b = true,
            StandardKey::None => {}
        }
    }
    Some(standards)
}

/// Why a file cannot meet both: the earlier one, and what to write instead. A standard may be
/// named twice.
fn conflict(earlier: StandardKey, name: StandardKey) -> Option<(StandardKey, &'static str)> {
    use StandardKey::{A2b, None as Nothing, X1a, X1a2003, X4};
    let help = match (earlier, name) {
        (one, other) if one == other => return None,
        (X1a, X1a2003) | (X1a2003, X1a) | (X4, A2b) | (A2b, X4) => return None,
        (Nothing, _) | (_, Nothing) => "omit `none`, or the other one",
        (A2b, _) | (_, A2b) => "for a file that is also an archive copy, write [pdf/x-4, pdf/a-2b]",
        _ => "name one of them: the one that the printer asks for",
    };
    Some((earlier, help))
}
