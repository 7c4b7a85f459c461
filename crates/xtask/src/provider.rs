//! `run --oidc`: the test provider with the people of the demo, and the server's settings for it.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{demo, process, project, setup};

/// Starts the provider; the file with the server's settings for it. It ends with this process, also
/// after this one has become the server.
///
/// # Errors
/// Node.js or the provider's packages are missing, or files cannot be written.
pub(crate) fn start(port: u16, app_port: u16) -> Result<PathBuf> {
    setup::provider_packages()?;
    let folder = project::target().join("xtask/oidc");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let people = folder.join("people.json");
    fs::write(&people, people_of_the_demo()?.to_string())?;
    let settings = folder.join("jobnet.toml");
    fs::write(&settings, settings_for(port))?;
    let _ends_by_itself: Child = Command::new("setpriv")
        .args(["--pdeathsig=TERM", "node"])
        .arg(project::root().join("tests/oidc/provider.mjs"))
        .args([port.to_string(), format!("http://127.0.0.1:{app_port}")])
        .arg(&people)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("the provider cannot be started (it needs node and setpriv)")?;
    process::say(&format!("A provider to sign in at: http://127.0.0.1:{port}"));
    Ok(settings)
}

/// The demo's citizens with their made-up CPR numbers, its staff, and two who are not let in.
fn people_of_the_demo() -> Result<Value> {
    let register = demo::place().join("registers/citizens.csv");
    let text = fs::read_to_string(&register).with_context(|| register.display().to_string())?;
    let mut people = citizens(&text);
    for (sub, name, role, organisation) in [
        ("karen", "Karen Lindeskov", "fund_caseworker", "Fagenes A-kasse"),
        ("henrik", "Henrik Aabro", "job_centre_caseworker", "Jobcenter Aarhus"),
        ("ida", "Ida Rosenkvist", "researcher", ""),
        ("peter", "Peter Munkholm", "administrator", ""),
    ] {
        people.push(json!({
            "sub": sub, "acr": "Substantial", "name": name, "roles": [role],
            "organisation": organisation,
        }));
    }
    people.push(json!({"sub": "weak", "acr": "Low", "name": "Viggo Svag"}));
    people.push(json!({"sub": "no-cpr", "acr": "High", "name": "Nora Uden-CPR"}));
    Ok(Value::Array(people))
}

/// The demo identities of a register of citizens: its first four columns are id, CPR number and
/// names, and none of theirs needs quoting.
fn citizens(csv: &str) -> Vec<Value> {
    let rows = csv.lines().filter(|row| row.starts_with("SYN-DEMO-"));
    rows.filter_map(|row| {
        let mut fields = row.split(',');
        let (id, cpr) = (fields.next()?, fields.next()?);
        let name = format!("{} {}", fields.next()?, fields.next()?);
        Some(json!({"sub": id, "acr": "Substantial", "name": name, "cpr": cpr}))
    })
    .collect()
}

fn settings_for(port: u16) -> String {
    format!(
        "[oidc]\n\
         issuer = \"http://127.0.0.1:{port}\"\n\
         client_id = \"jobnet\"\n\
         client_secret = \"jobnet-secret\"\n\
         scopes = [\"person\"]\n\
         requested_levels = [\"Substantial\"]\n\n\
         [oidc.roles]\n\
         fund_caseworker = \"fund_caseworker\"\n\
         job_centre_caseworker = \"job_centre_caseworker\"\n\
         researcher = \"researcher\"\n\
         administrator = \"administrator\"\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_demos_own_citizens_can_sign_in() {
        let csv = "id,cpr,first_name,last_name\nSYN-1,0181900001,A,B\n\
                   SYN-DEMO-NEW,0181900002,Sofie,Brandstrup,1990-01-01\n";
        let expected = json!({
            "sub": "SYN-DEMO-NEW", "acr": "Substantial", "name": "Sofie Brandstrup",
            "cpr": "0181900002",
        });
        assert_eq!(citizens(csv), [expected]);
    }
}
