//! Charts on the page: drawn, sharp and not blank; what is drawn, and where a finger touches it.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::page::Page;

/// What a canvas looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct Canvas {
    /// Width and height in CSS pixels.
    pub css: (f64, f64),
    /// Width and height of the backing store.
    pub store: (f64, f64),
    /// Device pixels per CSS pixel.
    pub ratio: f64,
    /// How many distinct colours it holds.
    pub colours: u64,
}

/// A drawing as it stands: two that differ anywhere are not equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width and height of the backing store.
    pub store: (u64, u64),
    /// A sum over all pixels, each at its place.
    pub sum: u64,
}

/// The canvases that are seen, and the pixels of one, each as a number `0xAABBGGRR`.
const PIXELS: &str = "const seen = () => [...document.querySelectorAll('canvas')] \
       .filter(c => c.checkVisibility() && c.getBoundingClientRect().width > 0); \
     const pixels = c => { \
       const copy = new OffscreenCanvas(c.width, c.height) \
         .getContext('2d', {willReadFrequently: true}); \
       copy.drawImage(c, 0, 0); \
       return new Uint32Array(copy.getImageData(0, 0, c.width, c.height).data.buffer); \
     };";

/// Waits until every chart on the page has been drawn, and gives how often each was.
///
/// # Errors
/// There is no chart, or one is not drawn in time.
pub async fn drawn(page: &Page) -> Result<Vec<u64>> {
    let script = "const charts = [...document.querySelectorAll('[data-drawn]')]; \
         const times = charts.map(c => Number(c.dataset.drawn)); \
         return times.length > 0 && times.every(n => n > 0) ? times : null;";
    let times = page.wait("the charts to be drawn", script, &[]).await?;
    Ok(times.as_array().into_iter().flatten().filter_map(Value::as_u64).collect())
}

/// Checks every visible canvas: as many device pixels as it covers, and something drawn on it.
///
/// # Errors
/// There is none, or one is blurred or blank.
pub async fn are_sharp(page: &Page) -> Result<Vec<Canvas>> {
    drawn(page).await?;
    let canvases = canvases(page).await?;
    if canvases.is_empty() {
        bail!("there is no canvas on the page");
    }
    for canvas in &canvases {
        let wanted = (canvas.css.0 * canvas.ratio, canvas.css.1 * canvas.ratio);
        let off = (canvas.store.0 - wanted.0).abs().max((canvas.store.1 - wanted.1).abs());
        // A size in CSS pixels may be a fraction; the store is whole.
        if off > 1.0 {
            bail!("a canvas is not sharp: {canvas:?}");
        }
        if canvas.colours < 3 {
            bail!("a canvas is blank: {canvas:?}");
        }
    }
    Ok(canvases)
}

async fn canvases(page: &Page) -> Result<Vec<Canvas>> {
    let script = "return seen().map(c => { \
           const box = c.getBoundingClientRect(); \
           const colours = new Set(pixels(c)); \
           return [box.width, box.height, c.width, c.height, devicePixelRatio, colours.size]; \
         });";
    let rows = page.script(&format!("{PIXELS}{script}"), &[]).await?;
    let number = |row: &Value, at: usize| row[at].as_f64().unwrap_or_default();
    Ok(rows
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| Canvas {
            css: (number(row, 0), number(row, 1)),
            store: (number(row, 2), number(row, 3)),
            ratio: number(row, 4),
            colours: row[5].as_u64().unwrap_or_default(),
        })
        .collect())
}

/// Waits until every canvas that is seen has again as many device pixels as it covers.
///
/// # Errors
/// One does not follow its box in time.
pub async fn follows(page: &Page) -> Result<()> {
    let script = "const near = (store, css) => Math.abs(store - css * devicePixelRatio) <= 1; \
         return seen().length > 0 && seen().every(c => { \
           const box = c.getBoundingClientRect(); \
           return near(c.width, box.width) && near(c.height, box.height); \
         });";
    page.wait("the canvas to follow its box", &format!("{PIXELS}{script}"), &[]).await.map(drop)
}

/// The first drawing that is seen, once everything due has been drawn.
///
/// # Errors
/// There is none.
pub async fn picture(page: &Page) -> Result<Picture> {
    let script = "const frame = () => new Promise(requestAnimationFrame); \
         return frame().then(frame).then(() => { \
           const [canvas] = seen(); \
           let sum = 2166136261; \
           for (const pixel of pixels(canvas)) sum = Math.imul(sum ^ pixel, 16777619); \
           return [canvas.width, canvas.height, sum >>> 0]; \
         });";
    let found = page.script(&format!("{PIXELS}{script}"), &[]).await?;
    let number = |at: usize| found[at].as_u64().context("no drawing");
    Ok(Picture { store: (number(0)?, number(1)?), sum: number(2)? })
}

/// A colour of the style sheet as it is now (`--ml-hours`): red, green, blue.
///
/// # Errors
/// The page is gone.
pub async fn colour(page: &Page, name: &str) -> Result<[u64; 3]> {
    let script = "const probe = document.createElement('i'); \
         probe.style.color = `var(${arguments[0]})`; \
         document.body.append(probe); \
         const found = getComputedStyle(probe).color.match(/\\d+/g).map(Number); \
         probe.remove(); \
         return found;";
    let found = page.script(script, &[json!(name)]).await?;
    let part = |at: usize| found[at].as_u64().with_context(|| format!("{name} is {found}"));
    Ok([part(0)?, part(1)?, part(2)?])
}

const COUNT: &str = "const [red, green, blue] = arguments[0]; \
     const wanted = (0xff000000 | blue << 16 | green << 8 | red) >>> 0; \
     const [canvas] = seen(); \
     const count = canvas ? pixels(canvas).filter(pixel => pixel === wanted).length : 0;";

/// How many pixels of the first drawing have exactly this colour.
///
/// # Errors
/// The page is gone.
pub async fn pixels_in(page: &Page, colour: [u64; 3]) -> Result<u64> {
    let script = format!("{PIXELS}{COUNT} return count;");
    Ok(page.script(&script, &[json!(colour)]).await?.as_u64().unwrap_or_default())
}

/// Waits until the first drawing has at least so many pixels in this colour; none if 0.
///
/// # Errors
/// It does not in time.
pub async fn turns(page: &Page, colour: [u64; 3], least: u64) -> Result<()> {
    let script = "return arguments[1] === 0 ? count === 0 : count >= arguments[1];";
    let what = format!("{least} pixels in {colour:?}");
    let script = format!("{PIXELS}{COUNT}{script}");
    page.wait(&what, &script, &[json!(colour), json!(least)]).await.map(drop)
}

/// Where the plot stands in the window, once its middle is in the middle of it: left, top, width,
/// height.
///
/// # Errors
/// There is no plot.
pub async fn place(page: &Page) -> Result<[f64; 4]> {
    let script = "const plot = document.querySelector('.chart-plot'); \
         plot.scrollIntoView({block: 'center', behavior: 'instant'}); \
         const box = plot.getBoundingClientRect(); \
         return [box.left, box.top, box.width, box.height];";
    let found = page.script(script, &[]).await?;
    let part = |at: usize| found[at].as_f64().context("there is no plot");
    Ok([part(0)?, part(1)?, part(2)?, part(3)?])
}

/// The month over which the crosshair stands, left edge and width in the window; `pinned`: the
/// month that is held.
///
/// # Errors
/// The page is gone.
pub async fn band(page: &Page, pinned: bool) -> Result<Option<(f64, f64)>> {
    let script = "const band = document.querySelector( \
           arguments[0] ? '.chart-band-pinned' : '.chart-band:not(.chart-band-pinned)'); \
         if (!band || band.hidden) return null; \
         const box = band.getBoundingClientRect(); \
         return [box.left, box.width];";
    let found = page.script(script, &[json!(pinned)]).await?;
    Ok(found[0].as_f64().zip(found[1].as_f64()))
}

/// Puts fingers on the screen, moves them or lifts them (`touchStart`, `touchMove`, `touchEnd`):
/// where each is, in CSS pixels of the window.
///
/// # Errors
/// The browser refuses it.
pub async fn touch(page: &Page, kind: &str, fingers: &[(f64, f64)]) -> Result<()> {
    let points: Vec<_> =
        fingers.iter().enumerate().map(|(id, (x, y))| json!({"x": x, "y": y, "id": id})).collect();
    let event = json!({"type": kind, "touchPoints": points});
    page.browser().cdp("Input.dispatchTouchEvent", event).await.map(drop)
}
