"""DescribeInstanceInformation, DescribeInstanceProperties, UpdateManagedInstanceRole, DeregisterManagedInstance."""

import pytest

from agent import Machine, operator_auth
from conftest import ROLE, describe, properties
from judge import refused

UNKNOWN_NODE = "mi-00000000000000000"


@pytest.fixture(scope="module")
def fleet(emulator, ssm, shared_key):
    """Seven nodes of one activation: two with Windows, three agent versions, one tagged, one EC2 instance beside."""
    created = ssm.create_activation(IamRole=ROLE, RegistrationLimit=10, DefaultInstanceName="fleet")
    nodes = []
    for number in range(7):
        machine = Machine(emulator.endpoint, shared_key).register(created)
        windows = number < 2
        machine.report(
            PlatformType="Windows" if windows else "Linux",
            PlatformName="Microsoft Windows Server 2022 Standard" if windows else "Ubuntu",
            AgentVersion=["3.2.815.0", "3.3.987.0", "3.10.1.0"][number % 3],
            ComputerName=f"fleet-{number}",
        )
        nodes.append(machine.instance_id)
    ssm.add_tags_to_resource(
        ResourceType="ManagedInstance", ResourceId=nodes[6], Tags=[{"Key": "Rack", "Value": "7"}]
    )
    return created["ActivationId"], nodes


def information(ssm, filters, **request):
    pages = ssm.get_paginator("describe_instance_information").paginate(
        Filters=[{"Key": key, "Values": values} for key, values in filters], **request
    )
    return [node["InstanceId"] for page in pages for node in page["InstanceInformationList"]]


def found(ssm, filters, **request):
    with_operator = [
        {"Key": key, "Values": values, "Operator": operator} for key, operator, values in filters
    ]
    pages = ssm.get_paginator("describe_instance_properties").paginate(
        FiltersWithOperator=with_operator, **request
    )
    return [node["InstanceId"] for page in pages for node in page["InstanceProperties"]]


# DescribeInstanceInformation


def test_information_of_a_node(ssm, fleet):
    activation_id, nodes = fleet
    filters = [{"Key": "InstanceIds", "Values": [nodes[0]]}]
    (shown,) = ssm.describe_instance_information(Filters=filters)["InstanceInformationList"]
    expected = {
        "InstanceId": nodes[0],
        "ActivationId": activation_id,
        "IamRole": ROLE,
        "Name": "fleet",
        "PingStatus": "Online",
        "PlatformType": "Windows",
        "PlatformName": "Microsoft Windows Server 2022 Standard",
        "ComputerName": "fleet-0",
        "IPAddress": "192.0.2.10",
        "AgentVersion": "3.2.815.0",
        "ResourceType": "ManagedInstance",
        "SourceType": "AWS::SSM::ManagedInstance",
        "SourceId": nodes[0],
    }
    assert {name: shown.get(name) for name in expected} == expected
    assert {"LastPingDateTime", "RegistrationDate", "IsLatestVersion"} <= set(shown)


def test_information_pages_hold_every_node_once(ssm, fleet):
    activation_id, nodes = fleet
    by_activation = [("ActivationIds", [activation_id])]
    paged = information(ssm, by_activation, PaginationConfig={"PageSize": 5})
    assert len(paged) == 7 and set(paged) == set(nodes)


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("PingStatus", ["Online"], range(7)),
        ("PingStatus", ["ConnectionLost"], []),
        ("PlatformTypes", ["Windows"], [0, 1]),
        ("PlatformTypes", ["Windows", "Linux"], range(7)),
        ("AgentVersion", ["3.3.987.0"], [1, 4]),
        ("IamRole", [ROLE], range(7)),
        ("ResourceType", ["ManagedInstance"], range(7)),
        ("ResourceType", ["EC2Instance"], []),
        ("SourceTypes", ["AWS::SSM::ManagedInstance"], range(7)),
    ],
)
def test_information_is_filtered(ssm, fleet, key, values, expected):
    activation_id, nodes = fleet
    shown = information(ssm, [("ActivationIds", [activation_id]), (key, values)])
    assert sorted(shown) == sorted(nodes[number] for number in expected)


def test_information_is_filtered_by_the_older_kind_of_filter(ssm, fleet):
    activation_id, nodes = fleet
    filters = [
        {"key": "ActivationIds", "valueSet": [activation_id]},
        {"key": "PlatformTypes", "valueSet": ["Windows"]},
    ]
    shown = ssm.describe_instance_information(InstanceInformationFilterList=filters)
    assert sorted(node["InstanceId"] for node in shown["InstanceInformationList"]) == sorted(nodes[:2])


@pytest.mark.parametrize("tag_filter", [("tag:Rack", ["7"]), ("tag-key", ["Rack"])])
def test_information_is_filtered_by_tag(ssm, fleet, tag_filter):
    _, nodes = fleet
    assert information(ssm, [tag_filter]) == [nodes[6]]


def test_tag_filters_stand_alone(ssm, fleet):
    activation_id, _ = fleet
    with refused(ssm, "DescribeInstanceInformation", "InvalidFilterKey"):
        information(ssm, [("tag:Rack", ["7"]), ("ActivationIds", [activation_id])])


@pytest.mark.parametrize("size", [4, 51])
def test_an_information_page_holds_five_to_fifty(ssm_unchecked, size):
    message = f"Value '{size}' at 'maxResults'"
    with refused(ssm_unchecked, "DescribeInstanceInformation", "ValidationException", message):
        ssm_unchecked.describe_instance_information(MaxResults=size)


def test_information_filters_are_checked(ssm, fleet):
    operation = "DescribeInstanceInformation"
    with refused(ssm, operation, "InvalidFilterKey"):
        ssm.describe_instance_information(Filters=[{"Key": "Colour", "Values": ["red"]}])
    with refused(ssm, operation, "InvalidInstanceInformationFilterValue"):
        ssm.describe_instance_information(Filters=[{"Key": "PingStatus", "Values": ["Asleep"]}])
    with refused(ssm, operation, "InvalidInstanceId"):
        ssm.describe_instance_information(Filters=[{"Key": "InstanceIds", "Values": ["server-1"]}])
    with refused(ssm, operation, "InvalidNextToken"):
        ssm.describe_instance_information(NextToken="no token of ours")


# DescribeInstanceProperties


def test_properties_pages_hold_every_node_once(ssm, fleet):
    activation_id, nodes = fleet
    paged = found(ssm, [("ActivationIds", "Equal", [activation_id])], PaginationConfig={"PageSize": 5})
    assert len(paged) == 7 and set(paged) == set(nodes)


@pytest.mark.parametrize(
    ("key", "operator", "values", "expected"),
    [
        ("PlatformTypes", "Equal", ["Windows"], [0, 1]),
        ("PlatformTypes", "NotEqual", ["Windows"], range(2, 7)),
        ("AgentVersion", "BeginWith", ["3.3."], [1, 4]),
        ("AgentVersion", "LessThan", ["3.3.987.0"], [0, 3, 6]),
        ("AgentVersion", "GreaterThan", ["3.3.987.0"], [2, 5]),
        ("PingStatus", "Equal", ["Online"], range(7)),
        ("tag:Rack", "Equal", ["7"], [6]),
        ("tag-key", "Equal", ["Rack"], [6]),
    ],
)
def test_properties_are_filtered_with_operators(ssm, fleet, key, operator, values, expected):
    activation_id, nodes = fleet
    filters = [(key, operator, values)]
    if not key.startswith("tag"):
        filters.append(("ActivationIds", "Equal", [activation_id]))
    assert sorted(found(ssm, filters)) == sorted(nodes[number] for number in expected)


def test_an_ec2_instance_shows_what_ec2_knows(emulator, ssm):
    instance = Machine(emulator.endpoint)
    instance.instance_id = "i-0238e4ae9600e8fdd"
    instance.report(auth=operator_auth(), AvailabilityZone="ap-northeast-1a")
    shown = properties(ssm, instance.instance_id)
    assert shown["Name"] == "bb-ec2-al2023"
    assert shown["InstanceState"] == "running"
    assert {"InstanceType", "Architecture", "LaunchTime", "AvailabilityZone"} <= set(shown)


@pytest.mark.parametrize("size", [4, 1001])
def test_a_properties_page_holds_five_to_a_thousand(ssm_unchecked, size):
    message = f"Value '{size}' at 'maxResults'"
    with refused(ssm_unchecked, "DescribeInstanceProperties", "ValidationException", message):
        ssm_unchecked.describe_instance_properties(MaxResults=size)


def test_properties_filters_are_checked(ssm, ssm_unchecked):
    operation = "DescribeInstanceProperties"
    with refused(ssm, operation, "InvalidFilterKey"):
        found(ssm, [("Colour", "Equal", ["red"])])
    with refused(ssm, operation, "InvalidInstancePropertyFilterValue"):
        found(ssm, [("PingStatus", "Equal", ["Asleep"])])
    with refused(ssm, operation, "InvalidInstanceId"):
        found(ssm, [("InstanceIds", "Equal", ["server-1"])])
    with refused(ssm, operation, "InvalidActivationId"):
        found(ssm, [("ActivationIds", "Equal", ["nonsense"])])
    with refused(ssm, operation, "InvalidDocument"):
        found(ssm, [("DocumentName", "Equal", ["NoSuchDocument"])])
    with refused(ssm_unchecked, operation, "ValidationException", "length less than or equal to 40"):
        found(ssm_unchecked, [("AgentVersion", "Equal", ["3.3.987.0"] * 41)])
    with refused(ssm_unchecked, operation, "ValidationException", "enum value set"):
        found(ssm_unchecked, [("PingStatus", "Roughly", ["Online"])])
    with refused(ssm, operation, "InvalidNextToken"):
        ssm.describe_instance_properties(NextToken="no token of ours")


@pytest.mark.parametrize(
    ("member", "one"),
    [
        ("InstancePropertyFilterList", {"key": "PingStatus", "valueSet": ["Online"]}),
        ("FiltersWithOperator", {"Key": "PingStatus", "Values": ["Online"], "Operator": "Equal"}),
    ],
)
def test_there_are_one_to_forty_properties_filters(ssm_unchecked, member, one):
    operation, describe = "DescribeInstanceProperties", ssm_unchecked.describe_instance_properties
    with refused(ssm_unchecked, operation, "ValidationException", "length greater than or equal to 1"):
        describe(**{member: []})
    with refused(ssm_unchecked, operation, "ValidationException", "length less than or equal to 40"):
        describe(**{member: [one] * 41})
    assert describe(**{member: [one] * 40})["InstanceProperties"] is not None


def test_a_token_is_good_only_for_its_own_filters(ssm, fleet):
    activation_id, _ = fleet
    filters = [{"key": "ActivationIds", "valueSet": [activation_id]}]
    first = ssm.describe_instance_properties(InstancePropertyFilterList=filters, MaxResults=5)
    with refused(ssm, "DescribeInstanceProperties", "InvalidNextToken"):
        ssm.describe_instance_properties(NextToken=first["NextToken"], MaxResults=5)


# UpdateManagedInstanceRole


def test_a_node_gets_another_role(ssm, node):
    machine = node()
    ssm.update_managed_instance_role(InstanceId=machine.instance_id, IamRole="SSMServerRoleWithoutPolicy")
    assert properties(ssm, machine.instance_id)["IamRole"] == "SSMServerRoleWithoutPolicy"


def test_a_new_role_is_checked_as_at_creation(ssm, node):
    machine = node()
    operation = "UpdateManagedInstanceRole"
    with refused(ssm, operation, "ValidationException", "Not existing role: "):
        ssm.update_managed_instance_role(InstanceId=machine.instance_id, IamRole="NoSuchRole")
    with refused(ssm, operation, "InvalidInstanceId"):
        ssm.update_managed_instance_role(InstanceId=UNKNOWN_NODE, IamRole=ROLE)
    assert properties(ssm, machine.instance_id)["IamRole"] == ROLE


def test_a_new_roles_name_has_at_most_64_characters(ssm_unchecked, node):
    message = "at 'iamRole' failed to satisfy constraint: Member must have length less than or equal to 64"
    with refused(ssm_unchecked, "UpdateManagedInstanceRole", "ValidationException", message):
        ssm_unchecked.update_managed_instance_role(InstanceId=node().instance_id, IamRole="r" * 65)


# DeregisterManagedInstance


def test_a_deregistered_node_is_gone_and_frees_no_place(ssm, activation, emulator, shared_key):
    created = activation(RegistrationLimit=2)
    machine = Machine(emulator.endpoint, shared_key).register(created).report()
    ssm.deregister_managed_instance(InstanceId=machine.instance_id)
    assert properties(ssm, machine.instance_id) is None
    assert describe(ssm, created)["RegistrationsCount"] == 1
    with refused(ssm, "DeregisterManagedInstance", "InvalidInstanceId"):
        ssm.deregister_managed_instance(InstanceId=machine.instance_id)


@pytest.mark.parametrize("operation", ["DeregisterManagedInstance", "UpdateManagedInstanceRole"])
def test_an_ec2_instance_is_no_hybrid_node(ssm_unchecked, operation):
    request = {"InstanceId": "i-0238e4ae9600e8fdd"}
    if operation == "UpdateManagedInstanceRole":
        request["IamRole"] = ROLE
    method = {
        "DeregisterManagedInstance": ssm_unchecked.deregister_managed_instance,
        "UpdateManagedInstanceRole": ssm_unchecked.update_managed_instance_role,
    }[operation]
    message = "Value 'i-0238e4ae9600e8fdd' at 'instanceId' failed to satisfy constraint: "
    with refused(ssm_unchecked, operation, "ValidationException", message):
        method(**request)
