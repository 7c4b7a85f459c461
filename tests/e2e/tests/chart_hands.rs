//! Hands on the timeline: the mouse and its wheel, one finger, two. What lies under a hand when it
//! takes hold lies under it when it lets go.

use anyhow::{Context, Result, ensure};
use jobnet_e2e::{Page, View, chart, scene};
use serde_json::{Value, json};

use crate::charts::{again, drawings, months, open, text, texts};
use crate::citizen::come_in;

/// Waits until the crosshair stands over a place; gives its month, or both if two are compared.
async fn under(page: &Page, x: f64) -> Result<String> {
    let script = "const band = document.querySelector('.chart-band:not(.chart-band-pinned)'); \
         const {left, right} = band.getBoundingClientRect(); \
         const readout = document.querySelector('.chart-readout:not(.is-away) .chart-month'); \
         return !band.hidden && left <= arguments[0] && arguments[0] <= right \
           ? readout?.textContent : null;";
    let month = page.wait("the crosshair to stand there", script, &[json!(x)]).await?;
    text(&month).context("no month")
}

/// Waits until a month is held, or none is; the button says the same.
async fn holds(page: &Page, one: bool) -> Result<()> {
    let script = "return document.querySelector('.chart-band-pinned').hidden !== arguments[0] \
         && document.querySelector('.chart-tools [aria-pressed]').ariaPressed \
           === String(arguments[0]);";
    let what = if one { "a month to be held" } else { "no month to be held" };
    page.wait(what, script, &[json!(one)]).await.map(drop)
}

/// Waits until the month of the crosshair is so many times as wide as before.
async fn widens(page: &Page, before: f64, [least, most]: [f64; 2]) -> Result<f64> {
    let script = "const band = document.querySelector('.chart-band:not(.chart-band-pinned)'); \
         const {width} = band.getBoundingClientRect(); \
         const [before, least, most] = arguments; \
         return width >= least * before && width <= most * before ? width : null;";
    let arguments = [json!(before), json!(least), json!(most)];
    let what = format!("months {least} to {most} times as wide");
    page.wait(&what, script, &arguments).await?.as_f64().context("no width")
}

/// The month under the crosshair: its middle and its width.
async fn crosshair(page: &Page) -> Result<(f64, f64)> {
    let (left, width) = chart::band(page, false).await?.context("there is no crosshair")?;
    Ok((left + width / 2.0, width))
}

/// How the window stands: nothing on the chart zooms or scrolls it.
async fn window(page: &Page) -> Result<Value> {
    page.script("return [visualViewport.scale, devicePixelRatio, scrollY];", &[]).await
}

fn whole(css: f64) -> i64 {
    css.round() as i64
}

async fn move_to(page: &Page, x: f64, y: f64) -> Result<()> {
    page.driver().action_chain().move_to(whole(x), whole(y)).perform().await?;
    Ok(())
}

async fn wheel(page: &Page, (x, y): (f64, f64), delta: i32, with_ctrl: bool) -> Result<()> {
    let event = json!({"type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": delta,
        "modifiers": if with_ctrl { 2 } else { 0 }});
    page.browser().cdp("Input.dispatchMouseEvent", event).await.map(drop)
}

#[tokio::test]
async fn the_mouse_drags_the_months_and_a_click_holds_one() -> Result<()> {
    scene("charts_mouse", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        open(page, "tidslinje").await?;
        let months = months(page).await?;
        // Fewer months, so that there are some on both sides.
        let drawn = drawings(page).await?;
        page.click("button", texts().zoom_in).await?;
        again(page, drawn).await?;
        let [left, top, width, height] = chart::place(page).await?;
        let y = top + height / 2.0;
        move_to(page, left + width / 2.0, y).await?;
        under(page, left + width / 2.0).await?;
        let (x, month) = crosshair(page).await?;
        let far = x + 3.0 * month;
        move_to(page, far, y).await?;
        let later = under(page, far).await?;
        move_to(page, x, y).await?;
        let grabbed = under(page, x).await?;
        let at = |name: &str| months.iter().position(|month| month == name);
        let third = at(&grabbed).and_then(|at| months.get(at + 3));
        ensure!(third == Some(&later), "{later} is not three months after {grabbed}");

        let drawn = drawings(page).await?;
        let chain = page.driver().action_chain().move_to(whole(x), whole(y)).click_and_hold();
        let chain = chain.move_to(whole(x + month), whole(y)).move_to(whole(far), whole(y));
        chain.release().perform().await?;
        again(page, drawn).await?;
        holds(page, false).await.context("after a drag")?;
        move_to(page, x - month, y).await?;
        under(page, x - month).await?;
        move_to(page, far, y).await?;
        let there = under(page, far).await?;
        ensure!(there == grabbed, "{grabbed} was dragged there, and {there} is");

        page.driver().action_chain().click().perform().await?;
        holds(page, true).await?;
        move_to(page, x, y).await?;
        let both = under(page, x).await?;
        let other = at(&grabbed).and_then(|at| months.get(at.checked_sub(3)?)).context("none")?;
        ensure!(both == (texts().compare)(other, &grabbed), "two months: {both}");
        page.driver().action_chain().click().perform().await?;
        holds(page, false).await
    })
    .await
}

#[tokio::test]
async fn the_wheel_zooms_the_chart_only_with_ctrl_and_never_the_page() -> Result<()> {
    scene("charts_wheel", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        open(page, "tidslinje").await?;
        let [left, top, width, height] = chart::place(page).await?;
        let middle = (left + width / 2.0, top + height / 2.0);
        move_to(page, middle.0, middle.1).await?;
        under(page, middle.0).await?;
        let (_, month) = crosshair(page).await?;
        let before = window(page).await?;
        wheel(page, middle, -240, true).await?;
        let wide = widens(page, month, [1.2, 3.0]).await?;
        wheel(page, middle, 240, true).await?;
        widens(page, wide, [0.3, 0.9]).await?;
        ensure!(window(page).await? == before, "the page is zoomed or scrolled as well");
        let drawn = drawings(page).await?;
        wheel(page, middle, 240, false).await?;
        let scrolled = "return scrollY > arguments[0];";
        page.wait("the page to scroll", scrolled, &[before[2].clone()]).await?;
        ensure!(drawings(page).await? == drawn, "the wheel alone has zoomed the chart");
        Ok(())
    })
    .await
}

/// A screen that takes two fingers, and a mouse that lies where there is no chart.
async fn touchable(page: &Page) -> Result<[f64; 4]> {
    let screen = json!({"enabled": true, "maxTouchPoints": 2});
    page.browser().cdp("Emulation.setTouchEmulationEnabled", screen).await?;
    move_to(page, 1.0, 1.0).await?;
    chart::place(page).await
}

async fn tap(page: &Page, x: f64, y: f64) -> Result<()> {
    chart::touch(page, "touchStart", &[(x, y)]).await?;
    chart::touch(page, "touchEnd", &[]).await
}

#[tokio::test]
async fn a_finger_taps_to_hold_and_compare_and_drags_the_months() -> Result<()> {
    scene("charts_finger", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        open(page, "tidslinje").await?;
        let months = months(page).await?;
        let drawn = drawings(page).await?;
        page.click("button", texts().zoom_in).await?;
        again(page, drawn).await?;
        let [left, top, width, height] = touchable(page).await?;
        let y = top + height / 2.0;
        tap(page, left + width / 2.0, y).await?;
        holds(page, true).await?;
        let first = under(page, left + width / 2.0).await?;
        let (x, month) = crosshair(page).await?;
        ensure!(
            chart::band(page, true).await? == chart::band(page, false).await?,
            "another month is held than she points at"
        );
        // The next tap compares, and one on the month that is held lets go.
        let far = x + 2.0 * month;
        tap(page, far, y).await?;
        let both = under(page, far).await?;
        let at = months.iter().position(|month| *month == first);
        let other = at.and_then(|at| months.get(at + 2)).context("no such month")?;
        ensure!(both == (texts().compare)(other, &first), "two months: {both}");
        holds(page, true).await?;
        tap(page, x, y).await?;
        holds(page, false).await?;
        ensure!(under(page, x).await? == first, "another month");

        let drawn = drawings(page).await?;
        chart::touch(page, "touchStart", &[(x, y)]).await?;
        for step in 1..=4 {
            chart::touch(page, "touchMove", &[(x + f64::from(step) * month / 2.0, y)]).await?;
        }
        chart::touch(page, "touchEnd", &[]).await?;
        again(page, drawn).await?;
        holds(page, false).await.context("after a drag")?;
        // Only a tap holds: what is held is what lies there now.
        tap(page, far, y).await?;
        holds(page, true).await?;
        let there = under(page, far).await?;
        ensure!(there == first, "{first} was dragged there, and {there} is");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_fingers_zoom_the_chart_and_not_the_page() -> Result<()> {
    scene("charts_pinch", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        open(page, "tidslinje").await?;
        let [left, top, width, height] = touchable(page).await?;
        let (x, y) = (left + width / 2.0, top + height / 2.0);
        tap(page, x, y).await?;
        let middle = under(page, x).await?;
        let (_, month) = crosshair(page).await?;
        let before = window(page).await?;
        let pinch = async |apart: [f64; 4]| {
            for (step, apart) in apart.into_iter().enumerate() {
                let kind = if step == 0 { "touchStart" } else { "touchMove" };
                chart::touch(page, kind, &[(x - apart, y), (x + apart, y)]).await?;
            }
            chart::touch(page, "touchEnd", &[]).await
        };
        // Twice as far apart: half as many months, the one between the fingers among them.
        pinch([30.0, 40.0, 50.0, 60.0]).await?;
        let wide = widens(page, month, [1.9, 2.4]).await?;
        holds(page, true).await.context("a pinch is no tap")?;
        chart::are_sharp(page).await?;
        pinch([60.0, 50.0, 40.0, 30.0]).await?;
        let narrow = widens(page, wide, [0.4, 0.6]).await?;
        ensure!((narrow / month - 1.0).abs() < 0.1, "from {month} to {wide} and {narrow}");
        ensure!(window(page).await? == before, "the page is zoomed or scrolled as well");
        let held = "return document.querySelector('.chart-readout .chart-month').textContent;";
        ensure!(page.script(held, &[]).await? == json!(middle), "another month is pointed at");
        Ok(())
    })
    .await
}
