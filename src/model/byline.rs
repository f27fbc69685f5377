//! Bylines and credits: the creators of the book in a line or two.

use super::{Book, Creator, Credits, Role, Strings};

impl Creator {
    /// The name without break opportunities.
    pub fn non_breaking(&self) -> String {
        self.name.replace(' ', "\u{a0}")
    }

    /// The part of the name that it is sorted by, if the name has others.
    fn family_name(&self) -> Option<String> {
        let (family, _) = self.sort.as_deref()?.split_once(',')?;
        let family = family.trim();
        self.name.contains(family).then(|| family.replace(' ', "\u{a0}"))
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
        let strings = Strings::for_language(&self.language);
        let photographers = self.named(|code| code == PHOTOGRAPHER);
        let writers = self.named(|code| code == WRITER);

        let mut lines = Vec::new();
        if few(&photographers) {
            lines.push(strings.photographs_by.replace("{}", &strings.names(&photographers)));
        }
        if few(&writers) {
            let names = strings.names(&writers);
            // A book with only one role needs no phrase for it.
            let only_role = photographers.is_empty();
            lines.push(if only_role { names } else { strings.text_by.replace("{}", &names) });
        }
        let others = self.named(is_other);
        if lines.is_empty() && few(&others) {
            lines.push(strings.names(&others));
        }
        lines
    }

    /// The bylines of the imprint, for creators not named on the title page: a line per role.
    pub fn imprint_bylines(&self) -> Vec<String> {
        let strings = Strings::for_language(&self.language);
        let fits_on_title_page = |code: &'static str| few(&self.named(|other| other == code));
        let others_stand_there = !fits_on_title_page(PHOTOGRAPHER)
            && !fits_on_title_page(WRITER)
            && few(&self.named(is_other));
        let mut roles: Vec<Role> = Vec::new();
        for maker in &self.creators {
            if !roles.contains(&maker.role) {
                roles.push(maker.role);
            }
        }
        let line = |role: &Role| {
            let names = strings.names(&self.named(|code| code == role.code));
            match role.code {
                PHOTOGRAPHER => strings.photographs_by.replace("{}", &names),
                WRITER => strings.text_by.replace("{}", &names),
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
            if is_other(role.code) { !others_stand_there } else { !fits_on_title_page(role.code) }
        };
        roles.iter().filter(is_left).map(line).collect()
    }

    /// The names on the spine: those of the photographers and writers, or of others if there are
    /// none; `None` if they are too many for it.
    pub fn names_on_spine(&self) -> Option<String> {
        let creators = self.creators_on_spine();
        let names: Vec<String> = creators.iter().map(|creator| creator.non_breaking()).collect();
        (!names.is_empty()).then(|| Strings::for_language(&self.language).names(&names))
    }

    /// The same with their family names alone; `None` if one of them is not known.
    pub fn family_names_on_spine(&self) -> Option<String> {
        let creators = self.creators_on_spine();
        let names: Option<Vec<String>> =
            creators.iter().map(|creator| creator.family_name()).collect();
        let names = names.filter(|names| !names.is_empty())?;
        Some(Strings::for_language(&self.language).names(&names))
    }

    fn creators_on_spine(&self) -> Vec<&Creator> {
        const ON_SPINE: usize = 3;
        let mut creators: Vec<&Creator> =
            self.creators.iter().filter(|maker| !is_other(maker.role.code)).collect();
        if creators.is_empty() {
            creators = self.creators.iter().collect();
        }
        let mut known: Vec<&Creator> = Vec::new();
        for creator in creators {
            if known.iter().all(|other| other.name != creator.name) {
                known.push(creator);
            }
        }
        if known.len() > ON_SPINE { Vec::new() } else { known }
    }

    /// The names of the creators whose role code satisfies the condition.
    fn named(&self, is_one: impl Fn(&str) -> bool) -> Vec<String> {
        let makers = self.creators.iter().filter(|maker| is_one(maker.role.code));
        makers.map(Creator::non_breaking).collect()
    }

    /// The alternative text of the cover's text: title, subtitle, bylines and publisher, each as
    /// a sentence.
    pub fn cover_text(&self) -> String {
        let strings = Strings::for_language(&self.language);
        let title = format!("{}: {}", strings.cover, self.title);
        let lines = [title].into_iter().chain(self.subtitle.clone()).chain(self.bylines());
        let lines = lines.chain(self.publisher.clone());
        let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let (stop, gap) = if strings.comma == "、" { ("。", "") } else { (".", " ") };
        let ended = |line: String| {
            let ends = line.ends_with(|c: char| ".!?…。！？؟".contains(c));
            if ends { line } else { line + stop }
        };
        lines.map(ended).collect::<Vec<_>>().join(gap)
    }

    /// The credits on the imprint page, a paragraph each.
    pub fn imprint_credits(&self) -> Vec<String> {
        let credits = self.distinct_credits();
        match self.credits {
            Credits::Each => Vec::new(),
            Credits::Auto if self.shared_credit().is_none() => Vec::new(),
            Credits::Auto | Credits::Imprint | Credits::Both => self.credit_lines(&credits),
        }
    }

    /// Whether each plate has its credit line.
    pub fn has_plate_credits(&self) -> bool {
        match self.credits {
            Credits::Each | Credits::Both => true,
            Credits::Imprint => false,
            Credits::Auto => self.shared_credit().is_none(),
        }
    }

    /// The different credits of the plates, in the order of the book.
    fn distinct_credits(&self) -> Vec<&str> {
        let mut credits = Vec::new();
        for credit in self.plates_and_openers().filter_map(|(_, plate)| plate.credit.as_deref()) {
            if !credit.is_empty() && !credits.contains(&credit) {
                credits.push(credit);
            }
        }
        credits
    }

    /// Credits as phrases: a name alone would be unclear, so the names of photographers are in one
    /// sentence. Any other text is as the author wrote it.
    fn credit_lines(&self, credits: &[&str]) -> Vec<String> {
        let strings = Strings::for_language(&self.language);
        let photographer = |credit: &&str| {
            let is_one =
                |maker: &&Creator| maker.role.code == PHOTOGRAPHER && maker.name == **credit;
            self.creators.iter().find(is_one).map(Creator::non_breaking)
        };
        let names: Vec<String> = credits.iter().filter_map(photographer).collect();
        let others = credits.iter().filter(|credit| photographer(credit).is_none());
        let mut lines = Vec::new();
        if !names.is_empty() {
            lines.push(strings.photographs_by.replace("{}", &strings.names(&names)));
        }
        lines.extend(others.map(|credit| (*credit).to_owned()));
        lines
    }

    /// The credit of all plates, if they all have the same.
    pub fn shared_credit(&self) -> Option<&str> {
        let mut credits = self.plates_and_openers().map(|(_, plate)| plate.credit.as_deref());
        let first = credits.next()??;
        credits.all(|credit| credit == Some(first)).then_some(first)
    }
}
