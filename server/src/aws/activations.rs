//! Hybrid activations in SSM.

mod create;

use std::sync::Arc;
use std::time::Duration;

use app::ports::Activations;
use async_trait::async_trait;
use aws_sdk_ssm::error::ProvideErrorMetadata as _;
use aws_sdk_ssm::types::{DescribeActivationsFilter, DescribeActivationsFilterKeys};
use domain::activations::{Activation, CreatedActivation, ValidActivation};
use domain::errors::ApiError;
use domain::tags::Tag;
use tokio::time::timeout;

use super::SsmRoles;
use super::convert::{count, time_from_sdk};
use super::error::api_error;

/// Most activations in one answer (SSM API: `MaxResults` 1–50).
const PAGE_SIZE: i32 = 50;
/// How long the default role may take, which is several calls: the code must come before the request is given up.
const ROLE_PATIENCE: Duration = Duration::from_secs(30);

/// The activations of one account and Region.
#[derive(Clone, Debug)]
pub struct SsmActivations {
    ssm: aws_sdk_ssm::Client,
    roles: Arc<SsmRoles>,
}

impl SsmActivations {
    pub(super) const fn new(ssm: aws_sdk_ssm::Client, roles: Arc<SsmRoles>) -> Self {
        Self { ssm, roles }
    }

    async fn describe(&self, filter: Option<DescribeActivationsFilter>) -> Result<Vec<Activation>, ApiError> {
        let request = self.ssm.describe_activations().set_filters(filter.map(|filter| vec![filter]));
        let mut pages = request.into_paginator().page_size(PAGE_SIZE).send();
        let mut activations = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(api_error)?;
            activations.extend(page.activation_list.unwrap_or_default().into_iter().filter_map(activation));
        }
        Ok(activations)
    }
}

#[async_trait]
impl Activations for SsmActivations {
    async fn list(&self) -> Result<Vec<Activation>, ApiError> {
        let mut activations = self.describe(None).await?;
        activations.sort_by(|a, b| b.created.cmp(&a.created).then_with(|| a.id.cmp(&b.id)));
        Ok(activations)
    }

    async fn get(&self, id: &str) -> Result<Activation, ApiError> {
        if !is_activation_id(id) {
            return Err(ApiError::NotFound);
        }
        let filter = DescribeActivationsFilter::builder()
            .filter_key(DescribeActivationsFilterKeys::ActivationIds)
            .filter_values(id)
            .build();
        let found = self.describe(Some(filter)).await?;
        found.into_iter().find(|activation| activation.id == id).ok_or(ApiError::NotFound)
    }

    async fn create(&self, activation: ValidActivation) -> Result<CreatedActivation, ApiError> {
        if activation.default_role {
            let in_time = timeout(ROLE_PATIENCE, self.roles.ensure_default()).await;
            in_time.map_err(|_| ApiError::Unreachable { message: "no role in time".to_owned() })??;
        }
        create::create(&self.ssm, &activation).await
    }

    async fn delete(&self, id: &str) -> Result<(), ApiError> {
        if !is_activation_id(id) {
            return Err(ApiError::NotFound);
        }
        match self.ssm.delete_activation().activation_id(id).send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.code() {
                Some("InvalidActivation" | "InvalidActivationId") => Err(ApiError::NotFound),
                _ => Err(api_error(error)),
            },
        }
    }
}

/// SSM API: `ActivationId` is a UUID in lower case. Anything else comes from a mistyped address, and SSM would call it
/// a fault of the console's.
fn is_activation_id(id: &str) -> bool {
    uuid::Uuid::try_parse(id).is_ok_and(|uuid| uuid.hyphenated().to_string() == id)
}

/// `None` for what has no id: nothing could be done with it.
fn activation(found: aws_sdk_ssm::types::Activation) -> Option<Activation> {
    let tags = found.tags.unwrap_or_default();
    Some(Activation {
        id: found.activation_id?,
        description: found.description.filter(|text| !text.is_empty()),
        default_instance_name: found.default_instance_name.filter(|text| !text.is_empty()),
        iam_role: found.iam_role.unwrap_or_default(),
        registration_limit: count(found.registration_limit),
        registrations: count(found.registrations_count),
        expires: found.expiration_date.as_ref().and_then(time_from_sdk),
        expired: found.expired,
        created: found.created_date.as_ref().and_then(time_from_sdk),
        tags: tags.into_iter().map(|tag| Tag { key: tag.key, value: tag.value }).collect(),
    })
}

#[cfg(test)]
mod tests;
