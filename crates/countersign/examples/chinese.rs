//! Writes the Chinese sentences as JSON, for programs that load them: the npm package has them in a file beside the
//! WebAssembly.

use countersign::explain::Sentences;
use serde_json::json;

fn main() {
    let (causes, phrases) = Sentences::chinese().fields();
    println!("{}", json!({ "causes": causes.collect::<Vec<_>>(), "phrases": phrases.collect::<Vec<_>>() }));
}
