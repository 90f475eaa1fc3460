//! The policy author bench.

fn main() {}
