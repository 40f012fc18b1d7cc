// The notice on a request whose later steps were lost with a restored backup.

import { both } from '../../../base/bilingual.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { dayFrom } from '../../../platform/ui/format.ts';
import { eventWords } from '../words.ts';
import type { Seen } from './seen.tsx';

const words = {
  title: both(
    'この請求のその後の動きが、バックアップから戻したときに失われました',
    'Later steps of this request were lost when a backup was restored',
  ),
  says: both(
    '記録には次の動きがあります。本人が取り下げたり、答えがすでに届いていたりするかもしれません。本人に届いた手紙などで確かめてから、進めてください。',
    'The log has the steps below. The person may have withdrawn the request, or have the answer already. Find out from the letters and from the person before you go on.',
  ),
};

export const LostSteps = ({ seen: { c, today, lostSteps } }: { seen: Seen }) => {
  const lang = c.get('lang');
  if (lostSteps.length === 0) return null;
  return (
    <Banner kind="warn" icon="warn" title={words.title[lang]}>
      <p>{words.says[lang]}</p>
      {lostSteps.map(({ entry, event, on }) => (
        <p>
          {dayFrom(today, on, lang)}
          {lang === 'ja' ? '　' : ' '}
          {c.get('may')('log:read') ? (
            <a href={`/log/entries/${entry}`}>{eventWords[event][lang]}</a>
          ) : (
            eventWords[event][lang]
          )}
        </p>
      ))}
    </Banner>
  );
};
