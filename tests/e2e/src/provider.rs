//! A real OpenID provider beside the server, which knows the demo citizens.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::server::{Crowd, Server, register, root};

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
        server.set("oidc.roles.fund_caseworker", "fund_caseworker");
        Ok(Self { process, issuer, _people: people })
    }

    /// Its address.
    pub fn issuer(&self) -> &str {
        &self.issuer
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

/// The demo citizens, and one for each way to fail. The first columns of the register are id, CPR
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
    people.push(json!({"sub": "low", "acr": "Low", "name": "Viggo Svag"}));
    people.push(json!({"sub": "other", "acr": "High", "name": "Otto Butik", "roles": ["shop"]}));
    people.push(json!({"sub": "no-cpr", "acr": "High", "name": "Nora Uden"}));
    Ok(Value::Array(people))
}
