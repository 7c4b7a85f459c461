//! The checklist trial from the protocol's file to the list on her screen: the e-mail goes out the
//! day after registration, and so does the text message; their links lead by way of signing in to the
//! list, and those in control meet nothing of it.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use jobnet_api::messages::Language as Written;
use jobnet_api::messages::message::{Message, SMS_LENGTH, sms_title};
use jobnet_api::paths;
use jobnet_e2e::{Page, View, axe, scene_on};
use jobnet_web::i18n::Language;
use serde_json::json;

use crate::checklist::no_trace;
use crate::citizen::{choose, come_in, come_in_as_staff, danish, heading};
use crate::days::{
    arms, begin, by, changed, counted, import, letters_of, messages_of, run_trial, world,
};
use crate::trials::{research, step_of};

const KEY: &str = "checklist-2026";
/// Those who are registered on the second day; all in one stratum, so that both arms have some. They
/// want to be told by text message, too.
const PERSONAS: [(&str, &str); 4] = [
    ("SYN-DEMO-FULL-TIME", "citizen-full-time"),
    ("SYN-DEMO-PART-TIME", "citizen-part-time"),
    ("SYN-DEMO-GRADUATE", "citizen-graduate"),
    ("SYN-DEMO-SICK-LISTED", "citizen-sick-listed"),
];

/// Follows a link of a message as somebody who is not signed in, and then signs in.
async fn follow(page: &Page, link: &str, persona: &str) -> Result<()> {
    page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
    page.open(link).await?;
    choose(page, persona).await
}

#[tokio::test]
async fn from_the_protocol_to_the_list_behind_the_link() -> Result<()> {
    let (mut server, world) = world()?;
    server.at("2026-11-22T12:00:00+01:00");
    server.resume()?;
    let expected = ["404", "Failed to load resource"];
    scene_on(server, "sent_checklist", View::DESK, &expected, async |stage| {
        run_trial(&stage.page, KEY, "Hjælper en tjekliste dig i gang?").await?;
        let citizens = stage.server.register("citizens")?;
        let contacts = stage.server.register("contacts")?;
        let is_mine = |id: &str| PERSONAS.iter().any(|(mine, _)| *mine == id);
        let registered =
            changed(&citizens, "registered_on", |id| is_mine(id).then_some("2026-11-23"))?;
        let texted = |id: &str| is_mine(id).then_some("sms");
        let extracts =
            [("citizens", registered), ("contacts", changed(&contacts, "notification", texted)?)];
        import(&stage.server, "2026-11-23", &extracts)?;
        begin(&mut stage.server, "2026-11-23").await?;
        let arms = arms(&stage.server, KEY)?;
        ensure!(PERSONAS.iter().all(|(id, _)| arms.contains_key(*id)), "not enrolled: {arms:?}");
        // Who was registered before the trial began may have hers now; nobody of the second day.
        let address = by(&contacts, "citizen", "email")?;
        let hers = |id: &str| address.get(id).copied().unwrap_or_default().to_owned();
        let early = world.mails()?;
        ensure!(PERSONAS.iter().all(|(id, _)| early.iter().all(|mail| mail.to != hers(id))));

        begin(&mut stage.server, "2026-11-24").await?;
        let mails = world.mails()?;
        let got: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        let once: BTreeSet<&str> = got.iter().copied().collect();
        ensure!(once.len() == got.len(), "somebody got two: {got:?}");
        for (id, _) in PERSONAS {
            let is_given = arms[id] == "checklist";
            ensure!(got.contains(&hers(id).as_str()) == is_given, "{id} in {}: {got:?}", arms[id]);
        }
        ensure!(
            got.iter().all(|to| arms.iter().any(|(id, arm)| arm == "checklist" && hers(id) == *to))
        );
        let cpr = by(&citizens, "id", "cpr")?;
        let told = PERSONAS.into_iter().filter(|(id, _)| arms[*id] == "checklist");
        let told: BTreeSet<&str> = told.map(|(id, _)| cpr[id]).collect();
        let texts = world.texted()?;
        ensure!(texts.keys().map(String::as_str).eq(told.iter().copied()), "{texts:?}: {told:?}");
        let of_arm = |arm: &str| {
            PERSONAS.into_iter().find(|(id, _)| arms[*id] == arm).context("both arms have one")
        };
        let (given, persona) = of_arm("checklist")?;
        let (_, control) = of_arm("ordinary")?;
        let mail = mails.iter().find(|mail| mail.to == hers(given)).context("no e-mail")?;
        ensure!(
            mail.subject == Message::ChecklistInvitation.label(Written::Da),
            "{}",
            mail.subject
        );
        let site = stage.server.address();
        let link =
            mail.text.lines().find_map(|line| line.strip_prefix(&site)).context("no link")?;
        let text = texts.get(cpr[given]).context("no text message")?;
        let (words, short) = text.split_once(&site).with_context(|| format!("no link: {text}"))?;
        ensure!(text.chars().count() <= SMS_LENGTH, "{text}");
        let said = Message::ChecklistInvitation.sms(Written::Da, "");
        ensure!(words == said && short != link && !short.contains("tjekliste"), "{text}");

        let page = &stage.page;
        let title = Language::Danish.checklist().title;
        for link in [link, short] {
            follow(page, link, persona).await?;
            heading(page, title).await?;
            ensure!(page.api(paths::MY_CHECKLIST).await?["trial"] == KEY, "{link}");
            axe::check(page).await?;
        }
        let invitation = Message::ChecklistInvitation.letter(Written::Da, "").title;
        let letters = BTreeSet::from_iter(letters_of(stage).await?);
        let expected = [invitation.clone(), sms_title(Written::Da).to_owned()];
        ensure!(letters == BTreeSet::from(expected), "what has reached her: {letters:?}");
        page.click("link", &invitation).await?;
        heading(page, &invitation).await?;
        axe::check(page).await?;

        // Forwarded to somebody in control, the link is like one to a page that does not exist.
        for link in [link, short] {
            follow(page, link, control).await?;
            heading(page, danish().shell.not_found).await?;
        }
        let (status, _) = page.fetch(paths::MY_CHECKLIST).await?;
        ensure!(status == 404, "{status}");
        come_in(page, control).await?;
        no_trace(page).await?;
        ensure!(letters_of(stage).await?.is_empty(), "something was written to her");

        // While it runs, arms are told of whole blocks only; of everyone when it is closed.
        come_in_as_staff(page, "researcher").await?;
        step_of(page, KEY, research().steps.close, Some("Alle er med"), "closed").await?;
        messages_of(page, KEY).await?;
        for (channel, all) in [("email", got.len()), ("nem_sms", texts.len())] {
            let line = format!("checklist-invitation checklist {channel}");
            let all = u64::try_from(all)?;
            let told = counted(page, &line, &["planned", "sent", "waiting", "opened"]).await?;
            ensure!(told == [all, all, 0, 1], "{line}: {told:?}");
        }
        let none = "return document.querySelector('[data-line*=ordinary]') === null;";
        ensure!(page.script(none, &[]).await? == json!(true), "control gets a message");
        axe::check(page).await?;

        // Half a year later the links have ended, and say so.
        begin(&mut stage.server, "2027-05-27").await?;
        let page = &stage.page;
        for link in [link, short] {
            page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
            page.open(link).await?;
            page.says(Language::Danish.prose().sign_in.link).await?;
            axe::check(page).await?;
        }
        Ok(())
    })
    .await
}
