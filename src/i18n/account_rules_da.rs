//! Every rule and every input of a calculation in Danish. A rule without words does not compile.

use jobnet_rules::trace::{Figure, Quantity, Rule};

/// What a rule does, in one or two short sentences.
pub(super) const fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::PeriodEntitlement => "Så mange timer har en periode efter loven.",
        Rule::PeriodConsumption => {
            "Vi lægger de timer sammen, du har fået dagpenge for. Timer i karantæne tæller også. Kun måneder, der er gjort op, er med."
        }
        Rule::PeriodRemaining => "Timerne i perioden minus de timer, du har brugt.",
        Rule::PeriodFrame => {
            "Rammen løber fra den dag, din periode begyndte. Måneder, hvor du er syg eller på barsel uden dagpenge, gør rammen længere."
        }
        Rule::PeriodRunsOut => {
            "Vi regner med, at du ikke arbejder. Så bruger du en fuld måned ad gangen, til timerne eller rammen slutter."
        }
        Rule::AccountHours => {
            "Vi lægger dine kendte arbejdstimer sammen. Timer, du har forlænget med, og timer, der er for gamle, trækker vi fra."
        }
        Rule::AccountExtension => {
            "Hver arbejdstime på kontoen giver timer med dagpenge. Der er en grænse for, hvor mange."
        }
        Rule::AccountUsed => "De timer, du har fået ud over perioden, er taget fra kontoen.",
        Rule::RequalificationRequirement => "Så mange arbejdstimer skal du have for en ny periode.",
        Rule::RequalificationCounted => "Timerne på din konto tæller med.",
        Rule::RequalificationMissing => "Kravet minus de timer, der tæller med.",
        Rule::RequalificationWindow => {
            "Kun de seneste måneder tæller. Timer fra før din periode tæller ikke."
        }
        Rule::KarensWindow => {
            "Vi ser på fire måneder ad gangen, fra din periode begyndte. En måned, hvor du er syg eller på barsel uden dagpenge, springer vi over."
        }
        Rule::KarensHours => "Vi lægger dine kendte arbejdstimer i de fire måneder sammen.",
        Rule::KarensThreshold => "Du skal have flere timer end det her. Lige så mange er ikke nok.",
        Rule::KarensMissing => {
            "Grænsen minus dine timer. Vi lægger en hundrededel time til, for du skal over grænsen."
        }
        Rule::KarensState => {
            "Er du over grænsen, bliver der ikke trukket en dag. Ellers bliver det afgjort i den fjerde måned."
        }
        Rule::KarensDay => "Dagpenge for en dag, i hele kroner.",
        Rule::SupplementaryLimit => "Så mange uger giver loven.",
        Rule::SupplementaryUsed => "Tallet kommer fra din a-kasse.",
        Rule::PayoutHours => {
            "En fuld måned minus dine timer på arbejde. Er der for få timer tilbage, bliver der ikke udbetalt noget."
        }
        Rule::PayoutGross => {
            "Timer med dagpenge gange din sats for en måned. Det deler vi med timerne i en fuld måned. Vi runder af til øre."
        }
        Rule::PaymentReported => "Så meget er udbetalt for den måned.",
        Rule::PayoutUnknown => {
            "Vi kender ikke dine timer på arbejde. Derfor kan vi ikke regne beløbet."
        }
        Rule::RateUnknown => "Vi kender ikke satsen for den måned. Derfor viser vi ikke et beløb.",
        Rule::UnknownHours => "Måneder, hvor din løn er oplyst uden timer.",
        Rule::SocialAssistanceRate => "Den sats, der hører til din situation.",
        Rule::SocialAssistanceDeduction => {
            "Du må tjene et fast beløb, før du bliver trukket. Af resten bliver en del trukket fra."
        }
        Rule::SocialAssistanceBenefit => {
            "Din sats minus det, der bliver trukket fra. Når løn og hjælp når et loft, falder hjælpen krone for krone."
        }
        Rule::Shortening => "Har du fået dagpenge i meget lang tid? Så bliver din periode kortere.",
        Rule::SupplementaryExtension => "Måneder med meget arbejde kan give dig flere uger.",
        Rule::SupplementaryRenewal => "Har du arbejdet meget i mange måneder, kan du få nye uger.",
        Rule::ExcessHours => {
            "Har du arbejdet mere end fuld tid, skal timerne først trækkes af. Imens får du ikke dagpenge."
        }
        Rule::Quarantine => "Karantæne bliver taget i timer, du ellers fik dagpenge for.",
        Rule::WorkRequirement => "Du får først dagpenge igen, når du har arbejdet nok timer.",
        Rule::Rule225 => {
            "Reglen krævede et antal timer på arbejde inden for et år. Den gjaldt til og med juni 2025."
        }
        Rule::IncomeRequirement => {
            "Er alle dine timer brugt, skal du tjene et vist beløb for at få ret igen."
        }
        Rule::SimulationMonth => "Vi regner måneden efter loven, med det arbejde, du prøver.",
        Rule::SimulationEnd => "Vi går frem en måned ad gangen, til timerne eller rammen slutter.",
        Rule::SimulationExtension => {
            "Det arbejde, du prøver, lægger timer på din konto. De giver timer med dagpenge."
        }
        Rule::SimulationKarens => {
            "Vi ser på hver periode for karens, der slutter imens, og tæller de dage, der bliver trukket."
        }
        Rule::SimulationRequalification => "Vi ser, hvornår du først har timer nok.",
        Rule::SimulationGross => "Vi lægger beløbene for månederne sammen. Det er før skat.",
    }
}

/// What an input measures.
pub(super) const fn quantity(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::PaidHours => "Timer udbetalt",
        Quantity::PaidGross => "Udbetalt før skat",
        Quantity::HolidayGross => "Feriedagpenge udbetalt",
        Quantity::StatedOn => "Oplyst",
        Quantity::QuarantineHours => "Timer i karantæne",
        Quantity::WorkHours => "Timer på arbejde",
        Quantity::HolidayHours => "Timer med ferie",
        Quantity::Away => "Uden dagpenge",
        Quantity::AwayMonths => "Måneder uden dagpenge (syg, barsel, pasning)",
        Quantity::PlacedOn => "Din periode begyndte",
        Quantity::AsOf => "Regnet pr.",
        Quantity::EntitledHours => "Timer i perioden",
        Quantity::UsedHours => "Timer brugt",
        Quantity::RemainingHours => "Timer tilbage",
        Quantity::FrameMonths => "Rammens længde i måneder",
        Quantity::FrameLengtheningLimit => "Rammen kan højst blive så mange måneder længere",
        Quantity::FrameEndsOn => "Rammen slutter",
        Quantity::FirstMonth => "Første måned uden arbejde",
        Quantity::MonthHours => "Timer i en fuld måned",
        Quantity::MinimumHours => "Mindste antal timer til udbetaling",
        Quantity::PayableHours => "Timer med dagpenge",
        Quantity::MonthlyRate => "Din sats for en måned",
        Quantity::MaximumRate => "Højeste sats for en måned",
        Quantity::GraduateRate => "Sats for nyuddannede",
        Quantity::GraduateRateAfterStep => "Sats for nyuddannede efter de første timer",
        Quantity::RateStepHours => "Satsen skifter efter så mange timer",
        Quantity::HoursBefore => "Timer udbetalt før måneden",
        Quantity::HoursAtFirstRate => "Timer med den første sats",
        Quantity::AccountMonths => "Så mange måneder bliver timer på kontoen",
        Quantity::AccountHours => "Timer på kontoen",
        Quantity::DrawnHours => "Timer brugt til at forlænge",
        Quantity::ExpiredHours => "Timer, der er for gamle",
        Quantity::HoursPerWorkHour => "Timer med dagpenge for hver arbejdstime",
        Quantity::ExtensionLimitHours => "Højeste antal timer at forlænge med",
        Quantity::ExtensionHoursUsed => "Timer af forlængelsen brugt",
        Quantity::ExtensionHoursEarned => "Timer tjent til at forlænge med",
        Quantity::RequiredHours => "Krav i timer",
        Quantity::CountedHours => "Timer, der tæller",
        Quantity::WindowMonths => "Antal måneder, der tæller",
        Quantity::WindowFrom => "Fra",
        Quantity::WindowTo => "Til",
        Quantity::ThresholdHours => "Grænse i timer",
        Quantity::DayHours => "Timer på en dag",
        Quantity::DayAmount => "Dagpenge for en dag",
        Quantity::Rounding => "Sådan runder din a-kasse af",
        Quantity::WeeksLimit => "Højeste antal uger",
        Quantity::WeeksUsed => "Uger brugt",
        Quantity::Months => "Måneder",
        Quantity::Days => "Dage",
        Quantity::Earned => "Løn",
        Quantity::FreeAmount => "Det må du tjene, før du bliver trukket",
        Quantity::DeductionPercent => "Så stor en del bliver trukket fra",
        Quantity::Deduction => "Trukket fra",
        Quantity::Rate => "Sats for en måned",
        Quantity::Ceiling => "Loft over løn og hjælp",
        Quantity::MaximumBenefit => "Højeste dagpenge for en måned",
        Quantity::CeilingPercent => "Loftet er så stor en del af højeste dagpenge",
        Quantity::Provider => "Du forsørger børn",
        Quantity::Thirty => "Du er fyldt 30 år",
        Quantity::WeeklyHours => "Timer om ugen",
        Quantity::Weeks => "Uger",
        Quantity::PlanFrom => "Arbejdet begynder",
        Quantity::PartTimeFrom => "Deltidsforsikret fra",
        Quantity::GrossTotal => "Dagpenge i alt før skat",
        Quantity::SanctionHours => "Timer i sanktionen",
        Quantity::ServedHours => "Timer afviklet",
        Quantity::DecidedOn => "Afgjort",
        Quantity::LastDecidedOn => "Sidste gang afgjort",
        Quantity::WeeksPerMonth => "Uger for hver måned",
        Quantity::PeriodsAbove => "Perioder over grænsen",
        Quantity::PeriodsRequired => "Perioder, der kræves",
        Quantity::WeekHours => "Timer på en uge",
        Quantity::HourRate => "Kroner for en time",
        Quantity::RequiredEarnings => "Krav i kroner",
    }
}

/// The name of a figure that has no input of the same name.
pub(super) const fn figure(figure: Figure) -> &'static str {
    match figure {
        Figure::EntitledHours => quantity(Quantity::EntitledHours),
        Figure::UsedHours => quantity(Quantity::UsedHours),
        Figure::RemainingHours => quantity(Quantity::RemainingHours),
        Figure::FrameEndsOn => quantity(Quantity::FrameEndsOn),
        Figure::RunsOutMonth => "De sidste timer bliver brugt",
        Figure::EndedBy => "Det slutter først",
        Figure::AccountWorkHours | Figure::KarensWorkHours => quantity(Quantity::WorkHours),
        Figure::ExtensionHoursAvailable => "Timer, du kan forlænge med",
        Figure::ExtensionHoursUsed => quantity(Quantity::ExtensionHoursUsed),
        Figure::RequiredHours => quantity(Quantity::RequiredHours),
        Figure::CountedHours => quantity(Quantity::CountedHours),
        Figure::MissingHours | Figure::KarensMissing => "Timer, du mangler",
        Figure::RequalificationFrom => "Timer tæller fra",
        Figure::RequalificationMet => "Timer nok til en ny periode",
        Figure::KarensFrom => "Perioden for karens begynder",
        Figure::KarensTo => "Perioden for karens slutter",
        Figure::KarensThreshold => quantity(Quantity::ThresholdHours),
        Figure::KarensState => "Bliver der trukket en dag?",
        Figure::WeeksLimit => quantity(Quantity::WeeksLimit),
        Figure::WeeksUsed => quantity(Quantity::WeeksUsed),
        Figure::UnknownHoursMonths => "Måneder med ukendte timer",
        Figure::OutcomeEnd => "Sidste måned med dagpenge",
        Figure::OutcomeExtension => quantity(Quantity::ExtensionHoursEarned),
        Figure::OutcomeKarensDays => "Dage, der bliver trukket",
        Figure::OutcomeKarensAvoided => "Dage, du slipper for at blive trukket",
        Figure::OutcomeRequalified => "Timer nok til en ny periode",
        Figure::OutcomeGross => quantity(Quantity::GrossTotal),
        Figure::PaidHours(_) => quantity(Quantity::PaidHours),
        Figure::PaidGross(_) => quantity(Quantity::PaidGross),
        Figure::PayableHours(_) | Figure::PlannedPayableHours(_) => {
            quantity(Quantity::PayableHours)
        }
        Figure::Gross(_) | Figure::PlannedGross(_) => "Dagpenge før skat",
        Figure::SocialRate(_) => quantity(Quantity::Rate),
        Figure::SocialDeduction(_) => quantity(Quantity::Deduction),
        Figure::SocialBenefit(_) => "Kontanthjælp før skat",
        Figure::PlannedKarens(_) => "Karens",
    }
}
