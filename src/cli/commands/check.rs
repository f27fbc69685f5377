//! `recto check`: checks the book without building it.

use super::load;
use super::print_facts;
use super::progress::ProgressBar;
use crate::build::{Examination, ProjectOptions};
use crate::cli::args::CheckArgs;
use crate::cli::report::Report;
use crate::cli::terminal::Terminal;
use crate::cli::text::counted;

pub(in crate::cli) fn run(args: &CheckArgs, terminal: &mut Terminal, report: &mut Report) {
    report.is_the_result();
    let all_translations = args.source.language.is_none();
    let options = ProjectOptions {
        examination: Examination::Pixels,
        ..load::options(&args.source, &args.resources, all_translations)
    };
    if let Some(project) = load::project_with(&args.source, &options, terminal, report) {
        load::lay_out(&project, terminal);
        let settings = print_facts::settings(&project).into_iter();
        let scaled = print_facts::scaled_photos(&project);
        for line in settings.chain(scaled).chain(print_facts::spines(&project)) {
            terminal.verbose(line);
        }
        report.extend(project.check(project.default_editions()));
        let bar = ProgressBar::new("checking colours", 0, terminal.shows_progress());
        let examined = |done, all| bar.set(done, all);
        report.extend(project.check_photos_with_progress(project.default_editions(), examined));
        drop(bar);
        let photos = counted(project.book().picture_count(), "photo");
        let pages = counted(project.pages().pages.len(), "page");
        report.set_extent(format!("{photos}, {pages}"));
    }
}
