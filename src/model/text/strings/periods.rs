//! Times as they are written in each language: dates, seasons, decades, estimates, intervals.

use super::{Date, Language, Strings};
use crate::model::{IntervalEnd, Period, PeriodTime, Season, Taken};

/// The words of one language for times. `{}` is replaced by a year or a date.
struct Words {
    /// The BCP 47 tag of the language.
    language: &'static str,
    /// An estimated date.
    approximate: &'static str,
    /// Spring, summer, autumn and winter of a year.
    seasons: [&'static str; 4],
    /// The decade that begins with a year; without one, its first and last year are written.
    decade: Option<&'static str>,
    /// An interval without an end, and one without a beginning.
    open: [&'static str; 2],
}

/// English is first because it is the fallback.
const WORDS: [Words; 17] = [
    Words {
        language: "en",
        approximate: "c. {}",
        seasons: ["spring {}", "summer {}", "autumn {}", "winter {}"],
        decade: Some("{}s"),
        open: ["from {}", "until {}"],
    },
    Words {
        language: "en-US",
        approximate: "c. {}",
        seasons: ["spring {}", "summer {}", "fall {}", "winter {}"],
        decade: Some("{}s"),
        open: ["from {}", "until {}"],
    },
    Words {
        language: "de",
        approximate: "um {}",
        seasons: ["Frühling {}", "Sommer {}", "Herbst {}", "Winter {}"],
        decade: Some("{}er-Jahre"),
        open: ["ab {}", "bis {}"],
    },
    Words {
        language: "fr",
        approximate: "vers {}",
        seasons: ["printemps {}", "été {}", "automne {}", "hiver {}"],
        decade: Some("années {}"),
        open: ["à partir de {}", "jusqu’à {}"],
    },
    Words {
        language: "es",
        approximate: "hacia {}",
        seasons: ["primavera de {}", "verano de {}", "otoño de {}", "invierno de {}"],
        decade: Some("década de {}"),
        open: ["desde {}", "hasta {}"],
    },
    Words {
        language: "pt",
        approximate: "cerca de {}",
        seasons: ["primavera de {}", "verão de {}", "outono de {}", "inverno de {}"],
        decade: Some("década de {}"),
        open: ["desde {}", "até {}"],
    },
    Words {
        language: "it",
        approximate: "circa {}",
        seasons: ["primavera {}", "estate {}", "autunno {}", "inverno {}"],
        decade: Some("anni {}"),
        open: ["da {}", "fino a {}"],
    },
    Words {
        language: "nl",
        approximate: "ca. {}",
        seasons: ["voorjaar {}", "zomer {}", "herfst {}", "winter {}"],
        decade: Some("jaren {}"),
        open: ["vanaf {}", "tot {}"],
    },
    Words {
        language: "sv",
        approximate: "cirka {}",
        seasons: ["våren {}", "sommaren {}", "hösten {}", "vintern {}"],
        decade: Some("{}-talet"),
        open: ["från {}", "till {}"],
    },
    Words {
        language: "da",
        approximate: "ca. {}",
        seasons: ["foråret {}", "sommeren {}", "efteråret {}", "vinteren {}"],
        decade: Some("{}’erne"),
        open: ["fra {}", "til {}"],
    },
    Words {
        language: "no",
        approximate: "ca. {}",
        seasons: ["våren {}", "sommeren {}", "høsten {}", "vinteren {}"],
        decade: Some("{}-årene"),
        open: ["fra {}", "til {}"],
    },
    Words {
        language: "pl",
        approximate: "ok. {}",
        seasons: ["wiosna {}", "lato {}", "jesień {}", "zima {}"],
        decade: None,
        open: ["od {}", "do {}"],
    },
    Words {
        language: "ko",
        approximate: "{}경",
        seasons: ["{} 봄", "{} 여름", "{} 가을", "{} 겨울"],
        decade: Some("{}년대"),
        open: ["{}부터", "{}까지"],
    },
    Words {
        language: "ja",
        approximate: "{}頃",
        seasons: ["{}春", "{}夏", "{}秋", "{}冬"],
        decade: Some("{}年代"),
        open: ["{}から", "{}まで"],
    },
    Words {
        language: "zh",
        approximate: "约{}",
        seasons: ["{}春季", "{}夏季", "{}秋季", "{}冬季"],
        decade: Some("{}年代"),
        open: ["{}起", "至{}"],
    },
    Words {
        language: "ar",
        approximate: "حوالي {}",
        seasons: ["ربيع {}", "صيف {}", "خريف {}", "شتاء {}"],
        decade: None,
        open: ["منذ {}", "حتى {}"],
    },
    Words {
        language: "he",
        approximate: "בסביבות {}",
        seasons: ["אביב {}", "קיץ {}", "סתיו {}", "חורף {}"],
        decade: None,
        open: ["החל מ־{}", "עד {}"],
    },
];

/// For languages without words of their own: Latin, and no words where there is a way without.
const OTHER: Words = Words {
    language: "",
    approximate: "ca. {}",
    seasons: ["spring {}", "summer {}", "autumn {}", "winter {}"],
    decade: None,
    open: ["{}–", "–{}"],
};

fn words(language: &Language) -> &'static Words {
    let strings = Strings::for_language(language);
    let is_fallback = strings.language == "en" && language.primary() != "en";
    let known = WORDS.iter().find(|words| words.language == strings.language);
    known.filter(|_| !is_fallback).unwrap_or(&OTHER)
}

impl Taken {
    /// The time as written after a place, or with a capital if it begins a line without one:
    /// `Summer 1911`. What the manifest has in words stays as it is, and so does a lone letter
    /// (`c. 1911`).
    pub fn localized_after(&self, place: Option<&str>, language: &Language) -> String {
        let text = self.localized(language);
        let mut rest = text.chars();
        match (self, place, rest.next()) {
            (Self::Text(_), ..) | (_, Some(_), _) | (.., None) => text,
            _ if rest.as_str().starts_with('.') => text,
            (.., Some(first)) => first.to_uppercase().chain(rest).collect(),
        }
    }

    /// The time as written in this language: `c. 1911`, `summer 1911`, `1911–1913`.
    pub fn localized(&self, language: &Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Period(period) => period.localized(language),
            Self::Interval(start, end) => {
                let end_text = |end: &IntervalEnd| match end {
                    IntervalEnd::At(period) => period.localized(language),
                    IntervalEnd::Open => String::new(),
                    IntervalEnd::Unknown => "?".to_owned(),
                };
                let [from, until] = words(language).open;
                match (start, end) {
                    (_, IntervalEnd::Open) => from.replace("{}", &end_text(start)),
                    (IntervalEnd::Open, _) => until.replace("{}", &end_text(end)),
                    _ => {
                        let (start, end) = (end_text(start), end_text(end));
                        // A dash between dates of several words has spaces around it.
                        let is_long = start.contains(' ') || end.contains(' ');
                        if is_long {
                            format!("{start} – {end}")
                        } else {
                            format!("{start}–{end}")
                        }
                    }
                }
            }
        }
    }
}

impl Period {
    fn localized(self, language: &Language) -> String {
        let words = words(language);
        let mut text = self.time.localized(language, words);
        if self.approximate {
            text = words.approximate.replace("{}", &text);
        }
        if self.uncertain {
            text.push(if words.language == "ar" { '؟' } else { '?' });
        }
        text
    }
}

impl PeriodTime {
    fn localized(self, language: &Language, words: &Words) -> String {
        let digits = language.digits();
        let year_text = |year| Date { year, month: None, day: None }.localized(language);
        match self {
            Self::Date(date) => date.localized(language),
            Self::Season(season, year) => {
                let season = match season {
                    Season::Spring => words.seasons[0],
                    Season::Summer => words.seasons[1],
                    Season::Autumn => words.seasons[2],
                    Season::Winter => words.seasons[3],
                };
                season.replace("{}", &year_text(year))
            }
            Self::Decade(year) => match words.decade {
                Some(decade) => decade.replace("{}", &digits.write(year)),
                None => digits.write(format!("{year}–{}", year + 9)),
            },
            // The twentieth century begins in 1901, but `19XX` in 1900.
            Self::Century(year) => digits.write(format!("{year}–{}", year + 99)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: u16) -> PeriodTime {
        PeriodTime::Date(Date { year, month: None, day: None })
    }

    #[track_caller]
    fn assert_written(taken: &Taken, texts: &[(&str, &str)]) {
        for (language, text) in texts {
            assert_eq!(taken.localized(&Language::new(*language)), *text, "{language}");
        }
    }

    #[test]
    fn an_estimate_is_written_as_in_the_language() {
        let about = Period { time: year(1911), uncertain: false, approximate: true };
        assert_written(
            &Taken::Period(about),
            &[("en", "c. 1911"), ("de-AT", "um 1911"), ("fr", "vers 1911"), ("ja", "1911年頃")],
        );
        assert_written(&Taken::Period(about), &[("he", "בסביבות 1911"), ("cy", "ca. 1911")]);
        let doubtful = Period { uncertain: true, ..about };
        assert_written(&Taken::Period(doubtful), &[("en", "c. 1911?"), ("ar", "حوالي 1911؟")]);
    }

    #[test]
    fn a_time_that_begins_a_line_has_a_capital() {
        let about = Period { time: year(1911), uncertain: false, approximate: true };
        let about = Taken::Period(about);
        let open = Taken::Interval(IntervalEnd::At(year(1911).into()), IntervalEnd::Open);
        let spring = Taken::Period(PeriodTime::Season(Season::Spring, 1911).into());
        for (taken, language, expected) in [
            (&about, "de", "Um 1911"),
            (&about, "en", "c. 1911"),
            (&about, "cy", "Ca. 1911"),
            (&about, "he", "בסביבות 1911"),
            (&open, "en", "From 1911"),
            (&spring, "en", "Spring 1911"),
            (&Taken::Text("early one morning".into()), "en", "early one morning"),
        ] {
            assert_eq!(taken.localized_after(None, &Language::new(language)), expected);
        }
        assert_eq!(about.localized_after(Some("Bergen"), &Language::new("de")), "um 1911");
    }

    #[test]
    fn decades_and_centuries_are_words_or_years() {
        let decade = Taken::Period(PeriodTime::Decade(1920).into());
        assert_written(
            &decade,
            &[("en", "1920s"), ("de", "1920er-Jahre"), ("sv", "1920-talet"), ("pl", "1920–1929")],
        );
        let century = Taken::Period(PeriodTime::Century(1900).into());
        assert_written(&century, &[("en", "1900–1999"), ("zh", "1900–1999")]);
    }

    #[test]
    fn seasons_follow_the_country() {
        let autumn = Taken::Period(PeriodTime::Season(Season::Autumn, 1911).into());
        assert_written(
            &autumn,
            &[("en-GB", "autumn 1911"), ("en-US", "fall 1911"), ("ko", "1911년 가을")],
        );
    }

    #[test]
    fn an_interval_has_a_dash_with_spaces_between_words_only() {
        let at = |time: PeriodTime| IntervalEnd::At(time.into());
        let years = Taken::Interval(at(year(1911)), at(year(1913)));
        assert_written(&years, &[("en", "1911–1913"), ("ja", "1911年–1913年")]);
        let month = |month| PeriodTime::Date(Date { year: 1911, month: Some(month), day: None });
        let months = Taken::Interval(at(month(5)), at(month(7)));
        assert_written(&months, &[("en", "May 1911 – July 1911"), ("pl", "1911-05–1911-07")]);
        let open = Taken::Interval(at(year(1911)), IntervalEnd::Open);
        assert_written(&open, &[("en", "from 1911"), ("ja", "1911年から"), ("cy", "1911–")]);
        let before = Taken::Interval(IntervalEnd::Open, at(month(7)));
        assert_written(&before, &[("en", "until July 1911"), ("de", "bis Juli 1911")]);
        let until = Taken::Interval(IntervalEnd::Unknown, at(month(7)));
        assert_written(&until, &[("de", "? – Juli 1911")]);
    }
}
