// The notices on a request of what was lost with a restored backup: its later steps, and acts about the person.

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
  acts: both(
    'この人についてしたことの記録が、バックアップから戻したときに失われました',
    'Records about this person were lost when a backup was restored',
  ),
  actsSay: (n: number) =>
    both(
      `取得、訂正、提供のうち${n}件は、操作の記録にだけ残っています。記録がないと答える前と、保有する内容を伝える前に、見てください。`,
      `${n} ${n === 1 ? 'acquisition, correction or provision remains' : 'acquisitions, corrections or provisions remain'} in the log alone. Look there before you answer that there is no record, or tell what is held.`,
    ),
};

export const LostActs = ({ seen: { c, lostActs } }: { seen: Seen }) => {
  const lang = c.get('lang');
  if (lostActs.size === 0) return null;
  const n = [...lostActs.values()].reduce((sum, one) => sum + one, 0);
  return (
    <Banner kind="warn" icon="warn" title={words.acts[lang]}>
      <p>{words.actsSay(n)[lang]}</p>
      {c.get('may')('log:read') && (
        <p>
          {[...lostActs.keys()].map((id, i) => (
            <>
              {i > 0 && (lang === 'ja' ? '、' : ', ')}
              <a class="num" href={`/log?principal=${id}`}>
                {id.slice(-8)}
              </a>
            </>
          ))}
        </p>
      )}
    </Banner>
  );
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
