// Content security policies: a page may load from and send to our own origin only.

import type { AnswerHeaders } from './answers.ts';

const policy = (reach: "'self'" | "'none'"): AnswerHeaders => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src ${reach}`,
    `form-action ${reach}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
});

/** For every page and file without a policy of its own. */
export const connected = policy("'self'");

/** For pages whose scripts must send nothing, and for worker scripts, which obey the policy of their own file and not of their page. */
export const unconnected = policy("'none'");
