"""Documents of type Package: made, looked at, versioned, deleted."""

import hashlib
import json

import pytest
import requests

from emulator import ACCOUNT
from judge import refused
from packages import Publisher, archive, manifest

LIMIT = 64 * 1024


# Creating


def test_a_package_is_created_and_then_active(ssm, publisher, unique):
    tags = [{"Key": "Team", "Value": "基盤"}]
    files = {"tool.zip": archive("linux"), "tool-windows.zip": archive("windows")}
    targets = {"amazon": {"_any": {"x86_64": "tool.zip"}}, "windows": {"_any": {"_any": "tool-windows.zip"}}}
    content = manifest("1.0", files, targets)
    made = publisher.create(
        unique, files=files, Content=content, DisplayName="The tool", TargetType="/AWS::EC2::Instance", Tags=tags
    )
    assert (made["Status"], made["DocumentVersion"], made["Owner"]) == ("Creating", "1", ACCOUNT)
    shown = publisher.active(unique, "1")
    assert shown["PlatformTypes"] == ["Windows", "Linux"]
    assert shown["Hash"] == hashlib.sha256(content.encode()).hexdigest()
    assert [attachment["Name"] for attachment in shown["AttachmentsInformation"]] == ["tool-windows.zip", "tool.zip"]
    assert (shown["VersionName"], shown["DisplayName"], shown["SchemaVersion"]) == ("1.0", "The tool", "2.0")
    assert (shown["DocumentType"], shown["DocumentFormat"]) == ("Package", "JSON")
    assert (shown["LatestVersion"], shown["DefaultVersion"]) == ("1", "1")
    assert (shown["Tags"], shown["TargetType"]) == (tags, "/AWS::EC2::Instance")


def test_the_content_and_the_files_are_given_back(ssm, s3, bucket, publisher, unique):
    body = archive("x")
    publisher.publish(unique, files={"tool.zip": body})
    s3.delete_object(Bucket=bucket, Key=f"{unique}/1.0/tool.zip")
    got = ssm.get_document(Name=unique)
    assert json.loads(got["Content"])["files"]["tool.zip"]
    assert (got["Status"], got["VersionName"], got["DocumentVersion"]) == ("Active", "1.0", "1")
    (attachment,) = got["AttachmentsContent"]
    assert (attachment["Name"], attachment["Size"], attachment["HashType"]) == ("tool.zip", len(body), "Sha256")
    answer = requests.get(attachment["Url"], timeout=5)
    assert answer.content == body, "the service keeps a copy of its own"
    assert attachment["Hash"] == hashlib.sha256(body).hexdigest()
    tampered = requests.get(attachment["Url"].replace("X-Amz-Expires=900", "X-Amz-Expires=90000"), timeout=5)
    assert tampered.status_code == 403
    assert requests.get(attachment["Url"].split("?")[0], timeout=5).status_code == 403


def test_files_are_named_one_by_one_or_taken_from_another_package(publisher, s3, bucket, unique):
    body, other = archive("x"), archive("y")
    s3.put_object(Bucket=bucket, Key="anywhere/x.zip", Body=body)
    single = [{"Key": "S3FileUrl", "Values": [f"s3://{bucket}/anywhere/x.zip"], "Name": "tool.zip"}]
    publisher.publish(unique, files={"tool.zip": body}, Attachments=single)
    files = {"tool.zip": body, "other.zip": other}
    publisher.put("more", {"other.zip": other})
    sources = [
        {"Key": "AttachmentReference", "Values": [f"{unique}/1/tool.zip"]},
        {"Key": "S3FileUrl", "Values": [f"https://s3.ap-northeast-1.amazonaws.com/{bucket}/more/other.zip"]},
    ]
    shown = publisher.add(unique, "2.0", files, Attachments=sources)
    assert [attachment["Name"] for attachment in shown["AttachmentsInformation"]] == ["other.zip", "tool.zip"]


def test_a_file_that_was_uploaded_in_parts(publisher, s3, bucket, unique):
    part, end = bytes(5 * 1024 * 1024), b"end"
    begun = s3.create_multipart_upload(Bucket=bucket, Key="large/tool.zip")
    upload = {"Bucket": bucket, "Key": "large/tool.zip", "UploadId": begun["UploadId"]}
    parts = [
        {"PartNumber": number, "ETag": s3.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}
        for number, body in [(1, part), (2, end)]
    ]
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    publisher.publish(
        unique,
        files={"tool.zip": b"elsewhere"},
        Content=manifest("1.0", {"tool.zip": part + end}),
        Attachments=publisher.source("large"),
    )
    (attachment,) = publisher.ssm.get_document(Name=unique)["AttachmentsContent"]
    assert requests.get(attachment["Url"], timeout=10).content == part + end


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (manifest("1.0", {"tool.zip": "0" * 64}), "The SHA-256 checksum of the attachment 'tool.zip' is "),
        (manifest("2.0", {"tool.zip": "0" * 64}), "does not match the version '2.0' in the manifest"),
        (manifest("1.0", {"missing.zip": "0" * 64}), "/missing.zip does not exist or cannot be read"),
        (manifest("1.0", {"tool.zip": "short"}), "no SHA-256 checksum of 64 digits for the file 'tool.zip'"),
        (manifest("1.0", {"a b.zip": "0" * 64}), "The file name 'a b.zip'"),
        (
            manifest("1.0", {"tool.zip": "0" * 64}, {"amazon": {"_any": {"_any": "other.zip"}}}),
            "The file 'other.zip' is not among the files",
        ),
        (manifest("1.0", {"tool.zip": "0" * 64}, {"beos": {"_any": {"_any": "tool.zip"}}}), "platform 'beos'"),
        (manifest("1.0", {"tool.zip": "0" * 64}, {"amazon": {"_any": {"sparc": "tool.zip"}}}), "'sparc'"),
        (
            manifest("1.0", {f"file-{number}.zip": "0" * 64 for number in range(21)}),
            "names 21 files; 20 are allowed",
        ),
    ],
    ids=["checksum", "version", "missing", "digits", "name", "unlisted", "platform", "architecture", "21 files"],
)
def test_a_failure_names_its_cause(publisher, unique, content, words):
    publisher.create(unique, Content=content)
    assert words in publisher.failure(unique)


def test_twenty_files_are_allowed(publisher, unique):
    files = {f"file-{number}.zip": archive(str(number)) for number in range(20)}
    assert len(publisher.publish(unique, files=files)["AttachmentsInformation"]) == 20


def test_a_source_that_is_not_in_the_manifest_fails(publisher, unique, bucket, s3):
    s3.put_object(Bucket=bucket, Key="stray.zip", Body=b"1")
    stray = {"Key": "S3FileUrl", "Values": [f"s3://{bucket}/stray.zip"]}
    publisher.create(unique, Attachments=[*publisher.source(f"{unique}/1.0"), stray])
    assert "'stray.zip' is not among the files of the manifest" in publisher.failure(unique)


@pytest.mark.parametrize("name", ["AWS-Tool", "awstool", "AmazonTool", "amzn", "AWSEC2-Tool", "AWSConfigRemediation-x"])
def test_names_of_aws_are_reserved(publisher, name):
    with refused(publisher.ssm, "CreateDocument", "ValidationException", "reserved"):
        publisher.create(name)


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"Content": "{"}, "InvalidDocumentContent"),
        ({"Content": "[]"}, "InvalidDocumentContent"),
        ({"Content": json.dumps({"schemaVersion": "2.2"})}, "InvalidDocumentSchemaVersion"),
        ({"Content": " " * (LIMIT + 1)}, "MaxDocumentSizeExceeded"),
        ({"DocumentFormat": "YAML"}, "InvalidDocumentContent"),
        ({"Attachments": []}, "ValidationException"),
    ],
    ids=["no JSON", "no structure", "schema", "65 KB", "YAML", "no files"],
)
def test_what_cannot_be_a_package_is_refused_at_once(publisher, ssm, unique, parameters, code):
    with refused(ssm, "CreateDocument", code):
        publisher.create(unique, **parameters)
    with refused(ssm, "DescribeDocument", "InvalidDocument"):
        ssm.describe_document(Name=unique)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"Name": "ab"}, "at 'name'"),
        ({"Name": "a b c"}, "at 'name'"),
        ({"Name": "n" * 129}, "at 'name'"),
        ({"VersionName": "1 0"}, "at 'versionName'"),
        ({"VersionName": "v" * 129}, "at 'versionName'"),
        ({"Content": None}, "Value null at 'content'"),
        ({"Attachments": [{"Key": "SourceUrl", "Values": ["a", "b"]}]}, "length less than or equal to 1"),
        ({"Attachments": [{"Key": "Elsewhere", "Values": ["a"]}]}, "enum value set"),
        ({"Attachments": [{"Key": "S3FileUrl", "Values": ["s3://b/k"]}] * 21}, "length less than or equal to 20"),
        ({"DocumentType": "Parcel"}, "enum value set"),
        ({"Requires": [{"Name": "Other", "RequireType": "r" * 129}]}, "length less than or equal to 128"),
        ({"Requires": [{"Name": "Other", "RequireType": "a b"}]}, "at 'requires.1.member.requireType'"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_members_are_held_to_the_model(ssm_unchecked, unique, parameters, message):
    request = {
        "Name": unique,
        "Content": manifest("1.0", {"tool.zip": b""}),
        "DocumentType": "Package",
        "Attachments": [{"Key": "SourceUrl", "Values": ["s3://b/p"]}],
    } | parameters
    request = {name: value for name, value in request.items() if value is not None}
    with refused(ssm_unchecked, "CreateDocument", "ValidationException", message):
        ssm_unchecked.create_document(**request)


def test_a_name_is_taken_once(publisher, unique):
    publisher.publish(unique)
    with refused(publisher.ssm, "CreateDocument", "DocumentAlreadyExists"):
        publisher.create(unique, "2.0")


# Versions


def versions(ssm, name, **parameters):
    return ssm.list_document_versions(Name=name, **parameters)["DocumentVersions"]


def test_a_version_is_added_and_the_default_stays(ssm, publisher, unique):
    publisher.publish(unique)
    assert publisher.update(unique, "2.0")["Status"] == "Updating"
    second = publisher.active(unique, "2")
    assert (second["LatestVersion"], second["DefaultVersion"]) == ("2", "1")
    listed = [(item["DocumentVersion"], item["VersionName"], item["IsDefaultVersion"]) for item in versions(ssm, unique)]
    assert listed == [("2", "2.0", False), ("1", "1.0", True)]
    assert ssm.describe_document(Name=unique)["Document"]["VersionName"] == "1.0"
    assert ssm.get_document(Name=unique, VersionName="2.0")["DocumentVersion"] == "2"
    assert ssm.get_document(Name=unique, DocumentVersion="$LATEST")["VersionName"] == "2.0"


def test_the_default_is_changed_forward_and_back(ssm, publisher, unique):
    publisher.publish(unique)
    publisher.add(unique, "2.0")
    changed = ssm.update_document_default_version(Name=unique, DocumentVersion="2")["Description"]
    assert changed == {"Name": unique, "DefaultVersion": "2", "DefaultVersionName": "2.0"}
    ssm.update_document_default_version(Name=unique, DocumentVersion="1")
    assert ssm.describe_document(Name=unique)["Document"]["DocumentVersion"] == "1"
    with refused(ssm, "UpdateDocumentDefaultVersion", "InvalidDocumentVersion"):
        ssm.update_document_default_version(Name=unique, DocumentVersion="9")


def test_a_failed_version_does_not_become_the_default(ssm, publisher, unique):
    publisher.publish(unique)
    publisher.update(unique, "2.0", Content=manifest("2.0", {"tool.zip": "0" * 64}))
    assert "SHA-256" in publisher.failure(unique, "2")
    with refused(ssm, "UpdateDocumentDefaultVersion", "InvalidDocumentVersion", "Failed"):
        ssm.update_document_default_version(Name=unique, DocumentVersion="2")
    publisher.add(unique, "2.1")


def test_content_version_name_and_basis_are_checked(ssm, publisher, unique):
    publisher.publish(unique, files={"tool.zip": b"same"})
    with refused(ssm, "UpdateDocument", "DuplicateDocumentContent"):
        publisher.update(unique, "1.0", files={"tool.zip": b"same"})
    with refused(ssm, "UpdateDocument", "DuplicateDocumentVersionName"):
        publisher.update(unique, "1.0", files={"tool.zip": b"other"})
    with refused(ssm, "UpdateDocument", "InvalidDocumentVersion"):
        publisher.update(unique, "2.0", DocumentVersion="7")
    publisher.add(unique, "2.0")
    with refused(ssm, "UpdateDocument", "InvalidDocumentVersion"):
        publisher.update(unique, "3.0", DocumentVersion="1")
    with refused(ssm, "UpdateDocument", "InvalidDocument"):
        publisher.update(f"{unique}-missing", "1.0")
    with refused(ssm, "UpdateDocument", "InvalidDocumentSchemaVersion"):
        publisher.update(unique, "3.0", Content=json.dumps({"schemaVersion": "1.0"}))


def test_a_26th_version_is_refused_until_one_is_deleted(ssm, publisher, unique):
    publisher.publish(unique, "0")
    for number in range(1, 25):
        publisher.add(unique, str(number))
    pages = ssm.get_paginator("list_document_versions").paginate(Name=unique, PaginationConfig={"PageSize": 10})
    numbers = [[int(item["DocumentVersion"]) for item in page["DocumentVersions"]] for page in pages]
    assert numbers == [list(range(25, 15, -1)), list(range(15, 5, -1)), list(range(5, 0, -1))]
    with refused(ssm, "UpdateDocument", "DocumentVersionLimitExceeded"):
        publisher.update(unique, "26")
    ssm.delete_document(Name=unique, DocumentVersion="2")
    assert publisher.add(unique, "26")["DocumentVersion"] == "26"


def test_a_version_without_a_name(ssm, publisher, unique):
    body = archive("x")
    publisher.put("p", {"tool.zip": body})
    ssm.create_document(
        Name=unique,
        Content=manifest("Auto-Generated-1692645855824", {"tool.zip": body}),
        DocumentType="Package",
        Attachments=publisher.source("p"),
    )
    assert "VersionName" not in publisher.active(unique, "1")
    with refused(ssm, "DescribeDocument", "InvalidDocumentVersion"):
        ssm.describe_document(Name=unique, VersionName="Auto-Generated-1692645855824")


# Deleting


def test_one_version_is_deleted_by_number_or_name(ssm, publisher, unique):
    publisher.publish(unique)
    publisher.add(unique, "2.0")
    publisher.add(unique, "3.0")
    ssm.delete_document(Name=unique, VersionName="2.0")
    ssm.delete_document(Name=unique, DocumentVersion="3")
    assert [item["DocumentVersion"] for item in versions(ssm, unique)] == ["1"]
    with refused(ssm, "DeleteDocument", "InvalidDocumentOperation", "default version"):
        ssm.delete_document(Name=unique, DocumentVersion="1")
    with refused(ssm, "DeleteDocument", "InvalidDocument"):
        ssm.delete_document(Name=unique, DocumentVersion="3")


def test_the_whole_document_is_deleted_with_its_files_and_tags(fresh_emulator, unique):
    emulator = fresh_emulator()
    ssm, s3 = emulator.client("ssm"), emulator.client("s3")
    bucket = s3.list_buckets()["Buckets"][0]["Name"]
    publisher = Publisher(ssm, s3, bucket)
    before = emulator.blobs
    publisher.publish(unique, Tags=[{"Key": "a", "Value": "b"}])
    publisher.add(unique, "2.0")
    ssm.delete_document(Name=unique)
    for version in ("1.0", "2.0"):
        s3.delete_object(Bucket=bucket, Key=f"{unique}/{version}/tool.zip")
    assert emulator.blobs == before
    with refused(ssm, "ListTagsForResource", "InvalidResourceId"):
        ssm.list_tags_for_resource(ResourceType="Document", ResourceId=unique)
    assert publisher.publish(unique)["Tags"] == []


def test_tags_are_changed_in_place(ssm, publisher, unique):
    publisher.publish(unique, Tags=[{"Key": "a", "Value": "1"}])
    resource = {"ResourceType": "Document", "ResourceId": unique}
    ssm.add_tags_to_resource(**resource, Tags=[{"Key": "b", "Value": "2"}])
    ssm.remove_tags_from_resource(**resource, TagKeys=["a"])
    assert ssm.list_tags_for_resource(**resource)["TagList"] == [{"Key": "b", "Value": "2"}]
    found = ssm.list_documents(Filters=[{"Key": "tag:b", "Values": ["2"]}, {"Key": "Name", "Values": [unique]}])
    assert [item["Name"] for item in found["DocumentIdentifiers"]] == [unique]


# Durability


def test_a_package_is_finished_after_a_kill(fresh_emulator, unique):
    emulator = fresh_emulator()
    s3 = emulator.client("s3")
    publisher = Publisher(emulator.client("ssm"), s3, s3.list_buckets()["Buckets"][0]["Name"])
    publisher.create(unique, files={"tool.zip": bytes(8 * 1024 * 1024)})
    emulator.kill()
    emulator.start()
    publisher.active(unique, "1")
    assert not [name for name in emulator.blobs if name.endswith(".partial")]
