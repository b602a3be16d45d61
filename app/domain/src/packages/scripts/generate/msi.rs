//! Windows Installer packages: msiexec, silent and with a log.

use crate::packages::software::Software;
use crate::registration::powershell_quote;

/// What both scripts begin with. The agent runs `.\install.ps1; exit $LASTEXITCODE`: an error that nothing handles
/// would leave the code of an earlier command.
fn begin(what: &str) -> String {
    format!(
        "# {what}\n\
         # The SSM Agent runs this as SYSTEM, in the folder that holds the package's files.\n\
         $ErrorActionPreference = 'Stop'\n\
         trap {{ Write-Output \"$_\"; exit 1 }}\n"
    )
}

/// The product as the scripts call it. Names in other letters than ASCII depend on how Windows PowerShell reads the
/// file, so the file's own name stands for them.
fn label(software: &Software, file_name: &str) -> String {
    let name = if software.name.is_ascii() { &software.name } else { file_name };
    format!("{name} {}", software.version)
}

/// Runs Windows Installer. It takes one installation at a time (1618): another one is given five minutes.
const MSIEXEC: &str = r#"function Invoke-Msiexec([string] $Arguments) {
    # 1618: another installation is running. It is given five minutes to end.
    for ($attempt = 1; ; $attempt++) {
        $process = Start-Process -FilePath "$env:SystemRoot\System32\msiexec.exe" -ArgumentList $Arguments -Wait -PassThru
        if ($process.ExitCode -ne 1618 -or $attempt -ge 20) {
            return $process.ExitCode
        }
        Start-Sleep -Seconds 15
    }
}
"#;

/// What Windows lists under "Apps", in both halves of the registry.
const INSTALLED: &str = r#"function Get-Installed([string] $Code) {
    foreach ($root in 'HKLM:\SOFTWARE', 'HKLM:\SOFTWARE\WOW6432Node') {
        $key = "$root\Microsoft\Windows\CurrentVersion\Uninstall\$Code"
        if (Test-Path -LiteralPath $key) {
            return Get-ItemProperty -LiteralPath $key
        }
    }
}
"#;

pub fn install(software: &Software, file_name: &str) -> String {
    let label = label(software, file_name);
    let begin = begin(&format!("Installs {label}."));
    let name = powershell_quote(&label);
    let version = powershell_quote(&software.version);
    let code = powershell_quote(software.product_code.as_deref().unwrap_or_default());
    let file = powershell_quote(file_name);
    let log = powershell_quote(&format!("{file_name}.install.log"));
    format!(
        r#"{begin}
$name = {name}
$version = {version}
$productCode = {code}
$file = Join-Path $PSScriptRoot {file}
$log = Join-Path $env:TEMP {log}

{INSTALLED}
{MSIEXEC}
$installed = Get-Installed $productCode
if ($installed -and $installed.DisplayVersion -eq $version) {{
    Write-Output "$name is already installed."
    exit 0
}}

$arguments = '/i "{{0}}" /qn /norestart /l*v "{{1}}"' -f $file, $log
if ($installed) {{
    # The same product in another version: this replaces it.
    $arguments += ' REINSTALL=ALL REINSTALLMODE=vomus'
}}
$code = Invoke-Msiexec $arguments

switch ($code) {{
    0 {{
        Write-Output "Installed $name."
        exit 0
    }}
    # 3010: a restart is needed; 1641: it was begun. The agent restarts the node and runs this script again.
    {{ $_ -in 3010, 1641 }} {{
        Write-Output "Installed $name. A restart completes it."
        exit 3010
    }}
    default {{
        Get-Content -LiteralPath $log -Tail 100 -ErrorAction SilentlyContinue
        Write-Output "Windows Installer ended with code $code."
        exit $code
    }}
}}
"#
    )
}

pub fn uninstall(software: &Software, file_name: &str) -> String {
    let label = label(software, file_name);
    let begin = begin(&format!("Removes {label}."));
    let name = powershell_quote(&label);
    let code = powershell_quote(software.product_code.as_deref().unwrap_or_default());
    let log = powershell_quote(&format!("{file_name}.uninstall.log"));
    let (upgrade, related) = match &software.upgrade_code {
        Some(code) => (format!("$upgradeCode = {}\n", powershell_quote(code)), RELATED),
        None => (String::new(), ""),
    };
    format!(
        r#"{begin}
$name = {name}
$productCode = {code}
{upgrade}$log = Join-Path $env:TEMP {log}

{INSTALLED}
{MSIEXEC}
$codes = @()
if (Get-Installed $productCode) {{
    $codes = @($productCode)
}}
{related}if (-not $codes) {{
    Write-Output "$name is not installed."
    exit 0
}}

$restart = $false
foreach ($productCode in $codes) {{
    $code = Invoke-Msiexec ('/x {{0}} /qn /norestart /l*v "{{1}}"' -f $productCode, $log)
    switch ($code) {{
        # 1605: it is not installed.
        {{ $_ -in 0, 1605 }} {{ }}
        # 3010: a restart is needed; 1641: it was begun.
        {{ $_ -in 3010, 1641 }} {{ $restart = $true }}
        default {{
            Get-Content -LiteralPath $log -Tail 100 -ErrorAction SilentlyContinue
            Write-Output "Windows Installer ended with code $code."
            exit $code
        }}
    }}
}}
if ($restart) {{
    # The agent restarts the node and runs this script again.
    Write-Output "Removed $name. A restart completes it."
    exit 3010
}}
Write-Output "Removed $name."
exit 0
"#
    )
}

const RELATED: &str = r"else {
    # Another version of the product, such as one that it updated itself to.
    $codes = @((New-Object -ComObject WindowsInstaller.Installer).RelatedProducts($upgradeCode))
}
";
