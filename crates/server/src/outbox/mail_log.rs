//! What the log of the receiving mail server says of a message, found by its Message-ID.

use std::path::PathBuf;
use std::process::Stdio;

use chrono::TimeDelta;
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
        let text = self.read().await?;
        Ok(match taken(&text, message_id, self.form) {
            true => Known::Delivered,
            // Rotated away perhaps.
            false if age >= self.reaches_back => Known::Unknown,
            // A log that has never heard of us is the wrong one, or empty: it proves nothing.
            false if !text.contains(&format!("@{domain}>")) => {
                return Err(NotNow(
                    "the log of the mail server knows none of our messages".to_owned(),
                ));
            }
            false => Known::NotDelivered,
        })
    }

    async fn read(&self) -> Result<String, NotNow> {
        let unreadable = |why: String| NotNow(format!("the log of the mail server: {why}"));
        let bytes = match &self.source {
            Source::File(path) => {
                let path = path.clone();
                let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
                read.map_err(|error| unreadable(error.to_string()))?
                    .map_err(|error| unreadable(error.to_string()))?
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
                output.stdout
            }
        };
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// Whether a log says that a message was taken.
fn taken(log: &str, message_id: &str, form: LogForm) -> bool {
    if form == LogForm::MessageIds {
        return log.lines().any(|line| line.contains(message_id));
    }
    let named = format!("message-id={message_id}");
    let queue_ids: Vec<&str> = log
        .lines()
        .filter_map(|line| line.split_once(named.as_str()))
        .filter_map(|(before, _)| before.trim_end().strip_suffix(':'))
        .filter_map(|before| before.rsplit(' ').next())
        .filter(|id| !id.is_empty())
        .collect();
    log.lines()
        .filter(|line| line.contains("(queue active)") || line.contains("status=sent"))
        .any(|line| queue_ids.iter().any(|id| line.contains(&format!(" {id}: "))))
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
