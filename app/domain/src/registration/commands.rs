//! The commands that install and register the SSM Agent, ready to paste.

use super::systems::Packaging;
use super::{Architecture, Permit, System, dns_suffix, posix_quote, powershell_quote};

/// Stands for the code where a script is shown to anybody who looks at the screen.
const MASK: &str = "••••••••••••••••••••";

/// A way to register (user guide: install SSM Agent on hybrid nodes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `ssm-setup-cli` downloads, verifies, installs and registers the agent.
    SetupCli,
    /// Install the package, then register with the agent itself.
    Classic,
}

/// The shell that a script is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shell {
    /// A POSIX shell.
    Posix,
    /// PowerShell, run as administrator.
    PowerShell,
}

/// A script to paste into a machine's shell.
#[derive(Clone, PartialEq, Eq)]
pub struct Script {
    /// Where to paste it.
    pub shell: Shell,
    /// With the real code.
    pub text: String,
    /// The same with dots in the code's place, to be shown.
    pub masked: String,
}

/// The code stays out of logs.
impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Script")
            .field("shell", &self.shell)
            .field("masked", &self.masked)
            .finish_non_exhaustive()
    }
}

impl System {
    /// The shell of the system.
    #[must_use]
    pub const fn shell(self) -> Shell {
        match self.packaging() {
            Packaging::Exe => Shell::PowerShell,
            _ => Shell::Posix,
        }
    }

    /// The routes that the system offers, AWS's preferred one first: a snap brings no `ssm-setup-cli`.
    #[must_use]
    pub const fn routes(self) -> &'static [Route] {
        match self.packaging() {
            Packaging::Snap => &[Route::Classic],
            _ => &[Route::SetupCli, Route::Classic],
        }
    }

    /// Where AWS keeps the agent's files for the system, in the permit's own Region.
    fn url(self, architecture: Architecture, region: &str, file: &str) -> String {
        let folder = self.folder(architecture);
        format!("https://amazon-ssm-{region}.s3.{region}.{}/latest/{folder}/{file}", dns_suffix(region))
    }
}

impl Permit {
    /// The script that registers a machine of this system. `None` where the system does not offer the route or the
    /// architecture.
    #[must_use]
    pub fn script(&self, system: System, architecture: Architecture, route: Route) -> Option<Script> {
        if !system.architectures().contains(&architecture) || !system.routes().contains(&route) {
            return None;
        }
        let write = |code: &str| self.write(system, architecture, route, code);
        Some(Script { shell: system.shell(), text: write(&self.code), masked: write(MASK) })
    }

    fn write(&self, system: System, architecture: Architecture, route: Route, code: &str) -> String {
        let url = |file: &str| system.url(architecture, &self.region, file);
        match (system.packaging(), route) {
            (Packaging::Exe, Route::SetupCli) => self.powershell_setup_cli(&url("ssm-setup-cli.exe"), code),
            (Packaging::Exe, Route::Classic) => {
                self.powershell_classic(&url("AmazonSSMAgentSetup.exe"), code)
            }
            (_, Route::SetupCli) => self.setup_cli(&url("ssm-setup-cli"), code),
            (Packaging::Rpm { install, repeatable }, Route::Classic) => {
                let install = format!("sudo {install} {}", url("amazon-ssm-agent.rpm"));
                self.rpm(&install, repeatable, code)
            }
            (Packaging::Deb, Route::Classic) => self.deb(&url("amazon-ssm-agent.deb"), code),
            (Packaging::Snap, Route::Classic) => self.snap(code),
        }
    }

    fn register(&self, agent: &str, code: &str) -> String {
        let (code, id, region) = (posix_quote(code), posix_quote(&self.id), posix_quote(&self.region));
        // -E hands proxy variables on.
        format!("sudo -E {agent} -register -code {code} -id {id} -region {region}")
    }

    /// A folder of its own: another user of the machine could have prepared a well-known one under /tmp.
    fn setup_cli(&self, url: &str, code: &str) -> String {
        let (code, id, region) = (posix_quote(code), posix_quote(&self.id), posix_quote(&self.region));
        format!(
            "dir=\"$(mktemp -d)\" &&\n\
             curl -fsS -o \"$dir/ssm-setup-cli\" {url} &&\n\
             chmod +x \"$dir/ssm-setup-cli\" &&\n\
             sudo -E \"$dir/ssm-setup-cli\" -register -activation-code {code} -activation-id {id} -region {region}"
        )
    }

    /// Pasted once more, the script must get past the installation: its agent may be stopped, or not registered yet.
    fn rpm(&self, install: &str, repeatable: bool, code: &str) -> String {
        let register = self.register("amazon-ssm-agent", code);
        let (before, after) = if repeatable { ("", "") } else { ("{ ", " || rpm -q amazon-ssm-agent; }") };
        format!(
            "{before}{install}{after} &&\n\
             sudo systemctl stop amazon-ssm-agent &&\n\
             {register} &&\n\
             sudo systemctl enable --now amazon-ssm-agent"
        )
    }

    fn deb(&self, url: &str, code: &str) -> String {
        let register = self.register("amazon-ssm-agent", code);
        format!(
            "dir=\"$(mktemp -d)\" &&\n\
             curl -fsS -o \"$dir/amazon-ssm-agent.deb\" {url} &&\n\
             sudo dpkg -i \"$dir/amazon-ssm-agent.deb\" &&\n\
             sudo service amazon-ssm-agent stop &&\n\
             {register} &&\n\
             sudo service amazon-ssm-agent start"
        )
    }

    fn snap(&self, code: &str) -> String {
        const UNIT: &str = "snap.amazon-ssm-agent.amazon-ssm-agent.service";
        let register = self.register("/snap/amazon-ssm-agent/current/amazon-ssm-agent", code);
        format!(
            "sudo snap install amazon-ssm-agent --classic &&\n\
             sudo systemctl stop {UNIT} &&\n\
             {register} &&\n\
             sudo systemctl start {UNIT}"
        )
    }

    fn powershell_setup_cli(&self, url: &str, code: &str) -> String {
        let preparation = self.powershell_preparation(url, "ssm-setup-cli.exe", code);
        format!(
            "{preparation}\
             & \"$dir\\ssm-setup-cli.exe\" -register -activation-code=\"$code\" -activation-id=\"$id\" -region=\"$region\"\n\
             Get-Content \"$env:ProgramData\\Amazon\\SSM\\InstanceData\\registration\"\n\
             Get-Service -Name AmazonSSMAgent"
        )
    }

    fn powershell_classic(&self, url: &str, code: &str) -> String {
        let preparation = self.powershell_preparation(url, "AmazonSSMAgentSetup.exe", code);
        format!(
            "{preparation}\
             Start-Process \"$dir\\AmazonSSMAgentSetup.exe\" -Wait -ArgumentList @('/q', '/log', 'install.log', \"CODE=$code\", \"ID=$id\", \"REGION=$region\")\n\
             Get-Content \"$env:ProgramData\\Amazon\\SSM\\InstanceData\\registration\"\n\
             Get-Service -Name AmazonSSMAgent"
        )
    }

    /// Old Windows PowerShell does not speak TLS 1.2 unless told.
    fn powershell_preparation(&self, url: &str, file: &str, code: &str) -> String {
        let [code, id, region, url] = [code, &self.id, &self.region, url].map(powershell_quote);
        format!(
            "[System.Net.ServicePointManager]::SecurityProtocol = 'TLS12'\n\
             $code = {code}\n\
             $id = {id}\n\
             $region = {region}\n\
             $dir = \"$env:TEMP\\ssm\"\n\
             New-Item -ItemType Directory -Path $dir -Force | Out-Null\n\
             Set-Location $dir\n\
             (New-Object System.Net.WebClient).DownloadFile({url}, \"$dir\\{file}\")\n"
        )
    }
}

#[cfg(test)]
mod tests;
