"""GetServiceSetting, UpdateServiceSetting, ResetServiceSetting: the activation tier."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from agent import Machine, Refusal
from conftest import ROLE
from emulator import ACCOUNT, REGION, eventually
from judge import refused

SETTING = "/ssm/managed-instance/activation-tier"
ARN = f"arn:aws:ssm:{REGION}:{ACCOUNT}:servicesetting{SETTING}"
# How long a change stays pending, and some.
PENDING_SECONDS = 40


def tier(ssm, setting_id=SETTING):
    return ssm.get_service_setting(SettingId=setting_id)["ServiceSetting"]


@pytest.mark.parametrize("setting_id", [SETTING, ARN], ids=["id", "arn"])
def test_the_standard_tier_is_the_default(ssm, setting_id):
    setting = tier(ssm, setting_id)
    assert setting["SettingId"] == SETTING
    assert setting["SettingValue"] == "standard"
    assert setting["Status"] == "Default"
    assert setting["ARN"] == ARN
    assert setting["LastModifiedUser"] == "System"
    assert "LastModifiedDate" in setting


@pytest.mark.parametrize("operation", ["GetServiceSetting", "UpdateServiceSetting", "ResetServiceSetting"])
def test_an_unknown_setting_is_not_found(ssm, operation):
    request = {"SettingId": "/ssm/no/such/setting"}
    if operation == "UpdateServiceSetting":
        request["SettingValue"] = "advanced"
    method = {
        "GetServiceSetting": ssm.get_service_setting,
        "UpdateServiceSetting": ssm.update_service_setting,
        "ResetServiceSetting": ssm.reset_service_setting,
    }[operation]
    with refused(ssm, operation, "ServiceSettingNotFound"):
        method(**request)


def test_there_are_two_tiers(ssm):
    with refused(ssm, "UpdateServiceSetting", "ValidationException"):
        ssm.update_service_setting(SettingId=SETTING, SettingValue="premium")
    assert tier(ssm)["SettingValue"] == "standard"


@pytest.mark.parametrize(
    ("request_", "member"),
    [
        ({"SettingId": "", "SettingValue": "advanced"}, "settingId"),
        ({"SettingId": "s" * 1001, "SettingValue": "advanced"}, "settingId"),
        ({"SettingId": SETTING, "SettingValue": ""}, "settingValue"),
        ({"SettingId": SETTING}, "settingValue"),
    ],
)
def test_lengths_are_checked(ssm_unchecked, request_, member):
    with refused(ssm_unchecked, "UpdateServiceSetting", "ValidationException", f"at '{member}'"):
        ssm_unchecked.update_service_setting(**request_)


def test_more_than_a_thousand_hybrid_nodes_take_the_advanced_tier(fresh_emulator, shared_key):
    """The life of an account that grows: the limit, the switch, its waiting time, and no way back."""
    emulator = fresh_emulator()
    ssm = emulator.client()
    full = ssm.create_activation(IamRole=ROLE, RegistrationLimit=1000)
    more = ssm.create_activation(IamRole=ROLE, RegistrationLimit=1000)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: Machine(emulator.endpoint, shared_key).register(full), range(1000)))
    one_more = Machine(emulator.endpoint, shared_key)
    with pytest.raises(Refusal) as refusal:
        one_more.register(more)
    assert refusal.value.code == "RegistrationLimitExceeded"

    ssm.update_service_setting(SettingId=ARN, SettingValue="advanced")
    pending = tier(ssm)
    assert pending["Status"] == "PendingUpdate"
    assert pending["LastModifiedUser"].startswith(f"arn:aws:iam::{ACCOUNT}:")
    with refused(ssm, "UpdateServiceSetting", "TooManyUpdates"):
        ssm.update_service_setting(SettingId=SETTING, SettingValue="standard")
    with refused(ssm, "ResetServiceSetting", "TooManyUpdates"):
        ssm.reset_service_setting(SettingId=SETTING)

    customized = eventually(lambda: settled(ssm), PENDING_SECONDS)
    assert (customized["SettingValue"], customized["Status"]) == ("advanced", "Customized")
    one_more.register(more)
    with refused(ssm, "UpdateServiceSetting", "ValidationException", "1000"):
        ssm.update_service_setting(SettingId=SETTING, SettingValue="standard")
    with refused(ssm, "ResetServiceSetting", "ValidationException", "1000"):
        ssm.reset_service_setting(SettingId=SETTING)

    ssm.deregister_managed_instance(InstanceId=one_more.instance_id)
    assert ssm.reset_service_setting(SettingId=SETTING)["ServiceSetting"]["Status"] == "PendingUpdate"


def settled(ssm):
    setting = tier(ssm)
    return setting if setting["Status"] != "PendingUpdate" else None
