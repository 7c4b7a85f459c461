//! The colours of the charts: one token table, the same values as `style/tokens.scss`.

pub use plotters::style::RGBColor;

/// Colours by meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// Ground behind everything.
    pub page: RGBColor,
    /// Text.
    pub ink: RGBColor,
    /// Text of second rank.
    pub ink_2: RGBColor,
    /// Outlines of what is not known.
    pub edge: RGBColor,
    /// What the reader points at.
    pub accent: RGBColor,
    /// Work hours.
    pub hours: RGBColor,
    /// Benefit.
    pub benefit: RGBColor,
    /// Under the benefit line.
    pub benefit_soft: RGBColor,
    /// Limits.
    pub limit: RGBColor,
    /// Grid; decoration.
    pub grid: RGBColor,
    /// Axes.
    pub axis: RGBColor,
    /// Ground of sickness.
    pub sick: RGBColor,
    /// Hatching of what is not settled; decoration beside words.
    pub hatch: RGBColor,
    /// Empty part of a counter.
    pub track: RGBColor,
}

/// The colours a reader has forced on all pages (CSS system colours, resolved by the browser).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SystemColors {
    /// `Canvas`.
    pub canvas: RGBColor,
    /// `CanvasText`.
    pub canvas_text: RGBColor,
    /// `Highlight`.
    pub highlight: RGBColor,
    /// `LinkText`.
    pub link_text: RGBColor,
    /// `GrayText`.
    pub gray_text: RGBColor,
}

const fn hex(value: u32) -> RGBColor {
    RGBColor((value >> 16) as u8, (value >> 8) as u8, value as u8)
}

/// On white.
pub const LIGHT: Theme = Theme {
    page: hex(0xff_ffff),
    ink: hex(0x1a_1a1a),
    ink_2: hex(0x4a_525b),
    edge: hex(0x7b_8590),
    accent: hex(0x08_519c),
    hours: hex(0x21_71b5),
    benefit: hex(0xa6_3603),
    benefit_soft: hex(0xfe_edde),
    limit: hex(0x1a_1a1a),
    grid: hex(0xe4_e8eb),
    axis: hex(0x8e_959c),
    sick: hex(0xdf_e3e7),
    hatch: hex(0xb4_bdc5),
    track: hex(0xdd_e4ea),
};

/// On near-black.
pub const DARK: Theme = Theme {
    page: hex(0x13_171c),
    ink: hex(0xf1_f3f5),
    ink_2: hex(0xb9_c2cb),
    edge: hex(0x8b_96a1),
    accent: hex(0x9e_cae1),
    hours: hex(0x6b_aed6),
    benefit: hex(0xfd_ae6b),
    benefit_soft: hex(0x3a_2616),
    limit: hex(0xf1_f3f5),
    grid: hex(0x27_2f37),
    axis: hex(0x7d_8791),
    sick: hex(0x33_3c46),
    hatch: hex(0x4a_5560),
    track: hex(0x33_3d47),
};

/// On paper: as on white, with what is pale made dark enough for a poor printer.
pub const PRINT: Theme =
    Theme { grid: hex(0xc8_ced3), hatch: hex(0x8e_959c), axis: hex(0x4a_525b), ..LIGHT };

impl Theme {
    /// For who asks for more contrast: all texts as dark as can be, no line paler than an outline.
    pub fn strong(self) -> Self {
        Self {
            ink_2: self.ink,
            edge: self.ink,
            axis: self.ink,
            grid: self.edge,
            hatch: self.edge,
            ..self
        }
    }

    /// The reader's own colours: shape and words carry the meaning, no colour of ours is left.
    pub fn forced(system: SystemColors) -> Self {
        Self {
            page: system.canvas,
            ink: system.canvas_text,
            ink_2: system.canvas_text,
            edge: system.canvas_text,
            accent: system.highlight,
            hours: system.link_text,
            benefit: system.canvas_text,
            benefit_soft: system.canvas,
            limit: system.canvas_text,
            grid: system.gray_text,
            axis: system.canvas_text,
            // Edges and words say it; a dark ground would hide the line.
            sick: system.canvas,
            hatch: system.gray_text,
            track: system.canvas,
        }
    }

    /// The names of the colours in `style/tokens.scss`, without `--ml-`.
    pub fn tokens(&self) -> [(&'static str, RGBColor); 14] {
        [
            ("page", self.page),
            ("ink", self.ink),
            ("ink-2", self.ink_2),
            ("edge", self.edge),
            ("accent", self.accent),
            ("hours", self.hours),
            ("benefit", self.benefit),
            ("benefit-soft", self.benefit_soft),
            ("limit", self.limit),
            ("grid", self.grid),
            ("axis", self.axis),
            ("sick", self.sick),
            ("hatch", self.hatch),
            ("track", self.track),
        ]
    }
}
