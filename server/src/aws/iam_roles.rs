//! The roles in IAM that SSM may assume.

mod default_role;

use std::time::Duration;

use app::page::AwsCaller;
use app::ports::IamRoles;
use async_trait::async_trait;
use aws_sdk_iam::operation::list_roles::builders::ListRolesFluentBuilder;
use aws_sdk_iam::types::{AttachedPolicy, Role};
use domain::errors::ApiError;
use domain::iam_roles::{IamRole, REQUIRED_POLICY, path_and_name, source_arn, trusts_ssm};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::error::api_error;
use crate::coalesced::Coalesced;

/// How long a list is good for: long enough for a form, short enough for who has just made a role in another window.
const CACHE_FOR: Duration = Duration::from_secs(60);
/// Roles whose policies are asked for at the same time; IAM's limits are an account's, not a program's.
const CONCURRENCY: usize = 8;
/// Most roles in one answer (IAM API: `MaxItems` 1–1000, 100 unless asked for more). An account may have thousands.
const PAGE_SIZE: i32 = 1000;
/// Path under which roles belong to an AWS service; `CreateActivation` refuses them (SSM API).
const SERVICE_LINKED_PATH: &str = "/aws-service-role/";

/// The roles of one account.
#[derive(Debug)]
pub struct SsmRoles {
    iam: aws_sdk_iam::Client,
    account: String,
    /// Such as `aws` or `aws-cn`: the second part of every ARN.
    partition: String,
    /// What the ARNs begin with on whose behalf SSM assumes a role here.
    source_arn: String,
    /// Held while asking: a role that is made meanwhile is not missing from what is kept.
    cached: Mutex<Option<(Instant, Vec<IamRole>)>>,
    /// Many forms opened at once ask once, and share a failure, which would otherwise take each of them its time in turn.
    asked: Coalesced<Result<Vec<IamRole>, ApiError>>,
}

impl SsmRoles {
    pub(super) fn new(iam: aws_sdk_iam::Client, caller: &AwsCaller) -> Self {
        let partition = caller.arn.split(':').nth(1).unwrap_or("aws").to_owned();
        Self {
            iam,
            account: caller.account.clone(),
            source_arn: source_arn(&partition, &caller.region, &caller.account),
            partition,
            cached: Mutex::new(None),
            asked: Coalesced::new(),
        }
    }

    /// Makes sure that the system's default role exists, as AWS's own console does on first use. Several may do so at
    /// once.
    ///
    /// # Errors
    /// `Invalid` at `role` when it exists but SSM may not assume it; `Throttled`, `Upstream`, `Unreachable`.
    pub async fn ensure_default(&self) -> Result<(), ApiError> {
        if self.ensure_default_role().await? {
            *self.cached.lock().await = None;
        }
        Ok(())
    }

    fn every_role(&self) -> ListRolesFluentBuilder {
        self.iam.list_roles().max_items(PAGE_SIZE)
    }

    async fn cached_or_fetched(&self) -> Result<Vec<IamRole>, ApiError> {
        let mut cached = self.cached.lock().await;
        if let Some((_, roles)) = cached.as_ref().filter(|(at, _)| at.elapsed() < CACHE_FOR) {
            return Ok(roles.clone());
        }
        let roles = self.fetch().await?;
        *cached = Some((Instant::now(), roles.clone()));
        Ok(roles)
    }

    async fn fetch(&self) -> Result<Vec<IamRole>, ApiError> {
        let mut pages = self.every_role().into_paginator().send();
        let mut candidates = Vec::new();
        while let Some(page) = pages.next().await {
            let roles = page.map_err(api_error)?.roles.into_iter();
            candidates.extend(roles.filter(|role| self.is_assumable(role)));
        }
        let mut roles: Vec<IamRole> = stream::iter(candidates)
            .map(|role| self.with_policies(role))
            .buffer_unordered(CONCURRENCY)
            .try_collect()
            .await?;
        roles.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(roles)
    }

    async fn with_policies(&self, role: Role) -> Result<IamRole, ApiError> {
        let attached = self.attached_policies(&role.role_name).await?;
        let has_required = attached.iter().any(is_required);
        Ok(IamRole {
            name: path_and_name(&role.path, &role.role_name),
            missing_policies: if has_required { Vec::new() } else { vec![REQUIRED_POLICY.to_owned()] },
        })
    }

    async fn attached_policies(&self, role_name: &str) -> Result<Vec<AttachedPolicy>, ApiError> {
        let request = self.iam.list_attached_role_policies().role_name(role_name);
        let pages = request.into_paginator().items().send();
        pages.collect::<Result<Vec<_>, _>>().await.map_err(api_error)
    }

    fn is_assumable(&self, role: &Role) -> bool {
        !role.path.starts_with(SERVICE_LINKED_PATH)
            && role.assume_role_policy_document.as_deref().is_some_and(|document| self.trusts_ssm(document))
    }

    /// IAM API: policy documents come URL-encoded (RFC 3986).
    fn trusts_ssm(&self, document: &str) -> bool {
        percent_encoding::percent_decode_str(document)
            .decode_utf8()
            .is_ok_and(|policy| trusts_ssm(&policy, &self.account, &self.source_arn))
    }
}

#[async_trait]
impl IamRoles for SsmRoles {
    async fn assumable(&self) -> Result<Vec<IamRole>, ApiError> {
        self.asked.ask(|| self.cached_or_fetched()).await
    }
}

/// AWS's own policy of that name, not one that somebody has given the same.
fn is_required(policy: &AttachedPolicy) -> bool {
    policy.policy_name.as_deref() == Some(REQUIRED_POLICY)
        && policy.policy_arn.as_deref().is_some_and(|arn| arn.contains(":iam::aws:policy/"))
}

#[cfg(test)]
mod tests;
