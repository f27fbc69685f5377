//! The parts of a book, and which entries belong to each.

use super::{Book, Entry, EntryId};

impl Book {
    /// The part that each entry belongs to, in the order of the entries.
    ///
    /// A part reaches to the next one. Texts after everything else, such as an afterword, belong to
    /// the whole book if the last part has chapters.
    pub fn parts_of_entries(&self) -> Vec<Option<EntryId>> {
        let mut parts = Vec::with_capacity(self.entries.len());
        let mut open = None;
        for (id, entry) in self.numbered() {
            let own = match entry {
                Entry::Part(_) => {
                    open = Some(id);
                    None
                }
                Entry::Frontispiece(_)
                | Entry::Dedication(_)
                | Entry::Epigraph(_)
                | Entry::Colophon(_) => None,
                Entry::Essay(_) | Entry::Plate(_) | Entry::Chapter(_) | Entry::Blank(_) => open,
            };
            parts.push(own);
        }
        let in_last_part = |(id, _): &(EntryId, &Entry)| open.is_some() && parts[id.0] == open;
        let has_chapters = self
            .numbered()
            .filter(in_last_part)
            .any(|(_, entry)| matches!(entry, Entry::Chapter(_)));
        if has_chapters {
            let is_after = |entry: &Entry| {
                matches!(entry, Entry::Essay(_) | Entry::Blank(_) | Entry::Colophon(_))
            };
            let last = self.entries.iter().rposition(|entry| !is_after(entry)).unwrap_or(0);
            parts.iter_mut().skip(last + 1).for_each(|part| *part = None);
        }
        parts
    }
}
