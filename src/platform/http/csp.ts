// What a browser may load for a page, and where it may send anything: nothing from or to another origin.

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

/** Of every page and file that says nothing else itself. */
export const connected = policy("'self'");

/** Of a page whose scripts send nothing anywhere, and of the script of a worker, which is under what its own file says and not its page. */
export const unconnected = policy("'none'");
