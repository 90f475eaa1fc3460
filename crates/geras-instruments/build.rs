//! Lists every YAML file under `instruments/` for embedding. Reads no file's content: whether a definition is sound is for the checks to say.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let crate_folder = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let root = crate_folder.join("../..").canonicalize()?;
    let mut files = Vec::new();
    collect(&root.join("instruments"), "instruments", &mut files)?;
    files.sort();

    let mut listing = String::from("/// Every shipped YAML file, by path: its path from the top of the repository, and its text.\n");
    listing.push_str("pub static FILES: &[(&str, &str)] = &[\n");
    for (name, path) in &files {
        // The paths of the building machine are only named to the compiler; the binary holds the names alone.
        let _ = writeln!(listing, "    ({name:?}, include_str!({:?})),", path.display().to_string());
    }
    listing.push_str("];\n");
    fs::write(Path::new(&variable("OUT_DIR")?).join("files.rs"), listing)
}

/// Adds the YAML files of a folder and of all folders below it, named with `/` on every system.
fn collect(folder: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, files)?;
        } else if name.ends_with(".yaml") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push((name, path));
        }
    }
    Ok(())
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(|reason| io::Error::other(format!("`{name}`: {reason}")))
}
