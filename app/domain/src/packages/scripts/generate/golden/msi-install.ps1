# Installs Example Agent 2.4.1.
# The SSM Agent runs this as SYSTEM, in the folder that holds the package's files.
$ErrorActionPreference = 'Stop'
trap { Write-Output "$_"; exit 1 }

$name = 'Example Agent 2.4.1'
$version = '2.4.1'
$productCode = '{0E8F2B7A-6B0F-4C3B-9D4B-1C1E6A3C5D11}'
$file = Join-Path $PSScriptRoot 'example-agent-2.4.1.msi'
$log = Join-Path $env:TEMP 'example-agent-2.4.1.msi.install.log'

function Get-Installed([string] $Code) {
    foreach ($root in 'HKLM:\SOFTWARE', 'HKLM:\SOFTWARE\WOW6432Node') {
        $key = "$root\Microsoft\Windows\CurrentVersion\Uninstall\$Code"
        if (Test-Path -LiteralPath $key) {
            return Get-ItemProperty -LiteralPath $key
        }
    }
}

function Invoke-Msiexec([string] $Arguments) {
    # 1618: another installation is running. It is given five minutes to end.
    for ($attempt = 1; ; $attempt++) {
        $process = Start-Process -FilePath "$env:SystemRoot\System32\msiexec.exe" -ArgumentList $Arguments -Wait -PassThru
        if ($process.ExitCode -ne 1618 -or $attempt -ge 20) {
            return $process.ExitCode
        }
        Start-Sleep -Seconds 15
    }
}

$installed = Get-Installed $productCode
if ($installed -and $installed.DisplayVersion -eq $version) {
    Write-Output "$name is already installed."
    exit 0
}

$arguments = '/i "{0}" /qn /norestart /l*v "{1}"' -f $file, $log
if ($installed) {
    # The same product in another version: this replaces it.
    $arguments += ' REINSTALL=ALL REINSTALLMODE=vomus'
}
$code = Invoke-Msiexec $arguments

switch ($code) {
    0 {
        Write-Output "Installed $name."
        exit 0
    }
    # 3010: a restart is needed; 1641: it was begun. The agent restarts the node and runs this script again.
    { $_ -in 3010, 1641 } {
        Write-Output "Installed $name. A restart completes it."
        exit 3010
    }
    default {
        Get-Content -LiteralPath $log -Tail 100 -ErrorAction SilentlyContinue
        Write-Output "Windows Installer ended with code $code."
        exit $code
    }
}
