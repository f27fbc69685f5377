//! The page strip: every spread in miniature, with its folios.

use std::fmt::Write as _;

use crate::html::page::viewport::{Viewport, css};
use crate::html::xml::Xml;
use crate::model::{Item, Length, Page, Pages, Rect, Turn};

use super::bound::{BoundPages, Spread};
use super::pictures;
use super::resources::{PictureSource, Resource, Resources};

/// Writes the list of spreads. Pictures are drawn as tints, over which the photos are loaded if
/// there are `resources` to serve them.
pub(in crate::preview) fn write(
    xml: &mut Xml,
    pages: BoundPages<'_>,
    spreads: &[Spread],
    with_bleed: bool,
    mut resources: Option<&mut Resources>,
) {
    xml.element("ol", &[], |xml| {
        for (number, spread) in spreads.iter().enumerate() {
            let label = spread.label(pages);
            let href = format!("#s{number}");
            let link = [("href", href.as_str()), ("aria-label", label.as_str())];
            xml.open("li", &[]);
            xml.open("a", &link);
            xml.open("span", &[("class", "minis"), ("aria-hidden", "true")]);
            for index in [spread.verso, spread.recto] {
                match index.and_then(|index| Some((index, pages.page(index)?))) {
                    Some((index, (page, own))) => {
                        let resources = resources.as_deref_mut();
                        let class = if pages.is_cover(*spread) { "mini wide" } else { "mini" };
                        let viewport = pictures::viewport(pages.pages);
                        let place = MiniaturePlace { class, viewport, with_bleed };
                        miniature(xml, own, (index, page), place, resources);
                    }
                    None if pages.is_cover(*spread) => {}
                    None => xml.element("span", &[("class", "mini empty")], |_| {}),
                }
            }
            xml.close("span");
            let folios = spread.folios(pages);
            xml.text_element("span", &[("class", "number"), ("aria-hidden", "true")], &folios);
            xml.close("a");
            xml.close("li");
            xml.line();
        }
    });
}

/// How a page is drawn in the strip.
#[derive(Debug, Clone, Copy)]
struct MiniaturePlace {
    class: &'static str,
    viewport: Viewport,
    with_bleed: bool,
}

fn miniature(
    xml: &mut Xml,
    pages: &Pages,
    (index, page): (usize, &Page),
    MiniaturePlace { class, viewport, with_bleed }: MiniaturePlace,
    resources: Option<&mut Resources>,
) {
    let trim = pictures::area(page, pages, false);
    xml.open("span", &[("class", class)]);
    xml.raw(&drawing(page, &trim, viewport));
    if let Some(resources) = resources {
        let area = pictures::area(page, pages, with_bleed);
        photos(xml, (index, page), &area, &trim, viewport, resources);
    }
    xml.close("span");
}

/// The photos of a page.
fn photos(
    xml: &mut Xml,
    (index, page): (usize, &Page),
    area: &Rect,
    trim: &Rect,
    viewport: Viewport,
    resources: &mut Resources,
) {
    for (item, placed) in page.items.iter().enumerate() {
        let Item::Picture(placed) = placed else { continue };
        let Some(cropped) = pictures::cropped(placed, area, viewport, true) else { continue };
        let source = PictureSource::Placed { page: index, item, small: true };
        let identity = format!("small {}", pictures::identity(&cropped));
        let address = resources.add("picture", identity.as_bytes(), Resource::Picture(source));
        let frame = placed.frame.common(&placed.clip).common(area);
        let percent =
            |length: Length, whole: Length| css(viewport.px(length) / viewport.px(whole) * 100.0);
        let style = format!(
            "left:{}%;top:{}%;width:{}%;height:{}%",
            percent(frame.x, trim.width),
            percent(frame.y, trim.height),
            percent(frame.width, trim.width),
            percent(frame.height, trim.height),
        );
        // The script loads them, one by one; without it, the drawing remains.
        xml.element("span", &[("data-photo", &address), ("style", &style)], |_| {});
    }
}

/// The lines of text and the places of pictures.
fn drawing(page: &Page, trim: &Rect, viewport: Viewport) -> String {
    let (width, height) = (css(viewport.px(trim.width)), css(viewport.px(trim.height)));
    let (mut lines, mut boxes) = (String::new(), String::new());
    for item in &page.items {
        // Writing to a string cannot fail.
        let _ = match item {
            Item::Glyphs(run) => {
                let (x, y) = (viewport.px(run.origin.x), viewport.px(run.origin.y));
                let width = viewport.px(run.width());
                match run.turn {
                    Turn::Upright => write!(lines, "M{x:.0} {y:.0}h{width:.0}"),
                    Turn::HeadLeft => write!(lines, "M{x:.0} {y:.0}v-{width:.0}"),
                    Turn::HeadRight => write!(lines, "M{x:.0} {y:.0}v{width:.0}"),
                }
            }
            Item::Picture(placed) => {
                let frame = placed.frame.common(&placed.clip).common(trim);
                let [x, y, width, height] =
                    [frame.x, frame.y, frame.width, frame.height].map(|length| viewport.px(length));
                write!(boxes, "M{x:.0} {y:.0}h{width:.0}v{height:.0}h-{width:.0}z")
            }
            Item::Rule(rule) => {
                let [red, green, blue] = rule.ink.on_screen();
                let frame = rule.rect.common(trim);
                let is_background = frame.width == trim.width && frame.height == trim.height;
                if !is_background {
                    continue;
                }
                write!(
                    boxes,
                    "M0 0z\"/><path fill=\"#{red:02x}{green:02x}{blue:02x}\" d=\"M0 0h{width}v{height}h-{width}z\"/><path d=\""
                )
            }
        };
    }
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\"><path d=\"{boxes}\"/>\
         <path class=\"lines\" d=\"{lines}\"/></svg>"
    )
}
