# The worker with its bindings, for `workerd serve config.capnp`. The secret comes from the environment:
#
#   ACCESS_KEY_ID=... SECRET_ACCESS_KEY=... UPLOAD_USERS='{"eric": "a-long-random-word"}' \
#       ../node_modules/.bin/workerd serve config.capnp --socket-addr http=127.0.0.1:8787

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "forms", worker = .forms)],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "forms")],
);

const forms :Workerd.Worker = (
  modules = [
    (name = "worker", esModule = embed "worker.js"),
    (name = "countersign", esModule = embed "../pkg/dist/index.js"),
    (name = "countersign.wasm", wasm = embed "../pkg/dist/sign.wasm"),
  ],
  compatibilityDate = "2026-05-01",
  bindings = [
    (name = "ACCESS_KEY_ID", fromEnvironment = "ACCESS_KEY_ID"),
    (name = "SECRET_ACCESS_KEY", fromEnvironment = "SECRET_ACCESS_KEY"),
    # Of temporary credentials; the worker answers 503 when they end before a form would.
    (name = "SESSION_TOKEN", fromEnvironment = "SESSION_TOKEN"),
    (name = "EXPIRATION", fromEnvironment = "EXPIRATION"),
    # Who may ask, by name: the name is part of the keys of the objects.
    (name = "USERS_JSON", fromEnvironment = "UPLOAD_USERS"),
    # Pages that may ask.
    (name = "ORIGINS", json = embed "origins.json"),
    # What is allowed, and where it goes.
    (name = "POLICY", json = embed "policy.json"),
  ],
);
