//! The order of the parts of a text: its title, its deck, its dateline, and the rest; and the plate
//! on the page of its title.

use super::{
    Block, Book, CaptionPosition, Entry, EntryId, PictureOpenings, Plate, PlateLayout, Side, deck,
    heading_deck, split_dateline,
};

impl Book {
    /// The blocks of the text of an entry in the order in which they are read: the dateline is below
    /// the deck.
    pub fn text_in_order(&self, id: EntryId) -> Vec<&Block> {
        let Some(entry) = self.entries.get(id.0) else { return Vec::new() };
        let blocks = entry.blocks();
        let Some((title, below_title)) = split_title(entry) else { return blocks.iter().collect() };
        let (dateline, text) = split_dateline(below_title);
        let has_deck = if self.plate_below_title(id).is_some() {
            deck(text).is_some()
        } else {
            heading_deck(text).is_some()
        };
        let (above, below) = text.split_at(usize::from(has_deck && dateline.is_some()));
        let dateline = &below_title[..below_title.len() - text.len()];
        [title, above, dateline, below].into_iter().flatten().collect()
    }

    /// Whether the first paragraph of the text of an entry is a deck.
    pub fn has_deck_paragraph(&self, id: EntryId) -> bool {
        let text = self.entries.get(id.0).and_then(split_title).map(|(_, text)| text);
        let (_, text) = split_dateline(text.unwrap_or_default());
        self.plate_below_title(id).is_some()
            && matches!(text, [Block::Paragraph(_), ..])
            && deck(text).is_some()
    }

    /// The plate on the page of the title of a text or a chapter, if the design has titles on the
    /// pages of plates: a framed one directly after it, which may be on a recto.
    pub fn plate_below_title(&self, id: EntryId) -> Option<(EntryId, &Plate)> {
        let next = EntryId(id.0 + 1);
        let is_below = |plate: &&Plate| {
            plate.layout == PlateLayout::Framed
                && plate.caption_position != CaptionPosition::Facing
                && plate.side != Some(Side::Verso)
                && !plate.keep_with_next
        };
        match (self.entries.get(id.0)?, self.entries.get(next.0)?) {
            (Entry::Essay(_) | Entry::Chapter(_), Entry::Plate(plate))
                if self.design.style.openings == PictureOpenings::Picture =>
            {
                Some((next, plate.as_ref())).filter(|(_, plate)| is_below(plate))
            }
            _ => None,
        }
    }
}

/// The title of a text, if it is one of its blocks, and what is below it; `None` without a title.
fn split_title(entry: &Entry) -> Option<(&[Block], &[Block])> {
    match (entry, entry.blocks()) {
        (Entry::Part(_) | Entry::Chapter(_), blocks) => Some((&[], blocks)),
        (Entry::Essay(_) | Entry::Colophon(_), blocks @ [Block::Heading { .. }, ..]) => {
            Some(blocks.split_at(1))
        }
        _ => None,
    }
}
