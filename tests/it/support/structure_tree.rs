//! Reads the structure tree of a PDF, and prints it as an indented outline with its texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{self, Array, Dict, MaybeRef, Name, ObjRef, Object};

use super::extracted_text::{lines, page_texts, text_string};

/// The structure tree of a PDF.
pub(crate) struct StructureTree<'p> {
    pdf: &'p Pdf,
    /// The index of each page by its object number.
    pages: BTreeMap<u32, usize>,
    /// The texts of marked content, by the index of the page and the identifier.
    texts: BTreeMap<(usize, i32), String>,
    /// The types of artifacts by page.
    pub(crate) artifacts: Vec<Vec<String>>,
}

impl<'p> StructureTree<'p> {
    pub(crate) fn new(pdf: &'p Pdf) -> Self {
        let mut tree =
            Self { pdf, pages: BTreeMap::new(), texts: BTreeMap::new(), artifacts: Vec::new() };
        for (index, page) in pdf.pages().iter().enumerate() {
            if let Some(id) = page.raw().obj_id() {
                tree.pages.insert(id.obj_number, index);
            }
            let (glyphs, artifacts) = page_texts(page);
            tree.artifacts.push(artifacts);
            let mut contents: BTreeMap<i32, Vec<_>> = BTreeMap::new();
            for glyph in glyphs {
                match glyph.content {
                    Some(content) => contents.entry(content).or_default().push(glyph),
                    None => continue,
                }
            }
            for (content, glyphs) in contents {
                // The first line is at the top, where y is greatest.
                let mut lines = lines(glyphs);
                lines.reverse();
                tree.texts.insert((index, content), lines.join(" "));
            }
        }
        tree
    }

    pub(crate) fn catalog(&self) -> Dict<'p> {
        self.pdf.xref().get(self.pdf.xref().root_id()).unwrap()
    }

    fn root(&self) -> Dict<'p> {
        self.catalog().get(b"StructTreeRoot").expect("the PDF has no structure tree")
    }

    /// The tree as an outline: each element on a line, indented by its depth, with its text in
    /// quotes.
    pub(crate) fn outline(&self) -> String {
        let mut outline = String::new();
        let id = self.root().get_ref(b"K").unwrap();
        self.element(id, self.root().obj_id().unwrap().into(), 0, &mut outline);
        outline
    }

    fn element(&self, id: ObjRef, parent: ObjRef, depth: usize, outline: &mut String) {
        let entries: Dict<'_> = self.pdf.xref().get(id.into()).unwrap();
        assert_eq!(entries.get_ref(b"P"), Some(parent), "the parent of {id}");
        let kind: Name<'_> = entries.get(b"S").unwrap();
        write!(outline, "{:1$}{2}", "", depth * 2, kind.as_str()).unwrap();
        let text = |key: &[u8]| entries.get::<object::String<'_>>(key);
        if let Some(language) = text(b"Lang") {
            write!(outline, " [{}]", text_string(language.as_bytes())).unwrap();
        }
        if let Some(id) = text(b"ID") {
            write!(outline, " #{}", text_string(id.as_bytes())).unwrap();
        }
        for attributes in entries.get::<Array<'_>>(b"A").iter().flat_map(Array::iter::<Dict<'_>>) {
            for key in [b"ListNumbering".as_slice(), b"Scope"] {
                if let Some(value) = attributes.get::<Name<'_>>(key) {
                    write!(outline, " {}", value.as_str()).unwrap();
                }
            }
            if attributes.contains_key(b"BBox") {
                outline.push_str(" BBox");
            }
        }
        if let Some(alt) = text(b"Alt") {
            write!(outline, " alt {:?}", text_string(alt.as_bytes())).unwrap();
        }
        let page = entries.get_ref(b"Pg");
        let children: Vec<MaybeRef<Object<'_>>> = match entries.get_raw::<Object<'_>>(b"K") {
            Some(MaybeRef::NotRef(Object::Array(array))) => array.raw_iter().collect(),
            Some(only) => vec![only],
            None => Vec::new(),
        };
        let mut texts = Vec::new();
        let mut inner = String::new();
        for child in &children {
            match child {
                MaybeRef::Ref(child) => {
                    self.texts(&mut texts, depth + 1, &mut inner);
                    self.element(*child, id, depth + 1, &mut inner);
                }
                MaybeRef::NotRef(Object::Number(number)) => {
                    let number = i32::try_from(number.as_i64()).unwrap();
                    texts.push(self.text(id, page.unwrap(), number));
                }
                MaybeRef::NotRef(Object::Dict(content)) => {
                    let page = content.get_ref(b"Pg").or(page).unwrap();
                    if let Some(number) = content.get::<i32>(b"MCID") {
                        texts.push(self.text(id, page, number));
                    } else {
                        self.texts(&mut texts, depth + 1, &mut inner);
                        let annotation = content.get_ref(b"Obj").unwrap();
                        let annotation = self.annotation(id, annotation);
                        writeln!(inner, "{:1$}→ {annotation}", "", depth * 2 + 2).unwrap();
                    }
                }
                MaybeRef::NotRef(_) => panic!("a child of {id}"),
            }
        }
        if inner.is_empty() && !texts.is_empty() && kind.as_str() != "Figure" {
            write!(outline, " {:?}", texts.join(" | ")).unwrap();
        } else if kind.as_str() == "Figure" && texts.len() > 1 {
            write!(outline, " in {} parts", texts.len()).unwrap();
        } else {
            self.texts(&mut texts, depth + 1, &mut inner);
        }
        outline.push('\n');
        outline.push_str(&inner);
    }

    /// Writes the collected texts on lines of their own.
    #[expect(clippy::unused_self, reason = "it belongs to the other parts of the outline")]
    fn texts(&self, texts: &mut Vec<String>, depth: usize, outline: &mut String) {
        for text in texts.drain(..).filter(|text| !text.is_empty()) {
            writeln!(outline, "{:1$}{text:?}", "", depth * 2).unwrap();
        }
    }

    /// The text of marked content, which the parent tree must assign to the element.
    fn text(&self, element: ObjRef, page: ObjRef, content: i32) -> String {
        let index = self.pages[&page.obj_number];
        let page: Dict<'_> = self.pdf.xref().get(page.into()).unwrap();
        let key = page.get::<i32>(b"StructParents").unwrap();
        let parents = match self.parent(key) {
            MaybeRef::Ref(id) => self.pdf.xref().get::<Array<'_>>(id.into()).unwrap(),
            MaybeRef::NotRef(Object::Array(array)) => array,
            MaybeRef::NotRef(_) => panic!("the entry of page {index} in the parent tree"),
        };
        let parent = parents.raw_iter().nth(usize::try_from(content).unwrap());
        assert_eq!(parent.and_then(|it| it.as_obj_ref()), Some(element), "on page {index}");
        self.texts.get(&(index, content)).cloned().unwrap_or_default()
    }

    /// The description and the target of a link.
    fn annotation(&self, element: ObjRef, id: ObjRef) -> String {
        let entries: Dict<'_> = self.pdf.xref().get(id.into()).unwrap();
        let parent = self.parent(entries.get::<i32>(b"StructParent").unwrap());
        assert_eq!(parent.as_obj_ref(), Some(element), "the element of {id}");
        let contents: object::String<'_> = entries.get(b"Contents").unwrap();
        let contents = text_string(contents.as_bytes());
        match entries.get::<Array<'_>>(b"Dest").and_then(|dest| dest.raw_iter().next()) {
            Some(MaybeRef::Ref(page)) => {
                format!("{contents:?} (page {})", self.pages[&page.obj_number] + 1)
            }
            _ => format!("{contents:?}"),
        }
    }

    /// An entry of the parent tree.
    fn parent(&self, key: i32) -> MaybeRef<Object<'p>> {
        let tree: Dict<'_> = self.root().get(b"ParentTree").unwrap();
        let numbers: Array<'_> = tree.get(b"Nums").unwrap();
        let entries: Vec<MaybeRef<Object<'_>>> = numbers.raw_iter().collect();
        let is_key = |entry: &MaybeRef<Object<'_>>| matches!(entry, MaybeRef::NotRef(Object::Number(number)) if number.as_i64() == i64::from(key));
        let at = entries.chunks(2).position(|pair| is_key(&pair[0])).expect("the key");
        entries.into_iter().nth(at * 2 + 1).unwrap()
    }
}
