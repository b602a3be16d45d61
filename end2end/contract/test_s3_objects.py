"""S3: objects, alone and in lists."""

import base64
import hashlib
import zlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError

import boto3
from emulator import CREDENTIALS, eventually
from judge import judge_answers, refused


def keys(page):
    return [item["Key"] for item in page.get("Contents", [])]


def prefixes(page):
    return [item["Prefix"] for item in page.get("CommonPrefixes", [])]


def read(s3, bucket, key, **parameters):
    return s3.get_object(Bucket=bucket, Key=key, **parameters)["Body"].read()


# One object


def test_everything_that_is_set_is_given_back(s3, bucket):
    before = datetime.now(timezone.utc) - timedelta(seconds=2)
    made = s3.put_object(
        Bucket=bucket,
        Key="dir/鍵 +&=?.zip",
        Body=b"hello",
        ContentType="application/zip",
        CacheControl="no-store",
        ContentDisposition="attachment",
        ContentEncoding="identity",
        Metadata={"owner": "hanako", "purpose": "test"},
    )
    for shown in (s3.head_object(Bucket=bucket, Key="dir/鍵 +&=?.zip"), s3.get_object(Bucket=bucket, Key="dir/鍵 +&=?.zip")):
        assert shown["ETag"] == made["ETag"] == f'"{hashlib.md5(b"hello").hexdigest()}"'
        assert shown["ContentLength"] == 5
        assert shown["ContentType"] == "application/zip"
        assert shown["CacheControl"] == "no-store"
        assert shown["ContentDisposition"] == "attachment"
        assert shown["ContentEncoding"] == "identity"
        assert shown["Metadata"] == {"owner": "hanako", "purpose": "test"}
        assert shown["LastModified"] >= before
        assert shown["AcceptRanges"] == "bytes"
    assert read(s3, bucket, "dir/鍵 +&=?.zip") == b"hello"


def test_writing_again_replaces(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"one", Metadata={"a": "b"})
    s3.put_object(Bucket=bucket, Key="k", Body=b"two")
    assert read(s3, bucket, "k") == b"two"
    assert s3.head_object(Bucket=bucket, Key="k")["Metadata"] == {}


@pytest.mark.parametrize("key", ["../other/evil", "a", "a/b", "a//b", "x" * 1024, "/lead", "trail/", "a\tb", "%2e%2e"])
def test_a_key_is_any_text(s3, bucket, key):
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    assert read(s3, bucket, key) == key.encode()
    assert keys(s3.list_objects_v2(Bucket=bucket)) == [key]


def test_keys_and_their_continuations_live_side_by_side(s3, bucket):
    for key in ("a", "a/b", "a/b/c"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    assert [read(s3, bucket, key) for key in ("a", "a/b", "a/b/c")] == [b"a", b"a/b", b"a/b/c"]


def test_a_key_has_an_end(s3, bucket):
    with refused(s3, "PutObject", "KeyTooLongError"):
        s3.put_object(Bucket=bucket, Key="x" * 1025, Body=b"")


def test_an_empty_object(s3, bucket):
    s3.put_object(Bucket=bucket, Key="empty", Body=b"")
    assert read(s3, bucket, "empty") == b""
    assert s3.head_object(Bucket=bucket, Key="empty")["ContentLength"] == 0


def test_what_is_not_there_is_told(s3, bucket, unique):
    with refused(s3, "GetObject", "NoSuchKey"):
        s3.get_object(Bucket=bucket, Key="missing")
    with refused(s3, "GetObject", "NoSuchBucket"):
        s3.get_object(Bucket=f"{unique}-missing", Key="k")
    with refused(s3, "PutObject", "NoSuchBucket"):
        s3.put_object(Bucket=f"{unique}-missing", Key="k", Body=b"1")
    with pytest.raises(ClientError) as caught:
        s3.head_object(Bucket=bucket, Key="missing")
    assert caught.value.response["Error"]["Code"] == "404"


def test_deleting_is_done_whether_or_not_it_is_there(s3, bucket):
    for key in ("a", "b", "c"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"1")
    s3.delete_object(Bucket=bucket, Key="a")
    s3.delete_object(Bucket=bucket, Key="a")
    told = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "b"}, {"Key": "missing"}]})
    assert [item["Key"] for item in told["Deleted"]] == ["b", "missing"]
    assert "Deleted" not in s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "c"}], "Quiet": True})
    assert keys(s3.list_objects_v2(Bucket=bucket)) == []


# Ranges and conditions


@pytest.mark.parametrize(
    ("asked", "content", "shown"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=8-100", b"89", "bytes 8-9/10"),
    ],
)
def test_ranges(s3, bucket, asked, content, shown):
    s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")
    part = s3.get_object(Bucket=bucket, Key="k", Range=asked)
    assert (part["Body"].read(), part["ContentRange"], part["ContentLength"]) == (content, shown, len(content))
    assert part["ResponseMetadata"]["HTTPStatusCode"] == 206


def test_a_range_beyond_the_end_is_refused(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")
    with refused(s3, "GetObject", "InvalidRange"):
        s3.get_object(Bucket=bucket, Key="k", Range="bytes=10-")


def test_conditions_on_reading(s3, bucket):
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"1")["ETag"]
    later = datetime.now(timezone.utc) + timedelta(hours=1)
    earlier = later - timedelta(hours=2)
    assert read(s3, bucket, "k", IfMatch=etag, IfModifiedSince=earlier) == b"1"
    for condition in ({"IfMatch": '"other"'}, {"IfUnmodifiedSince": earlier}):
        with refused(s3, "GetObject", "PreconditionFailed"):
            s3.get_object(Bucket=bucket, Key="k", **condition)
    for condition in ({"IfNoneMatch": etag}, {"IfModifiedSince": later}):
        with pytest.raises(ClientError) as caught:
            s3.get_object(Bucket=bucket, Key="k", **condition)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 304


def test_conditions_on_writing(s3, bucket):
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"1", IfNoneMatch="*")["ETag"]
    with refused(s3, "PutObject", "PreconditionFailed"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"2", IfNoneMatch="*")
    with refused(s3, "PutObject", "PreconditionFailed"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"2", IfMatch='"other"')
    s3.put_object(Bucket=bucket, Key="k", Body=b"2", IfMatch=etag)
    assert read(s3, bucket, "k") == b"2"


# Checksums


def test_the_sdks_own_checksum_is_kept_and_given_back(s3, bucket):
    made = s3.put_object(Bucket=bucket, Key="k", Body=b"hello")
    sum = base64.b64encode(zlib.crc32(b"hello").to_bytes(4)).decode()
    assert (made["ChecksumCRC32"], made["ChecksumType"]) == (sum, "FULL_OBJECT")
    assert s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")["ChecksumCRC32"] == sum
    assert "ChecksumCRC32" not in s3.get_object(Bucket=bucket, Key="k", Range="bytes=0-1")


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_every_algorithm_is_computed(s3, bucket, algorithm):
    made = s3.put_object(Bucket=bucket, Key="k", Body=b"hello" * 1000, ChecksumAlgorithm=algorithm)
    assert made[f"Checksum{algorithm}"]
    got = s3.get_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert got["Body"].read() == b"hello" * 1000, "and the SDK has compared it"
    assert got[f"Checksum{algorithm}"] == made[f"Checksum{algorithm}"]


def test_damage_is_noticed(s3, bucket):
    for stated in ({"ChecksumSHA256": base64.b64encode(bytes(32)).decode()}, {"ChecksumCRC32": "AAAAAA=="}):
        with refused(s3, "PutObject", "BadDigest"):
            s3.put_object(Bucket=bucket, Key="k", Body=b"hello", **stated)
    with refused(s3, "PutObject", "BadDigest"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"hello", ContentMD5="AAAAAAAAAAAAAAAAAAAAAA==")
    assert keys(s3.list_objects_v2(Bucket=bucket)) == []


def test_a_body_with_a_trailing_checksum(emulator, s3, bucket, tmp_path):
    """What the SDK sends for a file, over HTTP with signed chunks and over HTTPS without."""
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(range(256)) * 4096 * 3)
    with path.open("rb") as body:
        made = s3.put_object(Bucket=bucket, Key="k", Body=body, ChecksumAlgorithm="CRC32")
    assert made["ETag"] == f'"{hashlib.md5(path.read_bytes()).hexdigest()}"'
    assert read(s3, bucket, "k") == path.read_bytes()


def test_without_any_checksum_the_service_makes_its_own(emulator, bucket):
    config = Config(request_checksum_calculation="when_required", response_checksum_validation="when_required")
    plain = boto3.client("s3", endpoint_url=emulator.endpoint, config=config, **CREDENTIALS)
    judge_answers(plain)
    plain.put_object(Bucket=bucket, Key="k", Body=b"123456789")
    shown = plain.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert shown["ChecksumCRC64NVME"] == base64.b64encode(0xAE8B14860A799888.to_bytes(8)).decode()


# Copies


def test_a_copy_has_the_originals_bytes_and_metadata(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a b", Body=b"hello", ContentType="text/x", Metadata={"k": "v"})
    copied = s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": "a b"})
    assert copied["CopyObjectResult"]["ETag"] == f'"{hashlib.md5(b"hello").hexdigest()}"'
    s3.delete_object(Bucket=bucket, Key="a b")
    shown = s3.get_object(Bucket=bucket, Key="copy")
    assert (shown["Body"].read(), shown["ContentType"], shown["Metadata"]) == (b"hello", "text/x", {"k": "v"})


def test_a_copy_may_have_metadata_of_its_own(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"hello", Metadata={"k": "v"})
    itself = {"Bucket": bucket, "Key": "k", "CopySource": {"Bucket": bucket, "Key": "k"}}
    with refused(s3, "CopyObject", "InvalidRequest", "to itself"):
        s3.copy_object(**itself)
    s3.copy_object(**itself, MetadataDirective="REPLACE", Metadata={"new": "1"})
    assert s3.head_object(Bucket=bucket, Key="k")["Metadata"] == {"new": "1"}


def test_a_copy_needs_an_original(s3, bucket):
    with refused(s3, "CopyObject", "NoSuchKey"):
        s3.copy_object(Bucket=bucket, Key="k", CopySource={"Bucket": bucket, "Key": "missing"})


# Lists


@pytest.fixture
def tree(s3, bucket):
    for key in ["a.txt", "dir/1", "dir/2", "dir/sub/3", "dir2/4", "z 日本"]:
        s3.put_object(Bucket=bucket, Key=key, Body=b"1")
    return bucket


def test_a_list_is_in_order_and_says_what_it_holds(s3, tree):
    page = s3.list_objects_v2(Bucket=tree)
    assert keys(page) == ["a.txt", "dir/1", "dir/2", "dir/sub/3", "dir2/4", "z 日本"]
    assert (page["KeyCount"], page["IsTruncated"]) == (6, False)
    assert all(item["Size"] == 1 and item["StorageClass"] == "STANDARD" for item in page["Contents"])


def test_a_delimiter_folds(s3, tree):
    page = s3.list_objects_v2(Bucket=tree, Delimiter="/")
    assert (keys(page), prefixes(page)) == (["a.txt", "z 日本"], ["dir/", "dir2/"])
    page = s3.list_objects_v2(Bucket=tree, Delimiter="/", Prefix="dir/")
    assert (keys(page), prefixes(page)) == (["dir/1", "dir/2"], ["dir/sub/"])


@pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2"])
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pages_show_everything_once(s3, tree, operation, size):
    pages = list(s3.get_paginator(operation).paginate(Bucket=tree, Delimiter="/", PaginationConfig={"PageSize": size}))
    assert [key for page in pages for key in keys(page)] == ["a.txt", "z 日本"]
    assert [prefix for page in pages for prefix in prefixes(page)] == ["dir/", "dir2/"]
    assert all(len(keys(page)) + len(prefixes(page)) <= size for page in pages)


def test_a_list_begins_after_a_key(s3, tree):
    assert keys(s3.list_objects_v2(Bucket=tree, StartAfter="dir/sub/3")) == ["dir2/4", "z 日本"]


def test_a_token_is_not_made_up(s3, tree):
    with refused(s3, "ListObjectsV2", "InvalidArgument", "continuation token"):
        s3.list_objects_v2(Bucket=tree, ContinuationToken="made-up")


# Links


def test_links_read_and_write_until_they_expire(s3, bucket):
    put = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=60)
    assert requests.put(put, data=b"by link", timeout=5).status_code == 200
    disposition = {"Bucket": bucket, "Key": "k", "ResponseContentDisposition": 'attachment; filename="k.zip"'}
    get = requests.get(s3.generate_presigned_url("get_object", Params=disposition, ExpiresIn=60), timeout=5)
    assert (get.status_code, get.content) == (200, b"by link")
    assert get.headers["Content-Disposition"] == 'attachment; filename="k.zip"'
    short = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=1)
    assert eventually(lambda: requests.get(short, timeout=5).status_code == 403)


def test_links_of_the_second_signature_version(emulator, s3, bucket):
    """What boto3 makes when it is not told to sign as for a Region."""
    s3.put_object(Bucket=bucket, Key="k", Body=b"by link")
    client = boto3.client("s3", endpoint_url=emulator.endpoint, **CREDENTIALS)
    link = client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"}, ExpiresIn=60)
    assert "AWSAccessKeyId" in link
    assert requests.get(link, timeout=5).content == b"by link"


def test_nothing_is_public(emulator, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"1")
    answer = requests.get(f"{emulator.endpoint}/{bucket}/k", timeout=5)
    assert answer.status_code == 403
    assert "<Code>AccessDenied</Code>" in answer.text


# Size


def memory(emulator, field):
    """A figure of the process, in KiB: VmRSS is what it holds now, VmHWM the most that it has held."""
    status = Path(f"/proc/{emulator.process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(f"{field}:"))


def test_a_large_object_is_never_whole_in_memory(fresh_emulator, tmp_path):
    emulator = fresh_emulator()
    s3 = emulator.client("s3")
    place = {"Bucket": s3.list_buckets()["Buckets"][0]["Name"], "Key": "large"}
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(range(256)) * 4096 * 128)
    before = memory(emulator, "VmRSS")
    link = s3.generate_presigned_url("put_object", Params=place, ExpiresIn=600)
    with path.open("rb") as body:
        assert requests.put(link, data=body, timeout=120).status_code == 200
    received = hashlib.md5()
    for chunk in s3.get_object(**place)["Body"].iter_chunks(1024 * 1024):
        received.update(chunk)
    assert s3.head_object(**place)["ETag"] == f'"{received.hexdigest()}"'
    assert received.digest() == hashlib.md5(path.read_bytes()).digest()
    assert memory(emulator, "VmHWM") - before < 48 * 1024


# Durability


def test_what_was_answered_outlives_a_kill(fresh_emulator):
    emulator = fresh_emulator()
    s3 = emulator.client("s3")
    bucket = s3.list_buckets()["Buckets"][0]["Name"]
    bodies = {f"k{number}": bytes([number]) * 100_000 for number in range(5)}
    for key, body in bodies.items():
        s3.put_object(Bucket=bucket, Key=key, Body=body)
    emulator.kill()
    emulator.start()
    assert {key: read(s3, bucket, key) for key in keys(s3.list_objects_v2(Bucket=bucket))} == bodies
