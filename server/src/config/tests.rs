use super::*;
use clap::CommandFactory as _;

fn serve(args: &[&str]) -> Result<ServeArgs, clap::Error> {
    let cli = Cli::try_parse_from(["sekisho", "serve"].iter().chain(args))?;
    match cli.command {
        Command::Serve(args) => Ok(args),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_command_line_is_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn every_flag_has_its_variable() {
    let command = Cli::command();
    let serve = command.find_subcommand("serve").unwrap();
    for arg in serve.get_arguments().filter(|arg| arg.get_id() != "help") {
        let long = arg.get_long().unwrap().replace('-', "_").to_uppercase();
        let variable = arg.get_env().unwrap().to_str().unwrap();
        assert!(variable == long || variable == format!("SEKISHO_{long}"), "{variable} {long}");
    }
}

#[test]
fn defaults_run_the_console_on_its_own() {
    let args = serve(&[]).unwrap();
    assert_eq!(args.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(args.backend, Backend::Embedded);
    assert_eq!(args.embedded.embedded_nodes, 17);
    assert_eq!((args.draft_quota, args.draft_quota_all), (5 << 30, 20 << 30));
    assert!(!args.secure_cookies);
    assert!(serve(&["--secure-cookies"]).unwrap().secure_cookies);
    assert!(!serve(&["--secure-cookies", "false"]).unwrap().secure_cookies);
}

#[test]
fn no_arguments_mean_serve() {
    let words = |arguments: &[&str]| or_serve(arguments.iter().map(OsString::from));
    assert_eq!(words(&["sekisho"]), ["sekisho", "serve"]);
    assert_eq!(words(&["sekisho", "--help"]), ["sekisho", "--help"]);
    assert_eq!(words(&["sekisho", "user", "list"]), ["sekisho", "user", "list"]);
}

#[test]
fn wrong_values_are_told_in_a_sentence() {
    let error = |args: &[&str]| serve(args).unwrap_err().to_string();
    assert!(error(&["--listen", "localhost"]).contains("give an IP address and a port"));
    assert!(error(&["--embedded-listen", "0.0.0.0:4610"]).contains("loopback address only"));
    assert!(error(&["--refresh-seconds", "0"]).contains("1..=3600"));
    assert!(error(&["--backend", "gcp"]).contains("[possible values: embedded, aws]"));
    let user = Cli::try_parse_from(["sekisho", "user", "role", "ann", "root"]).unwrap_err().to_string();
    assert!(user.contains("viewer, publisher, operator, admin"), "{user}");
}

#[test]
fn a_database_password_is_not_printed() {
    let args = serve(&["--database-url", "mysql://ann:hunter2@db/x"]).unwrap();
    assert!(!format!("{args:?}").contains("hunter2"));
    let folder = tempfile::tempdir().unwrap();
    let storage = StorageArgs { data_dir: folder.path().to_owned(), ..args.storage };
    assert!(!storage.database().unwrap_err().to_string().contains("hunter2"));
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = writable_folder(&file.join("data")).unwrap_err().to_string();
    assert!(error.contains("cannot be written to") && error.contains("SEKISHO_DATA_DIR"), "{error}");
    assert!(writable_folder(&folder.path().join("a/b")).unwrap().is_absolute());
}
