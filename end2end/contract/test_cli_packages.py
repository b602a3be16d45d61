"""Publishing by the AWS command line, from the bucket to the node's download."""

import hashlib
import json
import zipfile
from io import BytesIO

import requests

from emulator import REGION, eventually
from packages import archive, manifest


def answer(finished):
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout) if finished.stdout.strip().startswith(("{", "[")) else finished.stdout


def test_a_package_from_files_to_a_second_version_and_back(emulator, unique, tmp_path):
    def aws(*arguments):
        return answer(emulator.aws(*arguments))

    aws("s3api", "create-bucket", "--bucket", unique, "--create-bucket-configuration", f"LocationConstraint={REGION}")
    folder = tmp_path / "package"
    folder.mkdir()
    for version in ("1.0", "2.0"):
        body = archive(version)
        (folder / "tool.zip").write_bytes(body)
        (folder / "manifest.json").write_text(manifest(version, {"tool.zip": body}))
        aws("s3", "sync", str(folder), f"s3://{unique}/{version}")
        listed = aws("s3", "ls", f"s3://{unique}/{version}/")
        assert "manifest.json" in listed and "tool.zip" in listed
        common = (
            *("--name", unique, "--content", f"file://{folder / 'manifest.json'}", "--version-name", version),
            *("--attachments", f"Key=SourceUrl,Values=s3://{unique}/{version}"),
        )
        if version == "1.0":
            aws("ssm", "create-document", *common, "--document-type", "Package")
        else:
            aws("ssm", "update-document", *common, "--document-version", "$LATEST")
        described = ("ssm", "describe-document", "--name", unique, "--document-version", "$LATEST")
        eventually(lambda: aws(*described)["Document"]["Status"] == "Active")

    aws("ssm", "update-document-default-version", "--name", unique, "--document-version", "2")
    got = aws("ssm", "get-document", "--name", unique)
    (attachment,) = got["AttachmentsContent"]
    body = requests.get(attachment["Url"], timeout=5).content
    assert hashlib.sha256(body).hexdigest() == attachment["Hash"]
    assert zipfile.ZipFile(BytesIO(body)).namelist() == ["install.sh", "uninstall.sh"]
    versions = aws("ssm", "list-document-versions", "--name", unique)["DocumentVersions"]
    assert [version["VersionName"] for version in versions] == ["2.0", "1.0"]
    share = ("--name", unique, "--permission-type", "Share")
    aws("ssm", "modify-document-permission", *share, "--account-ids-to-add", "111122223333")
    assert aws("ssm", "describe-document-permission", *share)["AccountIds"] == ["111122223333"]
    aws("ssm", "modify-document-permission", *share, "--account-ids-to-remove", "111122223333")
    own = aws("ssm", "list-documents", "--filters", "Key=Owner,Values=Self", f"Key=Name,Values={unique}")
    assert [document["Name"] for document in own["DocumentIdentifiers"]] == [unique]
    aws("ssm", "delete-document", "--name", unique)
    aws("s3", "rb", "--force", f"s3://{unique}")


def test_large_files_go_both_ways(emulator, unique, tmp_path):
    def aws(*arguments):
        return answer(emulator.aws(*arguments))

    aws("s3", "mb", f"s3://{unique}")
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(range(256)) * 4096 * 20)
    aws("s3", "cp", str(path), f"s3://{unique}/dir/large.bin")
    head = aws("s3api", "head-object", "--bucket", unique, "--key", "dir/large.bin")
    assert head["ETag"].endswith('-3"'), "20 MiB in parts of 8"
    aws("s3", "cp", f"s3://{unique}/dir/large.bin", f"s3://{unique}/copy.bin")
    aws("s3", "cp", f"s3://{unique}/copy.bin", str(tmp_path / "back.bin"))
    assert (tmp_path / "back.bin").read_bytes() == path.read_bytes()
    link = aws("s3", "presign", f"s3://{unique}/copy.bin").strip()
    assert requests.get(link, timeout=10).content == path.read_bytes()
    aws("s3", "rb", "--force", f"s3://{unique}")


def test_the_packages_of_others_unpack(ssm):
    for name in ("AmazonCloudWatchAgent", "FalconSensor-Linux"):
        for attachment in ssm.get_document(Name=name)["AttachmentsContent"]:
            body = requests.get(attachment["Url"], timeout=5).content
            assert hashlib.sha256(body).hexdigest() == attachment["Hash"]
            file = zipfile.ZipFile(BytesIO(body))
            assert file.testzip() is None
            assert len(file.namelist()) == 2
