//! The environment of the process. No other file of recto reads it.
#![expect(clippy::disallowed_methods, reason = "only this file reads the environment")]

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;

use crate::finding::{Code, Finding};
use crate::model::Date;
use crate::picture::{Converters, Platform};

const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// A variable, unless it is empty.
fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The folder in which the command was run.
pub(super) fn current_folder() -> io::Result<PathBuf> {
    env::current_dir()
}

/// The file of the running program.
pub(super) fn program() -> Option<PathBuf> {
    env::current_exe().ok()
}

/// The current time, since 1970. It decides which cache entries are old.
pub(super) fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Whether a panic prints a backtrace, as Rust programs do on request.
pub(super) fn wants_backtrace() -> bool {
    env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0")
}

/// The time in `SOURCE_DATE_EPOCH`, which build systems set; `None` if the variable is not set.
///
/// An invalid value is an error, as the variable's specification demands.
pub(super) fn source_date_epoch() -> Result<Option<OffsetDateTime>, Finding> {
    let Some(value) = env::var_os(SOURCE_DATE_EPOCH) else { return Ok(None) };
    from_epoch(&value.to_string_lossy()).map(Some)
}

/// The day after the time in `SOURCE_DATE_EPOCH`, or else after the current time, since it may be
/// tomorrow already where a photo was taken. A photo from a later day was taken by a camera whose
/// clock is wrong. Nothing else of an edition depends on this day.
pub(super) fn today() -> Option<Date> {
    let now = || OffsetDateTime::UNIX_EPOCH.checked_add(time::Duration::try_from(now()).ok()?);
    let time = source_date_epoch().ok().flatten().or_else(now)?;
    let day = time.date().next_day()?;
    Some(Date {
        year: u16::try_from(day.year()).ok()?,
        month: Some(day.month().into()),
        day: Some(day.day()),
    })
}

/// The language of the user's computer, as a BCP 47 tag. `None` if it states none.
pub(super) fn language() -> Option<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(variable)
        .and_then(|locale| language_of_locale(locale.to_str()?))
}

/// `de-AT` of `de_AT.UTF-8@euro` (POSIX.1-2017, 8.2). The locales `C` and `POSIX` have no language.
fn language_of_locale(locale: &str) -> Option<String> {
    let tag = locale.split(['.', '@']).next()?.replace('_', "-");
    let primary = tag.split('-').next()?;
    let is_language =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase());
    is_language.then_some(tag)
}

fn from_epoch(value: &str) -> Result<OffsetDateTime, Finding> {
    let time = value.parse().ok().and_then(|s| OffsetDateTime::from_unix_timestamp(s).ok());
    time.filter(|time| time.year() >= 0).ok_or_else(|| {
        let message = format!("invalid {SOURCE_DATE_EPOCH} {value:?}: not a number of seconds");
        Finding::new(Code::SourceDateEpoch, message)
            .help("set it to a whole number of seconds since 1970-01-01T00:00:00Z, or unset it")
    })
}

/// The folder in `RECTO_CACHE`, or recto's folder in the user's cache folder; `None` for a user
/// without a home folder.
pub(super) fn cache_folder() -> Option<PathBuf> {
    cache_folder_from(variable)
}

fn cache_folder_from(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(folder) = variable("RECTO_CACHE") {
        return Some(folder.into());
    }
    // Relative paths are ignored (XDG Base Directory Specification).
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return Some(absolute("LOCALAPPDATA")?.join("recto").join("cache"));
    }
    if cfg!(target_os = "macos") {
        return Some(absolute("HOME")?.join("Library/Caches/recto"));
    }
    let caches = absolute("XDG_CACHE_HOME").or_else(|| Some(absolute("HOME")?.join(".cache")))?;
    Some(caches.join("recto"))
}

/// The converters of photos on the `PATH`.
pub(super) fn converters() -> Converters {
    let platform = if cfg!(windows) {
        Platform::Windows
    } else if cfg!(target_os = "macos") {
        Platform::MacOs
    } else {
        Platform::Linux
    };
    let folders: Vec<PathBuf> =
        variable("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    Converters::find(platform, |program| {
        let file = format!("{program}{}", env::consts::EXE_SUFFIX);
        // A relative folder would make the result depend on where the command is run.
        let absolute = folders.iter().filter(|folder| folder.is_absolute());
        absolute.map(|folder| folder.join(&file)).find(|path| path.is_file())
    })
}

/// The folders of installed fonts, of the system and of the user.
pub(super) fn font_folders() -> Vec<PathBuf> {
    let system =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"];
    let user = [
        ("HOME", ".fonts"),
        ("HOME", ".local/share/fonts"),
        ("HOME", "Library/Fonts"),
        ("XDG_DATA_HOME", "fonts"),
        ("WINDIR", "Fonts"),
        ("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
    ];
    let user = user
        .into_iter()
        .filter_map(|(name, folder)| Some(PathBuf::from(variable(name)?).join(folder)));
    system.map(PathBuf::from).into_iter().chain(user).filter(|it| it.is_dir()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache_folder_with(variables: &[(&str, &str)]) -> Option<PathBuf> {
        cache_folder_from(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
        })
    }

    #[test]
    fn recto_cache_comes_before_the_system_folder() {
        let variable = ("RECTO_CACHE", "cache/here");
        assert_eq!(
            cache_folder_with(&[variable, ("HOME", "/home/ada")]),
            Some("cache/here".into())
        );
        assert_eq!(cache_folder_with(&[]), None);
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn the_system_folder_follows_the_xdg_specification() {
        let home = ("HOME", "/home/ada");
        assert_eq!(cache_folder_with(&[home]), Some("/home/ada/.cache/recto".into()));
        let elsewhere = ("XDG_CACHE_HOME", "/var/caches");
        assert_eq!(cache_folder_with(&[home, elsewhere]), Some("/var/caches/recto".into()));
        let relative = ("XDG_CACHE_HOME", "caches");
        assert_eq!(cache_folder_with(&[home, relative]), Some("/home/ada/.cache/recto".into()));
        assert_eq!(cache_folder_with(&[("HOME", "ada")]), None);
    }

    #[test]
    fn a_locale_without_a_language_gives_none() {
        for (locale, language) in [
            ("de_AT.UTF-8@euro", Some("de-AT")),
            ("en_US", Some("en-US")),
            ("fr", Some("fr")),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("", None),
        ] {
            assert_eq!(language_of_locale(locale).as_deref(), language);
        }
    }

    #[test]
    fn an_epoch_is_a_number_of_seconds() {
        let seconds = from_epoch("946684800").map(OffsetDateTime::unix_timestamp);
        assert_eq!(seconds, Ok(946_684_800));
        for invalid in ["", "now", "1e9", "99999999999999999999", "-99999999999"] {
            let code = from_epoch(invalid).map_err(|finding| finding.code);
            assert_eq!(code, Err(Code::SourceDateEpoch));
        }
    }
}
