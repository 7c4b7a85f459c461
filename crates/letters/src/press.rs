//! The press: what all letters have in common, made once, and the run of one letter through it.

use chrono::Datelike;
use typst::World;
use typst::comemo;
use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::envelope::Envelope;
use crate::face::{self, Typeface};
use crate::sheet::Sheet;
use crate::{LetterError, Posting};

/// What was not used by this many letters is forgotten: the template stays, the texts go.
const KEEP: usize = 2;

/// Makes letters. One for the life of a program: the template is read and worked out once.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    template: Source,
    sheet: FileId,
    standards: PdfStandards,
    face: Typeface,
    envelope: Envelope,
}

impl Press {
    /// Makes it ready for letters in this envelope.
    ///
    /// # Errors
    /// `Typeface` or `Template` when what is bundled cannot be read.
    pub fn new(envelope: Envelope) -> Result<Self, LetterError> {
        let fonts: Vec<Font> =
            face::FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
        if fonts.len() != face::FILES.len() {
            return Err(LetterError::Typeface);
        }
        let standards = PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| LetterError::Template(error.message().to_string()))?;
        Ok(Self {
            // Header cells of rows are among the extras.
            library: LazyHash::new(
                Library::builder()
                    .with_features([Feature::A11yExtras].into_iter().collect())
                    .build(),
            ),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: Source::new(file("main.typ")?, include_str!("../templates/main.typ").to_owned()),
            template: Source::new(
                file("letter.typ")?,
                include_str!("../templates/letter.typ").to_owned(),
            ),
            sheet: file("sheet.json")?,
            standards,
            face: Typeface::new()?,
            envelope,
        })
    }

    /// The letter as a PDF file; the same for the same letter. It takes tens of milliseconds and
    /// waits for nothing.
    ///
    /// # Errors
    /// As [`LetterError`] says.
    pub fn print(&self, posting: &Posting<'_>) -> Result<Vec<u8>, LetterError> {
        let sheet = Sheet::of(posting, &self.envelope, &self.face)?;
        let sheet =
            serde_json::to_vec(&sheet).map_err(|error| LetterError::Template(error.to_string()))?;
        let run = Run { press: self, sheet: Bytes::new(sheet) };
        let printed = run.print(posting);
        comemo::evict(KEEP);
        printed
    }
}

fn file(name: &str) -> Result<FileId, LetterError> {
    let path = VirtualPath::new(name).map_err(|error| LetterError::Template(error.to_string()))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// One letter in the press.
struct Run<'a> {
    press: &'a Press,
    sheet: Bytes,
}

impl Run<'_> {
    fn print(&self, posting: &Posting<'_>) -> Result<Vec<u8>, LetterError> {
        let Warned { output, warnings } = typst::compile::<PagedDocument>(self);
        let document = output.map_err(|errors| LetterError::Template(first(&errors)))?;
        // A page number that did not settle would be wrong, and only a warning says so.
        if !warnings.is_empty() {
            return Err(LetterError::Template(first(&warnings)));
        }
        let day = posting.date;
        let created = Datetime::from_ymd_hms(
            day.year(),
            u8::try_from(day.month()).unwrap_or(1),
            u8::try_from(day.day()).unwrap_or(1),
            0,
            0,
            0,
        );
        let options = PdfOptions {
            ident: Smart::Custom(format!("{day} {}", posting.reference)),
            creator: Smart::Custom(Some(posting.sender.name.clone())),
            timestamp: created.map(Timestamp::new_utc),
            standards: self.press.standards.clone(),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options)
            .map_err(|errors| LetterError::NotAccessible(first(&errors)))
    }
}

fn first(errors: &[SourceDiagnostic]) -> String {
    errors.first().map(|error| error.message.to_string()).unwrap_or_default()
}

impl World for Run<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.press.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let sources = [&self.press.main, &self.press.template];
        let found = sources.into_iter().find(|source| source.id() == id);
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.sheet { Ok(self.sheet.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
