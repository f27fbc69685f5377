//! `recto check`: everything that can be known before printing.

use crate::manifest::LoadOptions;

use super::args::Check;
use super::build;
use super::judge;
use super::load;
use super::report::Report;
use super::terminal::Terminal;

pub(super) fn run(args: &Check, terminal: &mut Terminal, report: &mut Report) {
    report.is_the_result();
    let language = args.source.language.clone();
    let wanted = LoadOptions { all_translations: language.is_none(), language };
    if let Some(read) = load::read(&args.source, &wanted, terminal, report) {
        let editions = build::asked_for(&read.book);
        let pages = load::pages(&read, terminal);
        report.extend(judge::findings(&read, &pages, editions));
    }
}
