//! Nothing: this crate only carries the proofs that span crates, one file per proof beside its Cargo.toml.
