//! The activation tier as SSM's service setting.

use async_trait::async_trait;
use aws_sdk_ssm::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_ssm::types::ServiceSetting;
use domain::errors::ApiError;
use domain::tier::{SETTING_ID, Tier, TierSetting};

use super::convert::time_from_sdk;
use super::error::api_error;
use crate::fleet::TierSource;

/// `Status` of a setting whose change AWS is still carrying out (SSM API).
const PENDING: &str = "PendingUpdate";

/// The tier of one account and Region.
#[derive(Clone, Debug)]
pub struct SsmTier {
    ssm: aws_sdk_ssm::Client,
}

impl SsmTier {
    pub(super) const fn new(ssm: aws_sdk_ssm::Client) -> Self {
        Self { ssm }
    }
}

#[async_trait]
impl TierSource for SsmTier {
    async fn read(&self) -> Result<TierSetting, ApiError> {
        let answer = self.ssm.get_service_setting().setting_id(SETTING_ID).send().await.map_err(api_error)?;
        answer.service_setting.and_then(setting).ok_or_else(unknown)
    }

    async fn change(&self, tier: Tier) -> Result<(), ApiError> {
        match tier {
            Tier::Advanced => {
                let update = self.ssm.update_service_setting().setting_id(SETTING_ID);
                update.setting_value(tier.name()).send().await.map(drop).map_err(refused)
            }
            // The standard tier is the default, and going back to it is called a reset (SSM API).
            Tier::Standard => self
                .ssm
                .reset_service_setting()
                .setting_id(SETTING_ID)
                .send()
                .await
                .map(drop)
                .map_err(refused),
        }
    }
}

/// `TooManyUpdates` says here that the last change is not through yet, not that somebody asks too often.
fn refused<E>(error: SdkError<E>) -> ApiError
where
    E: aws_sdk_ssm::error::ProvideErrorMetadata + std::error::Error + 'static,
{
    match error.code() {
        Some("TooManyUpdates") => {
            ApiError::Conflict { reason: "an earlier change of the tier is pending".to_owned() }
        }
        _ => api_error(error),
    }
}

fn setting(found: ServiceSetting) -> Option<TierSetting> {
    Some(TierSetting {
        tier: Tier::from_name(found.setting_value.as_deref()?)?,
        pending: found.status.as_deref() == Some(PENDING),
        changed: found.last_modified_date.as_ref().and_then(time_from_sdk),
        changed_by: found.last_modified_user,
    })
}

fn unknown() -> ApiError {
    ApiError::Upstream {
        code: "UnknownSetting".to_owned(),
        message: format!("{SETTING_ID} is neither standard nor advanced"),
        request_id: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::upstream::{Reply, Upstream};
    use crate::aws::testing::{account, connected_to};

    #[tokio::test]
    async fn a_change_is_pending_and_admits_no_other() {
        let account = account().await;
        let source = account.aws.tier();
        let first = source.read().await.unwrap();
        assert_eq!((first.tier, first.pending), (Tier::Standard, false));
        source.change(Tier::Advanced).await.unwrap();
        let pending = source.read().await.unwrap();
        assert_eq!((pending.tier, pending.pending), (Tier::Advanced, true));
        assert!(pending.changed_by.unwrap().starts_with("arn:aws:"));
        assert!(pending.changed.is_some());
        let back = source.change(Tier::Standard).await.unwrap_err();
        assert!(matches!(back, ApiError::Conflict { .. }), "{back:?}");
    }

    #[tokio::test]
    async fn the_way_back_is_a_reset() {
        let upstream = Upstream::start([Reply::Answer(200, "{}".to_owned())]).await;
        let source = connected_to(upstream.address).await.tier();
        source.change(Tier::Standard).await.unwrap();
        source.change(Tier::Advanced).await.unwrap();
        let expected = ["AmazonSSM.ResetServiceSetting", "AmazonSSM.UpdateServiceSetting"];
        assert_eq!(upstream.targets(), expected);
    }

    #[tokio::test]
    async fn a_refusal_comes_in_awss_words() {
        let words = "The standard-instances tier admits 1000 hybrid nodes";
        let upstream = Upstream::start([Reply::ssm_error("ValidationException", words)]).await;
        let refused = connected_to(upstream.address).await.tier().change(Tier::Standard).await.unwrap_err();
        let ApiError::Upstream { code, message, request_id } = refused else { panic!("{refused:?}") };
        assert_eq!((code.as_str(), message.as_str()), ("ValidationException", words));
        assert_eq!(request_id.as_deref(), Some("request-7"));
    }

    #[tokio::test]
    async fn a_tier_that_this_version_does_not_know_is_an_error() {
        let gold = serde_json::json!({ "ServiceSetting": { "SettingValue": "gold" } }).to_string();
        let upstream = Upstream::start([Reply::Answer(200, gold)]).await;
        let unknown = connected_to(upstream.address).await.tier().read().await.unwrap_err();
        assert!(matches!(unknown, ApiError::Upstream { code, .. } if code == "UnknownSetting"));
    }
}
