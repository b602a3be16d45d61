"""One process of the program under test, and AWS's clients of it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import boto3
import requests
from botocore.config import Config

from judge import judge_answers

REGION = "ap-northeast-1"
ACCOUNT = "123456789012"
CREDENTIALS = {
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "region_name": REGION,
}
START_LIMIT_SECONDS = 30


def command():
    """The command line that starts the emulator, from SEKISHO_BIN: the built program."""
    program = os.environ.get("SEKISHO_BIN")
    if not program:
        raise RuntimeError("set SEKISHO_BIN to the sekisho program")
    return [program, "emulator"]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Emulator:
    """A running emulator with a data folder of its own."""

    def __init__(self, data_dir: Path, nodes: int = 0):
        self.data_dir = data_dir
        self.nodes = nodes
        self.port = free_port()
        self.process = None

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.data_dir.mkdir(parents=True, exist_ok=True)
        environment = os.environ | {
            "SEKISHO_EMBEDDED_LISTEN": f"127.0.0.1:{self.port}",
            "SEKISHO_DATA_DIR": str(self.data_dir),
            "SEKISHO_EMBEDDED_NODES": str(self.nodes),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command(), env=environment, stdout=log, stderr=log)
        self._wait_until_healthy()
        return self

    @property
    def blobs(self):
        """The names of the files that hold what is stored in S3 and with packages."""
        (folder,) = self.data_dir.rglob("blobs")
        return {path.name for path in folder.iterdir()}

    @property
    def log(self):
        return self.data_dir.parent / f"{self.data_dir.name}.log"

    def _wait_until_healthy(self):
        def healthy():
            if self.process.poll() is not None:
                raise RuntimeError(f"the emulator ended:\n{self.log.read_text()}")
            try:
                return requests.get(f"{self.endpoint}/health", timeout=1).status_code == 200
            except (requests.ConnectionError, requests.Timeout):
                # It has its port before it can answer.
                return False

        eventually(healthy, START_LIMIT_SECONDS)

    def kill(self):
        """Ends the process without a warning. What it wrote the system still has, unlike after a power cut."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Asks the process to end, and tells how it did."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def client(self, service="ssm", parameter_validation=True):
        """A boto3 client whose every answer is held against AWS's service model."""
        config = Config(
            parameter_validation=parameter_validation,
            retries={"total_max_attempts": 1},
            connect_timeout=5,
            read_timeout=20,
            signature_version="s3v4" if service == "s3" else None,
        )
        client = boto3.client(service, endpoint_url=self.endpoint, config=config, **CREDENTIALS)
        judge_answers(client)
        return client

    def aws(self, *arguments):
        """Runs the AWS command line, and hands back the finished process."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.data_dir),
            "AWS_ACCESS_KEY_ID": CREDENTIALS["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": CREDENTIALS["aws_secret_access_key"],
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
            "LANG": "C.UTF-8",
        }
        return subprocess.run(
            # Not by the name of its script, whose first line cannot name a folder with spaces.
            [sys.executable, "-m", "awscli", "--endpoint-url", self.endpoint, "--output", "json", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )


def eventually(condition, limit_seconds=10):
    """Asks again and again until `condition` holds, and gives what it answered."""
    deadline = time.monotonic() + limit_seconds
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"did not come true within {limit_seconds} s"
        time.sleep(0.05)
