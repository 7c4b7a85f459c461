//! The letter trial from the protocol's file to its last letter: digital and on paper after four weeks
//! of sick leave, one more after a month to those still sick, and to control only once the trial has
//! ended and six months have gone. While it is stopped nothing leaves.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use jobnet_api::messages::Language as Written;
use jobnet_api::messages::message::Message;
use jobnet_e2e::leaks::columns;
use jobnet_e2e::{Stage, View, axe, scene_on};
use jobnet_web::i18n::Language;
use serde_json::json;

use crate::citizen::{CITIZENS, come_in, come_in_as_staff};
use crate::days::{
    Paper, World, arms, begin, by, counted, import, letters_of, messages_of, run_trial, world,
};
use crate::trials::{research, step_of};

const KEY: &str = "letters-2026";
const HEADER: &str = "citizen,from,to,kind\n";
/// On sick leave from here, everyone has been so for four weeks on the second day.
const SICK_FROM: &str = "2026-10-26";

/// The people of the scene, by their ids in the registers.
struct People<'a> {
    arm: BTreeMap<String, String>,
    /// Those who are well again after six weeks.
    recovered: BTreeSet<String>,
    cpr: BTreeMap<&'a str, &'a str>,
    address: BTreeMap<&'a str, String>,
    language: BTreeMap<&'a str, Written>,
}

impl<'a> People<'a> {
    fn of(citizens: &'a str, contacts: &'a str, arm: BTreeMap<String, String>) -> Result<Self> {
        let names: BTreeMap<&str, String> = columns(citizens, ["id", "first_name", "last_name"])?
            .into_iter()
            .map(|[id, first, last]| (id, format!("{first} {last}")))
            .collect();
        let address = columns(contacts, ["citizen", "street", "postal_code", "city"])?;
        let address = address.into_iter().map(|[id, street, code, city]| {
            (id, format!("{}, {street}, {code} {city}", names[id]))
        });
        let language = by(contacts, "citizen", "language")?.into_iter();
        let language =
            language.map(|(id, word)| (id, if word == "en" { Written::En } else { Written::Da }));
        // Every second of each arm, and none who signs in here.
        let mut recovered = BTreeSet::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, arm) in arm.iter().filter(|(id, _)| !id.starts_with("SYN-DEMO-")) {
            let number = seen.entry(arm).or_default();
            if number.is_multiple_of(2) {
                recovered.insert(id.clone());
            }
            *number += 1;
        }
        Ok(Self {
            recovered,
            cpr: by(citizens, "id", "cpr")?,
            address: address.collect(),
            language: language.collect(),
            arm,
        })
    }

    fn of_arms<'b>(&'b self, arms: &'b [&str]) -> impl Iterator<Item = &'b str> {
        self.arm
            .iter()
            .filter(move |(_, arm)| arms.contains(&arm.as_str()))
            .map(|(id, _)| id.as_str())
    }

    fn is_sick(&self, id: &str) -> bool {
        !self.recovered.contains(id)
    }
}

/// That exactly these got a document that says a message, word for word, each in her language.
fn are_to<'a>(
    papers: &BTreeSet<Paper>,
    expected: impl Iterator<Item = &'a str>,
    people: &People<'_>,
    message: Message,
) -> Result<()> {
    let is_digital = papers.iter().all(|paper| paper.to.bytes().all(|byte| byte.is_ascii_digit()));
    let mut left: BTreeMap<&str, &Paper> =
        papers.iter().map(|paper| (paper.to.as_str(), paper)).collect();
    ensure!(left.len() == papers.len(), "somebody got two");
    for id in expected {
        let to = if is_digital { people.cpr[id] } else { &people.address[id] };
        let paper = left.remove(to).with_context(|| format!("{id} got none"))?;
        paper.says(&message.letter(people.language[id], ""));
    }
    ensure!(left.is_empty(), "nobody was to write to {:?}", left.keys());
    Ok(())
}

/// What each persona finds in her letters is what her arm has brought her so far.
async fn find_letters(
    stage: &Stage,
    people: &People<'_>,
    brought: &[(&str, Message)],
) -> Result<()> {
    for persona in CITIZENS {
        come_in(&stage.page, persona).await?;
        let id = format!("SYN-DEMO-{}", persona.trim_start_matches("citizen-").to_uppercase());
        let arm = people.arm.get(&id);
        let hers = brought.iter().filter(|(of, _)| arm.is_some_and(|arm| arm == of));
        let hers: Vec<String> = hers
            .map(|(_, message)| message.letter(people.language[id.as_str()], "").title)
            .collect();
        let found = letters_of(stage).await?;
        ensure!(found == hers, "{persona} in {arm:?} finds {found:?}, not {hers:?}");
        axe::check(&stage.page).await?;
    }
    Ok(())
}

/// How many documents there are in all, on paper and digital.
fn all(world: &World) -> Result<usize> {
    let mut papers = world.post()?.len();
    for day in world.batches() {
        papers += world.batch(&day)?.len();
    }
    Ok(papers)
}

#[tokio::test]
async fn from_the_protocol_to_the_letter_after_the_end() -> Result<()> {
    let (mut server, world) = world()?;
    server.at("2026-11-22T12:00:00+01:00");
    server.resume()?;
    let expected = ["Failed to load resource"];
    scene_on(server, "sent_letters", View::DESK, &expected, async |stage| {
        run_trial(&stage.page, KEY, "Hjælper et brev, når du er sygemeldt?").await?;
        let citizens = stage.server.register("citizens")?;
        let contacts = stage.server.register("contacts")?;
        let everyone = by(&citizens, "id", "scheme")?;
        // His own sick leave of many months ends before: this is another.
        let mut sick = format!("{HEADER}SYN-DEMO-SICK-LISTED,2026-03-06,2026-10-20,sickness\n");
        // Whose earlier one lasts until then would be ill for longer.
        let spells = stage.server.register("sickness")?;
        let spells = columns(&spells, ["citizen", "to"])?;
        let is_ill = |id: &str| spells.iter().any(|[of, to]| *of == id && *to >= "2026-10-25");
        let fall_ill: BTreeSet<&str> = everyone.keys().copied().filter(|id| !is_ill(id)).collect();
        sick.extend(fall_ill.iter().map(|id| format!("{id},{SICK_FROM},,sickness\n")));
        import(&stage.server, "2026-11-22", &[("sickness", sick)])?;

        // The day of four weeks.
        begin(&mut stage.server, "2026-11-23").await?;
        let people = People::of(&citizens, &contacts, arms(&stage.server, KEY)?)?;
        let exempt = by(&contacts, "citizen", "digital_post_exempt")?;
        let protected = by(&contacts, "citizen", "address_protected")?;
        for id in &fall_ill {
            let can = exempt[id] == "false" && protected[id] == "false";
            ensure!(people.arm.contains_key(*id) == can, "{id} is enrolled or not");
        }
        let paper = ["physical", "physical-follow-up"];
        // Of each arm some recover and some do not: every part of the story has somebody.
        for arm in ["later", "digital", paper[0], paper[1]] {
            let of = [arm];
            let ids: Vec<&str> = people.of_arms(&of).collect();
            let sick = ids.iter().filter(|id| people.is_sick(id)).count();
            ensure!((1..ids.len()).contains(&sick), "{arm}: {sick} of {} stay ill", ids.len());
        }
        are_to(&world.post()?, people.of_arms(&["digital"]), &people, Message::HealthLetter)?;
        let batch = world.batch("2026-11-23")?;
        are_to(&batch, people.of_arms(&paper), &people, Message::HealthLetter)?;
        let first = ["digital", paper[0], paper[1]].map(|arm| (arm, Message::HealthLetter));
        find_letters(stage, &people, &first).await?;

        // Some recover; then the trial is stopped, a day too early for the follow-up.
        let well = people.recovered.iter();
        let well: String =
            well.map(|id| format!("{id},{SICK_FROM},2026-12-05,sickness\n")).collect();
        import(&stage.server, "2026-12-06", &[("sickness", format!("{HEADER}{well}"))])?;
        begin(&mut stage.server, "2026-12-22").await?;
        let page = &stage.page;
        messages_of(page, KEY).await?;
        let t = Language::Danish.post();
        page.click("button", &format!("{} …", t.stop_now)).await?;
        page.css("#step-why").await?.send_keys("En fejl i brevet").await?;
        page.click("button", research().steps.confirm).await?;
        page.css("[data-state=paused]").await?;
        begin(&mut stage.server, "2026-12-23").await?;
        ensure!(world.batches().len() == 1, "a letter left a stopped trial: {:?}", world.batches());

        // It goes on, and the follow-up comes a day late.
        come_in_as_staff(&stage.page, "researcher").await?;
        step_of(&stage.page, KEY, research().steps.resume, None, "running").await?;
        begin(&mut stage.server, "2026-12-24").await?;
        let batch = world.batch("2026-12-24")?;
        let still = |id: &&str| people.is_sick(id);
        let again = people.of_arms(&["physical-follow-up"]).filter(still);
        are_to(&batch, again, &people, Message::HealthFollowUp)?;
        let mut brought = first.to_vec();
        brought.push(("physical-follow-up", Message::HealthFollowUp));
        let page = &stage.page;
        messages_of(page, KEY).await?;
        axe::check(page).await?;

        // It ends; but six months have not gone since control would have had it.
        let so_far = all(&world)?;
        begin(&mut stage.server, "2027-04-01").await?;
        come_in_as_staff(&stage.page, "researcher").await?;
        step_of(&stage.page, KEY, research().steps.close, Some("Alle er med"), "closed").await?;
        begin(&mut stage.server, "2027-05-25").await?;
        ensure!(all(&world)? == so_far, "something was sent too early");
        find_letters(stage, &people, &brought).await?;
        begin(&mut stage.server, "2027-05-26").await?;
        let late = people.of_arms(&["later"]).filter(still);
        let digital = people.of_arms(&["digital"]);
        are_to(&world.post()?, digital.chain(late), &people, Message::HealthLetter)?;
        brought.push(("later", Message::HealthLetter));
        find_letters(stage, &people, &brought).await?;
        // While it ran, arms were told of whole blocks only.
        let page = &stage.page;
        messages_of(page, KEY).await?;
        let count = |ids: usize| u64::try_from(ids);
        for (line, sent) in [
            ("letter-digital digital digital_post", people.of_arms(&["digital"]).count()),
            ("letter-physical physical letter", people.of_arms(&["physical"]).count()),
            ("follow-up physical-follow-up letter", batch.len()),
        ] {
            let told = counted(page, line, &["planned", "sent", "waiting", "failed"]).await?;
            ensure!(told == [count(sent)?, count(sent)?, 0, 0], "{line}: {told:?}");
        }
        let withheld = people.of_arms(&["physical-follow-up"]).count() - batch.len();
        page.says(&format!("{withheld} {}", t.recovered)).await?;
        let late = people.of_arms(&["later"]).filter(still).count();
        let told = counted(&stage.page, "letter-digital later digital_post", &["planned", "sent"]);
        ensure!(told.await? == [count(late)?, count(late)?]);
        let alive = "return document.querySelectorAll('[data-part=calendar] tbody tr').length > 0;";
        ensure!(stage.page.script(alive, &[]).await? == json!(true), "the calendar is empty");
        axe::check(&stage.page).await
    })
    .await
}
