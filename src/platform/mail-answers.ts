// What a mail server's answer to a letter means: whether it is final, and what of it the operator is told.

/** What nodemailer says of a failure. `response`: what the server said. */
export interface Failure {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  message?: string;
  syscall?: string;
}

/** True when no server has the letter: none was reached, or the one that was said no. */
export const isNotTaken = ({ code, responseCode = 0, syscall }: Failure): boolean =>
  responseCode >= 400 || syscall === 'connect' || code === 'EDNS';

/** Answers to the recipient, and to the letter once the server has it. */
const isOfLetter = ({ command }: Failure): boolean => command === 'RCPT TO' || command === 'DATA';

/** The enhanced status code (RFC 2034, RFC 3463) of the same class as the reply; X.0.0 says nothing besides the reply. */
function enhancedOf({ response = '', responseCode = 0 }: Failure): string | null {
  const [, found] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})(?!\S)/.exec(response) ?? [];
  return found?.startsWith(String(responseCode).charAt(0)) && !/^\d\.0\./.test(found) ? found : null;
}

/**
 * The permanent enhanced codes that are about the recipient or this letter to them, so that nothing changes with another try. All others are about us,
 * the server or its rules. Section numbers without another source are of RFC 3463.
 *
 * | code         | about                                                            | final |
 * | ------------ | ---------------------------------------------------------------- | ----- |
 * | 5.1.x        | the recipient's address (3.2); 5.1.10 their domain (RFC 7505)    | yes   |
 * | 5.1.7, 5.1.8 | the sender's address, which is a setting of ours (3.2)           | no    |
 * | 5.2.x        | the recipient's mailbox: disabled, full, its limits (3.3)        | yes   |
 * | 5.3.x        | the mail system: down, lacking, configured wrongly (3.4)         | no    |
 * | 5.3.4        | a letter too large for it: this one is never smaller (3.4)       | yes   |
 * | 5.4.x        | the way to the recipient's server: no such host (3.5)            | yes   |
 * | 5.4.3, 5, 6  | directory, congestion, loop: of the servers between (3.5)        | no    |
 * | 5.5.x        | how we speak to the server (3.6)                                 | no    |
 * | 5.6.x        | the form or the content of the letter, by the server's rule (3.7) | no   |
 * | 5.6.7        | the recipient takes no letters of such an address (RFC 6531)     | yes   |
 * | 5.7.x        | its policy: relaying, login, filters (3.8), DKIM and SPF (RFC 7372) | no |
 * | 5.7.17, 18   | the mailbox or its domain has another owner now (RFC 7293)       | yes   |
 */
const OF_RECIPIENT = /^5\.(?:1\.(?![78]$)|2\.|3\.4$|4\.(?![356]$)|6\.7$|7\.1[78]$)/;

/**
 * Replies without an enhanced code (RFC 5321, 4.2.3; 521 and 556: RFC 7504) that are about the recipient. To a letter that the server has, 550 is a
 * rejection for policy reasons (4.3.2), and 554 says only that the transaction failed.
 */
const OF_RECIPIENT_BARE = { 'RCPT TO': [550, 551, 552, 553, 554, 556], DATA: [551, 552, 553, 556] };

/** A server that does not relay for us says so of the recipient. */
const isOfRelay = ({ response = '' }: Failure): boolean => /\brelay/i.test(response);

/** True when the server will never accept this letter, because of its recipient: RFC 5321, 4.2.1 asks not to try again. */
export function isFinal(failure: Failure): boolean {
  const { command, responseCode = 0 } = failure;
  if (responseCode < 500 || !isOfLetter(failure)) return false;
  const enhanced = enhancedOf(failure);
  if (enhanced !== null) return OF_RECIPIENT.test(enhanced);
  return OF_RECIPIENT_BARE[command === 'DATA' ? 'DATA' : 'RCPT TO'].includes(responseCode) && !isOfRelay(failure);
}

/** What ends when a try has taken too long is called as every other wait that does. */
export const codeOf = ({ code }: Failure): string => (code === 'EABORT' ? 'ETIMEDOUT' : (code ?? 'unknown'));

/**
 * Why the server accepts no letters, for the operator; null for a problem of one letter or its recipient, or a passing one of either. The server's own
 * words, which may name machines, are repeated only from its greeting and its answer to STARTTLS: later they may name the recipient, and only the
 * codes are.
 */
export function serverProblem(failure: Failure): string | null {
  const { command = '', response, responseCode, message = '' } = failure;
  if (isOfLetter(failure) && ((responseCode ?? 0) < 500 || isFinal(failure))) return null;
  const early =
    command === 'STARTTLS' ||
    (command === 'CONN' && (response === undefined || message.startsWith('Invalid greeting')));
  const said = early ? message : [responseCode ?? command, enhancedOf(failure) ?? ''].join(' ');
  return `${codeOf(failure)} ${said}`.trim();
}
