# Removes Example Agent 2.4.1.
# The SSM Agent runs this as SYSTEM, in the folder that holds the package's files.
$ErrorActionPreference = 'Stop'
trap { Write-Output "$_"; exit 1 }

$name = 'Example Agent 2.4.1'
$productCode = '{0E8F2B7A-6B0F-4C3B-9D4B-1C1E6A3C5D11}'
$upgradeCode = '{7B1E0B53-2F39-4B2C-8C70-61D1F4F1B0A2}'
$log = Join-Path $env:TEMP 'example-agent-2.4.1.msi.uninstall.log'

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

$codes = @()
if (Get-Installed $productCode) {
    $codes = @($productCode)
}
else {
    # Another version of the product, such as one that it updated itself to.
    $codes = @((New-Object -ComObject WindowsInstaller.Installer).RelatedProducts($upgradeCode))
}
if (-not $codes) {
    Write-Output "$name is not installed."
    exit 0
}

$restart = $false
foreach ($productCode in $codes) {
    $code = Invoke-Msiexec ('/x {0} /qn /norestart /l*v "{1}"' -f $productCode, $log)
    switch ($code) {
        # 1605: it is not installed.
        { $_ -in 0, 1605 } { }
        # 3010: a restart is needed; 1641: it was begun.
        { $_ -in 3010, 1641 } { $restart = $true }
        default {
            Get-Content -LiteralPath $log -Tail 100 -ErrorAction SilentlyContinue
            Write-Output "Windows Installer ended with code $code."
            exit $code
        }
    }
}
if ($restart) {
    # The agent restarts the node and runs this script again.
    Write-Output "Removed $name. A restart completes it."
    exit 3010
}
Write-Output "Removed $name."
exit 0
