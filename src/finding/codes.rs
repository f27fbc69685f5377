//! Every finding code: the one list from which the documentation and the JSON Schema of findings
//! are made.
//!
//! To add a code, add an entry here (in alphabetical order) and use it.

use super::declare::codes;
use super::explanation::Explanation;
use super::severity::Severity;

codes! {
    AltMissing = "alt-missing", Warning {
        means: "A photo has no alt text, neither in the manifest nor in its metadata, or only a blank one.",
        matters: "Readers who cannot see the photo hear only its number, and the e-book cannot claim to be accessible.",
        fix: "Write `alt:` with a sentence that describes the photo, or `alt: \"\"` if it is only decoration.",
    }
    BarcodeIsbn = "barcode-isbn", Warning {
        means: "The barcode of the cover has no number: the printed edition has no ISBN.",
        matters: "A price cannot be scanned without the ISBN beside it, so no barcode is printed.",
        fix: "Give `isbn` under `print.cover.barcode`, or the ISBN of the printed edition under `source`.",
    }
    BarcodeSmall = "barcode-small", Warning {
        means: "The field of the barcode is too small for it.",
        matters: "Scanners are made for barcodes of at least 80 % of the usual size.",
        fix: "Leave out the price, choose a larger trim, or set `barcode: none` where the printer adds the barcode.",
    }
    BleedMissing = "bleed-missing", Warning {
        means: "Photos run to the edge of the page, but the book has no bleed.",
        matters: "The printer's knife is never exact: without a bleed, a white line shows at the edge.",
        fix: "Set `print.bleed`, usually to 3 mm, or use `layout: framed`.",
    }
    BleedShort = "bleed-short", Error {
        means: "A picture or a colour that runs to the edge of a page, or to the fold of a spread, ends before the bleed does.",
        matters: "After trimming, a white line shows at the edge.",
        fix: "Please report it: recto extends full-bleed photos to the bleed by itself.",
    }
    BookEmpty = "book-empty", Error {
        means: "The manifest has no `pages`, or nothing under them.",
        matters: "There is nothing to make a book of.",
        fix: "Add at least one page, such as `- photos: \"photos/*.jpg\"`.",
    }
    CacheUnwritable = "cache-unwritable", Note {
        means: "Converted photos cannot be saved in the cache folder.",
        matters: "This build is complete, but the next one has to convert the photos again.",
        fix: "Free some space, choose another folder with `--cache`, or pass `--no-cache`.",
    }
    CaptionFile = "caption-file", Warning {
        means: "A text file beside a photo, such as `01.txt` beside `01.jpg`, is empty, not a text, or larger than 64 KB, and is not used as its caption.",
        matters: "The photo has another caption, or none.",
        fix: "Write the caption into the file, or delete or rename it.",
    }
    CaptionIgnored = "caption-ignored", Note {
        means: "A text in a photo's metadata is not used as its caption, because a camera or a program wrote it: its own name, a file name, a code, or a placeholder.",
        matters: "Nobody wants to read `OLYMPUS DIGITAL CAMERA` under a photo. The photo has the next caption in its metadata, or none.",
        fix: "Nothing, if the text means nothing. If it is the caption, write it as `caption` in the manifest.",
    }
    CaptionTooLong = "caption-too-long", Error {
        means: "A caption does not fit beside its photo, even in smaller type.",
        matters: "Part of the caption would be lost.",
        fix: "Shorten the caption, use `caption: facing`, or choose a larger trim.",
    }
    CaptionsColumns = "captions-columns", Note {
        means: "The table of captions has columns whose names recto does not know.",
        matters: "Nothing of them is in the book.",
        fix: "Nothing, if they are not needed. Otherwise name them under `captions`: `columns: { caption: … }`.",
    }
    CaptionsDate = "captions-date", Warning {
        means: "A date in the table of captions can be read in two ways, such as `03/04/1984`, or is none.",
        matters: "It is printed as it is written, or not at all.",
        fix: "Write the year first: `1984-04-03`.",
    }
    CaptionsEncoding = "captions-encoding", Note {
        means: "A table of captions, or the text beside a photo, does not state its encoding, which had to be guessed.",
        matters: "Letters with accents may be wrong.",
        fix: "Read the word in the message. If it is wrong, save the file as UTF-8.",
    }
    CaptionsMissing = "captions-missing", Note {
        means: "Photos have no row in the table of captions, and no caption in the manifest.",
        matters: "They have the caption in their metadata, or none.",
        fix: "Add a row for each, or write `caption:`, which may be empty.",
    }
    CaptionsRow = "captions-row", Warning {
        means: "A row of the table of captions matches no photo, several photos, or a photo that has a row already; or it has no file name, or the error of a formula.",
        matters: "Its caption is not in the book.",
        fix: "Correct the file name in the row; the message says what it can mean.",
    }
    CaptionsTable = "captions-table", Error {
        means: "The table of captions does not exist, cannot be read, or lacks a column; or a row has more cells than the header.",
        matters: "Captions would be missing or incomplete.",
        fix: "Correct the table or its name, or save it as CSV in UTF-8.",
    }
    ContrastLow = "contrast-low", Warning {
        means: "Text has less contrast with its page than 4.5 : 1.",
        matters: "It is hard to read (WCAG 2.2, 1.4.3).",
        fix: "Choose a darker ink or a lighter page in the design.",
    }
    CoverCommon = "cover-common", Note {
        means: "The printed cover is made with numbers that are common in the trade, since the manifest names no printer.",
        matters: "Another printer can want a wider wrap or other boards, and rejects the file.",
        fix: "Name the printer under `print.printer`, or give its numbers under `print.cover`.",
    }
    CoverFlaps = "cover-flaps", Warning {
        means: "There are texts for the flaps of a jacket, and the binding has no flaps.",
        matters: "They are not printed.",
        fix: "Set `print.cover.binding: jacket`, or remove `cover.flaps`.",
    }
    CoverLeftOut = "cover-left-out", Note {
        means: "The manifest names a printer, but a number that the cover needs is not known, so no cover is written.",
        matters: "Most printers want the cover as a file of its own.",
        fix: "Give `print.paper`, from which the width of the spine is calculated, or the number itself under `print.cover`.",
    }
    CoverTextLong = "cover-text-long", Error {
        means: "A text does not fit on the back of the cover or on a flap, even in smaller type.",
        matters: "Its last lines would be lost.",
        fix: "Shorten the text, leave out the photo beside it, or choose a larger trim.",
    }
    CoverUnknown = "cover-unknown", Error {
        means: "A number that the printed cover needs is not known: the width of its spine, or of what is turned in around the boards.",
        matters: "A cover of the wrong size does not fit the book.",
        fix: "Give `print.paper`, from which the width of the spine is calculated, or the number from the printer's template under `print.cover`.",
    }
    CropDeep = "crop-deep", Note {
        means: "More than 40 % of a photo is cropped away, or, without a `focus`, a part of what stands out in it.",
        matters: "What the photo shows may be lost.",
        fix: "Set `focus` to the part that must be kept, or use `layout: framed`, which shows the whole photo.",
    }
    DateImplausible = "date-implausible", Note {
        means: "The date in a photo's metadata is one that cameras begin with when their clock is not set, is before photography, or is in the future.",
        matters: "It is not printed, because it is very likely wrong.",
        fix: "Write the date as `taken` in the manifest, or set the clock of the camera.",
    }
    DesignEmpty = "design-empty", Warning {
        means: "The design file is empty.",
        matters: "The book looks as if no design had been named.",
        fix: "Start from a design that comes with recto: `recto schema --design classic`.",
    }
    DesignMissing = "design-missing", Error {
        means: "`design` names neither a design that comes with recto nor a file.",
        matters: "The book cannot be laid out as intended.",
        fix: "Correct the name; paths are relative to the manifest.",
    }
    EmojiNamed = "emoji-named", Warning {
        means: "No font has an emoji, so its English name is printed in brackets. A reflowable e-book shows the emoji in a font of the reading system.",
        matters: "The text is not as it was written.",
        fix: "Take the emoji out, or add a font with outlines that has it to `fonts: { fallback: […] }`.",
    }
    Fat32Size = "fat32-size", Warning {
        means: "A file of the offline edition has 4 GiB (4,294,967,296 bytes) or more.",
        matters: "A USB stick with the file system FAT32, as most are sold, cannot hold it.",
        fix: "Format the stick as exFAT, which all systems read. Or set `offline.form` to `folder`, set `offline.max-size: 4 GB`, or omit large editions such as `print` from `offline.include`.",
    }
    FileOutdated = "file-outdated", Note {
        means: "A file in the output folder is from an earlier title of the book, or from another book.",
        matters: "It is easily handed out by mistake. `SHA256SUMS` lists only the files that are this book as it is now.",
        fix: "Delete the file, or build each book into a folder of its own.",
    }
    FocusLost = "focus-lost", Note {
        means: "The crop puts the focus of a photo at the edge of the page, or (a warning) less than 8 mm from the fold of a spread of 210 mm pages.",
        matters: "The part that matters most may be trimmed off or disappear in the binding.",
        fix: "Choose a `focus` nearer to the middle, or another layout.",
    }
    FolderOtherFiles = "folder-other-files", Error {
        means: "The folder of the offline edition holds files that recto did not write.",
        matters: "They would lie among the files of the book, or be replaced by them. Nothing is deleted or written.",
        fix: "Move the files to another folder, or build into another folder with `-o`.",
    }
    FontEmpty = "font-empty", Warning {
        means: "A font has characters, but no outlines for most of them: it is a bitmap or colour font, or damaged.",
        matters: "Nothing would be printed. The next font that has the characters is used instead.",
        fix: "Name a font with outlines under `fonts`.",
    }
    FontFormat = "font-format", Error {
        means: "A font file is not an OpenType or TrueType font.",
        matters: "It cannot be used for setting text or embedded in the books.",
        fix: "Name an `.otf` or `.ttf` file.",
    }
    FontMissing = "font-missing", Error {
        means: "A font file does not exist.",
        matters: "The text cannot be set as intended.",
        fix: "Correct the path under `fonts`; it is relative to the manifest.",
    }
    FontRestricted = "font-restricted", Error {
        means: "The maker of a font forbids embedding it.",
        matters: "A book without its fonts looks different on every machine, and printers reject it.",
        fix: "Choose another font, or ask its maker for a licence to embed it.",
    }
    FontSystem = "font-system", Note {
        means: "A font of this machine was used for characters that no other font has.",
        matters: "On another machine the book may look different; the SHA-256 identifies the font.",
        fix: "Copy the font beside the manifest and name it under `fonts.fallback`.",
    }
    FontUnreadable = "font-unreadable", Error {
        means: "A font file is damaged, or lacks something that setting or embedding needs.",
        matters: "The text cannot be set or embedded.",
        fix: "Get the font from its source again, or choose another one.",
    }
    FontVariable = "font-variable", Warning {
        means: "A font is a variable font without TrueType outlines, or in a collection, of which recto cannot make static instances.",
        matters: "A PDF shows only its default instance, which is often Thin, and strong words are no bolder.",
        fix: "Name the static fonts of the family under `fonts`, such as its Regular, Italic and SemiBold.",
    }
    GutterDetail = "gutter-detail", Warning {
        means: "The fold of a spread crosses the part of the photo with the most detail: half as much again as in the whole photo, or more.",
        matters: "What is there disappears in the binding; it is often a face.",
        fix: "Set `focus` to what matters, so that it is moved to one of the pages, or choose another photo for the spread.",
    }
    IndexEmpty = "index-empty", Warning {
        means: "The manifest asks for an index, but no photo has a place, people or keywords for it.",
        matters: "The book has no index.",
        fix: "Write `keywords:`, `people:` or `place:` beside the photos or into their metadata, or remove `index`.",
    }
    IndexIncomplete = "index-incomplete", Note {
        means: "Some photos have nothing for the index, or keywords or people that no index prints.",
        matters: "Readers who look them up do not find them.",
        fix: "Write `keywords:`, `people:` or `place:` beside the photos or into their metadata, or add the topic to `index`.",
    }
    InkTotal = "ink-total", Warning {
        means: "A colour of the design, or a photo in a square of 15 mm², has more ink than paper takes: 300 %, or the printer's maximum. More than 20 % above it is an error, if the number is sure.",
        matters: "The ink does not dry, and smears or sticks to the next sheet.",
        fix: "Lower the sum of `c`, `m`, `y` and `k` in the design. Convert the photo with a profile that has a lower total: name it under `print.profile` and set `print.color: cmyk`.",
    }
    InkUntagged = "ink-untagged", Warning {
        means: "CMYK photos have no colour profile.",
        matters: "The same inks look different on each press, so nobody knows what the colours should be.",
        fix: "Export the photos again with their profile embedded.",
    }
    Internal = "internal", Error {
        means: "recto itself failed.",
        matters: "This is a bug in recto, not in your book.",
        fix: "Please report the message together with the manifest.",
    }
    KeyMisplaced = "key-misplaced", Error {
        means: "A key does not belong to this kind of page.",
        matters: "recto does not guess what was meant.",
        fix: "Remove the key, or move it to a page of the right kind.",
    }
    LanguageMissing = "language-missing", Error {
        means: "The book has no texts in the language that was asked for.",
        matters: "There is no edition to build.",
        fix: "Ask for one of the languages that the message lists.",
    }
    LineThin = "line-thin", Warning {
        means: "A line is thinner than 0.25 pt, or than the printer's minimum.",
        matters: "A press prints such a line broken, or not at all.",
        fix: "Make the line wider.",
    }
    LinkScheme = "link-scheme", Warning {
        means: "A link leads to something other than `http`, `https` or `mailto`, and became plain text.",
        matters: "E-book stores reject such links, and they do not work on the reader's machine.",
        fix: "Link to a web page, or remove the link.",
    }
    MailSize = "mail-size", Warning {
        means: "The offline edition is one HTML file of more than 25 MB.",
        matters: "Many mail servers refuse such a file. Mail programs encode files, which makes them a third larger.",
        fix: "Set `offline.max-size: 18 MB` or a smaller `offline.max-edge`, or use fewer photos. For a larger book, set `offline.form: zip` and hand the file over on a stick or as a download.",
    }
    ManifestExists = "manifest-exists", Error {
        means: "There is a manifest in the folder already.",
        matters: "`recto init` never overwrites one, since every word in it would be lost.",
        fix: "Add new photos to it with `recto init --update`, or rename it.",
    }
    ManifestMissing = "manifest-missing", Error {
        means: "The manifest does not exist, or cannot be read.",
        matters: "Without it there is no book.",
        fix: "Name the file or the folder that holds `book.yaml`.",
    }
    ManifestUnreadable = "manifest-unreadable", Error {
        means: "The manifest was read, but it does not describe a book.",
        matters: "Without it there is no book.",
        fix: "Start with `title:` and `pages:`.",
    }
    ManifestUpdate = "manifest-update", Error {
        means: "The form of the manifest does not allow new photos to be added by `recto init --update`.",
        matters: "Nothing was changed, because words or comments could have been lost.",
        fix: "Write each page under `pages:` on a line of its own that starts with a dash, or add the photos by hand.",
    }
    ManifestWrite = "manifest-write", Error {
        means: "The manifest cannot be written.",
        matters: "The folder is as it was before.",
        fix: "Make the folder writable, or free space on the disk.",
    }
    MarginsTooWide = "margins-too-wide", Error {
        means: "The margins leave no space for text or photos.",
        matters: "Nothing fits on the page.",
        fix: "Reduce the margins, or choose a larger trim.",
    }
    MarkdownHtml = "markdown-html", Note {
        means: "HTML is not supported in texts and is shown as text.",
        matters: "Readers see the tags.",
        fix: "Write Markdown instead.",
    }
    MarkdownUnsupported = "markdown-unsupported", Note {
        means: "A form of Markdown is not supported where it stands, and its plain text is shown.",
        matters: "The text looks different from what was intended.",
        fix: "Write it in another form; the README lists what texts and captions can hold.",
    }
    MaxSizeMet = "max-size-met", Note {
        means: "The photos of an e-book or of the offline edition were made smaller to stay below `ebook.max-size` or `offline.max-size`.",
        matters: "They have fewer pixels or a lower quality than usual.",
        fix: "Nothing needs to be done; allow a larger file for larger photos.",
    }
    MaxSizeMissed = "max-size-missed", Warning {
        means: "An e-book or the offline edition is larger than its `max-size`, although its photos were made as small as is sensible.",
        matters: "A store or a mail server may refuse the file.",
        fix: "Use fewer photos, split the book into two volumes, or allow a larger file. The offline edition is smaller with fewer editions in `offline.include`.",
    }
    MetadataEncoding = "metadata-encoding", Note {
        means: "The encoding of a text in a photo's metadata is not stated and had to be guessed, or a program decoded the text with a wrong one.",
        matters: "Letters with accents may be wrong.",
        fix: "Read the text in the built book. If it is wrong, write it in the manifest, or correct it in the photo with a program that writes UTF-8.",
    }
    MissingGlyph = "missing-glyph", Error {
        means: "No font has a character that the book uses.",
        matters: "An empty box would be printed in its place.",
        fix: "Name a font that has the character under `fonts.fallback`, or replace the character.",
    }
    MissingKey = "missing-key", Error {
        means: "A required key is missing.",
        matters: "recto cannot know its value.",
        fix: "Add the key.",
    }
    NotWritten = "not-written", Error {
        means: "A file cannot be written.",
        matters: "The edition does not exist, or is the one of an earlier build.",
        fix: "Free some space, close the file where it is open, or choose another folder with `-o`.",
    }
    NoteUnused = "note-unused", Warning {
        means: "No reference points to a footnote, so it is left out.",
        matters: "Readers never see the note.",
        fix: "Refer to it with `[^name]`, or delete it.",
    }
    OutsideFolder = "outside-folder", Error {
        means: "A file, folder, link or font that the manifest names is outside the folder of the manifest, and `--confined` was passed.",
        matters: "The manifest of a stranger could put any file of this computer into the book, so the file was not read.",
        fix: "Copy the file into the folder of the manifest. If you trust the manifest, build without `--confined`.",
    }
    PageKind = "page-kind", Error {
        means: "A page does not have exactly one of `photo`, `photos`, `text` and `chapter`.",
        matters: "recto cannot know what the page is.",
        fix: "Keep one of the keys, and split the rest into pages of their own.",
    }
    PageList = "page-list", Note {
        means: "The page list of the e-book has the numbers of the plates, because errors stop the print PDF.",
        matters: "Readers of the e-book and of the printed book cannot go to the same page by its number.",
        fix: "Repair what stops the print PDF: `recto check --only print` shows it.",
    }
    PagesBlank = "pages-blank", Warning {
        means: "Several pages in a row are blank, more than openings, spreads and the multiple of pages explain.",
        matters: "Readers take them for a mistake, and they are paid for.",
        fix: "Put a photo or a text there, reorder the pages, or set `print.chapters: any`.",
    }
    PagesPadded = "pages-padded", Note {
        means: "Blank pages were added at the end of the book.",
        matters: "Printers bind pages in multiples, which `print.multiple` sets.",
        fix: "Nothing needs to be done; more pages would fill the space.",
    }
    PhotoAnimated = "photo-animated", Note {
        means: "A file holds several pictures, and the first one is used.",
        matters: "The other pictures are not in the book.",
        fix: "Export the picture that you want as a file of its own.",
    }
    PhotoChanged = "photo-changed", Error {
        means: "A photo was changed, replaced or removed after it had been read, while the book was built.",
        matters: "Its size, caption and colours are those of the earlier photo, so the edition would be wrong and is not written.",
        fix: "Build again when no program writes to the photos any more.",
    }
    PhotoDamaged = "photo-damaged", Warning {
        means: "The data of a photo is damaged: a part of it was overwritten, zeroed or lost.",
        matters: "A part of the picture is missing, displaced or in wrong colours. What can be decoded is encoded again; the damaged data itself is in no edition.",
        fix: "Copy the file again from the camera or the backup.",
    }
    PhotoExtension = "photo-extension", Note {
        means: "The format of a photo is not the one that its name says.",
        matters: "recto reads it correctly, but other programs may not.",
        fix: "Rename the file.",
    }
    PhotoFormat = "photo-format", Error {
        means: "A photo has a format that recto cannot read.",
        matters: "It cannot be shown in the book.",
        fix: "Convert it; the message has the command for this system. HEIC is read by a recto that was installed with `--features heif`.",
    }
    PhotoGamut = "photo-gamut", Warning {
        means: "More than 5 % of a photo has colours that the press cannot print: after conversion to its profile they differ by more than ΔE00 5.",
        matters: "They become duller, and differences between them may vanish.",
        fix: "Look at a proof. Reduce the saturation in an image editor with a soft proof, or choose another `print.intent`.",
    }
    PhotoHdr = "photo-hdr", Note {
        means: "A photo has high dynamic range (PQ or HLG).",
        matters: "Neither paper nor the screens of most readers can show it. Its highlights are compressed to their range, which another program may do in another way.",
        fix: "Look at the highlights in the built book; for control over them, export the photo as sRGB.",
    }
    PhotoMissing = "photo-missing", Error {
        means: "A photo does not exist.",
        matters: "The page would be empty.",
        fix: "Correct the path; it is relative to the manifest.",
    }
    PhotoRepeated = "photo-repeated", Note {
        means: "A photo has a page of its own and is matched by a pattern too, or by two patterns.",
        matters: "It is in the book twice, perhaps by accident.",
        fix: "Remove one of the pages, or leave the photo out of the pattern with `exclude`.",
    }
    PhotoTooLarge = "photo-too-large", Error {
        means: "A photo has more than 300 megapixels, a side of more than 65,000 pixels, or more than 2 GiB of samples.",
        matters: "Its header is damaged, or it needs more memory than a build should take.",
        fix: "Scale the photo down first.",
    }
    PhotoTruncated = "photo-truncated", Warning {
        means: "A photo is truncated: the end of its file is missing.",
        matters: "The missing part is shown as a grey or coloured area.",
        fix: "Copy the file again from the camera or the backup.",
    }
    PhotoUnreadable = "photo-unreadable", Error {
        means: "A photo is damaged and cannot be decoded.",
        matters: "It cannot be shown in the book.",
        fix: "Copy the file again from the camera or the backup, repair it, or leave it out.",
    }
    PhotoUntagged = "photo-untagged", Note {
        means: "Photos have no colour profile and are assumed to be sRGB.",
        matters: "If they were made in another colour space, their colours are wrong.",
        fix: "Export them with their profile embedded.",
    }
    PhotosExclude = "photos-exclude", Warning {
        means: "A pattern under `exclude` matches no file that the patterns under `files` match.",
        matters: "A photo that was to be left out may be in the book.",
        fix: "Correct the pattern, or remove it.",
    }
    PhotosNone = "photos-none", Error {
        means: "No file matches a pattern under `photos`.",
        matters: "The pages would be empty.",
        fix: "Correct the pattern; it is relative to the manifest.",
    }
    PhotosOrder = "photos-order", Warning {
        means: "Photos are to be sorted by time, but some have no time in their metadata.",
        matters: "They come last, which may be the wrong place.",
        fix: "List them on their own in the right place, or sort by name.",
    }
    PhotosPattern = "photos-pattern", Error {
        means: "The value of `photos` is not a valid pattern.",
        matters: "recto cannot know which files are meant.",
        fix: "Use `*` for any part of a name, `?` for one character, `[ab]` for one of several, `**` for any folders.",
    }
    PhotosSkipped = "photos-skipped", Warning {
        means: "A file or folder matches a pattern under `photos`, but cannot be used: a HEIC image, a raw file, a video, a document, a link to nothing, a name that is not Unicode, a folder of the system.",
        matters: "A photo may be missing from the book.",
        fix: "Do what the message says, or write a pattern that does not match it.",
    }
    PlateFacing = "plate-facing", Warning {
        means: "A photo with `keep-with-next` does not face the next one.",
        matters: "The two pages are not seen together, as they are meant to be.",
        fix: "Put another photo after it, print the captions of both below them, or remove the key.",
    }
    PreviewUnavailable = "preview-unavailable", Error {
        means: "The preview cannot be shown.",
        matters: "Another program uses the port, or the system allows no server or no watching of folders.",
        fix: "Leave `--port` out to use the first free port, or write a file with `--out`.",
    }
    PrinterCondition = "printer-condition", Warning {
        means: "The printer prints under another condition than the one that the PDF is made for.",
        matters: "Colours come out differently, because each paper and press shows the same inks differently.",
        fix: "Get the ICC profile of the printer's condition, and name it under `print.profile`.",
    }
    PrinterConflict = "printer-conflict", Warning {
        means: "A key under `print` contradicts what the printer asks for.",
        matters: "The manifest wins, and the printer may reject the file or change it.",
        fix: "Leave the key out, so that the printer's value is used; if the printer has told you otherwise, copy its file with `recto schema --printer NAME` and change it.",
    }
    PrinterMargin = "printer-margin", Warning {
        means: "Text is closer to an edge of the page than the printer allows.",
        matters: "It may be trimmed, or disappear in the fold.",
        fix: "Set wider `print.margins`.",
    }
    PrinterMissing = "printer-missing", Error {
        means: "The file that `print.printer` names does not exist.",
        matters: "The book cannot be checked against what the printer asks for.",
        fix: "Correct the path, which is relative to the manifest, or use the name of a preset: `recto printers` lists them.",
    }
    PrinterPages = "printer-pages", Error {
        means: "The book has more or fewer pages than the printer binds. It is a warning if the number is not from the printer itself.",
        matters: "The printer rejects the file.",
        fix: "Add or remove pages, or choose another paper or printer.",
    }
    PrinterSize = "printer-size", Warning {
        means: "The print PDF is larger than the printer accepts.",
        matters: "It cannot be uploaded.",
        fix: "Scale down the photos that have more pixels than a press can show, or set `compression: jpeg`.",
    }
    PrinterStandard = "printer-standard", Warning {
        means: "The printer does not list the standard of the print PDF among those that it accepts.",
        matters: "It may reject the file.",
        fix: "Ask the printer whether it takes the file; many convert what they get.",
    }
    PrinterStock = "printer-stock", Warning {
        means: "The printer's file does not have the paper that `print.paper` names, or not its thickness.",
        matters: "The width of the spine is not calculated.",
        fix: "Use the name of one of its papers, which `recto printers NAME` lists, or give the thickness of a leaf.",
    }
    PrinterTrim = "printer-trim", Warning {
        means: "The printer does not offer the size of the pages.",
        matters: "It rejects the file, or scales the pages.",
        fix: "Set `print.trim` to one of the sizes that the message lists.",
    }
    ProfileBroken = "profile-broken", Note {
        means: "The colour profile in a photo is damaged, and sRGB is assumed.",
        matters: "Colours may be wrong.",
        fix: "Export the photo again with a valid profile.",
    }
    ProfileFormat = "profile-format", Error {
        means: "`print.profile` is not the profile of a CMYK printing condition.",
        matters: "The PDF could not say for which press it was made.",
        fix: "Ask the printer for the profile, or use `fogra39`.",
    }
    ProfileMissing = "profile-missing", Error {
        means: "The file that `print.profile` names does not exist.",
        matters: "The PDF could not say for which press it was made.",
        fix: "Correct the path; it is relative to the manifest.",
    }
    Resolution = "resolution", Note {
        means: "A photo has fewer than 300 pixels per inch (ppi) at its printed size, or photos have more than 600. Below 225 ppi it is a warning, below 150 ppi an error.",
        matters: "With too few pixels a print looks soft or coarse; with too many the file is only larger.",
        fix: "Use a file with more pixels, or show the photo smaller.",
    }
    ScreenNotAccessible = "screen-not-accessible", Note {
        means: "The PDF for screens does not claim to be accessible (PDF/UA-1), because photos have no alt text. It is PDF/A-2b, and has all else that PDF/UA-1 asks for.",
        matters: "Readers who cannot see these photos do not learn what they show. Some libraries and public bodies accept only PDF/UA-1.",
        fix: "Write `alt:` with a sentence that describes each photo, or `alt: \"\"` if it is only decoration.",
    }
    SeriesNumber = "series-number", Note {
        means: "A number within a series has a form that e-books cannot express, such as `2a`, and is left out of them.",
        matters: "E-readers sort the series without it.",
        fix: "Use a whole or decimal number, such as `2` or `2.1`.",
    }
    SidecarIgnored = "sidecar-ignored", Note {
        means: "A photo has two XMP sidecar files, such as `a.jpg.xmp` and `a.xmp`, with different texts, or one that cannot be read.",
        matters: "The one that is named after the whole file name is used; the other one only for what the first does not say.",
        fix: "Delete or rename the sidecar file that is out of date or damaged.",
    }
    SourceDateEpoch = "source-date-epoch", Error {
        means: "The environment variable `SOURCE_DATE_EPOCH` is not a number of seconds.",
        matters: "The files would have another date than the build system expects.",
        fix: "Set it to a whole number of seconds since 1970-01-01T00:00:00Z, or unset it.",
    }
    SourceSame = "source-same", Note {
        means: "`source` is the e-book's own `identifier`, and is left out.",
        matters: "An ISBN belongs to one edition; the printed one needs its own.",
        fix: "Give the printed edition's ISBN as `source`.",
    }
    SpineEmpty = "spine-empty", Note {
        means: "The spine of the cover has no text: it is too narrow, or the printer prints none on the spines of books with so few pages.",
        matters: "The book cannot be told from others in a shelf.",
        fix: "Nothing needs to be done; more pages or thicker paper make the spine wider.",
    }
    SpineTitleLong = "spine-title-long", Warning {
        means: "The title is too long for the spine, even in the smallest type.",
        matters: "The spine is left without text.",
        fix: "Shorten the title; a part of it can be the `subtitle`, which is not on the spine.",
    }
    StandardColor = "standard-color", Note {
        means: "`print.color` asks for colours that the standard of the print PDF does not have.",
        matters: "PDF/X-1a has only CMYK: the photos are converted to the press profile.",
        fix: "Omit `color`, or use PDF/X-4, which can keep the colours of photos.",
    }
    StandardUnmet = "standard-unmet", Error {
        means: "The book would break a rule of the standard that its PDF is to conform to.",
        matters: "A file that claims a standard must meet it, so it is not written. A printer that relies on a false claim prints something else, or rejects the file.",
        fix: "Change what the message names, or choose another `standard` under `print`.",
    }
    StoreAlt = "store-alt", Warning {
        means: "An alt text is longer than the store allows.",
        matters: "The store may reject the book or shorten the text.",
        fix: "Shorten the alt text, and say the rest in the caption.",
    }
    StoreCover = "store-cover", Warning {
        means: "The cover has fewer pixels than the store asks for.",
        matters: "The store may reject the book.",
        fix: "Choose a trim whose sides differ less.",
    }
    StoreSize = "store-size", Warning {
        means: "The e-book is larger than the store accepts.",
        matters: "The upload fails.",
        fix: "Set `ebook.max-size` to the limit.",
    }
    StoreText = "store-text", Warning {
        means: "A text is longer than the store accepts in one file.",
        matters: "The store rejects the book, or it is slow to open.",
        fix: "Split the text into several pages.",
    }
    TableTooWide = "table-too-wide", Warning {
        means: "A table is too wide: words are broken in the middle.",
        matters: "It is hard to read.",
        fix: "Use fewer columns or shorter words, or choose a wider trim.",
    }
    TextControlCharacter = "text-control-character", Error {
        means: "A text has a control character.",
        matters: "Such characters are invisible, and invalid in an e-book.",
        fix: "Delete the character.",
    }
    TextEmpty = "text-empty", Warning {
        means: "A Markdown file is empty.",
        matters: "The page, or the place, stays empty.",
        fix: "Write the text, or remove the page.",
    }
    TextEncoding = "text-encoding", Error {
        means: "A text file is not UTF-8.",
        matters: "Accents and other characters would be wrong.",
        fix: "Save the file as UTF-8.",
    }
    TextFrontMatter = "text-front-matter", Note {
        means: "A Markdown text starts with front matter (YAML between `---` or TOML between `+++`), which is skipped.",
        matters: "Its title is not printed, and the book uses none of its values.",
        fix: "Nothing needs to be done; for a title, start the text with a heading such as `# The Coast Road`.",
    }
    TextMissing = "text-missing", Error {
        means: "A Markdown file does not exist.",
        matters: "The page would be empty.",
        fix: "Correct the path; it is relative to the manifest.",
    }
    TextOutside = "text-outside", Error {
        means: "A caption, a page number, running text, a table or a note comes closer than 3 mm to an edge of its page.",
        matters: "It may be cut off when the book is trimmed.",
        fix: "Shorten the text, widen the margins, or choose a larger trim.",
    }
    TextTooLong = "text-too-long", Error {
        means: "A text is far too long: a Markdown text of more than 2 MB, or a line of more than 20,000 characters.",
        matters: "It was probably written by a program that failed, and setting it takes more memory than a computer has.",
        fix: "Split the text into several, or shorten it.",
    }
    TitleEmpty = "title-empty", Error {
        means: "A title is empty.",
        matters: "The book or chapter would have no name on its page and in the contents.",
        fix: "Write the title.",
    }
    TitleTooLong = "title-too-long", Warning {
        means: "A title has no room on its page, even in smaller type and in more lines.",
        matters: "It is set in small type, and may run into the margin.",
        fix: "Shorten the title, move a part of it to `subtitle` or to the text, or choose a larger trim.",
    }
    TransparencyWhite = "transparency-white", Warning {
        means: "A picture has transparency, and the pages of the design are coloured.",
        matters: "PDFs show the colour of the page there. In e-books with fixed pages, what is transparent becomes white, so that the picture may stand in a white box.",
        fix: "Put the colour of the page behind the picture and save it without transparency, or choose a design with white pages.",
    }
    TypeInks = "type-inks", Warning {
        means: "Type smaller than 9 pt is printed in more than one ink.",
        matters: "A press does not hold the inks exactly in register, and the letters get coloured edges.",
        fix: "Give small text a colour of one ink, such as `{ k: 100 }`, in the design.",
    }
    TypeReversed = "type-reversed", Warning {
        means: "Light type on a dark page is smaller than 8 pt.",
        matters: "The ink around it spreads and fills the letters.",
        fix: "Use larger type in the design.",
    }
    TypeSmall = "type-small", Warning {
        means: "Type is smaller than 7 pt, or than the printer's minimum.",
        matters: "It is hard to read in print.",
        fix: "Use larger type in the design.",
    }
    TypeTint = "type-tint", Warning {
        means: "Small text is printed in a tint lighter than 75 %.",
        matters: "A press prints a tint as dots, which break up the thin strokes of small letters.",
        fix: "Use at least 75 % of the ink, or 9 pt or more for the text.",
    }
    UnknownKey = "unknown-key", Error {
        means: "The manifest or the design has a key that recto does not know.",
        matters: "A misspelt key would have no effect without anyone noticing.",
        fix: "Correct the spelling; the message lists the valid keys.",
    }
    UnknownValue = "unknown-value", Error {
        means: "A value is not one of those that its key allows.",
        matters: "recto does not guess what was meant.",
        fix: "Use one of the values that the message lists.",
    }
    Untranslated = "untranslated", Warning {
        means: "A text exists in one of the book's languages, but not in another.",
        matters: "The edition in that language shows the text in the manifest's own language.",
        fix: "Add the translation.",
    }
    WordBroken = "word-broken", Warning {
        means: "A word or an address is wider than its line, and is broken where it has no syllable.",
        matters: "It is hard to read, and looks like an error.",
        fix: "Write a shorter one, put a soft hyphen (U+00AD) where it can be broken, or choose a wider trim.",
    }
    WrongType = "wrong-type", Error {
        means: "A value has the wrong type, such as a list instead of a string.",
        matters: "recto does not guess what was meant.",
        fix: "Write the value as the message describes.",
    }
    WrongValue = "wrong-value", Error {
        means: "A value has the right type, but is invalid or out of range.",
        matters: "recto does not guess what was meant.",
        fix: "Write the value as the message describes.",
    }
    YamlAlias = "yaml-alias", Error {
        means: "A YAML alias (`*name`) is inside the value that it repeats.",
        matters: "The value would be infinite.",
        fix: "Write the value out instead of repeating it.",
    }
    YamlDocuments = "yaml-documents", Error {
        means: "The manifest holds several YAML documents, separated by `---`.",
        matters: "Only the first one is read.",
        fix: "Keep one document, and put the others into files of their own.",
    }
    YamlDuplicateKey = "yaml-duplicate-key", Error {
        means: "A mapping has the same key twice.",
        matters: "Only the first value is used.",
        fix: "Delete one of the two.",
    }
    YamlKey = "yaml-key", Error {
        means: "A key is not a string.",
        matters: "All keys of a manifest are words.",
        fix: "Write the key as a word, followed by a colon.",
    }
    YamlMergeKey = "yaml-merge-key", Error {
        means: "The manifest uses a YAML merge key (`<<`).",
        matters: "YAML 1.2 no longer has them, and recto does not support them.",
        fix: "Write the keys in each place.",
    }
    YamlSyntax = "yaml-syntax", Error {
        means: "The file is not valid YAML.",
        matters: "It cannot be read.",
        fix: "Check the indentation, and put text with `: ` or ` #` in quotes.",
    }
    YamlTag = "yaml-tag", Error {
        means: "A value has a YAML tag (`!name`).",
        matters: "recto knows the type of every key, and tags could only contradict it.",
        fix: "Delete the tag, or put a text that starts with `!` in quotes.",
    }
    YamlTooDeep = "yaml-too-deep", Error {
        means: "The YAML is nested more deeply than any manifest needs.",
        matters: "Such a file is damaged, or made to exhaust memory.",
        fix: "Remove some of the nesting.",
    }
    YamlTooLarge = "yaml-too-large", Error {
        means: "The manifest holds more than a million values, with aliases expanded.",
        matters: "Such a file is damaged, or made to exhaust memory.",
        fix: "Move long texts into Markdown files.",
    }
    YamlUnquoted = "yaml-unquoted", Warning {
        means: "A text without quotes has a part that YAML reads as something else: ` #5` as a comment, `&co` as an anchor.",
        matters: "That part is not in the book.",
        fix: "Put the whole text in quotes. If a comment was meant, put a blank after its `#`.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::UnknownCode;

    #[test]
    fn codes_are_sorted_and_their_names_are_their_variants() {
        assert!(Code::ALL.is_sorted_by_key(|code| code.name()));
        for code in Code::ALL {
            let variant = format!("{code:?}").to_lowercase();
            assert_eq!(variant, code.name().replace('-', ""));
            assert_eq!(code.name().parse(), Ok(*code));
        }
        assert_eq!("photo".parse::<Code>(), Err(UnknownCode("photo".to_owned())));
    }

    #[test]
    fn explanations_are_sentences() {
        for code in Code::ALL {
            let Explanation { means, matters, fix, .. } = code.explanation();
            assert!([means, matters, fix].iter().all(|text| text.ends_with('.')), "{code}");
        }
    }
}
