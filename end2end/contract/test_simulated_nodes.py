"""The simulated nodes: what a first start shows, what a restart keeps."""

from collections import Counter

import pytest

from emulator import Emulator, eventually


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    running = Emulator(tmp_path_factory.mktemp("fleet") / "data", nodes=17).start()
    eventually(lambda: len(all_reported(running.client())) == 17)
    yield running
    running.kill()


def nodes(ssm):
    pages = ssm.get_paginator("describe_instance_properties").paginate()
    return {node["InstanceId"]: node for page in pages for node in page["InstanceProperties"]}


def all_reported(ssm):
    return [node for node in nodes(ssm).values() if node.get("ComputerName")]


def activations(ssm):
    pages = ssm.get_paginator("describe_activations").paginate()
    return [activation for page in pages for activation in page["ActivationList"]]


def test_a_first_start_shows_a_small_companys_fleet(fleet):
    shown = nodes(fleet.client())
    assert len(shown) == 17
    by_name = {node["Name"]: node for node in shown.values() if "Name" in node}
    ubuntu, windows = by_name["bb-ubuntu"], by_name["bb-windows-server"]
    assert (ubuntu["PlatformName"], ubuntu["ComputerName"]) == ("Ubuntu", "bbubuntu")
    assert ubuntu["AgentVersion"] == windows["AgentVersion"] == "3.2.815.0"
    assert windows["PlatformName"].startswith("Microsoft Windows Server 2022")
    assert windows["ComputerName"].startswith("WIN-85KULES")
    assert by_name["bb-ec2-al2023"]["InstanceId"] == "i-0238e4ae9600e8fdd"
    assert by_name["bb-ec2-al2023"]["ComputerName"].startswith("ip-10-0-4-1")


def test_it_has_what_a_list_should_be_able_to_show(fleet):
    shown = list(nodes(fleet.client()).values())
    assert {node["PlatformType"] for node in shown} == {"Linux", "Windows"}
    assert len({node["PlatformName"] for node in shown}) >= 10
    assert len({node["AgentVersion"] for node in shown}) >= 4
    assert len({node["IamRole"] for node in shown if "IamRole" in node}) == 2
    assert sum("Name" not in node for node in shown) == 2
    computers = Counter(node["ComputerName"] for node in shown)
    assert sorted(computers.values())[-2:] == [1, 2]
    assert {node["SourceType"] for node in shown} == {"AWS::EC2::Instance", "AWS::SSM::ManagedInstance"}


def test_its_activations_are_used_up_or_have_room(fleet):
    shown = activations(fleet.client())
    assert any(activation["RegistrationsCount"] == activation["RegistrationLimit"] for activation in shown)
    assert any(activation["RegistrationsCount"] < activation["RegistrationLimit"] for activation in shown)
    assert any(activation.get("Tags") for activation in shown)
    hybrid = [node for node in nodes(fleet.client()).values() if node["ResourceType"] == "ManagedInstance"]
    assert sum(activation["RegistrationsCount"] for activation in shown) == len(hybrid)
    assert Counter(node["ActivationId"] for node in hybrid) == {
        activation["ActivationId"]: activation["RegistrationsCount"] for activation in shown
    }


def test_a_restart_resumes_the_same_nodes(fresh_emulator):
    emulator = fresh_emulator(nodes=17)
    ssm = emulator.client()
    eventually(lambda: len(all_reported(ssm)) == 17)
    before = nodes(ssm)
    victim = next(node["InstanceId"] for node in before.values() if node.get("Name") == "bb-ubuntu")
    ssm.deregister_managed_instance(InstanceId=victim)

    emulator.kill()
    emulator.start()

    def reported_again():
        after = nodes(ssm)
        return sum(
            after[node]["LastPingDateTime"] > before[node]["LastPingDateTime"] for node in before if node in after
        )

    eventually(lambda: reported_again() == 13)
    assert set(nodes(ssm)) == set(before) - {victim}
    assert len(activations(ssm)) == 9


@pytest.mark.parametrize("attempt", range(3))
def test_a_first_start_cut_short_ends_with_the_same_fleet(fresh_emulator, attempt):
    emulator = fresh_emulator(nodes=17)
    ssm = emulator.client()
    eventually(lambda: len(nodes(ssm)) > attempt * 5)
    emulator.kill()
    emulator.start()
    eventually(lambda: len(all_reported(ssm)) == 17)
    assert len(nodes(ssm)) == 17
    assert len({node["ComputerName"] for node in nodes(ssm).values()}) == 16


def test_a_smaller_fleet_is_the_first_of_it(fresh_emulator):
    emulator = fresh_emulator(nodes=3)
    shown = eventually(lambda: len(all_reported(emulator.client())) == 3 and nodes(emulator.client()))
    assert {node["Name"] for node in shown.values()} == {"bb-ubuntu", "bb-windows-server", "bb-ec2-al2023"}


def test_a_larger_fleet_is_filled_up_with_web_servers(fresh_emulator):
    emulator = fresh_emulator(nodes=200)
    shown = eventually(lambda: len(all_reported(emulator.client())) == 200 and nodes(emulator.client()), 30)
    web = [node for node in shown.values() if node.get("Name") == "web"]
    assert len(web) == 183
    assert {node["ComputerName"] for node in web} == {f"web-{number:04}" for number in range(1, 184)}


def test_zero_is_none(emulator):
    """The emulator that the other tests share: what it lists is theirs."""
    shown = nodes(emulator.client()).values()
    assert not [node for node in shown if node.get("Name") == "bb-ubuntu"]
