// Ask the checkpoint: the list of questions in plain words, under headings of what people want to do, and each question as a guided form with its
// answer.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import { firstId } from '../../../base/id.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { Button, LinkButton } from '../../../platform/ui/button.tsx';
import { crumbsFrom } from '../../../platform/ui/crumbs.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf, staffNames, type Room } from '../../access/index.ts';
import { standing, type Standing } from '../../checkpoint/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { consult } from '../actions.ts';
import { groups, type Group, type Question } from '../facts.ts';
import { questionOf, questions } from '../questions/index.ts';
import { words } from '../words.ts';
import { actPage } from './act.tsx';
import { factTexts } from './fields.tsx';
import { askWith, statementOf } from './view.tsx';

export const PATH = '/ask';
export const JUDGEMENTS = '/judgements';

/** The breadcrumbs from home to a page below the questions. */
export const askCrumbs = crumbsFrom(words.ask, PATH);

/** The names used in the rows of a list. */
export interface Names {
  stands: Standing;
  staff: ReadonlyMap<string, string>;
}

export const namesOf = async ({ office, access }: Room): Promise<Names> => ({
  stands: await standing(office),
  staff: await staffNames(access, 'everybody'),
});

const GroupPanel = ({ lang, group, asks }: { lang: Lang; group: Group; asks: readonly Question[] }) => (
  <Panel title={groups[group][lang]} id={group}>
    <ul class="grid gap-3">
      {asks.map(({ id, title, when }) => (
        <li>
          <a class="font-bold" href={`${PATH}/${id}`}>
            {title[lang]}
          </a>
          <p class="small muted">{when[lang]}</p>
        </li>
      ))}
    </ul>
  </Panel>
);

function showQuestions(c: Context<Env>): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const offered = (Object.keys(groups) as Group[])
    .map((group) => ({ group, asks: questions.filter((one) => one.group === group) }))
    .filter(({ asks }) => asks.length > 0);
  return c.html(
    <OfficePage
      {...frame}
      title={words.ask[lang]}
      path={PATH}
      sub={words.askSub[lang]}
      crumbs={askCrumbs(lang)}
      actions={
        <LinkButton kind="second" href={`${PATH}/consultations`}>
          {words.consultations[lang]}
        </LinkButton>
      }
    >
      <div class="md:columns-2 gap-5">
        {offered.map((one) => (
          <div class="mb-5 break-inside-avoid">
            <GroupPanel lang={lang} {...one} />
          </div>
        ))}
      </div>
      <p class="small muted mt-4">
        {words.askNote[lang]} <a href="/coverage">{words.coverage[lang]}</a>
      </p>
    </OfficePage>,
  );
}

async function showQuestion(room: Room, c: Context<Env>, question: Question): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const { office } = room;
  const stands = await standing(office);
  const form = c.req.method === 'POST' ? c.get('form') : null;
  const holding = stands.holdings.get(form?.text('holding') ?? c.req.query('holding') ?? '') ?? null;
  const round = await askWith(office, stands, question, holding, form);
  if (form?.text('do') === 'keep' && round.finding) {
    const kept = await consult(room, byOf(c), stands, statementOf(office, round), form.text('shown'));
    if (kept.ok) {
      const { id, repeated } = kept.value;
      return c.redirect(`${PATH}/consultations/${id}${repeated ? '?already=yes' : ''}`, 303);
    }
  }
  return actPage(c, {
    title: question.title,
    path: `${PATH}/${question.id}${holding ? `?holding=${holding.id}` : ''}`,
    sub: question.when[lang],
    crumbs: askCrumbs(lang, { label: question.title[lang] }),
    action: `${PATH}/${question.id}`,
    values: { shown: firstId(office.clock.now()) },
    round,
    stands,
    asked: question.title,
    judge: c.get('may')('judgements:write') ? `${JUDGEMENTS}/new` : undefined,
    proceed: question.id === 'provide' && c.get('may')('people:provide') && (
      <LinkButton href="/people">{words.people[lang]}</LinkButton>
    ),
    actions: (
      <Button kind="second" name="do" value="keep" form="ask">
        {words.keep[lang]}
      </Button>
    ),
  });
}

const byName = (room: Room) => (c: Context<Env>) => {
  const question = questionOf(c.req.param('question')!);
  return question ? showQuestion(room, c, question) : c.notFound();
};

/** The list of questions and the page of each. Other routes under `/ask` must be declared before these. */
export const askPages = (room: Room): Route[] => [
  page('get', PATH, 'checkpoint:ask', showQuestions),
  page('get', `${PATH}/:question`, 'checkpoint:ask', byName(room)),
  page('post', `${PATH}/:question`, 'checkpoint:ask', byName(room), { texts: factTexts() }),
];

export const questionCatalogue: Catalogue = {
  title: words.ask,
  list: PATH,
  things: () => questions.map(({ id, title, when }) => ({ name: title, href: `${PATH}/${id}`, says: when })),
};
