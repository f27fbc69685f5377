//! The fonts of the manifest: those that cannot show text are not used.

use crate::finding::{Code, Finding};
use crate::model::{Fallback, FontFile, Fonts};
use crate::typeset;

/// Removes the fonts that draw nothing for their letters, and reports them.
pub(super) fn remove_undrawn(fonts: &mut Fonts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut keep = |file: &FontFile| {
        let undrawn = typeset::inspect(file).and_then(|font| font.undrawn);
        findings.extend(undrawn.map(|character| undrawn_finding(file, character)));
        undrawn.is_none()
    };
    for files in [&mut fonts.serif, &mut fonts.sans, &mut fonts.mono] {
        files.retain(&mut keep);
    }
    if let Fallback::Files(files) = &mut fonts.fallback {
        files.retain(&mut keep);
    }
    findings
}

/// Puts static instances in place of variable fonts, and returns whether there were any.
pub(super) fn instantiate(fonts: &mut Fonts) -> bool {
    let mut changed = false;
    let mut replace = |files: &mut Vec<FontFile>| {
        let replaced = std::mem::take(files).into_iter().flat_map(|file| {
            let Some(instances) = typeset::instances(&file.bytes) else { return vec![file] };
            changed = true;
            let named = |bytes| FontFile { name: file.name.clone(), bytes };
            instances.into_iter().map(named).collect()
        });
        *files = replaced.collect();
    };
    [&mut fonts.serif, &mut fonts.sans, &mut fonts.mono].into_iter().for_each(&mut replace);
    if let Fallback::Files(files) = &mut fonts.fallback {
        replace(files);
    }
    changed
}

/// Reports the fonts that are still variable, each once.
pub(super) fn variable(fonts: &Fonts) -> Vec<Finding> {
    let fallback: &[FontFile] = match &fonts.fallback {
        Fallback::Files(files) => files,
        Fallback::None | Fallback::System => &[],
    };
    let mut seen = std::collections::BTreeSet::new();
    let files = [&fonts.serif[..], &fonts.sans, &fonts.mono, fallback].into_iter().flatten();
    files
        .filter(|file| seen.insert(file.name.as_str()))
        .filter_map(|file| {
            let axes = typeset::inspect(file)?.axes;
            (!axes.is_empty()).then(|| variable_finding(file, &axes.join(", ")))
        })
        .collect()
}

fn undrawn_finding(file: &FontFile, character: char) -> Finding {
    let message = format!(
        "{} has no outlines for “{character}” and most of its letters, and is not used",
        file.name
    );
    Finding::new(Code::FontEmpty, message)
        .help("use a font with outlines; bitmap and colour fonts cannot be used")
}

fn variable_finding(file: &FontFile, axes: &str) -> Finding {
    let message =
        format!("{} is a variable font; PDFs show only its default instance ({axes})", file.name);
    Finding::new(Code::FontVariable, message).help(
        "use the static fonts of the family, such as its Regular, Italic and SemiBold; they often \
         come in a folder named static",
    )
}
