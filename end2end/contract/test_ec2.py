"""EC2: DescribeInstances, as far as the node list asks for it."""

import json

import pytest
import requests

from judge import refused

NODE = "i-0238e4ae9600e8fdd"
IMAGE = "ami-0b20f552f63953f0e"


@pytest.fixture(scope="module")
def ec2(emulator):
    return emulator.client("ec2")


def instances(answer):
    return {one["InstanceId"]: one for reservation in answer["Reservations"] for one in reservation["Instances"]}


def test_an_instance_has_an_image(ec2):
    found = instances(ec2.describe_instances(InstanceIds=[NODE]))
    assert list(found) == [NODE]
    assert found[NODE]["ImageId"] == IMAGE
    assert found[NODE]["State"] == {"Code": 16, "Name": "running"}
    assert found[NODE]["Architecture"] == "x86_64"


def test_filters_pass_over_what_is_not_there(ec2):
    by_id = [{"Name": "instance-id", "Values": ["i-0123456789abcdef0", NODE]}]
    assert list(instances(ec2.describe_instances(Filters=by_id, MaxResults=1000))) == [NODE]
    by_image = [{"Name": "image-id", "Values": [IMAGE]}]
    assert list(instances(ec2.describe_instances(Filters=by_image))) == [NODE]
    assert len(instances(ec2.describe_instances())) == 3


def test_what_makes_no_sense_is_refused(ec2):
    with refused(ec2, "DescribeInstances", "InvalidInstanceID.NotFound"):
        ec2.describe_instances(InstanceIds=["i-0123456789abcdef0"])
    with refused(ec2, "DescribeInstances", "InvalidInstanceID.Malformed"):
        ec2.describe_instances(InstanceIds=["mi-0123456789abcdef0"])
    with refused(ec2, "DescribeInstances", "InvalidParameterCombination"):
        ec2.describe_instances(InstanceIds=[NODE], MaxResults=5)
    with refused(ec2, "DescribeInstances", "InvalidParameterValue"):
        ec2.describe_instances(Filters=[{"Name": "colour", "Values": ["red"]}])
    for size in (4, 1001):
        with refused(ec2, "DescribeInstances", "InvalidParameterValue"):
            ec2.describe_instances(MaxResults=size)
    with refused(ec2, "DescribeInstances", "FilterLimitExceeded"):
        ec2.describe_instances(Filters=[{"Name": "instance-id", "Values": [f"i-{n:017x}" for n in range(201)]}])
    with refused(ec2, "DescribeInstances", "InvalidParameterValue"):
        ec2.describe_instances(NextToken="somebody else's")


def test_nobody_is_refused(emulator):
    form = {"Action": "DescribeInstances", "Version": "2016-11-15"}
    answer = requests.post(emulator.endpoint, data=form, timeout=5)
    assert answer.status_code == 400
    assert "<Code>MissingParameter</Code>" in answer.text


def test_the_command_line_reads_it(emulator):
    finished = emulator.aws("ec2", "describe-instances", "--instance-ids", NODE)
    assert finished.returncode == 0, finished.stderr
    told = json.loads(finished.stdout)
    assert told["Reservations"][0]["Instances"][0]["ImageId"] == IMAGE
