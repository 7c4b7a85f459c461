//! E-mail over TLS: to a server whose certificate is trusted, and to no other. The program itself
//! sends, to a real mail server with a certificate of an authority of the test's own.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::extracts::RING;
use support::smtp::Sink;

/// An authority of certificates that nobody trusts unless she is told to.
struct Authority(tempfile::TempDir);

impl Authority {
    fn new() -> Self {
        let authority = Self(tempfile::tempdir().unwrap());
        let (key, itself) = (authority.file("ca.key"), authority.file("ca.pem"));
        let names = ["-subj", "/CN=Authority of a test"];
        openssl(&[&["req", "-x509", "-days", "3650"], &NEW_KEY, &names], &key, &itself);
        authority
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A certificate for a name, as `IP:…` or `DNS:…`, and its key.
    fn certificate(&self, name: &str) -> (PathBuf, PathBuf) {
        let place = |ending: &str| self.file(&format!("{}.{ending}", name.replace(':', "-")));
        let (key, request, certificate) = (place("key"), place("csr"), place("pem"));
        openssl(&[&["req"], &NEW_KEY, &["-subj", "/CN=A server of a test"]], &key, &request);
        std::fs::write(place("ext"), format!("subjectAltName={name}")).unwrap();
        let mut sign = Command::new("openssl");
        sign.args(["x509", "-req", "-days", "3650", "-CAcreateserial", "-in"]).arg(request);
        sign.arg("-CA").arg(self.file("ca.pem")).arg("-CAkey").arg(self.file("ca.key"));
        sign.arg("-extfile").arg(place("ext")).arg("-out").arg(&certificate);
        must(&mut sign);
        (certificate, key)
    }
}

const NEW_KEY: [&str; 5] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

fn openssl(arguments: &[&[&str]], key: &Path, out: &Path) {
    let mut command = Command::new("openssl");
    command.args(arguments.concat()).arg("-keyout").arg(key).arg("-out").arg(out);
    must(&mut command);
}

fn must(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Has the program send one e-mail, with an authority to trust: what it says of its outbox then.
fn send(sink: &Sink, protection: &str, trusted: &Path) -> String {
    let place = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_jobnet-server"));
        program.current_dir(place.path()).arg("outbox").args(arguments);
        program.env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR");
        for (name, value) in [
            ("DATABASE__URL", "sqlite:jobnet.db?mode=rwc"),
            ("KEYS__RING", RING),
            ("LOG__FILTER", "warn"),
            ("OUTBOX__SEND_FROM_HOUR", "0"),
            ("OUTBOX__SEND_UNTIL_HOUR", "24"),
            ("OUTBOX__EMAIL__HOST", "127.0.0.1"),
            ("OUTBOX__EMAIL__PORT", &sink.port.to_string()),
            ("OUTBOX__EMAIL__PROTECTION", protection),
            ("OUTBOX__EMAIL__FROM", "Jobnet <no-reply@jobnet.example>"),
            ("OUTBOX__EMAIL__TIMEOUT_SECONDS", "5"),
        ] {
            program.env(format!("JOBNET__{name}"), value);
        }
        String::from_utf8(must(&mut program).stdout).unwrap()
    };
    run(&["probe", "--channel", "email", "--to", "anna@example.org", "--run", "tls"]);
    run(&["send", "--once"]);
    let list = run(&["list"]);
    list.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_trusted_server_gets_it_and_no_other_does() {
    let (ours, others) = (Authority::new(), Authority::new());
    let here = ours.certificate("IP:127.0.0.1");
    let elsewhere = ours.certificate("DNS:mail.example.org");
    let ca = |authority: &Authority| authority.file("ca.pem");
    for protection in ["starttls", "tls"] {
        let sink = Sink::with_tls(protection, &here.0, &here.1);
        assert_eq!(send(&sink, protection, &ca(&others)), "email waiting 1", "{protection}");
        assert_eq!(sink.seen(), 0, "{protection}: to a server that is not trusted");
        assert_eq!(send(&sink, protection, &ca(&ours)), "email sent 1", "{protection}");
        assert_eq!(sink.messages().len(), 1, "{protection}");
        // A certificate of another server, from an authority that is trusted.
        let sink = Sink::with_tls(protection, &elsewhere.0, &elsewhere.1);
        assert_eq!(send(&sink, protection, &ca(&ours)), "email waiting 1", "{protection}");
        assert_eq!(sink.seen(), 0, "{protection}: to a server of another name");
        // A server without TLS: nothing is said in the open.
        let sink = Sink::start(0.0);
        assert_eq!(send(&sink, protection, &ca(&ours)), "email waiting 1", "{protection}");
        assert_eq!(sink.seen(), 0, "{protection}: in the open");
    }
}
