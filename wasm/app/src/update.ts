/** The service worker: registers it, and tells when a new version waits. Decides nothing about when it is installed. */

export interface Update {
  install(): void;
}

/** Makes the app work without a network; `ready` is called when a new version has been fetched. */
export async function update(ready: (update: Update) => void): Promise<void> {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  const registration = await navigator.serviceWorker.register(new URL("sw.js", document.baseURI)).catch(() => undefined);
  if (!registration) return;
  const offer = () => {
    const waiting = registration.waiting;
    if (waiting && navigator.serviceWorker.controller) ready({ install: () => waiting.postMessage("install") });
  };
  offer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  let first = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!first) location.reload();
    first = false;
  });
  setInterval(() => void registration.update().catch(() => undefined), 60 * 60 * 1000);
}
