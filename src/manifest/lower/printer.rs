//! The printer of a book: a preset by name or a file of the same form, and where the manifest
//! contradicts it.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, Severity};
use crate::manifest::keys::forms::Key;
use crate::manifest::keys::print::PrintKeys;
use crate::manifest::keys::printer::{
    CoverKeys, EdgeKeys, FirstPage, Forbidden, HasSource, PrinterKeys, StandardName, StepKeys,
    StockKeys, WidthKeys,
};
use crate::manifest::keys::scalars::{Measure, SingleLine};
use crate::manifest::lower::context::LowerContext;
use crate::manifest::lower::files;
use crate::manifest::lower::values::{line, value};
use crate::manifest::printers;
use crate::manifest::syntax::de::{self, Spanned};
use crate::manifest::syntax::source::{SourceFile, SourceSpan};
use crate::manifest::syntax::suggest;
use crate::manifest::syntax::yaml::{self, Value};
use crate::model::{
    Binding, BundledProfile, ColorPolicy, Edges, Edition, Fact, FactSource, Length, Marks,
    Minimums, PageLimits, PageStep, PdfX, PressProfile, Print, Printer, PrinterCover,
    ResolutionLimits, Size, Standards, Stock, Thickness,
};

/// A printer's file: what rules check later, and what is compared with the manifest here.
#[derive(Debug)]
pub(crate) struct Preset {
    printer: Printer,
    /// Where the manifest names it.
    span: SourceSpan,
    /// The sizes of pages.
    trims: Vec<Fact<PageSizes>>,
    multiple: Option<Fact<u32>>,
    color: Option<Fact<ColorPolicy>>,
    standards: Option<Fact<Vec<StandardName>>>,
    condition: Option<Fact<Condition>>,
    /// Present if the PDF must have no printer's marks.
    no_marks: Option<Fact<()>>,
}

/// Sizes of pages that a printer prints.
#[derive(Debug)]
struct PageSizes {
    /// The binding that has only these; `None` for all.
    binding: Option<Binding>,
    sizes: Vec<Size>,
}

/// The printing condition of a printer.
#[derive(Debug)]
struct Condition {
    /// Its name at the printer.
    name: String,
    profile: Option<BundledProfile>,
}

/// Where the manifest has keys that a printer has, too.
#[derive(Debug)]
pub(crate) struct GivenKeys {
    trim: Option<SourceSpan>,
    bleed: Option<SourceSpan>,
    marks: Option<SourceSpan>,
    standard: Option<SourceSpan>,
    color: Option<SourceSpan>,
    profile: Option<SourceSpan>,
    multiple: Option<SourceSpan>,
    stock: Option<SourceSpan>,
}

impl GivenKeys {
    /// The keys of a manifest.
    pub(crate) fn new(keys: &PrintKeys) -> Self {
        let paper = keys.paper.as_ref().map(|paper| &paper.value);
        Self {
            trim: keys.trim.as_ref().map(|key| key.span),
            bleed: keys.bleed.as_ref().map(|key| key.span),
            marks: keys.marks.as_ref().map(|key| key.span),
            standard: keys.standard.as_ref().map(|key| key.span),
            color: keys.color.as_ref().map(|key| key.span),
            profile: keys.profile.as_ref().map(|key| key.span),
            multiple: keys.multiple.as_ref().map(|key| key.span),
            stock: paper.and_then(|paper| paper.stock.as_ref()).map(|key| key.span),
        }
    }
}

/// The printer that the manifest names. `None` if it names none, or if its file cannot be read.
pub(crate) fn read(key: Key<SingleLine>, context: &mut LowerContext<'_>) -> Option<Preset> {
    let Spanned { value: SingleLine(name), span } = key?;
    if name.is_empty() {
        return None;
    }
    let mut preset = match printers::file(&name) {
        Some(text) => {
            let source = SourceFile { file: name.into(), text: text.to_owned() };
            parse(&source, &mut Vec::new())
        }
        None if !name.contains(['.', '/']) => {
            let message = format!("unknown printer `{name}`");
            let finding = Finding::new(Code::UnknownValue, message).help(suggestion(&name));
            context.report(span, finding);
            None
        }
        None => match files::text(
            &files::path(context.base, &name),
            files::MAX_TEXT,
            context.confinement,
        ) {
            Ok((source, error)) => {
                let preset = match error {
                    Some(error) => {
                        context.findings.push(error);
                        None
                    }
                    None => parse(&source, &mut context.findings),
                };
                context.sources.insert(source.file, source.text);
                preset
            }
            Err(error) => {
                let name = Spanned { value: name, span };
                context.report_file(Code::PrinterMissing, &name, &error);
                None
            }
        },
    }?;
    preset.span = span;
    preset.printer.location = Some(context.source.at(span));
    Some(preset)
}

/// A preset with a similar name, or all of them.
fn suggestion(name: &str) -> String {
    let names = printers::names();
    match suggest::nearest(name, &names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use the path of a file, or one of {}", names.join(", ")),
    }
}

/// Parses the file of a printer.
fn parse(source: &SourceFile, findings: &mut Vec<Finding>) -> Option<Preset> {
    let before = findings.len();
    let root = yaml::parse(source, findings);
    let Some(mut root) = root.filter(|root| !matches!(root.value, Value::Null)) else {
        if findings.len() > before {
            return None;
        }
        let finding = Finding::new(Code::MissingKey, "the file of the printer is empty")
            .help("start with the file of a preset: recto schema --printer generic");
        findings.push(finding.at(source.at(SourceSpan::START)));
        return None;
    };
    let keys = de::read::<PrinterKeys>(&mut root, source, findings)?;
    let mut sources = BTreeMap::new();
    for (name, keys) in value(keys.sources.clone()).unwrap_or_default() {
        let keys = keys.value;
        let of_facts = FactSource {
            place: keys.place.value.0,
            date: line(keys.date),
            sure: value(keys.sure).unwrap_or_default(),
        };
        sources.insert(name, of_facts);
    }
    let mut reader = PresetReader { source, sources, findings };
    Some(reader.preset(keys))
}

/// Turns the keys of a file into a preset.
struct PresetReader<'a> {
    source: &'a SourceFile,
    sources: BTreeMap<String, FactSource>,
    findings: &'a mut Vec<Finding>,
}

impl PresetReader<'_> {
    fn preset(&mut self, keys: PrinterKeys) -> Preset {
        let stocks = self.stocks(keys.stocks.clone());
        let (pages, multiple) = self.pages(&keys, &stocks);
        let mut trims = Vec::new();
        for Spanned { value: keys, .. } in value(keys.trims).unwrap_or_default() {
            let source = self.source_of(&keys);
            let sizes = keys.sizes.value.into_iter().map(|size| size.value.0).collect();
            let binding = value(keys.binding);
            trims.push(Fact { value: PageSizes { binding, sizes }, source });
        }
        let mut forbidden = Vec::new();
        for Spanned { value: keys, .. } in value(keys.forbids).unwrap_or_default() {
            let source = self.source_of(&keys);
            let items = keys.items.value.into_iter().map(|item| item.value);
            forbidden.extend(items.map(|item| Fact { value: item, source: source.clone() }));
        }
        let mut covers = Vec::new();
        for Spanned { value: keys, .. } in value(keys.covers).unwrap_or_default() {
            let source = self.source_of(&keys);
            covers.push(Fact { value: cover(keys), source });
        }
        for Spanned { value: keys, .. } in value(keys.notes).unwrap_or_default() {
            self.source_of(&keys);
        }
        let file = self.fact(keys.file, |keys| (value(keys.max), value(keys.first_page)));
        let first_page = file.as_ref().and_then(|file| file.value.1);
        let wants_cover_first = first_page == Some(FirstPage::Cover);
        let max_file =
            file.and_then(|Fact { value: (max, _), source }| Some(Fact { value: max?.0, source }));
        let no_marks = forbidden.iter().find(|fact| fact.value == Forbidden::Marks);
        let resolution = self.fact(keys.resolution, |keys| ResolutionLimits {
            min: keys.min.map(|ppi| ppi.value.0),
            recommended: keys.recommended.map(|ppi| ppi.value.0),
            max: keys.max.map(|ppi| ppi.value.0),
        });
        let standards = self.fact(keys.standards, |keys| {
            let accepted = value(keys.accepted).unwrap_or_default();
            accepted.into_iter().map(|name| name.value).collect::<Vec<_>>()
        });
        Preset {
            printer: Printer {
                name: keys.name.value.0,
                company: line(keys.company),
                location: None,
                settings: Vec::new(),
                has_page_sizes: false,
                bleed: self.bleed(keys.bleed),
                safe_area: self.fact(keys.safe_area, edges),
                gutter: self.fact(keys.gutter, widths),
                inner_margin: self.fact(keys.inner_margin, widths),
                pages,
                resolution,
                ink: self.fact(keys.ink, |keys| keys.max.value.0),
                minimums: self.fact(keys.minimums, |keys| Minimums {
                    type_size: keys.r#type.map(|size| size.value.0),
                    line: keys.line.map(|width| width.value.0),
                }),
                wants_cover_first,
                max_file,
                forbids_bookmarks: forbidden.iter().any(|it| it.value == Forbidden::Bookmarks),
                stocks,
                covers,
            },
            span: SourceSpan::START,
            trims,
            multiple,
            color: self.fact(keys.color, |keys| keys.photos.value),
            standards: standards.filter(|fact| !fact.value.is_empty()),
            condition: self.fact(keys.condition, |keys| Condition {
                name: keys.name.value.0,
                profile: value(keys.profile),
            }),
            no_marks: no_marks.map(|fact| Fact { value: (), source: fact.source.clone() }),
        }
    }

    /// A section as a fact.
    fn fact<K: HasSource, T>(&mut self, key: Key<K>, read: impl Fn(K) -> T) -> Option<Fact<T>> {
        let Spanned { value: keys, .. } = key?;
        let source = self.source_of(&keys);
        Some(Fact { value: read(keys), source })
    }

    /// The source of a section.
    fn source_of(&mut self, keys: &impl HasSource) -> Option<FactSource> {
        let Spanned { value: SingleLine(name), span } = keys.source()?;
        let source = self.sources.get(name).cloned();
        if source.is_none() {
            let message = format!("there is no source `{name}` under `sources`");
            let names: Vec<&str> = self.sources.keys().map(String::as_str).collect();
            let help = match suggest::nearest(name, &names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add it: sources: {{ {name}: {{ place: … }} }}"),
            };
            self.report(*span, Finding::new(Code::UnknownValue, message).help(help));
        }
        source
    }

    fn report(&mut self, span: SourceSpan, finding: Finding) {
        self.findings.push(finding.at(self.source.at(span)));
    }

    fn bleed(&mut self, key: Key<EdgeKeys>) -> Option<Fact<Edges>> {
        let span = key.as_ref()?.span;
        let fact = self.fact(key, edges)?;
        let Edges { top, bottom, inner, outer } = fact.value;
        let most = top.max(bottom).max(inner).max(outer);
        if most > Length::mm(26) {
            let message = format!("a bleed of {most} is too large");
            let help = "the limit is 26 mm; 3 mm is usual";
            self.report(span, Finding::new(Code::WrongValue, message).help(help));
            return None;
        }
        Some(fact)
    }

    fn stocks(&mut self, key: Key<Vec<Spanned<StockKeys>>>) -> Vec<Fact<Stock>> {
        let mut stocks = Vec::new();
        for Spanned { value: keys, span } in value(key).unwrap_or_default() {
            let source = self.source_of(&keys);
            let thickness = match (&keys.per_page, &keys.pages_per_inch) {
                (Some(_), Some(_)) => {
                    let message = "a stock has either `per-page` or `pages-per-inch`";
                    self.report(span, Finding::new(Code::WrongValue, message).help("remove one"));
                    None
                }
                (Some(page), None) => Some(Thickness::PerPage(page.value.0)),
                (None, Some(Spanned { value: 0, span })) => {
                    let message = "`pages-per-inch`: 0 is not a number of pages";
                    let help = "count the pages of a block of one inch, such as 444";
                    self.report(*span, Finding::new(Code::WrongValue, message).help(help));
                    None
                }
                (None, Some(count)) => Some(Thickness::PagesPerInch(count.value)),
                (None, None) => None,
            };
            let plus = keys.plus.map_or(Length::ZERO, |plus| plus.value.0);
            stocks.push(Fact { value: Stock { name: keys.name.value.0, thickness, plus }, source });
        }
        stocks
    }

    /// The limits for the number of pages, and the first multiple.
    fn pages(
        &mut self,
        keys: &PrinterKeys,
        stocks: &[Fact<Stock>],
    ) -> (Vec<Fact<PageLimits>>, Option<Fact<u32>>) {
        let names: Vec<&str> = stocks.iter().map(|stock| &*stock.value.name).collect();
        let (mut limits, mut multiple) = (Vec::new(), None);
        for Spanned { value: keys, .. } in value(keys.pages.clone()).unwrap_or_default() {
            let source = self.source_of(&keys);
            if let (Some(min), Some(max)) = (&keys.min, &keys.max)
                && min.value > max.value
            {
                let message =
                    format!("the minimum, {}, is more than the maximum, {}", min.value, max.value);
                self.report(
                    max.span,
                    Finding::new(Code::WrongValue, message).help("exchange them"),
                );
                continue;
            }
            let of_stocks = value(keys.stocks).unwrap_or_default();
            for Spanned { value: SingleLine(name), span } in &of_stocks {
                if !names.contains(&name.as_str()) {
                    let message = format!("there is no stock `{name}` under `stocks`");
                    let help = match suggest::nearest(name, &names) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("add it: stocks: [{{ name: {name} }}]"),
                    };
                    self.report(*span, Finding::new(Code::UnknownValue, message).help(help));
                }
            }
            let of_all = keys.multiple.map(|it| Fact { value: it.value.0, source: source.clone() });
            multiple = multiple.or(of_all);
            let value = PageLimits {
                binding: value(keys.binding),
                stocks: of_stocks.into_iter().map(|stock| stock.value.0).collect(),
                min: value(keys.min),
                max: value(keys.max),
            };
            limits.push(Fact { value, source });
        }
        (limits, multiple)
    }
}

fn edges(keys: EdgeKeys) -> Edges {
    let length = |key: Key<Measure>| key.map_or(Length::ZERO, |key| key.value.0);
    Edges {
        top: length(keys.top),
        bottom: length(keys.bottom),
        inner: length(keys.inner),
        outer: length(keys.outer),
    }
}

fn widths(keys: WidthKeys) -> Vec<PageStep> {
    steps(keys.widths.value)
}

fn steps(steps: Vec<Spanned<StepKeys>>) -> Vec<PageStep> {
    let step = |keys: StepKeys| PageStep { pages: keys.pages.value, width: keys.width.value.0 };
    steps.into_iter().map(|keys| step(keys.value)).collect()
}

impl Preset {
    /// The defaults of `print` for this printer. `color` is what the manifest says: a standard that
    /// contradicts it is not set.
    pub(crate) fn defaults(&self, color: Option<ColorPolicy>) -> Print {
        let default = Print::default();
        let standard = self.standard_set(color).unwrap_or(default.standard);
        Print {
            standard,
            bleed: self.printer.bleed.as_ref().map_or(default.bleed, |fact| fact.value),
            colour: self.color.as_ref().map_or(default.colour, |fact| fact.value),
            multiple: self.multiple.as_ref().map_or(default.multiple, |fact| fact.value),
            profile: self.profile().map_or(default.profile, PressProfile::Bundled),
            ..default
        }
    }

    /// The bundled profile of its printing condition.
    fn profile(&self) -> Option<BundledProfile> {
        self.condition.as_ref()?.value.profile
    }

    /// The standard that it sets: the first that it accepts and that can be written, PDF/X-4 before
    /// the others.
    fn standard_set(&self, color: Option<ColorPolicy>) -> Option<Standards> {
        let accepted = &self.standards.as_ref()?.value;
        let mut written = accepted.iter().filter_map(|name| name.pdf_x());
        let x = if accepted.contains(&StandardName::X4) { Some(PdfX::X4) } else { written.next() };
        let standards = Standards { x: Some(x?), ..Standards::NONE };
        let is_cmyk = color.is_none_or(|color| color == ColorPolicy::Cmyk);
        (is_cmyk || !standards.is_cmyk_only()).then_some(standards)
    }

    /// The printer, after comparing what it asks for with what the manifest says.
    pub(crate) fn compared(
        self,
        given: &GivenKeys,
        print: &Print,
        context: &mut LowerContext<'_>,
    ) -> Printer {
        let findings = [
            self.trim(given, print),
            self.bleed(given, print),
            self.marks(given, print),
            self.color(given, print),
            self.multiple(given, print),
            self.standard(given, print),
            self.condition(given, print),
            self.stock(given, print),
        ];
        for (span, finding) in findings.into_iter().flatten() {
            context.report(span, finding.editions(Edition::Print));
        }
        let settings = self.settings(given, print);
        let has_page_sizes = self.page_sizes(print).next().is_some();
        Printer { settings, has_page_sizes, ..self.printer }
    }

    /// What it sets that the manifest does not.
    fn settings(&self, given: &GivenKeys, print: &Print) -> Vec<String> {
        let mut settings = Vec::new();
        if self.printer.bleed.is_some() && given.bleed.is_none() {
            settings.push(format!("bleed to {}", print.bleed));
        }
        if self.multiple.is_some() && given.multiple.is_none() {
            settings.push(format!("multiple to {}", print.multiple));
        }
        let standard = self.standard_set(None).filter(|set| *set == print.standard);
        let standard = standard.filter(|_| given.standard.is_none());
        if let Some(standard) = standard {
            settings.push(format!("standard to {standard}"));
        }
        let is_own = self.color.as_ref().is_some_and(|fact| fact.value == print.colour);
        if given.color.is_none() && (is_own || standard.is_some_and(Standards::is_cmyk_only)) {
            settings.push(format!("color to {}", color_name(print.colour)));
        }
        if given.profile.is_none()
            && let Some(profile) = self.profile()
        {
            settings.push(format!("profile to {}", profile.name()));
        }
        if self.printer.forbids_bookmarks {
            settings.push("no bookmarks".to_owned());
        }
        settings
    }

    /// The sizes of pages; those of one binding count if the manifest gives that binding.
    fn page_sizes(&self, print: &Print) -> impl Iterator<Item = &Fact<PageSizes>> {
        let binding = print.cover.as_ref().map(|cover| cover.binding);
        self.trims.iter().filter(move |fact| {
            let of = fact.value.binding;
            of.is_none() || of == binding
        })
    }

    fn trim(&self, given: &GivenKeys, print: &Print) -> Option<(SourceSpan, Finding)> {
        let source = self.page_sizes(print).next()?.source.as_ref();
        let sizes = self.page_sizes(print).flat_map(|fact| fact.value.sizes.iter().copied());
        let mut sizes: Vec<Size> = sizes.collect();
        // Named sizes and inches are rounded, and no cut is as exact.
        let is_same = |a: Length, b: Length| (a - b).abs() <= Length::mm(1).scale(1, 2);
        let trim = print.trim;
        if sizes.iter().any(|it| is_same(it.width, trim.width) && is_same(it.height, trim.height)) {
            return None;
        }
        let difference =
            |size: &Size| (size.width - trim.width).abs() + (size.height - trim.height).abs();
        sizes.sort_by_key(difference);
        let nearest: Vec<String> = sizes.iter().take(3).map(Size::to_string).collect();
        let name = &self.printer.name;
        let message = format!("{name} has no pages of {trim}");
        let help = format!("its nearest sizes are {}", nearest.join(", "));
        let finding =
            Finding::new(Code::PrinterTrim, message).help(FactSource::cited(&help, source));
        Some((given.trim.unwrap_or(self.span), finding))
    }

    /// A key of the manifest that contradicts the printer.
    fn conflict(
        &self,
        key: &str,
        value: &str,
        wanted: &str,
        source: Option<&FactSource>,
    ) -> Finding {
        let message = format!("`{key}` is {value}, and {} asks for {wanted}", self.printer.name);
        let help = format!("omit `{key}` to use the printer's value");
        Finding::new(Code::PrinterConflict, message).help(FactSource::cited(&help, source))
    }

    fn bleed(&self, given: &GivenKeys, print: &Print) -> Option<(SourceSpan, Finding)> {
        let Fact { value, source } = self.printer.bleed.as_ref()?;
        let span = given.bleed.filter(|_| print.bleed != *value)?;
        let [is, wanted] = [print.bleed, *value].map(|edges| edges.to_string());
        Some((span, self.conflict("bleed", &is, &wanted, source.as_ref())))
    }

    fn marks(&self, given: &GivenKeys, print: &Print) -> Option<(SourceSpan, Finding)> {
        let Fact { source, .. } = self.no_marks.as_ref()?;
        let span = given.marks.filter(|_| print.marks != Marks::None)?;
        Some((span, self.conflict("marks", "crop", "none", source.as_ref())))
    }

    fn color(&self, given: &GivenKeys, print: &Print) -> Option<(SourceSpan, Finding)> {
        let Fact { value, source } = self.color.as_ref()?;
        if let (true, Some(span)) = (print.standard.is_cmyk_only(), given.standard)
            && *value != ColorPolicy::Cmyk
        {
            let (standard, name) = (print.standard, &self.printer.name);
            let message =
                format!("{standard} has only CMYK, and {name} asks for {}", color_name(*value));
            let finding = Finding::new(Code::PrinterConflict, message);
            let help = "omit `standard` to use the printer's colours";
            return Some((span, finding.help(FactSource::cited(help, source.as_ref()))));
        }
        let span = given.color.filter(|_| print.colour != *value)?;
        let [is, wanted] = [print.colour, *value].map(color_name);
        Some((span, self.conflict("color", is, wanted, source.as_ref())))
    }

    fn multiple(&self, given: &GivenKeys, print: &Print) -> Option<(SourceSpan, Finding)> {
        let Fact { value, source } = self.multiple.as_ref()?;
        let span = given.multiple.filter(|_| !print.multiple.is_multiple_of(*value))?;
        let [is, wanted] = [print.multiple, *value].map(|number| number.to_string());
        Some((span, self.conflict("multiple", &is, &wanted, source.as_ref())))
    }

    fn standard(&self, given: &GivenKeys, print: &Print) -> Option<(SourceSpan, Finding)> {
        let Fact { value: accepted, source } = self.standards.as_ref()?;
        let is_accepted = |x| accepted.iter().any(|name| name.pdf_x() == Some(x));
        if print.standard.x.is_some_and(is_accepted) {
            return None;
        }
        let is = match print.standard {
            Standards::NONE => "of no standard".to_owned(),
            standard => standard.to_string(),
        };
        let names: Vec<_> = accepted.iter().map(|standard| standard.name()).collect();
        let name = &self.printer.name;
        let message = format!("the print PDF is {is}, and {name} accepts {}", names.join(" or "));
        let help = match self.standard_set(None) {
            Some(set) if given.standard.is_some() => format!("omit `standard` to write {set}"),
            Some(set) => format!("omit `color` to write {set}, which has only CMYK"),
            None => {
                let written = StandardName::ALL.into_iter().filter(|name| name.pdf_x().is_some());
                let written: Vec<_> = written.map(StandardName::name).collect();
                let written = written.join(" or ");
                format!("ask {name} whether it takes {written}, which recto writes")
            }
        };
        let finding = Finding::new(Code::PrinterStandard, message);
        let finding = finding.help(FactSource::cited(&help, source.as_ref()));
        Some((given.standard.unwrap_or(self.span), finding))
    }

    fn condition(&self, given: &GivenKeys, print: &Print) -> Option<(SourceSpan, Finding)> {
        let Fact { value: Condition { name: condition, profile }, source } =
            self.condition.as_ref()?;
        // Which condition a profile of the user describes is not compared.
        let PressProfile::Bundled(bundled) = print.profile else { return None };
        if *profile == Some(bundled) {
            return None;
        }
        let (name, made_for) = (&self.printer.name, bundled.title());
        let message = format!("the PDF is made for {made_for}, and {name} prints {condition}");
        let help = match profile {
            Some(_) => "omit `profile` to use the printer's".to_owned(),
            None => "name its ICC profile under `profile`".to_owned(),
        };
        let finding = Finding::new(Code::PrinterCondition, message);
        let finding = finding.help(FactSource::cited(&help, source.as_ref()));
        Some((given.profile.unwrap_or(self.span), finding))
    }

    fn stock(&self, given: &GivenKeys, print: &Print) -> Option<(SourceSpan, Finding)> {
        let paper = print.paper.as_ref().filter(|paper| paper.thickness.is_none())?;
        let (name, span) = paper.stock.as_ref().zip(given.stock)?;
        let printer = &self.printer.name;
        let Some(stock) = self.printer.stock(name) else {
            let names: Vec<_> =
                self.printer.stocks.iter().map(|stock| &*stock.value.name).collect();
            let message = format!("the thickness of `{name}` at {printer} is not known");
            let help = match suggest::nearest(name, &names) {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => "give the `thickness` of a leaf".to_owned(),
                None => {
                    format!("use one of {}, or give the `thickness` of a leaf", names.join(", "))
                }
            };
            return Some((span, Finding::new(Code::PrinterStock, message).help(help)));
        };
        if stock.value.thickness.is_some() {
            return None;
        }
        let message = format!("the thickness of `{name}` at {printer} is not known");
        let help = "for the width of the spine, give the `thickness` of a leaf";
        let finding = Finding::new(Code::PrinterStock, message).severity(Severity::Note);
        Some((span, finding.help(help)))
    }
}

fn color_name(color: ColorPolicy) -> &'static str {
    match color {
        ColorPolicy::Keep => "keep",
        ColorPolicy::Cmyk => "cmyk",
        ColorPolicy::Srgb => "srgb",
    }
}

/// The rules for a cover.
fn cover(keys: CoverKeys) -> PrinterCover {
    let length = |key: Key<Measure>| key.map(|length| length.value.0);
    PrinterCover {
        binding: value(keys.binding),
        bleed: length(keys.bleed),
        wrap: length(keys.wrap),
        hinge: length(keys.hinge),
        overhang: length(keys.overhang),
        board_wider: length(keys.board_wider),
        board_higher: length(keys.board_higher),
        safe_area: length(keys.safe_area),
        spine_text_pages: value(keys.spine_text_pages),
        spine_text_margin: length(keys.spine_text_margin),
        spine_plus: length(keys.spine_plus),
        spine_widths: steps(value(keys.spine_widths).unwrap_or_default()),
        barcode_width: length(keys.barcode_width),
        barcode_height: length(keys.barcode_height),
        barcode_margin: length(keys.barcode_margin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_read_without_an_error_and_every_number_has_a_source() {
        for name in printers::names() {
            let text = printers::file(name).unwrap().to_owned();
            let source = SourceFile { file: name.into(), text };
            let mut findings = Vec::new();
            let preset = parse(&source, &mut findings).unwrap();
            assert_eq!(findings, [], "{name}");
            assert!(preset.printer.bleed.is_some_and(|bleed| bleed.source.is_some()), "{name}");
            assert!(!preset.printer.pages.is_empty(), "{name}");
        }
    }
}
