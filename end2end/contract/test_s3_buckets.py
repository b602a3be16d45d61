"""S3: CreateBucket, HeadBucket, GetBucketLocation, ListBuckets, DeleteBucket."""

import pytest
from botocore.exceptions import ClientError

from emulator import ACCOUNT, REGION
from judge import refused

HERE = {"LocationConstraint": REGION}


def names(s3, **parameters):
    return [bucket["Name"] for bucket in s3.list_buckets(**parameters)["Buckets"]]


def test_the_account_starts_with_a_bucket_for_packages(s3):
    assert f"sekisho-packages-{ACCOUNT}" in names(s3)


def test_a_bucket_is_made_found_and_deleted(s3, unique):
    s3.create_bucket(Bucket=unique, CreateBucketConfiguration=HERE)
    assert s3.head_bucket(Bucket=unique)["BucketRegion"] == REGION
    assert s3.get_bucket_location(Bucket=unique)["LocationConstraint"] == REGION
    (listed,) = s3.list_buckets(Prefix=unique)["Buckets"]
    assert (listed["Name"], listed["BucketRegion"]) == (unique, REGION)
    s3.delete_bucket(Bucket=unique)
    assert names(s3, Prefix=unique) == []


def test_buckets_come_in_pages(s3, unique):
    made = [f"{unique}-{number}" for number in range(5)]
    for name in made:
        s3.create_bucket(Bucket=name, CreateBucketConfiguration=HERE)
    pages = s3.get_paginator("list_buckets").paginate(Prefix=unique, PaginationConfig={"PageSize": 2})
    pages = [[bucket["Name"] for bucket in page["Buckets"]] for page in pages]
    assert pages == [made[:2], made[2:4], made[4:]]


def test_a_bucket_of_ones_own_is_not_made_twice(s3, bucket):
    with refused(s3, "CreateBucket", "BucketAlreadyOwnedByYou"):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=HERE)


@pytest.mark.parametrize("configuration", [{}, {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}])
def test_a_bucket_is_made_in_the_region_of_the_endpoint(s3, unique, configuration):
    with refused(s3, "CreateBucket", "IllegalLocationConstraintException"):
        s3.create_bucket(Bucket=unique, **configuration)


def test_names_are_checked(s3):
    with refused(s3, "CreateBucket", "InvalidBucketName"):
        s3.create_bucket(Bucket="Capitals", CreateBucketConfiguration=HERE)


def test_a_bucket_that_holds_something_stays(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"1")
    with refused(s3, "DeleteBucket", "BucketNotEmpty"):
        s3.delete_bucket(Bucket=bucket)


def test_what_is_not_there_is_told(s3, unique):
    for operation, call in [
        ("DeleteBucket", s3.delete_bucket),
        ("GetBucketLocation", s3.get_bucket_location),
        ("ListObjectsV2", s3.list_objects_v2),
        ("ListMultipartUploads", s3.list_multipart_uploads),
    ]:
        with refused(s3, operation, "NoSuchBucket"):
            call(Bucket=unique)
    with pytest.raises(ClientError) as caught:
        s3.head_bucket(Bucket=unique)
    assert caught.value.response["Error"]["Code"] == "404"
