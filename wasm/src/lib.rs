//! The WebAssembly door: translation only.
