use domain::permission::Role;

use super::*;
use crate::activations::fakes::{FakeWorld, ID, TOKEN};
use crate::rendering::{Answer, contexts, options, posted};

const A: &str = "mi-0123456789abcdef0";
const B: &str = "mi-0123456789abcdef1";

async fn post(world: &FakeWorld, role: Option<Role>, kind: ActionKind, body: &str) -> Answer {
    let posted = posted(&format!("/nodes/{}", kind.name()), body).await;
    Answer::of(post_form(posted, kind, options(), contexts(world, role)).await).await
}

#[tokio::test]
async fn a_form_leads_to_its_action_each_time_that_it_is_sent() {
    let world = FakeWorld::default();
    let body = format!("id={A}&id={B}&confirmation=2&submission={TOKEN}");
    for _ in 0..2 {
        let answer = post(&world, Some(Role::Operator), ActionKind::Deregister, &body).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.location, format!("/nodes/actions/{TOKEN}"));
    }
    assert_eq!(world.change_actions(|actions| actions.len()), 1);
}

#[tokio::test]
async fn an_error_stands_at_its_field_and_nothing_typed_is_lost() {
    let world = FakeWorld::default();
    world.add_node(A);
    let body = format!("id={A}&tags[0][key]=aws:site&tags[0][value]=Tokyo&remove=node&submission={TOKEN}");
    let answer = post(&world, Some(Role::Operator), ActionKind::Tags, &body).await;
    assert_eq!(answer.status, 422);
    for expected in
        ["Keys that begin with aws: are reserved.", "value=\"aws:site\"", "value=\"Tokyo\"", TOKEN, "checked"]
    {
        assert!(answer.body.contains(expected), "{expected}");
    }
    assert!(world.change_actions(|actions| actions.is_empty()));
}

#[tokio::test]
async fn an_ended_session_keeps_what_was_filled_in() {
    let world = FakeWorld::default();
    let body = format!("id={A}&tags[0][key]=site&submission={TOKEN}");
    let answer = post(&world, None, ActionKind::Tags, &body).await;
    assert_eq!(answer.status, 401);
    for expected in [A, "value=\"site\"", "/login", TOKEN] {
        assert!(answer.body.contains(expected), "{expected}");
    }
}

#[tokio::test]
async fn who_has_not_signed_in_gets_no_more_back_than_a_form_takes() {
    let ids: String = (0..3_000).map(|n| format!("id=mi-{n:017x}&")).collect();
    for kind in ActionKind::ALL {
        let answer = post(&FakeWorld::default(), None, kind, &format!("{ids}submission={TOKEN}")).await;
        assert_eq!(answer.status, 401, "{kind:?}");
        assert_eq!(answer.body.matches("name=\"id\"").count(), 500, "{kind:?}");
    }
}

#[tokio::test]
async fn who_may_not_is_refused() {
    for role in [Role::Viewer, Role::Publisher] {
        for kind in ActionKind::ALL {
            let world = FakeWorld::default();
            let body = format!("id={A}&iam_role=BB_Hybrid_Activation&remove=site&submission={TOKEN}");
            let answer = post(&world, Some(role), kind, &body).await;
            assert_eq!(answer.status, 403, "{role:?} {kind:?}");
            assert!(world.change_actions(|actions| actions.is_empty()));
        }
    }
}

#[tokio::test]
async fn trying_again_what_is_not_there_says_so() {
    let world = FakeWorld::default();
    let posted = posted(&format!("/nodes/actions/{ID}/retry"), &format!("submission={TOKEN}")).await;
    let contexts = contexts(&world, Some(Role::Operator));
    let answer = Answer::of(post_retry(posted, ID.to_owned(), options(), contexts).await).await;
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("Not found"));
}
