//! A PDF file as other programs read it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// A file in a folder that goes when it goes.
pub(crate) struct Pdf {
    folder: TempDir,
}

/// A word and where it stands on the first page, in points.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Pdf {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("letter.pdf"), bytes).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("letter.pdf")
    }

    /// What a program says of it.
    fn ask(&self, program: &str, before: &[&str], after: &[&str]) -> String {
        let mut command = Command::new(program);
        command.args(before).arg(self.path()).args(after);
        let output = command.output().unwrap_or_else(|error| {
            panic!("{program}: {error}; `cargo xtask test unit` installs it")
        });
        assert!(output.status.success(), "{program}: {output:?}");
        // Poppler cuts the bytes of some names of headings.
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The file is sound.
    pub(crate) fn check(&self) {
        let said = self.ask("qpdf", &["--check"], &[]);
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }

    pub(crate) fn info(&self) -> String {
        self.ask("pdfinfo", &[], &[])
    }

    /// All objects, nothing compressed.
    pub(crate) fn unpacked(&self) -> String {
        let place = self.folder.path().join("unpacked.pdf");
        self.ask("qpdf", &["--qdf", "--object-streams=disable"], &[place.to_str().unwrap()]);
        String::from_utf8_lossy(&fs::read(place).unwrap()).into_owned()
    }

    /// The text as it stands on the sheet.
    pub(crate) fn text(&self) -> String {
        self.ask("pdftotext", &[], &["-"])
    }

    pub(crate) fn pages(&self) -> Vec<String> {
        let text = self.text();
        text.split('\u{c}').filter(|page| !page.is_empty()).map(str::to_owned).collect()
    }

    fn structure(&self) -> String {
        self.ask("pdfinfo", &["-struct-text"], &[])
    }

    /// The text in the order of the structure, which screen readers follow.
    pub(crate) fn read_aloud(&self) -> String {
        let structure = self.structure();
        let texts = structure
            .lines()
            .map(str::trim)
            .filter_map(|line| line.strip_prefix('"').and_then(|line| line.strip_suffix('"')));
        squeezed(&texts.collect::<String>())
    }

    /// The names of the parts, in the order of the structure.
    pub(crate) fn tags(&self) -> Vec<String> {
        let structure = self.structure();
        let names = structure.lines().map(str::trim).filter_map(|line| {
            let name: String = line.chars().take_while(char::is_ascii_alphanumeric).collect();
            (!name.is_empty()).then_some(name)
        });
        names.collect()
    }

    /// The words of the first page.
    pub(crate) fn words(&self) -> Vec<Word> {
        let listed = self.ask("pdftotext", &["-bbox", "-l", "1"], &["-"]);
        let words = listed.lines().filter_map(|line| {
            let line = line.trim().strip_prefix("<word ")?.strip_suffix("</word>")?;
            let (places, text) = line.split_once('>')?;
            let place = |name: &str| -> f64 {
                let rest = places.split_once(&format!("{name}=\"")).unwrap().1;
                rest.split_once('"').unwrap().0.parse().unwrap()
            };
            Some(Word {
                text: text.to_owned(),
                left: place("xMin"),
                top: place("yMin"),
                right: place("xMax"),
                bottom: place("yMax"),
            })
        });
        words.collect()
    }
}

/// A text without what a line's end may add or take: spaces, hyphens, places to break.
pub(crate) fn squeezed(text: &str) -> String {
    let is_kept =
        |sign: &char| !sign.is_whitespace() && !matches!(sign, '-' | '\u{ad}' | '\u{200b}');
    text.chars().filter(is_kept).collect()
}

/// Each text stands in what is read, after the one before it.
pub(crate) fn assert_in_order(read: &str, texts: &[&str]) {
    let mut rest = read;
    for text in texts {
        let text = squeezed(text);
        let at = rest.find(&text);
        let at = at.unwrap_or_else(|| panic!("{text} is not in its place in {read}"));
        rest = &rest[at + text.len()..];
    }
}
