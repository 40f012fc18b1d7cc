// The tags of all sites in one list: what each sends, to whom and why, and the law's answer.

import type { Context } from 'hono';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { answerWord, Pass } from '../../../platform/ui/finding.tsx';
import { slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import {
  ListBody,
  listView,
  type List,
  type ListColumn,
  type ListFilter,
  type ListView,
} from '../../../platform/ui/list.tsx';
import { exportPage, fileOf } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { tagsListed } from '../actions.ts';
import { choices } from '../facts.ts';
import type { ListedTag, SiteLine } from '../store.ts';
import { choiceWords, tagStateWords, tagWords, words } from '../words.ts';
import { answers, crumbsTo, PATH, placeOf, TAGS } from './list.tsx';
import { RecipientOf, recipientText } from './site.tsx';

/** A tag with the site it is on. */
type Line = ListedTag & Pick<SiteLine, 'id' | 'site'>;

const columns: readonly ListColumn<Line>[] = [
  {
    key: 'tag',
    head: words.tag,
    rowHead: true,
    value: ({ tag }, lang) => tag.name[lang],
    cell: ({ id, tag }, lang) => <a href={`${PATH}/${id}/tags/${tag.code}`}>{tag.name[lang]}</a>,
  },
  {
    key: 'site',
    head: words.site,
    value: ({ site }, lang) => site.name[lang],
    cell: ({ id, site }, lang) => <a href={`${PATH}/${id}`}>{site.name[lang]}</a>,
  },
  {
    key: 'recipient',
    head: tagWords.recipient,
    value: ({ tag }, lang) => recipientText(tag, lang),
    cell: ({ tag }, lang) => <RecipientOf tag={tag} lang={lang} />,
  },
  {
    key: 'information',
    head: tagWords.information,
    value: ({ tag }, lang) => (tag.information ?? words.unknown)[lang],
  },
  { key: 'purpose', head: tagWords.purpose, value: ({ tag }, lang) => (tag.purpose ?? words.unknown)[lang] },
  { key: 'theirs', head: tagWords.theirPurpose, value: ({ tag }, lang) => tag.theirPurpose?.[lang] ?? '' },
  { key: 'choice', head: tagWords.choice, unsearched: true, value: ({ tag }, lang) => choiceWords[tag.choice][lang] },
  {
    key: 'state',
    head: words.state,
    nowrap: true,
    unsearched: true,
    value: ({ tag }, lang) => tagStateWords[tag.state][lang],
    cell: ({ tag }, lang) =>
      tag.state === 'active' ? tagStateWords.active[lang] : <Chip kind="done">{tagStateWords.off[lang]}</Chip>,
  },
  {
    key: 'answer',
    head: words.answers,
    nowrap: true,
    unsearched: true,
    value: ({ answer }, lang) => answerWord[answer][lang],
    cell: ({ answer }, lang) => <Pass answer={answer} lang={lang} />,
  },
  { key: 'limits', head: tagWords.limits, chosen: true, value: ({ tag }, lang) => tag.limits?.[lang] ?? '' },
  { key: 'patterns', head: tagWords.patterns, chosen: true, value: ({ tag }) => tag.patterns.join(' ') },
  { key: 'told', head: words.toldSince, chosen: true, nowrap: true, value: ({ tag }) => slashDay(tag.publishedOn) },
];

const filtersOf = (sites: readonly SiteLine[]): readonly ListFilter<Line>[] => [
  {
    name: 'site',
    label: words.site,
    options: sites.map(({ id, site }) => ({ value: id, label: site.name })),
    keeps: ({ id }, site) => id === site,
  },
  {
    name: 'answer',
    label: words.answers,
    options: answers.map((value) => ({ value, label: answerWord[value] })),
    keeps: ({ answer }, asked) => answer === asked,
  },
  {
    name: 'choice',
    label: tagWords.choice,
    options: choices.map((value) => ({ value, label: choiceWords[value] })),
    keeps: ({ tag }, choice) => tag.choice === choice,
  },
  {
    name: 'state',
    label: words.state,
    options: Object.entries(tagStateWords).map(([value, label]) => ({ value, label })),
    keeps: ({ tag }, state) => tag.state === state,
  },
];

async function viewOf(office: Office, c: Context<Env>): Promise<ListView<Line>> {
  const sites = await tagsListed(office);
  const list: List<Line> = {
    path: TAGS,
    title: words.allTags,
    columns,
    filters: filtersOf(sites),
    rows: sites.flatMap(({ id, site, tags }) => tags.map((one) => ({ ...one, id, site }))),
    order: 'site',
    noMatch: words.noTagMatches,
    stack: true,
  };
  return listView(list, c.req.url, c.get('lang'));
}

async function show(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.allTags[lang]}
      path={placeOf(c)}
      crumbs={crumbsTo(lang, undefined, words.allTags)}
      sub={words.allTagsSub[lang]}
    >
      <ListBody
        view={await viewOf(office, c)}
        none={<Empty title={words.noTags[lang]}>{words.noTagsSays[lang]}</Empty>}
      />
    </OfficePage>,
  );
}

export const tagListPages = (office: Office): Route[] => [
  page('get', TAGS, 'ledger:read', (c) => show(office, c)),
  exportPage(office, { path: TAGS, may: 'ledger:read' }, async (c) => fileOf(await viewOf(office, c))),
];

/** Finds nothing by itself: a tag is found with its site. */
export const tagListCatalogue: Catalogue = { title: words.allTags, list: TAGS, things: () => [] };
