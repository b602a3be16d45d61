//! Commands that check the way out, and that make VPC endpoints.

use super::{Network, Service};
use crate::registration::{Shell, posix_quote, powershell_quote};

/// Checks on the machine itself that every required endpoint is reached. Nothing is registered or changed.
#[must_use]
pub fn check(network: Network, shell: Shell, region: &str) -> String {
    let hosts: Vec<String> = Service::of(region)
        .into_iter()
        .filter(|service| service.is_required())
        .map(|service| service.host(region))
        .collect();
    match (network, shell) {
        (Network::Internet, Shell::Posix) => {
            format!("curl https://checkip.amazonaws.com/\n{}", posix_connect(&hosts))
        }
        (Network::Vpc, Shell::Posix) => {
            format!(
                "for host in {}; do\n  getent hosts \"$host\"\ndone\n{}",
                hosts.join(" "),
                posix_connect(&hosts)
            )
        }
        (Network::Internet, Shell::PowerShell) => {
            format!(
                "(Invoke-WebRequest -UseBasicParsing https://checkip.amazonaws.com/).Content\n{}",
                powershell_connect(&hosts)
            )
        }
        (Network::Vpc, Shell::PowerShell) => powershell_connect(&hosts),
    }
}

/// Any status that a server answers with shows that name, route and certificate are right; 000 is no answer.
fn posix_connect(hosts: &[String]) -> String {
    format!(
        "for host in {}; do\n  \
           curl --silent --show-error --output /dev/null --connect-timeout 5 --max-time 10 \\\n    \
             --write-out \"$host %{{remote_ip}} %{{http_code}}\\n\" \"https://$host/\"\n\
         done",
        hosts.join(" ")
    )
}

fn powershell_connect(hosts: &[String]) -> String {
    let hosts: Vec<String> = hosts.iter().map(|host| powershell_quote(host)).collect();
    format!(
        "{} | ForEach-Object {{\n  Test-NetConnection -ComputerName $_ -Port 443 |\n    \
         Select-Object ComputerName, RemoteAddress, TcpTestSucceeded\n}}",
        hosts.join(", ")
    )
}

/// Makes the interface endpoints with the AWS CLI; VPC, subnets and security group are to be filled in.
///
/// S3's has to be told to answer to its plain name without a gateway endpoint beside it: one cannot be reached from outside
/// the VPC.
#[must_use]
pub fn create_vpc_endpoints(region: &str) -> String {
    let required: Vec<&str> = Service::of(region)
        .into_iter()
        .filter(|service| service.is_required() && *service != Service::S3)
        .map(Service::name)
        .collect();
    let common = format!(
        "aws ec2 create-vpc-endpoint --region {} --vpc-endpoint-type Interface \\\n    \
         --vpc-id \"$vpc\" --subnet-ids $subnets --security-group-ids \"$group\" --private-dns-enabled",
        posix_quote(region)
    );
    let prefix = format!("com.amazonaws.{region}");
    format!(
        "vpc='VPC-ID'\nsubnets='SUBNET-ID SUBNET-ID'\ngroup='SECURITY-GROUP-ID'\n\
         for service in {}; do\n  {common} \\\n    --service-name \"{prefix}.$service\"\ndone\n\
         {common} \\\n    --dns-options PrivateDnsOnlyForInboundResolverEndpoint=false --service-name \"{prefix}.s3\"",
        required.join(" ")
    )
}

/// Lists what VPC endpoint services there really are in a Region.
#[must_use]
pub fn list_vpc_endpoint_services(region: &str) -> String {
    format!(
        "aws ec2 describe-vpc-endpoint-services --region {} --query 'ServiceNames[]' --output text |\n  \
         tr '\\t' '\\n' | grep -E '\\.(ssm|ssmmessages|ec2messages|s3|kms|logs)$'",
        posix_quote(region)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    const REGION: &str = "ap-northeast-1";

    #[test]
    fn a_check_names_every_required_host_once() {
        for network in Network::ALL {
            for shell in [Shell::Posix, Shell::PowerShell] {
                let script = check(network, shell, REGION);
                for host in ["ssm", "ssmmessages", "ec2messages", "s3"] {
                    assert!(script.contains(&format!("{host}.{REGION}.amazonaws.com")), "{script}");
                }
                assert!(!script.contains("kms."), "{script}");
                let internet = script.contains("checkip.amazonaws.com");
                assert_eq!(internet, network == Network::Internet, "{script}");
            }
        }
        assert!(!check(Network::Internet, Shell::Posix, "mx-central-1").contains("ec2messages"));
    }

    #[test]
    fn shell_scripts_are_well_formed() {
        let scripts = [
            check(Network::Internet, Shell::Posix, REGION),
            check(Network::Vpc, Shell::Posix, REGION),
            create_vpc_endpoints(REGION),
            list_vpc_endpoint_services(REGION),
        ];
        for script in scripts {
            let checked = Command::new("sh").args(["-n", "-c", &script]).output().unwrap();
            assert!(checked.status.success(), "{script}\n{}", String::from_utf8_lossy(&checked.stderr));
        }
    }

    #[test]
    fn every_endpoint_is_made_with_its_service_name() {
        let stub =
            "aws() { while [ $# -gt 1 ]; do [ \"$1\" = --service-name ] && echo \"$2\"; shift; done; }\n";
        let script = format!("{stub}{}", create_vpc_endpoints(REGION));
        let made = Command::new("sh").args(["-c", &script]).output().unwrap();
        let expected = ["ssm", "ssmmessages", "ec2messages", "s3"]
            .map(|service| format!("com.amazonaws.{REGION}.{service}\n"))
            .concat();
        assert_eq!(String::from_utf8(made.stdout).unwrap(), expected);
    }

    #[test]
    fn a_check_reports_each_host_with_its_status() {
        let stub = "curl() { for last; do :; done; echo \"$last\"; }\n";
        let script = format!("{stub}{}", check(Network::Internet, Shell::Posix, REGION));
        let ran = Command::new("sh").args(["-c", &script]).output().unwrap();
        let lines = String::from_utf8(ran.stdout).unwrap();
        assert_eq!(lines.lines().next(), Some("https://checkip.amazonaws.com/"));
        assert_eq!(lines.lines().nth(1), Some("https://ssm.ap-northeast-1.amazonaws.com/"));
        assert_eq!(lines.lines().count(), 5, "{lines}");
    }
}
