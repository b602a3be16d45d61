//! What an interrupted registration leaves behind: an activation whose code is gone, and nodes nobody answers for.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{EnrolError, operator};
use crate::nodes::client::{CallError, Client};
use crate::nodes::sign::Signer;
use crate::nodes::vault::Vault;

/// The largest page of `DescribeInstanceProperties`; an activation never admits more nodes.
const PAGE: u32 = 1000;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DeleteActivation<'a> {
    activation_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DescribeInstanceProperties<'a> {
    instance_property_filter_list: [InstancePropertyFilter<'a>; 1],
    max_results: u32,
}

#[derive(Serialize)]
struct InstancePropertyFilter<'a> {
    key: &'static str,
    #[serde(rename = "valueSet")]
    value_set: [&'a str; 1],
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InstanceProperties {
    instance_properties: Vec<InstanceProperty>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InstanceProperty {
    instance_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DeregisterManagedInstance<'a> {
    instance_id: &'a str,
}

#[derive(Deserialize)]
struct Ignored {}

/// Deletes the activation, and deregisters its nodes that no machine in `vault` knows to be itself.
///
/// # Errors
/// When the service refuses, other than because the activation is gone already.
pub(super) async fn clean(client: &Client, vault: &Vault, activation_id: &str) -> Result<(), EnrolError> {
    let operator = operator();
    let signer = Signer::Credentials(&operator);
    let known: HashSet<_> =
        vault.registrations().await?.into_values().map(|registration| registration.instance_id).collect();
    let of_activation = DescribeInstanceProperties {
        instance_property_filter_list: [InstancePropertyFilter {
            key: "ActivationIds",
            value_set: [activation_id],
        }],
        max_results: PAGE,
    };
    let nodes: InstanceProperties =
        client.call_patiently("DescribeInstanceProperties", &of_activation, signer).await?;
    for node in nodes.instance_properties.iter().filter(|node| !known.contains(&node.instance_id)) {
        let orphan = DeregisterManagedInstance { instance_id: &node.instance_id };
        client.call_patiently::<Ignored>("DeregisterManagedInstance", &orphan, signer).await?;
    }
    let delete = DeleteActivation { activation_id };
    match client.call_patiently::<Ignored>("DeleteActivation", &delete, signer).await {
        Err(error) if !is_gone(&error) => Err(error.into()),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn is_gone(error: &CallError) -> bool {
    matches!(error.code(), Some("InvalidActivation" | "InvalidActivationId"))
}
