/** How long `vi.waitFor` and `expect.poll` wait for what comes at once, but on a machine that is busy otherwise: a second is not much there. */
export const SOON = { timeout: 20_000, interval: 10 };
