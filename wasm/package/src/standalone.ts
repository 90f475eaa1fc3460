/** Everything in one file, for pages without a bundler: the engine's classes and the web components, with Lit inside. */

export * from "./element/index.js";
export * from "./index.js";
export * from "./worker-client.js";
