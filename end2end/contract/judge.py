"""AWS's published service model as the judge: of answers, member by member, and of refusals."""

import json
from contextlib import contextmanager

import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

# Errors that any operation may answer with; AWS documents them outside of the service models.
COMMON_ERRORS = {
    "AccessDeniedException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidAction",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "SerializationException",
    "UnknownOperationException",
    "UnrecognizedClientException",
    "ValidationError",
    "ValidationException",
}

# S3's model names hardly any of its errors; these are of its error reference, with their statuses.
S3_ERRORS = {
    "AccessDenied": 403,
    "AuthorizationHeaderMalformed": 400,
    "AuthorizationQueryParametersError": 400,
    "BadDigest": 400,
    "BucketAlreadyOwnedByYou": 409,
    "BucketNotEmpty": 409,
    "EntityTooSmall": 400,
    "IllegalLocationConstraintException": 400,
    "InvalidArgument": 400,
    "InvalidBucketName": 400,
    "InvalidDigest": 400,
    "InvalidPart": 400,
    "InvalidPartOrder": 400,
    "InvalidRange": 416,
    "InvalidRequest": 400,
    "KeyTooLongError": 400,
    "MalformedXML": 400,
    "MetadataTooLarge": 400,
    "NoSuchBucket": 404,
    "NoSuchKey": 404,
    "NoSuchUpload": 404,
    "NotImplemented": 501,
    "PreconditionFailed": 412,
    "XAmzContentSHA256Mismatch": 400,
}

# EC2's model names none of its errors; these are of its error reference.
EC2_ERRORS = {
    "FilterLimitExceeded",
    "InvalidInstanceID.Malformed",
    "InvalidInstanceID.NotFound",
    "InvalidParameterCombination",
    "InvalidParameterValue",
}

# Errors that the model does not name for the operation and AWS answers with, and their statuses: a permissions boundary
# that does not exist.
UNMODELLED_ERRORS = {("CreateRole", "NoSuchEntity"): 404}

# Members of which the model is not to be believed: it says that an activation has at least one registration, and a
# new one has none; boto3 itself decodes the policy document, which the model has as text.
EXCEPTIONS = ("RegistrationsCount", "AssumeRolePolicyDocument")


def judge_answers(client):
    """Makes `client` fail on an answer that the service model does not allow."""
    client.meta.events.register("after-call", _judge_answer)


def _judge_answer(http_response, parsed, model, **_):
    if http_response.status_code != 200:
        return
    request_id = http_response.headers.get("x-amzn-RequestId")
    assert request_id, f"{model.name} was answered without a request id"
    if model.output_shape is None:
        return
    answer = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
    report = ParamValidator().validate(answer, model.output_shape)
    problems = [line for line in report.generate_report().splitlines() if not _is_exception(line)]
    assert not problems, f"{model.name}: {problems}"
    if model.service_model.protocol == "json":
        _judge_members(json.loads(http_response.content), model.output_shape, model.name)


def _is_exception(line):
    return any(member in line for member in EXCEPTIONS)


def _judge_members(value, shape, path):
    """The parser drops members that it does not know: here they are mistakes. So is null."""
    if shape.type_name == "structure":
        unknown = set(value) - set(shape.members)
        assert not unknown, f"{path} has members that the model has not: {unknown}"
        for name, member in value.items():
            assert member is not None, f"{path}.{name} is null; absent members are left out"
            _judge_members(member, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list":
        for member in value:
            _judge_members(member, shape.member, f"{path}[]")
    elif shape.type_name == "string" and getattr(shape, "enum", None):
        assert value in shape.enum, f"{path} is {value!r}, which is none of {shape.enum}"


@contextmanager
def refused(client, operation, code, containing="", status=400):
    """Expects a refusal with a code that the model of `operation` knows, and yields the message."""
    model = client.meta.service_model.operation_model(operation)
    modelled = {shape.metadata.get("error", {}).get("code", shape.name): shape for shape in model.error_shapes}
    if model.service_model.service_name == "s3" and code in S3_ERRORS:
        status = S3_ERRORS[code]
    elif model.service_model.service_name == "ec2":
        assert code in EC2_ERRORS, f"EC2 has no error {code}"
    elif (operation, code) in UNMODELLED_ERRORS:
        status = UNMODELLED_ERRORS[operation, code]
    else:
        assert code in COMMON_ERRORS | set(modelled), f"{operation} has no error {code}"
    if code in modelled and "error" in modelled[code].metadata:
        status = modelled[code].metadata.get("error", {}).get("httpStatusCode", status)
    with pytest.raises(ClientError) as caught:
        yield caught
    answer = caught.value.response
    assert answer["Error"]["Code"] == code, answer["Error"]
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == status
    assert answer["ResponseMetadata"]["RequestId"]
    assert containing in answer["Error"].get("Message", ""), answer["Error"]
