//! Who made the book, in a line or two.

use super::{Book, Creator, Words};

impl Creator {
    /// The name as it stands among others: no line ends within it.
    pub fn unbroken(&self) -> String {
        self.name.replace(' ', "\u{a0}")
    }
}

/// So many names of a kind stand on a title page; more belong in the imprint.
const NAMES: usize = 3;

impl Book {
    /// Who made the book, as its title page has it: a line for each kind of work, of which
    /// there are three names at the most.
    pub fn bylines(&self) -> Vec<String> {
        let words = Words::of(&self.language);
        let named = |is_one: &dyn Fn(&str) -> bool| -> Vec<String> {
            let makers = self.creators.iter().filter(|maker| is_one(maker.role.code));
            makers.map(Creator::unbroken).collect()
        };
        let photographers = named(&|code| code == "pht");
        let writers = named(&|code| code == "aut");
        let others = named(&|code| !matches!(code, "pht" | "aut"));
        let few = |names: &[String]| (1..=NAMES).contains(&names.len());

        let mut lines = Vec::new();
        if few(&photographers) {
            lines.push(words.photographs_by.replace("{}", &words.names(&photographers)));
        }
        if few(&writers) {
            let names = words.names(&writers);
            // A book with one kind of maker needs no word for what they did.
            let alone = photographers.is_empty();
            lines.push(if alone { names } else { words.text_by.replace("{}", &names) });
        }
        if lines.is_empty() && few(&others) {
            lines.push(words.names(&others));
        }
        lines
    }

    /// The photographers, when they are too many for the title page: for the imprint.
    pub fn crowded_byline(&self) -> Option<String> {
        let makers = self.creators.iter().filter(|maker| maker.role.code == "pht");
        let names: Vec<String> = makers.map(Creator::unbroken).collect();
        let words = Words::of(&self.language);
        (names.len() > NAMES).then(|| words.photographs_by.replace("{}", &words.names(&names)))
    }

    /// What is read on the cover, and that it is one: title, the line under it, who made the
    /// book, each as a sentence.
    pub fn cover_words(&self) -> String {
        let words = Words::of(&self.language);
        let title = format!("{}: {}", words.cover, self.title);
        let lines = [title].into_iter().chain(self.subtitle.clone()).chain(self.bylines());
        let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let (stop, gap) = if words.comma == "、" { ("。", "") } else { (".", " ") };
        let ended = |line: String| {
            let ends = line.ends_with(|c: char| ".!?…。！？؟".contains(c));
            if ends { line } else { line + stop }
        };
        lines.map(ended).collect::<Vec<_>>().join(gap)
    }

    /// What the imprint says of the credit that all plates share: a bare name would be a riddle.
    pub fn shared_byline(&self) -> Option<String> {
        let credit = self.shared_credit()?;
        let photographer =
            self.creators.iter().find(|maker| maker.role.code == "pht" && maker.name == credit);
        let words = Words::of(&self.language);
        Some(match photographer {
            Some(maker) => words.photographs_by.replace("{}", &maker.unbroken()),
            None => credit.to_owned(),
        })
    }

    /// The credit of all plates, if they have one and the same: it then stands in the
    /// imprint alone.
    pub fn shared_credit(&self) -> Option<&str> {
        let mut credits = self.plates().map(|(_, plate)| plate.credit.as_deref());
        let first = credits.next()??;
        credits.all(|credit| credit == Some(first)).then_some(first)
    }
}
