//! The shapes that enter and leave.
