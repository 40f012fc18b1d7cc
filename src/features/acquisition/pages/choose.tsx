// The page that chooses the holding a person's information goes into.

import { isId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { ChooseHolding, holdings } from '../../ledger/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { words } from '../words.ts';
import { crumbs, PATH, type Request } from './sheet.tsx';

const NEW = `${PATH}/new`;

const None = ({ c }: { c: Request }) => {
  const lang = c.get('lang');
  return (
    <Empty
      title={lang === 'ja' ? '使用中の台帳がありません' : 'No holding is in use'}
      actions={<LinkButton href="/ledger/new">{lang === 'ja' ? '台帳を加える' : 'Add a holding'}</LinkButton>}
    >
      {lang === 'ja'
        ? '個人情報を受け取る前に、その置き場を台帳に加えます。'
        : 'Add the place to the ledger before any personal information is taken in.'}
    </Empty>
  );
};

export async function chooseHolding(office: Office, c: Request, status: 200 | 404): Promise<Response> {
  const lang = c.get('lang');
  const asked = c.req.query('principal') ?? '';
  const principal = isId(asked) ? asked : undefined;
  const all = (await holdings(office)).filter((holding) => holding.state === 'active');
  const policy = (await policyInForce(office, office.clock.today()))?.policy ?? null;
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.chooseTitle[lang]}
      path={principal ? `${NEW}?principal=${principal}` : NEW}
      sub={words.chooseSub[lang]}
      crumbs={crumbs(lang, words.acquire)}
    >
      {all.length === 0 ? (
        <None c={c} />
      ) : (
        <ChooseHolding c={c} all={all} policy={policy} path={NEW} keep={{ principal }} />
      )}
    </OfficePage>,
    status,
  );
}
