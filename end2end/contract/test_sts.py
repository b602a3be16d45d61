"""STS: GetCallerIdentity."""

import re

import requests

from emulator import ACCOUNT


def test_the_caller_is_somebody_of_the_account(emulator):
    identity = emulator.client("sts").get_caller_identity()
    assert identity["Account"] == ACCOUNT
    assert re.fullmatch(rf"arn:aws:(iam|sts)::{ACCOUNT}:(user|assumed-role)/.+", identity["Arn"])
    assert identity["UserId"]


def test_nobody_is_refused(emulator):
    answer = requests.post(
        emulator.endpoint, data={"Action": "GetCallerIdentity", "Version": "2011-06-15"}, timeout=5
    )
    assert answer.status_code == 403
    assert "<Code>MissingAuthenticationToken</Code>" in answer.text
