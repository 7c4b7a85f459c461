//! Stamps: “this was made from exactly these inputs”, so that nothing is made twice.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A fingerprint of settings and of the names and contents of files; folders count with
/// everything in them. A path that does not exist counts as absent.
///
/// # Errors
/// A file cannot be read.
pub(crate) fn fingerprint(settings: &[&str], inputs: &[PathBuf]) -> Result<String> {
    // Only ever compared with itself on the same machine: no cryptographic hash needed.
    let mut hasher = DefaultHasher::new();
    settings.hash(&mut hasher);
    for input in inputs {
        add(input, &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    path.hash(hasher);
    if path.is_dir() {
        let entries = fs::read_dir(path).with_context(|| path.display().to_string())?;
        let mut names =
            entries.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
        names.sort();
        for name in names {
            add(&name, hasher)?;
        }
    } else if path.exists() {
        fs::read(path).with_context(|| path.display().to_string())?.hash(hasher);
    }
    Ok(())
}

/// Whether the stamp says so.
pub(crate) fn is_current(stamp: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|text| text.trim() == fingerprint)
}

/// Writes the stamp: call it when everything it stands for is in place.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn write(stamp: &Path, fingerprint: &str) -> Result<()> {
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::write(stamp, format!("{fingerprint}\n")).with_context(|| stamp.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_names_and_settings_change_the_fingerprint_and_nothing_else_does() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("sub")).unwrap();
        let of = |settings: &[&str]| fingerprint(settings, std::slice::from_ref(&folder)).unwrap();
        fs::write(folder.join("sub/a"), "one").unwrap();
        let first = of(&["x"]);
        fs::write(folder.join("sub/a"), "one").unwrap();
        assert_eq!(of(&["x"]), first, "writing the same content again");
        assert_ne!(of(&["y"]), first, "another setting");
        fs::write(folder.join("sub/a"), "two").unwrap();
        assert_ne!(of(&["x"]), first, "another content");
        fs::rename(folder.join("sub/a"), folder.join("sub/b")).unwrap();
        fs::write(folder.join("sub/b"), "one").unwrap();
        assert_ne!(of(&["x"]), first, "another name");
        let stamp = folder.join("new/stamp");
        assert!(!is_current(&stamp, &first));
        write(&stamp, &first).unwrap();
        assert!(is_current(&stamp, &first));
        fs::remove_dir_all(&folder).unwrap();
    }
}
