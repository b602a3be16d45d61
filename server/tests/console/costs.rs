//! The calculators without script: links that reproduce an estimate, files, saving and deleting.

use domain::costs::Fields;
use domain::errors::{ApiError, Rule};
use domain::permission::{Permission, Role};
use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::json;

use crate::test_app::{ESTIMATE, TestApp, location};

const EXAMPLE: &str = "period=10&unit=days&nodes.1=500&tier.2=advanced&nodes.2=1500";
const FORM: [(&str, &str); 4] =
    [("period", "1"), ("tier.1", "advanced"), ("nodes.1", "1500"), ("account.1", "B & C")];

async fn text(app: &TestApp, role: Role, path: &str) -> String {
    app.signed_in(role).await.get(path).send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn a_link_reproduces_its_estimate_for_everybody_who_has_signed_in() {
    let app = TestApp::start().await;
    let path = format!("/costs/hybrid-activations?{EXAMPLE}");
    assert!(text(&app, Role::Viewer, &path).await.contains("2,502.00 USD"));
    let answer = app.browser().get(&path).send().await.unwrap();
    assert!(location(&answer).starts_with("/login?next=%2Fcosts%2Fhybrid-activations%3Fperiod%3D10"));
}

#[tokio::test]
async fn the_file_has_the_same_figures_in_the_persons_language() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Viewer).await;
    let path = format!("/costs/hybrid-activations.csv?{EXAMPLE}");
    let answer = browser.get(&path).header(ACCEPT_LANGUAGE, "ja").send().await.unwrap();
    assert_eq!(answer.headers()[CONTENT_TYPE], "text/csv; charset=utf-8");
    let name = "attachment; filename=\"costs-hybrid-activations.csv\"";
    assert_eq!(answer.headers()[CONTENT_DISPOSITION], name);
    let csv = answer.text().await.unwrap();
    assert!(csv.contains("1,500 (台) × 0.00695 USD"), "{csv}");
    assert!(csv.contains(",2502,USD\r\n"), "{csv}");
    assert_eq!(app.browser().get(&path).send().await.unwrap().status(), 303, "nobody without signing in");
}

#[tokio::test]
async fn a_file_of_nonsense_leads_to_the_page_that_says_so() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Viewer).await;
    for query in ["months=0", "months=&storage_price="] {
        let answer = browser.get(&format!("/costs/distributor.csv?{query}")).send().await.unwrap();
        let page = format!("/costs/distributor?{query}");
        assert_eq!((answer.status().as_u16(), location(&answer)), (303, page.as_str()));
    }
}

#[tokio::test]
async fn each_role_saves_and_deletes_by_form_as_the_table_has_it() {
    for role in Role::ALL {
        let app = TestApp::start().await;
        let browser = app.signed_in(role).await;
        let allowed = role.allows(Permission::SaveEstimate);
        let form: Vec<_> = FORM.into_iter().chain([("name", "Nagoya")]).collect();
        let saved = browser.form("/costs/hybrid-activations", &form).send().await.unwrap();
        assert_eq!(saved.status(), if allowed { 303 } else { 403 }, "{role:?}");
        assert_eq!(text(&app, role, "/costs/estimates").await.contains("Nagoya"), allowed, "{role:?}");

        let path = format!("/costs/estimates/{ESTIMATE}/delete");
        let deleted = browser.form(&path, &[]).send().await.unwrap();
        assert_eq!(deleted.status(), if allowed { 303 } else { 403 }, "{role:?}");
        assert_eq!(text(&app, role, "/costs/estimates").await.contains("Osaka"), !allowed, "{role:?}");
    }
}

#[tokio::test]
async fn a_refused_estimate_comes_back_with_everything_that_was_typed() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Operator).await;
    let form: Vec<_> = FORM.into_iter().chain([("name", "osaka")]).collect();
    let answer = browser.form("/costs/hybrid-activations", &form).send().await.unwrap();
    assert_eq!(answer.status(), 422, "the name is taken");
    let page = answer.text().await.unwrap();
    for typed in [r#"value="osaka""#, r#"value="1500""#, r#"value="B &amp; C""#, "7,506.00 USD"] {
        assert!(page.contains(typed), "{typed}");
    }
    let replace: Vec<_> = form.into_iter().chain([("replace", "on")]).collect();
    let answer = browser.form("/costs/hybrid-activations", &replace).send().await.unwrap();
    assert_eq!(location(&answer), "/costs/estimates?done=estimate-saved");
    let list = text(&app, Role::Viewer, "/costs/estimates").await;
    assert!(list.contains("7,506.00 USD") && !list.contains(">Osaka<"), "replaced, not added");
}

#[tokio::test]
async fn what_was_emptied_is_not_saved_as_usual() {
    let app = TestApp::start().await;
    let browser = app.signed_in(Role::Operator).await;
    let form: Vec<_> = FORM.into_iter().chain([("name", "Nagoya"), ("month_hours", "")]).collect();
    let answer = browser.form("/costs/hybrid-activations", &form).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Fill this in.") && !page.contains("7,506.00 USD"), "{page}");
    // As the script sends it.
    let pairs = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let query = Fields::new(pairs).to_query();
    let arguments = json!({"calculator": "hybrid-activations", "query": query, "replace": false});
    let answer = browser.call("/api/costs/save", &arguments).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let error: ApiError = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(error, ApiError::field("month_hours", Rule::Required));
}

#[tokio::test]
async fn who_was_signed_out_comes_back_to_what_was_typed() {
    let app = TestApp::start().await;
    let answer = app.browser().form("/costs/hybrid-activations", &FORM).send().await.unwrap();
    let next = "/login?next=%2Fcosts%2Fhybrid-activations%3Fperiod%3D1%26tier.1%3Dadvanced%26nodes.1%3D1500\
                %26account.1%3DB%2520%2526%2520C";
    assert_eq!((answer.status().as_u16(), location(&answer)), (303, next));
}

#[tokio::test]
async fn estimates_are_compared_by_their_link() {
    let app = TestApp::start().await;
    let page = text(&app, Role::Viewer, &format!("/costs/compare?id={ESTIMATE}&id=no-such")).await;
    assert!(page.contains("Osaka") && page.contains("50.04 USD"), "{page}");
}
