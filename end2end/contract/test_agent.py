"""The agent's side: registering, role credentials, reports. AWS publishes no model of it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
import requests

from agent import Machine, NodeAuth, Refusal, new_key, operator_auth, post, public_text
from conftest import ROLE, describe, properties
from emulator import eventually

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"


def refusal_of(action, *arguments, **keywords):
    with pytest.raises(Refusal) as caught:
        action(*arguments, **keywords)
    return caught.value


# RegisterManagedInstance


def test_registering_makes_a_node_of_the_activation(emulator, ssm, activation, shared_key):
    tags = [{"Key": "Environment", "Value": "test"}]
    created = activation(RegistrationLimit=2, DefaultInstanceName="web", Tags=tags)
    machine = Machine(emulator.endpoint, shared_key).register(created)
    assert re.fullmatch(r"mi-[0-9a-f]{17}", machine.instance_id)
    assert describe(ssm, created)["RegistrationsCount"] == 1

    machine.report()
    node = properties(ssm, machine.instance_id)
    assert node["ActivationId"] == created["ActivationId"]
    assert node["IamRole"] == ROLE
    assert node["Name"] == "web"
    assert node["ResourceType"] == "ManagedInstance"
    assert node["SourceType"] == "AWS::SSM::ManagedInstance"
    assert node["SourceId"] == machine.instance_id
    assert abs(node["RegistrationDate"] - datetime.now(timezone.utc)) < timedelta(minutes=1)
    listed = ssm.list_tags_for_resource(ResourceType="ManagedInstance", ResourceId=machine.instance_id)
    assert listed["TagList"] == tags


@pytest.mark.parametrize(
    "wrong",
    [{"ActivationCode": "A" * 20}, {"ActivationId": UNKNOWN_ID}],
    ids=["wrong code", "unknown activation"],
)
def test_code_and_id_must_belong_together(emulator, ssm, activation, shared_key, wrong):
    created = activation()
    refusal = refusal_of(Machine(emulator.endpoint, shared_key).register, created, **wrong)
    assert (refusal.status, refusal.code) == (400, "InvalidActivation")
    assert describe(ssm, created)["RegistrationsCount"] == 0


def test_an_expired_activation_admits_nobody(emulator, ssm, activation, shared_key):
    expires = datetime.now(timezone.utc) + timedelta(seconds=2)
    created = activation(ExpirationDate=expires)
    eventually(lambda: describe(ssm, created)["Expired"])
    refusal = refusal_of(Machine(emulator.endpoint, shared_key).register, created)
    assert (refusal.status, refusal.code) == (400, "ActivationExpired")


def test_the_limit_holds_however_many_come_at_once(emulator, ssm, activation, shared_key):
    created = activation(RegistrationLimit=3)

    def register(_):
        try:
            return Machine(emulator.endpoint, shared_key).register(created).instance_id
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(register, range(10)))
    assert sum(outcome.startswith("mi-") for outcome in outcomes) == 3
    assert outcomes.count("RegistrationLimitExceeded") == 7
    assert describe(ssm, created)["RegistrationsCount"] == 3


@pytest.mark.parametrize("public_key", ["nonsense", "bm8gS2V5"])
def test_what_is_no_public_key_is_refused(emulator, activation, public_key):
    refusal = refusal_of(Machine(emulator.endpoint).register, activation(), PublicKey=public_key)
    assert (refusal.status, refusal.code) == (400, "InvalidPublicKey")


def test_a_short_code_is_refused_without_an_echo(emulator, activation, shared_key):
    secret = "ShortSecret"
    machine = Machine(emulator.endpoint, shared_key)
    refusal = refusal_of(machine.register, activation(), ActivationCode=secret)
    assert (refusal.status, refusal.code) == (400, "ValidationException")
    assert "'activationCode'" in refusal.message and secret not in refusal.message


# RequestManagedInstanceRoleToken


def test_a_node_gets_credentials_of_its_role(node):
    token = node(report=False).role_token()
    assert set(token) >= {"AccessKeyId", "SecretAccessKey", "SessionToken", "TokenExpirationDate", "UpdateKeyPair"}
    assert token["AccessKeyId"].startswith("ASIA")
    life = datetime.fromtimestamp(token["TokenExpirationDate"], timezone.utc) - datetime.now(timezone.utc)
    assert timedelta(minutes=10) < life <= timedelta(hours=12)


def test_a_foreign_key_gets_none(node):
    refusal = refusal_of(node(report=False).role_token, key=new_key())
    assert refusal.status == 400
    assert refusal.code == "AccessDeniedException"


def test_another_machine_gets_none(node):
    refusal = refusal_of(node(report=False).role_token, fingerprint=UNKNOWN_ID)
    assert (refusal.status, refusal.code) == (400, "MachineFingerprintDoesNotMatch")


def test_an_unknown_node_gets_none(node):
    machine = node(report=False)
    machine.instance_id = "mi-00000000000000000"
    assert refusal_of(machine.role_token).code == "InvalidInstanceId"


def test_an_unsigned_request_gets_none(emulator):
    refusal = refusal_of(post, emulator.endpoint, "RequestManagedInstanceRoleToken", {"Fingerprint": UNKNOWN_ID})
    assert (refusal.status, refusal.code) == (400, "MissingAuthenticationTokenException")


# UpdateManagedInstancePublicKey


def test_a_node_changes_its_key(node):
    machine = node(report=False)
    old, new = machine.key, new_key()
    body = {"NewPublicKey": public_text(new), "NewPublicKeyType": "Rsa"}
    by_the_old_key = NodeAuth(machine.instance_id, old)
    post(machine.endpoint, "UpdateManagedInstancePublicKey", body, by_the_old_key, chunked=True)
    assert machine.role_token(key=new)
    assert refusal_of(machine.role_token, key=old).code == "AccessDeniedException"


# UpdateInstanceInformation


def test_a_report_is_what_the_console_shows(ssm, node):
    machine = node(
        reporting={
            "AgentVersion": "3.2.815.0",
            "PlatformType": "Windows",
            "PlatformName": "Microsoft Windows Server 2022 Standard",
            "PlatformVersion": "10.0.20348",
            "ComputerName": "WIN-1",
            "IPAddress": "192.0.2.99",
        }
    )
    shown = properties(ssm, machine.instance_id)
    expected = {
        "PingStatus": "Online",
        "AgentVersion": "3.2.815.0",
        "PlatformType": "Windows",
        "PlatformName": "Microsoft Windows Server 2022 Standard",
        "PlatformVersion": "10.0.20348",
        "ComputerName": "WIN-1",
        "IPAddress": "192.0.2.99",
    }
    assert {name: shown.get(name) for name in expected} == expected
    assert abs(shown["LastPingDateTime"] - datetime.now(timezone.utc)) < timedelta(minutes=1)


def test_each_report_renews_the_last_ping(ssm, node):
    machine = node()
    first = properties(ssm, machine.instance_id)["LastPingDateTime"]
    machine.report()
    assert properties(ssm, machine.instance_id)["LastPingDateTime"] > first


def test_only_the_node_itself_reports(node):
    machine, other = node(), node()
    for auth in (operator_auth(), other.auth):
        assert refusal_of(machine.report, auth=auth).code == "AccessDeniedException"
        assert refusal_of(machine.associations, auth=auth).code == "AccessDeniedException"


def test_an_ec2_instance_is_managed_without_registration(emulator, ssm):
    instance = Machine(emulator.endpoint)
    instance.instance_id = "i-0abcdef1234567890"
    instance.report(auth=operator_auth(), AvailabilityZone="ap-northeast-1a")
    shown = properties(ssm, instance.instance_id)
    assert shown["ResourceType"] == "EC2Instance"
    assert shown["SourceType"] == "AWS::EC2::Instance"
    assert shown["SourceId"] == instance.instance_id
    assert not {"ActivationId", "RegistrationDate"} & set(shown)


@pytest.mark.parametrize(
    ("member", "value"), [("PlatformType", "Amiga"), ("InstanceId", "server-1"), ("IPAddress", "1" * 47)]
)
def test_a_report_is_checked(node, member, value):
    refusal = refusal_of(node().report, **{member: value})
    assert (refusal.status, refusal.code) == (400, "ValidationException")


# ListInstanceAssociations


def test_a_node_without_associations_has_none(node):
    assert node().associations().get("Associations", []) == []


# After deregistration


def test_a_deregistered_node_is_told_so(ssm, node):
    machine = node()
    ssm.deregister_managed_instance(InstanceId=machine.instance_id)
    assert refusal_of(machine.report).code in ("AccessDeniedException", "InvalidInstanceId")
    assert refusal_of(machine.role_token).code == "InvalidInstanceId"


def test_a_chunked_body_leaves_the_connection_usable(emulator):
    """What is sent in chunks is read to its end, or the next request on the connection would break."""
    with requests.Session() as session:
        for _ in range(2):
            answer = session.post(
                emulator.endpoint,
                data=iter([b'{"Finger', b'print":"f"}']),
                headers={
                    "Content-Type": "application/x-amz-json-1.1",
                    "X-Amz-Target": "AmazonSSM.RequestManagedInstanceRoleToken",
                },
                timeout=5,
            )
            assert answer.status_code == 400
            assert answer.json()["__type"].endswith("MissingAuthenticationTokenException")
