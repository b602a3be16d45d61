"""ListDocuments, and with whom documents are shared."""

import pytest

from judge import refused
from packages import Publisher

OTHER = "210987654321"
SHARED = f"arn:aws:ssm:ap-northeast-1:{OTHER}:document/Corporate-Proxy-Certificates"


def names(ssm, **filters):
    filters = [{"Key": key.replace("tag_", "tag:"), "Values": values} for key, values in filters.items()]
    pages = ssm.get_paginator("list_documents").paginate(Filters=filters)
    return [item["Name"] for page in pages for item in page["DocumentIdentifiers"]]


def test_each_owner_has_a_list(ssm, publisher, unique):
    publisher.publish(unique)
    assert unique in names(ssm, Owner=["Self"])
    amazon = names(ssm, Owner=["Amazon"])
    assert {"AWSKinesisTap", "AmazonCloudWatchAgent"} <= set(amazon)
    third = names(ssm, Owner=["ThirdParty"])
    assert {"AlertLogic-MDR", "DynatraceOneAgent", "FalconSensor-Linux", "FalconSensor-Windows"} <= set(third)
    assert names(ssm, Owner=["Private"]) == [SHARED]
    assert names(ssm, Owner=["Public"]) == []
    everything = names(ssm)
    assert {unique, *amazon, *third} <= set(everything)
    assert SHARED not in everything


def test_what_others_own_can_be_looked_at_and_not_changed(ssm, publisher):
    for name in ("AWSKinesisTap", "DynatraceOneAgent", SHARED):
        shown = ssm.describe_document(Name=name)["Document"]
        assert (shown["Name"], shown["Status"], shown["DocumentType"]) == (name, "Active", "Package")
        got = ssm.get_document(Name=name)
        assert got["AttachmentsContent"]
    assert ssm.describe_document(Name="AWSKinesisTap")["Document"]["Owner"] == "Amazon"
    assert ssm.describe_document(Name="FalconSensor-Linux")["Document"]["Owner"] == "CrowdStrike, Inc."
    with refused(ssm, "DeleteDocument", "AccessDeniedException"):
        ssm.delete_document(Name="DynatraceOneAgent")
    with refused(ssm, "UpdateDocument", "AccessDeniedException"):
        publisher.update("DynatraceOneAgent", "9.9")
    with refused(ssm, "ModifyDocumentPermission", "AccessDeniedException"):
        ssm.modify_document_permission(Name="AWSKinesisTap", PermissionType="Share", AccountIdsToAdd=[OTHER])


def test_filters_narrow_together(ssm, publisher, unique):
    publisher.publish(f"{unique}-a", Tags=[{"Key": "Team", "Value": unique}])
    publisher.publish(f"{unique}-b")
    assert names(ssm, Name=[unique]) == [f"{unique}-a", f"{unique}-b"]
    assert names(ssm, Name=[unique], tag_Team=[unique]) == [f"{unique}-a"]
    assert names(ssm, Name=[unique], PlatformTypes=["Windows"]) == []
    assert names(ssm, Name=[unique], DocumentType=["Command"]) == []
    assert names(ssm, Name=[unique], PlatformTypes=["Linux", "Windows"], DocumentType=["Package"], Owner=["Self"])
    old = ssm.list_documents(DocumentFilterList=[{"key": "Name", "value": f"{unique}-b"}])
    assert [item["Name"] for item in old["DocumentIdentifiers"]] == [f"{unique}-b"]


def test_pages_show_everything_once(ssm):
    whole = names(ssm, Owner=["Amazon"])
    pages = ssm.get_paginator("list_documents").paginate(
        Filters=[{"Key": "Owner", "Values": ["Amazon"]}], PaginationConfig={"PageSize": 2}
    )
    pages = [[item["Name"] for item in page["DocumentIdentifiers"]] for page in pages]
    assert all(len(page) <= 2 for page in pages)
    assert [name for page in pages for name in page] == whole == sorted(whole)


def test_a_page_begins_after_the_last_one_whatever_was_deleted(ssm, publisher, unique):
    for letter in "abcd":
        publisher.publish(f"{unique}-{letter}")
    request = {"Filters": [{"Key": "Name", "Values": [unique]}], "MaxResults": 2}
    first = ssm.list_documents(**request)
    for letter in "ab":
        ssm.delete_document(Name=f"{unique}-{letter}")
    second = ssm.list_documents(**request, NextToken=first["NextToken"])
    assert [item["Name"] for item in second["DocumentIdentifiers"]] == [f"{unique}-c", f"{unique}-d"]
    assert "NextToken" not in second


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ([{"Key": "Colour", "Values": ["red"]}], "InvalidFilterKey"),
        ([{"Key": "tag:", "Values": ["red"]}], "InvalidFilterKey"),
        ([{"Key": "Owner", "Values": ["Somebody"]}], "ValidationException"),
        ([{"Key": "Owner", "Values": ["Self", "Amazon"]}], "ValidationException"),
        ([{"Key": "tag:a", "Values": ["1"]}, {"Key": "tag:b", "Values": ["1"]}], "ValidationException"),
        ([{"Key": "Name", "Values": []}], "ValidationException"),
    ],
)
def test_filters_are_checked(ssm, filters, code):
    with refused(ssm, "ListDocuments", code):
        ssm.list_documents(Filters=filters)


def test_tokens_are_checked(ssm, publisher, unique):
    with refused(ssm, "ListDocuments", "InvalidNextToken"):
        ssm.list_documents(NextToken="made-up")
    publisher.publish(unique)
    with refused(ssm, "ListDocumentVersions", "InvalidNextToken"):
        ssm.list_document_versions(Name=unique, NextToken="made-up")
    with refused(ssm, "DescribeDocumentPermission", "InvalidNextToken"):
        ssm.describe_document_permission(Name=unique, PermissionType="Share", NextToken="made-up")


def test_a_package_is_shared_and_no_longer(ssm, publisher, unique):
    publisher.publish(unique)
    share = {"Name": unique, "PermissionType": "Share"}
    assert ssm.describe_document_permission(**share)["AccountIds"] == []
    ssm.modify_document_permission(**share, AccountIdsToAdd=["111122223333", "444455556666"])
    ssm.modify_document_permission(**share, AccountIdsToAdd=["111122223333"], SharedDocumentVersion="$ALL")
    shown = ssm.describe_document_permission(**share)
    assert shown["AccountIds"] == ["111122223333", "444455556666"]
    assert [info["SharedDocumentVersion"] for info in shown["AccountSharingInfoList"]] == ["$ALL", "$DEFAULT"]
    with refused(ssm, "DeleteDocument", "InvalidDocumentOperation", "stop sharing"):
        ssm.delete_document(Name=unique)
    ssm.modify_document_permission(**share, AccountIdsToRemove=["111122223333", "444455556666"])
    assert ssm.describe_document_permission(**share)["AccountIds"] == []
    ssm.delete_document(Name=unique)


def test_at_most_twenty_accounts_a_call_and_1000_in_all(ssm, ssm_unchecked, publisher, unique):
    publisher.publish(unique)
    share = {"Name": unique, "PermissionType": "Share"}
    accounts = [f"{number:012}" for number in range(1001)]
    with refused(ssm_unchecked, "ModifyDocumentPermission", "ValidationException", "equal to 20"):
        ssm_unchecked.modify_document_permission(**share, AccountIdsToAdd=accounts[:21])
    for begin in range(0, 1000, 20):
        ssm.modify_document_permission(**share, AccountIdsToAdd=accounts[begin : begin + 20])
    with refused(ssm, "ModifyDocumentPermission", "DocumentPermissionLimit"):
        ssm.modify_document_permission(**share, AccountIdsToAdd=accounts[1000:])
    seen, token = [], {}
    while True:
        page = ssm.describe_document_permission(**share, **token)
        assert len(page["AccountIds"]) <= 200
        seen += page["AccountIds"]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert seen == accounts[:1000]


@pytest.mark.parametrize("account", ["12345678901", "everybody", ""])
def test_account_ids_are_twelve_digits_or_all(ssm_unchecked, publisher, unique, account):
    publisher.publish(unique)
    with refused(ssm_unchecked, "ModifyDocumentPermission", "ValidationException", "at 'accountIdsToAdd'"):
        ssm_unchecked.modify_document_permission(Name=unique, PermissionType="Share", AccountIdsToAdd=[account])


def test_five_packages_may_be_public(fresh_emulator, unique):
    emulator = fresh_emulator()
    ssm, s3 = emulator.client("ssm"), emulator.client("s3")
    publisher = Publisher(ssm, s3, s3.list_buckets()["Buckets"][0]["Name"])
    for number in range(6):
        publisher.publish(f"{unique}-{number}")
    for number in range(5):
        ssm.modify_document_permission(Name=f"{unique}-{number}", PermissionType="Share", AccountIdsToAdd=["all"])
    with refused(ssm, "ModifyDocumentPermission", "DocumentPermissionLimit"):
        ssm.modify_document_permission(Name=f"{unique}-5", PermissionType="Share", AccountIdsToAdd=["all"])
    again = {"Name": f"{unique}-0", "PermissionType": "Share", "AccountIdsToAdd": ["all"]}
    ssm.modify_document_permission(**again, SharedDocumentVersion="$LATEST")
    (info,) = ssm.describe_document_permission(Name=f"{unique}-0", PermissionType="Share")["AccountSharingInfoList"]
    assert info == {"AccountId": "all", "SharedDocumentVersion": "$LATEST"}
