/** Registers the worker that keeps styles, scripts and fonts on the device. */
if ("serviceWorker" in navigator && window.isSecureContext) {
  addEventListener("load", () => void navigator.serviceWorker.register("/sw.js").catch(() => undefined), {
    once: true,
  });
}
