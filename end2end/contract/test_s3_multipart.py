"""S3: multipart uploads."""

import base64
import hashlib
import http.client
import socket
import zlib

import pytest
from boto3.s3.transfer import TransferConfig

from emulator import Emulator, eventually
from judge import refused

MIB = 1024 * 1024
PART = bytes(range(256)) * (5 * MIB // 256)
# The emulator looks at what a signature says, and does not verify it.
SIGNATURE = "AWS4-HMAC-SHA256 Credential=A/20261122/r/s3/aws4_request, SignedHeaders=host, Signature=0"


@pytest.fixture
def upload(s3, bucket):
    """An upload in progress: what its operations have in common."""
    begun = s3.create_multipart_upload(Bucket=bucket, Key="k", ContentType="application/zip", Metadata={"a": "b"})
    return {"Bucket": bucket, "Key": "k", "UploadId": begun["UploadId"]}


def put_parts(s3, upload, bodies):
    return [
        {"PartNumber": number, "ETag": s3.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}
        for number, body in enumerate(bodies, start=1)
    ]


def test_parts_become_one_object(s3, upload):
    parts = put_parts(s3, upload, [PART, PART, b"end"])
    done = s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    digests = b"".join(hashlib.md5(body).digest() for body in (PART, PART, b"end"))
    assert done["ETag"] == f'"{hashlib.md5(digests).hexdigest()}-3"'
    place = {"Bucket": upload["Bucket"], "Key": "k"}
    got = s3.get_object(**place, ChecksumMode="ENABLED")
    assert got["Body"].read() == PART + PART + b"end"
    assert (got["ContentType"], got["Metadata"]) == ("application/zip", {"a": "b"})
    across = s3.get_object(**place, Range=f"bytes={5 * MIB - 2}-{5 * MIB + 1}")["Body"].read()
    assert across == PART[-2:] + PART[:2]
    third = s3.get_object(**place, PartNumber=3)
    assert (third["Body"].read(), third["PartsCount"]) == (b"end", 3)
    with refused(s3, "CompleteMultipartUpload", "NoSuchUpload"):
        s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=upload["Bucket"])


def test_the_transfer_manager_is_content(s3, bucket, tmp_path):
    path = tmp_path / "software.rpm"
    path.write_bytes(PART * 3 + b"tail")
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB)
    s3.upload_file(str(path), bucket, "software.rpm", Config=config)
    back = tmp_path / "back"
    s3.download_file(bucket, "software.rpm", str(back), Config=config)
    assert back.read_bytes() == path.read_bytes()


def test_an_upload_over_an_object_replaces_it_and_its_checksum(s3, bucket, upload):
    s3.put_object(Bucket=bucket, Key="k", Body=b"earlier")
    parts = put_parts(s3, upload, [b"later"])
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    assert s3.get_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")["Body"].read() == b"later"


def test_a_composite_checksum(s3, bucket):
    begun = s3.create_multipart_upload(Bucket=bucket, Key="k", ChecksumAlgorithm="SHA256")
    assert begun["ChecksumType"] == "COMPOSITE"
    upload = {"Bucket": bucket, "Key": "k", "UploadId": begun["UploadId"]}
    parts = []
    for number, body in enumerate([PART, b"end"], start=1):
        sent = s3.upload_part(**upload, PartNumber=number, Body=body, ChecksumAlgorithm="SHA256")
        assert sent["ChecksumSHA256"] == base64.b64encode(hashlib.sha256(body).digest()).decode()
        parts.append({"PartNumber": number, "ETag": sent["ETag"], "ChecksumSHA256": sent["ChecksumSHA256"]})
    done = s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    digests = b"".join(hashlib.sha256(body).digest() for body in (PART, b"end"))
    assert done["ChecksumSHA256"] == base64.b64encode(hashlib.sha256(digests).digest()).decode() + "-2"


def test_a_checksum_of_the_whole(s3, bucket):
    sum = base64.b64encode(zlib.crc32(PART + b"end").to_bytes(4)).decode()
    begun = s3.create_multipart_upload(
        Bucket=bucket, Key="k", ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT"
    )
    upload = {"Bucket": bucket, "Key": "k", "UploadId": begun["UploadId"]}
    parts = put_parts(s3, upload, [PART, b"end"])
    with refused(s3, "CompleteMultipartUpload", "BadDigest"):
        s3.complete_multipart_upload(
            **upload, MultipartUpload={"Parts": parts}, ChecksumType="FULL_OBJECT", ChecksumCRC32="AAAAAA=="
        )
    done = s3.complete_multipart_upload(
        **upload, MultipartUpload={"Parts": parts}, ChecksumType="FULL_OBJECT", ChecksumCRC32=sum
    )
    assert (done["ChecksumCRC32"], done["ChecksumType"]) == (sum, "FULL_OBJECT")


def test_parts_are_listed_in_pages(s3, upload):
    put_parts(s3, upload, [b"1", b"22", b"333"])
    s3.upload_part(**upload, PartNumber=2, Body=b"new")
    pages = list(s3.get_paginator("list_parts").paginate(**upload, PaginationConfig={"PageSize": 2}))
    assert [[(part["PartNumber"], part["Size"]) for part in page["Parts"]] for page in pages] == [
        [(1, 1), (2, 3)],
        [(3, 3)],
    ]


def test_uploads_are_listed_in_pages(s3, bucket):
    begun = [s3.create_multipart_upload(Bucket=bucket, Key=f"dir{number}/k")["UploadId"] for number in range(3)]
    paginator = s3.get_paginator("list_multipart_uploads")
    pages = list(paginator.paginate(Bucket=bucket, PaginationConfig={"PageSize": 2}))
    assert [[upload["UploadId"] for upload in page["Uploads"]] for page in pages] == [begun[:2], begun[2:]]
    folded = s3.list_multipart_uploads(Bucket=bucket, Delimiter="/")
    assert [item["Prefix"] for item in folded["CommonPrefixes"]] == ["dir0/", "dir1/", "dir2/"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pages_of_uploads_show_everything_once(s3, bucket, size):
    keys = ["a", "a", "dir/1", "dir/1", "dir/sub/2", "dir2/3", "z"]
    begun = {key: [] for key in keys}
    for key in keys:
        begun[key].append(s3.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"])
    paginator = s3.get_paginator("list_multipart_uploads")
    pages = list(paginator.paginate(Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": size}))
    shown = [[upload["UploadId"] for upload in page.get("Uploads", [])] for page in pages]
    prefixes = [[item["Prefix"] for item in page.get("CommonPrefixes", [])] for page in pages]
    assert sum(shown, []) == [*sorted(begun["a"]), *begun["z"]]
    assert sum(prefixes, []) == ["dir/", "dir2/"]
    # Five things to show, and no page shorter than it may be.
    assert [len(page) + len(folded) for page, folded in zip(shown, prefixes)] == [
        min(size, 5 - begin) for begin in range(0, 5, size)
    ]


def test_uploads_of_a_prefix_are_not_told_after_a_marker_within_it(s3, bucket):
    for key in ["dir/1", "dir/2", "z"]:
        s3.create_multipart_upload(Bucket=bucket, Key=key)
    page = s3.list_multipart_uploads(Bucket=bucket, Delimiter="/", KeyMarker="dir/1")
    assert "CommonPrefixes" not in page
    assert [upload["Key"] for upload in page["Uploads"]] == ["z"]


def test_a_part_can_be_copied(s3, bucket, upload):
    s3.put_object(Bucket=bucket, Key="source", Body=b"0123456789")
    source = {"Bucket": bucket, "Key": "source"}
    copied = s3.upload_part_copy(**upload, PartNumber=1, CopySource=source, CopySourceRange="bytes=2-5")
    parts = [{"PartNumber": 1, "ETag": copied["CopyPartResult"]["ETag"]}]
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"2345"


def test_giving_up_leaves_nothing(fresh_emulator):
    emulator = fresh_emulator()
    s3 = emulator.client("s3")
    bucket = s3.list_buckets()["Buckets"][0]["Name"]
    before = emulator.blobs
    begun = s3.create_multipart_upload(Bucket=bucket, Key="k")
    upload = {"Bucket": bucket, "Key": "k", "UploadId": begun["UploadId"]}
    put_parts(s3, upload, [b"1", b"2"])
    assert len(emulator.blobs - before) == 2
    s3.abort_multipart_upload(**upload)
    assert emulator.blobs == before
    with refused(s3, "AbortMultipartUpload", "NoSuchUpload"):
        s3.abort_multipart_upload(**upload)
    with refused(s3, "UploadPart", "NoSuchUpload"):
        s3.upload_part(**upload, PartNumber=1, Body=b"1")


def test_what_does_not_fit_together_is_refused(s3, upload):
    one, two = put_parts(s3, upload, [b"small", b"end"])

    def complete(*parts):
        s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": list(parts)})

    with refused(s3, "CompleteMultipartUpload", "EntityTooSmall"):
        complete(one, two)
    with refused(s3, "CompleteMultipartUpload", "InvalidPartOrder"):
        complete(two, one)
    with refused(s3, "CompleteMultipartUpload", "InvalidPart"):
        complete(one | {"ETag": '"0000"'})
    with refused(s3, "CompleteMultipartUpload", "InvalidPart"):
        complete(one, {"PartNumber": 9, "ETag": one["ETag"]})
    with refused(s3, "UploadPart", "InvalidArgument"):
        s3.upload_part(**upload, PartNumber=10_001, Body=b"1")
    complete(one)


def test_a_body_that_was_refused_unread_ends_its_connection(fresh_emulator):
    connection = http.client.HTTPConnection("127.0.0.1", fresh_emulator().port)
    headers = {"Expect": "100-continue", "Content-Length": "1", "x-amz-content-sha256": "UNSIGNED-PAYLOAD"}
    connection.request("PUT", "/nowhere/k", headers=headers | {"Authorization": SIGNATURE})
    answer = connection.getresponse()
    assert answer.status == 404
    assert answer.getheader("Connection") == "close"


def test_an_upload_in_progress_outlives_a_kill(fresh_emulator):
    emulator = fresh_emulator()
    s3 = emulator.client("s3")
    bucket = s3.list_buckets()["Buckets"][0]["Name"]
    begun = s3.create_multipart_upload(Bucket=bucket, Key="k")
    upload = {"Bucket": bucket, "Key": "k", "UploadId": begun["UploadId"]}
    parts = put_parts(s3, upload, [PART])
    emulator.kill()
    emulator.start()
    last = s3.upload_part(**upload, PartNumber=2, Body=b"end")
    s3.complete_multipart_upload(
        **upload, MultipartUpload={"Parts": [*parts, {"PartNumber": 2, "ETag": last["ETag"]}]}
    )
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == PART + b"end"


@pytest.fixture
def half_sent(fresh_emulator):
    """An emulator that has received a part of an object, what its blobs were before, and the connection."""
    emulator = fresh_emulator()
    bucket = emulator.client("s3").list_buckets()["Buckets"][0]["Name"]
    before = emulator.blobs
    head = (
        f"PUT /{bucket}/k HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n"
        f"x-amz-content-sha256: UNSIGNED-PAYLOAD\r\nAuthorization: {SIGNATURE}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", emulator.port)) as connection:
        connection.sendall(head.encode() + b"x" * 1000)
        assert eventually(lambda: emulator.blobs != before), "it has begun to arrive"
        yield emulator, before, connection


def test_a_cut_connection_leaves_nothing(half_sent):
    emulator, before, connection = half_sent
    connection.close()
    assert eventually(lambda: emulator.blobs == before)
    bucket = emulator.client("s3").list_buckets()["Buckets"][0]["Name"]
    assert "Contents" not in emulator.client("s3").list_objects_v2(Bucket=bucket)


def test_a_second_start_leaves_the_first_alone(half_sent):
    emulator, _, connection = half_sent
    arriving = emulator.blobs
    second = Emulator(emulator.data_dir)
    with pytest.raises(RuntimeError, match="is in use by another sekisho"):
        second.start()
    assert emulator.blobs == arriving
    connection.settimeout(20)
    connection.sendall(b"x" * (1_000_000 - 1000))
    assert connection.recv(12) == b"HTTP/1.1 200"


def test_a_kill_in_the_middle_leaves_nothing(half_sent):
    emulator, before, _ = half_sent
    emulator.kill()
    assert emulator.blobs != before
    emulator.start()
    assert emulator.blobs == before
