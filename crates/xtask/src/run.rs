//! `run` and `dev`: from a clone to a page one can open.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;

use crate::{demo, dist, http, process, project, provider};

/// The server's setting of what it logs.
const LOG_FILTER: &str = "JOBNET__LOG__FILTER";

/// What can be chosen.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    port: u16,
    citizens: u32,
    oidc: bool,
}

impl Options {
    /// Reads `--port 8080 --citizens 2000 --oidc`, in any order, also with `=`.
    ///
    /// # Errors
    /// An unknown option, or a value that is no number.
    pub(crate) fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self { port: 8080, citizens: 2000, oidc: false };
        let mut words = words.iter().flat_map(|word| word.splitn(2, '='));
        while let Some(name) = words.next() {
            let mut value = || words.next().with_context(|| format!("{name} needs a number"));
            match name {
                "--port" => options.port = number(name, value()?)?,
                "--citizens" => options.citizens = number(name, value()?)?,
                "--oidc" => options.oidc = true,
                _ => bail!("there is no option `{name}`; there are --port, --citizens and --oidc"),
            }
        }
        Ok(options)
    }
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T> {
    value.parse().map_err(|_| anyhow!("`{value}` is no number that {name} can take"))
}

/// Installs what is missing, builds, and becomes the server.
///
/// # Errors
/// A step fails, or the port is taken.
pub(crate) fn run(options: &Options) -> Result<()> {
    must_be_free(options.port)?;
    if options.oidc {
        must_be_free(options.port.saturating_add(1))?;
    }
    dist::build()?;
    let database = demo::ensure(options.citizens)?;
    let provider_port = options.port.checked_add(1).context("the port is too high")?;
    let settings = match options.oidc {
        true => Some(provider::start(provider_port, options.port)?),
        false => None,
    };
    announcer(options.port)?;
    // This process becomes the server: Ctrl-C and every other signal reach it directly, and
    // nothing is left behind however it ends.
    let mut server = serve(options.port, &database);
    if let Some(settings) = settings {
        server.env("JOBNET_CONFIG", settings);
    }
    if std::env::var_os(LOG_FILTER).is_none() {
        // A line per request would bury the address.
        server.env(LOG_FILTER, "warn");
    }
    Err(server.exec()).context("the server cannot be started")
}

/// Trunk's live reload, with a demo server behind its proxy. The server is not restarted when
/// its sources change: stop and start the command.
///
/// # Errors
/// A step fails, or a port is taken.
pub(crate) fn dev(options: &Options) -> Result<()> {
    let api_port = options.port.checked_add(1).context("the port is too high")?;
    must_be_free(options.port)?;
    must_be_free(api_port)?;
    dist::build()?;
    let database = demo::ensure(options.citizens)?;
    let server = process::Guard(serve(api_port, &database).spawn().context("the server")?);
    http::wait_until_ready(api_port, Duration::from_secs(20))?;
    let mut trunk = dist::trunk(&["serve", "--offline", "--address", "127.0.0.1"])?;
    trunk.args(["--port", &options.port.to_string(), "--dist"]);
    trunk.arg(project::target().join("xtask/dev"));
    trunk.arg(format!("--proxy-backend=http://127.0.0.1:{api_port}/api/"));
    process::say(&format!("Live reload on http://127.0.0.1:{}", options.port));
    let status = trunk.status().context("trunk cannot be started")?;
    drop(server);
    if status.success() { Ok(()) } else { bail!("trunk ended with {status}") }
}

fn serve(port: u16, database: &str) -> Command {
    let mut server = Command::new(project::server());
    server.args(["serve", "--demo", "--listen", &format!("127.0.0.1:{port}")]);
    server.args(["--database-url", database]).current_dir(project::root());
    server
}

fn must_be_free(port: u16) -> Result<()> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(error) => bail!("port {port} cannot be used ({error}); choose another with --port"),
    }
}

/// Starts `announce` in a process of its own, since this one becomes the server.
fn announcer(port: u16) -> Result<()> {
    let xtask = std::env::current_exe().context("this program does not find itself")?;
    let mut announce = Command::new(xtask);
    announce.args(["announce", &port.to_string()]).stdin(Stdio::null());
    announce.spawn().context("the announcement cannot be started")?;
    Ok(())
}

/// Waits for the server and says where it is and as whom one can come in.
///
/// # Errors
/// The server does not become ready.
pub(crate) fn announce(port: u16) -> Result<()> {
    http::wait_until_ready(port, Duration::from_secs(60))?;
    let personas: Value = serde_json::from_str(&http::get(port, "/api/v1/session/personas")?)?;
    println!("\nOpen http://127.0.0.1:{port} and come in as one of these (all are made up):");
    for persona in personas.as_array().into_iter().flatten() {
        let text = |key: &str| persona[key].as_str().unwrap_or_default().to_owned();
        println!("  {:<28} {}", text("key"), text("name"));
    }
    println!("Ctrl-C ends it.\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_in_any_order_and_bad_ones_are_refused() {
        let read = |words: &[&str]| Options::parse(words);
        assert_eq!(read(&[]).unwrap(), Options { port: 8080, citizens: 2000, oidc: false });
        let both = Options { port: 81, citizens: 5, oidc: true };
        assert_eq!(read(&["--citizens", "5", "--oidc", "--port", "81"]).unwrap(), both);
        assert_eq!(read(&["--port=81", "--citizens=5", "--oidc"]).unwrap(), both);
        for bad in [&["--port"][..], &["--port", "x"], &["--port", "70000"], &["--host", "a"]] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_taken_port_is_said_before_anything_is_built() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(must_be_free(port).unwrap_err().to_string().contains("--port"));
    }
}
