// The law's answer where it is not a yes: the finding, and what can be done instead.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import type { Env } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { madeUnder } from '../../checkpoint/index.ts';
import type { JointUse } from '../facts/joint-use.ts';
import { title } from '../words.ts';
import { crumbs, placeOf } from './list.tsx';

const words = {
  notChanged: both('このままでは変えられません', 'it may not be changed like this'),
  hold: both('まだ決められません', 'it cannot be told yet'),
  notChangedSays: both('何も変えていません。理由は次のとおりです。', 'Nothing was changed. These are the reasons.'),
  notShared: both('共同利用できません', 'it may not be used jointly'),
  notSharedSays: both('登録していません。理由は次のとおりです。', 'Nothing was registered. These are the reasons.'),
  heading: both('共同利用できません', 'No joint use'),
  back: both('戻る', 'Back'),
} satisfies Record<string, Bilingual>;

/** The finding about a change of `use`, or about registering a joint use where there is none. */
export const Refusal = (props: {
  lang: Lang;
  finding: Finding;
  policy: number;
  use?: JointUse | undefined;
  actions?: Child;
}) => {
  const { lang, finding, policy, use, actions } = props;
  const answer = finding.answer === 'unknown' ? words.hold : words.notChanged;
  return (
    <FindingView
      lang={lang}
      finding={finding}
      question={use ? (lang === 'ja' ? `「${use.name.ja}」の変更` : `Changing “${use.name.en}”`) : title[lang]}
      title={use ? answer : words.notShared}
      says={use ? words.notChangedSays : words.notSharedSays}
      actions={actions}
      madeUnder={madeUnder(policy)}
    />
  );
};

/** The page for a joint use that the law does not allow to be registered. */
export const RefusedPage = (props: { c: Context<Env>; finding: Finding; policy: number; back: string }) => {
  const { c, finding, policy, back } = props;
  const frame = c.get('frame');
  const { lang } = frame;
  return (
    <OfficePage
      {...frame}
      title={words.heading[lang]}
      path={placeOf(c)}
      failed
      crumbs={crumbs(lang, { label: words.heading[lang] })}
    >
      <div class="max-w-[640px]">
        <Refusal
          lang={lang}
          finding={finding}
          policy={policy}
          actions={
            <LinkButton kind="second" href={back}>
              {words.back[lang]}
            </LinkButton>
          }
        />
      </div>
    </OfficePage>
  );
};
