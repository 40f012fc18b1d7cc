// A real SMTP server on this machine, for what goes out by mail.

import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
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

/** Where a server that speaks SMTP badly can stop doing as it should: `end` is its answer once it has the whole letter. */
type Step = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end';

const usual: Record<Step, string> = {
  greeting: '220 mx.example.jp ESMTP\r\n',
  EHLO: '250-mx.example.jp\r\n250 AUTH PLAIN\r\n',
  AUTH: '235 ok\r\n',
  MAIL: '250 ok\r\n',
  RCPT: '250 ok\r\n',
  DATA: '354 go on\r\n',
  end: '250 ok\r\n',
};

export interface RudeServer {
  /** What it answers, byte for byte, and whether it then hangs up. An empty answer that does not hang up is silence. */
  says: Partial<Record<Step, { answer: string; hangsUp?: boolean }>>;
  /** The commands it was given, and each letter as it went over the wire. */
  commands: string[];
  letters: string[];
  /** Says something, to whoever is connected, that nobody asked for or was kept waiting for. */
  send(text: string): void;
  serve(): Promise<number>;
  close(): Promise<void>;
}

/** Speaks SMTP over a bare socket, and misbehaves as it is told. */
export function rudeServer(): RudeServer {
  const sockets = new Set<Socket>();
  const rude: RudeServer = {
    says: {},
    commands: [],
    letters: [],
    send: (text) => {
      for (const socket of sockets) socket.write(text);
    },
    serve: async () => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let unread = '';
    let inLetter = false;
    const answer = (step: Step): void => {
      const { answer: text, hangsUp = false } = rude.says[step] ?? { answer: usual[step] };
      inLetter = step === 'DATA' && text.startsWith('354');
      socket.write(text);
      if (hangsUp) socket.end();
    };
    const next = (ending: string): string | undefined => {
      const at = unread.indexOf(ending);
      if (at < 0) return undefined;
      const text = unread.slice(0, at);
      unread = unread.slice(at + ending.length);
      return text;
    };
    socket.on('data', (bytes) => {
      unread += bytes.toString('utf8');
      for (;;) {
        const text = next(inLetter ? '\r\n.\r\n' : '\r\n');
        if (text === undefined) return;
        if (inLetter) rude.letters.push(text);
        else rude.commands.push(text);
        if (inLetter) answer('end');
        else if (text.startsWith('QUIT')) socket.end('221 bye\r\n');
        else answer(text.split(/[ :]/)[0] as Step);
      }
    });
    answer('greeting');
  });
  return rude;
}
