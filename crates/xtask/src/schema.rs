//! `cargo xtask schema`: the JSON Schemas in `instruments/schema`, as `geras schema KIND` prints them. What they hold is the code's to say.

use std::fs;
use std::path::PathBuf;

use crate::command::cargo;
use crate::{Result, place};

/// Writes all of them.
pub(crate) fn write() -> Result {
    let folder = place::root().join("instruments/schema");
    fs::create_dir_all(&folder).map_err(|reason| format!("cannot create `{}`: {reason}", folder.display()))?;
    for kind in kinds()? {
        let file = file(&kind);
        fs::write(&file, printed(&kind)?).map_err(|reason| format!("cannot write `{}`: {reason}", file.display()))?;
        println!("{}", file.display());
    }
    Ok(())
}

/// Compares all of them with the committed ones.
pub(crate) fn check() -> Result {
    let mut old = Vec::new();
    for kind in kinds()? {
        // A missing file is as old as any other that differs.
        if fs::read_to_string(file(&kind)).unwrap_or_default() != printed(&kind)? {
            old.push(file(&kind).display().to_string());
        }
    }
    if old.is_empty() { Ok(()) } else { Err(format!("found schemas that `cargo xtask schema` has to write again: {}", old.join(", "))) }
}

/// The shapes that people and programs write and read, each with a published schema.
fn kinds() -> Result<Vec<String>> {
    Ok(cargo("run --quiet -p geras-cli --bin geras -- schema").output()?.lines().map(str::to_owned).collect())
}

fn file(kind: &str) -> PathBuf {
    place::root().join(format!("instruments/schema/{kind}.schema.json"))
}

fn printed(kind: &str) -> Result<String> {
    cargo("run --quiet -p geras-cli --bin geras -- schema").word(kind).output()
}
