//! Prints the units of a text and their classes. A development aid.
fn main() {
    let language = musnad_language::Language::arabic();
    let reader = musnad_reading::Reader::new(&language);
    let text = std::env::args().nth(1).unwrap_or_default();
    print!("{}", reader.units(&text));
}
