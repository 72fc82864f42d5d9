using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "workers.js")],
  bindings = [
    (name = "LINQ_API_V3_API_KEY", fromEnvironment = "LINQ_API_V3_API_KEY"),
    (name = "LINQ_API_V3_BASE_URL", fromEnvironment = "LINQ_API_V3_BASE_URL"),
    (name = "LINQ_WEBHOOK_SECRET", fromEnvironment = "LINQ_WEBHOOK_SECRET"),
    (name = "TYPING", durableObjectNamespace = "Typing"),
  ],
  durableObjectNamespaces = [(className = "Typing", uniqueKey = "typing")],
  durableObjectStorage = (inMemory = void),
  compatibilityDate = "2026-07-01",
  compatibilityFlags = ["enable_request_signal"],
);
