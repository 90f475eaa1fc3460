//! The embedded listing against the folder it was made from. Does not judge the texts.

use std::path::Path;
use std::{fs, io};

/// Walks the tree in its own way, so that a fault of the build script cannot hide here.
fn walk(root: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut folders = vec![root.join("instruments")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                let name = path.strip_prefix(root).map_err(io::Error::other)?.iter().map(|part| part.to_string_lossy());
                files.push((name.collect::<Vec<_>>().join("/"), fs::read_to_string(&path)?));
            }
        }
    }
    files.sort();
    Ok(files)
}

#[test]
fn the_embedded_files_are_those_of_the_tree_word_for_word() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let embedded: Vec<_> = geras_instruments::FILES.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    assert_eq!(embedded, walk(&root)?);
    Ok(())
}

#[test]
fn every_file_is_a_definition_or_cases_or_mappings() {
    let definitions = geras_instruments::definitions().count() + geras_instruments::pathways().count();
    let count = definitions + geras_instruments::cases().count() + geras_instruments::carries().count();
    assert_eq!(count, geras_instruments::FILES.len());
    assert!(geras_instruments::definitions().all(|(path, _)| !path.contains(".cases.") && !path.contains(".carry.")));
}

#[test]
fn every_file_of_cases_or_mappings_stands_beside_its_definition() {
    for (path, _) in geras_instruments::cases().chain(geras_instruments::carries()) {
        let definition = path.replace(".cases.yaml", ".yaml").replace(".carry.yaml", ".yaml");
        let mut all = geras_instruments::definitions().chain(geras_instruments::pathways());
        assert!(all.any(|(path, _)| path == definition), "`{path}` has no `{definition}` beside it");
    }
}
