/** Moving between pages is animated where the browser can. A transition that is cut short is not an error. */
for (const name of ["pageswap", "pagereveal"]) {
  addEventListener(name, (event) => {
    const { viewTransition } = event as Event & { viewTransition?: ViewTransition | null };
    void viewTransition?.ready.catch(() => undefined);
    void viewTransition?.finished.catch(() => undefined);
  });
}
