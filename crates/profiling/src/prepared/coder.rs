//! What she says as the columns of a regression.

use crate::fact::{Fact, Origin};
use crate::form::{Choice, Question};
use crate::model::{Coding, Variable};
use crate::profile::{Factor, NoProfile};
use crate::sheet::{PLACES, Sheet, place};

/// A column by its number, counted from 1: 0 is the intercept's.
type Column = u16;

/// Where a value leads.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lead {
    /// To 1 in a column.
    Column(Column),
    /// To 0 in all of them.
    Base,
    /// The model has not seen it.
    Unseen,
}

/// The coding of a variable.
#[derive(Clone, Debug, PartialEq)]
enum Code {
    Answer { question: Question, leads: [Lead; PLACES] },
    AnyOf { question: Question, leads: [Lead; PLACES] },
    Number { fact: Fact, centre: f64, scale: f64, least: u8, most: u8 },
    Bands { fact: Fact, begins: Vec<u8>, least: u8, most: u8 },
    Origin { leads: [Lead; Origin::ALL.len()] },
}

/// What fills the columns of a model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Coder {
    /// With the first column of each.
    codes: Vec<(Factor, Column, Code)>,
    /// The columns before the interactions, that of the intercept among them.
    columns: usize,
    interactions: Vec<[usize; 2]>,
}

/// Why a variable gives no columns.
enum Without {
    Missing,
    OutOfRange,
}

impl Coder {
    /// `None`: a coding does not go with its factor, or there are too many columns.
    pub(crate) fn new(variables: &[Variable], interactions: &[[usize; 2]]) -> Option<Self> {
        let mut codes = Vec::with_capacity(variables.len());
        let mut next: Column = 1;
        for variable in variables {
            codes.push((variable.factor, next, code(variable, next)?));
            next = next.checked_add(Column::try_from(variable.coding.columns()).ok()?)?;
        }
        let columns = usize::from(next);
        let is_there = |column: &usize| column + 1 < columns;
        let interactions = interactions.to_vec();
        interactions.iter().flatten().all(is_there).then_some(Self { codes, columns, interactions })
    }

    /// What she says as columns, the intercept first and the interactions last.
    pub(crate) fn row(&self, sheet: &Sheet) -> Result<Vec<f64>, NoProfile> {
        let mut row = vec![0.0; self.columns + self.interactions.len()];
        row[0] = 1.0;
        let mut all_are_there = true;
        for (factor, first, code) in &self.codes {
            match code.enter(sheet, *first, |column, value| row[usize::from(column)] = value) {
                Ok(()) => {}
                Err(Without::Missing) => all_are_there = false,
                Err(Without::OutOfRange) => return Err(NoProfile::OutOfRange { factor: *factor }),
            }
        }
        if !all_are_there {
            return Err(self.missing(sheet));
        }
        for (number, [a, b]) in self.interactions.iter().enumerate() {
            row[self.columns + number] = row[a + 1] * row[b + 1];
        }
        Ok(row)
    }

    /// Everything that is missing.
    #[cold]
    fn missing(&self, sheet: &Sheet) -> NoProfile {
        let lacks = |(_, first, code): &&(Factor, Column, Code)| {
            matches!(code.enter(sheet, *first, |_, _| {}), Err(Without::Missing))
        };
        let factors = self.codes.iter().filter(lacks).map(|(factor, ..)| *factor);
        NoProfile::Missing { factors: factors.collect() }
    }
}

fn code(variable: &Variable, first: Column) -> Option<Code> {
    let answers = |question: Question, columns: &[Choice], others| {
        let mut leads = [others; PLACES];
        for (column, choice) in (first..).zip(columns) {
            leads[place(question, *choice)?] = Lead::Column(column);
        }
        Some(leads)
    };
    Some(match (&variable.coding, variable.factor) {
        (Coding::Answer { reference, columns }, Factor::Answer(question)) => {
            let mut leads = answers(question, columns, Lead::Unseen)?;
            for choice in reference {
                leads[place(question, *choice)?] = Lead::Base;
            }
            Code::Answer { question, leads }
        }
        (Coding::AnyOf { columns }, Factor::Answer(question)) => {
            Code::AnyOf { question, leads: answers(question, columns, Lead::Base)? }
        }
        (Coding::Number { centre, scale, least, most }, Factor::Fact(fact)) => Code::Number {
            fact,
            centre: f64::from(*centre),
            scale: f64::from(*scale),
            least: *least,
            most: *most,
        },
        (Coding::Bands { columns, least, most }, Factor::Fact(fact)) => {
            Code::Bands { fact, begins: columns.clone(), least: *least, most: *most }
        }
        (Coding::Origin { reference, columns }, Factor::Fact(Fact::Origin)) => {
            let mut leads = [Lead::Unseen; Origin::ALL.len()];
            for (column, class) in (first..).zip(columns) {
                leads[*class as usize] = Lead::Column(column);
            }
            leads[*reference as usize] = Lead::Base;
            Code::Origin { leads }
        }
        _ => return None,
    })
}

impl Code {
    #[inline]
    fn enter(
        &self,
        sheet: &Sheet,
        first: Column,
        mut add: impl FnMut(Column, f64),
    ) -> Result<(), Without> {
        let number = |fact, least: u8, most: u8| match sheet.facts().number(fact) {
            None => Err(Without::Missing),
            Some(value) if value < least || value > most => Err(Without::OutOfRange),
            Some(value) => Ok(value),
        };
        let mut follow = |lead| {
            match lead {
                Lead::Column(column) => add(column, 1.0),
                Lead::Base => {}
                Lead::Unseen => return Err(Without::OutOfRange),
            }
            Ok(())
        };
        match self {
            // Whoever is not asked is as the base.
            Self::Answer { question, .. } | Self::AnyOf { question, .. }
                if !sheet.asks(*question) =>
            {
                Ok(())
            }
            Self::Answer { question, leads } => {
                follow(leads[sheet.one(*question).ok_or(Without::Missing)?])
            }
            Self::AnyOf { question, leads } => {
                let mut left = sheet.answers(*question);
                if left == 0 {
                    return Err(Without::Missing);
                }
                while left != 0 {
                    follow(leads[left.trailing_zeros() as usize])?;
                    left &= left - 1;
                }
                Ok(())
            }
            Self::Number { fact, centre, scale, least, most } => {
                let value = f64::from(number(*fact, *least, *most)?);
                add(first, (value - centre) / scale);
                Ok(())
            }
            Self::Bands { fact, begins, least, most } => {
                let value = number(*fact, *least, *most)?;
                let band = begins.iter().take_while(|begins| value >= **begins).count();
                if band > 0 {
                    add(first + band as Column - 1, 1.0);
                }
                Ok(())
            }
            Self::Origin { leads } => match sheet.origin() {
                Origin::Unknown => Err(Without::Missing),
                origin => follow(leads[origin as usize]),
            },
        }
    }
}
