use domain::permission::Role;

use super::*;
use crate::activations::fakes::FakeWorld;
use crate::rendering::{Answer, contexts, options, posted};

async fn post_as(world: &FakeWorld, role: Option<Role>, to: &str, body: &str) -> Answer {
    let posted = posted(&format!("/nodes/settings/tier?to={to}"), body).await;
    Answer::of(post_change(posted, Some(to.to_owned()), options(), contexts(world, role)).await).await
}

async fn tier(world: &FakeWorld) -> Option<Tier> {
    world.ports().tier.state().await.unwrap().setting.map(|setting| setting.tier)
}

#[tokio::test]
async fn who_consents_is_led_on_to_the_settings() {
    let world = FakeWorld::default();
    for _ in 0..2 {
        let answer = post_as(&world, Some(Role::Admin), "advanced", "consent=yes").await;
        assert_eq!(
            (answer.status, answer.location.as_str()),
            (303, "/nodes/settings?done=tier-change-requested")
        );
        assert_eq!(tier(&world).await, Some(Tier::Advanced), "sent twice, it acts once");
        world.fail_next(ApiError::Conflict { reason: "must not be asked again".to_owned() });
    }
}

#[tokio::test]
async fn without_consent_the_page_asks_for_it_at_the_box() {
    let world = FakeWorld::default();
    let answer = post_as(&world, Some(Role::Admin), "advanced", "consent=no").await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Tick this box to go on."), "{}", answer.body);
    assert_eq!(tier(&world).await, None);
}

#[tokio::test]
async fn a_refusal_is_shown_in_awss_words() {
    let world = FakeWorld::default();
    world.fail_next(ApiError::Upstream {
        code: "ValidationException".to_owned(),
        message: "1001 are registered".to_owned(),
        request_id: Some("request-7".to_owned()),
    });
    let answer = post_as(&world, Some(Role::Admin), "standard", "consent=yes").await;
    assert_eq!(answer.status, 502);
    assert!(answer.body.contains("1001 are registered"), "{}", answer.body);
    assert!(answer.body.contains("request-7"), "{}", answer.body);
}

#[tokio::test]
async fn only_admins_change_and_only_to_a_tier() {
    let world = FakeWorld::default();
    for role in [Role::Viewer, Role::Publisher, Role::Operator] {
        assert_eq!(post_as(&world, Some(role), "advanced", "consent=yes").await.status, 403, "{role:?}");
    }
    assert_eq!(post_as(&world, None, "advanced", "consent=yes").await.status, 401);
    assert_eq!(post_as(&world, Some(Role::Admin), "gold", "consent=yes").await.status, 404);
    assert_eq!(tier(&world).await, None);
}
