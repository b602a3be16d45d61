//! Costs: the two calculators, and the estimates that are kept.

mod bill;
mod calculator;
pub mod compare;
pub mod delete;
pub mod distributor;
pub mod estimates;
pub mod hybrid_activations;
mod inputs;
