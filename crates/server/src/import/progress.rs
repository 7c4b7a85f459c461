//! How far an import is: a bar on a terminal, a line per file otherwise. On standard error.

use std::io::{IsTerminal, Write};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::folder::Folder;

/// Progress of an import.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    quiet: bool,
    done: u64,
    file: String,
    file_bytes: u64,
    sizes: Vec<(String, u64)>,
    begun: Instant,
}

impl Progress {
    /// Shows nothing: for tests and for callers that report themselves.
    pub(super) fn hidden() -> Self {
        Self {
            bar: None,
            quiet: true,
            done: 0,
            file: String::new(),
            file_bytes: 0,
            sizes: Vec::new(),
            begun: Instant::now(),
        }
    }

    /// Shows how far the files of a folder are.
    pub(super) fn shown(folder: &Folder) -> Self {
        let total = folder.files.iter().map(|file| file.bytes).sum();
        let sizes = folder.files.iter().map(|file| (file.name.clone(), file.bytes)).collect();
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(total);
            let style = "{msg:16} [{bar:40}] {bytes}/{total_bytes}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, quiet: false, sizes, ..Self::hidden() }
    }

    /// A file begins.
    pub(super) fn begin(&mut self, file: &str) {
        self.done += self.file_bytes;
        let size = self.sizes.iter().find(|(name, _)| name == file);
        self.file_bytes = size.map_or(0, |(_, bytes)| *bytes);
        self.begun = Instant::now();
        file.clone_into(&mut self.file);
        if let Some(bar) = &self.bar {
            bar.set_message(file.to_owned());
        }
    }

    /// So many bytes of the file were read.
    pub(super) fn at(&self, bytes: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(self.done + bytes);
        }
    }

    /// The file was read.
    pub(super) fn end(&self, rows: u64) {
        if self.quiet {
            return;
        }
        let seconds = self.begun.elapsed().as_secs_f64();
        let line = format!("{}: {rows} rows read in {seconds:.1} s", self.file);
        match &self.bar {
            Some(bar) => bar.println(line),
            // Progress that no one can read is no reason to stop.
            None => drop(writeln!(std::io::stderr(), "{line}")),
        }
    }

    /// Everything was read and is being stored.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
