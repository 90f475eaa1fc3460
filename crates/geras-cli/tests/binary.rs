//! The built binary starts. What its commands do is tested in the `tests` crate, which finds the binary because this test has it built.

use std::process::Command;

#[test]
fn the_binary_says_which_version_it_is() -> std::io::Result<()> {
    let output = Command::new(env!("CARGO_BIN_EXE_geras")).arg("--version").output()?;
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), concat!("geras ", env!("CARGO_PKG_VERSION")));
    Ok(())
}
