//! Creating an activation from a form, the same for the server function and for a form posted without script.

use domain::activations::{CreatedActivation, DEFAULT_EXPIRY, NewActivation, ValidActivation};
use domain::errors::ApiError;
use domain::registration::is_uuid;
use secrecy::ExposeSecret;
use time::OffsetDateTime;

use super::{Creation, ShownActivation};
use crate::ports::Claim;
use crate::server::{Caller, local_to_utc};

/// Checks the form, claims its token so that one form sent twice acts once, and creates the activation.
///
/// # Errors
/// `Invalid` with every broken rule at its field; `Conflict` while the same form is under way; and as
/// [`crate::ports::Activations::create`].
pub async fn create(caller: &Caller, form: &NewActivation) -> Result<Creation, ApiError> {
    let now = caller.ports.clock.now();
    let valid = form.validate(now, local_to_utc)?;
    match claim(caller, &form.submission).await? {
        Claim::New => {}
        Claim::InProgress => {
            return Err(ApiError::Conflict { reason: "the same form is under way".to_owned() });
        }
        Claim::Done { activation_id } => return Ok(Creation::Earlier { activation_id }),
    }
    let created = create_and_settle(caller.clone(), valid.clone(), form.submission.clone()).await?;
    Ok(Creation::Created(show(&created, &valid, &caller.region, now)))
}

/// On a task of its own: a browser that hangs up in the middle must not leave a form that is under way for ever.
async fn create_and_settle(
    caller: Caller,
    valid: ValidActivation,
    token: String,
) -> Result<CreatedActivation, ApiError> {
    let task = tokio::spawn(async move {
        let created = caller.ports.activations.create(valid).await;
        settle(&caller, &token, created.as_ref().ok()).await;
        created
    });
    task.await.map_err(|_| ApiError::Internal)?
}

/// A request without a token was made by no form of ours, and nothing tells it from the next one.
async fn claim(caller: &Caller, token: &str) -> Result<Claim, ApiError> {
    if token.is_empty() {
        return Ok(Claim::New);
    }
    if !is_uuid(token) {
        return Err(ApiError::Conflict {
            reason: "the submission token is none that a form was given".to_owned(),
        });
    }
    caller.ports.submissions.claim(token, &caller.person.username).await
}

/// Notes the outcome. The activation exists or not whether this works or not, so that a failure only goes to the log:
/// the person must get the code now or never.
async fn settle(caller: &Caller, token: &str, created: Option<&CreatedActivation>) {
    if token.is_empty() {
        return;
    }
    let submissions = &caller.ports.submissions;
    let noted = match created {
        Some(created) => submissions.complete(token, &created.id).await,
        None => submissions.release(token).await,
    };
    if let Err(error) = noted {
        tracing::error!(%error, "the outcome of a create form could not be noted");
    }
}

fn show(
    created: &CreatedActivation,
    valid: &ValidActivation,
    region: &str,
    now: OffsetDateTime,
) -> ShownActivation {
    ShownActivation {
        id: created.id.clone(),
        code: created.code.expose_secret().to_owned(),
        region: region.to_owned(),
        registration_limit: valid.registration_limit,
        expires: valid.expires.unwrap_or(now + DEFAULT_EXPIRY),
        command: valid.create_command(region),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activations::fakes::{CODE, FakeWorld, ID, NOW};
    use domain::errors::Rule;
    use domain::permission::Role;

    const TOKEN: &str = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

    fn form() -> NewActivation {
        NewActivation { submission: TOKEN.to_owned(), ..Default::default() }
    }

    async fn submit(world: &FakeWorld, form: &NewActivation) -> Result<Creation, ApiError> {
        create(&world.caller(Role::Operator), form).await
    }

    #[tokio::test]
    async fn the_code_comes_back_once() {
        let world = FakeWorld::default();
        let Ok(Creation::Created(shown)) = submit(&world, &form()).await else { panic!("not created") };
        assert_eq!((shown.id.as_str(), shown.code.as_str()), (ID, CODE));
        assert_eq!(shown.expires, NOW + DEFAULT_EXPIRY);
        assert!(!format!("{shown:?}").contains(CODE));
        let again = submit(&world, &form()).await;
        assert_eq!(again, Ok(Creation::Earlier { activation_id: ID.to_owned() }));
        assert_eq!(world.created(), 1);
    }

    #[tokio::test]
    async fn a_form_under_way_is_a_conflict() {
        let world = FakeWorld::default();
        world.caller(Role::Operator).ports.submissions.claim(TOKEN, "somebody").await.unwrap();
        assert!(matches!(submit(&world, &form()).await, Err(ApiError::Conflict { .. })));
        assert_eq!(world.created(), 0);
    }

    #[tokio::test]
    async fn a_failure_gives_the_form_back() {
        let world = FakeWorld::default();
        world.fail_next(ApiError::Throttled);
        assert_eq!(submit(&world, &form()).await, Err(ApiError::Throttled));
        assert!(matches!(submit(&world, &form()).await, Ok(Creation::Created(_))));
    }

    #[tokio::test]
    async fn an_invalid_form_is_told_before_its_token_is_used() {
        let world = FakeWorld::default();
        let wrong = NewActivation { registration_limit: "0".to_owned(), ..form() };
        let expected = ApiError::field("registration_limit", Rule::Range { min: 1, max: 1000 });
        assert_eq!(submit(&world, &wrong).await, Err(expected));
        assert!(matches!(submit(&world, &form()).await, Ok(Creation::Created(_))));
    }

    #[tokio::test]
    async fn a_name_that_only_the_browser_lets_pass_is_told_at_its_field() {
        let world = FakeWorld::default();
        let thai = NewActivation { default_instance_name: "กรุงเทพ".to_owned(), ..form() };
        let expected = ApiError::field("default_instance_name", Rule::NameCharacters);
        assert_eq!(submit(&world, &thai).await, Err(expected));
        assert_eq!(world.created(), 0);
    }

    #[tokio::test]
    async fn a_token_of_another_make_is_refused() {
        let world = FakeWorld::default();
        let odd = NewActivation { submission: "x".repeat(9000), ..Default::default() };
        assert!(matches!(submit(&world, &odd).await, Err(ApiError::Conflict { .. })));
    }

    #[tokio::test]
    async fn expiry_is_read_in_the_persons_zone() {
        let world = FakeWorld::default();
        let form = NewActivation {
            expires: "2026-11-23T12:00".to_owned(),
            time_zone: "Asia/Tokyo".to_owned(),
            ..form()
        };
        let Ok(Creation::Created(shown)) = submit(&world, &form).await else { panic!("not created") };
        assert_eq!(shown.expires, time::macros::datetime!(2026-11-23 03:00 UTC));
    }
}
