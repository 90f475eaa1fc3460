//! `cargo xtask wasm`: compiles the crate `wasm/` for the browser, writes its JavaScript side and shrinks it. Publishes nothing.

use std::path::Path;
use std::{env, fs};

use crate::command::{cargo, program};
use crate::{Result, place, tools};

/// What the compiler may have used; the module does not say so itself once its names are gone.
const FEATURES: &str = "--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
                        --enable-reference-types --enable-multivalue";

/// SHA-256 in a loop instead of written out: it runs once for each definition.
const SMALL: &str = "--cfg sha2_backend_soft=\"compact\"";

/// Smallest. Further passes took as long again and won nothing. A large function stays by itself even where it is called once: what looks like it packs better then.
/// The lowest kilobyte of memory is the far end of the stack, where no value stands that code reaches by adding to a negative address: so additions become offsets.
const PASSES: &str = "-Oz --one-caller-inline-max-function-size=60 --low-memory-unused";

/// Functions that look alike are put one after the other, which packs better; then their names go, as does what says which compiler made the module.
const IN_ORDER: &str = "--reorder-functions-by-name --strip-debug --strip-producers";

/// Leaves `geras.js`, `geras.d.ts` and `geras_bg.wasm` in `wasm/package/dist`.
pub(crate) fn run() -> Result {
    tools::wasm_target()?;
    let build = cargo("build -p geras-wasm --lib --target wasm32-unknown-unknown --profile wasm");
    build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", &flags()).run()?;

    let compiled = place::target().join("wasm32-unknown-unknown/wasm/geras_wasm.wasm");
    cargo("run --quiet -p xtask-wasm --").word(compiled).word(place::package()).run()?;

    let module = place::package().join("geras_bg.wasm");
    let before = size(&module)?;
    let Some(wasm_opt) = tools::wasm_opt()? else {
        println!("`npm` is missing, so the module stays as the compiler made it: {before} bytes");
        return Ok(());
    };
    let script = |name: &str| program("node").word(place::root().join("wasm/package/scripts").join(name)).word(&module).run();
    script("cut.mjs")?;
    let shrink = |passes: &str| program("node").word(&wasm_opt).words(FEATURES).words(passes).word(&module).word("-o").word(&module).run();
    shrink(&format!("-g {PASSES}"))?;
    script("order.mjs")?;
    shrink(IN_ORDER)?;
    println!("{}: {before} bytes from the compiler, {} after wasm-opt", module.display(), size(&module)?);
    Ok(())
}

/// Keeps the folders of the building machine out of panic messages: two machines shall build the same bytes. And what is to be small.
fn flags() -> String {
    let home = env::var_os("CARGO_HOME").map(Into::into).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let home = home.map(|home| format!("--remap-path-prefix={}=cargo ", home.display())).unwrap_or_default();
    format!("{home}--remap-path-prefix={}=geras {SMALL}", place::root().display())
}

fn size(file: &Path) -> Result<u64> {
    fs::metadata(file).map(|metadata| metadata.len()).map_err(|reason| format!("cannot read `{}`: {reason}", file.display()))
}
