//! Reading, checking and compiling definitions: each shipped one, and the whole tree as a program does when it starts.

use divan::black_box;
use geras::{Instrument, Library};

fn main() {
    divan::main();
}

#[divan::bench(args = geras_instruments::definitions().map(|(path, _)| path), sample_size = 1, sample_count = 20)]
fn definition(path: &str) {
    let (path, text) = geras_instruments::definitions().find(|(known, _)| *known == path).expect("it is shipped");
    black_box(Instrument::read(path, text).is_ok());
}

#[divan::bench(sample_size = 1, sample_count = 20)]
fn whole_tree() {
    black_box(Library::read(geras_instruments::definitions()).0.instruments().len());
}
