//! A small Systems Manager on loopback: AWS's wire protocols, its checks and its errors, and simulated nodes.
