//! A citizen who has moved to another fund: her former caseworker is told that she is that.

use anyhow::{Context, Result, ensure};
use jobnet_e2e::server::TODAY;
use jobnet_e2e::{Page, View, axe, scene};
use jobnet_web::routes;
use serde_json::json;

use crate::caseload::citizen_of;
use crate::casework::controls_that_change;
use crate::citizen::{casework, come_in_as_staff, danish, heading};

/// Opens her page as her caseworker of now or before.
async fn opens(page: &Page, id: &str) -> Result<String> {
    page.open(&routes::Page::Citizen.about(id)).await?;
    heading(page, danish().overview.title).await?;
    page.css(".visit").await?.text().await.map_err(Into::into)
}

#[tokio::test]
async fn a_former_caseworker_is_told_that_she_is_that() -> Result<()> {
    scene("former", View::PHONE, async |stage| {
        let page = &stage.page;
        // Up to the day that it names.
        let former = casework().visit.former.split('{').next().unwrap_or_default();
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        ensure!(!opens(page, &id).await?.contains(former), "she is still theirs");
        // The registers say that she has another fund from today on.
        let citizens = stage.server.register("citizens")?;
        let (header, rows) = citizens.split_once('\n').context("no header")?;
        let hers = rows.lines().find(|row| row.contains("Asta,Vinterlund"));
        let moved = hers.context("no row")?.replace(",Fagenes A-kasse,", ",Omsorgens A-kasse,");
        let folder = stage.server.folder().join("moved");
        std::fs::create_dir(&folder)?;
        std::fs::write(folder.join("citizens.csv"), format!("{header}\n{moved}\n"))?;
        let made_up = json!({"synthetic": true, "as_of": TODAY});
        std::fs::write(folder.join("synthetic.json"), made_up.to_string())?;
        let said = stage.server.tell(&["import", &folder.display().to_string()])?;
        let banner = opens(page, &id).await?;
        ensure!(banner.contains(former), "after {said} it says {banner}");
        let who = casework().visit.whose.replace("{name}", "Asta Vinterlund");
        ensure!(banner.contains(&who), "whose pages they are: {banner}");
        let changing = controls_that_change(page).await?;
        ensure!(changing == json!([]), "controls: {changing:#}");
        page.fits().await?;
        axe::check(page).await
    })
    .await
}
