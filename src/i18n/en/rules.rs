//! The rules in plain English. Numbers of law come from `rules::law`, by key.

use crate::i18n::prose::{RuleText, RulesTexts};

pub(super) static RULES: RulesTexts = RulesTexts {
    title: "The rules in plain words",
    lead: "What each rule says, and why it was made. Your fund or municipality decides your case. Four things are not in your figures, since we are not told what they need: a shortened period, excess hours, a supplement to the rate and the requirement of earnings.",
    as_of: "The numbers apply on {day}.",
    contents: "Rules on this page",
    why: "Why is the rule like this?",
    law: "Law: {law}",
    rows: "Download every number of the rules with its law, dates and source (CSV)",
    period: RuleText {
        title: "How long you can get dagpenge",
        says: "Insured full-time, you can get unemployment benefit (dagpenge) for {period.hours.full_time} hours. Insured part-time, it is {period.hours.part_time} hours. The hours must be used within {period.frame_months} months. We call that time the frame. As a new graduate you have {period.graduate_hours.full_time} hours and a frame of {period.graduate_frame_months} months. A week in which you work full-time uses no hours. If you are ill for more than {period.sickness_weeks_not_lengthening} weeks, or on parental leave, the frame becomes longer, by {period.frame_lengthening_max_months} months at most. If you have been paid for {shortening.paid_hours.full_time} hours within {shortening.window_months} months, the period becomes {shortening.cut_hours.full_time} hours shorter.",
        why: "The period is counted in hours. If you take a short job, you save the hours you would have used.",
    },
    account: RuleText {
        title: "The account: work gives more hours",
        says: "Your hours of work are collected on an account (beskæftigelseskonto). When your period is used up, each hour on the account can give {account.hours_per_work_hour} hours of benefit. You can get {extension.limit_hours.full_time} more hours at most. Insured part-time, it is {extension.limit_hours.part_time} hours. The frame becomes {extension.frame_months} months longer. The oldest hours are used first. Hours more than {account.window_months} months old drop out. Hours in a job with a wage subsidy do not count.",
        why: "Taking a job should pay, even a short one. But an hour can be used only once. If you use it to extend, it does not count towards a new period.",
    },
    requalification: RuleText {
        title: "A new period",
        says: "You can get a new period when you have {requalification.hours.full_time} hours of work within {requalification.window_months} months. Insured part-time, it is {requalification.hours.part_time} hours. Illness and parental leave can give you more time. Hours you have used to extend do not count. If your hours, your frame and your account are all used up, it is your earnings that count instead. You must then have earned enough.",
        why: "A new period builds on work. You can collect the hours little by little, also in short jobs.",
    },
    karens: RuleText {
        title: "Karens: a day without benefit",
        says: "Every {karens.window_months} months one day is deducted. That does not happen if you have more than {karens.threshold_hours.full_time} hours of work in the {karens.window_months} months. Insured part-time, you need more than {karens.threshold_hours.part_time} hours. Exactly {karens.threshold_hours.full_time} hours is not enough. A month in which you are ill or on parental leave without benefit is not one of the {karens.window_months}.",
        why: "The rule is meant to give you a reason to take some work while you are on benefit.",
    },
    payout: RuleText {
        title: "How your benefit is worked out",
        says: "Benefit is settled month by month. A full month is {month_hours.full_time} hours. Insured part-time, it is {month_hours.part_time} hours. Your hours of work are subtracted. So are days for which you cannot get benefit, such as holiday, days of sickness benefit or days on which you cannot take a job. Each is {day_hours.full_time} hours if you are insured full-time. You are paid for the rest. If fewer than {payout.minimum_hours.full_time} hours are left, you are paid nothing that month. If you worked more than {excess.threshold_hours} hours in {excess.window_months} months, you are not paid for the hours above. That lasts {excess.max_weeks} weeks at most. It is the hours that count. What you earned in them makes no difference. You send a card at the end of the month and are paid on the last banking day. Around the {duty.settlement_day}th of the next month the fund sees what your employer reported. The figure is then corrected if it was wrong.",
        why: "A month now has the same length for everybody. You can work out yourself what a job means for your benefit.",
    },
    unknown_hours: RuleText {
        title: "When the hours are unknown",
        says: "An employer can report your wage without saying how many hours you worked. Then the hours are unknown. Unknown is not the same as zero. We cannot work out the month until the hours are known. Tell us if hours are missing, and your fund can look into it.",
        why: "A wrong figure is worse than no figure. So we do not guess.",
    },
    supplementary: RuleText {
        title: "Benefit while you work less than full time",
        says: "If you work less than full time, you can get benefit besides for {supplementary.weeks} weeks. A week counts when your hours are reduced and you are paid benefit for that month. More than {supplementary.month_threshold_hours} hours in a month can give {supplementary.weeks_per_month} more weeks, {supplementary.extension_max_weeks} weeks at most. More than {supplementary.month_threshold_hours} hours in {supplementary.renewal_months} months out of {supplementary.window_months} can give {supplementary.weeks} new weeks.",
        why: "Benefit can help while you are on your way. It is not meant as a lasting part of your pay.",
    },
    rates: RuleText {
        title: "Your rate, and when it falls",
        says: "Your rate builds on the pay you had before. The highest rate is {rate.maximum.full_time} a month before tax. Insured part-time, it is {rate.maximum.part_time}. Some get a supplement for the first {rate.step_hours.full_time} hours of benefit. As a new graduate without children, your rate also falls when you have been paid for {rate.step_hours.full_time} hours. How much it falls depends on whether you have turned {rate.graduate_age}. Insured part-time, it happens after {rate.step_hours.part_time} hours. The rates change on 1 January.",
        why: "The highest rates come first, so that most help is given at the start. The steps came on 1 May 2023.",
    },
    sanctions: RuleText {
        title: "When the fund says no: quarantine",
        says: "If you quit your job without a good reason, you can be given quarantine (karantæne). Insured full-time, it is {sanction.quarantine_hours.full_time} hours without benefit. The hours are taken from your period although you are not paid for them. If it happens again within {sanction.repeat_months} months, you lose the right. It comes back when you have worked {sanction.work_requirement_hours.full_time} hours within {sanction.work_requirement_months} months. If you do not come to a meeting, your benefit can stop until you speak with the fund again. If you quit because of violence, there is no quarantine.",
        why: "The benefit is for those who are unemployed by no choice of their own and can take a job.",
    },
    duties: RuleText {
        title: "What you must do when unemployed",
        says: "Register as unemployed on the first day. Finish your CV within {duty.cv_weeks} weeks so that others can find it. Within {duty.fund_meeting_weeks} weeks you must have spoken with your fund. On social assistance, you must speak with your municipality within {duty.municipality_meeting_weeks} week. Send your benefit card every month, no later than {duty.card_months} month and {duty.card_days} days after the month has ended. If you fall ill, say so on the first day.",
        why: "The earlier you start, the easier it is to find a job. And the fund can only pay when it has your card.",
    },
    social_assistance: RuleText {
        title: "Social assistance: kroner count",
        says: "On social assistance (kontanthjælp) it is your pay in kroner that counts. The number of hours makes no difference. It has been so since 1 July 2025. If you earn more than a certain limit, a part is deducted from your assistance. You keep the rest. We have not been able to confirm the limit and the rates of today. So the figures we show you are marked as not confirmed. Ask your municipality before you rely on them.",
        why: "The old rule counted hours and was hard to follow. Now your payslip tells you what happens.",
    },
    history: RuleText {
        title: "In the past: 225 hours",
        says: "The rule does not apply any more. From 1 April 2016 to 30 June 2025, people on social assistance had to have worked {rule_225.required_hours} hours in {rule_225.window_months} months. Otherwise the assistance was cut. From 9 March to 8 September 2020 the rule was suspended. You do not have to do anything.",
        why: "The rule was meant to make more people take some work. Today kroner count, not hours.",
    },
};
