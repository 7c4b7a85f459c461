//! Signed out: what this is, that everyone is made up, and the ways in.

use anyhow::Result;
use jobnet_e2e::{View, scene};

#[tokio::test]
async fn signed_out_says_that_everyone_is_made_up() -> Result<()> {
    scene("signed_out", View::PHONE, async |stage| {
        stage.page.open("/").await?;
        stage.page.fits().await?;
        stage.page.stood_still().await
    })
    .await
}
