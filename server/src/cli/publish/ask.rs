//! What the command line asks for, as the API takes it.

use std::fs;
use std::path::Path;

use domain::packages::scripts::Action;

use super::PublishError;
use crate::api::request::{FileRequest, PublicationRequest, ScriptsBody, TargetBody};
use crate::config::PublishArgs;

/// The request.
///
/// # Errors
/// `Usage`, `File`.
pub fn request(args: &PublishArgs) -> Result<PublicationRequest, PublishError> {
    let mut files = Vec::new();
    for path in &args.files {
        let meta = fs::metadata(path).map_err(|source| PublishError::File { path: path.clone(), source })?;
        files.push(FileRequest {
            file_name: file_name(path)?,
            size: meta.len(),
            targets: Vec::new(),
            scripts: ScriptsBody::default(),
        });
    }
    for text in &args.targets {
        let (file, target) = of_file(&mut files, text, '=')?;
        file.targets.push(parse_target(target)?);
    }
    for text in &args.scripts {
        let (file, script) = of_file(&mut files, text, ':')?;
        add_script(file, script)?;
    }
    Ok(PublicationRequest {
        name: args.name.clone(),
        version_name: args.version_name.clone(),
        publisher: args.publisher.clone(),
        bucket: args.bucket.clone(),
        prefix: args.prefix.clone(),
        files,
    })
}

/// The last part of a path.
///
/// # Errors
/// `Usage` for a path without one.
pub fn file_name(path: &Path) -> Result<String, PublishError> {
    let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    name.ok_or_else(|| PublishError::Usage(format!("{} is no file", path.display())))
}

/// The file that a text begins with, or the only one, and the rest.
fn of_file<'a, 'b>(
    files: &'a mut [FileRequest],
    text: &'b str,
    separator: char,
) -> Result<(&'a mut FileRequest, &'b str), PublishError> {
    let named = text.split_once(separator);
    let place = named.and_then(|(name, _)| files.iter().position(|file| file.file_name == name));
    match (place, named) {
        (Some(place), Some((_, rest))) => files.get_mut(place).map(|file| (file, rest)),
        _ => match files {
            [file] => Some((file, text)),
            _ => None,
        },
    }
    .ok_or_else(|| {
        let usage = format!("{text}: say for which file, by its name, such as tool.deb{separator}{text}");
        PublishError::Usage(usage)
    })
}

fn parse_target(text: &str) -> Result<TargetBody, PublishError> {
    let mut parts = text.split(':').map(str::to_owned);
    let any = || "_any".to_owned();
    let target = TargetBody {
        platform: parts.next().unwrap_or_default(),
        version: parts.next().unwrap_or_else(any),
        architecture: parts.next().unwrap_or_else(any),
    };
    match parts.next() {
        Some(_) => Err(PublishError::Usage(format!("{text}: a target is PLATFORM[:VERSION[:ARCHITECTURE]]"))),
        None => Ok(target),
    }
}

fn add_script(file: &mut FileRequest, text: &str) -> Result<(), PublishError> {
    let usage = || {
        let actions = Action::ALL.map(Action::name).join(", ");
        PublishError::Usage(format!("{text}: a script is ACTION=PATH; actions are {actions}"))
    };
    let (action, path) = text.split_once('=').ok_or_else(usage)?;
    let script = fs::read_to_string(path)
        .map_err(|source| PublishError::File { path: path.into(), source })?
        .replace("\r\n", "\n");
    let place = match action {
        "install" => &mut file.scripts.install,
        "update" => &mut file.scripts.update,
        "uninstall" => &mut file.scripts.uninstall,
        "validate" => &mut file.scripts.validate,
        _ => return Err(usage()),
    };
    *place = Some(script);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Cli, Command};
    use clap::Parser as _;

    fn asked(folder: &Path, files: &[&str], more: &[&str]) -> Result<PublicationRequest, PublishError> {
        let mut words = vec!["sekisho".to_owned(), "publish".to_owned()];
        for pair in [["--server", "http://127.0.0.1"], ["--name", "Tool"], ["--bucket", "packages"]] {
            words.extend(pair.map(str::to_owned));
        }
        for file in files {
            let path = folder.join(file);
            fs::write(&path, "12345").unwrap();
            words.extend(["--file".to_owned(), path.to_str().unwrap().to_owned()]);
        }
        words.extend(more.iter().map(|word| (*word).to_owned()));
        match Cli::try_parse_from(words).unwrap().command {
            Command::Publish(args) => request(&args),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_target_is_the_only_files_or_that_of_the_file_it_names() {
        let folder = tempfile::tempdir().unwrap();
        let one = asked(folder.path(), &["a.deb"], &["--target", "ubuntu", "--target", "debian:12:x86_64"])
            .unwrap();
        let targets = |request: &PublicationRequest, place: usize| -> Vec<String> {
            let targets = request.files[place].targets.iter();
            targets.map(|one| format!("{}:{}:{}", one.platform, one.version, one.architecture)).collect()
        };
        assert_eq!(targets(&one, 0), ["ubuntu:_any:_any", "debian:12:x86_64"]);
        assert_eq!((one.files[0].file_name.as_str(), one.files[0].size), ("a.deb", 5));
        let two = asked(folder.path(), &["a.deb", "b.rpm"], &["--target", "b.rpm=amazon:2023"]).unwrap();
        assert_eq!((targets(&two, 0), targets(&two, 1)), (Vec::new(), vec!["amazon:2023:_any".to_owned()]));
        for (files, target) in [(&["a.deb", "b.rpm"][..], "ubuntu"), (&["a.deb"][..], "a:b:c:d")] {
            let error = asked(folder.path(), files, &["--target", target]).unwrap_err();
            assert_eq!(error.code(), 2, "{error}");
        }
    }

    #[test]
    fn scripts_are_read_from_their_files() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("mine.sh");
        fs::write(&script, "#!/bin/sh\r\nexit 0\r\n").unwrap();
        let script = script.to_str().unwrap();
        let request = asked(folder.path(), &["a.deb"], &["--script", &format!("install={script}")]).unwrap();
        assert_eq!(request.files[0].scripts.install.as_deref(), Some("#!/bin/sh\nexit 0\n"));
        let named = format!("b.deb:validate={script}");
        let request = asked(folder.path(), &["a.deb", "b.deb"], &["--script", &named]).unwrap();
        assert!(request.files[1].scripts.validate.is_some() && request.files[0].scripts.validate.is_none());
        let other = asked(folder.path(), &["a.deb"], &["--script", &format!("remove={script}")]).unwrap_err();
        assert_eq!(other.code(), 2);
        assert_eq!(
            asked(folder.path(), &["a.deb"], &["--script", "install=/nowhere"]).unwrap_err().code(),
            1
        );
    }
}
