use super::*;
use std::io::Write as _;
use std::process::{Command, Stdio};

const ID: &str = "255996e5-f42d-44c8-8fb8-eb17f76696bc";
const CODE: &str = "Fjz3/sZfSvv78+AbCd12";

fn permit(region: &str) -> Permit {
    Permit::new(ID, CODE, region).unwrap()
}

fn script(system: System, architecture: Architecture, route: Route) -> String {
    permit("ap-northeast-1").script(system, architecture, route).unwrap().text
}

fn every_script(region: &str) -> Vec<(System, Architecture, Route, Script)> {
    let permit = permit(region);
    let mut scripts = Vec::new();
    for system in System::ALL {
        for &architecture in system.architectures() {
            for &route in system.routes() {
                let script = permit.script(system, architecture, route).unwrap();
                scripts.push((system, architecture, route, script));
            }
        }
    }
    scripts
}

#[test]
fn every_script_holds_code_id_and_region() {
    for (system, architecture, route, script) in every_script("ap-northeast-1") {
        for value in [CODE, ID, "ap-northeast-1"] {
            assert!(script.text.contains(value), "{system:?} {architecture:?} {route:?}: {value}");
        }
    }
}

#[test]
fn a_masked_script_differs_in_the_code_alone() {
    for (system, .., script) in every_script("ap-northeast-1") {
        assert!(!script.masked.contains(CODE), "{system:?}");
        assert_eq!(script.masked.replace(MASK, CODE), script.text, "{system:?}");
        assert!(!format!("{script:?}").contains(CODE), "{system:?}");
    }
}

#[test]
fn amazon_linux_2023_by_setup_cli() {
    assert_eq!(
        script(System::AmazonLinux2023, Architecture::X86_64, Route::SetupCli),
        r#"dir="$(mktemp -d)" &&
curl -fsS -o "$dir/ssm-setup-cli" https://amazon-ssm-ap-northeast-1.s3.ap-northeast-1.amazonaws.com/latest/linux_amd64/ssm-setup-cli &&
chmod +x "$dir/ssm-setup-cli" &&
sudo -E "$dir/ssm-setup-cli" -register -activation-code 'Fjz3/sZfSvv78+AbCd12' -activation-id '255996e5-f42d-44c8-8fb8-eb17f76696bc' -region 'ap-northeast-1'"#
    );
}

#[test]
fn rhel_family_by_package() {
    assert_eq!(
        script(System::Rhel, Architecture::Arm64, Route::Classic),
        "{ sudo yum install -y https://amazon-ssm-ap-northeast-1.s3.ap-northeast-1.amazonaws.com/latest/linux_arm64/amazon-ssm-agent.rpm || rpm -q amazon-ssm-agent; } &&
sudo systemctl stop amazon-ssm-agent &&
sudo -E amazon-ssm-agent -register -code 'Fjz3/sZfSvv78+AbCd12' -id '255996e5-f42d-44c8-8fb8-eb17f76696bc' -region 'ap-northeast-1' &&
sudo systemctl enable --now amazon-ssm-agent"
    );
}

#[test]
fn other_rpm_systems_differ_in_how_they_install() {
    let first_line = |system| {
        let text = script(system, Architecture::X86_64, Route::Classic);
        text.split(" https").next().unwrap().to_owned()
    };
    assert_eq!(first_line(System::AmazonLinux2), "{ sudo yum install -y");
    assert_eq!(first_line(System::AmazonLinux2023), "sudo dnf install -y");
    assert_eq!(first_line(System::Sles), "{ sudo rpm --install");
}

#[test]
fn pasted_again_it_registers_although_the_package_is_there() {
    // A machine on which the package is installed, and installing it once more fails.
    let machine =
        "sudo() { case \"$*\" in *install*) return 1 ;; *) echo \"$*\" ;; esac; }\nrpm() { true; }\n";
    for system in [System::AmazonLinux2, System::Rhel, System::Sles] {
        let script = script(system, Architecture::X86_64, Route::Classic);
        let output = Command::new("sh").args(["-c", &format!("{machine}{script}")]).output().unwrap();
        let done = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && done.contains("-register"), "{system:?}: {done}");
    }
}

#[test]
fn ubuntu_by_deb_package() {
    assert_eq!(
        script(System::Ubuntu, Architecture::X86_64, Route::Classic),
        r#"dir="$(mktemp -d)" &&
curl -fsS -o "$dir/amazon-ssm-agent.deb" https://amazon-ssm-ap-northeast-1.s3.ap-northeast-1.amazonaws.com/latest/debian_amd64/amazon-ssm-agent.deb &&
sudo dpkg -i "$dir/amazon-ssm-agent.deb" &&
sudo service amazon-ssm-agent stop &&
sudo -E amazon-ssm-agent -register -code 'Fjz3/sZfSvv78+AbCd12' -id '255996e5-f42d-44c8-8fb8-eb17f76696bc' -region 'ap-northeast-1' &&
sudo service amazon-ssm-agent start"#
    );
}

#[test]
fn ubuntu_by_snap() {
    assert_eq!(
        script(System::UbuntuSnap, Architecture::X86_64, Route::Classic),
        "sudo snap install amazon-ssm-agent --classic &&
sudo systemctl stop snap.amazon-ssm-agent.amazon-ssm-agent.service &&
sudo -E /snap/amazon-ssm-agent/current/amazon-ssm-agent -register -code 'Fjz3/sZfSvv78+AbCd12' -id '255996e5-f42d-44c8-8fb8-eb17f76696bc' -region 'ap-northeast-1' &&
sudo systemctl start snap.amazon-ssm-agent.amazon-ssm-agent.service"
    );
    assert_eq!(
        permit("ap-northeast-1").script(System::UbuntuSnap, Architecture::X86_64, Route::SetupCli),
        None
    );
}

#[test]
fn debian_systems_have_their_own_folders() {
    let folder = |system, architecture| {
        let text = script(system, architecture, Route::SetupCli);
        text.split("/latest/").nth(1).unwrap().split('/').next().unwrap().to_owned()
    };
    assert_eq!(folder(System::Debian, Architecture::X86_64), "debian_amd64");
    assert_eq!(folder(System::Debian, Architecture::Arm64), "debian_arm64");
    assert_eq!(folder(System::RaspberryPiOs, Architecture::Arm64), "debian_arm64");
    assert_eq!(folder(System::RaspberryPiOs, Architecture::Arm), "debian_arm");
}

#[test]
fn windows_by_setup_cli() {
    assert_eq!(
        script(System::Windows, Architecture::X86_64, Route::SetupCli),
        r#"[System.Net.ServicePointManager]::SecurityProtocol = 'TLS12'
$code = 'Fjz3/sZfSvv78+AbCd12'
$id = '255996e5-f42d-44c8-8fb8-eb17f76696bc'
$region = 'ap-northeast-1'
$dir = "$env:TEMP\ssm"
New-Item -ItemType Directory -Path $dir -Force | Out-Null
Set-Location $dir
(New-Object System.Net.WebClient).DownloadFile('https://amazon-ssm-ap-northeast-1.s3.ap-northeast-1.amazonaws.com/latest/windows_amd64/ssm-setup-cli.exe', "$dir\ssm-setup-cli.exe")
& "$dir\ssm-setup-cli.exe" -register -activation-code="$code" -activation-id="$id" -region="$region"
Get-Content "$env:ProgramData\Amazon\SSM\InstanceData\registration"
Get-Service -Name AmazonSSMAgent"#
    );
}

#[test]
fn windows_by_installer() {
    let text = script(System::Windows, Architecture::X86_64, Route::Classic);
    assert!(text.contains("/latest/windows_amd64/AmazonSSMAgentSetup.exe'"), "{text}");
    assert!(
        text.contains(
            r#"-ArgumentList @('/q', '/log', 'install.log', "CODE=$code", "ID=$id", "REGION=$region")"#
        ),
        "{text}"
    );
    assert_eq!(permit("ap-northeast-1").script(System::Windows, Architecture::Arm64, Route::Classic), None);
}

#[test]
fn china_has_its_own_domain() {
    for (system, _, _, script) in every_script("cn-northwest-1") {
        if system != System::UbuntuSnap {
            let host = "https://amazon-ssm-cn-northwest-1.s3.cn-northwest-1.amazonaws.com.cn/latest/";
            assert!(script.text.contains(host), "{system:?}");
        }
    }
}

#[test]
fn a_shell_can_read_every_posix_script() {
    for (system, _, route, script) in every_script("ap-northeast-1") {
        if script.shell == Shell::Posix {
            let mut shell = Command::new("sh").arg("-n").stdin(Stdio::piped()).spawn().unwrap();
            shell.stdin.take().unwrap().write_all(script.text.as_bytes()).unwrap();
            assert!(shell.wait().unwrap().success(), "{system:?} {route:?}");
        }
    }
}
