//! Uploads that are given up, and those that are not; and answers that are lost.

use axum::http::Method;

use super::*;

#[tokio::test]
async fn what_s3_has_written_is_there_though_its_answer_was_lost() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let publisher = world.publisher("here");
    let draft = world.desk.complete("Tool", BUCKET, 1000).await;
    let new = world.new_publication(&draft).await;
    world.gate.lose_answer(|request| {
        let completes = request.uri().query().is_some_and(|query| query.contains("uploadId="));
        completes && request.method() == Method::POST
    });
    world.gate.lose_answer(|request| {
        request.method() == Method::PUT && request.uri().path().ends_with("/manifest.json")
    });
    publisher.begin(new.clone()).await.unwrap();
    let publication = ended(&publisher, &new.id).await;
    assert!(matches!(publication.stage, Stage::Published { .. }), "{publication:?}");
    assert_eq!(world.left().await, (vec!["Tool/1.0/manifest.json".to_owned(), KEY.to_owned()], 0));
}

/// A draft of another package whose files go to the same place.
async fn beside(world: &World, size: usize) -> String {
    let draft = world.desk.complete("Other", BUCKET, size).await;
    let place = DraftChange::Location { bucket: BUCKET.to_owned(), prefix: "Tool/1.0".to_owned() };
    world.desk.drafts.change(&draft, 2, vec![place]).await.unwrap();
    draft
}

#[tokio::test]
async fn of_two_publications_to_one_place_none_gives_up_what_the_other_sends() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        let publisher = world.publisher("here");
        let drafts = [world.desk.complete("Tool", BUCKET, LARGE).await, beside(&world, LARGE).await];
        let [first, second] = [&drafts[0], &drafts[1]].map(|draft| world.new_publication(draft));
        let (first, second) = (first.await, second.await);
        world.gate.let_parts(0);
        publisher.begin(first.clone()).await.unwrap();
        publisher.begin(second.clone()).await.unwrap();
        // More than one of them sends at once.
        world.gate.parts_waiting(4).await;
        publisher.cancel(&first.id).await.unwrap();
        let publication = ended(&publisher, &first.id).await;
        assert_eq!(failure(&publication), &Failure::Cancelled, "{}", world.database.name);
        assert_eq!(world.left().await, (Vec::new(), 1), "the other's upload");
        world.gate.let_parts(100);
        let publication = ended(&publisher, &second.id).await;
        assert!(matches!(publication.stage, Stage::Published { .. }), "{publication:?}");
    }
}

#[tokio::test]
async fn an_upload_whose_id_was_not_noted_is_found_by_its_key_unless_it_may_be_anothers() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        let publisher = world.publisher("before");
        publisher.stop.cancel();
        let draft = world.desk.complete("Tool", BUCKET, 1000).await;
        let publication = publisher.note(world.new_publication(&draft).await).await.unwrap().unwrap();
        let draft = beside(&world, 1000).await;
        let other = publisher.note(world.new_publication(&draft).await).await.unwrap().unwrap();
        // S3 is asked, and the answer never noted.
        publisher.note_upload(&publication, KEY, None).await.unwrap_or_else(|_| panic!());
        publisher.aws.begin_upload(BUCKET, KEY, &publication.id).await.unwrap();
        abort_upload(&publisher.aws, &publisher.store, &publication).await.unwrap();
        assert_eq!(world.left().await.1, 1, "it may be the other's: {}", world.database.name);
        let failed = Stage::Failed { failure: Failure::Cancelled, left: Vec::new() };
        publisher.end(&other, failed).await.unwrap();
        world.desk.clock.pass(time::Duration::seconds(20));
        let publication = ended(&world.publisher("after"), &publication.id).await;
        assert!(matches!(publication.stage, Stage::Published { .. }), "{publication:?}");
        assert_eq!(world.left().await.1, 0);
    }
}
