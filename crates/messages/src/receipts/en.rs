//! Receipts in English.

use super::ReceiptTexts;

pub(super) static TEXTS: ReceiptTexts = ReceiptTexts {
    title: "We have received your answers",
    number: "Receipt {id}. Sent {date} at {time}.",
    sent: "What you have sent",
    next: "What happens now?",
    plain: "Your caseworker can see your answers before the talk. You need not do more.",
    next_steps: "If you like, you can do this before the talk:",
    step_rights: "See your deadlines, and get your CV ready.",
    step_hours: "See whether we know all your hours.",
    step_rules: "Read the rules, and write down what you want to ask.",
    encouraging: "The talk is to help you on. Your caseworker helps you. You can bring your own questions. A profile decides nothing.",
    voluntary: "Answering was voluntary. You can delete it again on the page with your risk profile.",
    hours_title: "We have received your message about hours",
    hours_said: "You wrote that you worked {hours} hours in {month}.",
    hours_month: "You wrote that hours are missing in {month}.",
    hours_next: "Your fund looks at it. The figures on the page change only when they are corrected where they come from.",
    unknown: "We do not know.",
    left_out: "Is not used",
    wrong: "You say it is wrong",
};
