//! What is killed, dies or is told to end, and what becomes of it.

use super::*;

/// As if the process had been killed while a part was on its way.
async fn killed_in_mid_upload(world: &World, draft: &str) -> String {
    let publisher = world.publisher("before");
    let id = died_in_mid_upload(world, &publisher, draft).await;
    publisher.stop.cancel();
    publisher.stopped().await;
    id
}

/// As if the publication's task had panicked while a part was on its way.
async fn died_in_mid_upload(world: &World, publisher: &Publisher, draft: &str) -> String {
    let new = world.new_publication(draft).await;
    world.gate.let_parts(1);
    let publication = publisher.note(new.clone()).await.unwrap().unwrap();
    let running = tokio::spawn(publisher.clone().run(publication, false));
    world.gate.parts_waiting(1).await;
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    assert_eq!(world.left().await.1, 1, "an upload has no end");
    world.gate.let_parts(100);
    new.id
}

#[tokio::test]
async fn what_was_killed_in_mid_upload_is_finished_by_the_next() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        let draft = world.desk.complete("Tool", BUCKET, LARGE).await;
        let id = killed_in_mid_upload(&world, &draft).await;
        world.desk.clock.pass(time::Duration::seconds(20));
        let after = world.publisher("after");
        let publication = ended(&after, &id).await;
        assert!(
            matches!(publication.stage, Stage::Published { .. }),
            "{}: {publication:?}",
            world.database.name
        );
        assert_eq!(world.left().await, (vec!["Tool/1.0/manifest.json".to_owned(), KEY.to_owned()], 0));
    }
}

#[tokio::test]
async fn what_died_here_is_finished_here() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let draft = world.desk.complete("Tool", BUCKET, LARGE).await;
    let publisher = world.publisher("here");
    let id = died_in_mid_upload(&world, &publisher, &draft).await;
    world.desk.clock.pass(time::Duration::seconds(20));
    let publication = ended(&publisher, &id).await;
    assert!(matches!(publication.stage, Stage::Published { .. }), "{publication:?}");
}

#[tokio::test]
async fn what_was_killed_long_ago_is_undone_by_the_next() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let draft = world.desk.complete("Tool", BUCKET, LARGE).await;
    let id = killed_in_mid_upload(&world, &draft).await;
    world.desk.clock.pass(time::Duration::hours(2));
    let publication = ended(&world.publisher("after"), &id).await;
    assert_eq!(failure(&publication), &Failure::Interrupted);
    assert_eq!(world.left().await, (Vec::new(), 0));
    assert!(world.desk.drafts.get(&draft).await.unwrap().files[0].is_ready(), "nothing is lost");
}

/// As if the process had been killed just after SSM was told: the answer was never noted.
async fn killed_after_ssm_was_told(world: &World) -> (Arc<Publisher>, Publication) {
    let draft = world.desk.complete("Tool", BUCKET, 1000).await;
    let publisher = world.publisher("before");
    publisher.stop.cancel();
    let new = world.new_publication(&draft).await;
    let mut publication = publisher.note(new).await.unwrap().unwrap();
    let (sent, halt) = ([AtomicU64::new(0)], CancellationToken::new());
    publisher.upload(&publication, &sent, &halt).await.unwrap_or_else(|_| panic!());
    assert!(publisher.advance(&mut publication, Stage::Registering).await.unwrap());
    publisher.aws.register(&publication.plan).await.unwrap();
    (publisher, publication)
}

#[tokio::test]
async fn what_was_killed_after_ssm_was_told_is_followed_to_its_end() {
    for database in fresh_stores().await {
        let world = World::start(database).await;
        let (_, publication) = killed_after_ssm_was_told(&world).await;
        world.desk.clock.pass(time::Duration::seconds(20));
        let publication = ended(&world.publisher("after"), &publication.id).await;
        let published = Stage::Published { document_version: "1".to_owned() };
        assert_eq!(publication.stage, published, "{}", world.database.name);
    }
}

#[tokio::test]
async fn what_is_active_is_published_though_it_was_killed_long_ago() {
    let published = Stage::Published { document_version: "1".to_owned() };
    for noted in [false, true] {
        let world = World::start(fresh_stores().await.remove(0)).await;
        let (publisher, mut publication) = killed_after_ssm_was_told(&world).await;
        if noted {
            let creating = Stage::Creating { document_version: "1".to_owned() };
            assert!(publisher.advance(&mut publication, creating).await.unwrap());
        }
        while world.aws.document_state("Tool", "1").await == Ok(DocumentState::Pending) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        world.desk.clock.pass(time::Duration::hours(2));
        let publication = ended(&world.publisher("after"), &publication.id).await;
        assert_eq!(publication.stage, published, "{noted}");
        assert_eq!(world.aws.document_state("Tool", "1").await, Ok(DocumentState::Active));
        assert_eq!(world.left().await, (vec!["Tool/1.0/manifest.json".to_owned(), KEY.to_owned()], 0));
    }
}

#[tokio::test]
async fn ssm_may_fail_while_it_is_waited_for() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let (_, publication) = killed_after_ssm_was_told(&world).await;
    // As often as the SDK asks.
    for _ in 0..3 {
        world.gate.lose_answer(|request| {
            let target = request.headers().get("x-amz-target");
            target.is_some_and(|target| target == "AmazonSSM.DescribeDocument")
        });
    }
    let waited = world.publisher("after").wait(&publication, "1").await;
    assert!(waited.is_ok());
}

#[tokio::test]
async fn a_program_that_ends_lets_go_at_once() {
    let world = World::start(fresh_stores().await.remove(0)).await;
    let draft = world.desk.complete("Tool", BUCKET, LARGE).await;
    let publisher = world.publisher("here");
    let new = world.new_publication(&draft).await;
    world.gate.let_parts(1);
    publisher.begin(new.clone()).await.unwrap();
    world.gate.parts_waiting(1).await;
    world.stop.cancel();
    publisher.stopped().await;
    world.gate.let_parts(100);
    let world = World { stop: CancellationToken::new(), ..world };
    let publication = ended(&world.publisher("next"), &new.id).await;
    assert!(matches!(publication.stage, Stage::Published { .. }), "{publication:?}");
}
