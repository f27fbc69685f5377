//! What the columns of a table are, from the names in its header.

use crate::manifest::keys::captions::{Field, LocalizedField};
use crate::manifest::keys::language_tag;
use crate::model::Language;
use crate::picture::file_names::decomposed;

/// A column that is a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableColumn {
    /// The field, in a language.
    pub(super) field: LocalizedField,
    /// Among several columns of a field, the lower one is preferred. The columns of a place with
    /// different ranks are its parts.
    pub(super) rank: u8,
    /// The position of the column, from 0.
    pub(super) index: usize,
}

/// The names of columns in lower case without accents, blanks and punctuation, with their fields
/// and ranks: English, German, French and Spanish, and those of exiftool and Lightroom.
#[rustfmt::skip]
const NAMES: &[(Field, u8, &[&str])] = &[
    (Field::File, 0, &[
        "sourcefile", "file", "filename", "filepath", "path", "photo", "photofile", "image", "imagefile", "imagename", "picture", "photograph",
        "datei", "dateiname", "dateipfad", "pfad", "bild", "bilddatei", "bildname", "foto", "fotodatei",
        "fichier", "nomdufichier", "nomdefichier", "nomfichier", "fichierimage", "photographie", "chemin",
        "archivo", "nombredearchivo", "nombredelarchivo", "nombrearchivo", "imagen", "fotografia", "ruta",
    ]),
    (Field::Caption, 0, &[
        "caption", "captions", "captionabstract", "description", "imagedescription", "captiondescription", "text", "captiontext",
        "bildunterschrift", "bildunterschriften", "bildtext", "bildlegende", "legende", "beschreibung", "bildbeschreibung", "unterschrift",
        "legendes", "texte", "legendephoto",
        "leyenda", "leyendas", "piedefoto", "pie", "descripcion", "texto",
    ]),
    // A headline is the caption of a photo that has no other, as in its metadata.
    (Field::Caption, 1, &["headline", "title", "objectname", "titel", "uberschrift", "schlagzeile", "titre", "titulo", "titular"]),
    (Field::Alt, 0, &[
        "alt", "alttext", "alternativetext", "alternatetext", "alttextaccessibility", "altdescription",
        "alternativtext", "textealternatif", "textealt", "textoalternativo", "textoalt",
    ]),
    (Field::Credit, 0, &["credit", "credits", "creditline", "bildnachweis", "bildquelle", "nachweis", "creditphoto", "credito", "creditos"]),
    (Field::Credit, 1, &[
        "byline", "photographer", "creator", "artist", "author", "photographedby", "takenby",
        "fotograf", "fotografin", "urheber", "urheberin", "autor", "autorin", "kunstler",
        "auteur", "auteure", "photographe", "createur", "autora", "fotografo", "fotografa", "creador",
    ]),
    (Field::Place, 0, &["place", "location", "sublocation", "ort", "aufnahmeort", "lieu", "lieudeprisedevue", "lugar", "ubicacion", "lugardelatoma"]),
    (Field::Place, 1, &["city", "town", "stadt", "ville", "ciudad"]),
    (Field::Place, 2, &["state", "province", "provincestate", "stateprovince", "bundesland", "region", "provincia"]),
    (Field::Place, 3, &["country", "countryname", "countryprimarylocationname", "land", "pays", "pais"]),
    (Field::Taken, 0, &[
        "taken", "datetaken", "date", "dateoriginal", "datetimeoriginal", "datecreated", "capturedate", "capturetime", "photodate",
        "datum", "aufnahmedatum", "aufgenommen", "aufnahmezeit", "fotodatum",
        "dateprise", "datedeprisedevue", "prisedevue", "datedelaphoto",
        "fecha", "fechadecaptura", "fechadelatoma", "fechatoma",
    ]),
    (Field::Taken, 1, &["createdate", "datetimedigitized", "digitalcreationdate"]),
];

/// The columns that are fields, from a header. Columns that the manifest names are left to it.
pub(super) fn known(
    header: &[&str],
    is_named: &dyn Fn(&LocalizedField) -> bool,
) -> Vec<TableColumn> {
    let columns = header.iter().enumerate().filter_map(|(index, name)| {
        let (field, rank) = recognize(name)?;
        Some(TableColumn { field, rank, index })
    });
    columns.filter(|column| !is_named(&column.field)).collect()
}

/// The field that a name stands for, with its rank. A language in brackets comes first:
/// `Bildunterschrift (en)` has the letters of `Bildunterschriften`.
fn recognize(name: &str) -> Option<(LocalizedField, u8)> {
    /// Longer texts, in bytes, are captions.
    const MAX: usize = 200;
    if name.len() > MAX {
        return None;
    }
    let localized = |(base, language): (&str, Language)| {
        let (field, rank) = field(base).filter(|(field, _)| *field != Field::File)?;
        Some((LocalizedField { field, language: Some(language) }, rank))
    };
    let whole =
        || field(name).map(|(field, rank)| (LocalizedField { field, language: None }, rank));
    match bracketed_language(name) {
        Some(split) => localized(split),
        None => whole().or_else(|| localized(language_after_separator(name)?)),
    }
}

fn field(name: &str) -> Option<(Field, u8)> {
    let own = simplified(name);
    // exiftool puts the group before the name, as in `IPTC:Caption-Abstract`.
    let without_group = name.rsplit_once(':').map(|(_, name)| simplified(name));
    let is_known = |names: &[&str]| {
        [Some(&own), without_group.as_ref()]
            .into_iter()
            .flatten()
            .any(|own| names.contains(&own.as_str()))
    };
    NAMES.iter().find(|(.., names)| is_known(names)).map(|&(field, rank, _)| (field, rank))
}

/// A language by its name, or by a tag that begins with two letters: `old` and `new` are words more
/// often than languages.
fn tag(text: &str) -> Option<Language> {
    let tag = language_tag::parse(text).ok().filter(|language| language.primary().len() == 2);
    tag.or_else(|| language_tag::named(text))
}

/// `Caption (de)`, `Caption [German]`.
fn bracketed_language(name: &str) -> Option<(&str, Language)> {
    let name = name.trim();
    [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let (base, inner) = name.strip_suffix(close)?.rsplit_once(open)?;
        Some((base, tag(inner.trim())?))
    })
}

/// `caption.de`, `caption_de`, `Description-de`.
fn language_after_separator(name: &str) -> Option<(&str, Language)> {
    let name = name.trim();
    // From the first separator on, since a tag has hyphens too.
    let separators = name.match_indices(['.', '-', '_', ' ']);
    separators.into_iter().find_map(|(at, separator)| {
        let rest = &name[at + separator.len()..];
        // `Bild Nr` and `Caption ID` are numbers, not texts in Ndebele and Indonesian.
        let is_number = matches!(simplified(rest).as_str(), "nr" | "id" | "no");
        let language = tag(rest.trim()).filter(|_| !is_number || separator == ".")?;
        field(&name[..at]).map(|_| (&name[..at], language))
    })
}

/// A name in lower case, without accents, blanks and punctuation.
pub(super) fn simplified(name: &str) -> String {
    decomposed(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognized(name: &str) -> Option<(Field, Option<String>)> {
        recognize(name).map(|(it, _)| (it.field, it.language.map(|it| it.tag().to_owned())))
    }

    #[test]
    fn the_usual_names_are_known_in_any_spelling() {
        for (name, field) in [
            ("File Name", Field::File),
            ("SourceFile", Field::File),
            ("DATEINAME", Field::File),
            ("Nom du fichier", Field::File),
            ("Légende", Field::Caption),
            ("IPTC:Caption-Abstract", Field::Caption),
            ("XMP-dc:Description", Field::Caption),
            ("pie de foto", Field::Caption),
            ("Alternativ-Text", Field::Alt),
            ("Crédit", Field::Credit),
            ("By-line", Field::Credit),
            ("Ort", Field::Place),
            ("Date de prise de vue", Field::Taken),
            ("EXIF:DateTimeOriginal", Field::Taken),
        ] {
            assert_eq!(recognized(name), Some((field, None)), "{name}");
        }
        for name in ["", "Keywords", "Bild Nr", "File (de)", "Copyright", "Caption Writer"] {
            assert_eq!(recognized(name), None, "{name}");
        }
    }

    #[test]
    fn a_language_is_not_the_end_of_a_plural() {
        let english = recognized("Bildunterschrift (en)");
        assert_eq!(english, Some((Field::Caption, Some("en".to_owned()))));
        assert_eq!(recognized("Bildunterschriften"), Some((Field::Caption, None)));
        assert_eq!(recognized("Caption (old)"), None);
    }

    #[test]
    fn a_name_can_have_a_language() {
        for name in [
            "caption.de",
            "Caption (de)",
            "Bildunterschrift [German]",
            "Caption_de",
            "Text DE",
            "XMP-dc:Description-de",
        ] {
            let language = recognized(name).and_then(|(_, tag)| tag).map(|tag| tag.to_lowercase());
            assert_eq!(language.as_deref(), Some("de"), "{name}");
        }
        let swiss = recognized("Caption-de-CH");
        assert_eq!(swiss, Some((Field::Caption, Some("de-CH".to_owned()))));
    }
}
