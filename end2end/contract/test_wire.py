"""What holds for every operation: protocol, signature, unknown operations, malformed input."""

import json

import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from agent import CONTENT_TYPE, Refusal, operator_auth, post
from emulator import CREDENTIALS, REGION

SIGNED_OPERATIONS = [
    "CreateActivation",
    "DescribeActivations",
    "DeleteActivation",
    "DescribeInstanceInformation",
    "DescribeInstanceProperties",
    "UpdateManagedInstanceRole",
    "DeregisterManagedInstance",
    "GetServiceSetting",
    "UpdateServiceSetting",
    "ResetServiceSetting",
    "AddTagsToResource",
    "RemoveTagsFromResource",
    "ListTagsForResource",
    "RequestManagedInstanceRoleToken",
    "UpdateManagedInstancePublicKey",
    "UpdateInstanceInformation",
    "ListInstanceAssociations",
    "CreateDocument",
    "UpdateDocument",
    "UpdateDocumentDefaultVersion",
    "ListDocuments",
    "ListDocumentVersions",
    "DescribeDocument",
    "GetDocument",
    "DeleteDocument",
    "ModifyDocumentPermission",
    "DescribeDocumentPermission",
]


def refusal_of(*arguments, **keywords):
    with pytest.raises(Refusal) as caught:
        post(*arguments, **keywords)
    return caught.value


@pytest.mark.parametrize("operation", SIGNED_OPERATIONS)
def test_an_unsigned_request_is_refused(emulator, operation):
    refusal = refusal_of(emulator.endpoint, operation, {})
    assert (refusal.status, refusal.code) == (400, "MissingAuthenticationTokenException")


def test_registering_needs_no_signature(emulator):
    assert refusal_of(emulator.endpoint, "RegisterManagedInstance", {}).code == "ValidationException"


def raw(emulator, headers, body=b"{}", path="/"):
    return requests.post(
        emulator.endpoint + path,
        data=body,
        headers={"Content-Type": CONTENT_TYPE, "X-Amz-Target": "AmazonSSM.DescribeActivations"} | headers,
        timeout=5,
    )


@pytest.mark.parametrize(
    "authorization",
    [
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=AKIA/20261122/ap-northeast-1/ssm/aws4_request",
        "AWS4-HMAC-SHA256 Credential=AKIA, SignedHeaders=host, Signature=00",
    ],
    ids=["nothing in it", "no signature", "no scope"],
)
def test_a_malformed_signature_is_refused(emulator, authorization):
    answer = raw(emulator, {"Authorization": authorization, "X-Amz-Date": "20261122T000000Z"})
    assert answer.status_code == 400
    assert answer.json()["__type"].endswith("IncompleteSignatureException")


def test_a_signature_for_another_service_is_refused(emulator):
    request = AWSRequest(
        "POST",
        f"{emulator.endpoint}/",
        headers={"Content-Type": CONTENT_TYPE, "X-Amz-Target": "AmazonSSM.DescribeActivations"},
        data=b"{}",
    )
    keys = (CREDENTIALS["aws_access_key_id"], CREDENTIALS["aws_secret_access_key"])
    SigV4Auth(Credentials(*keys), "s3", REGION).add_auth(request)
    answer = raw(emulator, dict(request.headers))
    assert answer.status_code == 400
    assert answer.json()["__type"].endswith("InvalidSignatureException")


@pytest.mark.parametrize("operation", ["LaunchRocket", "createActivation", ""])
def test_an_unknown_operation_is_refused(emulator, operation):
    refusal = refusal_of(emulator.endpoint, operation, {}, operator_auth())
    assert (refusal.status, refusal.code) == (400, "UnknownOperationException")


@pytest.mark.parametrize("body", [b"{", b"nonsense", b"[]", b'"text"', b'{"MaxResults": "many"}', b'{"MaxResults": []}'])
def test_what_is_no_input_is_refused(emulator, body):
    refusal = refusal_of(emulator.endpoint, "DescribeActivations", body, operator_auth())
    assert (refusal.status, refusal.code) == (400, "SerializationException")


def test_unknown_members_are_passed_over(emulator):
    assert "ActivationList" in post(
        emulator.endpoint, "DescribeActivations", {"Colour": "red"}, operator_auth()
    )


def test_every_answer_has_a_request_id_of_its_own(emulator):
    answers = [raw(emulator, {}), raw(emulator, {})]
    ids = [answer.headers["x-amzn-RequestId"] for answer in answers]
    assert ids[0] != ids[1]
    assert all(answer.headers["Content-Type"] == CONTENT_TYPE for answer in answers)


@pytest.mark.parametrize(
    ("service", "form", "named"),
    [
        ("iam", "Action=LaunchRocket&Version=2010-05-08", "LaunchRocket for version 2010-05-08"),
        ("iam", "Action=ListRoles&Version=2010-05-07", "ListRoles for version 2010-05-07"),
        ("iam", "Action=ListRoles", "ListRoles for version NO_VERSION_SPECIFIED"),
        ("sts", "Action=GetCallerIdentity", "GetCallerIdentity for version NO_VERSION_SPECIFIED"),
    ],
)
def test_the_query_protocol_refuses_in_xml(emulator, service, form, named):
    request = AWSRequest(
        "POST",
        f"{emulator.endpoint}/",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        data=form,
    )
    keys = (CREDENTIALS["aws_access_key_id"], CREDENTIALS["aws_secret_access_key"])
    SigV4Auth(Credentials(*keys), service, "us-east-1").add_auth(request)
    answer = requests.post(request.url, data=request.data, headers=dict(request.headers), timeout=5)
    assert answer.status_code == 400
    assert answer.text.lstrip().startswith("<") and "<Code>InvalidAction</Code>" in answer.text
    assert f"<Message>Could not find operation {named}</Message>" in answer.text


def test_health_is_asked_without_a_signature(emulator):
    assert requests.get(f"{emulator.endpoint}/health", timeout=5).status_code == 200


def test_a_get_tells_that_this_is_systems_manager(emulator):
    """The check that AWS documents: `curl -L https://ssm.<region>.amazonaws.com`."""
    answer = requests.get(f"{emulator.endpoint}/", timeout=5)
    assert answer.status_code in (400, 404)
    assert "UnknownOperationException" in answer.text


def test_error_bodies_are_what_the_agent_reads(emulator):
    refusal = raw(emulator, {})
    body = json.loads(refusal.text)
    assert isinstance(body["__type"], str)
    assert isinstance(body.get("message", body.get("Message")), str)
