use super::*;

fn package(name: &str, ownership: Ownership) -> Package {
    Package {
        name: name.to_owned(),
        ownership,
        owner: Some("123456789012".to_owned()),
        platforms: vec!["Linux".to_owned()],
        default_version: Some(ListedVersion {
            number: 1,
            name: Some("1.0".to_owned()),
            status: Some(PackageStatus::Active),
        }),
        newest_version: None,
        created: None,
        tags: Vec::new(),
    }
}

fn catalogue() -> Catalogue {
    let team = Tag { key: "team".to_owned(), value: "web".to_owned() };
    let mut tagged = package("Kinesis-Agent", Ownership::Own);
    tagged.tags = vec![team];
    let mut windows = package("AWSPVDriver", Ownership::Amazon);
    windows.platforms = vec!["Windows".to_owned()];
    let arn = "arn:aws:ssm:ap-northeast-1:210987654321:document/Corporate-Proxy";
    let mut shared = package(arn, Ownership::Shared);
    shared.owner = Some("210987654321".to_owned());
    Catalogue {
        packages: vec![windows, tagged, package("zabbix-agent", Ownership::Own), shared],
        ..Catalogue::default()
    }
}

fn names(query: &str) -> String {
    let page = catalogue().page(&PackageQuery::parse(query));
    page.packages.iter().map(|package| short_name(&package.name)).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_tab_shows_its_own() {
    assert_eq!(names("?owner=self"), "Kinesis-Agent zabbix-agent");
    assert_eq!(names("?owner=amazon"), "AWSPVDriver");
    assert_eq!(names("?owner=shared"), "Corporate-Proxy");
    assert_eq!(names("?owner=third-party"), "");
    assert_eq!(names("?owner=all"), "AWSPVDriver Kinesis-Agent zabbix-agent Corporate-Proxy");
}

#[test]
fn words_platform_and_tag_must_all_fit() {
    assert_eq!(names("?owner=all&q=AGENT+kinesis"), "Kinesis-Agent");
    assert_eq!(names("?owner=all&platform=Windows"), "AWSPVDriver");
    assert_eq!(names("?owner=self&tag=team%3Dweb"), "Kinesis-Agent");
    assert_eq!(names("?owner=self&tag=team"), "Kinesis-Agent");
    assert_eq!(names("?owner=self&tag=team%3Ddb"), "");
    assert_eq!(names("?owner=all&q=210987654321"), "Corporate-Proxy");
}

#[test]
fn a_list_is_sorted_without_regard_to_case_and_paged() {
    assert_eq!(names("?owner=self&sort=name&desc=1"), "zabbix-agent Kinesis-Agent");
    let page = catalogue().page(&PackageQuery { page: 9, ..PackageQuery::parse("?owner=all") });
    assert_eq!((page.number, page.pages, page.matched, page.total), (1, 1, 4, 4));
}

#[test]
fn a_tab_tells_what_can_be_filtered_by() {
    let page = catalogue().page(&PackageQuery::parse("?owner=all&q=nothing"));
    assert_eq!(page.platforms, ["Linux", "Windows"]);
    assert_eq!(page.tags.len(), 1);
    assert_eq!(page.matched, 0);
}

#[test]
fn an_owner_tells_whose_a_package_is() {
    let own = "123456789012";
    assert_eq!(Ownership::of(Some("Amazon"), own), Ownership::Amazon);
    assert_eq!(Ownership::of(Some(own), own), Ownership::Own);
    assert_eq!(Ownership::of(Some("210987654321"), own), Ownership::Shared);
    assert_eq!(Ownership::of(Some("CrowdStrike, Inc."), own), Ownership::ThirdParty);
}
