//! Debian packages: apt-get where it is, for the sake of dependencies, or else dpkg.

use super::{sh, with_ending};
use crate::packages::software::{Architecture, Software};
use crate::registration::posix_quote;

const APT_GET: &str = "\
apt_get() {
    apt-get --yes -o DPkg::Lock::Timeout=300 \\
        -o DPkg::Options::=--force-confdef -o DPkg::Options::=--force-confold \"$@\"
}
";

/// The lists of packages may be old, or missing as on a fresh image.
const WITH_DEPENDENCIES: &str = "    if ! apt_get install \"$file\"; then
        echo 'Trying once more with new lists of packages.'
        apt_get update || echo 'Not all lists of packages could be fetched.' >&2
        apt_get install \"$file\"
    fi
";

const ALONE: &str = "    apt_get install \"$file\"\n";

/// The name by which dpkg and apt-get know the package, also beside one for another architecture.
fn package(software: &Software) -> String {
    let name = &software.name;
    match software.architecture {
        Architecture::Any => posix_quote(name),
        _ => posix_quote(&format!("{name}:{}", software.native_architecture)),
    }
}

pub fn install(software: &Software, file_name: &str) -> String {
    let version = software.full_version();
    let begin = sh(&format!("Installs {} {version}.", software.name));
    let package = package(software);
    let file = posix_quote(&format!("./{file_name}"));
    let link = with_ending(file_name, ".deb");
    let version = posix_quote(&version);
    let apt = if software.dependencies.is_empty() { ALONE } else { WITH_DEPENDENCIES };
    format!(
        r#"{begin}
package={package}
version={version}
file={file}
export DEBIAN_FRONTEND=noninteractive

state="$(dpkg-query --show --showformat='${{Status}} ${{Version}}' "$package" 2>/dev/null || true)"
case "$state" in
*" ok installed $version")
    echo "$package $version is already installed."
    exit 0
    ;;
esac

{link}# Waits for another installation to end, and keeps settings that were changed on the node.
{APT_GET}
if command -v apt-get >/dev/null; then
{apt}else
    dpkg --force-confdef --force-confold --install "$file"
fi
echo "Installed $package $version."
exit 0
"#
    )
}

pub fn uninstall(software: &Software) -> String {
    let begin = sh(&format!("Removes {}, whatever version is installed.", software.name));
    let package = package(software);
    format!(
        r#"{begin}
package={package}
export DEBIAN_FRONTEND=noninteractive

state="$(dpkg-query --show --showformat='${{Status}}' "$package" 2>/dev/null || true)"
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
"#
    )
}
