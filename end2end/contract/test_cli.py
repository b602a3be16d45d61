"""The same operations through the AWS command line."""

import json

import pytest

from agent import Machine
from conftest import ROLE
from test_iam import CORE_POLICY, trust
from test_service_setting import SETTING


def answer(finished):
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout) if finished.stdout.strip() else None


def test_from_an_activation_to_a_node_and_back(emulator, shared_key, unique):
    def aws(*arguments):
        return answer(emulator.aws(*arguments))

    created = aws(
        *("ssm", "create-activation", "--iam-role", ROLE, "--default-instance-name", unique),
        *("--description", "by the command line", "--registration-limit", "2"),
        *("--tags", "Key=Environment,Value=test"),
    )
    filters = ("--filters", f"FilterKey=ActivationIds,FilterValues={created['ActivationId']}")
    (shown,) = aws("ssm", "describe-activations", *filters)["ActivationList"]
    assert (shown["Description"], shown["RegistrationsCount"]) == ("by the command line", 0)

    node = Machine(emulator.endpoint, shared_key).register(created).report().instance_id
    by_id = ("--filters", f"Key=InstanceIds,Values={node}")
    (information,) = aws("ssm", "describe-instance-information", *by_id)["InstanceInformationList"]
    assert (information["Name"], information["PingStatus"]) == (unique, "Online")

    resource = ("--resource-type", "ManagedInstance", "--resource-id", node)
    aws("ssm", "add-tags-to-resource", *resource, "--tags", "Key=Rack,Value=7")
    aws("ssm", "remove-tags-from-resource", *resource, "--tag-keys", "Environment")
    listed = aws("ssm", "list-tags-for-resource", *resource)["TagList"]
    assert listed == [{"Key": "Rack", "Value": "7"}]

    role = ("--iam-role", "SSMServerRoleWithoutPolicy")
    aws("ssm", "update-managed-instance-role", "--instance-id", node, *role)
    with_operator = ("--filters-with-operator", f"Key=InstanceIds,Values={node},Operator=Equal")
    (properties,) = aws("ssm", "describe-instance-properties", *with_operator)["InstanceProperties"]
    assert properties["IamRole"] == "SSMServerRoleWithoutPolicy"

    aws("ssm", "deregister-managed-instance", "--instance-id", node)
    aws("ssm", "delete-activation", "--activation-id", created["ActivationId"])
    assert aws("ssm", "describe-activations", *filters)["ActivationList"] == []


def test_the_tier_and_the_caller(emulator):
    setting = ("--setting-id", SETTING)
    tier = answer(emulator.aws("ssm", "get-service-setting", *setting))["ServiceSetting"]
    assert tier["SettingValue"] == "standard"
    assert answer(emulator.aws("sts", "get-caller-identity"))["Account"]


def test_the_tier_is_changed(fresh_emulator):
    emulator = fresh_emulator()
    setting = ("--setting-id", SETTING)
    reset = answer(emulator.aws("ssm", "reset-service-setting", *setting))["ServiceSetting"]
    assert (reset["SettingValue"], reset["Status"]) == ("standard", "Default")
    answer(emulator.aws("ssm", "update-service-setting", *setting, "--setting-value", "advanced"))
    pending = emulator.aws("ssm", "reset-service-setting", *setting)
    assert "An error occurred (TooManyUpdates) when calling the ResetServiceSetting" in pending.stderr


def test_a_role_is_made_and_gets_a_policy(emulator, unique):
    def aws(*arguments):
        return answer(emulator.aws("iam", *arguments))

    role = ("--role-name", unique)
    created = aws(
        *("create-role", *role, "--path", "/service-role/", "--assume-role-policy-document", trust()),
        *("--tags", "Key=Environment,Value=test"),
    )["Role"]
    assert created["Arn"].endswith(f":role/service-role/{unique}")
    assert created["Tags"] == [{"Key": "Environment", "Value": "test"}]
    aws("attach-role-policy", *role, "--policy-arn", CORE_POLICY)
    listed = aws("list-attached-role-policies", *role)["AttachedPolicies"]
    assert listed == [{"PolicyName": "AmazonSSMManagedInstanceCore", "PolicyArn": CORE_POLICY}]


def test_roles(emulator):
    roles = answer(emulator.aws("iam", "list-roles"))["Roles"]
    assert ROLE in [role["RoleName"] for role in roles]
    assert answer(emulator.aws("iam", "get-role", "--role-name", ROLE))["Role"]["RoleName"] == ROLE


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("ssm", "create-activation", "--iam-role", "NoSuchRole"), "ValidationException"),
        (("ssm", "create-activation", "--iam-role", ROLE, "--registration-limit", "1001"), "ValidationException"),
        (("iam", "get-role", "--role-name", "NoSuchRole"), "NoSuchEntity"),
    ],
)
def test_refusals_are_told(emulator, arguments, code):
    finished = emulator.aws(*arguments)
    assert finished.returncode in (254, 255), "what the two major versions end with when the service refuses"
    assert f"An error occurred ({code}) when calling the " in finished.stderr
