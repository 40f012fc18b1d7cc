// What the ledgers keep of the information that is judged, shown beside it: opened one ledger at a time, and shown once.

import { both, type Lang } from '../../../base/bilingual.ts';
import { Button } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { PostForm } from '../../../platform/ui/form.tsx';
import type { Standing } from '../../checkpoint/index.ts';
import { mayLook, type Looked } from '../actions/look.ts';
import type { Request } from '../facts/request.ts';
import { PATH } from './sheet.tsx';

const words = {
  only: both(
    'この請求を調べるためだけに開きます。開いたことは記録に残ります。',
    'It is opened only to examine this request. The opening is on record.',
  ),
  none: both('内容はありません', 'No content'),
};

export interface LookProps {
  lang: Lang;
  csrf: string;
  id: string;
  request: Request;
  stands: Standing;
  /** What was opened with this page. */
  looked: Looked | null;
  /** `holding/item` of the one being decided, which stays open. */
  item: string;
  /** The ledgers that are shown; left out: all of them. */
  shown?: ReadonlySet<string>;
}

export const Look = ({ lang, csrf, id, request, stands, looked, item, shown }: LookProps) => {
  const holdings = (request.collected?.holdings ?? []).filter(({ holding }) => stands.holdings.has(holding));
  if (!mayLook(request) || holdings.length === 0) return null;
  const known = looked && stands.holdings.get(looked.holding);
  const openName = (holding: string): string => {
    const name = stands.holdings.get(holding)!.name[lang];
    return lang === 'ja' ? `「${name}」の中身を開く` : `Open the content of “${name}”`;
  };
  return (
    <div class="mt-4 mb-4" id="look">
      {looked && known && (
        <div class="mb-4">
          <h3 class="text-std-16B-170 mb-2">{known.name[lang]}</h3>
          <Dl
            items={(holdings.find(({ holding }) => holding === looked.holding)?.items ?? []).map(
              (code) =>
                [
                  known.labels.get(code)?.[lang] ?? code,
                  <span class="whitespace-pre-line break-words" translate="no">
                    {looked.values[code] ?? words.none[lang]}
                  </span>,
                ] as const,
            )}
          />
        </div>
      )}
      <div class="flex flex-wrap gap-3">
        {holdings
          .filter(({ holding }) => (shown?.has(holding) ?? true) && holding !== looked?.holding)
          .map(({ holding }) => (
            <PostForm action={`${PATH}/${id}/look`} csrf={csrf} values={{ holding, item }} whole>
              <Button kind="second" icon="lock">
                {openName(holding)}
              </Button>
            </PostForm>
          ))}
      </div>
      <p class="small muted mt-2">{words.only[lang]}</p>
    </div>
  );
};
