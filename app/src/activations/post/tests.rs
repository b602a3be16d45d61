use domain::permission::Role;

use super::*;
use crate::activations::fakes::{CODE, FakeWorld, ID, TOKEN};
use crate::rendering::{Answer, contexts, options, posted};
use crate::shell;

async fn create_as(world: &FakeWorld, role: Option<Role>, body: &str) -> Answer {
    let form = posted("/activations/new", body).await;
    Answer::of(post_create(form, options(), contexts(world, role)).await).await
}

async fn delete_as(world: &FakeWorld, role: Option<Role>, id: &str) -> Answer {
    let request = Request::post(format!("/activations/{id}/delete")).body(Body::empty()).unwrap();
    Answer::of(post_delete(request, id.to_owned(), options(), contexts(world, role)).await).await
}

async fn get_as(world: &FakeWorld, role: Option<Role>, address: &str) -> Answer {
    let options = options();
    let page =
        leptos_axum::render_app_async_with_context(contexts(world, role), move || shell(options.clone()));
    Answer::of(page(Request::get(address).body(Body::empty()).unwrap()).await).await
}

fn form(more: &str) -> String {
    format!("description=Tokyo+office&registration_limit=3&role=default&submission={TOKEN}&{more}")
}

#[tokio::test]
async fn the_page_shows_code_and_id_and_is_not_kept() {
    let world = FakeWorld::default();
    let answer =
        create_as(&world, Some(Role::Operator), &form("tags[0][key]=site&tags[0][value]=Tokyo")).await;
    assert_eq!((answer.status, answer.cache.as_str()), (200, "no-store"));
    for text in [CODE, ID, "ssm-setup-cli", "0 of 3 registered"] {
        assert!(answer.body.contains(text), "{text}");
    }
    assert_eq!(world.created(), 1);
}

#[tokio::test]
async fn the_same_form_again_shows_no_code() {
    let world = FakeWorld::default();
    create_as(&world, Some(Role::Operator), &form("")).await;
    let again = create_as(&world, Some(Role::Operator), &form("")).await;
    assert_eq!(again.status, 409);
    assert!(!again.body.contains(CODE));
    assert!(again.body.contains(&format!("/activations/{ID}")));
    assert_eq!(world.created(), 1);
}

#[tokio::test]
async fn an_error_stands_at_its_field_and_nothing_typed_is_lost() {
    let world = FakeWorld::default();
    let body =
        "description=Tokyo+office&registration_limit=0&role=existing&iam_role=Incomplete&tags[0][key]=site";
    let answer = create_as(&world, Some(Role::Operator), body).await;
    assert_eq!(answer.status, 422);
    for text in
        ["Tokyo office", "A whole number from 1 to 1000.", "value=\"site\"", "value=\"existing\" checked"]
    {
        assert!(answer.body.contains(text), "{text}");
    }
    assert_eq!(world.created(), 0);
}

#[tokio::test]
async fn the_offset_beside_the_zone_is_that_of_the_typed_time() {
    let world = FakeWorld::default();
    let summer = form("expires=2027-07-01T12:00&time_zone=Europe/Berlin");
    let answer = create_as(&world, Some(Role::Operator), &summer).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Europe/Berlin (UTC+2:00)"));
}

#[tokio::test]
async fn a_failure_of_aws_keeps_the_form_and_its_token() {
    let world = FakeWorld::default();
    world.fail_next(ApiError::Throttled);
    let answer = create_as(&world, Some(Role::Operator), &form("")).await;
    assert_eq!(answer.status, 429);
    assert!(answer.body.contains("Tokyo office") && answer.body.contains(TOKEN));
}

#[tokio::test]
async fn an_ended_session_keeps_what_was_typed() {
    let world = FakeWorld::default();
    let answer = create_as(&world, None, &form("default_instance_name=bb-ubuntu")).await;
    assert_eq!(answer.status, 401);
    for text in ["Tokyo office", "bb-ubuntu", "/login"] {
        assert!(answer.body.contains(text), "{text}");
    }
    assert_eq!(world.created(), 0);
}

#[tokio::test]
async fn a_viewer_gets_nothing() {
    let world = FakeWorld::default();
    let answer = create_as(&world, Some(Role::Viewer), &form("")).await;
    assert_eq!(answer.status, 403);
    assert!(!answer.body.contains(CODE));
    assert_eq!(world.created(), 0);
}

#[tokio::test]
async fn a_deletion_leads_to_the_list() {
    let world = FakeWorld::default();
    create_as(&world, Some(Role::Operator), &form("")).await;
    let answer = delete_as(&world, Some(Role::Operator), ID).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/activations?done=activation-deleted"));
    assert_eq!(get_as(&world, Some(Role::Viewer), &format!("/activations/{ID}")).await.status, 404);
}

#[tokio::test]
async fn a_deletion_that_fails_says_so_on_its_page() {
    let world = FakeWorld::default();
    assert_eq!(delete_as(&world, None, ID).await.status, 401);
    let refused = delete_as(&world, Some(Role::Viewer), ID).await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("was not deleted"));
}

#[tokio::test]
async fn what_is_gone_is_not_told_as_a_failure() {
    let world = FakeWorld::default();
    for id in [ID, "no-uuid"] {
        let answer = delete_as(&world, Some(Role::Operator), id).await;
        assert_eq!(answer.status, 404, "{id}");
        assert!(answer.body.contains("Activation not found"), "{id}");
        assert!(!answer.body.contains("was not deleted"), "{id}");
    }
}

#[tokio::test]
async fn pages_show_an_activation_without_its_code() {
    let world = FakeWorld::default();
    create_as(&world, Some(Role::Operator), &form("tags[0][key]=site&tags[0][value]=Tokyo")).await;
    let detail = format!("/activations/{ID}");
    for (address, texts) in [
        ("/activations", [ID, "Tokyo office", "0 of 3"]),
        (detail.as_str(), [ID, "site", "checksum mismatch with latest ssm-setup-cli"]),
        (&format!("{detail}/delete"), [ID, "stay registered", "Delete"]),
        (&format!("/activations/new?clone={ID}"), ["Tokyo office", "value=\"3\"", TOKEN]),
    ] {
        let answer = get_as(&world, Some(Role::Operator), address).await;
        assert_eq!(answer.status, 200, "{address}");
        assert!(!answer.body.contains(CODE), "{address}");
        for text in texts {
            assert!(answer.body.contains(text), "{address}: {text}");
        }
    }
}

#[tokio::test]
async fn enter_confirms_a_tables_preferences_and_moves_no_column() {
    let world = FakeWorld::default();
    create_as(&world, Some(Role::Operator), &form("")).await;
    let answer = get_as(&world, Some(Role::Operator), "/activations?preferences=activations").await;
    let (before, _) = answer.body.split_once("name=\"up.activations\"").unwrap();
    let (_, before) = before.rsplit_once("<form").unwrap();
    // What Enter presses is a form's first button.
    let (_, first) = before.split_once("<button").unwrap();
    let (first, _) = first.split_once('>').unwrap();
    assert!(!first.contains("name=") && !first.contains("type=") && !first.contains("disabled"), "{first}");
}

#[tokio::test]
async fn the_form_lists_roles_with_what_they_lack() {
    let world = FakeWorld::default();
    let answer = get_as(&world, Some(Role::Operator), "/activations/new").await;
    assert!(answer.body.contains("Incomplete (missing policy: AmazonSSMManagedInstanceCore)"));
    let viewer = get_as(&world, Some(Role::Viewer), "/activations/new").await;
    assert!(!viewer.body.contains("Incomplete"));
}
