//! Every rule and every input of a calculation in English. A rule without words does not compile.

use jobnet_rules::trace::{Figure, Quantity, Rule};

/// What a rule does, in one or two short sentences.
pub(super) const fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::PeriodEntitlement => "The hours of a period under the law.",
        Rule::PeriodConsumption => {
            "We add the hours you have been paid benefit for. Hours of quarantine count too. Only settled months are included."
        }
        Rule::PeriodRemaining => "The hours of the period less the hours you have used.",
        Rule::PeriodFrame => {
            "The frame runs from the day your period began. Months of sickness or leave without benefit make it longer."
        }
        Rule::PeriodRunsOut => {
            "We assume you do not work. Then you use a full month at a time until the hours or the frame end."
        }
        Rule::AccountHours => {
            "We add your known hours of work. Hours used for an extension and hours that are too old are taken off."
        }
        Rule::AccountExtension => {
            "Each hour of work on the account gives hours of benefit. There is a limit to how many."
        }
        Rule::AccountUsed => "Hours you were paid beyond the period were taken from the account.",
        Rule::RequalificationRequirement => "The hours of work a new period takes.",
        Rule::RequalificationCounted => "The hours on your account count.",
        Rule::RequalificationMissing => "The requirement less the hours that count.",
        Rule::RequalificationWindow => {
            "Only the latest months count. Hours from before your period began do not."
        }
        Rule::KarensWindow => {
            "We look at four months at a time from the start of your period. Months of sickness or leave without benefit are skipped."
        }
        Rule::KarensHours => "We add your known hours of work in the four months.",
        Rule::KarensThreshold => "You need more hours than this. Exactly this many is not enough.",
        Rule::KarensMissing => {
            "The limit less your hours. We add a hundredth of an hour, because you must exceed the limit."
        }
        Rule::KarensState => {
            "Above the limit, no day is deducted. Otherwise it is decided in the fourth month."
        }
        Rule::KarensDay => "Benefit for one day, in whole kroner.",
        Rule::SupplementaryLimit => "The weeks the law gives.",
        Rule::SupplementaryUsed => "The figure comes from your fund.",
        Rule::PayoutHours => {
            "A full month less your hours of work. If too few hours are left, nothing is paid."
        }
        Rule::PayoutGross => {
            "Hours of benefit times your monthly rate, divided by the hours of a full month. We round to øre."
        }
        Rule::PaymentReported => "This is what was paid for the month.",
        Rule::PayoutUnknown => {
            "We do not know your hours of work. So we cannot calculate the amount."
        }
        Rule::RateUnknown => "We do not know the rate for that month. So we do not show an amount.",
        Rule::UnknownHours => "Months in which your pay was reported without hours.",
        Rule::SocialAssistanceRate => "The rate that belongs to your situation.",
        Rule::SocialAssistanceDeduction => {
            "You may earn a fixed amount before anything is deducted. A share of the rest is deducted."
        }
        Rule::SocialAssistanceBenefit => {
            "Your rate less what is deducted. When pay and assistance reach a ceiling, the assistance falls krone for krone."
        }
        Rule::Shortening => "Very long use of benefit makes the period shorter.",
        Rule::SupplementaryExtension => "Months with much work can give you more weeks.",
        Rule::SupplementaryRenewal => "Much work in many months can give you new weeks.",
        Rule::ExcessHours => {
            "If you worked more than full time, those hours are worked off first. You get no benefit meanwhile."
        }
        Rule::Quarantine => "Quarantine is served in hours you would have been paid for.",
        Rule::WorkRequirement => "You get benefit again once you have worked enough hours.",
        Rule::Rule225 => {
            "The rule required a number of hours of work within a year. It applied until June 2025."
        }
        Rule::IncomeRequirement => {
            "If all your hours are used, you must earn a certain amount to get the right back."
        }
        Rule::SimulationMonth => "We calculate the month by the rules, with the work you try.",
        Rule::SimulationEnd => "We go one month at a time until the hours or the frame end.",
        Rule::SimulationExtension => {
            "The work you try puts hours on your account. They give hours of benefit."
        }
        Rule::SimulationKarens => {
            "We look at each karens period that ends meanwhile, and count the days deducted."
        }
        Rule::SimulationRequalification => "We see when you first have enough hours.",
        Rule::SimulationGross => "We add the amounts of the months. It is before tax.",
    }
}

/// What an input measures.
pub(super) const fn quantity(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::PaidHours => "Hours paid",
        Quantity::PaidGross => "Paid before tax",
        Quantity::HolidayGross => "Holiday benefit paid",
        Quantity::StatedOn => "Reported",
        Quantity::QuarantineHours => "Hours of quarantine",
        Quantity::WorkHours => "Hours of work",
        Quantity::HolidayHours => "Hours of holiday",
        Quantity::Away => "Without benefit",
        Quantity::AwayMonths => "Months without benefit (sickness, leave, care)",
        Quantity::PlacedOn => "Your period began",
        Quantity::AsOf => "Calculated as of",
        Quantity::EntitledHours => "Hours of the period",
        Quantity::UsedHours => "Hours used",
        Quantity::RemainingHours => "Hours left",
        Quantity::FrameMonths => "Length of the frame in months",
        Quantity::FrameLengtheningLimit => "The frame can be this many months longer at most",
        Quantity::FrameEndsOn => "The frame ends",
        Quantity::FirstMonth => "First month without work",
        Quantity::MonthHours => "Hours of a full month",
        Quantity::MinimumHours => "Fewest hours paid out",
        Quantity::PayableHours => "Hours of benefit",
        Quantity::MonthlyRate => "Your monthly rate",
        Quantity::MaximumRate => "Highest monthly rate",
        Quantity::GraduateRate => "Graduate rate",
        Quantity::GraduateRateAfterStep => "Graduate rate after the first hours",
        Quantity::RateStepHours => "The rate changes after so many hours",
        Quantity::HoursBefore => "Hours paid before the month",
        Quantity::HoursAtFirstRate => "Hours at the first rate",
        Quantity::AccountMonths => "Hours stay on the account for so many months",
        Quantity::AccountHours => "Hours on the account",
        Quantity::DrawnHours => "Hours used for an extension",
        Quantity::ExpiredHours => "Hours that are too old",
        Quantity::HoursPerWorkHour => "Hours of benefit for each hour of work",
        Quantity::ExtensionLimitHours => "Most hours of extension",
        Quantity::ExtensionHoursUsed => "Hours of extension used",
        Quantity::ExtensionHoursEarned => "Hours of extension earned",
        Quantity::RequiredHours => "Hours required",
        Quantity::CountedHours => "Hours that count",
        Quantity::WindowMonths => "Months that count",
        Quantity::WindowFrom => "From",
        Quantity::WindowTo => "To",
        Quantity::ThresholdHours => "Limit in hours",
        Quantity::DayHours => "Hours of a day",
        Quantity::DayAmount => "Benefit for one day",
        Quantity::Rounding => "How your fund rounds",
        Quantity::WeeksLimit => "Most weeks",
        Quantity::WeeksUsed => "Weeks used",
        Quantity::Months => "Months",
        Quantity::Days => "Days",
        Quantity::Earned => "Pay",
        Quantity::FreeAmount => "You may earn this before anything is deducted",
        Quantity::DeductionPercent => "Share deducted",
        Quantity::Deduction => "Deducted",
        Quantity::Rate => "Monthly rate",
        Quantity::Ceiling => "Ceiling of pay and assistance",
        Quantity::MaximumBenefit => "Highest unemployment benefit for a month",
        Quantity::CeilingPercent => "The ceiling is this share of it",
        Quantity::Provider => "You provide for children",
        Quantity::Thirty => "You are 30 or older",
        Quantity::WeeklyHours => "Hours a week",
        Quantity::Weeks => "Weeks",
        Quantity::PlanFrom => "The work begins",
        Quantity::PartTimeFrom => "Part-time insured from",
        Quantity::GrossTotal => "Benefit in all before tax",
        Quantity::SanctionHours => "Hours of the sanction",
        Quantity::ServedHours => "Hours served",
        Quantity::DecidedOn => "Decided",
        Quantity::LastDecidedOn => "Last decided",
        Quantity::WeeksPerMonth => "Weeks for each month",
        Quantity::PeriodsAbove => "Periods above the limit",
        Quantity::PeriodsRequired => "Periods required",
        Quantity::WeekHours => "Hours of a week",
        Quantity::HourRate => "Kroner an hour",
        Quantity::RequiredEarnings => "Earnings required",
    }
}

/// The name of a figure that has no input of the same name.
pub(super) const fn figure(figure: Figure) -> &'static str {
    match figure {
        Figure::EntitledHours => quantity(Quantity::EntitledHours),
        Figure::UsedHours => quantity(Quantity::UsedHours),
        Figure::RemainingHours => quantity(Quantity::RemainingHours),
        Figure::FrameEndsOn => quantity(Quantity::FrameEndsOn),
        Figure::RunsOutMonth => "The last hours are used",
        Figure::EndedBy => "What ends first",
        Figure::AccountWorkHours | Figure::KarensWorkHours => quantity(Quantity::WorkHours),
        Figure::ExtensionHoursAvailable => "Hours you can extend by",
        Figure::ExtensionHoursUsed => quantity(Quantity::ExtensionHoursUsed),
        Figure::RequiredHours => quantity(Quantity::RequiredHours),
        Figure::CountedHours => quantity(Quantity::CountedHours),
        Figure::MissingHours | Figure::KarensMissing => "Hours you need",
        Figure::RequalificationFrom => "Hours count from",
        Figure::RequalificationMet => "Enough hours for a new period",
        Figure::KarensFrom => "The karens period begins",
        Figure::KarensTo => "The karens period ends",
        Figure::KarensThreshold => quantity(Quantity::ThresholdHours),
        Figure::KarensState => "Is a day deducted?",
        Figure::WeeksLimit => quantity(Quantity::WeeksLimit),
        Figure::WeeksUsed => quantity(Quantity::WeeksUsed),
        Figure::UnknownHoursMonths => "Months with unknown hours",
        Figure::OutcomeEnd => "Last month with benefit",
        Figure::OutcomeExtension => quantity(Quantity::ExtensionHoursEarned),
        Figure::OutcomeKarensDays => "Days deducted",
        Figure::OutcomeKarensAvoided => "Days you avoid",
        Figure::OutcomeRequalified => "Enough hours for a new period",
        Figure::OutcomeGross => quantity(Quantity::GrossTotal),
        Figure::PaidHours(_) => quantity(Quantity::PaidHours),
        Figure::PaidGross(_) => quantity(Quantity::PaidGross),
        Figure::PayableHours(_) | Figure::PlannedPayableHours(_) => {
            quantity(Quantity::PayableHours)
        }
        Figure::Gross(_) | Figure::PlannedGross(_) => "Benefit before tax",
        Figure::SocialRate(_) => quantity(Quantity::Rate),
        Figure::SocialDeduction(_) => quantity(Quantity::Deduction),
        Figure::SocialBenefit(_) => "Social assistance before tax",
        Figure::PlannedKarens(_) => "Karens",
    }
}
