//! What the benches measure: made-up sheets for any instrument, and one instrument written by hand in Rust and in Rhai. Measures nothing itself.

pub mod by_hand;
pub mod by_script;
pub mod made_up;

use geras::Instrument;

/// A shipped instrument, by the end of its path.
///
/// # Panics
/// Where nothing sound is shipped under that name: there is nothing to measure then.
#[must_use]
pub fn shipped(name: &str) -> Instrument {
    let found = geras_instruments::definitions().find(|(path, _)| path.contains(name));
    let (path, text) = found.unwrap_or_else(|| panic!("no instrument `{name}` is shipped"));
    Instrument::read(path, text).unwrap_or_else(|faults| panic!("{path} is not sound: {faults:?}"))
}
