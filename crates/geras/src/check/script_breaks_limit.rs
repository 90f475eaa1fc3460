//! A script that takes too long or grows too big.

use super::page::Page;
use super::scripts::Failed;
use super::sheets::Sheets;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "script-breaks-limit",
    finds: "A script is too long, or on some answers it takes too many steps or grows too big.",
    why: "The result would depend on the machine it runs on, or never come. A person's grade must do neither.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    script:
      reads: [falls]
      code: |
        let n = 0;
        while n <= falls { n -= 1; }
        n
    range: [0, 20]",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    script:
      reads: [falls]
      code: |
        let n = 0;
        while n < falls { n += 1; }
        n
    range: [0, 20]",
};

pub(super) fn find(sheets: &Sheets<'_>, failures: &[Failed], out: &mut Vec<Diagnostic>) {
    for failed in failures.iter().filter(|failed| failed.failure.limit) {
        let fault = sheets.fault(PAGE.name, failed.span, failed.failure.message.clone());
        out.push(fault.help(format!("let its loops end sooner and its lists and texts stay short{}", failed.example())));
    }
}
