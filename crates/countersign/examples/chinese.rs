//! Writes the Chinese sentences as JSON, for programs that load them: the npm package has them in a file beside the
//! WebAssembly. The version says what program they are for: those of another have other places.

use countersign::explain::Sentences;
use serde_json::json;

fn main() {
    let (causes, phrases) = Sentences::chinese().fields();
    println!(
        "{}",
        json!({ "version": env!("CARGO_PKG_VERSION"), "causes": causes.collect::<Vec<_>>(), "phrases": phrases.collect::<Vec<_>>() })
    );
}
