//! `cargo xtask app`: the module, the npm package and the assessor's app, built and started. What each is made of stands in `wasm/`.

use crate::command::{cargo, program};
use crate::{Result, place, tools, wasm};

/// Builds everything and serves it on this machine until it is stopped.
pub(crate) fn run(arguments: &[&str]) -> Result {
    build()?;
    let serve = cargo("run --quiet -p geras-cli --bin geras -- serve --app wasm/app/dist");
    arguments.iter().fold(serve, |serve, argument| serve.word(argument)).run()
}

/// Leaves the package in `wasm/package/dist` and the app in `wasm/app/dist`.
pub(crate) fn build() -> Result {
    tools::node()?;
    wasm::run()?;
    tools::node_modules()?;
    npm("run build --workspace package")?;
    npm("run build --workspace app")
}

fn npm(words: &str) -> Result {
    program("npm").words("--prefix").word(place::web()).words(words).run()
}
