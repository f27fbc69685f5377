//! The rules by which a table is set in smaller type, and then as a list, on a screen that is too
//! narrow for its columns.

/// The class of tables that are set as lists on screens of less than `width` ems.
pub(crate) fn class(width: usize) -> String {
    format!("list-below-{width}")
}

/// The rules of the classes of these widths. The width of the column of text is measured in its own
/// ems, so that larger type counts as a narrower screen.
pub(crate) fn rules(widths: impl IntoIterator<Item = usize>) -> String {
    let rules: String = widths
        .into_iter()
        .map(|width| {
            // In its usual type, nine tenths of that of the text, a table is wider by an eighth.
            let usual = format!("{}.{:02}", width * 9 / 8, width * 900 / 8 % 100);
            let rules = RULES.replace("WIDTH", &width.to_string()).replace("USUAL", &usual);
            rules.replace("CLASS", &class(width))
        })
        .collect();
    if rules.is_empty() { rules } else { format!("{CONTAINER}{rules}") }
}

const CONTAINER: &str = "
/* Tables as lists: each row is a paragraph, each cell a line that begins with the head of its
   column. The heads themselves are still there for those who listen. */
.table {
  container-type: inline-size;
}
";

const RULES: &str = r#"
@container (max-width: USUALem) {
  .CLASS table {
    font-size: 0.8em;
  }
}

@container (max-width: WIDTHem) {
  .CLASS table, .CLASS tbody, .CLASS tr, .CLASS td {
    display: block;
  }

  .CLASS thead {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  /* Cells as wide as their words would add a screen. */
  .CLASS thead tr, .CLASS th {
    display: block;
    width: 1px;
    overflow: hidden;
  }

  .CLASS tr + tr {
    margin-top: 0.6em;
  }

  .CLASS tbody tr:nth-child(n) > td {
    padding: 0;
    border: 0;
    text-align: start;
  }

  .CLASS td + td {
    margin-inline-start: 1em;
  }

  .CLASS table {
    font-size: 0.9em;
  }

  /* The space is where a line may end. */
  .CLASS td[data-label]::before {
    content: attr(data-label) " ";
    margin-inline-end: 0.25em;
    font-style: italic;
  }

  .CLASS table {
    break-inside: auto;
    page-break-inside: auto;
  }
}

/* Where there is room, the rows are in two columns. */
@container (min-width: 26em) and (max-width: WIDTHem) {
  .CLASS tbody {
    columns: 2;
    column-gap: 2em;
  }
}

/* On the narrowest screens a row may be divided, so that none is half empty, but not after the
   cell that says what the row is about. */
@container (max-width: 14em) {
  .CLASS tr {
    break-inside: auto;
    page-break-inside: auto;
  }

  .CLASS td:first-child {
    break-after: avoid;
    page-break-after: avoid;
  }
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_without_wide_tables_has_no_rules_for_them() {
        assert_eq!(rules([]), "");
        let css = rules([18, 30]);
        assert!(css.contains("@container (max-width: 18em) {\n  .list-below-18 table,"), "{css}");
        assert!(
            css.contains("@container (max-width: 20.25em) {\n  .list-below-18 table {"),
            "{css}"
        );
        assert_eq!(css.matches("container-type").count(), 1);
    }
}
