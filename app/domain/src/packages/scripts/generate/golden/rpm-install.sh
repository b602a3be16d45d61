#!/bin/sh
# Installs example-agent 2.4.1-3.el9.
# The SSM Agent runs this with sh, as root, in the folder that holds the package's files.
set -eu

package='example-agent-2.4.1-3.el9.x86_64'
file='./example-agent-2.4.1-3.el9.x86_64.rpm'

if rpm --query --quiet "$package"; then
    echo "$package is already installed."
    exit 0
fi

if command -v dnf >/dev/null; then
    dnf --assumeyes install "$file"
elif command -v yum >/dev/null; then
    yum --assumeyes install "$file"
elif command -v zypper >/dev/null; then
    # The file has no signature. The agent has compared the checksum of the zip.
    code=0
    ZYPP_LOCK_TIMEOUT=300 zypper --non-interactive install --allow-unsigned-rpm "$file" || code=$?
    # From 100 on the code tells what else zypper has noticed.
    if [ "$code" -ne 0 ] && [ "$code" -lt 100 ]; then
        exit "$code"
    fi
else
    rpm --upgrade "$file"
fi

# A package manager that leaves a newer version in place calls that success.
if ! rpm --query --quiet "$package"; then
    echo "$package is not installed. Is there another version of it?" >&2
    exit 1
fi
echo "Installed $package."
exit 0
