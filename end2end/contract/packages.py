"""Builders of packages, for tests."""

import hashlib
import io
import json
import zipfile

from emulator import eventually

def archive(text):
    """A zip as Distributor wants it, that differs with `text`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("install.sh", f"#!/bin/sh\necho {text}\n")
        file.writestr("uninstall.sh", "#!/bin/sh\nexit 0\n")
    return buffer.getvalue()


def manifest(version, files, targets=None):
    """The manifest of `files`: name to bytes, or to a checksum."""
    packages = targets or {"amazon": {"_any": {"x86_64": next(iter(files))}}}
    sums = {
        name: content if isinstance(content, str) else hashlib.sha256(content).hexdigest()
        for name, content in files.items()
    }
    return json.dumps(
        {
            "schemaVersion": "2.0",
            "version": version,
            "packages": {
                platform: {
                    release: {architecture: {"file": file} for architecture, file in architectures.items()}
                    for release, architectures in releases.items()
                }
                for platform, releases in packages.items()
            },
            "files": {name: {"checksums": {"sha256": sum}} for name, sum in sums.items()},
        }
    )


class Publisher:
    """Puts files into a bucket and makes packages of them."""

    def __init__(self, ssm, s3, bucket):
        self.ssm, self.s3, self.bucket = ssm, s3, bucket

    def put(self, prefix, files):
        for name, content in files.items():
            self.s3.put_object(Bucket=self.bucket, Key=f"{prefix}/{name}", Body=content)

    def source(self, prefix):
        return [{"Key": "SourceUrl", "Values": [f"s3://{self.bucket}/{prefix}"]}]

    def create(self, name, version="1.0", files=None, **parameters):
        """Asks for a package; it is not active yet."""
        files = files or {"tool.zip": archive(f"{name} {version}")}
        prefix = f"{name}/{version}"
        self.put(prefix, files)
        request = {
            "Name": name,
            "Content": manifest(version, files),
            "DocumentType": "Package",
            "VersionName": version,
            "Attachments": self.source(prefix),
        }
        return self.ssm.create_document(**(request | parameters))["DocumentDescription"]

    def publish(self, name, version="1.0", files=None, **parameters):
        """Makes a package and waits until it is active."""
        self.create(name, version, files, **parameters)
        return self.active(name, "1")

    def update(self, name, version, files=None, **parameters):
        files = files or {"tool.zip": archive(f"{name} {version}")}
        prefix = f"{name}/{version}"
        self.put(prefix, files)
        request = {
            "Name": name,
            "Content": manifest(version, files),
            "VersionName": version,
            "Attachments": self.source(prefix),
            "DocumentVersion": "$LATEST",
        }
        return self.ssm.update_document(**(request | parameters))["DocumentDescription"]

    def add(self, name, version, files=None, **parameters):
        """Adds a version and waits until it is active."""
        number = self.update(name, version, files, **parameters)["DocumentVersion"]
        return self.active(name, number)

    def settled(self, name, number):
        """The version once it is neither being created nor updated."""

        def look():
            shown = self.ssm.describe_document(Name=name, DocumentVersion=number)["Document"]
            return shown if shown["Status"] not in ("Creating", "Updating") else None

        return eventually(look)

    def active(self, name, number):
        shown = self.settled(name, number)
        assert shown["Status"] == "Active", shown.get("StatusInformation")
        return shown

    def failure(self, name, number="1"):
        shown = self.settled(name, number)
        assert shown["Status"] == "Failed"
        return shown["StatusInformation"]
