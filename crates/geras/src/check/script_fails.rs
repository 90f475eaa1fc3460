//! A script that gives no value on some answers.

use super::page::Page;
use super::scripts::Failed;
use super::sheets::Sheets;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "script-fails",
    finds: "On some answers a script stops with an error, or gives a value outside its declared range or scale.",
    why: "For a person with these answers there is no result. Somebody at the bedside would see an assessment that never gets \
        done.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    script:
      reads: [falls]
      code: |
        let steps = [0, 1, 2];
        steps[falls]
    range: [0, 20]",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    script:
      reads: [falls]
      code: |
        let steps = [0, 1, 2];
        if falls < 3 { steps[falls] } else { 20 }
    range: [0, 20]",
};

pub(super) fn find(sheets: &Sheets<'_>, failures: &[Failed], out: &mut Vec<Diagnostic>) {
    for failed in failures.iter().filter(|failed| !failed.failure.limit) {
        let fault = sheets.fault(PAGE.name, failed.span, failed.failure.message.clone());
        out.push(fault.help(format!("a script gives a value for whatever it may read{}", failed.example())));
    }
}
