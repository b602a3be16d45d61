"""Fixtures: a fresh emulator, AWS's clients of it, and builders of what tests begin with."""

import uuid

import pytest

from agent import Machine, new_key
from emulator import REGION, Emulator
from packages import Publisher

ROLE = "BB_Hybrid_Activation"


@pytest.fixture(scope="session")
def emulator(tmp_path_factory):
    """The emulator that most tests share, without simulated nodes."""
    running = Emulator(tmp_path_factory.mktemp("shared") / "data").start()
    yield running
    running.kill()


@pytest.fixture
def fresh_emulator(tmp_path):
    """Starts emulators of the test's own: `fresh_emulator(nodes=17)`."""
    started = []

    def start(nodes=0):
        running = Emulator(tmp_path / f"data-{len(started)}", nodes)
        started.append(running)
        return running.start()

    yield start
    for running in started:
        running.kill()


@pytest.fixture(scope="session")
def ssm(emulator):
    return emulator.client("ssm")


@pytest.fixture(scope="session")
def ssm_unchecked(emulator):
    """A client that sends what its caller says: the server must check for itself."""
    return emulator.client("ssm", parameter_validation=False)


@pytest.fixture(scope="session")
def iam(emulator):
    return emulator.client("iam")


@pytest.fixture(scope="session")
def s3(emulator):
    return emulator.client("s3")


@pytest.fixture
def bucket(s3, unique):
    """A bucket of the test's own."""
    s3.create_bucket(Bucket=unique, CreateBucketConfiguration={"LocationConstraint": REGION})
    return unique


@pytest.fixture
def publisher(ssm, s3, bucket):
    return Publisher(ssm, s3, bucket)


@pytest.fixture(scope="session")
def shared_key():
    """A key pair for tests that register many machines: making one takes a while."""
    return new_key()


@pytest.fixture
def activation(ssm):
    """Creates activations: `activation(RegistrationLimit=3)`."""

    def create(client=ssm, **parameters):
        created = client.create_activation(**({"IamRole": ROLE} | parameters))
        return {name: created[name] for name in ("ActivationId", "ActivationCode")}

    return create


@pytest.fixture
def node(emulator, activation, shared_key):
    """Registers machines: `node(DefaultInstanceName="web")`, and lets them report unless told otherwise."""

    def register(report=True, reporting=None, **parameters):
        machine = Machine(emulator.endpoint, shared_key).register(activation(**parameters))
        return machine.report(**(reporting or {})) if report else machine

    return register


@pytest.fixture
def unique():
    """A name that no other test uses."""
    return f"test-{uuid.uuid4().hex[:12]}"


def describe(client, activation):
    """The activation as DescribeActivations shows it, or nothing."""
    filters = [{"FilterKey": "ActivationIds", "FilterValues": [activation["ActivationId"]]}]
    found = client.describe_activations(Filters=filters)["ActivationList"]
    assert len(found) <= 1
    return found[0] if found else None


def properties(client, instance_id):
    """The node as DescribeInstanceProperties shows it, or nothing."""
    filters = [{"key": "InstanceIds", "valueSet": [instance_id]}]
    found = client.describe_instance_properties(InstancePropertyFilterList=filters)["InstanceProperties"]
    assert len(found) <= 1
    return found[0] if found else None
