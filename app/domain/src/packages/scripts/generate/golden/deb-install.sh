#!/bin/sh
# Installs example-agent 1:2.4.1-3.
# The SSM Agent runs this with sh, as root, in the folder that holds the package's files.
set -eu

package='example-agent:amd64'
version='1:2.4.1-3'
file='./example-agent_2.4.1-3_amd64.deb'
export DEBIAN_FRONTEND=noninteractive

state="$(dpkg-query --show --showformat='${Status} ${Version}' "$package" 2>/dev/null || true)"
case "$state" in
*" ok installed $version")
    echo "$package $version is already installed."
    exit 0
    ;;
esac

# Waits for another installation to end, and keeps settings that were changed on the node.
apt_get() {
    apt-get --yes -o DPkg::Lock::Timeout=300 \
        -o DPkg::Options::=--force-confdef -o DPkg::Options::=--force-confold "$@"
}

if command -v apt-get >/dev/null; then
    if ! apt_get install "$file"; then
        echo 'Trying once more with new lists of packages.'
        apt_get update || echo 'Not all lists of packages could be fetched.' >&2
        apt_get install "$file"
    fi
else
    dpkg --force-confdef --force-confold --install "$file"
fi
echo "Installed $package $version."
exit 0
