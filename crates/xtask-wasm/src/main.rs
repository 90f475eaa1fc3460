//! `xtask-wasm INPUT.wasm FOLDER`: writes the JavaScript, the types and the final module for a compiled crate. Does not compile or shrink it.
//!
//! The ES module it writes is loaded the same way everywhere: in a browser by its default export, in Node by `initSync` with the
//! module's bytes. The library that does the work stands in Cargo.lock beside `wasm-bindgen` itself, at the same version, as it must.

use std::path::Path;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder] = arguments.as_slice() else {
        eprintln!("usage: xtask-wasm INPUT.wasm FOLDER");
        return ExitCode::from(2);
    };
    match write(Path::new(input), Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// Writes `geras.js`, `geras.d.ts` and `geras_bg.wasm` into the folder.
fn write(input: &Path, folder: &Path) -> Result<(), String> {
    let refused = |reason: &dyn std::fmt::Display| format!("cannot write the JavaScript side of `{}`: {reason}", input.display());
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name("geras").typescript(true);
    bindgen.web(true).map_err(|reason| refused(&format!("{reason:#}")))?;
    bindgen.generate(folder).map_err(|reason| refused(&format!("{reason:#}")))
}
