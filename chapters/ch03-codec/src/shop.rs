//! The order service, with values that have a structure.
