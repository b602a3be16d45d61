//! Runs an emulator alone: `cargo run -p emulator --example emulator -- 127.0.0.1:4610 data`.

use std::error::Error;

use emulator::{Emulator, EmulatorConfig};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let listen = arguments.next().ok_or("the first argument is the address to listen on")?.parse()?;
    let data_dir = arguments.next().ok_or("the second argument is the data folder")?;
    let mut config = EmulatorConfig::new(listen, data_dir);
    config.nodes = arguments.next().map_or(Ok(0), |nodes| nodes.parse())?;
    let emulator = Emulator::start(config).await?;
    println!("listening on {}", emulator.address());
    tokio::signal::ctrl_c().await?;
    emulator.stop().await;
    Ok(())
}
