//! Writes the published schemas into `instruments/schema`. Until the command line prints them, this is how they are made.

use std::path::Path;
use std::{fs, io};

use geras_json::{Kind, schema_text};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../instruments/schema");
    fs::create_dir_all(&folder)?;
    for kind in Kind::ALL {
        fs::write(folder.join(format!("{}.schema.json", kind.name())), schema_text(kind))?;
    }
    Ok(())
}
