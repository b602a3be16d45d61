"""The agent's side of the wire, of which no AWS SDK has a model."""

import base64
import json
import uuid

import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from emulator import CREDENTIALS, REGION

CONTENT_TYPE = "application/x-amz-json-1.1"


class Refusal(Exception):
    """An answer other than 200."""

    def __init__(self, response):
        body = response.json()
        self.status = response.status_code
        self.code = body["__type"].split("#")[-1]
        self.message = body.get("Message", body.get("message", ""))
        super().__init__(f"{self.status} {self.code}: {self.message}")


class NodeAuth(SigV4Auth):
    """Signature Version 4 with an RSA-PSS signature in place of the HMAC."""

    def __init__(self, instance_id, key):
        super().__init__(Credentials(instance_id, "unused"), "ssm", REGION)
        self.key = key

    def signature(self, string_to_sign, request):
        pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
        return base64.b64encode(self.key.sign(string_to_sign.encode(), pss, hashes.SHA256())).decode()


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_text(key):
    """The public key as the agent sends it: SPKI DER in base64."""
    der = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


def operator_auth():
    return SigV4Auth(
        Credentials(CREDENTIALS["aws_access_key_id"], CREDENTIALS["aws_secret_access_key"]), "ssm", REGION
    )


def post(endpoint, operation, body, auth=None, chunked=False):
    """Sends one AWS JSON 1.1 request and gives the answer's members."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": CONTENT_TYPE, "X-Amz-Target": f"AmazonSSM.{operation}"}
    if auth:
        request = AWSRequest("POST", f"{endpoint}/", headers=headers, data=data)
        auth.add_auth(request)
        headers = dict(request.headers)
    # An iterator as the body makes the HTTP client send it in chunks, without a content length.
    payload = iter([data[:10], data[10:]]) if chunked else data
    response = requests.post(f"{endpoint}/", data=payload, headers=headers, timeout=20)
    if response.status_code != 200:
        raise Refusal(response)
    return response.json()


class Machine:
    """A machine with an agent on it."""

    def __init__(self, endpoint, key=None):
        self.endpoint = endpoint
        self.key = key or new_key()
        self.fingerprint = str(uuid.uuid4())
        self.instance_id = None
        self.auth = None

    def register(self, activation, **overrides):
        body = {
            "ActivationId": activation["ActivationId"],
            "ActivationCode": activation["ActivationCode"],
            "PublicKey": public_text(self.key),
            "PublicKeyType": "Rsa",
            "Fingerprint": self.fingerprint,
        } | overrides
        self.instance_id = post(self.endpoint, "RegisterManagedInstance", body)["InstanceId"]
        return self

    def role_token(self, fingerprint=None, key=None):
        """Asks for the role's credentials, signed with the machine's key."""
        auth = NodeAuth(self.instance_id, key or self.key)
        body = {"Fingerprint": fingerprint or self.fingerprint}
        token = post(self.endpoint, "RequestManagedInstanceRoleToken", body, auth, chunked=True)
        credentials = Credentials(token["AccessKeyId"], token["SecretAccessKey"], token["SessionToken"])
        self.auth = SigV4Auth(credentials, "ssm", REGION)
        return token

    def report(self, auth=None, **overrides):
        """Reports as a started agent does: first briefly, then in full."""
        if not (auth or self.auth):
            self.role_token()
        short = {
            "AgentName": "amazon-ssm-agent",
            "AgentVersion": overrides.get("AgentVersion", "3.3.987.0"),
            "InstanceId": self.instance_id,
            "PlatformType": overrides.get("PlatformType", "Linux"),
        }
        full = short | {
            "AgentStatus": "Active",
            "ComputerName": "db01.example.internal",
            "IPAddress": "192.0.2.10",
            "PlatformName": "Debian GNU/Linux",
            "PlatformVersion": "12",
            "AvailabilityZone": "",
            "AvailabilityZoneId": "",
            "SSMConnectionChannel": "ec2messages",
        } | overrides
        for body in (short, full):
            post(self.endpoint, "UpdateInstanceInformation", body, auth or self.auth)
        return self

    def associations(self, auth=None):
        body = {"InstanceId": self.instance_id, "MaxResults": 20}
        return post(self.endpoint, "ListInstanceAssociations", body, auth or self.auth)
