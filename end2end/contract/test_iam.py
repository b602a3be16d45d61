"""IAM: ListRoles, GetRole, CreateRole, AttachRolePolicy, ListAttachedRolePolicies."""

import json
import re
from datetime import datetime, timedelta, timezone

import pytest

from conftest import ROLE
from emulator import ACCOUNT
from judge import refused

CORE_POLICY = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
# As many as a role can have, and one more; in the order in which IAM lists them.
POLICIES = [
    f"arn:aws:iam::aws:policy/{name}"
    for name in (
        "AmazonS3ReadOnlyAccess",
        "AmazonSSMDirectoryServiceAccess",
        "AmazonSSMManagedEC2InstanceDefaultPolicy",
        "AmazonSSMManagedInstanceCore",
        "AmazonSSMPatchAssociation",
        "AmazonSSMReadOnlyAccess",
        "CloudWatchAgentAdminPolicy",
        "CloudWatchAgentServerPolicy",
        "service-role/AmazonEC2RoleforSSM",
        "service-role/AmazonSSMAutomationRole",
        "service-role/AmazonSSMMaintenanceWindowRole",
    )
]


def trust(service="ssm.amazonaws.com"):
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
            ],
        }
    )


def attached(iam, role):
    pages = iam.get_paginator("list_attached_role_policies").paginate(RoleName=role)
    return {policy["PolicyArn"]: policy["PolicyName"] for page in pages for policy in page["AttachedPolicies"]}


def trusted_services(role):
    statements = role["AssumeRolePolicyDocument"]["Statement"]
    return [statement["Principal"]["Service"] for statement in statements]


def test_a_new_account_has_roles_of_every_kind(iam):
    pages = iam.get_paginator("list_roles").paginate()
    roles = {role["RoleName"]: role for page in pages for role in page["Roles"]}
    assert trusted_services(roles[ROLE]) == ["ssm.amazonaws.com"]
    assert CORE_POLICY in attached(iam, ROLE)
    assert trusted_services(roles["EC2InstanceRole"]) == ["ec2.amazonaws.com"]
    assert attached(iam, "SSMServerRoleWithoutPolicy") == {}
    assert roles["AWSServiceRoleForAmazonSSM"]["Path"] == "/aws-service-role/ssm.amazonaws.com/"
    assert "AmazonEC2RunCommandRoleForManagedInstances" not in roles


def test_a_created_role_is_what_was_asked_for(iam, unique):
    created = iam.create_role(
        Path="/service-role/",
        RoleName=unique,
        AssumeRolePolicyDocument=trust(),
        Description="For servers outside AWS",
        MaxSessionDuration=7200,
        Tags=[{"Key": "Owner", "Value": "sekisho"}],
    )["Role"]
    shown = iam.get_role(RoleName=unique)["Role"]
    for role in (created, shown):
        assert role["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/service-role/{unique}"
        assert re.fullmatch(r"AROA[A-Z2-7]{17}", role["RoleId"])
        assert role["AssumeRolePolicyDocument"] == json.loads(trust())
        assert abs(role["CreateDate"] - datetime.now(timezone.utc)) < timedelta(minutes=1)
    assert shown["Description"] == "For servers outside AWS"
    assert shown["MaxSessionDuration"] == 7200
    assert shown["Tags"] == [{"Key": "Owner", "Value": "sekisho"}]


def test_a_created_role_serves_an_activation(ssm, iam, unique):
    iam.create_role(Path="/service-role/", RoleName=unique, AssumeRolePolicyDocument=trust())
    assert ssm.create_activation(IamRole=f"service-role/{unique}")["ActivationId"]


def test_a_role_exists_once_whatever_its_case(iam, unique):
    iam.create_role(RoleName=unique, AssumeRolePolicyDocument=trust())
    with refused(iam, "CreateRole", "EntityAlreadyExists"):
        iam.create_role(RoleName=unique.upper(), AssumeRolePolicyDocument=trust())


def test_a_permissions_boundary_is_kept_and_not_listed(iam, unique):
    created = iam.create_role(
        Path=f"/{unique}/", RoleName=unique, AssumeRolePolicyDocument=trust(), PermissionsBoundary=CORE_POLICY
    )["Role"]
    boundary = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": CORE_POLICY}
    assert created["PermissionsBoundary"] == iam.get_role(RoleName=unique)["Role"]["PermissionsBoundary"] == boundary
    (listed,) = iam.list_roles(PathPrefix=f"/{unique}/")["Roles"]
    assert "PermissionsBoundary" not in listed


def test_a_permissions_boundary_is_a_policy_that_exists(iam, unique):
    arn = f"arn:aws:iam::{ACCOUNT}:policy/NoSuchPolicy"
    message = f"Scope ARN: {arn} does not exist or is not attachable."
    with refused(iam, "CreateRole", "NoSuchEntity", message):
        iam.create_role(RoleName=unique, AssumeRolePolicyDocument=trust(), PermissionsBoundary=arn)
    with refused(iam, "GetRole", "NoSuchEntity"):
        iam.get_role(RoleName=unique)


def test_a_tag_key_is_given_once_whatever_its_case(iam, unique):
    tags = [{"Key": "Owner", "Value": "a"}, {"Key": "owner", "Value": "b"}]
    message = "Duplicate tag keys found. Please note that Tag keys are case insensitive."
    with refused(iam, "CreateRole", "InvalidInput", message):
        iam.create_role(RoleName=unique, AssumeRolePolicyDocument=trust(), Tags=tags)


@pytest.mark.parametrize("document", ["{", "[]", '{"Version": "2012-10-17"}', json.dumps({"Statement": [{"Effect": "Perhaps"}]})])
def test_a_trust_policy_must_be_one(iam, unique, document):
    with refused(iam, "CreateRole", "MalformedPolicyDocument"):
        iam.create_role(RoleName=unique, AssumeRolePolicyDocument=document)


@pytest.mark.parametrize(
    "wrong",
    [
        {"RoleName": "a role"},
        {"RoleName": "r" * 65},
        {"RoleName": ""},
        {"Path": "no-slashes"},
        {"Description": "d" * 1001},
        {"MaxSessionDuration": 3599},
        {"MaxSessionDuration": 43201},
    ],
    ids=str,
)
def test_a_new_role_is_checked(emulator, unique, wrong):
    iam = emulator.client("iam", parameter_validation=False)
    with refused(iam, "CreateRole", "ValidationError", "detected: Value "):
        iam.create_role(**({"RoleName": unique, "AssumeRolePolicyDocument": trust()} | wrong))


def test_an_unknown_role_is_not_found(iam):
    message = "The role with name NoSuchRole cannot be found."
    with refused(iam, "GetRole", "NoSuchEntity", message):
        iam.get_role(RoleName="NoSuchRole")
    with refused(iam, "ListAttachedRolePolicies", "NoSuchEntity", message):
        iam.list_attached_role_policies(RoleName="NoSuchRole")
    with refused(iam, "AttachRolePolicy", "NoSuchEntity", message):
        iam.attach_role_policy(RoleName="NoSuchRole", PolicyArn=CORE_POLICY)


def test_policies_are_attached_once(iam, unique):
    iam.create_role(RoleName=unique, AssumeRolePolicyDocument=trust())
    for _ in range(2):
        iam.attach_role_policy(RoleName=unique, PolicyArn=CORE_POLICY)
    assert attached(iam, unique) == {CORE_POLICY: "AmazonSSMManagedInstanceCore"}


def test_a_role_has_at_most_ten_policies(iam, unique):
    iam.create_role(RoleName=unique, AssumeRolePolicyDocument=trust())
    *ten, one_more = POLICIES
    for policy in ten:
        iam.attach_role_policy(RoleName=unique, PolicyArn=policy)
    with refused(iam, "AttachRolePolicy", "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10"):
        iam.attach_role_policy(RoleName=unique, PolicyArn=one_more)
    iam.attach_role_policy(RoleName=unique, PolicyArn=ten[0])
    assert list(attached(iam, unique)) == ten


def test_only_policies_that_exist_are_attached(iam, unique):
    iam.create_role(RoleName=unique, AssumeRolePolicyDocument=trust())
    for policy in ("aws:policy/NoSuchPolicy", f"{ACCOUNT}:policy/NoSuchPolicy"):
        with refused(iam, "AttachRolePolicy", "NoSuchEntity"):
            iam.attach_role_policy(RoleName=unique, PolicyArn=f"arn:aws:iam::{policy}")
    assert attached(iam, unique) == {}


def test_what_is_no_policy_is_refused(iam, unique):
    iam.create_role(RoleName=unique, AssumeRolePolicyDocument=trust())
    with refused(iam, "AttachRolePolicy", "InvalidInput"):
        iam.attach_role_policy(RoleName=unique, PolicyArn="arn:aws:iam::aws:role/NoPolicy")


def test_service_linked_roles_are_left_alone(iam):
    with refused(iam, "AttachRolePolicy", "UnmodifiableEntity"):
        iam.attach_role_policy(RoleName="AWSServiceRoleForAmazonSSM", PolicyArn=CORE_POLICY)
    with refused(iam, "CreateRole", "InvalidInput"):
        iam.create_role(Path="/aws-service-role/", RoleName="Mine", AssumeRolePolicyDocument=trust())


def test_roles_come_in_pages(iam, unique):
    names = sorted(f"{unique}-{number}" for number in range(5))
    for name in names:
        iam.create_role(Path=f"/{unique}/", RoleName=name, AssumeRolePolicyDocument=trust())
    pages = list(
        iam.get_paginator("list_roles").paginate(
            PathPrefix=f"/{unique}/", PaginationConfig={"PageSize": 2}
        )
    )
    assert [[role["RoleName"] for role in page["Roles"]] for page in pages] == [names[:2], names[2:4], names[4:]]
    assert [page["IsTruncated"] for page in pages] == [True, True, False]


def test_attached_policies_come_in_pages(iam, unique):
    iam.create_role(RoleName=unique, AssumeRolePolicyDocument=trust())
    for policy in POLICIES[:5]:
        iam.attach_role_policy(RoleName=unique, PolicyArn=policy)
    pager = iam.get_paginator("list_attached_role_policies")
    pages = list(pager.paginate(RoleName=unique, PaginationConfig={"PageSize": 2}))
    shown = [[policy["PolicyArn"] for policy in page["AttachedPolicies"]] for page in pages]
    assert shown == [POLICIES[:2], POLICIES[2:4], POLICIES[4:5]]
    assert [page["IsTruncated"] for page in pages] == [True, True, False]
    assert ["Marker" in page for page in pages] == [True, True, False]


def test_a_marker_is_good_only_for_its_own_role(iam, unique):
    names = [f"{unique}-{number}" for number in range(2)]
    for name in names:
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust())
        for policy in POLICIES[:2]:
            iam.attach_role_policy(RoleName=name, PolicyArn=policy)
    marker = iam.list_attached_role_policies(RoleName=names[0], MaxItems=1)["Marker"]
    rest = iam.list_attached_role_policies(RoleName=names[0], Marker=marker)["AttachedPolicies"]
    assert [policy["PolicyArn"] for policy in rest] == POLICIES[1:2]
    for role, wrong in [(names[1], marker), (names[0], marker[:-1]), (names[0], "no marker of ours")]:
        with refused(iam, "ListAttachedRolePolicies", "ValidationError", f"Invalid Marker: {wrong}"):
            iam.list_attached_role_policies(RoleName=role, Marker=wrong)


@pytest.mark.parametrize(
    "request_",
    [{"MaxItems": 0}, {"MaxItems": 1001}, {"PathPrefix": "no-slash"}, {"Marker": ""}, {"Marker": "m" * 321}],
    ids=lambda request_: next(iter(request_)),
)
def test_a_list_request_is_checked(emulator, request_):
    iam = emulator.client("iam", parameter_validation=False)
    with refused(iam, "ListRoles", "ValidationError"):
        iam.list_roles(**request_)
    with refused(iam, "ListAttachedRolePolicies", "ValidationError"):
        iam.list_attached_role_policies(RoleName=ROLE, **request_)
