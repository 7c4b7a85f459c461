//! The fields of a protocol that stand alone: how each is read from it and written to it. What they
//! are called is for the texts, what is wrong with them for the protocol's own check.

use jobnet_api::trials::planning::Direction;
use jobnet_api::trials::protocol::{
    Allocation, DelayedControl, Design, Disclosure, Interim, Measure, Multiplicity, OutcomeRole,
    Protocol, Share, Trigger, Unit,
};

use super::numbers_model::{per_mille, read_per_mille, read_whole};

/// How something is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Area,
    /// A whole number.
    Number,
    /// A share in per cent with at most one decimal.
    Percent,
    /// A day.
    Day,
    /// One of these words.
    Choice(Vec<String>),
}

fn choice(words: &[&str]) -> Kind {
    Kind::Choice(words.iter().map(|word| (*word).to_owned()).collect())
}

/// Two functions between the values of an enum and their words in the file.
macro_rules! words {
    ($read:ident, $write:ident: $kind:ident { $($value:ident = $word:literal),* }) => {
        /// The word of a value, as in the file.
        pub fn $write(value: $kind) -> &'static str {
            match value { $($kind::$value => $word),* }
        }
        /// The value of a word.
        pub fn $read(word: &str) -> Option<$kind> {
            match word { $($word => Some($kind::$value),)* _ => None }
        }
    };
}
words!(read_unit, unit: Unit { Citizen = "citizen", Caseworker = "caseworker", JobCentre = "job_centre" });
words!(read_multiplicity, multiplicity: Multiplicity { None = "none", Holm = "holm" });
words!(read_role, role: OutcomeRole { Primary = "primary", Secondary = "secondary", Harm = "harm" });
words!(read_measure, measure: Measure {
    Proportion = "proportion", Mean = "mean", TimeToEvent = "time_to_event"
});
words!(read_direction, direction: Direction { More = "more", Less = "less" });
words!(read_disclosure, disclosure: Disclosure { Open = "open", Withheld = "withheld" });

macro_rules! fields {
    (
        texts { $($text:ident $text_path:literal $text_kind:ident [$($place:tt)+];)* }
        others { $($other:ident $path:literal $kind:expr, $get:expr, $set:expr;)* }
    ) => {
        /// A field that stands alone.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the texts say what each is")]
        pub enum Field { $($text,)* $($other,)* }

        impl Field {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$text,)* $(Self::$other,)*];

            /// Its name in the file.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$text => $text_path,)* $(Self::$other => $path,)* }
            }

            /// How it is typed.
            pub fn kind(self) -> Kind {
                match self { $(Self::$text => Kind::$text_kind,)* $(Self::$other => $kind,)* }
            }

            /// Its value as it is typed.
            pub fn get(self, protocol: &Protocol) -> String {
                match self {
                    $(Self::$text => protocol.$($place)+.clone(),)*
                    $(Self::$other => { let get: fn(&Protocol) -> String = $get; get(protocol) })*
                }
            }

            /// Sets what was typed; `None`: it cannot be read, and nothing changes.
            pub fn set(self, protocol: &mut Protocol, typed: &str) -> Option<()> {
                match self {
                    $(Self::$text => protocol.$($place)+ = typed.to_owned(),)*
                    $(Self::$other => {
                        let set: fn(&mut Protocol, &str) -> Option<()> = $set;
                        return set(protocol, typed);
                    })*
                }
                Some(())
            }
        }
    };
}

fields! {
    texts {
        TitleDa "public.title.da" Line [public.title.da];
        TitleEn "public.title.en" Line [public.title.en];
        WhyDa "public.why.da" Area [public.why.da];
        WhyEn "public.why.en" Area [public.why.en];
        ComparedDa "public.compared.da" Area [public.compared.da];
        ComparedEn "public.compared.en" Area [public.compared.en];
        DecidedDa "public.decided_by.da" Line [public.decided_by.da];
        DecidedEn "public.decided_by.en" Line [public.decided_by.en];
        ObjectionDa "public.objection.da" Area [public.objection.da];
        ObjectionEn "public.objection.en" Area [public.objection.en];
        Question "question" Area [question];
        Rationale "statements.rationale" Area [statements.rationale];
        Funding "statements.funding" Line [statements.funding];
        Conflicts "statements.conflicts" Line [statements.conflicts];
        Involvement "statements.involvement" Area [statements.involvement];
        Harms "statements.harms" Area [statements.harms];
        Blinding "statements.blinding" Area [statements.blinding];
        MissingData "statements.missing_data" Area [statements.missing_data];
        DataSharing "statements.data_sharing" Area [statements.data_sharing];
        PrimaryAnalysis "analysis.primary" Area [analysis.primary];
    }
    others {
        Unit "unit" choice(&["citizen", "caseworker", "job_centre"]),
            |p| unit(p.unit).to_owned(),
            |p, typed| { p.unit = read_unit(typed)?; Some(()) };
        Design "design" choice(&["parallel", "factorial", "saturation"]),
            |p| match p.design {
                Design::Parallel {} => "parallel",
                Design::Factorial {} => "factorial",
                Design::Saturation { .. } => "saturation",
            }.to_owned(),
            |p, typed| {
                p.design = match typed {
                    "parallel" => Design::Parallel {},
                    "factorial" => Design::Factorial {},
                    "saturation" => Design::Saturation {
                        within: "job_centre".to_owned(),
                        shares: [0, 500, 1000].map(|treated_per_mille| Share { treated_per_mille, weight: 1 }).to_vec(),
                    },
                    _ => return None,
                };
                Some(())
            };
        // Which facts, arms and outcomes there are to choose from, the form knows.
        Within "design.within" Kind::Line,
            |p| match &p.design {
                Design::Saturation { within, .. } => within.clone(),
                _ => String::new(),
            },
            |p, typed| {
                if let Design::Saturation { within, .. } = &mut p.design { *within = typed.to_owned(); }
                Some(())
            };
        Shares "design.shares" Kind::Line,
            |p| match &p.design {
                Design::Saturation { shares, .. } => {
                    shares.iter().map(share).collect::<Vec<_>>().join("; ")
                }
                _ => String::new(),
            },
            |p, typed| {
                let read = typed.split(';').map(read_share).collect::<Option<Vec<_>>>()?;
                if let Design::Saturation { shares, .. } = &mut p.design { *shares = read; }
                Some(())
            };
        Allocation "allocation" choice(&["blocks", "keyed"]),
            |p| if matches!(p.allocation, Allocation::Keyed {}) { "keyed" } else { "blocks" }.to_owned(),
            |p, typed| {
                p.allocation = match typed {
                    "keyed" => Allocation::Keyed {},
                    "blocks" => Allocation::Blocks { multiples: vec![1, 2] },
                    _ => return None,
                };
                Some(())
            };
        Multiples "allocation.multiples" Kind::Line,
            |p| match &p.allocation {
                Allocation::Blocks { multiples } => {
                    multiples.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
                }
                Allocation::Keyed {} => String::new(),
            },
            |p, typed| {
                let read = typed.split(',').map(|part| part.trim().parse().ok()).collect::<Option<Vec<u8>>>()?;
                if let Allocation::Blocks { multiples } = &mut p.allocation { *multiples = read; }
                Some(())
            };
        Starts "starts" Kind::Day,
            |p| p.starts.to_string(), |p, typed| { p.starts = typed.parse().ok()?; Some(()) };
        Ends "ends" Kind::Day,
            |p| p.ends.to_string(), |p, typed| { p.ends = typed.parse().ok()?; Some(()) };
        Disclosure "disclosure" choice(&["open", "withheld"]),
            |p| disclosure(p.disclosure).to_owned(),
            |p, typed| { p.disclosure = read_disclosure(typed)?; Some(()) };
        Delayed "delayed" choice(&["no", "days", "closed", "closed_still"]),
            |p| match p.delayed.as_ref().map(|delayed| &delayed.trigger) {
                None => "no",
                Some(Trigger::Days { .. }) => "days",
                Some(Trigger::Closed {}) => "closed",
                Some(Trigger::ClosedStill { .. }) => "closed_still",
            }.to_owned(),
            |p, typed| {
                let trigger = match typed {
                    "no" => { p.delayed = None; return Some(()); }
                    "days" => Trigger::Days { after: 30, still: Vec::new() },
                    "closed" => Trigger::Closed {},
                    // Six months are at most 184 days.
                    "closed_still" => Trigger::ClosedStill {
                        after: 184, still: Vec::new(), lasting: vec!["sick_leave_days".to_owned()],
                    },
                    _ => return None,
                };
                let then = p.arms.iter().find(|arm| !arm.control)?.key.clone();
                p.delayed = Some(DelayedControl { then, trigger });
                Some(())
            };
        DelayedDays "delayed.trigger.after" Kind::Number,
            |p| match p.delayed.as_ref().map(|delayed| &delayed.trigger) {
                Some(Trigger::Days { after, .. } | Trigger::ClosedStill { after, .. }) => after.to_string(),
                _ => String::new(),
            },
            |p, typed| {
                let days = read_whole(typed)?;
                if let Some(DelayedControl {
                    trigger: Trigger::Days { after, .. } | Trigger::ClosedStill { after, .. }, ..
                }) = &mut p.delayed { *after = days; }
                Some(())
            };
        DelayedThen "delayed.then" Kind::Line,
            |p| p.delayed.as_ref().map(|delayed| delayed.then.to_string()).unwrap_or_default(),
            |p, typed| {
                if let Some(delayed) = &mut p.delayed { delayed.then = typed.parse().ok()?; }
                Some(())
            };
        Multiplicity "analysis.multiplicity" choice(&["none", "holm"]),
            |p| multiplicity(p.analysis.multiplicity).to_owned(),
            |p, typed| { p.analysis.multiplicity = read_multiplicity(typed)?; Some(()) };
        Alpha "analysis.alpha_per_mille" Kind::Percent,
            |p| per_mille(p.analysis.alpha_per_mille),
            |p, typed| { p.analysis.alpha_per_mille = read_per_mille(typed)?; Some(()) };
        Units "power.units" Kind::Number,
            |p| p.power.units.to_string(), |p, typed| { p.power.units = read_whole(typed)?; Some(()) };
        Power "power.power_per_mille" Kind::Percent,
            |p| per_mille(p.power.power_per_mille),
            |p, typed| { p.power.power_per_mille = read_per_mille(typed)?; Some(()) };
        Baseline "power.baseline_per_mille" Kind::Percent,
            |p| p.power.baseline_per_mille.map(per_mille).unwrap_or_default(),
            |p, typed| { p.power.baseline_per_mille = optional(typed)?; Some(()) };
        Effect "power.effect_per_mille" Kind::Percent,
            |p| per_mille(p.power.effect_per_mille),
            |p, typed| { p.power.effect_per_mille = read_per_mille(typed)?; Some(()) };
        Direction "power.direction" choice(&["more", "less"]),
            |p| direction(p.power.direction).to_owned(),
            |p, typed| { p.power.direction = read_direction(typed)?; Some(()) };
        Icc "power.icc_per_mille" Kind::Percent,
            |p| p.power.icc_per_mille.map(per_mille).unwrap_or_default(),
            |p, typed| { p.power.icc_per_mille = optional(typed)?; Some(()) };
        ClusterSize "power.cluster_size" Kind::Number,
            |p| p.power.cluster_size.map(|size| size.to_string()).unwrap_or_default(),
            |p, typed| {
                let is_empty = typed.trim().is_empty();
                p.power.cluster_size = if is_empty { None } else { Some(read_whole(typed)?) };
                Some(())
            };
        ClusterVariation "power.cluster_variation_per_mille" Kind::Percent,
            |p| p.power.cluster_variation_per_mille.map(per_mille).unwrap_or_default(),
            |p, typed| { p.power.cluster_variation_per_mille = optional(typed)?; Some(()) };
        Attrition "power.attrition_per_mille" Kind::Percent,
            |p| per_mille(p.power.attrition_per_mille),
            |p, typed| { p.power.attrition_per_mille = read_per_mille(typed)?; Some(()) };
        Interim "interim" choice(&["none", "anytime"]),
            |p| if matches!(p.interim, Interim::None {}) { "none" } else { "anytime" }.to_owned(),
            |p, typed| {
                // A rule can be taken out of a file that has one, and not be put in: nobody looks.
                match typed {
                    "none" => p.interim = Interim::None {},
                    "anytime" if matches!(p.interim, Interim::Anytime { .. }) => {}
                    _ => return None,
                }
                Some(())
            };
    }
}

/// A share treated as it is typed: per cent, and its weight behind `×` if that is not 1.
fn share(share: &Share) -> String {
    let per_cent = per_mille(share.treated_per_mille);
    if share.weight == 1 { per_cent } else { format!("{per_cent} × {}", share.weight) }
}

fn read_share(typed: &str) -> Option<Share> {
    let (per_cent, weight) = typed.split_once(['×', 'x', '*']).unwrap_or((typed, "1"));
    Some(Share {
        treated_per_mille: read_per_mille(per_cent)?,
        weight: weight.trim().parse().ok()?,
    })
}

/// A share that may be left out: the outer `None` is what cannot be read.
#[expect(clippy::option_option, reason = "left out is not unreadable")]
fn optional(typed: &str) -> Option<Option<u16>> {
    if typed.trim().is_empty() { Some(None) } else { read_per_mille(typed).map(Some) }
}
