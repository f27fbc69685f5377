//! Writes plates with printpdf, as in its examples: one photo and one caption per page, with
//! PDF/X-4 conformance.
//!
//! `peers FONT OUT PHOTO…`

use std::error::Error;
use std::{env, fs};

use printpdf::{
    Mm, Op, ParsedFont, PdfConformance, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point,
    Pt, RawImage, TextItem, XObjectTransform,
};

const TRIM: f32 = 210.0;
const PLATE_WIDTH: f32 = 164.0;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [font, out, photos @ ..] = arguments.as_slice() else {
        return Err("usage: peers FONT OUT PHOTO…".into());
    };
    let mut document = PdfDocument::new("Peers");
    document.metadata.info.conformance = PdfConformance::X4_2010_PDF_1_4;
    let font = ParsedFont::from_bytes(&fs::read(font)?, 0, &mut Vec::new()).ok_or("no font")?;
    let font = document.add_font(&font);
    let mut pages = Vec::new();
    for (number, photo) in photos.iter().enumerate() {
        let image = RawImage::decode_from_bytes(&fs::read(photo)?, &mut Vec::new())?;
        // At 72 dpi a pixel is a point, so the scale is points per pixel.
        let scale = Mm(PLATE_WIDTH).into_pt().0 / image.width as f32;
        let height = image.height as f32 * scale;
        let bottom = (Mm(TRIM).into_pt().0 - height) / 2.0;
        let left = Mm((TRIM - PLATE_WIDTH) / 2.0).into_pt();
        let id = document.add_image(&image);
        let caption = format!("Photograph number {}, set to compare the writers.", number + 1);
        let ops = vec![
            Op::UseXobject {
                id,
                transform: XObjectTransform {
                    translate_x: Some(left),
                    translate_y: Some(Pt(bottom)),
                    scale_x: Some(scale),
                    scale_y: Some(scale),
                    dpi: Some(72.0),
                    ..XObjectTransform::default()
                },
            },
            Op::StartTextSection,
            Op::SetTextCursor { pos: Point { x: left, y: Pt(bottom - 18.0) } },
            Op::SetFont { font: PdfFontHandle::External(font.clone()), size: Pt(8.0) },
            Op::ShowText { items: vec![TextItem::Text(caption)] },
            Op::EndTextSection,
        ];
        pages.push(PdfPage::new(Mm(TRIM), Mm(TRIM), ops));
    }
    let bytes = document.with_pages(pages).save(&PdfSaveOptions::default(), &mut Vec::new());
    fs::write(out, bytes)?;
    Ok(())
}
