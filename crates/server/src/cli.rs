//! The command line: what each command needs, and what the process ends with.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Parser, Subcommand};
use figment::Figment;

use crate::commands::{audit, compute, keys, model, model_watch, outbox, sessions, trial};
use crate::config::Config;
use crate::db::Database;
use crate::keys::Keyring;
use crate::{clock, cpr, evaluate, http, import, log, record, synthesise};

/// Jobnet for the citizen: server and tools.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    /// Configuration file (TOML); without it `jobnet.toml` is read if it exists.
    #[arg(long, global = true, value_name = "FILE", env = "JOBNET_CONFIG")]
    config: Option<PathBuf>,
    /// Database: `sqlite:PATH` or `postgres://…`.
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the app and its API.
    Serve(ServeFlags),
    /// Bring the database's schema up; safe when several start at once.
    Migrate,
    /// Write a made-up population in the import format.
    Synthesise(synthesise::Options),
    /// Read a folder of register extracts into the database, all or nothing.
    Import(import::Options),
    /// Read one citizen's facts (JSON) and print her account.
    Evaluate(evaluate::Options),
    /// The record of who looked at whose data.
    #[command(subcommand)]
    Audit(audit::Command),
    /// The keys of CPR numbers and of trials' seeds.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Sessions of those who are signed in.
    #[command(subcommand)]
    Sessions(sessions::Command),
    /// Set up, run and prove randomised trials, and compute their figures.
    #[command(subcommand)]
    Trial(TrialCommand),
    /// Make models of the risk of long-term unemployment from tables, and measure them.
    #[command(subcommand)]
    Model(ModelCommand),
    /// Messages to citizens: what could not be sent, and sending by hand.
    #[command(subcommand)]
    Outbox(outbox::Command),
    /// Print the configuration without secrets.
    Config,
}

#[derive(Subcommand)]
enum TrialCommand {
    /// Compute figures of design or analysis (JSON) again.
    Compute(compute::Options),
    /// What needs the database.
    #[command(flatten)]
    Kept(trial::Command),
}

#[derive(Subcommand)]
enum ModelCommand {
    /// Compare what a model said of the people of a period with what came of them, and keep the
    /// verdict: exit status 0, 3 if the model is out of date, 2 if the input cannot be used.
    Watch(model_watch::Options),
    /// What needs no database.
    #[command(flatten)]
    Made(model::Command),
}

#[derive(Args)]
struct ServeFlags {
    /// Address and port to listen on.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Folder of the built app.
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
    /// Allow signing in as a demo identity; refuses any address but loopback.
    #[arg(long)]
    demo: bool,
    /// The day that counts as today.
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
    /// The time at which the clock of a demo begins, such as `2026-12-24T12:00:00+01:00`.
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime<Utc>>,
}

impl Cli {
    fn load_config(&self) -> anyhow::Result<Config> {
        let mut flags = Figment::new();
        if let Some(url) = &self.database_url {
            flags = flags.merge(("database.url", url));
        }
        if let Command::Serve(serve) = &self.command {
            if let Some(listen) = serve.listen {
                flags = flags.merge(("server.listen", listen));
            }
            if let Some(dist) = &serve.dist {
                flags = flags.merge(("server.dist", dist));
            }
            if let Some(today) = serve.today {
                flags = flags.merge(("server.today", today));
            }
            if let Some(now) = serve.now {
                flags = flags.merge(("server.now", now));
            }
            if serve.demo {
                flags = flags.merge(("server.demo", true));
            }
        }
        Ok(Config::load(self.config.as_deref(), flags)?)
    }
}

/// Does what the arguments of the process say.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // These read and write standard streams only: they need neither configuration nor runtime.
    match &cli.command {
        Command::Evaluate(options) => return evaluate::run(options),
        Command::Trial(TrialCommand::Compute(options)) => return compute::run(options),
        _ => {}
    }
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _unreadable_stderr = writeln!(io::stderr(), "jobnet-server: {error:#}");
            let broken = error.downcast_ref::<record::Break>().map(|_| ExitCode::from(2));
            let import = error.downcast_ref().map(import::ImportError::exit_code);
            let wrong = error.downcast_ref().map(trial::Wrong::exit_code);
            let watched = error.downcast_ref().map(model_watch::Ended::exit_code);
            broken.or(import).or(wrong).or(watched).unwrap_or(ExitCode::FAILURE)
        }
    }
}

/// The keys of this database, with nothing in it that is not sealed.
async fn keyring(config: &Config, database: &Database) -> anyhow::Result<Keyring> {
    let keys = cpr::keyring(config, database).await?;
    cpr::seal_plain(database, &keys).await?;
    Ok(keys)
}

fn run(cli: &Cli) -> anyhow::Result<()> {
    if let Command::Synthesise(options) = &cli.command {
        return Ok(synthesise::run(options)?);
    }
    if let Command::Model(ModelCommand::Made(command)) = &cli.command {
        return model::run(command);
    }
    let config = cli.load_config()?;
    if matches!(cli.command, Command::Config) {
        serde_json::to_writer_pretty(io::stdout(), &config.redacted())?;
        return Ok(writeln!(io::stdout())?);
    }
    log::start(&config.log.filter)?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    runtime.block_on(async {
        let database = Database::connect(&config.database.url, config.database.connections).await?;
        database.migrate().await.context("the schema could not be brought up")?;
        match &cli.command {
            Command::Serve(_) => {
                let keys = keyring(&config, &database).await?;
                http::serve(config, database, keys).await?;
            }
            Command::Import(options) => {
                let keys = keyring(&config, &database).await?;
                import::run(&database, &keys, options, clock::today()).await?;
                database.close().await?;
            }
            Command::Audit(command) => {
                audit::run(&database, command, &config.record, clock::now()).await?;
                database.close().await?;
            }
            Command::Keys(command) => {
                keys::run(&config, &database, command).await?;
                database.close().await?;
            }
            Command::Sessions(command) => {
                sessions::run(&database, command).await?;
                database.close().await?;
            }
            Command::Outbox(command) => {
                let keys = keyring(&config, &database).await?;
                outbox::run(&database, &config, &keys, command).await?;
                database.close().await?;
            }
            Command::Model(ModelCommand::Watch(options)) => {
                let configured = &config.profiling.model;
                model_watch::run(&database, options, configured, clock::now()).await?;
                database.close().await?;
            }
            Command::Trial(TrialCommand::Kept(command)) => {
                let keys = keyring(&config, &database).await?;
                trial::run(&database, &keys, command, clock::now()).await?;
                database.close().await?;
            }
            _ => database.close().await?,
        }
        Ok(())
    })
}
