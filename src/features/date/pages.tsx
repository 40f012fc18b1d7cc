// The page on which an officer confirms the date after a leap. It shows only what the clock says; the officer looks the real date up elsewhere.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { fieldsOf, type Problem } from '../../base/outcome.ts';
import { page, problemStatus, type Env, type Route } from '../../platform/http/index.ts';
import { Banner } from '../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../platform/ui/button.tsx';
import { homeCrumb } from '../../platform/ui/crumbs.tsx';
import { Dl } from '../../platform/ui/fact-list.tsx';
import { ErrorSummary, PostForm } from '../../platform/ui/form.tsx';
import { longDay } from '../../platform/ui/format.ts';
import { OfficePage } from '../../platform/ui/frame.tsx';
import { Panel } from '../../platform/ui/panel.tsx';
import { byOf, type Room } from '../access/index.ts';
import { confirmDate, leapOf } from './actions.ts';
import type { Leap } from './facts.ts';
import { itIs, leapTitle, words } from './words.ts';

type Request = Context<Env>;

const PATH = '/date';

const Sheet = ({ c, problem, children }: { c: Request; problem?: Problem | undefined; children: Child }) => {
  const frame = c.get('frame');
  const { lang } = frame;
  return (
    <OfficePage
      {...frame}
      title={words.title[lang]}
      path={PATH}
      crumbs={[homeCrumb(lang), { label: words.title[lang] }]}
      failed={problem !== undefined}
    >
      <div class="max-w-[48rem] grid gap-5">
        <ErrorSummary lang={lang} problems={fieldsOf(problem)} labels={{}} />
        {children}
      </div>
    </OfficePage>
  );
};

const Asked = ({ c, leap }: { c: Request; leap: Leap }) => {
  const { lang, csrf } = c.get('frame');
  return (
    <>
      <Banner kind="warn" title={leapTitle(leap, lang)}>
        {words.why[lang]}
      </Banner>
      <Dl
        asked
        items={[
          [words.before[lang], longDay(leap.from, lang)],
          [words.now[lang], <strong>{longDay(leap.to, lang)}</strong>],
        ]}
      />
      <p>{words.lead[lang]}</p>
      <Panel title={words.wrong[lang]}>
        <p>{words.wrongSays[lang]}</p>
      </Panel>
      <Panel title={words.right[lang]}>
        <p>{words.rightSays[lang]}</p>
        <ul class="list-disc pl-6 my-3">
          {words.erased.map((one) => (
            <li>{one[lang]}</li>
          ))}
        </ul>
        <PostForm action={PATH} csrf={csrf} values={{ date: leap.to }}>
          <Buttons>
            <Button kind="stop">{itIs(leap.to, lang)}</Button>
            <LinkButton kind="text" href="/">
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </Panel>
    </>
  );
};

async function show({ office }: Room, c: Request, problem?: Problem): Promise<Response> {
  const { lang } = c.get('frame');
  const leap = await leapOf(office);
  const confirmed = c.req.query('done') === 'confirmed';
  return c.html(
    <Sheet c={c} problem={problem}>
      {leap ? (
        <Asked c={c} leap={leap} />
      ) : (
        <Banner
          kind="good"
          title={words[confirmed ? 'confirmed' : 'none'][lang]}
          role={confirmed ? 'status' : undefined}
          action={{ href: '/', label: words.home[lang] }}
        >
          {words[confirmed ? 'confirmedSays' : 'noneSays'][lang]}
        </Banner>
      )}
    </Sheet>,
    problem ? problemStatus(problem) : 200,
  );
}

export const datePages = (room: Room): Route[] => [
  page('get', PATH, 'date:confirm', (c) => show(room, c)),
  page('post', PATH, 'date:confirm', async (c) => {
    const outcome = await confirmDate(room.office, byOf(c), c.get('form').text('date'));
    return outcome.ok ? c.redirect(`${PATH}?done=confirmed`, 303) : show(room, c, outcome.problem);
  }),
];
