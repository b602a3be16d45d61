#!/bin/sh
# Removes example-agent, whatever version is installed.
# The SSM Agent runs this with sh, as root, in the folder that holds the package's files.
set -eu

package='example-agent:amd64'
export DEBIAN_FRONTEND=noninteractive

state="$(dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null || true)"
case "$state" in
"" | *" not-installed" | *" config-files")
    echo "$package is not installed."
    exit 0
    ;;
esac

# Settings stay; "purge" instead of "remove" would take them too.
if command -v apt-get >/dev/null; then
    apt-get --yes -o DPkg::Lock::Timeout=300 remove "$package"
else
    dpkg --remove "$package"
fi
echo "Removed $package."
exit 0
