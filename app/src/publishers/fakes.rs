//! A console where the package of one's own is Alice's, and nobody has tokens, for tests of other pages.

use async_trait::async_trait;
use domain::errors::ApiError;
use domain::publishers::{NewToken, PublisherRule, PublisherRules, Token};

use crate::packages::fakes::OWN;
use crate::ports::{MadeToken, Publishers, Tokens};

/// No rules, one owner.
pub struct FakePublishers;

#[async_trait]
impl Publishers for FakePublishers {
    async fn rules(&self) -> Result<PublisherRules, ApiError> {
        Ok(PublisherRules::default())
    }

    async fn rule_of(&self, _: &str) -> Result<PublisherRule, ApiError> {
        Ok(PublisherRule::default())
    }

    async fn set_rule(&self, _: Option<&str>, _: Option<&PublisherRule>) -> Result<(), ApiError> {
        Err(ApiError::NotFound)
    }

    async fn owner(&self, package: &str) -> Result<Option<String>, ApiError> {
        Ok((package == OWN).then(|| "alice".to_owned()))
    }

    async fn set_owner(&self, _: &str, _: Option<&str>) -> Result<(), ApiError> {
        Ok(())
    }
}

#[async_trait]
impl Tokens for FakePublishers {
    async fn list(&self, _: Option<&str>) -> Result<Vec<Token>, ApiError> {
        Ok(Vec::new())
    }

    async fn create(&self, _: &str, _: NewToken) -> Result<MadeToken, ApiError> {
        Err(ApiError::NotFound)
    }

    async fn revoke(&self, _: &str, _: Option<&str>) -> Result<(), ApiError> {
        Err(ApiError::NotFound)
    }
}
