//! Smoke.
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let t = std::time::Instant::now();
        let inst = geras::Instrument::read(&path, &text);
        println!("{path}: {:?}", t.elapsed());
        let show = |d: &geras::source::Diagnostic| { let l = d.primary.line_column(); println!("  {}:{}:{} [{}] {} {:?}", d.primary.source.path(), l.line, l.column, d.name, d.message, d.help); };
        match inst {
            Err(ds) => ds.iter().for_each(show),
            Ok(i) => {
                i.warnings().iter().for_each(show);
                let cp = path.replace(".yaml", ".cases.yaml");
                let ct = std::fs::read_to_string(&cp).unwrap();
                match geras::cases::CaseFile::read(&cp, &ct) {
                    Err(ds) => ds.iter().for_each(show),
                    Ok(f) => {
                        let t = std::time::Instant::now();
                        let r = geras::cases::run(&f, &i);
                        println!("  {} cases, {} passed {:?}", r.results.len(), r.results.iter().filter(|r| r.passed).count(), t.elapsed());
                        r.diagnostics.iter().take(12).for_each(show);
                        println!("  options {}/{} bands {}/{} rows {}/{} adj {}/{}", r.coverage.options.covered, r.coverage.options.of, r.coverage.bands.covered, r.coverage.bands.of, r.coverage.rows.covered, r.coverage.rows.of, r.coverage.adjustments.covered, r.coverage.adjustments.of);
                    }
                }
            }
        }
    }
}
