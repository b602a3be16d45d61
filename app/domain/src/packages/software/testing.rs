//! Software for tests.

use super::{Architecture, Software, SoftwareKind};

pub fn deb() -> Software {
    Software {
        kind: SoftwareKind::Deb,
        name: "example-agent".to_owned(),
        version: "2.4.1".to_owned(),
        release: Some("3".to_owned()),
        epoch: Some(1),
        architecture: Architecture::X86_64,
        native_architecture: "amd64".to_owned(),
        publisher: Some("Example <packages@example.com>".to_owned()),
        dependencies: vec!["libc6 (>= 2.31)".to_owned()],
        product_code: None,
        upgrade_code: None,
        summary: Some("reports what it measures".to_owned()),
        signed: false,
    }
}

pub fn rpm() -> Software {
    Software {
        kind: SoftwareKind::Rpm,
        release: Some("3.el9".to_owned()),
        epoch: None,
        native_architecture: "x86_64".to_owned(),
        publisher: Some("Example".to_owned()),
        dependencies: vec!["glibc >= 2.34".to_owned()],
        ..deb()
    }
}

pub fn msi() -> Software {
    Software {
        kind: SoftwareKind::Msi,
        name: "Example Agent".to_owned(),
        release: None,
        epoch: None,
        native_architecture: "x64".to_owned(),
        publisher: Some("Example".to_owned()),
        dependencies: Vec::new(),
        product_code: Some("{0E8F2B7A-6B0F-4C3B-9D4B-1C1E6A3C5D11}".to_owned()),
        upgrade_code: Some("{7B1E0B53-2F39-4B2C-8C70-61D1F4F1B0A2}".to_owned()),
        ..deb()
    }
}
