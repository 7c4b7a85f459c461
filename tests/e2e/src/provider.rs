//! A real OpenID provider beside the server, which knows the demo citizens.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::server::{Crowd, Server, register, root};

/// Who works with the system: name, role, organisation.
pub const STAFF: [(&str, &str, &str); 4] = [
    ("Karen Lindeskov", "fund_caseworker", "Fagenes A-kasse"),
    ("Henrik Aabro", "job_centre_caseworker", "Jobcenter Aarhus"),
    ("Ida Rosenkvist", "researcher", ""),
    ("Peter Munkholm", "administrator", ""),
];

/// A running provider that ends with this value.
pub struct Provider {
    process: Child,
    issuer: String,
    _people: TempDir,
}

impl Provider {
    /// Starts one, and tells a server that is not started yet to sign in there.
    ///
    /// # Errors
    /// Node.js or the provider's packages are missing.
    pub fn beside(server: &mut Server) -> Result<Self> {
        let folder = root().join("tests/oidc");
        let people = tempfile::tempdir()?;
        let file = people.path().join("people.json");
        std::fs::write(&file, everyone()?.to_string())?;
        let mut node = Command::new("node");
        node.arg(folder.join("provider.mjs")).args(["0", &server.address()]).arg(&file);
        node.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = node.spawn().context("node does not start")?;
        let output = process.stdout.take().context("node has no output")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let issuer = lines
            .find_map(|line| line.strip_prefix("listening ").map(str::to_owned))
            .context("the provider does not listen; are its packages installed?")?;
        // Its output has to be read to the end, or it would block.
        std::thread::spawn(move || lines.for_each(drop));
        server.set("oidc.issuer", &issuer);
        server.set("oidc.client_id", "jobnet");
        server.set("oidc.client_secret", "jobnet-secret");
        server.set("oidc.scopes", "[\"person\"]");
        server.set("oidc.requested_levels", "[\"Substantial\"]");
        for (_, role, _) in STAFF {
            server.set(&format!("oidc.roles.{role}"), role);
        }
        Ok(Self { process, issuer, _people: people })
    }

    /// Its address.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// It signs with new keys from now on; whether anyone can read them.
    ///
    /// # Errors
    /// It does not answer.
    pub fn rotate(&self, published: bool) -> Result<()> {
        let host = self.issuer.trim_start_matches("http://");
        let query = if published { "" } else { "?unpublished" };
        let mut stream = TcpStream::connect(host)?;
        write!(
            stream,
            "POST /test/rotate{query} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\
             Connection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        ensure!(answer.starts_with("HTTP/1.1 200"), "the provider says {answer}");
        Ok(())
    }

    /// Ends it.
    pub fn stop(&mut self) {
        // Both fail only if it has already ended.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The demo citizens, the staff, and one for each way to fail. The first columns of the register are id, CPR
/// number and names; none of theirs needs quoting.
fn everyone() -> Result<Value> {
    let citizens = register(Crowd::Small, "citizens")?;
    let demo = citizens.lines().filter(|row| row.starts_with("SYN-DEMO-"));
    let mut people: Vec<Value> = demo
        .filter_map(|row| {
            let mut fields = row.split(',');
            let (id, cpr) = (fields.next()?, fields.next()?);
            let name = format!("{} {}", fields.next()?, fields.next()?);
            Some(json!({"sub": id, "acr": "Substantial", "name": name, "cpr": cpr}))
        })
        .collect();
    people.extend(STAFF.map(|(name, role, organisation)| {
        json!({"sub": role, "acr": "Substantial", "name": name, "roles": [role],
               "organisation": organisation})
    }));
    people.push(json!({"sub": "low", "acr": "Low", "name": "Viggo Svag"}));
    people.push(json!({"sub": "other", "acr": "High", "name": "Otto Butik", "roles": ["shop"]}));
    people.push(json!({"sub": "no-cpr", "acr": "High", "name": "Nora Uden"}));
    Ok(Value::Array(people))
}
