//! The second step: where in S3 the files are put.

use domain::errors::ApiError;
use domain::language::Language;
use domain::packages::buckets::{Bucket, BucketProblem};
use domain::packages::drafts::{Draft, DraftKind};
use domain::packages::location::default_prefix;
use leptos::prelude::*;

use super::steps::{StepForm, Work};
use crate::components::alert::Alert;
use crate::components::container::Container;
use crate::components::form::{RadioGroup, RadioOption, Select, SelectOption, TextInput};
use crate::components::loaded::Skeleton;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::page::{use_language, use_page};
use crate::text::{publish as text, publish_check};

/// Bucket and prefix.
#[component]
pub fn Location(
    /// The draft.
    work: Work,
) -> impl IntoView {
    let language = use_language();
    let (intro, prefix_hint) = match work.kind() {
        DraftKind::Simple => (text::location_intro(language), text::field_prefix_description(language)),
        DraftKind::Advanced => {
            (publish_check::location_intro(language), publish_check::prefix_description(language))
        }
    };
    let rule = work.rights.with_value(|rights| rights.rule.clone()).unwrap_or_default();
    let yours = (!rule.places.is_empty())
        .then(|| view! { <p>{text::your_places(language, rule.place_names().join(", "))}</p> });
    let buckets = move || match work.buckets.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(buckets) => view! { <Place work buckets /> }.into_any(),
    };
    view! {
        <StepForm work>
            <Container title=text::location(language) description=intro>
                <div class="form">
                    {yours}
                    {buckets}
                    <TextInput
                        name="prefix"
                        label=text::field_prefix(language)
                        value=RwSignal::new(work.typed("prefix", first_prefix))
                        optional=true
                        description=prefix_hint.to_owned()
                        error=work.errors.at("prefix")
                        on_blur=work.check("prefix")
                    />
                </div>
            </Container>
        </StepForm>
    }
    .into_any()
}

/// The draft's, or, before there is one, a folder that no other version has.
fn first_prefix(draft: &Draft) -> String {
    let contents = &draft.contents;
    let there_already = contents.kind == DraftKind::Advanced;
    if there_already || !contents.bucket.is_empty() || !contents.prefix.is_empty() || contents.name.is_empty()
    {
        return contents.prefix.clone();
    }
    // The draft's id is random.
    let suffix = draft.id.split('-').next().unwrap_or_default();
    default_prefix(&contents.name, &contents.version_name, suffix)
}

/// The bucket: from the list, or by its address.
#[component]
fn Place(work: Work, buckets: Result<Vec<Bucket>, ApiError>) -> impl IntoView {
    let language = use_language();
    let region =
        use_page().with_value(|page| page.aws.as_ref().map(|aws| aws.region.clone()).unwrap_or_default());
    let chosen = work.typed("bucket", |draft| draft.contents.bucket.clone());
    let bucket = RwSignal::new(chosen.clone());
    let way = work.typed_before("place").filter(|way| !way.is_empty()).unwrap_or_else(|| "list".to_owned());
    let url = work.typed_before("s3_url").unwrap_or_default();
    let list = match buckets {
        Ok(buckets) => view! {
            <Select
                name="bucket"
                label=text::field_bucket(language)
                value=bucket
                options=options(language, &buckets, &chosen, &region)
                description=text::field_bucket_description(language, &region)
                error=work.errors.at("bucket")
                on_change=work.try_bucket(bucket)
            />
        }
        .into_any(),
        Err(error) => view! {
            <Alert kind=StatusKind::Warning title=text::buckets_failed(language)>{error_text(language, &error)}</Alert>
            <TextInput
                name="bucket"
                label=text::field_bucket(language)
                value=bucket
                error=work.errors.at("bucket")
                on_blur=work.check("bucket")
            />
        }
        .into_any(),
    };
    let ways = [("list", text::bucket_from_list(language)), ("url", text::bucket_by_url(language))];
    let ways = ways.map(|(value, label)| RadioOption {
        value: value.to_owned(),
        label: label.to_owned(),
        description: None,
    });
    view! {
        <RadioGroup
            name="place"
            label=text::field_place(language)
            value=RwSignal::new(way)
            options=ways.to_vec()
        />
        // Which of them is seen the stylesheet tells: that needs no script.
        <div class="bucket-from-list">{list}<Problem work bucket region /></div>
        <div class="bucket-by-url">
            <TextInput
                name="s3_url"
                label=text::field_url(language)
                value=RwSignal::new(url)
                description=text::field_url_description(language).to_owned()
                error=work.errors.at("s3_url")
                on_blur=work.check("s3_url")
            />
        </div>
    }
    .into_any()
}

/// The buckets, each with its Region; those of other Regions can be seen and not chosen. One that is not in the list
/// stays.
fn options(language: Language, buckets: &[Bucket], chosen: &str, region: &str) -> Vec<SelectOption> {
    let option = |bucket: &Bucket| {
        let place = bucket.region.as_deref();
        SelectOption {
            value: bucket.name.clone(),
            label: text::bucket_in(language, &bucket.name, place.unwrap_or("-")),
            disabled: place.is_some_and(|place| place != region),
        }
    };
    let first = if buckets.is_empty() { text::no_buckets(language) } else { text::choose_bucket(language) };
    let plain = |value: &str, label: &str| SelectOption {
        value: value.to_owned(),
        label: label.to_owned(),
        disabled: false,
    };
    let mut options = vec![plain("", first)];
    if !chosen.is_empty() && buckets.iter().all(|bucket| bucket.name != chosen) {
        options.push(plain(chosen, chosen));
    }
    options.extend(buckets.iter().map(option));
    options
}

/// What speaks against the bucket that is chosen.
#[component]
fn Problem(work: Work, bucket: RwSignal<String>, region: String) -> impl IntoView {
    let language = use_language();
    let region = StoredValue::new(region);
    move || {
        let bucket = bucket.get();
        // From the choice on, in one line: the buttons below stay where they are while nothing speaks against it.
        let status = |said: String| Some(view! { <p class="secondary" role="status">{said}</p> }.into_any());
        if work.trying_bucket.get() {
            return status(text::bucket_being_tried(language, bucket));
        }
        let said = match work.bucket.get()? {
            _ if bucket.is_empty() => return None,
            Ok(None) => return status(text::bucket_fine(language, bucket, region.get_value())),
            Ok(Some(problem)) => problem_text(language, &problem),
            Err(error) => error_text(language, &error),
        };
        let title = text::bucket_unusable(language, bucket);
        Some(view! { <Alert kind=StatusKind::Error title>{said}</Alert> }.into_any())
    }
}

/// What speaks against a bucket, and what to do about it.
pub(super) fn problem_text(language: Language, problem: &BucketProblem) -> String {
    match problem {
        BucketProblem::NotFound => text::bucket_not_found(language).to_owned(),
        BucketProblem::Denied => text::bucket_denied(language).to_owned(),
        BucketProblem::OtherRegion { region, expected } => {
            text::bucket_other_region(language, region, expected)
        }
        BucketProblem::NotWritable { error } => {
            text::bucket_not_writable(language, error_text(language, error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_of_other_regions_are_seen_and_not_chosen() {
        let bucket =
            |name: &str, region: &str| Bucket { name: name.to_owned(), region: Some(region.to_owned()) };
        let buckets = [bucket("near", "ap-northeast-1"), bucket("far", "us-east-1")];
        let options = options(Language::En, &buckets, "gone", "ap-northeast-1");
        let shown: Vec<_> = options.iter().map(|option| (option.value.as_str(), option.disabled)).collect();
        assert_eq!(shown, [("", false), ("gone", false), ("near", false), ("far", true)]);
        assert!(options[3].label.contains("us-east-1"));
    }
}
