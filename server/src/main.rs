//! `sekisho`: the console's one program.

use std::process::ExitCode;

use clap::Parser as _;
use server::config::{Cli, Command};
use server::{cli, serve};

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(args) => serve::serve(args).await.map_err(|error| error.to_string()),
        Command::Emulator(args) => serve::emulator(args).await.map_err(|error| error.to_string()),
        Command::User(args) => {
            cli::user(args, &mut std::io::stdout()).await.map_err(|error| error.to_string())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sekisho: {error}");
            ExitCode::FAILURE
        }
    }
}
