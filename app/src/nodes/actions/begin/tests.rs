use domain::nodes::actions::{ActionKind, NodeOutcome};
use domain::permission::Role;

use super::*;
use crate::activations::fakes::{FakeWorld, ID, TOKEN};

const A: &str = "mi-0123456789abcdef0";
const B: &str = "mi-0123456789abcdef1";

fn form(kind: ActionKind) -> ActionForm {
    let ids = [A, B].map(str::to_owned).to_vec();
    ActionForm { confirmation: "2".to_owned(), submission: TOKEN.to_owned(), ..ActionForm::new(kind, ids) }
}

#[tokio::test]
async fn an_action_is_known_by_its_forms_token_and_knows_the_nodes_names() {
    let world = FakeWorld::default();
    world.add_node(A);
    let operator = world.caller(Role::Operator);
    assert_eq!(begin(&operator, &form(ActionKind::Deregister)).await, Ok(TOKEN.to_owned()));
    let progress = operator.ports.node_actions.progress(TOKEN).await.unwrap();
    let nodes: Vec<_> = progress.nodes.iter().map(|node| (node.id.as_str(), node.name.as_deref())).collect();
    assert_eq!(nodes, [(A, Some("name of mi-0123456789abcdef0")), (B, None)]);
    assert_eq!((progress.username.as_str(), progress.action), ("alice", NodeAction::Deregister));
}

#[tokio::test]
async fn a_wrong_form_or_token_begins_nothing() {
    let world = FakeWorld::default();
    let operator = world.caller(Role::Operator);
    let unconfirmed = ActionForm { confirmation: String::new(), ..form(ActionKind::Deregister) };
    assert!(matches!(begin(&operator, &unconfirmed).await, Err(ApiError::Invalid { .. })));
    for submission in ["", "../secret"] {
        let odd = ActionForm { submission: submission.to_owned(), ..form(ActionKind::Deregister) };
        assert!(matches!(begin(&operator, &odd).await, Err(ApiError::Conflict { .. })), "{submission}");
    }
    assert!(world.change_actions(|actions| actions.is_empty()));
}

#[tokio::test]
async fn a_role_that_ssm_may_not_assume_is_told_at_its_field() {
    let world = FakeWorld::default();
    let operator = world.caller(Role::Operator);
    let role = |name: &str| ActionForm { iam_role: name.to_owned(), ..form(ActionKind::Role) };
    let expected = ApiError::field("iam_role", Rule::AssumableRole);
    assert_eq!(begin(&operator, &role("NoSuchRole")).await, Err(expected));
    assert_eq!(begin(&operator, &role("BB_Hybrid_Activation")).await, Ok(TOKEN.to_owned()));
}

#[tokio::test]
async fn what_has_failed_is_tried_again_and_nothing_else() {
    let world = FakeWorld::default();
    let operator = world.caller(Role::Operator);
    begin(&operator, &form(ActionKind::Deregister)).await.unwrap();
    let early = retry(&operator, TOKEN, ID).await;
    assert!(matches!(early, Err(ApiError::Conflict { .. })), "while it runs: {early:?}");

    world.change_actions(|actions| {
        let nodes = &mut actions.get_mut(TOKEN).unwrap().nodes;
        nodes[0].outcome = NodeOutcome::Done;
        nodes[1].outcome = NodeOutcome::Failed(ApiError::Throttled);
    });
    let viewer = retry(&world.caller(Role::Viewer), TOKEN, ID).await;
    assert_eq!(viewer, Err(ApiError::Forbidden));
    assert_eq!(retry(&operator, TOKEN, ID).await, Ok(ID.to_owned()));
    let again = operator.ports.node_actions.progress(ID).await.unwrap();
    assert_eq!(again.nodes.iter().map(|node| node.id.as_str()).collect::<Vec<_>>(), [B]);

    world.change_actions(|actions| actions.get_mut(ID).unwrap().nodes[0].outcome = NodeOutcome::Done);
    assert!(matches!(retry(&operator, ID, TOKEN).await, Err(ApiError::Conflict { .. })), "nothing is left");
    assert_eq!(retry(&operator, "no-uuid", TOKEN).await, Err(ApiError::NotFound));
}
