//! `split-module MODULE FOLDER`: splits a module into what every page needs, with its script, and one part an area.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context as _, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

/// The main module's script, from which the parts take what they share.
const SCRIPT: &str = "./sekisho.js";

fn main() -> anyhow::Result<()> {
    let mut paths = env::args_os().skip(1).map(PathBuf::from);
    let (Some(module), Some(folder), None) = (paths.next(), paths.next(), paths.next()) else {
        bail!("usage: split-module MODULE FOLDER");
    };
    let input = fs::read(&module).with_context(|| module.display().to_string())?;
    let parts = folder.join("split");
    let main = folder.join("sekisho.wasm");

    let mut options = Options::new(&input);
    options.output_dir = &parts;
    options.main_out_path = &main;
    options.main_module = SCRIPT;
    transform(options).map_err(|error| anyhow!("the module cannot be split: {error:#}"))?;

    Bindgen::new()
        .web(true)?
        .input_path(&main)
        .out_name("sekisho")
        .typescript(false)
        // The parts refer to symbols by name.
        .keep_lld_exports(true)
        .demangle(false)
        .generate(&folder)?;
    fs::remove_file(&main)?;
    Ok(())
}
