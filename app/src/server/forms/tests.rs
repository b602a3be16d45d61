use axum::response::IntoResponse as _;

use super::*;
use crate::rendering;

#[tokio::test]
async fn fields_keep_their_order_and_the_address_stays() {
    let posted = rendering::posted("/nodes/role?next=1", "id=b&id=a&iam_role=%E5%BD%B9").await;
    let expected = [("id", "b"), ("id", "a"), ("iam_role", "役")];
    assert_eq!(posted.fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(posted.request.uri(), "/nodes/role?next=1");
    assert_eq!(value(&posted.fields, "id"), Some("b"));
}

#[tokio::test]
async fn what_is_no_form_is_refused() {
    let request = Request::post("/activations/new").body(Body::from("{}")).unwrap();
    let Err(rejection) = PostedForm::from_request(request, &()).await else {
        panic!("it was taken for a form")
    };
    assert_eq!(rejection.into_response().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
