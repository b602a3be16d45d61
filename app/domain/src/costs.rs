//! What hybrid activations and Distributor cost: exact decimals, dated prices, every line of the arithmetic.
#![deny(clippy::float_arithmetic, reason = "money is decimal")]

mod bill;
mod currency;
pub mod distributor;
mod fields;
mod fleet;
pub mod hybrid_activations;
mod number;
pub mod prices;
mod read;
mod saved;
#[cfg(test)]
mod testing;

pub use bill::{Bill, Change, Conversion, Factor, Item, Line, Operation, Place, Unit, WhatIf};
pub use currency::Currency;
pub use fields::Fields;
pub use fleet::{CostStart, FleetSize};
pub use number::{exact_text, grouped_whole, plain_text, quotient, rounded_text};
pub use read::{MAX_LABEL_LENGTH, MAX_PLACES};
pub use saved::{Calculator, MAX_ESTIMATE_NAME_LENGTH, NewEstimate, SavedEstimate, estimate_name};

pub use rust_decimal::Decimal;
