// A real SMTP server on this machine, for what goes out by mail.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Received {
  mail: ParsedMail;
  to: string[];
  encrypted: boolean;
}

export interface MailServer {
  /** The letters received so far, on all ports. */
  received: Received[];
  /** Listens on a port, or on any free one; returns the port. */
  serve(port?: number, starttls?: boolean): Promise<number>;
  /** Holds the next letter without an answer. Calling the returned function accepts it, or refuses it. */
  hold(): (refused?: boolean) => void;
  close(): Promise<void>;
}

/** Takes letters, but not to addresses that begin with `nobody`. */
export function mailServer(): MailServer {
  const servers: SMTPServer[] = [];
  const received: Received[] = [];
  let held = Promise.resolve(false);
  return {
    received,
    hold: () => {
      let answer: (refused: boolean) => void;
      held = new Promise((resolve) => (answer = resolve));
      return (refused = false) => answer(refused);
    },
    serve: async (port = 0, starttls = false) => {
      const server = new SMTPServer({
        authOptional: true,
        disabledCommands: starttls ? [] : ['STARTTLS'],
        disableReverseLookup: true,
        onRcptTo: ({ address }, _, done) => {
          if (!address.startsWith('nobody')) return done();
          done(Object.assign(new Error('no such person'), { responseCode: 550 }));
        },
        onData: (stream, session, done) => {
          const refusal = held;
          held = Promise.resolve(false);
          simpleParser(stream, async (error, mail) => {
            const to = session.envelope.rcptTo.map((one) => one.address);
            if (mail) received.push({ mail, to, encrypted: session.secure });
            const refused = await refusal;
            done(error ?? (refused ? Object.assign(new Error('not taken'), { responseCode: 554 }) : null));
          });
        },
      });
      server.on('error', () => undefined);
      servers.push(server);
      const { server: socket } = server;
      server.listen(port, '127.0.0.1');
      await once(socket, 'listening');
      return (socket.address() as AddressInfo).port;
    },
    close: async () => {
      for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}
