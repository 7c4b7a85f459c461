//! What is true of this app, in English.

use crate::i18n::prose::{Section, Statement};

pub(super) static ACCESSIBILITY: Statement = Statement {
    title: "Accessibility statement",
    lead: "Everyone should be able to use My unemployment. This is what we have done and what is missing.",
    sections: [
        Section {
            title: "How you can use the pages",
            text: "You can use everything without a mouse. Every figure in a picture also stands in a table and in words. You can choose Danish or English.",
            points: &[
                "The pages follow your choice of light, dark and high contrast.",
                "Nothing moves if you have switched motion off.",
                "The pages work on a narrow phone and with large type.",
            ],
        },
        Section {
            title: "What we measure ourselves by",
            text: "We follow WCAG 2.2 at level AA. The law asks for WCAG 2.1 at level AA. We try every page with a program, axe, in light, dark and high contrast, on wide and narrow screens.",
            points: &[],
        },
        Section {
            title: "What we know is missing",
            text: "A program does not find every fault. The pages have not been tried by people who use a screen reader every day, nor on every phone.",
            points: &[
                "Without JavaScript you cannot see your figures.",
                "Text inside a picture does not grow if you enlarge only the type. Use zoom or the table.",
            ],
        },
        Section {
            title: "Tell us if something is in your way",
            text: "Demomyndigheden is made up. It has no telephone and no post. When a real authority takes this into use, its telephone and e-mail must stand here.",
            points: &[],
        },
        Section {
            title: "If you want to complain",
            text: "The Danish Agency for Digital Government watches over the law on accessible websites. That holds for real authorities.",
            points: &[],
        },
    ],
};

pub(super) static PRIVACY: Statement = Statement {
    title: "Privacy and cookies",
    lead: "We do not follow you around the web. We use cookies only to sign you in and out.",
    sections: [
        Section {
            title: "Everyone is made up",
            text: "Names, numbers, hours and amounts were made by a program. They look like real figures but are about nobody. The numbers cannot belong to a person.",
            points: &[],
        },
        Section {
            title: "What your browser keeps",
            text: "Your browser keeps four things from us at most. None of them says who you are.",
            points: &[
                "A cookie called sid. It comes when you sign in and is deleted when you sign out. Only the server can read it.",
                "A cookie called sign-in. It is there only for the few minutes in which you are signing in.",
                "A cookie called signed-out. It comes when you sign out and is there for a day. With it the next person at the same computer has to show who she is.",
                "Your choice of language, if you make one. It is kept under the name min-ledighed.language and is not sent to us.",
            ],
        },
        Section {
            title: "What the server keeps",
            text: "The server keeps the figures you see on the pages. It also keeps that you are signed in.",
            points: &[
                "If you write that hours are missing, we keep the month, the hours and your text. It is for your fund. Here an administrator can fetch it.",
                "If you answer questions before your talk, we keep your answers, what the model says, and your remark. You can delete it whenever you want.",
                "If somebody looks at your figures, we write down who, when and why. You can read it under My data.",
                "If you are in a trial, a lot decides what you see. We keep the lot, what we knew about you that day, what the page showed you and what you opened. It is kept under a code, not under your name.",
                "If we ask you about your hours, we keep your answers. You can see them when you take your data away.",
                "We write no names, numbers or figures in the server's log.",
            ],
        },
        Section {
            title: "What we do not do",
            text: "We do not count visits outside a trial and show no advertisements. The pages fetch nothing from anybody but us. The address of a page never says anything about you.",
            points: &[],
        },
        Section {
            title: "Questions",
            text: "Demomyndigheden is made up and cannot answer. When a real authority takes this into use, it must say here whom you can ask.",
            points: &[],
        },
    ],
};
