//! Where things stand in the repository and in the target folder. Creates nothing.

use std::env;
use std::path::PathBuf;

/// The top of the repository. Cargo names it when it runs us; the name from compiling may be that of another clone with the same target folder.
pub(crate) fn root() -> PathBuf {
    let this_crate = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    this_crate.ancestors().nth(2).unwrap_or(&this_crate).to_path_buf()
}

/// Where cargo puts what it builds; a relative `CARGO_TARGET_DIR` counts from the top of the repository, where every command runs.
pub(crate) fn target() -> PathBuf {
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Where a program that only this project uses is installed.
pub(crate) fn tool(name: &str) -> PathBuf {
    target().join("tools").join(name)
}

/// The command line `geras` as `cargo build` leaves it.
pub(crate) fn native() -> PathBuf {
    target().join("debug").join(format!("geras{}", env::consts::EXE_SUFFIX))
}

/// The folder of the npm workspace: the package and the app.
pub(crate) fn web() -> PathBuf {
    root().join("wasm")
}

/// The native build as an oracle for the browser's.
pub(crate) fn oracle() -> PathBuf {
    target().join("debug/examples").join(format!("oracle{}", env::consts::EXE_SUFFIX))
}

/// The folder of the built npm package that a browser or Node loads; not committed.
pub(crate) fn package() -> PathBuf {
    root().join("wasm/package/dist")
}
