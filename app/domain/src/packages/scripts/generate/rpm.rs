//! RPMs: dnf, yum or zypper, whichever the node has, for the sake of dependencies, or else rpm.

use super::{sh, with_ending};
use crate::packages::software::Software;
use crate::registration::posix_quote;

/// What the agent has compared already: the checksum of the zip.
const UNSIGNED: &str = "    # The file has no signature. The agent has compared the checksum of the zip.\n";

const SIGNED: &str =
    "    # zypper takes the file only if the node knows the key that signed it (rpm --import).\n";

pub fn install(software: &Software, file_name: &str) -> String {
    let version = software.full_version();
    let begin = sh(&format!("Installs {} {version}.", software.name));
    // rpm finds a package by name, version, release and architecture; the epoch is not part of that.
    let release = software.release.as_deref().unwrap_or_default();
    let package =
        format!("{}-{}-{release}.{}", software.name, software.version, software.native_architecture);
    let package = posix_quote(&package);
    let file = posix_quote(&format!("./{file_name}"));
    let link = with_ending(file_name, ".rpm");
    let (comment, option) = if software.signed { (SIGNED, "") } else { (UNSIGNED, " --allow-unsigned-rpm") };
    format!(
        r#"{begin}
package={package}
file={file}

if rpm --query --quiet "$package"; then
    echo "$package is already installed."
    exit 0
fi

{link}if command -v dnf >/dev/null; then
    dnf --assumeyes install "$file"
elif command -v yum >/dev/null; then
    yum --assumeyes install "$file"
elif command -v zypper >/dev/null; then
{comment}    code=0
    ZYPP_LOCK_TIMEOUT=300 zypper --non-interactive install{option} "$file" || code=$?
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
"#
    )
}

pub fn uninstall(software: &Software) -> String {
    let begin = sh(&format!("Removes {}, whatever version is installed.", software.name));
    let package = posix_quote(&format!("{}.{}", software.name, software.native_architecture));
    format!(
        r#"{begin}
package={package}

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
"#
    )
}
