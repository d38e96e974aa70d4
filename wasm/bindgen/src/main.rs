//! `countersign-bindgen INPUT.wasm FOLDER NAME`: what the command `wasm-bindgen --target bundler` does.

use wasm_bindgen_cli_support::Bindgen;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder, name] = arguments.as_slice() else {
        eprintln!("usage: countersign-bindgen INPUT.wasm FOLDER NAME");
        std::process::exit(2);
    };
    let mut bindgen = Bindgen::new();
    // The names of functions stay until `wasm-opt` has put them in order.
    bindgen.input_path(input).out_name(name).typescript(false).remove_producers_section(true);
    let done = bindgen.bundler(true).and_then(|bindgen| bindgen.generate(folder));
    if let Err(error) = done {
        eprintln!("countersign-bindgen: {error:?}");
        std::process::exit(1);
    }
}
