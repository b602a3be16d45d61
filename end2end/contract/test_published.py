"""What the console publishes, as AWS's command line and everybody's unzip read it."""

import hashlib
import json
import os
import subprocess
import zipfile

import pytest
import requests

from emulator import CREDENTIALS, REGION, eventually, free_port

PASSWORD = "contract tests' password"


def program(*arguments, **environment):
    """A finished run of the program under test."""
    command = [os.environ["SEKISHO_BIN"], *arguments]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, timeout=60)


@pytest.fixture
def console(emulator, tmp_path):
    """A console that publishes to the emulator; gives its address."""
    address = f"127.0.0.1:{free_port()}"
    environment = os.environ | {
        "SEKISHO_LISTEN": address,
        "SEKISHO_DATA_DIR": str(tmp_path / "console"),
        "SEKISHO_ADMIN_PASSWORD": PASSWORD,
        "SEKISHO_BACKEND": "aws",
        "AWS_ENDPOINT_URL": emulator.endpoint,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": CREDENTIALS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": CREDENTIALS["aws_secret_access_key"],
    }
    log = tmp_path / "console.log"
    with log.open("wb") as output:
        command = [os.environ["SEKISHO_BIN"], "serve"]
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)

    def ready():
        assert process.poll() is None, log.read_text()
        try:
            return requests.get(f"http://{address}/readyz", timeout=1).ok
        except requests.ConnectionError:
            return False

    eventually(ready, 30)
    yield f"http://{address}"
    process.terminate()
    assert process.wait(timeout=20) == 0


@pytest.fixture
def token(console):
    """An access token of the console's admin."""
    browser = requests.Session()
    browser.headers["origin"] = console
    browser.post(f"{console}/login", {"username": "admin", "password": PASSWORD}, timeout=10).raise_for_status()
    form = {"submission": "0b2f6a3e-6d0c-4a53-9f0e-0d5e5b0c7a11", "name": "contract", "names": "", "days": "1"}
    page = browser.post(f"{console}/tokens", form, timeout=10).text
    start = page.index("sekisho_")
    return page[start : start + len("sekisho_") + 64]


@pytest.fixture
def deb(tmp_path):
    """A Debian package, by dpkg-deb."""
    control = tmp_path / "tree" / "DEBIAN" / "control"
    control.parent.mkdir(parents=True)
    lines = ("Package: tool", "Version: 1.0-1", "Architecture: amd64", "Maintainer: A <a@example.com>", "Description: x")
    control.write_text("\n".join(lines) + "\n")
    file = tmp_path / "tool_1.0-1_amd64.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", tmp_path / "tree", file], check=True, capture_output=True)
    return file


def test_get_document_reads_what_was_published(emulator, console, token, deb, bucket, unique, tmp_path):
    run = program(
        *("publish", "--server", console, "--name", unique, "--version-name", "1.0", "--file", str(deb)),
        *("--bucket", bucket, "--output", "json"),
        SEKISHO_TOKEN=token,
    )
    assert run.returncode == 0, run.stderr
    published = json.loads(run.stdout)

    got = emulator.aws("ssm", "get-document", "--name", unique, "--document-version", published["document_version"])
    assert got.returncode == 0, got.stderr
    document = json.loads(got.stdout)
    manifest = json.loads(document["Content"])
    (attachment,) = document["AttachmentsContent"]
    body = requests.get(attachment["Url"], timeout=5).content
    sums = {
        hashlib.sha256(body).hexdigest(),
        attachment["Hash"],
        manifest["files"][attachment["Name"]]["checksums"]["sha256"],
        published["files"][0]["zip_sha256"],
    }
    assert len(sums) == 1
    assert (document["VersionName"], manifest["version"], attachment["Size"]) == ("1.0", "1.0", len(body))

    file = tmp_path / attachment["Name"]
    file.write_bytes(body)
    tested = subprocess.run(["unzip", "-t", file], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stdout
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["install.sh", deb.name, "uninstall.sh"]
        assert archive.read(deb.name) == deb.read_bytes()
        assert published["files"][0]["sha256"] == hashlib.sha256(deb.read_bytes()).hexdigest()
