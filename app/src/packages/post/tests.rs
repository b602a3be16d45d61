use domain::permission::Role;

use super::*;
use crate::activations::fakes::FakeWorld;
use crate::packages::fakes::{AMAZONS, OWN};
use crate::rendering::{Answer, contexts, options, posted};

async fn post(world: &FakeWorld, role: Role, form: &str, kind: ChangeKind, body: &str) -> Answer {
    let segment = form.split(['/', '?']).next().unwrap();
    let posted = posted(&format!("/packages/{form}"), body).await;
    let contexts = contexts(world, Some(role));
    Answer::of(post_change(posted, segment.to_owned(), (kind, 2), options(), contexts).await).await
}

#[tokio::test]
async fn tags_that_differ_are_set_and_those_left_out_are_removed() {
    let world = FakeWorld::default();
    let form = format!("{OWN}?edit=tags");
    let fields = "tags[0][key]=stage&tags[0][value]=prod&tags[1][key]=&tags[1][value]=";
    let answer = post(&world, Role::Publisher, &form, ChangeKind::Tags, fields).await;
    assert_eq!(
        (answer.status, answer.location.as_str()),
        (303, "/packages/Kinesis-Agent?done=package-tags-changed")
    );
    assert_eq!(world.packages().changes(), ["tags of Kinesis-Agent: +stage=prod -team"]);
}

#[tokio::test]
async fn accounts_are_added_and_taken_away() {
    let world = FakeWorld::default();
    let form = format!("{OWN}/permissions/edit");
    let fields = "sharing=shared&known=210987654321&add=1111-1111-1111";
    let answer = post(&world, Role::Admin, &form, ChangeKind::Share, fields).await;
    assert_eq!(answer.location, "/packages/Kinesis-Agent/permissions?done=package-sharing-changed");
    assert_eq!(world.packages().changes(), ["share Kinesis-Agent: +111111111111 -210987654321"]);
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_with_what_was_typed() {
    let world = FakeWorld::default();
    let form = format!("{OWN}/permissions/edit");
    let fields = "sharing=shared&known=210987654321&keep=210987654321&add=12-not-an-id";
    let answer = post(&world, Role::Admin, &form, ChangeKind::Share, fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("An account ID of 12 digits."), "{}", answer.body);
    assert!(answer.body.contains("12-not-an-id") && answer.body.contains("210987654321"), "{}", answer.body);

    let answer =
        post(&world, Role::Admin, &format!("{OWN}/delete"), ChangeKind::Delete, "confirmation=kinesis").await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Type Kinesis-Agent."), "{}", answer.body);
    assert!(world.packages().changes().is_empty());
}

#[tokio::test]
async fn a_refusal_is_shown_in_awss_words() {
    let world = FakeWorld::default();
    world.packages().fail_next(ApiError::Upstream {
        code: "AssociatedInstances".to_owned(),
        message: "associated with instances".to_owned(),
        request_id: Some("request-7".to_owned()),
    });
    let form = format!("{OWN}/delete");
    let answer = post(&world, Role::Publisher, &form, ChangeKind::Delete, "confirmation=Kinesis-Agent").await;
    assert_eq!(answer.status, 502);
    for word in ["associated with instances", "request-7", "value=\"Kinesis-Agent\""] {
        assert!(answer.body.contains(word), "{word}: {}", answer.body);
    }
}

#[tokio::test]
async fn what_takes_several_calls_may_have_been_made_in_part() {
    let world = FakeWorld::default();
    let shared = "sharing=shared&known=333333333333&add=111111111111";
    for (form, kind, fields) in [
        (format!("{OWN}/permissions/edit"), ChangeKind::Share, shared),
        (format!("{OWN}?edit=tags"), ChangeKind::Tags, "tags[0][key]=stage&tags[0][value]=prod"),
        (format!("{OWN}/delete"), ChangeKind::Delete, "confirmation=Kinesis-Agent"),
    ] {
        world.packages().fail_next(ApiError::Throttled);
        let body = post(&world, Role::Admin, &form, kind, fields).await.body;
        let title =
            if kind == ChangeKind::Delete { "Nothing was changed" } else { "Not all of it was changed" };
        assert!(body.contains(title), "{title}: {body}");
        // The form goes on from the accounts that there are now.
        let known = |tag: &str| tag.contains("name=\"known\"") && tag.contains("value=\"210987654321\"");
        assert_eq!(body.split("<input").any(known), kind == ChangeKind::Share, "{body}");
    }
}

#[tokio::test]
async fn versions_are_chosen_and_deleted_by_their_number() {
    let world = FakeWorld::default();
    let form = |rest: &str| format!("{OWN}/versions/2/{rest}");
    let answer = post(&world, Role::Publisher, &form("default"), ChangeKind::DefaultVersion, "").await;
    assert_eq!(answer.location, "/packages/Kinesis-Agent/versions?done=package-default-changed");
    post(&world, Role::Publisher, &form("delete"), ChangeKind::DeleteVersion, "").await;
    assert_eq!(world.packages().changes(), ["default of Kinesis-Agent: 2", "delete Kinesis-Agent Some(2)"]);
}

#[tokio::test]
async fn what_belongs_to_others_stays_as_it_is() {
    let world = FakeWorld::default();
    let answer =
        post(&world, Role::Admin, &format!("{AMAZONS}/versions/2/default"), ChangeKind::DefaultVersion, "")
            .await;
    assert_eq!(answer.status, 403);
    assert!(world.packages().changes().is_empty());
}
