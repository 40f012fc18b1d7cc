// A proxy to the database that can be cut, closed and silenced, like the network between two machines.

import { once } from 'node:events';
import net from 'node:net';
import type pg from 'pg';

export interface Way {
  /** The given connection settings, through this proxy. */
  at: pg.PoolConfig;
  /** The number of connections attempted. */
  knocks(): number;
  /** Ends every connection and accepts no other: new ones are closed, or find nobody listening (`gone`). */
  shut(how?: 'gone'): void;
  reopen(): Promise<void>;
  /** Passes nothing on over the existing connections and tells neither side. New ones work, or are silent too (`all`). */
  silence(which?: 'all'): void;
  close(): void;
}

interface Link {
  near: net.Socket;
  far: net.Socket;
}

const silenceLink = ({ near, far }: Link): void => {
  near.unpipe(far).resume();
  far.unpipe(near).resume();
};

export async function openWay(to: pg.PoolConfig): Promise<Way> {
  const links = new Set<Link>();
  let state: 'open' | 'shut' | 'silent' = 'open';
  let knocks = 0;
  const server = net.createServer((near) => {
    knocks += 1;
    if (state === 'shut') return void near.destroy();
    const far = net.connect(`${String(to.host)}/.s.PGSQL.${to.port}`);
    const link = { near, far };
    links.add(link);
    near.pipe(far).pipe(near);
    if (state === 'silent') silenceLink(link);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        links.delete(link);
        other.destroy();
      });
    }
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as net.AddressInfo).port;
  };
  const port = await listen(0);
  const cut = () => links.forEach(({ near }) => near.destroy());
  return {
    at: { ...to, host: '127.0.0.1', port },
    knocks: () => knocks,
    shut: (how) => {
      state = 'shut';
      cut();
      if (how === 'gone') server.close();
    },
    reopen: async () => {
      state = 'open';
      cut();
      if (!server.listening) await listen(port);
    },
    silence: (which) => {
      if (which === 'all') state = 'silent';
      links.forEach(silenceLink);
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
