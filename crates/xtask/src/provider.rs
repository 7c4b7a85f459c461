//! `run --oidc`: the test provider with the people of the demo, and the server's settings for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{demo, process, project, setup};

/// How the provider begins the line that says it listens.
const READY: &str = "listening ";
/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts the provider and waits until it answers; the file with the server's settings for it. It
/// ends with this process, also after this one has become the server.
///
/// # Errors
/// Node.js or the provider's packages are missing, files cannot be written, or it does not answer.
pub(crate) fn start(port: u16, app_port: u16) -> Result<PathBuf> {
    setup::provider_packages()?;
    let folder = project::target().join("xtask/oidc");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let people = folder.join("people.json");
    fs::write(&people, people_of_the_demo()?.to_string())?;
    let settings = folder.join("jobnet.toml");
    fs::write(&settings, settings_for(port))?;
    // It ends by itself: it is not waited for.
    let mut provider = spawn(port, app_port, &people, &folder.join("provider.log"))?;
    let log = folder.join("provider.log");
    wait_until_ready(&mut provider, &log, PATIENCE)
        .with_context(|| format!("the provider did not start; it wrote into {}", log.display()))?;
    process::say(&format!("A provider to sign in at: http://127.0.0.1:{port}"));
    Ok(settings)
}

fn spawn(port: u16, app_port: u16, people: &Path, log: &Path) -> Result<Child> {
    let log = fs::File::create(log).with_context(|| log.display().to_string())?;
    Command::new("setpriv")
        .args(["--pdeathsig=TERM", "node"])
        .arg(project::root().join("tests/oidc/provider.mjs"))
        .args([port.to_string(), format!("http://127.0.0.1:{app_port}")])
        .arg(people)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .context("the provider cannot be started (it needs node and setpriv)")
}

/// Waits until the provider writes that it listens: an answer at its port could be somebody else's.
///
/// # Errors
/// It has ended, or does not say so in time.
fn wait_until_ready(provider: &mut Child, log: &Path, at_most: Duration) -> Result<()> {
    let begun = Instant::now();
    loop {
        if let Some(status) = provider.try_wait()? {
            bail!("it ended with {status}");
        }
        let said = fs::read_to_string(log).with_context(|| log.display().to_string())?;
        if said.lines().any(|line| line.starts_with(READY)) {
            return Ok(());
        }
        if begun.elapsed() > at_most {
            let _already_gone = provider.kill();
            provider.wait()?;
            bail!("it does not answer");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
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
    use crate::http;

    fn free_port() -> u16 {
        std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
    }

    #[test]
    fn the_provider_answers_when_it_is_said_to_be_there() {
        let folder = std::env::temp_dir().join(format!("jobnet-provider-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let people = folder.join("people.json");
        fs::write(&people, r#"[{"sub": "a", "acr": "Substantial", "name": "A"}]"#).unwrap();
        let (port, app) = (free_port(), free_port());
        let log = folder.join("provider.log");
        let mut provider = process::Guard(spawn(port, app, &people, &log).unwrap());
        wait_until_ready(&mut provider.0, &log, PATIENCE).unwrap();
        let told = http::get(port, "/.well-known/openid-configuration").unwrap();
        let told: Value = serde_json::from_str(&told).unwrap();
        let issuer = format!("http://127.0.0.1:{port}");
        assert_eq!(told["issuer"], issuer);
        assert!(settings_for(port).contains(&format!("issuer = \"{issuer}\"")));
        // A second one at the same port ends, though somebody answers there.
        let other = folder.join("other.log");
        let mut second = process::Guard(spawn(port, app, &people, &other).unwrap());
        let error = wait_until_ready(&mut second.0, &other, PATIENCE).unwrap_err();
        assert!(error.to_string().contains("it ended"), "{error:#}");
        drop(provider);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_provider_that_says_nothing_is_no_success() {
        let mut silent = Command::new("sleep").arg("60").spawn().unwrap();
        let nothing = Path::new("/dev/null");
        let error = wait_until_ready(&mut silent, nothing, Duration::from_millis(200));
        assert!(error.unwrap_err().to_string().contains("does not answer"));
        assert!(silent.try_wait().unwrap().is_some(), "nothing is left behind");
    }

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
