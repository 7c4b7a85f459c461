//! What the log of the receiving mail server says of a message, found by its Message-ID.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

use chrono::TimeDelta;
use jobnet_api::outbox::Trouble;
use serde::{Deserialize, Serialize};

use super::carrier::{Known, NotNow};

/// How a log says that a message was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogForm {
    /// As Postfix does: `QUEUE-ID: message-id=<…>` while it reads, and a line of the same queue id
    /// with `(queue active)` or `status=sent` once it has taken it.
    #[default]
    Postfix,
    /// One line for each message that was taken, with its Message-ID in it.
    MessageIds,
}

/// Where the log is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A file.
    File(PathBuf),
    /// What a command prints.
    Command(Vec<String>),
}

/// A log, and how far back it surely reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MailLog {
    pub(super) source: Source,
    pub(super) form: LogForm,
    pub(super) reaches_back: TimeDelta,
}

impl MailLog {
    /// What the log says of a message that was handed over so long ago.
    pub(super) async fn known(
        &self,
        message_id: &str,
        domain: &str,
        age: TimeDelta,
    ) -> Result<Known, NotNow> {
        let said = self.read(Said::new(self.form, message_id, domain)).await?;
        if said.is_taken {
            Ok(Known::Delivered)
        } else if age >= self.reaches_back {
            // Rotated away perhaps.
            Ok(Known::Unknown)
        } else if said.knows_us {
            Ok(Known::NotDelivered)
        } else {
            // A log that has never heard of us is the wrong one, or empty: it proves nothing.
            Err(NotNow(Trouble::Log.with("it knows none of our messages")))
        }
    }

    async fn read(&self, mut said: Said) -> Result<Said, NotNow> {
        let unreadable = |why: String| NotNow(Trouble::Log.with(why));
        match &self.source {
            Source::File(path) => {
                let path = path.clone();
                let read = tokio::task::spawn_blocking(move || {
                    said.hear(BufReader::new(File::open(path)?)).map(|()| said)
                });
                let read = read.await.unwrap_or_else(|error| Err(io::Error::other(error)));
                read.map_err(|error| unreadable(error.to_string()))
            }
            Source::Command(words) => {
                let (program, arguments) =
                    words.split_first().ok_or_else(|| unreadable("no command".to_owned()))?;
                let output = tokio::process::Command::new(program)
                    .args(arguments)
                    .stdin(Stdio::null())
                    .stderr(Stdio::null())
                    .kill_on_drop(true)
                    .output()
                    .await
                    .map_err(|error| unreadable(error.to_string()))?;
                if !output.status.success() {
                    return Err(unreadable(format!("{program} ended with {}", output.status)));
                }
                said.hear(&output.stdout[..]).map_err(|error| unreadable(error.to_string()))?;
                Ok(said)
            }
        }
    }
}

/// What a log has said so far of one message.
struct Said {
    form: LogForm,
    message_id: String,
    /// What every Message-ID of ours ends with.
    ours: String,
    /// Under which ids the server read it.
    queue_ids: Vec<String>,
    is_taken: bool,
    /// Whether any message of ours is in it.
    knows_us: bool,
}

impl Said {
    fn new(form: LogForm, message_id: &str, domain: &str) -> Self {
        Self {
            form,
            message_id: message_id.to_owned(),
            ours: format!("@{domain}>"),
            queue_ids: Vec::new(),
            is_taken: false,
            knows_us: false,
        }
    }

    /// Listens to a log, line by line: logs are long.
    fn hear(&mut self, mut log: impl BufRead) -> io::Result<()> {
        let mut bytes = Vec::new();
        while log.read_until(b'\n', &mut bytes)? > 0 {
            self.line(&String::from_utf8_lossy(&bytes));
            bytes.clear();
        }
        Ok(())
    }

    fn line(&mut self, line: &str) {
        self.knows_us |= line.contains(&self.ours);
        if self.form == LogForm::MessageIds {
            self.is_taken |= line.contains(&self.message_id);
            return;
        }
        if let Some((before, _)) = line.split_once(&format!("message-id={}", self.message_id)) {
            let id = before.trim_end().strip_suffix(':').and_then(|text| text.rsplit(' ').next());
            self.queue_ids.extend(id.filter(|id| !id.is_empty()).map(ToOwned::to_owned));
        }
        let takes = line.contains("(queue active)") || line.contains("status=sent");
        self.is_taken |=
            takes && self.queue_ids.iter().any(|id| line.contains(&format!(" {id}: ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines as Postfix writes them: one message taken, one whose sender went away, one refused.
    const POSTFIX: &str = "\
Nov 26 09:00:00 mail postfix/smtpd[811]: 4XyZ1a2B3c: client=localhost[127.0.0.1]
Nov 26 09:00:00 mail postfix/cleanup[815]: 4XyZ1a2B3c: message-id=<taken@jobnet.example>
Nov 26 09:00:00 mail postfix/qmgr[702]: 4XyZ1a2B3c: from=<no-reply@jobnet.example>, size=2210, nrcpt=1 (queue active)
Nov 26 09:00:01 mail postfix/smtp[820]: 4XyZ1a2B3c: to=<anna@example.org>, relay=mx.example.org[192.0.2.1]:25, delay=0.9, dsn=2.0.0, status=sent (250 2.0.0 Ok)
Nov 26 09:00:02 mail postfix/cleanup[815]: 4XyZ9z8Y7x: message-id=<lost@jobnet.example>
Nov 26 09:00:02 mail postfix/smtpd[811]: lost connection after DATA from localhost[127.0.0.1]
Nov 26 09:00:03 mail postfix/qmgr[702]: 4XyZ1a2B3c: removed
";

    fn taken(log: &str, message_id: &str, form: LogForm) -> bool {
        let mut said = Said::new(form, message_id, "jobnet.example");
        said.hear(log.as_bytes()).unwrap();
        said.is_taken
    }

    #[test]
    fn postfix_has_taken_a_message_when_its_queue_has() {
        for (id, expected) in [
            ("<taken@jobnet.example>", true),
            ("<lost@jobnet.example>", false),
            ("<aken@jobnet.example>", false),
            ("<never@jobnet.example>", false),
        ] {
            assert_eq!(taken(POSTFIX, id, LogForm::Postfix), expected, "{id}");
        }
        assert!(taken("2026 250 <a@b>\n", "<a@b>", LogForm::MessageIds));
        assert!(!taken("2026 250 <a@b>\n", "<a@bc>", LogForm::MessageIds));
    }

    fn file(text: &str) -> (tempfile::NamedTempFile, MailLog) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let source = Source::File(file.path().to_owned());
        let log = MailLog { source, form: LogForm::Postfix, reaches_back: TimeDelta::hours(24) };
        (file, log)
    }

    #[tokio::test]
    async fn what_is_missing_proves_something_only_where_the_log_surely_reaches() {
        let (_file, log) = file(POSTFIX);
        let known =
            async |id, hours| log.known(id, "jobnet.example", TimeDelta::hours(hours)).await;
        assert_eq!(known("<taken@jobnet.example>", 1).await, Ok(Known::Delivered));
        assert_eq!(known("<taken@jobnet.example>", 99).await, Ok(Known::Delivered));
        assert_eq!(known("<lost@jobnet.example>", 1).await, Ok(Known::NotDelivered));
        assert_eq!(known("<lost@jobnet.example>", 24).await, Ok(Known::Unknown));
        let (_file, empty) = file("");
        assert!(
            empty.known("<a@jobnet.example>", "jobnet.example", TimeDelta::hours(1)).await.is_err()
        );
    }

    #[tokio::test]
    async fn a_command_may_read_the_log_and_must_succeed() {
        let command = |words: &[&str]| MailLog {
            source: Source::Command(words.iter().map(|word| (*word).to_owned()).collect()),
            form: LogForm::MessageIds,
            reaches_back: TimeDelta::hours(24),
        };
        let known = async |log: MailLog| log.known("<a@b>", "b", TimeDelta::zero()).await;
        assert_eq!(known(command(&["echo", "taken <a@b>"])).await, Ok(Known::Delivered));
        assert_eq!(known(command(&["echo", "taken <c@b>"])).await, Ok(Known::NotDelivered));
        assert!(known(command(&["false"])).await.is_err());
        assert!(known(command(&["/nothing/there"])).await.is_err());
    }
}
