using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    # Linq is on this machine here, which workerd would keep workers away from.
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "workerd.js")],
  bindings = [
    (name = "LINQ_URL", fromEnvironment = "LINQ_URL"),
    (name = "OTHER_HALF", durableObjectNamespace = "OtherHalf"),
  ],
  durableObjectNamespaces = [(className = "OtherHalf", uniqueKey = "other-half")],
  durableObjectStorage = (inMemory = void),
  compatibilityDate = "2026-07-01",
  compatibilityFlags = ["enable_request_signal"],
);
