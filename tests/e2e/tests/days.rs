//! A demo whose days go by: a mail server, a folder of Digital Post and one of letters beside the
//! server, which is started once for each day that matters.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use jobnet_api::messages::letter::Letter;
use jobnet_api::messages::mail;
use jobnet_e2e::leaks::columns;
use jobnet_e2e::server::{Crowd, Server, root};
use jobnet_e2e::{Page, Stage};
use jobnet_web::routes;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::citizen::{come_in_as_staff, heading};
use crate::pdf::{self, Pdf};
use crate::smtp::Sink;
use crate::trials::{research, step_of};

/// The longest that a day's messages may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where messages arrive.
pub(crate) struct World {
    sink: Sink,
    folder: TempDir,
}

/// An e-mail as it came.
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// A document as it came: to whom, and what is read aloud of it, without spaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Paper {
    /// CPR number, or the lines of the address.
    pub(crate) to: String,
    pub(crate) text: String,
}

/// A server that is not started yet, and where its messages arrive.
pub(crate) fn world() -> Result<(Server, World)> {
    let mut server = Server::stopped(Crowd::Small)?;
    let world = World { sink: Sink::start(0.0), folder: tempfile::tempdir()? };
    let (log, port) = (world.sink.log(), world.sink.port.to_string());
    let folder = |name: &str| world.folder.path().join(name).display().to_string();
    for (setting, value) in [
        ("log.filter", "info,jobnet_server::jobs=debug,jobnet_server::outbox::job=debug"),
        ("outbox.send_from_hour", "0"),
        ("outbox.send_until_hour", "24"),
        ("outbox.email.host", "127.0.0.1"),
        ("outbox.email.port", &port),
        ("outbox.email.protection", "none"),
        ("outbox.email.from", "Jobnet for borgeren <no-reply@jobnet.example>"),
        ("outbox.email.log_file", &log.display().to_string()),
        ("outbox.email.log_form", "message_ids"),
        ("outbox.post.sender_cvr", "\"12345678\""),
        ("outbox.post.sender_label", "Styrelsen"),
        ("outbox.post.folder", &folder("post")),
        ("outbox.letters.folder", &folder("print")),
        ("outbox.letters.close_from_hour", "0"),
    ] {
        server.set(setting, value);
    }
    Ok((server, world))
}

/// Starts the server at noon of a day, and waits until it has planned and sent what is due then.
pub(crate) async fn begin(server: &mut Server, day: &str) -> Result<()> {
    server.stop()?;
    let before = server.log().len();
    server.at(&format!("{day}T12:00:00+01:00"));
    server.resume()?;
    let begun = Instant::now();
    loop {
        let log = server.log().split_off(before);
        let planned = ["no message of a trial is due", "messages of trials are planned"];
        let planned = planned.iter().filter_map(|words| log.find(words)).min();
        // The first round may have begun before everything was planned.
        let rounds = log[planned.unwrap_or(log.len())..].matches("nothing is left to send now");
        if rounds.count() >= 2 {
            return Ok(());
        }
        if log.contains("could not be") || begun.elapsed() > PATIENCE {
            bail!("{day} does not come to its end:\n{log}");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Brings rows of a register into the database as of a day. The server may be running.
pub(crate) fn import(server: &Server, day: &str, registers: &[(&str, String)]) -> Result<()> {
    let folder = server.folder().join(format!("extracts-{day}"));
    fs::create_dir(&folder)?;
    let manifest = json!({ "synthetic": true, "as_of": day });
    fs::write(folder.join("synthetic.json"), manifest.to_string())?;
    for (name, rows) in registers {
        fs::write(folder.join(format!("{name}.csv")), rows)?;
    }
    server.tell(&["import", &folder.display().to_string()]).map(drop)
}

/// The rows of a register with one column set anew where `change` says so.
pub(crate) fn changed(
    register: &str,
    column: &str,
    change: impl Fn(&str) -> Option<&'static str>,
) -> Result<String> {
    let mut lines = register.lines();
    let header = lines.next().context("no header")?;
    let place = header.split(',').position(|name| name == column).context("no such column")?;
    let mut text = format!("{header}\n");
    for line in lines {
        let mut fields: Vec<&str> = line.split(',').collect();
        if let Some(value) = change(fields[0]) {
            fields[place] = value;
            text.extend([&fields.join(","), "\n"]);
        }
    }
    Ok(text)
}

/// A column of a register, by another.
pub(crate) fn by<'a>(
    register: &'a str,
    key: &str,
    value: &str,
) -> Result<BTreeMap<&'a str, &'a str>> {
    Ok(columns(register, [key, value])?.into_iter().map(|[key, value]| (key, value)).collect())
}

/// A researcher reads in a delivered protocol as a file, registers it and starts it.
pub(crate) async fn run_trial(page: &Page, key: &str, title: &str) -> Result<()> {
    let t = research();
    come_in_as_staff(page, "researcher").await?;
    let file = root().join("crates/server/trials").join(format!("{key}.json"));
    page.css("#trial-file").await?.send_keys(file.display().to_string()).await?;
    page.click("link", t.list.open).await?;
    heading(page, title).await?;
    step_of(page, key, t.steps.register, None, "registered").await?;
    step_of(page, key, t.steps.start, None, "running").await
}

/// Opens what a trial sends, as a researcher.
pub(crate) async fn messages_of(page: &Page, key: &str) -> Result<()> {
    come_in_as_staff(page, "researcher").await?;
    page.open(&format!("{}?del=beskeder", routes::Page::Trial.about(key))).await?;
    page.css("[data-part=fates]").await.map(drop)
}

/// Numbers of a line of the table of what became of messages, by their names.
pub(crate) async fn counted(page: &Page, line: &str, names: &[&str]) -> Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for name in names {
        let cell = format!("[data-line=\"{line}\"] [data-count={name}]");
        let text = page.css(&cell).await?.text().await?;
        numbers.push(text.parse().with_context(|| format!("{name}: {text}"))?);
    }
    Ok(numbers)
}

/// The arm of everyone in a trial, by her id in the registers.
pub(crate) fn arms(server: &Server, key: &str) -> Result<BTreeMap<String, String>> {
    let rows = server.ask(&format!(
        "SELECT c.register_id, a.arm FROM trial_assignments a JOIN trials t ON t.id = a.trial_id \
         JOIN trial_units u ON u.trial_id = a.trial_id AND u.unit = a.unit \
         JOIN citizens c ON c.id = u.citizen_id WHERE t.key = '{key}'"
    ))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(rows.iter().map(|row| (text(&row[0]), text(&row[1]))).collect())
}

/// What a program says, or why it fails.
fn said(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{command:?}: {said}{:?}", output.stderr);
    Ok(said)
}

/// What a screen reader reads of a letter, in its order. It has to be sound, tagged and in UA form, with
/// one title.
fn read_pdf(file: &Path) -> Result<String> {
    let letter = Pdf::new(fs::read(file)?);
    letter.check();
    ensure!(letter.info().contains("Tagged:          yes\n"), "{}", letter.info());
    ensure!(letter.unpacked().contains("<pdfuaid:part>1</pdfuaid:part>"), "{}", file.display());
    let tags = letter.tags();
    let of = |tag: &str| tags.iter().filter(|each| *each == tag).count();
    ensure!((of("H1"), of("Document")) == (1, 1) && of("H2") > 0, "{tags:?}");
    Ok(letter.read_aloud())
}

impl Paper {
    /// That it says a letter, every word in its order.
    pub(crate) fn says(&self, letter: &Letter) {
        let text = mail::text(letter);
        // Steps are numbered there, too, but as a list's labels.
        let is_number = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit());
        let bare = text.lines().map(|line| match line.split_once(". ") {
            Some((number, step)) if is_number(number) => step,
            _ => line,
        });
        let lines: Vec<&str> = bare.filter(|line| !line.is_empty()).collect();
        pdf::assert_in_order(&self.text, &lines);
    }
}

fn entries(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    all.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
}

impl World {
    /// Every e-mail that came, in its order. Python reads them: another reader than the writer.
    pub(crate) fn mails(&self) -> Result<Vec<Mail>> {
        const READ: &str = "import email, email.policy, json, sys\n\
             read = lambda m: email.message_from_string(m, policy=email.policy.default)\n\
             text = lambda m: [m['To'], m['Subject'], m.get_body(('plain',)).get_content()]\n\
             print(json.dumps([text(read(m)) for m in json.load(sys.stdin)]))";
        let mut python = Command::new("python3");
        let mut python = python
            .args(["-c", READ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("python3")?;
        let input = python.stdin.take().context("no input")?;
        serde_json::to_writer(input, &self.sink.messages())?;
        let mails: Vec<[String; 3]> = serde_json::from_slice(&python.wait_with_output()?.stdout)?;
        Ok(mails.into_iter().map(|[to, subject, text]| Mail { to, subject, text }).collect())
    }

    /// Every document in the folder of Digital Post.
    pub(crate) fn post(&self) -> Result<BTreeSet<Paper>> {
        let taken = self.taken()?.into_iter();
        let papers = taken.filter_map(|(to, _, text)| Some(Paper { to, text: text? }));
        let mut all = BTreeSet::new();
        for paper in papers {
            ensure!(all.insert(paper), "the same message twice");
        }
        Ok(all)
    }

    /// The text messages in the folder of Digital Post: to whom, and what they say.
    pub(crate) fn texted(&self) -> Result<BTreeMap<String, String>> {
        let mut all = BTreeMap::new();
        for (to, said, _) in self.taken()?.into_iter().filter(|(.., paper)| paper.is_none()) {
            ensure!(all.insert(to, said).is_none(), "two text messages to one");
        }
        Ok(all)
    }

    /// Every message in the folder of Digital Post: to whom, the words of a text message, and its
    /// document, which a text message has not.
    fn taken(&self) -> Result<Vec<(String, String, Option<String>)>> {
        const TAKE: &str = "import base64, sys, xml.etree.ElementTree as tree\n\
             memo = tree.parse(sys.argv[1]).getroot()\n\
             part = lambda name: memo.find('.//{https://DigitalPost.dk/MeMo-1}' + name)\n\
             text = lambda name: '' if part(name) is None else part(name).text\n\
             if part('content') is not None:\n\
             \x20 open(sys.argv[2], 'wb').write(base64.b64decode(part('content').text))\n\
             print(text('recipientID'), text('notification'))";
        let pdf = self.folder.path().join("taken.pdf");
        let mut taken = Vec::new();
        for file in entries(&self.folder.path().join("post"), ".xml") {
            let said = said(Command::new("python3").args(["-c", TAKE]).args([&file, &pdf]))?;
            let (to, words) = said.split_once(' ').context("no recipient")?;
            let paper = if pdf.exists() { Some(read_pdf(&pdf)?) } else { None };
            fs::remove_file(&pdf).or_else(|error| paper.is_none().then_some(()).ok_or(error))?;
            taken.push((to.to_owned(), words.trim().to_owned(), paper));
        }
        Ok(taken)
    }

    /// The letters of the batch of a day. Its checksums have to be right.
    pub(crate) fn batch(&self, day: &str) -> Result<BTreeSet<Paper>> {
        let batch = self.folder.path().join("print").join(format!("batch-{day}"));
        if !batch.exists() {
            return Ok(BTreeSet::new());
        }
        let sums = ["--check", "--strict", "--quiet", "SHA256SUMS"];
        said(Command::new("sha256sum").args(sums).current_dir(&batch))?;
        let manifest = fs::read_to_string(batch.join("manifest.json"))?;
        let manifest: Value = serde_json::from_str(&manifest)?;
        let mut papers = BTreeSet::new();
        for letter in manifest["letters"].as_array().context("no letters")? {
            let lines = letter["address"].as_array().into_iter().flatten();
            let lines: Vec<&str> = lines.filter_map(Value::as_str).collect();
            let text = read_pdf(&batch.join(letter["file"].as_str().context("no file")?))?;
            let paper = Paper { to: lines.join(", "), text };
            ensure!(papers.insert(paper), "the same letter twice");
        }
        ensure!(entries(&batch, ".pdf").len() == papers.len(), "a letter is not in the manifest");
        Ok(papers)
    }

    /// The days on which there was a batch.
    pub(crate) fn batches(&self) -> BTreeSet<String> {
        let names = entries(&self.folder.path().join("print"), "").into_iter();
        let names = names.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
        names.filter_map(|name| name.strip_prefix("batch-").map(str::to_owned)).collect()
    }
}

/// The titles in her list of letters, oldest first.
pub(crate) async fn letters_of(stage: &Stage) -> Result<Vec<String>> {
    let page = &stage.page;
    page.open(routes::Page::Letters.path()).await?;
    let there = "return document.querySelector('main .note, main [data-letter]') !== null;";
    page.wait("her letters", there, &[]).await?;
    let titles = "return [...document.querySelectorAll('main [data-letter] a')] \
         .map(link => link.innerText.trim()).reverse();";
    Ok(serde_json::from_value(page.script(titles, &[]).await?)?)
}
