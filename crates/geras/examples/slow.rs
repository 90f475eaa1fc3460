//! Slow.
fn main() {
    let text = std::fs::read_to_string("instruments/cn/gb-t-42195/2022.yaml").unwrap();
    let i = geras::Instrument::read("x", &text).unwrap();
    let a = i.answers().check().unwrap();
    let t = std::time::Instant::now();
    let o = i.assess(&a);
    println!("blank assess {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let w = o.waiting_on();
    println!("waiting {} {:?}", w.len(), t.elapsed());
    let t = std::time::Instant::now();
    let w = o.explanation();
    println!("expl {} {:?}", w.len(), t.elapsed());
    let inexact: Vec<_> = o.inexact().collect();
    println!("inexact {inexact:?}");
}
