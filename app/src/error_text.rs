//! Errors in the viewer's language: a sentence that says what to do next.

use std::borrow::Borrow;

use domain::costs::grouped_whole;
use domain::errors::{ApiError, Rule};
use domain::language::Language;

use crate::text::errors;

/// The sentence for an error as a whole.
#[must_use]
pub fn error_text(language: Language, error: &ApiError) -> String {
    match error {
        ApiError::Unauthenticated => errors::unauthenticated(language).to_owned(),
        ApiError::Forbidden => errors::forbidden(language).to_owned(),
        ApiError::NotFound => errors::not_found(language).to_owned(),
        ApiError::Invalid { .. } => errors::invalid(language).to_owned(),
        ApiError::Conflict { .. } => errors::conflict(language).to_owned(),
        ApiError::Throttled => errors::throttled(language).to_owned(),
        ApiError::Upstream { code, message, request_id } => {
            errors::upstream(language, message, code, request_id.as_deref().unwrap_or("-"))
        }
        ApiError::Unreachable { .. } => errors::unreachable(language).to_owned(),
        ApiError::Internal => errors::internal(language).to_owned(),
    }
}

/// The sentence for a broken rule, shown at its field.
#[must_use]
pub fn rule_text(language: Language, rule: &Rule) -> String {
    match rule {
        Rule::Required => errors::required(language).to_owned(),
        Rule::MaxLength { max } => errors::max_length(language, max),
        Rule::Range { min, max } => errors::range(language, min, max),
        Rule::NameCharacters => errors::name_characters(language).to_owned(),
        Rule::DateTime => errors::date_time(language).to_owned(),
        Rule::InFuture => errors::in_future(language).to_owned(),
        Rule::WithinDays { days } => errors::within_days(language, days),
        Rule::NotArn => errors::not_arn(language).to_owned(),
        Rule::RoleName => errors::role_name(language).to_owned(),
        Rule::AssumableRole => errors::assumable_role(language).to_owned(),
        Rule::ReservedPrefix => errors::reserved_prefix(language).to_owned(),
        Rule::Duplicate => errors::duplicate(language).to_owned(),
        Rule::TooMany { max } => errors::too_many(language, max),
        Rule::Decimal { min, max, places } => {
            errors::decimal(language, min, grouped_whole((*max).into()), places)
        }
        Rule::Choice => errors::choice(language).to_owned(),
        Rule::CurrencyCode => errors::currency_code(language).to_owned(),
        Rule::StandardTier { max } => errors::standard_tier(language, grouped_whole((*max).into())),
        Rule::DuplicatePlace => errors::duplicate_place(language).to_owned(),
        Rule::TooLarge => errors::too_large(language).to_owned(),
        Rule::NameTaken => errors::name_taken(language).to_owned(),
        Rule::Accepted => errors::accepted(language).to_owned(),
        Rule::Exactly { text } => errors::exactly(language, text),
        Rule::HybridNode => errors::hybrid_node(language).to_owned(),
        Rule::Identifier { min, max } => errors::identifier(language, min, max),
        Rule::AwsOwnedName => errors::aws_owned_name(language).to_owned(),
        Rule::AccountId => errors::account_id(language).to_owned(),
        Rule::OtherAccount => errors::other_account(language).to_owned(),
        Rule::SoftwareZip => errors::software_zip(language).to_owned(),
        Rule::NoRoom => errors::no_room(language).to_owned(),
        Rule::BucketName => errors::bucket_name(language).to_owned(),
        Rule::S3Url => errors::s3_url(language).to_owned(),
        Rule::KeyPrefix => errors::key_prefix(language).to_owned(),
        Rule::PlatformVersion => errors::platform_version(language).to_owned(),
        Rule::BeginsWith { prefixes } => errors::begins_with(language, listed(language, prefixes)),
        Rule::AllowedPlace { places } => errors::allowed_place(language, listed(language, places)),
    }
}

/// A few words, one after another.
#[must_use]
pub fn listed<W: Borrow<str>>(language: Language, words: &[W]) -> String {
    words.join(match language {
        Language::En => ", ",
        Language::Ja => "、",
    })
}
