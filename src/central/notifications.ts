/** What other processes of central tell through the database (NOTIFY); always only sooner than polling would. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';
import { connectionSettings } from './database-pool.ts';

export interface Notifications {
  /**
   * Calls back at each notification on a channel, and after a time in which some may have been missed (payload: empty).
   * @param channel a plain lower-case name
   */
  on(channel: string, heard: (payload: string) => void): void;
  close(): Promise<void>;
}

const RETRY_MS = 500;
/** How often the database is asked whether it is still there, and how long it may take to say so. */
const BEAT_MS = 5000;

/** Listens on a connection of its own, which is made again for as long as it takes. */
export function openNotifications(databaseUrl: string, log: FastifyBaseLogger): Notifications {
  const listeners = new Map<string, ((payload: string) => void)[]>();
  const stop = new AbortController();
  let client: pg.Client | null = null;
  const listenTo = (channel: string) => client?.query(`listen ${pg.escapeIdentifier(channel)}`);
  const tell = (channel: string, payload: string) => {
    for (const heard of listeners.get(channel) ?? []) heard(payload);
  };

  async function listenOnce(): Promise<void> {
    const connection = new pg.Client({
      ...connectionSettings(databaseUrl),
      ...{ connectionTimeoutMillis: BEAT_MS, query_timeout: BEAT_MS },
    });
    const ended = new Promise<void>((resolve) => connection.once('end', resolve));
    connection.on('error', () => {});
    // A line that was cut says nothing, as one does on which nothing happens.
    const beat = setInterval(() => {
      if (client === connection) connection.query('select 1').catch(() => connection.end());
    }, BEAT_MS);
    connection.on('notification', ({ channel, payload }) => tell(channel, payload ?? ''));
    try {
      await connection.connect();
      client = connection;
      await Promise.all([...listeners.keys()].map(listenTo));
      for (const channel of listeners.keys()) tell(channel, '');
      if (!stop.signal.aborted) await ended;
    } finally {
      clearInterval(beat);
      client = null;
      await connection.end().catch(() => {});
    }
  }

  async function listen(): Promise<void> {
    while (!stop.signal.aborted) {
      await listenOnce().catch((error) => log.warn({ err: error }, 'notifications are not heard'));
      await delay(RETRY_MS, undefined, { signal: stop.signal }).catch(() => {});
    }
  }

  const listening = listen();
  return {
    on(channel, heard) {
      const before = listeners.get(channel);
      listeners.set(channel, [...(before ?? []), heard]);
      // One that fails now is asked for again with the next connection.
      if (!before) listenTo(channel)?.catch(() => {});
    },
    async close() {
      stop.abort();
      await client?.end().catch(() => {});
      await listening;
    },
  };
}
