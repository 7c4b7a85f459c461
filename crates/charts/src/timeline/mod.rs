//! The timeline: where everything goes, then drawing it.

mod draw;
mod labels;
mod layout;
mod place;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::error::ChartError;
use crate::picture::{Look, Picture, present};
use crate::spec::{Hidden, TimelineSpec};
use crate::window::Window;

pub use labels::{Label, Tone};
pub use layout::{Layout, PanelLayout, Plot, layout};

/// What the reader has chosen to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Which months.
    pub window: Window,
    /// Which layers not.
    pub hidden: Hidden,
}

/// Draws the timeline over the whole area and says where everything went.
///
/// An area too small to read anything gets nothing drawn, without an error.
///
/// # Errors
/// The spec is refused ([`TimelineSpec::check`]) or the backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    spec: &TimelineSpec,
    view: &View,
    look: Look<'_>,
) -> Result<Layout, ChartError> {
    let (width, height) = area.dim_in_pixel();
    let dpr = if look.dpr.is_finite() && look.dpr > 0.0 { look.dpr } else { 1.0 };
    let look = Look { dpr, ..look };
    let size = (f64::from(width) / dpr, f64::from(height) / dpr);
    let layout = layout(size, spec, view, look.measure)?;
    let mut picture = Picture::new(look);
    draw::paint(&mut picture, spec, view, &layout);
    picture.play(area)?;
    present(area)?;
    Ok(layout)
}
