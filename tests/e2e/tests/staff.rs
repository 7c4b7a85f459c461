//! Who works with the system sees what her role may, and nothing else.

use anyhow::{Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::{View, scene_expecting};
use jobnet_web::i18n::Language;

use crate::citizen::{CITIZENS, come_in, come_in_as_staff, danish, heading};
use crate::report::{NOTE, fill_in, texts};

#[tokio::test]
async fn only_the_administrator_takes_the_reports_away() -> Result<()> {
    scene_expecting("staff", View::DESK, &["403", "401"], async |stage| {
        let page = &stage.page;
        fill_in(page).await?;
        page.click("button", texts().send).await?;
        page.css("[data-receipt]").await?;
        come_in_as_staff(page, "administrator").await?;
        let link = page.find("link", danish().staff.download).await?;
        let href = link.attr("href").await?;
        ensure!(href.as_deref() == Some(paths::HOURS_REPORTS_CSV), "the link leads to {href:?}");
        let (status, list) = page.fetch(paths::HOURS_REPORTS_CSV).await?;
        ensure!(status == 200 && list.contains(NOTE), "the list ({status}): {list}");
        // Trials are hers too, and her way there is a link.
        page.click("link", danish().staff.trials).await?;
        heading(page, Language::Danish.research().list.title).await?;
        for other in ["caseworker", "caseworker-job-centre", "researcher"] {
            come_in_as_staff(page, other).await?;
            let (status, list) = page.fetch(paths::HOURS_REPORTS_CSV).await?;
            ensure!(status == 403 && !list.contains(NOTE), "{other} gets {status}: {list}");
            let (status, _) = page.fetch(paths::MY_ACCOUNT).await?;
            ensure!(status == 403, "{other} gets an account: {status}");
        }
        come_in(page, CITIZENS[1]).await?;
        let (status, _) = page.fetch(paths::HOURS_REPORTS_CSV).await?;
        ensure!(status == 403, "a citizen gets the list: {status}");
        let theirs = page.api(paths::MY_ACCOUNT).await?;
        ensure!(!theirs.to_string().contains(NOTE), "another citizen sees the remark");
        Ok(())
    })
    .await
}
