//! The programs that the chores need: found, or installed at a fixed version. Does not use them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::command::{Program, cargo, program};
use crate::{Result, place};

const CARGO_DENY: &str = "0.20.2";
const CARGO_FUZZ: &str = "0.13.2";
const TYPOS: &str = "1.52.0";
/// Debian's browser, and fonts without which Chinese shows as boxes.
const BROWSER: &str = "chromium fonts-noto-cjk";
/// The oldest version that everything here runs on.
const NODE: u32 = 20;
const BINARYEN: &str = "132.0.0";

/// Installs a part of the compiler if `cargo SUBCOMMAND` does not run.
pub(crate) fn component(name: &str, subcommand: &str) -> Result {
    if cargo(subcommand).word("--version").works() {
        return Ok(());
    }
    let install = program("rustup").words("component add").word(name);
    install.run().map_err(|reason| format!("needs the component `{name}` of the compiler in rust-toolchain.toml; {reason}"))
}

/// Installs the standard library for the browser if it is missing.
pub(crate) fn wasm_target() -> Result {
    let folder = program("rustc").words("--print target-libdir --target wasm32-unknown-unknown").output()?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    let install = program("rustup").words("target add wasm32-unknown-unknown");
    install.run().map_err(|reason| format!("needs the target `wasm32-unknown-unknown` of the compiler in rust-toolchain.toml; {reason}"))
}

/// Whether there is a nightly compiler. It is never installed from here: that is a large download, and only fuzzing takes it.
pub(crate) fn nightly() -> bool {
    cargo("+nightly --version").works()
}

/// Installs `cargo deny` if it does not run: about four minutes on one core.
pub(crate) fn cargo_deny() -> Result {
    cargo_tool("cargo-deny", CARGO_DENY, cargo("deny --version"))
}

/// Installs `cargo fuzz` if it does not run.
pub(crate) fn cargo_fuzz() -> Result {
    cargo_tool("cargo-fuzz", CARGO_FUZZ, cargo("fuzz --version"))
}

/// First with the versions its authors tested; if one of those is not to be had, with the newest that fit.
fn cargo_tool(name: &str, version: &str, probe: Program) -> Result {
    if probe.works() {
        return Ok(());
    }
    println!("`{name}` is missing and takes some minutes to install, once");
    let install = |locked: &str| cargo("install").word(format!("{name}@{version}")).words(locked).run();
    install("--locked").or_else(|_| install("")).map_err(|reason| format!("needs `{name}`, which cannot be installed; {reason}"))
}

/// The spelling checker, installed among the project's own tools.
pub(crate) fn typos() -> Result<PathBuf> {
    let home = place::tool("typos");
    let found = home.join("bin/typos");
    if program(&found).word("--version").output().is_ok_and(|version| version.trim().ends_with(TYPOS)) {
        return Ok(found);
    }
    let needs = |reason| format!("needs the spelling checker `typos`, which cannot be installed; {reason}");
    program("python3").words("-m venv").word(&home).run().map_err(needs)?;
    program(home.join("bin/pip"))
        .words("install --quiet --disable-pip-version-check")
        .word(format!("typos=={TYPOS}"))
        .run()
        .map_err(needs)?;
    Ok(found)
}

/// The program that shrinks WebAssembly, as a script for Node; nothing where there is no npm, since a larger module works as well.
pub(crate) fn wasm_opt() -> Result<Option<PathBuf>> {
    if !program("npm").word("--version").works() {
        return Ok(None);
    }
    let home = place::tool("binaryen");
    let found = home.join("node_modules/binaryen/bin/wasm-opt");
    if !found.exists() {
        let install = program("npm").words("install --silent --no-save --no-audit --no-fund --prefix").word(&home);
        let install = install.word(format!("binaryen@{BINARYEN}")).run();
        install.map_err(|reason| format!("needs `wasm-opt`, which cannot be installed; {reason}"))?;
    }
    Ok(Some(found))
}

/// Node with npm, new enough: found, or installed where this machine is a Debian and we may.
pub(crate) fn node() -> Result {
    let found = || {
        let version = program("node").word("--version").output().ok().filter(|_| program("npm").word("--version").works())?;
        version.trim().trim_start_matches('v').split('.').next()?.parse::<u32>().ok()
    };
    if found().is_some_and(|version| version >= NODE) {
        return Ok(());
    }
    let needs =
        |why: String| format!("needs Node {NODE} or newer with npm, from https://nodejs.org or the packages of this machine; {why}");
    println!("Node or npm is missing or old, and takes a minute to install, once");
    apt_install("nodejs npm").map_err(needs)?;
    match found() {
        Some(version) if version >= NODE => Ok(()),
        Some(version) => Err(needs(format!("its packages have Node {version}"))),
        None => Err(needs("what its packages have does not start".to_owned())),
    }
}

/// Installs packages of a Debian.
fn apt_install(packages: &str) -> Result {
    let apt = |words: &str| program("apt-get").words(words).env("DEBIAN_FRONTEND", "noninteractive").run();
    apt("update --quiet").and_then(|()| apt(&format!("install --quiet --yes --no-install-recommends {packages}")))
}

/// The packages that the npm workspace needs, at the versions of its lock file.
pub(crate) fn node_modules() -> Result {
    let (wanted, there) = (place::web().join("package-lock.json"), place::web().join("node_modules/.package-lock.json"));
    let written = |file: &Path| fs::metadata(file).and_then(|about| about.modified()).ok();
    if written(&there).is_some_and(|there| written(&wanted).is_some_and(|wanted| there >= wanted)) {
        return Ok(());
    }
    node()?;
    let install = program("npm").words("ci --no-audit --no-fund --prefix").word(place::web());
    install.run().map_err(|reason| format!("needs the packages in `wasm/package-lock.json`; {reason}"))?;
    // What is unchanged keeps its old time; the next run shall see that it is new enough.
    fs::File::options().append(true).open(&there).and_then(|file| file.set_modified(SystemTime::now())).map_err(|reason| reason.to_string())
}

/// A real browser with Chinese letters: found, or installed where this machine is a Debian and we may.
pub(crate) fn chromium() -> Result<PathBuf> {
    let letters = || program("fc-list").word(":lang=zh").output().is_ok_and(|fonts| !fonts.trim().is_empty());
    let browser = || ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| program(name).word("--version").works());
    if let Some(found) = browser().filter(|_| letters()) {
        return Ok(found.into());
    }
    println!("Chromium or its Chinese fonts are missing and take a minute to install, once");
    let install = apt_install(&format!("{BROWSER} fontconfig"));
    install.map_err(|reason| format!("needs `{BROWSER}`, which cannot be installed; {reason}"))?;
    browser().map(PathBuf::from).ok_or_else(|| "needs `chromium`, which does not start".to_owned())
}
