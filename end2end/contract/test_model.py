"""The operations' own members against AWS's service model: which it requires, and where its limits are."""

import re

import botocore.session
import pytest
from botocore import xform_name

from judge import refused
from test_wire import SIGNED_OPERATIONS, refusal_of

MODEL = botocore.session.get_session().get_service_model("ssm")
# The agent's operations are in no model.
OPERATIONS = [name for name in SIGNED_OPERATIONS if name in MODEL.operation_names]

# What satisfies the patterns of required members.
SAMPLES = {
    "ActivationId": "00000000-0000-4000-8000-000000000000",
    "DocumentARN": "NoSuchDocument",
    "DocumentName": "NoSuchDocument",
    "DocumentVersionNumber": "1",
    "ManagedInstanceId": "mi-00000000000000000",
}


def input_of(operation):
    return MODEL.operation_model(operation).input_shape


def valid(shape):
    """A value that the model admits."""
    if shape.name in SAMPLES:
        return SAMPLES[shape.name]
    if shape.type_name == "structure":
        return {name: valid(shape.members[name]) for name in shape.required_members}
    if "enum" in shape.metadata:
        return shape.metadata["enum"][0]
    return of_length(shape, max(shape.metadata.get("min", 1), 1))


def of_length(shape, length):
    return [valid(shape.member)] * length if shape.type_name == "list" else "x" * length


def beyond(shape):
    """Values just outside of what the model admits, each with the rule that it breaks, in AWS's words."""
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if shape.type_name == "integer":
        if least is not None:
            yield least - 1, f"Member must have value greater than or equal to {least}"
        if most is not None:
            yield most + 1, f"Member must have value less than or equal to {most}"
    else:
        if least:
            yield of_length(shape, least - 1), f"Member must have length greater than or equal to {least}"
        if most is not None:
            yield of_length(shape, most + 1), f"Member must have length less than or equal to {most}"
    if "pattern" in shape.metadata:
        yield "\x01", f"Member must satisfy regular expression pattern: {shape.metadata['pattern']}"


def violation(name, rule):
    return f"at '{name[0].lower()}{name[1:]}' failed to satisfy constraint: {rule}"


def required_members():
    return [(operation, name) for operation in OPERATIONS for name in input_of(operation).required_members]


def limited_members():
    for operation in OPERATIONS:
        for name, shape in input_of(operation).members.items():
            for value, rule in beyond(shape):
                words = rule.removeprefix("Member must ").split(":")[0]
                yield pytest.param(operation, name, value, rule, id=f"{operation}-{name}-{words}")


def enums():
    for operation in OPERATIONS:
        for name, shape in input_of(operation).members.items():
            if "enum" in shape.metadata:
                yield pytest.param(operation, name, shape.metadata["enum"], id=f"{operation}-{name}")


def is_refused(client, operation, request, words):
    """Sends a request and gives the refusal's message, which must have these words in it."""
    with refused(client, operation, "ValidationException", words) as caught:
        getattr(client, xform_name(operation))(**request)
    return caught.value.response["Error"]["Message"]


def test_every_offered_operation_is_among_them(emulator):
    # Unsigned: an operation that is there asks for the signature and does nothing.
    unknown = "UnknownOperationException"
    offered = [name for name in MODEL.operation_names if refusal_of(emulator.endpoint, name, {}).code != unknown]
    assert sorted(offered) == sorted(OPERATIONS)


@pytest.mark.parametrize(("operation", "name"), required_members())
def test_what_is_required_cannot_be_left_out(ssm_unchecked, operation, name):
    request = valid(input_of(operation))
    del request[name]
    words = f"Value null {violation(name, 'Member must not be null')}"
    message = is_refused(ssm_unchecked, operation, request, words)
    assert message.startswith("1 validation error detected: ")


@pytest.mark.parametrize(("operation", "name", "value", "rule"), [*limited_members()])
def test_what_is_beyond_a_limit_is_refused(ssm_unchecked, operation, name, value, rule):
    request = valid(input_of(operation)) | {name: value}
    is_refused(ssm_unchecked, operation, request, violation(name, rule))


@pytest.mark.parametrize(("operation", "name", "values"), [*enums()])
def test_an_enum_has_the_models_values(ssm_unchecked, operation, name, values):
    request = valid(input_of(operation)) | {name: "NoSuchValue"}
    words = violation(name, "Member must satisfy enum value set: [")
    message = is_refused(ssm_unchecked, operation, request, words)
    told = re.search(r"enum value set: \[(.*?)\]", message)[1].split(", ")
    assert sorted(told) == sorted(values)
