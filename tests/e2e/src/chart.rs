//! Charts on the page: drawn, sharp and not blank.

use anyhow::{Result, bail};
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
    let script = "return [...document.querySelectorAll('canvas')] \
         .filter(c => c.checkVisibility() && c.getBoundingClientRect().width > 0) \
         .map(c => { \
           const box = c.getBoundingClientRect(); \
           const copy = new OffscreenCanvas(c.width, c.height) \
             .getContext('2d', {willReadFrequently: true}); \
           copy.drawImage(c, 0, 0); \
           const pixels = copy.getImageData(0, 0, c.width, c.height).data; \
           const colours = new Set(new Uint32Array(pixels.buffer)); \
           return [box.width, box.height, c.width, c.height, devicePixelRatio, colours.size]; \
         });";
    let rows = page.script(script, &[json!(null)]).await?;
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
