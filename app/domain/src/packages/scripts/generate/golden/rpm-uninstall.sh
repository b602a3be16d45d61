#!/bin/sh
# Removes example-agent, whatever version is installed.
# The SSM Agent runs this with sh, as root, in the folder that holds the package's files.
set -eu

package='example-agent.x86_64'

if ! rpm --query --quiet "$package"; then
    echo "$package is not installed."
    exit 0
fi

if command -v dnf >/dev/null; then
    dnf --assumeyes remove "$package"
elif command -v yum >/dev/null; then
    yum --assumeyes remove "$package"
elif command -v zypper >/dev/null; then
    code=0
    ZYPP_LOCK_TIMEOUT=300 zypper --non-interactive remove "$package" || code=$?
    # From 100 on the code tells what else zypper has noticed.
    if [ "$code" -ne 0 ] && [ "$code" -lt 100 ]; then
        exit "$code"
    fi
else
    rpm --erase "$package"
fi
echo "Removed $package."
exit 0
