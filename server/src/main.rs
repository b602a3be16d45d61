//! `sekisho`: the console's one program.

fn main() {}
