/** How long `vi.waitFor` and `expect.poll` wait for what comes at once, but on a machine that is busy otherwise: a second is not much there. */
export const SOON = { timeout: 20_000, interval: 10 };

/** For `vi.setConfig` where the whole program takes part, with processes of its own: so long a test and a hook may take. */
export const PATIENCE = { testTimeout: 400_000, hookTimeout: 400_000 };
