//! The one interpreter for all scripts and its limits. What scripts can call stands in the dictionary.

use std::ops::{Range, RangeInclusive};
use std::sync::OnceLock;

use rhai::{Array, Engine, INT};

use super::dictionary;
use super::failure::{CompileFailure, CompileFailureKind};

/// The longest script, in bytes.
pub const MAX_SCRIPT_BYTES: usize = 16 * 1024;
/// Steps that a run may take, as Rhai counts them. There is no clock in here, so that every machine stops at the same step.
const MAX_STEPS: u64 = 15_000;
/// Functions that may be entered without being left. Together with the two depths this bounds the stack.
const MAX_CALLS: usize = 8;
const MAX_DEPTH: usize = 32;
const MAX_DEPTH_IN_FUNCTION: usize = 24;
/// Bytes of one text; members of one list, with those of the lists in it. A step copies one value at most: these bound what a step can cost.
const MAX_TEXT: usize = 1024;
const MAX_LIST: usize = 100;
const MAX_VARIABLES: usize = 64;
const MAX_FUNCTIONS: usize = 32;
/// Values that one function takes: each is copied at a call, which Rhai counts as one step.
pub(super) const MAX_PARAMETERS: usize = 8;

pub(super) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        // A raw engine knows no function: no `print`, no `sleep`, no `eval`, no clock, no modules.
        let mut engine = Engine::new_raw();
        engine
            .set_strict_variables(true)
            .set_allow_anonymous_fn(false)
            // Rhai's own operators wrap `7 / 2` to 3 and call `"a" == 1` false; without this they would be used before ours.
            .set_fast_operators(false)
            .set_max_operations(MAX_STEPS)
            .set_max_call_levels(MAX_CALLS)
            .set_max_expr_depths(MAX_DEPTH, MAX_DEPTH_IN_FUNCTION)
            .set_max_string_size(MAX_TEXT)
            .set_max_array_size(MAX_LIST)
            // Maps are refused; zero would mean that there is no limit.
            .set_max_map_size(1)
            .set_max_variables(MAX_VARIABLES)
            .set_max_functions(MAX_FUNCTIONS);
        engine.register_iterator::<Array>().register_iterator::<Range<INT>>().register_iterator::<RangeInclusive<INT>>();
        dictionary::register(&mut engine);
        engine
    })
}

pub(super) fn check_length(code: &str) -> Result<(), CompileFailure> {
    if code.len() <= MAX_SCRIPT_BYTES {
        return Ok(());
    }
    let message = format!("the script is longer than {MAX_SCRIPT_BYTES} bytes");
    Err(CompileFailure { kind: CompileFailureKind::TooLong, message, offset: 0 })
}
