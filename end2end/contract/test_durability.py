"""State survives the sudden end of the process."""

import pytest

from agent import Machine, Refusal
from conftest import ROLE, describe, properties
from emulator import eventually
from test_iam import trust
from test_service_setting import SETTING, tier
from test_tags import tags


def test_everything_is_there_after_a_kill(fresh_emulator, shared_key):
    emulator = fresh_emulator()
    ssm, iam = emulator.client("ssm"), emulator.client("iam")
    iam.create_role(RoleName="Kept", AssumeRolePolicyDocument=trust())
    iam.attach_role_policy(RoleName="Kept", PolicyArn="arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")
    created = ssm.create_activation(IamRole="Kept", RegistrationLimit=2, Tags=[{"Key": "a", "Value": "b"}])
    machine = Machine(emulator.endpoint, shared_key).register(created).report(ComputerName="kept")
    gone = Machine(emulator.endpoint, shared_key).register(ssm.create_activation(IamRole=ROLE)).report()
    ssm.deregister_managed_instance(InstanceId=gone.instance_id)
    ssm.update_service_setting(SettingId=SETTING, SettingValue="advanced")
    before, tier_before = describe(ssm, created), tier(ssm)

    emulator.kill()
    emulator.start()

    assert describe(ssm, created) == before
    assert properties(ssm, machine.instance_id)["ComputerName"] == "kept"
    assert properties(ssm, gone.instance_id) is None
    assert tags(ssm, machine.instance_id) == {"a": "b"}
    tier_after = tier(ssm)
    assert tier_after["SettingValue"] == "advanced"
    # Whether the change is still pending depends on how long the restart took; nothing else does.
    assert tier_after["Status"] in ("PendingUpdate", "Customized")
    assert tier_after | {"Status": ""} == tier_before | {"Status": ""}
    policies = iam.list_attached_role_policies(RoleName="Kept")["AttachedPolicies"]
    assert [policy["PolicyName"] for policy in policies] == ["AmazonSSMManagedInstanceCore"]
    machine.report()
    Machine(emulator.endpoint, shared_key).register(created)
    with pytest.raises(Refusal) as refusal:
        Machine(emulator.endpoint, shared_key).register(created)
    assert refusal.value.code == "RegistrationLimitExceeded"


def test_an_answered_request_is_kept_however_soon_the_end_comes(fresh_emulator):
    emulator = fresh_emulator()
    ssm = emulator.client()
    made = set()
    for _ in range(3):
        made |= {ssm.create_activation(IamRole=ROLE)["ActivationId"] for _ in range(5)}
        emulator.kill()
        emulator.start()
    shown = {activation["ActivationId"] for activation in ssm.describe_activations()["ActivationList"]}
    assert shown == made


def test_the_code_is_not_in_the_data_folder(fresh_emulator):
    emulator = fresh_emulator()
    code = emulator.client().create_activation(IamRole=ROLE)["ActivationCode"].encode()
    emulator.kill()
    files = [path for path in emulator.data_dir.rglob("*") if path.is_file()] + [emulator.log]
    assert files and not any(code in path.read_bytes() for path in files)


def test_a_request_to_end_is_followed(fresh_emulator):
    emulator = fresh_emulator(nodes=3)
    eventually(lambda: len(emulator.client().describe_instance_information()["InstanceInformationList"]) == 3)
    assert emulator.stop() == 0
