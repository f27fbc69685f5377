//! Bylines: the creators of the book in a line or two.

use super::{Book, Creator, Role, Strings};

impl Creator {
    /// The name without break opportunities.
    pub fn unbroken(&self) -> String {
        self.name.replace(' ', "\u{a0}")
    }
}

/// The maximum number of names per role on a title page; others are listed in the imprint.
const NAMES: usize = 3;

/// The role codes for which every language has phrases.
const PHOTOGRAPHER: &str = "pht";
const WRITER: &str = "aut";

fn is_other(code: &str) -> bool {
    !matches!(code, PHOTOGRAPHER | WRITER)
}

fn few(names: &[String]) -> bool {
    (1..=NAMES).contains(&names.len())
}

impl Book {
    /// The bylines of the title page: a line per role, with three names at most.
    pub fn bylines(&self) -> Vec<String> {
        let words = Strings::for_language(&self.language);
        let photographers = self.named(|code| code == PHOTOGRAPHER);
        let writers = self.named(|code| code == WRITER);

        let mut lines = Vec::new();
        if few(&photographers) {
            lines.push(words.photographs_by.replace("{}", &words.names(&photographers)));
        }
        if few(&writers) {
            let names = words.names(&writers);
            // A book with only one role needs no phrase for it.
            let alone = photographers.is_empty();
            lines.push(if alone { names } else { words.text_by.replace("{}", &names) });
        }
        let others = self.named(is_other);
        if lines.is_empty() && few(&others) {
            lines.push(words.names(&others));
        }
        lines
    }

    /// The bylines of the imprint, for creators not named on the title page: a line per role.
    pub fn imprint_bylines(&self) -> Vec<String> {
        let words = Strings::for_language(&self.language);
        let known = |code: &'static str| few(&self.named(|other| other == code));
        let others_stand_there =
            !known(PHOTOGRAPHER) && !known(WRITER) && few(&self.named(is_other));
        let mut roles: Vec<Role> = Vec::new();
        for maker in &self.creators {
            if !roles.contains(&maker.role) {
                roles.push(maker.role);
            }
        }
        let line = |role: &Role| {
            let names = words.names(&self.named(|code| code == role.code));
            match role.code {
                PHOTOGRAPHER => words.photographs_by.replace("{}", &names),
                WRITER => words.text_by.replace("{}", &names),
                // The terms of roles are English.
                _ if self.language.primary() == "en" => {
                    let mut term = role.term.to_owned();
                    term.get_mut(..1).map(str::make_ascii_uppercase);
                    format!("{term}: {names}")
                }
                _ => names,
            }
        };
        let is_left = |role: &&Role| {
            if is_other(role.code) { !others_stand_there } else { !known(role.code) }
        };
        roles.iter().filter(is_left).map(line).collect()
    }

    /// The names of the creators whose role code satisfies the condition.
    fn named(&self, is_one: impl Fn(&str) -> bool) -> Vec<String> {
        let makers = self.creators.iter().filter(|maker| is_one(maker.role.code));
        makers.map(Creator::unbroken).collect()
    }

    /// The alternative text of the cover's text: title, subtitle and bylines, each as a
    /// sentence.
    pub fn cover_text(&self) -> String {
        let words = Strings::for_language(&self.language);
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

    /// The credit shared by all plates, as a phrase for the imprint: a name alone would be
    /// unclear.
    pub fn shared_byline(&self) -> Option<String> {
        let credit = self.shared_credit()?;
        let photographer = self
            .creators
            .iter()
            .find(|maker| maker.role.code == PHOTOGRAPHER && maker.name == credit);
        let words = Strings::for_language(&self.language);
        Some(match photographer {
            Some(maker) => words.photographs_by.replace("{}", &maker.unbroken()),
            None => credit.to_owned(),
        })
    }

    /// The credit of all plates, if they all have the same: it is then printed only in the
    /// imprint.
    pub fn shared_credit(&self) -> Option<&str> {
        let mut credits = self.plates().map(|(_, plate)| plate.credit.as_deref());
        let first = credits.next()??;
        credits.all(|credit| credit == Some(first)).then_some(first)
    }
}
