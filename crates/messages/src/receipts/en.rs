//! Receipts in English.

use super::ReceiptTexts;

pub(super) static TEXTS: ReceiptTexts = ReceiptTexts {
    title: "We have received your answers",
    number: "Receipt {id}. Sent {date} at {time}.",
    sent: "What you have sent",
    next: "What happens now?",
    plain: "Your caseworker can see your answers before the talk. You need not do more.",
    next_steps: "Your caseworker can see your answers before the talk. You can do this before then:",
    step_cv: "Look at your CV, and correct what has grown old.",
    step_jobs: "Write down three jobs that you could imagine applying for.",
    step_questions: "Write down what you want to ask.",
    encouraging: "Thank you for taking the time. The talk is yours: it is about what you want and what you need. Many are in the same boat, and you are not alone with it.",
    voluntary: "Answering was voluntary. You can delete it again on the page with your risk profile.",
    hours_title: "We have received your message about hours",
    hours_said: "You wrote that you worked {hours} hours in {month}.",
    hours_month: "You wrote that hours are missing in {month}.",
    hours_next: "Your fund looks at it. The figures on the page change only when they are corrected where they come from.",
    unknown: "We do not know.",
    left_out: "Is not used",
    wrong: "You say it is wrong",
};
