//! `sekisho`: the console's one program.

mod site;

use std::process::ExitCode;

use server::config::{Cli, Command};
use server::{cli, serve};

/// A page is thousands of small allocations: with the C library's allocator, they are 40 % of what it takes to render one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Pages are rendered by functions as deep as their markup, deeper still without optimisation.
const STACK: usize = 16 * 1024 * 1024;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(run(Cli::of(std::env::args_os()).command)),
        Err(error) => Err(format!("threads cannot be started: {error}")),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("sekisho: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, String> {
    let done = match command {
        Command::Serve(args) => serve::serve(args, site::file).await.map_err(|error| error.to_string()),
        Command::Emulator(args) => serve::emulator(args).await.map_err(|error| error.to_string()),
        Command::User(args) => {
            cli::user(args, &mut std::io::stdout()).await.map_err(|error| error.to_string())
        }
        Command::Publish(args) => {
            return Ok(cli::publish::publish(args, &mut std::io::stdout(), &mut std::io::stderr()).await);
        }
    };
    done.map(|()| ExitCode::SUCCESS)
}
