//! Has release builds take the site's files anew when they have changed: they are part of the program.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Debug builds read the files from disk; asking cargo to watch a folder that is missing would rebuild each time.
    let release = std::env::var_os("PROFILE").is_some_and(|profile| profile == "release");
    if release {
        println!("cargo::rerun-if-changed=../../target/site");
    }
}
