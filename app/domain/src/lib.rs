//! The vocabulary and the rules: no I/O, no clock and no randomness of its own.
