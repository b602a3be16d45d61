"""CreateActivation, DescribeActivations, DeleteActivation."""

import re
from datetime import datetime, timedelta, timezone

import pytest

from agent import Machine, Refusal
from conftest import ROLE, describe, properties
from emulator import ACCOUNT
from judge import refused

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"


def now():
    return datetime.now(timezone.utc)


# Creating


def test_a_role_is_all_that_is_needed(ssm, activation):
    created = activation()
    assert UUID.fullmatch(created["ActivationId"])
    assert 20 <= len(created["ActivationCode"]) <= 250

    shown = describe(ssm, created)
    assert shown["IamRole"] == ROLE
    assert shown["RegistrationLimit"] == 1
    assert shown["RegistrationsCount"] == 0
    assert shown["Expired"] is False
    assert abs(shown["ExpirationDate"] - shown["CreatedDate"] - timedelta(hours=24)) < timedelta(seconds=5)
    assert abs(shown["CreatedDate"] - now()) < timedelta(minutes=1)
    assert not {"Description", "DefaultInstanceName"} & set(shown)
    assert not shown.get("Tags")


def test_everything_that_is_set_is_shown(ssm, activation):
    expires = (now() + timedelta(days=7)).replace(microsecond=0)
    tags = [{"Key": "Environment", "Value": "production"}, {"Key": "費用", "Value": ""}]
    created = activation(
        Description="東京データセンター",
        DefaultInstanceName="web server",
        RegistrationLimit=12,
        ExpirationDate=expires,
        Tags=tags,
    )
    shown = describe(ssm, created)
    assert shown["Description"] == "東京データセンター"
    assert shown["DefaultInstanceName"] == "web server"
    assert shown["RegistrationLimit"] == 12
    assert shown["ExpirationDate"] == expires
    assert sorted(shown["Tags"], key=lambda tag: tag["Key"]) == tags


def test_the_code_is_told_once(ssm, activation):
    created = activation(Description="told once")
    assert created["ActivationCode"] not in str(ssm.describe_activations())


def test_codes_differ(activation):
    assert activation()["ActivationCode"] != activation()["ActivationCode"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"Description": "d" * 256},
        {"DefaultInstanceName": "n" * 256},
        {"DefaultInstanceName": "関所 1_.:/=+-@"},
        {"RegistrationLimit": 1000},
        {"ExpirationDate": now() + timedelta(days=30) - timedelta(minutes=5)},
        {"Tags": [{"Key": f"key-{i}", "Value": "v" * 256} for i in range(50)]},
    ],
    ids=lambda parameters: next(iter(parameters)),
)
def test_values_at_the_limits_are_taken(ssm, activation, parameters):
    assert describe(ssm, activation(**parameters))


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"Description": "d" * 257}, "at 'description' failed to satisfy constraint: Member must have length less than or equal to 256"),
        ({"DefaultInstanceName": "n" * 257}, "at 'defaultInstanceName' failed to satisfy constraint: Member must have length less than or equal to 256"),
        ({"DefaultInstanceName": "a|b"}, "Value 'a|b' at 'defaultInstanceName' failed to satisfy constraint: Member must satisfy regular expression pattern: "),
        ({"RegistrationLimit": 0}, "Value '0' at 'registrationLimit' failed to satisfy constraint: Member must have value greater than or equal to 1"),
        ({"RegistrationLimit": 1001}, "Value '1001' at 'registrationLimit' failed to satisfy constraint: Member must have value less than or equal to 1000"),
        ({"IamRole": "r" * 65}, "at 'iamRole' failed to satisfy constraint: Member must have length less than or equal to 64"),
        ({"IamRole": None}, "Value null at 'iamRole' failed to satisfy constraint: Member must not be null"),
        ({"Tags": [{"Key": "", "Value": "v"}]}, "failed to satisfy constraint: Member must have length greater than or equal to 1"),
        ({"Tags": [{"Key": "k" * 129, "Value": "v"}]}, "failed to satisfy constraint: Member must have length less than or equal to 128"),
        ({"Tags": [{"Key": "k", "Value": "v" * 257}]}, "failed to satisfy constraint: Member must have length less than or equal to 256"),
        ({"Tags": [{"Key": "k", "Value": "a|b"}]}, "Member must satisfy regular expression pattern: "),
    ],
)
def test_values_beyond_the_limits_are_refused_in_aws_words(ssm_unchecked, parameters, message):
    request = {name: value for name, value in ({"IamRole": ROLE} | parameters).items() if value is not None}
    with refused(ssm_unchecked, "CreateActivation", "ValidationException", "1 validation error detected: ") as caught:
        ssm_unchecked.create_activation(**request)
    assert message in caught.value.response["Error"]["Message"]


def test_every_mistake_is_counted(ssm_unchecked):
    message = "2 validation errors detected: "
    with refused(ssm_unchecked, "CreateActivation", "ValidationException", message) as caught:
        ssm_unchecked.create_activation(IamRole=ROLE, RegistrationLimit=0, Description="d" * 257)
    assert caught.value.response["Error"]["Message"].count("; ") == 1


@pytest.mark.parametrize(
    "tags",
    [
        [{"Key": f"key-{i}", "Value": "v"} for i in range(51)],
        [{"Key": "twice", "Value": "1"}, {"Key": "twice", "Value": "2"}],
        [{"Key": "aws:reserved", "Value": "v"}],
    ],
    ids=["more than fifty", "a key twice", "a reserved key"],
)
def test_tags_follow_aws_rules(ssm, tags):
    with refused(ssm, "CreateActivation", "InvalidParameters"):
        ssm.create_activation(IamRole=ROLE, Tags=tags)


@pytest.mark.parametrize("expires_in", [timedelta(minutes=-5), timedelta(days=30, hours=1)])
def test_it_expires_within_thirty_days(ssm, expires_in):
    with refused(ssm, "CreateActivation", "ValidationException"):
        ssm.create_activation(IamRole=ROLE, ExpirationDate=now() + expires_in)


@pytest.mark.parametrize(
    "role", ["NoSuchRole", "EC2InstanceRole"], ids=["no such role", "trusts another service"]
)
def test_systems_manager_must_be_able_to_assume_the_role(ssm, role):
    message = f"Not existing role: arn:aws:iam::{ACCOUNT}:role/{role}"
    with refused(ssm, "CreateActivation", "ValidationException", message):
        ssm.create_activation(IamRole=role)


def test_a_role_arn_is_no_role_name(ssm):
    with refused(ssm, "CreateActivation", "ValidationException"):
        ssm.create_activation(IamRole=f"arn:aws:iam::{ACCOUNT}:role/{ROLE}")


def test_a_service_linked_role_is_refused(ssm):
    with refused(ssm, "CreateActivation", "ValidationException"):
        ssm.create_activation(IamRole="aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM")


# Describing


def created_by(ssm, **request):
    pages = ssm.get_paginator("describe_activations").paginate(**request)
    return [activation["ActivationId"] for page in pages for activation in page["ActivationList"]]


def test_pages_hold_every_activation_once(ssm, activation, unique):
    made = {activation(DefaultInstanceName=unique)["ActivationId"] for _ in range(7)}
    filters = [{"FilterKey": "DefaultInstanceName", "FilterValues": [unique]}]
    pages = list(
        ssm.get_paginator("describe_activations").paginate(Filters=filters, PaginationConfig={"PageSize": 3})
    )
    assert [len(page["ActivationList"]) for page in pages] == [3, 3, 1]
    assert "NextToken" not in pages[-1]
    shown = created_by(ssm, Filters=filters, PaginationConfig={"PageSize": 3})
    assert sorted(shown) == sorted(made)


def test_filters_narrow_the_list(ssm, iam, activation, unique):
    iam.create_role(RoleName=unique, AssumeRolePolicyDocument=TRUST_SSM)
    by_role = activation(IamRole=unique)["ActivationId"]
    by_name = activation(DefaultInstanceName=unique)["ActivationId"]
    for key, value, expected in [
        ("IamRole", unique, [by_role]),
        ("DefaultInstanceName", unique, [by_name]),
        ("ActivationIds", by_name, [by_name]),
        ("ActivationIds", UNKNOWN_ID, []),
    ]:
        assert created_by(ssm, Filters=[{"FilterKey": key, "FilterValues": [value]}]) == expected
    both = [{"FilterKey": "ActivationIds", "FilterValues": [by_name, by_role]}]
    assert sorted(created_by(ssm, Filters=both)) == sorted([by_name, by_role])


TRUST_SSM = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}, "Action": "sts:AssumeRole"}
  ]
}"""


@pytest.mark.parametrize("size", [0, 51])
def test_a_page_holds_one_to_fifty(ssm_unchecked, size):
    with refused(ssm_unchecked, "DescribeActivations", "ValidationException", f"Value '{size}' at 'maxResults'"):
        ssm_unchecked.describe_activations(MaxResults=size)


def test_a_token_is_good_only_for_its_own_request(ssm, activation, unique):
    for _ in range(2):
        activation(DefaultInstanceName=unique)
    filters = [{"FilterKey": "DefaultInstanceName", "FilterValues": [unique]}]
    token = ssm.describe_activations(Filters=filters, MaxResults=1)["NextToken"]
    with refused(ssm, "DescribeActivations", "InvalidNextToken"):
        ssm.describe_activations(MaxResults=1, NextToken=token)
    with refused(ssm, "DescribeActivations", "InvalidNextToken"):
        ssm.describe_activations(NextToken="no token of ours")


def test_an_unknown_filter_is_refused(ssm_unchecked):
    filters = [{"FilterKey": "Colour", "FilterValues": ["red"]}]
    message = "Member must satisfy enum value set: "
    with refused(ssm_unchecked, "DescribeActivations", "ValidationException", message):
        ssm_unchecked.describe_activations(Filters=filters)


@pytest.mark.parametrize("incomplete", [{"FilterKey": "IamRole"}, {"FilterValues": [ROLE]}], ids=str)
def test_a_filter_has_a_key_and_values(ssm, incomplete):
    with refused(ssm, "DescribeActivations", "InvalidFilter"):
        ssm.describe_activations(Filters=[incomplete])


# Deleting


def test_a_deleted_activation_is_gone_and_its_nodes_stay(emulator, ssm, activation, shared_key):
    created = activation(RegistrationLimit=2)
    machine = Machine(emulator.endpoint, shared_key).register(created)
    ssm.delete_activation(ActivationId=created["ActivationId"])
    assert describe(ssm, created) is None
    assert machine.report() and properties(ssm, machine.instance_id)["PingStatus"] == "Online"
    with pytest.raises(Refusal) as refusal:
        Machine(emulator.endpoint, shared_key).register(created)
    assert refusal.value.code == "InvalidActivation"
    with refused(ssm, "DeleteActivation", "InvalidActivation"):
        ssm.delete_activation(ActivationId=created["ActivationId"])


@pytest.mark.parametrize("activation_id", ["nonsense", UNKNOWN_ID.upper().replace("0", "A")])
def test_what_is_no_activation_id_is_refused(ssm_unchecked, activation_id):
    message = f"Value '{activation_id}' at 'activationId' failed to satisfy constraint: "
    with refused(ssm_unchecked, "DeleteActivation", "ValidationException", message):
        ssm_unchecked.delete_activation(ActivationId=activation_id)
