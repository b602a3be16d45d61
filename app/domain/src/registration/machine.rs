//! Commands for a machine that has registered before: which node it is, why its agent is silent, and registering anew.

use super::{Shell, posix_quote, powershell_quote};

/// How the agent is installed on a machine, which decides its paths and its service's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Installation {
    /// Linux, by a deb or rpm package.
    Package,
    /// Ubuntu, by snap.
    Snap,
    /// Windows.
    Windows,
}

const SNAP_UNIT: &str = "snap.amazon-ssm-agent.amazon-ssm-agent.service";
/// What a script says that was run as it is shown.
const NOT_FILLED_IN: &str = "Nothing was changed. Fill in the activation code and ID first.";

impl Installation {
    /// The installations that a node of this platform (SSM API: `PlatformType`, `PlatformName`) may have, the likeliest
    /// first; every one where the platform is not known.
    #[must_use]
    pub fn of(platform_type: Option<&str>, platform_name: Option<&str>) -> &'static [Self] {
        match (platform_type, platform_name) {
            (Some("Windows"), _) => &[Self::Windows],
            // Ubuntu's own images bring the agent as a snap.
            (Some("Linux"), None | Some("Ubuntu")) => &[Self::Package, Self::Snap],
            (Some("Linux"), _) => &[Self::Package],
            _ => &[Self::Package, Self::Snap, Self::Windows],
        }
    }

    /// The shell that its commands are for.
    #[must_use]
    pub const fn shell(self) -> Shell {
        match self {
            Self::Package | Self::Snap => Shell::Posix,
            Self::Windows => Shell::PowerShell,
        }
    }

    /// The file in which the agent keeps the node's id: `{"ManagedInstanceID":"mi-…","Region":"…"}`.
    #[must_use]
    pub const fn registration_file(self) -> &'static str {
        match self {
            Self::Package | Self::Snap => "/var/lib/amazon/ssm/registration",
            Self::Windows => r"%ProgramData%\Amazon\SSM\InstanceData\registration",
        }
    }

    /// The agent's log.
    #[must_use]
    pub const fn log_file(self) -> &'static str {
        match self {
            Self::Package | Self::Snap => "/var/log/amazon/ssm/amazon-ssm-agent.log",
            Self::Windows => r"%ProgramData%\Amazon\SSM\Logs\amazon-ssm-agent.log",
        }
    }

    /// Tells the node's id: by the agent, and where that does not run, by the file.
    #[must_use]
    pub const fn identify(self) -> &'static str {
        match self {
            Self::Package => {
                "sudo ssm-cli get-instance-information\n\
                 sudo cat /var/lib/amazon/ssm/registration"
            }
            Self::Snap => {
                "sudo /snap/amazon-ssm-agent/current/ssm-cli get-instance-information\n\
                 sudo cat /var/lib/amazon/ssm/registration"
            }
            Self::Windows => {
                "& \"$env:ProgramFiles\\Amazon\\SSM\\ssm-cli.exe\" get-instance-information\n\
                 Get-Content \"$env:ProgramData\\Amazon\\SSM\\InstanceData\\registration\""
            }
        }
    }

    /// Tells whether the agent runs, and starts it where it does not.
    #[must_use]
    pub fn start_agent(self) -> String {
        match self {
            Self::Package => {
                "sudo systemctl status amazon-ssm-agent || sudo systemctl restart amazon-ssm-agent".to_owned()
            }
            Self::Snap => format!("sudo systemctl status {SNAP_UNIT} || sudo systemctl restart {SNAP_UNIT}"),
            Self::Windows => "Get-Service AmazonSSMAgent\nRestart-Service AmazonSSMAgent".to_owned(),
        }
    }

    /// Shows what the agent last complained of.
    #[must_use]
    pub const fn read_log(self) -> &'static str {
        match self {
            Self::Package | Self::Snap => "sudo tail -n 50 /var/log/amazon/ssm/amazon-ssm-agent.log",
            Self::Windows => {
                "Get-Content -Tail 50 \"$env:ProgramData\\Amazon\\SSM\\Logs\\amazon-ssm-agent.log\""
            }
        }
    }

    /// Tries Systems Manager's endpoint: any answer from AWS, such as `UnknownOperationException`, is a good one.
    #[must_use]
    pub fn try_endpoint(self, region: &str) -> String {
        let url = super::endpoint(region);
        match self {
            Self::Package | Self::Snap => format!("curl -L {}", posix_quote(&url)),
            Self::Windows => format!("curl.exe -L {}", powershell_quote(&url)),
        }
    }

    /// Forgets the machine's registration and registers anew, with the code and id of another activation to be filled in.
    /// Until both are, it changes nothing.
    #[must_use]
    pub fn register_anew(self, region: &str) -> String {
        // The check looks for a part of the words only, so that replacing them everywhere does not replace it too. No
        // `exit`: it would close the shell that this is pasted into.
        let posix = |stop: &str, agent: &str, start: &str| {
            let region = posix_quote(region);
            format!(
                "code='ACTIVATION-CODE'\n\
                 id='ACTIVATION-ID'\n\
                 case \"$code $id\" in\n  \
                 *ACTIVATION-*)\n    \
                 echo '{NOT_FILLED_IN}' >&2\n    \
                 false\n    \
                 ;;\n  \
                 *)\n    \
                 {stop} &&\n    \
                 sudo {agent} -register -clear &&\n    \
                 sudo -E {agent} -register -y -code \"$code\" -id \"$id\" -region {region} &&\n    \
                 {start}\n    \
                 ;;\n\
                 esac"
            )
        };
        match self {
            Self::Package => posix(
                "sudo systemctl stop amazon-ssm-agent",
                "amazon-ssm-agent",
                "sudo systemctl start amazon-ssm-agent",
            ),
            Self::Snap => posix(
                &format!("sudo systemctl stop {SNAP_UNIT}"),
                "/snap/amazon-ssm-agent/current/amazon-ssm-agent",
                &format!("sudo systemctl start {SNAP_UNIT}"),
            ),
            Self::Windows => {
                let region = powershell_quote(region);
                format!(
                    "$code = 'ACTIVATION-CODE'\n\
                     $id = 'ACTIVATION-ID'\n\
                     $agent = \"$env:ProgramFiles\\Amazon\\SSM\\amazon-ssm-agent.exe\"\n\
                     if (\"$code $id\" -cmatch 'ACTIVATION-') {{\n  \
                     Write-Error '{NOT_FILLED_IN}'\n\
                     }} else {{\n  \
                     Stop-Service AmazonSSMAgent\n  \
                     & $agent -register -clear\n  \
                     & $agent -register -y -code \"$code\" -id \"$id\" -region {region}\n  \
                     if ($LASTEXITCODE -eq 0) {{ Start-Service AmazonSSMAgent }}\n\
                     }}"
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    const ALL: [Installation; 3] = [Installation::Package, Installation::Snap, Installation::Windows];

    #[test]
    fn a_platform_tells_how_the_agent_may_be_installed() {
        assert_eq!(
            Installation::of(Some("Windows"), Some("Microsoft Windows Server 2022")),
            [Installation::Windows]
        );
        assert_eq!(
            Installation::of(Some("Linux"), Some("Ubuntu")),
            [Installation::Package, Installation::Snap]
        );
        assert_eq!(Installation::of(Some("Linux"), Some("Rocky Linux")), [Installation::Package]);
        assert_eq!(Installation::of(None, None), ALL);
    }

    #[test]
    fn posix_commands_are_what_a_shell_can_read() {
        for installation in ALL.into_iter().filter(|one| one.shell() == Shell::Posix) {
            let region = "ap-northeast-1";
            for script in [
                installation.identify().to_owned(),
                installation.start_agent(),
                installation.read_log().to_owned(),
                installation.try_endpoint(region),
                installation.register_anew(region),
            ] {
                let checked = Command::new("sh").args(["-n", "-c", &script]).status().unwrap();
                assert!(checked.success(), "{script}");
            }
        }
    }

    #[test]
    fn the_old_registration_goes_before_the_new_one_comes() {
        for installation in ALL {
            let script = installation.register_anew("eu-west-1");
            let (clear, register) = (script.find("-register -clear"), script.find("-register -y"));
            assert!(clear.is_some() && clear < register, "{script}");
            assert!(script.contains("-region 'eu-west-1'"), "{script}");
        }
    }

    #[test]
    fn with_the_placeholders_the_agent_is_left_alone() {
        let run = |script: &str| {
            let script = format!("sudo() {{ echo \"$*\"; }}\n{script}");
            Command::new("sh").args(["-c", &script]).output().unwrap()
        };
        for installation in ALL.into_iter().filter(|one| one.shell() == Shell::Posix) {
            let script = installation.register_anew("eu-west-1");
            let shown = run(&script);
            assert!(!shown.status.success() && shown.stdout.is_empty(), "{shown:?}");
            assert_eq!(String::from_utf8(shown.stderr).unwrap().trim_end(), NOT_FILLED_IN);

            let script = script.replace("ACTIVATION-CODE", "Fjz3/sZfSvv78+AbCd12");
            let half = run(&script);
            assert!(!half.status.success() && half.stdout.is_empty(), "{half:?}");

            let filled = run(&script.replace("ACTIVATION-ID", "id"));
            assert!(filled.status.success(), "{filled:?}");
            let done = String::from_utf8(filled.stdout).unwrap();
            assert_eq!(done.lines().count(), 4, "{done}");
            assert!(done.contains("-code Fjz3/sZfSvv78+AbCd12 -id id -region eu-west-1"), "{done}");
        }
        let script = Installation::Windows.register_anew("eu-west-1");
        let (refused, stopped) = (script.find(NOT_FILLED_IN), script.find("Stop-Service"));
        assert!(refused.is_some() && refused < stopped, "{script}");
    }

    #[test]
    fn the_endpoint_is_that_of_the_regions_partition() {
        assert_eq!(
            Installation::Package.try_endpoint("cn-north-1"),
            "curl -L 'https://ssm.cn-north-1.amazonaws.com.cn'"
        );
    }
}
